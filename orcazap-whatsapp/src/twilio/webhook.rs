//! Twilio's webhooks in the Cloud API's words.
//!
//! A form is written as the JSON that the Cloud API would have sent for the same
//! event, and read by [`crate::webhook::parse`]: one set of types, and one way on
//! from here, whichever transport a message came by.
//!
//! | form | becomes |
//! | --- | --- |
//! | with `MessageStatus` | a status; `queued`, `accepted`, `sending` and the like tell nothing |
//! | anything else with a `MessageSid` | a message: by `MessageType`, else by what it holds |
//! | without one | unreadable, and kept as it came |

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::form::Form;
use super::sender::{AccountSid, Sender};
use crate::json::put;
use crate::webhook::{Origin, ParseError, Unreadable, Update, parse as parse_cloud};

/// The most files taken from one message; a WhatsApp message has one.
const MAX_FILES: usize = 10;

/// The store's number that a form is about: whom a message is to, or whom a status'
/// message is from. Not to be believed before the signature is checked with this
/// sender's secret. `None` when the form names none.
#[must_use]
pub fn sender(form: &Form) -> Option<Sender> {
    let account: AccountSid = form.get("AccountSid")?.parse().ok()?;
    let own = if is_status(form) { "From" } else { "To" };
    let number = form.get(own)?.strip_prefix("whatsapp:+")?.parse().ok()?;
    Some(Sender::new(account, number))
}

/// What a form tells, its signature checked. `callback` is what the address of a
/// status callback carries back; `now` stands for the time, of which Twilio tells none.
///
/// # Errors
///
/// [`ParseError`] beyond the bounds of [`crate::webhook::parse`], which no form
/// within [`MAX_FORM_BYTES`](super::MAX_FORM_BYTES) reaches.
pub fn parse(
    sender: &Sender,
    form: &Form,
    callback: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Vec<Update>, ParseError> {
    let Some(sid) = form.get("MessageSid").or_else(|| form.get("SmsMessageSid")) else {
        let origin = Origin { phone_number_id: Some(sender.number_id()), ..Origin::default() };
        let (field, raw) = (String::new(), whole(form).to_string());
        let unreadable = Unreadable { origin, field, lacks: "MessageSid", raw };
        return Ok(vec![Update::Unreadable(unreadable)]);
    };
    let at = now.timestamp().to_string();
    let mut body = json!({ "metadata": { "phone_number_id": sender.number_id() } });
    if is_status(form) {
        let Some(status) = status(form) else { return Ok(Vec::new()) };
        put(&mut body, "statuses", json!([reported(form, sid, status, callback, &at)]));
    } else {
        let person = Customer::of(form);
        put(&mut body, "contacts", json!([person.card(form.get("ProfileName"))]));
        put(&mut body, "messages", messages(form, sid, &person, &at));
    }
    parse_cloud(body.to_string().as_bytes())
}

fn is_status(form: &Form) -> bool {
    form.get("MessageStatus").is_some()
}

/// The Cloud API's word for a status; `None` for one on the way to it.
fn status(form: &Form) -> Option<&'static str> {
    match form.get("MessageStatus")? {
        "sent" => Some("sent"),
        "delivered" => Some("delivered"),
        "read" => Some("read"),
        "failed" | "undelivered" | "canceled" => Some("failed"),
        _ => None,
    }
}

fn reported(form: &Form, sid: &str, status: &str, callback: Option<&str>, at: &str) -> Value {
    let customer = Customer::from_address(form.get("To"), None, None);
    let mut reported = json!({ "id": sid, "status": status, "timestamp": at });
    set(&mut reported, "recipient_id", customer.phone);
    set(&mut reported, "recipient_user_id", customer.user_id);
    set(&mut reported, "biz_opaque_callback_data", callback);
    if status == "failed" {
        let code: i64 =
            form.get("ErrorCode").and_then(|code| code.parse().ok()).unwrap_or_default();
        put(
            &mut reported,
            "errors",
            json!([{ "code": code, "title": form.get("ChannelStatusMessage").unwrap_or_default() }]),
        );
    }
    reported
}

/// Who wrote, each part as a text of the Cloud API.
#[derive(Debug, Default)]
struct Customer<'a> {
    phone: Option<&'a str>,
    user_id: Option<&'a str>,
}

impl<'a> Customer<'a> {
    fn of(form: &'a Form) -> Self {
        Self::from_address(form.get("From"), form.get("WaId"), form.get("ExternalUserId"))
    }

    /// An address is a phone number when it begins with a plus sign, else a user
    /// id; digits are never taken out of one.
    fn from_address(
        address: Option<&'a str>,
        wa_id: Option<&'a str>,
        external: Option<&'a str>,
    ) -> Self {
        let bare = address.map(|address| address.strip_prefix("whatsapp:").unwrap_or(address));
        let is_phone = |text: &&str| text.starts_with('+');
        Self {
            phone: bare.filter(is_phone).map(|phone| phone.trim_start_matches('+')).or(wa_id),
            user_id: external
                .map(|id| id.strip_prefix("whatsapp:").unwrap_or(id))
                .or_else(|| bare.filter(|text| !is_phone(text))),
        }
    }

