//! Whatever is sent as a webhook, nothing panics and nothing good is lost.

use orcazap_whatsapp::webhook::{Update, parse, verify_challenge, verify_signature};
use proptest::prelude::*;
use serde_json::{Value, json};

fn any_json() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "entry",
        "changes",
        "field",
        "value",
        "messages",
        "statuses",
        "message_echoes",
        "contacts",
        "id",
        "from",
        "type",
        "text",
        "body",
        "interactive",
        "button_reply",
        "timestamp",
        "errors",
        "metadata",
        "phone_number_id",
        "edit",
        "message",
        "order",
        "product_items",
        "quantity",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        names.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..6)
                .prop_map(|fields| fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

fn message(id: &str, text: &str) -> Value {
    json!({ "from": "5511987654321", "id": id, "type": "text", "text": { "body": text } })
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        let _ = verify_challenge(&text, &"token".into());
        prop_assert!(verify_signature(&["s".into()], &bytes, Some(&text)).is_err());
    }

    #[test]
    fn any_json_is_refused_or_read(value in any_json()) {
        for update in parse(value.to_string().as_bytes()).unwrap_or_default() {
            if let Update::Message(message) | Update::Echo(message) = update {
                let _ = message.to_content(None);
            }
        }
    }

    #[test]
    fn any_neighbour_leaves_a_good_message_whole(bad in any_json()) {
        let messages = [message("wamid.A", "boa"), bad.clone(), message("wamid.B", "outra")];
        let value = json!({ "messages": messages, "contacts": bad, "metadata": bad });
        let body = json!({ "entry": [{ "changes": [{ "field": "messages", "value": value }] }] });
        let updates = parse(body.to_string().as_bytes()).unwrap();
        let ids: Vec<&str> = updates
            .iter()
            .filter_map(|update| match update {
                Update::Message(message) => Some(message.id.as_str()),
                _ => None,
            })
            .collect();
        prop_assert!(ids.contains(&"wamid.A") && ids.contains(&"wamid.B"), "{ids:?}");
    }

    #[test]
    fn of_every_entry_something_is_kept(entries in prop::collection::vec(any_json(), 1..6)) {
        let count = entries.len();
        for list in ["messages", "message_echoes", "statuses"] {
            let body = json!({ "entry": [{ "changes": [{ "value": { list: entries } }] }] });
            let updates = parse(body.to_string().as_bytes()).unwrap();
            prop_assert_eq!(updates.len(), count, "{}", body);
        }
    }

    #[test]
    fn a_spoiled_byte_of_a_real_body_never_panics(at in 0_usize..600, byte in any::<u8>()) {
        let mut body = include_bytes!("../fixtures/text.json").to_vec();
        let at = at % body.len();
        body[at] = byte;
        let _ = parse(&body);
    }
}

#[test]
fn depth_and_size_are_bounded() {
    let deep = format!("{{\"entry\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(parse(deep.as_bytes()).unwrap().as_slice(), [Update::Unreadable(_)]));
    assert!(parse(&vec![b' '; 5 * 1024 * 1024]).is_err());
    let many = format!("{{\"messages\":[{}0]}}", "0,".repeat(60_000));
    assert!(parse(many.as_bytes()).is_err());
}
