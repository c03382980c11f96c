//! What a person does to a conversation: take over, give back, reply, close, or
//! take the customer's yes.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use orcazap_core::conversation::{Act, CloseReason, StepError};
use orcazap_store::ConversationId;
use serde::Deserialize;

use super::show::{Refused, refused};
use crate::acts::{ActError, perform};
use crate::http::desk::Signed;
use crate::http::problem::PageError;
use crate::http::store::paging;

/// The longest reply, well inside WhatsApp's limit.
const MAX_CHARS: usize = 2_000;

/// The form; only a reply has a text.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Fields {
    #[serde(default)]
    text: String,
}

/// A button is pressed or a reply is sent.
pub(in crate::http::store) async fn act(
    Path((id, name)): Path<(String, String)>,
    Signed(desk, Fields { text }): Signed<Fields>,
) -> Result<Response, PageError> {
    let id: ConversationId = paging::id(&id)?;
    let text = text.trim().to_owned();
    let act = read(&name, &text).ok_or(PageError::NotFound)?;
    if matches!(act, Act::Reply { .. }) && !(1..=MAX_CHARS).contains(&text.chars().count()) {
        let fault = "Escreva uma mensagem de até 2.000 caracteres.";
        let text = text.chars().take(MAX_CHARS).collect();
        return refused(&desk, id, Refused { text, fault }).await;
    }
    match perform(&desk.app, &desk.by(), id, act).await {
        Ok(_) => Ok(Redirect::to(&format!("/conversas/{id}")).into_response()),
        Err(ActError::NoConversation) => Err(PageError::NotFound),
        Err(ActError::Step(error)) => {
            refused(&desk, id, Refused { text, fault: explain(&error) }).await
        }
        Err(error) => Err(error.into()),
    }
}

fn read(name: &str, text: &str) -> Option<Act> {
    Some(match name {
        "assumir" => Act::TakeOver,
        "devolver" => Act::GiveBack,
        "responder" => Act::Reply { text: text.to_owned() },
        "encerrar" => Act::Close { reason: CloseReason::ClosedByPerson },
        other => Act::PlaceOrder { revision: other.strip_prefix("fechar-")?.parse().ok()? },
    })
}

fn explain(error: &StepError) -> &'static str {
    match error {
        StepError::OptedOut => "O cliente pediu para não receber mensagens.",
        StepError::Expired { .. } => {
            "O orçamento venceu. Peça ao assistente um novo antes de fechar o pedido."
        }
        StepError::StaleRevision { .. } => "O orçamento mudou. Confira a versão nova.",
        _ => "A conversa mudou enquanto você olhava. Veja como ela está agora.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_button_is_an_act_and_nothing_else_is() {
        for name in ["assumir", "devolver", "responder", "encerrar", "fechar-3"] {
            assert!(read(name, "oi").is_some(), "{name}");
        }
        for name in ["", "fechar-", "fechar-x", "apagar", "fechar--1"] {
            assert!(read(name, "oi").is_none(), "{name}");
        }
    }
}
