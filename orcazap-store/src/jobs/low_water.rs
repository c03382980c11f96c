//! Where to begin looking for jobs.
//!
//! Rows that were deleted lie about until a vacuum, and a transaction somewhere
//! that holds an old snapshot keeps them there: reading a queue from its bottom
//! then costs more with every job. So a look begins a little below the lowest job
//! the last look saw, and once a second at the bottom, because a job's number is
//! given before it commits and some are seen late.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

/// How far below the lowest job seen the next look begins.
const LAG: i64 = 1_000;
/// How often a look begins at the bottom, in milliseconds.
const WHOLE_LOOK_MS: i64 = 1_000;

#[derive(Debug, Default)]
pub(crate) struct LowWater {
    mark: AtomicI64,
    whole_look_at: AtomicI64,
}

impl LowWater {
    /// Above which number to look now.
    pub(crate) fn from(&self, now: DateTime<Utc>) -> i64 {
        let now = now.timestamp_millis();
        let last = self.whole_look_at.load(Ordering::Relaxed);
        if (now - last).abs() >= WHOLE_LOOK_MS {
            self.whole_look_at.store(now, Ordering::Relaxed);
            return 0;
        }
        self.mark.load(Ordering::Relaxed)
    }

    /// Notes the lowest job that was seen; `None` when there was none.
    pub(crate) fn saw(&self, lowest: Option<i64>) {
        let mark = lowest.map_or(0, |lowest| (lowest - LAG).max(0));
        self.mark.store(mark, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_begin_near_the_last_job_and_once_a_second_at_the_bottom() {
        let water = LowWater::default();
        let at = |ms| DateTime::from_timestamp_millis(ms).unwrap();
        assert_eq!(water.from(at(5_000)), 0);
        water.saw(Some(40_000));
        assert_eq!(water.from(at(5_500)), 39_000);
        assert_eq!(water.from(at(6_000)), 0);
        assert_eq!(water.from(at(6_001)), 39_000);
        water.saw(None);
        assert_eq!(water.from(at(6_002)), 0);
    }
}
