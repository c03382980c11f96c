//! The customers: what they send reaches the server's real webhook address.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use orcazap_core::contact::{ContactKey, Phone};
use serde_json::{Value, json};

use super::handle::GraphSim;
use super::media::{File, RECEIVED};
use super::state::{Sim, State};
use super::webhook::{self, WebhookError};
use crate::ids::{MessageId, PhoneNumberId};
use crate::json::put;

/// Somebody who writes to a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Their phone number, or the user id of who hides it, or both.
    pub key: ContactKey,
    /// The name they chose.
    pub name: String,
}

impl Customer {
    /// A customer with a phone number and a name.
    #[must_use]
    pub fn new(phone: Phone, name: impl Into<String>) -> Self {
        Self { key: phone.into(), name: name.into() }
    }
}

/// What a customer sends.
#[derive(Debug, Clone, PartialEq)]
pub enum CustomerMessage {
    /// Words.
    Text(String),
    /// A reply button that is pressed.
    Button {
        /// The button's id.
        id: String,
        /// Its label.
        title: String,
        /// The message it stands under.
        context: Option<MessageId>,
    },
    /// A row of a list that is chosen.
    List {
        /// The row's id.
        id: String,
        /// Its label.
        title: String,
        /// The message with the list.
        context: Option<MessageId>,
    },
    /// A voice message.
    Audio(Bytes),
    /// A photo.
    Image {
        /// The file.
        bytes: Bytes,
        /// Words sent with it.
        caption: Option<String>,
    },
    /// A PDF.
    Document {
        /// The file.
        bytes: Bytes,
        /// Its name.
        filename: String,
    },
    /// A position on the map, in degrees as text.
    Location {
        /// Degrees north, `-23.55`.
        latitude: String,
        /// Degrees east, `-46.63`.
        longitude: String,
        /// The name of the place.
        name: Option<String>,
    },
    /// A reaction to a message.
    Reaction {
        /// Which message.
        message_id: MessageId,
        /// The emoji; empty takes it back.
        emoji: String,
    },
    /// Any message: `type` and the object of that name. Id, sender and time are
    /// put to it unless it has its own.
    Raw(Value),
}

impl GraphSim {
    /// A customer sends a message to a number: it goes, signed, to the server's
    /// webhook address. Their 24-hour window opens anew.
    ///
    /// # Errors
    ///
    /// [`WebhookError`], when the server does not take it at once; unless there
    /// is nowhere to send it, it comes again by itself, as Meta does.
    pub async fn customer_sends(
        &self,
        number: &PhoneNumberId,
        from: &Customer,
        message: CustomerMessage,
    ) -> Result<MessageId, WebhookError> {
        let mut ids = self.customer_sends_all(number, from, vec![message]).await?;
        ids.pop().ok_or(WebhookError::NoTarget)
    }

    /// The same with several messages in one webhook.
    ///
    /// # Errors
    ///
    /// As [`customer_sends`](Self::customer_sends).
    pub async fn customer_sends_all(
        &self,
        number: &PhoneNumberId,
        from: &Customer,
        messages: Vec<CustomerMessage>,
    ) -> Result<Vec<MessageId>, WebhookError> {
        send_all(&self.sim, number, from, messages).await
    }

    /// Sends a body of one's own making to the webhook address, signed.
    ///
    /// # Errors
    ///
    /// As [`customer_sends`](Self::customer_sends).
    pub async fn post_webhook(&self, body: &Value) -> Result<(), WebhookError> {
        let target = self.sim.state().webhook.clone().ok_or(WebhookError::NoTarget)?;
        webhook::post_raw(&self.sim, target, body.to_string()).await
    }
}

/// Sends a customer's messages in one webhook; gives their ids.
pub(super) async fn send_all(
    sim: &Arc<Sim>,
    number: &PhoneNumberId,
    from: &Customer,
    messages: Vec<CustomerMessage>,
) -> Result<Vec<MessageId>, WebhookError> {
    let (ids, value) = {
        let mut state = sim.state();
        let mut wires = Vec::new();
        let mut ids = Vec::new();
        for message in messages {
            let id = state.new_message_id();
            let wire = wire(&mut state, &id, from, message);
            let told = wire.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
            let id: MessageId = told.unwrap_or(id);
            state.heard(id.clone(), number, &from.key, Duration::ZERO);
            ids.push(id);
            wires.push(wire);
        }
        (ids, json!({ "contacts": [card(from)], "messages": wires }))
    };
    webhook::post(sim, number, value).await?;
    Ok(ids)
}

