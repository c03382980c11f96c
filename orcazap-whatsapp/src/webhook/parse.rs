//! From a webhook's body to its [`Update`]s.
//!
//! `entry[] → changes[] → {field, value} → messages[], statuses[], …` is taken
//! apart level by level ([`super::fields`]); an entry that makes no sense is
//! kept as [`Update::Unreadable`] or [`MessageKind::Unknown`](super::MessageKind)
//! and its neighbours are read all the same. What some software on the way, or
//! the test button of the app's dashboard, sends without its envelope is read too.

use serde_json::value::RawValue;
use thiserror::Error;

use super::fields::{Fields, kept, list};
use super::message::{echo, inbound, past};
use super::notice::{News, Notice, news};
use super::person::{Contacts, key};
use super::status::{DeliveryStatus, Pricing, StatusUpdate};
use super::update::{Origin, PlatformError, Unreadable, Update};

/// The largest body taken, in bytes: the platform sends up to 3 MB.
pub const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// The most updates taken from one body; the platform sends up to 1,000.
pub const MAX_UPDATES: usize = 50_000;

/// Why a body can't be read. Keep it for a person, and answer 200 all the same
/// when its signature was right: the platform would only send it again.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ParseError {
    /// It is larger than [`MAX_BODY_BYTES`].
    #[error("a webhook has at most {MAX_BODY_BYTES} bytes, found {found}")]
    TooLarge {
        /// How many bytes there are.
        found: usize,
    },
    /// It holds more than [`MAX_UPDATES`].
    #[error("a webhook has at most {MAX_UPDATES} updates")]
    TooMany,
    /// It is not UTF-8.
    #[error("a webhook is UTF-8")]
    NotUtf8(#[source] std::str::Utf8Error),
    /// It is not JSON.
    #[error("a webhook is JSON")]
    NotJson(#[source] serde_json::Error),
}

/// Reads a webhook's raw body, its signature checked.
///
/// Unknown fields, kinds and values are kept, never refused; an entry that makes
/// no sense, be it the whole body, is an [`Update::Unreadable`] and spoils nothing
/// beside it. Every body gives at least one update. They come in the order of the
/// body, which is not the order in which things happened.
///
/// # Errors
///
/// [`ParseError`], when the body is no JSON or beyond the bounds.
///
/// ```
/// use orcazap_whatsapp::webhook::{MessageKind, Update, parse};
/// let body = br#"{"object":"whatsapp_business_account","entry":[{"id":"102","changes":[{
///   "field":"messages","value":{"metadata":{"phone_number_id":"106"},"messages":[{
///     "from":"5511987654321","id":"wamid.A","timestamp":"1739321024","type":"text",
///     "text":{"body":"10 sacos de cimento"}}]}}]}]}"#;
/// let updates = parse(body)?;
/// let Some(Update::Message(message)) = updates.first() else { panic!() };
/// assert_eq!(message.kind, MessageKind::Text { body: "10 sacos de cimento".into() });
/// # Ok::<(), orcazap_whatsapp::webhook::ParseError>(())
/// ```
pub fn parse(body: &[u8]) -> Result<Vec<Update>, ParseError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(ParseError::TooLarge { found: body.len() });
    }
    let text = std::str::from_utf8(body).map_err(ParseError::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw: &RawValue = serde_json::from_str(text).map_err(ParseError::NotJson)?;
    let mut updates = Vec::new();
    for body in list(raw) {
        read_body(body, &mut updates)?;
    }
    if updates.is_empty() {
        updates.push(unreadable(raw, &Origin::default(), "", "entry"));
    }
    Ok(updates)
}

fn read_body(raw: &RawValue, updates: &mut Vec<Update>) -> Result<(), ParseError> {
    let body = Fields::of(raw);
    if body.raw("entry").is_some() {
        return body.list("entry").into_iter().try_for_each(|entry| read_entry(entry, updates));
    }
    if body.raw("changes").is_some() {
        return read_entry(raw, updates);
    }
    if body.raw("value").is_some() {
        return read_change(&Fields::default(), raw, updates);
    }
    let Some(field) = BARE.iter().find(|(list, _)| body.raw(list).is_some()) else {
        updates.push(unreadable(raw, &Origin::default(), "", "entry"));
        return Ok(());
    };
    read_value(&Change { entry: &Fields::default(), field: field.1, raw, value: body }, updates)
}

/// The lists by which a value without its envelope is known, and their fields.
const BARE: [(&str, &str); 6] = [
    ("messages", "messages"),
    ("statuses", "messages"),
    ("message_echoes", "smb_message_echoes"),
    ("history", "history"),
    ("calls", "calls"),
    ("errors", "messages"),
];

fn read_entry(raw: &RawValue, updates: &mut Vec<Update>) -> Result<(), ParseError> {
    let entry = Fields::of(raw);
    let changes = entry.list("changes");
    if changes.is_empty() {
        let origin = Origin { account_id: entry.parsed("id"), ..Origin::default() };
        updates.push(unreadable(raw, &origin, "", "changes"));
    }
    changes.into_iter().try_for_each(|change| read_change(&entry, change, updates))
}

