//! Turns: everything that waits, taken once, in order, under one lock.

use std::collections::BTreeSet;

use orcazap_core::authority::Role;
use orcazap_core::conversation::{
    ApprovalOutcome, Conversation, LostReason, QuoteRef, State, Timer,
};
use orcazap_core::order::{Buyer, Delivery};
use orcazap_core::{Effect, Reason};
use orcazap_store::{
    Acted, AfterFailure, ConversationFilter, MAX_ATTEMPTS, NewStaff, OutgoingKind, StaffId,
    StoreError, Turn,
};
use serde_json::json;

use crate::fixture::{Fixture, add_store, at, open, outgoing, quoted, stepped, text};

fn words(turn: &Turn) -> Vec<&str> {
    turn.messages().iter().filter_map(|message| message.text.as_deref()).collect()
}

fn same(turn: &Turn) -> Conversation {
    turn.conversation().clone()
}

fn lost(conversation: &Conversation) -> Conversation {
    let mut after = conversation.clone();
    after.state = State::Lost { reason: LostReason::Cancelled, offer: None };
    after
}

#[tokio::test]
async fn each_store_says_how_long_its_bursts_settle() {
    let fixture = open().await;
    add_store(fixture.store(), "paciente", "100200301").await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let mut settings = tx.settings().await.unwrap();
    settings.policy.settle_seconds = 30;
    tx.update_settings(&settings).await.unwrap();
    tx.commit().await.unwrap();

    let both = vec![fixture.text("a", 1, "oi", 0), text("100200301", "b", 1, "oi", 0)];
    fixture.ingest(both, 0).await;
    assert!(fixture.claim(3).await.is_none());
    let turn = fixture.claim(4).await.unwrap();
    assert_ne!(turn.tenant(), fixture.tenant.id, "the store that waits four seconds");
    turn.commit(Vec::new(), at(4)).await.unwrap();
    assert!(fixture.claim(29).await.is_none());
    assert_eq!(fixture.claim(30).await.unwrap().tenant(), fixture.tenant.id);
}

#[tokio::test]
async fn a_burst_settles_and_is_taken_whole_in_the_order_it_was_written() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.2", 1, "dois", 2)], 2).await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "um", 1)], 3).await;
    assert!(fixture.claim(6).await.is_none(), "the newest is 3 s old");
    fixture.ingest(vec![fixture.text("wamid.3", 1, "três", 6)], 6).await;
    assert!(fixture.claim(8).await.is_none());
    let turn = fixture.claim(10).await.unwrap();
    assert_eq!(words(&turn), ["um", "dois", "três"]);
    assert_eq!(turn.request_id(), Some("req-1"));
    turn.commit(Vec::new(), at(10)).await.unwrap();
    assert!(fixture.claim(100).await.is_none());
}

#[tokio::test]
async fn who_never_stops_writing_is_read_after_four_times_the_wait() {
    let fixture = open().await;
    for second in 0..17 {
        let id = format!("wamid.{second}");
        fixture.ingest(vec![fixture.text(&id, 1, "e mais", second)], second).await;
        if second < 16 {
            assert!(fixture.claim(second).await.is_none(), "{second}");
        }
    }
    assert_eq!(fixture.claim(16).await.unwrap().messages().len(), 17);
}

