//! What must be done after an event: said, recorded, set, handed over.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::event::PersonId;
use super::reply::Reply;
use super::state::QuoteRef;
use crate::approval::Reason;
use crate::catalog::Sku;
use crate::money::Money;
use crate::order::{Delivery, Missing, Order, Payment};
use crate::pricing::Quote;
use crate::quantity::{Quantity, Unit};

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
}

impl Timer {
    /// Every timer.
    pub const ALL: &'static [Self] = &[
        Self::ApprovalOverdue,
        Self::FollowUp,
        Self::QuoteExpires,
        Self::WindowCloses,
        Self::IdleDraft,
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
    /// The customer asked something that is no order.
    Question,
    /// The same thing was asked twice without an answer that helps.
    NotUnderstood,
    /// A voice message, photo or document that only a person can read.
    Media,
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

/// What must be done. The caller carries effects out in the transaction that
/// stores the conversation; nothing is sent inside it.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Say this to the customer.
    Say(Say),
    /// Keep this quote as a new revision.
    RecordQuote {
        /// Which.
        quote_ref: QuoteRef,
        /// The quote.
        quote: Box<Quote>,
        /// The order it was priced from.
        order: Box<Order>,
        /// Who changed it by hand, if a person did.
        edited_by: Option<PersonId>,
    },
    /// Put a quote into the queue of a person.
    OpenApproval {
        /// Which.
        quote_ref: QuoteRef,
        /// Why.
        reasons: Vec<Reason>,
    },
    /// Take a quote out of the queue.
    CloseApproval {
        /// Which.
        quote_ref: QuoteRef,
        /// How it ended.
        outcome: ApprovalOutcome,
    },
    /// Make a sales order of an accepted quote. Placing twice is placing once.
    PlaceOrder {
        /// Which.
        quote_ref: QuoteRef,
    },
    /// Wake the conversation at a time.
    SetTimer {
        /// Which.
        timer: Timer,
        /// When.
        at: DateTime<FixedOffset>,
    },
    /// Do not wake it after all.
    CancelTimer(Timer),
    /// Tell the store that a person is needed.
    HandOver(HandOverReason),
    /// Tell the store that an approval is overdue.
    RemindApproval(QuoteRef),
    /// Mark the contact: no more messages.
    OptOut,
    /// Unmark the contact.
    OptIn,
}

/// How an approval ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalOutcome {
    /// A person approved it.
    Approved(PersonId),
    /// A person rejected it.
    Rejected(PersonId),
    /// A newer revision, a hand-over or the customer's word overtook it.
    Superseded,
}

/// One thing that is asked of the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Question(pub Missing);

/// A product as it is named to a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidItem {
    /// Which product.
    pub sku: Sku,
    /// Its name on the shelf.
    pub name: String,
    /// Its sale unit.
    pub unit: Unit,
    /// How many; `None` while nobody said.
    pub qty: Option<Quantity>,
}

/// One of several products a customer can pick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What to press.
    pub reply: Reply,
    /// The product.
    pub item: SaidItem,
    /// The part of its name that tells it apart from the others; never empty.
    pub label: String,
}

/// One message that says what was understood and asks for all that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskFor {
    /// The order it is about.
    pub number: super::QuoteNumber,
    /// What was understood.
    pub items: Vec<SaidItem>,
    /// What the store does not have, in the customer's words.
    pub unknown: Vec<String>,
    /// Asks that several products fit: the customer's words and the products.
    pub choices: Vec<(String, Vec<Choice>)>,
    /// Products without a quantity.
    pub quantities: Vec<SaidItem>,
    /// Whether no product has been named.
    pub no_items: bool,
    /// Whether the place is missing.
    pub place: bool,
    /// Whether the payment is missing.
    pub payment: bool,
}

/// A quote as it is said to a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteOffer {
    /// Which.
    pub quote_ref: QuoteRef,
    /// The quote.
    pub quote: Box<Quote>,
    /// The order it was priced from: place, payment, delivery, and what was not found.
    pub order: Box<Order>,
}

/// What the assistant says; the words are made by the transport.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Say {
    /// Answers a greeting: who this is and how to order.
    Welcome,
    /// What was understood, and all that is missing.
    Ask(AskFor),
    /// The quote, with buttons to accept, change, or talk to a person.
    Quote(QuoteOffer),
    /// The order is complete; a person looks at the quote first.
    UnderReview {
        /// What was understood.
        items: Vec<SaidItem>,
    },
    /// The customer asks while the quote still waits.
    StillUnderReview,
    /// The quote was accepted; the order is placed.
    Accepted {
        /// Which.
        quote_ref: QuoteRef,
        /// What it comes to.
        total: Money,
        /// How it is paid.
        payment: Option<Payment>,
        /// When it comes.
        delivery: Option<Delivery>,
        /// Whether the customer collects.
        pickup: bool,
    },
    /// What should change?
    WhatToChange,
    /// The customer turned it down; thanks all the same.
    Declined,
    /// The order was called off.
    Cancelled,
    /// The quote is over its time; prices must be looked at again.
    Expired {
        /// Which.
        quote_ref: QuoteRef,
    },
    /// One friendly word about a quote without an answer.
    FollowUp {
        /// Which.
        quote_ref: QuoteRef,
        /// What it comes to.
        total: Money,
        /// Until when it stands.
        valid_until: DateTime<FixedOffset>,
    },
    /// A person will answer.
    HandedOver {
        /// Why.
        reason: HandOverReason,
    },
    /// A person's words, as they are.
    Person {
        /// The words.
        text: String,
    },
    /// Asks for a CEP or a bairro in place of a position on the map.
    AskAddress,
    /// Confirms that no more messages will come.
    OptedOut,
}
