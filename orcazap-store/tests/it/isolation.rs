//! What one store has, another sees nothing of: each repository, asked with the
//! other's ids.

use orcazap_core::authority::Role;
use orcazap_core::catalog::{Stock, Volume};
use orcazap_core::conversation::State;
use orcazap_core::order::Buyer;
use orcazap_core::{Effect, Language, Reason};
use orcazap_store::{
    ConversationFilter, MAX_ATTEMPTS, NewStaff, Others, OutgoingKind, OwnText, StoreError, Supply,
};

use crate::fixture::{Fixture, SERVICE, add_store, at, open, product, quoted};

/// A store with something of everything.
async fn full() -> Fixture {
    let fixture = open().await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    tx.import_products(&[product("CIM", "38.90")], Others::Remove).await.unwrap();
    let ana = NewStaff {
        email: "ana@loja.example".to_owned(),
        name: "Ana".to_owned(),
        role: Role::Owner,
        password_hash: "$hash".to_owned().into(),
    };
    let ana = tx.insert_staff(ana, at(0)).await.unwrap();
    let text = OwnText {
        language: Language::Portuguese,
        key: "welcome".to_owned(),
        body: "Oi da nossa loja".to_owned(),
    };
    tx.upsert_text(&text, ana.id, at(0)).await.unwrap();
    tx.insert_session(&"token".to_owned().into(), ana.id, at(9_999), at(0)).await.unwrap();
    tx.commit().await.unwrap();
    fixture.ingest(vec![fixture.text("wamid.1", 1, "10 cimento", 0)], 0).await;
    let turn = fixture.claim(10).await.unwrap();
    let mut step = quoted(turn.conversation(), 1);
    let offer = step.step.conversation.state.offer().unwrap().clone();
    let quote_ref = offer.quote_ref;
    let reasons = vec![Reason::NoFreightRule { place: None }];
    step.step.conversation.state =
        State::AwaitingApproval { offer, reasons: reasons.clone(), reassured: false };
    step.step.effects.push(Effect::OpenApproval { quote_ref, reasons });
    step.step.effects.push(Effect::PlaceOrder { quote_ref, delivery: None });
    turn.commit(vec![step], at(10)).await.unwrap();
    fixture.ingest(vec![fixture.text("wamid.2", 2, "veneno", 0)], 0).await;
    for n in 0..i64::from(MAX_ATTEMPTS) {
        let now = 10 + n * 400;
        fixture.claim(now).await.unwrap().fail("poison", at(now)).await.unwrap();
    }
    fixture
}

