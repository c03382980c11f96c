//! Conversations that were saved by earlier versions still load, and go on.

use orcazap_core::{Conversation, Event, Say, step};
use serde_json::Value;

use super::stage::{store, tuesday};

/// Every state as version 1 saved it, one a line.
const V1: &str = include_str!("../../fixtures/conversations-v1.jsonl");

fn saved() -> impl Iterator<Item = Conversation> {
    V1.lines().map(|line| serde_json::from_str(line).unwrap())
}

/// Whether a value holds all of another: what newer versions add does no harm.
fn holds(value: &Value, other: &Value) -> bool {
    match (value, other) {
        (Value::Object(value), Value::Object(other)) => {
            other.iter().all(|(key, other)| value.get(key).is_some_and(|value| holds(value, other)))
        }
        (Value::Array(value), Value::Array(other)) => {
            value.len() == other.len() && value.iter().zip(other).all(|(a, b)| holds(a, b))
        }
        (value, other) => value == other,
    }
}

#[test]
fn every_state_of_version_1_loads_and_is_saved_whole() {
    let mut states = Vec::new();
    for (line, conversation) in V1.lines().zip(saved()) {
        let kept: Value = serde_json::from_str(line).unwrap();
        let saved = serde_json::to_value(&conversation).unwrap();
        assert!(holds(&saved, &kept), "saved\n{saved}\nof\n{kept}");
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
