//! Numerals: a number as it stands in a message, in digits, in words or in both:
//! `25`, `vinte e cinco`, `5 mil e 300`, `um e meio`, `10+5`.

use super::number::{Num, Spelled};
use super::roles::Role;
use super::token::Kind;
use super::view::Message;

/// A number and the token behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numeral {
    pub(crate) value: Num,
    /// `um`, `uma` alone: perhaps no number at all.
    pub(crate) article: bool,
    pub(crate) end: usize,
}

/// The numeral that begins at a token. Every stage asks it of every token, and few are
/// one: that is seen in place.
#[inline]
pub(crate) fn numeral(message: &Message<'_>, at: usize) -> Option<Numeral> {
    match message.tokens.get(at)?.kind {
        Kind::Number(number) => Some(digits(message, at, number)),
        Kind::Word => Some(words(message, at, message.spelled(at)?)),
        Kind::Size(_) | Kind::Break | Kind::Mark(_) => None,
    }
}

/// The whole number that begins at a token, articles too, and the token behind it.
pub(crate) fn whole(message: &Message<'_>, at: usize) -> Option<(i64, usize)> {
    let found = numeral(message, at)?;
    Some((found.value.as_whole()?, found.end))
}

fn digits(message: &Message<'_>, at: usize, number: Num) -> Numeral {
    // Most numbers stand alone.
    let goes_on = match message.kind(at + 1) {
        Some(Kind::Word) => {
            matches!(message.word(at + 1), "x" | "e") || message.spelled(at + 1).is_some()
        }
        Some(Kind::Mark(mark)) => mark == '+',
        Some(Kind::Number(_) | Kind::Size(_) | Kind::Break) | None => false,
    };
    if !goes_on {
        return Numeral { value: number, article: false, end: at + 1 };
    }
    let glued = |token: usize| message.tokens.get(token).is_some_and(|token| token.glued);
    let mut value = number;
    let mut end = at + 1;
    if message.word(end) == "x" && glued(end) {
        end += 1;
    }
    // Few numbers are ever added up; a long row of them is none.
    while end < at + 9
        && message.is_mark(end, &['+'])
        && glued(end)
        && glued(end + 1)
        && let Some(more) = message.tokens.get(end + 1).and_then(|token| token.number())
        && !number.is_fraction()
    {
        // `10+5 sacos`
        value = value.plus(more);
        end += 2;
    }
    if message.spelled(end) == Some(Spelled::Thousand) && !number.is_fraction() {
        let (more, behind) = thousands(message, end + 1, value);
        let named = at.checked_sub(1).is_some_and(|before| is_content(message, before));
        if named && message.word(end + 1) == "e" && is_content(message, behind) {
            // `tijolo 5 mil e 500 telhas`
            return Numeral { value: value.times(Num::whole(1000)), article: false, end: end + 1 };
        }
        return Numeral { value: more, article: false, end: behind };
    }
    if let Some((value, end)) = hundreds(message, end, value) {
        return Numeral { value, article: false, end };
    }
    if let Some((half, behind)) = and_half(message, end) {
        // Behind a unit the half belongs to it: `2 metros e meio`, seen by the asks.
        value = value.plus(half);
        end = behind;
    } else if message.word(end) == "e"
        && let Some(fraction) =
            message.tokens.get(end + 1).and_then(|t| t.number()).filter(|n| n.is_proper_fraction())
    {
        value = value.plus(fraction);
        end += 2;
    }
    Numeral { value, article: false, end }
}

/// Whether a word that may name goods stands at a token.
fn is_content(message: &Message<'_>, at: usize) -> bool {
    !message.is_taken(at)
        && message.kind(at) == Some(Kind::Word)
        && message.spelled(at).is_none()
        && !message.is_noise(at)
}

/// `cento e vinte`, `mil e quinhentos`, `dois mil e 300`, `um e meio`.
fn words(message: &Message<'_>, at: usize, first: Spelled) -> Numeral {
    if first == Spelled::Half {
        let half = Num::from_micros(500_000);
        return match message.spelled(at + 1).map(part) {
            // `meio cento`, but `meio, cem tijolos`
            Some((many, 100 | 1000)) if message.word(at + 1) != "cem" => {
                Numeral { value: half.times(Num::whole(many)), article: false, end: at + 2 }
            }
            _ => Numeral { value: half, article: false, end: at + 1 },
        };
    }
    let (value, scale) = part(first);
    if first == Spelled::Thousand {
        let (value, end) = thousands(message, at + 1, Num::whole(1));
        return Numeral { value, article: false, end };
    }
    if let (1..10, "oitavo" | "oitavos") = (value, message.word(at + 1)) {
        // `três oitavos`, of an inch.
        let eighths = Num::parse(&format!("{value}/8"));
        return Numeral {
            value: eighths.unwrap_or(Num::whole(value)),
            article: false,
            end: at + 2,
        };
    }
    let (rest, mut end) = below(message, at + 1, scale);
    let single = end == at + 1;
    let mut number = Num::whole(value + rest);
    if message.spelled(end) == Some(Spelled::Thousand) {
        let (value, end) = thousands(message, end + 1, number);
        return Numeral { value, article: false, end };
    }
    if let Some((value, end)) = hundreds(message, end, number) {
        return Numeral { value, article: false, end };
    }
    if let Some((half, behind)) = and_half(message, end) {
        number = number.plus(half);
        end = behind;
    }
    Numeral { value: number, article: single && first == Spelled::Article, end }
}

