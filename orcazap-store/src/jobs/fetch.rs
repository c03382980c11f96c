//! One file that is to be fetched: claimed, fetched by the caller with no
//! transaction open, and kept, put off or given up.

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use uuid::Uuid;

use crate::error::StoreError;
use crate::ids::{MediaId, TenantId};
use crate::media::{MediaPlace, MediaStorage, StorageError};
use crate::store::{Store, TenantTx};

/// How long a fetch may take before another worker takes it for dead.
const LEASE: TimeDelta = TimeDelta::minutes(3);
/// How often one is tried: with pauses up to an hour, about a day in all. The
/// platform keeps a file for seven.
pub const MAX_FETCH_ATTEMPTS: i32 = 30;

/// A file to be fetched. `Debug` shows no token.
#[derive(Debug, Clone)]
pub struct Fetch {
    /// Whose file it is.
    pub tenant: TenantId,
    /// Which.
    pub media: MediaId,
    /// The number it came to.
    pub phone_number_id: String,
    /// That number's access token, if it has one of its own.
    pub access_token: Option<SecretString>,
    /// What the platform fetches it by.
    pub reference: String,
    /// `audio`, `image`, `document`, …
    pub kind: String,
    /// The type as claimed when it came.
    pub claimed_type: Option<String>,
    /// Its SHA-256 as told when it came, in base64 or hexadecimal.
    pub sha256: Option<String>,
    /// Which attempt this is, from 1.
    pub attempt: i32,
}

impl Fetch {
    fn place(&self) -> MediaPlace {
        MediaPlace { tenant: self.tenant, media: self.media }
    }
}

impl Store {
    /// The next file that is due, leased to the caller for three minutes.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`]; [`StoreError::Secret`] when the number's token
    /// cannot be opened: the file has then been put off all the same.
    pub async fn claim_fetch(&self, now: DateTime<Utc>) -> Result<Option<Fetch>, StoreError> {
        let mut tx = self.tenant(TenantId::from(Uuid::nil())).await?;
        let row = sqlx::query!(
            "UPDATE media_fetches SET due_at = $2
             WHERE id = (
                SELECT id FROM media_fetches
                WHERE due_at <= $1
                ORDER BY due_at
                LIMIT 1
                FOR UPDATE SKIP LOCKED
             )
             RETURNING tenant_id, media_id",
            now,
            now + LEASE
        )
        .fetch_optional(tx.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        tx.switch_tenant(row.tenant_id.into()).await?;
        let found = sqlx::query!(
            "UPDATE media SET attempts = attempts + 1
             WHERE tenant_id = $1 AND id = $2
             RETURNING channel_id, reference, kind, claimed_type, claimed_sha256, attempts",
            row.tenant_id,
            row.media_id
        )
        .fetch_one(tx.db())
        .await?;
        let credentials = tx.channel_credentials(found.channel_id).await;
        tx.commit().await?;
        let missing = StoreError::Missing { what: "channel" };
        let credentials = credentials?.ok_or(missing)?;
        Ok(Some(Fetch {
            tenant: row.tenant_id.into(),
            media: row.media_id.into(),
            phone_number_id: credentials.phone_number_id,
            access_token: credentials.access_token,
            reference: found.reference,
            kind: found.kind,
            claimed_type: found.claimed_type,
            sha256: found.claimed_sha256,
            attempt: found.attempts,
        }))
    }

    /// Seals a file that was fetched, puts its bytes into the storage, and then says
    /// that it is here. Doing it twice does no harm.
    ///
    /// # Errors
    ///
    /// [`StorageError`]; the file comes up again when its lease ends.
    pub async fn keep_media(
        &self,
        storage: &dyn MediaStorage,
        fetch: &Fetch,
        bytes: &[u8],
        content_type: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        let media = fetch.media.as_uuid();
        let tx = self.tenant(fetch.tenant).await?;
        let (sealed, key) = tx.seal_media_bytes(media, bytes)?;
        // Not held while the storage is at work.
        drop(tx);
        storage.put(fetch.place(), sealed).await?;
        let mut tx = self.tenant(fetch.tenant).await?;
        let key = tx.seal_content_key(media, &key)?;
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let content_type: String = content_type.chars().take(128).collect();
        sqlx::query!(
            "UPDATE media SET
                state = 'kept', content_type = $3, size = $4, content_key = $5, kept_at = $6,
                error = NULL
             WHERE tenant_id = $1 AND id = $2",
            tx.id(),
            media,
            content_type,
            size,
            key,
            now
        )
        .execute(tx.db())
        .await
        .map_err(StoreError::from)?;
        tx.end_fetch(fetch).await?;
        Ok(tx.commit().await?)
    }

    /// Tries a file again at a later time, or gives it up when it was tried
    /// [`MAX_FETCH_ATTEMPTS`] times; says whether it will be tried again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn retry_fetch(&self, fetch: &Fetch, at: DateTime<Utc>) -> Result<bool, StoreError> {
        if fetch.attempt >= MAX_FETCH_ATTEMPTS {
            self.lose_media(fetch, "unreachable").await?;
            return Ok(false);
        }
        let mut tx = self.tenant(fetch.tenant).await?;
        sqlx::query!(
            "UPDATE media_fetches SET due_at = $3 WHERE tenant_id = $1 AND media_id = $2",
            tx.id(),
            fetch.media.as_uuid(),
            at
        )
        .execute(tx.db())
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Gives a file up: it can't be had, for a reason that is told in one word.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn lose_media(&self, fetch: &Fetch, reason: &str) -> Result<(), StoreError> {
        let mut tx = self.tenant(fetch.tenant).await?;
        let reason: String = reason.chars().take(64).collect();
        sqlx::query!(
            "UPDATE media SET state = 'lost', error = $3
             WHERE tenant_id = $1 AND id = $2 AND state = 'waiting'",
            tx.id(),
            fetch.media.as_uuid(),
            reason
        )
        .execute(tx.db())
        .await?;
        tx.end_fetch(fetch).await?;
        tx.commit().await
    }
}

impl TenantTx {
    async fn end_fetch(&mut self, fetch: &Fetch) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "DELETE FROM media_fetches WHERE tenant_id = $1 AND media_id = $2",
            tenant,
            fetch.media.as_uuid()
        )
        .execute(self.db())
        .await?;
        Ok(())
    }
}
