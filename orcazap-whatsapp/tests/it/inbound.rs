//! Whole webhook bodies, one file a kind, and what is read out of each.

use std::path::Path;

use orcazap_core::contact::ContactKey;
use orcazap_core::conversation::Content;
use orcazap_whatsapp::webhook::{
    InboundMessage, MessageKind, News, Notice, StatusUpdate, Unreadable, Update, Urgency, parse,
};

fn body(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn names() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn only_message(name: &str) -> InboundMessage {
    match parse(&body(name)).unwrap().as_slice() {
        [Update::Message(message)] => (**message).clone(),
        other => panic!("{name}: expected one message, found {other:?}"),
    }
}

fn who(key: Option<&ContactKey>) -> String {
    let Some(key) = key else { return "?".to_owned() };
    let phone = key.phone().map(|phone| phone.digits().to_owned());
    let user = key.user_id().map(|id| id.as_str().to_owned());
    [phone, user].into_iter().flatten().collect::<Vec<_>>().join("+")
}

/// One line for each update of a body.
fn summary(update: &Update) -> String {
    match update {
        Update::Message(message) => format!("message {}", of_message(message)),
        Update::Standby(message) => format!("standby {}", of_message(message)),
        Update::Echo(message) => format!("echo {}", of_message(message)),
        Update::Past(past) => {
            let side = if past.from_store { "store" } else { "customer" };
            let status = past.status.as_ref().map_or("-", |status| status.code());
            format!("past of the {side}, {status}: {}", of_message(&past.message))
        }
        Update::Status(status) => of_status(status),
        Update::Notice(notice) => of_notice(notice),
        Update::Unreadable(Unreadable { field, lacks, .. }) => {
            format!("unreadable in {field}: no {lacks}")
        }
    }
}

fn of_message(message: &InboundMessage) -> String {
    let content = match message.to_content(None) {
        Some(Content::Reply(reply)) => format!("reply {reply}"),
        Some(Content::Text(text)) => format!("text {text:?}"),
        Some(Content::CatalogOrder(lines)) => format!("order of {} lines", lines.len()),
        Some(Content::Media { kind, caption }) => format!("media {kind:?} {caption:?}"),
        Some(other) => format!("{other:?}"),
        None => "no answer".to_owned(),
    };
    let from = who(message.customer.contact.as_ref());
    let at = message.at.map_or(0, |at| at.timestamp());
    format!("{} from {from} at {at}: {content}", message.kind.code())
}

fn of_status(status: &StatusUpdate) -> String {
    let (code, to) = (status.status.code(), who(status.recipient.as_ref()));
    let errors: Vec<i64> = status.errors.iter().map(|error| error.code).collect();
    let data = status.callback_data.as_deref().unwrap_or("-");
    let pricing = status.pricing.as_ref().map_or_else(String::new, |pricing| {
        let parts = [&pricing.model, &pricing.kind, &pricing.category];
        format!(", pricing {:?}", parts.map(|part| part.as_deref().unwrap_or("-")))
    });
    let id = &status.message_id;
    format!("status {code} of {id} to {to}, data {data}, errors {errors:?}{pricing}")
}

fn of_notice(notice: &Notice) -> String {
    let urgency = match notice.urgency() {
        Urgency::Info => "info",
        Urgency::Attention => "attention",
        Urgency::Critical => "critical",
        Urgency::PauseChannel => "pause",
    };
    let news = match &notice.news {
        News::Errors(errors) => {
            format!("errors {:?}", errors.iter().map(|e| e.code).collect::<Vec<_>>())
        }
        other => format!("{other:?}"),
    };
    format!("notice {} ({urgency}): {news}", notice.field)
}

#[test]
fn every_kind_of_webhook_is_read_whole() {
    let mut lines = Vec::new();
    for name in names() {
        let updates = parse(&body(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        for update in &updates {
            lines.push(format!("{}: {}", name.trim_end_matches(".json"), summary(update)));
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn everything_told_about_a_message_is_kept() {
    let referral = only_message("text_referral.json").referral.unwrap();
    assert_eq!(referral.click_id.as_deref(), Some("ARAkLk"));
    let forwarded = only_message("text_reply_forwarded.json");
    let context = forwarded.context.as_ref().unwrap();
    assert!(context.forwarded && context.frequently_forwarded);
    assert_eq!(context.product.as_deref(), Some("CIM-CP2-50"));
    assert_eq!(forwarded.refers_to().map(ToString::to_string).as_deref(), Some("wamid.OLD=="));
    let text = only_message("text.json");
    assert_eq!(text.origin.account_id.unwrap().as_str(), "102290129340398");
    assert_eq!(text.origin.phone_number_id.unwrap().as_str(), "106540352242922");
    assert_eq!(text.customer.name.as_deref(), Some("Ana Souza"));
    assert_eq!(text.customer.username.as_deref(), Some("ana.obras"));
    let anonymous = only_message("text_without_phone.json").customer;
    assert_eq!(anonymous.username.as_deref(), Some("ana.obras"), "without its @");
    assert_eq!(anonymous.parent_user_id.unwrap().as_str(), "BR.ENT.77");
}

#[test]
fn media_keep_what_is_needed_to_fetch_them() {
    let MessageKind::Media(voice) = only_message("audio_voice.json").kind else { panic!() };
    assert_eq!(voice.mime_type.as_deref(), Some("audio/ogg"), "parameters are left out");
    assert!(voice.voice);
    let MessageKind::Media(document) = only_message("document.json").kind else { panic!() };
    assert_eq!(document.filename.as_deref(), Some("../../lista da obra.pdf"));
    assert_eq!(document.id.unwrap().as_str(), "1003383421387259");
}

#[test]
fn a_kind_of_the_future_is_kept_as_it_came() {
    let MessageKind::Unknown { name, raw } = only_message("unknown_kind.json").kind else {
        panic!()
    };
    assert_eq!(name, "hologram");
    assert!(raw.contains("123456789012345678901234567890"), "{raw}");
}

#[test]
fn a_thousand_updates_of_one_body_are_read() {
    let one = String::from_utf8(body("status_sent.json")).unwrap();
    let body: serde_json::Value = serde_json::from_str(&one).unwrap();
    let entry = body["entry"][0].to_string();
    let many = format!(r#"{{"entry":[{}]}}"#, vec![entry; 1000].join(","));
    assert_eq!(parse(many.as_bytes()).unwrap().len(), 1000);
}
