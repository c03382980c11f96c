//! Deliveries: an attempt is written down first, one is on its way at a time,
//! and what nobody knows is settled by a status or by the rule of its kind.

use orcazap_store::{Allowance, ConversationFilter, Delivery, Direction, OutgoingKind, SentState};

use crate::fixture::{Fixture, SERVICE, at, open, quoted, status};

async fn states(fixture: &Fixture) -> String {
    fixture
        .peek("SELECT string_agg(kind || ' ' || state, ', ' ORDER BY id) FROM outbound_messages")
        .await
}

fn words(delivery: &Delivery) -> &str {
    delivery.payload["text"]["body"].as_str().unwrap()
}

#[tokio::test]
async fn messages_of_a_conversation_go_out_one_by_one_in_order() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question, OutgoingKind::Courtesy]).await;
    let first = fixture.claim_delivery(11).await.unwrap();
    assert_eq!((words(&first), first.callback.attempt), ("question", 1));
    assert_eq!(first.to.phone(), Some(&crate::fixture::phone(1)));
    assert_eq!(first.phone_number_id, fixture.number);
    assert!(first.access_token.is_some());
    assert!(fixture.claim_delivery(11).await.is_none(), "one is on its way");
    fixture.store().sent(&first, "wamid.out.1", SERVICE, at(12)).await.unwrap();
    let second = fixture.claim_delivery(12).await.unwrap();
    assert_eq!(words(&second), "courtesy");
    fixture.store().sent(&second, "wamid.out.2", SERVICE, at(13)).await.unwrap();
    assert!(fixture.claim_delivery(10_000).await.is_none());
    assert_eq!(states(&fixture).await, "question sent, courtesy sent");
}

#[tokio::test]
async fn the_attempt_is_committed_before_the_sender_has_the_message() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let delivery = fixture.claim_delivery(11).await.unwrap();
    assert_eq!(states(&fixture).await, "question attempting");
    assert_eq!(delivery.callback.attempt, 1);
}

#[tokio::test]
async fn what_was_certainly_not_sent_is_tried_again_later_and_finally_held() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let mut now = 11;
    for attempt in 1..=orcazap_store::MAX_SEND_ATTEMPTS {
        let delivery = fixture.claim_delivery(now).await.unwrap();
        assert_eq!(delivery.callback.attempt, attempt);
        fixture.store().retry(&delivery, at(now + 5), "no route", at(now)).await.unwrap();
        assert!(fixture.claim_delivery(now + 4).await.is_none());
        now += 5;
    }
    assert_eq!(states(&fixture).await, "question held");
    assert!(fixture.claim_delivery(now + 10_000).await.is_none());
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    assert_eq!(tx.counts(at(0)).await.unwrap().held_messages, 1);
    let unsent = tx.list_unsent(None, 10).await.unwrap().items;
    assert_eq!((unsent.len(), unsent[0].state.as_str()), (1, "held"));
    let id = tx.list_conversations(ConversationFilter::All, None, 1).await.unwrap().items[0].id;
    let message = tx.list_messages(id, None, 1).await.unwrap().items.remove(0);
    let Direction::Out { error, .. } = &message.direction else { panic!("{message:?}") };
    assert_eq!(error.as_deref(), Some("no route"));
    tx.send_again(message.id, at(now)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(fixture.claim_delivery(now).await.is_some());
}

#[tokio::test]
async fn what_is_said_of_an_attempt_that_is_over_does_nothing() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let first = fixture.claim_delivery(11).await.unwrap();
    fixture.store().retry(&first, at(12), "no route", at(11)).await.unwrap();
    let second = fixture.claim_delivery(12).await.unwrap();
    let store = fixture.store();
    store.sent(&first, "wamid.late", SERVICE, at(13)).await.unwrap();
    store.refuse(&first, "late", at(13)).await.unwrap();
    store.uncertain(&first, "late", at(13)).await.unwrap();
    store.retry(&first, at(13), "late", at(13)).await.unwrap();
    assert_eq!(states(&fixture).await, "question attempting");
    store.sent(&second, "wamid.out", SERVICE, at(14)).await.unwrap();
    assert_eq!(states(&fixture).await, "question sent");
}

