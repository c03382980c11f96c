//! A store's shop as a whole: what the core needs to read, price and review.

use orcazap_core::pricing::PriceBookData;
use orcazap_core::{Product, Rules};

use super::settings::Settings;
use super::texts::{OwnText, Voice};
use crate::error::StoreError;
use crate::ids::TenantId;
use crate::store::Store;

/// Everything a store has decided, as of one version. Building a catalogue and a
/// price book from it is the caller's, who keeps them until the version rises.
#[derive(Debug, Clone, PartialEq)]
pub struct ShopData {
    /// Which version; also the price book's.
    pub version: u64,
    /// What it sells, in catalogue order.
    pub products: Vec<Product>,
    /// How it prices.
    pub price_book: PriceBookData,
    /// When a person must look.
    pub rules: Rules,
    /// Time zone, behavior.
    pub settings: Settings,
    /// How its assistant speaks.
    pub voice: Voice,
    /// Texts in its own words.
    pub texts: Vec<OwnText>,
}

impl Store {
    /// Loads a store's shop.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such store, [`StoreError::Row`]
    /// when something in it cannot be read, [`StoreError::Busy`] when it changed
    /// at each of several tries.
    pub async fn load_shop(&self, tenant: TenantId) -> Result<ShopData, StoreError> {
        let mut tx = self.tenant(tenant).await?;
        // Each statement sees what is committed when it begins, so the parts are
        // of one version only when the version is the same before and after.
        for _ in 0..5 {
            let version = tx.shop_version().await?;
            let products = tx.list_products().await?;
            let price_book = tx.price_book().await?;
            let rules = tx.rules().await?;
            let settings = tx.settings().await?;
            let voice = tx.voice().await?;
            let texts = tx.list_texts().await?;
            if tx.shop_version().await? == version {
                let parts =
                    ShopData { version, products, price_book, rules, settings, voice, texts };
                return Ok(parts);
            }
        }
        Err(StoreError::Busy { what: "shop" })
    }
}