fn read_change(
    entry: &Fields<'_>,
    raw: &RawValue,
    updates: &mut Vec<Update>,
) -> Result<(), ParseError> {
    let change = Fields::of(raw);
    let field = change.text("field").unwrap_or_default();
    let value = change.raw("value").map(|value| (value, Fields::of(value)));
    let Some((raw, value)) = value.filter(|(_, value)| !value.is_empty()) else {
        let origin = Origin { account_id: entry.parsed("id"), ..Origin::default() };
        updates.push(unreadable(raw, &origin, &field, "value"));
        return Ok(());
    };
    read_value(&Change { entry, field: &field, raw, value }, updates)
}

struct Change<'a> {
    entry: &'a Fields<'a>,
    field: &'a str,
    raw: &'a RawValue,
    value: Fields<'a>,
}

fn read_value(change: &Change<'_>, updates: &mut Vec<Update>) -> Result<(), ParseError> {
    let value = &change.value;
    let metadata = value.object("metadata");
    let origin = Origin {
        account_id: change.entry.parsed("id"),
        phone_number_id: metadata.parsed("phone_number_id"),
        display_phone_number: metadata
            .filled("display_phone_number")
            .or_else(|| value.filled("display_phone_number")),
    };
    let before = updates.len();
    // Calls and groups have lists of the same names that mean other things.
    if !change.field.starts_with("group_") && change.field != "calls" {
        let contacts = Contacts::of(value);
        for raw in value.list("messages") {
            let update = match change.field {
                "history" => {
                    past(raw, &origin, &contacts, None).map(|past| Update::Past(Box::new(past)))
                }
                "smb_message_echoes" | "message_echoes" => {
                    echo(raw, &origin, &contacts).map(|echo| Update::Echo(Box::new(echo)))
                }
                "standby" => inbound(raw, &origin, &contacts).map(|m| Update::Standby(Box::new(m))),
                _ => inbound(raw, &origin, &contacts).map(|m| Update::Message(Box::new(m))),
            };
            updates
                .push(update.unwrap_or_else(|lacks| unreadable(raw, &origin, change.field, lacks)));
        }
        for raw in value.list("message_echoes") {
            let update = echo(raw, &origin, &contacts).map(|echo| Update::Echo(Box::new(echo)));
            updates
                .push(update.unwrap_or_else(|lacks| unreadable(raw, &origin, change.field, lacks)));
        }
        read_history(change, &origin, &contacts, updates);
        for raw in value.list("statuses") {
            updates.push(match status(&Fields::of(raw), &origin) {
                Ok(status) => Update::Status(Box::new(status)),
                Err(lacks) => unreadable(raw, &origin, change.field, lacks),
            });
        }
        let errors = errors(value);
        if !errors.is_empty() {
            updates.push(notice(change, &origin, News::Errors(errors)));
        }
    }
    if updates.len() == before {
        updates.push(notice(change, &origin, news(change.field, value)));
    }
    if updates.len() > MAX_UPDATES { Err(ParseError::TooMany) } else { Ok(()) }
}

/// The threads of a chat's history, and why there are none when the store would
/// not share it.
fn read_history(
    change: &Change<'_>,
    origin: &Origin,
    contacts: &Contacts,
    updates: &mut Vec<Update>,
) {
    for chunk in change.value.objects("history") {
        for thread in chunk.objects("threads") {
            let customer = key(thread.filled("id"), thread.filled("user_id"));
            for raw in thread.list("messages") {
                let past = past(raw, origin, contacts, customer.as_ref());
                updates.push(match past {
                    Ok(past) => Update::Past(Box::new(past)),
                    Err(lacks) => unreadable(raw, origin, change.field, lacks),
                });
            }
        }
        let errors = errors(&chunk);
        if !errors.is_empty() {
            updates.push(notice(change, origin, News::Errors(errors)));
        }
    }
}

fn unreadable(raw: &RawValue, origin: &Origin, field: &str, lacks: &'static str) -> Update {
    let (origin, field, raw) = (origin.clone(), field.to_owned(), kept(raw));
    Update::Unreadable(Unreadable { origin, field, lacks, raw })
}

pub(super) fn errors(fields: &Fields<'_>) -> Vec<PlatformError> {
    let error = |error: Fields<'_>| PlatformError {
        code: error.parsed("code").unwrap_or_default(),
        title: error.filled("title"),
        message: error.filled("message"),
        details: error.object("error_data").filled("details").or_else(|| error.filled("details")),
    };
    fields.objects("errors").map(error).collect()
}

fn status(fields: &Fields<'_>, origin: &Origin) -> Result<StatusUpdate, &'static str> {
    let code = fields.filled("status").ok_or("status")?;
    let pricing = fields.object("pricing");
    Ok(StatusUpdate {
        origin: origin.clone(),
        message_id: fields.parsed("id").ok_or("id")?,
        status: DeliveryStatus::from_code(&code),
        at: fields.instant("timestamp"),
        recipient: key(fields.filled("recipient_id"), fields.filled("recipient_user_id")),
        callback_data: fields.filled("biz_opaque_callback_data"),
        pricing: (!pricing.is_empty()).then(|| Pricing {
            billable: pricing.parsed("billable"),
            model: pricing.filled("pricing_model"),
            kind: pricing.filled("type"),
            category: pricing.filled("category"),
        }),
        conversation: fields.object("conversation").object("origin").filled("type"),
        errors: errors(fields),
    })
}

fn notice(change: &Change<'_>, origin: &Origin, news: News) -> Update {
    Update::Notice(Box::new(Notice {
        origin: origin.clone(),
        field: change.field.to_owned(),
        at: change.entry.instant("time"),
        news,
        raw: kept(change.raw),
    }))
}
