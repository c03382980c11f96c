//! The first page of the dashboard: figures, and what needs a person.

use serde::Serialize;

use super::View;
use super::words::Tone;

/// The first page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Home {
    pub(crate) person: String,
    pub(crate) today: String,
    pub(crate) tiles: Vec<Tile>,
    pub(crate) attention: Vec<Attention>,
    pub(crate) quotes: Vec<super::quotes::Row>,
}

/// A figure with what it counts.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Tile {
    pub(crate) value: String,
    pub(crate) label: &'static str,
    pub(crate) href: &'static str,
    pub(crate) tone: Tone,
    /// Whether only who sees costs may see it.
    pub(crate) private: bool,
}

/// Something that waits for a person.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Attention {
    pub(crate) href: String,
    pub(crate) icon: &'static str,
    pub(crate) tone: Tone,
    pub(crate) title: String,
    pub(crate) detail: String,
    pub(crate) figure: String,
    pub(crate) age: String,
}

impl View for Home {
    const TEMPLATE: &'static str = "pages/store/home.html";
}

#[cfg(test)]
impl Tile {
    pub(super) fn sample() -> Self {
        Self {
            value: "3".to_owned(),
            label: "para aprovar",
            href: "/",
            tone: Tone::Warn,
            private: true,
        }
    }
}

#[cfg(test)]
impl Home {
    pub(super) fn samples() -> Vec<Self> {
        let attention = Attention {
            href: "/aprovacoes".to_owned(),
            icon: "approvals",
            tone: Tone::Warn,
            title: "João".to_owned(),
            detail: "Margem baixa".to_owned(),
            figure: "R$ 1.234,50".to_owned(),
            age: "há 5 min".to_owned(),
        };
        let full = Self {
            person: "Ana".to_owned(),
            today: "quinta-feira, 26 de novembro".to_owned(),
            tiles: vec![Tile::sample()],
            attention: vec![attention],
            quotes: vec![super::quotes::Row::sample()],
        };
        let calm = Self { attention: Vec::new(), quotes: Vec::new(), ..full.clone() };
        vec![full, calm]
    }
}
