//! One field of a rule, and what may be wrong with it.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use thiserror::Error;

/// One field of a rule, before it is looked at.
#[derive(Debug)]
pub(in crate::pricing) enum Field {
    Text(String),
    Number(u64),
    /// What no field of a rule is, in words.
    Other(&'static str),
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyField;

        impl Visitor<'_> for AnyField {
            type Value = Field;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a whole number")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Field, E> {
                Ok(Field::Text(text.to_owned()))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Field, E> {
                Ok(Field::Number(number))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Field, E> {
                Ok(u64::try_from(number).map_or(Field::Other("a negative number"), Field::Number))
            }

            fn visit_f64<E: de::Error>(self, _: f64) -> Result<Field, E> {
                Ok(Field::Other("a number with a point"))
            }

            fn visit_bool<E: de::Error>(self, _: bool) -> Result<Field, E> {
                Ok(Field::Other("true or false"))
            }
        }

        deserializer.deserialize_any(AnyField)
    }
}

impl fmt::Display for Field {
    /// Short enough for a message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:.80}"),
            Self::Number(number) => number.fmt(f),
            Self::Other(other) => f.write_str(other),
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Error)]
pub(in crate::pricing) enum Fault {
    #[error("{field} is missing")]
    Missing { field: String },
    #[error("{field}: expected a text such as \"12.50\", found {found}")]
    NoText { field: String, found: Field },
    #[error("{field}: expected a whole number from 0 to 255, found {found}")]
    NoNumber { field: String, found: Field },
    #[error("{field}: {problem}")]
    Wrong { field: String, problem: String },
    #[error("a freight rule has either bairro, or both cep_from and cep_to, or up_to_km")]
    NoArea,
}

/// A field's text as what it stands for; `None` where the field is not there.
pub(super) fn optional<T>(field: &str, value: Option<Field>) -> Result<Option<T>, Fault>
where
    T: FromStr<Err: fmt::Display>,
{
    let field = || field.to_owned();
    match value {
        None => Ok(None),
        Some(Field::Text(text)) => match text.parse() {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(Fault::Wrong { field: field(), problem: error.to_string() }),
        },
        Some(found) => Err(Fault::NoText { field: field(), found }),
    }
}

/// The same of a field that must be there.
pub(super) fn required<T>(field: &str, value: Option<Field>) -> Result<T, Fault>
where
    T: FromStr<Err: fmt::Display>,
{
    optional(field, value)?.ok_or_else(|| Fault::Missing { field: field.to_owned() })
}

/// The fields that say what a rule is for, as they were written.
pub(super) fn named<const N: usize>(fields: [(&str, &Option<Field>); N]) -> String {
    let said = fields.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let said: Vec<String> = said.map(|(name, value)| format!("{name} {value}")).collect();
    said.join(", ")
}

/// Fields by names that the store gives, in their order, the same one perhaps twice.
pub(in crate::pricing) struct Fields(pub(super) Vec<(String, Option<Field>)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyFields;

        impl<'de> Visitor<'de> for AnyFields {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields by their names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(AnyFields)
    }
}
