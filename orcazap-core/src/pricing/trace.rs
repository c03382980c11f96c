//! Why a quote comes to what it does: for every figure the rule that made it, its
//! inputs and its result, as data.
//!
//! A quote keeps the rule behind each figure as it was when it priced. The trace
//! is laid out from that, and so can't tell another story than the figures, even
//! years after the rules have changed.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{DiscountSource, FreightSource, Load, PaymentTerm, PriceSource, Quote, Tier};
use crate::catalog::Sku;
use crate::money::{Money, Percent, UnitPrice};
use crate::order::Rounded;
use crate::place::Distance;
use crate::quantity::{Quantity, Unit};

/// Why a quote comes to what it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The version of the rules.
    pub price_book_version: u64,
    /// When it was priced.
    pub priced_at: DateTime<FixedOffset>,
    /// One step a figure, in the order in which they are worked out.
    pub steps: Vec<TraceStep>,
}

/// How one figure came about: its inputs, the rule and the result. [`explain`](super::explain)
/// says it in words; more kinds may come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "figure", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TraceStep {
    /// gross = round(unit price × quantity), or a fixed price.
    Gross {
        /// The product of the line.
        sku: Sku,
        /// Its name.
        name: Arc<str>,
        /// How many sale units.
        qty: Quantity,
        /// Its sale unit.
        unit: Unit,
        /// What was asked for, where the quantity was rounded up from it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rounded: Option<Rounded>,
        /// The step that the product is sold in; zero for any quantity.
        #[serde(default)]
        step: Quantity,
        /// The price of one.
        unit_price: UnitPrice,
        /// Where the price comes from.
        #[serde(flatten)]
        price_from: PriceSource,
        /// The gross of the line.
        result: Money,
    },
    /// discount = round(gross × pct ÷ 100), where a tier or a person decided.
    Discount {
        /// The product of the line.
        sku: Sku,
        /// The gross of the line.
        gross: Money,
        /// Percent of the gross.
        pct: Percent,
        /// The tier; `None` where a person decided.
        tier: Option<Arc<Tier>>,
        /// What is taken off.
        result: Money,
    },
    /// net = gross − discount, where there is one.
    Net {
        /// The product of the line.
        sku: Sku,
        /// The gross of the line.
        gross: Money,
        /// What is taken off.
        discount: Money,
        /// The net of the line.
        result: Money,
    },
    /// subtotal = Σ net.
    Subtotal {
        /// The nets of the lines.
        nets: Vec<Money>,
        /// Their sum.
        result: Money,
    },
    /// adjustment = round(subtotal × pct ÷ 100), where a payment term decided.
    Adjustment {
        /// The subtotal.
        subtotal: Money,
        /// The term.
        term: PaymentTerm,
        /// What it adds; negative takes off.
        result: Money,
    },
    /// freight = round(base × trips + per_kg × paid_kg), or free, or not known.
    Freight {
        /// The rule, the person, or none.
        #[serde(flatten)]
        from: FreightSource,
        /// What is carried.
        #[serde(flatten)]
        load: Load,
        /// How far it goes as the crow flies, where a rule by distance decided.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        distance: Option<Distance>,
        /// Subtotal and adjustment, which may make it free.
        due: Money,
        /// How often the truck goes, where a rule decided.
        trips: Option<Decimal>,
        /// The kilograms above those included, where a rule decided.
        paid_kg: Option<Decimal>,
        /// What delivery costs; `None` when no rule fits.
        result: Option<Money>,
    },
    /// total = subtotal + adjustment + freight.
    Total {
        /// The subtotal.
        subtotal: Money,
        /// The payment adjustment.
        adjustment: Money,
        /// The freight, when it is known.
        freight: Option<Money>,
        /// What the customer pays.
        result: Money,
    },
    /// It stands for so many hours, or longer, until the store closes, and over the days
    /// on which it is closed.
    Validity {
        /// When it was priced.
        priced_at: DateTime<FixedOffset>,
        /// The store's rule; `None` in quotes saved without it.
        hours: Option<u32>,
        /// The closed days for which it stands longer, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        closed_days: Vec<NaiveDate>,
        /// Until when it stands.
        result: DateTime<FixedOffset>,
    },
    /// cost of a line = round(unit cost × quantity), where it is known. For the store's
    /// eyes.
    LineCost {
        /// The product of the line.
        sku: Sku,
        /// Its name.
        name: Arc<str>,
        /// How many sale units.
        qty: Quantity,
        /// Its sale unit.
        unit: Unit,
        /// What one costs.
        unit_cost: UnitPrice,
        /// What the line costs.
        result: Money,
    },
    /// cost = Σ costs of the lines. For the store's eyes.
    Cost {
        /// The costs of the lines; `None` where the store has not said.
        costs: Vec<Option<Money>>,
        /// Their sum, when all are known.
        result: Option<Money>,
    },
    /// margin = round((due − cost) ÷ due × 100). For the store's eyes.
    Margin {
        /// Subtotal and adjustment.
        due: Money,
        /// What the goods cost.
        cost: Option<Money>,
        /// Percent of `due`; `None` without a cost or when nothing is due.
        result: Option<Decimal>,
    },
}

