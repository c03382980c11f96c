//! The table of [`step`](super::step) printed for people: a Markdown table, and
//! a Mermaid diagram of the states it leads through.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::table::{Happening, Move, Stage, row};

const INTRO: &str = "# The conversation

Printed from `src/conversation/table.rs`, the table that decides what `step` does;
a test fails when this file drifts from it. To print it again:
`cargo run -p orcazap-examples --example transitions > orcazap-core/docs/conversation.md`.

";

/// The transition table and its diagram, as a page of Markdown.
///
/// ```
/// let page = orcazap_core::conversation::transitions();
/// assert!(page.contains("| `accept` |"));
/// assert!(page.contains("quoted --> won"));
/// ```
#[must_use]
pub fn transitions() -> String {
    let mut page = String::from(INTRO);
    table(&mut page);
    page.push_str("\n## States\n\n");
    legend(&mut page, Stage::ALL.iter().map(|stage| (stage.code(), stage.meaning())));
    page.push_str("\n## What happens\n\n");
    legend(&mut page, Happening::ALL.iter().map(|found| (found.code(), found.meaning())));
    page.push_str("\n## What is done about it\n\n");
    legend(&mut page, Move::ALL.iter().map(|found| (found.code(), found.meaning())));
    page.push_str("\n## The way through\n\n");
    diagram(&mut page);
    page
}

fn table(page: &mut String) {
    page.push_str("| what happens |");
    for stage in Stage::ALL {
        // Writing to a string cannot fail.
        let _ = write!(page, " {} |", stage.code());
    }
    page.push_str("\n| --- |");
    page.push_str(&" --- |".repeat(Stage::ALL.len()));
    page.push('\n');
    for happening in Happening::ALL {
        let _ = write!(page, "| `{}` |", happening.code());
        for found in row(*happening) {
            let _ = write!(page, " {} |", found.code());
        }
        page.push('\n');
    }
}

fn legend<'a>(page: &mut String, entries: impl Iterator<Item = (&'a str, &'a str)>) {
    for (code, meaning) in entries {
        let _ = writeln!(page, "- `{code}`:{meaning}");
    }
}

/// One arrow for each pair of different states, labelled with what leads there.
fn diagram(page: &mut String) {
    let mut arrows: BTreeMap<(Stage, Stage), Vec<&str>> = BTreeMap::new();
    for happening in Happening::ALL {
        for (from, found) in Stage::ALL.iter().zip(row(*happening)) {
            let to = found.leads_to(*from).into_iter().filter(|to| to != from);
            for to in to.filter(|_| found != Move::Refuse) {
                arrows.entry((*from, to)).or_default().push(happening.code());
            }
        }
    }
    page.push_str("```mermaid\nstateDiagram-v2\n    [*] --> new\n");
    for ((from, to), causes) in arrows {
        let _ = writeln!(page, "    {} --> {} : {}", from.code(), to.code(), causes.join(", "));
    }
    page.push_str("    won --> [*]\n    lost --> [*]\n```\n");
}
