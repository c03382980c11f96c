//! What a customer wants: the [`Draft`] that a conversation collects, and the
//! complete [`Order`] that can be priced.

mod draft;
mod payment;

pub use draft::{Draft, DraftItem, Missing};
pub use payment::{Payment, PaymentMethod, UnknownMethod};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, Sku, distinguish};
use crate::place::Place;
use crate::quantity::{Quantity, Unit};
use crate::reading::fits_words;

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Before noon.
    Morning,
    /// From noon to 18:00.
    Afternoon,
}

/// When the customer wants the goods. In JSON `{"date": "2026-03-11"}`,
/// `{"asap": true}` or `{"from": …, "to": …}`, with `"period"` when said; a
/// period may stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delivery {
    /// One day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// As soon as possible.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asap: bool,
    /// The first day of a span.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day of a span.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// The part of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

impl Delivery {
    /// Whether a day, a span or urgency is said, beside a mere period.
    #[must_use]
    pub fn has_day(&self) -> bool {
        self.date.is_some() || self.asap || self.from.is_some()
    }
}

/// A product asked for that more than one product of the catalogue fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambiguous {
    /// The customer's words for the product, without the quantity.
    pub text: String,
    /// How many: in sale units when all the products give the same number, else
    /// as said; `None` when not said.
    pub qty: Option<Quantity>,
    /// The measure `qty` was said in, when it is not in sale units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The products that fit, a hundred at most: first those that have the words as
    /// they were said, equally good ones in catalogue order. At least two.
    pub skus: Vec<Sku>,
    /// More products fit than are listed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
}

impl Ambiguous {
    /// Whether a product is one of those in question, be it beyond those listed.
    #[must_use]
    pub fn is_about(&self, sku: &Sku, catalog: &Catalog) -> bool {
        self.skus.contains(sku) || self.more && fits_words(&self.text, sku, catalog)
    }

    /// What tells the products apart, one label each in the order of `skus`, as
    /// [`distinguish`] makes them: `6 furos` / `8 furos`, `20 mm` / `25 mm`. What the
    /// buttons of the question say. Made when asked for, since most asks are read and
    /// never put; empty when the catalogue no longer has all of them.
    #[must_use]
    pub fn labels(&self, catalog: &Catalog) -> Vec<String> {
        let products: Option<Vec<_>> = self.skus.iter().map(|sku| catalog.get(sku)).collect();
        products.map_or_else(Vec::new, |products| distinguish(&products))
    }
}

/// A product asked for that the store does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// The customer's words for the product, without the quantity.
    pub text: String,
    /// How many, as said.
    pub qty: Option<Quantity>,
}

/// What a customer asked for, where it is no whole number of the product's steps and was
/// rounded up: 19 m² of tiles in boxes of 2.25 m² are nine boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounded {
    /// How many, as said.
    pub asked: Quantity,
    /// The measure it was said in; `None` for the product's sale unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The sale units that it was rounded up to. Of another quantity of the product
    /// this says nothing.
    pub into: Quantity,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderItem {
    /// Which product.
    pub sku: Sku,
    /// How many sale units; more than zero.
    pub qty: Quantity,
    /// What was asked for, where the quantity was rounded up to the product's step, so
    /// that the customer is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounded: Option<Rounded>,
}

impl OrderItem {
    /// So many of a product, as they were asked for.
    #[must_use]
    pub fn new(sku: Sku, qty: Quantity) -> Self {
        Self { sku, qty, rounded: None }
    }
}

/// Who buys, as far as prices depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Buyer {
    /// The store's own number or name of the customer, for a price list of theirs.
    pub customer: Option<String>,
    /// The customer's group, such as contractors.
    pub group: Option<String>,
}

/// An order that can be priced: products and quantities, where to and how paid,
/// and what could not be understood (which the review looks at).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Order {
    /// The lines. The same product may stand in two of them.
    pub items: Vec<OrderItem>,
    /// Where to; without a place there is no freight rule.
    #[serde(default)]
    pub place: Option<Place>,
    /// How it is paid.
    #[serde(default)]
    pub payment: Option<Payment>,
    /// When it is wanted.
    #[serde(default)]
    pub delivery: Option<Delivery>,
    /// What more than one product fits.
    #[serde(default)]
    pub ambiguous: Vec<Ambiguous>,
    /// What the store does not have.
    #[serde(default)]
    pub unknown: Vec<Unknown>,
    /// Whether a model or a person's transcript was involved in reading it.
    #[serde(default)]
    pub assisted: bool,
    /// Who buys, when a price list may hold for them.
    #[serde(default)]
    pub buyer: Option<Buyer>,
}

impl Order {
    /// The words in which something was asked for that was not understood.
    pub fn open_asks(&self) -> impl Iterator<Item = &str> {
        let ambiguous = self.ambiguous.iter().map(|ask| ask.text.as_str());
        ambiguous.chain(self.unknown.iter().map(|ask| ask.text.as_str()))
    }
}
