//! What a person of the store does to a conversation: the same lock, the same
//! step and the same writing as a customer's message, in one transaction.

use orcazap_core::authority::{Actor, Role};
use orcazap_core::conversation::{Act, Conversation, Edit, Event, StepError};
use orcazap_store::{Acted, ConversationId, StaffId, StoreError, TenantId};
use serde_json::json;
use thiserror::Error;

use crate::app::App;
use crate::assistant::{AssistantError, proceed};
use crate::shops::ShopError;

/// Why an act was not carried out; nothing has changed then.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ActError {
    /// The store has no such conversation.
    #[error("there is no such conversation")]
    NoConversation,
    /// It makes no sense there, or no longer: somebody else was first.
    #[error("the act does not fit the conversation")]
    Step(#[from] StepError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store's catalogue or rules.
    #[error(transparent)]
    Shop(#[from] ShopError),
    /// A message can't be kept.
    #[error("a message can't be written as JSON")]
    Json(#[from] serde_json::Error),
}

impl From<AssistantError> for ActError {
    fn from(error: AssistantError) -> Self {
        match error {
            AssistantError::Step(error) => Self::Step(error),
            AssistantError::Json(error) => Self::Json(error),
        }
    }
}

/// A person of a store at one request.
#[derive(Debug, Clone)]
pub struct By {
    /// The store.
    pub tenant: TenantId,
    /// The person.
    pub staff: StaffId,
    /// What they are in the store.
    pub role: Role,
    /// The request by which they act.
    pub request_id: Option<String>,
}

/// Carries an act out; gives the conversation as it is then.
///
/// # Errors
///
/// An [`ActError`]; [`ActError::Step`] when the act does not fit the conversation
/// as it is now.
pub async fn perform(
    app: &App,
    by: &By,
    conversation: ConversationId,
    act: Act,
) -> Result<Conversation, ActError> {
    let now = app.clock.now();
    // Before the lock is taken, so that nothing is loaded while others wait for it.
    let shop = app.shops.get(by.tenant).await?;
    let mut tx = app.store.tenant(by.tenant).await?;
    let locked = tx.lock_conversation(conversation).await?.ok_or(ActError::NoConversation)?;
    let acted = Acted {
        by: by.staff,
        action: name(&act).to_owned(),
        detail: detail(&act),
        request_id: by.request_id.clone(),
    };
    let transport = app.transports.of_channel(&app.store, by.tenant, locked.channel()).await?;
    let event = Event::act(Actor { id: by.staff.into(), role: by.role }, act);
    let local = shop.local(now);
    // An act opens no next conversation: only a customer's words do.
    let proceeded = proceed(locked.conversation(), event, &shop, transport, Some(by.staff), local)?;
    let after = proceeded.stepped.step.conversation.clone();
    tx.save_act(locked, acted, vec![proceeded.stepped], now).await?;
    tx.commit().await?;
    Ok(after)
}

/// What the audit calls an act.
fn name(act: &Act) -> &'static str {
    match act {
        Act::Approve { .. } => "approve",
        Act::EditAndApprove { .. } => "edit_and_approve",
        Act::Reject { .. } => "reject",
        Act::PlaceOrder { .. } => "place_order",
        Act::TakeOver => "take_over",
        Act::GiveBack => "give_back",
        Act::Reply { .. } => "reply",
        Act::Close { .. } => "close",
    }
}

/// The figures of an act for the audit, without anybody's words.
fn detail(act: &Act) -> serde_json::Value {
    match act {
        Act::Approve { revision } | Act::Reject { revision, .. } | Act::PlaceOrder { revision } => {
            json!({ "revision": revision })
        }
        Act::EditAndApprove { revision, edits } => {
            json!({ "revision": revision, "edits": edits.iter().map(without_words).collect::<Vec<_>>() })
        }
        Act::TakeOver | Act::GiveBack | Act::Reply { .. } | Act::Close { .. } => json!({}),
    }
}

/// An edit without an address and without the customer's words.
fn without_words(edit: &Edit) -> serde_json::Value {
    match edit {
        Edit::Place { .. } => json!({ "edit": "place" }),
        Edit::Drop { .. } => json!({ "edit": "drop" }),
        Edit::Resolve { sku, qty, .. } => json!({ "edit": "resolve", "sku": sku, "qty": qty }),
        Edit::Quantity { .. }
        | Edit::Price { .. }
        | Edit::Discount { .. }
        | Edit::Add { .. }
        | Edit::Freight { .. }
        | Edit::Payment { .. }
        | Edit::Delivery { .. } => json!(edit),
    }
}

#[cfg(test)]
mod tests {
    use orcazap_core::Place;

    use super::*;

    #[test]
    fn the_audit_has_the_figures_of_an_act_and_nobodys_words() {
        let reject = Act::Reject { revision: 2, message: "segredo".to_owned() };
        assert_eq!(name(&reject), "reject");
        assert_eq!(detail(&reject), json!({ "revision": 2 }));
        let reply = Act::Reply { text: "segredo".to_owned() };
        assert!(!detail(&reply).to_string().contains("segredo"));
        let (text, sku) = ("segredo".to_owned(), "A".parse().unwrap());
        let qty = "2".parse().unwrap();
        let place = Place::address(None, "segredo".parse().ok(), None).unwrap();
        let edits = vec![
            Edit::Resolve { text: text.clone(), sku, qty },
            Edit::Drop { text },
            Edit::Place { place },
        ];
        let edited = detail(&Act::EditAndApprove { revision: 1, edits });
        let kept = json!([
            { "edit": "resolve", "sku": "A", "qty": "2" }, { "edit": "drop" }, { "edit": "place" },
        ]);
        assert_eq!(edited, json!({ "revision": 1, "edits": kept }));
    }
}
