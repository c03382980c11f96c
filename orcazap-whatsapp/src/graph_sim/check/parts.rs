//! Checks of single parts that every kind of message shares.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Checked;
use crate::graph_sim::refusal::Refusal;

pub(super) fn string<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

pub(super) fn required<'a>(object: &'a Value, name: &str, what: &str) -> Result<&'a str, Refusal> {
    match object.get(name) {
        None | Some(Value::Null) => Err(Refusal::missing(what)),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(Refusal::invalid(format!("{what} must be a string"))),
    }
}

pub(super) fn length(text: &str, what: &str, max: usize) -> Checked {
    let found = text.chars().count();
    if (1..=max).contains(&found) && !text.trim().is_empty() {
        return Ok(());
    }
    Err(Refusal::limit(format!("{what} length must be between 1 and {max}, found {found}")))
}

pub(super) fn bounded(object: &Value, name: &str, what: &str, max: usize) -> Checked {
    length(required(object, name, what)?, what, max)
}

pub(super) fn optional(object: &Value, name: &str, what: &str, max: usize) -> Checked {
    if object.get(name).is_some() { bounded(object, name, what, max) } else { Ok(()) }
}

pub(super) fn array<'a>(object: &'a Value, name: &str, what: &str) -> Result<&'a [Value], Refusal> {
    match object.get(name) {
        None | Some(Value::Null) => Err(Refusal::missing(what)),
        Some(Value::Array(entries)) => Ok(entries),
        Some(_) => Err(Refusal::invalid(format!("{what} must be an array"))),
    }
}

pub(super) fn count(found: usize, what: &str, min: usize, max: usize) -> Checked {
    if (min..=max).contains(&found) {
        return Ok(());
    }
    Err(Refusal::limit(format!("{what}: expected {min} to {max}, found {found}")))
}

pub(super) fn distinct<'a>(texts: impl Iterator<Item = &'a str>, what: &str) -> Checked {
    let mut seen = BTreeSet::new();
    for text in texts {
        if !seen.insert(text) {
            return Err(Refusal::limit(format!("duplicated {what}: {text:?}")));
        }
    }
    Ok(())
}

/// The object in a field that must be there.
pub(super) fn inner<'a>(object: &'a Value, name: &str, what: &str) -> Result<&'a Value, Refusal> {
    object.get(name).filter(|inner| !inner.is_null()).ok_or_else(|| Refusal::missing(what))
}
