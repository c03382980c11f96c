//! What webhooks get: right and wrong signatures, sizes, shapes and numbers.

use orcazap_whatsapp::webhook::{SIGNATURE_HEADER, sign};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::{APP_SECRET, House, VERIFY_TOKEN, customer};

fn text_message(number: &str, id: &str, text: &str) -> Value {
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "2001", "changes": [{
        "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "phone_number_id": number, "display_phone_number": "551140000001" },
            "contacts": [{ "wa_id": "5511900000001", "profile": { "name": "Cliente" } }],
            "messages": [{ "from": "5511900000001", "id": id, "timestamp": "1800000000",
                "type": "text", "text": { "body": text } }],
        } }] }] })
}

async fn post(house: &House, body: Vec<u8>, signature: Option<String>) -> StatusCode {
    let mut request = house.request(Method::POST, "api", "/webhooks/whatsapp").body(body);
    if let Some(signature) = signature {
        request = request.header(SIGNATURE_HEADER, signature);
    }
    request.send().await.unwrap().status()
}

async fn post_signed(house: &House, body: Vec<u8>) -> StatusCode {
    let signature = sign(&APP_SECRET.into(), &body);
    post(house, body, Some(signature)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_handshake_is_answered_only_with_the_right_word() {
    let house = House::open().await;
    let ask = async |word: &str| {
        let path = format!(
            "/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={word}"
        );
        let answer = house.request(Method::GET, "api", &path).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    assert_eq!(ask(VERIFY_TOKEN).await, (StatusCode::OK, "1158201444".to_owned()));
    assert_eq!(ask("outra").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_signature_is_refused_and_leaves_no_trace() {
    let house = House::open().await;
    let body = text_message("1001", "wamid.A", "10 sacos de cimento").to_string().into_bytes();
    let wrong = sign(&"outro-segredo".into(), &body);
    for signature in [None, Some(wrong), Some("sha256=zz".to_owned()), Some(String::new())] {
        assert_eq!(post(&house, body.clone(), signature).await, StatusCode::UNAUTHORIZED);
    }
    house.settle().await;
    for table in ["inbound_messages", "contacts", "jobs", "unrouted_events", "audit"] {
        assert_eq!(house.number(&format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_kept_refused_or_passed_over_by_what_they_are() {
    let house = House::open().await;
    let ok = StatusCode::OK;
    assert_eq!(post_signed(&house, b"{\"entry\":".to_vec()).await, StatusCode::BAD_REQUEST);
    assert_eq!(post_signed(&house, vec![0xff, 0xfe]).await, StatusCode::BAD_REQUEST);
    let strange = ["{\"hello\":1}", "{\"object\":\"page\",\"entry\":[]}", "[]", "7"];
    let deep = format!("{{\"hello\":{}{}}}", "[".repeat(900), "]".repeat(900));
    for body in strange.into_iter().chain([deep.as_str()]) {
        assert_eq!(post_signed(&house, body.into()).await, ok, "{body}");
    }
    let without_number = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1",
        "changes": [{ "field": "account_update", "value": { "event": "SOMETHING_NEW" } }] }] });
    assert_eq!(post_signed(&house, without_number.to_string().into_bytes()).await, ok);
    let unrouted = "SELECT count(*) FROM unrouted_events WHERE phone_number_id = ''";
    assert_eq!(house.number(unrouted).await, 6, "whatever is valid is kept");
    let mut senderless = text_message("1001", "wamid.S", "oi");
    let value = &mut senderless["entry"][0]["changes"][0]["value"];
    value["contacts"] = json!([]);
    value["messages"][0]["from"] = json!("");
    assert_eq!(post_signed(&house, senderless.to_string().into_bytes()).await, ok);
    let told = "SELECT count(*) FROM notices WHERE kind = 'message_without_sender'";
    assert_eq!(house.number(told).await, 1, "a message without a sender is shown to the store");
    let unknown_kind = json!({ "entry": [{ "id": "1", "changes": [
        { "field": "something_new", "value": { "metadata": { "phone_number_id": "1001" } } },
    ] }] });
    assert_eq!(post_signed(&house, unknown_kind.to_string().into_bytes()).await, ok);
    assert_eq!(house.number("SELECT count(*) FROM inbound_messages").await, 0);

    let foreign = text_message("9999", "wamid.F", "oi").to_string().into_bytes();
    assert_eq!(post_signed(&house, foreign).await, ok);
    assert_eq!(house.number("SELECT count(*) FROM inbound_messages").await, 0);
    let unrouted = "SELECT count(*) FROM unrouted_events WHERE phone_number_id <> ''";
    assert_eq!(house.number(unrouted).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_megabytes_are_refused_and_the_server_goes_on() {
    let house = House::open().await;
    let huge = vec![b' '; 20 * 1024 * 1024];
    let signature = sign(&APP_SECRET.into(), &huge);
    let request = house
        .request(Method::POST, "api", "/webhooks/whatsapp")
        .header(SIGNATURE_HEADER, signature)
        .body(huge)
        .send()
        .await;
    // A server that does not read on may cut the connection before its answer is read.
    if let Ok(answer) = request {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    let fits = text_message("1001", "wamid.B", &"x".repeat(3 * 1024 * 1024)).to_string();
    assert_eq!(post_signed(&house, fits.into_bytes()).await, StatusCode::OK);
    assert_eq!(house.number("SELECT count(*) FROM inbound_messages").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_comes_again_changes_nothing() {
    let house = House::open().await;
    let body = text_message("1001", "wamid.A", "bom dia").to_string().into_bytes();
    for _ in 0..3 {
        assert_eq!(post_signed(&house, body.clone()).await, StatusCode::OK);
    }
    house.settle().await;
    assert_eq!(post_signed(&house, body).await, StatusCode::OK);
    house.settle().await;
    assert_eq!(house.number("SELECT count(*) FROM inbound_messages").await, 1);
    assert_eq!(house.sent_to(&customer(1)).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_part_the_house_and_strangers_are_sent_away() {
    let house = House::open().await;
    let status = async |host: &str, path: &str| {
        let url = format!("http://{}{path}", house.address);
        house.http.get(url).header("host", host).send().await.unwrap().status()
    };
    assert_eq!(status("localhost", "/").await, StatusCode::OK);
    assert_eq!(status("api.localhost", "/health/live").await, StatusCode::OK);
    assert_eq!(status("api.localhost", "/health/ready").await, StatusCode::OK);
    assert_eq!(status("10.0.0.9:8080", "/health/live").await, StatusCode::OK);
    assert_eq!(status("evil.example", "/").await, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(status("a.b.localhost", "/").await, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(status("nobody.localhost", "/").await, StatusCode::NOT_FOUND);
    assert_eq!(status("loja.localhost", "/webhooks/whatsapp").await, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_a_request_id_and_the_headers_of_a_careful_house() {
    let house = House::open().await;
    let answer = house.request(Method::GET, "api", "/health/live");
    let answer = answer.header("x-request-id", "pedido-0001").send().await.unwrap();
    assert_eq!(answer.headers()["x-request-id"], "pedido-0001");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().contains("'none'"));
    let answer = house.request(Method::GET, "api", "/health/live");
    let answer = answer.header("x-request-id", "<script>").send().await.unwrap();
    assert_eq!(answer.headers()["x-request-id"].len(), 36);
}
