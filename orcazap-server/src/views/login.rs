//! The log-in of a store.

use serde::Serialize;

use super::View;

/// The log-in form.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Login {
    pub(crate) store: String,
    pub(crate) csrf: String,
    pub(crate) email: String,
    pub(crate) error: Option<&'static str>,
    pub(crate) demo: Option<DemoLogin>,
}

/// What a demonstration tells everybody.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct DemoLogin {
    pub(crate) email: &'static str,
    pub(crate) password: &'static str,
}

impl View for Login {
    const TEMPLATE: &'static str = "pages/store/login.html";
}

#[cfg(test)]
impl Login {
    pub(super) fn samples() -> Vec<Self> {
        let plain = Self {
            store: "Casa & Obra".to_owned(),
            csrf: "c5f".to_owned(),
            email: String::new(),
            error: None,
            demo: None,
        };
        let demo = DemoLogin { email: "ana@loja.example", password: "x" };
        let refused = Self {
            email: "ana@loja.example".to_owned(),
            error: Some("E-mail ou senha não conferem."),
            demo: Some(demo),
            ..plain.clone()
        };
        vec![plain, refused]
    }
}
