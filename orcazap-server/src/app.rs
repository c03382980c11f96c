//! What every handler and worker is given: the settings, the clock, the store.

use std::sync::Arc;

use orcazap_store::Store;
use orcazap_store::media::{MediaStorage, PostgresStorage, S3ConfigError, S3Storage};
use orcazap_store::redis::RedisError;
use orcazap_whatsapp::client::ClientError;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::Config;
use crate::demo::Demo;
use crate::http::Web;
use crate::limits::SendLimits;
use crate::shops::Shops;
use crate::transports::Transports;
use crate::views::ViewError;

/// Why the parts can't be put together.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AppError {
    /// A way to the customers can't be called under the address and version of the
    /// settings.
    #[error("WhatsApp can't be called as it is set")]
    Transport(#[from] ClientError),
    /// The object store of customers' files can't be used as it is set.
    #[error("the object store can't be used as it is set")]
    Media(#[from] S3ConfigError),
    /// A page can't be shown.
    #[error(transparent)]
    View(#[from] ViewError),
    /// The address of Redis is none.
    #[error("REDIS_URL can't be used")]
    Redis(#[from] RedisError),
}

/// The state of the server; a clone shares it.
#[derive(Debug, Clone)]
pub struct App {
    /// The settings, read once at start.
    pub config: Arc<Config>,
    /// What time it is.
    pub clock: Clock,
    /// What is remembered.
    pub store: Store,
    /// Where customers' files lie.
    pub media: Arc<dyn MediaStorage>,
    /// The ways to the customers.
    pub transports: Transports,
    /// How fast numbers may send.
    pub limits: SendLimits,
    /// The stores' catalogues and rules, checked and indexed.
    pub shops: Shops,
    /// What a demonstration has besides; `None` in earnest.
    pub demo: Option<Arc<Demo>>,
    /// What pages share: templates, log-ins of late, the demo's phone.
    pub web: Web,
    /// Cancelled when the process is to stop: nothing new is begun then, and
    /// what would wait for ever ends.
    pub shutdown: CancellationToken,
}

impl App {
    /// Puts the parts together. Must be called within a tokio runtime: the
    /// connection to Redis, if one is set, is made in the background.
    ///
    /// # Errors
    ///
    /// [`AppError::Transport`] when a way to the customers can't be called under the
    /// address and version of the settings; [`AppError::Media`], [`AppError::Redis`].
    pub fn new(config: Config, clock: Clock, store: Store) -> Result<Self, AppError> {
        let transports = Transports::new(&config)?;
        let limits = SendLimits::new(config.redis.as_ref())?;
        let shops = Shops::new(store.clone());
        let media: Arc<dyn MediaStorage> = match &config.media.s3 {
            Some(s3) => Arc::new(S3Storage::new(s3.clone())?),
            None => Arc::new(PostgresStorage::new(store.clone())),
        };
        Ok(Self {
            config: Arc::new(config),
            clock,
            store,
            media,
            transports,
            limits,
            shops,
            demo: None,
            web: Web::new()?,
            shutdown: CancellationToken::new(),
        })
    }
}
