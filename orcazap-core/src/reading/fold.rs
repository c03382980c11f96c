//! Stage 1, folding: text in lower case without accents, every byte knowing
//! where in the message it came from.
//!
//! Full-width and superscript digits become plain ones, `½` becomes ` 1/2`,
//! zero-width and direction marks vanish, a run of spaces becomes one, so that
//! what looks the same is read the same. A message longer than [`MAX_BYTES`] is read up to there.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::Span;
use crate::text::is_invisible;

/// How much of a message is read, in bytes; what lies behind is ignored.
pub const MAX_BYTES: usize = 16 * 1024;

/// Folded text and, for each of its bytes, the message byte it came from.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    text: String,
    /// One entry a folded byte, and one more for the end.
    origin: Vec<u32>,
}

impl Folded {
    /// Folds a message, up to [`MAX_BYTES`] of it.
    pub(crate) fn new(message: &str) -> Self {
        let message = &message[..message.floor_char_boundary(MAX_BYTES)];
        let mut folded = Self {
            text: String::with_capacity(message.len() + 8),
            origin: Vec::with_capacity(message.len() + 8),
        };
        let mut at = 0;
        while let Some(rest) = message.get(at..).filter(|rest| !rest.is_empty()) {
            let plain = rest.bytes().take_while(u8::is_ascii).count();
            let (plain, other) = rest.split_at(plain);
            folded.push_plain(plain, at);
            at += plain.len();
            if let Some(character) = other.chars().next() {
                folded.push_decomposed(character, at);
                at += character.len_utf8();
            }
        }
        folded.origin.push(to_u32(message.len()));
        folded
    }

    /// Adds characters of one byte each.
    fn push_plain(&mut self, plain: &str, at: usize) {
        let (start, mut at) = (self.text.len(), at);
        for word in plain.split_inclusive(' ') {
            if word != " " || !self.text.ends_with(' ') {
                self.text.push_str(word);
                self.origin.extend(to_u32(at)..to_u32(at + word.len()));
            }
            at += word.len();
        }
        if let Some(added) = self.text.get_mut(start..) {
            added.make_ascii_lowercase();
        }
    }

    fn push_decomposed(&mut self, character: char, at: usize) {
        if is_invisible(character) {
            return;
        }
        if let Some(plain) = typed_plainly(character) {
            return self.push(plain, at);
        }
        let mut parts = [None; 18];
        let mut count = 0;
        decompose_compatible(character, |part| {
            if let Some(slot) = parts.get_mut(count) {
                *slot = Some(part);
                count += 1;
            }
        });
        let vulgar = parts.contains(&Some('\u{2044}'));
        if vulgar && self.text.ends_with(|c: char| c.is_ascii_digit()) {
            self.push(' ', at);
        }
        for part in parts.into_iter().flatten().filter(|part| !is_combining_mark(*part)) {
            match part {
                '\u{2044}' => self.push('/', at),
                _ => match part.to_digit(10).or_else(|| foreign_digit(part)) {
                    Some(digit) => self.push(char::from_digit(digit, 10).unwrap_or('0'), at),
                    None => part.to_lowercase().for_each(|lower| self.push(lower, at)),
                },
            }
        }
    }

    /// Adds a character of one byte.
    fn push_ascii(&mut self, character: char, at: usize) {
        if character != ' ' || !self.text.ends_with(' ') {
            self.text.push(character);
            self.origin.push(to_u32(at));
        }
    }

    fn push(&mut self, character: char, at: usize) {
        if character.is_ascii() {
            return self.push_ascii(character, at);
        }
        self.text.push(character);
        for _ in 0..character.len_utf8() {
            self.origin.push(to_u32(at));
        }
    }

    /// The folded text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// A piece of the folded text, empty when out of range.
    pub(crate) fn get(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Where in the message a piece of folded text stands, given the message.
    pub(crate) fn span(&self, start: usize, end: usize, message: &str) -> Span {
        let at = |index: usize| self.origin.get(index).copied().unwrap_or_default() as usize;
        let first = at(start);
        let last = end.checked_sub(1).map_or(first, at).max(first);
        let width =
            message.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Span { start: first, end: last + width }
    }
}

/// The mark of a plain keyboard for one that a phone puts in its place.
fn typed_plainly(character: char) -> Option<char> {
    Some(match character {
        '\u{2215}' => '/',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{d7}' => 'x',
        '\u{201c}' | '\u{201d}' | '\u{2033}' => '"',
        '\u{2018}' | '\u{2019}' | '\u{2032}' | '\u{b4}' => '\'',
        // The frame of `1️⃣`, which numbers a line as `1)` does.
        '\u{20e3}' => ')',
        '\u{2026}' => '.',
        '\u{2028}' | '\u{2029}' => '\n',
        _ => return None,
    })
}

/// Digits of other scripts that customers' keyboards produce.
fn foreign_digit(character: char) -> Option<u32> {
    let code = u32::from(character);
    [0x0660, 0x06f0, 0x0966].into_iter().find_map(|zero| code.checked_sub(zero).filter(|d| *d < 10))
}

/// Messages are cut at 16 KiB, so every offset fits.
fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_folds_the_same() {
        for (message, expected) in [
            ("São João", "sao joao"),
            ("１２ m²", "12 m2"),
            ("1½", "1 1/2"),
            ("3  1/2", "3 1/2"),
            ("3 \u{a0}1/2", "3 1/2"),
            ("ci\u{200b}men\u{202e}to", "cimento"),
            ("2×3 – 4″", "2x3 - 4\""),
        ] {
            assert_eq!(Folded::new(message).text(), expected, "{message}");
        }
    }

    #[test]
    fn spans_lead_back_to_whole_characters() {
        let message = "olá, açúcar m³";
        let folded = Folded::new(message);
        let start = folded.text().find("acucar").unwrap();
        let span = folded.span(start, start + 6, message);
        assert_eq!(&message[span.start..span.end], "açúcar");
        let start = folded.text().find("m3").unwrap();
        let span = folded.span(start, start + 2, message);
        assert_eq!(&message[span.start..span.end], "m³");
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let message = "é".repeat(MAX_BYTES);
        assert_eq!(Folded::new(&message).text().len(), MAX_BYTES / 2);
    }
}
