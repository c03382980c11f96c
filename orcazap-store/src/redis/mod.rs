//! What several machines share through Redis: speed, and nothing else. Emptied or
//! away, it costs no message and no log-in.
//!
//! | key | type | lives | what is lost with it |
//! | --- | --- | --- | --- |
//! | `orcazap:rate:{NUMBER}:number` | a time, in µs | until it is past | the platform may refuse a few sends as too fast; they are tried again |
//! | `orcazap:rate:{NUMBER}:pair:CONTACT` | a time, in µs | until it is past | the same |
//!
//! Everything goes through the trait [`Redis`], so that the client behind it,
//! which is named in one file, can be another one.

mod buckets;
mod client;
mod keys;
#[cfg(feature = "testing")]
mod private;

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use thiserror::Error;

pub use buckets::{Bucket, SharedBuckets};
pub use client::FredRedis;
pub use keys::{number_key, pair_key};
#[cfg(feature = "testing")]
pub use private::{PrivateRedis, PrivateRedisError};

/// Why Redis did not do what it was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RedisError {
    /// The address is none of a Redis.
    #[error("expected an address like redis://host:6379")]
    Address(#[source] BoxError),
    /// It is away, too slow, or refuses.
    #[error("redis does not answer")]
    Away(#[source] BoxError),
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// An answer that is on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, RedisError>> + Send + 'a>>;

/// A Redis that is asked. Every call ends within a quarter of a second, answered
/// or not.
pub trait Redis: Debug + Send + Sync {
    /// Runs a script on some keys, which are all in one slot; numbers in, numbers out.
    fn run<'a>(
        &'a self,
        script: &'static str,
        keys: Vec<String>,
        arguments: Vec<i64>,
    ) -> Answer<'a, Vec<i64>>;
}
