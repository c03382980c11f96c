//! Messages outside the window: one template asks the customer to write, and what
//! waits follows in its order when they do.

use orcazap_store::{Delivery, Nudge, OutgoingKind, StoredTemplate};
use serde_json::json;

use crate::fixture::{Fixture, SERVICE, at, open};

fn nudge() -> Nudge {
    Nudge {
        payload: json!({ "text": { "body": "toque aqui" } }),
        summary: "toque aqui".to_owned(),
        reason: "sai quando o cliente responder".to_owned(),
    }
}

async fn states(fixture: &Fixture) -> String {
    fixture
        .peek("SELECT string_agg(kind || ' ' || state, ', ' ORDER BY id) FROM outbound_messages")
        .await
}

/// A question and a person's words, both waiting behind one template, which is sent.
async fn waiting() -> (Fixture, Delivery) {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question, OutgoingKind::Person]).await;
    for _ in 0..2 {
        let delivery = fixture.claim_delivery(100).await.unwrap();
        assert_ne!(delivery.kind, OutgoingKind::Template);
        fixture.store().nudge(&delivery, nudge(), at(100)).await.unwrap();
    }
    assert_eq!(states(&fixture).await, "question held, person held, template queued");
    let template = fixture.claim_delivery(101).await.unwrap();
    assert_eq!((template.kind, &template.payload), (OutgoingKind::Template, &nudge().payload));
    fixture.store().sent(&template, "wamid.t", SERVICE, at(102)).await.unwrap();
    assert!(fixture.claim_delivery(10_000).await.is_none());
    (fixture, template)
}

#[tokio::test]
async fn one_template_asks_and_all_that_waits_follows_in_order() {
    let (fixture, _) = waiting().await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    assert!(tx.list_held(9).await.unwrap().is_empty(), "nobody has to look");
    assert_eq!(tx.counts(at(0)).await.unwrap().held_messages, 0);
    drop(tx);
    // What the platform repeats, and what another customer writes, releases nothing.
    fixture.ingest(vec![fixture.text("wamid.1", 1, "oi", 0)], 200).await;
    fixture.ingest(vec![fixture.text("wamid.x", 2, "oi", 200)], 200).await;
    assert!(fixture.claim_delivery(201).await.is_none());

    fixture.ingest(vec![fixture.text("wamid.2", 1, "pode mandar", 300)], 300).await;
    for kind in [OutgoingKind::Question, OutgoingKind::Person] {
        let delivery = fixture.claim_delivery(301).await.unwrap();
        assert_eq!((delivery.kind, delivery.last_inbound), (kind, Some(at(300))));
        let id = format!("wamid.{}", delivery.callback);
        fixture.store().sent(&delivery, &id, SERVICE, at(302)).await.unwrap();
    }
    assert_eq!(states(&fixture).await, "question sent, person sent, template sent");
}

#[tokio::test]
async fn a_template_that_fails_leaves_what_waits_to_a_person() {
    let (fixture, template) = waiting().await;
    let failed = orcazap_store::SentState::Failed { error: "131026".to_owned() };
    let report = crate::fixture::status(&fixture.number, "wamid.t", Some(&template), failed);
    fixture.ingest(vec![report], 200).await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let held = tx.list_held(9).await.unwrap();
    assert_eq!(held.len(), 2);
    assert_eq!(tx.counts(at(0)).await.unwrap().held_messages, 2);
    tx.send_again(held[0].id, at(201)).await.unwrap();
    tx.commit().await.unwrap();
    let again = fixture.claim_delivery(202).await.unwrap();
    fixture.store().nudge(&again, nudge(), at(203)).await.unwrap();
    assert_eq!(fixture.claim_delivery(204).await.unwrap().kind, OutgoingKind::Template);
}

#[tokio::test]
async fn only_an_approved_template_of_the_channels_own_account_is_found() {
    let fixture = open().await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let channel = tx.list_channels().await.unwrap().remove(0).id;
    let template = |account: &str, status: &str| StoredTemplate {
        account_id: account.to_owned(),
        name: "orcamento_pronto".to_owned(),
        language: "pt_BR".to_owned(),
        platform_id: None,
        category: "UTILITY".to_owned(),
        status: status.to_owned(),
        quality: None,
        reason: None,
        components: json!([]),
        updated_at: at(0),
    };
    tx.save_template(&template("1", "PENDING")).await.unwrap();
    assert_eq!(
        tx.find_approved_template(channel, "orcamento_pronto", "pt_BR").await.unwrap(),
        None
    );
    tx.save_template(&template("2", "APPROVED")).await.unwrap();
    tx.commit().await.unwrap();
    let find = async |language: &str| {
        let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
        tx.find_approved_template(channel, "orcamento_pronto", language).await.unwrap()
    };
    assert!(find("pt_BR").await.is_some(), "the account of the channel is not known");
    assert!(find("es").await.is_none());
    fixture.run("UPDATE channel_directory SET account_id = '1'").await;
    assert!(find("pt_BR").await.is_none());
    fixture.run("UPDATE channel_directory SET account_id = '2'").await;
    assert!(find("pt_BR").await.is_some());
}
