//! News for the store's people, and the strip that shows the pressing one.

use serde::Serialize;

use super::View;
use super::quotes::Pager;
use super::words::Tone;

/// A page of news.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct List {
    pub(crate) rows: Vec<Row>,
    /// Whether some of it was not seen yet.
    pub(crate) unseen: bool,
    pub(crate) pager: Pager,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) tone: Tone,
    pub(crate) title: String,
    pub(crate) detail: String,
    pub(crate) advice: &'static str,
    /// The number it is about.
    pub(crate) channel: Option<String>,
    /// The conversation it is about.
    pub(crate) conversation: Option<String>,
    pub(crate) at: String,
    pub(crate) age: String,
    pub(crate) seen: bool,
}

impl View for List {
    const TEMPLATE: &'static str = "pages/notices/list.html";
}

#[cfg(test)]
impl List {
    pub(super) fn samples() -> Vec<Self> {
        let row = Row {
            id: "1".to_owned(),
            tone: Tone::Bad,
            title: "A Meta restringiu a conta".to_owned(),
            detail: "A loja não pode <b>responder</b>.".to_owned(),
            advice: "Abra o Gerenciador do WhatsApp.",
            channel: Some("Balcão".to_owned()),
            conversation: Some("/conversas/1".to_owned()),
            at: "26/11/2026 14:05".to_owned(),
            age: "há 5 min".to_owned(),
            seen: false,
        };
        let seen = Row {
            channel: None,
            conversation: None,
            detail: String::new(),
            advice: "",
            seen: true,
            ..row.clone()
        };
        let full = Self { rows: vec![row, seen], unseen: true, pager: Pager::default() };
        vec![full.clone(), Self { rows: Vec::new(), unseen: false, ..full }]
    }
}
