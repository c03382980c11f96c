//! The rules a store prices by: the list, one rule's form, and what a change would do.

pub(crate) mod words;

use serde::Serialize;

use super::View;
use super::fields::Field;
use super::words::Badge;

/// A kind of rule; each is a section of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Tiers,
    Payment,
    Freight,
    Origin,
    Lists,
    Points,
}

impl Kind {
    /// Every kind, as the page has them.
    pub(crate) const ALL: [Self; 6] =
        [Self::Tiers, Self::Payment, Self::Freight, Self::Origin, Self::Lists, Self::Points];

    /// Its word in addresses.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Tiers => "descontos",
            Self::Payment => "pagamento",
            Self::Freight => "frete",
            Self::Origin => "saida",
            Self::Lists => "tabelas",
            Self::Points => "precos-fixos",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Every rule.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct List {
    /// Whether one has just been changed.
    pub(crate) saved: bool,
    /// The price book's version, which quotes name.
    pub(crate) version: String,
    pub(crate) query: String,
    /// What looks like a mistake.
    pub(crate) warnings: Vec<String>,
    pub(crate) sections: Vec<Section>,
}

/// The rules of one kind.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Section {
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    pub(crate) sub: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) count: String,
    /// What is said where there is no row.
    pub(crate) empty: &'static str,
    /// What adding one is called, where one can be added.
    pub(crate) add: Option<&'static str>,
    /// Whether there are more than are shown.
    pub(crate) more: bool,
    pub(crate) rows: Vec<Row>,
}

/// One rule.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) detail: String,
    /// Where it is changed.
    pub(crate) edit: String,
}

/// The form of one rule.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Edit {
    pub(crate) code: &'static str,
    pub(crate) section: &'static str,
    pub(crate) title: String,
    /// The key of the rule; empty for a new one.
    pub(crate) was: String,
    pub(crate) fields: Vec<Field>,
    /// Why nothing was kept, and what to do.
    pub(crate) error: Option<String>,
    /// What the change would do, where that was asked for.
    pub(crate) effect: Option<Effect>,
}

/// What a change would have done to the last quotes; pairs are before and after.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Effect {
    /// Whether it is that of taking the rule out.
    pub(crate) removes: bool,
    /// How many are compared, in words.
    pub(crate) quotes: String,
    /// Whether there are quotes at all.
    pub(crate) any: bool,
    /// Quotes that can't be priced any more.
    pub(crate) unpriced: usize,
    pub(crate) cheaper: usize,
    pub(crate) dearer: usize,
    pub(crate) now_auto: usize,
    pub(crate) now_asks: usize,
    pub(crate) total: [String; 2],
    pub(crate) difference: String,
    pub(crate) margin: [String; 2],
    /// The quotes that change.
    pub(crate) rows: Vec<Compared>,
    /// What would look like a mistake.
    pub(crate) warnings: Vec<String>,
}

/// A quote by the rules before and after.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Compared {
    pub(crate) number: String,
    pub(crate) href: String,
    pub(crate) total: [String; 2],
    pub(crate) difference: String,
    pub(crate) margin: [String; 2],
    pub(crate) lines: String,
    /// The payment term and the freight rule, where another one holds.
    pub(crate) rules: Vec<String>,
    /// How the decision changes, where it does.
    pub(crate) decision: Option<Badge>,
}

impl View for List {
    const TEMPLATE: &'static str = "pages/prices/list.html";
}

impl View for Edit {
    const TEMPLATE: &'static str = "pages/prices/edit.html";
}

#[cfg(test)]
impl List {
    pub(super) fn samples() -> Vec<Self> {
        let row = Row {
            title: "5% a partir de 10".to_owned(),
            detail: "Cimento CP II 50kg (CIM)".to_owned(),
            edit: "/precos/descontos?regra=0f".to_owned(),
        };
        let section = Section {
            code: "descontos",
            title: "Descontos por volume",
            sub: "Para quem leva mais.",
            icon: "products",
            count: "1".to_owned(),
            empty: "Nenhum desconto.",
            add: Some("Acrescentar desconto"),
            more: true,
            rows: vec![row],
        };
        let none = Section { rows: Vec::new(), add: None, more: false, ..section.clone() };
        vec![Self {
            saved: true,
            version: "7".to_owned(),
            query: "cimento".to_owned(),
            warnings: vec!["desconto de 4% tira menos".to_owned()],
            sections: vec![section, none],
        }]
    }
}

#[cfg(test)]
impl Edit {
    pub(super) fn samples() -> Vec<Self> {
        let compared = Compared {
            number: "12".to_owned(),
            href: "/orcamentos/1".to_owned(),
            total: ["R$ 100,00".to_owned(), "R$ 98,00".to_owned()],
            difference: "-R$ 2,00".to_owned(),
            margin: ["12%".to_owned(), "10%".to_owned()],
            lines: "1 item muda".to_owned(),
            rules: vec!["Frete: sem regra → Bairro Centro (R$ 30,00 por viagem)".to_owned()],
            decision: Some(Badge::warn("passa a esperar aprovação")),
        };
        let effect = Effect {
            removes: false,
            quotes: "Os últimos 20 pedidos".to_owned(),
            any: true,
            unpriced: 1,
            cheaper: 2,
            dearer: 1,
            now_auto: 1,
            now_asks: 2,
            total: compared.total.clone(),
            difference: compared.difference.clone(),
            margin: compared.margin.clone(),
            rows: vec![Compared { decision: None, ..compared.clone() }, compared],
            warnings: vec!["nunca vale".to_owned()],
        };
        let quiet = Effect {
            removes: true,
            any: false,
            unpriced: 0,
            rows: Vec::new(),
            warnings: Vec::new(),
            ..effect.clone()
        };
        let still = Effect { any: true, ..quiet.clone() };
        let plain = Self {
            code: "descontos",
            section: "Descontos por volume",
            title: "5% a partir de 10".to_owned(),
            was: "0f".to_owned(),
            fields: Field::samples(),
            error: None,
            effect: Some(effect),
        };
        vec![
            Self {
                was: String::new(),
                error: Some("Nada foi salvo.".to_owned()),
                effect: None,
                ..plain.clone()
            },
            Self { effect: Some(quiet), ..plain.clone() },
            Self { effect: Some(still), ..plain.clone() },
            plain,
        ]
    }
}
