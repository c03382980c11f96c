//! The rules a store prices by, checked once when the book is built.
//!
//! Rules that tie or contradict each other are refused here, never settled at
//! random when an order comes. What is merely suspicious is a
//! [`Warning`](super::Warning).

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::error::{PriceBookError, RuleKind};
use super::freight::{FreightIndex, FreightRule};
use super::group::Span;
use super::json::{self, FreightJson, ListJson, PointJson, TermJson, TierJson};
use super::list::{BuyersLists, ListIndex, ListScope, PriceList};
use super::payment::{PaymentIndex, PaymentTerm};
use super::point::{PointIndex, PricePoint};
use super::tier::{Tier, TierIndex};
use super::validity::{OpenDays, Standing, hours_after};
use crate::catalog::table::{Key, Table, index32};
use crate::catalog::{Catalog, Product, Sku};
use crate::money::{Money, UnitPrice};
use crate::order::{Buyer, Payment};
use crate::place::{Distance, Place, Point};
use crate::quantity::Quantity;

/// The rules as plain data, before they are checked. Decimals are texts in JSON, and
/// what is left out is not used:
///
/// ```
/// use orcazap_core::PriceBook;
/// use orcazap_core::pricing::PriceBookData;
/// let data: PriceBookData = serde_json::from_str(r#"{
///   "version": 7,
///   "tiers": [
///     {"scope": "item", "key": "CIM", "min_qty": "50", "pct": "5"},
///     {"scope": "category", "key": "Pisos", "min_qty": "10", "pct": "2.5"},
///     {"scope": "store", "min_qty": "100", "pct": "1"}],
///   "payment": [
///     {"method": "pix", "pct": "-3"},
///     {"method": "credit_card", "installments": 10, "pct": "8"}],
///   "freight": [
///     {"bairro": "Vila Operária", "base": "30", "per_kg": "0", "included_kg": "500"},
///     {"cep_from": "01000000", "cep_to": "01999999", "base": "50", "per_kg": "0.05",
///      "included_kg": "0", "truck_kg": "4000", "truck_m3": "6", "free_above": "2000.00"},
///     {"up_to_km": "7.5", "base": "40", "per_kg": "0", "included_kg": "0"}],
///   "origin": {"lat": "-23.550394", "lon": "-46.633947"},
///   "points": [{"sku": "ARE", "qty": "0.5", "price": "90.00"}],
///   "lists": [
///     {"name": "Obras", "for": "group", "key": "Construtoras", "from": "2026-11-01",
///      "until": "2026-12-31", "prices": {"CIM": "36.5"}},
///     {"name": "Oferta", "for": "everyone", "prices": {"CAL": "19.9"}}],
///   "validity_hours": 72,
///   "open": {"week": [{"day": "Mon", "closes": "18:00:00"}], "closed": ["2026-12-25"]}
/// }"#)?;
/// let book = PriceBook::new(data)?;
/// assert_eq!(book.data().freight.len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PriceBookData {
    /// Which version of the store's rules this is.
    pub version: u64,
    /// Volume discounts.
    #[serde(deserialize_with = "json::list::<_, TierJson>")]
    pub tiers: Vec<Tier>,
    /// Ways of paying.
    #[serde(deserialize_with = "json::list::<_, TermJson>")]
    pub payment: Vec<PaymentTerm>,
    /// Delivery.
    #[serde(deserialize_with = "json::list::<_, FreightJson>")]
    pub freight: Vec<FreightRule>,
    /// Where the trucks start: what freight by distance is measured from.
    pub origin: Option<Point>,
    /// Fixed prices for exact quantities.
    #[serde(deserialize_with = "json::list::<_, PointJson>")]
    pub points: Vec<PricePoint>,
    /// Prices in place of the base prices, for some customers or some time.
    #[serde(deserialize_with = "json::list::<_, ListJson>")]
    pub lists: Vec<PriceList>,
    /// For how many hours a quote stands: 1 to [`PriceBook::MAX_VALIDITY_HOURS`].
    pub validity_hours: u32,
    /// When the store is open: quotes end at closing time.
    pub open: OpenDays,
}

