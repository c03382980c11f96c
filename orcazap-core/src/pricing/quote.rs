//! The priced offer.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::PriceBook;
use crate::catalog::{Catalog, Sku, Weight};
use crate::money::{Money, UnitPrice};
use crate::order::Order;
use crate::quantity::{Quantity, Unit};

/// What a person changed by hand; the rest is priced by the rules.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Overrides {
    /// Unit prices in place of the list price, by product; no tier touches them.
    #[serde(default)]
    pub prices: BTreeMap<Sku, UnitPrice>,
    /// Freight in place of the rule's.
    #[serde(default)]
    pub freight: Option<Money>,
}

/// One line of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Which product.
    pub sku: Sku,
    /// Its name when it was priced.
    pub name: String,
    /// Its sale unit.
    pub unit: Unit,
    /// How many sale units.
    pub qty: Quantity,
    /// The price of one.
    pub unit_price: UnitPrice,
    /// Before the discount.
    pub gross: Money,
    /// The tier's discount.
    pub discount: Money,
    /// After the discount.
    pub net: Money,
    /// What it costs the store; `None` when the store has not said.
    pub cost: Option<Money>,
}

/// A priced offer. It can only be made by [`quote`] or read back from its JSON,
/// which is refused when its totals do not add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub(crate) lines: Vec<Line>,
    pub(crate) subtotal: Money,
    pub(crate) adjustment: Money,
    pub(crate) freight: Option<Money>,
    pub(crate) total: Money,
    pub(crate) cost: Option<Money>,
    pub(crate) margin_pct: Option<Decimal>,
    pub(crate) weight: Weight,
    pub(crate) valid_until: DateTime<FixedOffset>,
    pub(crate) price_book_version: u64,
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
}

/// Prices an order.
///
/// # Errors
///
/// [`QuoteError::UnknownProduct`] when a line's product is not in the catalogue.
pub fn quote(
    _order: &Order,
    _overrides: &Overrides,
    _catalog: &Catalog,
    _book: &PriceBook,
    _now: DateTime<FixedOffset>,
) -> Result<Quote, QuoteError> {
    unimplemented!()
}
