//! From what a webhook tells to what the store keeps, whichever transport it came by.

use chrono::{DateTime, Utc};
use orcazap_store::{
    ChannelChange, Incoming, NewInbound, NewMedia, NewNotice, ReportedPrice, SentState, Severity,
    Source, StatusUpdate, Update,
};
use orcazap_whatsapp::webhook::{
    self, DeliveryStatus, InboundMessage, MessageKind, News, Notice, Origin, PlatformError,
    Pricing, Unreadable, Urgency,
};
use serde_json::{Value, json};

/// Why a channel stops when the platform says that its account may not send. People
/// read it, and by it the platform's own news lets the channel go on.
const STOPPED: &str = "A Meta restringiu ou desconectou a conta. Veja os avisos.";

/// Every update with what it is routed by. What a store must know of and no
/// assistant can answer is news for its people: messages without a sender, and
/// entries that can't be read.
pub(super) fn incoming(updates: Vec<webhook::Update>, now: DateTime<Utc>) -> Vec<Incoming> {
    updates.into_iter().map(|update| one(update, now)).collect()
}

/// A body that can't be read at all, as one event of no number.
/// It is kept as a text: JSON may be nested deeper than a value is read.
pub(super) fn whole(body: &[u8]) -> Incoming {
    let text = String::from_utf8_lossy(body).into_owned();
    routed(&Origin::default(), Update::Other { raw: text.into() })
}

fn one(update: webhook::Update, now: DateTime<Utc>) -> Incoming {
    match update {
        webhook::Update::Message(message) => inbound(*message, Source::Customer, now),
        webhook::Update::Standby(message) => inbound(*message, Source::Standby, now),
        webhook::Update::Echo(message) => inbound(*message, Source::Phone, now),
        webhook::Update::Past(past) => {
            let source = if past.from_store { Source::PastPhone } else { Source::Past };
            inbound(past.message, source, now)
        }
        webhook::Update::Status(status) => {
            let update = match sent_state(&status.status, &status.errors) {
                Some(state) => Update::Status(StatusUpdate {
                    provider_id: status.message_id.as_str().to_owned(),
                    callback: status.callback_data,
                    state,
                    pricing: status.pricing.and_then(price),
                    at: status.at.unwrap_or(now),
                }),
                None => Update::Other { raw: status.message_id.as_str().into() },
            };
            routed(&status.origin, update)
        }
        webhook::Update::Notice(notice) => news(&notice, now),
        webhook::Update::Unreadable(entry) => unreadable(&entry),
    }
}

fn routed(origin: &Origin, update: Update) -> Incoming {
    let number = origin.phone_number_id.as_ref();
    Incoming {
        phone_number_id: number.map(|number| number.as_str().to_owned()).unwrap_or_default(),
        account_id: origin.account_id.as_ref().map(|account| account.as_str().to_owned()),
        display_number: origin.display_phone_number.clone(),
        update,
    }
}

/// JSON as it came; as a text when it is nested too deep to be a value.
fn raw(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|_| json.into())
}

fn inbound(message: InboundMessage, source: Source, now: DateTime<Utc>) -> Incoming {
    let origin = message.origin.clone();
    let Some(from) = message.customer.contact.clone() else {
        tracing::warn!(message.kind = message.kind.code(), "a message tells no sender");
        let data = json!({ "kind": message.kind.code(), "text": words(&message.kind) });
        let mut notice = NewNotice::new("message_without_sender", Severity::Attention, data);
        notice.raw = raw(&message.raw);
        return routed(&origin, Update::Notice(Box::new(notice)));
    };
    let person = &message.customer;
    let username = person.username.as_ref().map(|username| format!("@{username}"));
    let becomes = match &message.kind {
        MessageKind::System(change) => change.becomes.clone(),
        _ => None,
    };
    let inbound = NewInbound {
        source,
        from,
        aliases: person.parent_user_id.clone().into_iter().collect(),
        becomes,
        profile_name: person.name.clone().or(username),
        kind: message.kind.code().to_owned(),
        text: words(&message.kind),
        media: media(&message.kind),
        raw: serde_json::from_str(&message.raw).unwrap_or_else(|_| json!({ "id": message.id })),
        // A clock that runs ahead must not put a message behind those that follow.
        sent_at: message.at.unwrap_or(now).min(now),
        provider_id: message.id.into(),
    };
    routed(&origin, Update::Message(Box::new(inbound)))
}

