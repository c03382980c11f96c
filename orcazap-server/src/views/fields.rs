//! The fields of a form that is described as data.

use serde::Serialize;

/// One field, with what was typed and what is wrong with it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    /// The choice elsewhere in the form with which the field has a meaning; a browser
    /// that can hides it else.
    pub(crate) only: Option<&'static str>,
    pub(crate) error: Option<String>,
    pub(crate) control: Control,
}

/// How a field is filled in.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Control {
    /// A line of text.
    Line { value: String },
    /// A number, typed as it is written in Brazil.
    Number { value: String },
    /// A day.
    Day { value: String },
    /// Several lines.
    Lines { value: String, rows: u8 },
    /// One of these.
    Choice { options: Vec<Choice> },
}

/// One of the things that can be chosen.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Choice {
    pub(crate) code: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

impl Field {
    /// A field with nothing wrong.
    pub(crate) fn new(name: &'static str, label: &'static str, control: Control) -> Self {
        Self { name, label, hint: "", only: None, error: None, control }
    }

    /// With a word of help below it.
    pub(crate) fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// For one choice alone.
    pub(crate) fn only(self, choice: &'static str) -> Self {
        Self { only: Some(choice), ..self }
    }

    /// A line of text.
    pub(crate) fn line(name: &'static str, label: &'static str, value: &str) -> Self {
        Self::new(name, label, Control::Line { value: value.to_owned() })
    }

    /// A number.
    pub(crate) fn number(name: &'static str, label: &'static str, value: &str) -> Self {
        Self::new(name, label, Control::Number { value: value.to_owned() })
    }

    /// A day.
    pub(crate) fn day(name: &'static str, label: &'static str, value: &str) -> Self {
        Self::new(name, label, Control::Day { value: value.to_owned() })
    }

    /// Some lines.
    pub(crate) fn lines(name: &'static str, label: &'static str, value: &str, rows: u8) -> Self {
        Self::new(name, label, Control::Lines { value: value.to_owned(), rows })
    }

    /// One of some things, each a code and its words.
    pub(crate) fn choice<C: Into<String>, L: Into<String>>(
        name: &'static str,
        label: &'static str,
        options: impl IntoIterator<Item = (C, L)>,
        chosen: &str,
    ) -> Self {
        let option = |(code, label): (C, L)| {
            let code: String = code.into();
            Choice { chosen: code == chosen, code, label: label.into() }
        };
        let options = options.into_iter().map(option).collect();
        Self::new(name, label, Control::Choice { options })
    }
}

#[cfg(test)]
impl Field {
    pub(super) fn samples() -> Vec<Self> {
        let wrong = Self::number("min_qty", "A partir de", "x");
        vec![
            Self::choice("scope", "Vale para", [("item", "um produto"), ("store", "tudo")], "item"),
            Self { error: Some("Escreva um número.".to_owned()), ..wrong },
            Self::line("sku", "Produto", "CIM").hint("O código.").only("item"),
            Self::day("from", "Desde", "2026-11-26"),
            Self::lines("prices", "Preços", "CIM 36,50", 8),
        ]
    }
}
