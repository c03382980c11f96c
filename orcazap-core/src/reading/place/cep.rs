//! The CEP, in any of its spellings.

use crate::place::Cep;
use crate::reading::dates::written_date;
use crate::reading::heard::Heard;
use crate::reading::roles::Role;
use crate::reading::token::{Kind, Token};
use crate::reading::view::Message;

/// Takes the CEPs of a message; the last one said.
pub(super) fn cep(message: &mut Message<'_>, asked: bool) -> Option<Heard<Cep>> {
    let said = |token: &Token| matches!(token.kind, Kind::Word | Kind::Number(_));
    let words = message.tokens.iter().filter(|token| said(token)).count();
    let mut found = None;
    let mut at = 0;
    while at < message.tokens.len() {
        let named = message.word(at) == "cep";
        let skipped = (at + 1..at + 4)
            .take_while(|t| {
                named
                    && (matches!(
                        message.word(*t),
                        "e" | "eh" | "do" | "da" | "numero" | "aqui" | "meu"
                    ) || message.is_mark(*t, &[':', '-', '.']))
            })
            .count();
        let start = if named { at + 1 + skipped } else { at };
        match cep_at(message, start, Hints { named, asked, words }) {
            Some((end, cep)) => {
                let dashed = (at..end).any(|token| message.is_mark(token, &['-']));
                let sure = if named || dashed { 99 } else { 95 };
                found = Some(Heard::new(cep, (at, end), sure));
                message.take(at, end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// What speaks for a CEP beside its digits.
#[derive(Clone, Copy)]
struct Hints {
    /// `cep` stands before it.
    named: bool,
    /// The place was asked for.
    asked: bool,
    /// How many words and numbers the message has.
    words: usize,
}

/// A CEP from a token: with its dash (`13040-500`), or in other spellings where it is
/// named, asked for, led to by a word of delivery, or all that is said.
fn cep_at(message: &Message<'_>, at: usize, hints: Hints) -> Option<(usize, Cep)> {
    let digits = |token: usize| match message.kind(token) {
        Some(Kind::Number(_)) => message.word(token).bytes().filter(u8::is_ascii_digit).count(),
        _ => 0,
    };
    let glued = |token: usize| message.tokens.get(token).is_some_and(|t| t.glued);
    let dashed = message.is_mark(at + 1, &['-']) && (digits(at), digits(at + 2)) == (5, 3);
    let (end, sure) = if dashed {
        (at + 3, glued(at + 1) && glued(at + 2))
    } else if digits(at) == 8 {
        (at + 1, false)
    } else if (digits(at), digits(at + 1)) == (5, 3) {
        (at + 2, false)
    } else {
        return None;
    };
    let said = |token: usize| matches!(message.kind(token), Some(Kind::Word | Kind::Number(_)));
    let alone = (at..end).filter(|token| said(*token)).count() == hints.words;
    // `é na 13504 155`
    let towards = at > 0 && matches!(message.word(at - 1), "na" | "no" | "pro" | "pra");
    let led = (at.saturating_sub(4)..at).any(|token| message.plays(token, Role::Sending))
        || towards && end == at + 2;
    let counts = said(end) && (glued(end) || !(led || hints.asked));
    let Hints { named, asked, .. } = hints;
    let expected = named || ((asked || led || alone) && !counts && !is_day(message, at));
    (!message.is_taken(at) && (sure || expected)).then_some(())?;
    let text: String =
        (at..end).flat_map(|t| message.word(t).chars()).filter(char::is_ascii_digit).collect();
    text.parse().ok().map(|cep| (end, cep))
}

/// `10032026`, `10.03.2026`: eight digits that are a day of this century.
fn is_day(message: &Message<'_>, at: usize) -> bool {
    if written_date(message, at).is_some_and(|(_, date)| date.has_year()) {
        return true;
    }
    let part = |from: usize, to: usize| message.word(at).get(from..to)?.parse::<u32>().ok();
    let (day, month, year) = (part(0, 2), part(2, 4), part(4, 8));
    day.is_some_and(|day| (1..=31).contains(&day))
        && month.is_some_and(|month| (1..=12).contains(&month))
        && year.is_some_and(|year| (2020..2100).contains(&year))
}
