//! A store as a case gives it: its products and its rules.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::approval::{Rules, RulesError};
use crate::catalog::{Catalog, CatalogError, Product, Sku, Stock, Volume, Weight};
use crate::money::UnitPrice;
use crate::place::Point;
use crate::pricing::json::{self, FreightJson, ListJson, PointJson, TermJson, TierJson};
use crate::pricing::{
    FreightRule, OpenDays, PaymentTerm, PriceBook, PriceBookData, PriceBookError, PriceList,
    PricePoint, Tier,
};
use crate::quantity::{Quantity, Unit};

/// Other rules for the same products: a store whose items, if it has any, are not read.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "StoreJson<Option<IgnoredAny>>")]
pub struct CaseRules {
    book: PriceBookData,
    rules: Option<Rules>,
}

impl CaseRules {
    /// The rules as a price book.
    ///
    /// # Errors
    ///
    /// A [`PriceBookError`] that names the rule.
    pub fn price_book(&self) -> Result<PriceBook, PriceBookError> {
        PriceBook::new(self.book.clone())
    }

    /// When a person must look; `None` where it says nothing of it, and then the store's
    /// own rules hold.
    ///
    /// # Errors
    ///
    /// A [`RulesError`] that names the rule.
    pub fn rules(&self) -> Result<Option<&Rules>, RulesError> {
        self.rules.as_ref().map(|rules| rules.check().map(|()| rules)).transpose()
    }
}

/// A store: its products, price book and rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "StoreJson<Vec<CaseItem>>")]
pub struct CaseStore {
    items: Vec<CaseItem>,
    book: PriceBookData,
    rules: Rules,
}

impl CaseStore {
    /// The products as a catalogue.
    ///
    /// # Errors
    ///
    /// A [`CatalogError`] that names the product.
    pub fn catalog(&self) -> Result<Catalog, CatalogError> {
        Catalog::new(self.items.iter().map(CaseItem::to_product).collect())
    }

    /// The rules as a price book.
    ///
    /// # Errors
    ///
    /// A [`PriceBookError`] that names the rule.
    pub fn price_book(&self) -> Result<PriceBook, PriceBookError> {
        PriceBook::new(self.book.clone())
    }

    /// When a person must look.
    ///
    /// # Errors
    ///
    /// A [`RulesError`] that names the rule.
    pub fn rules(&self) -> Result<&Rules, RulesError> {
        self.rules.check()?;
        Ok(&self.rules)
    }
}

/// A store's fields in JSON. The price book's stand among them one by one, so that
/// whoever reads can tell a field that is not known, as in `teirs`.
#[derive(Deserialize)]
#[serde(expecting = "an object with tiers, payment, freight and other rules of a store")]
struct StoreJson<I> {
    items: I,
    #[serde(default)]
    rules: Option<Rules>,
    #[serde(default)]
    version: Option<u64>,
    #[serde(default, deserialize_with = "json::list::<_, TierJson>")]
    tiers: Vec<Tier>,
    #[serde(default, deserialize_with = "json::list::<_, TermJson>")]
    payment: Vec<PaymentTerm>,
    #[serde(default, deserialize_with = "json::list::<_, FreightJson>")]
    freight: Vec<FreightRule>,
    #[serde(default)]
    origin: Option<Point>,
    #[serde(default, deserialize_with = "json::list::<_, PointJson>")]
    points: Vec<PricePoint>,
    #[serde(default, deserialize_with = "json::list::<_, ListJson>")]
    lists: Vec<PriceList>,
    #[serde(default)]
    validity_hours: Option<u32>,
    #[serde(default)]
    open: OpenDays,
}

impl<I> StoreJson<I> {
    fn split(self) -> (I, Option<Rules>, PriceBookData) {
        let default = PriceBookData::default();
        let book = PriceBookData {
            version: self.version.unwrap_or(default.version),
            tiers: self.tiers,
            payment: self.payment,
            freight: self.freight,
            origin: self.origin,
            points: self.points,
            lists: self.lists,
            validity_hours: self.validity_hours.unwrap_or(default.validity_hours),
            open: self.open,
        };
        (self.items, self.rules, book)
    }
}

impl From<StoreJson<Option<IgnoredAny>>> for CaseRules {
    fn from(json: StoreJson<Option<IgnoredAny>>) -> Self {
        let (_, rules, book) = json.split();
        Self { book, rules }
    }
}

impl From<StoreJson<Vec<CaseItem>>> for CaseStore {
    fn from(json: StoreJson<Vec<CaseItem>>) -> Self {
        let (items, rules, book) = json.split();
        Self { items, book, rules: rules.unwrap_or_default() }
    }
}

#[derive(Debug, Clone, Deserialize)]
struct CaseItem {
    sku: Sku,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    unit: Option<Unit>,
    unit_price: UnitPrice,
    #[serde(default)]
    unit_cost: Option<UnitPrice>,
    #[serde(default)]
    cost_date: Option<NaiveDate>,
    #[serde(default)]
    weight_kg: Weight,
    #[serde(default)]
    volume_m3: Volume,
    /// Any quantity is a whole number of steps when none is given.
    #[serde(default)]
    step: Quantity,
    #[serde(default)]
    stock: Option<Quantity>,
    #[serde(default)]
    max_auto_qty: Option<Quantity>,
    #[serde(default)]
    substitutes: Vec<Sku>,
}

impl CaseItem {
    fn to_product(&self) -> Product {
        let name = self.name.as_deref().unwrap_or(self.sku.as_str());
        let unit = self.unit.unwrap_or(Unit::Piece);
        Product {
            category: self.category.clone().unwrap_or_default(),
            cost: self.unit_cost,
            cost_date: self.cost_date,
            weight: self.weight_kg,
            volume: self.volume_m3,
            step: self.step,
            stock: self.stock.map_or(Stock::Untracked, Stock::Available),
            max_auto_qty: self.max_auto_qty,
            substitutes: self.substitutes.clone(),
            ..Product::new(self.sku.clone(), name, unit, self.unit_price)
        }
    }
}
