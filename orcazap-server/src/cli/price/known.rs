//! JSON in which nothing is passed over, and in which what is wrong is named as a person
//! finds it: `order item 2 (CIM): qty: …`.

use anyhow::bail;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads JSON. What is wrong is named by where it stands; so is a field that is not
/// known, and that `must_be` says must be.
pub(super) fn known<T: DeserializeOwned>(
    json: &[u8],
    must_be: impl Fn(&serde_ignored::Path<'_>) -> bool,
) -> anyhow::Result<T> {
    let (mut unknown, mut track) = (None, serde_path_to_error::Track::new());
    let mut read = serde_json::Deserializer::from_slice(json);
    let tracked = serde_path_to_error::Deserializer::new(&mut read, &mut track);
    let value = serde_ignored::deserialize(tracked, |path| {
        if unknown.is_none() && must_be(&path) {
            unknown = Some(path.to_string());
        }
    });
    let value = value.map_err(|error| match named(&track.path().to_string(), json) {
        place if place.is_empty() => anyhow::Error::from(error),
        place => anyhow::anyhow!("{place}: {error}"),
    })?;
    read.end()?;
    match unknown {
        Some(path) => {
            bail!("{} is not known: is it spelled as it should be?", named(&path, json))
        }
        None => Ok(value),
    }
}

/// The bytes without the mark that some editors put before UTF-8.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// A path as a person finds it: `store item 2 (CIM): unit_price` for
/// `store.items[1].unit_price`. What may be left out is one level more in a path, shown
/// as a question mark, and nothing at all as a point.
fn named(path: &str, json: &[u8]) -> String {
    let path = path.replace('[', ".").replace([']', '?'], "");
    // Where the JSON itself is broken there are no codes to be told.
    let json = serde_json::from_slice(json).unwrap_or(Value::Null);
    let mut steps = path.split('.').filter(|step| !step.is_empty()).peekable();
    let (mut told, mut at, mut apart) = (String::new(), Some(&json), "");
    while let Some(name) = steps.next() {
        at = at.and_then(|value| value.get(name));
        let position = steps.peek().and_then(|step| step.parse::<usize>().ok());
        let Some(position) = position else {
            told.push_str(apart);
            told.push_str(name);
            apart = ".";
            continue;
        };
        steps.next();
        at = at.and_then(|value| value.get(position));
        told.push_str(if apart == "." { " " } else { apart });
        told.push_str(&format!("{} {}", one_of(name), position + 1));
        if let Some(code) = at.and_then(code) {
            told.push_str(&format!(" ({code})"));
        }
        apart = ": ";
    }
    told
}

/// What one of a list is called.
fn one_of(list: &str) -> &str {
    match list {
        "items" => "item",
        "tiers" => "tier",
        "payment" => "payment term",
        "freight" => "freight rule",
        "points" => "price point",
        "lists" => "price list",
        "week" => "day",
        "half" => "half day",
        "closed" => "closed day",
        "substitutes" => "substitute",
        other => other,
    }
}

/// What tells a value of a list from the others, short and without what moves a
/// terminal's cursor.
fn code(value: &Value) -> Option<String> {
    let fields = ["sku", "name", "bairro", "cep_from", "key", "method", "day", "date"];
    let code = fields.iter().find_map(|field| value.get(field)?.as_str())?;
    Some(code.chars().map(|c| if c.is_control() { '?' } else { c }).take(40).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_as_a_person_counts() {
        let json = br#"{"store":{"items":[{"sku":"A"},{"sku":"B\u001b[2J"},{}],
            "open":{"week":[{"day":"Mon"}]}}}"#;
        for (path, told) in [
            ("", ""),
            (".", ""),
            ("id", "id"),
            ("store.items[0].unit_price", "store item 1 (A): unit_price"),
            ("store.items.1.unit_price", "store item 2 (B?[2J): unit_price"),
            ("store.items[2].sku", "store item 3: sku"),
            ("store.items[2].substitutes[0]", "store item 3: substitute 1"),
            ("store.open.?.week[0].closes", "store.open day 1 (Mon): closes"),
            ("order.place.?.cpe", "order.place.cpe"),
            ("tiers[0].pct", "tier 1: pct"),
        ] {
            assert_eq!(named(path, json), told, "{path}");
        }
        assert_eq!(named("store.items[0].sku", b"{"), "store item 1: sku");
    }

    #[test]
    fn the_mark_of_an_editor_is_passed_over() {
        assert_eq!(without_mark(b"\xef\xbb\xbf{}"), b"{}");
        assert_eq!(without_mark(b"{}"), b"{}");
    }
}
