//! Conversations: the list, and one with its messages and what a person can do.

use serde::Serialize;

use super::View;
use super::emphasis::Span;
#[cfg(test)]
use super::emphasis::spans;
use super::quotes::Pager;
use super::words::{Badge, Pair};

/// A page of conversations.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct List {
    pub(crate) filters: Vec<Filter>,
    pub(crate) rows: Vec<Row>,
    pub(crate) pager: Pager,
}

/// One way to narrow the list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Filter {
    pub(crate) href: String,
    pub(crate) label: &'static str,
    pub(crate) current: bool,
}

/// One conversation in the list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) href: String,
    pub(crate) initial: String,
    pub(crate) customer: String,
    pub(crate) detail: String,
    pub(crate) state: Badge,
    pub(crate) at: String,
}

/// One conversation.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Show {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) phone: String,
    pub(crate) number: String,
    pub(crate) state: Badge,
    pub(crate) state_hint: &'static str,
    pub(crate) error: Option<&'static str>,
    pub(crate) older: Option<String>,
    pub(crate) messages: Vec<Message>,
    pub(crate) can_reply: bool,
    pub(crate) reply_hint: &'static str,
    pub(crate) text: String,
    pub(crate) acts: Vec<Act>,
    pub(crate) understood: Vec<Pair>,
    /// At whose prices the customer buys, where the store has lists for some.
    pub(crate) prices: Option<Prices>,
    pub(crate) quotes: Vec<super::quotes::Row>,
    /// What it has cost at WhatsApp; for the owner.
    pub(crate) cost: Option<String>,
}

/// One message.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Message {
    pub(crate) side: Side,
    pub(crate) who: String,
    pub(crate) spans: Vec<Span>,
    pub(crate) at: String,
    pub(crate) status: Option<Badge>,
    /// Why it did not go out, when it waits for a person.
    pub(crate) stuck: Option<Stuck>,
    pub(crate) file: Option<File>,
}

/// A message that did not go out.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Stuck {
    pub(crate) id: String,
    pub(crate) reason: String,
}

/// A file in a message.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct File {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) show: FileShow,
    /// Its size, or why it is not here.
    pub(crate) note: String,
}

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileShow {
    Picture,
    Sound,
    Film,
    /// To take away only.
    Link,
    /// It is not here (yet).
    Note,
}

/// Who wrote: the customer (`in`) or the store (`out`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Side {
    In,
    Out,
}

/// At whose prices a customer buys.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Prices {
    pub(crate) groups: Vec<Choice>,
    pub(crate) customers: Vec<Choice>,
    pub(crate) may_choose: bool,
}

/// A group or customer that the store has a price list for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Choice {
    pub(crate) key: String,
    pub(crate) chosen: bool,
}

/// Something a person can do with a conversation.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Act {
    pub(crate) path: String,
    pub(crate) label: &'static str,
    pub(crate) tone: &'static str,
}

impl View for List {
    const TEMPLATE: &'static str = "pages/conversations/list.html";
}

impl View for Show {
    const TEMPLATE: &'static str = "pages/conversations/show.html";
}

#[cfg(test)]
impl List {
    pub(super) fn samples() -> Vec<Self> {
        let row = Row {
            href: "/conversas/1".to_owned(),
            initial: "J".to_owned(),
            customer: "João".to_owned(),
            detail: "20 sacos de cimento".to_owned(),
            state: Badge::warn("Aguarda aprovação"),
            at: "14:05".to_owned(),
        };
        let filter = Filter { href: "/conversas".to_owned(), label: "Todas", current: true };
        let full = Self { filters: vec![filter], rows: vec![row], pager: Pager::default() };
        vec![full.clone(), Self { rows: Vec::new(), ..full }]
    }
}

#[cfg(test)]
impl Show {
    pub(super) fn samples() -> Vec<Self> {
        let inbound = Message {
            side: Side::In,
            who: "Cliente".to_owned(),
            spans: spans("20 sacos <b>de cimento</b>"),
            at: "14:05".to_owned(),
            status: None,
            stuck: None,
            file: None,
        };
        let file = |show| Message {
            file: Some(File {
                id: "7".to_owned(),
                name: "lista <da> obra.pdf".to_owned(),
                show,
                note: "1,2 MB".to_owned(),
            }),
            ..inbound.clone()
        };
        let shows =
            [FileShow::Picture, FileShow::Sound, FileShow::Film, FileShow::Link, FileShow::Note];
        let outbound = Message {
            side: Side::Out,
            who: "Assistente".to_owned(),
            spans: spans("*Orçamento* <b>1042</b>"),
            at: "14:06".to_owned(),
            status: Some(Badge::good("lida")),
            stuck: Some(Stuck { id: "9".to_owned(), reason: "A janela fechou.".to_owned() }),
            file: None,
        };
        let mut messages = vec![inbound.clone(), outbound];
        messages.extend(shows.map(file));
        let full = Self {
            id: "1".to_owned(),
            customer: "João".to_owned(),
            phone: "(11) 98765-4321".to_owned(),
            number: "1042".to_owned(),
            state: Badge::warn("Aguarda aprovação"),
            state_hint: "O assistente cuida.",
            error: Some("Não enviado."),
            older: Some("/conversas/1?antes=5".to_owned()),
            messages,
            can_reply: true,
            reply_hint: "",
            text: "oi".to_owned(),
            acts: vec![Act { path: "assumir".to_owned(), label: "Assumir", tone: "primary" }],
            understood: vec![Pair::new("Itens", "20 sacos de cimento")],
            prices: Some(Prices {
                groups: vec![Choice { key: "Construtoras".to_owned(), chosen: true }],
                customers: Vec::new(),
                may_choose: true,
            }),
            quotes: vec![super::quotes::Row::sample()],
            cost: Some("R$ 0,11 · 3 mensagens entregues".to_owned()),
        };
        let bare = Self {
            error: None,
            older: None,
            messages: Vec::new(),
            can_reply: false,
            acts: Vec::new(),
            understood: Vec::new(),
            prices: None,
            quotes: Vec::new(),
            cost: None,
            ..full.clone()
        };
        let seen = Prices {
            groups: Vec::new(),
            customers: vec![Choice { key: "17".to_owned(), chosen: false }],
            may_choose: false,
        };
        vec![Self { prices: Some(seen), ..full.clone() }, full, bare]
    }
}
