//! A turn that failed: it is tried again later and later, while other
//! conversations go on, and in the end set aside for a person.

use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt as _;

use crate::error::StoreError;
use crate::ids::{ContactId, DeadLetterId, TenantId};
use crate::json::clean_text;
use crate::store::{Store, TenantTx};

/// How often a turn is tried before a person must look.
pub const MAX_ATTEMPTS: i32 = 8;

/// What happens after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterFailure {
    /// It is tried again.
    Retry {
        /// When.
        at: DateTime<Utc>,
        /// How often it has failed.
        attempts: i32,
    },
    /// It failed too often; a person must look.
    Dead {
        /// Under which id it is listed.
        id: DeadLetterId,
    },
}

impl Store {
    /// As [`Turn::fail`](super::turn::Turn::fail), for a turn that is gone: its commit failed, or the code
    /// that held it panicked.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn put_off(
        &self,
        tenant: TenantId,
        contact: ContactId,
        error: &str,
        now: DateTime<Utc>,
    ) -> Result<AfterFailure, StoreError> {
        let mut tx = self.tenant(tenant).await?;
        tx.lock_contact_row(contact).await?;
        let attempts = tx.count_failure(contact, now).await?;
        let after = if attempts >= MAX_ATTEMPTS {
            let id = tx.bury(contact, attempts, error, now).await?;
            AfterFailure::Dead { id }
        } else {
            let at = now + backoff(attempts);
            tx.update_retry(contact, at).await?;
            AfterFailure::Retry { at, attempts }
        };
        // The retry or the dead letter stands for them now.
        let jobs = tx.list_jobs(contact).await?;
        tx.delete_jobs(&jobs).await?;
        tx.commit().await?;
        Ok(after)
    }
}

/// 2, 4, 8 … seconds up to 5 minutes, and up to a quarter on top, so that what
/// failed together does not come back together.
fn backoff(attempts: i32) -> TimeDelta {
    let seconds = 1_i64 << attempts.clamp(1, 9);
    let millis = seconds.min(300) * 1_000;
    TimeDelta::milliseconds(millis + rand::rng().random_range(0..=millis / 4))
}

impl TenantTx {
    /// Whether a contact's turn failed and is not to be tried again yet.
    pub(crate) async fn is_put_off(
        &mut self,
        contact: ContactId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let tenant = self.id();
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (
                SELECT FROM retries WHERE tenant_id = $1 AND contact_id = $2 AND due_at > $3
             ) AS "put_off!""#,
            tenant,
            contact.as_uuid(),
            now
        )
        .fetch_one(self.db())
        .await?)
    }

    /// Locks a contact without opening it: what cannot be opened may be why the
    /// turn failed.
    async fn lock_contact_row(&mut self, contact: ContactId) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "SELECT id FROM contacts WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE",
            tenant,
            contact.as_uuid()
        )
        .fetch_optional(self.db())
        .await?
        .ok_or(StoreError::Missing { what: "contact" })?;
        Ok(())
    }

    async fn count_failure(
        &mut self,
        contact: ContactId,
        now: DateTime<Utc>,
    ) -> Result<i32, StoreError> {
        let tenant = self.id();
        Ok(sqlx::query_scalar!(
            "INSERT INTO retries (tenant_id, contact_id, attempts, due_at) VALUES ($1, $2, 1, $3)
             ON CONFLICT (tenant_id, contact_id) DO UPDATE SET attempts = retries.attempts + 1
             RETURNING attempts",
            tenant,
            contact.as_uuid(),
            now
        )
        .fetch_one(self.db())
        .await?)
    }

    async fn update_retry(
        &mut self,
        contact: ContactId,
        due_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "UPDATE retries SET due_at = $3 WHERE tenant_id = $1 AND contact_id = $2",
            tenant,
            contact.as_uuid(),
            due_at
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Sets what waits for a contact aside as a dead letter: messages, timers
    /// that ran out and reports.
    async fn bury(
        &mut self,
        contact: ContactId,
        attempts: i32,
        error: &str,
        now: DateTime<Utc>,
    ) -> Result<DeadLetterId, StoreError> {
        let (tenant, id) = (self.id(), DeadLetterId::make());
        let error: String = clean_text(error).chars().take(2000).collect();
        sqlx::query!(
            "INSERT INTO dead_letters (tenant_id, id, contact_id, attempts, error, at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            tenant,
            id.as_uuid(),
            contact.as_uuid(),
            attempts,
            error,
            now
        )
        .execute(self.db())
        .await?;
        sqlx::query!(
            "UPDATE inbound_messages SET processed_at = $4, dead_letter_id = $3
             WHERE tenant_id = $1 AND contact_id = $2 AND processed_at IS NULL",
            tenant,
            contact.as_uuid(),
            id.as_uuid(),
            now
        )
        .execute(self.db())
        .await?;
        sqlx::query!(
            "DELETE FROM timers WHERE tenant_id = $1 AND contact_id = $2 AND due_at <= $3",
            tenant,
            contact.as_uuid(),
            now
        )
        .execute(self.db())
        .await?;
        sqlx::query!(
            "UPDATE outbound_messages SET report_due = false
             WHERE tenant_id = $1 AND contact_id = $2 AND report_due",
            tenant,
            contact.as_uuid()
        )
        .execute(self.db())
        .await?;
        sqlx::query!(
            "DELETE FROM retries WHERE tenant_id = $1 AND contact_id = $2",
            tenant,
            contact.as_uuid()
        )
        .execute(self.db())
        .await?;
        Ok(id)
    }
}
