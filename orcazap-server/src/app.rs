//! What every handler and worker is given: the settings, the clock, the store.

use std::sync::Arc;

use orcazap_store::Store;
use orcazap_whatsapp::client::{Client, ClientConfig, ClientError};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::Config;
use crate::demo::Demo;
use crate::shops::Shops;

/// The state of the server; a clone shares it.
#[derive(Debug, Clone)]
pub struct App {
    /// The settings, read once at start.
    pub config: Arc<Config>,
    /// What time it is.
    pub clock: Clock,
    /// What is remembered.
    pub store: Store,
    /// The way to the customers.
    pub graph: Client,
    /// The stores' catalogues and rules, checked and indexed.
    pub shops: Shops,
    /// What a demonstration has besides; `None` in earnest.
    pub demo: Option<Arc<Demo>>,
    /// Cancelled when the process is to stop: nothing new is begun then, and
    /// what would wait for ever ends.
    pub shutdown: CancellationToken,
}

impl App {
    /// Puts the parts together.
    ///
    /// # Errors
    ///
    /// [`ClientError`] when the Graph API can't be called under the address and
    /// version of the settings.
    pub fn new(config: Config, clock: Clock, store: Store) -> Result<Self, ClientError> {
        let graph = Client::new(&ClientConfig {
            version: config.graph.version.clone(),
            ..ClientConfig::new(config.graph.url.clone())
        })?;
        let shops = Shops::new(store.clone());
        Ok(Self {
            config: Arc::new(config),
            clock,
            store,
            graph,
            shops,
            demo: None,
            shutdown: CancellationToken::new(),
        })
    }
}
