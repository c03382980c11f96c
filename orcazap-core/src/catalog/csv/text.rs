//! The file as text: what it is encoded in, what parts its columns, and where
//! its lines are.

use std::borrow::Cow;

use ::csv::Position;
use encoding_rs::{Encoding, WINDOWS_1252};

pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

pub(super) fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: char| header.matches(mark).count();
    if count(';') > count(',') { b';' } else { b',' }
}

/// Numbers lines by where a record begins. The reader's own count is that of
/// the blank lines it passed over before the record.
pub(super) struct Lines<'a> {
    rest: &'a str,
    read: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text, read: 0, line: 1 }
    }

    /// The line of the record asked for last.
    pub(super) fn number(&self) -> u64 {
        self.line
    }

    /// The line of a record; records are asked for in the order of the file.
    pub(super) fn number_at(&mut self, position: Option<&Position>) -> u64 {
        let byte = position.and_then(|position| usize::try_from(position.byte()).ok());
        let ahead = byte.unwrap_or(self.read).saturating_sub(self.read);
        let blank = self.rest.get(ahead..).unwrap_or_default();
        let ahead = ahead + blank.len() - blank.trim_start_matches(['\r', '\n']).len();
        if let Some((passed, rest)) = self.rest.split_at_checked(ahead) {
            self.line += passed.bytes().map(|byte| u64::from(byte == b'\n')).sum::<u64>();
            self.rest = rest;
            self.read += ahead;
        }
        self.line
    }
}
