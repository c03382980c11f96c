//! One rule of a price book, by its kind, and putting it into the book or taking it out.

use orcazap_core::place::Point;
use orcazap_core::pricing::{FreightRule, PaymentTerm, PriceBookData, PriceList, PricePoint, Tier};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::views::prices::Kind;

impl Kind {
    /// The rules of this kind, as they stand.
    pub(super) fn rules(self, book: &PriceBookData) -> Vec<Rule> {
        match self {
            Self::Tiers => book.tiers.iter().cloned().map(Rule::Tier).collect(),
            Self::Payment => book.payment.iter().copied().map(Rule::Payment).collect(),
            Self::Freight => book.freight.iter().cloned().map(Rule::Freight).collect(),
            Self::Origin => book.origin.into_iter().map(Rule::Origin).collect(),
            Self::Lists => book.lists.iter().cloned().map(Rule::List).collect(),
            Self::Points => book.points.iter().cloned().map(Rule::Point).collect(),
        }
    }

    /// The rule of a key, if it still says the same.
    pub(super) fn find(self, book: &PriceBookData, key: &str) -> Option<Rule> {
        self.rules(book).into_iter().find(|rule| rule.key() == key)
    }

    /// Takes a rule out.
    pub(super) fn take(self, book: &mut PriceBookData, key: &str) -> Result<Rule, Gone> {
        match self {
            Self::Tiers => remove(&mut book.tiers, key).map(Rule::Tier),
            Self::Payment => remove(&mut book.payment, key).map(Rule::Payment),
            Self::Freight => remove(&mut book.freight, key).map(Rule::Freight),
            Self::Origin => {
                let held = book.origin.take_if(|origin| self::key(origin) == key);
                held.map(Rule::Origin).ok_or(Gone)
            }
            Self::Lists => remove(&mut book.lists, key).map(Rule::List),
            Self::Points => remove(&mut book.points, key).map(Rule::Point),
        }
    }
}

/// The rule that was to be changed is not in the book any more: somebody changed it or
/// took it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gone;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Rule {
    Tier(Tier),
    Payment(PaymentTerm),
    Freight(FreightRule),
    /// Where the trucks start.
    Origin(Point),
    List(PriceList),
    Point(PricePoint),
}

impl Rule {
    /// What a form knows the rule by.
    pub(super) fn key(&self) -> String {
        key(self)
    }

    /// Puts it into the book: in place of the rule of a key, or behind all others. Gives
    /// back the rule whose place it took.
    pub(super) fn put(
        self,
        book: &mut PriceBookData,
        was: Option<&str>,
    ) -> Result<Option<Self>, Gone> {
        Ok(match self {
            Self::Tier(rule) => put(&mut book.tiers, was, rule)?.map(Self::Tier),
            Self::Payment(rule) => put(&mut book.payment, was, rule)?.map(Self::Payment),
            Self::Freight(rule) => put(&mut book.freight, was, rule)?.map(Self::Freight),
            Self::Origin(rule) => {
                if book.origin.as_ref().map(key).as_deref() != was {
                    return Err(Gone);
                }
                book.origin.replace(rule).map(Self::Origin)
            }
            Self::List(rule) => put(&mut book.lists, was, rule)?.map(Self::List),
            Self::Point(rule) => put(&mut book.points, was, rule)?.map(Self::Point),
        })
    }
}

fn put<T: Serialize>(rules: &mut Vec<T>, was: Option<&str>, rule: T) -> Result<Option<T>, Gone> {
    let Some(was) = was else {
        rules.push(rule);
        return Ok(None);
    };
    let held = rules.iter_mut().find(|held| key(held) == was).ok_or(Gone)?;
    Ok(Some(std::mem::replace(held, rule)))
}

fn remove<T: Serialize>(rules: &mut Vec<T>, was: &str) -> Result<T, Gone> {
    let at = rules.iter().position(|rule| key(rule) == was).ok_or(Gone)?;
    Ok(rules.remove(at))
}

/// Half a hash of what a rule says: nobody gains by two rules with one key.
fn key(rule: &impl Serialize) -> String {
    // Rules are written as JSON whenever they are kept.
    let json = serde_json::to_vec(rule).unwrap_or_default();
    hex::encode(Sha256::digest(json).get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> PriceBookData {
        serde_json::from_value(serde_json::json!({
            "tiers": [{ "scope": "store", "min_qty": "10", "pct": "2" }],
            "payment": [{ "method": "pix", "pct": "-3" }],
            "freight": [{ "up_to_km": "5", "base": "30", "per_kg": "0", "included_kg": "0" }],
            "origin": { "lat": "-23.5", "lon": "-46.6" },
            "points": [{ "sku": "ARE", "qty": "0.5", "price": "90.00" }],
            "lists": [{ "name": "Oferta", "for": "everyone", "prices": { "CAL": "19.9" } }],
        }))
        .unwrap()
    }

    #[test]
    fn a_rule_is_taken_out_and_put_back_by_what_it_says() {
        for kind in Kind::ALL {
            let mut book = book();
            let [rule] = kind.rules(&book).try_into().unwrap();
            let key = rule.key();
            assert_eq!(kind.find(&book, &key), Some(rule.clone()));
            assert_eq!(rule.clone().put(&mut book, Some(&key)), Ok(Some(rule.clone())));
            assert_eq!(kind.take(&mut book, &key), Ok(rule.clone()));
            assert_eq!(kind.take(&mut book, &key), Err(Gone));
            assert_eq!(rule.clone().put(&mut book, Some(&key)), Err(Gone));
            assert_eq!(rule.clone().put(&mut book, None), Ok(None));
            assert_eq!(book, self::book());
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
    }
}
