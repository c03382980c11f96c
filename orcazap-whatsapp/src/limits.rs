//! How fast a number may send, and how many people it may reach.
//!
//! | limit | value | beyond it |
//! | --- | --- | --- |
//! | a number | [`Rate::NUMBER`]: 80 messages a second; with the phone's app beside it ([`Rate::COEXISTENCE`]) 20 | 130429 |
//! | a number and a customer | [`Rate::PAIR`]: one in 6 seconds, a burst of 45 paid back by waiting | 131056 |
//! | a business portfolio, a day | [`Daily`]: so many people written to outside their window | refused |
//!
//! A [`Rate`] is arithmetic and keeps nothing: whoever uses it keeps one instant,
//! the one at which all that has passed is paid for. That is a token bucket in one
//! number, which two machines can share.

use chrono::{DateTime, TimeDelta, Utc};
use thiserror::Error;

/// So many at once, and one more every so often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    every: TimeDelta,
    burst: i32,
}

/// Too fast: nothing was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("too fast by {wait}")]
pub struct TooFast {
    /// How long to wait before one more may pass.
    pub wait: TimeDelta,
}

impl Rate {
    /// 80 messages a second from one number.
    pub const NUMBER: Self = Self { every: TimeDelta::microseconds(12_500), burst: 80 };
    /// 20 a second from one that the phone's app uses too.
    pub const COEXISTENCE: Self = Self { every: TimeDelta::microseconds(50_000), burst: 20 };
    /// One in 6 seconds from a number to one customer, 45 at once.
    pub const PAIR: Self = Self { every: TimeDelta::seconds(6), burst: 45 };

    /// Between two in the long run.
    #[must_use]
    pub fn every(self) -> TimeDelta {
        self.every
    }

    /// How many may pass at once.
    #[must_use]
    pub fn burst(self) -> u32 {
        self.burst.unsigned_abs()
    }

    /// The part of this rate that one of several senders may use without knowing
    /// of the others: slower by as much, and a burst of one at least.
    #[must_use]
    pub fn share(self, senders: u16) -> Self {
        let senders = i32::from(senders.max(1));
        Self { every: self.every * senders, burst: (self.burst / senders).max(1) }
    }

    /// Lets one more pass at `now`, when all that has passed is paid for at
    /// `paid` (`None`: nothing has); gives the instant that takes its place.
    ///
    /// # Errors
    ///
    /// [`TooFast`] with how long to wait.
    ///
    /// ```
    /// use orcazap_whatsapp::limits::Rate;
    /// let now = "2026-11-26T12:00:00Z".parse()?;
    /// let mut paid = None;
    /// for _ in 0..45 {
    ///     paid = Some(Rate::PAIR.take(paid, now)?);
    /// }
    /// let refused = Rate::PAIR.take(paid, now).unwrap_err();
    /// assert_eq!(refused.wait.num_seconds(), 6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn take(
        self,
        paid: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, TooFast> {
        let begin = paid.map_or(now, |paid| paid.max(now));
        let wait = (begin + self.every) - (now + self.every * self.burst);
        if wait > TimeDelta::zero() { Err(TooFast { wait }) } else { Ok(begin + self.every) }
    }
}

/// How many people a day a portfolio may write to outside their window
/// (`whatsapp_business_manager_messaging_limit`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Daily {
    /// So many different people in any 24 hours.
    People(u32),
    /// As many as it likes.
    Unlimited,
}

impl Daily {
    /// What a portfolio begins with, and what is assumed of an unknown one.
    pub const LOWEST: Self = Self::People(250);

    /// The tier of a platform's name: `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`;
    /// `None` for `NOT_SET` and what is no tier.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.to_ascii_uppercase();
        let tier = code.strip_prefix("TIER_").unwrap_or(&code);
        if tier == "UNLIMITED" || tier == "-1" {
            return Some(Self::Unlimited);
        }
        let (digits, thousands) = match tier.strip_suffix('K') {
            Some(digits) => (digits, 1000),
            None => (tier, 1),
        };
        let people = digits.parse::<u32>().ok()?.checked_mul(thousands)?;
        (people > 0).then_some(Self::People(people))
    }

    /// Whether one more may be reached when so many have been.
    #[must_use]
    pub fn takes(self, reached: u32) -> bool {
        match self {
            Self::People(limit) => reached < limit,
            Self::Unlimited => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_795_000_000_000 + millis).unwrap()
    }

    #[test]
    fn a_burst_passes_and_must_be_paid_back() {
        let mut paid = None;
        let mut pass = |now| match Rate::PAIR.take(paid, now) {
            Ok(next) => {
                paid = Some(next);
                true
            }
            Err(_) => false,
        };
        assert_eq!((0..60).filter(|_| pass(at(0))).count(), 45);
        assert!(!pass(at(5_999)));
        assert!(pass(at(6_000)) && !pass(at(6_000)));
        assert_eq!((0..60).filter(|_| pass(at(1_000_000))).count(), 45, "all is paid back");
    }

    #[test]
    fn whoever_waits_as_long_as_told_passes_and_not_before() {
        for rate in [Rate::NUMBER, Rate::COEXISTENCE, Rate::PAIR, Rate::NUMBER.share(3)] {
            let mut paid = None;
            while let Ok(next) = rate.take(paid, at(0)) {
                paid = Some(next);
            }
            let wait = rate.take(paid, at(0)).unwrap_err().wait;
            assert!(rate.take(paid, at(0) + wait).is_ok(), "{rate:?}");
            let early = at(0) + wait - TimeDelta::microseconds(1);
            assert!(rate.take(paid, early).is_err(), "{rate:?}");
        }
    }

    #[test]
    fn shares_never_come_to_more_than_the_whole() {
        for senders in 0..200 {
            let share = Rate::NUMBER.share(senders);
            let senders = i32::from(senders.max(1));
            assert!(share.every() >= Rate::NUMBER.every() * senders);
            assert!(share.burst == 1 || share.burst * senders <= Rate::NUMBER.burst);
        }
    }

    proptest! {
        #[test]
        fn no_second_has_more_than_a_burst_and_a_rate(steps in prop::collection::vec(0_i64..40, 1..400)) {
            let (mut now, mut paid, mut passed) = (0, None, Vec::new());
            for step in steps {
                now += step;
                if let Ok(next) = Rate::COEXISTENCE.take(paid, at(now)) {
                    paid = Some(next);
                    passed.push(now);
                }
            }
            for (n, from) in passed.iter().enumerate() {
                let second = passed[n..].iter().filter(|at| **at < from + 1000).count();
                prop_assert!(second <= 20 + 20);
            }
        }
    }

    #[test]
    fn tiers_are_read_as_the_platform_writes_them() {
        let people = |code: &str| Daily::from_code(code);
        assert_eq!(people("TIER_250"), Some(Daily::LOWEST));
        assert_eq!(people("TIER_2K"), Some(Daily::People(2000)));
        assert_eq!(people("2000"), Some(Daily::People(2000)));
        assert_eq!(people("TIER_UNLIMITED"), Some(Daily::Unlimited));
        assert_eq!(people("-1"), Some(Daily::Unlimited));
        for unknown in ["NOT_SET", "", "TIER_", "TIER_K", "0", "TIER_99999999999K"] {
            assert_eq!(people(unknown), None, "{unknown:?}");
        }
        assert!(Daily::LOWEST.takes(249) && !Daily::LOWEST.takes(250));
        assert!(Daily::Unlimited.takes(u32::MAX));
    }
}
