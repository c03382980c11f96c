//! What the last look at a queue found, shared by the workers of this process:
//! one look serves many of them, and no two of them run after the same row.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// How long what was found is good for: what is due stays due, but a customer may
/// have gone on writing.
const FRESH: TimeDelta = TimeDelta::milliseconds(100);

#[derive(Debug)]
pub(crate) struct Candidates<T>(Mutex<Found<T>>);

#[derive(Debug)]
struct Found<T> {
    at: DateTime<Utc>,
    queue: VecDeque<T>,
}

impl<T> Default for Candidates<T> {
    fn default() -> Self {
        Self(Mutex::new(Found { at: DateTime::UNIX_EPOCH, queue: VecDeque::new() }))
    }
}

impl<T> Candidates<T> {
    /// The next, if there is one that is fresh.
    pub(crate) fn take(&self, now: DateTime<Utc>) -> Option<T> {
        let mut found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if (now - found.at).abs() > FRESH {
            found.queue.clear();
        }
        found.queue.pop_front()
    }

    /// Puts in what a look found, unless another worker was faster.
    pub(crate) fn refill(&self, new: Vec<T>, now: DateTime<Utc>) {
        let mut found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if found.queue.is_empty() || (now - found.at).abs() > FRESH {
            *found = Found { at: now, queue: new.into() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_taken_once_while_it_is_fresh() {
        let at = |ms| DateTime::from_timestamp_millis(ms).unwrap();
        let candidates = Candidates::default();
        assert_eq!(candidates.take(at(0)), None);
        candidates.refill(vec![1, 2, 3], at(1_000));
        candidates.refill(vec![1, 2, 3], at(1_000));
        assert_eq!(candidates.take(at(1_000)), Some(1));
        assert_eq!(candidates.take(at(1_100)), Some(2));
        assert_eq!(candidates.take(at(1_101)), None);
        candidates.refill(vec![4], at(1_101));
        assert_eq!(candidates.take(at(1_101)), Some(4));
    }
}
