//! The queue: quotes that wait for a person, and what became of them.

use serde::Serialize;

use super::View;
use super::figures::{Line, Sum};
use super::words::{Reason, Tone};

/// The queue, oldest first.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Queue {
    pub(crate) cards: Vec<Card>,
    pub(crate) more: bool,
}

/// A form of a card that stands open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Open {
    Nothing,
    Edit,
    Reject,
}

/// One quote that waits.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) href: String,
    pub(crate) number: String,
    pub(crate) conversation: String,
    pub(crate) customer: String,
    pub(crate) age: String,
    pub(crate) overdue: bool,
    pub(crate) total: String,
    pub(crate) reasons: Vec<Reason>,
    /// For whom the approval is kept, when it is not for who looks.
    pub(crate) reserved: Option<String>,
    pub(crate) lines: Vec<EditLine>,
    pub(crate) sums: Vec<Sum>,
    pub(crate) place: String,
    pub(crate) payment: String,
    pub(crate) delivery: Option<String>,
    pub(crate) freight_input: String,
    pub(crate) freight_error: Option<&'static str>,
    pub(crate) add_sku: String,
    pub(crate) add_qty: String,
    pub(crate) add_error: Option<&'static str>,
    /// What was asked for and not understood.
    pub(crate) asks: Vec<Ask>,
    pub(crate) terms: Terms,
    pub(crate) message: String,
    pub(crate) message_error: Option<&'static str>,
    pub(crate) error: Option<&'static str>,
    /// Why the quote is still here although it was to be sent.
    pub(crate) again: Option<&'static str>,
    pub(crate) open: Open,
}

/// Something that can be chosen in a field.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) selected: bool,
}

/// The choice that takes an ask out of the order.
pub(crate) const DROPPED: &str = "-";

/// An ask that was not understood, with its fields.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Ask {
    pub(crate) text: String,
    /// To leave it, to drop it, or one of the products that fit.
    pub(crate) choices: Vec<Choice>,
    /// The code of any other product.
    pub(crate) sku: String,
    pub(crate) qty: String,
    pub(crate) error: Option<&'static str>,
}

/// The choices of a place.
pub(crate) const DELIVERED: &str = "entrega";
pub(crate) const PICKED_UP: &str = "retirada";

/// Where it goes, how it is paid and when it comes, as fields.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Terms {
    pub(crate) places: Vec<Choice>,
    pub(crate) cep: String,
    pub(crate) bairro: String,
    pub(crate) place_error: Option<&'static str>,
    pub(crate) methods: Vec<Choice>,
    pub(crate) installments: String,
    pub(crate) days: String,
    pub(crate) payment_error: Option<&'static str>,
    pub(crate) day: String,
    pub(crate) day_error: Option<&'static str>,
}

/// Products that a search suggests.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Suggestions {
    pub(crate) products: Vec<Choice>,
}

/// One line of a quote that waits, with its fields.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EditLine {
    #[serde(flatten)]
    pub(crate) line: Line,
    pub(crate) qty_input: String,
    pub(crate) price_input: String,
    pub(crate) discount_input: String,
    pub(crate) error: Option<&'static str>,
}

/// What became of a quote that waited.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Done {
    pub(crate) id: String,
    pub(crate) href: String,
    pub(crate) link: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) tone: Tone,
    pub(crate) title: String,
    pub(crate) detail: String,
}

impl View for Queue {
    const TEMPLATE: &'static str = "pages/approvals/list.html";
}

impl View for Card {
    const TEMPLATE: &'static str = "partials/approvals/card.html";
    const NAME: &'static str = "card";
}

impl View for Suggestions {
    const TEMPLATE: &'static str = "partials/approvals/suggestions.html";
}

impl View for Done {
    const TEMPLATE: &'static str = "partials/approvals/done.html";
    const NAME: &'static str = "card";
}

#[cfg(test)]
impl Card {
    pub(super) fn samples() -> Vec<Self> {
        let line = EditLine {
            line: Line::sample(),
            qty_input: "20".to_owned(),
            price_input: "39,9".to_owned(),
            discount_input: String::new(),
            error: None,
        };
        let choice =
            Choice { value: "A".to_owned(), label: "Areia <fina>".to_owned(), selected: true };
        let ask = Ask {
            text: "grua".to_owned(),
            choices: vec![choice.clone()],
            sku: String::new(),
            qty: "1".to_owned(),
            error: None,
        };
        let terms = Terms {
            places: vec![choice.clone()],
            cep: String::new(),
            bairro: "Centro".to_owned(),
            place_error: None,
            methods: vec![choice],
            installments: String::new(),
            days: "28".to_owned(),
            payment_error: None,
            day: "2026-03-12".to_owned(),
            day_error: None,
        };
        let plain = Self {
            id: "1042-1".to_owned(),
            href: "/orcamentos/1042/1".to_owned(),
            number: "1042/1".to_owned(),
            conversation: "/conversas/1".to_owned(),
            customer: "João".to_owned(),
            age: "há 5 min".to_owned(),
            overdue: false,
            total: "R$ 1.234,50".to_owned(),
            reasons: vec![Reason::sample()],
            reserved: None,
            lines: vec![line.clone()],
            sums: vec![Sum::sample()],
            place: "Centro".to_owned(),
            payment: "Pix".to_owned(),
            delivery: None,
            freight_input: String::new(),
            freight_error: None,
            add_sku: String::new(),
            add_qty: String::new(),
            add_error: None,
            asks: vec![ask.clone()],
            terms: terms.clone(),
            message: String::new(),
            message_error: None,
            error: None,
            again: Some("Confira de novo."),
            open: Open::Nothing,
        };
        let wrong = Self {
            overdue: true,
            lines: vec![EditLine { error: Some("Escreva um número."), ..line }],
            delivery: Some("amanhã".to_owned()),
            freight_error: Some("Escreva um valor."),
            add_error: Some("Não há produto com este código."),
            asks: vec![Ask { error: Some("Escolha."), ..ask }],
            terms: Terms {
                place_error: Some("Escreva o CEP."),
                payment_error: Some("Escreva os dias."),
                day_error: Some("Escreva um dia."),
                ..terms
            },
            error: Some("Confira os campos."),
            again: None,
            open: Open::Edit,
            ..plain.clone()
        };
        let reject = Self {
            reserved: Some("Só dono pode aprovar.".to_owned()),
            message_error: Some("Escreva ao cliente."),
            open: Open::Reject,
            ..plain.clone()
        };
        vec![plain, wrong, reject]
    }
}

#[cfg(test)]
impl Suggestions {
    pub(super) fn samples() -> Vec<Self> {
        let choice =
            Choice { value: "A".to_owned(), label: "Areia <fina>".to_owned(), selected: false };
        vec![Self { products: vec![choice] }]
    }
}

#[cfg(test)]
impl Queue {
    pub(super) fn samples() -> Vec<Self> {
        vec![Self { cards: Card::samples(), more: true }, Self { cards: Vec::new(), more: false }]
    }
}

#[cfg(test)]
impl Done {
    pub(super) fn samples() -> Vec<Self> {
        vec![Self {
            id: "1042-1".to_owned(),
            href: "/orcamentos/1042/1".to_owned(),
            link: "Ver orçamento",
            icon: "check",
            tone: Tone::Good,
            title: "Orçamento 1042/1 aprovado".to_owned(),
            detail: "Enviado a João.".to_owned(),
        }]
    }
}
