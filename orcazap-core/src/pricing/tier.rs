//! Volume discounts: which tier decides for a line.
//!
//! Scopes are asked in order: product, category, store. The first that has a
//! tier with `min_qty` ≤ quantity decides, with its highest such `min_qty`, even
//! when that tier gives 0 %; later scopes are not asked.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::PriceBookError;
use crate::catalog::table::Table;
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

/// The tiers of one scope, by rising `min_qty`, which stands beside each so that
/// searching reads no tier but the one it finds.
type Ladder = Vec<(Quantity, Arc<Tier>)>;

/// Finds the deciding tier by hash and binary search: what it takes does not grow
/// with the number of rules.
#[derive(Debug, Clone, Default)]
pub(super) struct TierIndex {
    products: Ladders,
    categories: Ladders,
    store: Ladder,
}

/// One ladder a name.
#[derive(Debug, Clone, Default)]
struct Ladders {
    names: Table,
    ladders: Vec<Ladder>,
}

impl Ladders {
    fn entry(&mut self, name: &str) -> Option<&mut Ladder> {
        let number = self.names.intern(name) as usize;
        if number == self.ladders.len() {
            self.ladders.push(Ladder::new());
        }
        self.ladders.get_mut(number)
    }

    fn find(&self, name: &str, qty: Quantity) -> Option<&Arc<Tier>> {
        step(self.ladders.get(self.names.find(name)? as usize)?, qty)
    }
}

impl TierIndex {
    /// Checks the tiers one by one and against each other.
    pub(super) fn new(tiers: &[Tier]) -> Result<Self, PriceBookError> {
        let mut index = Self::default();
        for tier in tiers {
            let pct = tier.pct.as_decimal();
            if pct < Decimal::ZERO || pct > Decimal::ONE_HUNDRED {
                return Err(PriceBookError::TierPercent { tier: tier.clone() });
            }
            let ladder = match &tier.scope {
                TierScope::Product(sku) => index.products.entry(sku.as_str()),
                TierScope::Category(name) => index.categories.entry(name),
                TierScope::Store => Some(&mut index.store),
            };
            if let Some(ladder) = ladder {
                ladder.push((tier.min_qty, Arc::new(tier.clone())));
            }
        }
        for ladder in index.ladders_mut() {
            ladder.sort_by_key(|(min_qty, _)| *min_qty);
            for pair in ladder.windows(2) {
                if let [(a, _), (b, tier)] = pair
                    && a == b
                {
                    return Err(PriceBookError::TiersTie { tier: Tier::clone(tier) });
                }
            }
        }
        Ok(index)
    }

    fn ladders_mut(&mut self) -> impl Iterator<Item = &mut Ladder> {
        let Self { products, categories, store } = self;
        products.ladders.iter_mut().chain(&mut categories.ladders).chain([store])
    }

    /// Every scope's tiers, by rising `min_qty`.
    pub(super) fn ladders(&self) -> impl Iterator<Item = &[(Quantity, Arc<Tier>)]> {
        let products = self.products.ladders.iter().map(Vec::as_slice);
        let categories = self.categories.ladders.iter().map(Vec::as_slice);
        products.chain(categories).chain([self.store.as_slice()])
    }

    /// The tier that decides for so many of a product.
    pub(super) fn find(&self, product: &Product, qty: Quantity) -> Option<&Arc<Tier>> {
        self.products
            .find(product.sku.as_str(), qty)
            .or_else(|| self.categories.find(&product.category, qty))
            .or_else(|| step(&self.store, qty))
    }
}

/// The tier with the highest `min_qty` that the quantity reaches.
fn step(ladder: &Ladder, qty: Quantity) -> Option<&Arc<Tier>> {
    let reached = ladder.partition_point(|(min_qty, _)| *min_qty <= qty);
    ladder.get(reached.checked_sub(1)?).map(|(_, tier)| tier)
}
