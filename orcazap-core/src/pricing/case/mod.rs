//! A store and an order in one JSON value: what `orcazap price` reads and prints.
//!
//! ```
//! use orcazap_core::pricing::Case;
//! let case: Case = serde_json::from_str(r#"{
//!   "id": "1",
//!   "store": {
//!     "items": [{"sku": "CIM", "unit_price": "40", "unit_cost": "30", "weight_kg": "50"}],
//!     "tiers": [{"scope": "store", "key": null, "min_qty": "10", "pct": "5"}],
//!     "freight": [{"bairro": "Centro", "base": "15", "per_kg": "0", "included_kg": "0"}]
//!   },
//!   "order": {"items": [{"sku": "CIM", "qty": "10"}], "place": {"bairro": "CENTRO"}}
//! }"#)?;
//! let now = chrono::DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00")?;
//! let outcome = case.price(now)?;
//! assert_eq!(outcome.quote.total().to_string(), "395.00");
//! assert!(outcome.decision.reasons().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod order;
mod store;

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use thiserror::Error;

use super::{Change, Outcome, PriceBookError, QuoteError, Terms};
use crate::approval::RulesError;
use crate::catalog::CatalogError;
pub use answer::CaseQuote;
pub use order::CaseOrder;
pub use store::{CaseRules, CaseStore};

/// A store and an order to be priced.
#[derive(Debug, Clone, Deserialize)]
#[serde(expecting = "a case: an object with id, store and order")]
pub struct Case {
    /// What the answer is known by.
    pub id: String,
    /// The store.
    pub store: CaseStore,
    /// The order.
    pub order: CaseOrder,
}

/// Why a case can't be priced.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CaseError {
    /// The products are no catalogue.
    #[error("the store's items are no catalogue")]
    Catalog(#[from] CatalogError),
    /// The rules are no price book.
    #[error("the store's rules are no price book")]
    PriceBook(#[from] PriceBookError),
    /// When a person must look makes no sense.
    #[error("the store's approval rules make no sense")]
    Rules(#[from] RulesError),
    /// The order can't be priced.
    #[error("the order can't be priced")]
    Quote(#[from] QuoteError),
}

impl Case {
    /// Prices and reviews the order.
    ///
    /// # Errors
    ///
    /// A [`CaseError`]: the products, the rules or the order are not valid.
    pub fn price(&self, now: DateTime<FixedOffset>) -> Result<Outcome, CaseError> {
        let (catalog, book) = (self.store.catalog()?, self.store.price_book()?);
        let terms = Terms { catalog: &catalog, book: &book, rules: self.store.rules()? };
        Ok(terms.price(&self.order.to_order(), now)?)
    }

    /// Prices and reviews the order by the store's own rules and by others. The
    /// products stay the store's.
    ///
    /// # Errors
    ///
    /// A [`CaseError`]: the products, the rules or the order are not valid.
    pub fn what_if(
        &self,
        other: &CaseRules,
        now: DateTime<FixedOffset>,
    ) -> Result<Change, CaseError> {
        let (catalog, book) = (self.store.catalog()?, self.store.price_book()?);
        let other_book = other.price_book()?;
        let rules = self.store.rules()?;
        let before = Terms { catalog: &catalog, book: &book, rules };
        let other_rules = other.rules()?.unwrap_or(rules);
        let after = Terms { catalog: &catalog, book: &other_book, rules: other_rules };
        let order = self.order.to_order();
        Ok(Change { before: before.price(&order, now)?, after: after.price(&order, now)? })
    }
}
