//! The neighbourhood: what follows `bairro` or `entrega no …`, or a name that begins
//! as neighbourhoods do. Its words are `[place]` of the vocabulary.

use crate::order::Missing;
use crate::place::{Bairro, Place};
use crate::reading::heard::{Heard, Range};
use crate::reading::roles::Role;
use crate::reading::token::Kind;
use crate::reading::view::Message;
use crate::reading::words::is_little;

/// The neighbourhood; the last one said.
pub(super) fn bairro(message: &mut Message<'_>) -> Option<Heard<Bairro>> {
    let mut found: Option<Range> = None;
    let mut explicit = false;
    let mut at = 0;
    while at < message.tokens.len() {
        if message.is_taken(at) {
            at += 1;
            continue;
        }
        let said = match message.word(at) {
            "bairro" | "bairo" | "barrio" | "bairr" => {
                let from = (at + 1..at + 4)
                    .find(|t| {
                        !matches!(
                            message.word(*t),
                            "e" | "eh" | "do" | "da" | "de" | "o" | "no" | "na" | "aqui"
                        ) && !message.is_mark(*t, &[':'])
                    })
                    .unwrap_or(at + 1);
                name(message, from, Trust::Named).map(|end| (from, end, true))
            }
            "no" | "na" | "nos" | "nas" | "em" | "pro" | "pra" | "do" | "para" => {
                let trust = if follows_delivery(message, at) { Trust::Said } else { Trust::Looks };
                let trust = match message.word(at) {
                    "no" | "na" if stands_capital(message, at + 1) => Trust::Said,
                    "pro" | "pra" | "para"
                        if is_sent(message, at) && stands_capital(message, at + 1) =>
                    {
                        Trust::Said
                    }
                    "no" | "na" | "nos" | "nas" => trust,
                    // Cities have no field: `entregar em Betim`.
                    "em" if !message.plays(at + 1, Role::City) => trust,
                    "pro" | "pra" | "para"
                        if stands_name(message, at + 1)
                            && (at.saturating_sub(4)..=at).any(|near| is_sent(message, near)) =>
                    {
                        Trust::Said
                    }
                    _ => Trust::Looks,
                };
                name(message, at + 1, trust).map(|end| (at + 1, end, false))
            }
            _ if begins_segment(message, at) || follows_delivery(message, at) => {
                name(message, at, Trust::Looks).map(|end| (at, end, false))
            }
            _ => None,
        };
        match said {
            Some((from, end, named)) => {
                if named || !explicit {
                    found = Some((from, end));
                    explicit = named;
                }
                message.take(at, end);
                at = end;
            }
            None => at += 1,
        }
    }
    let (from, end) = found?;
    let value = message.own_words(from, end).parse().ok()?;
    Some(Heard::new(value, (from, end), if explicit { 99 } else { 95 }))
}

/// How much reason there is to take words for a neighbourhood.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// The customer said `bairro`.
    Named,
    /// It follows a word of delivery.
    Said,
    /// Only when it begins as names of neighbourhoods do.
    Looks,
}

fn follows_delivery(message: &Message<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at)
        .rev()
        .take_while(|t| {
            !matches!(message.kind(*t), Some(Kind::Break)) && !message.is_mark(*t, &[';', '?'])
        })
        .any(|t| {
            message.plays(t, Role::Sending)
                || (matches!(message.word(t), "e" | "eh") && t + 1 == at)
        })
}

/// Where a name that starts at a token ends; `None` when it is none.
fn name(message: &Message<'_>, at: usize, trust: Trust) -> Option<usize> {
    let first = message.word(at);
    let looks = message.plays(at, Role::BeginsBairro) && !message.is_taken(at);
    let alone = matches!(first, "centro") || looks;
    let proper = is_capital(message, at);
    // `Casa Amarela` is one, although `casa` is none.
    let no_name = message.plays(at, Role::NoName) && !stands_name(message, at);
    let accepted = match trust {
        Trust::Named => true,
        Trust::Said => (looks || proper || alone) && !no_name,
        Trust::Looks => {
            looks && (alone || proper) && (first == "centro" || is_name_word(message, at + 1))
        }
    };
    if !accepted || !matches!(message.kind(at), Some(Kind::Word)) || message.is_taken(at) || no_name
    {
        return None;
    }
    let mut end = at + 1;
    let capital = proper && message.own_words(at, at + 1).chars().skip(1).any(char::is_lowercase);
    while end < message.tokens.len() && end < at + 6 {
        let joins = matches!(message.word(end), "de" | "da" | "do" | "das" | "dos" | "e")
            && is_name_word(message, end + 1);
        let goes_on = is_name_word(message, end)
            && (first != "centro")
            && (!capital
                || is_capital(message, end)
                || matches!(message.kind(end), Some(Kind::Number(_))));
        if joins && (!capital || is_capital(message, end + 1)) {
            end += 2;
        } else if goes_on {
            end += 1;
        } else {
            break;
        }
    }
    Some(end)
}

