//! What the stand-in refuses, because Meta does.

use orcazap_core::conversation::MediaKind;
use orcazap_whatsapp::send::{
    Cards, FileSource, LimitError, LinkButton, MediaFile, Parameter, Pin, Template, Text,
};
use orcazap_whatsapp::{Advice, Certainty, Message};
use serde_json::{Value, json};

use crate::store::{NUMBER, Store, TOKEN, phone, text};

/// Posts a body as it is; gives the HTTP status and the platform's code.
async fn post(store: &Store, path: &str, token: &str, body: String) -> (u16, i64) {
    let url = store.sim.base_url().join(path).unwrap();
    let call = reqwest::Client::new().post(url).bearer_auth(token).body(body);
    let answer = call.send().await.unwrap();
    let status = answer.status().as_u16();
    let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    (status, body["error"]["code"].as_i64().unwrap_or_default())
}

async fn refused(store: &Store, change: impl FnOnce(&mut Value)) -> (u16, i64) {
    let mut body = json!({
        "messaging_product": "whatsapp", "to": "+551187654321", "type": "text",
        "text": { "body": "Olá" },
    });
    change(&mut body);
    post(store, &format!("v26.0/{NUMBER}/messages"), TOKEN, body.to_string()).await
}

fn interactive(kind: &str, action: &Value) -> Value {
    json!({ "type": kind, "body": { "text": "Qual?" }, "action": action })
}

fn buttons(titles: &[&str]) -> Value {
    let button = |(n, title): (usize, &&str)| json!({ "type": "reply", "reply": { "id": format!("x{n}"), "title": title } });
    let buttons: Vec<Value> = titles.iter().enumerate().map(button).collect();
    interactive("button", &json!({ "buttons": buttons }))
}

fn list(rows: usize, title: &str) -> Value {
    let row = |n| json!({ "id": format!("r{n}"), "title": title });
    let rows: Vec<Value> = (0..rows).map(row).collect();
    interactive("list", &json!({ "button": "Ver", "sections": [{ "rows": rows }] }))
}

#[tokio::test]
async fn a_well_formed_message_passes() {
    let store = Store::greeted().await;
    assert_eq!(refused(&store, |_| {}).await, (200, 0));
    assert_eq!(refused(&store, |b| b["to"] = json!("(11) 8765-4321")).await, (200, 0));
    let last = store.sim.sent().pop().unwrap();
    assert_eq!(last.to.phone().unwrap().digits(), "551187654321", "its country code is added");
}

#[tokio::test]
async fn the_door_is_kept_as_meta_keeps_it() {
    let store = Store::greeted().await;
    let path = format!("v26.0/{NUMBER}/messages");
    assert_eq!(post(&store, &path, "wrong", "{}".into()).await, (401, 190));
    assert_eq!(post(&store, "v26.0/999/messages", TOKEN, "{}".into()).await, (400, 100));
    assert_eq!(post(&store, &path, TOKEN, "{".into()).await, (400, 100));
    assert_eq!(post(&store, &path, TOKEN, "{}".into()).await, (400, 100));
    let old = format!("latest/{NUMBER}/messages");
    assert_eq!(post(&store, &old, TOKEN, "{}".into()).await, (400, 2500));
    assert!(store.sim.sent().is_empty());
}

#[tokio::test]
async fn a_field_that_is_missing_or_of_another_type_is_refused() {
    let store = Store::greeted().await;
    let gone =
        |name: &'static str| move |b: &mut Value| drop(b.as_object_mut().unwrap().remove(name));
    assert_eq!(refused(&store, gone("messaging_product")).await, (400, 100));
    assert_eq!(refused(&store, gone("to")).await, (400, 131_008));
    assert_eq!(refused(&store, gone("text")).await, (400, 131_008));
    assert_eq!(refused(&store, |b| b["text"] = json!({})).await, (400, 131_008));
    assert_eq!(refused(&store, |b| b["text"] = json!({ "body": 5 })).await, (400, 100));
    assert_eq!(refused(&store, |b| b["to"] = json!(551_187_654_321_i64)).await, (400, 100));
    assert_eq!(refused(&store, |b| b["to"] = json!("BR.1502576394655843")).await, (400, 100));
    assert_eq!(refused(&store, |b| b["to"] = json!("551140028922")).await, (400, 131_021));
    assert_eq!(refused(&store, |b| b["type"] = json!("hologram")).await, (400, 131_008));
}

