//! Why a person must look, with the figures that caused it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::authority::{Actor, Concession, Limit};
use crate::catalog::Sku;
use crate::money::{Money, Percent, UnitPrice};
use crate::order::Payment;
use crate::place::Place;
use crate::quantity::Quantity;

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
        /// What is paid later; `None` in reasons saved without it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<Money>,
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
    /// A quantity is no multiple of the step the product is sold in. In JSON
    /// `"lines"`; `"skus"` and `"steps"` side by side are still read.
    OffStep {
        /// The lines.
        #[serde(flatten, with = "saved::off_step")]
        lines: Vec<OffStep>,
    },
    /// A model or a person's transcript was involved in reading the order.
    AssistedReading,
    /// A person changed a price or the freight.
    PriceOverride {
        /// The lines with a price or discount set by hand; empty in reasons saved
        /// without them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lines: Vec<HandPrice>,
        /// The freight, where it is set by hand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        freight: Option<Money>,
    },
    /// A cost is unknown or older than the store's limit. In JSON `"lines"`;
    /// `"skus"` and `"ages"` side by side are still read.
    StaleCost {
        /// The lines.
        #[serde(flatten, with = "saved::stale_cost")]
        lines: Vec<StaleCost>,
        /// How many days old a cost may be, where the store has a limit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_days: Option<u16>,
    },
    /// The store is trying the assistant out.
    Rehearsal,
    /// Prices or freight set by hand give away more than whoever set them may: a
    /// second person must approve, whose own limit covers it. Not for
    /// [`review`](super::review), which knows no persons, but for the
    /// [conversation](crate::conversation); no rule switches it off.
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
    /// The product of which there is too little.
    pub sku: Sku,
    /// What all lines together ask for, in sale units; ten million where it is more.
    pub asked: Quantity,
    /// What there is, in sale units.
    pub available: Quantity,
    /// What serves in its place and is there, best first.
    pub substitutes: Vec<Sku>,
}

/// A line whose quantity lies between two steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffStep {
    /// The product that is sold in steps.
    pub sku: Sku,
    /// What is asked for, in sale units; `None` in reasons saved without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Quantity>,
    /// The step it is sold in, in sale units; `None` in reasons saved without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Quantity>,
}

/// A line whose price a person set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandPrice {
    /// The product whose price a person set.
    pub sku: Sku,
    /// What one costs by the store's prices; `None` in quotes priced before it was
    /// kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<UnitPrice>,
    /// What one costs in the quote, before the discount.
    pub price: UnitPrice,
    /// What a person takes off, in percent, if they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Percent>,
}

/// A line whose cost is unknown or too old.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaleCost {
    /// The product whose cost is unknown or old.
    pub sku: Sku,
    /// How many days old the cost is; `None` where the cost or its day is unknown,
    /// and in reasons saved without it.
    pub age_days: Option<i64>,
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
            Self::PriceOverride { .. } => "price_override",
            Self::StaleCost { .. } => "stale_cost",
            Self::Rehearsal => "rehearsal",
            Self::SecondPerson { .. } => "second_person",
        }
    }

    /// Whether its figures tell what the store earns or pays, which some stores show
    /// to few.
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        matches!(self, Self::LowMargin { .. } | Self::LowLineMargin { .. })
    }
}

/// The JSON of lines that once were lists side by side.
mod saved {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::catalog::Sku;

    /// What is written.
    #[derive(Serialize)]
    struct Lines<'a, L> {
        lines: &'a [L],
    }

    fn write<S: Serializer, L: Serialize>(lines: &[L], serializer: S) -> Result<S::Ok, S::Error> {
        Lines { lines }.serialize(serializer)
    }

    /// Products with what stood beside each, as far as it was kept.
    fn paired<T>(skus: Vec<Sku>, beside: Vec<T>) -> impl Iterator<Item = (Sku, Option<T>)> {
        skus.into_iter().zip(beside.into_iter().map(Some).chain(std::iter::repeat_with(|| None)))
    }

    pub(super) mod off_step {
        use super::super::OffStep;
        use super::*;
        use crate::quantity::Quantity;

        #[derive(Deserialize)]
        struct Read {
            #[serde(default)]
            lines: Vec<OffStep>,
            #[serde(default)]
            skus: Vec<Sku>,
            #[serde(default)]
            steps: Vec<Quantity>,
        }

        pub(in super::super) fn serialize<S: Serializer>(
            lines: &[OffStep],
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            write(lines, serializer)
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Vec<OffStep>, D::Error> {
            let Read { mut lines, skus, steps } = Read::deserialize(deserializer)?;
            let old = paired(skus, steps);
            lines.extend(old.map(|(sku, step)| OffStep { sku, asked: None, step }));
            Ok(lines)
        }
    }

    pub(super) mod stale_cost {
        use super::super::StaleCost;
        use super::*;

        #[derive(Deserialize)]
        struct Read {
            #[serde(default)]
            lines: Vec<StaleCost>,
            #[serde(default)]
            skus: Vec<Sku>,
            #[serde(default)]
            ages: Vec<Option<i64>>,
        }

        pub(in super::super) fn serialize<S: Serializer>(
            lines: &[StaleCost],
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            write(lines, serializer)
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Vec<StaleCost>, D::Error> {
            let Read { mut lines, skus, ages } = Read::deserialize(deserializer)?;
            let old = paired(skus, ages);
            lines.extend(old.map(|(sku, age)| StaleCost { sku, age_days: age.flatten() }));
            Ok(lines)
        }
    }
}
