//! What comes beside customers' messages: the store's own words, other assistants',
//! the chats of before, news, and updates that name no number.

use orcazap_store::{
    ChannelChange, ChannelStatus, Direction, Incoming, NewNotice, Severity, Source, Update,
};
use serde_json::json;

use crate::fixture::{Fixture, add_store, at, incoming, open, outgoing, stepped};
use orcazap_store::OutgoingKind;

fn of_source(fixture: &Fixture, id: &str, source: Source, sent: i64) -> Incoming {
    let mut incoming = fixture.text(id, 1, id, sent);
    if let Update::Message(message) = &mut incoming.update {
        message.source = source;
        if source.is_past() && id.starts_with("vazia") {
            message.kind = "media_placeholder".to_owned();
        }
    }
    incoming
}

fn notice(number: &str, kind: &str, change: Option<ChannelChange>) -> Incoming {
    let mut notice = NewNotice::new(kind, Severity::Critical, json!({ "at": "agora" }));
    notice.change = change;
    incoming(number, Update::Notice(Box::new(notice)))
}

async fn talk(fixture: &Fixture) -> Vec<(String, Direction)> {
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let conversations =
        tx.list_conversations(orcazap_store::ConversationFilter::All, None, 10).await.unwrap();
    let mut talk = Vec::new();
    for conversation in conversations.items {
        let page = tx.list_messages(conversation.id, None, 50).await.unwrap();
        let entry = |entry: orcazap_store::MessageEntry| (entry.text.unwrap(), entry.direction);
        talk.extend(page.items.into_iter().rev().map(entry));
    }
    talk
}

async fn status(fixture: &Fixture) -> ChannelStatus {
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    tx.list_channels().await.unwrap().remove(0).status
}

#[tokio::test]
async fn what_the_store_and_other_assistants_wrote_waits_in_its_order() {
    let fixture = open().await;
    let updates = vec![
        of_source(&fixture, "cliente", Source::Customer, 1),
        of_source(&fixture, "loja", Source::Phone, 2),
        of_source(&fixture, "outra", Source::Standby, 3),
    ];
    fixture.ingest(updates, 3).await;
    let turn = fixture.claim(20).await.unwrap();
    let sources: Vec<_> = turn.messages().iter().map(|message| message.source).collect();
    assert_eq!(sources, [Source::Customer, Source::Phone, Source::Standby]);
    turn.commit(Vec::new(), at(20)).await.unwrap();
    let expected = [
        ("cliente".to_owned(), Direction::In),
        ("loja".to_owned(), Direction::Phone),
        ("outra".to_owned(), Direction::Standby),
    ];
    assert_eq!(talk(&fixture).await, expected);
}

#[tokio::test]
async fn the_chats_of_before_are_kept_once_and_nothing_comes_of_them() {
    let fixture = open().await;
    let past = |id| of_source(&fixture, id, Source::Past, 1);
    let first = vec![past("oi"), of_source(&fixture, "bom dia", Source::PastPhone, 2)];
    fixture.ingest(first.clone(), 3).await;
    assert_eq!(fixture.ingest(first, 3).await.repeated, 2);
    assert!(fixture.claim(20).await.is_none(), "no turn");
    assert!(talk(&fixture).await.is_empty(), "no conversation yet");
    // The first conversation takes them in, and later ones come into it at once.
    fixture.answered_with("nova", &[OutgoingKind::Question]).await;
    fixture.ingest(vec![past("atrasada")], 30).await;
    let words: Vec<_> = talk(&fixture).await.into_iter().map(|(words, _)| words).collect();
    assert_eq!(words, ["oi", "oi", "atrasada", "bom dia", "question"]);
    assert!(fixture.claim(60).await.is_none());
}

#[tokio::test]
async fn a_placeholder_gives_way_to_its_message_whichever_comes_first() {
    for late in [true, false] {
        let fixture = open().await;
        let empty = of_source(&fixture, "vazia", Source::Past, 1);
        let mut whole = of_source(&fixture, "vazia", Source::Past, 1);
        if let Update::Message(message) = &mut whole.update {
            message.kind = "image".to_owned();
        }
        let order = if late { [empty, whole] } else { [whole, empty] };
        for update in order {
            fixture.ingest(vec![update], 2).await;
        }
        let kinds: String =
            fixture.peek("SELECT string_agg(kind, ' ') FROM inbound_messages").await;
        assert_eq!(kinds, "image", "late: {late}");
    }
}

#[tokio::test]
async fn another_assistant_s_customer_is_told_of_once_a_day() {
    let fixture = open().await;
    for (id, sent) in [("a", 0), ("b", 60), ("c", 60 * 60 * 24)] {
        fixture.ingest(vec![of_source(&fixture, id, Source::Standby, sent)], sent).await;
    }
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let page = tx.list_notices(None, 10).await.unwrap();
    assert_eq!(page.items.len(), 2);
    let notice = &page.items[0];
    assert_eq!((notice.kind.as_str(), notice.severity), ("standby", Severity::Critical));
    assert!(notice.contact.is_some() && notice.channel.is_some());
    assert_eq!(notice.data["name"], "Maria Inventada");
}

