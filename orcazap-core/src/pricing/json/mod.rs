//! Rules as they stand in JSON. They are read field by field, so that what is wrong
//! with one names the rule, by its number in its list and by what it is for, and the
//! field: `freight rule 2 (bairro Sé): base: expected a value from 0 to 10000000,
//! found -5`.

mod field;
mod rules;

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use thiserror::Error;

use super::{FreightRule, PaymentTerm, PriceList, PricePoint, RuleKind, Tier};
use field::Fault;
pub(super) use rules::{FreightJson, ListJson, PointJson, TermJson, TierJson};

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
