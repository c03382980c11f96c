//! What Meta refuses about a message's content, before it takes it.

use std::collections::BTreeSet;

use serde_json::Value;

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
        "interactive" => interactive(object)?,
        "template" => template(object, templates)?,
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

fn string<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

fn required<'a>(object: &'a Value, name: &str, what: &str) -> Result<&'a str, Refusal> {
    match object.get(name) {
        None | Some(Value::Null) => Err(Refusal::missing(what)),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(Refusal::invalid(format!("{what} must be a string"))),
    }
}

fn length(text: &str, what: &str, max: usize) -> Checked {
    let found = text.chars().count();
    if (1..=max).contains(&found) && !text.trim().is_empty() {
        return Ok(());
    }
    Err(Refusal::limit(format!("{what} length must be between 1 and {max}, found {found}")))
}

fn bounded(object: &Value, name: &str, what: &str, max: usize) -> Checked {
    length(required(object, name, what)?, what, max)
}

fn optional(object: &Value, name: &str, what: &str, max: usize) -> Checked {
    if object.get(name).is_some() { bounded(object, name, what, max) } else { Ok(()) }
}

fn array<'a>(object: &'a Value, name: &str, what: &str) -> Result<&'a [Value], Refusal> {
    match object.get(name) {
        None | Some(Value::Null) => Err(Refusal::missing(what)),
        Some(Value::Array(entries)) => Ok(entries),
        Some(_) => Err(Refusal::invalid(format!("{what} must be an array"))),
    }
}

fn count(found: usize, what: &str, min: usize, max: usize) -> Checked {
    if (min..=max).contains(&found) {
        return Ok(());
    }
    Err(Refusal::limit(format!("{what}: expected {min} to {max}, found {found}")))
}

fn distinct<'a>(texts: impl Iterator<Item = &'a str>, what: &str) -> Checked {
    let mut seen = BTreeSet::new();
    for text in texts {
        if !seen.insert(text) {
            return Err(Refusal::limit(format!("duplicated {what}: {text:?}")));
        }
    }
    Ok(())
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
        let name = card.get("name").ok_or_else(|| Refusal::missing("contacts.name"))?;
        required(name, "formatted_name", "contacts.name.formatted_name")?;
    }
    Ok(())
}

fn interactive(object: &Value) -> Checked {
    let kind = required(object, "type", "interactive.type")?;
    let action = object.get("action").ok_or_else(|| Refusal::missing("interactive.action"))?;
    let max_body = if kind == "list" { 4096 } else { 1024 };
    let body = object.get("body").ok_or_else(|| Refusal::missing("interactive.body"))?;
    bounded(body, "text", "interactive.body.text", max_body)?;
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
        "location_request_message" | "request_contact_info" => Ok(()),
        other => Err(Refusal::invalid(format!("unknown interactive type {other:?}"))),
    }
}

fn header_of(header: &Value, kind: &str) -> Checked {
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

fn url_button(action: &Value) -> Checked {
    if string(action, "name") != Some("cta_url") {
        return Err(Refusal::missing("action.name"));
    }
    let parameters =
        action.get("parameters").ok_or_else(|| Refusal::missing("action.parameters"))?;
    bounded(parameters, "display_text", "parameters.display_text", 20)?;
    let url = required(parameters, "url", "parameters.url")?;
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(());
    }
    Err(Refusal::limit("parameters.url must be a URL"))
}

fn template(object: &Value, templates: &[SimTemplate]) -> Checked {
    let name = required(object, "name", "template.name")?;
    let language = object.get("language").ok_or_else(|| Refusal::missing("template.language"))?;
    let language = required(language, "code", "template.language.code")?;
    let known = templates.iter().find(|one| one.name == name && one.language == language);
    let Some(template) = known else {
        let details = format!("template name ({name}) does not exist in {language}");
        return Err(Refusal::new(404, 132_001, details));
    };
    let components = match object.get("components") {
        None => &[],
        Some(_) => array(object, "components", "template.components")?,
    };
    let body = components
        .iter()
        .find(|c| string(c, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("body")));
    let parameters = match body {
        None => &[],
        Some(body) => array(body, "parameters", "body.parameters")?,
    };
    if parameters.len() != template.parameters {
        let (found, expected) = (parameters.len(), template.parameters);
        let details = format!("body: number of parameters ({found}) does not match ({expected})");
        return Err(Refusal::new(400, 132_000, details));
    }
    parameters.iter().filter(|p| string(p, "type") == Some("text")).try_for_each(|parameter| {
        let text = required(parameter, "text", "parameter.text")?;
        length(text, "parameter.text", 1024)?;
        if text.contains(['\n', '\t']) || text.contains("     ") {
            let details = "Param text cannot have new-line/tab or more than 4 consecutive spaces";
            return Err(Refusal::new(400, 132_012, details));
        }
        Ok(())
    })
}
