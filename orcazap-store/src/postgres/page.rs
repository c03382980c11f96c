//! Lists by cursor: a page begins behind the last entry of the one before it,
//! so that it costs the same however deep it is.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike as _, Utc};
use thiserror::Error;
use uuid::Uuid;

/// The most entries on one page; more are not given, whatever is asked.
pub const MAX_PAGE: u16 = 200;

/// Where a page ended. It is written into links and read back with `parse`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    at: DateTime<Utc>,
    id: Uuid,
}

/// A text that is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("expected a cursor as a list gave it")]
pub struct CursorError;

impl Cursor {
    pub(crate) fn new(at: DateTime<Utc>, id: Uuid) -> Self {
        Self { at, id }
    }

    pub(crate) fn at(&self) -> DateTime<Utc> {
        self.at
    }

    pub(crate) fn id(&self) -> Uuid {
        self.id
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0_u8; 24];
        let (at, id) = bytes.split_at_mut(8);
        at.copy_from_slice(&self.at.timestamp_micros().to_be_bytes());
        id.copy_from_slice(self.id.as_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| CursorError)?;
        let (at, id) = bytes.split_first_chunk::<8>().ok_or(CursorError)?;
        let at = DateTime::from_timestamp_micros(i64::from_be_bytes(*at));
        // A cursor comes back from outside, and PostgreSQL's times end before ours.
        let at = at.filter(|at| (0..=9_999).contains(&at.year())).ok_or(CursorError)?;
        Ok(Self { at, id: Uuid::from_slice(id).map_err(|_| CursorError)? })
    }
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Where the next page begins, when there is more.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// How many rows to ask for: one more than the page holds, to know whether
    /// there is another.
    pub(crate) fn probe(limit: u16) -> i64 {
        i64::from(limit.clamp(1, MAX_PAGE)) + 1
    }

    pub(crate) fn cut(mut items: Vec<T>, limit: u16, cursor: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::from(limit.clamp(1, MAX_PAGE));
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_anything_else_refused() {
        let at = DateTime::from_timestamp_micros(1_764_170_000_123_456).unwrap();
        let cursor = Cursor::new(at, Uuid::from_u128(7));
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        let endless = URL_SAFE_NO_PAD.encode([0x70; 24]);
        let cut = &cursor.to_string()[1..];
        for text in ["", "x", "////", "AAAA", cut, &"A".repeat(10_000), &endless] {
            assert_eq!(text.parse::<Cursor>(), Err(CursorError), "{text}");
        }
    }

    #[test]
    fn a_page_says_where_the_next_begins_only_when_there_is_one() {
        let at = DateTime::from_timestamp_micros(0).unwrap();
        let cursor = |id: &u128| Cursor::new(at, Uuid::from_u128(*id));
        let page = Page::cut(vec![1, 2, 3], 2, cursor);
        assert_eq!((page.items, page.next), (vec![1, 2], Some(cursor(&2))));
        assert_eq!(Page::cut(vec![1, 2], 2, cursor).next, None);
    }
}
