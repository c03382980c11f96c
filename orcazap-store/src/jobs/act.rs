//! What a person does to a conversation: the same lock and the same writing as
//! a turn.

use chrono::{DateTime, Utc};
use orcazap_core::Conversation;

use super::save::{Cause, Stepped};
use crate::error::{RowAt, StoreError};
use crate::ids::{ChannelId, ConversationId, StaffId};
use crate::postgres::audit::{Actor, NewAudit};
use crate::postgres::contacts::Contact;
use crate::postgres::conversations::Loaded;
use crate::store::TenantTx;

/// A conversation that nobody else changes until the transaction ends.
#[derive(Debug)]
pub struct Locked {
    contact: Contact,
    loaded: Loaded,
    channel: ChannelId,
}

impl Locked {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> ConversationId {
        self.loaded.id
    }

    /// The number by which the customer wrote last.
    #[must_use]
    pub fn channel(&self) -> ChannelId {
        self.channel
    }

    /// The conversation.
    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        &self.loaded.conversation
    }

    /// Who is on the other side.
    #[must_use]
    pub fn contact(&self) -> &Contact {
        &self.contact
    }
}

/// What a person did.
#[derive(Debug, Clone)]
pub struct Acted {
    /// Who.
    pub by: StaffId,
    /// What, as the audit names it: `approve`, `take_over`.
    pub action: String,
    /// The figures for the audit; never a phone number, a name or a message's text.
    pub detail: serde_json::Value,
    /// The request by which they did it.
    pub request_id: Option<String>,
}

impl TenantTx {
    /// Locks a conversation, waiting for the turn that has it (for 5 s at most).
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`], transient when the wait was too long.
    pub async fn lock_conversation(
        &mut self,
        id: ConversationId,
    ) -> Result<Option<Locked>, StoreError> {
        let tenant = self.id();
        let contact = sqlx::query_scalar!(
            "SELECT contact_id FROM conversations WHERE tenant_id = $1 AND id = $2",
            tenant,
            id.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        let Some(contact) = contact else { return Ok(None) };
        let Some(contact) = self.lock_contact(contact.into()).await? else { return Ok(None) };
        // Read after the lock is held: a turn may have changed it meanwhile.
        let row = sqlx::query!(
            "SELECT data, channel_id FROM conversations WHERE tenant_id = $1 AND id = $2",
            tenant,
            id.as_uuid()
        )
        .fetch_one(self.db())
        .await?;
        let mut conversation: Conversation =
            RowAt { table: "conversations", row: &id }.json("data", row.data)?;
        conversation.buyer.clone_from(&contact.buyer);
        let channel: ChannelId = row.channel_id.into();
        let loaded = Loaded { id, conversation, channel: Some(channel), is_new: false };
        Ok(Some(Locked { contact, loaded, channel }))
    }

    /// Writes what came of a person's act, and notes who did it. Commit after it.
    ///
    /// # Errors
    ///
    /// Any [`StoreError`]; drop the transaction then.
    pub async fn save_act(
        &mut self,
        locked: Locked,
        acted: Acted,
        steps: Vec<Stepped>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Locked { contact, loaded, channel } = locked;
        let actor = Actor::Person(acted.by);
        let entry = NewAudit {
            actor,
            action: acted.action,
            conversation: Some(loaded.id),
            detail: acted.detail,
            request_id: acted.request_id.clone(),
        };
        self.insert_audit(&entry, now).await?;
        let cause = Cause { actor, request_id: acted.request_id, fired: Vec::new() };
        self.save(&contact, loaded, channel, steps, &cause, now).await?;
        Ok(())
    }
}
