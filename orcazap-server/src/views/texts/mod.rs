//! The assistant's texts: the list, one of them with its preview, and how it speaks.

pub(crate) mod names;

use orcazap_whatsapp::Message;
use serde::Serialize;

use super::View;
use super::emphasis::{Span, spans};

/// All texts of a language, and how the assistant speaks.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct List {
    /// The code of the language that is listed.
    pub(crate) language: &'static str,
    pub(crate) languages: Vec<Choice>,
    pub(crate) voice: Voice,
    pub(crate) groups: Vec<Group>,
    /// How many of the store's texts can't be used.
    pub(crate) bad: usize,
}

/// Something to choose.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Choice {
    pub(crate) code: &'static str,
    pub(crate) label: &'static str,
    pub(crate) chosen: bool,
}

/// The form of how the assistant speaks.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Voice {
    pub(crate) name: String,
    /// The name that is said when the field is empty.
    pub(crate) usual_name: String,
    pub(crate) languages: Vec<Choice>,
    pub(crate) tones: Vec<Choice>,
    pub(crate) emoji: bool,
    pub(crate) error: Option<&'static str>,
}

/// The texts of a situation.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Group {
    pub(crate) label: &'static str,
    pub(crate) open: bool,
    pub(crate) rows: Vec<Row>,
}

/// A text in the list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) key: &'static str,
    pub(crate) label: &'static str,
    pub(crate) text: String,
    pub(crate) own: bool,
    pub(crate) bad: bool,
}

/// One text with its form.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Edit {
    pub(crate) key: &'static str,
    pub(crate) label: &'static str,
    pub(crate) situation: &'static str,
    pub(crate) language: &'static str,
    pub(crate) language_label: &'static str,
    pub(crate) source: String,
    pub(crate) ours: String,
    pub(crate) own: bool,
    pub(crate) one_line: bool,
    pub(crate) max: usize,
    pub(crate) variables: Vec<Variable>,
    pub(crate) preview: Preview,
}

/// A variable that may stand in a text.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) required: bool,
}

/// What is wrong with a text, or else the messages that it would be in.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Preview {
    pub(crate) faults: Vec<String>,
    pub(crate) bubbles: Vec<Bubble>,
    /// Whether it takes the place of the one before it on the page.
    pub(crate) swaps: bool,
}

/// A message as the phone shows it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Bubble {
    pub(crate) spans: Vec<Span>,
    pub(crate) presses: Vec<String>,
}

impl Bubble {
    pub(crate) fn of(message: &Message) -> Self {
        let presses = match message {
            Message::Buttons(buttons) => {
                buttons.buttons().iter().map(|button| button.title().to_owned()).collect()
            }
            Message::List(list) => vec![format!("☰ {}", list.button())],
            _ => Vec::new(),
        };
        Self { spans: spans(message.words()), presses }
    }
}

impl View for List {
    const TEMPLATE: &'static str = "pages/texts/list.html";
}

impl View for Edit {
    const TEMPLATE: &'static str = "pages/texts/edit.html";
}

impl View for Preview {
    const TEMPLATE: &'static str = "partials/texts/preview.html";
    const NAME: &'static str = "preview";
}

#[cfg(test)]
mod samples {
    use super::*;

    impl List {
        pub(in crate::views) fn samples() -> Vec<Self> {
            let choice = Choice { code: "pt-BR", label: "Português", chosen: true };
            let row = Row {
                key: "welcome",
                label: "Boas-vindas",
                text: "Oi! <b>".to_owned(),
                own: true,
                bad: true,
            };
            let voice = Voice {
                name: String::new(),
                usual_name: "Casa & Obra".to_owned(),
                languages: vec![choice],
                tones: vec![choice],
                emoji: true,
                error: Some("Escreva um nome mais curto."),
            };
            let full = Self {
                language: "pt-BR",
                languages: vec![choice],
                voice,
                groups: vec![Group { label: "Orçamento", open: true, rows: vec![row] }],
                bad: 2,
            };
            let mut plain = Self { bad: 0, ..full.clone() };
            plain.voice.error = None;
            vec![full, Self { bad: 1, ..plain.clone() }, plain]
        }
    }

    impl Preview {
        pub(in crate::views) fn samples() -> Vec<Self> {
            let span = Span { text: "Total".to_owned(), bold: true };
            let bubble = Bubble { spans: vec![span], presses: vec!["Fechar".to_owned()] };
            vec![
                Self { bubbles: vec![bubble], ..Self::default() },
                Self {
                    faults: vec!["Escreva o texto.".to_owned()],
                    swaps: true,
                    ..Self::default()
                },
            ]
        }
    }

    impl Edit {
        pub(in crate::views) fn samples() -> Vec<Self> {
            let variable = Variable { name: "loja", meaning: "nome da loja", required: true };
            let edit = |preview: Preview| Self {
                key: "welcome",
                label: "Boas-vindas",
                situation: "Primeiro contato",
                language: "pt-BR",
                language_label: "Português",
                source: "Oi".to_owned(),
                ours: "Olá".to_owned(),
                own: !preview.swaps,
                one_line: preview.swaps,
                max: 1024,
                variables: vec![variable.clone()],
                preview,
            };
            Preview::samples().into_iter().map(edit).collect()
        }
    }
}
