//! The files that customers sent: what is known of each, and how its bytes are
//! sealed. Where the bytes lie is the business of [`crate::media`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use crate::error::{RowAt, StoreError};
use crate::ids::{ChannelId, MediaId, MessageId};
use crate::json::clean_text;
use crate::secrets::{Keyring, Spot};
use crate::store::TenantTx;

const FILE_NAME: &str = "media.file_name";
const CONTENT_KEY: &str = "media.content_key";
const BYTES: &str = "media.bytes";

/// A file that came with a message, to be fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMedia {
    /// What the platform fetches it by: an id or an address; of more than 2,048
    /// characters none is kept.
    pub reference: String,
    /// `audio`, `image`, `document`, …; cut to 64 characters.
    pub kind: String,
    /// The type as claimed, such as `image/jpeg`; cut to 128 characters.
    pub claimed_type: Option<String>,
    /// Its SHA-256 as told, in base64 or hexadecimal.
    pub sha256: Option<String>,
    /// Its name as the sender wrote it; cut to 255 characters.
    pub file_name: Option<String>,
}

impl std::fmt::Debug for NewMedia {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewMedia").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Whether a file can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaState {
    /// It is still to be fetched.
    Waiting,
    /// It is here.
    Kept {
        /// Its type, by its first bytes.
        content_type: String,
        /// How many bytes it has.
        size: u64,
    },
    /// It can't be had.
    Lost {
        /// Why: `gone`, `too_large`, `changed`, `refused`.
        reason: String,
    },
}

/// A file that came in. `Debug` does not show its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Media {
    /// Its id.
    pub id: MediaId,
    /// `audio`, `image`, `document`, …
    pub kind: String,
    /// Its name as the sender wrote it: never a path, never a header as it is.
    pub file_name: Option<String>,
    /// Whether it can be looked at.
    pub state: MediaState,
}

impl std::fmt::Debug for Media {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Media")
            .field("id", &self.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

struct MediaRow {
    id: Uuid,
    message_id: Uuid,
    kind: String,
    file_name: Option<Vec<u8>>,
    state: String,
    content_type: Option<String>,
    size: Option<i64>,
    error: Option<String>,
}

impl TenantTx {
    /// Keeps that a file came, and that it is to be fetched.
    pub(crate) async fn insert_media(
        &mut self,
        message: Uuid,
        channel: ChannelId,
        new: &NewMedia,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let cut =
            |text: &str, max: usize| -> String { clean_text(text).chars().take(max).collect() };
        if !(1..=2048).contains(&clean_text(&new.reference).chars().count()) {
            return Ok(());
        }
        let (tenant, id) = (self.id(), Uuid::now_v7());
        let file_name = new.file_name.as_deref().map(|name| cut(name, 255));
        let file_name = file_name.filter(|name| !name.is_empty());
        let file_name = file_name
            .map(|name| self.keys().seal(&self.media_spot(FILE_NAME, id), name.as_bytes()))
            .transpose()?;
        let kind = Some(cut(&new.kind, 64)).filter(|kind| !kind.is_empty());
        sqlx::query!(
            "WITH new AS (
                INSERT INTO media (
                    tenant_id, id, message_id, channel_id, reference, kind, claimed_type,
                    claimed_sha256, file_name, state, created_at
                )
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10)
                RETURNING tenant_id, id
             )
             INSERT INTO media_fetches (tenant_id, media_id, due_at)
             SELECT tenant_id, id, $10 FROM new",
            tenant,
            id,
            message,
            channel.as_uuid(),
            clean_text(&new.reference),
            kind.as_deref().unwrap_or("unknown"),
            new.claimed_type.as_deref().map(|text| cut(text, 128)),
            new.sha256.as_deref().map(|text| cut(text, 128)),
            file_name,
            now
        )
        .execute(self.db())
        .await?;
        self.wakes().media = true;
        Ok(())
    }

    /// The files of some messages.
    pub(crate) async fn media_of(
        &mut self,
        messages: &[Uuid],
    ) -> Result<BTreeMap<Uuid, Media>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query_as!(
            MediaRow,
            "SELECT id, message_id, kind, file_name, state, content_type, size, error
             FROM media
             WHERE tenant_id = $1 AND message_id = ANY($2)",
            tenant,
            messages
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter().map(|row| Ok((row.message_id, self.open_media(row)?))).collect()
    }

