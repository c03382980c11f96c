//! Price lists: dated, of one market, read from JSON.
//!
//! The list that comes along ([`PriceList::brazil`], `brazil.json`) has what the
//! platform published for Brazil in US dollars. Its rate in reais is only there
//! to show an owner an amount they can judge; a store that is billed in reais, or
//! wants another rate, gives a list of its own in the same form:
//!
//! | field | meaning |
//! | --- | --- |
//! | `from` | the first day it holds; rates move on the first of a quarter |
//! | `currency` | the account's: `USD`, `BRL` |
//! | `reais` | what one unit of it is taken for in reais; `1` for `BRL` |
//! | `marketing`, `utility`, `authentication` | one delivered template |
//! | `service_in_window`, `utility_in_window` | the same within the window |
//! | `free_service` | service messages that are free, a number and month |

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;
use thiserror::Error;

use super::{Cost, CostError};

/// What one delivered message costs from a day on, in `currency`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// The first day it holds.
    pub from: NaiveDate,
    /// The currency of the account, `USD`, `BRL`.
    pub currency: String,
    /// What one unit of the currency is taken for in reais.
    pub reais: Decimal,
    /// A marketing template.
    pub marketing: Decimal,
    /// A utility template outside the window.
    pub utility: Decimal,
    /// An authentication template.
    pub authentication: Decimal,
    /// A free-form message, which is always within the window.
    pub service_in_window: Decimal,
    /// A utility template within the window.
    pub utility_in_window: Decimal,
    /// How many service messages are free, a number and month.
    pub free_service: u32,
}

impl Rates {
    /// So many at a rate.
    pub(super) fn times(&self, rate: Decimal, messages: u32) -> Result<Cost, CostError> {
        let amount = rate.checked_mul(messages.into()).ok_or(CostError::TooLarge)?;
        let reais = amount.checked_mul(self.reais).ok_or(CostError::TooLarge)?;
        Ok(Cost { amount, currency: self.currency.clone(), reais })
    }
}

/// The price lists of one market, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    market: String,
    lists: Vec<Rates>,
}

/// Why a price list can't be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PriceListError {
    /// It is no JSON of this form.
    #[error("a price list is JSON with \"market\" and \"lists\"")]
    Form(#[from] serde_json::Error),
    /// It has no list.
    #[error("a price list has at least one list")]
    Empty,
    /// Two lists begin on the same day.
    #[error("two lists begin on {day}")]
    Twice {
        /// The day.
        day: NaiveDate,
    },
    /// A price or a rate below zero.
    #[error("the list of {day} has an amount below zero")]
    Negative {
        /// The first day of the list.
        day: NaiveDate,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    market: String,
    lists: Vec<Rates>,
}

impl PriceList {
    /// What the platform published for Brazil, as far as it is known: the cards
    /// that hold since 1 July 2025 and since 1 October 2026.
    #[must_use]
    pub fn brazil() -> Self {
        #[expect(clippy::expect_used, reason = "a file that comes along, which a test reads")]
        Self::parse(include_str!("brazil.json")).expect("a price list")
    }

    /// Reads lists of this form; amounts are texts, `"0.0068"`.
    ///
    /// # Errors
    ///
    /// [`PriceListError`].
    pub fn parse(json: &str) -> Result<Self, PriceListError> {
        let Wire { market, mut lists } = serde_json::from_str(json)?;
        lists.sort_by_key(|rates| rates.from);
        for rates in &lists {
            let amounts = [
                rates.reais,
                rates.marketing,
                rates.utility,
                rates.authentication,
                rates.service_in_window,
                rates.utility_in_window,
            ];
            if amounts.iter().any(|amount| amount.is_sign_negative()) {
                return Err(PriceListError::Negative { day: rates.from });
            }
        }
        let mut neighbours = lists.iter().zip(lists.iter().skip(1));
        if let Some((one, _)) = neighbours.find(|(one, next)| one.from == next.from) {
            return Err(PriceListError::Twice { day: one.from });
        }
        if lists.is_empty() {
            return Err(PriceListError::Empty);
        }
        Ok(Self { market, lists })
    }

    /// The market it is for: a two-letter country.
    #[must_use]
    pub fn market(&self) -> &str {
        &self.market
    }

    /// What holds on a day: the list with the latest beginning that is not after it.
    ///
    /// # Errors
    ///
    /// [`CostError::UnknownDate`] before the first.
    pub fn rates(&self, day: NaiveDate) -> Result<&Rates, CostError> {
        let found = self.lists.iter().rev().find(|rates| rates.from <= day);
        found.ok_or(CostError::UnknownDate { day })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(from: &str, utility: &str) -> String {
        format!(
            r#"{{"from":"{from}","currency":"BRL","reais":"1","marketing":"0.35","utility":"{utility}",
            "authentication":"0.04","service_in_window":"0.04","utility_in_window":"0.04","free_service":1000}}"#
        )
    }

    #[test]
    fn a_stores_own_list_takes_the_place_of_ours() {
        let both = format!(
            r#"{{"market":"BR","lists":[{},{}]}}"#,
            list("2027-01-01", "0.05"),
            list("2026-10-01", "0.04")
        );
        let list = PriceList::parse(&both).unwrap();
        let utility = |day: &str| list.rates(day.parse().unwrap()).map(|rates| rates.utility);
        assert_eq!(utility("2026-12-31"), Ok(Decimal::new(4, 2)));
        assert_eq!(utility("2027-01-01"), Ok(Decimal::new(5, 2)));
        assert!(utility("2026-09-30").is_err());
        assert_eq!(list.market(), "BR");
    }

    #[test]
    fn a_list_that_makes_no_sense_is_refused() {
        let lists =
            |lists: &str| PriceList::parse(&format!(r#"{{"market":"BR","lists":[{lists}]}}"#));
        let one = list("2026-10-01", "0.04");
        assert!(matches!(lists(""), Err(PriceListError::Empty)));
        assert!(matches!(lists(&format!("{one},{one}")), Err(PriceListError::Twice { .. })));
        let negative = list("2026-10-01", "-0.04");
        assert!(matches!(lists(&negative), Err(PriceListError::Negative { .. })));
        assert!(matches!(lists("1"), Err(PriceListError::Form(_))));
        assert!(matches!(PriceList::parse("{"), Err(PriceListError::Form(_))));
        assert_eq!(PriceList::brazil().market(), "BR");
    }
}