#[tokio::test]
async fn after_a_crash_and_the_grace_time_the_kind_decides() {
    let kinds = [
        OutgoingKind::Quote,
        OutgoingKind::Question,
        OutgoingKind::Courtesy,
        OutgoingKind::Person,
        OutgoingKind::Template,
    ];
    for kind in kinds {
        let fixture = open().await;
        fixture.answered_with("wamid.1", &[kind]).await;
        let lost = fixture.claim_delivery(11).await.unwrap();
        assert!(fixture.claim_delivery(130).await.is_none(), "its lease holds");
        assert!(fixture.claim_delivery(131).await.is_none());
        assert_eq!(states(&fixture).await, format!("{} uncertain", kind.code()));
        assert!(fixture.claim_delivery(175).await.is_none(), "a status may still come");
        let again = fixture.claim_delivery(176).await.map(|delivery| delivery.callback);
        let (sent_again, state) = match kind {
            OutgoingKind::Quote | OutgoingKind::Question | OutgoingKind::Person => {
                (true, "attempting")
            }
            OutgoingKind::Courtesy => (false, "dropped"),
            OutgoingKind::Template => (false, "held"),
        };
        assert_eq!(again.is_some(), sent_again, "{}", kind.code());
        assert_eq!(states(&fixture).await, format!("{} {state}", kind.code()));
        if let Some(again) = again {
            assert_eq!((again.message, again.attempt), (lost.callback.message, 2));
        }
    }
}

#[tokio::test]
async fn a_status_with_our_callback_settles_what_nobody_knew() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question, OutgoingKind::Courtesy]).await;
    let first = fixture.claim_delivery(11).await.unwrap();
    fixture.store().uncertain(&first, "time-out", at(20)).await.unwrap();
    assert!(fixture.claim_delivery(30).await.is_none(), "the next waits for it");
    let number = fixture.number.as_str();
    let done =
        fixture.ingest(vec![status(number, "wamid.out", Some(&first), SentState::Sent)], 31).await;
    assert_eq!(done.statuses, 1);
    assert_eq!(states(&fixture).await, "question sent, courtesy queued");
    assert_eq!(words(&fixture.claim_delivery(31).await.unwrap()), "courtesy");
}

#[tokio::test]
async fn a_delivered_report_before_the_send_is_recorded_stays() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let delivery = fixture.claim_delivery(11).await.unwrap();
    let number = fixture.number.as_str();
    let early = status(number, "wamid.out", Some(&delivery), SentState::Delivered);
    fixture.ingest(vec![early], 12).await;
    fixture.store().sent(&delivery, "wamid.out", SERVICE, at(13)).await.unwrap();
    assert_eq!(states(&fixture).await, "question delivered");
    assert!(fixture.claim_delivery(1_000).await.is_none());
}

#[tokio::test]
async fn a_report_without_callback_before_the_send_is_recorded_is_adopted() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let delivery = fixture.claim_delivery(11).await.unwrap();
    let number = fixture.number.as_str();
    let early = [SentState::Read, SentState::Sent]
        .map(|state| status(number, "wamid.out", None, state))
        .to_vec();
    assert_eq!(fixture.ingest(early, 12).await.orphans, 2);
    fixture.store().sent(&delivery, "wamid.out", SERVICE, at(13)).await.unwrap();
    assert_eq!(states(&fixture).await, "question read");
    let orphans: i64 = fixture.peek("SELECT count(*) FROM orphan_statuses").await;
    assert_eq!(orphans, 0);
}

