//! JSON objects that grow field by field.

use serde_json::Value;

/// Puts a field into an object, in the place of one of its name; what is no
/// object is left alone.
pub(crate) fn put(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value.into());
    }
}
