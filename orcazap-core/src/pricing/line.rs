//! One line of a quote, and where its price and its discount come from.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Tier;
use crate::catalog::{Sku, Stock};
use crate::money::{Money, Percent, UnitPrice};
use crate::quantity::{Quantity, Unit};

/// Where the price of a line comes from. In JSON `{"price_from": "list"}`,
/// `{"price_from": "price_list", "price_list": "Obras"}`, `"point"` or `"hand"`.
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
    Hand,
}

/// The fields of a price's source in the JSON of its line.
#[derive(Serialize, Deserialize)]
struct PriceJson {
    price_from: PriceKind,
    #[serde(default)]
    price_list: Option<Arc<str>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PriceKind {
    List,
    PriceList,
    Point,
    Hand,
}

/// A price is said to come from a list, and not from which.
#[derive(Debug, Error)]
#[error("a price that comes from a price list names it in price_list")]
struct NamelessList;

impl TryFrom<PriceJson> for PriceSource {
    type Error = NamelessList;

    fn try_from(json: PriceJson) -> Result<Self, NamelessList> {
        Ok(match json.price_from {
            PriceKind::List => Self::List,
            PriceKind::PriceList => Self::PriceList(json.price_list.ok_or(NamelessList)?),
            PriceKind::Point => Self::Point,
            PriceKind::Hand => Self::Hand,
        })
    }
}

impl From<PriceSource> for PriceJson {
    fn from(source: PriceSource) -> Self {
        let (price_from, price_list) = match source {
            PriceSource::List => (PriceKind::List, None),
            PriceSource::PriceList(name) => (PriceKind::PriceList, Some(name)),
            PriceSource::Point => (PriceKind::Point, None),
            PriceSource::Hand => (PriceKind::Hand, None),
        };
        Self { price_from, price_list }
    }
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

/// The fields of a discount's source in the JSON of its line.
#[derive(Serialize, Deserialize)]
struct DiscountJson {
    #[serde(default)]
    tier: Option<Arc<Tier>>,
    #[serde(default)]
    hand_discount: Option<Percent>,
}

/// A discount is said to come from a tier and from a person.
#[derive(Debug, Error)]
#[error("a line has either a tier or a hand_discount")]
struct TwoDiscounts;

impl TryFrom<DiscountJson> for DiscountSource {
    type Error = TwoDiscounts;

    fn try_from(json: DiscountJson) -> Result<Self, TwoDiscounts> {
        match (json.tier, json.hand_discount) {
            (None, None) => Ok(Self::Nothing),
            (Some(tier), None) => Ok(Self::Tier(tier)),
            (None, Some(pct)) => Ok(Self::Hand(pct)),
            (Some(_), Some(_)) => Err(TwoDiscounts),
        }
    }
}

impl From<DiscountSource> for DiscountJson {
    fn from(source: DiscountSource) -> Self {
        let (tier, hand_discount) = match source {
            DiscountSource::Nothing => (None, None),
            DiscountSource::Tier(tier) => (Some(tier), None),
            DiscountSource::Hand(pct) => (None, Some(pct)),
        };
        Self { tier, hand_discount }
    }
}

/// One line of a quote: the figures, and the facts of the product as they were
/// when it was priced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Which product.
    pub sku: Sku,
    /// Its name.
    pub name: Arc<str>,
    /// Its sale unit.
    pub unit: Unit,
    /// How many sale units, as they were asked for.
    pub qty: Quantity,
    /// The price of one, in reais; says nothing on a line with a fixed price.
    pub unit_price: UnitPrice,
    /// Where the price comes from.
    #[serde(flatten)]
    pub price_from: PriceSource,
    /// What one costs by the store's prices, where a person set another price;
    /// `None` as well in quotes priced before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<UnitPrice>,
    /// Before the discount.
    pub gross: Money,
    /// Where the discount comes from.
    #[serde(flatten)]
    pub discount_from: DiscountSource,
    /// What the tier or the person takes off; not negative.
    pub discount: Money,
    /// After the discount.
    pub net: Money,
    /// What one sale unit costs the store; `None` when the store has not said.
    pub unit_cost: Option<UnitPrice>,
    /// What the line costs the store; `None` when the store has not said.
    pub cost: Option<Money>,
    /// The day the cost was last confirmed.
    #[serde(default)]
    pub cost_date: Option<NaiveDate>,
    /// The step the product is sold in, in sale units.
    pub step: Quantity,
    /// The most of it that goes out unseen.
    #[serde(default)]
    pub max_auto_qty: Option<Quantity>,
    /// What there was of it.
    #[serde(default)]
    pub stock: Stock,
    /// Where the stock does not suffice: the products that serve in its place and
    /// are there in this quantity, best first.
    #[serde(default)]
    pub substitutes: Vec<Sku>,
}

impl Line {
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
            PriceSource::List | PriceSource::Point | PriceSource::Hand => None,
        }
    }

    /// Whether a person set the price or the discount.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        self.price_from == PriceSource::Hand || self.hand_discount().is_some()
    }

    /// Whether the stock suffices for this line alone.
    #[must_use]
    pub fn is_in_stock(&self) -> bool {
        has(self.stock, self.qty)
    }
}

/// Whether a stock suffices for a quantity.
pub(super) fn has(stock: Stock, qty: Quantity) -> bool {
    match stock {
        Stock::Untracked => true,
        Stock::Available(available) => qty <= available,
    }
}
