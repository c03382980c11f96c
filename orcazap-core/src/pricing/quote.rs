//! The priced offer: [`quote`] makes it, and nothing else can.
//!
//! Every figure is exact; one that is larger than [`Money::MAX`] is an error,
//! never a figure held at the limit.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::freight::LoadSum;
use super::line::has;
use super::list::BuyersLists;
use super::stored::{TamperedQuote, first_wrong};
use super::{DiscountSource, FreightRule, Line, Load, PaymentTerm, PriceBook, PriceSource};
use crate::catalog::table::Key;
use crate::catalog::{Catalog, Product, Sku};
use crate::money::{Money, Percent, UnitPrice};
use crate::order::{Order, OrderItem};
use crate::place::{Distance, Place};
use crate::quantity::Quantity;

/// What a person changed by hand; the rest is priced by the rules.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Overrides {
    /// Unit prices in place of what the rules say, by product; neither a tier nor a
    /// price point touches them.
    #[serde(default)]
    pub prices: BTreeMap<Sku, UnitPrice>,
    /// Discounts in place of the tier's, by product: from 0 to 100 %, 0 for none at
    /// all.
    #[serde(default)]
    pub discounts: BTreeMap<Sku, Percent>,
    /// Freight in place of the rule's; not negative.
    #[serde(default)]
    pub freight: Option<Money>,
}

/// Where the freight comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "freight", rename_all = "snake_case")]
pub enum FreightSource {
    /// The customer collects: nothing to pay.
    Pickup,
    /// A freight rule.
    Rule(FreightRule),
    /// A person.
    Hand,
    /// No rule fits the place, or no place was said.
    NoRule,
}

/// A priced offer. It can only be made by [`quote`] or read back from its JSON,
/// which is refused when its figures do not add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Figures", into = "Figures")]
pub struct Quote(Figures);

/// The JSON form of a quote, and its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Figures {
    pub(super) lines: Vec<Line>,
    pub(super) subtotal: Money,
    pub(super) payment_term: Option<PaymentTerm>,
    pub(super) adjustment: Money,
    #[serde(flatten)]
    pub(super) load: Load,
    pub(super) freight_from: FreightSource,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) distance: Option<Distance>,
    pub(super) freight: Option<Money>,
    pub(super) total: Money,
    pub(super) cost: Option<Money>,
    pub(super) margin_pct: Option<Decimal>,
    pub(super) priced_at: DateTime<FixedOffset>,
    /// Quotes saved without it stand until `valid_until` all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) validity_hours: Option<u32>,
    pub(super) valid_until: DateTime<FixedOffset>,
    pub(super) price_book_version: u64,
}

impl Quote {
    /// How many lines a quote may have.
    pub const MAX_LINES: usize = 500;

    /// The lines, in the order they were asked for.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.0.lines
    }

    /// The sum of the lines after their discounts.
    #[must_use]
    pub fn subtotal(&self) -> Money {
        self.0.subtotal
    }

    /// The payment term that decided, if one did.
    #[must_use]
    pub fn payment_term(&self) -> Option<PaymentTerm> {
        self.0.payment_term
    }

    /// What the way of paying adds; negative takes off.
    #[must_use]
    pub fn adjustment(&self) -> Money {
        self.0.adjustment
    }

    /// Subtotal and adjustment: what the goods come to.
    #[must_use]
    pub fn due(&self) -> Money {
        self.0.subtotal + self.0.adjustment
    }

    /// What the goods weigh, and the room they take.
    #[must_use]
    pub fn load(&self) -> Load {
        self.0.load
    }

    /// Where the freight comes from.
    #[must_use]
    pub fn freight_from(&self) -> &FreightSource {
        &self.0.freight_from
    }

    /// How far the goods go as the crow flies, where a freight rule by distance
    /// decides.
    #[must_use]
    pub fn distance(&self) -> Option<Distance> {
        self.0.distance
    }

    /// What delivery costs; `None` when no rule fits, and then the total is
    /// without it.
    #[must_use]
    pub fn freight(&self) -> Option<Money> {
        self.0.freight
    }

    /// What the customer pays.
    #[must_use]
    pub fn total(&self) -> Money {
        self.0.total
    }

    /// What the goods cost the store; `None` when one of the costs is not known.
    #[must_use]
    pub fn cost(&self) -> Option<Money> {
        self.0.cost
    }

    /// What stays with the store, in percent of [`due`](Self::due), rounded to two
    /// places; `None` without a cost, and when nothing is due.
    #[must_use]
    pub fn margin_pct(&self) -> Option<Decimal> {
        self.0.margin_pct
    }

    /// When it was priced.
    #[must_use]
    pub fn priced_at(&self) -> DateTime<FixedOffset> {
        self.0.priced_at
    }

    /// Until when it stands.
    #[must_use]
    pub fn valid_until(&self) -> DateTime<FixedOffset> {
        self.0.valid_until
    }

    /// For how many hours it stands by the store's rule, beyond which it may stand until
    /// the store closes; `None` in quotes saved without it.
    #[must_use]
    pub fn validity_hours(&self) -> Option<u32> {
        self.0.validity_hours
    }

    /// The version of the rules it was priced by.
    #[must_use]
    pub fn price_book_version(&self) -> u64 {
        self.0.price_book_version
    }

    /// Whether a person set a price, a discount or the freight.
    #[must_use]
    pub fn has_overrides(&self) -> bool {
        self.0.freight_from == FreightSource::Hand || self.0.lines.iter().any(Line::is_by_hand)
    }
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
    /// A line asks for none of a product.
    #[error("a line asks for more than 0, found 0 of {sku}")]
    ZeroQuantity {
        /// The product that 0 of is asked for.
        sku: Sku,
    },
    /// There are more lines than [`Quote::MAX_LINES`].
    #[error("a quote has at most {max} lines, found {found}")]
    TooManyLines {
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// A figure is larger than [`Money::MAX`].
    #[error("the {figure} is larger than any amount")]
    TooLarge {
        /// Which figure.
        figure: &'static str,
    },
    /// A person takes off less than nothing or more than everything.
    #[error("a discount is 0 to 100 %, found {found} % for {sku}")]
    HandDiscount {
        /// The product that the discount is on.
        sku: Sku,
        /// The discount.
        found: Percent,
    },
    /// A person set a freight below nothing.
    #[error("freight is 0.00 or more, found {found}")]
    NegativeFreight {
        /// The freight.
        found: Money,
    },
    /// The quote would stand beyond the end of the calendar.
    #[error("a quote made at {now} stands beyond the end of the calendar")]
    Validity {
        /// When it was priced.
        now: DateTime<FixedOffset>,
    },
}

