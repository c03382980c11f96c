//! The assistant: [`Conversation`], [`Event`], and [`step`], which decides what
//! happens next and says so as [`Effect`] values.

mod effect;
mod event;
mod reply;
mod state;

pub use effect::{
    ApprovalOutcome, AskFor, Choice, Effect, HandOverReason, LostReason, Question, QuoteOffer,
    SaidItem, Say, Timer,
};
pub use event::{Act, Content, Edit, Event, Inbound, MediaKind, PersonId};
pub use reply::{Reply, ReplyError};
pub use state::{Conversation, QuoteNumber, QuoteRef, State};

use chrono::{DateTime, FixedOffset};
use thiserror::Error;

use crate::approval::Rules;
use crate::catalog::Catalog;
use crate::pricing::PriceBook;

/// What a store has decided, as far as a conversation needs it.
#[derive(Debug, Clone, Copy)]
pub struct Shop<'a> {
    /// What it sells.
    pub catalog: &'a Catalog,
    /// How it prices.
    pub book: &'a PriceBook,
    /// When a person must look.
    pub rules: &'a Rules,
    /// How the assistant behaves.
    pub policy: &'a Policy,
}

/// How the assistant behaves, with sensible defaults.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Minutes after which an approval that nobody gave is overdue.
    pub approval_overdue_minutes: u32,
    /// Hours after which a quote without an answer is followed up; `None` never.
    pub follow_up_hours: Option<u32>,
    /// Hours of silence after which an unfinished order is closed.
    pub idle_hours: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self { approval_overdue_minutes: 30, follow_up_hours: Some(20), idle_hours: 24 }
    }
}

/// What one event leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The conversation as it is from now on.
    pub conversation: Conversation,
    /// What must be done, in this order. At most one [`Effect::Say`].
    pub effects: Vec<Effect>,
}

/// Why an event makes no sense in the state the conversation is in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StepError {
    /// The event does not belong to this state.
    #[error("{event} does not fit a conversation that is {state}")]
    OutOfPlace {
        /// The event's name.
        event: &'static str,
        /// The state's name.
        state: &'static str,
    },
}

/// Decides what an event leads to.
///
/// # Errors
///
/// [`StepError::OutOfPlace`] when the event makes no sense in this state; the
/// conversation stands unchanged.
pub fn step(
    _conversation: &Conversation,
    _event: Event,
    _shop: &Shop<'_>,
    _now: DateTime<FixedOffset>,
) -> Result<Step, StepError> {
    unimplemented!()
}
