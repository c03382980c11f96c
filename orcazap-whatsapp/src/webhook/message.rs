//! One message of a webhook, whatever its kind.

use orcazap_core::contact::{ContactKey, Phone};
use orcazap_core::conversation::MediaKind;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::fields::{Fields, kept};
use super::kind::{Card, Location, Media, MessageKind, OrderLine, SystemChange};
use super::parse::errors;
use super::person::{Contacts, key, same};
use super::status::DeliveryStatus;
use super::update::{Context, InboundMessage, Origin, PastMessage, Person, Referral};
use crate::ids::MessageId;

/// The most contact cards, products and the like kept of one message.
const MAX_PARTS: usize = 300;

/// How deep an edit of an edit is followed.
const MAX_EDITS: usize = 4;

/// A message that a customer sent, or the name of the field it lacks.
pub(super) fn inbound(
    raw: &RawValue,
    origin: &Origin,
    contacts: &Contacts,
) -> Result<InboundMessage, &'static str> {
    let fields = Fields::of(raw);
    let sender = key(fields.filled("from"), fields.filled("from_user_id"))
        .or_else(|| changed(&fields.object("system")));
    message(raw, &fields, origin, contacts.person(sender, fields.parsed("from_parent_user_id")))
}

/// Who a message about a change is from, when it tells no sender: who they were,
/// else who they are.
fn changed(system: &Fields<'_>) -> Option<ContactKey> {
    key(system.filled("customer"), system.filled("previous_user_id"))
        .or_else(|| key(system.any(&["wa_id", "new_wa_id"]), system.filled("user_id")))
}

/// A message that the store sent from its phone app.
pub(super) fn echo(
    raw: &RawValue,
    origin: &Origin,
    contacts: &Contacts,
) -> Result<InboundMessage, &'static str> {
    let fields = Fields::of(raw);
    let receiver = key(fields.filled("to"), fields.filled("to_user_id"));
    message(raw, &fields, origin, contacts.person(receiver, fields.parsed("to_parent_user_id")))
}

/// A message of a thread of the history; the thread's id is the customer's number.
pub(super) fn past(
    raw: &RawValue,
    origin: &Origin,
    contacts: &Contacts,
    thread: Option<&ContactKey>,
) -> Result<PastMessage, &'static str> {
    let fields = Fields::of(raw);
    let from = key(fields.filled("from"), fields.filled("from_user_id"));
    let to = key(fields.filled("to"), fields.filled("to_user_id"));
    let own = origin.display_phone_number.as_deref().and_then(|text| text.parse::<Phone>().ok());
    let is_own = from.as_ref().and_then(ContactKey::phone).is_some_and(|phone| {
        own.as_ref().is_some_and(|own| own.with_ninth_digit() == phone.with_ninth_digit())
    });
    let from_store = to.is_some()
        || is_own
        || (from.is_some()
            && thread.is_some_and(|thread| from.as_ref().is_some_and(|from| !same(thread, from))));
    let customer = thread.cloned().or(if from_store { to } else { from });
    let status = fields.object("history_context").filled("status");
    Ok(PastMessage {
        message: message(raw, &fields, origin, contacts.person(customer, None))?,
        from_store,
        status: status.map(|code| DeliveryStatus::from_code(&code)),
    })
}

fn message(
    raw: &RawValue,
    fields: &Fields<'_>,
    origin: &Origin,
    customer: Person,
) -> Result<InboundMessage, &'static str> {
    if fields.is_empty() {
        return Err("fields");
    }
    let kind = kind(fields, raw, MAX_EDITS);
    let id = fields.parsed("id").or_else(|| digest(raw, &kind)).ok_or("id")?;
    Ok(InboundMessage {
        origin: origin.clone(),
        id,
        customer,
        at: fields.instant("timestamp"),
        group_id: fields.filled("group_id"),
        context: context(&fields.object("context")),
        referral: referral(&fields.object("referral")),
        errors: errors(fields),
        kind,
        raw: kept(raw),
    })
}

