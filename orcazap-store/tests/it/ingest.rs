//! What a webhook brought is kept once, whatever the platform repeats or mixes up.

use orcazap_core::{ContactKey, Phone};
use orcazap_store::{Incoming, SentState, Update};
use serde_json::json;

use crate::fixture::{add_store, at, incoming, open, phone, status, text};

async fn jobs(fixture: &crate::fixture::Fixture) -> i64 {
    fixture.peek("SELECT count(*) FROM jobs").await
}

#[tokio::test]
async fn a_repeated_message_is_kept_once_with_one_job() {
    let fixture = open().await;
    let twice = vec![fixture.text("wamid.1", 1, "oi", 0), fixture.text("wamid.1", 1, "oi", 0)];
    let first = fixture.ingest(twice, 0).await;
    assert_eq!((first.new_messages, first.repeated), (1, 1));
    let again = fixture.ingest(vec![fixture.text("wamid.1", 1, "oi", 0)], 9).await;
    assert_eq!((again.new_messages, again.repeated), (0, 1));
    assert_eq!(jobs(&fixture).await, 1);
}

#[tokio::test]
async fn messages_of_one_second_are_read_in_the_order_of_their_webhook() {
    let fixture = open().await;
    let updates = ["c", "a", "b"].map(|id| fixture.text(&format!("wamid.{id}"), 1, id, 7));
    fixture.ingest(updates.into(), 7).await;
    let turn = fixture.claim(20).await.unwrap();
    let words: Vec<_> = turn.messages().iter().filter_map(|m| m.text.as_deref()).collect();
    assert_eq!(words, ["c", "a", "b"]);
}

#[tokio::test]
async fn one_webhook_may_hold_messages_of_several_stores() {
    let fixture = open().await;
    let (other, _) = add_store(fixture.store(), "outra", "999").await;
    let mixed = vec![
        text("999", "wamid.2", 1, "areia", 2),
        fixture.text("wamid.1", 1, "cimento", 1),
        text("404", "wamid.3", 1, "perdida", 3),
    ];
    let done = fixture.ingest(mixed, 0).await;
    assert_eq!(done.new_messages, 2);
    assert_eq!(done.unrouted.into_iter().collect::<Vec<_>>(), ["404"]);
    let mut seen = Vec::new();
    for _ in 0..2 {
        let turn = fixture.claim(10).await.unwrap();
        seen.push((turn.tenant(), turn.messages()[0].text.clone().unwrap()));
        turn.commit(Vec::new(), at(10)).await.unwrap();
    }
    seen.sort();
    let mut expected = [(fixture.tenant.id, "cimento".to_owned()), (other.id, "areia".to_owned())];
    expected.sort();
    assert_eq!(seen, expected);
    assert!(fixture.claim(20).await.is_none());
}

#[tokio::test]
async fn events_of_unknown_numbers_are_kept_sealed_and_bounded() {
    let fixture = open().await;
    for round in 0..24 {
        let raw = json!({ "from": "5511900000001", "round": round });
        let event = |n: u32| incoming(&format!("404{n}"), Update::Other { raw: raw.clone() });
        fixture.ingest((0..60).map(event).collect(), round).await;
    }
    let kept: i64 = fixture.peek("SELECT count(*) FROM unrouted_events").await;
    assert_eq!(kept, 1_000);
    let numbers = fixture.store().list_unrouted().await.unwrap();
    assert_eq!((numbers.len(), numbers[0].last_at), (50, at(23)), "50 are kept of one webhook");
    let open: bool = fixture
        .peek("SELECT bool_or(encode(body, 'escape') LIKE '%5511900000001%') FROM unrouted_events")
        .await;
    assert!(!open);
}

#[tokio::test]
async fn an_event_of_no_number_is_kept_and_of_a_long_one_its_beginning() {
    let fixture = open().await;
    let event = |raw| incoming("", Update::Other { raw });
    let long = json!({ "object": "page", "text": "é".repeat(1_000_000) });
    let done = fixture.ingest(vec![event(json!({ "object": "page" })), event(long)], 0).await;
    assert_eq!(done.unrouted.into_iter().collect::<Vec<_>>(), [""]);
    let numbers = fixture.store().list_unrouted().await.unwrap();
    assert_eq!((numbers[0].phone_number_id.as_str(), numbers[0].events), ("", 2));
    let longest: i32 = fixture.peek("SELECT max(length(body)) FROM unrouted_events").await;
    assert!((64 * 1024..80 * 1024).contains(&longest), "{longest}");
}

#[tokio::test]
async fn no_phone_number_name_or_word_of_a_customer_stands_open_in_a_table() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "segredo", 0)], 0).await;
    let open: bool = fixture
        .peek(
            "SELECT c::text || m::text LIKE ANY (ARRAY['%551199000%', '%Maria%', '%segredo%'])
                OR encode(m.body, 'escape') LIKE ANY (ARRAY['%551199000%', '%segredo%'])
             FROM contacts c, inbound_messages m",
        )
        .await;
    assert!(!open);
}

#[tokio::test]
async fn both_spellings_of_a_number_are_one_contact() {
    let fixture = open().await;
    let short: Phone = "551187654321".parse().unwrap();
    let long: Phone = "5511987654321".parse().unwrap();
    for (id, phone) in [("wamid.1", short), ("wamid.2", long)] {
        let mut incoming = fixture.text(id, 1, "oi", 0);
        if let Update::Message(message) = &mut incoming.update {
            message.from = phone.into();
        }
        fixture.ingest(vec![incoming], 0).await;
    }
    let contacts: i64 = fixture.peek("SELECT count(*) FROM contacts").await;
    assert_eq!(contacts, 1);
}