/// What lists show of a message.
fn words(kind: &MessageKind) -> Option<String> {
    match kind {
        MessageKind::Text { body } => Some(body.clone()),
        MessageKind::ButtonReply { title, .. } | MessageKind::ListReply { title, .. } => {
            Some(title.clone())
        }
        MessageKind::TemplateButton { text, .. } => Some(text.clone()),
        MessageKind::Media(media) => media.caption.clone(),
        MessageKind::Reaction { emoji, .. } => emoji.clone(),
        MessageKind::Location(location) => {
            location.name.clone().or_else(|| location.address.clone())
        }
        MessageKind::Contacts(cards) => {
            let card = |card: &webhook::Card| {
                let parts = card.name.iter().chain(&card.phones).cloned();
                parts.collect::<Vec<_>>().join(", ")
            };
            Some(cards.iter().map(card).collect::<Vec<_>>().join("\n"))
        }
        MessageKind::Order { text, .. } => text.clone(),
        MessageKind::System(change) => change.body.clone(),
        MessageKind::Edit { kind, .. } => words(kind),
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

fn media(kind: &MessageKind) -> Option<NewMedia> {
    match kind {
        MessageKind::Media(media) => Some(NewMedia {
            reference: media.id.clone().map(String::from).or_else(|| media.url.clone())?,
            kind: kind.code().to_owned(),
            claimed_type: media.mime_type.clone(),
            sha256: media.sha256.clone(),
            file_name: media.filename.clone(),
        }),
        MessageKind::Edit { kind, .. } => media(kind),
        _ => None,
    }
}

/// News as it came: its words are made of the platform's JSON when it is shown.
/// What asks nothing of anybody, and comes often, is passed over.
fn news(notice: &Notice, now: DateTime<Utc>) -> Incoming {
    let is_chatter = match &notice.news {
        News::ContactBook(_) | News::HistoryProgress { .. } | News::AdEvents(_) => true,
        News::Calls(calls) => !calls.iter().any(|call| call.incoming && call.event == "connect"),
        _ => false,
    };
    if is_chatter {
        return routed(&notice.origin, Update::Other { raw: raw(&notice.raw) });
    }
    let urgency = notice.urgency();
    if urgency > Urgency::Info {
        tracing::warn!(webhook.field = notice.field, "the platform has news of an account");
    }
    let severity = match urgency {
        Urgency::Info => Severity::Info,
        Urgency::Attention => Severity::Attention,
        Urgency::Critical | Urgency::PauseChannel => Severity::Critical,
    };
    let reason = STOPPED.to_owned();
    let change = match urgency {
        Urgency::PauseChannel => Some(ChannelChange::Pause { reason }),
        _ if notice.resumes_channel() => Some(ChannelChange::Resume { reason }),
        _ => None,
    };
    // The same news on another day is news; the same webhook again is not.
    let told = notice.at.map_or_else(|| now.date_naive().to_string(), |at| at.to_rfc3339());
    let (kind, data) = (notice.field.clone(), json!({ "at": told }));
    let notice_raw = raw(&notice.raw);
    let new = NewNotice { kind, severity, data, change, raw: notice_raw };
    routed(&notice.origin, Update::Notice(Box::new(new)))
}

fn unreadable(entry: &Unreadable) -> Incoming {
    tracing::warn!(
        webhook.field = entry.field,
        webhook.lacks = entry.lacks,
        "part of a webhook can't be read"
    );
    let data = json!({ "field": entry.field, "lacks": entry.lacks });
    let mut notice = NewNotice::new("unreadable", Severity::Attention, data);
    notice.raw = raw(&entry.raw);
    routed(&entry.origin, Update::Notice(Box::new(notice)))
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
