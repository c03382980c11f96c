//! Volume discounts: which tier decides for a line.
//!
//! Scopes are asked in order: product, category, store. The first that has a
//! tier with `min_qty` ≤ quantity decides, with its highest such `min_qty`, even
//! when that tier gives 0 %; later scopes are not asked.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::PriceBookError;
use crate::catalog::{Product, Sku};
use crate::money::Percent;
use crate::quantity::Quantity;

/// What a volume tier applies to. Scopes are asked in this order, and the first
/// that has a tier for the quantity decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "scope", content = "key", rename_all = "snake_case")]
pub enum TierScope {
    /// One product.
    #[serde(rename = "item")]
    Product(Sku),
    /// Every product of a category, whose name is compared to the letter.
    Category(String),
    /// Every product of the store.
    Store,
}

impl fmt::Display for TierScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Product(sku) => write!(f, "product {sku}"),
            Self::Category(category) => write!(f, "category {category}"),
            Self::Store => f.write_str("the store"),
        }
    }
}

/// A volume discount: from `min_qty` on, `pct` off the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// What it applies to.
    #[serde(flatten)]
    pub scope: TierScope,
    /// From how many sale units of one line on.
    pub min_qty: Quantity,
    /// How much is taken off, from 0 to 100: 5 is 5 %.
    pub pct: Percent,
}

/// The tiers of one scope, by rising `min_qty`; positions in the book's list.
type Ladder = Vec<(Quantity, usize)>;

/// Finds the deciding tier by binary search.
#[derive(Debug, Clone, Default)]
pub(super) struct TierIndex {
    products: BTreeMap<Sku, Ladder>,
    categories: BTreeMap<String, Ladder>,
    store: Ladder,
}

impl TierIndex {
    /// Checks the tiers one by one and against each other.
    pub(super) fn new(tiers: &[Tier]) -> Result<Self, PriceBookError> {
        let mut index = Self::default();
        for (position, tier) in tiers.iter().enumerate() {
            let pct = tier.pct.as_decimal();
            if pct.is_sign_negative() && !pct.is_zero() || pct > rust_decimal::Decimal::ONE_HUNDRED
            {
                return Err(PriceBookError::TierPercent { tier: tier.clone() });
            }
            let ladder = match &tier.scope {
                TierScope::Product(sku) => index.products.entry(sku.clone()).or_default(),
                TierScope::Category(name) => index.categories.entry(name.clone()).or_default(),
                TierScope::Store => &mut index.store,
            };
            ladder.push((tier.min_qty, position));
        }
        for ladder in index.ladders_mut() {
            ladder.sort_unstable();
            let tie = ladder.windows(2).find_map(|pair| match pair {
                [(a, _), (b, position)] if a == b => Some(*position),
                _ => None,
            });
            if let Some(tier) = tie.and_then(|position| tiers.get(position)) {
                return Err(PriceBookError::TiersTie { tier: tier.clone() });
            }
        }
        Ok(index)
    }

    fn ladders_mut(&mut self) -> impl Iterator<Item = &mut Ladder> {
        let Self { products, categories, store } = self;
        products.values_mut().chain(categories.values_mut()).chain([store])
    }

    /// Every scope's tiers, by rising `min_qty`.
    pub(super) fn ladders(&self) -> impl Iterator<Item = &Ladder> {
        self.products.values().chain(self.categories.values()).chain([&self.store])
    }

    /// The position of the tier that decides for so many of a product.
    pub(super) fn find(&self, product: &Product, qty: Quantity) -> Option<usize> {
        let of_product = || self.products.get(&product.sku).and_then(|ladder| step(ladder, qty));
        let of_category =
            || self.categories.get(&product.category).and_then(|ladder| step(ladder, qty));
        of_product().or_else(of_category).or_else(|| step(&self.store, qty))
    }
}

/// The tier with the highest `min_qty` that the quantity reaches.
fn step(ladder: &Ladder, qty: Quantity) -> Option<usize> {
    let reached = ladder.partition_point(|(min_qty, _)| *min_qty <= qty);
    ladder.get(reached.checked_sub(1)?).map(|(_, position)| *position)
}