#[tokio::test]
async fn a_contact_is_found_by_number_or_user_id_once_both_are_known() {
    let fixture = open().await;
    let user = || Some("BR.INVENTADO".parse().unwrap());
    let keys = [
        ContactKey::from(phone(1)),
        ContactKey::new(Some(phone(1)), user()).unwrap(),
        ContactKey::new(None, user()).unwrap(),
    ];
    for (n, key) in keys.into_iter().enumerate() {
        let mut incoming = fixture.text(&format!("wamid.{n}"), 1, "oi", 0);
        if let Update::Message(message) = &mut incoming.update {
            message.from = key;
        }
        fixture.ingest(vec![incoming], 0).await;
    }
    let turn = fixture.claim(10).await.unwrap();
    assert_eq!(turn.messages().len(), 3);
    let key = &turn.contact().key;
    assert_eq!((key.phone(), key.user_id()), (Some(&phone(1)), user().as_ref()));
    assert_eq!(turn.contact().name.as_deref(), Some("Maria Inventada"));
}

#[tokio::test]
async fn a_number_that_comes_with_another_user_id_is_another_contact() {
    let fixture = open().await;
    let user = |id: &str| Some(id.parse().unwrap());
    let keys = [
        (Some(phone(1)), user("BR.ANTES")),
        (Some(phone(1)), user("BR.DEPOIS")),
        (Some(phone(1)), None),
        (None, user("BR.ANTES")),
    ];
    for (n, (phone, user)) in keys.into_iter().enumerate() {
        let mut incoming = fixture.text(&format!("wamid.{n}"), 1, &n.to_string(), 0);
        if let Update::Message(message) = &mut incoming.update {
            message.from = ContactKey::new(phone, user).unwrap();
        }
        fixture.ingest(vec![incoming], 0).await;
    }
    let mut seen = Vec::new();
    for _ in 0..2 {
        let turn = fixture.claim(10).await.unwrap();
        let words: Vec<_> = turn.messages().iter().filter_map(|m| m.text.clone()).collect();
        let key = turn.contact().key.clone();
        seen.push((words.join(" "), key.phone().cloned(), key.user_id().cloned()));
        turn.commit(Vec::new(), at(10)).await.unwrap();
    }
    seen.sort_by(|a, b| a.0.cmp(&b.0));
    let expected = [
        ("0 3".to_owned(), None, user("BR.ANTES")),
        ("1 2".to_owned(), Some(phone(1)), user("BR.DEPOIS")),
    ];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn webhooks_at_the_same_time_make_one_contact_and_lose_nothing() {
    let fixture = open().await;
    let mut calls = Vec::new();
    for call in 0..12 {
        let store = fixture.store().clone();
        // Each message comes in three of the twelve, in changing order.
        let mut updates: Vec<Incoming> = (0..8)
            .map(|n| fixture.text(&format!("wamid.{}", (call / 3) * 8 + n), 1, "oi", 0))
            .collect();
        updates.rotate_left(call % 8);
        calls.push(tokio::spawn(async move { store.ingest(updates, None, at(0)).await }));
    }
    let mut new = 0;
    for call in calls {
        new += call.await.unwrap().unwrap().new_messages;
    }
    assert_eq!((new, jobs(&fixture).await), (32, 32));
    let contacts: i64 = fixture.peek("SELECT count(*) FROM contacts").await;
    assert_eq!(contacts, 1);
}

#[tokio::test]
async fn a_status_of_a_stranger_waits_and_harms_nothing() {
    let fixture = open().await;
    let stray = status(&fixture.number, "wamid.x", None, SentState::Read);
    let done = fixture.ingest(vec![stray.clone(), stray], 0).await;
    assert_eq!((done.statuses, done.orphans), (0, 2));
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    assert_eq!(tx.delete_orphan_statuses(at(50)).await.unwrap(), 0);
    assert_eq!(tx.delete_orphan_statuses(at(51)).await.unwrap(), 1);
}

#[tokio::test]
async fn texts_a_database_cannot_hold_stand_in_nobodys_way() {
    let fixture = open().await;
    let mut without_id = fixture.text("", 1, "sem id", 0);
    without_id.phone_number_id.push('\0');
    let strange = vec![
        without_id,
        fixture.text("", 1, "sem id", 0),
        fixture.text("wamid.\0", 1, "com zero", 0),
        fixture.text(&"w".repeat(513), 1, "id sem fim", 0),
        status(&fixture.number, "", None, SentState::Failed { error: "\0".to_owned() }),
        status(&fixture.number, "wamid.x", None, SentState::Failed { error: "a\0b".to_owned() }),
        fixture.text("wamid.1", 1, "10 \0 cimento", 0),
    ];
    let done = fixture.store().ingest(strange, Some("req\0"), at(0)).await.unwrap();
    assert_eq!((done.new_messages, done.orphans), (1, 1));
    let turn = fixture.claim(10).await.unwrap();
    assert_eq!(turn.messages()[0].text.as_deref(), Some("10 \0 cimento"));
    let mut conversation = turn.conversation().clone();
    conversation
        .draft
        .unknown
        .push(orcazap_core::order::Unknown { text: "10 \0 cimento".to_owned(), qty: None });
    let step = crate::fixture::stepped(conversation, Vec::new(), Vec::new());
    turn.commit(vec![step], at(10)).await.unwrap();
    let kept: String =
        fixture.peek("SELECT data #>> '{draft,unknown,0,text}' FROM conversations").await;
    assert_eq!(kept, "10  cimento");
}
