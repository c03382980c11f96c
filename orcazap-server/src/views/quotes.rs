//! Quotes: rows of lists, and the page of one with the trace of its price.

use serde::Serialize;

use super::View;
use super::changes::Edit;
use super::figures::{Line, Sum};
use super::words::{Badge, Pair, Reason};

/// One quote in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) href: String,
    pub(crate) number: String,
    pub(crate) customer: String,
    pub(crate) stage: Badge,
    pub(crate) total: String,
    pub(crate) margin: String,
    pub(crate) at: String,
}

/// Where the next and the first page are.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Pager {
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
}

/// A page of quotes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct List {
    pub(crate) rows: Vec<Row>,
    pub(crate) pager: Pager,
}

/// One quote.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Show {
    pub(crate) number: String,
    pub(crate) customer: String,
    pub(crate) at: String,
    pub(crate) conversation: String,
    pub(crate) stage: Badge,
    pub(crate) tiles: Vec<super::home::Tile>,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) decision: Option<String>,
    /// Who changed what in it, if a person did.
    pub(crate) edit: Option<Edit>,
    pub(crate) lines: Vec<Line>,
    pub(crate) sums: Vec<Sum>,
    pub(crate) missing: Option<String>,
    pub(crate) facts: Vec<Pair>,
    pub(crate) book_version: String,
    pub(crate) trace: Vec<Step>,
}

/// One figure and the rule that made it, in a sentence.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Step {
    pub(crate) text: String,
    /// Whether it belongs to the line above it.
    pub(crate) inner: bool,
    /// Whether only the store may see it.
    pub(crate) private: bool,
}

impl View for List {
    const TEMPLATE: &'static str = "pages/quotes/list.html";
}

impl View for Show {
    const TEMPLATE: &'static str = "pages/quotes/show.html";
}

#[cfg(test)]
impl Row {
    pub(super) fn sample() -> Self {
        Self {
            href: "/orcamentos/1042/2".to_owned(),
            number: "1042/2".to_owned(),
            customer: "João <Pereira>".to_owned(),
            stage: Badge::good("Enviado"),
            total: "R$ 1.234,50".to_owned(),
            margin: "12,5 %".to_owned(),
            at: "26/11/2026 14:05".to_owned(),
        }
    }
}

#[cfg(test)]
impl List {
    pub(super) fn samples() -> Vec<Self> {
        let pager = Pager { first: Some("/a".to_owned()), next: Some("/b".to_owned()) };
        let full = Self { rows: vec![Row::sample()], pager };
        vec![full, Self { rows: Vec::new(), pager: Pager::default() }]
    }
}

#[cfg(test)]
impl Show {
    pub(super) fn samples() -> Vec<Self> {
        let line = Line::sample();
        let full = Self {
            number: "1042/2".to_owned(),
            customer: "João".to_owned(),
            at: "26/11/2026 14:05".to_owned(),
            conversation: "/conversas/1".to_owned(),
            stage: Badge::good("Enviado"),
            tiles: vec![super::home::Tile::sample()],
            reasons: vec![Reason::sample()],
            decision: Some("Orçamento aprovado por Ana".to_owned()),
            edit: Some(Edit::sample()),
            lines: vec![line.clone(), Line { discount: None, ..line }],
            sums: vec![Sum::sample()],
            missing: Some("guindaste".to_owned()),
            facts: vec![Pair::new("Entrega", "Centro")],
            book_version: "7".to_owned(),
            trace: vec![Step { text: "Total: R$ 1,00".to_owned(), inner: true, private: true }],
        };
        let bare = Self {
            reasons: Vec::new(),
            decision: None,
            edit: None,
            missing: None,
            trace: Vec::new(),
            ..full.clone()
        };
        vec![full, bare]
    }
}
