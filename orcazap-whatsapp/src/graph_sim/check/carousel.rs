//! What Meta refuses about cards side by side.

use serde_json::Value;

use super::interactive::{header_of, url_of};
use super::parts::{array, bounded, count, inner, required, string};
use super::{Checked, commerce};
use crate::graph_sim::refusal::Refusal;

pub(super) fn carousel(action: &Value) -> Checked {
    let cards = array(action, "cards", "action.cards")?;
    count(cards.len(), "action.cards", 2, 10)?;
    for (index, card) in cards.iter().enumerate() {
        if card.get("card_index").and_then(Value::as_u64) != u64::try_from(index).ok() {
            return Err(Refusal::limit(format!("card_index must be {index}")));
        }
        card_of(card)?;
    }
    let kinds = |card: &Value| {
        let header = card.get("header").and_then(|header| string(header, "type"));
        let replies = card.pointer("/action/buttons").and_then(Value::as_array).map(Vec::len);
        (string(card, "type").map(str::to_owned), header.map(str::to_owned), replies)
    };
    match cards.first() {
        Some(first) if cards.iter().all(|card| kinds(card) == kinds(first)) => Ok(()),
        _ => Err(Refusal::limit("all cards must have the same header and buttons")),
    }
}

fn card_of(card: &Value) -> Checked {
    let action = inner(card, "action", "card.action")?;
    match required(card, "type", "card.type")? {
        "product" => return commerce::product(action),
        "cta_url" => {}
        other => return Err(Refusal::invalid(format!("unknown card type {other:?}"))),
    }
    let header = inner(card, "header", "card.header")?;
    if !matches!(required(header, "type", "card.header.type")?, "image" | "video") {
        return Err(Refusal::limit("the header of a card is an image or a video"));
    }
    header_of(header, "carousel")?;
    if let Some(body) = card.get("body") {
        bounded(body, "text", "card.body.text", 160)?;
        if string(body, "text").is_some_and(|text| text.matches('\n').count() > 2) {
            return Err(Refusal::limit("card.body.text has at most 2 line breaks"));
        }
    }
    if action.get("buttons").is_some() {
        return replies(action);
    }
    let parameters = inner(action, "parameters", "card.action.parameters")?;
    let label = required(parameters, "display_text", "card.display_text")?;
    // The one length that is counted in bytes.
    if !(1..=20).contains(&label.len()) {
        return Err(Refusal::limit("card.display_text has 1 to 20 bytes"));
    }
    url_of(parameters)
}

fn replies(action: &Value) -> Checked {
    let buttons = array(action, "buttons", "card.action.buttons")?;
    count(buttons.len(), "card.action.buttons", 1, 3)?;
    for button in buttons {
        let reply = inner(button, "quick_reply", "card.quick_reply")?;
        bounded(reply, "id", "card.quick_reply.id", 20)?;
        bounded(reply, "title", "card.quick_reply.title", 20)?;
    }
    Ok(())
}
