//! JSON lines: one turn a line in, one line out with what it led to.
//!
//! | in | is |
//! | --- | --- |
//! | `{"text": "10 sacos de cimento"}` | a message of words |
//! | `{"reply": "accept:1:1"}` | a button |
//! | `{"act": {"act": "approve", "revision": 1}}` | an act of the owner, or of whom `"by": "attendant"` says |
//! | `{"buyer": {"group": "pedreiros"}}` | who buys, for the price lists, from now on |
//! | `{"event": {"event": "quote_delivery", …}}` | any event, as the core writes it |
//! | `{"clock": "+3h"}` | time passes, and timers ring |
//!
//! A `"conversation"` beside them says whose turn it is: each has its own talk, clock
//! and timers, and one called by a number has that number. A `"now"` moves its clock
//! first; an `"id"` comes back with the answer. A turn that is refused is answered with `"error"` and changes nothing.

use std::collections::BTreeMap;
use std::io::{BufRead, Read, Write};

use anyhow::{Context, bail};
use chrono::{DateTime, FixedOffset};
use orcazap_core::authority::Role;
use orcazap_core::conversation::{Act, QuoteNumber, Reply};
use orcazap_core::order::Buyer;
use orcazap_core::{Effect, Event};
use orcazap_whatsapp::wording::{Wording, render};
use serde::{Deserialize, Serialize};

use super::session::{Happened, Session, person, span};
use super::store::Store;

/// The longest line read, in bytes.
const MAX_LINE: u64 = 1024 * 1024;

/// The most conversations held at once.
const MAX_CONVERSATIONS: usize = 100_000;

/// One line: whose turn, when, and what happens.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli) struct Turn {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) id: Option<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) conversation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) now: Option<DateTime<FixedOffset>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) reply: Option<Reply>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) act: Option<Act>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) by: Option<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) buyer: Option<Buyer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) event: Option<Event>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) clock: Option<String>,
}

/// What a turn led to.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) conversation: Option<String>,
    pub(super) now: DateTime<FixedOffset>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) timers: Vec<&'static str>,
    /// What the customer reads.
    pub(super) said: Vec<String>,
    pub(super) effects: Vec<Effect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
    pub(super) state: &'static str,
}

/// The conversations of one store, by whose they are.
pub(super) struct Talks<'a> {
    store: &'a Store,
    start: DateTime<FixedOffset>,
    by_name: BTreeMap<String, Session<'a>>,
}

impl<'a> Talks<'a> {
    /// None yet; each starts at `start`.
    pub(super) fn new(store: &'a Store, start: DateTime<FixedOffset>) -> Self {
        Self { store, start, by_name: BTreeMap::new() }
    }

    /// The conversation that a turn belongs to.
    pub(super) fn of(&mut self, turn: &Turn) -> anyhow::Result<&mut Session<'a>> {
        let name = turn.conversation.clone().unwrap_or_default();
        let room = self.by_name.len() < MAX_CONVERSATIONS || self.by_name.contains_key(&name);
        anyhow::ensure!(room, "at most {MAX_CONVERSATIONS} conversations");
        // One that begins with a time of its own begins then, in the past or not, and
        // one that is called by a number has that number, which its buttons carry.
        let start = turn.now.unwrap_or(self.start);
        let number = QuoteNumber(name.parse().unwrap_or(1));
        Ok(self.by_name.entry(name).or_insert_with(|| Session::new(self.store, number, start)))
    }

    pub(super) fn take(&mut self, turn: Turn) -> anyhow::Result<Answer> {
        take(self.of(&turn)?, turn)
    }

    pub(super) fn len(&self) -> usize {
        self.by_name.len()
    }
}

/// Answers each turn by one line.
pub(super) fn run(
    mut talks: Talks<'_>,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    each_turn(input, |_, turn| write_line(output, &talks.take(turn)?))
}

pub(super) fn write_line(output: &mut impl Write, answer: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *output, answer)?;
    writeln!(output)?;
    Ok(output.flush()?)
}

/// Reads a turn a line; blank lines are passed over.
pub(super) fn each_turn(
    input: &mut impl BufRead,
    mut give: impl FnMut(u64, Turn) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut line = String::new();
    for number in 1_u64.. {
        line.clear();
        let read = Read::take(&mut *input, MAX_LINE + 1).read_line(&mut line)?;
        if read == 0 {
            break;
        }
        if u64::try_from(read)? > MAX_LINE {
            bail!("line {number}: a line has at most {MAX_LINE} bytes");
        }
        if line.trim().is_empty() {
            continue;
        }
        let turn =
            serde_json::from_str(&line).with_context(|| format!("line {number}: no turn"))?;
        give(number, turn).with_context(|| format!("line {number}"))?;
    }
    Ok(())
}

