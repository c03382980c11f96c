//! When a store is open, and how long its quotes stand.

use serde::Serialize;

use super::View;

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Hours {
    /// Whether they have just been saved.
    pub(crate) saved: bool,
    /// What is wrong with the form as a whole.
    pub(crate) error: Option<&'static str>,
    /// From Monday on.
    pub(crate) days: Vec<Day>,
    /// Hours for which a quote stands.
    pub(crate) validity: String,
    pub(crate) validity_error: Option<&'static str>,
    /// Days on which it is closed or closes earlier, a line each.
    pub(crate) dates: String,
    pub(crate) dates_error: Option<String>,
}

/// One day of the week; blank when the store is closed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Day {
    pub(crate) name: &'static str,
    pub(crate) opens: String,
    pub(crate) closes: String,
    pub(crate) error: Option<&'static str>,
}

impl View for Hours {
    const TEMPLATE: &'static str = "pages/settings/hours.html";
}

#[cfg(test)]
impl Hours {
    pub(super) fn samples() -> Vec<Self> {
        let day = Day {
            name: "segunda-feira",
            opens: "07:00".to_owned(),
            closes: "18:00".to_owned(),
            error: None,
        };
        let sunday =
            Day { name: "domingo", opens: String::new(), closes: String::new(), error: None };
        let plain = Self {
            saved: true,
            error: None,
            days: vec![day.clone(), sunday],
            validity: "48".to_owned(),
            validity_error: None,
            dates: "25/12/2026".to_owned(),
            dates_error: None,
        };
        let refused = Self {
            saved: false,
            error: Some("Confira os campos marcados."),
            days: vec![Day { error: Some("Escreva quando abre e quando fecha."), ..day }],
            validity_error: Some("Escreva de 1 a 8784 horas."),
            dates_error: Some("Escreva um dia por linha.".to_owned()),
            ..plain.clone()
        };
        vec![plain, refused]
    }
}