#[tokio::test]
async fn news_is_kept_once_sealed_until_somebody_has_seen_it() {
    let fixture = open().await;
    let (other, _) = add_store(fixture.store(), "outra", "999").await;
    let mut news = NewNotice::new("account_update", Severity::Critical, json!({ "at": "1" }));
    news.raw = json!({ "event": "ACCOUNT_RESTRICTION", "segredo": "5511900000001" });
    let update = incoming(&fixture.number, Update::Notice(Box::new(news)));
    assert_eq!(fixture.ingest(vec![update.clone(), update.clone()], 0).await.notices, 1);
    assert_eq!(fixture.ingest(vec![update], 5).await.notices, 0);
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let (pressing, unseen) = tx.pressing_notice().await.unwrap();
    let pressing = pressing.unwrap();
    assert_eq!((pressing.raw["event"].as_str(), unseen), (Some("ACCOUNT_RESTRICTION"), 1));
    let staff = orcazap_store::StaffId::make();
    assert_eq!(tx.mark_notices_seen(Some(pressing.id), staff, at(9)).await.unwrap(), 1);
    assert_eq!(tx.mark_notices_seen(None, staff, at(9)).await.unwrap(), 0);
    assert_eq!(tx.pressing_notice().await.unwrap(), (None, 0));
    assert_eq!(tx.list_notices(None, 10).await.unwrap().items[0].seen_at, Some(at(9)));
    tx.commit().await.unwrap();
    let mut theirs = fixture.store().tenant(other.id).await.unwrap();
    assert!(theirs.list_notices(None, 10).await.unwrap().items.is_empty());
    let open: bool = fixture
        .peek("SELECT bool_or(encode(body, 'escape') LIKE '%5511900000001%') FROM notices")
        .await;
    assert!(!open);
}

#[tokio::test]
async fn news_stops_a_channel_and_lets_it_go_on_and_undoes_nobody_else_s_stop() {
    let fixture = open().await;
    let reason = "a conta foi restrita".to_owned();
    let stop = Some(ChannelChange::Pause { reason: reason.clone() });
    let go = Some(ChannelChange::Resume { reason: reason.clone() });
    fixture.ingest(vec![notice(&fixture.number, "stop", stop)], 0).await;
    assert_eq!(status(&fixture).await, ChannelStatus::Paused { reason });
    fixture.ingest(vec![notice(&fixture.number, "go", go.clone())], 1).await;
    assert_eq!(status(&fixture).await, ChannelStatus::Active);
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let channel = tx.list_channels().await.unwrap()[0].id;
    tx.pause_channel(channel, "férias").await.unwrap();
    tx.commit().await.unwrap();
    fixture.ingest(vec![notice(&fixture.number, "go again", go)], 2).await;
    assert_eq!(status(&fixture).await, ChannelStatus::Paused { reason: "férias".to_owned() });
}

#[tokio::test]
async fn a_token_that_dies_is_told_of_once() {
    let fixture = open().await;
    fixture.answered_with("a", &[OutgoingKind::Question, OutgoingKind::Question]).await;
    let delivery = fixture.claim_delivery(20).await.unwrap();
    for now in [21, 22] {
        fixture.store().pause_for(&delivery, "190: o token venceu", at(now)).await.unwrap();
    }
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let page = tx.list_notices(None, 10).await.unwrap();
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items[0].data["reason"], "190: o token venceu");
}

#[tokio::test]
async fn an_update_without_a_number_s_id_finds_its_store_by_what_was_learnt() {
    let fixture = open().await;
    let (other, _) = add_store(fixture.store(), "outra", "999").await;
    let named = |mut update: Incoming, account: &str, display: &str| {
        let told = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        update.account_id = told(account);
        update.display_number = told(display);
        update
    };
    let bare = |update: Incoming| Incoming { phone_number_id: String::new(), ..update };
    // Nothing is known yet: kept for the operator.
    let first = named(bare(fixture.text("a", 1, "a", 0)), "", "+55 11 4000-0001");
    assert_eq!(fixture.ingest(vec![first.clone()], 0).await.new_messages, 0);
    let known = named(fixture.text("b", 1, "b", 0), "conta-1", "551140000001");
    fixture.ingest(vec![known], 0).await;
    assert_eq!(fixture.ingest(vec![first], 0).await.new_messages, 1);
    let by_account = named(bare(fixture.text("c", 1, "c", 0)), "conta-1", "");
    assert_eq!(fixture.ingest(vec![by_account.clone()], 0).await.new_messages, 1);
    // Two stores in one account: news is for both, a message for neither.
    let theirs = named(crate::fixture::text("999", "d", 1, "d", 0), "conta-1", "551140000002");
    fixture.ingest(vec![theirs], 0).await;
    let news = named(notice("", "account_update", None), "conta-1", "");
    assert_eq!(fixture.ingest(vec![news], 0).await.notices, 2);
    let mut message = by_account;
    if let Update::Message(message) = &mut message.update {
        message.provider_id = "e".to_owned();
    }
    let done = fixture.ingest(vec![message], 0).await;
    assert_eq!((done.new_messages, done.unrouted.len()), (0, 1));
    let mut tx = fixture.store().tenant(other.id).await.unwrap();
    assert_eq!(tx.list_notices(None, 10).await.unwrap().items.len(), 1);
    // A number's id that nobody has is never made up for.
    let stranger = named(crate::fixture::text("404", "f", 1, "f", 0), "", "551140000001");
    assert_eq!(fixture.ingest(vec![stranger], 0).await.new_messages, 0);
}

#[tokio::test]
async fn a_turn_of_the_store_s_own_words_counts_as_nobody_s_message() {
    let fixture = open().await;
    fixture.ingest(vec![of_source(&fixture, "loja", Source::Phone, 1)], 1).await;
    let turn = fixture.claim(20).await.unwrap();
    let step = stepped(
        turn.conversation().clone(),
        Vec::new(),
        vec![outgoing(OutgoingKind::Courtesy, "silêncio")],
    );
    turn.commit(vec![step], at(20)).await.unwrap();
    let actors: i64 = fixture.peek("SELECT count(*) FROM audit WHERE actor = 'customer'").await;
    assert_eq!(actors, 0);
}
