//! The priced offer: [`quote`] makes it, and nothing else can.

mod price;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::stored::{TamperedQuote, first_wrong};
use super::{FreightRule, Line, Load, PaymentTerm};
use crate::catalog::Sku;
use crate::money::{Money, Percent, UnitPrice};
use crate::place::Distance;

pub use price::quote;
pub(crate) use price::substitutes;
pub(super) use price::{cost, margin, subtotal};

/// What a person changed by hand; the rest is priced by the rules.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Overrides {
    /// Unit prices in place of what the rules say, by product; neither a tier nor a
    /// price point touches them.
    #[serde(default)]
    pub prices: BTreeMap<Sku, UnitPrice>,
    /// Discounts in place of the tier's, by product: from 0 to 100 %, 0 for none at
    /// all.
    #[serde(default)]
    pub discounts: BTreeMap<Sku, Percent>,
    /// Freight in place of the rule's; not negative.
    #[serde(default)]
    pub freight: Option<Money>,
}

/// Where the freight comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "freight", rename_all = "snake_case")]
pub enum FreightSource {
    /// The customer collects: nothing to pay.
    Pickup,
    /// A freight rule.
    Rule(Arc<FreightRule>),
    /// A person.
    Hand,
    /// No rule fits the place, or no place was said.
    NoRule,
}

/// A priced offer. It can only be made by [`quote`] or read back from its JSON,
/// which is refused when its figures do not add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Figures", into = "Figures")]
pub struct Quote(Figures);

/// The JSON form of a quote, and its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Figures {
    pub(super) lines: Vec<Line>,
    pub(super) subtotal: Money,
    pub(super) payment_term: Option<PaymentTerm>,
    pub(super) adjustment: Money,
    #[serde(flatten)]
    pub(super) load: Load,
    pub(super) freight_from: FreightSource,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) distance: Option<Distance>,
    pub(super) freight: Option<Money>,
    pub(super) total: Money,
    pub(super) cost: Option<Money>,
    pub(super) margin_pct: Option<Decimal>,
    pub(super) priced_at: DateTime<FixedOffset>,
    /// Quotes saved without it stand until `valid_until` all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) validity_hours: Option<u32>,
    pub(super) valid_until: DateTime<FixedOffset>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) closed_days: Vec<NaiveDate>,
    pub(super) price_book_version: u64,
}

impl Quote {
    /// How many lines a quote may have.
    pub const MAX_LINES: usize = 500;

    /// The lines, in the order they were asked for.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.0.lines
    }

    /// The sum of the lines after their discounts.
    #[must_use]
    pub fn subtotal(&self) -> Money {
        self.0.subtotal
    }

    /// The payment term that decided, if one did.
    #[must_use]
    pub fn payment_term(&self) -> Option<PaymentTerm> {
        self.0.payment_term
    }

    /// What the way of paying adds; negative takes off.
    #[must_use]
    pub fn adjustment(&self) -> Money {
        self.0.adjustment
    }

    /// Subtotal and adjustment: what the goods come to.
    #[must_use]
    pub fn due(&self) -> Money {
        self.0.subtotal + self.0.adjustment
    }

    /// What the goods weigh, and the room they take.
    #[must_use]
    pub fn load(&self) -> Load {
        self.0.load
    }

    /// Where the freight comes from.
    #[must_use]
    pub fn freight_from(&self) -> &FreightSource {
        &self.0.freight_from
    }

    /// How far the goods go as the crow flies, where a freight rule by distance
    /// decides.
    #[must_use]
    pub fn distance(&self) -> Option<Distance> {
        self.0.distance
    }

    /// What delivery costs; `None` when no rule fits, and then the total is
    /// without it.
    #[must_use]
    pub fn freight(&self) -> Option<Money> {
        self.0.freight
    }

    /// What the customer pays.
    #[must_use]
    pub fn total(&self) -> Money {
        self.0.total
    }

    /// What the goods cost the store; `None` when one of the costs is not known.
    #[must_use]
    pub fn cost(&self) -> Option<Money> {
        self.0.cost
    }

    /// What stays with the store, in percent of [`due`](Self::due), rounded to two
    /// places; `None` without a cost, and when nothing is due.
    #[must_use]
    pub fn margin_pct(&self) -> Option<Decimal> {
        self.0.margin_pct
    }

    /// When it was priced.
    #[must_use]
    pub fn priced_at(&self) -> DateTime<FixedOffset> {
        self.0.priced_at
    }

    /// Until when it stands.
    #[must_use]
    pub fn valid_until(&self) -> DateTime<FixedOffset> {
        self.0.valid_until
    }

    /// For how many hours it stands by the store's rule, beyond which it may stand until
    /// the store closes; `None` in quotes saved without it.
    #[must_use]
    pub fn validity_hours(&self) -> Option<u32> {
        self.0.validity_hours
    }

    /// The days on which the store is closed and for which it therefore stands longer,
    /// in their order; none in quotes saved without them.
    #[must_use]
    pub fn closed_days(&self) -> &[NaiveDate] {
        &self.0.closed_days
    }

    /// The version of the rules it was priced by.
    #[must_use]
    pub fn price_book_version(&self) -> u64 {
        self.0.price_book_version
    }

    /// Whether a person set a price, a discount or the freight.
    #[must_use]
    pub fn has_overrides(&self) -> bool {
        self.0.freight_from == FreightSource::Hand || self.0.lines.iter().any(Line::is_by_hand)
    }
}

/// Why an order can't be priced.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum QuoteError {
    /// The catalogue has no such product (any more).
    #[error("the catalogue has no product {sku}")]
    UnknownProduct {
        /// The code.
        sku: Sku,
    },
    /// A line asks for none of a product.
    #[error("a line asks for more than 0, found 0 of {sku}")]
    ZeroQuantity {
        /// The product that 0 of is asked for.
        sku: Sku,
    },
    /// There are more lines than [`Quote::MAX_LINES`].
    #[error("a quote has at most {max} lines, found {found}")]
    TooManyLines {
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// A figure is larger than [`Money::MAX`].
    #[error("the {figure} is larger than any amount")]
    TooLarge {
        /// Which figure.
        figure: &'static str,
    },
    /// A person takes off less than nothing or more than everything.
    #[error("a discount is 0 to 100 %, found {found} % for {sku}")]
    HandDiscount {
        /// The product that the discount is on.
        sku: Sku,
        /// The discount.
        found: Percent,
    },
    /// A person set a freight below nothing.
    #[error("freight is 0.00 or more, found {found}")]
    NegativeFreight {
        /// The freight.
        found: Money,
    },
    /// The quote would stand beyond the end of the calendar.
    #[error("a quote made at {now} stands beyond the end of the calendar")]
    Validity {
        /// When it was priced.
        now: DateTime<FixedOffset>,
    },
}

impl TryFrom<Figures> for Quote {
    type Error = TamperedQuote;

    fn try_from(figures: Figures) -> Result<Self, TamperedQuote> {
        match first_wrong(&figures) {
            Some(figure) => Err(TamperedQuote { figure }),
            None => Ok(Self(figures)),
        }
    }
}

impl From<Quote> for Figures {
    fn from(quote: Quote) -> Self {
        quote.0
    }
}