    fn card(&self, name: Option<&str>) -> Value {
        let mut card = json!({});
        set(&mut card, "wa_id", self.phone);
        set(&mut card, "user_id", self.user_id);
        if let Some(name) = name {
            put(&mut card, "profile", json!({ "name": name }));
        }
        card
    }
}

/// The message, or one for each of its files.
fn messages(form: &Form, sid: &str, from: &Customer<'_>, at: &str) -> Value {
    let mut contents = files(form);
    if contents.is_empty() {
        contents.push(content(form));
    }
    let messages = contents.into_iter().enumerate().map(|(nth, (kind, object))| {
        // The first keeps the id, so that a status or a reply finds it.
        let id = if nth == 0 { sid.to_owned() } else { format!("{sid}-{nth}") };
        let mut message = json!({ "id": id, "timestamp": at, "type": kind });
        put(&mut message, kind, object);
        set(&mut message, "from", from.phone);
        set(&mut message, "from_user_id", from.user_id);
        for (name, object) in [("context", context(form)), ("referral", referral(form))] {
            if object != json!({}) {
                put(&mut message, name, object);
            }
        }
        message
    });
    messages.collect()
}

fn files(form: &Form) -> Vec<(&'static str, Value)> {
    let count = form.get("NumMedia").and_then(|count| count.parse().ok()).unwrap_or(0_usize);
    let file = |nth: usize| {
        let url = form.get(&format!("MediaUrl{nth}"))?;
        let mime = form.get(&format!("MediaContentType{nth}")).unwrap_or_default();
        let mut object = json!({ "mime_type": mime, "url": url });
        set(&mut object, "caption", form.get("Body").filter(|_| nth == 0));
        Some((kind_of(form.get("MessageType"), mime), object))
    };
    (0..count.min(MAX_FILES)).filter_map(file).collect()
}

/// The Cloud API's kind of a file. Contact cards come as files and are kept as such.
fn kind_of(told: Option<&str>, mime: &str) -> &'static str {
    match (told, mime.split('/').next().unwrap_or_default()) {
        (Some("sticker"), _) => "sticker",
        (_, "image") => "image",
        (_, "video") => "video",
        (_, "audio") => "audio",
        _ => "document",
    }
}

/// The kind and its object, of a message without files.
fn content(form: &Form) -> (&'static str, Value) {
    let body = form.get("Body").unwrap_or_default();
    if let Some(id) = form.get("ListId") {
        let mut reply = json!({ "id": id, "title": form.get("ListTitle").unwrap_or(body) });
        set(&mut reply, "description", form.get("ListDescription"));
        return ("interactive", json!({ "type": "list_reply", "list_reply": reply }));
    }
    if let Some(title) = form.get("ButtonText") {
        let id = form.get("ButtonPayload").unwrap_or(title);
        let reply = json!({ "id": id, "title": title });
        return ("interactive", json!({ "type": "button_reply", "button_reply": reply }));
    }
    if let (Some(latitude), Some(longitude)) = (form.get("Latitude"), form.get("Longitude")) {
        let mut place = json!({ "latitude": latitude, "longitude": longitude });
        set(&mut place, "name", form.get("Label"));
        set(&mut place, "address", form.get("Address"));
        return ("location", place);
    }
    match form.get("MessageType") {
        Some("reaction") => {
            let mut reaction = json!({ "emoji": body });
            set(&mut reaction, "message_id", form.get("OriginalRepliedMessageSid"));
            ("reaction", reaction)
        }
        Some("text" | "button" | "interactive") | None => ("text", json!({ "body": body })),
        Some(_) if !body.is_empty() => ("text", json!({ "body": body })),
        Some(other) => ("unsupported", json!({ "type": other, "form": whole(form) })),
    }
}

/// Every parameter of a message that is of no kind we know, so that a person can
/// see what came.
fn whole(form: &Form) -> Value {
    form.iter().map(|(name, value)| (name.to_owned(), json!(value))).collect()
}

fn context(form: &Form) -> Value {
    let mut context = json!({});
    set(&mut context, "id", form.get("OriginalRepliedMessageSid"));
    for (name, told) in
        [("forwarded", "Forwarded"), ("frequently_forwarded", "FrequentlyForwarded")]
    {
        if form.get(told) == Some("true") {
            put(&mut context, name, json!(true));
        }
    }
    context
}

fn referral(form: &Form) -> Value {
    let mut referral = json!({});
    for (name, told) in [
        ("source_url", "ReferralSourceUrl"),
        ("source_id", "ReferralSourceId"),
        ("source_type", "ReferralSourceType"),
        ("headline", "ReferralHeadline"),
        ("body", "ReferralBody"),
        ("ctwa_clid", "ReferralCtwaClid"),
    ] {
        set(&mut referral, name, form.get(told));
    }
    referral
}

fn set(object: &mut Value, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        put(object, name, json!(text));
    }
}
