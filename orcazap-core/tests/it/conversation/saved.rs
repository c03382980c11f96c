//! Conversations that were saved by earlier versions go on. That all of them load is in
//! `json`.

use orcazap_core::authority::Role;
use orcazap_core::conversation::{Act, StepError};
use orcazap_core::{Conversation, Event, Say, step};

use super::stage::{person, store, tuesday};

/// Every state as version 1 saved it, one a line.
const V1: &str = include_str!("../../fixtures/conversations-v1.jsonl");
/// And as version 2 did, which knows on whose authority a price stands, when a person
/// of the store last wrote, and when a talk is over.
const V2: &str = include_str!("../../fixtures/conversations-v2.jsonl");

fn saved() -> impl Iterator<Item = Conversation> {
    V1.lines().map(|line| serde_json::from_str(line).unwrap())
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
