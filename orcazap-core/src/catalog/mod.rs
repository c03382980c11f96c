//! What a store sells: [`Product`], and the [`Catalog`] that is checked and
//! indexed once and then shared.

#[cfg(feature = "csv")]
pub mod csv;
mod difference;
mod facts;
#[cfg(test)]
mod growth;
pub(crate) mod index;
pub(crate) mod matcher;
mod postings;
mod product;
mod rule;
pub(crate) mod table;
pub(crate) mod terms;

pub use difference::distinguish;
pub use facts::ProductFacts;
pub use product::{Pack, Product, Sku, SkuError, Stock, Volume, Weight};
pub use rule::{ProductRule, TextRule};

use std::sync::Arc;

use thiserror::Error;

use crate::reading::Vocabulary;
use index::Index;
use table::{Key, Table};

/// Why a list of products is no catalogue: the product, and the rule it breaks.
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit};
/// let lime = Product::new("CAL".parse()?, "Cal hidratada", Unit::Bag, "18".parse()?);
/// let error = Catalog::new(vec![lime.clone(), lime]).unwrap_err();
/// assert_eq!(error.to_string(), "sku CAL stands twice");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
/// It is immutable: when the products change, [renew](Self::renewed) it, and share it
/// behind an `Arc`.
///
/// ```
/// use orcazap_core::catalog::{Catalog, Product};
/// use orcazap_core::Unit;
/// let cement = Product::new("CIM".parse()?, "Cimento CP II 50kg", Unit::Bag, "39.90".parse()?);
/// let catalog = Catalog::new(vec![cement.clone()])?;
/// assert_eq!(catalog.get(&"CIM".parse()?), Some(&cement));
/// // A new price is no reason to index anything again.
/// let dearer = Product { price: "42.50".parse()?, ..cement };
/// let catalog = catalog.renewed(vec![dearer])?;
/// assert_eq!(catalog.products()[0].price, "42.50".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Catalog {
    products: Vec<Product>,
    /// What quotes keep of each product, to be shared by their lines.
    facts: Vec<Arc<ProductFacts>>,
    lookup: Arc<Lookup>,
}

/// What products are found by: all of it follows from their codes, names, aliases,
/// units and packs.
#[derive(Debug)]
struct Lookup {
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
        Self::with_vocabulary(products, Vocabulary::shared())
    }

    /// The same, read with a store's own vocabulary. Extend the
    /// [standard one](Vocabulary::standard) to keep what everybody says.
    ///
    /// # Errors
    ///
    /// Those of [`Self::new`].
    pub fn with_vocabulary(
        products: Vec<Product>,
        vocabulary: impl Into<Arc<Vocabulary>>,
    ) -> Result<Self, CatalogError> {
        if products.len() > Self::MAX_PRODUCTS {
            return Err(CatalogError::TooMany { found: products.len(), max: Self::MAX_PRODUCTS });
        }
        let mut skus = Table::default();
        for product in &products {
            checked(product)?;
            if skus.find(product.sku.as_str()).is_some() {
                return Err(CatalogError::DuplicateSku { sku: product.sku.clone() });
            }
            skus.intern(product.sku.as_str());
        }
        skus.shrink_to_fit();
        let vocabulary = vocabulary.into();
        let lookup = Lookup { skus, index: Index::new(&products, &vocabulary), vocabulary };
        Ok(Self::found_by(Arc::new(lookup), products))
    }

    /// The catalogue of the products as they are now, read with the same vocabulary.
    ///
    /// While codes, names, aliases, units and packs stay as they are, whatever becomes
    /// of prices, costs and stock, the indexes are shared and not built again.
    ///
    /// # Errors
    ///
    /// Those of [`Self::new`].
    pub fn renewed(&self, products: Vec<Product>) -> Result<Self, CatalogError> {
        let alike = self.products.len() == products.len()
            && self.products.iter().zip(&products).all(|(one, other)| one.is_found_like(other));
        if !alike {
            return Self::with_vocabulary(products, Arc::clone(&self.lookup.vocabulary));
        }
        products.iter().try_for_each(checked)?;
        Ok(Self::found_by(Arc::clone(&self.lookup), products))
    }

    fn found_by(lookup: Arc<Lookup>, products: Vec<Product>) -> Self {
        let facts = products.iter().map(|product| Arc::new(product.into())).collect();
        Self { products, facts, lookup }
    }

    /// The bytes that everything beside the products takes: index, codes, and what quotes
    /// keep of each.
    #[must_use]
    pub fn index_bytes(&self) -> usize {
        /// A pointer to what is shared, its two counts, and those of the name.
        const SHARED: usize = 40;
        let each = SHARED + size_of::<ProductFacts>();
        let facts = self.facts.iter().map(|facts| each + facts.name.len()).sum::<usize>();
        self.lookup.index.bytes() + self.lookup.skus.bytes() + facts
    }

    pub(crate) fn index(&self) -> &Index {
        &self.lookup.index
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.lookup.vocabulary
    }

    pub(crate) fn position(&self, sku: &Sku) -> Option<u32> {
        self.lookup.skus.find(sku.as_str())
    }

    /// The product at a position of the index.
    pub(crate) fn at(&self, position: u32) -> Option<&Product> {
        self.products.get(position as usize)
    }

    /// The product with a code.
    #[must_use]
    pub fn get(&self, sku: &Sku) -> Option<&Product> {
        self.lookup.skus.find(sku.as_str()).and_then(|position| self.at(position))
    }

    /// The product with a code, and what a quote keeps of it.
    pub(crate) fn get_with_facts(&self, sku: Key<'_>) -> Option<(&Product, &Arc<ProductFacts>)> {
        let position = self.lookup.skus.find_key(sku)? as usize;
        Some((self.products.get(position)?, self.facts.get(position)?))
    }

    /// Every product, in catalogue order.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }
}

