//! What Meta refuses about an interactive message.

use serde_json::Value;

use super::Checked;
use super::carousel::carousel;
use super::commerce;
use super::media;
use super::parts::{array, bounded, count, distinct, inner, optional, required, string};
use crate::graph_sim::refusal::Refusal;

pub(super) fn interactive(object: &Value) -> Checked {
    let kind = required(object, "type", "interactive.type")?;
    let action = inner(object, "action", "interactive.action")?;
    let max_body = if kind == "list" { 4096 } else { 1024 };
    if kind != "product" || object.get("body").is_some() {
        let body = inner(object, "body", "interactive.body")?;
        bounded(body, "text", "interactive.body.text", max_body)?;
    }
    if let Some(footer) = object.get("footer") {
        bounded(footer, "text", "interactive.footer.text", 60)?;
    }
    if let Some(header) = object.get("header") {
        header_of(header, kind)?;
    }
    match kind {
        "button" => buttons(action),
        "list" => list(action),
        "cta_url" => url_button(action),
        "location_request_message" => named(action, "send_location"),
        "request_contact_info" => named(action, "request_contact_info"),
        "flow" => flow(action),
        "call_permission_request" => named(action, "call_permission_request"),
        "voice_call" => voice_call(action),
        "catalog_message" => named(action, "catalog_message"),
        "product" => commerce::product(action),
        "product_list" => {
            inner(object, "header", "interactive.header")?;
            commerce::product_list(action)
        }
        "carousel" => carousel(action),
        "order_details" => commerce::order_details(action),
        "order_status" => commerce::order_status(action),
        other => Err(Refusal::invalid(format!("unknown interactive type {other:?}"))),
    }
}

pub(super) fn header_of(header: &Value, kind: &str) -> Checked {
    match required(header, "type", "interactive.header.type")? {
        "text" => bounded(header, "text", "interactive.header.text", 60),
        _ if kind == "list" => Err(Refusal::limit("the header of a list is text")),
        media_kind @ ("image" | "video" | "document") => {
            let object = header.get(media_kind);
            media(object.ok_or_else(|| Refusal::missing(media_kind))?, media_kind, false)
        }
        other => Err(Refusal::invalid(format!("unknown header type {other:?}"))),
    }
}

fn buttons(action: &Value) -> Checked {
    let buttons = array(action, "buttons", "action.buttons")?;
    count(buttons.len(), "action.buttons", 1, 3)?;
    let mut replies = Vec::new();
    for button in buttons {
        if string(button, "type") != Some("reply") {
            return Err(Refusal::invalid("the type of a button is reply"));
        }
        let reply = button.get("reply").ok_or_else(|| Refusal::missing("button.reply"))?;
        bounded(reply, "id", "button.reply.id", 256)?;
        bounded(reply, "title", "button.reply.title", 20)?;
        replies.push(reply);
    }
    distinct(replies.iter().filter_map(|reply| string(reply, "id")), "button id")?;
    distinct(replies.iter().filter_map(|reply| string(reply, "title")), "button title")
}

fn list(action: &Value) -> Checked {
    bounded(action, "button", "action.button", 20)?;
    let sections = array(action, "sections", "action.sections")?;
    count(sections.len(), "action.sections", 1, 10)?;
    let mut rows = Vec::new();
    for section in sections {
        if sections.len() > 1 || section.get("title").is_some() {
            bounded(section, "title", "section.title", 24)?;
        }
        let some = array(section, "rows", "section.rows")?;
        count(some.len(), "section.rows", 1, 10)?;
        rows.extend(some);
    }
    count(rows.len(), "rows of a list", 1, 10)?;
    for row in &rows {
        bounded(row, "id", "row.id", 200)?;
        bounded(row, "title", "row.title", 24)?;
        optional(row, "description", "row.description", 72)?;
    }
    distinct(rows.iter().filter_map(|row| string(row, "id")), "row id")
}

/// An action that is told by its name.
fn named(action: &Value, name: &str) -> Checked {
    if string(action, "name") == Some(name) {
        return Ok(());
    }
    Err(Refusal::invalid(format!("action.name must be {name}")))
}

fn voice_call(action: &Value) -> Checked {
    named(action, "voice_call")?;
    match action.get("parameters") {
        Some(parameters) => optional(parameters, "display_text", "parameters.display_text", 20),
        None => Ok(()),
    }
}

fn flow(action: &Value) -> Checked {
    named(action, "flow")?;
    let parameters = inner(action, "parameters", "action.parameters")?;
    required(parameters, "flow_message_version", "flow_message_version")?;
    bounded(parameters, "flow_cta", "flow_cta", 30)?;
    if parameters.get("flow_id").is_some() || parameters.get("flow_name").is_some() {
        return Ok(());
    }
    Err(Refusal::missing("flow_id or flow_name"))
}

fn url_button(action: &Value) -> Checked {
    named(action, "cta_url")?;
    let parameters = inner(action, "parameters", "action.parameters")?;
    bounded(parameters, "display_text", "parameters.display_text", 20)?;
    url_of(parameters)
}

pub(super) fn url_of(parameters: &Value) -> Checked {
    let url = required(parameters, "url", "parameters.url")?;
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(());
    }
    Err(Refusal::limit("parameters.url must be a URL"))
}
