//! What Meta refuses about a message's content, before it takes it.

mod carousel;
mod commerce;
mod interactive;
mod parts;
mod template;

use serde_json::Value;

use self::parts::{bounded, count, inner, length, optional, required, string};
use super::handle::SimTemplate;
use super::refusal::Refusal;

type Checked = Result<(), Refusal>;

/// Checks the part of a send that depends on its kind; gives the kind.
pub(super) fn content(body: &Value, templates: &[SimTemplate]) -> Result<String, Refusal> {
    let kind = match body.get("type") {
        None => "text",
        Some(kind) => kind.as_str().ok_or_else(|| Refusal::invalid("type must be a string"))?,
    };
    let Some(object) = body.get(kind) else { return Err(Refusal::missing(kind)) };
    match kind {
        "text" => text(object)?,
        "interactive" => interactive::interactive(object)?,
        "template" => template::template(object, templates)?,
        "reaction" => {
            required(object, "message_id", "reaction.message_id")?;
            string(object, "emoji").ok_or_else(|| Refusal::missing("reaction.emoji"))?;
        }
        "image" | "video" | "document" => media(object, kind, true)?,
        "audio" | "sticker" => media(object, kind, false)?,
        "location" => location(object)?,
        "contacts" => contacts(object)?,
        other => {
            return Err(Refusal::invalid(format!(
                "Param type must be a known type - got {other:?}"
            )));
        }
    }
    if let Some(context) = body.get("context") {
        if kind == "reaction" {
            return Err(Refusal::limit("context is not allowed for reactions"));
        }
        required(context, "message_id", "context.message_id")?;
    }
    if let Some(data) = body.get("biz_opaque_callback_data") {
        length(data.as_str().unwrap_or_default(), "biz_opaque_callback_data", 512)?;
    }
    Ok(kind.to_owned())
}

fn text(object: &Value) -> Checked {
    bounded(object, "body", "text.body", 4096)
}

fn media(object: &Value, kind: &str, caption: bool) -> Checked {
    let (id, link) = (string(object, "id"), string(object, "link"));
    match (id, link) {
        (None, None) => return Err(Refusal::missing(&format!("{kind}.id or {kind}.link"))),
        (Some(_), Some(_)) => {
            return Err(Refusal::limit(format!("{kind} has an id or a link, not both")));
        }
        (None, Some(link)) if !link.starts_with("https://") => {
            return Err(Refusal::limit(format!("{kind}.link must be an https URL")));
        }
        _ => {}
    }
    match object.get("caption") {
        Some(_) if !caption => Err(Refusal::invalid(format!("{kind} takes no caption"))),
        _ => optional(object, "caption", "caption", 1024),
    }
}

fn location(object: &Value) -> Checked {
    for name in ["latitude", "longitude"] {
        match object.get(name) {
            Some(Value::Number(_) | Value::String(_)) => {}
            _ => return Err(Refusal::missing(&format!("location.{name}"))),
        }
    }
    Ok(())
}

fn contacts(object: &Value) -> Checked {
    let cards = object.as_array().ok_or_else(|| Refusal::invalid("contacts must be an array"))?;
    count(cards.len(), "contacts", 1, 257)?;
    for card in cards {
        let name = inner(card, "name", "contacts.name")?;
        required(name, "formatted_name", "contacts.name.formatted_name")?;
    }
    Ok(())
}
