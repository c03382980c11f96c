//! What other rules would have done: the same orders priced by two sets of
//! rules, compared in totals, margins, decisions and line by line.

use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::quote::margin;
use super::{
    DiscountSource, FreightSource, Line, Overrides, PaymentTerm, PriceBook, PriceSource, Quote,
    QuoteError, quote,
};
use crate::approval::{Decision, Reason, Rules, review};
use crate::catalog::{Catalog, Sku};
use crate::money::Money;
use crate::order::Order;

/// What an order is priced and reviewed by.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// What the store sells.
    pub catalog: &'a Catalog,
    /// How it prices.
    pub book: &'a PriceBook,
    /// When a person must look.
    pub rules: &'a Rules,
}

impl Terms<'_> {
    /// Prices and reviews an order.
    ///
    /// # Errors
    ///
    /// A [`QuoteError`]: see [`quote`].
    pub fn price(&self, order: &Order, now: DateTime<FixedOffset>) -> Result<Outcome, QuoteError> {
        let quote = quote(order, &Overrides::default(), self.catalog, self.book, now)?;
        let decision = review(&quote, order, self.rules);
        Ok(Outcome { quote, decision })
    }
}

/// A quote and what its review decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What the order comes to.
    pub quote: Quote,
    /// Whether it goes out by itself.
    pub decision: Decision,
}

/// One order by two sets of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// By the first.
    pub before: Outcome,
    /// By the second.
    pub after: Outcome,
}

/// One line by two sets of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChange {
    /// The product of the line.
    pub sku: Sku,
    /// The net by the first.
    pub before: Money,
    /// The net by the second.
    pub after: Money,
    /// The margin by the first, in percent of its net; `None` where the cost is not known,
    /// or the net is nothing.
    pub margin_pct_before: Option<Decimal>,
    /// The margin by the second, likewise.
    pub margin_pct_after: Option<Decimal>,
    /// The rules that made the difference, the price first.
    pub rules: Vec<RuleChange>,
}

/// A rule of a line, or of the order as a whole, that another stands in place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum RuleChange {
    /// What the goods cost before any discount.
    Price {
        /// By the first.
        before: PricedBy,
        /// By the second.
        after: PricedBy,
    },
    /// What is taken off.
    Discount {
        /// By the first.
        before: DiscountSource,
        /// By the second.
        after: DiscountSource,
    },
    /// What the way of paying adds or takes off.
    Payment {
        /// By the first.
        before: AdjustedBy,
        /// By the second.
        after: AdjustedBy,
    },
    /// What delivery costs.
    Freight {
        /// By the first.
        before: DeliveredBy,
        /// By the second.
        after: DeliveredBy,
    },
}

/// Where a price comes from, and what it makes of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedBy {
    /// Where it comes from.
    #[serde(flatten)]
    pub from: PriceSource,
    /// What the line comes to before the discount.
    pub gross: Money,
}

/// The payment term that holds, if one does, and what it makes of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustedBy {
    /// The term.
    pub term: Option<PaymentTerm>,
    /// What it adds to the subtotal; negative takes off.
    pub adjustment: Money,
}

/// Where the freight comes from, and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveredBy {
    /// Where it comes from.
    pub from: FreightSource,
    /// What delivery costs; `None` when no rule fits.
    pub fee: Option<Money>,
}

impl LineChange {
    fn new(before: &Line, after: &Line) -> Self {
        let priced = |line: &Line| PricedBy { from: line.price_from.clone(), gross: line.gross };
        let mut rules = Vec::new();
        if priced(before) != priced(after) {
            rules.push(RuleChange::Price { before: priced(before), after: priced(after) });
        }
        if before.discount_from != after.discount_from {
            let (before, after) = (before.discount_from.clone(), after.discount_from.clone());
            rules.push(RuleChange::Discount { before, after });
        }
        Self {
            sku: before.product.sku.clone(),
            before: before.net,
            after: after.net,
            margin_pct_before: margin(before.net, before.cost),
            margin_pct_after: margin(after.net, after.cost),
            rules,
        }
    }
}

/// How the review's decision changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionChange {
    /// It does not.
    Same,
    /// What a person had to look at goes out by itself.
    NowAuto,
    /// What went out by itself must be looked at.
    NowAsks,
    /// A person looks in both cases, but for other reasons.
    OtherReasons,
}

impl Change {
    /// What the total changes by; positive is dearer.
    #[must_use]
    pub fn difference(&self) -> Money {
        self.after.quote.total() - self.before.quote.total()
    }