#[tokio::test]
async fn lengths_and_counts_are_held_to_the_letter() {
    let store = Store::greeted().await;
    let cases: Vec<(&str, Value, i64)> = vec![
        ("text", json!({ "body": "a".repeat(4096) }), 0),
        ("text", json!({ "body": "a".repeat(4097) }), 131_009),
        ("text", json!({ "body": " " }), 131_009),
        ("interactive", buttons(&["a", "b", "c"]), 0),
        ("interactive", buttons(&["a", "b", "c", "d"]), 131_009),
        ("interactive", buttons(&[]), 131_009),
        ("interactive", buttons(&["a", "a"]), 131_009),
        ("interactive", buttons(&["çççççççççççççççççççç"]), 0),
        ("interactive", buttons(&["aaaaaaaaaaaaaaaaaaaaa"]), 131_009),
        ("interactive", list(10, "CP II"), 0),
        ("interactive", list(11, "CP II"), 131_009),
        ("interactive", list(0, "CP II"), 131_009),
        ("interactive", list(1, "aaaaaaaaaaaaaaaaaaaaaaaaa"), 131_009),
        ("interactive", interactive("button", &json!({})), 131_008),
        ("interactive", interactive("carousel", &json!({})), 131_008),
        ("interactive", interactive("hologram", &json!({})), 100),
        ("template", json!({ "name": "x", "language": { "code": "pt_BR" } }), 132_001),
        ("template", json!({ "name": "orcamento_pronto" }), 131_008),
        (
            "template",
            json!({ "name": "orcamento_pronto", "language": { "code": "pt_BR" } }),
            132_000,
        ),
        ("image", json!({}), 131_008),
        ("image", json!({ "link": "http://x/y.jpg" }), 131_009),
        ("location", json!({ "latitude": 1.5 }), 131_008),
        ("reaction", json!({ "message_id": "wamid.A", "emoji": "" }), 0),
    ];
    for (kind, object, expected) in cases {
        let change = |body: &mut Value| {
            body["type"] = json!(kind);
            body[kind] = object.clone();
        };
        let (_, code) = refused(&store, change).await;
        assert_eq!(code, expected, "{kind} {object}");
    }
}

/// A request to pay for two bags at R$ 39,90 with R$ 80,00 of freight.
fn order_details() -> Value {
    let amount = |value: i64| json!({ "value": value, "offset": 100 });
    let pix = json!({
        "code": "0002…6304ABCD", "merchant_name": "Depósito", "key": "a@b", "key_type": "EMAIL",
    });
    let parameters = json!({
        "reference_id": "orc-1042.1", "type": "physical-goods", "payment_type": "br",
        "currency": "BRL", "total_amount": amount(15_980),
        "payment_settings": [{ "type": "pix_dynamic_code", "pix_dynamic_code": pix }],
        "order": {
            "status": "pending", "subtotal": amount(7_980), "tax": amount(0),
            "shipping": amount(8_000),
            "items": [{
                "retailer_id": "CIM", "name": "Cimento", "quantity": 2, "amount": amount(3_990),
            }],
        },
    });
    interactive("order_details", &json!({ "name": "review_and_pay", "parameters": parameters }))
}

#[tokio::test]
async fn an_order_to_pay_must_add_up_to_the_centavo() {
    let store = Store::greeted().await;
    let path = "/action/parameters";
    let cases = [
        ("", json!(null), 0),
        ("/total_amount/value", json!(15_981), 131_009),
        ("/order/items/0/quantity", json!(2.5), 131_009),
        ("/order/items/0/amount/offset", json!(10), 131_009),
        ("/reference_id", json!("orç 1"), 131_009),
        ("/currency", json!("USD"), 131_009),
        ("/payment_settings/0/type", json!("gold"), 131_008),
        ("/order/tax", json!(null), 131_008),
    ];
    for (at, value, expected) in cases {
        let (_, code) = refused(&store, |body| {
            body["type"] = json!("interactive");
            body["interactive"] = order_details();
            if !at.is_empty() {
                *body["interactive"].pointer_mut(&format!("{path}{at}")).unwrap() = value;
            }
        })
        .await;
        assert_eq!(code, expected, "{at}");
    }
}

