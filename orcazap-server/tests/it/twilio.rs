//! The same path by the second transport: signed forms in, messages out at Twilio's
//! stand-in, statuses back by their address.

use orcazap_store::NewChannel;
use orcazap_whatsapp::twilio::sim::TwilioSent;
use url::Url;

use crate::house::{House, TWILIO_NUMBER, TWILIO_TOKEN};

/// A house whose first store has a number at Twilio besides.
async fn open() -> House {
    let house = House::open().await;
    let mut tx = house.app.store.tenant(house.ours.tenant.id).await.unwrap();
    let channel = NewChannel {
        phone_number_id: TWILIO_NUMBER.to_owned(),
        display_name: "Balcão pela Twilio".to_owned(),
        access_token: Some(TWILIO_TOKEN.into()),
    };
    tx.insert_channel(channel, house.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    house
}

fn webhook(house: &House) -> Url {
    format!("http://api.localhost:{}/webhooks/twilio", house.address.port()).parse().unwrap()
}

/// A customer writes, or presses; the answer's HTTP status.
async fn sends(house: &House, id: &str, parameters: &[(&str, &str)]) -> u16 {
    let mut all = vec![
        ("MessageSid", id),
        ("SmsStatus", "received"),
        ("From", "whatsapp:+5511900000001"),
        ("To", "whatsapp:+551140000009"),
        ("WaId", "5511900000001"),
        ("ProfileName", "Ana"),
    ];
    all.extend_from_slice(parameters);
    house.twilio.post(&webhook(house), &all).await.unwrap()
}

fn last(house: &House) -> TwilioSent {
    house.twilio.sent().pop().expect("a message")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_comes_in_is_quoted_accepted_and_its_statuses_find_it() {
    let house = open().await;
    let body = [("Body", "10 sacos de cimento, retiro na loja, pago no pix")];
    assert_eq!(sends(&house, "SM1", &body).await, 200);
    assert_eq!(sends(&house, "SM1", &body).await, 200);
    house.settle().await;
    assert_eq!(house.number("SELECT count(*) FROM inbound_messages").await, 1);
    let quote = last(&house);
    assert_eq!(quote.to, "whatsapp:+5511900000001");
    assert!(quote.body.contains("R$\u{a0}368,60"), "{}", quote.body);
    assert_eq!(house.sim.sent().len(), 0);

    // Its address carries back which message the status is of.
    let told = [
        ("MessageSid", quote.sid.as_str()),
        ("MessageStatus", "read"),
        ("From", "whatsapp:+551140000009"),
        ("To", "whatsapp:+5511900000001"),
    ];
    let callback = quote.status_callback.clone().unwrap();
    assert_eq!(house.twilio.post(&callback, &told).await.unwrap(), 200);
    let read = "SELECT count(*) FROM outbound_messages WHERE state = 'read'";
    assert_eq!(house.number(read).await, 1);

    let (id, title) =
        quote.choices.iter().find(|(_, title)| title.contains("Fechar")).unwrap().clone();
    let pressed =
        [("ButtonPayload", id.as_str()), ("ButtonText", title.as_str()), ("Body", &title)];
    assert_eq!(sends(&house, "SM2", &pressed).await, 200);
    house.settle().await;
    assert_eq!(house.number("SELECT count(*) FROM sales_orders").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_fetched_with_the_account_s_token_which_goes_to_no_other_host() {
    let house = open().await;
    let url = house.twilio.add_file("application/pdf", "%PDF-1.7 lista da obra");
    let mut elsewhere = url.clone();
    elsewhere.set_host(Some("localhost")).unwrap();
    let mut gone = url.clone();
    gone.path_segments_mut().unwrap().pop().push("99");
    for (id, url) in [("MM1", &url), ("MM2", &elsewhere), ("MM3", &gone)] {
        let file = [
            ("NumMedia", "1"),
            ("MediaUrl0", url.as_str()),
            ("MediaContentType0", "application/pdf"),
        ];
        assert_eq!(sends(&house, id, &file).await, 200);
    }
    house.settle().await;
    let told = "SELECT string_agg(coalesce(error, content_type || ' ' || size), ', ' ORDER BY id)
                FROM media";
    assert_eq!(house.text(told).await, "application/pdf 22, refused, gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_goes_out_in_parts_that_twilio_takes() {
    let house = open().await;
    let lines: Vec<String> =
        (1..60).map(|n| format!("{n} sacos de coisa {n} que não existe")).collect();
    let body = lines.join("\n");
    assert_eq!(sends(&house, "SM1", &[("Body", body.as_str())]).await, 200);
    house.settle().await;
    let failed = "SELECT count(*) FROM outbound_messages WHERE state <> 'sent'";
    assert_eq!(house.number(failed).await, 0, "{:?}", house.twilio.sent());
    assert!(!house.twilio.sent().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_not_signed_for_the_number_leaves_no_trace() {
    let house = open().await;
    let text = "MessageSid=SM1&From=whatsapp%3A%2B5511900000001&Body=oi&To=whatsapp%3A%2B551140000009\
                &AccountSid=AC0123456789abcdef0123456789abcdef";
    for signature in [None, Some("AAAA"), Some("não é base64")] {
        let mut call = house.request(reqwest::Method::POST, "api", "/webhooks/twilio").body(text);
        if let Some(signature) = signature {
            call = call.header("x-twilio-signature", signature.as_bytes());
        }
        assert_eq!(call.send().await.unwrap().status().as_u16(), 401, "{signature:?}");
    }
    // Signed, but for another address, or to a number that no store has.
    let other = format!("http://api.localhost:{}/webhooks/twilio?x=1", house.address.port());
    let own = webhook(&house);
    let elsewhere = [("MessageSid", "SM1"), ("To", "whatsapp:+551140000008"), ("Body", "oi")];
    assert_eq!(house.twilio.post(&own, &elsewhere).await.unwrap(), 401);
    assert_eq!(
        house.twilio.post(&other.parse().unwrap(), &[("MessageSid", "SM1")]).await.unwrap(),
        401
    );
    let huge = "x".repeat(70 * 1024);
    assert_eq!(sends(&house, "SM3", &[("Body", &huge)]).await, 413);
    assert_eq!(house.number("SELECT count(*) FROM inbound_messages").await, 0);
    assert_eq!(house.number("SELECT count(*) FROM unrouted_events").await, 0);
}
