//! What the platform charges for: added up the same whatever the order of its
//! reports, and however often they come.

use chrono::{DateTime, NaiveDate, Utc};
use orcazap_store::{
    Charge, ChargesOf, ConversationFilter, ConversationId, Delivery, Incoming, OutgoingKind,
    ReportedPrice, SentAs, SentState, StatusUpdate, Update,
};

use crate::fixture::{Fixture, SERVICE, add_store, at, open};

fn report(
    fixture: &Fixture,
    delivery: &Delivery,
    state: SentState,
    price: Option<(&str, &str)>,
    at: DateTime<Utc>,
) -> Incoming {
    let pricing = price
        .map(|(category, kind)| ReportedPrice { category: category.into(), kind: kind.into() });
    let callback = Some(delivery.callback.to_string());
    let provider_id = format!("wamid.{}", delivery.callback);
    let update = StatusUpdate { provider_id, callback, state, pricing, at };
    crate::fixture::incoming(&fixture.number, Update::Status(update))
}

/// Sends one message and gives the attempt.
async fn send(fixture: &Fixture, id: &str, sent_as: SentAs<'_>) -> Delivery {
    fixture.answered_with(id, &[OutgoingKind::Question]).await;
    let delivery = fixture.claim_delivery(11).await.unwrap();
    let provider_id = format!("wamid.{}", delivery.callback);
    fixture.store().sent(&delivery, &provider_id, sent_as, at(12)).await.unwrap();
    delivery
}

async fn charges(fixture: &Fixture, of: ChargesOf, allowance: u32) -> Vec<Charge> {
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    tx.list_charges(of, allowance).await.unwrap()
}

async fn conversation(fixture: &Fixture) -> ConversationId {
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    tx.list_conversations(ConversationFilter::All, None, 1).await.unwrap().items[0].id
}

fn month(day: &str) -> ChargesOf {
    ChargesOf::Month(day.parse().unwrap())
}

/// `category kind told messages/in_allowance` of each row.
fn lines(charges: &[Charge]) -> Vec<String> {
    let line = |c: &Charge| {
        format!("{} {} {} {}/{}", c.category, c.kind, c.told, c.messages, c.in_allowance)
    };
    charges.iter().map(line).collect()
}

#[tokio::test]
async fn every_order_of_the_reports_comes_to_the_same_charge() {
    // The price told with the delivery stands above the one told with the send.
    for order in 0..6_u8 {
        let fixture = open().await;
        let delivery = send(&fixture, "wamid.1", SERVICE).await;
        let noon: DateTime<Utc> = "2026-11-30T15:00:00Z".parse().unwrap();
        let later = "2026-12-02T15:00:00Z".parse().unwrap();
        let reports = [
            (SentState::Sent, Some(("service", "regular")), noon),
            (SentState::Delivered, Some(("utility", "free_entry_point")), noon),
            (SentState::Read, None, later),
        ];
        let mut left: Vec<_> = reports.into_iter().collect();
        let mut code = usize::from(order);
        for size in (1..=3).rev() {
            let (state, price, at) = left.remove(code % size);
            code /= size;
            let one = report(&fixture, &delivery, state, price, at);
            // Twice in one webhook, and once more in another.
            fixture.ingest(vec![one.clone(), one.clone()], 20).await;
            fixture.ingest(vec![one], 21).await;
        }
        let november = charges(&fixture, month("2026-11-01"), 1000).await;
        assert_eq!(lines(&november), ["utility free_entry_point true 1/0"], "order {order}");
        assert!(charges(&fixture, month("2026-12-01"), 1000).await.is_empty());
        let whole = charges(&fixture, ChargesOf::Conversation(conversation(&fixture).await), 9);
        assert_eq!(lines(&whole.await), ["utility free_entry_point true 1/0"]);
    }
}

