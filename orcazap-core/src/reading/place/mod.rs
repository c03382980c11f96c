//! Stage 7, place: the CEP, the neighbourhood, or pickup.
//!
//! A neighbourhood is what follows `bairro`, what follows `entrega no …`, or a
//! name that begins as neighbourhoods do (`Jardim`, `Vila`, `Parque`). Streets,
//! numbers and landmarks are taken out of the way and have no field.

mod address;
mod bairro;
mod cep;
mod pickup;

pub(super) use bairro::{answered, standing_alone};

use super::heard::{Heard, together};
use super::roles::Role;
use super::view::Message;
use crate::catalog::Catalog;
use crate::order::Missing;
use crate::place::Place;

/// Reads the place and takes its words.
pub(crate) fn read(
    message: &mut Message<'_>,
    asked: &[Missing],
    catalog: &Catalog,
) -> Option<Heard<Place>> {
    let cep = cep::cep(message, asked.contains(&Missing::Place));
    address::take_streets(message, catalog);
    address::take_parts(message);
    let wants_delivery = (0..message.tokens.len()).any(|at| message.plays(at, Role::Sending));
    let bairro = bairro::bairro(message, catalog);
    let pickup = pickup::pickup(message);
    let either = pickup.is_some()
        && (0..message.tokens.len()).any(|at| {
            message.word(at) == "ou"
                && pickup.is_some_and(|(from, to)| at + 4 >= from && at <= to + 4)
        });
    if let Some((from, to)) = pickup {
        message.take(from, to);
    }
    if either && (wants_delivery || cep.is_some() || bairro.is_some()) {
        return None;
    }
    match (cep, bairro, pickup) {
        (None, None, pickup) => Some(Heard::new(Place::Pickup, pickup?, 95)),
        (Some(cep), Some(bairro), _) => {
            let tokens = together(cep.tokens, bairro.tokens);
            let confidence = cep.confidence.min(bairro.confidence);
            let value = Place::address(Some(cep.value), Some(bairro.value), None)?;
            Some(Heard { value, tokens, confidence })
        }
        (Some(cep), None, _) => Some(cep.map(Place::from)),
        (None, Some(bairro), _) => Some(bairro.map(Place::from)),
    }
}
