//! What time it is: the system's time, or one that a test moves by hand.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// The one place that knows the time; handed in at start.
#[derive(Debug, Clone, Default)]
pub struct Clock(Source);

#[derive(Debug, Clone, Default)]
enum Source {
    #[default]
    System,
    Frozen(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until [`advance`](Self::advance) moves it.
    /// Clones stand on the same time.
    #[must_use]
    pub fn frozen(at: DateTime<Utc>) -> Self {
        Self(Source::Frozen(Arc::new(Mutex::new(at))))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => Utc::now(),
            Source::Frozen(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a frozen clock forward; the system's clock goes by itself.
    pub fn advance(&self, by: TimeDelta) {
        if let Source::Frozen(at) = &self.0 {
            *at.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_by_hand_and_for_all_its_clones() {
        let clock = Clock::frozen(DateTime::UNIX_EPOCH);
        let other = clock.clone();
        clock.advance(TimeDelta::hours(2));
        assert_eq!(other.now(), DateTime::UNIX_EPOCH + TimeDelta::hours(2));
    }
}
