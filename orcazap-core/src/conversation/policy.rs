//! How a store's assistant behaves: its times, what it answers by itself, and what
//! each role may give away.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::fact::Fact;
use crate::authority::Limits;

/// How the assistant behaves, with sensible defaults. In JSON and TOML every field
/// may be left out.
///
/// ```
/// use orcazap_core::conversation::Policy;
///
/// let policy = Policy { idle_hours: 0, ..Policy::default() };
/// assert_eq!(policy.check().unwrap_err().to_string(), "idle_hours is 1 to 720, found 0");
/// assert!(Policy::default().check().is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// What the store says itself to questions that are no orders. What no fact
    /// answers is for a person.
    pub facts: Vec<Fact>,
    /// Seconds of quiet after a message before a burst is read together; the
    /// caller waits, the core only names it.
    pub settle_seconds: u32,
    /// Whether the customer sees that their message was read and that an answer is
    /// being written, when one is; the caller shows it, the core only names it.
    pub read_marks: bool,
    /// Whether a customer who takes a quote for delivery and has not said a day is asked
    /// for it, once, with the confirmation; else that says that it is to be agreed on.
    pub ask_day: bool,
    /// Minutes of silence after which what is still open, and was not put again with the
    /// last message, is asked once more; `None` never.
    pub ask_again_minutes: Option<u32>,
    /// Minutes after which an approval that nobody gave is overdue.
    pub approval_overdue_minutes: u32,
    /// Hours after which a quote without an answer is followed up, at the latest
    /// shortly before the 24 h window closes; `None` never.
    pub follow_up_hours: Option<u32>,
    /// The hours of the store's day between which a quote may be followed up: from
    /// the first, until before the second. Nobody is reminded at night.
    pub awake_hours: [u8; 2],
    /// Hours of silence after which an unfinished order is closed.
    pub idle_hours: u32,
    /// Hours of silence on both sides after which a conversation that a person has
    /// is the assistant's again; `None` never, but for a person's giving back.
    pub talk_hours: Option<u32>,
    /// What each role may give away alone.
    pub limits: Limits,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            facts: Vec::new(),
            settle_seconds: 4,
            read_marks: true,
            ask_day: true,
            ask_again_minutes: Some(10),
            approval_overdue_minutes: 30,
            follow_up_hours: Some(20),
            awake_hours: [8, 20],
            idle_hours: 24,
            talk_hours: Some(24),
            limits: Limits::default(),
        }
    }
}

/// What of a [`Policy`] makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// A time is too short to make sense, or too long.
    #[error("{field} is {min} to {max}, found {found}")]
    Time {
        /// The field's name, which ends in its unit.
        field: &'static str,
        /// The shortest that makes sense.
        min: u32,
        /// The longest.
        max: u32,
        /// As given.
        found: u32,
    },
    /// The hours are none of a day, or the first is not before the second.
    #[error("awake_hours are two hours of a day, the first before the second, found {found:?}")]
    AwakeHours {
        /// As given.
        found: [u8; 2],
    },
    /// A limit is below nothing.
    #[error("a limit is at least 0")]
    NegativeLimit,
    /// More facts than a question is compared with.
    #[error("at most {max} facts, found {found}", max = Policy::MAX_FACTS)]
    TooManyFacts {
        /// How many there are.
        found: usize,
    },
    /// A fact that no question could call for, or that says nothing.
    #[error("fact {place} has no words or no answer, or they are too long")]
    Fact {
        /// Which, from 1.
        place: usize,
    },
}

impl Policy {
    /// The longest wait for a burst.
    pub const MAX_SETTLE_SECONDS: u32 = 60;
    /// The longest wait before an open question is put again: within the free window.
    pub const MAX_ASK_AGAIN_MINUTES: u32 = 23 * 60;
    /// The longest patience with an approval: a week.
    pub const MAX_OVERDUE_MINUTES: u32 = 7 * 24 * 60;
    /// The longest wait for an answer to a quote: before the free window closes.
    pub const MAX_FOLLOW_UP_HOURS: u32 = 23;
    /// The longest silence: 30 days.
    pub const MAX_SILENT_HOURS: u32 = 30 * 24;
    /// The most facts.
    pub const MAX_FACTS: usize = 50;
    /// The longest answer of a fact, in characters.
    pub const MAX_ANSWER: usize = 1_000;
    /// The most words or phrases of a fact, and the most characters of one.
    pub const MAX_WORDS: usize = 30;