/// An id for a message that came without one, if it holds anything.
fn digest(raw: &RawValue, kind: &MessageKind) -> Option<MessageId> {
    let holds = !matches!(kind, MessageKind::Unknown { name, .. } if name.is_empty());
    let digest = || format!("sha256:{}", hex::encode(Sha256::digest(raw.get())));
    holds.then(digest).and_then(|id| id.parse().ok())
}

fn context(fields: &Fields<'_>) -> Option<Context> {
    let product = fields.object("referred_product");
    let found = Context {
        message_id: fields.parsed("id").or_else(|| fields.parsed("message_id")),
        from: fields.filled("from"),
        forwarded: fields.flag("forwarded"),
        frequently_forwarded: fields.flag("frequently_forwarded"),
        catalog_id: product.filled("catalog_id"),
        product: product.filled("product_retailer_id"),
    };
    (found != Context::default()).then_some(found)
}

fn referral(fields: &Fields<'_>) -> Option<Referral> {
    (!fields.is_empty()).then(|| Referral {
        source_type: fields.filled("source_type"),
        source_id: fields.filled("source_id"),
        source_url: fields.filled("source_url"),
        headline: fields.filled("headline"),
        body: fields.filled("body"),
        media_type: fields.filled("media_type"),
        media_url: fields.any(&["image_url", "video_url", "thumbnail_url"]),
        welcome: fields.object("welcome_message").filled("text"),
        click_id: fields.filled("ctwa_clid"),
    })
}

fn kind(fields: &Fields<'_>, raw: &RawValue, depth: usize) -> MessageKind {
    let name = fields.text("type").unwrap_or_else(|| guessed(fields));
    let object = fields.object(&name);
    let known = match name.as_str() {
        "text" => object
            .text("body")
            .or_else(|| fields.text("text"))
            .map(|body| MessageKind::Text { body }),
        "image" => media(MediaKind::Image, &object),
        "video" => media(MediaKind::Video, &object),
        "audio" | "voice" => media(MediaKind::Audio, &object),
        "document" => media(MediaKind::Document, &object),
        "sticker" => media(MediaKind::Sticker, &object),
        "location" => location(&object),
        "contacts" => cards(fields),
        "button" => button(&object),
        "interactive" => interactive(&object),
        "order" => Some(order(&object)),
        "reaction" => Some(MessageKind::Reaction {
            message_id: object.parsed("message_id"),
            emoji: object.filled("emoji"),
        }),
        "system" => Some(system(&object)),
        "edit" => edit(&object, depth),
        "revoke" => Some(MessageKind::Revoke { original_id: object.parsed("original_message_id") }),
        "request_welcome" => Some(MessageKind::Welcome),
        "media_placeholder" => Some(MessageKind::Placeholder),
        "unsupported" | "unknown" => Some(MessageKind::Unsupported { of: object.filled("type") }),
        _ => None,
    };
    known.unwrap_or_else(|| MessageKind::Unknown { name, raw: kept(raw) })
}

/// The kind of a message that does not name it, by the object it has.
fn guessed(fields: &Fields<'_>) -> String {
    let kinds = [
        "text",
        "image",
        "video",
        "audio",
        "voice",
        "document",
        "sticker",
        "location",
        "contacts",
        "button",
        "interactive",
        "order",
        "reaction",
        "system",
        "edit",
        "revoke",
    ];
    let found = kinds.iter().find(|name| fields.raw(name).is_some());
    found.map_or_else(String::new, |name| (*name).to_owned())
}