/// So many hundreds where `cento` stands at a token, and what goes on them: `dois cento`,
/// `3 cento e 20`; half of one is 50.
fn hundreds(message: &Message<'_>, at: usize, count: Num) -> Option<(Num, usize)> {
    let few = count.as_whole().is_some_and(|count| (1..10).contains(&count));
    let hundred = message.spelled(at) == Some(Spelled::Hundreds(100)) && message.is_unit(at);
    (few && hundred).then_some(())?;
    let (rest, end) = below(message, at + 1, 100);
    let value = count.times(Num::whole(100)).plus(Num::whole(rest));
    Some(match and_half(message, end) {
        Some((_, behind)) if rest == 0 => (value.plus(Num::whole(50)), behind),
        _ => (value, end),
    })
}

/// So many thousands, and what goes on them behind `mil`; half of one is 500.
fn thousands(message: &Message<'_>, at: usize, count: Num) -> (Num, usize) {
    let (rest, end) = below(message, at, 1000);
    let value = count.times(Num::whole(1000)).plus(Num::whole(rest));
    match and_half(message, end) {
        Some((_, behind)) if rest == 0 => (value.plus(Num::whole(500)), behind),
        _ => (value, end),
    }
}

/// What goes on a number of this scale with smaller parts: of `mil e 300` the 300.
fn below(message: &Message<'_>, at: usize, scale: i64) -> (i64, usize) {
    let (mut value, mut scale, mut end) = (0, scale, at);
    loop {
        let joint = usize::from(message.word(end) == "e");
        let next = end + joint;
        let Some((more, size)) = written(message, next, joint > 0, scale) else { break };
        // `vintecinco`, of which nothing parted the words.
        let glued = message.tokens.get(next).is_some_and(|token| token.glued)
            && message.kind(next) == Some(Kind::Word);
        if size >= scale || (joint == 0 && scale < 1000 && !glued) {
            break;
        }
        value += more;
        scale = size;
        end = next + 1;
    }
    (value, end)
}

/// A part of a number and the scale below which others may follow. Digits go on
/// thousands only, and without `e` only hundreds do: `2 mil 6 furos`.
fn written(message: &Message<'_>, at: usize, joined: bool, scale: i64) -> Option<(i64, i64)> {
    if let Some(number) = message.tokens.get(at)?.number() {
        let value = number.as_whole().filter(|value| (1..1000).contains(value))?;
        let unit = message.tokens.get(at + 1).is_some_and(|token| token.glued)
            && message.kind(at + 1) == Some(Kind::Word);
        // `2 caixas de mil e 1 de 310`
        let counts = message.word(at + 1) == "de"
            && message.tokens.get(at + 2).is_some_and(|token| token.number().is_some());
        let below_hundred = scale == 100 && joined && value < 100;
        let fits = (scale == 1000 || below_hundred) && !number.is_fraction() && !unit && !counts;
        return (fits && (joined || value % 100 == 0)).then_some((value, 1));
    }
    match message.spelled(at)? {
        Spelled::Half | Spelled::Thousand => None,
        Spelled::Article if !joined => None,
        word => Some(part(word)),
    }
}

/// The value of a number word, and the scale below which others may follow.
fn part(word: Spelled) -> (i64, i64) {
    match word {
        Spelled::Article => (1, 1),
        Spelled::Small(value) => (value, 1),
        Spelled::Tens(value) => (value, 20),
        Spelled::Hundreds(value) => (value, 100),
        Spelled::Thousand => (1000, 1000),
        Spelled::Half => (0, 0),
    }
}

/// `e meio`, `e meia`, unless a unit makes it another quantity: `e meia lata`.
pub(crate) fn and_half(message: &Message<'_>, at: usize) -> Option<(Num, usize)> {
    let half = message.word(at) == "e" && message.spelled(at + 1) == Some(Spelled::Half);
    let several = message.word(at + 2).ends_with('s');
    // `10 e meio fio`
    let half = half && !message.plays(at + 2, Role::Halved);
    (half && (several || !message.is_unit(at + 2))).then_some((Num::from_micros(500_000), at + 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Vocabulary;
    use crate::reading::fold::Folded;

    #[track_caller]
    fn check(text: &str, micros: i64, rest: &str) {
        let folded = Folded::new(text);
        let message = Message::new(text, &folded, Vocabulary::standard());
        let found = numeral(&message, 0).unwrap();
        let behind = message.tokens.get(found.end).map_or("", |token| &text[token.start..]);
        assert_eq!((found.value.micros(), behind), (micros * 1000, rest), "{text}");
    }

    #[test]
    fn thousands_go_on_in_digits_and_words() {
        check("5 mil e 500 tijolos", 5_500_000, "tijolos");
        check("2 mil e 300", 2_300_000, "");
        check("5 mil 500", 5_500_000, "");
        check("dois mil e 300", 2_300_000, "");
        check("2 mil e trezentos e vinte", 2_320_000, "");
        check("mil e quinhentos", 1_500_000, "");
        check("cento e vinte e cinco mil", 125_000_000, "");
        check("5 mil e meio", 5_500_000, "");
    }

    #[test]
    fn what_begins_another_number_does_not_go_on() {
        check("2 mil 6 furos", 2_000_000, "6 furos");
        check("2 mil e 5m de areia", 2_000_000, "e 5m de areia");
        check("vinte 5", 20_000, "5");
        check("dois três", 2_000, "três");
    }

    #[test]
    fn a_tight_sum_is_one_number() {
        check("10+5 sacos", 15_000, "sacos");
        check("10 + 5 sacos", 10_000, "+ 5 sacos");
    }
}
