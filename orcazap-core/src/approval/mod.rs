//! Whether a quote may go out by itself: [`Rules`] and [`review`].
//!
//! Every reason is looked at, none hides another; `docs/approval.md` lists them with
//! what they carry. What is compared:
//!
//! * `low_margin`: the margin of the order, rounded, without freight.
//! * `low_line_margin`: (net − cost) ÷ net of a line, not rounded.
//! * `high_value`: the total, freight included.
//! * `stale_cost`: the days between the day the cost was confirmed and the day of
//!   the quote; a cost without a day is stale where the store has a limit.
//! * `out_of_stock`: all lines of a product together.
//!
//! Goods that are given away while they cost something have no margin that could
//! be divided out, and no margin is lower: they count as below any threshold that
//! is set. Goods that neither cost nor bring anything do not.

mod explain;
mod reason;
mod rules;
mod seen;

pub use explain::Explained;
pub use reason::{HandPrice, OffStep, Reason, Shortage, StaleCost};
pub use rules::{Rules, RulesError};

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::{Sku, Stock};
use crate::money::{Money, Percent};
use crate::order::{Order, PaymentMethod};
use crate::pricing::{FreightSource, Line, PriceSource, Quote};
use crate::quantity::Quantity;

/// Whether a quote goes out by itself. In JSON `{"decision": "auto"}` or
/// `{"decision": "ask", "reasons": […]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", content = "reasons", rename_all = "snake_case")]
pub enum Decision {
    /// It does.
    Auto,
    /// A person must look; at least one reason, sorted by code.
    Ask(Vec<Reason>),
}

impl Decision {
    /// The reasons, sorted by code; none when it goes out by itself.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Self::Auto => &[],
            Self::Ask(reasons) => reasons,
        }
    }
}

/// Reviews a quote and the order it was priced from.
#[must_use]
pub fn review(quote: &Quote, order: &Order, rules: &Rules) -> Decision {
    let reasons: [Option<Reason>; 15] = [
        ambiguous_item(order),
        assisted_reading(order, rules),
        below_minimum(quote, rules),
        credit_sale(quote, order, rules),
        high_value(quote, rules),
        large_quantity(quote, rules),
        low_line_margin(quote, rules),
        low_margin(quote, rules),
        no_freight_rule(quote, order, rules),
        off_step(quote, rules),
        out_of_stock(quote, rules),
        price_override(quote, rules),
        rules.rehearsal.then_some(Reason::Rehearsal),
        stale_cost(quote, rules),
        unknown_item(order),
    ];
    let reasons: Vec<Reason> = reasons.into_iter().flatten().collect();
    if reasons.is_empty() { Decision::Auto } else { Decision::Ask(reasons) }
}

fn ambiguous_item(order: &Order) -> Option<Reason> {
    let texts: Vec<String> = order.ambiguous.iter().map(|ask| ask.text.clone()).collect();
    (!texts.is_empty()).then_some(Reason::AmbiguousItem { texts })
}

fn unknown_item(order: &Order) -> Option<Reason> {
    let texts: Vec<String> = order.unknown.iter().map(|ask| ask.text.clone()).collect();
    (!texts.is_empty()).then_some(Reason::UnknownItem { texts })
}

fn assisted_reading(order: &Order, rules: &Rules) -> Option<Reason> {
    (order.assisted && !rules.allow_assisted_reading).then_some(Reason::AssistedReading)
}

fn credit_sale(quote: &Quote, order: &Order, rules: &Rules) -> Option<Reason> {
    let payment = order.payment?;
    let on_credit = match payment.method() {
        PaymentMethod::StoreCredit => true,
        PaymentMethod::Boleto => payment.days().is_some(),
        PaymentMethod::Pix
        | PaymentMethod::Cash
        | PaymentMethod::CreditCard
        | PaymentMethod::DebitCard
        | PaymentMethod::Transfer => false,
    };
    let (payment, total) = (Some(payment), Some(quote.total()));
    (on_credit && !rules.allow_credit_sale).then_some(Reason::CreditSale { payment, total })
}

fn high_value(quote: &Quote, rules: &Rules) -> Option<Reason> {
    let (max, found) = (rules.max_auto_total?, quote.total());
    (found > max).then_some(Reason::HighValue { max, found })
}

fn below_minimum(quote: &Quote, rules: &Rules) -> Option<Reason> {
    let (min, found) = (rules.min_order?, quote.due());
    (found < min).then_some(Reason::BelowMinimum { min, found })
}

fn large_quantity(quote: &Quote, rules: &Rules) -> Option<Reason> {
    if rules.allow_large_quantity {
        return None;
    }
    let limited = |line: &&Line| line.product.max_auto_qty.is_some();
    let large = by_product(quote, limited).into_iter().filter_map(|(asked, line)| {
        let max = line.product.max_auto_qty.filter(|max| asked > *max)?;
        Some((line.product.sku.clone(), max, asked))
    });
    let lines: Vec<_> = large.collect();
    (!lines.is_empty()).then_some(Reason::LargeQuantity { lines })
}

fn low_margin(quote: &Quote, rules: &Rules) -> Option<Reason> {
    let min = rules.min_margin_pct?;
    let found = quote.margin_pct();
    let low = match found {
        Some(margin) => margin < min.as_decimal(),
        None => quote.cost().is_some_and(|cost| cost > Money::ZERO),
    };
    low.then_some(Reason::LowMargin { min, found })
}

