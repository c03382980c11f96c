//! What differs between two revisions of a quote: with the person who made the
//! newer one, this is who changed what.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Quote;
use crate::catalog::Sku;
use crate::money::{Money, Percent, UnitPrice};
use crate::order::{Delivery, Order, Payment};
use crate::place::Place;

/// One difference between two revisions of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "revised", rename_all = "snake_case")]
pub enum Revised {
    /// A product came in.
    Added {
        /// The product that came in.
        sku: Sku,
        /// How many sale units.
        qty: Decimal,
    },
    /// A product went out.
    Removed {
        /// The product that went out.
        sku: Sku,
        /// How many sale units there were.
        qty: Decimal,
    },
    /// There is more or less of a product.
    Quantity {
        /// The product whose quantity differs.
        sku: Sku,
        /// How many sale units there were.
        before: Decimal,
        /// How many there are.
        after: Decimal,
    },
    /// A unit price is another one.
    Price {
        /// The product whose price differs.
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
        /// The product whose discount by hand differs.
        sku: Sku,
        /// The discount there was, in percent.
        before: Option<Percent>,
        /// The discount there is, in percent.
        after: Option<Percent>,
    },
    /// Another price list gives the price; `None` is the product's own price, or a
    /// person's.
    PriceList {
        /// The product whose price comes from elsewhere.
        sku: Sku,
        /// The list there was.
        before: Option<Arc<str>>,
        /// The list there is.
        after: Option<Arc<str>>,
    },
    /// The rules take off another discount for volume, in percent; not told where a
    /// person's discount comes or goes.
    Tier {
        /// The product whose discount for volume differs.
        sku: Sku,
        /// The discount there was, if there was one.
        before: Option<Percent>,
        /// The discount there is, if there is one.
        after: Option<Percent>,
    },
    /// Delivery costs another amount.
    Freight {
        /// What it cost, if it was known.
        before: Option<Money>,
        /// What it costs, if it is known.
        after: Option<Money>,
    },
    /// It goes to another place.
    Place {
        /// The place there was, if one was said.
        before: Option<Place>,
        /// The place there is, if one is said.
        after: Option<Place>,
    },
    /// It is paid in another way.
    Payment {
        /// The way there was, if one was said.
        before: Option<Payment>,
        /// The way there is, if one is said.
        after: Option<Payment>,
    },
    /// It is wanted on another day.
    Delivery {
        /// The day there was, if one was said.
        before: Option<Delivery>,
        /// The day there is, if one is said.
        after: Option<Delivery>,
    },
    /// What was asked for and not understood is open no more: it was dropped, or a
    /// product was added for it.
    Settled {
        /// The customer's words.
        text: String,
    },
}

impl Revised {
    /// The stable code of what differs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Added { .. } => "added",
            Self::Removed { .. } => "removed",
            Self::Quantity { .. } => "quantity",
            Self::Price { .. } => "price",
            Self::Discount { .. } => "discount",
            Self::PriceList { .. } => "price_list",
            Self::Tier { .. } => "tier",
            Self::Freight { .. } => "freight",
            Self::Place { .. } => "place",
            Self::Payment { .. } => "payment",
            Self::Delivery { .. } => "delivery",
            Self::Settled { .. } => "settled",
        }
    }
}

/// One product of a quote, over all its lines.
struct Part {
    qty: Decimal,
    unit_price: UnitPrice,
    by_hand: bool,
    discount: Option<Percent>,
    price_list: Option<Arc<str>>,
    tier: Option<Percent>,
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

impl Order {
    /// What differs from an earlier order beside the goods: place, payment, day, and
    /// what is no longer asked for without being understood.
    #[must_use]
    pub fn revised_from(&self, earlier: &Self) -> Vec<Revised> {
        let mut revised = Vec::new();
        if self.place != earlier.place {
            let (before, after) = (earlier.place.clone(), self.place.clone());
            revised.push(Revised::Place { before, after });
        }
        if self.payment != earlier.payment {
            let (before, after) = (earlier.payment, self.payment);
            revised.push(Revised::Payment { before, after });
        }
        if self.delivery != earlier.delivery {
            let (before, after) = (earlier.delivery, self.delivery);
            revised.push(Revised::Delivery { before, after });
        }
        let open: Vec<&str> = self.open_asks().collect();
        let settled = earlier.open_asks().filter(|text| !open.contains(text));
        revised.extend(settled.map(|text| Revised::Settled { text: text.to_owned() }));
        revised
    }
}

/// The products of a quote. One in several lines counts as one.
fn parts(quote: &Quote) -> BTreeMap<&Sku, Part> {
    let mut parts = BTreeMap::new();
    for line in quote.lines() {
        let part = parts.entry(&line.product.sku).or_insert(Part {
            qty: Decimal::ZERO,
            unit_price: line.unit_price,
            by_hand: line.has_hand_price(),
            discount: line.hand_discount(),
            price_list: line.price_list().cloned(),
            tier: line.tier().map(|tier| tier.pct),
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
        let by_hand = after.by_hand;
        let (from, to) = (before.unit_price, after.unit_price);
        revised.push(Revised::Price { sku: sku(), before: from, after: to, by_hand });
    }
    if before.price_list != after.price_list {
        let (before, after) = (before.price_list.clone(), after.price_list.clone());
        revised.push(Revised::PriceList { sku: sku(), before, after });
    }
    if before.discount != after.discount {
        let (before, after) = (before.discount, after.discount);
        revised.push(Revised::Discount { sku: sku(), before, after });
    } else if before.tier != after.tier {
        revised.push(Revised::Tier { sku: sku(), before: before.tier, after: after.tier });
    }
}
