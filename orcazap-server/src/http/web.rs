//! What pages share: the templates, the log-ins of late, the demo's phone.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use orcazap_store::{Store, StoreError};

use super::attempts::Attempts;
use super::phone::Phone;
use crate::demo::Demo;
use crate::views::{ViewError, Views};

/// Part of the server's state; a clone shares it.
#[derive(Debug, Clone)]
pub struct Web {
    pub(crate) views: Views,
    pub(super) attempts: Attempts,
    pub(super) phone: Arc<Phone>,
}

impl Web {
    /// Reads the templates.
    ///
    /// # Errors
    ///
    /// A [`ViewError`] when a template does not parse.
    pub fn new() -> Result<Self, ViewError> {
        Ok(Self { views: Views::new()?, attempts: Attempts::default(), phone: Arc::default() })
    }

    /// Puts back on the demo's phone what an earlier run left in the store.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] when it can't be read.
    pub(crate) async fn recall(
        &self,
        store: &Store,
        demo: &Demo,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.phone.recall(store, demo, now).await
    }
}
