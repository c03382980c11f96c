//! What is said to the customer, as data: the words are made by the transport.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::effect::HandOverReason;
use super::reply::Reply;
use super::state::{Offer, QuoteNumber, QuoteRef};
use super::swapping::Swap;
use crate::catalog::Sku;
use crate::money::{Money, UnitPrice};
use crate::order::{Delivery, Draft, Payment, PaymentMethod};
use crate::place::Place;
use crate::quantity::{Quantity, Unit};

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

/// What is known of an order beside its goods.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// Where to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// How it is paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
    /// When it is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
}

impl Terms {
    /// Those of an order as collected so far.
    pub(super) fn of(draft: &Draft) -> Self {
        let Draft { place, payment, delivery, .. } = draft;
        Self { place: place.clone(), payment: *payment, delivery: *delivery }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One message that says what was understood and asks for what is missing: all of it,
/// up to five questions, but for what was asked before. It may ask nothing, where only
/// goods came since.
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
    /// What was understood beside the goods.
    #[serde(default, skip_serializing_if = "Terms::is_empty")]
    pub terms: Terms,
    /// What else is open and will be asked after, because this message asks enough: named
    /// in a word.
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
    /// A yes to what serves in place of something: which of them?
    WhichSwap {
        /// What is short, and the several that serve in its place; never empty.
        swaps: Vec<Swap>,
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
        /// Whether the day is asked for, because nobody has said it. What is said next
        /// of a day, and of nothing else, is it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        asks_day: bool,
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
            Self::WhichSwap { .. } => "which_swap",
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
