//! A line as it stands in JSON: flat, and read back only when its parts go together.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{DiscountSource, Line, PriceSource};
use crate::catalog::{ProductFacts, Sku, Stock};
use crate::money::{Money, Percent, UnitPrice};
use crate::order::Rounded;
use crate::pricing::Tier;
use crate::quantity::{Quantity, Unit};

/// The fields of a line in JSON.
#[derive(Serialize, Deserialize)]
pub(super) struct LineJson {
    sku: Sku,
    name: Arc<str>,
    unit: Unit,
    qty: Quantity,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rounded: Option<Rounded>,
    unit_price: UnitPrice,
    #[serde(flatten)]
    price_from: PriceSource,
    gross: Money,
    #[serde(flatten)]
    discount_from: DiscountSource,
    discount: Money,
    net: Money,
    unit_cost: Option<UnitPrice>,
    cost: Option<Money>,
    #[serde(default)]
    cost_date: Option<NaiveDate>,
    step: Quantity,
    #[serde(default)]
    max_auto_qty: Option<Quantity>,
    #[serde(default)]
    stock: Stock,
    #[serde(default)]
    substitutes: Vec<Sku>,
}

impl From<LineJson> for Line {
    fn from(json: LineJson) -> Self {
        let product = ProductFacts {
            sku: json.sku,
            name: json.name,
            unit: json.unit,
            cost: json.unit_cost,
            cost_date: json.cost_date,
            step: json.step,
            max_auto_qty: json.max_auto_qty,
            stock: json.stock,
        };
        Self {
            product: Arc::new(product),
            qty: json.qty,
            rounded: json.rounded,
            unit_price: json.unit_price,
            price_from: json.price_from,
            gross: json.gross,
            discount_from: json.discount_from,
            discount: json.discount,
            net: json.net,
            cost: json.cost,
            substitutes: json.substitutes,
        }
    }
}

impl From<Line> for LineJson {
    fn from(line: Line) -> Self {
        let product = Arc::unwrap_or_clone(line.product);
        Self {
            sku: product.sku,
            name: product.name,
            unit: product.unit,
            qty: line.qty,
            rounded: line.rounded,
            unit_price: line.unit_price,
            price_from: line.price_from,
            gross: line.gross,
            discount_from: line.discount_from,
            discount: line.discount,
            net: line.net,
            unit_cost: product.cost,
            cost: line.cost,
            cost_date: product.cost_date,
            step: product.step,
            max_auto_qty: product.max_auto_qty,
            stock: product.stock,
            substitutes: line.substitutes,
        }
    }
}

/// The fields of a price's source in the JSON of its line.
#[derive(Serialize, Deserialize)]
pub(super) struct PriceJson {
    price_from: PriceKind,
    #[serde(default)]
    price_list: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    list_price: Option<UnitPrice>,
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
pub(super) struct NamelessList;

impl TryFrom<PriceJson> for PriceSource {
    type Error = NamelessList;

    fn try_from(json: PriceJson) -> Result<Self, NamelessList> {
        Ok(match json.price_from {
            PriceKind::List => Self::List,
            PriceKind::PriceList => Self::PriceList(json.price_list.ok_or(NamelessList)?),
            PriceKind::Point => Self::Point,
            PriceKind::Hand => Self::Hand { list_price: json.list_price },
        })
    }
}

impl From<PriceSource> for PriceJson {
    fn from(source: PriceSource) -> Self {
        let by = |price_from| Self { price_from, price_list: None, list_price: None };
        match source {
            PriceSource::List => by(PriceKind::List),
            PriceSource::PriceList(name) => {
                Self { price_list: Some(name), ..by(PriceKind::PriceList) }
            }
            PriceSource::Point => by(PriceKind::Point),
            PriceSource::Hand { list_price } => Self { list_price, ..by(PriceKind::Hand) },
        }
    }
}

/// The fields of a discount's source in the JSON of its line.
#[derive(Serialize, Deserialize)]
pub(super) struct DiscountJson {
    #[serde(default)]
    tier: Option<Arc<Tier>>,
    #[serde(default)]
    hand_discount: Option<Percent>,
}

/// A discount is said to come from a tier and from a person.
#[derive(Debug, Error)]
#[error("a line has either a tier or a hand_discount")]
pub(super) struct TwoDiscounts;

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
