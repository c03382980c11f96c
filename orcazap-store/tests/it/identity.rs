//! Who a message is from, when numbers, ids and names come, go and change.

use orcazap_core::contact::UserId;
use orcazap_core::{ContactKey, Phone};
use orcazap_store::{Incoming, NewInbound, Update};

use crate::fixture::{Fixture, at, open, phone};

fn user(id: &str) -> UserId {
    id.parse().unwrap()
}

fn key(phone: Option<Phone>, id: Option<&str>) -> ContactKey {
    ContactKey::new(phone, id.map(user)).unwrap()
}

/// A message, changed.
fn message(fixture: &Fixture, id: &str, change: impl FnOnce(&mut NewInbound)) -> Incoming {
    let mut incoming = fixture.text(id, 1, id, 0);
    if let Update::Message(message) = &mut incoming.update {
        change(message);
    }
    incoming
}

async fn hears(fixture: &Fixture, id: &str, from: ContactKey) {
    let message = message(fixture, id, |message| message.from = from);
    fixture.ingest(vec![message], 0).await;
}

/// Somebody says who they are from now on.
async fn becomes(fixture: &Fixture, id: &str, from: ContactKey, becomes: ContactKey) {
    let message = message(fixture, id, |message| {
        message.from = from;
        message.becomes = Some(becomes);
    });
    fixture.ingest(vec![message], 0).await;
}

/// The messages of each contact, and the keys it is answered by.
async fn contacts(fixture: &Fixture) -> Vec<(String, ContactKey)> {
    let mut seen = Vec::new();
    while let Some(turn) = fixture.claim(10).await {
        let words: Vec<_> = turn.messages().iter().filter_map(|m| m.text.clone()).collect();
        seen.push((words.join(" "), turn.contact().key.clone()));
        turn.commit(Vec::new(), at(10)).await.unwrap();
    }
    seen.sort_by(|a, b| a.0.cmp(&b.0));
    seen
}

async fn notices(fixture: &Fixture) -> Vec<String> {
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let page = tx.list_notices(None, 50).await.unwrap();
    page.items.into_iter().map(|notice| notice.kind).collect()
}

#[tokio::test]
async fn a_changed_number_is_answered_and_the_old_one_is_free_for_somebody_else() {
    let fixture = open().await;
    hears(&fixture, "a", key(Some(phone(1)), Some("BR.ANA"))).await;
    let news = key(Some(phone(2)), None);
    becomes(&fixture, "b", key(Some(phone(1)), Some("BR.ANA")), news).await;
    hears(&fixture, "c", key(Some(phone(2)), None)).await;
    hears(&fixture, "d", key(None, Some("BR.ANA"))).await;
    hears(&fixture, "e", key(Some(phone(1)), None)).await;
    hears(&fixture, "f", key(Some(phone(1)), Some("BR.BIA"))).await;
    let expected = vec![
        ("a b c d".to_owned(), key(Some(phone(2)), Some("BR.ANA"))),
        ("e f".to_owned(), key(Some(phone(1)), Some("BR.BIA"))),
    ];
    assert_eq!(contacts(&fixture).await, expected);
}

#[tokio::test]
async fn a_changed_id_is_answered_and_the_old_one_still_finds_its_contact() {
    let fixture = open().await;
    hears(&fixture, "a", key(None, Some("BR.1"))).await;
    becomes(&fixture, "b", key(None, Some("BR.1")), key(Some(phone(3)), Some("BR.2"))).await;
    becomes(&fixture, "c", key(None, Some("BR.2")), key(None, Some("BR.3"))).await;
    for (id, known) in [("d", "BR.1"), ("e", "BR.2"), ("f", "BR.3")] {
        hears(&fixture, id, key(None, Some(known))).await;
    }
    let expected = vec![("a b c d e f".to_owned(), key(Some(phone(3)), Some("BR.3")))];
    assert_eq!(contacts(&fixture).await, expected);
}

