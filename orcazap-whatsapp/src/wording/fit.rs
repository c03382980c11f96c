//! Fits words and choices into the fewest messages the platform takes.
//!
//! One interactive message when the words fit its body; else the words go first
//! as plain text, split between lines, and a short line carries the choices.
//! Nothing is ever cut out of the words.

use crate::send::{Button, Buttons, Limited, List, Message, Row, Section, Text};
use crate::text::split;

/// The longest plain text, in characters.
const MAX_TEXT: usize = 4096;

/// Something to press: what comes back, its label, and its whole name when the
/// label is only a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Press {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) whole: String,
}

impl Press {
    /// Something to press whose label says it all.
    pub(super) fn new(id: impl ToString, label: &str) -> Self {
        Self { id: id.to_string(), label: label.to_owned(), whole: label.to_owned() }
    }
}

/// Things to press under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) heading: String,
    pub(super) presses: Vec<Press>,
}

/// What is said, before it is fitted into messages.
pub(super) struct Speech {
    pub(super) text: String,
    pub(super) presses: Presses,
}

/// What can be pressed below the words. `short` stands over it when the words are
/// too long for one message and go before.
pub(super) enum Presses {
    None,
    /// One to three buttons.
    Buttons {
        short: String,
        buttons: Vec<Press>,
    },
    /// Buttons when there are few, else a list that `open` opens.
    Choices {
        short: String,
        open: String,
        groups: Vec<Group>,
    },
}

impl Speech {
    /// Words alone.
    pub(super) fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), presses: Presses::None }
    }

    /// Words with buttons, and over those alone when they are too long.
    pub(super) fn with_buttons(text: String, short: String, buttons: Vec<Press>) -> Self {
        Self { text, presses: Presses::Buttons { short, buttons } }
    }

    /// The fewest messages that say it, with other words before.
    pub(super) fn messages(self, before: &str) -> Vec<Message> {
        let gap = if before.is_empty() { "" } else { "\n\n" };
        let text = format!("{before}{gap}{}", self.text);
        match self.presses {
            Presses::None => words(&text),
            Presses::Buttons { short, buttons } => with_buttons(&text, &short, &buttons),
            Presses::Choices { short, open, groups } => with_choices(&text, &short, &open, &groups),
        }
    }
}

/// Words alone, split between lines when they are too long for one message.
pub(super) fn words(text: &str) -> Vec<Message> {
    split(text, MAX_TEXT).iter().map(|part| Message::Text(Text::cut(part))).collect()
}

/// Words with one to three buttons; `short` stands above the buttons when the
/// words go before.
fn with_buttons(text: &str, short: &str, presses: &[Press]) -> Vec<Message> {
    let button = |press: &Press| {
        Button::new(press.id.as_str(), Limited::<20>::cut(&press.label).as_str()).ok()
    };
    let buttons: Vec<Button> = presses.iter().filter_map(button).collect();
    one_or_two(text, short, |body| Buttons::new(body, buttons.clone()).map(Message::Buttons).ok())
}

/// Words with things to press in groups: as buttons when there is one group of
/// up to three whose labels fit, else as a list that `open` opens, else, beyond
/// ten in all, as words alone, which must name them then.
fn with_choices(text: &str, short: &str, open: &str, groups: &[Group]) -> Vec<Message> {
    if let [group] = groups
        && group.presses.len() <= Buttons::MAX_BUTTONS
        && group.presses.iter().all(|press| press.label.chars().count() <= 20)
        && (text.chars().count() <= Buttons::MAX_BODY || text.chars().count() > List::MAX_BODY)
        && distinct(&group.presses)
    {
        return with_buttons(text, short, &group.presses);
    }
    let total: usize = groups.iter().map(|group| group.presses.len()).sum();
    if total == 0 || total > List::MAX_ROWS {
        return words(text);
    }
    let sections: Vec<Section> = groups.iter().filter_map(section).collect();
    one_or_two(text, short, |body| List::new(body, open, sections.clone()).map(Message::List).ok())
}

fn distinct(presses: &[Press]) -> bool {
    let mut labels: Vec<&str> = presses.iter().map(|press| press.label.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    labels.len() == presses.len()
}

fn section(group: &Group) -> Option<Section> {
    let row = |press: &Press| {
        let row = Row::new(press.id.as_str(), Limited::<24>::cut(&press.label).as_str()).ok()?;
        if press.whole == press.label && press.label.chars().count() <= 24 {
            return Some(row);
        }
        row.with_description(Limited::<72>::cut(&press.whole).as_str()).ok()
    };
    let rows: Vec<Row> = group.presses.iter().filter_map(row).collect();
    Section::new(Limited::<24>::cut(&group.heading).as_str(), rows).ok()
}

/// The words as the body of `interactive` when it takes them; else before it.
/// Without anything to press the words stand alone.
fn one_or_two(
    text: &str,
    short: &str,
    interactive: impl Fn(&str) -> Option<Message>,
) -> Vec<Message> {
    if let Some(message) = interactive(text) {
        return vec![message];
    }
    let mut messages = words(text);
    messages.extend(interactive(short));
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(id: usize, label: &str) -> Press {
        Press::new(format!("x:{id}"), label)
    }

    #[test]
    fn long_words_are_split_between_lines_and_nothing_is_lost() {
        let line = "500 × Tijolo cerâmico de 8 furos\n";
        let text = line.repeat(400);
        let messages = words(&text);
        assert!(messages.len() > 1);
        let all: Vec<&str> = messages.iter().map(Message::words).collect();
        assert!(all.iter().all(|part| part.chars().count() <= MAX_TEXT));
        assert_eq!(all.join("\n"), text.trim());
        assert_eq!(words(&"x".repeat(9000)).len(), 3);
    }

    #[test]
    fn words_that_fit_are_one_message_and_longer_ones_go_before_the_buttons() {
        let presses = [press(1, "Sim"), press(2, "Não")];
        assert_eq!(with_buttons(&"a".repeat(1024), "Posso?", &presses).len(), 1);
        let two = with_buttons(&"a".repeat(1025), "Posso?", &presses);
        assert_eq!(two.len(), 2);
        assert_eq!(two[1].words(), "Posso?");
    }

    #[test]
    fn choices_are_buttons_or_a_list_or_words() {
        let group = |count: usize, label: &str| Group {
            heading: "cimento".into(),
            presses: (0..count).map(|id| press(id, &format!("{label} {id}"))).collect(),
        };
        let kind = |groups: &[Group]| {
            let messages = with_choices("Qual?", "Qual?", "Escolher", groups);
            assert_eq!(messages.len(), 1);
            match &messages[0] {
                Message::Buttons(_) => "buttons",
                Message::List(_) => "list",
                _ => "words",
            }
        };
        assert_eq!(kind(&[group(3, "CP")]), "buttons");
        assert_eq!(kind(&[group(2, "Cimento CP II-E-32 do saco")]), "list");
        assert_eq!(kind(&[group(4, "CP")]), "list");
        assert_eq!(kind(&[group(11, "CP")]), "words");
    }
}