#[tokio::test]
async fn a_turn_writes_the_conversation_its_quote_and_its_messages() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "10 cimento", 0)], 0).await;
    let turn = fixture.claim(10).await.unwrap();
    let conversation = same(&turn);
    assert_eq!(conversation.number.0, 1001);
    let step = quoted(&conversation, 1);
    let expected = step.step.conversation.clone();
    turn.commit(vec![step], at(10)).await.unwrap();
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let listed = tx.list_conversations(ConversationFilter::Open, None, 10).await.unwrap();
    assert_eq!(listed.items[0].conversation, expected);
    let quotes = tx.list_quotes(None, None, 10).await.unwrap();
    assert_eq!(quotes.items[0].quote_ref.to_string(), "1001/1");
    assert_eq!(quotes.items[0].total.to_string(), "389.00");
    let whole = tx.find_quote(quotes.items[0].id).await.unwrap().unwrap();
    assert_eq!(Some(&whole.offer), expected.state.offer());
    let lines: String =
        fixture.peek("SELECT sku || ' ' || qty || ' ' || round(net, 2) FROM quote_lines").await;
    assert_eq!(lines, "CIM 10 389.00");
    let messages = tx.list_messages(listed.items[0].id, None, 10).await.unwrap();
    let texts: Vec<_> = messages.items.iter().map(|m| m.text.as_deref().unwrap()).collect();
    assert_eq!(texts, ["Orçamento", "10 cimento"]);
    let audit = tx.list_audit(Some(listed.items[0].id), None, 10).await.unwrap();
    assert_eq!(audit.items[0].entry.action, "quote_recorded");
}

#[tokio::test]
async fn a_turn_dropped_midway_leaves_the_messages_waiting() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "oi", 0)], 0).await;
    let first = fixture.claim(10).await.unwrap();
    let number = first.conversation().number;
    drop(first);
    let turn = fixture.claim(10).await.unwrap();
    assert_eq!(words(&turn), ["oi"]);
    assert!(turn.conversation().number > number, "a number is never given twice");
    let kept: i64 = fixture.peek("SELECT count(*) FROM conversations").await;
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn a_conversation_is_never_worked_on_twice_at_once() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "oi", 0)], 0).await;
    fixture.ingest(vec![fixture.text("wamid.2", 2, "olá", 0)], 0).await;
    let first = fixture.claim(10).await.unwrap();
    fixture.ingest(vec![fixture.text("wamid.3", 1, "e areia", 11)], 11).await;
    let second = fixture.claim(20).await.unwrap();
    assert_ne!(first.contact().id, second.contact().id);
    assert!(fixture.claim(20).await.is_none());
    first.commit(Vec::new(), at(20)).await.unwrap();
    let third = fixture.claim(20).await.unwrap();
    assert_eq!(words(&third), ["e areia"]);
}

#[tokio::test]
async fn racing_workers_handle_each_message_once() {
    let fixture = open().await;
    let mut updates = Vec::new();
    for n in 0..60_u8 {
        updates.push(fixture.text(&format!("wamid.{n}"), n % 6, &n.to_string(), i64::from(n)));
    }
    fixture.ingest(updates, 0).await;
    let mut workers = Vec::new();
    for _ in 0..4 {
        let store = fixture.db.another_store().await.unwrap();
        workers.push(tokio::spawn(async move {
            let mut handled = Vec::new();
            let mut idle = 0;
            while idle < 20 {
                let Some(turn) = store.claim_turn(at(100)).await.unwrap() else {
                    idle += 1;
                    tokio::task::yield_now().await;
                    continue;
                };
                handled.extend(words(&turn).into_iter().map(str::to_owned));
                let reply = vec![outgoing(OutgoingKind::Courtesy, "ok")];
                let step = stepped(same(&turn), Vec::new(), reply);
                turn.commit(vec![step], at(100)).await.unwrap();
            }
            handled
        }));
    }
    let mut handled = Vec::new();
    for worker in workers {
        handled.extend(worker.await.unwrap());
    }
    assert_eq!(handled.len(), 60);
    assert_eq!(handled.into_iter().collect::<BTreeSet<_>>().len(), 60);
    let numbers: i64 = fixture.peek("SELECT count(DISTINCT number) FROM conversations").await;
    assert_eq!(numbers, 6);
}

