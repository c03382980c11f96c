//! The kinds of message a customer can send.

use chrono::{DateTime, Utc};
use orcazap_core::contact::{ContactKey, UserId};
use orcazap_core::conversation::MediaKind;
use rust_decimal::Decimal;

use crate::ids::{MediaId, MessageId};

/// What a message holds (`messages[].type` and the object of that name).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageKind {
    /// Words (`text`).
    Text {
        /// The words, cut to 65,536 characters.
        body: String,
    },
    /// A photo, video, sound, document or sticker.
    Media(Media),
    /// A position on the map (`location`).
    Location(Location),
    /// Contact cards (`contacts`).
    Contacts(Vec<Card>),
    /// A quick reply of a template was pressed (`button`).
    TemplateButton {
        /// What was set for it; the label by default. Untrusted.
        payload: String,
        /// The label.
        text: String,
    },
    /// A reply button was pressed (`interactive.button_reply`).
    ButtonReply {
        /// The id we set, perhaps in another conversation long ago. Untrusted.
        id: String,
        /// The label.
        title: String,
    },
    /// A row of a list was chosen (`interactive.list_reply`).
    ListReply {
        /// The id we set, perhaps in another conversation long ago. Untrusted.
        id: String,
        /// The label.
        title: String,
        /// The line below the label.
        description: Option<String>,
    },
    /// A flow or form was filled in (`interactive.nfm_reply`).
    FormReply {
        /// `flow` or `address_message`.
        name: Option<String>,
        /// What the phone shows, mostly `Sent`.
        body: Option<String>,
        /// A text that holds JSON, most often an object.
        response_json: String,
    },
    /// A question whether the store may call was answered
    /// (`interactive.call_permission_reply`).
    CallPermission {
        /// Whether it may.
        accepted: bool,
        /// Until when; `None` for good, or when it was declined.
        until: Option<DateTime<Utc>>,
    },
    /// A saved card was chosen (`interactive.payment_method`).
    PaymentMethod {
        /// The kind of payment.
        method: Option<String>,
        /// The `reference_id` of the order it pays for.
        reference_id: Option<String>,
        /// The card's last four digits.
        last_four_digits: Option<String>,
    },
    /// A cart of WhatsApp's catalogue (`order`). Prices are what the phone
    /// showed: price it again.
    Order {
        /// The catalogue's id.
        catalog_id: Option<String>,
        /// Words sent with it.
        text: Option<String>,
        /// The products.
        items: Vec<OrderLine>,
    },
    /// A reaction to a message (`reaction`).
    Reaction {
        /// Which message.
        message_id: Option<MessageId>,
        /// The emoji; `None` when it was taken back.
        emoji: Option<String>,
    },
    /// The customer's number, id or identity changed (`system`).
    System(SystemChange),
    /// A message was edited (`edit`).
    Edit {
        /// Which message.
        original_id: Option<MessageId>,
        /// What it holds now.
        kind: Box<Self>,
    },
    /// A message was deleted for everyone (`revoke`).
    Revoke {
        /// Which message.
        original_id: Option<MessageId>,
    },
    /// The chat was opened for the first time, without a word (`request_welcome`).
    Welcome,
    /// A photo or the like of which the history tells only that there was one
    /// (`media_placeholder`); the file may follow under the same id.
    Placeholder,
    /// Something that the platform does not hand on (`unsupported`, `unknown`):
    /// polls, live locations, view-once media.
    Unsupported {
        /// What it was, when told.
        of: Option<String>,
    },
    /// A kind that this crate does not know, or whose object makes no sense.
    Unknown {
        /// The type as the platform names it; empty when there is none.
        name: String,
        /// The whole message as it came.
        raw: String,
    },
}

impl MessageKind {
    /// The platform's name of the kind (`messages[].type`, and for interactive
    /// replies `interactive.type`).
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Text { .. } => "text",
            Self::Media(media) => media_code(media.kind),
            Self::Location(_) => "location",
            Self::Contacts(_) => "contacts",
            Self::TemplateButton { .. } => "button",
            Self::ButtonReply { .. } => "button_reply",
            Self::ListReply { .. } => "list_reply",
            Self::FormReply { .. } => "nfm_reply",
            Self::CallPermission { .. } => "call_permission_reply",
            Self::PaymentMethod { .. } => "payment_method",
            Self::Order { .. } => "order",
            Self::Reaction { .. } => "reaction",
            Self::System(_) => "system",
            Self::Edit { .. } => "edit",
            Self::Revoke { .. } => "revoke",
            Self::Welcome => "request_welcome",
            Self::Placeholder => "media_placeholder",
            Self::Unsupported { .. } => "unsupported",
            Self::Unknown { name, .. } => name,
        }
    }
}

/// The platform's name of a kind of media.
pub(crate) fn media_code(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Audio => "audio",
        MediaKind::Image => "image",
        MediaKind::Video => "video",
        MediaKind::Document => "document",
        MediaKind::Sticker => "sticker",
        MediaKind::Contacts => "contacts",
    }
}

/// A photo, video, sound, document or sticker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Which of them.
    pub kind: MediaKind,
    /// What to fetch it with, within 7 days; `None` when only a placeholder came, or
    /// when it is fetched by its address (Twilio).
    pub id: Option<MediaId>,
    /// Where it lies. The Cloud API's address is good for five minutes: look the id
    /// up instead.
    pub url: Option<String>,
    /// The type as claimed, without parameters and in lower case: `audio/ogg`.
    pub mime_type: Option<String>,
    /// The SHA-256 as told: base64, at times hexadecimal.
    pub sha256: Option<String>,
    /// Words sent with it.
    pub caption: Option<String>,
    /// A document's name as the sender wrote it; never a path to write to.
    pub filename: Option<String>,
    /// Whether a sound was recorded in the chat.
    pub voice: bool,
    /// Whether a sticker moves.
    pub animated: bool,
}

/// A position on the map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Location {
    /// Degrees north.
    pub latitude: Option<Decimal>,
    /// Degrees east.
    pub longitude: Option<Decimal>,
    /// The name of the place that was picked.
    pub name: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// A page about the place.
    pub url: Option<String>,
}

/// One contact card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// The name (`name.formatted_name`).
    pub name: Option<String>,
    /// Phone numbers as written on the card.
    pub phones: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Where the person works (`org.company`).
    pub company: Option<String>,
    /// Whether the customer shared their own number because we asked
    /// (`origin: contact_request`).
    pub own: bool,
}

/// A product of a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The store's code of the product (`product_retailer_id`).
    pub product: String,
    /// How many.
    pub quantity: Option<Decimal>,
    /// The price that the phone showed.
    pub item_price: Option<Decimal>,
    /// Its currency, `BRL`.
    pub currency: Option<String>,
}

/// What changed about a customer. `from` of the message, where it is told, is
/// who they were.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SystemChange {
    /// `user_changed_number`, `user_changed_user_id`, `customer_identity_changed`,
    /// and until v12 `customer_changed_number`.
    pub change: String,
    /// The sentence that the phone shows.
    pub body: Option<String>,
    /// Who they are from now on, as far as it is told (`wa_id` or `new_wa_id`, and
    /// `user_id`).
    pub becomes: Option<ContactKey>,
    /// The user id within a group of linked portfolios from now on.
    pub parent_user_id: Option<UserId>,
    /// The user id until now.
    pub previous_user_id: Option<UserId>,
}
