//! One product of a store, and the parts of its description that have rules.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::{MoneyError, UnitPrice, decimal_text, from_millionths, millionths};
use crate::quantity::{Quantity, Unit};

/// A text that is no product code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a sku has 1 to 64 visible characters, found {found:?}")]
pub struct SkuError {
    /// The text as given, cut to 80 characters.
    pub found: String,
}

/// A store's code of a product: 1 to 64 visible characters, compared to the letter.
/// Clones share one text.
///
/// ```
/// use orcazap_core::Sku;
/// assert_eq!(" CIM-CP2-50 ".parse::<Sku>()?.as_str(), "CIM-CP2-50");
/// assert!("".parse::<Sku>().is_err());
/// # Ok::<(), orcazap_core::catalog::SkuError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sku(Arc<str>);

impl Sku {
    /// The code as the store wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Sku {
    type Err = SkuError;

    fn from_str(text: &str) -> Result<Self, SkuError> {
        let text = text.trim();
        let long = text.chars().count() > 64;
        if text.is_empty() || long || text.chars().any(char::is_control) {
            return Err(SkuError { found: text.chars().take(80).collect() });
        }
        Ok(Self(text.into()))
    }
}

impl TryFrom<String> for Sku {
    type Error = SkuError;

    fn try_from(text: String) -> Result<Self, SkuError> {
        text.parse()
    }
}

impl From<Sku> for String {
    fn from(sku: Sku) -> Self {
        sku.0.as_ref().to_owned()
    }
}

/// A weight in kilograms: from 0 to ten million, up to six decimal places.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Weight(i64);

impl Weight {
    /// Weighs nothing.
    pub const ZERO: Self = Self(0);

    /// A weight from kilograms.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] below 0 or above ten million,
    /// [`MoneyError::TooPrecise`] with more than six decimal places.
    pub fn new(kilograms: Decimal) -> Result<Self, MoneyError> {
        millionths(kilograms, Decimal::ZERO, Decimal::from(10_000_000)).map(Self)
    }

    /// The weight in kilograms.
    #[must_use]
    pub fn as_decimal(self) -> Decimal {
        from_millionths(self.0)
    }

    pub(crate) fn as_millionths(self) -> i64 {
        self.0
    }
}

decimal_text!(Weight);

/// A volume in cubic metres: from 0 to ten million, up to six decimal places.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Volume(i64);

impl Volume {
    /// Takes no room.
    pub const ZERO: Self = Self(0);

    /// A volume from cubic metres.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] below 0 or above ten million,
    /// [`MoneyError::TooPrecise`] with more than six decimal places.
    pub fn new(cubic_meters: Decimal) -> Result<Self, MoneyError> {
        millionths(cubic_meters, Decimal::ZERO, Decimal::from(10_000_000)).map(Self)
    }

    /// The volume in cubic metres.
    #[must_use]
    pub fn as_decimal(self) -> Decimal {
        from_millionths(self.0)
    }

    pub(crate) fn as_millionths(self) -> i64 {
        self.0
    }
}

decimal_text!(Volume);

/// What one sale unit contains, where customers also ask by that measure: a
/// 50 kg bag, a box of tiles that covers 2.25 m².
///
/// ```
/// use orcazap_core::catalog::{Catalog, Pack, Product};
/// use orcazap_core::{Unit, read};
/// let mut tile = Product::new("PIS".parse()?, "Piso cerâmico", Unit::Box, "60".parse()?);
/// tile.pack = Some(Pack { qty: "2.25".parse()?, unit: Unit::SquareMeter });
/// let catalog = Catalog::new(vec![tile])?;
/// // Boxes are not opened: 18 m² are eight of them, and 19 are nine.
/// let boxes = |text| read(text, &catalog, "2026-03-10T09:00:00-03:00".parse().unwrap()).items[0].qty;
/// assert_eq!(boxes("18 m² de piso"), Some("8".parse()?));
/// assert_eq!(boxes("19 m² de piso"), Some("9".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// How much one sale unit contains; more than zero.
    pub qty: Quantity,
    /// In which measure.
    pub unit: Unit,
}

/// Whether a product can be had.
///
/// ```
/// use orcazap_core::catalog::Stock;
/// assert_eq!(Stock::default(), Stock::Untracked);
/// let left: Stock = serde_json::from_str(r#"{"available":"12"}"#)?;
/// assert_eq!(left, Stock::Available("12".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stock {
    /// The store does not keep count.
    #[default]
    Untracked,
    /// So many sale units are there.
    Available(Quantity),
}

/// One product of a store.
///
/// ```
/// use orcazap_core::{Product, Unit};
/// let mut cement = Product::new("CIM".parse()?, "Cimento CP II 50kg", Unit::Bag, "39.90".parse()?);
/// cement.aliases = vec!["cimento".into(), "saco de cimento".into()];
/// cement.cost = Some("31.20".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// The store's code, unique in the catalogue.
    pub sku: Sku,
    /// The name on the shelf.
    pub name: String,
    /// One of the store's categories.
    pub category: String,
    /// The unit it is sold in.
    pub unit: Unit,
    /// The list price of one sale unit.
    pub price: UnitPrice,
    /// What one sale unit costs the store; `None` when the store has not said,
    /// and then no quote with it goes out unseen.
    #[serde(default)]
    pub cost: Option<UnitPrice>,
    /// The day the cost was last confirmed, when the store keeps it.
    #[serde(default)]
    pub cost_date: Option<NaiveDate>,
    /// What one sale unit weighs.
    #[serde(default)]
    pub weight: Weight,
    /// The room that one sale unit takes on the truck.
    #[serde(default)]
    pub volume: Volume,
    /// What one sale unit contains, where customers also ask by that measure.
    #[serde(default)]
    pub pack: Option<Pack>,
    /// The smallest step it is sold in, in sale units; zero when any quantity is sold.
    pub step: Quantity,
    /// Other names customers use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether it can be had.
    #[serde(default)]
    pub stock: Stock,
    /// The most sale units of it that a quote may hold and still go out unseen.
    #[serde(default)]
    pub max_auto_qty: Option<Quantity>,
    /// Products that serve in its place, best first: offered when it is out of
    /// stock, never swapped for it unasked.
    #[serde(default)]
    pub substitutes: Vec<Sku>,
}

impl Product {
    /// A product of which only the most needful is known; it is sold in whole
    /// sale units.
    #[must_use]
    pub fn new(sku: Sku, name: impl Into<String>, unit: Unit, price: UnitPrice) -> Self {
        Self {
            sku,
            name: name.into(),
            category: String::new(),
            unit,
            price,
            cost: None,
            cost_date: None,
            weight: Weight::ZERO,
            volume: Volume::ZERO,
            pack: None,
            step: Quantity::ONE,
            aliases: Vec::new(),
            stock: Stock::Untracked,
            max_auto_qty: None,
            substitutes: Vec::new(),
        }
    }

    /// Whether another product is found by the same code and words, in the same units.
    pub(crate) fn is_found_like(&self, other: &Self) -> bool {
        self.sku == other.sku
            && self.name == other.name
            && self.aliases == other.aliases
            && self.unit == other.unit
            && self.pack == other.pack
    }
}