#[tokio::test]
async fn a_poisonous_message_waits_longer_each_time_and_then_for_a_person() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "veneno", 0)], 0).await;
    let mut now = 10;
    for attempt in 1..MAX_ATTEMPTS {
        let turn = fixture.claim(now).await.unwrap();
        let after = turn.fail("cannot be read", at(now)).await.unwrap();
        let AfterFailure::Retry { at: due, attempts } = after else { panic!("{after:?}") };
        assert_eq!(attempts, attempt);
        assert!(due >= at(now + (1 << attempt).min(300)), "attempt {attempt}");
        // Others go on meanwhile, and new words do not hurry the retry.
        let other = format!("wamid.other.{attempt}");
        let more = format!("wamid.more.{attempt}");
        let both = vec![fixture.text(&other, 2, "oi", now), fixture.text(&more, 1, "?", now)];
        fixture.ingest(both, now - 100).await;
        let turn = fixture.claim(now).await.unwrap();
        assert_eq!(words(&turn), ["oi"]);
        turn.commit(Vec::new(), at(now)).await.unwrap();
        assert!(fixture.claim(now).await.is_none());
        now += 400;
    }
    let after = fixture.claim(now).await.unwrap().fail("cannot be read", at(now)).await.unwrap();
    let AfterFailure::Dead { id } = after else { panic!("{after:?}") };
    assert!(fixture.claim(now + 10_000).await.is_none());

    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let letters = tx.list_dead_letters(None, 10).await.unwrap().items;
    assert_eq!((letters[0].id, letters[0].messages), (id, i64::from(MAX_ATTEMPTS)));
    assert_eq!(letters[0].error, "cannot be read");
    tx.retry_dead_letter(id, at(now)).await.unwrap();
    assert!(tx.list_dead_letters(None, 10).await.unwrap().items.is_empty());
    tx.commit().await.unwrap();
    let turn = fixture.claim(now + 10).await.unwrap();
    assert_eq!(words(&turn)[0], "veneno");
    turn.commit(Vec::new(), at(now + 10)).await.unwrap();
}

#[tokio::test]
async fn what_a_full_turn_leaves_behind_is_read_even_after_a_failure() {
    let fixture = open().await;
    let many = (0..130).map(|n| fixture.text(&format!("wamid.{n}"), 1, "mais um", n)).collect();
    fixture.ingest(many, 0).await;
    fixture.claim(200).await.unwrap().fail("the catalogue is broken", at(200)).await.unwrap();
    let full = fixture.claim(600).await.unwrap();
    assert_eq!(full.messages().len(), 100);
    full.commit(Vec::new(), at(600)).await.unwrap();
    let rest = fixture.claim(601).await.unwrap();
    assert_eq!(rest.messages().len(), 30);
    rest.commit(Vec::new(), at(601)).await.unwrap();
    assert!(fixture.claim(900).await.is_none());
    assert_eq!(fixture.peek::<i64>("SELECT count(*) FROM jobs").await, 0);
}

#[tokio::test]
async fn a_contact_that_cannot_be_opened_is_put_off_and_others_come_next() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "oi", 0)], 0).await;
    fixture.peek::<i32>("UPDATE contacts SET phone = '\\x00' RETURNING 1").await;
    fixture.ingest(vec![fixture.text("wamid.2", 2, "olá", 0)], 0).await;
    let claimed = fixture.store().claim_turn(at(10)).await;
    assert!(matches!(claimed, Err(StoreError::Secret(_))), "{claimed:?}");
    let turn = fixture.claim(11).await.unwrap();
    assert_eq!(words(&turn), ["olá"]);
    turn.commit(Vec::new(), at(11)).await.unwrap();
    assert!(fixture.claim(11).await.is_none());
}

#[tokio::test]
async fn a_turn_whose_statements_time_out_is_put_off_and_counted() {
    let fixture = open().await;
    fixture
        .run(
            "CREATE FUNCTION give_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'statement timeout' USING ERRCODE = 'query_canceled';
             END $$;
             CREATE TRIGGER give_up BEFORE INSERT ON conversations
                FOR EACH ROW EXECUTE FUNCTION give_up();",
        )
        .await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "oi", 0)], 0).await;
    let turn = fixture.claim(10).await.unwrap();
    let contact = turn.contact().id;
    let step = stepped(same(&turn), Vec::new(), Vec::new());
    let error = turn.commit(vec![step], at(10)).await.unwrap_err();
    assert!(!error.is_transient(), "{error:?}");
    let reason = error.to_string();
    let failed = fixture.store().put_off(fixture.tenant.id, contact, &reason, at(10)).await;
    assert!(matches!(failed, Ok(AfterFailure::Retry { attempts: 1, .. })), "{failed:?}");
    assert!(fixture.claim(10).await.is_none());
}

