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

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::authority::{Actor, Concession, Limit};
use crate::catalog::{Sku, Stock};
use crate::money::{Money, Percent, round};
use crate::order::{Order, Payment, PaymentMethod};
use crate::place::Place;
use crate::pricing::{FreightSource, Line, Quote};
use crate::quantity::Quantity;

/// When a person must look. Thresholds that are `None` are switched off. What was
/// not understood (`unknown_item`, `ambiguous_item`) can't be switched off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// The lowest margin of a whole order, in percent.
    pub min_margin_pct: Option<Percent>,
    /// The lowest margin of one line, in percent.
    pub min_line_margin_pct: Option<Percent>,
    /// The highest total that goes out by itself.
    pub max_auto_total: Option<Money>,
    /// The lowest price of the goods (subtotal and adjustment) that goes out by itself.
    pub min_order: Option<Money>,
    /// Costs older than so many days need a look.
    pub max_cost_age_days: Option<u16>,
    /// Whether products without a known cost may go out by themselves.
    pub allow_unknown_cost: bool,
    /// Whether an order without a freight rule may go out by itself.
    pub allow_no_freight_rule: bool,
    /// Whether sales on credit may go out by themselves.
    pub allow_credit_sale: bool,
    /// Whether orders beyond the stock may go out by themselves.
    pub allow_out_of_stock: bool,
    /// Whether more of a product than its own maximum may go out by itself.
    pub allow_large_quantity: bool,
    /// Whether quantities between two steps may go out by themselves.
    pub allow_off_step: bool,
    /// Whether prices and freight set by a person may go out by themselves.
    pub allow_price_override: bool,
    /// Whether orders that a model or a transcript helped to read may go out by
    /// themselves.
    pub allow_assisted_reading: bool,
    /// The store is trying the assistant out: a person sends everything.
    pub rehearsal: bool,
}

/// Why a person must look, with the figures that caused it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// Something was asked for that the store does not have.
    UnknownItem {
        /// The customer's words.
        texts: Vec<String>,
    },
    /// Something was asked for that several products fit.
    AmbiguousItem {
        /// The customer's words.
        texts: Vec<String>,
    },
    /// The margin of the order is below the threshold.
    LowMargin {
        /// The lowest margin allowed, in percent.
        min: Percent,
        /// The margin of the order, in percent, rounded to two places; `None` when
        /// goods that cost something are given away.
        found: Option<Decimal>,
    },
    /// The margin of a line is below the threshold.
    LowLineMargin {
        /// The lowest margin allowed, in percent.
        min: Percent,
        /// The lines below it, with their margins in percent, rounded for showing;
        /// `None` when goods that cost something are given away.
        lines: Vec<(Sku, Option<Decimal>)>,
    },
    /// The total is above the threshold.
    HighValue {
        /// The highest total that goes out by itself.
        max: Money,
        /// The total.
        found: Money,
    },
    /// No freight rule fits the place, or no place was said.
    NoFreightRule {
        /// The place that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<Place>,
    },
    /// The customer pays later: boleto with days, or store credit.
    CreditSale {
        /// Which of them, and in how many days; `None` in reasons saved without it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment: Option<Payment>,
    },
    /// More was asked for than there is.
    OutOfStock {
        /// What is short.
        short: Vec<Shortage>,
    },
    /// The goods come to less than the store's minimum order.
    BelowMinimum {
        /// The minimum order.
        min: Money,
        /// Subtotal and adjustment.
        found: Money,
    },
    /// More of a product was asked for than goes out unseen.
    LargeQuantity {
        /// The lines: product, the most that goes out unseen, what was asked for.
        lines: Vec<(Sku, Quantity, Quantity)>,
    },
    /// A quantity is no multiple of the step the product is sold in.
    OffStep {
        /// The products.
        skus: Vec<Sku>,
        /// The step of each, in the same order; empty in reasons saved without it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        steps: Vec<Quantity>,
    },
    /// A model or a person's transcript was involved in reading the order.
    AssistedReading,
    /// A person changed a price or the freight.
    PriceOverride,
    /// A cost is unknown or older than the store's limit.
    StaleCost {
        /// The products.
        skus: Vec<Sku>,
        /// How many days old the cost of each is, in the same order; `None` where the
        /// cost or its day is unknown. Empty in reasons saved without it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        ages: Vec<Option<i64>>,
        /// How many days old a cost may be, where the store has a limit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_days: Option<u16>,
    },
    /// The store is trying the assistant out.
    Rehearsal,
    /// Prices or freight set by hand give away more than whoever set them may: a
    /// second person must approve, whose own limit covers it. Not for [`review`],
    /// which knows no persons, but for the [conversation](crate::conversation); no
    /// rule switches it off.
    SecondPerson {
        /// On whose authority the prices stand, if on anybody's.
        by: Option<Actor>,
        /// What that person may give away alone.
        limit: Limit,
        /// What the quote gives away.
        found: Concession,
    },
}