impl Default for PriceBookData {
    /// No rules, and quotes that stand for two days.
    fn default() -> Self {
        Self {
            version: 0,
            tiers: Vec::new(),
            payment: Vec::new(),
            freight: Vec::new(),
            origin: None,
            points: Vec::new(),
            lists: Vec::new(),
            validity_hours: 48,
            open: OpenDays::default(),
        }
    }
}

impl PriceBookData {
    /// Whether there are no more rules of any kind than a [`PriceBook`] may have. It is
    /// the first that [`PriceBook::new`] checks, for who keeps rules without building one.
    ///
    /// # Errors
    ///
    /// [`PriceBookError::TooMany`] with the first kind that there are too many of.
    pub fn check_counts(&self) -> Result<(), PriceBookError> {
        let listed = self.lists.iter().map(|list| list.prices.len()).sum();
        for (kind, found, max) in [
            (RuleKind::Tier, self.tiers.len(), PriceBook::MAX_RULES),
            (RuleKind::PaymentTerm, self.payment.len(), PriceBook::MAX_RULES),
            (RuleKind::FreightRule, self.freight.len(), PriceBook::MAX_RULES),
            (RuleKind::PricePoint, self.points.len(), PriceBook::MAX_RULES),
            (RuleKind::PriceList, self.lists.len(), PriceBook::MAX_RULES),
            (RuleKind::ListedPrice, listed, PriceBook::MAX_LISTED),
        ] {
            PriceBookError::check_count(kind, found, max)?;
        }
        Ok(())
    }
}

/// A store's rules, checked and indexed. It is immutable: build a new one when
/// the rules change, and share it behind an `Arc`.
#[derive(Debug, Clone)]
pub struct PriceBook {
    data: PriceBookData,
    /// Numbers for all products that tiers, points and lists name.
    skus: Table,
    /// By these numbers, so that a line looks its product up once.
    sheets: Vec<Sheet>,
    pub(super) tiers: TierIndex,
    payment: PaymentIndex,
    pub(super) freight: FreightIndex,
    points: PointIndex,
    lists: ListIndex,
}

/// Where a book's rules for one product are, side by side: in ten thousand rules of each
/// kind they lie far from each other.
#[derive(Debug, Clone)]
struct Sheet {
    tiers: Span,
    points: Span,
    prices: Span,
}

/// What of a book holds for one product.
#[derive(Clone, Copy)]
pub(super) struct ProductRules<'a> {
    book: &'a PriceBook,
    /// `None` where no rule names the product.
    sheet: Option<&'a Sheet>,
}

impl PriceBook {
    /// How many rules of one kind a book may have: tiers, payment terms, freight rules,
    /// price points, price lists. A tier for every product of a large store fits, and a
    /// store that changes one rule has them all written and checked again.
    pub const MAX_RULES: usize = 10_000;

    /// How many prices all price lists may have together: one for every product that a
    /// catalogue may have.
    pub const MAX_LISTED: usize = Catalog::MAX_PRODUCTS;

    /// The longest that quotes may stand: 8,784 hours are a leap year.
    pub const MAX_VALIDITY_HOURS: u32 = 8_784;

    /// Checks the rules and builds the indexes.
    ///
    /// # Errors
    ///
    /// A [`PriceBookError`] that names the rule: the first that is wrong in itself
    /// or ties with another, of tiers, payment terms, freight rules, price points,
    /// price lists and validity, in this order.
    pub fn new(data: PriceBookData) -> Result<Self, PriceBookError> {
        data.check_counts()?;
        let mut skus = Table::default();
        let tiers = TierIndex::new(&data.tiers, &mut skus)?;
        let payment = PaymentIndex::new(&data.payment)?;
        let freight = FreightIndex::new(&data.freight, data.origin)?;
        let points = PointIndex::new(&data.points, &mut skus)?;
        let lists = ListIndex::new(&data.lists, &mut skus)?;
        data.open.check()?;
        let (found, max) = (data.validity_hours, Self::MAX_VALIDITY_HOURS);
        if found == 0 || found > max {
            return Err(PriceBookError::Validity { found, max });
        }
        let sheet = |number| Sheet {
            tiers: tiers.of(number),
            points: points.of(number),
            prices: lists.prices_of(number),
        };
        let sheets = (0..index32(skus.len())).map(sheet).collect();
        Ok(Self { data, skus, sheets, tiers, payment, freight, points, lists })
    }

