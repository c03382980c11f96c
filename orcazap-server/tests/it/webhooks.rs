//! What webhooks get: right and wrong signatures, sizes, shapes and numbers.

use orcazap_store::StoredTemplate;
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

/// The secret and the word of an app that only our store's number has.
const OWN_SECRET: &str = "segredo-do-app-da-loja";
const OWN_WORD: &str = "palavra-da-loja";

#[tokio::test(flavor = "multi_thread")]
async fn a_number_s_own_app_is_believed_about_that_number_alone() {
    let house = House::open().await;
    let mut tx = house.app.store.tenant(house.ours.tenant.id).await.unwrap();
    let channel = tx.list_channels().await.unwrap()[0].id;
    let (secrets, word) = (format!("antigo, {OWN_SECRET}").into(), OWN_WORD.into());
    tx.update_channel_webhook(channel, Some(&secrets), Some(&word)).await.unwrap();
    tx.update_account(channel, "2001").await.unwrap();
    tx.commit().await.unwrap();

    let ask = async |number: &str, word: &str| {
        let path = format!(
            "/webhooks/whatsapp{number}?hub.mode=subscribe&hub.challenge=77&hub.verify_token={word}"
        );
        house.request(Method::GET, "api", &path).send().await.unwrap().status()
    };
    assert_eq!(ask("/1001", OWN_WORD).await, StatusCode::OK);
    assert_eq!(ask("/1001", VERIFY_TOKEN).await, StatusCode::OK);
    for (number, word) in
        [("/1001", "outra"), ("/1002", OWN_WORD), ("/9999", OWN_WORD), ("", OWN_WORD)]
    {
        assert_eq!(ask(number, word).await, StatusCode::FORBIDDEN, "{number} {word}");
    }

    let post = async |number: &str, secret: &str, body: &Value| {
        let body = body.to_string().into_bytes();
        let signature = sign(&secret.into(), &body);
        let path = format!("/webhooks/whatsapp{number}");
        let request = house.request(Method::POST, "api", &path).body(body);
        let answer = request.header(SIGNATURE_HEADER, signature).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    let count = async |table: &str| house.number(&format!("SELECT count(*) FROM {table}")).await;
    let ours = text_message("1001", "wamid.A", "oi");
    let refused = (StatusCode::UNAUTHORIZED, String::new());
    for (number, secret) in [
        ("", OWN_SECRET),
        ("/1002", OWN_SECRET),
        ("/9999", OWN_SECRET),
        ("/1001", "errado"),
        ("/%00", "errado"),
    ] {
        assert_eq!(post(number, secret, &ours).await, refused, "{number} {secret}");
    }
    assert_eq!(count("inbound_messages").await, 0);
    assert_eq!(post("/1001", OWN_SECRET, &ours).await.0, StatusCode::OK);
    assert_eq!(count("inbound_messages").await, 1);

    // Of another's number nothing is kept; what comes with it is.
    let mut mixed = text_message("1002", "wamid.B", "oi");
    let own = text_message("1001", "wamid.C", "oi")["entry"][0].clone();
    mixed["entry"].as_array_mut().unwrap().push(own);
    assert_eq!(post("/1001", OWN_SECRET, &mixed).await.0, StatusCode::OK);
    assert_eq!(
        house.number("SELECT count(*) FROM inbound_messages WHERE provider_id = 'wamid.B'").await,
        0
    );
    assert_eq!(count("inbound_messages").await, 2);
    // The neighbour's number is of the same account, and yet goes on sending.
    let mut tx = house.app.store.tenant(house.theirs.tenant.id).await.unwrap();
    let theirs = tx.list_channels().await.unwrap()[0].id;
    tx.update_account(theirs, "2001").await.unwrap();
    tx.commit().await.unwrap();
    let banned = |account: &str| {
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": account,
        "time": 1_800_000_000, "changes": [{ "field": "account_update", "value": {
            "event": "DISABLED_UPDATE", "ban_info": { "waba_ban_state": "DISABLE" } } }] }] })
    };
    for account in ["2999", "2001"] {
        assert_eq!(post("/1001", OWN_SECRET, &banned(account)).await.0, StatusCode::OK);
    }
    assert_eq!(count("notices").await, 1);
    let paused = "SELECT string_agg(phone_number_id, ',') FROM channels WHERE status = 'paused'";
    assert_eq!(house.text(paused).await, "1001");
    assert_eq!(post("/1001", OWN_SECRET, &json!({ "hello": 1 })).await.0, StatusCode::OK);
    let told = "SELECT count(*) FROM notices WHERE kind = 'unreadable'";
    assert_eq!(house.number(told).await, 1);
    assert_eq!(count("unrouted_events").await, 0);

    // Another's account beside the own number: it is not learnt, and its template stays.
    let mut tx = house.app.store.tenant(house.theirs.tenant.id).await.unwrap();
    tx.update_account(theirs, "2999").await.unwrap();
    tx.save_template(&StoredTemplate {
        account_id: "2999".to_owned(),
        name: "orcamento_pronto".to_owned(),
        language: "pt_BR".to_owned(),
        platform_id: None,
        category: "UTILITY".to_owned(),
        status: "APPROVED".to_owned(),
        quality: None,
        reason: None,
        components: json!([]),
        updated_at: house.app.clock.now(),
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let mut theirs = text_message("1001", "wamid.E", "oi");
    theirs["entry"][0]["id"] = json!("2999");
    theirs["entry"][0]["changes"].as_array_mut().unwrap().push(json!({
        "field": "message_template_status_update", "value": {
            "metadata": { "phone_number_id": "1001" }, "event": "PAUSED",
            "message_template_name": "orcamento_pronto", "message_template_language": "pt_BR",
        } }));
    assert_eq!(post("/1001", OWN_SECRET, &theirs).await.0, StatusCode::OK);
    assert_eq!(count("inbound_messages").await, 3);
    assert_eq!(house.text("SELECT status FROM templates").await, "APPROVED");
    let learnt = "SELECT account_id FROM channel_directory WHERE phone_number_id = '1001'";
    assert_eq!(house.text(learnt).await, "2001");

    // The installation's app may speak at that address too, and of all.
    let elsewhere = text_message("1002", "wamid.D", "oi");
    assert_eq!(post("/1001", APP_SECRET, &elsewhere).await.0, StatusCode::OK);
    assert_eq!(count("inbound_messages").await, 4);
}
