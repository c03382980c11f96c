//! What can happen to a conversation.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::effect::{LostReason, Timer};
use super::reply::Reply;
use crate::catalog::Sku;
use crate::money::{Money, UnitPrice};
use crate::quantity::Quantity;

/// A person of the store, by the caller's id (a UUID as a number).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub u128);

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The customer wrote: one message, or several in quick succession, which
    /// are read together and answered once. Oldest first, never empty.
    Inbound(Vec<Inbound>),
    /// A person of the store acted.
    Act {
        /// Who.
        by: PersonId,
        /// What they did.
        act: Act,
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
    Timer(Timer),
}

/// One message of the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Inbound {
    /// When it was written.
    pub at: DateTime<FixedOffset>,
    /// What it holds.
    pub content: Content,
}

/// What a customer's message holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Words.
    Text(String),
    /// A button pressed or a list entry chosen.
    Reply(Reply),
    /// A position on the map, with the name or address if sent with it.
    Location {
        /// The address or name, when there is one.
        label: Option<String>,
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

/// What a person of the store can do.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Sends the quote that waits, as it is.
    Approve,
    /// Changes the quote, and sends the new revision.
    EditAndApprove(Vec<Edit>),
    /// Refuses the quote, with a word to the customer.
    Reject {
        /// What the customer is told.
        message: String,
    },
    /// Takes the conversation over.
    TakeOver,
    /// Gives the conversation back to the assistant.
    GiveBack,
    /// Writes to the customer.
    Reply {
        /// The words.
        text: String,
    },
    /// Closes the conversation without an order.
    Close {
        /// Why.
        reason: LostReason,
    },
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
        /// The price of one.
        unit_price: UnitPrice,
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
        /// What delivery costs.
        freight: Money,
    },
}