fn card(from: &Customer) -> Value {
    let mut card = json!({ "profile": { "name": from.name }, "user_id": user_id(&from.key) });
    if let Some(phone) = from.key.phone() {
        put(&mut card, "wa_id", phone.digits());
    }
    card
}

/// The user id that webhooks carry of everybody: their own, or one that the
/// stand-in gives to their phone number.
pub(super) fn user_id(key: &ContactKey) -> String {
    match (key.user_id(), key.phone()) {
        (Some(user), _) => user.as_str().to_owned(),
        (None, phone) => {
            let digits = phone.map(|phone| phone.with_ninth_digit().digits().to_owned());
            format!("BR.77{}", digits.unwrap_or_default().chars().rev().collect::<String>())
        }
    }
}

fn wire(state: &mut State, id: &MessageId, from: &Customer, message: CustomerMessage) -> Value {
    let quoted = |context: &Option<MessageId>| context.as_ref().map(|id| json!({ "id": id }));
    let mut context = None;
    let mut wire = match message {
        CustomerMessage::Text(body) => json!({ "type": "text", "text": { "body": body } }),
        CustomerMessage::Button { id, title, context: under } => {
            context = quoted(&under);
            reply("button_reply", &id, &title)
        }
        CustomerMessage::List { id, title, context: under } => {
            context = quoted(&under);
            reply("list_reply", &id, &title)
        }
        CustomerMessage::Audio(bytes) => {
            let mut object = keep(state, "audio/ogg; codecs=opus", bytes);
            put(&mut object, "voice", json!(true));
            json!({ "type": "audio", "audio": object })
        }
        CustomerMessage::Image { bytes, caption } => {
            let mut object = keep(state, "image/jpeg", bytes);
            if let Some(caption) = caption {
                put(&mut object, "caption", json!(caption));
            }
            json!({ "type": "image", "image": object })
        }
        CustomerMessage::Document { bytes, filename } => {
            let mut object = keep(state, "application/pdf", bytes);
            put(&mut object, "filename", json!(filename));
            json!({ "type": "document", "document": object })
        }
        CustomerMessage::Location { latitude, longitude, name } => {
            let number = |text: String| text.parse::<serde_json::Number>().ok();
            let (latitude, longitude) = (number(latitude), number(longitude));
            let mut object = json!({ "latitude": latitude, "longitude": longitude });
            if let Some(name) = name {
                put(&mut object, "name", json!(name));
            }
            json!({ "type": "location", "location": object })
        }
        CustomerMessage::Reaction { message_id, emoji } => {
            json!({ "type": "reaction", "reaction": { "message_id": message_id, "emoji": emoji } })
        }
        CustomerMessage::Raw(raw) => raw,
    };
    if let Some(context) = context {
        put(&mut wire, "context", context);
    }
    let mut add = |name: &str, value: Value| {
        if wire.is_object() && wire.get(name).is_none() {
            put(&mut wire, name, value);
        }
    };
    add("id", json!(id));
    add("timestamp", json!(state.now().timestamp().to_string()));
    if let Some(phone) = from.key.phone() {
        add("from", json!(phone.digits()));
    }
    add("from_user_id", json!(user_id(&from.key)));
    wire
}

fn reply(kind: &str, id: &str, title: &str) -> Value {
    json!({ "type": "interactive", "interactive": { "type": kind, kind: { "id": id, "title": title } } })
}

/// Keeps a file that a customer sends; gives what a message says of it.
pub(super) fn keep(state: &mut State, mime_type: &str, bytes: Bytes) -> Value {
    let until = state.now() + RECEIVED;
    let file = File { mime_type: mime_type.to_owned(), bytes, until };
    let sha256 = file.sha256();
    let id = state.new_media_id();
    state.keep(id.clone(), file);
    json!({ "mime_type": mime_type, "sha256": sha256, "id": id })
}