fn low_line_margin(quote: &Quote, rules: &Rules) -> Option<Reason> {
    let min = rules.min_line_margin_pct?;
    let low = quote.lines().iter().filter(|line| is_low(line, min));
    let lines: Vec<_> = low.map(|line| (line.product.sku.clone(), margin_to_show(line))).collect();
    (!lines.is_empty()).then_some(Reason::LowLineMargin { min, lines })
}

/// Whether (net − cost) × 100 < min × net: the margin compared without dividing,
/// so that nothing is rounded. For goods given away it says whether they cost
/// something.
fn is_low(line: &Line, min: Percent) -> bool {
    let Some(cost) = line.cost else { return false };
    let (net, cost) = (line.net.as_decimal(), cost.as_decimal());
    // Amounts are at most 10¹⁶ with two places, rates at most 1000 with six: every
    // product has at most 27 digits and fits.
    (net - cost) * Decimal::ONE_HUNDRED < min.as_decimal() * net
}

fn margin_to_show(line: &Line) -> Option<Decimal> {
    (line.net - line.cost?).percent_of(line.net)
}

fn no_freight_rule(quote: &Quote, order: &Order, rules: &Rules) -> Option<Reason> {
    let missing = *quote.freight_from() == FreightSource::NoRule;
    (missing && !rules.allow_no_freight_rule)
        .then(|| Reason::NoFreightRule { place: order.place.clone() })
}

fn off_step(quote: &Quote, rules: &Rules) -> Option<Reason> {
    if rules.allow_off_step {
        return None;
    }
    let off = quote.lines().iter().filter(|line| !line.qty.is_multiple_of(line.product.step));
    let lines: Vec<_> = off
        .map(|line| {
            let (asked, step) = (Some(line.qty), Some(line.product.step));
            OffStep { sku: line.product.sku.clone(), asked, step }
        })
        .collect();
    (!lines.is_empty()).then_some(Reason::OffStep { lines })
}

fn out_of_stock(quote: &Quote, rules: &Rules) -> Option<Reason> {
    if rules.allow_out_of_stock {
        return None;
    }
    let counted = |line: &&Line| matches!(line.product.stock, Stock::Available(_));
    let asked = by_product(quote, counted).into_iter();
    let short: Vec<_> = asked.filter_map(|(asked, line)| shortage(asked, line)).collect();
    (!short.is_empty()).then_some(Reason::OutOfStock { short })
}

/// How many of each product some of the lines ask for together, in the order of their
/// codes: the same product may stand in several lines.
fn by_product<'q>(
    quote: &'q Quote,
    wanted: impl Fn(&&'q Line) -> bool,
) -> Vec<(Quantity, &'q Line)> {
    let mut asked: BTreeMap<&Sku, (Decimal, &Line)> = BTreeMap::new();
    for line in quote.lines().iter().filter(wanted) {
        // At most 500 lines of ten million: the sum fits.
        asked.entry(&line.product.sku).or_insert((Decimal::ZERO, line)).0 += line.qty.as_decimal();
    }
    let sum = |(sum, line)| (Quantity::new(sum).unwrap_or(Quantity::MOST), line);
    asked.into_values().map(sum).collect()
}

/// What is short when so many of a line's product are asked for.
fn shortage(asked: Quantity, line: &Line) -> Option<Shortage> {
    let Stock::Available(available) = line.product.stock else { return None };
    (asked > available).then(|| Shortage {
        sku: line.product.sku.clone(),
        asked,
        available,
        substitutes: line.substitutes.clone(),
    })
}

fn price_override(quote: &Quote, rules: &Rules) -> Option<Reason> {
    if rules.allow_price_override || !quote.has_overrides() {
        return None;
    }
    let by_hand = quote.lines().iter().filter(|line| line.is_by_hand());
    let lines = by_hand.map(hand_price).collect();
    let freight = quote.freight().filter(|_| *quote.freight_from() == FreightSource::Hand);
    Some(Reason::PriceOverride { lines, freight })
}

fn hand_price(line: &Line) -> HandPrice {
    let list = match line.price_from {
        PriceSource::Hand { list_price } => list_price,
        PriceSource::List | PriceSource::PriceList(_) | PriceSource::Point => Some(line.unit_price),
    };
    HandPrice {
        sku: line.product.sku.clone(),
        list,
        price: line.unit_price,
        discount: line.hand_discount(),
    }
}

fn stale_cost(quote: &Quote, rules: &Rules) -> Option<Reason> {
    let today = quote.priced_at().date_naive();
    let age = |line: &Line| {
        let confirmed = line.product.cost_date.filter(|_| line.cost.is_some())?;
        Some(today.signed_duration_since(confirmed).num_days())
    };
    let max_days = rules.max_cost_age_days;
    let stale = |line: &&Line| match (line.cost, max_days) {
        (None, _) => !rules.allow_unknown_cost,
        (Some(_), None) => false,
        (Some(_), Some(max)) => age(line).is_none_or(|days| days > i64::from(max)),
    };
    let lines: Vec<_> = quote
        .lines()
        .iter()
        .filter(stale)
        .map(|line| StaleCost { sku: line.product.sku.clone(), age_days: age(line) })
        .collect();
    (!lines.is_empty()).then_some(Reason::StaleCost { lines, max_days })
}