impl TraceStep {
    /// Whether only the store may see this step: what the goods cost it, and what
    /// it earns.
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        match self {
            Self::LineCost { .. } | Self::Cost { .. } | Self::Margin { .. } => true,
            Self::Gross { .. }
            | Self::Discount { .. }
            | Self::Net { .. }
            | Self::Subtotal { .. }
            | Self::Adjustment { .. }
            | Self::Freight { .. }
            | Self::Total { .. }
            | Self::Validity { .. } => false,
        }
    }
}

impl Trace {
    /// The trace without the steps that only the store may see.
    #[must_use]
    pub fn for_customer(mut self) -> Self {
        self.steps.retain(|step| !step.is_confidential());
        self
    }
}

impl Quote {
    /// Why it comes to what it does, cost and margin included, for the store's eyes:
    /// [`Trace::for_customer`] leaves them out, and so does
    /// [`explain`](super::explain).
    #[must_use]
    pub fn trace(&self) -> Trace {
        let mut steps = Vec::with_capacity(self.lines().len() * 4 + 7);
        self.trace_lines(&mut steps);
        let nets = self.lines().iter().map(|line| line.net).collect();
        steps.push(TraceStep::Subtotal { nets, result: self.subtotal() });
        if let Some(term) = self.payment_term() {
            let (subtotal, result) = (self.subtotal(), self.adjustment());
            steps.push(TraceStep::Adjustment { subtotal, term, result });
        }
        steps.push(self.trace_freight());
        steps.push(TraceStep::Total {
            subtotal: self.subtotal(),
            adjustment: self.adjustment(),
            freight: self.freight(),
            result: self.total(),
        });
        steps.push(TraceStep::Validity {
            priced_at: self.priced_at(),
            hours: self.validity_hours(),
            closed_days: self.closed_days().to_vec(),
            result: self.valid_until(),
        });
        self.trace_costs(&mut steps);
        let costs = self.lines().iter().map(|line| line.cost).collect();
        steps.push(TraceStep::Cost { costs, result: self.cost() });
        let (due, cost) = (self.due(), self.cost());
        steps.push(TraceStep::Margin { due, cost, result: self.margin_pct() });
        let (price_book_version, priced_at) = (self.price_book_version(), self.priced_at());
        Trace { price_book_version, priced_at, steps }
    }

    fn trace_lines(&self, steps: &mut Vec<TraceStep>) {
        for line in self.lines() {
            steps.push(TraceStep::Gross {
                sku: line.product.sku.clone(),
                name: Arc::clone(&line.product.name),
                qty: line.qty,
                unit: line.product.unit,
                rounded: line.rounded,
                step: line.product.step,
                unit_price: line.unit_price,
                price_from: line.price_from.clone(),
                result: line.gross,
            });
            let tier = match &line.discount_from {
                DiscountSource::Nothing => continue,
                DiscountSource::Tier(tier) => Some(Arc::clone(tier)),
                DiscountSource::Hand(_) => None,
            };
            let (sku, gross, discount) = (line.product.sku.clone(), line.gross, line.discount);
            let pct = line.discount_pct();
            steps.push(TraceStep::Discount { sku, gross, pct, tier, result: discount });
            let sku = line.product.sku.clone();
            steps.push(TraceStep::Net { sku, gross, discount, result: line.net });
        }
    }

    fn trace_costs(&self, steps: &mut Vec<TraceStep>) {
        let costs = self.lines().iter().filter_map(|line| {
            Some(TraceStep::LineCost {
                unit_cost: line.product.cost?,
                result: line.cost?,
                sku: line.product.sku.clone(),
                name: Arc::clone(&line.product.name),
                qty: line.qty,
                unit: line.product.unit,
            })
        });
        steps.extend(costs);
    }

    fn trace_freight(&self) -> TraceStep {
        let load = self.load();
        let (trips, paid_kg) = match self.freight_from() {
            FreightSource::Rule(rule) => (rule.trips(load), rule.paid_kg(load)),
            FreightSource::Pickup | FreightSource::Hand | FreightSource::NoRule => (None, None),
        };
        TraceStep::Freight {
            from: self.freight_from().clone(),
            load,
            distance: self.distance(),
            due: self.due(),
            trips,
            paid_kg,
            result: self.freight(),
        }
    }
}
