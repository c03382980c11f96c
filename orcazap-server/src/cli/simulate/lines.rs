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

#[derive(Debug, Deserialize)]
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

#[derive(Debug, Serialize)]
struct Answer<'a> {
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
    state: &'a str,
}

pub(super) fn run(
    mut session: Session,
    input: &mut impl BufRead,
    output: &mut impl Write,
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
        let turn: Turn =
            serde_json::from_str(&line).with_context(|| format!("line {number}: no turn"))?;
        let answer = take(&mut session, turn).with_context(|| format!("line {number}"))?;
        serde_json::to_writer(&mut *output, &answer)?;
        writeln!(output)?;
        output.flush()?;
    }
    Ok(())
}

fn take(session: &mut Session, turn: Turn) -> anyhow::Result<Answer<'_>> {
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
        Effect::Say { say } => render(say, &wording, now),
        _ => Vec::new(),
    });
    let said = said.map(|said| said.message.words().to_owned()).collect();
    let state = session.conversation.state.code();
    Ok(Answer { id: turn.id, now, timers, said, effects, error, state })
}
