//! The rules a store prices by, checked once when the book is built.
//!
//! Rules that tie or contradict each other are refused here, never settled at
//! random when an order comes. What is merely suspicious is a
//! [`Warning`](super::Warning).

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::freight::{FreightArea, FreightIndex, FreightRule};
use super::list::{ListIndex, ListScope, PriceList};
use super::payment::{PaymentIndex, PaymentTerm};
use super::tier::{Tier, TierIndex};
use super::validity::{OpenDays, hours_after};
use crate::catalog::{Product, Sku};
use crate::money::{Money, UnitPrice};
use crate::order::{Buyer, Payment};
use crate::place::{Bairro, CepRange, Distance, Place, PlaceError, Point};
use crate::quantity::Quantity;

/// A fixed price for one exact quantity of a product (half a metre of sand).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePoint {
    /// Which product.
    pub sku: Sku,
    /// Exactly so many sale units; more than zero.
    pub qty: Quantity,
    /// What the whole line costs; not negative.
    pub price: Money,
}

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
    pub tiers: Vec<Tier>,
    /// Ways of paying.
    pub payment: Vec<PaymentTerm>,
    /// Delivery.
    pub freight: Vec<FreightRule>,
    /// Where the trucks start: what freight by distance is measured from.
    pub origin: Option<Point>,
    /// Fixed prices for exact quantities.
    pub points: Vec<PricePoint>,
    /// Prices in place of the base prices, for some customers or some time.
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

/// Why rules are no price book. Each names the rule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PriceBookError {
    /// A tier takes off less than nothing or more than everything.
    #[error("a tier takes off 0 to 100 %, found {} % for {} from {} on", .tier.pct, .tier.scope, .tier.min_qty)]
    TierPercent {
        /// The tier.
        tier: Tier,
    },
    /// Two tiers of one scope begin at the same quantity.
    #[error("two tiers for {} begin at {}", .tier.scope, .tier.min_qty)]
    TiersTie {
        /// The second of them.
        tier: Tier,
    },
    /// A payment term adds more than the subtotal itself.
    #[error("a payment term adds -100 to 100 %, found {term}")]
    TermPercent {
        /// The term.
        term: PaymentTerm,
    },
    /// A credit card term for no instalments.
    #[error("a credit card is paid in 1 or more instalments, found {term}")]
    NoInstallments {
        /// The term.
        term: PaymentTerm,
    },
    /// Two terms for the same way of paying.
    #[error("two terms for one way of paying: {term}")]
    TermsTie {
        /// The second of them.
        term: PaymentTerm,
    },
    /// A neighbourhood's name has neither letters nor digits.
    #[error("a bairro has letters or digits, found {bairro}")]
    NamelessBairro {
        /// The name.
        bairro: Bairro,
    },
    /// Two rules for one neighbourhood, case and accents ignored.
    #[error("two freight rules for bairro {bairro}")]
    BairrosTie {
        /// The name in the second of them.
        bairro: Bairro,
    },
    /// A range of CEPs is none.
    #[error("a freight rule has no range of CEPs")]
    Range {
        /// Why.
        source: PlaceError,
    },
    /// Two ranges of the same width overlap: nothing says which holds there.
    #[error("two freight rules of one width overlap: CEP {} to {} and {} to {}", .a.from(), .a.to(), .b.from(), .b.to())]
    RangesTie {
        /// The first range.
        a: CepRange,
        /// The second range.
        b: CepRange,
    },
    /// Freight is free above a negative amount.
    #[error("freight is free above 0.00 or more, found less for {area}")]
    NegativeFreeAbove {
        /// The rule's area.
        area: FreightArea,
    },
    /// A truck that carries nothing.
    #[error("a truck carries more than nothing, found 0 for {area}")]
    NoTruck {
        /// The rule's area.
        area: FreightArea,
    },
    /// A band around the store that reaches no farther than the store.
    #[error("freight by distance is for more than 0 km, found up to 0 km")]
    EmptyBand,
    /// Freight by distance, and nothing to measure it from.
    #[error("freight up to {up_to_km} km away needs the store's own position")]
    NoOrigin {
        /// The band's outer edge.
        up_to_km: Distance,
    },
    /// Two bands around the store end at the same distance.
    #[error("two freight rules for points up to {up_to_km} km away")]
    BandsTie {
        /// The outer edge of both.
        up_to_km: Distance,
    },
    /// A price point for none of a product.
    #[error("a price point is for more than 0, found 0 of {sku}")]
    EmptyPoint {
        /// The product.
        sku: Sku,
    },
    /// A price point below nothing.
    #[error("a price point costs 0.00 or more, found {price} for {qty} of {sku}")]
    NegativePoint {
        /// The product.
        sku: Sku,
        /// The quantity.
        qty: Quantity,
        /// The price.
        price: Money,
    },
    /// Two price points for one quantity of one product.
    #[error("two price points for {qty} of {sku}")]
    PointsTie {
        /// The product.
        sku: Sku,
        /// The quantity.
        qty: Quantity,
    },
    /// Quotes would stand for no time, or for too long.
    #[error("quotes stand for 1 to {max} hours, found {found}")]
    Validity {
        /// The hours.
        found: u32,
        /// The most there may be.
        max: u32,
    },
    /// A price list's name, or whom it is for, is empty or too long.
    #[error("a price list's name and key have 1 to 120 characters, found {found} in {name:.120}")]
    ListLabel {
        /// The list's name.
        name: String,
        /// How many characters there are.
        found: usize,
    },
    /// A price list ends before it begins.
    #[error("a price list ends on the day it begins or later, found {from} to {until} for {name}")]
    ReversedList {
        /// The list's name.
        name: String,
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        until: NaiveDate,
    },
    /// Two price lists price one product for the same customers on the same day.
    #[error("two price lists for {scope} price {sku} on one day: {} and {}", .names[0], .names[1])]
    ListsTie {
        /// Whom both are for.
        scope: ListScope,
        /// What they are called.
        names: [String; 2],
        /// The product.
        sku: Sku,
    },
    /// A day of the week is given twice.
    #[error("a day of the week opens once, found {day} twice")]
    DaysTie {
        /// The day.
        day: Weekday,
    },
    /// There are more rules of one kind than [`PriceBook::MAX_RULES`].
    #[error("a price book has at most {max} rules of a kind, found {found}")]
    TooMany {
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
}