#[tokio::test]
async fn an_upload_of_a_kind_that_can_not_be_sent_is_refused() {
    let store = Store::open().await;
    let form = |kind: &str| {
        format!(
            "--X\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
             --X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\
             Content-Type: {kind}\r\n\r\nbytes\r\n--X--\r\n"
        )
    };
    for (kind, expected) in [("application/pdf", 0), ("application/x-sh", 100)] {
        let url = store.sim.base_url().join(&format!("v26.0/{NUMBER}/media")).unwrap();
        let call = reqwest::Client::new().post(url).bearer_auth(TOKEN).body(form(kind));
        let call = call.header("content-type", "multipart/form-data; boundary=X");
        let answer = call.send().await.unwrap().bytes().await.unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer["error"]["code"].as_i64().unwrap_or_default(), expected, "{kind}");
        assert_eq!(answer["id"].is_string(), expected == 0, "{answer}");
    }
}

#[tokio::test]
async fn too_many_messages_to_one_customer_are_refused_when_limits_are_on() {
    let store = Store::with(|mut config| {
        config.limits = true;
        config
    })
    .await;
    let mut refusals = Vec::new();
    for _ in 0..46 {
        refusals.extend(store.send(text("oi")).await.err());
    }
    assert_eq!(refusals.len(), 1);
    assert_eq!(refusals[0].code(), Some(131_056));
    assert!(matches!(refusals[0].advice(), Advice::Retry { after: Some(_) }));
    let another = store.send_to(phone("5521987654321").into(), text("oi")).await;
    assert!(another.is_ok(), "others go on");
}

#[tokio::test]
async fn a_refusal_is_certain_and_says_what_to_do() {
    let store = Store::greeted().await;
    let template = Template::new("inexistente", "pt_BR", Vec::new()).unwrap();
    let error = store.send(Message::Template(template)).await.unwrap_err();
    assert_eq!(error.certainty(), Certainty::NotSent);
    assert_eq!(error.advice(), Advice::GiveUp);
    assert_eq!(error.code(), Some(132_001));
    assert!(error.explain().contains("modelo"), "{}", error.explain());
    assert!(!format!("{error:?} {error}").contains(TOKEN));
}

#[test]
fn what_meta_would_refuse_can_not_be_built() {
    assert!(matches!(Text::new("a".repeat(4097)), Err(LimitError::TooLong { max: 4096, .. })));
    assert!(matches!(Parameter::new("a\nb"), Err(LimitError::Form { .. })));
    assert!(matches!(Template::new("Olá", "pt_BR", Vec::new()), Err(LimitError::Form { .. })));
    let http = FileSource::Link("http://loja.example/a.jpg".parse().unwrap());
    assert!(matches!(MediaFile::new(MediaKind::Image, http), Err(LimitError::Form { .. })));
    let sound = MediaFile::new(MediaKind::Audio, FileSource::Id("1".parse().unwrap())).unwrap();
    assert!(matches!(sound.with_caption("oi"), Err(LimitError::Form { .. })));
    assert!(matches!(Pin::new(91.into(), 0.into()), Err(LimitError::Form { .. })));
    assert!(matches!(Cards::new(Vec::new()), Err(LimitError::Count { max: 5, .. })));
    let mail = "mailto:a@b".parse().unwrap();
    assert!(matches!(LinkButton::new("a", "b", mail), Err(LimitError::Form { .. })));
    let stored = r#"{"type":"buttons","body":"Qual?","buttons":[
        {"id":"a","title":"Sim"},{"id":"b","title":"Sim"}]}"#;
    assert!(serde_json::from_str::<Message>(stored).is_err(), "nor read back");
}
