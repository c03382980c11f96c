//! Lists: each entry on exactly one page, in order, whatever the size of a page.

use orcazap_store::{ConversationFilter, Cursor};

use crate::fixture::{at, open, stepped};

#[tokio::test]
async fn conversations_stand_on_one_page_each_the_latest_first() {
    let fixture = open().await;
    for n in 0..7_u8 {
        fixture.ingest(vec![fixture.text(&format!("wamid.{n}"), n, "oi", 0)], 0).await;
    }
    let mut now = 10;
    while let Some(turn) = fixture.claim(now).await {
        let step = stepped(turn.conversation().clone(), Vec::new(), Vec::new());
        turn.commit(vec![step], at(now)).await.unwrap();
        now += 1;
    }
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let (mut seen, mut before): (Vec<u32>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let page =
            tx.list_conversations(ConversationFilter::Open, before.as_ref(), 3).await.unwrap();
        seen.extend(page.items.iter().map(|entry| entry.conversation.number.0));
        match page.next {
            Some(next) => before = Some(next.to_string().parse().unwrap()),
            None => break,
        }
    }
    assert_eq!(seen, [1007, 1006, 1005, 1004, 1003, 1002, 1001]);
    let one = ConversationFilter::Contact(
        tx.list_conversations(ConversationFilter::State("new"), None, 1).await.unwrap().items[0]
            .contact
            .id,
    );
    assert_eq!(tx.list_conversations(one, None, 200).await.unwrap().items.len(), 1);
    let none = ConversationFilter::State("won");
    assert!(tx.list_conversations(none, None, 200).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn messages_in_and_out_are_one_list() {
    let fixture = open().await;
    let kinds = [orcazap_store::OutgoingKind::Question, orcazap_store::OutgoingKind::Courtesy];
    fixture.answered_with("wamid.1", &kinds).await;
    let mut tx = fixture.store().tenant(fixture.tenant.id).await.unwrap();
    let id = tx.list_conversations(ConversationFilter::All, None, 1).await.unwrap().items[0].id;
    let (mut seen, mut before): (Vec<String>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let page = tx.list_messages(id, before.as_ref(), 1).await.unwrap();
        seen.extend(page.items.into_iter().filter_map(|entry| entry.text));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["courtesy", "question", "oi"]);
}
