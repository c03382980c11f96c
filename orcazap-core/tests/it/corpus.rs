//! The corpora: catalogues and messages with what a careful attendant understands.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use orcazap_core::Catalog;
use orcazap_core::catalog::csv;
use orcazap_core::reading::Dialogue;
use serde::Deserialize;

/// One line of `messages.jsonl` or `dialogues.jsonl`.
#[derive(Deserialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) turns: Vec<Turn>,
    #[serde(flatten)]
    pub(crate) single: Option<Turn>,
    pub(crate) expect: serde_json::Value,
}

/// One message and when it arrived.
#[derive(Debug, Deserialize)]
pub(crate) struct Turn {
    pub(crate) now: DateTime<FixedOffset>,
    pub(crate) text: String,
}

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

pub(crate) fn lines(file: &str) -> Vec<Line> {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn catalog(file: &str) -> Catalog {
    let bytes = std::fs::read(folder().join(file)).unwrap();
    Catalog::new(csv::parse(&bytes).unwrap()).unwrap()
}

/// The reading of one line: a message alone, or a whole conversation.
pub(crate) fn read(line: &Line, catalog: &Catalog) -> serde_json::Value {
    if line.turns.is_empty() {
        let turn = line.single.as_ref().unwrap();
        return serde_json::to_value(orcazap_core::read(&turn.text, catalog, turn.now)).unwrap();
    }
    conversation(line, catalog)
}

/// The order as it stands after the last turn of a conversation.
fn conversation(line: &Line, catalog: &Catalog) -> serde_json::Value {
    let mut dialogue = Dialogue::default();
    for turn in &line.turns {
        dialogue.hear(&turn.text, catalog, turn.now);
    }
    let mut value = serde_json::to_value(dialogue.draft()).unwrap();
    value["outcome"] = serde_json::to_value(dialogue.outcome()).unwrap();
    value
}
