//! Streets, and what belongs to them: taken out of the way, with no field.

use super::bairro::{is_title, stands_name, well_known};
use crate::catalog::Catalog;
use crate::reading::dates::ends_clause;
use crate::reading::roles::Role;
use crate::reading::token::Kind;
use crate::reading::view::Message;

/// Takes streets with their names and numbers.
pub(super) fn take_streets(message: &mut Message<'_>, catalog: &Catalog) {
    let mut at = 0;
    while at < message.tokens.len() {
        let street = message.plays(at, Role::Street);
        let place_like = street
            && !message.is_taken(at)
            && begins_name(message, at + 1)
            && !(at > 0 && message.word(at - 1) == "bairro")
            && !(message.plays(at, Role::Estate) && stands_name(message, at))
            && well_known(message, at, catalog).is_none();
        if !place_like {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < message.tokens.len()
            && !ends_street(message, end)
            && !follows_the_number(message, end)
        {
            end += 1;
        }
        message.take(at, end);
        at = end;
    }
}

fn begins_name(message: &Message<'_>, at: usize) -> bool {
    let at = at + usize::from(message.is_mark(at, &['.']));
    matches!(message.kind(at), Some(Kind::Word | Kind::Number(_)))
        && !matches!(message.word(at), "aqui" | "e" | "que")
}

/// `Rua Goiás 210 Piedade`: a name right behind the number of a house.
fn follows_the_number(message: &Message<'_>, at: usize) -> bool {
    let part = message.plays(at, Role::Part) || message.plays(at, Role::MaybePart);
    at > 0
        && matches!(message.kind(at - 1), Some(Kind::Number(_)))
        && is_title(message, at)
        && !part
}

/// `rua Dr. Campos`: whether a point only cuts the word before it short.
fn is_cut_short(message: &Message<'_>, point: usize) -> bool {
    let before = point.checked_sub(1);
    before.is_some_and(|before| message.plays(before, Role::CutShort))
        && message.kind(point + 1) == Some(Kind::Word)
}

fn ends_street(message: &Message<'_>, at: usize) -> bool {
    message.is_taken(at)
        || matches!(message.kind(at), Some(Kind::Break))
        || message.is_mark(at, &[',', ';', '?', '!'])
        // `Rua Barata Ribeiro - Copacabana`
        || message.is_mark(at, &['-', '–']) && message.tokens.get(at).is_some_and(|dash| !dash.glued)
        || (message.is_mark(at, &['.'])
            && !message.is_mark(at - 1, &['n'])
            && !is_cut_short(message, at))
        || message.plays(at, Role::EndsStreet)
        // `rua 7 n 340 no cidade jardim`
        || matches!(message.word(at), "no" | "na" | "em") && message.plays(at + 1, Role::BeginsBairro)
}

/// Takes the parts of an address: `ap 42 bloco 3`, `quadra 5 lote 12`, `3º andar`.
/// A word that goods are called, too, is one beside another part only.
pub(super) fn take_parts(message: &mut Message<'_>) {
    let mut at = 0;
    while at < message.tokens.len() {
        let Some(first) = part(message, at) else {
            at += 1;
            continue;
        };
        let (mut end, mut sure, mut count) = (first.end, first.sure, 1);
        while let Some(next) = part(message, behind_joint(message, end)) {
            (end, sure, count) = (next.end, sure || next.sure, count + 1);
        }
        let before = (0..at).rev().find(|token| !message.is_mark(*token, &[',', '-']));
        let street = before.is_some_and(|token| {
            message.is_taken(token)
                && (0..token)
                    .rev()
                    .take_while(|t| message.is_taken(*t))
                    .any(|t| message.plays(t, Role::Street))
        });
        let numbered = matches!(message.word(at), "numero" | "num" | "nº" | "n")
            && at.checked_sub(1).is_none_or(|before| {
                message.is_mark(before, &[',']) || message.kind(before) == Some(Kind::Break)
            });
        let ends = ends_clause(message, end);
        if street || (sure && (count > 1 || ends)) || (numbered && ends) {
            message.take(at, end);
        }
        at = end;
    }
}

struct Part {
    end: usize,
    /// No goods are called so.
    sure: bool,
}

/// A part of an address from a token: its name with a number or a letter.
fn part(message: &Message<'_>, at: usize) -> Option<Part> {
    let named = message.plays(at, Role::Part)
        || message.plays(at, Role::MaybePart)
        || matches!(message.word(at), "n" | "nº");
    let raised =
        |token: usize| message.is_mark(token, &['º', '°', 'ª']) || message.word(token) == "o";
    let number = |token: usize| matches!(message.kind(token), Some(Kind::Number(_)));
    if number(at) && raised(at + 1) && message.plays(at + 2, Role::Part) {
        return Some(Part { end: at + 3, sure: true });
    }
    named.then_some(())?;
    let filler = |token: usize| {
        raised(token)
            || matches!(message.word(token), "n" | "nº" | "num" | "numero")
            || message.is_mark(token, &['.', ':', '#'])
    };
    let value = (at + 1..at + 4).find(|token| !filler(*token))?;
    let letter = message.kind(value) == Some(Kind::Word)
        && message.word(value).len() == 1
        && !matches!(message.word(value), "a" | "e" | "o");
    (number(value) || letter).then_some(())?;
    let glued = message.tokens.get(value + 1).is_some_and(|token| token.glued)
        && message.word(value + 1).len() == 1
        && message.kind(value + 1) == Some(Kind::Word);
    Some(Part { end: value + 1 + usize::from(glued), sure: message.plays(at, Role::Part) })
}

/// Past a comma or a little word between two parts.
fn behind_joint(message: &Message<'_>, at: usize) -> usize {
    let joins = |token: usize| {
        message.is_mark(token, &[',', '-', '/'])
            || matches!(message.word(token), "e" | "do" | "da" | "no" | "na")
    };
    at + usize::from(joins(at)) + usize::from(joins(at) && joins(at + 1))
}
