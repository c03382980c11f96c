//! Networks and platforms that fail, and what the caller learns of it.

use std::time::Duration;

use orcazap_whatsapp::graph_sim::{CustomerMessage, Fault, WebhookError};
use orcazap_whatsapp::webhook::Update;
use orcazap_whatsapp::{Advice, Certainty, Client, ClientConfig, Request};

use crate::store::{Store, text, token};

/// Fails one send and says what came of it: how many messages the platform took,
/// and what the error knows.
async fn check(fault: Fault, taken: usize, certainty: Certainty, advice: Advice) {
    let store = Store::greeted().await;
    store.sim.fail_next(1, fault.clone());
    let error = store.send(text("oi")).await.expect_err("a fault");
    assert_eq!(store.sim.sent().len(), taken, "{fault:?}");
    assert_eq!(error.certainty(), certainty, "{fault:?}: {error}");
    assert_eq!(error.advice(), advice, "{fault:?}: {error}");
    assert!(store.send(text("oi")).await.is_ok(), "the fault passes: {fault:?}");
}

const SOON: Advice = Advice::Retry { after: None };

#[tokio::test]
async fn a_refusal_of_the_platform_is_certain() {
    let graph = |http_status, code| Fault::Graph { http_status, code };
    check(graph(500, 131_000), 0, Certainty::NotSent, SOON).await;
    check(graph(401, 190), 0, Certainty::NotSent, Advice::PauseChannel).await;
    check(graph(400, 131_026), 0, Certainty::NotSent, Advice::GiveUp).await;
    let after = Some(Duration::from_secs(30));
    let throttled = Fault::Throttled { retry_after: Duration::from_secs(30) };
    check(throttled, 0, Certainty::NotSent, Advice::Retry { after }).await;
}

#[tokio::test]
async fn an_answer_of_nobody_knows_whom_is_uncertain_only_when_the_message_may_be_out() {
    check(Fault::Http(502), 0, Certainty::Uncertain, SOON).await;
    check(Fault::Http(200), 0, Certainty::Uncertain, SOON).await;
    check(Fault::Http(413), 0, Certainty::NotSent, Advice::GiveUp).await;
}

#[tokio::test]
async fn a_lost_answer_looks_the_same_whether_the_message_was_taken_or_not() {
    check(Fault::DropBefore, 0, Certainty::Uncertain, SOON).await;
    check(Fault::DropAfter, 1, Certainty::Uncertain, SOON).await;
    check(Fault::HangBefore, 0, Certainty::Uncertain, SOON).await;
    check(Fault::HangAfter, 1, Certainty::Uncertain, SOON).await;
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_a_status_with_its_callback_data() {
    let store = Store::greeted().await;
    store.sim.fail_next(1, Fault::DropAfter);
    assert!(store.send(text("oi")).await.is_err());
    let updates = store.inbox.wait(3).await;
    let settled = updates.iter().any(|update| match update {
        Update::Status(status) => status.callback_data.as_deref() == Some("outbox:018f:1"),
        _ => false,
    });
    assert!(settled, "{updates:?}");
}

#[tokio::test]
async fn no_connection_is_certain_and_leaks_no_number() {
    let store = Store::open().await;
    let mut config = ClientConfig::new("http://127.0.0.1:9".parse().unwrap());
    config.timeout = Duration::from_secs(5);
    let client = Client::new(&config).unwrap();
    let request = Request::new(store.ana.key.clone(), text("oi"));
    let error = client.send(&store.number, &token(), &request).await.unwrap_err();
    assert_eq!(error.certainty(), Certainty::NotSent);
    assert_eq!(error.advice(), SOON);
    let words = format!("{error:?}");
    assert!(!words.contains(store.number.as_str()), "{words}");
}

#[tokio::test]
async fn a_webhook_that_is_not_taken_comes_again() {
    let store = Store::open().await;
    store.inbox.answer(500);
    let oi = CustomerMessage::Text("oi".into());
    let first = store.sim.customer_sends(&store.number, &store.ana, oi).await;
    assert_eq!(first, Err(WebhookError::Refused { http_status: 500 }));
    store.inbox.answer(200);
    assert_eq!(store.inbox.wait(1).await.len(), 1);
}

#[test]
fn a_client_is_not_built_with_settings_that_can_not_work() {
    let client = |url: &str, version: &str| {
        let mut config = ClientConfig::new(url.parse().unwrap());
        config.version = version.to_owned();
        Client::new(&config).map(|_| ())
    };
    assert!(client("https://graph.facebook.com", "v26.0").is_ok());
    assert!(client("https://graph.facebook.com", "../v26.0").is_err());
    assert!(client("https://graph.facebook.com", "v").is_err());
    assert!(client("ftp://graph.facebook.com", "v26.0").is_err());
    assert!(client("mailto:a@b", "v26.0").is_err());
}
