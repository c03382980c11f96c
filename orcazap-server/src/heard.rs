//! What a kept message of a customer is to the assistant.

use orcazap_core::conversation::{Content, QuoteRef};
use orcazap_whatsapp::webhook::{self, InboundMessage, Update};
use serde_json::{Value, json};

/// The platform's message out of what was kept of it.
pub(crate) fn read(raw: &Value) -> Option<Box<InboundMessage>> {
    let body = json!({ "messages": [raw] }).to_string();
    match webhook::parse(body.as_bytes()).ok()?.into_iter().next()? {
        Update::Message(read) => Some(read),
        _ => None,
    }
}

/// What the assistant is given of it; `None` when it asks for no answer. `quote_ref` is
/// the quote it [refers to](InboundMessage::refers_to).
pub(crate) fn content(
    read: Option<&InboundMessage>,
    quote_ref: Option<QuoteRef>,
) -> Option<Content> {
    match read {
        Some(read) => read.to_content(quote_ref),
        None => Some(Content::Unsupported),
    }
}
