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
use super::group::{Groups, Span};
use super::json::TierJson;
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
    /// Every product of a category, whose name is compared to the letter: it is picked
    /// from the catalogue, where two that differ in case are two. One that no product
    /// has is a [`Warning::TierNeverMatches`](super::Warning::TierNeverMatches).
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
#[serde(try_from = "TierJson")]
pub struct Tier {
    /// What it applies to.
    #[serde(flatten)]
    pub scope: TierScope,
    /// From how many sale units of one line on.
    pub min_qty: Quantity,
    /// How much is taken off, from 0 to 100: 5 is 5 %.
    pub pct: Percent,
}

impl fmt::Display for Tier {
    /// What it is for: `product CIM from 10 on`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {} on", self.scope, self.min_qty)
    }
}

/// The tiers of each name, by rising `min_qty`.
type Ladders = Groups<Quantity, Arc<Tier>>;

/// Finds the deciding tier: what it takes does not grow with the number of rules.
#[derive(Debug, Clone, Default)]
pub(super) struct TierIndex {
    /// By the book's number of a product, by rising `min_qty`.
    products: Ladders,
    names: Table,
    /// By the number of a name above.
    categories: Ladders,
    /// The one group of the store.
    store: Ladders,
}

impl TierIndex {
    /// Checks the tiers one by one and against each other, and numbers their products.
    pub(super) fn new(tiers: &[Tier], skus: &mut Table) -> Result<Self, PriceBookError> {
        let mut names = Table::default();
        let (mut products, mut categories, mut store) = (Vec::new(), Vec::new(), Vec::new());
        for (number, tier) in (1..).zip(tiers) {
            let pct = tier.pct.as_decimal();
            if pct < Decimal::ZERO || pct > Decimal::ONE_HUNDRED {
                return Err(PriceBookError::TierPercent { number, tier: tier.clone() });
            }
            let (min_qty, numbered) = (tier.min_qty, (number, tier));
            match &tier.scope {
                TierScope::Product(sku) => {
                    products.push((skus.intern(sku.as_str()), min_qty, numbered));
                }
                TierScope::Category(name) => {
                    categories.push((names.intern(name), min_qty, numbered));
                }
                TierScope::Store => store.push((0, min_qty, numbered)),
            }
        }
        let (products, categories) = (ladders(products)?, ladders(categories)?);
        Ok(Self { products, names, categories, store: ladders(store)? })
    }

    /// Every scope's tiers, by rising `min_qty`.
    pub(super) fn ladders(&self) -> impl Iterator<Item = &[Arc<Tier>]> {
        let scopes = [&self.products, &self.categories, &self.store];
        scopes.into_iter().flat_map(Groups::iter).map(|(_, tiers)| tiers)
    }

    /// Where the tiers of the product with a number are.
    pub(super) fn of(&self, number: u32) -> Span {
        self.products.span(number)
    }

    /// The tier that decides for so many of a product, `own` being its tiers, where
    /// it has any.
    pub(super) fn find(
        &self,
        own: Option<Span>,
        product: &Product,
        qty: Quantity,
    ) -> Option<&Arc<Tier>> {
        let of_category = || {
            let number = self.names.find(&product.category)?;
            self.categories.up_to(self.categories.span(number), &qty)
        };
        let of_store = || self.store.up_to(self.store.span(0), &qty);
        own.and_then(|own| self.products.up_to(own, &qty)).or_else(of_category).or_else(of_store)
    }
}

/// Sorts numbered tiers, unless two of one scope begin at the same quantity.
fn ladders(tiers: Vec<(u32, Quantity, (usize, &Tier))>) -> Result<Ladders, PriceBookError> {
    let ladders = Groups::new(tiers);
    if let Some([(first, _), (second, tier)]) = ladders.find_tie(|(a, _), (b, _)| a == b) {
        return Err(PriceBookError::TiersTie {
            numbers: [*first, *second],
            tier: Tier::clone(tier),
        });
    }
    Ok(ladders.map(|(_, tier)| Arc::new(tier.clone())))
}
