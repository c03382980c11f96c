//! The stores' catalogues, price books and rules, checked and indexed once for
//! each version and then shared.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;
use orcazap_core::conversation::{Policy, Shop};
use orcazap_core::{Catalog, PriceBook, Rules};
use orcazap_store::{ShopData, Store, StoreError, TenantId};
use orcazap_whatsapp::wording::{BadText, Text, Wording};
use thiserror::Error;

/// How many stores are kept at hand. A catalogue of a few thousand products
/// takes some megabytes with its indexes.
const AT_HAND: usize = 200;

/// Why a store can't do business.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ShopError {
    /// It could not be loaded.
    #[error("the store's shop could not be loaded")]
    Store(#[from] StoreError),
    /// Its catalogue can't be used.
    #[error("the store's catalogue can't be used")]
    Catalog(#[from] orcazap_core::catalog::CatalogError),
    /// Its price book can't be used.
    #[error("the store's price book can't be used")]
    Book(#[from] orcazap_core::pricing::PriceBookError),
    /// Its time zone is none.
    #[error("expected a time zone such as America/Sao_Paulo, found {found:?}")]
    TimeZone {
        /// The name as it was set.
        found: String,
    },
}

/// A store ready for business: one version of all that it decided.
#[derive(Debug)]
pub struct OpenShop {
    version: u64,
    /// What it sells.
    pub catalog: Catalog,
    /// How it prices.
    pub book: PriceBook,
    /// When a person must look.
    pub rules: Rules,
    /// How the assistant behaves.
    pub policy: Policy,
    /// How the assistant speaks.
    pub wording: Wording,
    /// The store's own texts that can't be used; ours are said in their place.
    pub bad_texts: Vec<BadText>,
    /// Whether attendants see costs and margins.
    pub attendants_see_costs: bool,
    time_zone: Tz,
}

impl OpenShop {
    /// A store as it was loaded; what it was `before` spares indexing products that are
    /// still found by the same words.
    fn new(data: ShopData, name: String, before: Option<&Self>) -> Result<Self, ShopError> {
        let zone = data.settings.time_zone;
        let mut wording = Wording::new(data.voice.name.unwrap_or(name));
        wording.language = data.voice.language;
        wording.tone = data.voice.tone;
        wording.emoji = data.voice.emoji;
        // A text that the program no longer has is not said anywhere.
        let texts = data
            .texts
            .into_iter()
            .filter_map(|own| Some((own.language, Text::from_code(&own.key)?, own.body)));
        let bad_texts = wording.load(texts);
        for bad in &bad_texts {
            let (key, language) = (bad.text.code(), bad.language.code());
            tracing::warn!(
                text.key = key,
                text.language = language,
                "a store's own text can't be used"
            );
        }
        Ok(Self {
            version: data.version,
            catalog: match before {
                Some(before) => before.catalog.renewed(data.products)?,
                None => Catalog::new(data.products)?,
            },
            book: PriceBook::new(data.price_book)?,
            rules: data.rules,
            policy: data.settings.policy,
            wording,
            bad_texts,
            attendants_see_costs: data.settings.attendants_see_costs,
            time_zone: zone.parse().map_err(|_| ShopError::TimeZone { found: zone })?,
        })
    }

    /// The parts a conversation needs.
    #[must_use]
    pub fn as_core(&self) -> Shop<'_> {
        Shop { catalog: &self.catalog, book: &self.book, rules: &self.rules, policy: &self.policy }
    }

    /// The store's time zone.
    #[must_use]
    pub fn time_zone(&self) -> Tz {
        self.time_zone
    }

    /// An instant as the store's clock shows it.
    #[must_use]
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.time_zone).fixed_offset()
    }
}

/// The stores at hand. A clone shares them.
#[derive(Debug, Clone)]
pub struct Shops {
    store: Store,
    open: Arc<Mutex<BTreeMap<TenantId, Arc<OpenShop>>>>,
}

impl Shops {
    /// None at hand yet.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store, open: Arc::default() }
    }

    /// A store at the version it has now.
    ///
    /// # Errors
    ///
    /// A [`ShopError`] when it can't be loaded, or when what is stored breaks a
    /// rule that it should have been checked for.
    pub async fn get(&self, tenant: TenantId) -> Result<Arc<OpenShop>, ShopError> {
        let version = self.store.tenant(tenant).await?.shop_version().await?;
        self.at_version(tenant, version).await
    }

    /// A store at a version read before, or at a later one.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub async fn at_version(
        &self,
        tenant: TenantId,
        version: u64,
    ) -> Result<Arc<OpenShop>, ShopError> {
        let before = self.at_hand(tenant);
        if let Some(shop) = &before
            && shop.version >= version
        {
            return Ok(Arc::clone(shop));
        }
        let data = self.store.load_shop(tenant).await?;
        let name = self.store.tenant(tenant).await?.store_name().await?;
        let shop = Arc::new(OpenShop::new(data, name, before.as_deref())?);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= AT_HAND && !open.contains_key(&tenant) {
            // Ids sort by age: the oldest store makes room, and comes back when it is asked for.
            open.pop_first();
        }
        open.insert(tenant, Arc::clone(&shop));
        Ok(shop)
    }

    fn at_hand(&self, tenant: TenantId) -> Option<Arc<OpenShop>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).get(&tenant).map(Arc::clone)
    }
}
