//! What surrounds every page of a store: its name, the person, the ways to go.

use serde::Serialize;

/// A part of the dashboard, as the navigation lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Home,
    Approvals,
    Conversations,
    Quotes,
    Products,
}

impl Section {
    const ALL: [(Self, &'static str, &'static str, &'static str); 5] = [
        (Self::Home, "/", "home", "Início"),
        (Self::Approvals, "/aprovacoes", "approvals", "Aprovações"),
        (Self::Conversations, "/conversas", "conversations", "Conversas"),
        (Self::Quotes, "/orcamentos", "quotes", "Orçamentos"),
        (Self::Products, "/produtos", "products", "Produtos"),
    ];
}

/// Whether a whole page is shown or only what stands inside its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Page,
    Fragment,
}

/// The frame of a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Frame {
    layout: &'static str,
    store: String,
    person: String,
    csrf: String,
    nav: Vec<Entry>,
}

#[derive(Debug, Clone, Serialize)]
struct Entry {
    href: &'static str,
    icon: &'static str,
    label: &'static str,
    current: bool,
    count: Option<String>,
}

impl Frame {
    /// The frame of a page in a section; `waiting` approvals are shown beside
    /// their entry.
    pub(crate) fn new(
        layout: Layout,
        section: Section,
        store: &str,
        person: &str,
        csrf: &str,
        waiting: i64,
    ) -> Self {
        let count = match waiting {
            ..=0 => None,
            1..=99 => Some(waiting.to_string()),
            _ => Some("99+".to_owned()),
        };
        let nav = Section::ALL.map(|(of, href, icon, label)| Entry {
            href,
            icon,
            label,
            current: of == section,
            count: count.clone().filter(|_| of == Section::Approvals),
        });
        Self {
            layout: match layout {
                Layout::Page => "base.html",
                Layout::Fragment => "fragment.html",
            },
            store: store.to_owned(),
            person: person.to_owned(),
            csrf: csrf.to_owned(),
            nav: nav.into(),
        }
    }

    #[cfg(test)]
    pub(crate) fn samples() -> Vec<Self> {
        let sample = |layout, waiting| {
            Self::new(layout, Section::Approvals, "Casa & Obra", "Ana Souza", "c5f", waiting)
        };
        vec![sample(Layout::Page, 120), sample(Layout::Fragment, 0)]
    }
}
