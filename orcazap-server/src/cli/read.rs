//! `orcazap read`: JSON lines of messages in, one reading a line out, in the
//! order of the lines that came in.
//!
//! | in | out |
//! | --- | --- |
//! | `{"id", "now", "text"}` | `{"id", "reading": {…}}` |
//! | with `--dialogues`: `{"id", "turns": [{"now", "text"}, …]}` | the order after the last turn, with its `outcome` |

use std::io::{BufRead, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use chrono::{DateTime, FixedOffset};
use orcazap_core::catalog::Catalog;
use orcazap_core::order::{Ambiguous, Delivery, Draft, DraftItem, Payment, Unknown};
use orcazap_core::place::Place;
use orcazap_core::reading::{self, Intent, Reading, read_in_context};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

/// The longest line read, in bytes.
const MAX_LINE: u64 = 4 * 1024 * 1024;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The catalogue, a CSV file.
    #[arg(long, value_name = "FILE")]
    catalog: PathBuf,
    /// Read whole conversations, with their outcome.
    #[arg(long)]
    dialogues: bool,
}

#[derive(Deserialize)]
struct Message {
    id: String,
    #[serde(flatten)]
    turn: Turn,
}

#[derive(Deserialize)]
struct Turn {
    now: DateTime<FixedOffset>,
    text: String,
}

#[derive(Deserialize)]
struct Dialogue {
    id: String,
    turns: Vec<Turn>,
}

#[derive(Serialize)]
struct Answer<T> {
    id: String,
    reading: T,
}

/// Where a conversation stands after its last turn.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Complete,
    Incomplete,
    HandedOver,
    Cancelled,
    OptedOut,
}

/// The order as it stands, in the shape of the corpus.
#[derive(Serialize)]
struct Standing {
    outcome: Outcome,
    items: Vec<DraftItem>,
    ambiguous: Vec<Ambiguous>,
    unknown: Vec<Unknown>,
    #[serde(serialize_with = "or_empty")]
    place: Option<Place>,
    #[serde(serialize_with = "or_empty")]
    payment: Option<Payment>,
    #[serde(serialize_with = "or_empty")]
    delivery: Option<Delivery>,
}

/// A slot is an empty object when nothing was said.
fn or_empty<T: Serialize, S: Serializer>(slot: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
    match slot {
        Some(said) => said.serialize(to),
        None => to.serialize_map(Some(0))?.end(),
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let catalog = super::catalog::load(&args.catalog)?;
    let mut input = std::io::stdin().lock();
    let mut output = BufWriter::new(std::io::stdout().lock());
    if args.dialogues {
        each_line(&mut input, &mut output, |line: Dialogue| Answer {
            reading: standing(&line.turns, &catalog),
            id: line.id,
        })
    } else {
        each_line(&mut input, &mut output, |line: Message| Answer {
            reading: reading::read(&line.turn.text, &catalog, line.turn.now),
            id: line.id,
        })
    }
}

/// Answers each line by one line; blank ones are passed over.
fn each_line<In: for<'de> Deserialize<'de>, Out: Serialize>(
    input: &mut impl BufRead,
    output: &mut impl Write,
    answer: impl Fn(In) -> Out,
) -> anyhow::Result<()> {
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let read = std::io::Read::take(&mut *input, MAX_LINE + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        if line.len() as u64 > MAX_LINE {
            bail!("line {number}: a line has at most {MAX_LINE} bytes");
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let parsed = serde_json::from_slice(&line).with_context(|| format!("line {number}"))?;
        serde_json::to_writer(&mut *output, &answer(parsed))?;
        output.write_all(b"\n")?;
    }
    Ok(output.flush()?)
}

/// Folds a conversation into the order that stands at its end.
fn standing(turns: &[Turn], catalog: &Catalog) -> Standing {
    let mut draft = Draft::default();
    let mut end = None;
    for turn in turns {
        let asked = draft.missing();
        let context = reading::Context { draft: Some(&draft), asked: &asked };
        let reading = read_in_context(&turn.text, catalog, context, turn.now);
        draft.apply(&reading, catalog);
        end = ending(&reading, end);
    }
    let outcome = end.unwrap_or_else(|| {
        if draft.missing().is_empty() { Outcome::Complete } else { Outcome::Incomplete }
    });
    Standing {
        outcome,
        items: draft.items,
        ambiguous: draft.ambiguous,
        unknown: draft.unknown,
        place: draft.place,
        payment: draft.payment,
        delivery: draft.delivery,
    }
}

/// What ends a conversation stays its outcome until a new order begins; a
/// person who has it keeps it.
fn ending(reading: &Reading, before: Option<Outcome>) -> Option<Outcome> {
    match reading.intent {
        Intent::OptOut => Some(Outcome::OptedOut),
        Intent::Human => Some(Outcome::HandedOver),
        Intent::Cancel | Intent::Decline => Some(Outcome::Cancelled),
        Intent::Order => before.filter(|outcome| *outcome == Outcome::HandedOver),
        Intent::Change
        | Intent::Accept
        | Intent::Details
        | Intent::Question
        | Intent::Greeting
        | Intent::Other => before,
    }
}
