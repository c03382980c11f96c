//! What a store sells: [`Product`], and the [`Catalog`] that is checked and
//! indexed once and then shared.

mod difference;
pub(crate) mod index;
pub(crate) mod matcher;
mod product;
mod table;
pub(crate) mod terms;

pub use difference::distinguish;
pub use product::{Pack, Product, Sku, SkuError, Stock, Volume, Weight};

use std::sync::Arc;

use thiserror::Error;

use crate::reading::Vocabulary;
use index::Index;

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
    index: Index,
    vocabulary: Arc<Vocabulary>,
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
        let vocabulary = Arc::new(Vocabulary::standard().clone());
        let index = Index::new(&products, &vocabulary);
        Ok(Self { products, by_sku, index, vocabulary })
    }

    /// The same products, read with a store's own vocabulary. Extend the
    /// [standard one](Vocabulary::standard) to keep what everybody says.
    #[must_use]
    pub fn with_vocabulary(self, vocabulary: Vocabulary) -> Self {
        let index = Index::new(&self.products, &vocabulary);
        Self { index, vocabulary: Arc::new(vocabulary), ..self }
    }

    /// The bytes that the index takes beside the products.
    #[must_use]
    pub fn index_bytes(&self) -> usize {
        self.index.bytes()
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The product at a position of the index.
    pub(crate) fn at(&self, position: u32) -> Option<&Product> {
        self.products.get(position as usize)
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
