//! What a customer wants: the [`Draft`] that a conversation collects, and the
//! complete [`Order`] that can be priced.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalog::Sku;
use crate::place::Place;
use crate::quantity::Quantity;

/// How the customer pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// Pix, the central bank's instant transfer.
    Pix,
    /// Cash, or *à vista*.
    Cash,
    /// Credit card, possibly in instalments.
    CreditCard,
    /// Debit card.
    DebitCard,
    /// Boleto, possibly due in some days.
    Boleto,
    /// Bank transfer (TED).
    Transfer,
    /// Store credit (*fiado*, *crediário*).
    StoreCredit,
}

impl PaymentMethod {
    /// Every method.
    pub const ALL: &'static [Self] = &[
        Self::Pix,
        Self::Cash,
        Self::CreditCard,
        Self::DebitCard,
        Self::Boleto,
        Self::Transfer,
        Self::StoreCredit,
    ];

    /// The stable code used in JSON, CSV and the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pix => "pix",
            Self::Cash => "cash",
            Self::CreditCard => "credit_card",
            Self::DebitCard => "debit_card",
            Self::Boleto => "boleto",
            Self::Transfer => "transfer",
            Self::StoreCredit => "store_credit",
        }
    }
}

/// A payment as the customer said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Payment {
    /// How.
    pub method: PaymentMethod,
    /// In how many instalments, when said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// Due in how many days, when said (`boleto 30 dias`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
}

impl Payment {
    /// A payment by a method, with neither instalments nor days.
    #[must_use]
    pub fn by(method: PaymentMethod) -> Self {
        Self { method, installments: None, days: None }
    }
}

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
    /// Every product that fits, in catalogue order. At least two.
    pub skus: Vec<Sku>,
}

/// A product asked for that the store does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// The customer's words for the product, without the quantity.
    pub text: String,
    /// How many, as said.
    pub qty: Option<Quantity>,
}

/// A product that is beyond doubt, its quantity perhaps still to be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftItem {
    /// Which product.
    pub sku: Sku,
    /// How many sale units; `None` while nobody said.
    pub qty: Option<Quantity>,
}

/// The order as a conversation has collected it so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// What is beyond doubt, one entry a product, in the order first said.
    #[serde(default)]
    pub items: Vec<DraftItem>,
    /// What more than one product fits.
    #[serde(default)]
    pub ambiguous: Vec<Ambiguous>,
    /// What the store does not have.
    #[serde(default)]
    pub unknown: Vec<Unknown>,
    /// Where to.
    #[serde(default)]
    pub place: Option<Place>,
    /// How it is paid.
    #[serde(default)]
    pub payment: Option<Payment>,
    /// When it is wanted.
    #[serde(default)]
    pub delivery: Option<Delivery>,
}

/// What a [`Draft`] lacks before it can be priced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "missing")]
pub enum Missing {
    /// No product has been named.
    Items,
    /// Which of several products is meant: the entry of [`Draft::ambiguous`].
    Choice {
        /// The ambiguous ask.
        ask: Ambiguous,
    },
    /// How many of a product.
    Quantity {
        /// The product.
        sku: Sku,
    },
    /// Where to, or pickup.
    Place,
    /// How it is paid.
    Payment,
}

impl Draft {
    /// Whether nothing at all has been said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is missing, in the order in which it is asked: products, which of
    /// several, how many, place, payment. Empty when the order can be priced.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if self.items.is_empty() && self.ambiguous.is_empty() {
            missing.push(Missing::Items);
        }
        missing.extend(self.ambiguous.iter().map(|ask| Missing::Choice { ask: ask.clone() }));
        let without = self.items.iter().filter(|item| item.qty.is_none());
        missing.extend(without.map(|item| Missing::Quantity { sku: item.sku.clone() }));
        if self.place.is_none() {
            missing.push(Missing::Place);
        }
        if self.payment.is_none() {
            missing.push(Missing::Payment);
        }
        missing
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderItem {
    /// Which product.
    pub sku: Sku,
    /// How many sale units; more than zero.
    pub qty: Quantity,
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
}
