//! One message of a webhook, whatever its kind.

use orcazap_core::conversation::MediaKind;
use serde_json::value::RawValue;

use super::fields::{Fields, kept};
use super::kind::{Card, Location, Media, MessageKind, OrderLine, SystemChange};
use super::parse::errors;
use super::person::{Contacts, key};
use super::update::{Context, InboundMessage, Origin, Referral};

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
    let sender = key(fields.filled("from"), fields.filled("from_user_id"));
    message(raw, &fields, origin, contacts.person(sender, fields.parsed("from_parent_user_id")))
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

fn message(
    raw: &RawValue,
    fields: &Fields<'_>,
    origin: &Origin,
    customer: super::update::Person,
) -> Result<InboundMessage, &'static str> {
    Ok(InboundMessage {
        origin: origin.clone(),
        id: fields.parsed("id").ok_or("id")?,
        customer,
        at: fields.instant("timestamp"),
        group_id: fields.filled("group_id"),
        context: context(&fields.object("context")),
        referral: referral(&fields.object("referral")),
        errors: errors(fields),
        kind: kind(fields, raw, MAX_EDITS),
        raw: kept(raw),
    })
}

fn context(fields: &Fields<'_>) -> Option<Context> {
    let found = Context {
        message_id: fields.parsed("id"),
        forwarded: fields.flag("forwarded"),
        frequently_forwarded: fields.flag("frequently_forwarded"),
        product: fields.object("referred_product").filled("product_retailer_id"),
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
        click_id: fields.filled("ctwa_clid"),
    })
}

fn kind(fields: &Fields<'_>, raw: &RawValue, depth: usize) -> MessageKind {
    let name = fields.text("type").unwrap_or_else(|| guessed(fields));
    let object = fields.object(&name);
    let known = match name.as_str() {
        "text" => object.text("body").map(|body| MessageKind::Text { body }),
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
        "unsupported" | "unknown" => Some(MessageKind::Unsupported { of: object.filled("type") }),
        _ => None,
    };
    known.unwrap_or_else(|| MessageKind::Unknown { name, raw: kept(raw) })
}

/// The kind of a message that does not name it, by the object it has.
fn guessed(fields: &Fields<'_>) -> String {
    let kinds = ["text", "image", "audio", "document", "location", "interactive", "button"];
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
            mime_type,
            sha256: object.filled("sha256"),
            caption: object.filled("caption"),
            filename: object.filled("filename").map(|name| name.chars().take(255).collect()),
            voice: object.flag("voice"),
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
        })
    })
}

fn cards(fields: &Fields<'_>) -> Option<MessageKind> {
    let asked = fields.text("origin").is_some_and(|origin| origin == "contact_request");
    let card = |card: Fields<'_>| Card {
        name: card.object("name").filled("formatted_name"),
        phones: card
            .objects("phones")
            .filter_map(|phone| phone.filled("phone").or_else(|| phone.filled("wa_id")))
            .take(MAX_PARTS)
            .collect(),
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
    let kind = object.text("type")?;
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
            response_json: reply
                .text("response_json")
                .or_else(|| reply.raw("response_json").map(|raw| raw.get().to_owned()))
                .unwrap_or_default(),
        },
        "call_permission_reply" => MessageKind::CallPermission {
            accepted: reply.text("response").is_some_and(|answer| answer == "accept"),
        },
        "payment_method" => MessageKind::PaymentMethod {
            method: reply.filled("payment_method"),
            reference_id: reply.filled("reference_id"),
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
    let now = key(
        object.filled("wa_id").or_else(|| object.filled("new_wa_id")),
        object.filled("user_id"),
    );
    MessageKind::System(SystemChange {
        change: object.text("type").unwrap_or_default(),
        body: object.filled("body"),
        phone: now.as_ref().and_then(|key| key.phone()).cloned(),
        user_id: now.as_ref().and_then(|key| key.user_id()).cloned(),
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
