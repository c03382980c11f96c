//! What a person does about a message that did not go out: send it again, or
//! leave it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use orcazap_store::{Actor, ConversationId, MessageId, NewAudit};
use serde_json::json;

use crate::http::desk::{Nothing, Signed};
use crate::http::problem::PageError;
use crate::http::store::paging;

/// A button beside the message is pressed. One that somebody else has pressed
/// before changes nothing.
pub(in crate::http::store) async fn unsent(
    Path((conversation, message, act)): Path<(String, String, String)>,
    Signed(desk, Nothing {}): Signed<Nothing>,
) -> Result<Response, PageError> {
    let conversation: ConversationId = paging::id(&conversation)?;
    let message: MessageId = paging::id(&message)?;
    let mut tx = desk.tx().await?;
    let found = tx.find_unsent(message).await?;
    if let Some(unsent) = found {
        if unsent.conversation != conversation {
            return Err(PageError::NotFound);
        }
        let action = match act.as_str() {
            "reenviar" => {
                tx.send_again(message, desk.now).await?;
                "send_again"
            }
            "deixar" => {
                tx.give_up(message, desk.now).await?;
                "give_up_message"
            }
            _ => return Err(PageError::NotFound),
        };
        let entry = NewAudit {
            actor: Actor::Person(desk.staff.id),
            action: action.to_owned(),
            conversation: Some(conversation),
            detail: json!({ "message": message.to_string() }),
            request_id: desk.request_id.clone(),
        };
        tx.insert_audit(&entry, desk.now).await?;
        tx.commit().await?;
    } else if tx.find_conversation(conversation).await?.is_none() {
        return Err(PageError::NotFound);
    }
    Ok(Redirect::to(&format!("/conversas/{conversation}")).into_response())
}
