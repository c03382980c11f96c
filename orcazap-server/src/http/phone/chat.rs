//! A conversation as the customer's phone shows it: what they wrote, from here,
//! and what the store sent, from the stand-in's record, in the order of time.

use std::collections::{BTreeSet, VecDeque};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use orcazap_whatsapp::MessageId;
use orcazap_whatsapp::graph_sim::SimSent;
use serde::Serialize;
use serde_json::Value;

use super::people::Person;

/// How many messages of customers are kept.
const KEPT: usize = 5_000;
/// How much of a message is shown above the answer to it.
const QUOTED_CHARS: usize = 90;

/// A message that a customer wrote.
#[derive(Debug, Clone)]
pub(super) struct Mine {
    /// The number's digits.
    pub(super) from: String,
    /// Its id; none while it has not been taken.
    pub(super) id: Option<MessageId>,
    /// What is shown of it.
    pub(super) text: String,
    /// The message it answers.
    pub(super) context: Option<MessageId>,
    /// When it was written.
    pub(super) at: DateTime<Utc>,
}

/// What customers wrote, and what was read of it.
#[derive(Debug, Default)]
pub(super) struct Chat {
    mine: VecDeque<Mine>,
    read: BTreeSet<MessageId>,
}

/// How far a customer's message got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Pending,
    Delivered,
    Read,
}

/// One message as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Bubble {
    id: String,
    mine: bool,
    day: String,
    clock: String,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quoted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    footer: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    buttons: Vec<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<List>,
}

/// A button, or a row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Choice {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

/// A list that opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct List {
    label: String,
    sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Section {
    title: Option<String>,
    rows: Vec<Choice>,
}

impl Chat {
    /// Keeps what a customer wrote.
    pub(super) fn wrote(&mut self, mine: Mine) {
        if self.mine.len() >= KEPT {
            self.mine.pop_front();
        }
        self.mine.push_back(mine);
    }

    /// Notes that the store has read a message.
    pub(super) fn read(&mut self, id: &MessageId) {
        if self.mine.iter().any(|mine| mine.id.as_ref() == Some(id)) {
            self.read.insert(id.clone());
        }
    }

    /// A customer's conversation, oldest first.
    pub(super) fn bubbles(&self, person: &Person, sent: &[SimSent], zone: Tz) -> Vec<Bubble> {
        let theirs = sent.iter().filter(|sent| person.is(&sent.to));
        let mut bubbles: Vec<_> = theirs.map(|sent| (sent.at, theirs_shown(sent, zone))).collect();
        let mine = self.mine.iter().filter(|mine| mine.from == person.id).enumerate();
        bubbles.extend(mine.map(|(nth, mine)| (mine.at, self.mine_shown(nth, mine, sent, zone))));
        bubbles.sort_by_key(|(at, _)| *at);
        bubbles.into_iter().map(|(_, bubble)| bubble).collect()
    }

    fn mine_shown(&self, nth: usize, mine: &Mine, sent: &[SimSent], zone: Tz) -> Bubble {
        let status = match &mine.id {
            None => Status::Pending,
            Some(id) if self.read.contains(id) => Status::Read,
            Some(_) => Status::Delivered,
        };
        let id = mine.id.as_ref().map_or_else(|| format!("mine-{nth}"), ToString::to_string);
        let answered = mine.context.as_ref().and_then(|id| sent.iter().find(|s| s.id == *id));
        let quoted = answered.map(|sent| first_words(sent.words()));
        Bubble { status: Some(status), quoted, ..bubble(id, true, mine.at, &mine.text, zone) }
    }
}

fn bubble(id: String, mine: bool, at: DateTime<Utc>, text: &str, zone: Tz) -> Bubble {
    let local = at.with_timezone(&zone);
    Bubble {
        id,
        mine,
        day: local.format("%d/%m/%Y").to_string(),
        clock: local.format("%H:%M").to_string(),
        text: text.to_owned(),
        status: None,
        quoted: None,
        header: None,
        footer: None,
        buttons: Vec::new(),
        list: None,
    }
}

fn theirs_shown(sent: &SimSent, zone: Tz) -> Bubble {
    let text =
        |pointer: &str| sent.json.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    let words = match sent.words() {
        "" => text("/template/name").map_or_else(
            || format!("({})", sent.kind),
            |name| format!("(modelo de mensagem {name})"),
        ),
        words => words.to_owned(),
    };
    let action = sent.json.pointer("/interactive/action");
    let label = action.and_then(|action| string(action, "button"));
    let buttons = entries(action, "buttons").iter();
    let buttons = buttons.filter_map(|button| button.get("reply")).filter_map(choice).collect();
    let sections = entries(action, "sections").iter().map(|section| Section {
        title: string(section, "title"),
        rows: entries(Some(section), "rows").iter().filter_map(choice).collect(),
    });
    let sections: Vec<_> = sections.collect();
    Bubble {
        header: text("/interactive/header/text"),
        footer: text("/interactive/footer/text"),
        buttons,
        list: label.map(|label| List { label, sections }),
        ..bubble(sent.id.to_string(), false, sent.at, &words, zone)
    }
}

fn entries<'a>(value: Option<&'a Value>, name: &str) -> &'a [Value] {
    let list = value.and_then(|value| value.get(name)).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

fn string(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn choice(value: &Value) -> Option<Choice> {
    Some(Choice {
        id: string(value, "id")?,
        title: string(value, "title")?,
        description: string(value, "description"),
    })
}

fn first_words(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let plain = line.replace(['*', '_'], "");
    let mut cut: String = plain.chars().take(QUOTED_CHARS).collect();
    if plain.chars().count() > QUOTED_CHARS {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::phone::people::People;
    use serde_json::json;

    #[test]
    fn what_both_sides_wrote_stands_in_the_order_of_time() {
        let person = People::default().all().remove(0);
        let at = |second: i64| DateTime::from_timestamp(1_764_170_000 + second, 0).unwrap();
        let sent = SimSent {
            id: "wamid.A".parse().unwrap(),
            from: "1000".parse().unwrap(),
            to: person.as_customer().unwrap().key,
            kind: "interactive".to_owned(),
            json: json!({ "interactive": {
                "type": "button",
                "body": { "text": "*Orçamento 1042/1*\nTotal" },
                "action": { "buttons": [
                    { "type": "reply", "reply": { "id": "accept:1042:1", "title": "Aceitar" } },
                ] },
            } }),
            at: at(2),
        };
        let mut chat = Chat::default();
        let mine = |id: &str, text: &str, second| Mine {
            from: person.id.clone(),
            id: id.parse().ok(),
            text: text.to_owned(),
            context: (second > 2).then(|| sent.id.clone()),
            at: at(second),
        };
        chat.wrote(mine("wamid.1", "20 sacos", 1));
        chat.wrote(mine("wamid.2", "Aceitar", 3));
        chat.read(&"wamid.1".parse().unwrap());
        let bubbles = chat.bubbles(&person, &[sent], chrono_tz::America::Sao_Paulo);
        let texts: Vec<_> = bubbles.iter().map(|bubble| bubble.text.as_str()).collect();
        assert_eq!(texts, ["20 sacos", "*Orçamento 1042/1*\nTotal", "Aceitar"]);
        assert_eq!(bubbles[0].status, Some(Status::Read));
        assert_eq!(bubbles[1].buttons[0].title, "Aceitar");
        assert_eq!(bubbles[2].quoted.as_deref(), Some("Orçamento 1042/1"));
        let other = People::default().all().remove(1);
        assert_eq!(chat.bubbles(&other, &[], chrono_tz::America::Sao_Paulo), []);
    }
}