#[tokio::test]
async fn after_the_end_the_next_conversation_has_the_next_number() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "cancela", 0)], 0).await;
    let turn = fixture.claim(10).await.unwrap();
    let step = stepped(lost(turn.conversation()), Vec::new(), Vec::new());
    turn.commit(vec![step], at(10)).await.unwrap();

    fixture.ingest(vec![fixture.text("wamid.2", 1, "obrigado", 20)], 20).await;
    let turn = fixture.claim(30).await.unwrap();
    assert!(turn.conversation().state.is_closed(), "the last one listens on");
    turn.commit(Vec::new(), at(30)).await.unwrap();

    fixture.ingest(vec![fixture.text("wamid.3", 1, "10 cimento", 40)], 40).await;
    let mut turn = fixture.claim(50).await.unwrap();
    let closed = stepped(same(&turn), Vec::new(), Vec::new());
    let next = Conversation::new(turn.next_number().await.unwrap());
    turn.commit(vec![closed, quoted(&next, 1)], at(50)).await.unwrap();

    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let all = tx.list_conversations(ConversationFilter::All, None, 10).await.unwrap().items;
    let of = |n: usize| (all[n].conversation.number.0, all[n].closed_at.is_some());
    assert_eq!((of(0), of(1)), ((1002, false), (1001, true)));
    let texts = tx.list_messages(all[0].id, None, 10).await.unwrap().items;
    assert_eq!(texts.last().unwrap().text.as_deref(), Some("10 cimento"));
}

async fn with_timer(fixture: &Fixture) {
    fixture.ingest(vec![fixture.text("wamid.1", 1, "oi", 0)], 0).await;
    let turn = fixture.claim(10).await.unwrap();
    let mut conversation = same(&turn);
    conversation.timers.insert(Timer::IdleDraft, at(100).fixed_offset());
    let step = stepped(conversation, Vec::new(), Vec::new());
    turn.commit(vec![step], at(10)).await.unwrap();
}

#[tokio::test]
async fn a_timer_wakes_its_conversation_once() {
    let fixture = open().await;
    with_timer(&fixture).await;
    assert!(fixture.claim(99).await.is_none());
    let turn = fixture.claim(100).await.unwrap();
    assert_eq!(turn.timers().collect::<Vec<_>>(), [Timer::IdleDraft]);
    let step = stepped(same(&turn), Vec::new(), Vec::new());
    turn.commit(vec![step], at(100)).await.unwrap();
    assert!(fixture.claim(1_000).await.is_none(), "it is over although nobody took it out");
}

#[tokio::test]
async fn a_timer_that_nothing_comes_of_does_not_come_again() {
    let fixture = open().await;
    with_timer(&fixture).await;
    fixture.claim(100).await.unwrap().commit(Vec::new(), at(100)).await.unwrap();
    assert!(fixture.claim(1_000).await.is_none());
}

#[tokio::test]
async fn a_timer_set_again_is_moved() {
    let fixture = open().await;
    with_timer(&fixture).await;
    let turn = fixture.claim(100).await.unwrap();
    let mut conversation = same(&turn);
    conversation.timers.insert(Timer::IdleDraft, at(200).fixed_offset());
    turn.commit(vec![stepped(conversation, Vec::new(), Vec::new())], at(100)).await.unwrap();
    assert!(fixture.claim(199).await.is_none());
    assert!(fixture.claim(200).await.is_some());
}

