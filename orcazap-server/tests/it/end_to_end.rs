//! The whole path over real HTTP: signed webhooks in, turns, messages out at the
//! stand-in, and what the database holds after it.

use orcazap_whatsapp::graph_sim::CustomerMessage;
use serde_json::json;

use crate::house::{House, customer};

const ORDER: &str = "10 sacos de cimento, retiro na loja, pago no pix";
/// 10 × 40.00, 5 % off from ten bags on, 3 % off for Pix, nothing for pickup.
const TOTAL: &str = "R$\u{a0}368,60";

#[tokio::test(flavor = "multi_thread")]
async fn an_order_in_one_message_is_quoted_to_the_centavo_and_accepting_it_wins_it() {
    let house = House::open().await;
    let ana = customer(1);
    house.says(&ana, ORDER).await;
    house.settle().await;
    let quote = house.last_to(&ana);
    assert!(quote.words().contains(TOTAL), "{}", quote.words());
    assert_eq!(quote.from, house.ours.number);
    assert_eq!(house.number("SELECT (total * 100)::bigint FROM quotes").await, 36_860);
    assert_eq!(house.number("SELECT count(*) FROM approvals").await, 0);

    house.presses(&ana, "Fechar").await;
    house.settle().await;
    let won = "SELECT count(*) FROM conversations WHERE state = 'won'";
    assert_eq!(house.number(won).await, 1);
    assert_eq!(house.number("SELECT count(*) FROM sales_orders").await, 1);
    assert!(house.last_to(&ana).words().contains(TOTAL), "{}", house.last_to(&ana).words());
    assert_eq!(house.sent_to(&ana).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thumbs_up_on_the_quote_accepts_it_and_on_anything_else_does_not() {
    let house = House::open().await;
    let ana = customer(1);
    let thumb = |message_id| CustomerMessage::Reaction { message_id, emoji: "👍".to_owned() };
    house.says(&ana, "bom dia").await;
    house.settle().await;
    house.sends(&ana, thumb(house.last_to(&ana).id)).await;
    house.says(&ana, ORDER).await;
    house.settle().await;
    assert_eq!(house.number("SELECT count(*) FROM sales_orders").await, 0);
    house.sends(&ana, thumb(house.last_to(&ana).id)).await;
    house.settle().await;
    assert_eq!(house.number("SELECT count(*) FROM sales_orders").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_asked_for_once_and_the_answer_completes_the_order() {
    let house = House::open().await;
    let ana = customer(1);
    house.says(&ana, "10 sacos de cimento").await;
    house.settle().await;
    assert!(!house.last_to(&ana).words().contains("R$"), "{}", house.last_to(&ana).words());
    house.says(&ana, "retiro na loja e pago no pix").await;
    house.settle().await;
    assert!(house.last_to(&ana).words().contains(TOTAL), "{}", house.last_to(&ana).words());
    assert_eq!(house.sent_to(&ana).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_three_messages_is_answered_once() {
    let house = House::open().await;
    let ana = customer(1);
    for words in ["bom dia", "10 sacos de cimento", "retiro na loja, pago no pix"] {
        house.says(&ana, words).await;
        house.step().await;
    }
    assert!(house.sent_to(&ana).is_empty(), "answered before the burst had settled");
    house.settle().await;
    let sent = house.sent_to(&ana);
    assert_eq!(sent.len(), 1);
    assert!(sent[0].words().contains(TOTAL), "{}", sent[0].words());
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_that_come_twice_and_in_the_wrong_order_change_nothing() {
    let house = House::open().await;
    let ana = customer(1);
    let now = chrono::Utc::now().timestamp();
    let text = |id: &str, ago: i64, words: &str| {
        CustomerMessage::Raw(json!({ "id": id, "timestamp": (now - ago).to_string(),
            "type": "text", "text": { "body": words } }))
    };
    let first = text("wamid.1", 30, "pago no dinheiro");
    let second = text("wamid.2", 20, "10 sacos de cimento, retiro na loja");
    let third = text("wamid.3", 10, "melhor, pago no pix");
    for message in [&third, &first, &third, &second, &first] {
        house.sends(&ana, message.clone()).await;
    }
    house.settle().await;
    let sent = house.sent_to(&ana);
    assert_eq!(sent.len(), 1);
    // The last word on the payment was Pix, whatever came first.
    assert!(sent[0].words().contains(TOTAL), "{}", sent[0].words());
    assert_eq!(house.number("SELECT count(*) FROM inbound_messages").await, 3);
    for message in [&second, &first, &third] {
        house.sends(&ana, message.clone()).await;
    }
    house.settle().await;
    assert_eq!(house.sent_to(&ana).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn statuses_in_any_order_settle_a_message_and_never_lower_it() {
    use orcazap_whatsapp::graph_sim::{Reached, StatusPlan};
    let house = House::open().await;
    let ana = customer(1);
    house.sim.set_statuses(StatusPlan {
        until: Some(Reached::Read),
        times: 2,
        reversed: true,
        ..StatusPlan::default()
    });
    house.says(&ana, ORDER).await;
    let mut events = house.sim.subscribe();
    house.settle().await;
    for _ in 0..7 {
        tokio::time::timeout(std::time::Duration::from_secs(20), events.recv())
            .await
            .expect("six statuses come")
            .unwrap();
    }
    house.wait_for("SELECT count(*) FROM outbound_messages WHERE state = 'read'", 1).await;
    house.settle().await;
    assert_eq!(
        house.number("SELECT count(*) FROM outbound_messages WHERE state = 'read'").await,
        1
    );
    assert_eq!(house.sent_to(&ana).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_stores_share_customers_and_see_nothing_of_each_other() {
    let house = House::open().await;
    let ana = customer(1);
    house.says(&ana, ORDER).await;
    house
        .sim
        .customer_sends(&house.theirs.number, &ana, CustomerMessage::Text(ORDER.to_owned()))
        .await
        .unwrap();
    house.settle().await;
    let numbers: Vec<_> = house.sent_to(&ana).into_iter().map(|sent| sent.from).collect();
    assert_eq!(numbers.len(), 2);
    assert!(numbers.contains(&house.ours.number) && numbers.contains(&house.theirs.number));
    for table in ["contacts", "conversations", "quotes", "quote_lines", "outbound_messages"] {
        for shop in [&house.ours, &house.theirs] {
            let seen = house.seen_by(shop.tenant.id, table).await;
            assert_eq!(seen, 1, "{table} of {}", shop.tenant.slug);
        }
    }
}
