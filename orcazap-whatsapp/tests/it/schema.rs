//! The platform's JSON, as `tests/schema/*.json` describe it.

use std::sync::LazyLock;

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError, Validator};
use serde_json::{Map, Value};

/// The body of a send.
pub(crate) static MESSAGE: LazyLock<Validator> =
    LazyLock::new(|| validator(include_str!("../schema/message.json")));

/// The body of a template that is submitted.
pub(crate) static TEMPLATE: LazyLock<Validator> =
    LazyLock::new(|| validator(include_str!("../schema/template.json")));

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::options()
        .with_keyword("maxBytes", MaxBytes::read)
        .with_keyword("maxInAll", MaxInAll::read)
        .build(&schema)
        .unwrap()
}

/// Fails with the JSON and what is wrong with it.
#[track_caller]
pub(crate) fn assert_valid(validator: &Validator, json: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(json)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{json:#}");
}

/// The bytes of a text in UTF-8.
struct MaxBytes(usize);

impl MaxBytes {
    #[expect(clippy::unnecessary_wraps, reason = "the form that jsonschema asks for")]
    fn read<'a>(
        _parent: &'a Map<String, Value>,
        value: &'a Value,
        _path: Location,
    ) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
        Ok(Box::new(Self(value.as_u64().unwrap().try_into().unwrap())))
    }
}

impl<'i> Keyword<'i> for MaxBytes {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        let fits = self.is_valid(instance);
        fits.then_some(()).ok_or_else(|| ValidationError::custom("has too many bytes"))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        instance.as_str().is_none_or(|text| text.len() <= self.0)
    }
}

/// The entries of a list within every entry of an array, all together.
struct MaxInAll {
    list: String,
    max: usize,
}

impl MaxInAll {
    #[expect(clippy::unnecessary_wraps, reason = "the form that jsonschema asks for")]
    fn read<'a>(
        _parent: &'a Map<String, Value>,
        value: &'a Value,
        _path: Location,
    ) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
        let (list, max) = value.as_object().unwrap().iter().next().unwrap();
        let max = max.as_u64().unwrap().try_into().unwrap();
        Ok(Box::new(Self { list: list.clone(), max }))
    }
}

impl<'i> Keyword<'i> for MaxInAll {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        let fits = self.is_valid(instance);
        fits.then_some(()).ok_or_else(|| ValidationError::custom("has too many entries in all"))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        let entries = instance.as_array().into_iter().flatten();
        let lists = entries.filter_map(|entry| entry.get(&self.list)?.as_array());
        lists.map(Vec::len).sum::<usize>() <= self.max
    }
}