/// Prices an order. The same order, overrides, catalogue, price book and instant
/// give the same quote for ever. An order without lines comes to its freight.
///
/// # Errors
///
/// A [`QuoteError`]: a product that is not in the catalogue, a line for none of a
/// product, too many lines, a figure larger than [`Money::MAX`], a negative
/// freight by hand, or an instant at the end of the calendar.
pub fn quote(
    order: &Order,
    overrides: &Overrides,
    catalog: &Catalog,
    book: &PriceBook,
    now: DateTime<FixedOffset>,
) -> Result<Quote, QuoteError> {
    let (found, max) = (order.items.len(), Quote::MAX_LINES);
    if found > max {
        return Err(QuoteError::TooManyLines { found, max });
    }
    let lists = book.buyers_lists(order.buyer.as_ref(), now.date_naive());
    let pricing = Pricing { overrides, catalog, book, lists };
    let mut load = LoadSum::default();
    let mut lines = Vec::with_capacity(found);
    for item in &order.items {
        pricing.push_line(item, &mut load, &mut lines)?;
    }
    let load = load.total().ok_or(QuoteError::TooLarge { figure: "load" })?;
    let subtotal = sum(lines.iter().map(|line| Some(line.net)))
        .ok_or(QuoteError::TooLarge { figure: "subtotal" })?;
    let payment_term = order.payment.and_then(|payment| book.term(payment));
    let pct = payment_term.map_or(Percent::ZERO, |term| term.pct);
    let adjustment = subtotal.percent(pct).ok_or(QuoteError::TooLarge { figure: "adjustment" })?;
    let due = subtotal
        .checked_add(adjustment)
        .ok_or(QuoteError::TooLarge { figure: "subtotal with adjustment" })?;
    let (freight_from, freight) = pricing.freight(order.place.as_ref(), load, due)?;
    let distance = match (&freight_from, &order.place) {
        (FreightSource::Rule(rule), Some(place)) if rule.is_by_distance() => book.distance(place),
        _ => None,
    };
    let total = due
        .checked_add(freight.unwrap_or(Money::ZERO))
        .ok_or(QuoteError::TooLarge { figure: "total" })?;
    let cost = cost(&lines)?;
    let valid_until = book.valid_until(now).ok_or(QuoteError::Validity { now })?;
    Ok(Quote(Figures {
        lines,
        subtotal,
        payment_term,
        adjustment,
        load,
        freight_from,
        distance,
        freight,
        total,
        cost,
        margin_pct: margin(due, cost),
        priced_at: now,
        validity_hours: Some(book.data().validity_hours),
        valid_until,
        price_book_version: book.data().version,
    }))
}

/// What an order is priced by.
struct Pricing<'a> {
    overrides: &'a Overrides,
    catalog: &'a Catalog,
    book: &'a PriceBook,
    lists: Option<BuyersLists>,
}

