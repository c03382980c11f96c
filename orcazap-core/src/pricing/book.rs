//! The rules a store prices by, checked once when the book is built.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::catalog::{Sku, Weight};
use crate::money::{Money, Percent, UnitPrice};
use crate::order::PaymentMethod;
use crate::place::{Bairro, Cep};
use crate::quantity::Quantity;

/// What a volume tier applies to. Scopes are asked in this order, and the first
/// that has a tier for the quantity decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "scope", content = "key", rename_all = "snake_case")]
pub enum TierScope {
    /// One product.
    #[serde(rename = "item")]
    Product(Sku),
    /// Every product of a category.
    Category(String),
    /// Every product of the store.
    Store,
}

/// A volume discount: from `min_qty` on, `pct` off the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// What it applies to.
    #[serde(flatten)]
    pub scope: TierScope,
    /// From how many sale units of one line on.
    pub min_qty: Quantity,
    /// How much is taken off: 5 is 5 %.
    pub pct: Percent,
}

/// What a way of paying adds or takes off: negative is a discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentTerm {
    /// Which way.
    pub method: PaymentMethod,
    /// For credit cards: exactly so many instalments. `None` is 1 there, and
    /// says nothing for other methods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// Percent of the subtotal.
    pub pct: Percent,
}

/// Where a freight rule applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FreightArea {
    /// One neighbourhood, compared without case and accents.
    Bairro {
        /// Its name.
        bairro: Bairro,
    },
    /// A range of CEPs, both ends included.
    Ceps {
        /// The first.
        cep_from: Cep,
        /// The last.
        cep_to: Cep,
    },
}

/// What delivery costs in an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreightRule {
    /// Where.
    #[serde(flatten)]
    pub area: FreightArea,
    /// Reais for each trip.
    pub base: UnitPrice,
    /// Reais for each kilogram above `included_kg`.
    pub per_kg: UnitPrice,
    /// Kilograms that cost nothing on top.
    pub included_kg: Weight,
    /// What the truck carries, in kilograms; heavier orders take more trips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub truck_kg: Option<Weight>,
    /// Freight is free from this subtotal (with payment adjustment) on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_above: Option<Money>,
}

/// A fixed price for one exact quantity of a product (half a metre of sand).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePoint {
    /// Which product.
    pub sku: Sku,
    /// Exactly so many sale units.
    pub qty: Quantity,
    /// What the whole line costs.
    pub price: Money,
}

/// The rules as plain data, before they are checked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PriceBookData {
    /// Which version of the store's rules this is.
    #[serde(default)]
    pub version: u64,
    /// Volume discounts.
    #[serde(default)]
    pub tiers: Vec<Tier>,
    /// Ways of paying.
    #[serde(default)]
    pub payment: Vec<PaymentTerm>,
    /// Delivery.
    #[serde(default)]
    pub freight: Vec<FreightRule>,
    /// Fixed prices for exact quantities.
    #[serde(default)]
    pub points: Vec<PricePoint>,
    /// For how many hours a quote stands.
    #[serde(default = "two_days")]
    pub validity_hours: u32,
}

fn two_days() -> u32 {
    48
}

/// Why rules are no price book.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PriceBookError {
    /// Placeholder until the checks land.
    #[error("invalid rule")]
    Invalid,
}

/// A store's rules, checked and indexed.
#[derive(Debug, Clone)]
pub struct PriceBook {
    data: PriceBookData,
}

impl PriceBook {
    /// Checks the rules and builds the indexes.
    ///
    /// # Errors
    ///
    /// A [`PriceBookError`] that names the rule.
    pub fn new(data: PriceBookData) -> Result<Self, PriceBookError> {
        Ok(Self { data })
    }

    /// The rules as plain data.
    #[must_use]
    pub fn data(&self) -> &PriceBookData {
        &self.data
    }
}
