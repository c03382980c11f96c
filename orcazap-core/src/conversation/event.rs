//! What can happen to a conversation.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::effect::{LostReason, Timer};
use super::reply::Reply;
use super::state::QuoteRef;
use crate::authority::Actor;
use crate::catalog::Sku;
use crate::money::{Money, Percent, UnitPrice};
use crate::order::{Delivery, Payment};
use crate::place::{Place, Point};
use crate::quantity::Quantity;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The customer wrote: one message, or several in quick succession, which
    /// are read together and answered once, with those that have
    /// [arrived](Self::Arrived) before. For a caller that gathers a burst itself,
    /// which saves it a transaction for each message.
    Inbound {
        /// The messages, oldest first.
        messages: Vec<Inbound>,
    },
    /// The customer wrote one message, and perhaps not the last of its burst: it waits
    /// until [`Timer::Settle`] rings, [`settle_seconds`](super::Policy::settle_seconds)
    /// after the newest.
    Arrived {
        /// The message.
        message: Inbound,
    },
    /// A person of the store acted.
    Act {
        /// Who, and in which role.
        by: Actor,
        /// What they did.
        act: Act,
    },
    /// Somebody of the store wrote to the customer outside the assistant, on the
    /// store's own phone: what WhatsApp reports as an echo. From then on a person
    /// has the conversation.
    WroteElsewhere {
        /// When it was written.
        at: DateTime<FixedOffset>,
    },
    /// The platform reported that the message with a quote reached the customer
    /// or never will.
    QuoteDelivery {
        /// Which revision.
        revision: u32,
        /// Whether it was delivered.
        delivered: bool,
    },
    /// A timer that was set has run out.
    Timer {
        /// The one that rang.
        timer: Timer,
    },
}

impl Event {
    /// One message of words.
    #[must_use]
    pub fn text(text: impl Into<String>, at: DateTime<FixedOffset>) -> Self {
        Self::Inbound { messages: vec![Inbound { at, content: Content::Text(text.into()) }] }
    }

    /// One button pressed or list entry chosen.
    #[must_use]
    pub fn reply(reply: Reply, at: DateTime<FixedOffset>) -> Self {
        Self::Inbound { messages: vec![Inbound { at, content: Content::Reply(reply) }] }
    }

    /// An act of a person.
    #[must_use]
    pub fn act(by: Actor, act: Act) -> Self {
        Self::Act { by, act }
    }
}

/// One message of the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// When it was written.
    pub at: DateTime<FixedOffset>,
    /// What it holds.
    pub content: Content,
}

/// What a customer's message holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Words.
    Text(String),
    /// A button pressed or a list entry chosen.
    Reply(Reply),
    /// A reaction to a message.
    Reaction {
        /// The emoji; empty when the reaction was taken back.
        emoji: String,
        /// The quote, when it was the message with a quote that was reacted to.
        quote_ref: Option<QuoteRef>,
    },
    /// A position on the map, with the name or address if sent with it.
    Location {
        /// The address or name, when there is one.
        label: Option<String>,
        /// Where it is, when the platform told us.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        point: Option<Point>,
    },
    /// Something that is not words.
    Media {
        /// Of which kind.
        kind: MediaKind,
        /// The words sent with it.
        caption: Option<String>,
    },
    /// An order put together in WhatsApp's catalogue: products and quantities.
    CatalogOrder(Vec<(Sku, Quantity)>),
    /// A kind the platform could not tell us, or that we do not know.
    Unsupported,
}

impl Content {
    /// Whether only a person can take it in: not words, not a button, not a place.
    pub(super) fn is_media(&self) -> bool {
        match self {
            Self::Media { kind, .. } => *kind != MediaKind::Sticker,
            Self::Unsupported => true,
            Self::Text(_)
            | Self::Reply(_)
            | Self::Reaction { .. }
            | Self::Location { .. }
            | Self::CatalogOrder(_) => false,
        }
    }
}

/// Kinds of media.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A voice message or another sound.
    Audio,
    /// A photo.
    Image,
    /// A video.
    Video,
    /// A document.
    Document,
    /// A sticker.
    Sticker,
    /// Contact cards.
    Contacts,
}

