//! What every product of a catalogue must be, in one place: the catalogue checks
//! it when it is built, and a file's line before it becomes a product.

use thiserror::Error;

use super::Product;

/// A rule that a product breaks.
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit};
/// use orcazap_core::catalog::{CatalogError, ProductRule};
/// let mut lime = Product::new("CAL".parse()?, "Cal hidratada", Unit::Bag, "18".parse()?);
/// lime.aliases = vec!["cal".to_owned(); 500];
/// let error = Catalog::new(vec![lime]).unwrap_err();
/// let rule = ProductRule::Aliases { found: 500 };
/// assert_eq!(error, CatalogError::Product { sku: "CAL".parse()?, rule });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProductRule {
    /// The name must be a line of 1 to [`Product::MAX_NAME`] characters.
    #[error("its name {0}")]
    Name(#[source] TextRule),
    /// The category may be empty, else a line of at most [`Product::MAX_CATEGORY`] characters.
    #[error("its category {0}")]
    Category(#[source] TextRule),
    /// Each alias must be a line of 1 to [`Product::MAX_NAME`] characters.
    #[error("an alias of it {0}")]
    Alias(#[source] TextRule),
    /// There may be at most [`Product::MAX_OTHERS`] aliases.
    #[error("it has at most {} aliases, found {found}", Product::MAX_OTHERS)]
    Aliases {
        /// How many there are.
        found: usize,
    },
    /// There may be at most [`Product::MAX_OTHERS`] substitutes.
    #[error("it has at most {} substitutes, found {found}", Product::MAX_OTHERS)]
    Substitutes {
        /// How many there are.
        found: usize,
    },
    /// What one sale unit contains must be more than zero.
    #[error("what one sale unit contains is more than zero")]
    Pack,
}

/// What a text of a product must be.
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit};
/// let nameless = Product::new("CAL".parse()?, " ", Unit::Bag, "18".parse()?);
/// let error = Catalog::new(vec![nameless]).unwrap_err();
/// assert_eq!(error.to_string(), "CAL: its name is empty");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TextRule {
    /// It must say something.
    #[error("is empty")]
    Empty,
    /// It may be so long, in characters.
    #[error("has at most {max} characters, found {found}")]
    TooLong {
        /// The most there may be.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// Line breaks, tabs and the like would tear messages and tables apart.
    #[error("holds a control character")]
    Control,
}

impl TextRule {
    /// Checks one line of text.
    pub(super) fn check(text: &str, max: usize) -> Result<(), Self> {
        let found = text.chars().count();
        if found > max {
            return Err(Self::TooLong { max, found });
        }
        if text.chars().any(char::is_control) {
            return Err(Self::Control);
        }
        if text.trim().is_empty() { Err(Self::Empty) } else { Ok(()) }
    }
}

impl Product {
    /// The longest name and alias, in characters.
    pub const MAX_NAME: usize = 300;
    /// The longest category, in characters.
    pub const MAX_CATEGORY: usize = 120;
    /// The most aliases, and the most substitutes.
    pub const MAX_OTHERS: usize = 100;

    /// Checks what every product of a catalogue must be.
    ///
    /// # Errors
    ///
    /// The first rule it breaks, in the order of [`ProductRule`].
    pub fn check(&self) -> Result<(), ProductRule> {
        TextRule::check(&self.name, Self::MAX_NAME).map_err(ProductRule::Name)?;
        if !self.category.is_empty() {
            let category = TextRule::check(&self.category, Self::MAX_CATEGORY);
            category.map_err(ProductRule::Category)?;
        }
        for alias in &self.aliases {
            TextRule::check(alias, Self::MAX_NAME).map_err(ProductRule::Alias)?;
        }
        if self.aliases.len() > Self::MAX_OTHERS {
            return Err(ProductRule::Aliases { found: self.aliases.len() });
        }
        if self.substitutes.len() > Self::MAX_OTHERS {
            return Err(ProductRule::Substitutes { found: self.substitutes.len() });
        }
        match self.pack {
            Some(pack) if pack.qty.is_zero() => Err(ProductRule::Pack),
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, Pack};
    use crate::{Quantity, Unit};

    fn product(change: impl FnOnce(&mut Product)) -> Product {
        let price = "39.90".parse().unwrap();
        let mut product = Product::new("CIM".parse().unwrap(), "Cimento", Unit::Bag, price);
        change(&mut product);
        product
    }

    #[test]
    fn a_refusal_names_the_product_and_the_rule() {
        type Change = fn(&mut Product);
        let cases: [(Change, &str); 9] = [
            (|p| p.name.clear(), "CIM: its name is empty"),
            (|p| p.name = "\u{a0}".into(), "CIM: its name is empty"),
            (|p| p.name = "Cimento\n50".into(), "CIM: its name holds a control character"),
            (|p| p.name = "á".repeat(301), "CIM: its name has at most 300 characters, found 301"),
            (
                |p| p.category = "x".repeat(121),
                "CIM: its category has at most 120 characters, found 121",
            ),
            (|p| p.aliases = vec![" ".into()], "CIM: an alias of it is empty"),
            (
                |p| p.aliases = vec!["cimento".into(); 101],
                "CIM: it has at most 100 aliases, found 101",
            ),
            (
                |p| p.substitutes = vec![p.sku.clone(); 101],
                "CIM: it has at most 100 substitutes, found 101",
            ),
            (
                |p| p.pack = Some(Pack { qty: Quantity::ZERO, unit: Unit::Kilogram }),
                "CIM: what one sale unit contains is more than zero",
            ),
        ];
        for (change, expected) in cases {
            let refused = Catalog::new(vec![product(change)]).unwrap_err();
            assert_eq!(refused.to_string(), expected);
        }
    }

    #[test]
    fn the_longest_texts_are_taken() {
        let long = product(|p| {
            p.name = "á".repeat(300);
            p.category = "é".repeat(120);
            p.aliases = vec!["cimento".into(); 100];
        });
        assert_eq!(long.check(), Ok(()));
    }
}