/// A store's rules, checked and indexed. It is immutable: build a new one when
/// the rules change, and share it behind an `Arc`.
#[derive(Debug, Clone)]
pub struct PriceBook {
    data: PriceBookData,
    pub(super) tiers: TierIndex,
    payment: PaymentIndex,
    pub(super) freight: FreightIndex,
    points: BTreeMap<Sku, Vec<(Quantity, Money)>>,
    lists: ListIndex,
}

impl PriceBook {
    /// How many rules of one kind a book may have.
    pub const MAX_RULES: usize = 200_000;

    /// How many price lists a book may have.
    pub const MAX_LISTS: usize = 10_000;

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
        let listed = data.lists.iter().map(|list| list.prices.len().max(1)).sum();
        let (tiers, terms) = (data.tiers.len(), data.payment.len());
        let lengths = [tiers, terms, data.freight.len(), data.points.len(), listed];
        if let Some(found) = lengths.into_iter().find(|found| *found > Self::MAX_RULES) {
            return Err(PriceBookError::TooMany { found, max: Self::MAX_RULES });
        }
        let (found, max) = (data.lists.len(), Self::MAX_LISTS);
        if found > max {
            return Err(PriceBookError::TooMany { found, max });
        }
        let tiers = TierIndex::new(&data.tiers)?;
        let payment = PaymentIndex::new(&data.payment)?;
        let freight = FreightIndex::new(&data.freight, data.origin)?;
        let points = index_points(&data.points)?;
        let lists = ListIndex::new(&data.lists)?;
        data.open.check()?;
        let (found, max) = (data.validity_hours, Self::MAX_VALIDITY_HOURS);
        if found == 0 || found > max {
            return Err(PriceBookError::Validity { found, max });
        }
        Ok(Self { data, tiers, payment, freight, points, lists })
    }

    /// The rules as plain data.
    #[must_use]
    pub fn data(&self) -> &PriceBookData {
        &self.data
    }

    /// The tier that decides for so many of a product, if one does.
    #[must_use]
    pub fn tier(&self, product: &Product, qty: Quantity) -> Option<&Arc<Tier>> {
        self.tiers.find(product, qty)
    }

    /// The term of a payment, if there is one.
    #[must_use]
    pub fn term(&self, payment: Payment) -> Option<PaymentTerm> {
        self.payment.find(payment)
    }

    /// The freight rule for a place, if there is one. Pickup has none.
    #[must_use]
    pub fn freight(&self, place: &Place) -> Option<&FreightRule> {
        self.freight.find(place).and_then(|position| self.data.freight.get(position))
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
        let points = self.points.get(sku)?;
        let position = points.binary_search_by_key(&qty, |(qty, _)| *qty).ok()?;
        points.get(position).map(|(_, price)| *price)
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
        self.lists.find(sku, buyer, day)
    }

    /// Whom the store has price lists for, each once, most specific first.
    pub fn list_scopes(&self) -> impl Iterator<Item = &ListScope> {
        self.lists.scopes()
    }

    /// Until when a quote made `now` stands. `None` at the end of the calendar.
    #[must_use]
    pub fn valid_until(&self, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        self.data.open.stretch(hours_after(now, self.data.validity_hours)?)
    }
}

/// Checks the price points one by one and against each other, and sorts them.
fn index_points(
    points: &[PricePoint],
) -> Result<BTreeMap<Sku, Vec<(Quantity, Money)>>, PriceBookError> {
    let mut index: BTreeMap<Sku, Vec<(Quantity, Money)>> = BTreeMap::new();
    for PricePoint { sku, qty, price } in points {
        if qty.is_zero() {
            return Err(PriceBookError::EmptyPoint { sku: sku.clone() });
        }
        if price.is_negative() {
            let (sku, qty, price) = (sku.clone(), *qty, *price);
            return Err(PriceBookError::NegativePoint { sku, qty, price });
        }
        index.entry(sku.clone()).or_default().push((*qty, *price));
    }
    for (sku, points) in &mut index {
        points.sort_unstable();
        let tie = points.windows(2).find_map(|pair| match pair {
            [(a, _), (b, _)] if a == b => Some(*a),
            _ => None,
        });
        if let Some(qty) = tie {
            return Err(PriceBookError::PointsTie { sku: sku.clone(), qty });
        }
    }
    Ok(index)
}
