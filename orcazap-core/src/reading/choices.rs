//! Which of several was meant, by its place in the list (`2`, `a 2`, `o primeiro`), or that
//! all of them were: `as duas`, `os dois tipos`, `2 de cada`.

use super::context::positions;
use super::heard::Range;
use super::number::Spelled;
use super::roles::Role;
use super::token::Kind;
use super::view::Message;
use crate::catalog::matcher::{Needle, held_by};
use crate::catalog::{Catalog, Sku};
use crate::order::{Draft, Missing};

/// What a message chooses of the products in question, in words that name none of them.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    /// The words that say so.
    pub(crate) tokens: Range,
    pub(crate) skus: Vec<Sku>,
    /// Each of them is wanted; else one.
    pub(crate) all: bool,
}

impl Chosen {
    /// One product, by a word.
    fn one(at: usize, sku: Sku) -> Self {
        Self { tokens: (at, at + 1), skus: vec![sku], all: false }
    }
}

/// `as duas`, `os dois tipos`, `ambos`: as many as there are products in the one question
/// that is open and has no number yet.
pub(super) fn all(message: &Message<'_>, draft: &Draft) -> Option<Chosen> {
    let [open] = draft.ambiguous.as_slice() else { return None };
    (open.qty.is_none() && !open.more).then_some(())?;
    let counted = |at: usize| match message.kind(at)? {
        Kind::Word if message.plays(at, Role::Both) => Some(2),
        Kind::Word => match message.spelled(at)? {
            Spelled::Small(number) => usize::try_from(number).ok(),
            _ => None,
        },
        Kind::Number(number) => usize::try_from(number.as_whole()?).ok(),
        Kind::Size(_) | Kind::Break | Kind::Mark(_) => None,
    };
    let all = |at: &usize| {
        let article = matches!(message.word(*at), "os" | "as");
        let number = *at + usize::from(article);
        let end = number + 1;
        let end = end + usize::from(message.plays(end, Role::Choice));
        let said = article || message.plays(number, Role::Both);
        let ends = message.kind(end) != Some(Kind::Word) || message.is_taken(end);
        let free = (*at..end).all(|token| !message.is_taken(token));
        (said && free && ends && counted(number) == Some(open.skus.len())).then_some((*at, end))
    };
    let tokens = (0..message.tokens.len()).find_map(|at| all(&at))?;
    Some(Chosen { tokens, skus: open.skus.clone(), all: true })
}

/// `2`, `a 2`, `opção 2`: the place of a choice in the one question that is open, when
/// the number can be no quantity and tells no size of the products. Of a choice that is
/// offered beside the order the one product of that size is meant.
pub(crate) fn numbered(
    message: &Message<'_>,
    asked: &[Missing],
    draft: &Draft,
    catalog: &Catalog,
) -> Option<Chosen> {
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
        [only] if draft.ambiguous.is_empty() => return Some(Chosen::one(at, (*only).clone())),
        _ => return None,
    }
    let place = usize::try_from(value.as_whole()?).ok()?.checked_sub(1)?;
    open.skus.get(place).map(|sku| Chosen::one(at, sku.clone()))
}

/// `o primeiro`, `a segunda`, `a 1ª opção`, `o último`, when a choice was put: which
/// token says so, and the product.
pub(crate) fn ordinal(message: &Message<'_>, asked: &[Missing]) -> Option<Chosen> {
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
        .find_map(|at| choices.get(nth(at)?).map(|sku| Chosen::one(at, sku.clone())))
}

fn is_feira(message: &Message<'_>, at: usize) -> bool {
    (1..=2).any(|ahead| message.word(at + ahead) == "feira")
}
