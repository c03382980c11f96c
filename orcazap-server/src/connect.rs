//! The way to the database at start: tried again while it is away, and given up
//! after a while, so that what supervises the process sees that it does not run.

use std::time::Duration;

use orcazap_store::secrets::{Keyring, SecretError};
use orcazap_store::{Store, StoreError};
use thiserror::Error;
use tokio::time::{Instant, sleep};

use crate::config::Database;

/// How long a database that is away is waited for at start.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Why there is no database to work with.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// `SECRET_KEYS` can't be read.
    #[error("SECRET_KEYS can't be used")]
    Keys(#[from] SecretError),
    /// The database refuses, or did not answer in time.
    #[error(
        "the database does not answer at DATABASE_URL; is it running, and is the address right?"
    )]
    Away(#[source] StoreError),
    /// Its schema is not the one this program was built for.
    #[error("the database has not the schema of this version; run `orcazap migrate` first")]
    Schema,
}

/// Connects, and checks that the schema is there.
///
/// # Errors
///
/// [`ConnectError::Away`] when the database did not answer for `patience`, or
/// refuses in a way that will not pass; [`ConnectError::Schema`] when it has not
/// been migrated; [`ConnectError::Keys`].
pub async fn connect(config: &Database, patience: Duration) -> Result<Store, ConnectError> {
    let until = Instant::now() + patience;
    let mut pause = Duration::from_millis(500);
    let store = loop {
        let keys = Keyring::parse(&config.secret_keys)?;
        match Store::connect(&config.url, keys).await {
            Ok(store) => break store,
            Err(error) if error.is_transient() && Instant::now() + pause < until => {
                away(&error, pause);
                sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(5));
            }
            Err(error) => return Err(ConnectError::Away(error)),
        }
    };
    match store.is_ready().await {
        Ok(true) => Ok(store),
        // A role that is not there is a schema that is not there.
        Ok(false) => Err(ConnectError::Schema),
        Err(error) if error.is_transient() => Err(ConnectError::Away(error)),
        Err(error) => {
            tracing::debug!(error = &error as &dyn std::error::Error, "no schema");
            Err(ConnectError::Schema)
        }
    }
}

fn away(error: &StoreError, pause: Duration) {
    let retry_in_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
    tracing::warn!(error = error as &dyn std::error::Error, retry_in_ms, "the database is away");
}