#[tokio::test]
async fn at_whose_prices_a_contact_buys_comes_with_the_turn_and_with_the_act() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "oi", 0)], 0).await;
    let turn = fixture.claim(10).await.unwrap();
    assert_eq!(turn.conversation().buyer, None);
    let (contact, conversation) = (turn.contact().id, turn.conversation_id());
    let talk = turn.conversation().clone();
    turn.commit(vec![stepped(talk, Vec::new(), Vec::new())], at(10)).await.unwrap();

    let buyer = Buyer { group: Some("obra".to_owned()), customer: Some("17".to_owned()) };
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    tx.update_buyer(contact, &buyer).await.unwrap();
    tx.commit().await.unwrap();

    fixture.ingest(vec![fixture.text("wamid.2", 1, "cimento", 20)], 20).await;
    let turn = fixture.claim(30).await.unwrap();
    assert_eq!(turn.conversation().buyer.as_ref(), Some(&buyer));
    drop(turn);
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let locked = tx.lock_conversation(conversation).await.unwrap().unwrap();
    assert_eq!(locked.conversation().buyer.as_ref(), Some(&buyer));
    let nameless = Buyer { group: Some(String::new()), customer: None };
    let refused = tx.update_buyer(contact, &nameless).await;
    assert!(matches!(refused, Err(StoreError::Refused { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_person_and_a_turn_take_the_same_lock() {
    let fixture = open().await;
    fixture.answered_with("wamid.1", &[OutgoingKind::Question]).await;
    let store = fixture.store();
    let mut tx = store.tenant(fixture.tenant.id).await.unwrap();
    let ana = NewStaff {
        email: "ana@loja.example".to_owned(),
        name: "Ana".to_owned(),
        role: Role::Attendant,
        password_hash: "$hash".to_owned().into(),
    };
    let ana = tx.insert_staff(ana, at(0)).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = store.tenant(fixture.tenant.id).await.unwrap();
    let id = tx.list_conversations(ConversationFilter::All, None, 1).await.unwrap().items[0].id;
    let locked = tx.lock_conversation(id).await.unwrap().unwrap();
    fixture.ingest(vec![fixture.text("wamid.2", 1, "alô?", 20)], 20).await;
    assert!(fixture.claim(30).await.is_none(), "ingest goes on, the turn waits");
    let step = quoted(locked.conversation(), 1);
    let acted = Acted {
        by: ana.id,
        action: "approve".to_owned(),
        detail: json!({ "quote": "1001/1" }),
        request_id: Some("req-9".to_owned()),
    };
    tx.save_act(locked, acted, vec![step], at(30)).await.unwrap();
    tx.commit().await.unwrap();

    let turn = fixture.claim(30).await.unwrap();
    assert!(matches!(turn.conversation().state, State::Quoted { .. }));
    drop(turn);
    let mut tx = store.tenant(fixture.tenant.id).await.unwrap();
    let audit = tx.list_audit(Some(id), None, 10).await.unwrap().items;
    let actions: Vec<_> = audit.iter().map(|entry| entry.entry.action.as_str()).collect();
    assert_eq!(actions, ["quote_recorded", "approve"]);
    assert_eq!(audit[1].entry.actor, orcazap_store::Actor::Person(ana.id));
}

#[tokio::test]
async fn accepting_twice_places_one_order_and_opting_out_marks_the_contact() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "10 cimento", 0)], 0).await;
    let turn = fixture.claim(10).await.unwrap();
    let mut step = quoted(turn.conversation(), 1);
    let quote_ref = step.step.conversation.state.offer().unwrap().quote_ref;
    let thursday = Delivery { date: "2026-03-12".parse().ok(), ..Delivery::default() };
    for delivery in [None, Some(thursday)] {
        step.step.effects.push(Effect::PlaceOrder { quote_ref, delivery });
    }
    step.step.effects.push(Effect::OptOut);
    turn.commit(vec![step], at(10)).await.unwrap();
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let orders = tx.list_sales_orders(None, 10).await.unwrap().items;
    assert_eq!((orders.len(), orders[0].quote_ref), (1, quote_ref));
    assert_eq!(orders[0].delivery, Some(thursday), "the day that was said last");
    let quotes = tx.list_quotes(None, None, 10).await.unwrap().items;
    assert!(quotes[0].accepted);
    let listed = tx.list_conversations(ConversationFilter::All, None, 1).await.unwrap().items;
    assert_eq!(listed[0].contact.opted_out_at, Some(at(10)));
}

