//! The dialogues of the corpus, held by the assistant: each must end where a
//! careful attendant would leave it.

use orcazap_core::conversation::{Fact, LostReason, Policy, QuoteNumber, State, advance};
use orcazap_core::{Conversation, Event};

use super::stage::{Store, store};
use crate::corpus::{self, Line};

/// How many of the fifty end where they should; goes up only.
const FLOOR: usize = 45;

fn end(line: &Line, store: &Store) -> Conversation {
    let mut conversation = Conversation::new(QuoteNumber(1));
    for turn in &line.turns {
        let event = Event::text(turn.text.clone(), turn.now);
        let next = || QuoteNumber(conversation.number.0 + 1);
        let steps = advance(&conversation, event, &store.shop(), turn.now, next).unwrap();
        conversation = steps.into_iter().last().unwrap().conversation;
    }
    conversation
}

fn outcome(conversation: &Conversation) -> &'static str {
    match &conversation.state {
        State::New | State::Capturing | State::Negotiating { .. } => "incomplete",
        State::AwaitingApproval { .. } | State::Quoted { .. } | State::Won { .. } => "complete",
        State::HandedOver { .. } => "handed_over",
        State::Lost { reason: LostReason::OptedOut, .. } => "opted_out",
        State::Lost { .. } => "cancelled",
    }
}

#[test]
fn dialogues_end_where_a_careful_attendant_would_leave_them() {
    let hours = Fact { words: vec!["abrem".into()], answer: "Das 7h às 18h.".into() };
    let policy = Policy { facts: vec![hours], ..Policy::default() };
    let store = Store { catalog: corpus::catalog("catalog.csv"), policy, ..store() };
    let mut astray = Vec::new();
    let lines = corpus::lines("dialogues.jsonl");
    for line in &lines {
        let found = outcome(&end(line, &store));
        let expected = line.expect["outcome"].as_str().unwrap();
        if found != expected {
            let texts: Vec<_> = line.turns.iter().map(|turn| turn.text.as_str()).collect();
            astray.push(format!("{}: {found}, not {expected}: {}", line.id, texts.join(" / ")));
        }
    }
    let right = lines.len() - astray.len();
    assert!(right >= FLOOR, "{right} of {}; astray:\n{}", lines.len(), astray.join("\n"));
}
