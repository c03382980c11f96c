//! Conversations that were saved by earlier versions still load, and go on.

use orcazap_core::{Conversation, Event, Say, step};

use super::stage::{store, tuesday};

/// Every state as version 1 saved it, one a line.
const V1: &str = include_str!("../../fixtures/conversations-v1.jsonl");

fn saved() -> impl Iterator<Item = Conversation> {
    V1.lines().map(|line| serde_json::from_str(line).unwrap())
}

#[test]
fn every_state_of_version_1_loads_and_is_saved_the_same() {
    let mut states = Vec::new();
    for (line, conversation) in V1.lines().zip(saved()) {
        let kept: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_value(&conversation).unwrap(), kept);
        states.push(conversation.state.code());
    }
    let all = [
        "new",
        "capturing",
        "awaiting_approval",
        "quoted",
        "negotiating",
        "handed_over",
        "won",
        "lost",
    ];
    assert_eq!(states, all);
}

#[test]
fn a_saved_conversation_goes_on_with_a_yes() {
    let store = store();
    let quoted = saved().find(|kept| kept.state.code() == "quoted").unwrap();
    let done = step(&quoted, Event::text("👍", tuesday()), &store.shop(), tuesday()).unwrap();
    assert_eq!(done.conversation.state.code(), "won");
    let says = |effect: &orcazap_core::Effect| {
        matches!(effect, orcazap_core::Effect::Say { say: Say::Accepted { .. } })
    };
    assert!(done.effects.iter().any(says), "{:?}", done.effects);
}