#[tokio::test]
async fn another_store_sees_nothing_of_anything() {
    let fixture = full().await;
    let store = fixture.store();
    let (other, _) = add_store(store, "outra", "999").await;

    let mut own = store.tenant(fixture.tenant.id).await.unwrap();
    let staff = own.list_staff().await.unwrap().remove(0);
    let channel = own.list_channels().await.unwrap().remove(0);
    let conversation =
        own.list_conversations(ConversationFilter::All, None, 1).await.unwrap().items.remove(0);
    let quote = own.list_quotes(None, None, 1).await.unwrap().items.remove(0);
    let quoted_order = own.list_quoted_orders(9).await.unwrap().remove(0);
    assert_eq!((quoted_order.id, quoted_order.quote_ref), (quote.id, quote.quote_ref));
    let approval = own.list_open_approvals(None, 1).await.unwrap().items.remove(0);
    let message = own.list_messages(conversation.id, None, 1).await.unwrap().items.remove(0);
    let letter = own.list_dead_letters(None, 1).await.unwrap().items.remove(0);
    assert_eq!(own.list_sales_orders(None, 1).await.unwrap().items.len(), 1);
    assert!(!own.list_audit(None, None, 1).await.unwrap().items.is_empty());
    drop(own);

    let mut tx = store.tenant(other.id).await.unwrap();
    assert!(tx.list_staff().await.unwrap().is_empty());
    assert_eq!(tx.find_staff(staff.id).await.unwrap(), None);
    assert!(tx.find_staff_for_login(&staff.email).await.unwrap().is_none());
    assert_eq!(tx.find_session(&"token".to_owned().into(), at(1)).await.unwrap(), None);
    assert!(tx.list_channels().await.unwrap().iter().all(|seen| seen.id != channel.id));
    assert!(tx.list_products().await.unwrap().is_empty());
    assert!(tx.list_texts().await.unwrap().is_empty());
    tx.delete_text(Language::Portuguese, "welcome").await.unwrap();
    assert_eq!(tx.find_contact(conversation.contact.id).await.unwrap(), None);
    assert_eq!(tx.find_conversation(conversation.id).await.unwrap(), None);
    assert!(tx.lock_conversation(conversation.id).await.unwrap().is_none());
    let all = tx.list_conversations(ConversationFilter::All, None, 9).await.unwrap();
    assert!(all.items.is_empty());
    assert!(tx.list_messages(conversation.id, None, 9).await.unwrap().items.is_empty());
    assert_eq!(tx.find_quote(quote.id).await.unwrap(), None);
    assert!(tx.list_quoted_orders(9).await.unwrap().is_empty());
    assert!(tx.list_quotes(None, None, 9).await.unwrap().items.is_empty());
    assert!(tx.list_quotes(Some(conversation.id), None, 9).await.unwrap().items.is_empty());
    assert_eq!(tx.find_approval(approval.id).await.unwrap(), None);
    assert_eq!(tx.find_approval_of(quote.id).await.unwrap(), None);
    assert!(tx.list_open_approvals(None, 9).await.unwrap().items.is_empty());
    assert!(tx.list_sales_orders(None, 9).await.unwrap().items.is_empty());
    assert!(tx.list_dead_letters(None, 9).await.unwrap().items.is_empty());
    assert!(tx.list_audit(None, None, 9).await.unwrap().items.is_empty());
    assert!(tx.list_audit(Some(conversation.id), None, 9).await.unwrap().items.is_empty());
    let counts = tx.counts(at(0)).await.unwrap();
    assert_eq!((counts.open_approvals, counts.quotes_since, counts.dead_letters), (0, 0, 0));

    let missing = |result: Result<(), StoreError>| {
        assert!(matches!(result, Err(StoreError::Missing { .. })), "{result:?}");
    };
    missing(tx.update_password(staff.id, &"x".to_owned().into()).await);
    missing(tx.update_staff_disabled(staff.id, Some(at(1))).await);
    missing(tx.pause_channel(channel.id, "x").await);
    missing(tx.update_access_token(channel.id, &"x".to_owned().into()).await);
    missing(tx.update_price(&"CIM".parse().unwrap(), "1".parse().unwrap()).await);
    let supply = Supply {
        stock: Stock::Untracked,
        max_auto_qty: None,
        substitutes: Vec::new(),
        volume: Volume::ZERO,
    };
    missing(tx.update_supply(&"CIM".parse().unwrap(), &supply).await);
    missing(tx.retry_dead_letter(letter.id, at(1)).await);
    missing(tx.send_again(message.id, at(1)).await);
    let buyer = Buyer { group: Some("obra".to_owned()), ..Buyer::default() };
    missing(tx.update_buyer(conversation.contact.id, &buyer).await);
}

#[tokio::test]
async fn a_delivery_of_one_store_cannot_be_settled_as_anothers() {
    let fixture = open().await;
    let (other, _) = add_store(fixture.store(), "outra", "999").await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let mut delivery = fixture.claim_delivery(11).await.unwrap();
    let stolen =
        crate::fixture::status("999", "wamid.x", Some(&delivery), orcazap_store::SentState::Read);
    let done = fixture.ingest(vec![stolen], 12).await;
    assert_eq!(done.statuses, 0);
    delivery.tenant = other.id;
    fixture.store().sent(&delivery, "wamid.x", SERVICE, at(12)).await.unwrap();
    let state: String = fixture.peek("SELECT state FROM outbound_messages").await;
    assert_eq!(state, "attempting");
}

#[tokio::test]
async fn the_same_customer_is_another_contact_in_another_store() {
    let fixture = open().await;
    add_store(fixture.store(), "outra", "999").await;
    let both = vec![
        fixture.text("wamid.1", 1, "oi", 0),
        crate::fixture::text("999", "wamid.1", 1, "oi", 0),
    ];
    assert_eq!(fixture.ingest(both, 0).await.new_messages, 2);
    let keys: i64 = fixture.peek("SELECT count(DISTINCT lookup) FROM contact_keys").await;
    assert_eq!(keys, 2);
}