fn media(kind: MediaKind, object: &Fields<'_>) -> Option<MessageKind> {
    let mime_type = object
        .filled("mime_type")
        .map(|mime| mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    (!object.is_empty()).then(|| {
        MessageKind::Media(Media {
            kind,
            id: object.parsed("id"),
            url: object.filled("url").or_else(|| object.filled("link")),
            mime_type,
            sha256: object.filled("sha256"),
            caption: object.filled("caption"),
            filename: object.filled("filename").map(|name| name.chars().take(255).collect()),
            voice: object.flag("voice"),
            animated: object.flag("animated"),
        })
    })
}

fn location(object: &Fields<'_>) -> Option<MessageKind> {
    (!object.is_empty()).then(|| {
        MessageKind::Location(Location {
            latitude: object.decimal("latitude"),
            longitude: object.decimal("longitude"),
            name: object.filled("name"),
            address: object.filled("address"),
            url: object.filled("url"),
        })
    })
}

fn cards(fields: &Fields<'_>) -> Option<MessageKind> {
    let asked = fields.text("origin").is_some_and(|origin| origin == "contact_request");
    let filled = |card: &Fields<'_>, list: &str, names: &[&str]| -> Vec<String> {
        card.objects(list).filter_map(|entry| entry.any(names)).take(MAX_PARTS).collect()
    };
    let card = |card: Fields<'_>| Card {
        name: card.object("name").any(&["formatted_name", "first_name"]),
        phones: filled(&card, "phones", &["phone", "wa_id"]),
        emails: filled(&card, "emails", &["email"]),
        company: card.object("org").filled("company"),
        own: asked || card.text("origin").is_some_and(|origin| origin == "contact_request"),
    };
    let cards: Vec<Card> = fields.objects("contacts").take(MAX_PARTS).map(card).collect();
    (!cards.is_empty()).then_some(MessageKind::Contacts(cards))
}

fn button(object: &Fields<'_>) -> Option<MessageKind> {
    let text = object.filled("text");
    let payload = object.filled("payload").or_else(|| text.clone())?;
    Some(MessageKind::TemplateButton { text: text.unwrap_or_default(), payload })
}

fn interactive(object: &Fields<'_>) -> Option<MessageKind> {
    let kinds = ["button_reply", "list_reply", "nfm_reply", "call_permission_reply"];
    let guess = || kinds.iter().find(|kind| object.raw(kind).is_some());
    let kind = object.text("type").or_else(|| guess().map(|kind| (*kind).to_owned()))?;
    let reply = object.object(&kind);
    Some(match kind.as_str() {
        "button_reply" => MessageKind::ButtonReply {
            id: reply.filled("id").or_else(|| reply.filled("title"))?,
            title: reply.text("title").unwrap_or_default(),
        },
        "list_reply" => MessageKind::ListReply {
            id: reply.filled("id").or_else(|| reply.filled("title"))?,
            title: reply.text("title").unwrap_or_default(),
            description: reply.filled("description"),
        },
        "nfm_reply" => MessageKind::FormReply {
            name: reply.filled("name"),
            body: reply.filled("body"),
            response_json: reply
                .text("response_json")
                .or_else(|| reply.raw("response_json").map(|raw| raw.get().to_owned()))
                .unwrap_or_default(),
        },
        "call_permission_reply" => MessageKind::CallPermission {
            accepted: reply.text("response").is_some_and(|answer| answer == "accept"),
            until: reply.instant("expiration_timestamp"),
        },
        "payment_method" => MessageKind::PaymentMethod {
            method: reply.filled("payment_method"),
            reference_id: reply.filled("reference_id"),
            last_four_digits: reply.filled("last_four_digits"),
        },
        _ => return None,
    })
}

fn order(object: &Fields<'_>) -> MessageKind {
    let line = |line: Fields<'_>| {
        Some(OrderLine {
            product: line.filled("product_retailer_id")?,
            quantity: line.decimal("quantity"),
            item_price: line.decimal("item_price"),
            currency: line.filled("currency"),
        })
    };
    MessageKind::Order {
        catalog_id: object.filled("catalog_id"),
        text: object.filled("text"),
        items: object.objects("product_items").filter_map(line).take(MAX_PARTS).collect(),
    }
}

fn system(object: &Fields<'_>) -> MessageKind {
    MessageKind::System(SystemChange {
        change: object.text("type").unwrap_or_default(),
        body: object.filled("body"),
        becomes: key(object.any(&["wa_id", "new_wa_id"]), object.filled("user_id")),
        parent_user_id: object.parsed("parent_user_id"),
        previous_user_id: object.parsed("previous_user_id"),
    })
}

fn edit(object: &Fields<'_>, depth: usize) -> Option<MessageKind> {
    let raw = object.raw("message").filter(|_| depth > 0)?;
    Some(MessageKind::Edit {
        original_id: object.parsed("original_message_id"),
        kind: Box::new(kind(&Fields::of(raw), raw, depth - 1)),
    })
}