#[tokio::test]
async fn a_long_id_is_kept_whole_so_that_its_reports_find_the_message() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let delivery = fixture.claim_delivery(11).await.unwrap();
    let id = format!("wamid.{}", "x".repeat(506));
    fixture.store().sent(&delivery, &id, SERVICE, at(13)).await.unwrap();
    assert_eq!(fixture.peek::<String>("SELECT provider_id FROM outbound_messages").await, id);
    let report = status(&fixture.number, &id, None, SentState::Delivered);
    assert_eq!(fixture.ingest(vec![report], 14).await.statuses, 1);
    assert_eq!(states(&fixture).await, "question delivered");
}

#[tokio::test]
async fn reports_only_ever_raise_a_message() {
    let reports = [
        SentState::Read,
        SentState::Sent,
        SentState::Delivered,
        SentState::Failed { error: "131026".to_owned() },
    ];
    let fixture = open().await;
    // Every order of four reports, each of them twice.
    for order in 0..24_u8 {
        let id = format!("wamid.{order}");
        fixture.ingest(vec![fixture.text(&id, order, "oi", 0)], 0).await;
        let turn = fixture.claim(10).await.unwrap();
        let reply = vec![crate::fixture::outgoing(OutgoingKind::Question, "?")];
        let step = crate::fixture::stepped(turn.conversation().clone(), Vec::new(), reply);
        turn.commit(vec![step], at(10)).await.unwrap();
        let delivery = fixture.claim_delivery(11).await.unwrap();
        let mut left = reports.to_vec();
        let mut code = usize::from(order);
        for size in (1..=4).rev() {
            let next = left.remove(code % size);
            code /= size;
            for _ in 0..2 {
                let id = format!("wamid.out.{order}");
                let report = status(&fixture.number, &id, Some(&delivery), next.clone());
                fixture.ingest(vec![report], 12).await;
            }
        }
    }
    let read: i64 =
        fixture.peek("SELECT count(*) FROM outbound_messages WHERE state = 'read'").await;
    assert_eq!(read, 24);
}

#[tokio::test]
async fn a_failure_of_an_earlier_attempt_does_not_stop_a_later_one() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let first = fixture.claim_delivery(11).await.unwrap();
    fixture.store().uncertain(&first, "time-out", at(12)).await.unwrap();
    let second = fixture.claim_delivery(100).await.unwrap();
    let failed = SentState::Failed { error: "131026".to_owned() };
    fixture
        .ingest(vec![status(&fixture.number, "wamid.a", Some(&first), failed.clone())], 101)
        .await;
    assert_eq!(states(&fixture).await, "question attempting");
    fixture.ingest(vec![status(&fixture.number, "wamid.b", Some(&second), failed)], 102).await;
    assert_eq!(states(&fixture).await, "question failed");
}

#[tokio::test]
async fn a_conversation_hears_once_what_became_of_its_quote() {
    for (state, delivered) in
        [(SentState::Delivered, true), (SentState::Failed { error: "131026".to_owned() }, false)]
    {
        let fixture = open().await;
        fixture.ingest(vec![fixture.text("wamid.1", 1, "10 cimento", 0)], 0).await;
        let turn = fixture.claim(10).await.unwrap();
        let step = quoted(turn.conversation(), 1);
        turn.commit(vec![step], at(10)).await.unwrap();
        let delivery = fixture.claim_delivery(11).await.unwrap();
        fixture.store().sent(&delivery, "wamid.out", SERVICE, at(12)).await.unwrap();
        assert!(fixture.claim(100).await.is_none());
        let report = status(&fixture.number, "wamid.out", None, state);
        for _ in 0..2 {
            fixture.ingest(vec![report.clone()], 100).await;
        }
        let mut turn = fixture.claim(110).await.unwrap();
        let about = turn.find_quote_of_message("wamid.out").await.unwrap();
        assert_eq!(about, turn.conversation().state.offer().map(|offer| offer.quote_ref));
        assert_eq!(turn.find_quote_of_message("wamid.1").await.unwrap(), None);
        let heard: Vec<_> = turn.reports().iter().map(|r| (r.revision, r.delivered)).collect();
        assert_eq!(heard, [(1, delivered)]);
        turn.commit(Vec::new(), at(110)).await.unwrap();
        fixture.ingest(vec![report], 120).await;
        assert!(fixture.claim(200).await.is_none());
    }
}

