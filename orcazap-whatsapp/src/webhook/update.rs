//! What a webhook tells: messages, statuses, notices, and what could not be read.

use chrono::{DateTime, Utc};
use orcazap_core::contact::{ContactKey, UserId};

use super::kind::MessageKind;
use super::notice::Notice;
use super::status::{DeliveryStatus, StatusUpdate};
use crate::ids::{AccountId, MessageId, PhoneNumberId};

/// One thing that a webhook tells. A body holds up to a thousand of them, of
/// several stores, in any order, some seen before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Update {
    /// A customer wrote (field `messages`).
    Message(Box<InboundMessage>),
    /// A customer wrote while the platform's own assistant handles the
    /// conversation (field `standby`): ours is not asked. Alert the store.
    Standby(Box<InboundMessage>),
    /// The store wrote from its phone app (fields `message_echoes` and
    /// `smb_message_echoes`): our assistant falls silent.
    Echo(Box<InboundMessage>),
    /// A message of a chat from before the number was connected (field
    /// `history`, coexistence): keep it, answer nothing. It may come several times.
    Past(Box<PastMessage>),
    /// What became of a message that was sent (`statuses`).
    Status(Box<StatusUpdate>),
    /// News of the account, a number, a template or a customer's preferences.
    Notice(Box<Notice>),
    /// Something of which not enough is told to know what it is: keep it as it
    /// came, and show it to a person.
    Unreadable(Unreadable),
}

impl Update {
    /// Where it belongs.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        match self {
            Self::Message(message) | Self::Standby(message) | Self::Echo(message) => {
                &message.origin
            }
            Self::Past(past) => &past.message.origin,
            Self::Status(status) => &status.origin,
            Self::Notice(notice) => &notice.origin,
            Self::Unreadable(entry) => &entry.origin,
        }
    }
}

/// Where an update belongs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The WhatsApp Business Account (`entry[].id`).
    pub account_id: Option<AccountId>,
    /// The business phone number (`metadata.phone_number_id`); route by it.
    pub phone_number_id: Option<PhoneNumberId>,
    /// The business phone number's digits (`metadata.display_phone_number`).
    pub display_phone_number: Option<String>,
}

/// A person as a webhook names them. Each part may be missing and any may change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The phone number and the business-scoped user id, whichever are told.
    /// Answer to exactly this: a Brazilian number may lack its ninth digit here
    /// and only then be right.
    pub contact: Option<ContactKey>,
    /// The user id within a group of linked portfolios (`parent_user_id`).
    pub parent_user_id: Option<UserId>,
    /// The name the person chose (`profile.name`); no identity.
    pub name: Option<String>,
    /// The username (`profile.username`) without its `@`; no identity.
    pub username: Option<String>,
}

/// A customer's message, or with [`Update::Echo`] one of the store's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundMessage {
    /// Where it came in.
    pub origin: Origin,
    /// Its id; a webhook repeats, an id does not. A message that came without one
    /// has a digest of itself, `sha256:…`: the same again is the same message.
    pub id: MessageId,
    /// The customer: who wrote, or with an echo who was written to.
    pub customer: Person,
    /// When it was written, to the second; `None` when the platform told no
    /// time that can be: take the time of receipt.
    pub at: Option<DateTime<Utc>>,
    /// The group it was written in (`group_id`).
    pub group_id: Option<String>,
    /// What it answers or where it was forwarded from.
    pub context: Option<Context>,
    /// The advertisement or post that led here; on the first message only.
    pub referral: Option<Referral>,
    /// Why the platform could not show the message, with
    /// [`MessageKind::Unsupported`].
    pub errors: Vec<PlatformError>,
    /// What it holds.
    pub kind: MessageKind,
    /// The message as it came, in JSON, to be kept: `{"messages":[…]}` around it
    /// is read by [`parse`](super::parse) again.
    pub raw: String,
}

/// A message of a chat's history (`history[].threads[].messages[]`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastMessage {
    /// The message; its `customer` is the thread's, whoever wrote it.
    pub message: InboundMessage,
    /// Whether the store wrote it.
    pub from_store: bool,
    /// How far it got (`history_context.status`).
    pub status: Option<DeliveryStatus>,
}

/// What a message answers (`context`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// The quoted message; it may be one that was never stored.
    pub message_id: Option<MessageId>,
    /// Who wrote the quoted message, as told: the store's own number, or a customer.
    pub from: Option<String>,
    /// Whether it was forwarded.
    pub forwarded: bool,
    /// Whether it was forwarded more than five times.
    pub frequently_forwarded: bool,
    /// The catalogue of the product that the customer asks about
    /// (`referred_product.catalog_id`).
    pub catalog_id: Option<String>,
    /// That product (`referred_product.product_retailer_id`).
    pub product: Option<String>,
}

/// The advertisement or post that a customer came from (`referral`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Referral {
    /// `ad` or `post` (`source_type`).
    pub source_type: Option<String>,
    /// The advertisement's id (`source_id`).
    pub source_id: Option<String>,
    /// Its address (`source_url`).
    pub source_url: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// Its text.
    pub body: Option<String>,
    /// `image` or `video` (`media_type`).
    pub media_type: Option<String>,
    /// Where the picture, the video or else the thumbnail lies (`image_url`,
    /// `video_url`, `thumbnail_url`).
    pub media_url: Option<String>,
    /// The greeting that the advertisement showed (`welcome_message.text`).
    pub welcome: Option<String>,
    /// The click's id (`ctwa_clid`), which the Conversions API asks for; missing
    /// for advertisements in Status.
    pub click_id: Option<String>,
}

/// An error as the platform reports it in a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlatformError {
    /// The code; 0 when none was told. See [`crate::GraphError`] for meanings.
    pub code: i64,
    /// A short title.
    pub title: Option<String>,
    /// What happened.
    pub message: Option<String>,
    /// More about it (`error_data.details`).
    pub details: Option<String>,
}

/// An entry that tells something, but not enough to know what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it came in.
    pub origin: Origin,
    /// The field it came under.
    pub field: String,
    /// What it lacks.
    pub lacks: &'static str,
    /// The entry as it came.
    pub raw: String,
}