fn take(session: &mut Session<'_>, turn: Turn) -> anyhow::Result<Answer> {
    let mut happened = turn.now.map_or_else(Vec::new, |now| session.wait_until(now));
    if let Some(clock) = &turn.clock {
        let Some(time) = span(clock) else {
            bail!("clock is a span such as +3h, found {clock:?}");
        };
        happened.extend(session.wait(time));
    }
    if let Some(buyer) = turn.buyer {
        session.conversation.buyer = Some(buyer).filter(|buyer| *buyer != Buyer::default());
    }
    let by = person(turn.by.unwrap_or(Role::Owner));
    let now = session.now;
    let events = [
        turn.text.map(|text| Event::text(text, now)),
        turn.reply.map(|reply| Event::reply(reply, now)),
        turn.act.map(|act| Event::act(by, act)),
        turn.event,
    ];
    let mut error = None;
    for event in events.into_iter().flatten() {
        match session.give(event) {
            Ok(done) => happened.push(done),
            Err(refused) => error = Some(format!("{:#}", anyhow::Error::from(refused))),
        }
    }
    let timers = happened.iter().filter_map(|one| one.timer).map(|timer| timer.code()).collect();
    let effects: Vec<Effect> =
        happened.into_iter().flat_map(|Happened { effects, .. }| effects).collect();
    let wording = Wording::new(&session.store.name);
    let said = effects.iter().flat_map(|effect| match effect {
        Effect::Say { say, answers } => render(say, answers, &wording, now),
        _ => Vec::new(),
    });
    let said = said.map(|said| said.message.words().to_owned()).collect();
    let state = session.conversation.state.code();
    let Turn { id, conversation, .. } = turn;
    Ok(Answer { id, conversation, now, timers, said, effects, error, state })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::store::example;
    use super::*;

    fn answers(turns: &str) -> Vec<Value> {
        let store = example();
        let talks = Talks::new(&store, "2026-03-10T09:00:00-03:00".parse().unwrap());
        let mut output = Vec::new();
        run(talks, &mut turns.as_bytes(), &mut output).unwrap();
        let text = std::str::from_utf8(&output).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn turns_are_answered_in_the_words_that_whatsapp_would_carry() {
        let answers = answers(
            r#"
            {"id": 1, "text": "10 sacos de cimento, vou retirar, pago no pix"}
            {"act": {"act": "approve", "revision": 1}}
            {"clock": "+3d"}
            {"text": "fechado"}
            {"reply": "accept:2:1"}
        "#,
        );
        let states: Vec<_> = answers.iter().map(|answer| answer["state"].clone()).collect();
        assert_eq!(states, ["quoted", "quoted", "lost", "quoted", "won"]);
        assert_eq!(answers[0]["id"], 1);
        assert!(answers[0]["said"][0].as_str().unwrap().contains("379,05"), "{}", answers[0]);
        assert!(answers[1]["error"].as_str().unwrap().contains("does not fit"), "{}", answers[1]);
        assert_eq!(answers[2]["timers"], json!(["follow_up", "quote_expires"]));
    }

    #[test]
    fn whoever_acts_and_whoever_buys_can_be_said() {
        let answers = answers(
            r#"
            {"buyer": {"group": "pedreiros"}, "text": "10 sacos de cimento, vou retirar, pago no pix"}
            {"by": "attendant", "act": {"act": "edit_and_approve", "revision": 1, "edits": [{"edit": "price", "sku": "CIM-CP2-50", "unit_price": "20"}]}}
            {"act": {"act": "approve", "revision": 2}}
        "#,
        );
        let order = &answers[0]["effects"][0]["offer"]["order"];
        assert_eq!(order["buyer"]["group"], "pedreiros");
        let states: Vec<_> = answers.iter().map(|answer| answer["state"].clone()).collect();
        assert_eq!(states, ["quoted", "awaiting_approval", "quoted"]);
    }

    #[test]
    fn each_conversation_has_its_own_talk_and_clock() {
        let answers = answers(
            r#"
            {"conversation": "ana", "now": "2026-03-09T10:00:00-03:00", "text": "10 sacos de cimento"}
            {"conversation": "rui", "now": "2026-03-09T08:00:00-03:00", "text": "bom dia"}
            {"conversation": "ana", "text": "vou retirar, pago no pix"}
        "#,
        );
        let ends: Vec<_> = answers.iter().map(|a| (&a["state"], &a["now"])).collect();
        let (ana, rui) = (json!("2026-03-09T10:00:00-03:00"), json!("2026-03-09T08:00:00-03:00"));
        assert_eq!(
            ends,
            [(&json!("capturing"), &ana), (&json!("new"), &rui), (&json!("quoted"), &ana)]
        );
    }

    #[test]
    fn a_line_that_is_no_turn_is_named() {
        let store = example();
        for line in ["nonsense", r#"{"txt": "oi"}"#, r#"{"clock": "soon"}"#] {
            let talks = Talks::new(&store, "2026-03-10T09:00:00-03:00".parse().unwrap());
            let error = run(talks, &mut line.as_bytes(), &mut Vec::new()).unwrap_err();
            assert!(format!("{error:#}").starts_with("line 1"), "{error:#}");
        }
    }
}