    /// A file by its id, and the message it came with.
    ///
    /// # Errors
    ///
    /// [`StoreError::Secret`] when its name cannot be opened.
    pub async fn find_media(
        &mut self,
        media: MediaId,
    ) -> Result<Option<(Media, MessageId)>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query_as!(
            MediaRow,
            "SELECT id, message_id, kind, file_name, state, content_type, size, error
             FROM media
             WHERE tenant_id = $1 AND id = $2",
            tenant,
            media.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let message = row.message_id.into();
        Ok(Some((self.open_media(row)?, message)))
    }

    /// Opens the bytes of a file as its storage gave them; `None` when the file is
    /// not here (any more).
    ///
    /// # Errors
    ///
    /// [`StoreError::Secret`] when they were changed, or are another file's.
    pub async fn open_media_bytes(
        &mut self,
        media: MediaId,
        sealed: &[u8],
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let (tenant, id) = (self.id(), media.as_uuid());
        let key = sqlx::query_scalar!(
            "SELECT content_key FROM media WHERE tenant_id = $1 AND id = $2 AND state = 'kept'",
            tenant,
            id
        )
        .fetch_optional(self.db())
        .await?
        .flatten();
        let Some(key) = key else { return Ok(None) };
        let key = self.keys().open_text(&self.media_spot(CONTENT_KEY, id), &key)?;
        Ok(Some(Keyring::parse(&key)?.open(&self.media_spot(BYTES, id), sealed)?))
    }

    /// Seals the bytes of a file with a key of its own, which is given beside them.
    pub(crate) fn seal_media_bytes(
        &self,
        media: Uuid,
        bytes: &[u8],
    ) -> Result<(Vec<u8>, SecretString), StoreError> {
        let key = Keyring::generate("f");
        let sealed = Keyring::parse(&key)?.seal(&self.media_spot(BYTES, media), bytes)?;
        Ok((sealed, key))
    }

    pub(crate) fn seal_content_key(
        &self,
        media: Uuid,
        key: &SecretString,
    ) -> Result<Vec<u8>, StoreError> {
        let spot = self.media_spot(CONTENT_KEY, media);
        Ok(self.keys().seal(&spot, key.expose_secret().as_bytes())?)
    }

    pub(crate) async fn reseal_media(&mut self, limit: u16) -> Result<u64, StoreError> {
        let (tenant, prefix) = (self.id(), self.keys().prefix());
        let rows = sqlx::query!(
            "SELECT id, file_name, content_key FROM media
             WHERE tenant_id = $1 AND (
                substring(file_name FOR length($2::bytea)) <> $2::bytea
                OR substring(content_key FOR length($2::bytea)) <> $2::bytea
             )
             LIMIT $3
             FOR NO KEY UPDATE",
            tenant,
            prefix,
            i64::from(limit)
        )
        .fetch_all(self.db())
        .await?;
        let changed = rows.len() as u64;
        for row in rows {
            let anew = |column, sealed: Option<Vec<u8>>| -> Result<Option<Vec<u8>>, StoreError> {
                let spot = self.media_spot(column, row.id);
                let Some(sealed) = sealed else { return Ok(None) };
                Ok(Some(self.keys().seal(&spot, &self.keys().open(&spot, &sealed)?)?))
            };
            let file_name = anew(FILE_NAME, row.file_name)?;
            let content_key = anew(CONTENT_KEY, row.content_key)?;
            sqlx::query!(
                "UPDATE media SET file_name = $3, content_key = $4 WHERE tenant_id = $1 AND id = $2",
                tenant,
                row.id,
                file_name,
                content_key
            )
            .execute(self.db())
            .await?;
        }
        Ok(changed)
    }

    fn open_media(&self, row: MediaRow) -> Result<Media, StoreError> {
        let at = RowAt { table: "media", row: &row.id };
        let state = match (row.state.as_str(), row.content_type, row.size) {
            ("waiting", _, _) => MediaState::Waiting,
            ("lost", _, _) => MediaState::Lost { reason: row.error.unwrap_or_default() },
            ("kept", Some(content_type), Some(size)) => {
                MediaState::Kept { content_type, size: at.read("size", u64::try_from(size))? }
            }
            (other, _, _) => return Err(at.error("state", format!("found {other:?}"))),
        };
        let spot = self.media_spot(FILE_NAME, row.id);
        let file_name = row.file_name.map(|sealed| self.keys().open_text(&spot, &sealed));
        let file_name = file_name.transpose()?.map(|name| name.expose_secret().to_owned());
        Ok(Media { id: row.id.into(), kind: row.kind, file_name, state })
    }

    fn media_spot(&self, column: &'static str, row: Uuid) -> Spot {
        Spot { tenant: self.id(), column, row }
    }
}
