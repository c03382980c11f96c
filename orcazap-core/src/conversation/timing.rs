//! When a conversation is woken again: the timers of each state, and what may still be
//! said freely by then.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};

use super::effect::Timer;
use super::state::State;
use super::turn::{Turn, is_talk};

/// The service window: 24 h from the customer's last message, and how long
/// before its end nothing is planned any more, since a send in the last minute
/// may be judged late.
pub(super) const WINDOW: TimeDelta = TimeDelta::hours(24);
const WINDOW_MARGIN: TimeDelta = TimeDelta::minutes(30);

impl Turn<'_> {
    /// Which timers a state that is entered now needs.
    pub(super) fn timers_of(&self, state: &State) -> BTreeMap<Timer, DateTime<FixedOffset>> {
        let policy = self.shop.policy;
        let mut timers = BTreeMap::new();
        // Messages that wait are read in whatever state they find.
        timers.extend(self.conversation.timers.get_key_value(&Timer::Settle));
        match state {
            State::Capturing => {
                timers.insert(Timer::IdleDraft, self.later(hours(policy.idle_hours)));
            }
            State::AwaitingApproval { .. } => {
                let overdue = TimeDelta::minutes(i64::from(policy.approval_overdue_minutes));
                timers.insert(Timer::ApprovalOverdue, self.later(overdue));
                timers.extend(self.window_end().map(|end| (Timer::WindowCloses, end)));
            }
            State::Quoted { offer } => {
                let expires = offer.quote.valid_until();
                timers.insert(Timer::QuoteExpires, expires);
                let after = policy.follow_up_hours;
                let again = self.conversation.followed_up == Some(offer.quote_ref.revision);
                let due = after.filter(|_| !again).and_then(|after| self.follow_up_at(after));
                timers.extend(due.filter(|due| *due < expires).map(|due| (Timer::FollowUp, due)));
            }
            State::Negotiating { offer } => {
                timers.insert(Timer::QuoteExpires, offer.quote.valid_until());
            }
            State::HandedOver { reason, .. } if is_talk(*reason) => {
                timers.extend(self.talk_over_at().map(|at| (Timer::TalkOver, at)));
            }
            State::New | State::HandedOver { .. } | State::Won { .. } | State::Lost { .. } => {}
        }
        timers
    }

    /// When a talk that has just gone on will be over, if it ends by itself.
    pub(super) fn talk_over_at(&self) -> Option<DateTime<FixedOffset>> {
        self.shop.policy.talk_hours.map(|after| self.later(hours(after)))
    }

    pub(super) fn later(&self, delta: TimeDelta) -> DateTime<FixedOffset> {
        self.now.checked_add_signed(delta).unwrap_or(self.now)
    }

    /// The last moment at which something may be planned to be said freely, if
    /// it is not past.
    pub(super) fn window_end(&self) -> Option<DateTime<FixedOffset>> {
        let end = self.conversation.last_inbound?.checked_add_signed(WINDOW - WINDOW_MARGIN)?;
        (end > self.now).then_some(end)
    }

    /// When a quote is followed up: inside the window, by day, and not while the store
    /// is closed. What would fall into the night or a closed day waits for the next
    /// open morning, or comes the evening before when the window has closed by then.
    fn follow_up_at(&self, after: u32) -> Option<DateTime<FixedOffset>> {
        let end = self.window_end()?;
        let due = self.later(hours(after)).min(end);
        let open = &self.shop.book.data().open;
        let awake = |day: &NaiveDate| {
            let [from, until] = self.shop.policy.awake_hours;
            let at = |hour: u8| {
                let time = day.and_time(NaiveTime::MIN) + TimeDelta::hours(hour.into());
                time.and_local_timezone(*due.offset()).single()
            };
            Some((at(from)?, at(until)?)).filter(|_| open.is_open_on(*day))
        };
        let days = || due.date_naive().iter_days();
        let before = due.date_naive().pred_opt().into_iter();
        let later = days().take(2).filter_map(|day| awake(&day));
        let later = later.map(|(from, until)| (due.max(from), until));
        let mut later = later.filter(|(at, until)| at < until).map(|(at, _)| at);
        let earlier = days().take(1).chain(before).filter_map(|day| awake(&day));
        let earlier = earlier.map(|(from, until)| (from, due.min(until)));
        let mut earlier = earlier.filter(|(from, at)| from <= at).map(|(_, at)| at);
        let in_window = |time: &DateTime<FixedOffset>| (self.now..=end).contains(time);
        later.find(in_window).or_else(|| earlier.find(in_window))
    }

    /// Whether the service window is open.
    pub(super) fn is_in_window(&self) -> bool {
        let closes = self.conversation.last_inbound.and_then(|at| at.checked_add_signed(WINDOW));
        closes.is_some_and(|closes| self.now < closes)
    }
}

fn hours(hours: u32) -> TimeDelta {
    TimeDelta::hours(i64::from(hours))
}

#[cfg(test)]
mod tests {
    use super::super::{Conversation, Policy, QuoteNumber, Shop};
    use super::*;
    use crate::{Catalog, PriceBook, Rules};

    /// When a quote that is sent at a time, answering a message of that time, is
    /// followed up.
    #[track_caller]
    fn check(sent: &str, after: u32, expected: &str) {
        check_closed(&[], sent, after, expected);
    }

    #[track_caller]
    fn check_closed(closed: &[&str], sent: &str, after: u32, expected: &str) {
        let (catalog, rules, policy) =
            (Catalog::new(Vec::new()).unwrap(), Rules::default(), Policy::default());
        let mut data = crate::pricing::PriceBookData::default();
        data.open.closed = closed.iter().map(|day| day.parse().unwrap()).collect();
        let book = PriceBook::new(data).unwrap();
        let shop = Shop { catalog: &catalog, book: &book, rules: &rules, policy: &policy };
        let now = format!("2026-03-10T{sent}:00-03:00").parse().unwrap();
        let mut conversation = Conversation::new(QuoteNumber(1));
        conversation.last_inbound = Some(now);
        let due = Turn::new(&conversation, &shop, now).follow_up_at(after);
        let due = due.map_or("never".to_owned(), |due| due.format("%d %H:%M").to_string());
        assert_eq!(due, expected, "sent at {sent}, after {after} h");
    }

    #[test]
    fn nobody_is_followed_up_at_night() {
        check("09:00", 4, "10 13:00");
        check("09:00", 20, "11 08:00");
        check("08:00", 20, "10 20:00");
        check("15:00", 20, "11 11:00");
        check("18:00", 4, "11 08:00");
        check("21:00", 4, "11 08:00");
        check("02:00", 4, "10 08:00");
        check("08:00", 40, "10 20:00");
        check("07:59", 0, "10 08:00");
    }

    #[test]
    fn nobody_is_followed_up_on_a_closed_day() {
        check_closed(&["2026-03-11"], "15:00", 20, "10 20:00");
        check_closed(&["2026-03-10"], "15:00", 4, "11 08:00");
        check_closed(&["2026-03-10", "2026-03-11"], "15:00", 4, "never");
    }
}
