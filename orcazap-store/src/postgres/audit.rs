//! What was done, by whom. Rows are added and never changed.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::page::{Cursor, Page};
use crate::error::{RowAt, StoreError};
use crate::ids::{AuditId, ConversationId, StaffId};
use crate::json::{clean_text, to_json};
use crate::store::TenantTx;

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person of the store.
    Person(StaffId),
    /// The customer, by writing.
    Customer,
    /// A timer that ran out.
    Timer,
    /// The program by itself.
    System,
}

impl Actor {
    fn code(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Customer => "customer",
            Self::Timer => "timer",
            Self::System => "system",
        }
    }

    fn person(self) -> Option<Uuid> {
        match self {
            Self::Person(staff) => Some(staff.as_uuid()),
            Self::Customer | Self::Timer | Self::System => None,
        }
    }
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAudit {
    /// Who did it.
    pub actor: Actor,
    /// What: a stable code of 1 to 64 characters, such as `approval_approved`.
    pub action: String,
    /// The conversation it belongs to.
    pub conversation: Option<ConversationId>,
    /// The figures; never a phone number, a name, a secret or a message's text.
    pub detail: Value,
    /// The request that caused it.
    pub request_id: Option<String>,
}

/// An entry of the audit.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditId,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// What was done, and by whom.
    pub entry: NewAudit,
}

impl TenantTx {
    /// Notes that something was done.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] when the action's code is too long or empty.
    pub async fn insert_audit(
        &mut self,
        new: &NewAudit,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let (action, detail) = (clean_text(&new.action), to_json(&new.detail)?);
        let request_id = new.request_id.as_deref().map(clean_text);
        sqlx::query!(
            "INSERT INTO audit (
                tenant_id, id, at, actor, person_id, action, conversation_id, detail, request_id
             )
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            tenant,
            Uuid::now_v7(),
            now,
            new.actor.code(),
            new.actor.person(),
            action,
            new.conversation.map(ConversationId::as_uuid),
            detail,
            request_id
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        Ok(())
    }

    /// What was done in the store, or in one conversation of it; newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when a row cannot be read.
    pub async fn list_audit(
        &mut self,
        conversation: Option<ConversationId>,
        before: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<AuditEntry>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            r#"SELECT id, at, actor, person_id, action, conversation_id, detail, request_id
             FROM audit
             WHERE tenant_id = $1
                AND ($2::uuid IS NULL OR conversation_id = $2)
                AND ($3::uuid IS NULL OR id < $3)
             ORDER BY id DESC
             LIMIT $4"#,
            tenant,
            conversation.map(ConversationId::as_uuid),
            before.map(Cursor::id),
            Page::<AuditEntry>::probe(limit)
        )
        .fetch_all(self.db())
        .await?;
        let entries: Result<Vec<AuditEntry>, StoreError> = rows
            .into_iter()
            .map(|row| {
                let at = RowAt { table: "audit", row: &row.id };
                let actor = match (row.actor.as_str(), row.person_id) {
                    ("person", Some(person)) => Actor::Person(person.into()),
                    ("customer", None) => Actor::Customer,
                    ("timer", None) => Actor::Timer,
                    ("system", None) => Actor::System,
                    (other, _) => return Err(at.error("actor", format!("found {other:?}"))),
                };
                let entry = NewAudit {
                    actor,
                    action: row.action,
                    conversation: row.conversation_id.map(ConversationId::from),
                    detail: row.detail,
                    request_id: row.request_id,
                };
                Ok(AuditEntry { id: row.id.into(), at: row.at, entry })
            })
            .collect();
        Ok(Page::cut(entries?, limit, |entry| Cursor::new(entry.at, entry.id.as_uuid())))
    }
}
