//! Stage 2, tokens: words, numbers, sizes such as `18x27` and `1.1/2`, and marks.
//!
//! Letters and digits that touch are parted (`cp2`, `25mm`, `6f`) and the second
//! part is marked as glued. What looks like one number to a customer is one
//! token: `1.000`, `2,5`, `3/8`, `1 1/2`, `2,44x1,10`.

use super::number::{Num, Size};
use crate::reading::fold::Folded;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// A number: digits, or a fraction.
    Number(Num),
    /// Two or three numbers joined by `x`.
    Size(Size),
    /// A line's end.
    Break,
    /// Any other visible character.
    Mark(char),
}

/// A token and where it stands in the folded text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Nothing stands between it and the token before.
    pub(crate) glued: bool,
}

impl Token {
    /// The token's folded text.
    pub(crate) fn text<'t>(&self, folded: &'t Folded) -> &'t str {
        folded.get(self.start, self.end)
    }

    pub(crate) fn number(&self) -> Option<Num> {
        match self.kind {
            Kind::Number(number) => Some(number),
            Kind::Word | Kind::Size(_) | Kind::Break | Kind::Mark(_) => None,
        }
    }

    pub(crate) fn is_mark(&self, mark: char) -> bool {
        matches!(self.kind, Kind::Mark(own) if own == mark)
    }
}

/// Cuts folded text into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 4 + 4);
    let mut at = 0;
    let mut last_end = usize::MAX;
    loop {
        // Every other token or so stands behind a space.
        at += usize::from(text.as_bytes().get(at) == Some(&b' '));
        let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let end = match first {
            '\n' | '\r' | '\t' => at + 1,
            _ if first.is_whitespace() || first.is_control() => {
                at += first.len_utf8();
                continue;
            }
            _ if first.is_ascii_digit() => number_end(text, at),
            _ if first.is_alphabetic() => word_end(text, at),
            _ => at + first.len_utf8(),
        };
        let kind = match first {
            '\n' | '\r' => Kind::Break,
            // Between the columns of a pasted table.
            '\t' => Kind::Mark(';'),
            _ if first.is_ascii_digit() => {
                text.get(at..end).and_then(numeric).unwrap_or(Kind::Mark('#'))
            }
            _ if first.is_alphabetic() => Kind::Word,
            _ => Kind::Mark(first),
        };
        tokens.push(Token { kind, start: at, end, glued: last_end == at });
        last_end = end;
        at = end;
    }
    tokens
}

/// Joins a letter to the slash that says it is a word cut short: `p/`, `c/`. Behind the
/// slash another word follows.
pub(crate) fn join_shorthand(tokens: &mut Vec<Token>, folded: &Folded) {
    let is_short = |at: usize| match tokens.get(at..at + 3) {
        Some([letter, slash, next]) => {
            slash.is_mark('/')
                && slash.glued
                && matches!(letter.text(folded), "p" | "c" | "s")
                && matches!(next.kind, Kind::Word | Kind::Number(_) | Kind::Size(_))
        }
        _ => false,
    };
    if !(0..tokens.len()).any(is_short) {
        return;
    }
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let slash = at.checked_sub(1).is_some_and(is_short);
        match joined.last_mut() {
            Some(letter) if slash => letter.end = token.end,
            _ => joined.push(*token),
        }
    }
    *tokens = joined;
}

/// Parts two numbers that `por` joins where one is exchanged for the other: behind a word
/// that `exchanges` (`troca o de 20 por 25`), and where they are no sides of anything
/// (`3/8 por 5/16`, `ac1 por 12`).
pub(crate) fn part_exchanges(
    tokens: &mut Vec<Token>,
    folded: &Folded,
    exchanges: impl Fn(&str) -> bool,
) {
    let is_joined =
        |token: &Token| matches!(token.kind, Kind::Size(_)) && token.text(folded).contains("por");
    if !tokens.iter().any(is_joined) {
        return;
    }
    let ends =
        |token: &&Token| !matches!(token.kind, Kind::Break | Kind::Mark('.' | '!' | '?' | ';'));
    let words = |token: &Token, of: &[&str]| of.contains(&token.text(folded));
    let mut parted = Vec::with_capacity(tokens.len() + 4);
    for (at, token) in tokens.iter().enumerate() {
        let (before, behind) = tokens.split_at(at);
        let text = token.text(folded);
        let sides = text.split_once("por").filter(|_| is_joined(token));
        let exchanged = || {
            let later = &mut behind.iter().skip(1).take_while(ends);
            before.iter().rev().take_while(ends).any(|word| exchanges(word.text(folded)))
                && !later.any(|word| words(word, &["por", "pelo", "pela", "pelos", "pelas"]))
        };
        let coded = || token.glued && before.last().is_some_and(|word| word.kind == Kind::Word);
        let Some((first, _)) = sides.filter(|_| text.contains('/') || coded() || exchanged())
        else {
            parted.push(*token);
            continue;
        };
        let middle = token.start + first.len();
        let part = |from: usize, to: usize| {
            let own = folded.get(from, to);
            let start = from + (own.len() - own.trim_start().len());
            let end = from + own.trim_end().len();
            let kind = numeric(folded.get(start, end)).unwrap_or(Kind::Word);
            Token { kind, start, end, glued: false }
        };
        parted.push(Token { glued: token.glued, ..part(token.start, middle) });
        parted.push(part(middle, middle + "por".len()));
        parted.push(part(middle + "por".len(), token.end));
    }
    *tokens = parted;
}