/// What is wrong with a product by itself.
fn checked(product: &Product) -> Result<(), CatalogError> {
    product.check().map_err(|rule| CatalogError::Product { sku: product.sku.clone(), rule })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unit;

    fn cement() -> Product {
        Product::new("CIM".parse().unwrap(), "Cimento", Unit::Bag, "40".parse().unwrap())
    }

    /// Whether a catalogue renewed by a change is found by what it was found by.
    fn keeps_its_index(change: fn(&mut Product)) -> bool {
        let catalog = Catalog::new(vec![cement()]).unwrap();
        let mut changed = cement();
        change(&mut changed);
        let renewed = catalog.renewed(vec![changed.clone()]).unwrap();
        assert_eq!(renewed.products(), [changed]);
        Arc::ptr_eq(&catalog.lookup, &renewed.lookup)
    }

    #[test]
    fn only_what_a_product_is_found_by_is_indexed_again() {
        assert!(keeps_its_index(|product| product.price = "41".parse().unwrap()));
        assert!(keeps_its_index(|product| product.cost = "30".parse().ok()));
        assert!(keeps_its_index(|product| product.stock = Stock::Available(Default::default())));
        assert!(keeps_its_index(|product| product.category = "obra".to_owned()));
        assert!(!keeps_its_index(|product| product.name.push_str(" CP II")));
        assert!(!keeps_its_index(|product| product.aliases.push("po".to_owned())));
        assert!(!keeps_its_index(|product| product.unit = Unit::Pack));
        assert!(!keeps_its_index(|product| product.sku = "CIM-2".parse().unwrap()));
        assert!(!keeps_its_index(|product| {
            product.pack = Some(Pack { qty: crate::Quantity::ONE, unit: Unit::Kilogram });
        }));
    }

    #[test]
    fn a_renewed_catalogue_is_checked_too() {
        let catalog = Catalog::new(vec![cement()]).unwrap();
        let nameless = Product { name: String::new(), ..cement() };
        assert!(catalog.renewed(vec![nameless]).is_err());
        assert!(catalog.renewed(vec![cement(), cement()]).is_err());
        assert_eq!(catalog.renewed(Vec::new()).unwrap().products(), []);
    }
}
