//! What is allowed in a price book but looks like a mistake: a screen shows it to the
//! owner, and nobody is kept from selling.

mod goods;
mod rules;
mod words;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{FreightArea, PaymentTerm, PriceBook, Tier};
use crate::catalog::{Catalog, Sku};
use crate::money::{Money, UnitPrice};
use crate::quantity::Quantity;
use goods::warn_of_substitutes;
pub use words::explain_warning;

/// What is allowed in a price book but looks like a mistake. [`explain_warning`] says
/// it in words; more kinds may come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Warning {
    /// Who buys more gets a smaller discount.
    HigherTierGivesLess {
        /// The tier that begins earlier.
        lower: Tier,
        /// The tier that gives less.
        higher: Tier,
    },
    /// A tier gives the goods away.
    TierGivesAll {
        /// The tier of 100 %.
        tier: Tier,
    },
    /// A way of paying takes off all of an order.
    TermGivesAll {
        /// The term of −100 %.
        term: PaymentTerm,
    },
    /// More instalments cost less than fewer do.
    MoreInstallmentsCostLess {
        /// The term of fewer instalments.
        fewer: PaymentTerm,
        /// The term of more.
        more: PaymentTerm,
    },
    /// Narrower ranges hold every CEP of this rule.
    FreightNeverMatches {
        /// The rule's area.
        area: FreightArea,
    },
    /// Delivery to a band around the store costs less than to the band within it.
    FartherCostsLess {
        /// The inner band.
        nearer: FreightArea,
        /// The outer band.
        farther: FreightArea,
    },
    /// A freight rule has a price, and is free for every order.
    FreightAlwaysFree {
        /// The rule's area.
        area: FreightArea,
    },
    /// A fixed price is never asked for: a price list that holds for everyone and at all
    /// times stands before it.
    PointBehindList {
        /// The product.
        sku: Sku,
        /// The quantity whose price is fixed.
        qty: Quantity,
        /// What the list is called.
        list: String,
    },
    /// A price list has no prices.
    EmptyList {
        /// What the list is called.
        list: String,
    },
    /// The store is said to close earlier on a date on which it closes no earlier.
    HalfDayNeverHolds {
        /// The date.
        date: NaiveDate,
        /// When it closes all the same; `None` when it does not open, or has not said
        /// when.
        usual: Option<NaiveTime>,
    },
    /// A tier is for a product or category of which the store sells nothing.
    TierNeverMatches {
        /// The tier.
        tier: Tier,
    },
    /// Tiers of a narrower scope decide for every product at every quantity from which
    /// this one would.
    TierHidden {
        /// The tier that is never asked.
        tier: Tier,
    },
    /// A fixed price is for a quantity that is no multiple of the product's step, to which
    /// what customers ask for is rounded up.
    PointOffStep {
        /// The product.
        sku: Sku,
        /// The quantity whose price is fixed.
        qty: Quantity,
        /// The step that the product is sold in.
        step: Quantity,
    },
    /// A fixed price is less than what so much of the product costs the store.
    PointBelowCost {
        /// The product.
        sku: Sku,
        /// The quantity whose price is fixed.
        qty: Quantity,
        /// The fixed price.
        price: Money,
        /// What it costs the store.
        cost: Money,
    },
    /// A fixed price is for a product that the store does not sell.
    PointNeverMatches {
        /// The product that has a fixed price and is not sold.
        sku: Sku,
    },
    /// A price list has a product that the store does not sell.
    ListNeverMatches {
        /// What the list is called.
        list: String,
        /// The product that is listed and not sold.
        sku: Sku,
    },
    /// A price list sells a product for less than it costs.
    ListedBelowCost {
        /// What the list is called.
        list: String,
        /// The product that is listed below its cost.
        sku: Sku,
        /// The listed price of one sale unit.
        price: UnitPrice,
        /// What one sale unit costs the store.
        cost: UnitPrice,
    },
    /// A product that is to serve in place of another is not sold, or is that very one.
    SubstituteNeverServes {
        /// The product that it is to serve for.
        sku: Sku,
        /// The product that is to serve.
        substitute: Sku,
    },
}

impl PriceBook {
    /// What looks like a mistake in the rules themselves.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        self.warn_of_tiers(&mut warnings);
        self.warn_of_terms(&mut warnings);
        self.warn_of_freight(&mut warnings);
        self.warn_of_points(&mut warnings);
        self.warn_of_half_days(&mut warnings);
        warnings
    }

    /// What looks like a mistake in the rules themselves, and then what does beside
    /// the products they are to price.
    #[must_use]
    pub fn warnings_for(&self, catalog: &Catalog) -> Vec<Warning> {
        let mut warnings = self.warnings();
        self.warn_of_tiers_for(catalog, &mut warnings);
        self.warn_of_points_for(catalog, &mut warnings);
        self.warn_of_lists_for(catalog, &mut warnings);
        warn_of_substitutes(catalog, &mut warnings);
        warnings
    }
}
