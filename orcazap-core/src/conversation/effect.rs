//! What must be done after an event: said, recorded, set, handed over.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::Event;
use super::answer::Answer;
use super::event::Inbound;
use super::say::Say;
use super::state::{Conversation, Offer, QuoteNumber, QuoteRef, State};
use crate::approval::Reason;
use crate::authority::{Actor, PersonId};
use crate::order::{Buyer, Delivery, Draft};
use crate::pricing::Revised;

/// A timer of a conversation. Setting one again moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// Nobody has looked at an approval for too long.
    ApprovalOverdue,
    /// Time for one friendly word about a quote without an answer.
    FollowUp,
    /// A quote's validity is over.
    QuoteExpires,
    /// The 24 h service window is about to close.
    WindowCloses,
    /// An unfinished order has been silent for too long.
    IdleDraft,
    /// A person has written to the customer, and both have been silent for long.
    TalkOver,
    /// What was asked before was not asked again with the last message, and the
    /// customer has been silent for a while.
    AskAgain,
    /// A burst of messages is over.
    Settle,
}

impl Timer {
    /// Every timer.
    pub const ALL: &'static [Self] = &[
        Self::ApprovalOverdue,
        Self::FollowUp,
        Self::QuoteExpires,
        Self::WindowCloses,
        Self::IdleDraft,
        Self::TalkOver,
        Self::AskAgain,
        Self::Settle,
    ];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ApprovalOverdue => "approval_overdue",
            Self::FollowUp => "follow_up",
            Self::QuoteExpires => "quote_expires",
            Self::WindowCloses => "window_closes",
            Self::IdleDraft => "idle_draft",
            Self::TalkOver => "talk_over",
            Self::AskAgain => "ask_again",
            Self::Settle => "settle",
        }
    }
}

/// Why a person has the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOverReason {
    /// The customer asked for a person.
    Asked,
    /// A person took over.
    TakenOver,
    /// A person writes with the customer, here or on the store's own phone.
    Talking,
    /// The customer asked something that is no order.
    Question,
    /// The same thing was asked twice without an answer that helps.
    NotUnderstood,
    /// A voice message, photo or document that only a person can read.
    Media,
    /// Words about an order that is placed.
    AfterSale,
    /// A quote was rejected by a person, who has the word now.
    Rejected,
    /// The order can't be priced by itself.
    CannotPrice,
    /// The quote could not be delivered.
    Undelivered,
}

/// Why a conversation closed without an order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "lost", rename_all = "snake_case")]
pub enum LostReason {
    /// The customer turned the quote down; their words, cut to 500 characters.
    Declined {
        /// The words.
        words: String,
    },
    /// The customer called the order off.
    Cancelled,
    /// The quote expired.
    Expired,
    /// The unfinished order was silent for too long.
    Idle,
    /// The customer wants no messages.
    OptedOut,
    /// A person closed it.
    ClosedByPerson,
}

/// What must be done. The caller carries effects out, in their order, in the
/// transaction that stores the conversation; nothing is sent inside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Say this to the customer, in one message.
    Say {
        /// What is said, as data.
        say: Say,
        /// What the customer asked beside: answered first, in the same message.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<Answer>,
    },
    /// Keep this offer as a new revision.
    RecordQuote {
        /// The quote, the order it was priced from, and which revision it is.
        offer: Offer,
        /// Who changed what by hand, if a person did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        edited: Option<Edited>,
    },
    /// Put a quote into the queue of a person.
    OpenApproval {
        /// The revision that a person must look at.
        quote_ref: QuoteRef,
        /// Why; never empty.
        reasons: Vec<Reason>,
    },
    /// Take a quote out of the queue.
    CloseApproval {
        /// The revision that waits no more.
        quote_ref: QuoteRef,
        /// How it ended.
        outcome: ApprovalOutcome,
    },
    /// Make a sales order of an accepted quote. Placing twice is placing once, for the day
    /// that was said last.
    PlaceOrder {
        /// The revision that the customer accepted.
        quote_ref: QuoteRef,
        /// When the customer wants it, as last said; a day changes no price, so
        /// it may differ from the quote's order.
        delivery: Option<Delivery>,
    },
    /// Wake the conversation at a time. Setting a timer again moves it.
    SetTimer {
        /// The timer; one that is set already moves.
        timer: Timer,
        /// When it rings.
        at: DateTime<FixedOffset>,
    },
    /// Do not wake it after all.
    CancelTimer {
        /// The timer; one that is not set stays so.
        timer: Timer,
    },
    /// Tell the store that a person is needed. A person who took over, writes with
    /// the customer or rejected the quote knows.
    HandOver {
        /// What a person is needed for.
        reason: HandOverReason,
    },
    /// Tell the store that an approval is overdue, or that the window in which
    /// its quote can still be sent is about to close.
    RemindApproval {
        /// The revision that waits.
        quote_ref: QuoteRef,
    },
    /// Mark the contact: no more messages.
    OptOut,
    /// Unmark the contact.
    OptIn,
    /// This conversation stays closed and the messages are for the next one of
    /// the same contact.
    OpenNext {
        /// What the next one starts from.
        next: Next,
    },
}

/// Who changed what in a quote by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// The person, in the role they acted in.
    pub by: Actor,
    /// Which revision they changed.
    pub from: u32,
    /// What differs from it: what they changed, and what followed from that. Empty
    /// when they sent it as it was.
    pub changes: Vec<Revised>,
}

/// What the next conversation of a contact starts from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// The messages that opened it, oldest first.
    pub messages: Vec<Inbound>,
    /// What stays of the last order: all of it after a late yes to an expired
    /// quote and where it went quiet, its terms where more is wanted with what was just
    /// bought, else nothing.
    pub draft: Draft,
    /// The order placed just before, which the messages may be about.
    pub follows: Option<QuoteRef>,
    /// Who buys, as far as prices depend on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer: Option<Buyer>,
    /// Whether the contact wants no messages.
    pub opted_out: bool,
    /// When a person of the store last wrote to the contact.
    #[serde(default)]
    pub person_wrote: Option<DateTime<FixedOffset>>,
}

impl Next {
    /// The next conversation under its own number, and the event to give it to
    /// [`step`](super::step) with.
    #[must_use]
    pub fn open(self, number: QuoteNumber) -> (Conversation, Event) {
        let state = if self.draft.is_empty() { State::New } else { State::Capturing };
        let fresh = Conversation::new(number);
        let Self { draft, follows, buyer, opted_out, person_wrote, .. } = self;
        let known = Conversation { follows, buyer, opted_out, person_wrote, ..fresh };
        let conversation = Conversation { state, draft, ..known };
        (conversation, Event::Inbound { messages: self.messages })
    }
}

/// How an approval ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ApprovalOutcome {
    /// A person approved it as it is.
    Approved {
        /// The person who said yes.
        by: PersonId,
    },
    /// A person changed it and approved what came of it.
    Edited {
        /// The person who changed it.
        by: PersonId,
        /// The revision that was approved instead.
        revision: u32,
    },
    /// A person rejected it.
    Rejected {
        /// The person who said no.
        by: PersonId,
    },
    /// A newer revision or the customer's word overtook it.
    Superseded,
}
