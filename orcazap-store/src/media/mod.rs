//! Where the bytes of files lie that customers sent: in PostgreSQL for one machine
//! ([`PostgresStorage`]), or in an object store that speaks S3 ([`S3Storage`]).
//!
//! A storage is given bytes that are sealed already, each file with a key of its
//! own that stands sealed in the file's row. So a storage sees neither content nor
//! names, changing the installation's keys moves no bytes, and a file whose row is
//! gone is nothing, wherever its bytes still lie. What is put is named by ids
//! alone: no word of a customer is ever part of a path.

mod postgres;
mod s3;

use std::fmt;
use std::pin::Pin;

use thiserror::Error;

pub use postgres::PostgresStorage;
pub use s3::{S3Config, S3ConfigError, S3Storage};

use crate::error::StoreError;
use crate::ids::{MediaId, TenantId};

/// Where one file lies: below its store, under its own id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MediaPlace {
    /// Whose file it is.
    pub tenant: TenantId,
    /// Which.
    pub media: MediaId,
}

impl fmt::Display for MediaPlace {
    /// `media/<store>/<file>`, both UUIDs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "media/{}/{}", self.tenant, self.media)
    }
}

/// Why a storage did not do what it was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StorageError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The object store can't be reached, or broke off.
    #[error("the object store did not answer")]
    Unreachable(#[source] reqwest::Error),
    /// The object store refused.
    #[error("the object store answered with {http_status}")]
    Refused {
        /// Its HTTP status.
        http_status: u16,
    },
}

/// What a storage does, on its way.
pub type Storing<'a, T> = Pin<Box<dyn Future<Output = Result<T, StorageError>> + Send + 'a>>;

/// A place for bytes.
pub trait MediaStorage: fmt::Debug + Send + Sync {
    /// Puts bytes, in the place of any that lie there.
    fn put(&self, place: MediaPlace, bytes: Vec<u8>) -> Storing<'_, ()>;

    /// The bytes; `None` when nothing lies there.
    fn get(&self, place: MediaPlace) -> Storing<'_, Option<Vec<u8>>>;

    /// Takes the bytes away, if any lie there.
    fn delete(&self, place: MediaPlace) -> Storing<'_, ()>;
}
