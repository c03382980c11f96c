//! A store and an order in one JSON value: what `orcazap price` reads and prints.
//!
//! ```
//! use orcazap_core::pricing::Case;
//! let case: Case = serde_json::from_str(r#"{
//!   "id": "1",
//!   "store": {
//!     "items": [{"sku": "CIM", "unit_price": "40", "unit_cost": "30", "weight_kg": "50"}],
//!     "tiers": [{"scope": "store", "key": null, "min_qty": "10", "pct": "5"}],
//!     "freight": [{"bairro": "Centro", "base": "15", "per_kg": "0", "included_kg": "0"}]
//!   },
//!   "order": {"items": [{"sku": "CIM", "qty": "10"}], "place": {"bairro": "CENTRO"}}
//! }"#)?;
//! let now = chrono::DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00")?;
//! let outcome = case.price(now)?;
//! assert_eq!(outcome.quote.total().to_string(), "395.00");
//! assert!(outcome.decision.reasons().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::num::NonZero;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::json::{self, FreightJson, ListJson, PointJson, TermJson, TierJson};
use super::{Change, Outcome, PriceBook, PriceBookData, PriceBookError, QuoteError, Terms};
use super::{FreightRule, OpenDays, PaymentTerm, PriceList, PricePoint, Tier};
use crate::approval::{Reason, Rules, RulesError};
use crate::catalog::{Catalog, CatalogError, Product, Sku, Stock, Volume, Weight};
use crate::money::{Money, UnitPrice};
use crate::order::{Ambiguous, Buyer, Order, OrderItem, Payment, PaymentMethod, Unknown};
use crate::place::{Bairro, Cep, Place, Point};
use crate::quantity::{Quantity, Unit};

/// A store and an order to be priced.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    /// What the answer is known by.
    pub id: String,
    /// The store.
    pub store: CaseStore,
    /// The order.
    pub order: CaseOrder,
}

/// Other rules for the same products: a store whose items, if it has any, are not read.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "StoreJson<Option<IgnoredAny>>")]
pub struct CaseRules {
    book: PriceBookData,
    rules: Option<Rules>,
}

impl CaseRules {
    /// The rules as a price book.
    ///
    /// # Errors
    ///
    /// A [`PriceBookError`] that names the rule.
    pub fn price_book(&self) -> Result<PriceBook, PriceBookError> {
        PriceBook::new(self.book.clone())
    }

    /// When a person must look; `None` where it says nothing of it, and then the store's
    /// own rules hold.
    ///
    /// # Errors
    ///
    /// A [`RulesError`] that names the rule.
    pub fn rules(&self) -> Result<Option<&Rules>, RulesError> {
        self.rules.as_ref().map(|rules| rules.check().map(|()| rules)).transpose()
    }
}

/// A store: its products, price book and rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "StoreJson<Vec<CaseItem>>")]
pub struct CaseStore {
    items: Vec<CaseItem>,
    book: PriceBookData,
    rules: Rules,
}

/// A store's fields in JSON. The price book's stand among them one by one, so that
/// whoever reads can tell a field that is not known, as in `teirs`.
#[derive(Deserialize)]
struct StoreJson<I> {
    items: I,
    #[serde(default)]
    rules: Option<Rules>,
    #[serde(default)]
    version: Option<u64>,
    #[serde(default, deserialize_with = "json::list::<_, TierJson>")]
    tiers: Vec<Tier>,
    #[serde(default, deserialize_with = "json::list::<_, TermJson>")]
    payment: Vec<PaymentTerm>,
    #[serde(default, deserialize_with = "json::list::<_, FreightJson>")]
    freight: Vec<FreightRule>,
    #[serde(default)]
    origin: Option<Point>,
    #[serde(default, deserialize_with = "json::list::<_, PointJson>")]
    points: Vec<PricePoint>,
    #[serde(default, deserialize_with = "json::list::<_, ListJson>")]
    lists: Vec<PriceList>,
    #[serde(default)]
    validity_hours: Option<u32>,
    #[serde(default)]
    open: OpenDays,
}

