//! How an order is priced: what each line asks for is found, then its figures are
//! worked out, then those of the whole.
//!
//! Every figure is exact; one that is larger than [`Money::MAX`] is an error,
//! never a figure held at the limit.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;

use super::{Figures, FreightSource, Overrides, Quote, QuoteError};
use crate::catalog::table::Key;
use crate::catalog::{Catalog, Product, ProductFacts, Sku};
use crate::money::{Money, Percent, UnitPrice};
use crate::order::{Order, OrderItem, Rounded};
use crate::place::Place;
use crate::pricing::book::{PriceBook, ProductRules};
use crate::pricing::freight::Parts;
use crate::pricing::line::{DiscountSource, Line, PriceSource, has};
use crate::pricing::list::BuyersLists;
use crate::quantity::Quantity;

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
    let mut goods = Vec::with_capacity(found);
    for item in &order.items {
        goods.push(pricing.find(item)?);
    }
    // The lines are laid out first and then filled in where they stay: putting each
    // together elsewhere and moving it there took a fifth of a quote's time.
    let mut lines: Vec<Line> = goods.iter().map(Goods::to_line).collect();
    let mut load = Parts::default();
    for (line, goods) in lines.iter_mut().zip(&goods) {
        load.add(goods.product, goods.qty);
        pricing.price(line, goods)?;
    }
    let subtotal = subtotal(&lines).ok_or(QuoteError::TooLarge { figure: "subtotal" })?;
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
    let standing = book.standing(now).ok_or(QuoteError::Validity { now })?;
    Ok(Quote(Figures {
        lines,
        subtotal,
        payment_term,
        adjustment,
        load: load.to_load().ok_or(QuoteError::TooLarge { figure: "load" })?,
        freight_from,
        distance,
        freight,
        total,
        cost,
        margin_pct: margin(due, cost),
        priced_at: now,
        validity_hours: Some(book.data().validity_hours),
        valid_until: standing.until,
        closed_days: standing.closed_days,
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

/// What one line asks for, and the rules that hold for it.
struct Goods<'a> {
    product: &'a Product,
    facts: &'a Arc<ProductFacts>,
    rules: ProductRules<'a>,
    qty: Quantity,
    rounded: Option<Rounded>,
}

impl Goods<'_> {
    fn to_line(&self) -> Line {
        Line::unpriced(Arc::clone(self.facts), self.qty, self.rounded)
    }

    /// What so many come to at a price.
    fn times(&self, price: UnitPrice) -> Result<Money, QuoteError> {
        price.times(self.qty).ok_or(QuoteError::TooLarge { figure: "line" })
    }
}

impl<'a> Pricing<'a> {
    /// Finds what a line asks for.
    fn find(&self, item: &OrderItem) -> Result<Goods<'a>, QuoteError> {
        let (code, qty) = (Key::new(item.sku.as_str()), item.qty);
        if qty.is_zero() {
            return Err(QuoteError::ZeroQuantity { sku: item.sku.clone() });
        }
        let Some((product, facts)) = self.catalog.get_with_facts(code) else {
            return Err(QuoteError::UnknownProduct { sku: item.sku.clone() });
        };
        let rounded = item.rounded.filter(|rounded| rounded.into == qty);
        Ok(Goods { product, facts, rules: self.book.rules_of(code), qty, rounded })
    }

    /// Fills in a line's figures.
    fn price(&self, line: &mut Line, goods: &Goods<'_>) -> Result<(), QuoteError> {
        self.set_gross(line, goods)?;
        self.set_net(line, goods)?;
        line.cost = goods.product.cost.map(|cost| goods.times(cost)).transpose()?;
        if !line.is_in_stock() {
            line.substitutes = substitutes(goods.product, goods.qty, self.catalog);
        }
        Ok(())
    }

    /// What a line comes to before any discount.
    fn set_gross(&self, line: &mut Line, goods: &Goods<'_>) -> Result<(), QuoteError> {
        let product = goods.product;
        let listed = self.lists.as_ref().and_then(|lists| goods.rules.listed(lists));
        line.unit_price = listed.map_or(product.price, |(price, _)| price);
        if let Some(price) = self.overrides.prices.get(&product.sku) {
            line.price_from = PriceSource::Hand { list_price: Some(line.unit_price) };
            line.unit_price = *price;
        } else if let Some((_, list)) = listed {
            line.price_from = PriceSource::PriceList(Arc::clone(list));
        } else if let Some(price) = goods.rules.point(goods.qty) {
            line.price_from = PriceSource::Point;
            line.gross = price;
            return Ok(());
        }
        line.gross = goods.times(line.unit_price)?;
        Ok(())
    }

    /// What is taken off a line, and what stays.
    fn set_net(&self, line: &mut Line, goods: &Goods<'_>) -> Result<(), QuoteError> {
        let product = goods.product;
        if let Some(pct) = self.hand_discount(&product.sku)? {
            line.discount_from = DiscountSource::Hand(pct);
        } else if let PriceSource::List | PriceSource::PriceList(_) = line.price_from
            && let Some(tier) = goods.rules.tier(product, goods.qty)
        {
            line.discount_from = DiscountSource::Tier(Arc::clone(tier));
        }
        let discount = line.gross.percent(line.discount_pct());
        line.discount = discount.ok_or(QuoteError::TooLarge { figure: "discount" })?;
        line.net = line.gross - line.discount;
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
        load: Parts,
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
        let fee = rule.fee_of(load, due).ok_or(QuoteError::TooLarge { figure: "freight" })?;
        Ok((FreightSource::Rule(Arc::clone(rule)), Some(fee)))
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
pub(in crate::pricing) fn cost(lines: &[Line]) -> Result<Option<Money>, QuoteError> {
    let centavos: Option<i128> = lines.iter().map(|line| Some(line.cost?.centavos())).sum();
    let cost = centavos.map(Money::from_wide);
    cost.map(|cost| cost.ok_or(QuoteError::TooLarge { figure: "cost" })).transpose()
}

/// What the lines come to after their discounts; `None` when it does not fit.
pub(in crate::pricing) fn subtotal(lines: &[Line]) -> Option<Money> {
    Money::from_wide(lines.iter().map(|line| line.net.centavos()).sum())
}

/// round((due − cost) ÷ due × 100); `None` without a cost or when nothing is due.
pub(in crate::pricing) fn margin(due: Money, cost: Option<Money>) -> Option<Decimal> {
    (due - cost?).percent_of(due)
}
