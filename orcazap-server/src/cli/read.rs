//! `orcazap read`: JSON lines of messages in, one reading a line out, in the
//! order of the lines that came in. A line that is no such object is named on standard
//! error and has no answer.
//!
//! | in | out |
//! | --- | --- |
//! | `{"id", "now", "text"}` | `{"id", "reading": {…}}`, and `labels` when something is ambiguous: for each such ask what tells its products apart |
//! | with `--dialogues`: `{"id", "turns": [{"now", "text"}, …]}` | the order after the last turn, with its `outcome` |

use std::io::{BufWriter, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::{DateTime, FixedOffset};
use orcazap_core::catalog::Catalog;
use orcazap_core::order::{Ambiguous, Delivery, DraftItem, Payment, Unknown};
use orcazap_core::place::Place;
use orcazap_core::reading::{self, Dialogue, Outcome, Vocabulary};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::lines::each_line;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The catalogue, a CSV file.
    #[arg(long, value_name = "FILE")]
    catalog: PathBuf,
    /// The store's own words and intents, beside those that everybody uses.
    #[arg(long, value_name = "FILE")]
    vocabulary: Option<PathBuf>,
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
struct Conversation {
    id: String,
    turns: Vec<Turn>,
}

#[derive(Serialize)]
struct Answer<T> {
    id: String,
    reading: T,
    /// What tells the products of each ambiguous ask apart, in the order of its `skus`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Vec<String>>,
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
    let vocabulary = match &args.vocabulary {
        Some(file) => own_vocabulary(file)?,
        None => Vocabulary::standard().clone(),
    };
    let catalog = super::catalog::load(&args.catalog, vocabulary)?;
    let mut input = std::io::stdin().lock();
    let mut output = BufWriter::new(std::io::stdout().lock());
    if args.dialogues {
        each_line(&mut input, &mut output, |line: Conversation| {
            let reading = standing(&line.turns, &catalog);
            let labels = reading.ambiguous.iter().map(|ask| ask.labels(&catalog)).collect();
            Answer { id: line.id, reading, labels }
        })
    } else {
        each_line(&mut input, &mut output, |line: Message| {
            let reading = reading::read(&line.turn.text, &catalog, line.turn.now);
            let labels = reading.ambiguous.iter().map(|found| found.ask.labels(&catalog)).collect();
            Answer { id: line.id, reading, labels }
        })
    }
}

/// What everybody says, and the words of a file.
fn own_vocabulary(file: &Path) -> anyhow::Result<Vocabulary> {
    let shown = file.display();
    let unread = || format!("the vocabulary {shown} can't be read");
    // One byte more than a vocabulary may have says that it is too long.
    let mut text = String::new();
    std::fs::File::open(file)
        .with_context(unread)?
        .take(Vocabulary::MAX_BYTES as u64 + 1)
        .read_to_string(&mut text)
        .with_context(unread)?;
    let own = Vocabulary::parse(&text)
        .with_context(|| format!("the vocabulary {shown} can't be used"))?;
    Ok(Vocabulary::standard().extended_by(&own))
}

/// The order that stands at the end of a conversation.
fn standing(turns: &[Turn], catalog: &Catalog) -> Standing {
    let mut dialogue = Dialogue::default();
    for turn in turns {
        dialogue.hear(&turn.text, catalog, turn.now);
    }
    let draft = dialogue.draft().clone();
    Standing {
        outcome: dialogue.outcome(),
        items: draft.items,
        ambiguous: draft.ambiguous,
        unknown: draft.unknown,
        place: draft.place,
        payment: draft.payment,
        delivery: draft.delivery,
    }
}
