//! Where a conversation stands. Everything here is data that serialises.

use std::fmt;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::effect::{HandOverReason, LostReason, Question};
use crate::approval::Reason;
use crate::order::Draft;
use crate::pricing::{Overrides, Quote};

/// The number of an order within its store, given by the caller when the
/// conversation opens; a quote is known to the customer as number/revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuoteNumber(pub u32);

impl fmt::Display for QuoteNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One revision of a quote: shown as `1042/2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QuoteRef {
    /// The number of the order.
    pub number: QuoteNumber,
    /// The revision, from 1.
    pub revision: u32,
}

impl fmt::Display for QuoteRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.revision)
    }
}

/// The state of a conversation; each holds exactly what exists in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Nothing understood yet.
    New,
    /// An order is being collected; something is missing.
    Capturing,
    /// A quote waits for a person.
    AwaitingApproval {
        /// The quote.
        quote: Box<Quote>,
        /// Which revision it is.
        revision: u32,
        /// Why a person must look; never empty.
        reasons: Vec<Reason>,
    },
    /// The quote went out; the customer has the word.
    Quoted {
        /// The quote.
        quote: Box<Quote>,
        /// Which revision it is.
        revision: u32,
    },
    /// The customer answered with something other than yes or no.
    Negotiating {
        /// The quote that stands.
        quote: Box<Quote>,
        /// Which revision it is.
        revision: u32,
    },
    /// A person has the conversation; the assistant is silent.
    HandedOver {
        /// Why.
        reason: HandOverReason,
        /// The quote that stood, if any, and its revision.
        quote: Option<(Box<Quote>, u32)>,
    },
    /// Closed with an order.
    Won {
        /// The quote that was accepted.
        quote: Box<Quote>,
        /// Which revision it is.
        revision: u32,
    },
    /// Closed without one.
    Lost {
        /// Why.
        reason: LostReason,
    },
}

impl State {
    /// The stable code of the state.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Capturing => "capturing",
            Self::AwaitingApproval { .. } => "awaiting_approval",
            Self::Quoted { .. } => "quoted",
            Self::Negotiating { .. } => "negotiating",
            Self::HandedOver { .. } => "handed_over",
            Self::Won { .. } => "won",
            Self::Lost { .. } => "lost",
        }
    }

    /// Whether the conversation is closed: the next message opens a new one.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Won { .. } | Self::Lost { .. })
    }
}

/// A conversation with one contact about one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// The number of its order.
    pub number: QuoteNumber,
    /// Where it stands.
    #[serde(flatten)]
    pub state: State,
    /// The order as collected so far.
    #[serde(default)]
    pub draft: Draft,
    /// What a person changed by hand.
    #[serde(default)]
    pub overrides: Overrides,
    /// The last revision given to a quote; 0 before the first.
    #[serde(default)]
    pub revision: u32,
    /// What was last asked, and how often each has been put.
    #[serde(default)]
    pub asked: Vec<(Question, u8)>,
    /// When the customer last wrote.
    #[serde(default)]
    pub last_inbound: Option<DateTime<FixedOffset>>,
    /// Whether the contact wants no messages.
    #[serde(default)]
    pub opted_out: bool,
}

impl Conversation {
    /// A conversation in which nothing has been said.
    #[must_use]
    pub fn new(number: QuoteNumber) -> Self {
        Self {
            number,
            state: State::New,
            draft: Draft::default(),
            overrides: Overrides::default(),
            revision: 0,
            asked: Vec::new(),
            last_inbound: None,
            opted_out: false,
        }
    }
}
