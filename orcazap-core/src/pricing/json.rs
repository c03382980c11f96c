//! Rules as they stand in JSON. They are read field by field, so that what is wrong
//! with one names the rule, by its number in its list and by what it is for, and the
//! field: `freight rule 2 (bairro Sé): base: expected a value from 0 to 10000000,
//! found -5`.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, de::DeserializeOwned};
use thiserror::Error;

use super::{
    FreightArea, FreightRule, ListScope, PaymentTerm, PriceList, PricePoint, RuleKind, Tier,
    TierScope,
};
use crate::catalog::SkuError;
use crate::order::PaymentMethod;

/// One field of a rule, before it is looked at.
#[derive(Debug)]
pub(super) enum Field {
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
pub(super) enum Fault {
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
fn optional<T>(field: &str, value: Option<Field>) -> Result<Option<T>, Fault>
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
fn required<T>(field: &str, value: Option<Field>) -> Result<T, Fault>
where
    T: FromStr<Err: fmt::Display>,
{
    optional(field, value)?.ok_or_else(|| Fault::Missing { field: field.to_owned() })
}

/// The fields that say what a rule is for, as they were written.
fn named<const N: usize>(fields: [(&str, &Option<Field>); N]) -> String {
    let said = fields.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let said: Vec<String> = said.map(|(name, value)| format!("{name} {value}")).collect();
    said.join(", ")
}

/// A rule as it stands in JSON.
pub(super) trait RuleJson: DeserializeOwned {
    /// What it becomes.
    type Rule;
    /// Of which kind it is.
    const KIND: RuleKind;

    /// What the rule is for, in the words of its own fields.
    fn subject(&self) -> String;

    /// The rule.
    fn to_rule(self) -> Result<Self::Rule, Fault>;
}

/// A rule that can't be read: what it is for, and what is wrong.
#[derive(Debug, Error)]
#[error("{subject}: {fault}")]
pub(super) struct RuleError {
    subject: String,
    fault: Fault,
}

fn one<J: RuleJson>(json: J) -> Result<J::Rule, RuleError> {
    let subject = json.subject();
    json.to_rule().map_err(|fault| RuleError { subject, fault })
}

/// Reads a list of rules; an error says the number of the rule, from 1 on.
pub(super) fn list<'de, D, J>(deserializer: D) -> Result<Vec<J::Rule>, D::Error>
where
    D: Deserializer<'de>,
    J: RuleJson,
{
    struct Numbered<J>(PhantomData<J>);

    impl<'de, J: RuleJson> Visitor<'de> for Numbered<J> {
        type Value = Vec<J::Rule>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a list of {}s", J::KIND)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut rules = Vec::new();
            while let Some(json) = seq.next_element::<J>()? {
                let rule = one(json).map_err(|RuleError { subject, fault }| {
                    let number = rules.len() + 1;
                    de::Error::custom(format_args!("{} {number} ({subject}): {fault}", J::KIND))
                })?;
                rules.push(rule);
            }
            Ok(rules)
        }
    }

    deserializer.deserialize_seq(Numbered::<J>(PhantomData))
}

#[derive(Deserialize)]
pub(super) struct TierJson {
    scope: Option<Field>,
    key: Option<Field>,
    min_qty: Option<Field>,
    pct: Option<Field>,
}

impl RuleJson for TierJson {
    type Rule = Tier;
    const KIND: RuleKind = RuleKind::Tier;

    fn subject(&self) -> String {
        named([("scope", &self.scope), ("key", &self.key), ("min_qty", &self.min_qty)])
    }

    fn to_rule(self) -> Result<Tier, Fault> {
        let wrong = |field: &str, problem: &str| Fault::Wrong {
            field: field.to_owned(),
            problem: problem.to_owned(),
        };
        let scope = match required::<String>("scope", self.scope)?.as_str() {
            "item" => TierScope::Product(required("key", self.key)?),
            "category" => TierScope::Category(required("key", self.key)?),
            "store" if self.key.is_none() => TierScope::Store,
            "store" => return Err(wrong("key", "a tier of the store has none")),
            _ => return Err(wrong("scope", "expected item, category or store")),
        };
        let (min_qty, pct) = (required("min_qty", self.min_qty)?, required("pct", self.pct)?);
        Ok(Tier { scope, min_qty, pct })
    }
}

#[derive(Deserialize)]
pub(super) struct TermJson {
    method: Option<Field>,
    installments: Option<Field>,
    pct: Option<Field>,
}

impl RuleJson for TermJson {
    type Rule = PaymentTerm;
    const KIND: RuleKind = RuleKind::PaymentTerm;

    fn subject(&self) -> String {
        named([("method", &self.method), ("installments", &self.installments)])
    }

