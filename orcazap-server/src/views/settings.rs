//! What an owner sets: how the assistant behaves, and what each role may do.

use serde::Serialize;

use super::View;

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Settings {
    /// Whether they have just been saved.
    pub(crate) saved: bool,
    /// What is wrong with the form as a whole.
    pub(crate) error: Option<&'static str>,
    /// The assistant's times.
    pub(crate) times: Vec<Field>,
    /// What each role may give away alone.
    pub(crate) limits: Vec<RoleLimit>,
    pub(crate) attendants_see_costs: bool,
    pub(crate) read_marks: bool,
    pub(crate) ask_day: bool,
    /// What the store answers itself, and an empty row for one more.
    pub(crate) facts: Vec<Answer>,
}

/// One figure.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) value: String,
    pub(crate) error: Option<&'static str>,
}

/// The limit of a role.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RoleLimit {
    pub(crate) role: &'static str,
    pub(crate) fields: [Field; 2],
}

/// A question and what the store says to it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Answer {
    pub(crate) words: String,
    pub(crate) answer: String,
    pub(crate) error: Option<&'static str>,
}

impl View for Settings {
    const TEMPLATE: &'static str = "pages/settings/show.html";
}

#[cfg(test)]
impl Settings {
    pub(super) fn samples() -> Vec<Self> {
        let field = Field {
            name: "settle",
            label: "Espera",
            hint: "Em segundos.",
            value: "4".to_owned(),
            error: None,
        };
        let wrong = Field { error: Some("Escreva de 0 a 60."), ..field.clone() };
        let plain = Self {
            saved: true,
            error: None,
            times: vec![field.clone()],
            limits: vec![RoleLimit { role: "gerente", fields: [field.clone(), field] }],
            attendants_see_costs: true,
            read_marks: true,
            ask_day: true,
            facts: vec![Answer::default()],
        };
        let refused = Self {
            saved: false,
            error: Some("Confira os campos marcados."),
            times: vec![wrong],
            attendants_see_costs: false,
            read_marks: false,
            ask_day: false,
            facts: vec![Answer { error: Some("Escreva a resposta."), ..Answer::default() }],
            ..plain.clone()
        };
        vec![plain, refused]
    }
}
