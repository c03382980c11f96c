//! Log-ins. Of a token only its SHA-256 is kept.

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::users::Staff;
use crate::error::{RowAt, StoreError};
use crate::ids::StaffId;
use crate::secrets::token_hash;
use crate::store::TenantTx;

/// A log-in that holds, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who is logged in.
    pub staff: Staff,
    /// When they logged in.
    pub created_at: DateTime<Utc>,
    /// When they were last seen, to the minute.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

impl TenantTx {
    /// Keeps a new session. The token is the caller's: at least 128 random bits.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`], also when there is no such person.
    pub async fn insert_session(
        &mut self,
        token: &SecretString,
        staff: StaffId,
        expires_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "INSERT INTO sessions (tenant_id, token_hash, user_id, created_at, last_seen_at, expires_at)
             VALUES ($1, $2, $3, $4, $4, $5)",
            tenant,
            &token_hash(token)[..],
            staff.as_uuid(),
            now,
            expires_at
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// The session of a token, when it has not ended and its person may log in.
    /// Notes that they were seen, at most once a minute.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_session(
        &mut self,
        token: &SecretString,
        now: DateTime<Utc>,
    ) -> Result<Option<Session>, StoreError> {
        let (tenant, hash) = (self.id(), token_hash(token));
        let row = sqlx::query!(
            "SELECT s.created_at, s.last_seen_at, s.expires_at, u.id, u.email, u.name, u.role
             FROM sessions s
             JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
             WHERE s.tenant_id = $1 AND s.token_hash = $2 AND s.expires_at > $3
                 AND u.disabled_at IS NULL",
            tenant,
            &hash[..],
            now
        )
        .fetch_optional(self.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        if row.last_seen_at + chrono::Duration::minutes(1) <= now {
            sqlx::query!(
                "UPDATE sessions SET last_seen_at = $3 WHERE tenant_id = $1 AND token_hash = $2",
                tenant,
                &hash[..],
                now
            )
            .execute(self.db())
            .await?;
        }
        let role = RowAt { table: "users", row: &row.id }.parse("role", &row.role)?;
        let staff =
            Staff { id: row.id.into(), email: row.email, name: row.name, role, disabled_at: None };
        Ok(Some(Session {
            staff,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            expires_at: row.expires_at,
        }))
    }

    /// Gives a session a new token, as after every log-in and change of rights;
    /// the old one ends at once.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such session.
    pub async fn rotate_session(
        &mut self,
        old: &SecretString,
        new: &SecretString,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "UPDATE sessions SET token_hash = $3 WHERE tenant_id = $1 AND token_hash = $2",
            tenant,
            &token_hash(old)[..],
            &token_hash(new)[..]
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            Err(StoreError::Missing { what: "session" })
        } else {
            Ok(())
        }
    }

    /// Ends a session; ending it twice is ending it once.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn revoke_session(&mut self, token: &SecretString) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "DELETE FROM sessions WHERE tenant_id = $1 AND token_hash = $2",
            tenant,
            &token_hash(token)[..]
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Ends every session of a person.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn revoke_sessions_of(&mut self, staff: StaffId) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "DELETE FROM sessions WHERE tenant_id = $1 AND user_id = $2",
            tenant,
            staff.as_uuid()
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Removes up to 1,000 sessions that have ended; says how many.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn delete_ended_sessions(&mut self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "DELETE FROM sessions
             WHERE tenant_id = $1 AND token_hash IN (
                 SELECT token_hash FROM sessions
                 WHERE tenant_id = $1 AND expires_at <= $2
                 LIMIT 1000
             )",
            tenant,
            now
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected())
    }
}
