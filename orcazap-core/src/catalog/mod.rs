//! What a store sells: [`Product`], and the [`Catalog`] that is checked and
//! indexed once and then shared.

#[cfg(feature = "csv")]
pub mod csv;
mod difference;
pub(crate) mod index;
pub(crate) mod matcher;
mod product;
mod rule;
pub(crate) mod table;
pub(crate) mod terms;

pub use difference::distinguish;
pub use product::{Pack, Product, Sku, SkuError, Stock, Volume, Weight};
pub use rule::{ProductRule, TextRule};

use std::sync::Arc;

use thiserror::Error;

use crate::reading::Vocabulary;
use index::Index;
use table::{Key, Table};

/// Why a list of products is no catalogue: the product, and the rule it breaks.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CatalogError {
    /// Two products have the same code.
    #[error("sku {sku} stands twice")]
    DuplicateSku {
        /// The code.
        sku: Sku,
    },
    /// A product is not what every product must be.
    #[error("{sku}: {rule}")]
    Product {
        /// The code of the product.
        sku: Sku,
        /// What it breaks.
        rule: ProductRule,
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
    /// Each product's name once more, to be shared by its lines in quotes.
    names: Vec<Arc<str>>,
    /// Each product's code under its position.
    skus: Table,
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
    /// [`CatalogError::Product`] when a product breaks a [`ProductRule`],
    /// [`CatalogError::DuplicateSku`] when a code stands twice,
    /// [`CatalogError::TooMany`] beyond [`Self::MAX_PRODUCTS`].
    pub fn new(products: Vec<Product>) -> Result<Self, CatalogError> {
        if products.len() > Self::MAX_PRODUCTS {
            return Err(CatalogError::TooMany { found: products.len(), max: Self::MAX_PRODUCTS });
        }
        let mut skus = Table::default();
        for product in &products {
            product
                .check()
                .map_err(|rule| CatalogError::Product { sku: product.sku.clone(), rule })?;
            if skus.find(product.sku.as_str()).is_some() {
                return Err(CatalogError::DuplicateSku { sku: product.sku.clone() });
            }
            skus.intern(product.sku.as_str());
        }
        let names = products.iter().map(|product| product.name.as_str().into()).collect();
        let vocabulary = Arc::new(Vocabulary::standard().clone());
        let index = Index::new(&products, &vocabulary);
        Ok(Self { products, names, skus, index, vocabulary })
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

    pub(crate) fn position(&self, sku: &Sku) -> Option<u32> {
        self.skus.find(sku.as_str())
    }

    /// The product at a position of the index.
    pub(crate) fn at(&self, position: u32) -> Option<&Product> {
        self.products.get(position as usize)
    }

    /// The product with a code.
    #[must_use]
    pub fn get(&self, sku: &Sku) -> Option<&Product> {
        self.skus.find(sku.as_str()).and_then(|position| self.at(position))
    }

    /// The product with a code, and its name to be shared.
    pub(crate) fn get_named(&self, sku: Key<'_>) -> Option<(&Product, &Arc<str>)> {
        let position = self.skus.find_key(sku)? as usize;
        Some((self.products.get(position)?, self.names.get(position)?))
    }

    /// Every product, in catalogue order.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }
}