#[tokio::test]
async fn a_refused_quote_is_heard_of_and_does_not_block_what_follows() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "10 cimento", 0)], 0).await;
    let turn = fixture.claim(10).await.unwrap();
    let mut step = quoted(turn.conversation(), 1);
    step.outgoing.push(crate::fixture::outgoing(OutgoingKind::Courtesy, "obrigado"));
    turn.commit(vec![step], at(10)).await.unwrap();
    let delivery = fixture.claim_delivery(11).await.unwrap();
    fixture.store().refuse(&delivery, "131047", at(12)).await.unwrap();
    assert_eq!(words(&fixture.claim_delivery(12).await.unwrap()), "obrigado");
    let turn = fixture.claim(20).await.unwrap();
    assert!(!turn.reports()[0].delivered);
}

#[tokio::test]
async fn a_paused_channel_keeps_its_messages_until_it_is_resumed() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let delivery = fixture.claim_delivery(11).await.unwrap();
    fixture.store().pause_for(&delivery, "190: token revoked", at(12)).await.unwrap();
    assert!(fixture.claim_delivery(10_000).await.is_none());
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let channel = tx.list_channels().await.unwrap().remove(0);
    let reason = "190: token revoked".to_owned();
    assert_eq!(channel.status, orcazap_store::ChannelStatus::Paused { reason });
    assert_eq!(tx.counts(at(0)).await.unwrap().paused_channels, 1);
    tx.update_access_token(channel.id, &"token-novo".to_owned().into()).await.unwrap();
    tx.commit().await.unwrap();
    use secrecy::ExposeSecret as _;
    let delivery = fixture.claim_delivery(10_000).await.unwrap();
    assert_eq!(delivery.access_token.unwrap().expose_secret(), "token-novo");
}

#[tokio::test]
async fn a_sender_is_told_when_the_customer_wrote_and_what_the_number_may() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    fixture.ingest(vec![fixture.text("wamid.2", 1, "e aí?", 7)], 9).await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let channel = tx.list_channels().await.unwrap().remove(0).id;
    let allowance = Allowance { coexistence: true, daily_limit: Some(2000) };
    tx.update_allowance(channel, allowance).await.unwrap();
    tx.commit().await.unwrap();
    let delivery = fixture.claim_delivery(11).await.unwrap();
    assert_eq!((delivery.last_inbound, delivery.allowance), (Some(at(7)), allowance));
}

#[tokio::test]
async fn what_is_put_off_for_a_limit_has_used_up_no_attempt() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    for now in 0..20 {
        let delivery = fixture.claim_delivery(100 + now).await.unwrap();
        assert_eq!(delivery.callback.attempt, 1);
        fixture.store().defer(&delivery, at(101 + now), at(100 + now)).await.unwrap();
        assert!(fixture.claim_delivery(100 + now).await.is_none());
    }
    assert_eq!(states(&fixture).await, "question queued");
}

#[tokio::test]
async fn what_can_not_be_sent_as_it_is_waits_for_a_person_with_its_reason() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question, OutgoingKind::Courtesy]).await;
    let delivery = fixture.claim_delivery(11).await.unwrap();
    fixture.store().hold(&delivery, "a janela fechou", at(11)).await.unwrap();
    assert_eq!(states(&fixture).await, "question held, courtesy queued");
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let unsent = tx.list_unsent(None, 10).await.unwrap().items.remove(0);
    assert_eq!(unsent.error.as_deref(), Some("a janela fechou"));
}

