//! From what a webhook tells to what the store keeps.

use chrono::{DateTime, Utc};
use orcazap_store::{Incoming, NewInbound, SentState, StatusUpdate, Update};
use orcazap_whatsapp::webhook::{
    self, DeliveryStatus, InboundMessage, Origin, PlatformError, Urgency,
};
use serde_json::json;

/// Every update that has a number to route it by. What has no number belongs to
/// no store: it is logged and passed over.
pub(super) fn incoming(updates: Vec<webhook::Update>, now: DateTime<Utc>) -> Vec<Incoming> {
    updates.into_iter().filter_map(|update| one(update, now)).collect()
}

fn one(update: webhook::Update, now: DateTime<Utc>) -> Option<Incoming> {
    match update {
        webhook::Update::Message(message) => {
            let number = number(&message.origin)?;
            match inbound(*message, now) {
                Some(message) => Some(routed(number, Update::Message(Box::new(message)))),
                None => {
                    tracing::warn!(channel.number_id = number, "a message tells no sender");
                    None
                }
            }
        }
        webhook::Update::Status(status) => {
            let number = number(&status.origin)?;
            let state = sent_state(&status.status, &status.errors)?;
            Some(routed(
                number,
                Update::Status(StatusUpdate {
                    provider_id: status.message_id.as_str().to_owned(),
                    callback: status.callback_data,
                    state,
                    at: status.at.unwrap_or(now),
                }),
            ))
        }
        webhook::Update::Standby(message) | webhook::Update::Echo(message) => {
            let raw = serde_json::from_str(&message.raw).unwrap_or_default();
            Some(routed(number(&message.origin)?, Update::Other { raw }))
        }
        webhook::Update::Notice(notice) => {
            if notice.urgency() > Urgency::Info {
                tracing::warn!(webhook.field = notice.field, "the platform has news of an account");
            }
            let raw = serde_json::from_str(&notice.raw).unwrap_or_default();
            Some(routed(number(&notice.origin)?, Update::Other { raw }))
        }
        webhook::Update::Unreadable(entry) => {
            tracing::warn!(
                webhook.field = entry.field,
                webhook.lacks = entry.lacks,
                "part of a webhook can't be read"
            );
            let raw = serde_json::from_str(&entry.raw).unwrap_or_default();
            Some(routed(number(&entry.origin)?, Update::Other { raw }))
        }
    }
}

fn routed(phone_number_id: String, update: Update) -> Incoming {
    Incoming { phone_number_id, update }
}

fn number(origin: &Origin) -> Option<String> {
    origin.phone_number_id.as_ref().map(|number| number.as_str().to_owned())
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
