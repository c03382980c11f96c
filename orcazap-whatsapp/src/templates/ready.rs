//! The templates that a store of building materials starts with.

use serde::Deserialize;

use super::definition::Definition;

/// A template that is ready to be submitted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Ready {
    /// What it is for, in Portuguese, for the store.
    pub purpose: String,
    /// The template.
    #[serde(flatten)]
    pub definition: Definition,
}

/// One file a template, in TOML, for people to read and change.
const FILES: [&str; 6] = [
    include_str!("ready/orcamento_pronto.toml"),
    include_str!("ready/orcamento_vencendo.toml"),
    include_str!("ready/orcamento_retomar.toml"),
    include_str!("ready/pedido_confirmado.toml"),
    include_str!("ready/entrega_hoje.toml"),
    include_str!("ready/atendente_responde.toml"),
];

/// The ready templates in Portuguese: a quote that is ready, that ends soon, that
/// was not answered; an order that is confirmed, that comes today; and an answer
/// of a person that came too late.
#[must_use]
#[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads each")]
pub fn ready() -> Vec<Ready> {
    FILES.iter().map(|file| toml::from_str(file).expect("a template in TOML")).collect()
}
