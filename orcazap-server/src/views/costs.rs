//! What WhatsApp costs the store: a month, and the months before.

use serde::Serialize;

use super::View;
use super::words::Tone;

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Show {
    /// `novembro de 2026`.
    pub(crate) month: String,
    pub(crate) tiles: Vec<Figure>,
    pub(crate) lines: Vec<Line>,
    /// Messages of which no price is known, one sentence each.
    pub(crate) unpriced: Vec<String>,
    /// What is left of each number's free messages.
    pub(crate) numbers: Vec<Named>,
    pub(crate) past: Vec<Named>,
    /// By which list it was counted.
    pub(crate) basis: String,
}

/// A figure with what it counts.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    pub(crate) value: String,
    pub(crate) label: &'static str,
    pub(crate) tone: Tone,
}

/// A value under a name that a person chose, or a month.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Named {
    pub(crate) label: String,
    pub(crate) value: String,
}

/// Messages of one category.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) messages: String,
    pub(crate) charged: String,
    pub(crate) cost: String,
}

impl View for Show {
    const TEMPLATE: &'static str = "pages/costs/show.html";
}

#[cfg(test)]
impl Show {
    pub(super) fn samples() -> Vec<Self> {
        let named = |label: &str, value: &str| Named { label: label.into(), value: value.into() };
        let full = Self {
            month: "novembro de 2026".to_owned(),
            tiles: vec![Figure {
                value: "R$ 12,30".to_owned(),
                label: "neste mês",
                tone: Tone::Plain,
            }],
            lines: vec![Line {
                label: "Respostas",
                hint: "dentro das 24 horas",
                messages: "1.200".to_owned(),
                charged: "200".to_owned(),
                cost: "R$ 7,34".to_owned(),
            }],
            unpriced: vec!["3 mensagens sem preço conhecido".to_owned()],
            numbers: vec![named("Balcão", "nenhuma de 1.000")],
            past: vec![named("outubro de 2026", "R$ 10,00")],
            basis: "Pela lista de preços do Brasil.".to_owned(),
        };
        let empty = Self {
            tiles: Vec::new(),
            lines: Vec::new(),
            unpriced: Vec::new(),
            numbers: Vec::new(),
            past: Vec::new(),
            ..full.clone()
        };
        vec![full, empty]
    }
}
