//! `--replay`: the same turns given to two stores, and those that end otherwise in
//! the second. At a terminal a table, in a pipe JSON lines; the last says how many.
//!
//! A turn ends otherwise when the state, the price, the reasons for a person's look
//! or the words to the customer differ. What the rules are called or numbered does
//! not count.

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use orcazap_core::conversation::Content;
use orcazap_core::{Effect, Event, Language, Money, Reason};
use serde::Serialize;

use super::lines::{Answer, Talks, Turn, each_turn, write_line};
use crate::cli::table::table;

/// The most of a customer's words shown in a row, in characters.
const WORDS: usize = 40;

/// How a turn ended in one store.
#[derive(Debug, PartialEq, Serialize)]
struct End {
    state: &'static str,
    /// What the newest quote of the turn comes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<Money>,
    /// Why a person must look.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<&'static str>,
    /// What the customer reads.
    said: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl From<Answer> for End {
    fn from(answer: Answer) -> Self {
        let (mut total, mut reasons) = (None, BTreeSet::new());
        for effect in &answer.effects {
            match effect {
                Effect::RecordQuote { offer, .. } => total = Some(offer.quote.total()),
                Effect::OpenApproval { reasons: found, .. } => {
                    reasons.extend(found.iter().map(Reason::code));
                }
                _ => {}
            }
        }
        let Answer { state, said, error, .. } = answer;
        Self { state, total, reasons: reasons.into_iter().collect(), said, error }
    }
}

impl End {
    /// In one cell: state, total and reasons.
    fn short(&self) -> String {
        let total = self.total.map(|total| format!(" {}", Language::Portuguese.money(total)));
        let reasons = Some(self.reasons.join(", ")).filter(|reasons| !reasons.is_empty());
        let reasons = reasons.map(|reasons| format!(" ({reasons})"));
        [Some(self.state.to_owned()), total, reasons].into_iter().flatten().collect()
    }
}

/// A turn that ends otherwise in the second store.
#[derive(Debug, Serialize)]
struct Change {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation: Option<String>,
    /// The customer's words, when it was a message of words.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    before: End,
    after: End,
}

impl Change {
    fn row(&self) -> [String; 5] {
        let words = self.text.as_deref().unwrap_or_default().chars();
        let words = words.map(|c| if c.is_control() { ' ' } else { c }).take(WORDS).collect();
        let (mut before, mut after) = (self.before.short(), self.after.short());
        if before == after {
            (before, after) = ("…".to_owned(), "outras palavras".to_owned());
        }
        let name = self.conversation.clone().unwrap_or_default();
        [self.line.to_string(), name, words, before, after]
    }
}

/// What a replay comes to.
#[derive(Debug, Serialize)]
struct Summary {
    turns: u64,
    conversations: usize,
    changed: u64,
}

/// Gives each turn to both stores, and writes the turns that end otherwise.
pub(super) fn replay(
    mut before: Talks<'_>,
    mut after: Talks<'_>,
    as_table: bool,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    let mut summary = Summary { turns: 0, conversations: 0, changed: 0 };
    let mut rows = Vec::new();
    each_turn(input, |line, turn| {
        summary.turns += 1;
        let text = words(&turn);
        let (first, second) = (before.take(turn.clone())?, after.take(turn)?);
        let (id, conversation) = (first.id.clone(), first.conversation.clone());
        let (before, after) = (End::from(first), End::from(second));
        if before == after {
            return Ok(());
        }
        summary.changed += 1;
        let change = Change { line, id, conversation, text, before, after };
        if as_table {
            rows.push(change.row());
            return Ok(());
        }
        write_line(output, &change)
    })?;
    summary.conversations = before.len();
    if !as_table {
        return write_line(output, &summary);
    }
    let Summary { turns, conversations, changed } = summary;
    if !rows.is_empty() {
        writeln!(
            output,
            "{}\n",
            table(["linha", "conversa", "mensagem", "antes", "depois"], &rows)
        )?;
    }
    writeln!(
        output,
        "{changed} de {turns} turnos, em {conversations} conversas, terminam de outro jeito"
    )?;
    Ok(output.flush()?)
}

/// The customer's words of a turn.
fn words(turn: &Turn) -> Option<String> {
    let from_event = || match &turn.event {
        Some(Event::Inbound { messages }) => {
            let words = messages.iter().filter_map(|message| match &message.content {
                Content::Text(text) => Some(text.as_str()),
                Content::Media { caption, .. } => caption.as_deref(),
                _ => None,
            });
            Some(words.collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty())
        }
        _ => None,
    };
    turn.text.clone().or_else(from_event)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::store::{Store, example, example_with};
    use super::*;

    const TURNS: &str = r#"
        {"conversation": "ana", "text": "bom dia"}
        {"conversation": "rui", "text": "bom dia"}
        {"conversation": "ana", "text": "10 sacos de cimento, retiro, pix"}
    "#;

    fn replayed(other: &Store, as_table: bool) -> String {
        let (store, now) = (example(), "2026-03-10T09:00:00-03:00".parse().unwrap());
        let (before, after) = (Talks::new(&store, now), Talks::new(other, now));
        let mut output = Vec::new();
        replay(before, after, as_table, &mut TURNS.as_bytes(), &mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    fn stricter() -> Store {
        let mut store = example();
        store.rules.rehearsal = true;
        store
    }

    #[test]
    fn only_the_turns_that_end_otherwise_are_written() {
        let text = replayed(&stricter(), false);
        let lines: Vec<Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert_eq!(lines[0]["line"], 4);
        assert_eq!(lines[0]["conversation"], "ana");
        assert_eq!(lines[0]["before"]["state"], "quoted");
        assert_eq!(lines[0]["after"]["state"], "awaiting_approval");
        assert_eq!(lines[0]["after"]["reasons"], json!(["rehearsal"]));
        assert_eq!(lines[1], json!({"turns": 3, "conversations": 2, "changed": 1}));
    }

    #[test]
    fn at_a_terminal_they_are_a_table() {
        let text = replayed(&stricter(), true);
        let row = text.lines().nth(1).unwrap();
        assert!(row.contains("ana") && row.contains("10 sacos de cimento"), "{text}");
        assert!(row.contains("quoted R$ 379,05"), "{text}");
        assert!(row.contains("awaiting_approval R$ 379,05 (rehearsal)"), "{text}");
        assert!(
            text.ends_with("1 de 3 turnos, em 2 conversas, terminam de outro jeito\n"),
            "{text}"
        );
    }

    #[test]
    fn the_same_rules_under_another_number_change_nothing() {
        let text = replayed(
            &example_with("validity_hours = 48", "validity_hours = 48\nversion = 7"),
            false,
        );
        assert_eq!(text, "{\"turns\":3,\"conversations\":2,\"changed\":0}\n");
    }
}
