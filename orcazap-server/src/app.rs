//! What every handler and worker is given: the settings, the clock, the store.

use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;

/// The state of the server; a clone shares it.
#[derive(Debug, Clone)]
pub struct App {
    /// The settings, read once at start.
    pub config: Arc<Config>,
    /// What time it is.
    pub clock: Clock,
}