fn numeric(text: &str) -> Option<Kind> {
    match Size::parse(text) {
        Some(size) => Some(Kind::Size(size)),
        None => Num::parse(text).map(Kind::Number),
    }
}

fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    // Nearly all letters are of one byte, which are told apart without decoding.
    let plain = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if rest.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return at + plain;
    }
    rest.find(|c: char| !c.is_alphabetic()).map_or(text.len(), |length| at + length)
}

/// The end of the longest number, fraction or size that starts at `at`.
fn number_end(text: &str, at: usize) -> usize {
    let mut end = part_end(text, at);
    let mut joints = None;
    // `ac3 x10`: a number that is glued to letters is no side, and what follows counts.
    let code = text.get(..at).is_some_and(|before| before.ends_with(char::is_alphabetic));
    for _ in 0..2 {
        if code && text.get(end..).is_some_and(|rest| rest.starts_with(' ')) {
            break;
        }
        let Some(next) = size_joint(text, end) else { break };
        let words = text.get(end..next).is_some_and(|joint| joint.contains("por"));
        // `50x30 por 20x20` are two sizes.
        if *joints.get_or_insert(words) != words {
            break;
        }
        end = part_end(text, next);
    }
    end
}

/// Digits with their decimal and thousands marks, a fraction, a mixed number.
fn part_end(text: &str, at: usize) -> usize {
    let end = decimal_end(text, at);
    if let Some(end) = fraction_end(text, end) {
        return end;
    }
    let whole = text.get(at..end).unwrap_or_default();
    // Inches go with a fraction up to nine: `25 1/2` are two numbers.
    let short = whole.len() == 1 && whole.bytes().all(|byte| byte.is_ascii_digit());
    let gap = text.as_bytes().get(end).is_some_and(|mark| matches!(mark, b' ' | b'.'));
    if short && gap {
        let second = digits_end(text, end + 1);
        let one_digit = second == end + 2;
        if let Some(mixed) = fraction_end(text, second).filter(|_| one_digit) {
            let fraction = text.get(end + 1..mixed).unwrap_or_default();
            if Num::parse(fraction).is_some_and(Num::is_proper_fraction) {
                return mixed;
            }
        }
    }
    end
}

fn digits_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn decimal_end(text: &str, at: usize) -> usize {
    let mut end = digits_end(text, at);
    while text.as_bytes().get(end).is_some_and(|mark| matches!(mark, b'.' | b',')) {
        let next = digits_end(text, end + 1);
        let mixed = text.as_bytes().get(next) == Some(&b'/') && next == end + 2;
        if next == end + 1 || mixed {
            break;
        }
        end = next;
    }
    end
}

fn fraction_end(text: &str, at: usize) -> Option<usize> {
    (text.as_bytes().get(at) == Some(&b'/')).then_some(())?;
    let end = digits_end(text, at + 1);
    (end > at + 1 && end <= at + 5).then_some(end)
}

/// Behind the `x` or `por` that joins two numbers of a size, when one does.
fn size_joint(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let unitless = rest.strip_prefix("cm").or_else(|| rest.strip_prefix("mm")).unwrap_or(rest);
    let spaced = unitless.trim_start_matches(' ');
    let behind = spaced
        .strip_prefix('x')
        .or_else(|| spaced.strip_prefix("por "))
        .or_else(|| spaced.strip_prefix('*'))?;
    let behind = behind.trim_start_matches(' ');
    behind.starts_with(|c: char| c.is_ascii_digit()).then_some(text.len() - behind.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let folded = Folded::new(text);
        let found: Vec<&str> =
            tokens(folded.text()).iter().map(|token| token.text(&folded)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_stay_whole() {
        check("1.000 tijolos, 2,5 m.", &["1.000", "tijolos", ",", "2,5", "m", "."]);
        check("ferro 3/8 e 1 1/2\" e 1.1/2", &["ferro", "3/8", "e", "1 1/2", "\"", "e", "1.1/2"]);
        check("prego 18 x 27 2,44x1,10", &["prego", "18 x 27", "2,44x1,10"]);
        check("50x1.1/2", &["50x1.1/2"]);
        check("caixa 100x100x50", &["caixa", "100x100x50"]);
        check("joelho 25 1/2", &["joelho", "25", "1/2"]);
    }

    #[test]
    fn letters_and_digits_part() {
        check("cp2 25mm 6f x10 10x", &["cp", "2", "25", "mm", "6", "f", "x", "10", "10", "x"]);
    }
}