    /// Checks that the figures make sense. [`step`](super::step) takes any policy and
    /// never panics; what fails here only behaves oddly.
    ///
    /// # Errors
    ///
    /// The first [`PolicyError`]: of the facts, then of the times in the order of the fields,
    /// then of the hours awake and the limits.
    pub fn check(&self) -> Result<(), PolicyError> {
        if self.facts.len() > Self::MAX_FACTS {
            return Err(PolicyError::TooManyFacts { found: self.facts.len() });
        }
        if let Some(place) = self.facts.iter().position(|fact| !is_whole(fact)) {
            return Err(PolicyError::Fact { place: place + 1 });
        }
        let times = [
            ("settle_seconds", Some(self.settle_seconds), 0, Self::MAX_SETTLE_SECONDS),
            ("ask_again_minutes", self.ask_again_minutes, 1, Self::MAX_ASK_AGAIN_MINUTES),
            (
                "approval_overdue_minutes",
                Some(self.approval_overdue_minutes),
                1,
                Self::MAX_OVERDUE_MINUTES,
            ),
            ("follow_up_hours", self.follow_up_hours, 1, Self::MAX_FOLLOW_UP_HOURS),
            ("idle_hours", Some(self.idle_hours), 1, Self::MAX_SILENT_HOURS),
            ("talk_hours", self.talk_hours, 1, Self::MAX_SILENT_HOURS),
        ];
        for (field, time, min, max) in times {
            if let Some(found) = time.filter(|time| !(min..=max).contains(time)) {
                return Err(PolicyError::Time { field, min, max, found });
            }
        }
        let found @ [from, until] = self.awake_hours;
        if from >= until || until > 24 {
            return Err(PolicyError::AwakeHours { found });
        }
        let Limits { manager, attendant } = self.limits;
        if manager.is_negative() || attendant.is_negative() {
            return Err(PolicyError::NegativeLimit);
        }
        Ok(())
    }
}

fn is_whole(fact: &Fact) -> bool {
    let fits = |text: &str, max| (1..=max).contains(&text.trim().chars().count());
    (1..=Policy::MAX_WORDS).contains(&fact.words.len())
        && fact.words.iter().all(|words| fits(words, Policy::MAX_WORDS))
        && fits(&fact.answer, Policy::MAX_ANSWER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(policy: Policy, expected: &str) {
        assert_eq!(policy.check().unwrap_err().to_string(), expected);
    }

    #[test]
    fn each_figure_has_its_bounds() {
        let policy = Policy::default;
        let fact = |words: &[&str], answer: &str| Fact {
            words: words.iter().map(ToString::to_string).collect(),
            answer: answer.to_owned(),
        };
        check(Policy { settle_seconds: 61, ..policy() }, "settle_seconds is 0 to 60, found 61");
        check(
            Policy { ask_again_minutes: Some(0), ..policy() },
            "ask_again_minutes is 1 to 1380, found 0",
        );
        check(
            Policy { approval_overdue_minutes: 0, ..policy() },
            "approval_overdue_minutes is 1 to 10080, found 0",
        );
        check(
            Policy { follow_up_hours: Some(24), ..policy() },
            "follow_up_hours is 1 to 23, found 24",
        );
        check(
            Policy { awake_hours: [20, 8], ..policy() },
            "awake_hours are two hours of a day, the first before the second, found [20, 8]",
        );
        check(Policy { idle_hours: 721, ..policy() }, "idle_hours is 1 to 720, found 721");
        check(Policy { talk_hours: Some(0), ..policy() }, "talk_hours is 1 to 720, found 0");
        let mut below = policy();
        below.limits.attendant.max_pct = "-1".parse().ok();
        check(below, "a limit is at least 0");
        let good = fact(&["que horas"], "Das 7h às 18h.");
        check(
            Policy { facts: vec![good.clone(), fact(&[], "oi")], ..policy() },
            "fact 2 has no words or no answer, or they are too long",
        );
        check(Policy { facts: vec![good; 51], ..policy() }, "at most 50 facts, found 51");
        assert_eq!(policy().check(), Ok(()));
    }
}
