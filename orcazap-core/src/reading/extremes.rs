//! Stage 17, too, which of several was meant, by how large it is: `a maior`, `o mais grosso`, `2 da pequena`.

use std::cmp::Ordering;

use super::choices::Chosen;
use super::fold::Folded;
use super::heard::Range;
use super::number::Num;
use super::roles::Role;
use super::token::{Kind, tokens};
use super::view::Message;
use crate::catalog::matcher::{Needle, held_by};
use crate::catalog::terms::unit_behind;
use crate::catalog::{Catalog, Product};
use crate::order::{Ambiguous, Draft};

/// The largest or smallest of the last products in question that can be so compared, when
/// the message says so in words that are in none of their names.
pub(super) fn extreme(message: &Message<'_>, draft: &Draft, catalog: &Catalog) -> Option<Chosen> {
    const ROLES: [Role; 4] = [Role::Larger, Role::Smaller, Role::Coarser, Role::Finer];
    message.may_play(&ROLES).then_some(())?;
    let said = (0..message.tokens.len()).find_map(|at| said(message, at))?;
    draft.ambiguous.iter().rev().find_map(|open| of_choices(open, &said, message, catalog))
}

/// In which direction products are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Largest,
    Smallest,
    /// `o mais grosso`: the largest, but of what is numbered the other way (`BWG 14`).
    Coarsest,
    /// `o mais fino`.
    Finest,
}

/// Words that say how large what is meant is.
struct Said {
    tokens: Range,
    /// With an article or `mais` before them.
    sure: bool,
    by: By,
}

/// `a maior`, `mais grossa`, `pequeno` at a token, with nothing behind that it describes.
fn said(message: &Message<'_>, at: usize) -> Option<Said> {
    const BY: [(Role, By); 4] = [
        (Role::Larger, By::Largest),
        (Role::Smaller, By::Smallest),
        (Role::Coarser, By::Coarsest),
        (Role::Finer, By::Finest),
    ];
    let (_, by) = BY.into_iter().find(|(role, _)| message.plays(at, *role))?;
    let before = |from: usize, words: &[&str]| {
        from.checked_sub(1).filter(|before| words.contains(&message.word(*before)))
    };
    let more = before(at, &["mais"]).unwrap_or(at);
    let from = before(more, &["o", "a", "os", "as", "do", "da", "dos", "das"]).unwrap_or(more);
    let goes_on = message.kind(at + 1) == Some(Kind::Word)
        && !message.is_taken(at + 1)
        && !message.is_noise(at + 1);
    let free = (from..=at).all(|token| !message.is_taken(token));
    (free && !goes_on).then_some(Said { tokens: (from, at + 1), sure: from < at, by })
}

/// Those of some products in question that the words mean, if they tell them apart.
fn of_choices(
    open: &Ambiguous,
    said: &Said,
    message: &Message<'_>,
    catalog: &Catalog,
) -> Option<Chosen> {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let (from, end) = said.tokens;
    let positions: Vec<u32> = open.skus.iter().filter_map(|sku| catalog.position(sku)).collect();
    let holding = |token: usize| -> Vec<u32> {
        let word = Needle::said(message.stem(token), index, vocabulary);
        positions.iter().copied().filter(|at| held_by(&word, *at, index)).collect()
    };
    // `o prazo maior` is of something else, `a janela maior` is not.
    let led = from.checked_sub(1).is_none_or(|before| {
        message.kind(before) != Some(Kind::Word)
            || message.spelled(before).is_some()
            || said.sure && message.is_noise(before)
            || holding(before).len() == positions.len()
    });
    (led && !open.more).then_some(())?;
    let first = match holding(end - 1) {
        none if none.is_empty() => first_of(&positions, said.by, catalog),
        called if message.is_vague(end - 1) => called,
        // What some are called so is goods: `a areia fina`.
        _ => return None,
    };
    let tells = !first.is_empty() && first.len() < positions.len();
    let sku = |at: &u32| catalog.at(*at).map(|product| product.sku.clone());
    tells.then(|| Chosen {
        tokens: said.tokens,
        skus: first.iter().filter_map(sku).collect(),
        all: false,
    })
}

/// The products that none of the others goes beyond in a direction.
fn first_of(products: &[u32], by: By, catalog: &Catalog) -> Vec<u32> {
    let sizes: Option<Vec<Sizes>> =
        products.iter().map(|at| Some(Sizes::of(catalog.at(*at)?, catalog))).collect();
    let sizes = sizes.unwrap_or_default();
    let is_first = |own: &Sizes| {
        let order = |other| own.against(other, by);
        sizes.iter().all(|other| order(other).is_some_and(Ordering::is_ge))
    };
    let first = products.iter().zip(&sizes).filter(|(_, own)| is_first(own));
    first.map(|(at, _)| *at).collect()
}

/// The sizes that a product's name says.
struct Sizes {
    /// Each with what it is measured in.
    sizes: Vec<(&'static str, Num)>,
    /// Its larger number is of the finer one: `Lixa 120`.
    gauged: bool,
}

impl Sizes {
    /// Those of `Tinta Acrílica 3,6L`, `Lixa Massa 120`.
    fn of(product: &Product, catalog: &Catalog) -> Self {
        let vocabulary = catalog.vocabulary();
        let folded = Folded::new(&product.name);
        let tokens = tokens(folded.text());
        let mut own = Self { sizes: Vec::new(), gauged: false };
        for (at, token) in tokens.iter().enumerate() {
            let (unit, _) = unit_behind(&tokens, at, &folded, vocabulary);
            match &token.kind {
                Kind::Number(number) => own.sizes.push(in_base_unit(*number, unit)),
                Kind::Size(size) => {
                    own.sizes.extend(size.parts().iter().map(|part| in_base_unit(*part, unit)));
                }
                Kind::Word => own.gauged |= vocabulary.roles(token.text(&folded)).has(Role::Gauged),
                Kind::Break | Kind::Mark(_) => {}
            }
        }
        own
    }

    /// How far it is in a direction beside another; `None` where one cannot tell, as of
    /// what is wider and shorter.
    fn against(&self, other: &Self, by: By) -> Option<Ordering> {
        let reversed = match by {
            By::Largest => false,
            By::Smallest => true,
            By::Coarsest => self.gauged,
            By::Finest => !self.gauged,
        };
        let alike = self.sizes.len() == other.sizes.len() && self.gauged == other.gauged;
        alike.then_some(())?;
        let order =
            self.sizes.iter().zip(&other.sizes).try_fold(Ordering::Equal, |all, pair| {
                let ((unit, size), (other_unit, other_size)) = pair;
                let order = (unit == other_unit).then(|| size.cmp(other_size))?;
                (all.is_eq() || order.is_eq() || order == all).then(|| all.then(order))
            })?;
        Some(if reversed { order.reverse() } else { order })
    }
}

/// A size in the unit that others of its kind are compared in: `900 ml` as 0.9 l.
fn in_base_unit(size: Num, unit: Option<&'static str>) -> (&'static str, Num) {
    let (base, parts) = match unit {
        Some("ml") => ("l", 1000),
        Some("g") => ("kg", 1000),
        Some("mm") => ("m", 1000),
        Some("cm") => ("m", 100),
        Some(unit) => (unit, 1),
        None => ("", 1),
    };
    (base, Num::from_micros(size.micros() / parts))
}
