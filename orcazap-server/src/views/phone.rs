//! The demo's phone in the browser; what stands in it is fetched by its script.

use serde::Serialize;

use super::View;

/// The page of the phone.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Phone {
    store: String,
    initial: String,
    dashboard: String,
}

impl Phone {
    /// The phone of somebody who writes to a store.
    pub(crate) fn new(store: &str, dashboard: String) -> Self {
        let initial = store.chars().next().map(String::from).unwrap_or_default();
        Self { store: store.to_owned(), initial, dashboard }
    }

    #[cfg(test)]
    pub(super) fn samples() -> Vec<Self> {
        vec![Self::new("Casa & Obra", "http://loja.localhost:8080/".to_owned())]
    }
}

impl View for Phone {
    const TEMPLATE: &'static str = "pages/phone/phone.html";
}