    /// The lines whose net changes.
    #[must_use]
    pub fn lines(&self) -> Vec<LineChange> {
        let pairs = self.before.quote.lines().iter().zip(self.after.quote.lines());
        let changed = pairs.filter(|(before, after)| before.net != after.net);
        changed.map(|(before, after)| LineChange::new(before, after)).collect()
    }

    /// The rules of the order as a whole that change, the payment first: another term,
    /// whatever it is taken of, and another freight rule or another fee by the same.
    #[must_use]
    pub fn rules(&self) -> Vec<RuleChange> {
        let adjusted = |quote: &Quote| AdjustedBy {
            term: quote.payment_term(),
            adjustment: quote.adjustment(),
        };
        let delivered = |quote: &Quote| DeliveredBy {
            from: quote.freight_from().clone(),
            fee: quote.freight(),
        };
        let (before, after) = (&self.before.quote, &self.after.quote);
        let mut rules = Vec::new();
        if before.payment_term() != after.payment_term() {
            let (before, after) = (adjusted(before), adjusted(after));
            rules.push(RuleChange::Payment { before, after });
        }
        let (before, after) = (delivered(before), delivered(after));
        if before != after {
            rules.push(RuleChange::Freight { before, after });
        }
        rules
    }

    /// How the decision changes. Reasons are the same when their codes are, whatever the
    /// figures in them.
    #[must_use]
    pub fn decision(&self) -> DecisionChange {
        match (&self.before.decision, &self.after.decision) {
            (Decision::Ask(_), Decision::Auto) => DecisionChange::NowAuto,
            (Decision::Auto, Decision::Ask(_)) => DecisionChange::NowAsks,
            (before, after) if codes(before) != codes(after) => DecisionChange::OtherReasons,
            _ => DecisionChange::Same,
        }
    }
}

/// The codes of a decision's reasons, in their order.
fn codes(decision: &Decision) -> Vec<&'static str> {
    decision.reasons().iter().map(Reason::code).collect()
}

/// Prices orders by two sets of rules.
///
/// An order that one of them can't price is an error in its place, and the others
/// are compared all the same.
#[must_use]
pub fn what_if(
    orders: &[Order],
    before: Terms<'_>,
    after: Terms<'_>,
    now: DateTime<FixedOffset>,
) -> Vec<Result<Change, QuoteError>> {
    let change =
        |order| Ok(Change { before: before.price(order, now)?, after: after.price(order, now)? });
    orders.iter().map(change).collect()
}

/// Many changes in sum.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// How many orders were compared.
    pub orders: usize,
    /// How many become cheaper.
    pub cheaper: usize,
    /// How many become dearer.
    pub dearer: usize,
    /// How many no longer need a person.
    pub now_auto: usize,
    /// How many need a person from now on.
    pub now_asks: usize,
    /// How many need a person as before, but for other reasons.
    pub other_reasons: usize,
    /// The sum of the totals by the first rules.
    pub total_before: Money,
    /// The sum of the totals by the second rules.
    pub total_after: Money,
    /// The margin by the first rules of the orders whose costs are known, in percent.
    pub margin_pct_before: Option<Decimal>,
    /// The margin by the second rules of the orders whose costs are known, in percent.
    pub margin_pct_after: Option<Decimal>,
}

impl Summary {
    /// Sums changes up. Sums are held at [`Money::MAX`].
    #[must_use]
    pub fn of<'a>(changes: impl Iterator<Item = &'a Change>) -> Self {
        let mut summary = Self::default();
        let (mut due_before, mut due_after) = (Totals::default(), Totals::default());
        for change in changes {
            let difference = change.difference();
            summary.orders += 1;
            summary.cheaper += usize::from(difference < Money::ZERO);
            summary.dearer += usize::from(difference > Money::ZERO);
            match change.decision() {
                DecisionChange::Same => {}
                DecisionChange::NowAuto => summary.now_auto += 1,
                DecisionChange::NowAsks => summary.now_asks += 1,
                DecisionChange::OtherReasons => summary.other_reasons += 1,
            }
            summary.total_before = summary.total_before + change.before.quote.total();
            summary.total_after = summary.total_after + change.after.quote.total();
            due_before.add(&change.before.quote);
            due_after.add(&change.after.quote);
        }
        summary.margin_pct_before = due_before.margin();
        summary.margin_pct_after = due_after.margin();
        summary
    }
}

/// What goods come to and cost, over the quotes whose costs are known.
#[derive(Default)]
struct Totals {
    due: Money,
    cost: Money,
}

impl Totals {
    fn add(&mut self, quote: &Quote) {
        if let Some(cost) = quote.cost() {
            self.due = self.due + quote.due();
            self.cost = self.cost + cost;
        }
    }

    fn margin(&self) -> Option<Decimal> {
        margin(self.due, Some(self.cost))
    }
}
