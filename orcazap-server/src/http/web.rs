//! What pages share: the templates, the log-ins of late, the demo's phone.

use std::sync::Arc;

use super::attempts::Attempts;
use super::phone::Phone;
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
}
