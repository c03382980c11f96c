//! The client: the one file that names it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use fred::prelude::{Builder, Client, ClientLike as _, Config, ReconnectPolicy};
use fred::types::scripts::Script;
use secrecy::{ExposeSecret as _, SecretString};

use super::{Answer, Redis, RedisError};

/// How long a command may take before Redis counts as away.
const PATIENCE: Duration = Duration::from_millis(250);
/// The pauses between two attempts to connect, in milliseconds.
const RECONNECT_FROM: u32 = 100;
const RECONNECT_UP_TO: u32 = 2_000;

/// A Redis through fred: one connection, on which commands are pipelined.
pub struct FredRedis {
    client: Client,
    /// By their text; a script is hashed once.
    scripts: Mutex<HashMap<&'static str, Script>>,
}

impl std::fmt::Debug for FredRedis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FredRedis").finish_non_exhaustive()
    }
}

impl FredRedis {
    /// Begins to connect, and goes on for as long as it lasts: a Redis that is away
    /// now may come. Must be called within a tokio runtime.
    ///
    /// # Errors
    ///
    /// [`RedisError::Address`].
    pub fn connect(url: &SecretString) -> Result<Self, RedisError> {
        let address = |error: fred::error::Error| RedisError::Address(error.into());
        // The client would take any other scheme for `redis`.
        if !["redis", "valkey"].iter().any(|name| url.expose_secret().starts_with(name)) {
            return Err(RedisError::Address("another scheme".into()));
        }
        let config = Config::from_url(url.expose_secret()).map_err(address)?;
        let mut builder = Builder::from_config(config);
        builder
            .with_performance_config(|performance| performance.default_command_timeout = PATIENCE)
            .with_connection_config(|connection| {
                connection.connection_timeout = Duration::from_secs(2);
                connection.max_command_attempts = 1;
            })
            .set_policy(ReconnectPolicy::new_exponential(0, RECONNECT_FROM, RECONNECT_UP_TO, 2));
        // `init` would give up when nobody answers the first time.
        let config = |config: &mut Config| config.fail_fast = false;
        let client = builder.with_config(config).build().map_err(address)?;
        client.connect();
        Ok(Self { client, scripts: Mutex::default() })
    }

    fn script(&self, text: &'static str) -> Script {
        let mut scripts = self.scripts.lock().unwrap_or_else(PoisonError::into_inner);
        scripts.entry(text).or_insert_with(|| Script::from_lua(text)).clone()
    }
}

impl Redis for FredRedis {
    fn run<'a>(
        &'a self,
        script: &'static str,
        keys: Vec<String>,
        arguments: Vec<i64>,
    ) -> Answer<'a, Vec<i64>> {
        Box::pin(async move {
            let script = self.script(script);
            script
                .evalsha_with_reload(&self.client, keys, arguments)
                .await
                .map_err(|error: fred::error::Error| RedisError::Away(error.into()))
        })
    }
}

impl Drop for FredRedis {
    fn drop(&mut self) {
        // The connection's task holds the client; without this it would go on for ever.
        let client = self.client.clone();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                // It may be away; then there is nothing to take leave of.
                drop(client.quit().await);
            });
        }
    }
}
