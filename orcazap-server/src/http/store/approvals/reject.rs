//! Refuses a quote that waits, with a word to the customer.

use axum::extract::Path;
use axum::response::Response;
use orcazap_core::conversation::Act;
use serde::Deserialize;

use super::card::Waiting;
use super::outcome::{closed, find, settle, still_open};
use crate::http::desk::Signed;
use crate::http::problem::PageError;
use crate::views::approvals::Open;

/// The longest word.
const MAX_CHARS: usize = 1_000;

/// The form.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Word {
    #[serde(default)]
    message: String,
}

/// The form is sent.
pub(in crate::http::store) async fn reject(
    Path(id): Path<String>,
    Signed(desk, Word { message }): Signed<Word>,
) -> Result<Response, PageError> {
    let approval = find(&desk, &id).await?;
    if approval.closed.is_some() {
        return closed(&desk, &approval).await;
    }
    let revision = approval.quote_ref.revision;
    let waiting = Waiting::of(&mut desk.tx().await?, approval).await?;
    let message = message.trim().to_owned();
    let fault = match message.chars().count() {
        0 => Some("Escreva o que o cliente vai ler."),
        1..=MAX_CHARS => None,
        _ => Some("Escreva no máximo 1.000 caracteres."),
    };
    if let Some(fault) = fault {
        let mut card = waiting.card(&desk.look().await?);
        card.message = message.chars().take(MAX_CHARS).collect();
        card.message_error = Some(fault);
        card.open = Open::Reject;
        return still_open(&desk, card).await;
    }
    let act = Act::Reject { revision, message };
    settle(&desk, waiting, act, |card, fault| card.error = Some(fault)).await
}