#[tokio::test]
async fn what_a_paused_channel_gathers_is_out_of_the_way_and_back_when_it_is_resumed() {
    let fixture = open().await;
    let parked = "SELECT count(*) FROM deliveries WHERE parked";
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let channel = tx.list_channels().await.unwrap().remove(0).id;
    tx.pause_channel(channel, "190").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(fixture.peek::<i64>(parked).await, 1);
    fixture.answered_with("wamid.2", &[OutgoingKind::Question]).await;
    assert_eq!(fixture.peek::<i64>(parked).await, 1, "queued since");
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    assert_eq!(tx.park_deliveries().await.unwrap(), 1);
    assert_eq!(tx.park_deliveries().await.unwrap(), 0);
    tx.commit().await.unwrap();
    assert!(fixture.claim_delivery(10_000).await.is_none());
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    tx.resume_channel(channel).await.unwrap();
    assert_eq!(tx.park_deliveries().await.unwrap(), 0, "nothing is paused any more");
    tx.commit().await.unwrap();
    assert_eq!(fixture.peek::<i64>(parked).await, 0);
    assert!(fixture.claim_delivery(10_000).await.is_some());
}

#[tokio::test]
async fn a_message_that_cannot_be_read_ends_with_what_a_person_sees() {
    let fixture = open().await;
    let kinds = [OutgoingKind::Question, OutgoingKind::Courtesy];
    fixture.answered_with("wamid.1", &kinds).await;
    fixture
        .run(
            "CREATE TABLE kept AS SELECT id, body FROM outbound_messages;
             UPDATE outbound_messages SET body = '\\x00' WHERE kind = 'question'",
        )
        .await;
    let mut now = 11;
    for _ in 1..orcazap_store::MAX_SEND_ATTEMPTS {
        assert!(fixture.store().claim_delivery(at(now)).await.is_err());
        assert!(fixture.claim_delivery(now + 299).await.is_none(), "it is left alone");
        assert_eq!(states(&fixture).await, "question queued, courtesy queued");
        now += 300;
    }
    assert!(fixture.store().claim_delivery(at(now)).await.is_err());
    assert_eq!(states(&fixture).await, "question held, courtesy queued");
    let courtesy = fixture.claim_delivery(now).await.unwrap();
    assert_eq!(words(&courtesy), "courtesy");
    fixture.store().sent(&courtesy, "wamid.out", SERVICE, at(now)).await.unwrap();
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let unsent = tx.list_unsent(None, 10).await.unwrap().items.remove(0);
    assert!(unsent.error.as_deref().unwrap().contains("não pode ser lida"), "{unsent:?}");
    tx.send_again(unsent.id, at(now)).await.unwrap();
    tx.commit().await.unwrap();
    fixture.run("UPDATE outbound_messages m SET body = k.body FROM kept k WHERE k.id = m.id").await;
    assert_eq!(words(&fixture.claim_delivery(now).await.unwrap()), "question");
}

#[tokio::test]
async fn racing_senders_take_each_message_once() {
    let fixture = open().await;
    for n in 0..20_u8 {
        fixture.ingest(vec![fixture.text(&format!("wamid.{n}"), n, "oi", 0)], 0).await;
    }
    while let Some(turn) = fixture.claim(10).await {
        let reply = vec![crate::fixture::outgoing(OutgoingKind::Question, "?")];
        let step = crate::fixture::stepped(turn.conversation().clone(), Vec::new(), reply);
        turn.commit(vec![step], at(10)).await.unwrap();
    }
    let mut senders = Vec::new();
    for _ in 0..4 {
        let store = fixture.db.another_store().await.unwrap();
        senders.push(tokio::spawn(async move {
            let (mut sent, mut idle) = (0, 0);
            while idle < 10 {
                let Some(delivery) = store.claim_delivery(at(11)).await.unwrap() else {
                    idle += 1;
                    continue;
                };
                assert_eq!(delivery.callback.attempt, 1);
                let id = format!("wamid.out.{}", delivery.callback.message);
                store.sent(&delivery, &id, SERVICE, at(11)).await.unwrap();
                sent += 1;
            }
            sent
        }));
    }
    let mut sent = 0;
    for sender in senders {
        sent += sender.await.unwrap();
    }
    assert_eq!(sent, 20);
}