    fn to_rule(self) -> Result<PaymentTerm, Fault> {
        let installments = match self.installments {
            None => None,
            Some(Field::Number(number)) if u8::try_from(number).is_ok() => {
                u8::try_from(number).ok()
            }
            Some(found) => {
                return Err(Fault::NoNumber { field: "installments".to_owned(), found });
            }
        };
        let method: PaymentMethod = required("method", self.method)?;
        Ok(PaymentTerm { method, installments, pct: required("pct", self.pct)? })
    }
}

#[derive(Deserialize)]
pub(super) struct FreightJson {
    bairro: Option<Field>,
    cep_from: Option<Field>,
    cep_to: Option<Field>,
    up_to_km: Option<Field>,
    base: Option<Field>,
    per_kg: Option<Field>,
    included_kg: Option<Field>,
    truck_kg: Option<Field>,
    truck_m3: Option<Field>,
    free_above: Option<Field>,
}

impl RuleJson for FreightJson {
    type Rule = FreightRule;
    const KIND: RuleKind = RuleKind::FreightRule;

    fn subject(&self) -> String {
        named([
            ("bairro", &self.bairro),
            ("cep_from", &self.cep_from),
            ("cep_to", &self.cep_to),
            ("up_to_km", &self.up_to_km),
        ])
    }

    fn to_rule(self) -> Result<FreightRule, Fault> {
        let area = match (self.bairro, self.cep_from, self.cep_to, self.up_to_km) {
            (bairro @ Some(_), None, None, None) => {
                FreightArea::Bairro { bairro: required("bairro", bairro)? }
            }
            (None, from @ Some(_), to @ Some(_), None) => FreightArea::Ceps {
                cep_from: required("cep_from", from)?,
                cep_to: required("cep_to", to)?,
            },
            (None, None, None, up_to_km @ Some(_)) => {
                FreightArea::Distance { up_to_km: required("up_to_km", up_to_km)? }
            }
            _ => return Err(Fault::NoArea),
        };
        Ok(FreightRule {
            area,
            base: required("base", self.base)?,
            per_kg: required("per_kg", self.per_kg)?,
            included_kg: required("included_kg", self.included_kg)?,
            truck_kg: optional("truck_kg", self.truck_kg)?,
            truck_m3: optional("truck_m3", self.truck_m3)?,
            free_above: optional("free_above", self.free_above)?,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct PointJson {
    sku: Option<Field>,
    qty: Option<Field>,
    price: Option<Field>,
}

impl RuleJson for PointJson {
    type Rule = PricePoint;
    const KIND: RuleKind = RuleKind::PricePoint;

    fn subject(&self) -> String {
        named([("sku", &self.sku), ("qty", &self.qty)])
    }

    fn to_rule(self) -> Result<PricePoint, Fault> {
        Ok(PricePoint {
            sku: required("sku", self.sku)?,
            qty: required("qty", self.qty)?,
            price: required("price", self.price)?,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct ListJson {
    name: Option<Field>,
    #[serde(rename = "for")]
    scope: Option<Field>,
    key: Option<Field>,
    from: Option<Field>,
    until: Option<Field>,
    prices: Option<BTreeMap<String, Option<Field>>>,
}

impl RuleJson for ListJson {
    type Rule = PriceList;
    const KIND: RuleKind = RuleKind::PriceList;

    fn subject(&self) -> String {
        named([("name", &self.name), ("for", &self.scope), ("key", &self.key)])
    }

    fn to_rule(self) -> Result<PriceList, Fault> {
        let wrong =
            |field: &str, problem: String| Fault::Wrong { field: field.to_owned(), problem };
        let scope = match required::<String>("for", self.scope)?.as_str() {
            "customer" => ListScope::Customer(required("key", self.key)?),
            "group" => ListScope::Group(required("key", self.key)?),
            "everyone" if self.key.is_none() => ListScope::Everyone,
            "everyone" => return Err(wrong("key", "a list for everyone has none".to_owned())),
            _ => return Err(wrong("for", "expected customer, group or everyone".to_owned())),
        };
        let prices = self.prices.ok_or_else(|| Fault::Missing { field: "prices".to_owned() })?;
        let price = |(sku, price): (String, Option<Field>)| {
            let field = format!("price of {sku:.80}");
            let price = required(&field, price)?;
            Ok((sku.parse().map_err(|error: SkuError| wrong("prices", error.to_string()))?, price))
        };
        Ok(PriceList {
            name: required("name", self.name)?,
            scope,
            from: optional::<NaiveDate>("from", self.from)?,
            until: optional::<NaiveDate>("until", self.until)?,
            prices: prices.into_iter().map(price).collect::<Result<_, _>>()?,
        })
    }
}

/// A rule that stands alone, in a quote or in a row of its own, is read the same way.
macro_rules! read_alone {
    ($($json:ident $rule:ident;)*) => {
        $(impl TryFrom<$json> for $rule {
            type Error = RuleError;

            fn try_from(json: $json) -> Result<Self, RuleError> {
                one(json)
            }
        })*
    };
}

read_alone! {
    TierJson Tier;
    TermJson PaymentTerm;
    FreightJson FreightRule;
    PointJson PricePoint;
    ListJson PriceList;
}
