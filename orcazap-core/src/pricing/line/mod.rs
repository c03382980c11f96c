//! One line of a quote, and where its price and its discount come from.

mod json;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Tier;
use crate::catalog::{ProductFacts, Sku, Stock};
use crate::money::{Money, Percent, UnitPrice};
use crate::order::Rounded;
use crate::quantity::Quantity;
use json::{DiscountJson, LineJson, PriceJson};

/// Where the price of a line comes from. In JSON `{"price_from": "list"}`,
/// `{"price_from": "price_list", "price_list": "Obras"}`, `"point"`, or `"hand"` with a
/// `list_price`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PriceJson", into = "PriceJson")]
pub enum PriceSource {
    /// The product's base price.
    List,
    /// A price list of some customers or some time, by its name.
    PriceList(Arc<str>),
    /// The store's fixed price for this exact quantity.
    Point,
    /// A person.
    Hand {
        /// What one costs by the store's prices; `None` in quotes priced before it was
        /// kept.
        list_price: Option<UnitPrice>,
    },
}

/// Where the discount of a line comes from. In JSON `{"tier": {…}}`,
/// `{"hand_discount": "5"}`, or neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "DiscountJson", into = "DiscountJson")]
pub enum DiscountSource {
    /// Nothing takes anything off.
    Nothing,
    /// The tier that decided, even at 0 %.
    Tier(Arc<Tier>),
    /// A person, who takes so many percent off in place of the tier.
    Hand(Percent),
}

impl DiscountSource {
    /// The percent of the gross that is taken off.
    #[must_use]
    pub fn pct(&self) -> Percent {
        match self {
            Self::Nothing => Percent::ZERO,
            Self::Tier(tier) => tier.pct,
            Self::Hand(pct) => *pct,
        }
    }
}

/// One line of a quote: the figures, and what it keeps of the product. In JSON all of it
/// stands side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "LineJson", into = "LineJson")]
pub struct Line {
    /// The product as it was when it was priced.
    pub product: Arc<ProductFacts>,
    /// How many sale units, as they were asked for.
    pub qty: Quantity,
    /// What was asked for, where the order says that this was rounded up from it.
    pub rounded: Option<Rounded>,
    /// The price of one, in reais; says nothing on a line with a fixed price.
    pub unit_price: UnitPrice,
    /// Where the price comes from.
    pub price_from: PriceSource,
    /// Before the discount.
    pub gross: Money,
    /// Where the discount comes from.
    pub discount_from: DiscountSource,
    /// What the tier or the person takes off; not negative.
    pub discount: Money,
    /// After the discount.
    pub net: Money,
    /// What the line costs the store; `None` when the store has not said.
    pub cost: Option<Money>,
    /// Where the stock does not suffice: the products that serve in its place and
    /// are there in this quantity, best first.
    pub substitutes: Vec<Sku>,
}

impl Line {
    /// A line of which no figure has been worked out.
    pub(super) fn unpriced(
        product: Arc<ProductFacts>,
        qty: Quantity,
        rounded: Option<Rounded>,
    ) -> Self {
        Self {
            product,
            qty,
            rounded,
            unit_price: UnitPrice::ZERO,
            price_from: PriceSource::List,
            gross: Money::ZERO,
            discount_from: DiscountSource::Nothing,
            discount: Money::ZERO,
            net: Money::ZERO,
            cost: None,
            substitutes: Vec::new(),
        }
    }

    /// The percent that is taken off the gross: a person's, else the tier's, else 0.
    #[must_use]
    pub fn discount_pct(&self) -> Percent {
        self.discount_from.pct()
    }

    /// The tier that decided, if one did.
    #[must_use]
    pub fn tier(&self) -> Option<&Tier> {
        match &self.discount_from {
            DiscountSource::Tier(tier) => Some(tier),
            DiscountSource::Nothing | DiscountSource::Hand(_) => None,
        }
    }

    /// The percent that a person takes off, if one does.
    #[must_use]
    pub fn hand_discount(&self) -> Option<Percent> {
        match self.discount_from {
            DiscountSource::Hand(pct) => Some(pct),
            DiscountSource::Nothing | DiscountSource::Tier(_) => None,
        }
    }

    /// What the price list is called that gave the price, if one did.
    #[must_use]
    pub fn price_list(&self) -> Option<&Arc<str>> {
        match &self.price_from {
            PriceSource::PriceList(name) => Some(name),
            PriceSource::List | PriceSource::Point | PriceSource::Hand { .. } => None,
        }
    }

    /// Whether a person set the price.
    #[must_use]
    pub fn has_hand_price(&self) -> bool {
        matches!(self.price_from, PriceSource::Hand { .. })
    }

    /// Whether a person set the price or the discount.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        self.has_hand_price() || self.hand_discount().is_some()
    }

    /// Whether the stock suffices for this line alone.
    #[must_use]
    pub fn is_in_stock(&self) -> bool {
        has(self.product.stock, self.qty)
    }
}

/// Whether a stock suffices for a quantity.
pub(crate) fn has(stock: Stock, qty: Quantity) -> bool {
    match stock {
        Stock::Untracked => true,
        Stock::Available(available) => qty <= available,
    }
}