impl<I> StoreJson<I> {
    fn split(self) -> (I, Option<Rules>, PriceBookData) {
        let default = PriceBookData::default();
        let book = PriceBookData {
            version: self.version.unwrap_or(default.version),
            tiers: self.tiers,
            payment: self.payment,
            freight: self.freight,
            origin: self.origin,
            points: self.points,
            lists: self.lists,
            validity_hours: self.validity_hours.unwrap_or(default.validity_hours),
            open: self.open,
        };
        (self.items, self.rules, book)
    }
}

impl From<StoreJson<Option<IgnoredAny>>> for CaseRules {
    fn from(json: StoreJson<Option<IgnoredAny>>) -> Self {
        let (_, rules, book) = json.split();
        Self { book, rules }
    }
}

impl From<StoreJson<Vec<CaseItem>>> for CaseStore {
    fn from(json: StoreJson<Vec<CaseItem>>) -> Self {
        let (items, rules, book) = json.split();
        Self { items, book, rules: rules.unwrap_or_default() }
    }
}

#[derive(Debug, Clone, Deserialize)]
struct CaseItem {
    sku: Sku,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    unit: Option<Unit>,
    unit_price: UnitPrice,
    #[serde(default)]
    unit_cost: Option<UnitPrice>,
    #[serde(default)]
    cost_date: Option<NaiveDate>,
    #[serde(default)]
    weight_kg: Weight,
    #[serde(default)]
    volume_m3: Volume,
    /// Any quantity is a whole number of steps when none is given.
    #[serde(default)]
    step: Quantity,
    #[serde(default)]
    stock: Option<Quantity>,
    #[serde(default)]
    max_auto_qty: Option<Quantity>,
    #[serde(default)]
    substitutes: Vec<Sku>,
}

