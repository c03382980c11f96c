//! What must be done after an event: said, recorded, set, handed over.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::Event;
use super::answer::Answer;
use super::event::Inbound;
use super::reply::Reply;
use super::state::{Conversation, Offer, QuoteNumber, QuoteRef, State};
use super::swapping::Swap;
use crate::approval::Reason;
use crate::authority::{Actor, PersonId};
use crate::catalog::Sku;
use crate::money::{Money, UnitPrice};
use crate::order::{Buyer, Delivery, Draft, Payment, PaymentMethod};
use crate::place::Place;
use crate::pricing::Revised;
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
    /// Make a sales order of an accepted quote. Placing twice is placing once.
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
    /// quote, else nothing.
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

/// A product as it is named to a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidItem {
    /// Which product.
    pub sku: Sku,
    /// Its name on the shelf.
    pub name: String,
    /// Its sale unit.
    pub unit: Unit,
    /// Its list price, before any tier or payment term.
    pub price: UnitPrice,
    /// How many; `None` while nobody said.
    pub qty: Option<Quantity>,
}

/// One of several products a customer can pick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What to press.
    pub reply: Reply,
    /// The product that is picked by it.
    pub item: SaidItem,
    /// The part of its name that tells it apart from the others; never empty.
    pub label: String,
}

/// An ask that several products fit, and the products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskChoice {
    /// The customer's words.
    pub text: String,
    /// What can be picked, best first; at least two.
    pub choices: Vec<Choice>,
}

/// How the place is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskPlace {
    /// Where to, or pickup?
    Where,
    /// A position on the map came; a CEP or a bairro is needed in words.
    InWords,
}

/// What is still open of an order, as it is named in a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "open", rename_all = "snake_case")]
pub enum Open {
    /// Which products.
    Items,
    /// Which of several products is meant.
    Choice {
        /// The customer's words.
        text: String,
    },
    /// How many of a product.
    Quantity {
        /// The product.
        item: SaidItem,
    },
    /// Where to.
    Place,
    /// How it is paid.
    Payment,
}

/// One message that says what was understood and asks for what is missing: all of
/// it, up to five questions, but for what was asked before and only goods came since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskFor {
    /// The order it is about; buttons carry it.
    pub number: QuoteNumber,
    /// What was understood, with quantities.
    pub items: Vec<SaidItem>,
    /// What the store does not have, in the customer's words.
    pub unknown: Vec<String>,
    /// Whether no product has been named.
    pub no_items: bool,
    /// What several products fit.
    pub choices: Vec<AskChoice>,
    /// Products without a quantity.
    pub quantities: Vec<SaidItem>,
    /// How the place is asked for, when it is missing. [`Reply::Pickup`] is a
    /// button for it.
    pub place: Option<AskPlace>,
    /// Whether the payment is missing. [`Reply::Pay`] is a button for it.
    pub payment: bool,
    /// The ways of paying that the store's price book names, for buttons.
    pub methods: Vec<PaymentMethod>,
    /// What else is open and is not asked in this message, because it asks enough or it
    /// was asked before: named in a word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Open>,
}

/// What so many packs come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// The product.
    pub sku: Sku,
    /// How much all of its packs hold.
    pub qty: Quantity,
    /// In which measure.
    pub unit: Unit,
}

/// How far an order is below the least that the store takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// The least, in reais.
    pub min: Money,
    /// What the order lacks of it, in reais; more than zero.
    pub lacks: Money,
}

/// What a quote that is said is to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The first one of this order.
    First,
    /// The order was changed since the last one.
    Revised,
    /// The last one had expired; these are today's prices.
    Renewed,
    /// The very one that stands, shown again.
    Again,
}

/// What the assistant says; the words are made by the transport.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Say {
    /// Answers a greeting: who this is and how to order.
    Welcome {
        /// The order that would be; the button to a person carries it.
        number: QuoteNumber,
    },
    /// What was understood, and all that is missing.
    Ask {
        /// The particulars.
        ask: AskFor,
    },
    /// The quote, with buttons to accept, change, or talk to a person.
    Quote {
        /// The quote, and the order it was priced from.
        offer: Offer,
        /// What it is to the customer.
        occasion: Occasion,
        /// What is short in it, and what serves in its place.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        swaps: Vec<Swap>,
        /// What its packs come to, of goods that are asked for in a measure: eight boxes
        /// of tiles are 18 m².
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        packed: Vec<Packed>,
    },
    /// The order is complete; a person looks at the quote first.
    UnderReview {
        /// What was understood.
        items: Vec<SaidItem>,
        /// What the store does not have, in the customer's words.
        unknown: Vec<String>,
        /// Where to.
        place: Option<Place>,
        /// How it is paid.
        payment: Option<Payment>,
        /// When it is wanted.
        delivery: Option<Delivery>,
        /// What is short, and what serves in its place.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        swaps: Vec<Swap>,
        /// What the order lacks of the least that the store takes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lacking: Option<Lacking>,
    },
    /// The customer writes while the quote still waits.
    StillUnderReview {
        /// The day that they have just said, to be confirmed; it changes no price.
        noted: Option<Delivery>,
    },
    /// A late yes: this quote is over its time, and a person looks at today's
    /// prices first.
    Expired {
        /// The revision that is over its time.
        quote_ref: QuoteRef,
    },
    /// The quote was accepted; the order is placed.
    Accepted {
        /// The revision that was accepted.
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
    /// What should change in this quote?
    WhatToChange {
        /// The revision that is to be changed.
        quote_ref: QuoteRef,
    },
    /// The customer's words about a quote were not understood: accept it, change
    /// it, or talk to a person?
    Unclear {
        /// The revision that the words were about.
        quote_ref: QuoteRef,
    },
    /// The customer turned it down; thanks all the same.
    Declined,
    /// The order was called off.
    Cancelled,
    /// One friendly word about a quote without an answer.
    FollowUp {
        /// The revision that waits for an answer.
        quote_ref: QuoteRef,
        /// What it comes to.
        total: Money,
        /// Until when it stands.
        valid_until: DateTime<FixedOffset>,
    },
    /// A person will answer.
    HandedOver {
        /// Why a person answers.
        reason: HandOverReason,
    },
    /// Nothing but the answer to a question.
    Answer {
        /// The answer.
        answer: Answer,
    },
    /// A person's words, as they are.
    Person {
        /// The words.
        text: String,
    },
    /// Confirms that no more messages will come, and says how to return.
    OptedOut,
}

impl Say {
    /// The stable code of what is said.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Welcome { .. } => "welcome",
            Self::Ask { .. } => "ask",
            Self::Quote { .. } => "quote",
            Self::UnderReview { .. } => "under_review",
            Self::StillUnderReview { .. } => "still_under_review",
            Self::Expired { .. } => "expired",
            Self::Accepted { .. } => "accepted",
            Self::WhatToChange { .. } => "what_to_change",
            Self::Unclear { .. } => "unclear",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::FollowUp { .. } => "follow_up",
            Self::HandedOver { .. } => "handed_over",
            Self::Answer { .. } => "answer",
            Self::Person { .. } => "person",
            Self::OptedOut => "opted_out",
        }
    }
}
