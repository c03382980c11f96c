//! What goes wrong on the way: the Graph API, a channel, the database. Nothing is
//! lost, nothing is doubled, and a person is told.

use chrono::TimeDelta;
use orcazap_server::worker::{Found, deliver_one, sweep, turn_one};
use orcazap_store::{Channel, ChannelStatus, Incoming, SentState, StatusUpdate, Update};
use orcazap_whatsapp::graph_sim::{Fault, Reached, StatusPlan};
use reqwest::{Method, StatusCode};

use crate::database;
use crate::house::{House, customer};

const ORDER: &str = "10 sacos de cimento, retiro na loja, pago no pix";

async fn outgoing(house: &House, state: &str) -> i64 {
    house.number(&format!("SELECT count(*) FROM outbound_messages WHERE state = '{state}'")).await
}

async fn our_channel(house: &House) -> Channel {
    let mut tx = house.app.store.tenant(house.ours.tenant.id).await.unwrap();
    tx.list_channels().await.unwrap().remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_passes_is_tried_again_until_the_message_is_out() {
    let house = House::open().await;
    let ana = customer(1);
    house.sim.fail_next(2, Fault::Graph { http_status: 500, code: 131_000 });
    house.says(&ana, ORDER).await;
    house.settle().await;
    assert!(house.sent_to(&ana).is_empty());
    assert_eq!(outgoing(&house, "queued").await, 1);
    for _ in 0..2 {
        house.app.clock.advance(TimeDelta::minutes(1));
        house.settle().await;
    }
    assert_eq!(house.sent_to(&ana).len(), 1);
    assert_eq!(outgoing(&house, "sent").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_will_never_arrive_hands_the_conversation_to_a_person() {
    let house = House::open().await;
    let ana = customer(1);
    house.sim.fail_next(1, Fault::Graph { http_status: 400, code: 131_026 });
    house.says(&ana, ORDER).await;
    house.settle().await;
    house.settle().await;
    assert_eq!(outgoing(&house, "failed").await, 1);
    let handed = "SELECT count(*) FROM conversations WHERE state = 'handed_over'";
    assert_eq!(house.number(handed).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_is_settled_by_the_status_and_nothing_is_sent_twice() {
    let house = House::open().await;
    let ana = customer(1);
    house.sim.set_statuses(StatusPlan { until: Some(Reached::Delivered), ..StatusPlan::default() });
    house.sim.fail_next(1, Fault::DropAfter);
    house.says(&ana, ORDER).await;
    house.settle().await;
    house.wait_for("SELECT count(*) FROM outbound_messages WHERE state = 'delivered'", 1).await;
    house.app.clock.advance(TimeDelta::minutes(5));
    house.settle().await;
    assert_eq!(house.sent_to(&ana).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_of_which_nobody_knows_is_held_and_then_sent_again() {
    let house = House::open().await;
    let ana = customer(1);
    house.sim.fail_next(1, Fault::DropBefore);
    house.says(&ana, ORDER).await;
    house.settle().await;
    assert_eq!(outgoing(&house, "uncertain").await, 1);
    house.settle().await;
    assert!(house.sent_to(&ana).is_empty(), "sent again before the grace time was over");
    house.app.clock.advance(TimeDelta::minutes(2));
    house.settle().await;
    assert_eq!(house.sent_to(&ana).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_courtesy_of_which_nobody_knows_is_dropped() {
    let house = House::open().await;
    let ana = customer(1);
    house.sim.fail_next(1, Fault::DropAfter);
    house.says(&ana, "bom dia").await;
    house.settle().await;
    house.app.clock.advance(TimeDelta::minutes(2));
    house.settle().await;
    assert_eq!(outgoing(&house, "dropped").await, 1);
    assert_eq!(house.sent_to(&ana).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_pauses_the_channel_and_what_waits_goes_out_with_a_new_one() {
    let house = House::open().await;
    let ana = customer(1);
    house.sim.fail_next(1, Fault::Graph { http_status: 401, code: 190 });
    house.says(&ana, ORDER).await;
    house.settle().await;
    let channel = our_channel(&house).await;
    assert!(
        matches!(&channel.status, ChannelStatus::Paused { reason } if reason.starts_with("190")),
        "{:?}",
        channel.status
    );
    house.app.clock.advance(TimeDelta::minutes(30));
    house.settle().await;
    assert!(house.sent_to(&ana).is_empty(), "a paused channel sends nothing");

    let mut tx = house.app.store.tenant(house.ours.tenant.id).await.unwrap();
    tx.update_access_token(channel.id, &"token-da-loja".into()).await.unwrap();
    tx.commit().await.unwrap();
    house.settle().await;
    assert_eq!(house.sent_to(&ana).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_without_a_token_keeps_what_it_would_send_and_says_why() {
    let house = House::open().await;
    let ana = customer(1);
    database::execute(&house.url, "UPDATE channels SET access_token = NULL").await;
    house.says(&ana, ORDER).await;
    house.settle().await;
    assert_eq!(outgoing(&house, "queued").await, 1);
    let channel = our_channel(&house).await;
    let expected =
        ChannelStatus::Paused { reason: "o número não tem token de acesso".to_owned() };
    assert_eq!(channel.status, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_cannot_be_read_back_is_set_aside_and_others_go_on() {
    let house = House::open().await;
    let (ana, bia) = (customer(1), customer(2));
    house.says(&ana, ORDER).await;
    database::execute(&house.url, "UPDATE inbound_messages SET body = '\\x00'").await;
    house.says(&bia, ORDER).await;
    house.app.clock.advance(TimeDelta::seconds(5));
    for _ in 0..4 {
        // The step whose message is broken says so; the next one goes on.
        let _ = turn_one(&house.app).await;
        assert!(deliver_one(&house.app).await.is_ok());
    }
    assert_eq!(house.sent_to(&bia).len(), 1);
    assert!(house.sent_to(&ana).is_empty());
    for _ in 0..8 {
        house.app.clock.advance(TimeDelta::minutes(10));
        let _ = turn_one(&house.app).await;
    }
    assert_eq!(house.number("SELECT count(*) FROM dead_letters").await, 1);
    assert_eq!(turn_one(&house.app).await.unwrap(), Found::Nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_costs_no_message_and_the_server_recovers() {
    let house = House::open().await;
    let ana = customer(1);
    let (name, admin) = database::beside(&house.url, "postgres");
    let cut = format!(
        "ALTER DATABASE {name} ALLOW_CONNECTIONS false; \
         SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    );
    database::execute(&admin, &cut).await;
    let ready = house.request(Method::GET, "api", "/health/ready");
    assert_eq!(ready.send().await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    let live = house.request(Method::GET, "api", "/health/live");
    assert_eq!(live.send().await.unwrap().status(), StatusCode::OK);
    // The stand-in is told to come again, as Meta does.
    let refused = house
        .sim
        .customer_sends(
            &house.ours.number,
            &ana,
            orcazap_whatsapp::graph_sim::CustomerMessage::Text(ORDER.to_owned()),
        )
        .await;
    assert!(refused.is_err(), "a webhook that was not kept was answered with 200");
    assert!(turn_one(&house.app).await.is_err());

    database::execute(&admin, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await;
    house.wait_for("SELECT count(*) FROM inbound_messages", 1).await;
    house.settle().await;
    assert_eq!(house.sent_to(&ana).len(), 1);
    let ready = house.request(Method::GET, "api", "/health/ready");
    assert_eq!(ready.send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_on_a_message_that_is_not_ours_is_swept_up_after_a_day() {
    let house = House::open().await;
    let now = house.app.clock.now();
    let update = Update::Status(StatusUpdate {
        provider_id: "wamid.alheia".to_owned(),
        callback: None,
        state: SentState::Delivered,
        pricing: None,
        at: now,
    });
    let report = Incoming {
        phone_number_id: "1001".to_owned(),
        account_id: None,
        display_number: None,
        update,
    };
    assert_eq!(house.app.store.ingest(vec![report], None, now).await.unwrap().orphans, 1);
    house.app.clock.advance(TimeDelta::hours(23));
    assert_eq!(sweep(&house.app).await.unwrap(), Found::Nothing);
    house.app.clock.advance(TimeDelta::hours(2));
    assert_eq!(sweep(&house.app).await.unwrap(), Found::Work);
    assert_eq!(house.number("SELECT count(*) FROM orphan_statuses").await, 0);
}
