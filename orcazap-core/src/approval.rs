//! Whether a quote may go out by itself: [`Rules`] and [`review`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::Sku;
use crate::money::{Money, Percent};
use crate::order::Order;
use crate::pricing::Quote;

/// When a person must look. Thresholds that are `None` are switched off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// The lowest margin of a whole order, in percent.
    pub min_margin_pct: Option<Percent>,
    /// The lowest margin of one line, in percent.
    pub min_line_margin_pct: Option<Percent>,
    /// The highest total that goes out by itself.
    pub max_auto_total: Option<Money>,
    /// Costs older than so many days need a look.
    pub max_cost_age_days: Option<u16>,
    /// Whether an order without a freight rule may go out by itself.
    pub allow_no_freight_rule: bool,
    /// Whether sales on credit may go out by themselves.
    pub allow_credit_sale: bool,
    /// Whether orders beyond the stock may go out by themselves.
    pub allow_out_of_stock: bool,
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
        /// The margin of the order, in percent, rounded to two places.
        found: Decimal,
    },
    /// The margin of a line is below the threshold.
    LowLineMargin {
        /// The lowest margin allowed, in percent.
        min: Percent,
        /// The lines below it, with their margins in percent, rounded for showing.
        lines: Vec<(Sku, Decimal)>,
    },
    /// The total is above the threshold.
    HighValue {
        /// The highest total that goes out by itself.
        max: Money,
        /// The total.
        found: Money,
    },
    /// No freight rule fits the place.
    NoFreightRule,
    /// The customer pays later: boleto with days, or store credit.
    CreditSale,
    /// More was asked for than there is.
    OutOfStock {
        /// The products.
        skus: Vec<Sku>,
    },
    /// A model or a person's transcript was involved in reading the order.
    AssistedReading,
    /// A person changed a price or the freight.
    PriceOverride,
    /// A cost is unknown or older than the store's limit.
    StaleCost {
        /// The products.
        skus: Vec<Sku>,
    },
    /// The store is trying the assistant out.
    Rehearsal,
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
            Self::NoFreightRule => "no_freight_rule",
            Self::CreditSale => "credit_sale",
            Self::OutOfStock { .. } => "out_of_stock",
            Self::AssistedReading => "assisted_reading",
            Self::PriceOverride => "price_override",
            Self::StaleCost { .. } => "stale_cost",
            Self::Rehearsal => "rehearsal",
        }
    }
}

/// Whether a quote goes out by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It does.
    Auto,
    /// A person must look; at least one reason.
    Ask(Vec<Reason>),
}

/// Reviews a quote.
#[must_use]
pub fn review(_quote: &Quote, _order: &Order, _rules: &Rules) -> Decision {
    unimplemented!()
}
