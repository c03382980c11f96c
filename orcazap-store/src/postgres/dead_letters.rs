//! Turns that failed too often, for the operator to see and to try again.

use chrono::{DateTime, Utc};

use super::page::{Cursor, Page};
use crate::error::StoreError;
use crate::ids::{ContactId, DeadLetterId};
use crate::store::TenantTx;

/// A turn that failed too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its id.
    pub id: DeadLetterId,
    /// Whose messages they are.
    pub contact: ContactId,
    /// How often it was tried.
    pub attempts: i32,
    /// Why it failed the last time.
    pub error: String,
    /// How many messages are set aside with it.
    pub messages: i64,
    /// Since when it lies here.
    pub at: DateTime<Utc>,
}

impl TenantTx {
    /// The dead letters that nobody has tried again, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn list_dead_letters(
        &mut self,
        before: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<DeadLetter>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            r#"SELECT d.id, d.contact_id, d.attempts, d.error, d.at,
                (SELECT count(*)
                 FROM inbound_messages m
                 WHERE m.tenant_id = d.tenant_id AND m.dead_letter_id = d.id) AS "messages!"
             FROM dead_letters d
             WHERE d.tenant_id = $1 AND d.retried_at IS NULL
                AND ($2::uuid IS NULL OR d.id < $2)
             ORDER BY d.id DESC
             LIMIT $3"#,
            tenant,
            before.map(Cursor::id),
            Page::<DeadLetter>::probe(limit)
        )
        .fetch_all(self.db())
        .await?;
        let letters = rows
            .into_iter()
            .map(|row| DeadLetter {
                id: row.id.into(),
                contact: row.contact_id.into(),
                attempts: row.attempts,
                error: row.error,
                messages: row.messages,
                at: row.at,
            })
            .collect();
        Ok(Page::cut(letters, limit, |letter| Cursor::new(letter.at, letter.id.as_uuid())))
    }

    /// Lets the messages of a dead letter wait to be read again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is none, or it has been tried again.
    pub async fn retry_dead_letter(
        &mut self,
        id: DeadLetterId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let contact = sqlx::query_scalar!(
            "UPDATE dead_letters SET retried_at = $3
             WHERE tenant_id = $1 AND id = $2 AND retried_at IS NULL
             RETURNING contact_id",
            tenant,
            id.as_uuid(),
            now
        )
        .fetch_optional(self.db())
        .await?
        .ok_or(StoreError::Missing { what: "dead letter" })?;
        sqlx::query!(
            "UPDATE inbound_messages SET processed_at = NULL, dead_letter_id = NULL
             WHERE tenant_id = $1 AND dead_letter_id = $2",
            tenant,
            id.as_uuid()
        )
        .execute(self.db())
        .await?;
        sqlx::query!(
            "INSERT INTO jobs (tenant_id, contact_id, at) VALUES ($1, $2, $3)",
            tenant,
            contact,
            now
        )
        .execute(self.db())
        .await?;
        self.wakes().turns = true;
        Ok(())
    }
}
