//! The platform's limits on speed: per number, and per number and customer.

use std::time::Duration;

use tokio::time::Instant;

/// A limit that lets `burst` through at once and one more every `every`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    every: Duration,
    burst: u32,
    /// When all that was let through is paid for.
    paid: Option<Instant>,
}

impl Rate {
    /// One message in 6 seconds to one customer, 45 at once.
    pub(super) const PAIR: Self = Self::of(Duration::from_secs(6), 45);
    /// 80 messages a second from one number.
    pub(super) const NUMBER: Self = Self::of(Duration::from_micros(12_500), 80);

    const fn of(every: Duration, burst: u32) -> Self {
        Self { every, burst, paid: None }
    }

    /// Whether one more may pass now; it is counted if so.
    pub(super) fn pass(&mut self, now: Instant) -> bool {
        let paid = self.paid.map_or(now, |paid| paid.max(now));
        if paid + self.every > now + self.every * self.burst {
            return false;
        }
        self.paid = Some(paid + self.every);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_must_be_paid_back() {
        let (mut rate, now) = (Rate::PAIR, Instant::now());
        assert_eq!((0..60).filter(|_| rate.pass(now)).count(), 45);
        assert!(!rate.pass(now + Duration::from_secs(5)));
        assert!(rate.pass(now + Duration::from_secs(6)));
        assert!(!rate.pass(now + Duration::from_secs(6)));
    }
}
