//! Where a conversation stands. Everything here is data that serialises.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::effect::{HandOverReason, LostReason, Timer};
use super::event::Inbound;
use crate::approval::Reason;
use crate::authority::Actor;
use crate::catalog::Sku;
use crate::order::{Ambiguous, Buyer, Draft, Missing, Order};
use crate::pricing::{Overrides, Quote, Revised};

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

/// A revision of a quote, with the order it was priced from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which revision.
    pub quote_ref: QuoteRef,
    /// The quote.
    pub quote: Box<Quote>,
    /// The order it was priced from: place, payment, delivery, and what was not
    /// found.
    pub order: Box<Order>,
}

impl Offer {
    /// What differs from an earlier revision, in the quote and in the order.
    #[must_use]
    pub fn revised_from(&self, earlier: &Self) -> Vec<Revised> {
        let mut revised = self.quote.revised_from(&earlier.quote);
        revised.extend(self.order.revised_from(&earlier.order));
        revised
    }
}

/// A quote that is there while a person has the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "held", rename_all = "snake_case")]
pub enum Held {
    /// It still waits in the queue.
    Waiting {
        /// The quote.
        offer: Offer,
        /// Why a person must look; never empty.
        reasons: Vec<Reason>,
    },
    /// It was sent to the customer.
    Sent {
        /// The quote.
        offer: Offer,
    },
    /// A person rejected it.
    Rejected {
        /// The quote.
        offer: Offer,
    },
}

impl Held {
    /// The quote.
    #[must_use]
    pub fn offer(&self) -> &Offer {
        match self {
            Self::Waiting { offer, .. } | Self::Sent { offer } | Self::Rejected { offer } => offer,
        }
    }
}

/// Something the assistant asks a customer. In JSON what an order lacks is written as
/// [`Missing`] is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "missing")]
pub enum Question {
    /// Which products.
    Items,
    /// Which of several products is meant.
    Choice {
        /// The ambiguous ask.
        ask: Ambiguous,
    },
    /// How many of a product.
    Quantity {
        /// The product whose quantity nobody has said.
        sku: Sku,
    },
    /// Where to, or pickup.
    Place,
    /// How it is paid.
    Payment,
    /// Which of several products goes in place of one that is short.
    Swap {
        /// The product that is short.
        sku: Sku,
    },
    /// What should change in a quote.
    Change {
        /// Its revision.
        revision: u32,
    },
    /// Whether words about a quote are a yes, a change, or for a person.
    Meaning {
        /// Its revision.
        revision: u32,
    },
}

impl Question {
    /// Whether two questions are the same to who hears them: which product is meant
    /// stays the same question when the quantity changes.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Choice { ask }, Self::Choice { ask: other }) => ask.skus == other.skus,
            (question, other) => question == other,
        }
    }
}

impl From<Missing> for Question {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Items => Self::Items,
            Missing::Choice { ask } => Self::Choice { ask },
            Missing::Quantity { sku } => Self::Quantity { sku },
            Missing::Place => Self::Place,
            Missing::Payment => Self::Payment,
        }
    }
}