#[tokio::test]
async fn a_repeated_change_does_not_undo_a_later_one() {
    let fixture = open().await;
    hears(&fixture, "a", key(Some(phone(1)), Some("BR.1"))).await;
    let change = |id: &'static str, from: u8, to: u8| {
        becomes(&fixture, id, key(Some(phone(from)), Some("BR.1")), key(Some(phone(to)), None))
    };
    change("b", 1, 2).await;
    change("c", 2, 3).await;
    change("b", 1, 2).await;
    let expected = vec![("a b c".to_owned(), key(Some(phone(3)), Some("BR.1")))];
    assert_eq!(contacts(&fixture).await, expected);
}

#[tokio::test]
async fn an_id_of_linked_portfolios_finds_the_contact_too() {
    let fixture = open().await;
    let first = message(&fixture, "a", |message| {
        message.from = key(None, Some("BR.LOJA1"));
        message.aliases = vec![user("BR.ENT.7")];
    });
    let second = message(&fixture, "b", |message| {
        message.from = key(Some(phone(1)), Some("BR.LOJA2"));
        message.aliases = vec![user("BR.ENT.7")];
    });
    fixture.ingest(vec![first], 0).await;
    fixture.ingest(vec![second], 0).await;
    hears(&fixture, "c", key(None, Some("BR.LOJA1"))).await;
    let expected = vec![("a b c".to_owned(), key(Some(phone(1)), Some("BR.LOJA2")))];
    assert_eq!(contacts(&fixture).await, expected);
}

#[tokio::test]
async fn a_number_is_answered_as_it_was_spelled_last() {
    let fixture = open().await;
    let short: Phone = "551187654321".parse().unwrap();
    let long: Phone = "5511987654321".parse().unwrap();
    hears(&fixture, "a", long.into()).await;
    hears(&fixture, "b", short.clone().into()).await;
    assert_eq!(contacts(&fixture).await, vec![("a b".to_owned(), ContactKey::from(short))]);
}

#[tokio::test]
async fn two_contacts_that_seem_to_be_one_are_left_to_a_person() {
    let fixture = open().await;
    hears(&fixture, "a", key(Some(phone(1)), None)).await;
    hears(&fixture, "b", key(None, Some("BR.1"))).await;
    hears(&fixture, "c", key(Some(phone(1)), Some("BR.1"))).await;
    hears(&fixture, "d", key(Some(phone(1)), Some("BR.1"))).await;
    let expected = vec![
        ("a".to_owned(), key(Some(phone(1)), None)),
        ("b c d".to_owned(), key(None, Some("BR.1"))),
    ];
    assert_eq!(contacts(&fixture).await, expected);
    assert_eq!(notices(&fixture).await, ["contact_twice"], "and told once");
    // News that would give one the other's number takes it from nobody.
    becomes(&fixture, "e", key(None, Some("BR.1")), key(Some(phone(1)), None)).await;
    let expected = vec![("e".to_owned(), key(None, Some("BR.1")))];
    assert_eq!(contacts(&fixture).await, expected);
}

#[tokio::test]
async fn an_id_that_looks_like_a_number_is_never_one() {
    let fixture = open().await;
    hears(&fixture, "a", key(None, Some("BR.5511990000001"))).await;
    hears(&fixture, "b", phone(1).into()).await;
    assert_eq!(contacts(&fixture).await.len(), 2);
}

#[tokio::test]
async fn changes_at_the_same_time_leave_one_contact_with_one_number() {
    let fixture = open().await;
    hears(&fixture, "a", key(Some(phone(1)), Some("BR.1"))).await;
    let mut calls = Vec::new();
    for n in 2..10_u8 {
        let store = fixture.store().clone();
        let change = message(&fixture, &format!("m{n}"), |message| {
            message.from = key(None, Some("BR.1"));
            message.becomes = Some(key(Some(phone(n)), None));
        });
        calls.push(tokio::spawn(async move { store.ingest(vec![change], None, at(0)).await }));
    }
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let contacts: i64 = fixture.peek("SELECT count(*) FROM contacts").await;
    let keys: i64 = fixture.peek("SELECT count(*) FROM contact_keys").await;
    assert_eq!((contacts, keys), (1, 2), "the id and one number");
}