/// What a person of the store can do. Acts on a quote name the revision that the
/// person saw, so that nobody approves what was changed behind their back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Sends the quote that waits, as it is.
    Approve {
        /// Which revision.
        revision: u32,
    },
    /// Changes the quote, and sends the new revision. One that needs a look for
    /// more than the person has seen of the last one waits for that look, theirs or
    /// another's; one that gives away more than they may waits for a second person.
    /// Also while a sent quote stands, or while a person has the conversation.
    EditAndApprove {
        /// Which revision is changed.
        revision: u32,
        /// What is changed, in this order.
        edits: Vec<Edit>,
    },
    /// Refuses the quote that waits, and takes the conversation over.
    Reject {
        /// Which revision.
        revision: u32,
        /// What the customer is told; may be empty.
        message: String,
    },
    /// Takes the customer's yes to a sent quote, given to a person.
    PlaceOrder {
        /// Which revision.
        revision: u32,
    },
    /// Takes the conversation over: the assistant is silent from now on.
    TakeOver,
    /// Gives the conversation back to the assistant, which goes on.
    GiveBack,
    /// Writes to the customer, and takes an open conversation over: a *fechado*
    /// that answers a person's words is for that person to hear.
    Reply {
        /// The words.
        text: String,
    },
    /// Closes the conversation without an order.
    Close {
        /// What the conversation is closed for.
        reason: CloseReason,
    },
}

/// Why a person closes a conversation. What the clock and the customer say by
/// themselves is not theirs to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "lost", rename_all = "snake_case")]
pub enum CloseReason {
    /// The store has decided so.
    ClosedByPerson,
    /// The customer told a person that they call it off.
    Cancelled,
    /// The customer told a person that they want no more messages.
    OptedOut,
}

impl From<CloseReason> for LostReason {
    fn from(reason: CloseReason) -> Self {
        match reason {
            CloseReason::ClosedByPerson => Self::ClosedByPerson,
            CloseReason::Cancelled => Self::Cancelled,
            CloseReason::OptedOut => Self::OptedOut,
        }
    }
}

impl Edit {
    /// Whether a price or the freight is set by hand, so that the quote may give
    /// something away.
    #[must_use]
    pub fn sets_a_price(&self) -> bool {
        match self {
            Self::Price { unit_price: Some(_), .. }
            | Self::Discount { pct: Some(_), .. }
            | Self::Freight { freight: Some(_) } => true,
            Self::Price { unit_price: None, .. }
            | Self::Discount { pct: None, .. }
            | Self::Freight { freight: None }
            | Self::Quantity { .. }
            | Self::Add { .. }
            | Self::Place { .. }
            | Self::Payment { .. }
            | Self::Delivery { .. }
            | Self::Resolve { .. }
            | Self::Drop { .. } => false,
        }
    }
}

/// One change of a quote by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum Edit {
    /// Another quantity of a line; zero removes it.
    Quantity {
        /// Which product.
        sku: Sku,
        /// How many sale units.
        qty: Quantity,
    },
    /// Another unit price of a line.
    Price {
        /// Which product.
        sku: Sku,
        /// The price of one; `None` for the rules' again.
        unit_price: Option<UnitPrice>,
    },
    /// A discount on a line in place of the rules', in percent: from 0 to 100.
    Discount {
        /// Which product.
        sku: Sku,
        /// How much is taken off, 5 is 5 %; `None` for the rules' again.
        pct: Option<Percent>,
    },
    /// A product on top.
    Add {
        /// Which product.
        sku: Sku,
        /// How many sale units.
        qty: Quantity,
    },
    /// Another freight.
    Freight {
        /// What delivery costs; `None` for the rules' again.
        freight: Option<Money>,
    },
    /// Another place. A freight that was set by hand for the last one goes with it.
    Place {
        /// Where to.
        place: Place,
    },
    /// Another way of paying.
    Payment {
        /// The way that holds from now on, for the whole order.
        payment: Payment,
    },
    /// Another day.
    Delivery {
        /// When the goods are wanted; `None` when no day is said any more.
        delivery: Option<Delivery>,
    },
    /// What was asked for and not understood is this product.
    Resolve {
        /// The customer's words, as in the order.
        text: String,
        /// Which product.
        sku: Sku,
        /// How many sale units.
        qty: Quantity,
    },
    /// What was asked for and not understood is no longer wanted.
    Drop {
        /// The customer's words, as in the order.
        text: String,
    },
}
