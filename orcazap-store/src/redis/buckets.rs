//! Token buckets that several machines take from: one script, so that no two of
//! them take the same token. The clock is that of Redis, which all of them share.

use std::sync::Arc;
use std::time::Duration;

use super::{Redis, RedisError};

const SCRIPT: &str = include_str!("buckets.lua");

/// A bucket by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// [`number_key`](super::number_key) or [`pair_key`](super::pair_key).
    pub key: String,
    /// Between two in the long run; at least a microsecond.
    pub every: Duration,
    /// How many may pass at once; at least one.
    pub burst: u32,
}

/// The buckets of all machines.
#[derive(Debug, Clone)]
pub struct SharedBuckets {
    redis: Arc<dyn Redis>,
}

impl SharedBuckets {
    /// Buckets in this Redis.
    #[must_use]
    pub fn new(redis: Arc<dyn Redis>) -> Self {
        Self { redis }
    }

    /// Lets one more pass through all of these buckets, which are in one slot;
    /// or through none, and says how long to wait.
    ///
    /// # Errors
    ///
    /// [`RedisError::Away`]: nothing is known then.
    pub async fn take(&self, buckets: &[Bucket]) -> Result<Option<Duration>, RedisError> {
        let keys = buckets.iter().map(|bucket| bucket.key.clone()).collect();
        let arguments = buckets.iter().flat_map(|bucket| {
            let every = i64::try_from(bucket.every.as_micros()).unwrap_or(i64::MAX).max(1);
            [every, i64::from(bucket.burst.max(1))]
        });
        let answer = self.redis.run(SCRIPT, keys, arguments.collect()).await?;
        let wait = answer.first().copied().and_then(|wait| u64::try_from(wait).ok());
        Ok(wait.filter(|wait| *wait > 0).map(Duration::from_micros))
    }
}
