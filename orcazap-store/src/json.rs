//! JSON for the database: PostgreSQL's `jsonb` cannot hold U+0000, and what a
//! customer typed may, so it is left out.

use serde::Serialize;
use serde_json::Value;

/// The value as JSON, without U+0000 in any text.
///
/// # Errors
///
/// When the value cannot be written as JSON.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<Value, serde_json::Error> {
    let mut json = serde_json::to_value(value)?;
    clean(&mut json);
    Ok(json)
}

/// Takes U+0000 out of a text.
pub(crate) fn clean_text(text: &str) -> String {
    text.chars().filter(|character| *character != '\0').collect()
}

fn clean(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('\0') => *text = clean_text(text),
        Value::Array(values) => values.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_jsonb_cannot_hold_is_left_out_at_any_depth() {
        let value = serde_json::json!({ "a": ["x\0y", { "b": "\0" }], "c": 1 });
        let expected = serde_json::json!({ "a": ["xy", { "b": "" }], "c": 1 });
        assert_eq!(to_json(&value).unwrap(), expected);
    }
}
