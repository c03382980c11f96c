//! What surrounds every page of a store: its name, the person, the ways to go.

use orcazap_core::authority::Role;
use serde::Serialize;

use super::words;

/// A part of the dashboard, as the navigation lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Home,
    Approvals,
    Conversations,
    Quotes,
    Products,
    Prices,
    Notices,
    Settings,
    Texts,
}

impl Section {
    const ALL: [(Self, &'static str, &'static str, &'static str); 9] = [
        (Self::Home, "/", "home", "Início"),
        (Self::Approvals, "/aprovacoes", "approvals", "Aprovações"),
        (Self::Conversations, "/conversas", "conversations", "Conversas"),
        (Self::Quotes, "/orcamentos", "quotes", "Orçamentos"),
        (Self::Products, "/produtos", "products", "Produtos"),
        (Self::Prices, "/precos", "prices", "Preços"),
        (Self::Notices, "/avisos", "bell", "Avisos"),
        (Self::Settings, "/ajustes", "settings", "Ajustes"),
        (Self::Texts, "/textos", "texts", "Textos"),
    ];

    /// Whether a person is let in.
    pub(crate) fn is_open_to(self, role: Role) -> bool {
        match self {
            Self::Settings => role == Role::Owner,
            Self::Prices | Self::Texts => matches!(role, Role::Owner | Role::Manager),
            Self::Home
            | Self::Approvals
            | Self::Conversations
            | Self::Quotes
            | Self::Products
            | Self::Notices => true,
        }
    }
}

/// Whether a whole page is shown or only what stands inside its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Page,
    Fragment,
}

/// Who sits before the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person<'a> {
    pub(crate) name: &'a str,
    pub(crate) role: Role,
    /// Whether they see what goods cost and what the store earns on them.
    pub(crate) sees_costs: bool,
}

/// The frame of a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Frame {
    layout: &'static str,
    store: String,
    person: String,
    role: &'static str,
    /// Templates show costs and margins only then.
    sees_costs: bool,
    csrf: String,
    nav: Vec<Entry>,
    pressing: Option<Pressing>,
}

/// What waits for the store's people, whatever page they are on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waiting {
    /// Quotes to approve.
    pub(crate) approvals: i64,
    /// News that nobody has seen.
    pub(crate) notices: i64,
    /// The news that can't wait.
    pub(crate) pressing: Option<Pressing>,
}

/// News that stands on every page until somebody has seen it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Pressing {
    pub(crate) title: String,
    pub(crate) advice: &'static str,
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
    /// The frame of a page in a section, with what waits.
    pub(crate) fn new(
        layout: Layout,
        section: Section,
        store: &str,
        person: Person<'_>,
        csrf: &str,
        waiting: Waiting,
    ) -> Self {
        let count = |waiting: i64| match waiting {
            ..=0 => None,
            1..=99 => Some(waiting.to_string()),
            _ => Some("99+".to_owned()),
        };
        let open = Section::ALL.into_iter().filter(|(of, ..)| of.is_open_to(person.role));
        let nav = open.map(|(of, href, icon, label)| Entry {
            href,
            icon,
            label,
            current: of == section,
            count: match of {
                Section::Approvals => count(waiting.approvals),
                Section::Notices => count(waiting.notices),
                _ => None,
            },
        });
        Self {
            layout: match layout {
                Layout::Page => "base.html",
                Layout::Fragment => "fragment.html",
            },
            store: store.to_owned(),
            person: person.name.to_owned(),
            role: words::role(person.role),
            sees_costs: person.sees_costs,
            csrf: csrf.to_owned(),
            nav: nav.collect(),
            pressing: waiting.pressing,
        }
    }

    #[cfg(test)]
    pub(crate) fn samples() -> Vec<Self> {
        let sample = |layout, role, waiting| {
            let person = Person { name: "Ana Souza", role, sees_costs: role == Role::Owner };
            Self::new(layout, Section::Approvals, "Casa & Obra", person, "c5f", waiting)
        };
        let pressing = Pressing { title: "A Meta restringiu a conta".to_owned(), advice: "Veja." };
        let full = Waiting { approvals: 120, notices: 3, pressing: Some(pressing) };
        vec![
            sample(Layout::Page, Role::Owner, full),
            sample(Layout::Fragment, Role::Attendant, Waiting::default()),
        ]
    }
}
