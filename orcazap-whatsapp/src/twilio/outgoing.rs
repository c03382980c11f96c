//! From the Cloud API's JSON of a message to what Twilio is asked for.

use serde_json::Value;
use thiserror::Error;

use super::content::{Content, ListRow, MAX_BODY};
use crate::send::{Button, List, Message, Request, Section, Text};
use crate::text::split;

/// The longest plain text, in characters.
const MAX_TEXT: usize = 1600;

/// A kind of message that Twilio has no way to send.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("Twilio does not send messages of the kind {kind}")]
pub(super) struct Unsupported {
    kind: String,
}

/// What is sent: parameters of the message itself, or a content object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outgoing {
    Plain(Vec<(&'static str, String)>),
    Content(Content),
}

/// The same message as the fewest that Twilio takes.
pub(super) fn fit(message: Message) -> Vec<Message> {
    match &message {
        Message::Text(text) if too_long(text.body(), MAX_TEXT) => words(text.body()),
        Message::List(list) if too_long(list.body(), MAX_BODY) => {
            let mut messages = words(list.body());
            let short = List::new(list.button(), list.button(), list.sections().to_vec());
            messages.extend(short.map(Message::List));
            messages
        }
        _ => vec![message],
    }
}

fn too_long(text: &str, max: usize) -> bool {
    text.chars().count() > max
}

fn words(text: &str) -> Vec<Message> {
    split(text, MAX_TEXT).iter().map(|part| Message::Text(Text::cut(part))).collect()
}

/// What to ask for a message.
pub(super) fn outgoing(request: &Request) -> Result<Outgoing, Unsupported> {
    if let Message::List(list) = &request.message {
        let rows: Vec<ListRow> = list.sections().iter().flat_map(Section::rows).map(row).collect();
        return Ok(Outgoing::Content(Content::list_picker(list.body(), list.button(), &rows)));
    }
    if let Message::Buttons(buttons) = &request.message {
        let pair = |button: &Button| (button.id().to_owned(), button.title().to_owned());
        let pairs: Vec<_> = buttons.buttons().iter().map(pair).collect();
        return Ok(Outgoing::Content(Content::quick_reply(buttons.body(), &pairs)));
    }
    let graph = request.to_graph();
    let kind = text(&graph, "/type");
    let object = graph.get(kind.as_str()).unwrap_or(&Value::Null);
    let plain = match kind.as_str() {
        "text" => vec![("Body", text(object, "/body"))],
        "image" | "video" | "audio" | "document" | "sticker" => file(object, &kind)?,
        "location" => place(object),
        "template" => return Ok(Outgoing::Content(template(object))),
        "interactive" => interactive(object)?,
        _ => return Err(Unsupported { kind }),
    };
    Ok(Outgoing::Plain(plain))
}

fn row(row: &crate::send::Row) -> ListRow {
    ListRow {
        id: row.id().to_owned(),
        title: row.title().to_owned(),
        description: row.description().map(str::to_owned),
    }
}

/// Twilio fetches a file by its address; it knows nothing of Meta's ids.
fn file(object: &Value, kind: &str) -> Result<Vec<(&'static str, String)>, Unsupported> {
    let link = text(object, "/link");
    if link.is_empty() {
        return Err(Unsupported { kind: format!("{kind} by id") });
    }
    let mut parameters = vec![("MediaUrl", link)];
    let caption = text(object, "/caption");
    if !caption.is_empty() {
        parameters.push(("Body", caption));
    }
    Ok(parameters)
}

fn place(object: &Value) -> Vec<(&'static str, String)> {
    let (name, address) = (text(object, "/name"), text(object, "/address"));
    let label = if name.is_empty() { &address } else { &name };
    let mut action = format!("geo:{},{}", text(object, "/latitude"), text(object, "/longitude"));
    if !label.is_empty() {
        action = format!("{action}|{label}");
    }
    // A location needs a body, which the phone shows in its place.
    let body = if label.is_empty() { "📍".to_owned() } else { label.clone() };
    vec![("PersistentAction", action), ("Body", body)]
}

/// A template is a content object of the same name and language. Its variables
/// are numbered through: header, body, then buttons.
fn template(object: &Value) -> Content {
    let components = object.get("components").and_then(Value::as_array);
    let parameters = components
        .into_iter()
        .flatten()
        .filter_map(|component| component.get("parameters").and_then(Value::as_array));
    let value = |parameter: &Value| {
        ["text", "payload", "coupon_code"]
            .iter()
            .find_map(|name| parameter.get(*name).and_then(Value::as_str))
            .unwrap_or_default()
            .to_owned()
    };
    let values = parameters.flatten().map(value).collect();
    Content::template(&text(object, "/name"), &text(object, "/language/code"), values)
}

/// What Twilio has no such form of, in words that lead to the same.
fn interactive(object: &Value) -> Result<Vec<(&'static str, String)>, Unsupported> {
    let body = text(object, "/body/text");
    match text(object, "/type").as_str() {
        "location_request_message" => Ok(vec![("Body", body)]),
        "cta_url" => {
            let link = text(object, "/action/parameters/url");
            let label = text(object, "/action/parameters/display_text");
            Ok(vec![("Body", format!("{body}\n\n{label}: {link}"))])
        }
        kind => Err(Unsupported { kind: kind.to_owned() }),
    }
}

fn text(object: &Value, pointer: &str) -> String {
    match object.pointer(pointer) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
