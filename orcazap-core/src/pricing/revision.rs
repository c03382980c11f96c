//! What differs between two revisions of a quote: with the person who made the
//! newer one, this is who changed what.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{PriceSource, Quote};
use crate::catalog::Sku;
use crate::money::{Money, Percent, UnitPrice};

/// One difference between two revisions of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "revised", rename_all = "snake_case")]
pub enum Revised {
    /// A product came in.
    Added {
        /// The product.
        sku: Sku,
        /// How many sale units.
        qty: Decimal,
    },
    /// A product went out.
    Removed {
        /// The product.
        sku: Sku,
        /// How many sale units there were.
        qty: Decimal,
    },
    /// There is more or less of a product.
    Quantity {
        /// The product.
        sku: Sku,
        /// How many sale units there were.
        before: Decimal,
        /// How many there are.
        after: Decimal,
    },
    /// A unit price is another one.
    Price {
        /// The product.
        sku: Sku,
        /// The price there was.
        before: UnitPrice,
        /// The price there is.
        after: UnitPrice,
        /// Whether a person set it; else the store's prices have changed.
        by_hand: bool,
    },
    /// A person's discount is another one; `None` is the rules'.
    Discount {
        /// The product.
        sku: Sku,
        /// The discount there was, in percent.
        before: Option<Percent>,
        /// The discount there is, in percent.
        after: Option<Percent>,
    },
    /// Delivery costs another amount.
    Freight {
        /// What it cost, if it was known.
        before: Option<Money>,
        /// What it costs, if it is known.
        after: Option<Money>,
    },
}

/// One product of a quote, over all its lines.
struct Part {
    qty: Decimal,
    unit_price: UnitPrice,
    price_from: PriceSource,
    discount: Option<Percent>,
}

impl Quote {
    /// What differs from an earlier revision: products by their code, then freight.
    #[must_use]
    pub fn revised_from(&self, earlier: &Self) -> Vec<Revised> {
        let (before, after) = (parts(earlier), parts(self));
        let mut revised = Vec::new();
        for (sku, part) in &before {
            match after.get(sku) {
                None => revised.push(Revised::Removed { sku: (*sku).clone(), qty: part.qty }),
                Some(now) => compare(sku, part, now, &mut revised),
            }
        }
        let added = after.iter().filter(|(sku, _)| !before.contains_key(*sku));
        revised
            .extend(added.map(|(sku, part)| Revised::Added { sku: (*sku).clone(), qty: part.qty }));
        let (before, after) = (earlier.freight(), self.freight());
        if before != after {
            revised.push(Revised::Freight { before, after });
        }
        revised
    }
}

/// The products of a quote. One in several lines counts as one.
fn parts(quote: &Quote) -> BTreeMap<&Sku, Part> {
    let mut parts = BTreeMap::new();
    for line in quote.lines() {
        let part = parts.entry(&line.sku).or_insert(Part {
            qty: Decimal::ZERO,
            unit_price: line.unit_price,
            price_from: line.price_from,
            discount: line.hand_discount,
        });
        // At most 500 lines of ten million: the sum fits.
        part.qty += line.qty.as_decimal();
    }
    parts
}

fn compare(sku: &Sku, before: &Part, after: &Part, revised: &mut Vec<Revised>) {
    let sku = || sku.clone();
    if before.qty != after.qty {
        revised.push(Revised::Quantity { sku: sku(), before: before.qty, after: after.qty });
    }
    if before.unit_price != after.unit_price {
        let by_hand = after.price_from == PriceSource::Hand;
        let (from, to) = (before.unit_price, after.unit_price);
        revised.push(Revised::Price { sku: sku(), before: from, after: to, by_hand });
    }
    let (before, after) = (before.discount, after.discount);
    if before != after {
        revised.push(Revised::Discount { sku: sku(), before, after });
    }
}
