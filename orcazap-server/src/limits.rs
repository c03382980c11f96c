//! The platform's limits on speed, kept before it has to refuse: in this process,
//! or with `REDIS_URL` together with the other machines.
//!
//! A Redis that is away costs speed and nothing else: until it is back, each
//! machine takes a safe share of every limit for itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use orcazap_store::Delivery;
use orcazap_store::redis::{Bucket, FredRedis, RedisError, SharedBuckets, number_key, pair_key};
use orcazap_whatsapp::limits::Rate;
use secrecy::SecretString;

/// The part of a limit that one machine takes while it knows nothing of the
/// others: more machines than this send too fast only when all of them are busy,
/// and are refused and try again then.
const SHARE: u16 = 4;
/// How long a Redis that did not answer is left alone.
const REST: Duration = Duration::from_secs(2);
/// How many buckets this process keeps before it looks for those that are full again.
const MANY: usize = 10_000;

/// The limits of all numbers; a clone shares them.
#[derive(Debug, Clone, Default)]
pub struct SendLimits(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    shared: Option<SharedBuckets>,
    /// Until when Redis is left alone; `None` while it answers.
    away: Mutex<Option<Instant>>,
    /// When all that has passed through a bucket is paid for.
    paid: Mutex<HashMap<String, DateTime<Utc>>>,
}

/// A bucket's name and rate.
type Taken = (String, Rate);

impl SendLimits {
    /// Limits shared through the Redis at this address; within this process alone
    /// when there is none.
    ///
    /// # Errors
    ///
    /// [`RedisError::Address`].
    pub fn new(redis: Option<&SecretString>) -> Result<Self, RedisError> {
        let redis = redis.map(FredRedis::connect).transpose()?;
        let shared = redis.map(|redis| SharedBuckets::new(Arc::new(redis)));
        Ok(Self(Arc::new(Inner { shared, ..Inner::default() })))
    }

    /// Lets a delivery pass.
    ///
    /// # Errors
    ///
    /// How long it has to wait, when a limit is reached; nothing is counted then.
    pub async fn take(&self, delivery: &Delivery, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let number = &delivery.phone_number_id;
        let pace = if delivery.allowance.coexistence { Rate::COEXISTENCE } else { Rate::NUMBER };
        let taken = [(number_key(number), pace), (pair_key(number, delivery.contact), Rate::PAIR)];
        let Some(shared) = &self.0.shared else { return self.take_here(&taken, 1, now) };
        if self.is_resting() {
            return self.take_here(&taken, SHARE, now);
        }
        let buckets: Vec<_> = taken.iter().map(bucket).collect();
        match shared.take(&buckets).await {
            Ok(wait) => {
                self.answered();
                match wait {
                    None => Ok(()),
                    Some(wait) => Err(TimeDelta::from_std(wait).unwrap_or(TimeDelta::MAX)),
                }
            }
            Err(error) => {
                self.did_not_answer(&error);
                self.take_here(&taken, SHARE, now)
            }
        }
    }

    fn take_here(
        &self,
        taken: &[Taken],
        senders: u16,
        now: DateTime<Utc>,
    ) -> Result<(), TimeDelta> {
        let mut paid = self.0.paid.lock().unwrap_or_else(PoisonError::into_inner);
        if paid.len() > MANY {
            paid.retain(|_, paid| *paid > now);
        }
        let next: Result<Vec<_>, _> = taken
            .iter()
            .map(|(key, rate)| rate.share(senders).take(paid.get(key).copied(), now))
            .collect();
        let next = next.map_err(|too_fast| too_fast.wait)?;
        paid.extend(taken.iter().map(|(key, _)| key.clone()).zip(next));
        Ok(())
    }

    fn is_resting(&self) -> bool {
        let away = self.0.away.lock().unwrap_or_else(PoisonError::into_inner);
        away.is_some_and(|until| Instant::now() < until)
    }

    fn answered(&self) {
        let mut away = self.0.away.lock().unwrap_or_else(PoisonError::into_inner);
        if away.take().is_some() {
            tracing::info!("redis is back: limits are shared again");
        }
    }

    /// Said once for as long as it is away.
    fn did_not_answer(&self, error: &RedisError) {
        let mut away = self.0.away.lock().unwrap_or_else(PoisonError::into_inner);
        if away.replace(Instant::now() + REST).is_none() {
            tracing::warn!(
                error = error as &dyn std::error::Error,
                limits.share = SHARE,
                "redis is away: each machine sends with its share of the limits"
            );
        }
    }
}

fn bucket((key, rate): &Taken) -> Bucket {
    let every = rate.every().to_std().unwrap_or_default();
    Bucket { key: key.clone(), every, burst: rate.burst() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_795_000_000_000 + millis).unwrap()
    }

    #[test]
    fn what_one_limit_refuses_is_counted_by_none() {
        let limits = SendLimits::default();
        let number = ("number".to_owned(), Rate::NUMBER);
        let ana = [number.clone(), ("ana".to_owned(), Rate::PAIR)];
        let bia = [number, ("bia".to_owned(), Rate::PAIR)];
        for _ in 0..45 {
            limits.take_here(&ana, 1, at(0)).unwrap();
        }
        for _ in 0..100 {
            assert_eq!(limits.take_here(&ana, 1, at(0)), Err(TimeDelta::seconds(6)));
        }
        for _ in 0..35 {
            limits.take_here(&bia, 1, at(0)).unwrap();
        }
        assert!(limits.take_here(&bia, 1, at(0)).is_err(), "80 a second in all");
        limits.take_here(&bia, 1, at(1_000)).unwrap();
    }

    #[test]
    fn buckets_that_are_full_again_are_forgotten() {
        let limits = SendLimits::default();
        for n in 0..=MANY {
            limits.take_here(&[(format!("{n}"), Rate::PAIR)], 1, at(0)).unwrap();
        }
        limits.take_here(&[("x".to_owned(), Rate::PAIR)], 1, at(6_000)).unwrap();
        assert_eq!(limits.0.paid.lock().unwrap().len(), 1);
    }
}
