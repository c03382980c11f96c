//! Which of several was meant, by its place in the list: `2`, `a 2`, `o primeiro`.

use super::context::positions;
use super::token::Kind;
use super::view::Message;
use crate::catalog::matcher::{Needle, held_by};
use crate::catalog::{Catalog, Sku};
use crate::order::{Draft, Missing};

/// `2`, `a 2`, `opção 2`: the place of a choice in the one question that is open, when
/// the number can be no quantity and tells no size of the products. Of a choice that is
/// offered beside the order the one product of that size is meant.
pub(crate) fn numbered(
    message: &Message<'_>,
    asked: &[Missing],
    draft: &Draft,
    catalog: &Catalog,
) -> Option<(usize, Sku)> {
    let mut put = asked.iter().filter_map(|missing| match missing {
        Missing::Choice { ask } => Some(ask),
        Missing::Items | Missing::Quantity { .. } | Missing::Place | Missing::Payment => None,
    });
    let open = match draft.ambiguous.as_slice() {
        [open] => put.find(|ask| ask.skus == open.skus)?,
        [] => put.next()?,
        _ => return None,
    };
    let counted = open.qty.is_some() && draft.items.iter().all(|item| item.qty.is_some());
    if !counted {
        return None;
    }
    let mut number = None;
    for (at, token) in message.tokens.iter().enumerate() {
        match token.kind {
            Kind::Number(value) if number.is_none() && !message.is_taken(at) => {
                number = Some((at, value));
            }
            Kind::Word if matches!(message.word(at), "a" | "o" | "opcao" | "numero" | "item") => {}
            Kind::Break | Kind::Mark(_) => {}
            Kind::Word | Kind::Number(_) | Kind::Size(_) => return None,
        }
    }
    let (at, value) = number?;
    let size = Needle::number(value, None, catalog.index());
    let choices = positions(&open.skus, catalog);
    let sized = choices.iter().zip(&open.skus);
    let sized = sized.filter(|(choice, _)| held_by(&size, **choice, catalog.index()));
    match sized.map(|(_, sku)| sku).collect::<Vec<_>>().as_slice() {
        [] => {}
        [only] if draft.ambiguous.is_empty() => return Some((at, (*only).clone())),
        _ => return None,
    }
    let place = usize::try_from(value.as_whole()?).ok()?.checked_sub(1)?;
    open.skus.get(place).map(|sku| (at, sku.clone()))
}

/// `o primeiro`, `a segunda`, `a 1ª opção`, `o último`, when a choice was put: which
/// token says so, and the product.
pub(crate) fn ordinal(message: &Message<'_>, asked: &[Missing]) -> Option<(usize, Sku)> {
    let choices = asked.iter().find_map(|missing| match missing {
        Missing::Choice { ask } => Some(&ask.skus),
        Missing::Items | Missing::Quantity { .. } | Missing::Place | Missing::Payment => None,
    })?;
    let nth = |at: usize| match message.tokens.get(at)?.number() {
        Some(number) => {
            let letter = message.tokens.get(at + 1).filter(|next| next.glued).is_some();
            let ordinal = letter && matches!(message.word(at + 1), "o" | "a" | "º" | "ª" | "°");
            number
                .as_whole()
                .and_then(|nth| usize::try_from(nth).ok())
                .filter(|_| ordinal)?
                .checked_sub(1)
        }
        None => match message.word(at) {
            "primeiro" | "primeira" => Some(0),
            "segundo" => Some(1),
            // Else it is a Monday.
            "segunda"
                if message.word(at + 1) == "opcao"
                    || (at == 0 || matches!(message.word(at - 1), "a" | "e" | "eh"))
                        && !is_feira(message, at) =>
            {
                Some(1)
            }
            "terceiro" | "terceira" => Some(2),
            "ultimo" | "ultima" => choices.len().checked_sub(1),
            _ => None,
        },
    };
    (0..message.tokens.len())
        .filter(|at| !message.is_taken(*at))
        .find_map(|at| choices.get(nth(at)?).map(|sku| (at, sku.clone())))
}

fn is_feira(message: &Message<'_>, at: usize) -> bool {
    (1..=2).any(|ahead| message.word(at + ahead) == "feira")
}