/// An order as a case gives it. Pickup stands before an address beside it, and instalments
/// beside a way of paying that has none say nothing.
#[derive(Debug, Clone, Deserialize)]
pub struct CaseOrder {
    items: Vec<OrderItem>,
    #[serde(default)]
    unknown: u32,
    #[serde(default)]
    ambiguous: u32,
    #[serde(default)]
    assisted: bool,
    #[serde(default)]
    payment: Option<CasePayment>,
    #[serde(default)]
    place: Option<CasePlace>,
    #[serde(default)]
    buyer: Option<Buyer>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct CasePayment {
    #[serde(default)]
    method: Option<PaymentMethod>,
    #[serde(default)]
    installments: Option<u8>,
    #[serde(default)]
    days: Option<u16>,
}

#[derive(Debug, Clone, Deserialize)]
struct CasePlace {
    #[serde(default)]
    cep: Option<Cep>,
    #[serde(default)]
    bairro: Option<Bairro>,
    #[serde(default)]
    point: Option<Point>,
    #[serde(default)]
    pickup: bool,
}

/// Why a case can't be priced.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CaseError {
    /// The products are no catalogue.
    #[error("the store's items are no catalogue")]
    Catalog(#[from] CatalogError),
    /// The rules are no price book.
    #[error("the store's rules are no price book")]
    PriceBook(#[from] PriceBookError),
    /// When a person must look makes no sense.
    #[error("the store's approval rules make no sense")]
    Rules(#[from] RulesError),
    /// The order can't be priced.
    #[error("the order can't be priced")]
    Quote(#[from] QuoteError),
}

impl Case {
    /// Prices and reviews the order.
    ///
    /// # Errors
    ///
    /// A [`CaseError`]: the products, the rules or the order are not valid.
    pub fn price(&self, now: DateTime<FixedOffset>) -> Result<Outcome, CaseError> {
        let (catalog, book) = (self.store.catalog()?, self.store.price_book()?);
        let terms = Terms { catalog: &catalog, book: &book, rules: self.store.rules()? };
        Ok(terms.price(&self.order.to_order(), now)?)
    }

    /// Prices and reviews the order by the store's own rules and by others. The
    /// products stay the store's.
    ///
    /// # Errors
    ///
    /// A [`CaseError`]: the products, the rules or the order are not valid.
    pub fn what_if(
        &self,
        other: &CaseRules,
        now: DateTime<FixedOffset>,
    ) -> Result<Change, CaseError> {
        let (catalog, book) = (self.store.catalog()?, self.store.price_book()?);
        let other_book = other.price_book()?;
        let rules = self.store.rules()?;
        let before = Terms { catalog: &catalog, book: &book, rules };
        let other_rules = other.rules()?.unwrap_or(rules);
        let after = Terms { catalog: &catalog, book: &other_book, rules: other_rules };
        let order = self.order.to_order();
        Ok(Change { before: before.price(&order, now)?, after: after.price(&order, now)? })
    }
}

impl CaseStore {
    /// The products as a catalogue.
    ///
    /// # Errors
    ///
    /// A [`CatalogError`] that names the product.
    pub fn catalog(&self) -> Result<Catalog, CatalogError> {
        Catalog::new(self.items.iter().map(CaseItem::to_product).collect())
    }

    /// The rules as a price book.
    ///
    /// # Errors
    ///
    /// A [`PriceBookError`] that names the rule.
    pub fn price_book(&self) -> Result<PriceBook, PriceBookError> {
        PriceBook::new(self.book.clone())
    }

    /// When a person must look.
    ///
    /// # Errors
    ///
    /// A [`RulesError`] that names the rule.
    pub fn rules(&self) -> Result<&Rules, RulesError> {
        self.rules.check()?;
        Ok(&self.rules)
    }
}

impl CaseItem {
    fn to_product(&self) -> Product {
        let name = self.name.as_deref().unwrap_or(self.sku.as_str());
        let unit = self.unit.unwrap_or(Unit::Piece);
        Product {
            category: self.category.clone().unwrap_or_default(),
            cost: self.unit_cost,
            cost_date: self.cost_date,
            weight: self.weight_kg,
            volume: self.volume_m3,
            step: self.step,
            stock: self.stock.map_or(Stock::Untracked, Stock::Available),
            max_auto_qty: self.max_auto_qty,
            substitutes: self.substitutes.clone(),
            ..Product::new(self.sku.clone(), name, unit, self.unit_price)
        }
    }
}

impl CaseOrder {
    /// The order. Of asks that were not understood only the number is known: they
    /// become as many without words, 100 at most.
    #[must_use]
    pub fn to_order(&self) -> Order {
        let asks = |count: u32| 0..count.min(100);
        Order {
            items: self.items.clone(),
            place: self.place.as_ref().and_then(CasePlace::to_place),
            payment: self.payment.and_then(CasePayment::to_payment),
            delivery: None,
            ambiguous: asks(self.ambiguous)
                .map(|_| Ambiguous {
                    text: String::new(),
                    qty: None,
                    unit: None,
                    skus: Vec::new(),
                    more: false,
                })
                .collect(),
            unknown: asks(self.unknown)
                .map(|_| Unknown { text: String::new(), qty: None })
                .collect(),
            assisted: self.assisted,
            buyer: self.buyer.clone(),
        }
    }
}

impl CasePayment {
    fn to_payment(self) -> Option<Payment> {
        let method = self.method?;
        let by_card = self.installments.filter(|_| method == PaymentMethod::CreditCard);
        let times = by_card.and_then(NonZero::new);
        let payment = times.map_or(Payment::by(method), Payment::by_card_in);
        Some(self.days.map_or(payment, |days| payment.due_in(days)))
    }
}

impl CasePlace {
    fn to_place(&self) -> Option<Place> {
        if self.pickup {
            return Some(Place::Pickup);
        }
        Place::address(self.cep, self.bairro.clone(), self.point)
    }
}

/// The figures of a quote, and the codes of the reasons why a person must look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseQuote<'a> {
    lines: Vec<CaseLine<'a>>,
    subtotal: Money,
    adjustment: Money,
    freight: Option<Money>,
    total: Money,
    margin_pct: Option<Decimal>,
    reasons: Vec<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct CaseLine<'a> {
    sku: &'a Sku,
    gross: Money,
    discount: Money,
    net: Money,
}

impl<'a> CaseQuote<'a> {
    /// The figures of a quote and what its review decided.
    #[must_use]
    pub fn new(Outcome { quote, decision }: &'a Outcome) -> Self {
        let lines = quote.lines().iter().map(|line| CaseLine {
            sku: &line.product.sku,
            gross: line.gross,
            discount: line.discount,
            net: line.net,
        });
        Self {
            lines: lines.collect(),
            subtotal: quote.subtotal(),
            adjustment: quote.adjustment(),
            freight: quote.freight(),
            total: quote.total(),
            margin_pct: quote.margin_pct(),
            reasons: decision.reasons().iter().map(Reason::code).collect(),
        }
    }
}