    /// The rules as plain data.
    #[must_use]
    pub fn data(&self) -> &PriceBookData {
        &self.data
    }

    /// The tier that decides for so many of a product, if one does.
    #[must_use]
    pub fn tier(&self, product: &Product, qty: Quantity) -> Option<&Arc<Tier>> {
        self.rules_of(Key::new(product.sku.as_str())).tier(product, qty)
    }

    /// What holds for a product, found by its code.
    pub(super) fn rules_of(&self, sku: Key<'_>) -> ProductRules<'_> {
        let sheet = self.skus.find_key(sku).and_then(|number| self.sheets.get(number as usize));
        ProductRules { book: self, sheet }
    }

    /// The term of a payment, if there is one.
    #[must_use]
    pub fn term(&self, payment: Payment) -> Option<PaymentTerm> {
        self.payment.find(payment)
    }

    /// The freight rule for a place, if there is one. Pickup has none.
    #[must_use]
    pub fn freight(&self, place: &Place) -> Option<&Arc<FreightRule>> {
        self.freight.find(place)
    }

    /// How far a place is from the store as the crow flies; `None` when the place has
    /// no point on the map, or no freight rule goes by distance.
    #[must_use]
    pub fn distance(&self, place: &Place) -> Option<Distance> {
        self.freight.distance(place)
    }

    /// Whether some freight rule goes by distance, so that a point on the map is a
    /// place to deliver to.
    #[must_use]
    pub fn delivers_by_distance(&self) -> bool {
        self.freight.has_bands()
    }

    /// The fixed price of exactly so many of a product, if the store has set one.
    #[must_use]
    pub fn point(&self, sku: &Sku, qty: Quantity) -> Option<Money> {
        self.rules_of(Key::new(sku.as_str())).point(qty)
    }

    /// The price of a product for a buyer on a day, and the name of the list that
    /// gives it, if one does.
    #[must_use]
    pub fn listed(
        &self,
        sku: &Sku,
        buyer: Option<&Buyer>,
        day: NaiveDate,
    ) -> Option<(UnitPrice, &Arc<str>)> {
        self.rules_of(Key::new(sku.as_str())).listed(&self.buyers_lists(buyer, day)?)
    }

    /// The lists of a buyer on a day, if there are any lists.
    pub(super) fn buyers_lists(
        &self,
        buyer: Option<&Buyer>,
        day: NaiveDate,
    ) -> Option<BuyersLists> {
        self.lists.of(buyer, day)
    }

    /// Whom the store has price lists for, each once, most specific first.
    pub fn list_scopes(&self) -> impl Iterator<Item = &ListScope> {
        self.lists.scopes()
    }

    /// Until when a quote made `now` stands. `None` at the end of the calendar.
    #[must_use]
    pub fn valid_until(&self, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        Some(self.standing(now)?.until)
    }

    /// How long a quote made `now` stands. `None` at the end of the calendar.
    pub(super) fn standing(&self, now: DateTime<FixedOffset>) -> Option<Standing> {
        self.data.open.stretch(hours_after(now, self.data.validity_hours)?)
    }
}

impl<'a> ProductRules<'a> {
    /// The tier that decides for so many, if one does.
    pub(super) fn tier(self, product: &Product, qty: Quantity) -> Option<&'a Arc<Tier>> {
        self.book.tiers.find(self.sheet.map(|sheet| sheet.tiers), product, qty)
    }

    /// The fixed price of exactly so many, if the store has set one.
    pub(super) fn point(self, qty: Quantity) -> Option<Money> {
        self.book.points.find(self.sheet?.points, qty)
    }

    /// The price in a buyer's lists, and the name of the list, if one gives it.
    pub(super) fn listed(self, lists: &BuyersLists) -> Option<(UnitPrice, &'a Arc<str>)> {
        self.book.lists.find(self.sheet?.prices, lists)
    }
}
