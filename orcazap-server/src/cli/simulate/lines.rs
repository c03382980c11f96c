//! JSON lines: one turn a line in, one line out with what it led to.
//!
//! | in | is |
//! | --- | --- |
//! | `{"text": "10 sacos de cimento"}` | a message of words |
//! | `{"reply": "accept:1:1"}` | a button |
//! | `{"act": {"act": "approve", "revision": 1}}` | an act of a person |
//! | `{"event": {"event": "quote_delivery", …}}` | any event, as the core writes it |
//! | `{"clock": "+3h"}` | time passes, and timers ring |
//!
//! With `--replay`, the same turns go to a second store as well, and only those
//! that end otherwise there are written, each with what was `before` and what is
//! `after`; the last line counts them.
//!
//! A `"now"` beside them moves the clock first; an `"id"` comes back with the
//! answer. A turn that is refused is answered with `"error"` and changes nothing.

use std::io::{BufRead, Read, Write};

use anyhow::{Context, bail};
use chrono::{DateTime, FixedOffset};
use orcazap_core::conversation::{Act, Reply};
use orcazap_core::{Effect, Event};
use orcazap_whatsapp::wording::{Wording, render};
use serde::{Deserialize, Serialize};

use super::session::{Happened, PERSON, Session, span};

/// The longest line read, in bytes.
const MAX_LINE: u64 = 1024 * 1024;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    id: Option<serde_json::Value>,
    now: Option<DateTime<FixedOffset>>,
    text: Option<String>,
    reply: Option<Reply>,
    act: Option<Act>,
    event: Option<Event>,
    clock: Option<String>,
}

#[derive(Debug, PartialEq, Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    now: DateTime<FixedOffset>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    timers: Vec<&'static str>,
    /// What the customer reads.
    said: Vec<String>,
    effects: Vec<Effect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    state: &'static str,
}

/// A turn that ends otherwise in the second store.
#[derive(Debug, Serialize)]
struct Change {
    line: u64,
    before: Answer,
    after: Answer,
}

/// What a replay comes to.
#[derive(Debug, Serialize)]
struct Summary {
    turns: u64,
    changed: u64,
}

/// Answers each turn by one line.
pub(super) fn run(
    mut session: Session,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    each_turn(input, |_, turn| write_line(output, &take(&mut session, turn)?))
}

/// Gives each turn to both stores, and writes the turns that end otherwise.
pub(super) fn replay(
    mut before: Session,
    mut after: Session,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    let mut summary = Summary { turns: 0, changed: 0 };
    each_turn(input, |line, turn| {
        summary.turns += 1;
        let (before, after) = (take(&mut before, turn.clone())?, take(&mut after, turn)?);
        if before == after {
            return Ok(());
        }
        summary.changed += 1;
        write_line(output, &Change { line, before, after })
    })?;
    write_line(output, &summary)
}

fn write_line(output: &mut impl Write, answer: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *output, answer)?;
    writeln!(output)?;
    Ok(output.flush()?)
}

/// Reads a turn a line; blank lines are passed over.
fn each_turn(
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

fn take(session: &mut Session, turn: Turn) -> anyhow::Result<Answer> {
    let mut happened = turn.now.map_or_else(Vec::new, |now| session.wait_until(now));
    if let Some(clock) = &turn.clock {
        let Some(time) = span(clock) else {
            bail!("clock is a span such as +3h, found {clock:?}");
        };
        happened.extend(session.wait(time));
    }
    let now = session.now;
    let events = [
        turn.text.map(|text| Event::text(text, now)),
        turn.reply.map(|reply| Event::reply(reply, now)),
        turn.act.map(|act| Event::act(PERSON, act)),
        turn.event,
    ];
    let mut error = None;
    for event in events.into_iter().flatten() {
        match session.give(event) {
            Ok(done) => happened.push(done),
            Err(refused) => error = Some(refused.to_string()),
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
    Ok(Answer { id: turn.id, now, timers, said, effects, error, state })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::{Value, json};

    use super::super::store::Store;
    use super::*;

    fn session() -> Session {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/loja/store.toml");
        let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
        Session::new(Store::load(&file).unwrap(), now)
    }

    fn answers(output: &[u8]) -> Vec<Value> {
        let text = std::str::from_utf8(output).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn turns_are_answered_in_the_words_that_whatsapp_would_carry() {
        let turns = r#"
            {"id": 1, "text": "10 sacos de cimento, vou retirar, pago no pix"}
            {"act": {"act": "approve", "revision": 1}}
            {"clock": "+3d"}
            {"text": "fechado"}
            {"reply": "accept:2:1"}
        "#;
        let mut output = Vec::new();
        run(session(), &mut turns.as_bytes(), &mut output).unwrap();
        let answers = answers(&output);
        let states: Vec<_> = answers.iter().map(|answer| answer["state"].clone()).collect();
        assert_eq!(states, ["quoted", "quoted", "lost", "quoted", "won"]);
        assert_eq!(answers[0]["id"], 1);
        assert!(answers[0]["said"][0].as_str().unwrap().contains("379,05"), "{}", answers[0]);
        assert!(answers[1]["error"].as_str().unwrap().contains("does not fit"), "{}", answers[1]);
        assert_eq!(answers[2]["timers"], json!(["follow_up", "quote_expires"]));
    }

    #[test]
    fn a_replay_writes_only_the_turns_that_end_otherwise() {
        let mut stricter = session();
        stricter.store.rules.rehearsal = true;
        let turns = b"{\"text\": \"bom dia\"}\n\
                      {\"text\": \"10 sacos de cimento, retiro, pix\"}\n";
        let mut output = Vec::new();
        replay(session(), stricter, &mut turns.as_slice(), &mut output).unwrap();
        let lines = answers(&output);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert_eq!(lines[0]["line"], 2);
        assert_eq!(lines[0]["before"]["state"], "quoted");
        assert_eq!(lines[0]["after"]["state"], "awaiting_approval");
        assert_eq!(lines[1], json!({"turns": 2, "changed": 1}));
    }

    #[test]
    fn a_line_that_is_no_turn_is_named() {
        for line in ["nonsense", r#"{"txt": "oi"}"#, r#"{"clock": "soon"}"#] {
            let error = run(session(), &mut line.as_bytes(), &mut Vec::new()).unwrap_err();
            assert!(format!("{error:#}").starts_with("line 1"), "{error:#}");
        }
    }
}
