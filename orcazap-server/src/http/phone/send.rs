//! What is sent from the phone: words, a button or a row that was pressed, and
//! stand-ins for what a browser has not at hand.

use axum::Json;
use axum::http::StatusCode;
use bytes::Bytes;
use orcazap_whatsapp::MessageId;
use orcazap_whatsapp::graph_sim::{CustomerMessage, WebhookError};
use serde::Deserialize;

use super::OfDemo;
use super::chat::Mine;

/// The longest text, as in WhatsApp.
const MAX_CHARS: usize = 4_096;
/// What is shown of a place.
pub(super) const LOCATION: &str = "📍 Localização";
/// What is shown of a voice message.
pub(super) const AUDIO: &str = "🎤 Áudio (0:07)";
/// What is shown of a photo.
pub(super) const IMAGE: &str = "📷 Foto";

/// What the page sends.
#[derive(Debug, Deserialize)]
pub(super) struct Sending {
    customer: String,
    #[serde(flatten)]
    message: Message,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Message {
    Text { text: String },
    Button { id: String, title: String, context: Option<MessageId> },
    List { id: String, title: String, context: Option<MessageId> },
    Location,
    Audio,
    Image,
}

impl Message {
    fn is_too_long(&self) -> bool {
        let longest = match self {
            Self::Text { text } => text.chars().count(),
            Self::Button { id, title, .. } | Self::List { id, title, .. } => id.len() + title.len(),
            Self::Location | Self::Audio | Self::Image => 0,
        };
        longest > MAX_CHARS
    }

    /// What the phone shows of it, what it answers, and the message itself.
    fn into_parts(self) -> (String, Option<MessageId>, CustomerMessage) {
        match self {
            Self::Text { text } => (text.clone(), None, CustomerMessage::Text(text)),
            Self::Button { id, title, context } => {
                (title.clone(), context.clone(), CustomerMessage::Button { id, title, context })
            }
            Self::List { id, title, context } => {
                (title.clone(), context.clone(), CustomerMessage::List { id, title, context })
            }
            Self::Location => {
                let location = CustomerMessage::Location {
                    latitude: "-23.5505".to_owned(),
                    longitude: "-46.6333".to_owned(),
                    name: None,
                };
                (LOCATION.to_owned(), None, location)
            }
            Self::Audio => {
                let audio = CustomerMessage::Audio(Bytes::from_static(b"OggS"));
                (AUDIO.to_owned(), None, audio)
            }
            Self::Image => {
                let bytes = Bytes::from_static(&[0xff, 0xd8, 0xff, 0xd9]);
                let image = CustomerMessage::Image { bytes, caption: None };
                (IMAGE.to_owned(), None, image)
            }
        }
    }
}

/// Sends a message of a customer. One that the server does not take at once comes
/// again by itself, and is shown as on its way.
pub(super) async fn send(
    of_demo: OfDemo,
    Json(sending): Json<Sending>,
) -> Result<StatusCode, StatusCode> {
    let person = of_demo.person(&sending.customer)?;
    let customer = person.as_customer().ok_or(StatusCode::NOT_FOUND)?;
    if sending.message.is_too_long() {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let OfDemo { demo, phone, app } = of_demo;
    let at = app.clock.now();
    let (text, context, message) = sending.message.into_parts();
    let id = match demo.sim.customer_sends(&demo.number, &customer, message).await {
        Ok(id) => Some(id),
        Err(WebhookError::Refused { .. } | WebhookError::Unreachable) => None,
        Err(error) => {
            tracing::error!(%error, "the phone has nobody to write to");
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
    };
    phone.chat().wrote(Mine { from: person.id, id, text, context, at });
    Ok(StatusCode::NO_CONTENT)
}
