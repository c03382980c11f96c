//! What becomes of a message that was taken, as the statuses tell it.

use std::time::Duration;

use orcazap_whatsapp::graph_sim::{CustomerMessage, Fault, Reached, StatusPlan};
use orcazap_whatsapp::webhook::{DeliveryStatus, StatusUpdate, Update};

use crate::store::{Store, text};

async fn statuses(store: &Store, count: usize) -> Vec<StatusUpdate> {
    let updates = store.inbox.wait(count).await;
    let status = |update| match update {
        Update::Status(status) => Some(*status),
        _ => None,
    };
    updates.into_iter().filter_map(status).collect()
}

fn codes(statuses: &[StatusUpdate]) -> Vec<&str> {
    statuses.iter().map(|status| status.status.code()).collect()
}

#[tokio::test]
async fn a_message_is_sent_and_delivered_with_its_price() {
    let store = Store::greeted().await;
    let sent = store.send(text("oi")).await.unwrap();
    let statuses = statuses(&store, 3).await;
    assert_eq!(codes(&statuses), ["sent", "delivered"]);
    for status in &statuses {
        assert_eq!(status.message_id, sent.message_id);
        let recipient = status.recipient.as_ref().unwrap();
        assert_eq!(recipient.phone(), store.ana.key.phone());
        assert!(recipient.user_id().is_some());
        let pricing = status.pricing.as_ref().unwrap();
        assert_eq!(pricing.category.as_deref(), Some("service"));
    }
}

#[tokio::test]
async fn statuses_come_twice_and_in_the_wrong_order_when_asked_to() {
    let store = Store::greeted().await;
    let plan = StatusPlan {
        until: Some(Reached::Read),
        delay: Duration::from_millis(1),
        times: 2,
        reversed: true,
        batched: false,
    };
    store.sim.set_statuses(plan);
    store.send(text("oi")).await.unwrap();
    let statuses = statuses(&store, 7).await;
    assert_eq!(codes(&statuses), ["read", "read", "delivered", "delivered", "sent", "sent"]);
}

async fn fails_with(store: &Store, code: i64) {
    store.send(text("oi")).await.unwrap();
    let statuses = statuses(store, 1).await;
    assert_eq!(statuses[0].status, DeliveryStatus::Failed);
    assert_eq!(statuses[0].errors[0].code, code);
    assert_eq!(statuses[0].callback_data.as_deref(), Some("outbox:018f:1"));
}

#[tokio::test]
async fn outside_the_window_a_message_is_taken_and_then_fails() {
    fails_with(&Store::open().await, 131_047).await;
}

#[tokio::test]
async fn a_day_after_the_last_word_the_window_is_closed_and_a_new_word_opens_it() {
    let store = Store::greeted().await;
    store.sim.close_window(&store.number, &store.ana.key);
    store.send(text("oi")).await.unwrap();
    assert_eq!(codes(&statuses(&store, 2).await), ["failed"]);
    store.says(CustomerMessage::Text("ainda está aí?".into())).await;
    store.send(text("sim")).await.unwrap();
    assert_eq!(codes(&statuses(&store, 5).await), ["failed", "sent", "delivered"]);
}

#[tokio::test]
async fn who_has_no_whatsapp_is_not_reached() {
    let store = Store::open().await;
    store.sim.make_unreachable(&store.ana.key);
    fails_with(&store, 131_026).await;
}

#[tokio::test]
async fn a_failure_can_be_asked_for() {
    let store = Store::open().await;
    store.sim.fail_next(1, Fault::FailLater { code: 131_049 });
    fails_with(&store, 131_049).await;
}

#[test]
fn the_furthest_status_stands_whatever_comes_after() {
    let order = ["sent", "failed", "delivered", "read", "played"];
    let ranks: Vec<Option<u8>> =
        order.iter().map(|code| DeliveryStatus::from_code(code).rank()).collect();
    assert!(ranks.is_sorted() && ranks[0].is_some(), "{ranks:?}");
    assert_eq!(DeliveryStatus::from_code("deleted").rank(), None);
    for code in order {
        assert_eq!(DeliveryStatus::from_code(code).code(), code);
    }
}
