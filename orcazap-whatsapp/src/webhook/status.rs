//! What became of a message that was sent.

use chrono::{DateTime, Utc};
use orcazap_core::contact::ContactKey;

use super::update::{Origin, PlatformError};
use crate::ids::MessageId;

/// A status of a message (`statuses[]`). They come in any order and more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusUpdate {
    /// Which number sent it.
    pub origin: Origin,
    /// The message's id, from the answer to the send.
    pub message_id: MessageId,
    /// What became of it.
    pub status: DeliveryStatus,
    /// When; `None` when the platform told no time that can be.
    pub at: Option<DateTime<Utc>>,
    /// To whom, whichever are told. Match by message id, never by this.
    pub recipient: Option<ContactKey>,
    /// What the send carried (`biz_opaque_callback_data`): settles a send whose
    /// answer was lost.
    pub callback_data: Option<String>,
    /// What it costs.
    pub pricing: Option<Pricing>,
    /// The kind of conversation (`conversation.origin.type`); rare since v24.
    pub conversation: Option<String>,
    /// Why it failed.
    pub errors: Vec<PlatformError>,
}

/// How far a message got (`statuses[].status`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DeliveryStatus {
    /// The platform took it: one tick.
    Sent,
    /// It is on a device: two ticks.
    Delivered,
    /// It was shown.
    Read,
    /// A voice message was played.
    Played,
    /// It will not arrive.
    Failed,
    /// `deleted`, `warning`, or a status this crate does not know.
    Other(String),
}

impl DeliveryStatus {
    /// The status of a platform's name.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code.to_ascii_lowercase().as_str() {
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "played" => Self::Played,
            "failed" => Self::Failed,
            _ => Self::Other(code.to_owned()),
        }
    }

    /// The platform's name.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed => "failed",
            Self::Other(code) => code,
        }
    }

    /// How far the message got, from 1 to 5; `None` for what says nothing about
    /// it. The furthest stands, whatever comes after: `failed` ranks above
    /// `sent` and below `delivered`, because a message that reached one device
    /// was seen to fail on another.
    #[must_use]
    pub fn rank(&self) -> Option<u8> {
        match self {
            Self::Sent => Some(1),
            Self::Failed => Some(2),
            Self::Delivered => Some(3),
            Self::Read => Some(4),
            Self::Played => Some(5),
            Self::Other(_) => None,
        }
    }
}

/// What a message costs (`pricing`), charged on delivery.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pricing {
    /// Whether it is charged (`billable`); the platform means to drop it in
    /// favour of `type`.
    pub billable: Option<bool>,
    /// `CBP` or `PMP` (`pricing_model`).
    pub model: Option<String>,
    /// `regular`, `free_customer_service`, `free_entry_point` (`type`): the
    /// proof whether it was free.
    pub kind: Option<String>,
    /// `service`, `utility`, `marketing`, `authentication`, …
    pub category: Option<String>,
}