/// Whether a verb of sending stands right before: `manda pro Centro`.
fn is_sent(message: &Message<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        matches!(
            message.word(before),
            "manda"
                | "mandam"
                | "mandar"
                | "mande"
                | "entrega"
                | "entregam"
                | "entregar"
                | "leva"
                | "levam"
                | "levar"
                | "envia"
                | "enviam"
        )
    })
}

/// The tokens that no stage took, without the little words before a name.
fn left(message: &Message<'_>) -> Vec<usize> {
    let free = |at: &usize| {
        !message.is_taken(*at)
            && matches!(message.kind(*at), Some(Kind::Word | Kind::Number(_) | Kind::Size(_)))
    };
    let leads = |at: &usize| {
        matches!(
            message.word(*at),
            "no" | "na" | "nos" | "nas" | "em" | "e" | "eh" | "aqui" | "pro" | "pra" | "bairro"
        )
    };
    (0..message.tokens.len()).filter(free).skip_while(leads).collect()
}

/// A neighbourhood that the place was asked for and that nobody sells: `Candeias`,
/// `caxangá`. It is for words that were not understood as goods.
pub(in crate::reading) fn answered(message: &Message<'_>) -> Option<Heard<Place>> {
    let rest = left(message);
    let (first, last) = (*rest.first()?, *rest.last()?);
    let compact = last + 1 - first == rest.len() && rest.len() <= 4;
    let named = rest.iter().all(|at| {
        is_little(message.word(*at))
            || !(message.plays(*at, Role::NoName) || message.is_noise(*at) || message.is_good(*at))
    });
    let asks = (0..message.tokens.len()).any(|at| message.is_mark(at, &['?']));
    (compact && named && !asks && message.word(first).len() > 3).then_some(())?;
    let bairro: Bairro = message.own_words(first, last + 1).parse().ok()?;
    Some(Heard::new(Place::from(bairro), (first, last + 1), 75))
}

/// A neighbourhood that is all a message says, beside what other stages took:
/// `Pedra Branca, caderneta`.
pub(in crate::reading) fn standing_alone(
    message: &mut Message<'_>,
    asked: &[Missing],
) -> Option<Heard<Place>> {
    let rest = left(message);
    let (first, last) = (*rest.first()?, *rest.last()?);
    let compact = last + 1 - first == rest.len() && rest.len() <= 4;
    let capital = rest.iter().all(|at| is_capital(message, *at) || is_little(message.word(*at)));
    let small = message.own_words(first, last + 1).chars().any(char::is_lowercase);
    let elsewhere = message.taken.iter().any(|taken| *taken);
    let expected = asked.contains(&Missing::Place) && (elsewhere || rest.len() > 1);
    let noise =
        rest.iter().any(|at| message.plays(*at, Role::NoName) && !is_little(message.word(*at)));
    let said = compact && capital && small && !noise && expected && message.word(first).len() > 3;
    said.then_some(())?;
    let bairro: Bairro = message.own_words(first, last + 1).parse().ok()?;
    message.take(first, last + 1);
    Some(Heard::new(Place::from(bairro), (first, last + 1), 85))
}

/// Whether a name of two capital words stands here: `Casa Amarela`.
fn stands_name(message: &Message<'_>, at: usize) -> bool {
    let word = |at: usize| {
        is_capital(message, at)
            && message.own_words(at, at + 1).chars().skip(1).any(char::is_lowercase)
    };
    word(at) && word(at + 1)
}

/// Whether a capital name of one word stands at the end of its sentence, in a
/// message that is not all in capitals.
fn stands_capital(message: &Message<'_>, at: usize) -> bool {
    let ends = !matches!(message.kind(at + 1), Some(Kind::Word | Kind::Number(_) | Kind::Size(_)));
    let small = message.own_words(at, at + 1).chars().skip(1).any(char::is_lowercase);
    ends && small && is_capital(message, at) && message.word(at).len() > 4
}

fn is_name_word(message: &Message<'_>, at: usize) -> bool {
    let roman_or_number = matches!(message.kind(at), Some(Kind::Number(number)) if number.as_whole().is_some_and(|n| n < 20))
        && !matches!(message.kind(at + 1), Some(Kind::Word));
    let word = matches!(message.kind(at), Some(Kind::Word)) && !message.plays(at, Role::NoName);
    !message.is_taken(at) && (word || (roman_or_number && at + 1 == message.tokens.len()))
}

fn is_capital(message: &Message<'_>, at: usize) -> bool {
    message.own_words(at, at + 1).chars().next().is_some_and(char::is_uppercase)
}

fn begins_segment(message: &Message<'_>, at: usize) -> bool {
    match at.checked_sub(1) {
        None => true,
        Some(before) => {
            message.is_taken(before)
                || matches!(message.kind(before), Some(Kind::Break))
                || matches!(message.kind(before), Some(Kind::Mark(mark)) if mark != '-' && mark != '"')
        }
    }
}