#[tokio::test]
async fn an_approval_ends_once_and_keeps_how_and_by_whom() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "10 cimento", 0)], 0).await;
    let turn = fixture.claim(10).await.unwrap();
    let mut step = quoted(turn.conversation(), 1);
    let quote_ref = step.step.conversation.state.offer().unwrap().quote_ref;
    let reasons = vec![
        Reason::NoFreightRule { place: None },
        Reason::CreditSale { payment: None, total: None },
    ];
    step.step.effects.push(Effect::OpenApproval { quote_ref, reasons: reasons.clone() });
    step.step.effects.push(Effect::RemindApproval { quote_ref });
    let after = step.step.conversation.clone();
    turn.commit(vec![step], at(10)).await.unwrap();
    let store = fixture.store();
    let mut tx = store.tenant(fixture.tenant.id).await.unwrap();
    let waiting = tx.list_open_approvals(None, 10).await.unwrap().items.remove(0);
    assert_eq!((waiting.quote_ref, &waiting.reasons), (quote_ref, &reasons));
    assert_eq!((waiting.opened_at, waiting.reminded_at), (at(10), Some(at(10))));
    assert_eq!(tx.counts(at(0)).await.unwrap().open_approvals, 1);

    let ana = StaffId::make();
    let locked = tx.lock_conversation(waiting.conversation).await.unwrap().unwrap();
    let close = |outcome| Effect::CloseApproval { quote_ref, outcome };
    let effects = vec![
        close(ApprovalOutcome::Approved { by: ana.into() }),
        close(ApprovalOutcome::Superseded),
    ];
    let acted =
        Acted { by: ana, action: "approve".to_owned(), detail: json!({}), request_id: None };
    let step = stepped(after, effects, Vec::new());
    tx.save_act(locked, acted, vec![step], at(20)).await.unwrap();
    assert!(tx.list_open_approvals(None, 10).await.unwrap().items.is_empty());
    let closed = tx.find_approval_of(waiting.quote).await.unwrap().unwrap().closed;
    assert_eq!(closed, Some((at(20), "approved".to_owned(), Some(ana))));
}

#[tokio::test]
async fn what_cannot_be_written_takes_the_whole_turn_back() {
    let fixture = open().await;
    fixture.ingest(vec![fixture.text("wamid.1", 1, "10 cimento", 0)], 0).await;
    let turn = fixture.claim(10).await.unwrap();
    let (tenant, contact) = (turn.tenant(), turn.contact().id);
    let mut step = quoted(turn.conversation(), 1);
    let quote_ref = QuoteRef { number: turn.conversation().number, revision: 7 };
    step.step.effects.push(Effect::PlaceOrder { quote_ref, delivery: None });
    let error = turn.commit(vec![step], at(10)).await.unwrap_err();
    assert!(matches!(error, StoreError::Missing { what: "quote" }), "{error:?}");
    let written: i64 = fixture
        .peek(
            "SELECT (SELECT count(*) FROM conversations) + (SELECT count(*) FROM quotes)
                + (SELECT count(*) FROM deliveries) + (SELECT count(*) FROM audit)",
        )
        .await;
    assert_eq!(written, 0);
    let after = fixture.store().put_off(tenant, contact, "no quote", at(10)).await.unwrap();
    assert!(matches!(after, AfterFailure::Retry { attempts: 1, .. }));
    assert!(fixture.claim(11).await.is_none());
    assert_eq!(words(&fixture.claim(20).await.unwrap()), ["10 cimento"]);
}
