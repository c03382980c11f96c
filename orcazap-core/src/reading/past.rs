//! Stage 12, leftovers: goods that were bought, or that stand at home, are not asked for
//! now (`já tenho 10 sacos de cimento, preciso de 5 cal`), and what came with the last
//! order is a complaint (`veio 2 rasgado`).

use super::dates::ends_clause;
use super::numeral::numeral;
use super::roles::Role;
use super::token::Kind;
use super::verbs::{Verb, verb};
use super::view::Message;

/// Takes the clauses that tell of what was. Where the next clause says a number alone,
/// the goods of this one are its own: `da outra vez peguei 20 cimento, agora quero 30`.
pub(crate) fn take(message: &mut Message<'_>) {
    let owns = || (0..message.tokens.len()).any(|at| is_owned(message, at));
    if !message.may_play(&[Role::Past, Role::Brought]) && !owns() {
        return;
    }
    let mut from = 0;
    while from < message.tokens.len() {
        let end = (from + 1..message.tokens.len())
            .find(|at| ends(message, *at))
            .unwrap_or(message.tokens.len());
        if let Some(start) = bygone(message, from, end).filter(|_| !is_dropped(message, end)) {
            if counts_alone(message, end) || prices_alone(message, end) {
                take_numbers(message, start, end);
            } else {
                message.take(start, end);
            }
        }
        from = end;
    }
}

/// Whether a clause ends before a token: at a mark, or where something is wanted.
fn ends(message: &Message<'_>, at: usize) -> bool {
    matches!(message.kind(at), Some(Kind::Break))
        || message.is_mark(at, &[',', '.', ':', ';', '?', '!'])
        || matches!(message.word(at), "mas" | "agora")
        || matches!(verb(message, at), Some((Some(Verb::Put), _)))
}

/// Where a clause begins to tell of what was.
fn bygone(message: &Message<'_>, from: usize, end: usize) -> Option<usize> {
    let mut clause = from..end;
    let dated = clause.clone().any(|at| {
        message.plays(at, Role::Bygone)
            || message.word(at) == "vez"
                && matches!(message.word(at.wrapping_sub(1)), "outra" | "ultima")
    });
    clause.find(|at| {
        let before = at.checked_sub(1).map_or("", |before| message.word(before));
        // `o cimento já tenho` refuses what stands before it.
        let owned = is_owned(message, *at)
            && (from..at.saturating_sub(1)).all(|before| message.is_noise(before));
        let done = message.plays(*at, Role::Past);
        let brought = message.plays(*at, Role::Brought)
            && numeral(message, at + 1 + usize::from(message.word(at + 1) == "com")).is_some();
        before == "ja" && (owned || done) || dated && done || brought
    })
}

/// `já tenho marreta em casa, tira ela`: whether the clause behind takes out what this one
/// names.
fn is_dropped(message: &Message<'_>, end: usize) -> bool {
    let clause = end + 1..message.tokens.len();
    let removes = |at: usize| matches!(verb(message, at), Some((Some(Verb::Remove), _)));
    let mut words = clause.take_while(|at| !ends(message, *at));
    let mut removed = false;
    words.all(|at| {
        let removal = removes(at);
        removed |= removal;
        removal || message.is_noise(at)
    }) && removed
}

fn is_owned(message: &Message<'_>, at: usize) -> bool {
    matches!(message.word(at), "tenho" | "temos")
}

/// Whether the first number behind a clause has no goods of its own.
fn counts_alone(message: &Message<'_>, end: usize) -> bool {
    let sentence = (end..message.tokens.len())
        .take_while(|at| *at == end || !message.is_mark(*at, &['.', '?', '!']));
    sentence
        .filter(|at| !message.is_taken(*at))
        .find_map(|at| numeral(message, at))
        .is_some_and(|number| !number.article && ends_clause(message, number.end))
}

/// `paguei 42 no cimento mês passado, quanto tá hoje?`: whether the price is asked behind a
/// clause, of goods that only it names.
fn prices_alone(message: &Message<'_>, end: usize) -> bool {
    let rest = || {
        (end..message.tokens.len())
            .filter(|at| message.kind(*at) == Some(Kind::Word) && !message.is_taken(*at))
    };
    rest().all(|at| message.is_noise(at) || message.plays(at, Role::Price))
        && rest().any(|at| message.plays(at, Role::Price))
}

/// Takes the numbers of a clause, with their units.
fn take_numbers(message: &mut Message<'_>, start: usize, end: usize) {
    let mut at = start;
    while at < end {
        let Some(number) = numeral(message, at) else {
            at += 1;
            continue;
        };
        let unit = usize::from(message.is_unit(number.end));
        message.take(at, number.end + unit);
        at = number.end + unit;
    }
}
