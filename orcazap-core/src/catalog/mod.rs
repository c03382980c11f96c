//! What a store sells: [`Product`], and the [`Catalog`] that is checked and
//! indexed once and then shared.

mod difference;
mod product;

pub use difference::distinguish;
pub use product::{Pack, Product, Sku, SkuError, Stock, Volume, Weight};

use thiserror::Error;

/// Why a list of products is no catalogue. Each names the product.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CatalogError {
    /// Two products have the same code.
    #[error("sku {sku} stands twice")]
    DuplicateSku {
        /// The code.
        sku: Sku,
    },
    /// There are more products than [`Catalog::MAX_PRODUCTS`].
    #[error("a catalogue has at most {max} products, found {found}")]
    TooMany {
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
}

/// The products of one store, checked and indexed for reading.
///
/// It is immutable: build a new one when the products change, and share it
/// behind an `Arc`.
#[derive(Debug)]
pub struct Catalog {
    products: Vec<Product>,
    by_sku: std::collections::BTreeMap<Sku, usize>,
}

impl Catalog {
    /// How many products one catalogue may have.
    pub const MAX_PRODUCTS: usize = 200_000;

    /// Checks the products and builds the indexes. Their order is kept and is
    /// the order in which alternatives are listed.
    ///
    /// # Errors
    ///
    /// [`CatalogError::DuplicateSku`] when a code stands twice,
    /// [`CatalogError::TooMany`] beyond [`Self::MAX_PRODUCTS`].
    pub fn new(products: Vec<Product>) -> Result<Self, CatalogError> {
        if products.len() > Self::MAX_PRODUCTS {
            return Err(CatalogError::TooMany { found: products.len(), max: Self::MAX_PRODUCTS });
        }
        let mut by_sku = std::collections::BTreeMap::new();
        for (position, product) in products.iter().enumerate() {
            if by_sku.insert(product.sku.clone(), position).is_some() {
                return Err(CatalogError::DuplicateSku { sku: product.sku.clone() });
            }
        }
        Ok(Self { products, by_sku })
    }

    /// The product with a code.
    #[must_use]
    pub fn get(&self, sku: &Sku) -> Option<&Product> {
        self.by_sku.get(sku).and_then(|position| self.products.get(*position))
    }

    /// Every product, in catalogue order.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }
}
