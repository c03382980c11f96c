//! Reads JSON whose shape is not promised: any field may be missing, null, of
//! another type, or new.
//!
//! Each level is split into its raw parts before any of them is understood, so
//! a part that makes no sense spoils itself and nothing beside it. Numbers keep
//! their digits: an id of thirty digits comes through whole.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::value::RawValue;

/// The most characters kept of any one text; what is longer is cut.
pub(super) const MAX_TEXT_CHARS: usize = 65_536;

/// The fields of one object; none when it was no object.
#[derive(Debug, Default)]
pub(super) struct Fields<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Fields<'a> {
    pub(super) fn of(raw: &'a RawValue) -> Self {
        Self(serde_json::from_str(raw.get()).unwrap_or_default())
    }

    /// The field as it is; `None` when it is missing or null.
    pub(super) fn raw(&self, name: &str) -> Option<&'a RawValue> {
        self.0.get(name).copied().filter(|raw| raw.get() != "null")
    }

    /// A text, or a number's or a boolean's digits and letters as they stand.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        text(self.raw(name)?)
    }

    /// A text that is not empty.
    pub(super) fn filled(&self, name: &str) -> Option<String> {
        self.text(name).filter(|text| !text.trim().is_empty())
    }

    /// A value that is read from a text, when it can be.
    pub(super) fn parsed<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.trim().parse().ok()
    }

    pub(super) fn decimal(&self, name: &str) -> Option<Decimal> {
        let text = self.text(name)?;
        let text = text.trim();
        Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| text == "true")
    }

    pub(super) fn object(&self, name: &str) -> Self {
        self.raw(name).map(Self::of).unwrap_or_default()
    }

    pub(super) fn list(&self, name: &str) -> Vec<&'a RawValue> {
        self.raw(name).map(list).unwrap_or_default()
    }

    pub(super) fn objects(&self, name: &str) -> impl Iterator<Item = Self> {
        self.list(name).into_iter().map(Self::of)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The texts of a list.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        self.list(name).into_iter().filter_map(text).collect()
    }

    /// The first of some fields that is a text and not empty.
    pub(super) fn any(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.filled(name))
    }

    /// An instant given in Unix seconds, as a text or a number.
    pub(super) fn instant(&self, name: &str) -> Option<DateTime<Utc>> {
        instant(self.parsed(name)?)
    }
}

/// The entries of a list; a lone object stands for a list of itself.
pub(super) fn list(raw: &RawValue) -> Vec<&RawValue> {
    match serde_json::from_str(raw.get()) {
        Ok(entries) => entries,
        Err(_) if raw.get().starts_with('{') => vec![raw],
        Err(_) => Vec::new(),
    }
}

/// A value as it came, but for halves of surrogate pairs, which most readers of
/// JSON refuse.
pub(super) fn kept(raw: &RawValue) -> String {
    let json = raw.get();
    if json.contains("\\ud") || json.contains("\\uD") {
        return without_lone_surrogates(json);
    }
    json.to_owned()
}

fn text(raw: &RawValue) -> Option<String> {
    let json = raw.get();
    match json.bytes().next()? {
        b'"' => {
            let text: String = serde_json::from_str(json)
                .or_else(|_| serde_json::from_str(&without_lone_surrogates(json)))
                .ok()?;
            Some(match text.char_indices().nth(MAX_TEXT_CHARS) {
                Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
                None => text,
            })
        }
        b'{' | b'[' => None,
        _ => Some(json.to_owned()).filter(|digits| digits.len() <= 64),
    }
}

/// A JSON text with half of a surrogate pair, cut through an emoji by some
/// software on the way, with a replacement character in its place.
fn without_lone_surrogates(json: &str) -> String {
    let unit = |at: usize| -> Option<u16> {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut whole = String::with_capacity(json.len());
    let mut at = 0;
    while let Some(rest) = json.get(at..).filter(|rest| !rest.is_empty()) {
        let step = match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                whole.push_str("\\ufffd");
                at += 6;
                continue;
            }
            Some(_) => 6,
            // An escaped backslash must not lend its second half to a `u`.
            None if rest.starts_with('\\') => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
        whole.push_str(json.get(at..at + step).unwrap_or_default());
        at += step;
    }
    whole
}

/// Unix seconds; milliseconds, which some software on the way writes, are seen
/// by their size. `None` before 2000 and after 2200.
fn instant(number: i64) -> Option<DateTime<Utc>> {
    const FROM: i64 = 946_684_800;
    const TO: i64 = 7_258_118_400;
    let seconds = if number > TO { number / 1000 } else { number };
    (FROM..TO).contains(&seconds).then(|| DateTime::from_timestamp(seconds, 0)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(json: &str, check: impl FnOnce(Fields<'_>) -> T) -> T {
        check(Fields::of(serde_json::from_str(json).unwrap()))
    }

    #[test]
    fn numbers_keep_their_digits() {
        let id = "123456789012345678901234567890";
        with(&format!(r#"{{"id":{id},"price":1.10,"big":1e400}}"#), |fields| {
            assert_eq!(fields.text("id").as_deref(), Some(id));
            assert_eq!(fields.decimal("price").unwrap().to_string(), "1.10");
            assert_eq!(fields.decimal("big"), None);
        });
    }

    #[test]
    fn a_part_that_makes_no_sense_spoils_nothing_beside_it() {
        let deep = "[".repeat(500) + &"]".repeat(500);
        with(&format!(r#"{{"a":{deep},"b":"ok","b":"last","c":null}}"#), |fields| {
            assert_eq!(fields.text("a"), None);
            assert_eq!(fields.text("b").as_deref(), Some("last"));
            assert!(fields.raw("c").is_none());
        });
        assert!(with("[1]", |fields| fields.is_empty()));
    }

    #[test]
    fn half_an_emoji_does_not_lose_the_text_around_it() {
        with(r#"{"a":"oi \ud83d fim","b":"\\ud83d","c":"\ud83d\ude00 \ude00"}"#, |fields| {
            assert_eq!(fields.text("a").as_deref(), Some("oi \u{fffd} fim"));
            assert_eq!(fields.text("b").as_deref(), Some("\\ud83d"));
            assert_eq!(fields.text("c").as_deref(), Some("😀 \u{fffd}"));
        });
        let raw = serde_json::from_str(r#"{"a":"oi \ud83d \u00e3"}"#).unwrap();
        assert_eq!(kept(raw), r#"{"a":"oi \ufffd \u00e3"}"#);
    }

    #[test]
    fn times_come_in_seconds_or_milliseconds_and_rubbish_is_no_time() {
        for (json, expected) in [
            (r#"{"t":"1739321024"}"#, Some(1_739_321_024)),
            (r#"{"t":1739321024}"#, Some(1_739_321_024)),
            (r#"{"t":"1739321024123"}"#, Some(1_739_321_024)),
            (r#"{"t":"amanhã"}"#, None),
            (r#"{"t":"0"}"#, None),
            (r#"{"t":99999999999999999999}"#, None),
            (r#"{}"#, None),
        ] {
            let found = with(json, |fields| fields.instant("t").map(|t| t.timestamp()));
            assert_eq!(found, expected, "{json}");
        }
    }
}