impl Pricing<'_> {
    /// Prices one line, and puts it on the load. It is pushed here because a line is
    /// too large to be handed around for nothing.
    fn push_line(
        &self,
        item: &OrderItem,
        load: &mut LoadSum,
        lines: &mut Vec<Line>,
    ) -> Result<(), QuoteError> {
        let qty = item.qty;
        if qty.is_zero() {
            return Err(QuoteError::ZeroQuantity { sku: item.sku.clone() });
        }
        let code = Key::new(item.sku.as_str());
        let (product, name) = self
            .catalog
            .get_named(code)
            .ok_or_else(|| QuoteError::UnknownProduct { sku: item.sku.clone() })?;
        let rules = self.book.rules_of(code);
        load.add(product, qty);
        let times =
            |price: UnitPrice| price.times(qty).ok_or(QuoteError::TooLarge { figure: "line" });
        let by_hand = self.overrides.prices.get(&item.sku).copied();
        let listed = self.lists.and_then(|lists| rules.listed(lists));
        let (unit_price, price_from, gross) = match (by_hand, listed, rules.point(qty)) {
            (Some(price), ..) => (price, PriceSource::Hand, times(price)?),
            (None, Some((price, list)), _) => {
                (price, PriceSource::PriceList(Arc::clone(list)), times(price)?)
            }
            (None, None, Some(price)) => (product.price, PriceSource::Point, price),
            (None, None, None) => (product.price, PriceSource::List, times(product.price)?),
        };
        let by_tier = || rules.tier(product, qty).map(Arc::clone).map(DiscountSource::Tier);
        let discount_from = match (self.hand_discount(&item.sku)?, &price_from) {
            (Some(pct), _) => DiscountSource::Hand(pct),
            (None, PriceSource::List | PriceSource::PriceList(_)) => {
                by_tier().unwrap_or(DiscountSource::Nothing)
            }
            (None, PriceSource::Point | PriceSource::Hand) => DiscountSource::Nothing,
        };
        let list_price = by_hand.map(|_| listed.map_or(product.price, |(price, _)| price));
        let discount = gross
            .percent(discount_from.pct())
            .ok_or(QuoteError::TooLarge { figure: "discount" })?;
        let cost = product.cost.map(times).transpose()?;
        lines.push(Line {
            sku: item.sku.clone(),
            name: Arc::clone(name),
            unit: product.unit,
            qty,
            unit_price,
            price_from,
            list_price,
            gross,
            discount_from,
            discount,
            net: gross - discount,
            unit_cost: product.cost,
            cost,
            cost_date: product.cost_date,
            step: product.step,
            max_auto_qty: product.max_auto_qty,
            stock: product.stock,
            substitutes: substitutes(product, qty, self.catalog),
        });
        Ok(())
    }

    /// The discount that a person gives on a product.
    fn hand_discount(&self, sku: &Sku) -> Result<Option<Percent>, QuoteError> {
        match self.overrides.discounts.get(sku).copied() {
            Some(found) if found < Percent::ZERO || found > Percent::ALL => {
                Err(QuoteError::HandDiscount { sku: sku.clone(), found })
            }
            discount => Ok(discount),
        }
    }

    /// The freight and where it comes from.
    fn freight(
        &self,
        place: Option<&Place>,
        load: Load,
        due: Money,
    ) -> Result<(FreightSource, Option<Money>), QuoteError> {
        if let Some(found) = self.overrides.freight {
            if found.is_negative() {
                return Err(QuoteError::NegativeFreight { found });
            }
            return Ok((FreightSource::Hand, Some(found)));
        }
        if place == Some(&Place::Pickup) {
            return Ok((FreightSource::Pickup, Some(Money::ZERO)));
        }
        let Some(rule) = place.and_then(|place| self.book.freight(place)) else {
            return Ok((FreightSource::NoRule, None));
        };
        let fee = rule.fee(load, due).ok_or(QuoteError::TooLarge { figure: "freight" })?;
        Ok((FreightSource::Rule(rule.clone()), Some(fee)))
    }
}

/// What serves in place of a product whose stock does not suffice.
pub(crate) fn substitutes(product: &Product, qty: Quantity, catalog: &Catalog) -> Vec<Sku> {
    if has(product.stock, qty) {
        return Vec::new();
    }
    let serves = |sku: &&Sku| catalog.get(sku).is_some_and(|other| has(other.stock, qty));
    product.substitutes.iter().filter(serves).cloned().collect()
}

/// What the lines cost the store; `None` when one of them is not known.
pub(super) fn cost(lines: &[Line]) -> Result<Option<Money>, QuoteError> {
    if lines.iter().any(|line| line.cost.is_none()) {
        return Ok(None);
    }
    let cost = sum(lines.iter().map(|line| line.cost));
    cost.map(Some).ok_or(QuoteError::TooLarge { figure: "cost" })
}

/// The sum of amounts that are all there and fit.
pub(super) fn sum(mut amounts: impl Iterator<Item = Option<Money>>) -> Option<Money> {
    amounts.try_fold(Money::ZERO, |sum, amount| sum.checked_add(amount?))
}

/// round((due − cost) ÷ due × 100); `None` without a cost or when nothing is due.
pub(super) fn margin(due: Money, cost: Option<Money>) -> Option<Decimal> {
    (due - cost?).percent_of(due)
}

impl TryFrom<Figures> for Quote {
    type Error = TamperedQuote;

    fn try_from(figures: Figures) -> Result<Self, TamperedQuote> {
        match first_wrong(&figures) {
            Some(figure) => Err(TamperedQuote { figure }),
            None => Ok(Self(figures)),
        }
    }
}

impl From<Quote> for Figures {
    fn from(quote: Quote) -> Self {
        quote.0
    }
}