/// A question that was put, answered since or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What was asked.
    pub question: Question,
    /// How often it was put since a person last had the conversation; 1 or 2.
    pub times: u8,
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
        offer: Offer,
        /// Why a person must look; never empty.
        reasons: Vec<Reason>,
        /// Whether the customer asked in the meantime and was told that it
        /// still waits.
        reassured: bool,
    },
    /// The quote went out; the customer has the word.
    Quoted {
        /// The quote.
        offer: Offer,
    },
    /// The customer answered with something other than yes or no.
    Negotiating {
        /// The quote that stands.
        offer: Offer,
    },
    /// A person has the conversation; the assistant is silent.
    HandedOver {
        /// Why a person is needed.
        reason: HandOverReason,
        /// The quote that was there, if any.
        held: Option<Held>,
    },
    /// Closed with an order.
    Won {
        /// The quote that was accepted.
        offer: Offer,
    },
    /// Closed without one.
    Lost {
        /// Why there is no order.
        reason: LostReason,
        /// The quote that stood last, if any.
        offer: Option<Offer>,
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

    /// The quote that is there, if any.
    #[must_use]
    pub fn offer(&self) -> Option<&Offer> {
        match self {
            Self::New | Self::Capturing => None,
            Self::AwaitingApproval { offer, .. }
            | Self::Quoted { offer }
            | Self::Negotiating { offer }
            | Self::Won { offer } => Some(offer),
            Self::HandedOver { held, .. } => held.as_ref().map(Held::offer),
            Self::Lost { offer, .. } => offer.as_ref(),
        }
    }

    /// The quote that was sent and waits for the customer's answer.
    pub(super) fn sent(&self) -> Option<&Offer> {
        match self {
            Self::Quoted { offer } | Self::Negotiating { offer } => Some(offer),
            Self::New
            | Self::Capturing
            | Self::AwaitingApproval { .. }
            | Self::HandedOver { .. }
            | Self::Won { .. }
            | Self::Lost { .. } => None,
        }
    }

    /// Whether the conversation is closed. It still listens: a message that
    /// needs an answer gives [`Effect::OpenNext`](super::Effect::OpenNext).
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
    /// On whose authority the prices set by hand stand: who set them, or has
    /// approved them since. Without anybody they need a second person, whatever
    /// they give away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden_by: Option<Actor>,
    /// The last revision given to a quote; 0 before the first.
    #[serde(default)]
    pub revision: u32,
    /// All that was asked since a person last had the conversation.
    #[serde(default)]
    pub asked: Vec<Asked>,
    /// Messages that wait for the rest of their burst, oldest first; read when
    /// [`Timer::Settle`] rings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<Inbound>,
    /// Messages that ask something and that no person has answered since they have the
    /// conversation, oldest first: picked up when it is given back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unanswered: Vec<Inbound>,
    /// Products in the draft that were only asked about: they are let go when the next
    /// message brings something else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looked_at: Vec<Sku>,
    /// Products that are short and for which nothing is offered any more: the customer
    /// has refused what serves in their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Sku>,
    /// The last revision that the customer has seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<u32>,
    /// Fingerprints of the last texts, oldest first: one that only says again what stands
    /// is not put on top of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heard: Vec<u32>,
    /// The revision that was followed up: one friendly word each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed_up: Option<u32>,
    /// The timers that are set.
    #[serde(default)]
    pub timers: BTreeMap<Timer, DateTime<FixedOffset>>,
    /// When the customer last wrote.
    #[serde(default)]
    pub last_inbound: Option<DateTime<FixedOffset>>,
    /// When a person of the store last wrote to the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_wrote: Option<DateTime<FixedOffset>>,
    /// The order that the contact placed just before this conversation.
    #[serde(default)]
    pub follows: Option<QuoteRef>,
    /// Who buys, as far as prices depend on it. The caller knows its customers, and
    /// sets it before each [`step`](super::step); what is sent already stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer: Option<Buyer>,
    /// Whether the contact wants no messages.
    #[serde(default)]
    pub opted_out: bool,
}

impl Conversation {
    /// How often a question was put since a person last had the conversation.
    #[must_use]
    pub fn times_asked(&self, question: &Question) -> u8 {
        let asked = self.asked.iter().find(|asked| asked.question.is_same(question));
        asked.map_or(0, |asked| asked.times)
    }

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
            waiting: Vec::new(),
            unanswered: Vec::new(),
            looked_at: Vec::new(),
            refused: Vec::new(),
            shown: None,
            heard: Vec::new(),
            followed_up: None,
            timers: BTreeMap::new(),
            overridden_by: None,
            last_inbound: None,
            person_wrote: None,
            follows: None,
            buyer: None,
            opted_out: false,
        }
    }
}
