//! What a customer sees while the assistant works: read marks and "typing…".

use std::time::Duration;

use orcazap_whatsapp::graph_sim::{SimEvent, SimToken};
use tokio::sync::broadcast::Receiver;

use crate::house::{House, customer};

/// The next read mark: which message, and whether "typing…" is shown.
async fn next_mark(events: &mut Receiver<SimEvent>) -> (String, bool) {
    let mark = async {
        loop {
            if let SimEvent::Read { message_id, typing, .. } = events.recv().await.unwrap() {
                return (message_id.to_string(), typing);
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), mark).await.expect("a read mark")
}

/// The read marks told so far.
fn marks(events: &mut Receiver<SimEvent>) -> usize {
    let mut marks = 0;
    while let Ok(event) = events.try_recv() {
        marks += usize::from(matches!(event, SimEvent::Read { .. }));
    }
    marks
}

const LAST: &str = "SELECT provider_id FROM inbound_messages ORDER BY id DESC LIMIT 1";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_answered_is_marked_as_read_and_what_a_person_has_is_not() {
    let house = House::open().await;
    let ana = customer(1);
    let mut events = house.sim.subscribe();
    house.says(&ana, "bom dia").await;
    house.says(&ana, "quanto tá o cimento?").await;
    house.settle().await;
    let last = house.text(LAST).await;
    assert_eq!(next_mark(&mut events).await, (last, true), "the last one, and all before it");

    house.says(&ana, "quero falar com um atendente").await;
    house.settle().await;
    next_mark(&mut events).await;
    house.says(&ana, "alô?").await;
    house.settle().await;
    house.says(&customer(2), "bom dia").await;
    house.settle().await;
    let (marked, _) = next_mark(&mut events).await;
    assert_eq!(marked, house.text(LAST).await, "nobody has read what waits for a person");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_may_keep_read_marks_to_itself() {
    let house = House::open().await;
    let mut tx = house.app.store.tenant(house.ours.tenant.id).await.unwrap();
    let mut settings = tx.settings().await.unwrap();
    settings.policy.read_marks = false;
    tx.update_settings(&settings).await.unwrap();
    tx.commit().await.unwrap();
    let (ana, mut events) = (customer(1), house.sim.subscribe());
    house.says(&ana, "bom dia").await;
    house.settle().await;
    assert!(!house.sent_to(&ana).is_empty(), "the answer goes out");
    assert_eq!(marks(&mut events), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_fails_holds_no_turn() {
    let house = House::open().await;
    let ana = customer(1);
    house.sim.set_token("token-da-loja", SimToken { valid: false, ..SimToken::default() });
    house.says(&ana, "bom dia").await;
    house.settle().await;
    assert_eq!(house.number("SELECT count(*) FROM outbound_messages").await, 1);
    assert_eq!(house.number("SELECT count(*) FROM dead_letters").await, 0);
}
