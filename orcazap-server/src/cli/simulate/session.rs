//! The conversation that is simulated, its clock and its timers.

use chrono::{DateTime, FixedOffset, TimeDelta};
use orcazap_core::authority::{Actor, PersonId, Role};
use orcazap_core::conversation::{Content, Inbound, QuoteNumber, StepError, Timer, advance};
use orcazap_core::{Conversation, Effect, Event};

use super::store::Store;

/// The person of a role: each is one of their own.
pub(super) fn person(role: Role) -> Actor {
    let id = match role {
        Role::Owner => 1,
        Role::Manager => 2,
        Role::Attendant => 3,
    };
    Actor { id: PersonId(id), role }
}

/// One event and what it led to.
pub(super) struct Happened {
    /// The timer that rang, when it was the clock.
    pub(super) timer: Option<Timer>,
    /// Whether it opened the customer's next conversation.
    pub(super) opened: bool,
    pub(super) effects: Vec<Effect>,
}

pub(super) struct Session<'a> {
    pub(super) store: &'a Store,
    /// Who acts for the store.
    pub(super) by: Actor,
    pub(super) conversation: Conversation,
    pub(super) now: DateTime<FixedOffset>,
}

impl<'a> Session<'a> {
    pub(super) fn new(store: &'a Store, number: QuoteNumber, now: DateTime<FixedOffset>) -> Self {
        Self { store, by: person(Role::Owner), conversation: Conversation::new(number), now }
    }

    /// Gives the conversation an event. One that is closed may open the next, whose
    /// effects follow.
    pub(super) fn give(&mut self, event: Event) -> Result<Happened, StepError> {
        let next = || QuoteNumber(self.conversation.number.0.saturating_add(1));
        let steps = advance(&self.conversation, event, &self.store.shop(), self.now, next)?;
        let mut happened = Happened { timer: None, opened: steps.len() > 1, effects: Vec::new() };
        for step in steps {
            self.conversation = step.conversation;
            happened.effects.extend(step.effects);
        }
        Ok(happened)
    }

    /// Gives the conversation a burst, message by message, and waits until it is over.
    ///
    /// # Errors
    ///
    /// None today: a message fits everywhere.
    pub(super) fn hear(&mut self, burst: Vec<Content>) -> Result<Vec<Happened>, StepError> {
        let mut happened = Vec::new();
        for content in burst {
            let message = Inbound { at: self.now, content };
            happened.push(self.give(Event::Arrived { message })?);
        }
        let settle = self.conversation.timers.get(&Timer::Settle).copied();
        happened.extend(settle.map_or_else(Vec::new, |over| self.wait_until(over)));
        Ok(happened)
    }

    /// Moves the clock, and rings the timers that come due, in their order. The
    /// clock never runs back.
    pub(super) fn wait_until(&mut self, until: DateTime<FixedOffset>) -> Vec<Happened> {
        let mut happened = Vec::new();
        while let Some((timer, at)) = self.next_timer(until) {
            self.now = self.now.max(at);
            // A timer that is set always fits: this only guards against a loop.
            let Ok(rung) = self.give(Event::Timer { timer }) else { break };
            happened.push(Happened { timer: Some(timer), ..rung });
        }
        self.now = self.now.max(until);
        happened
    }

    pub(super) fn wait(&mut self, time: TimeDelta) -> Vec<Happened> {
        self.wait_until(self.now.checked_add_signed(time).unwrap_or(self.now))
    }

    fn next_timer(&self, until: DateTime<FixedOffset>) -> Option<(Timer, DateTime<FixedOffset>)> {
        let due = self.conversation.timers.iter().filter(|(_, at)| **at <= until);
        due.min_by_key(|(_, at)| **at).map(|(timer, at)| (*timer, *at))
    }
}

/// A span such as `+3h`, `90m` or `2d`.
pub(super) fn span(text: &str) -> Option<TimeDelta> {
    let text = text.trim().trim_start_matches('+');
    let unit = text.chars().last()?;
    let number: i64 = text.strip_suffix(unit)?.parse().ok().filter(|n| (0..100_000).contains(n))?;
    match unit {
        's' => Some(TimeDelta::seconds(number)),
        'm' => Some(TimeDelta::minutes(number)),
        'h' => Some(TimeDelta::hours(number)),
        'd' => Some(TimeDelta::days(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_a_number_and_a_unit() {
        assert_eq!(span("+3h"), Some(TimeDelta::hours(3)));
        assert_eq!(span(" 90m "), Some(TimeDelta::minutes(90)));
        assert_eq!(span("2d"), Some(TimeDelta::days(2)));
        for text in ["", "h", "3", "-3h", "3 weeks", "99999999h", "é"] {
            assert_eq!(span(text), None, "{text}");
        }
    }
}
