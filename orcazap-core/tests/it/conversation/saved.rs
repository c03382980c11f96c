//! Conversations that were saved by earlier versions still load, and go on.

use orcazap_core::authority::Role;
use orcazap_core::conversation::{Act, StepError};
use orcazap_core::{Conversation, Event, Say, step};
use serde_json::Value;

use super::stage::{person, store, tuesday};

/// Every state as version 1 saved it, one a line.
const V1: &str = include_str!("../../fixtures/conversations-v1.jsonl");
/// And as version 2 did, which knows on whose authority a price stands, when a person
/// of the store last wrote, and when a talk is over.
const V2: &str = include_str!("../../fixtures/conversations-v2.jsonl");

fn saved() -> impl Iterator<Item = Conversation> {
    V1.lines().map(|line| serde_json::from_str(line).unwrap())
}

/// What earlier versions kept and nobody needs any more.
const GIVEN_UP: &[&str] = &["in_vain"];

/// Whether a value holds all of another: what newer versions add does no harm.
fn holds(value: &Value, other: &Value) -> bool {
    match (value, other) {
        (Value::Object(value), Value::Object(other)) => other.iter().all(|(key, other)| {
            GIVEN_UP.contains(&key.as_str())
                || value.get(key).is_some_and(|value| holds(value, other))
        }),
        (Value::Array(value), Value::Array(other)) => {
            value.len() == other.len() && value.iter().zip(other).all(|(a, b)| holds(a, b))
        }
        (value, other) => value == other,
    }
}

#[track_caller]
fn check(version: &str) {
    let mut states = Vec::new();
    for line in version.lines() {
        let conversation: Conversation = serde_json::from_str(line).unwrap();
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
fn every_state_of_every_version_loads_and_is_saved_whole() {
    check(V1);
    check(V2);
}

#[test]
fn a_saved_quote_beyond_a_limit_still_waits_for_a_second_person() {
    let (store, now) = (store(), tuesday());
    let waits = V2.lines().map(|line| serde_json::from_str::<Conversation>(line).unwrap());
    let waits = waits.into_iter().find(|kept| kept.state.code() == "awaiting_approval").unwrap();
    let revision = waits.state.offer().unwrap().quote_ref.revision;
    let yes = |role| Event::act(person(role), Act::Approve { revision });
    let refused = step(&waits, yes(Role::Attendant), &store.shop(), now).unwrap_err();
    assert!(matches!(refused, StepError::NotAllowed(_)), "{refused}");
    let sent = step(&waits, yes(Role::Manager), &store.shop(), now).unwrap();
    assert_eq!(sent.conversation.state.code(), "quoted");
}

#[test]
fn a_saved_conversation_goes_on_with_a_yes() {
    let store = store();
    let quoted = saved().find(|kept| kept.state.code() == "quoted").unwrap();
    let done = step(&quoted, Event::text("👍", tuesday()), &store.shop(), tuesday()).unwrap();
    assert_eq!(done.conversation.state.code(), "won");
    let says = |effect: &orcazap_core::Effect| {
        matches!(effect, orcazap_core::Effect::Say { say: Say::Accepted { .. }, .. })
    };
    assert!(done.effects.iter().any(says), "{:?}", done.effects);
}
