//! Days by the calendar: the next such date, weekends, the ends of months and years.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// What days are reckoned from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar<'c> {
    /// The day of the message.
    pub(super) today: NaiveDate,
    /// The days on which the store is closed, holidays above all.
    pub(super) closed: &'c [NaiveDate],
}

impl Calendar<'_> {
    /// The next holiday that the store lists, today included.
    pub(super) fn holiday(self) -> Option<NaiveDate> {
        self.closed.iter().copied().filter(|date| *date >= self.today).min()
    }

    /// The day that is so many working days, Monday to Friday, from today.
    pub(super) fn working_day(self, count: i64) -> Option<NaiveDate> {
        let works = |date: &NaiveDate| {
            !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !self.closed.contains(date)
        };
        let ahead = usize::try_from(count).ok()?.checked_sub(1)?;
        self.today.iter_days().skip(1).filter(works).nth(ahead)
    }
}

/// The last days of this month, from today on at the earliest: its last week.
pub(super) fn month_end(today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let (next, _) = month_after(today)?;
    week_before(today, next)
}

/// The last days of this year, from today on at the earliest: its last week.
pub(super) fn year_end(today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    week_before(today, NaiveDate::from_ymd_opt(today.year() + 1, 1, 1)?)
}

/// The week before a day, from today on at the earliest.
pub(super) fn week_before(today: NaiveDate, next: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let last = next.pred_opt()?;
    let from = last.checked_sub_days(Days::new(6))?;
    Some((from.max(today), last))
}

/// The next such date, today included; months without that day are passed over.
pub(super) fn next_date(today: NaiveDate, day: u32, month: Option<u32>) -> Option<NaiveDate> {
    (1..=31).contains(&day).then_some(())?;
    let (mut year, mut at) = (today.year(), month.unwrap_or(today.month()));
    for _ in 0..60 {
        if let Some(date) = NaiveDate::from_ymd_opt(year, at, day).filter(|date| *date >= today) {
            return Some(date);
        }
        match month {
            Some(_) => year += 1,
            None if at == 12 => (year, at) = (year + 1, 1),
            None => at += 1,
        }
    }
    None
}

pub(super) fn next_weekday(today: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let ahead = (7 + weekday.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
    today.checked_add_days(Days::new(if ahead == 0 { 7 } else { u64::from(ahead) }))
}

pub(super) fn monday_of(today: NaiveDate) -> NaiveDate {
    let back = u64::from(today.weekday().num_days_from_monday());
    today.checked_sub_days(Days::new(back)).unwrap_or(today)
}

/// Saturday and Sunday of this week; from Sunday on, of that day's.
pub(super) fn weekend(today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let saturday = monday_of(today).checked_add_days(Days::new(5))?;
    Some((saturday, saturday.checked_add_days(Days::new(1))?))
}

pub(super) fn month_after(today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let first = |year: i32, month: u32| {
        let (year, month) = if month > 12 { (year + 1, month - 12) } else { (year, month) };
        NaiveDate::from_ymd_opt(year, month, 1)
    };
    let from = first(today.year(), today.month() + 1)?;
    Some((from, first(today.year(), today.month() + 2)?.pred_opt()?))
}

/// The first and the last day of the month that a day is in.
pub(super) fn month_of(date: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let (next, _) = month_after(date)?;
    Some((date.with_day(1)?, next.pred_opt()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_ends_with_its_last_week_and_never_before_today() {
        let end = |today: &str| month_end(date(today)).unwrap();
        assert_eq!(end("2026-02-10"), (date("2026-02-22"), date("2026-02-28")));
        assert_eq!(end("2026-12-30"), (date("2026-12-30"), date("2026-12-31")));
        assert_eq!(year_end(date("2026-03-01")), Some((date("2026-12-25"), date("2026-12-31"))));
    }

    #[test]
    fn months_without_such_a_day_are_passed_over() {
        assert_eq!(next_date(date("2026-01-31"), 30, None), Some(date("2026-03-30")));
        assert_eq!(next_date(date("2026-03-16"), 15, Some(3)), Some(date("2027-03-15")));
        assert_eq!(next_date(date("2026-01-31"), 32, None), None);
    }

    #[test]
    fn working_days_pass_over_weekends_and_holidays() {
        let closed = [date("2026-03-16")];
        let calendar = Calendar { today: date("2026-03-12"), closed: &closed };
        assert_eq!(calendar.working_day(1), Some(date("2026-03-13")));
        assert_eq!(calendar.working_day(2), Some(date("2026-03-17")));
        assert_eq!(calendar.working_day(0), None);
    }

    #[test]
    fn the_next_holiday_is_never_past() {
        let closed = [date("2026-12-25"), date("2026-01-01"), date("2026-09-07")];
        let calendar = Calendar { today: date("2026-09-08"), closed: &closed };
        assert_eq!(calendar.holiday(), Some(date("2026-12-25")));
    }
}