#[tokio::test]
async fn nothing_is_charged_before_it_arrives_and_an_estimate_stands_without_a_price() {
    let fixture = open().await;
    let sent_as = SentAs { category: "marketing", outside: true };
    let delivery = send(&fixture, "wamid.1", sent_as).await;
    let of = ChargesOf::Conversation(conversation(&fixture).await);
    let sent = report(&fixture, &delivery, SentState::Sent, None, at(13));
    fixture.ingest(vec![sent], 13).await;
    assert!(charges(&fixture, of, 0).await.is_empty());
    let failed = SentState::Failed { error: "131026".to_owned() };
    fixture.ingest(vec![report(&fixture, &delivery, failed, None, at(14))], 14).await;
    assert!(charges(&fixture, of, 0).await.is_empty());
    let read = report(&fixture, &delivery, SentState::Read, None, at(15));
    fixture.ingest(vec![read], 15).await;
    assert_eq!(lines(&charges(&fixture, of, 0).await), ["marketing regular false 1/0"]);
}

#[tokio::test]
async fn a_month_begins_at_midnight_in_brasilia() {
    let fixture = open().await;
    let delivery = send(&fixture, "wamid.1", SERVICE).await;
    let last = "2026-12-01T02:59:59Z".parse().unwrap();
    let one = report(&fixture, &delivery, SentState::Delivered, None, last);
    fixture.ingest(vec![one], 20).await;
    assert_eq!(charges(&fixture, month("2026-11-01"), 0).await.len(), 1);
    assert!(charges(&fixture, month("2026-12-01"), 0).await.is_empty());
}

#[tokio::test]
async fn the_first_service_messages_of_a_month_are_its_free_ones() {
    let fixture = open().await;
    for n in 0..5_i64 {
        let delivery = send(&fixture, &format!("wamid.{n}"), SERVICE).await;
        let price = Some(("service", if n == 1 { "free_entry_point" } else { "regular" }));
        let one = report(&fixture, &delivery, SentState::Delivered, price, at(100 - n));
        fixture.ingest(vec![one], 200).await;
    }
    let day: NaiveDate = at(100).date_naive();
    let first = chrono::Datelike::with_day(&day, 1).unwrap();
    let found = charges(&fixture, ChargesOf::Month(first), 3).await;
    assert_eq!(lines(&found), ["service free_entry_point true 1/0", "service regular true 4/3"]);
    let all = charges(&fixture, ChargesOf::Month(first), 1000).await;
    assert_eq!(lines(&all)[1], "service regular true 4/4");
    let none = charges(&fixture, ChargesOf::Conversation(conversation(&fixture).await), 0).await;
    assert_eq!(lines(&none)[1], "service regular true 4/0");
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    assert_eq!(tx.count_charged_conversations(first).await.unwrap(), 1);
}

#[tokio::test]
async fn the_daily_limit_counts_people_reached_outside_their_window_once() {
    let fixture = open().await;
    let outside = SentAs { category: "utility", outside: true };
    let first = send(&fixture, "wamid.1", outside).await;
    send(&fixture, "wamid.2", outside).await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let reached = tx.reached_outside(first.contact, at(20)).await.unwrap();
    assert_eq!((reached.people, reached.already, reached.since), (1, true, Some(at(12))));
    let stranger = uuid::Uuid::nil().into();
    assert!(!tx.reached_outside(stranger, at(20)).await.unwrap().already);
    let next_day = at(13 + 24 * 3600);
    assert_eq!(tx.reached_outside(first.contact, next_day).await.unwrap().people, 0);
}

#[tokio::test]
async fn another_store_sees_no_charge_and_can_make_none() {
    let fixture = open().await;
    let (other, _) = add_store(fixture.store(), "outra", "999").await;
    let delivery = send(&fixture, "wamid.1", SentAs { category: "utility", outside: true }).await;
    let mut stolen = report(&fixture, &delivery, SentState::Read, None, at(20));
    stolen.phone_number_id = "999".to_owned();
    fixture.ingest(vec![stolen], 20).await;
    let of = ChargesOf::Conversation(conversation(&fixture).await);
    assert!(charges(&fixture, of, 0).await.is_empty(), "a report by a number of another store");
    fixture.ingest(vec![report(&fixture, &delivery, SentState::Read, None, at(20))], 20).await;
    assert_eq!(charges(&fixture, of, 0).await.len(), 1);
    let mut tx = fixture.store().tenant(other.id).await.unwrap();
    assert!(tx.list_charges(of, 0).await.unwrap().is_empty());
    assert_eq!(tx.reached_outside(delivery.contact, at(20)).await.unwrap().people, 0);
}