/// A product of which more was asked for than there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortage {
    /// The product.
    pub sku: Sku,
    /// What all lines together ask for, in sale units; ten million where it is more.
    pub asked: Quantity,
    /// What there is, in sale units.
    pub available: Quantity,
    /// What serves in its place and is there, best first.
    pub substitutes: Vec<Sku>,
}

impl Reason {
    /// The stable code, as in the design, section 4.3.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownItem { .. } => "unknown_item",
            Self::AmbiguousItem { .. } => "ambiguous_item",
            Self::LowMargin { .. } => "low_margin",
            Self::LowLineMargin { .. } => "low_line_margin",
            Self::HighValue { .. } => "high_value",
            Self::NoFreightRule { .. } => "no_freight_rule",
            Self::CreditSale { .. } => "credit_sale",
            Self::OutOfStock { .. } => "out_of_stock",
            Self::BelowMinimum { .. } => "below_minimum",
            Self::LargeQuantity { .. } => "large_quantity",
            Self::OffStep { .. } => "off_step",
            Self::AssistedReading => "assisted_reading",
            Self::PriceOverride => "price_override",
            Self::StaleCost { .. } => "stale_cost",
            Self::Rehearsal => "rehearsal",
            Self::SecondPerson { .. } => "second_person",
        }
    }
}

/// Whether a quote goes out by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        credit_sale(order, rules),
        high_value(quote, rules),
        large_quantity(quote, rules),
        low_line_margin(quote, rules),
        low_margin(quote, rules),
        no_freight_rule(quote, order, rules),
        off_step(quote, rules),
        out_of_stock(quote, rules),
        (quote.has_overrides() && !rules.allow_price_override).then_some(Reason::PriceOverride),
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

fn credit_sale(order: &Order, rules: &Rules) -> Option<Reason> {
    let payment = order.payment?;
    let on_credit = match payment.method {
        PaymentMethod::StoreCredit => true,
        PaymentMethod::Boleto => payment.days.is_some(),
        PaymentMethod::Pix
        | PaymentMethod::Cash
        | PaymentMethod::CreditCard
        | PaymentMethod::DebitCard
        | PaymentMethod::Transfer => false,
    };
    (on_credit && !rules.allow_credit_sale).then_some(Reason::CreditSale { payment: Some(payment) })
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
    let large = quote.lines().iter().filter_map(|line| {
        let max = line.max_auto_qty.filter(|max| line.qty > *max)?;
        Some((line.sku.clone(), max, line.qty))
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
    let lines: Vec<_> = low.map(|line| (line.sku.clone(), margin_to_show(line))).collect();
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
    let (net, cost) = (line.net.as_decimal(), line.cost?.as_decimal());
    ((net - cost) * Decimal::ONE_HUNDRED).checked_div(net).map(round)
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
    let off = quote.lines().iter().filter(|line| !line.qty.is_multiple_of(line.step));
    let (skus, steps): (Vec<Sku>, Vec<Quantity>) =
        off.map(|line| (line.sku.clone(), line.step)).unzip();
    (!skus.is_empty()).then_some(Reason::OffStep { skus, steps })
}

fn out_of_stock(quote: &Quote, rules: &Rules) -> Option<Reason> {
    if rules.allow_out_of_stock {
        return None;
    }
    let mut asked: BTreeMap<&Sku, (Decimal, &Line)> = BTreeMap::new();
    for line in quote.lines() {
        // At most 500 lines of ten million: the sum fits.
        asked.entry(&line.sku).or_insert((Decimal::ZERO, line)).0 += line.qty.as_decimal();
    }
    let short: Vec<_> = asked.into_values().filter_map(|(sum, line)| shortage(sum, line)).collect();
    (!short.is_empty()).then_some(Reason::OutOfStock { short })
}

/// What is short when so many of a line's product are asked for.
fn shortage(asked: Decimal, line: &Line) -> Option<Shortage> {
    let Stock::Available(available) = line.stock else { return None };
    (asked > available.as_decimal()).then(|| Shortage {
        sku: line.sku.clone(),
        asked: Quantity::new(asked).unwrap_or(Quantity::MOST),
        available,
        substitutes: line.substitutes.clone(),
    })
}

fn stale_cost(quote: &Quote, rules: &Rules) -> Option<Reason> {
    let today = quote.priced_at().date_naive();
    let age = |line: &Line| {
        let confirmed = line.cost_date.filter(|_| line.cost.is_some())?;
        Some(today.signed_duration_since(confirmed).num_days())
    };
    let max_days = rules.max_cost_age_days;
    let stale = |line: &&Line| match (line.cost, max_days) {
        (None, _) => !rules.allow_unknown_cost,
        (Some(_), None) => false,
        (Some(_), Some(max)) => age(line).is_none_or(|days| days > i64::from(max)),
    };
    let (skus, ages): (Vec<Sku>, Vec<Option<i64>>) =
        quote.lines().iter().filter(stale).map(|line| (line.sku.clone(), age(line))).unzip();
    (!skus.is_empty()).then_some(Reason::StaleCost { skus, ages, max_days })
}
