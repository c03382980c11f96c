//! Until when a quote stands.
//!
//! It stands for the store's number of hours. Where the store has said when it is
//! open, a quote never ends while nobody is there to answer: it stands until closing
//! time of the day on which the hours run out, or, when the store is closed by then
//! or all day, of the next day that it is open.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

use super::{PriceBookError, RuleKind};

/// When a store is open on one day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The day of the week.
    pub day: Weekday,
    /// When it opens, if the store has said: before it closes. Quotes do not depend on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<NaiveTime>,
    /// When it closes, in the time zone that quotes are made in.
    pub closes: NaiveTime,
}

/// A date on which a store closes earlier than on that day of other weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfDay {
    /// The date.
    pub date: NaiveDate,
    /// When it closes: after it opens on that day of the week.
    pub closes: NaiveTime,
}

/// When a store is open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenDays {
    /// The days of the week on which it is open, each once; none: it has not said.
    pub week: Vec<Opening>,
    /// Holidays and other days on which it is closed all the same.
    pub closed: Vec<NaiveDate>,
    /// Dates on which it closes earlier, such as Christmas Eve; of two for one date
    /// the earlier holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub half: Vec<HalfDay>,
}

impl OpenDays {
    /// How many closed days are kept.
    pub const MAX_CLOSED: usize = 1_000;

    pub(super) fn check(&self) -> Result<(), PriceBookError> {
        let (found, max) = (self.closed.len() + self.half.len(), Self::MAX_CLOSED);
        PriceBookError::check_count(RuleKind::ClosedDay, found, max)?;
        for (position, opening) in self.week.iter().enumerate() {
            if self.week.iter().take(position).any(|other| other.day == opening.day) {
                return Err(PriceBookError::DaysTie { day: opening.day });
            }
            let Opening { day, opens, closes } = *opening;
            if let Some(opens) = opens.filter(|opens| *opens >= closes) {
                return Err(PriceBookError::ReversedDay { day, opens, closes });
            }
        }
        for HalfDay { date, closes } in self.half.iter().copied() {
            let opens = self.weekly(date).and_then(|opening| opening.opens);
            if let Some(opens) = opens.filter(|opens| *opens >= closes) {
                return Err(PriceBookError::ReversedHalfDay { date, opens, closes });
            }
        }
        Ok(())
    }

    /// Whether it is open on a date, as far as it has said.
    #[must_use]
    pub fn is_open_on(&self, date: NaiveDate) -> bool {
        !self.closed.contains(&date) && (self.week.is_empty() || self.on(date).is_some())
    }

    /// When the store is open on a date; `None` when it is closed, or has not said.
    #[must_use]
    pub fn on(&self, date: NaiveDate) -> Option<Opening> {
        if self.closed.contains(&date) {
            return None;
        }
        let opening = self.weekly(date)?;
        let half = self.half.iter().filter(|half| half.date == date).map(|half| half.closes).min();
        Some(Opening {
            closes: half.map_or(opening.closes, |half| half.min(opening.closes)),
            ..opening
        })
    }

    /// When the store is open on a date's day of the week.
    pub(super) fn weekly(&self, date: NaiveDate) -> Option<Opening> {
        self.week.iter().find(|opening| opening.day == date.weekday()).copied()
    }

    /// Until when a quote stands whose hours run out at `end`; `None` at the end of
    /// the calendar.
    pub(super) fn stretch(&self, end: DateTime<FixedOffset>) -> Option<Standing> {
        // Among so many weeks one holds an open day: fewer days than that are closed.
        let days = (self.closed.len() + 1) * 7 + 1;
        let mut closed_days = Vec::new();
        for date in end.date_naive().iter_days().take(days) {
            if !self.is_open_on(date) {
                closed_days.push(date);
                continue;
            }
            // Where no hours are known it stands until the same time of an open day.
            let closes = self.on(date).map_or(end.time(), |opening| opening.closes);
            let closing = date.and_time(closes).and_local_timezone(end.timezone()).single()?;
            if closing >= end {
                return Some(Standing { until: closing, closed_days });
            }
        }
        None
    }
}

/// Until when a quote stands.
pub(super) struct Standing {
    pub(super) until: DateTime<FixedOffset>,
    /// The days that it stands longer because the store is closed on them.
    pub(super) closed_days: Vec<NaiveDate>,
}

/// The instant so many hours later.
pub(super) fn hours_after(now: DateTime<FixedOffset>, hours: u32) -> Option<DateTime<FixedOffset>> {
    now.checked_add_signed(TimeDelta::hours(hours.into()))
}
