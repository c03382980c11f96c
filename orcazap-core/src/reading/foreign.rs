//! Stage 4, foreign words: what neighbours across the border and foreigners write
//! (`10 bolsas de cemento`, `10 bags of cement`) is read as our own words from here on,
//! and so is the shorthand of whoever types in a hurry (`qro`, `dpois`), and the no of
//! Minas (`num quero`).
//!
//! A word that the catalogue knows beside its neighbours is the store's own. One that
//! is ours as well (`dos`, `can`) is foreign only beside another that is not.

use super::numeral::numeral;
use super::roles::Role;
use super::token::Kind;
use super::view::Message;
use super::words::is_little;
use crate::catalog::Catalog;
use crate::catalog::matcher::share_a_product;

/// Reads the foreign words of a message, and those cut short, as ours.
pub(crate) fn translate<'m>(message: &mut Message<'m>, catalog: &'m Catalog) {
    let mut found = Vec::new();
    let mut sure = false;
    for at in 0..message.tokens.len() {
        if message.kind(at) != Some(Kind::Word) {
            continue;
        }
        if let Some(word) = by_its_neighbours(message, at, catalog) {
            message.translate(at, word);
            continue;
        }
        let (word, entry) = (message.word(at), message.entry(at));
        if let Some(full) = catalog.vocabulary().in_full(entry)
            && !is_own(message, at, catalog)
        {
            message.translate(at, full);
            continue;
        }
        let Some((word, shared)) = catalog.vocabulary().foreign(word, entry) else { continue };
        if !is_own(message, at, catalog) {
            sure |= !shared;
            found.push((at, word));
        }
    }
    for (at, word) in found.into_iter().filter(|_| sure) {
        message.translate(at, word);
    }
}

/// What a word is where others stand beside it: the no of `num quero`, the `pra` of `pa
/// comprar`, the son of `meu fio vai pagar`, and who is told to `vai busca` collects.
fn by_its_neighbours(message: &Message<'_>, at: usize, catalog: &Catalog) -> Option<&'static str> {
    let (before, behind) =
        (at.checked_sub(1).map_or("", |at| message.word(at)), message.word(at + 1));
    match message.word(at) {
        "num" => message.plays(at + 1, Role::Denied).then_some("nao"),
        "pa" => {
            let verb =
                behind.ends_with('r') || matches!(behind, "compra" | "busca" | "pega" | "mim");
            let counted = numeral(message, at.wrapping_sub(1)).is_some();
            (verb
                && !counted
                && (message.is_noise(at + 1) || message.plays(at + 1, Role::Collecting)))
            .then_some("pra")
        }
        "fio" => {
            let named = catalog.index().find(message.canonical(at + 1)).is_some();
            let goes_on = message.kind(at + 1) == Some(Kind::Word)
                || message.is_mark(at + 1, &[',', '!', '.']);
            (before == "meu" && goes_on && !named && !is_little(behind)).then_some("filho")
        }
        "pega" => matches!(before, "vou" | "vo" | "vamos" | "pra").then_some("pegar"),
        "busca" => {
            let leads = matches!(before, "vou" | "vo" | "vamos" | "vai" | "vem" | "pra" | "mandar");
            leads.then_some("buscar")
        }
        _ => None,
    }
}

/// Whether the catalogue has a word as it stands: alone, or with a word beside it.
fn is_own(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let term = |token: usize| catalog.index().find(message.canonical(token));
    let Some(own) = term(at) else { return false };
    let (before, behind) = (beside(message, at, -1), beside(message, at, 1));
    let together = |other: Option<usize>| {
        other.and_then(term).is_some_and(|other| share_a_product(own, other, catalog.index()))
    };
    behind.is_none() || together(before) || together(behind)
}

/// The nearest word on one side of a token that says something, within its sentence.
pub(crate) fn beside(message: &Message<'_>, at: usize, step: isize) -> Option<usize> {
    let mut token = at.checked_add_signed(step)?;
    for _ in 0..3 {
        if message.kind(token)? != Kind::Word || message.is_taken(token) {
            return None;
        }
        if !is_little(message.word(token)) && message.word(token) != "of" {
            return Some(token);
        }
        token = token.checked_add_signed(step)?;
    }
    None
}
