//! What comes beside customers' words: files, the store's own phone, another
//! assistant, and news, as the store's people find them.

use orcazap_whatsapp::graph_sim::CustomerMessage;
use orcazap_whatsapp::webhook::{SIGNATURE_HEADER, sign};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::{APP_SECRET, House, customer};
use crate::visitor::Visitor;

async fn post(house: &House, field: &str, value: Value) {
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "2001",
        "time": 1_800_000_000, "changes": [{ "field": field, "value": value }] }] });
    let body = body.to_string().into_bytes();
    let signature = sign(&APP_SECRET.into(), &body);
    let request = house.request(Method::POST, "api", "/webhooks/whatsapp").body(body);
    let answer = request.header(SIGNATURE_HEADER, signature).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}

fn metadata() -> Value {
    json!({ "phone_number_id": "1001", "display_phone_number": "551140000001" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_fetched_and_can_be_seen_by_its_store_alone() {
    let house = House::open().await;
    let bytes = bytes::Bytes::from_static(b"%PDF-1.7 lista da obra");
    let filename = "../lista \"da\" obra.pdf".to_owned();
    let ana = customer(1);
    house.sends(&ana, CustomerMessage::Document { bytes: bytes.clone(), filename }).await;
    house.settle().await;
    let id = house.text("SELECT id::text FROM media WHERE state = 'kept'").await;
    let conversation = house.text("SELECT id::text FROM conversations").await;
    let mut ours = Visitor::logged_in(&house, "loja").await;
    let page = ours.get(&format!("/conversas/{conversation}")).await.body;
    assert!(page.contains(&format!("/arquivos/{id}")), "{page}");
    let cookies: Vec<_> =
        ours.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = house.request(Method::GET, "loja", &format!("/arquivos/{id}"));
    let file = request.header("cookie", cookies.join("; ")).send().await.unwrap();
    let header = |name: &str| file.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-disposition").starts_with("attachment; filename=\"arquivo-"));
    assert!(header("content-security-policy").contains("sandbox"));
    assert_eq!(file.bytes().await.unwrap(), bytes);
    let mut theirs = Visitor::logged_in(&house, "vizinha").await;
    let absent = theirs.get("/arquivos/01890000-0000-7000-8000-000000000000").await.status;
    let foreign = theirs.get(&format!("/arquivos/{id}")).await.status;
    assert_eq!((foreign, absent), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert!(!house.sent_to(&ana).is_empty(), "the customer hears of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_s_own_words_silence_the_assistant_and_another_s_customer_is_told_of() {
    let house = House::open().await;
    let echo = json!({ "from": "551140000001", "to": "5511900000001", "id": "wamid.E",
        "timestamp": "1700000000", "type": "text", "text": { "body": "já separo pra você" } });
    let value = json!({ "metadata": metadata(), "message_echoes": [echo] });
    post(&house, "smb_message_echoes", value).await;
    house.settle().await;
    let ana = customer(1);
    house.says(&ana, "10 sacos de cimento").await;
    house.settle().await;
    assert!(house.sent_to(&ana).is_empty(), "a person has the conversation");

    let standby = json!({ "from": "5511900000002", "id": "wamid.S", "timestamp": "1700000000",
        "type": "text", "text": { "body": "20 sacos de cal" } });
    post(&house, "standby", json!({ "metadata": metadata(), "messages": [standby] })).await;
    house.settle().await;
    assert!(house.sent_to(&customer(2)).is_empty());
    let mut ours = Visitor::logged_in(&house, "loja").await;
    let page = ours.get("/").await.body;
    assert!(page.contains("Outro assistente está respondendo um cliente"), "{page}");
    let talks = "SELECT count(*) FROM conversations";
    assert_eq!(house.number(talks).await, 2, "both are kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn news_stops_the_channel_and_stands_on_every_page_until_it_is_seen() {
    let house = House::open().await;
    house.says(&customer(3), "oi").await;
    let banned = json!({ "event": "DISABLED_UPDATE", "ban_info": { "waba_ban_state": "DISABLE" } });
    post(&house, "account_update", banned.clone()).await;
    post(&house, "account_update", banned).await;
    assert_eq!(house.number("SELECT count(*) FROM notices").await, 1);
    let paused = "SELECT count(*) FROM channels WHERE status = 'paused'";
    assert_eq!(house.number(paused).await, 1);
    let mut ours = Visitor::logged_in(&house, "loja").await;
    for path in ["/", "/conversas", "/avisos"] {
        let page = ours.get(path).await.body;
        assert!(page.contains("A Meta desativou a conta"), "{path}");
    }
    ours.post("/avisos/vistos", &[]).await;
    let page = ours.get("/conversas").await.body;
    assert!(!page.contains("A Meta desativou a conta"));
    let again =
        json!({ "event": "DISABLED_UPDATE", "ban_info": { "waba_ban_state": "REINSTATE" } });
    post(&house, "account_update", again).await;
    assert_eq!(house.number(paused).await, 0);
}
