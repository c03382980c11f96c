//! From what a webhook tells to what the store keeps.

use chrono::{DateTime, Utc};
use orcazap_store::{Incoming, NewInbound, ReportedPrice, SentState, StatusUpdate, Update};
use orcazap_whatsapp::webhook::{
    self, DeliveryStatus, InboundMessage, Origin, PlatformError, Pricing, Urgency,
};
use serde_json::{Value, json};

/// Every update with the number to route it by. What tells no number, or no
/// sender, belongs to no store: its number is empty, and it is kept as such.
pub(super) fn incoming(updates: Vec<webhook::Update>, now: DateTime<Utc>) -> Vec<Incoming> {
    updates.into_iter().map(|update| one(update, now)).collect()
}

/// A body in which nothing was found that we know, as one event of no number.
/// It is kept as a text: JSON may be nested deeper than a value is read.
pub(super) fn whole(body: &[u8]) -> Incoming {
    let text = String::from_utf8_lossy(body).into_owned();
    routed(String::new(), Update::Other { raw: text.into() })
}

fn one(update: webhook::Update, now: DateTime<Utc>) -> Incoming {
    match update {
        webhook::Update::Message(message) => {
            let number = number(&message.origin);
            let raw = raw(&message.raw);
            match inbound(*message, now) {
                Some(message) => routed(number, Update::Message(Box::new(message))),
                None => {
                    tracing::warn!(channel.number_id = number, "a message tells no sender");
                    routed(String::new(), Update::Other { raw })
                }
            }
        }
        webhook::Update::Status(status) => {
            let number = number(&status.origin);
            match sent_state(&status.status, &status.errors) {
                Some(state) => routed(
                    number,
                    Update::Status(StatusUpdate {
                        provider_id: status.message_id.as_str().to_owned(),
                        callback: status.callback_data,
                        state,
                        pricing: status.pricing.and_then(price),
                        at: status.at.unwrap_or(now),
                    }),
                ),
                None => routed(number, Update::Other { raw: status.message_id.as_str().into() }),
            }
        }
        webhook::Update::Standby(message) | webhook::Update::Echo(message) => {
            routed(number(&message.origin), Update::Other { raw: raw(&message.raw) })
        }
        webhook::Update::Past(past) => {
            let message = past.message;
            routed(number(&message.origin), Update::Other { raw: raw(&message.raw) })
        }
        webhook::Update::Notice(notice) => {
            if notice.urgency() > Urgency::Info {
                tracing::warn!(webhook.field = notice.field, "the platform has news of an account");
            }
            routed(number(&notice.origin), Update::Other { raw: raw(&notice.raw) })
        }
        webhook::Update::Unreadable(entry) => {
            tracing::warn!(
                webhook.field = entry.field,
                webhook.lacks = entry.lacks,
                "part of a webhook can't be read"
            );
            routed(number(&entry.origin), Update::Other { raw: raw(&entry.raw) })
        }
    }
}

fn routed(phone_number_id: String, update: Update) -> Incoming {
    Incoming { phone_number_id, update }
}

fn number(origin: &Origin) -> String {
    let number = origin.phone_number_id.as_ref();
    number.map(|number| number.as_str().to_owned()).unwrap_or_default()
}

/// JSON as it came; as a text when it is nested too deep to be a value.
fn raw(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|_| json.into())
}

fn inbound(message: InboundMessage, now: DateTime<Utc>) -> Option<NewInbound> {
    let raw = serde_json::from_str(&message.raw);
    Some(NewInbound {
        from: message.customer.contact.clone()?,
        profile_name: message.customer.name.clone(),
        kind: message.kind.code().to_owned(),
        text: words(&message),
        raw: raw.unwrap_or_else(|_| json!({ "id": message.id })),
        // A clock that runs ahead must not put a message behind those that follow.
        sent_at: message.at.unwrap_or(now).min(now),
        provider_id: message.id.into(),
    })
}

/// What lists show of a message.
fn words(message: &InboundMessage) -> Option<String> {
    use webhook::MessageKind as Kind;
    match &message.kind {
        Kind::Text { body } => Some(body.clone()),
        Kind::ButtonReply { title, .. } | Kind::ListReply { title, .. } => Some(title.clone()),
        Kind::TemplateButton { text, .. } => Some(text.clone()),
        Kind::Media(media) => media.caption.clone(),
        Kind::Reaction { emoji, .. } => emoji.clone(),
        Kind::Location(location) => location.name.clone().or_else(|| location.address.clone()),
        Kind::Order { text, .. } => text.clone(),
        _ => None,
    }
}

/// What a status says of the price; `None` when it names no category. What is not
/// billable is free, whatever its type says.
fn price(pricing: Pricing) -> Option<ReportedPrice> {
    let kind = match (pricing.billable, pricing.kind) {
        (Some(false), None) => "free".to_owned(),
        (Some(false), Some(kind)) if !kind.starts_with("free") => "free".to_owned(),
        (_, Some(kind)) => kind,
        (_, None) => "regular".to_owned(),
    };
    Some(ReportedPrice { category: pricing.category?, kind })
}

fn sent_state(status: &DeliveryStatus, errors: &[PlatformError]) -> Option<SentState> {
    match status {
        DeliveryStatus::Sent => Some(SentState::Sent),
        DeliveryStatus::Delivered => Some(SentState::Delivered),
        DeliveryStatus::Read | DeliveryStatus::Played => Some(SentState::Read),
        DeliveryStatus::Failed => {
            let code = errors.first().map_or(0, |error| error.code);
            let error = format!("{code}: {}", orcazap_whatsapp::error::explain(code));
            Some(SentState::Failed { error })
        }
        DeliveryStatus::Other(_) => None,
    }
}
