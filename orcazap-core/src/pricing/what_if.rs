//! What other rules would have done: the same orders priced by two sets of
//! rules, compared in totals, margins, decisions and line by line.

use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;
use serde::Serialize;

use super::quote::margin;
use super::{Overrides, PriceBook, Quote, QuoteError, quote};
use crate::approval::{Decision, Rules, review};
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The quote.
    pub quote: Quote,
    /// Whether it goes out by itself.
    pub decision: Decision,
}

/// One order by two sets of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// By the first.
    pub before: Outcome,
    /// By the second.
    pub after: Outcome,
}

/// One line by two sets of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineChange {
    /// The product.
    pub sku: Sku,
    /// The net by the first.
    pub before: Money,
    /// The net by the second.
    pub after: Money,
}

/// How the review's decision changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionChange {
    /// It does not.
    Same,
    /// What a person had to look at goes out by itself.
    NowAuto,
    /// What went out by itself must be looked at.
    NowAsks,
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
        let line = |(before, after): (&super::Line, &super::Line)| LineChange {
            sku: before.sku.clone(),
            before: before.net,
            after: after.net,
        };
        changed.map(line).collect()
    }

    /// How the decision changes.
    #[must_use]
    pub fn decision(&self) -> DecisionChange {
        match (&self.before.decision, &self.after.decision) {
            (Decision::Ask(_), Decision::Auto) => DecisionChange::NowAuto,
            (Decision::Auto, Decision::Ask(_)) => DecisionChange::NowAsks,
            (Decision::Auto, Decision::Auto) | (Decision::Ask(_), Decision::Ask(_)) => {
                DecisionChange::Same
            }
        }
    }
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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
            summary.now_auto += usize::from(change.decision() == DecisionChange::NowAuto);
            summary.now_asks += usize::from(change.decision() == DecisionChange::NowAsks);
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
