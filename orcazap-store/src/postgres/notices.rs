//! News for a store's people: what a platform says of its account, numbers and
//! templates, and what they must know of messages that no assistant answers.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::page::{Cursor, Page};
use crate::error::{RowAt, StoreError};
use crate::ids::{ChannelId, ContactId, ConversationId, NoticeId, StaffId};
use crate::json::clean_text;
use crate::secrets::Spot;
use crate::store::TenantTx;

/// The largest JSON of the platform kept with a notice, in bytes; of a larger one
/// its beginning, as a text.
const MAX_RAW_BYTES: usize = 64 * 1024;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Somebody should look at it.
    Attention,
    /// Messages do not go out or do not come in, or soon will not.
    Critical,
}

impl Severity {
    /// Every severity, the least first.
    pub const ALL: &'static [Self] = &[Self::Info, Self::Attention, Self::Critical];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Attention => "attention",
            Self::Critical => "critical",
        }
    }
}

/// What a notice means for sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelChange {
    /// The channels it is about stop sending.
    Pause {
        /// Why, as people are told; cut to 500 characters.
        reason: String,
    },
    /// Those that such a notice stopped go on.
    Resume {
        /// The reason they were stopped for.
        reason: String,
    },
}

/// News to be kept.
#[derive(Clone, PartialEq)]
pub struct NewNotice {
    /// What it is: a stable code, cut to 64 characters.
    pub kind: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is told, by names: what its words are made of.
    pub data: Value,
    /// What follows for sending, if anything.
    pub change: Option<ChannelChange>,
    /// The platform's JSON.
    pub raw: Value,
}

impl NewNotice {
    /// News that nothing follows from, and that came from no webhook.
    #[must_use]
    pub fn new(kind: impl Into<String>, severity: Severity, data: Value) -> Self {
        Self { kind: kind.into(), severity, data, change: None, raw: Value::Null }
    }

    /// Tells news apart from news that came again.
    fn fingerprint(&self) -> [u8; 32] {
        let told = (&self.kind, &self.data, &self.raw);
        Sha256::digest(serde_json::to_vec(&told).unwrap_or_default()).into()
    }
}

impl std::fmt::Debug for NewNotice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewNotice")
            .field("kind", &self.kind)
            .field("severity", &self.severity)
            .finish_non_exhaustive()
    }
}

/// News that was kept. `Debug` does not show what is told.
#[derive(Clone, PartialEq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// The number it is about, when it is about one.
    pub channel: Option<ChannelId>,
    /// The customer it is about, when it is about one.
    pub contact: Option<ContactId>,
    /// That customer's latest conversation.
    pub conversation: Option<ConversationId>,
    /// What it is.
    pub kind: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is told.
    pub data: Value,
    /// The platform's JSON; null when it came from no webhook.
    pub raw: Value,
    /// When it came.
    pub at: DateTime<Utc>,
    /// When somebody said to have seen it.
    pub seen_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notice")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

#[derive(Serialize, Deserialize)]
struct Body {
    data: Value,
    raw: Value,
}

struct NoticeRow {
    id: Uuid,
    channel_id: Option<Uuid>,
    contact_id: Option<Uuid>,
    conversation_id: Option<Uuid>,
    kind: String,
    severity: String,
    body: Vec<u8>,
    at: DateTime<Utc>,
    seen_at: Option<DateTime<Utc>>,
}

impl TenantTx {
    /// Keeps news of some channels, unless the very same was kept before; says
    /// whether it was new. What follows for sending is done with it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn insert_notice(
        &mut self,
        channels: &[ChannelId],
        contact: Option<ContactId>,
        new: &NewNotice,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (tenant, id) = (self.id(), Uuid::now_v7());
        let only = if let [channel] = channels { Some(channel.as_uuid()) } else { None };
        let raw = bounded(&new.raw)?;
        let body = serde_json::to_vec(&Body { data: new.data.clone(), raw })?;
        let body = self.keys().seal(&self.notice_spot(id), &body)?;
        let kind: String = clean_text(&new.kind).chars().take(64).collect();
        let done = sqlx::query!(
            "INSERT INTO notices (
                tenant_id, id, fingerprint, channel_id, contact_id, kind, severity, body, at
             )
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (tenant_id, fingerprint) DO NOTHING",
            tenant,
            id,
            &new.fingerprint(),
            only,
            contact.map(ContactId::as_uuid),
            kind,
            new.severity.code(),
            body,
            now
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        let is_new = done.rows_affected() > 0;
        if is_new && let Some(change) = &new.change {
            self.change_channels(channels, change).await?;
        }
        Ok(is_new)
    }

    /// The news, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Secret`] when one cannot be opened.
    pub async fn list_notices(
        &mut self,
        before: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<Notice>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query_as!(
            NoticeRow,
            "SELECT id, channel_id, contact_id, (
                    SELECT c.id FROM conversations c
                    WHERE c.tenant_id = n.tenant_id AND c.contact_id = n.contact_id
                    ORDER BY (c.closed_at IS NULL) DESC, c.number DESC
                    LIMIT 1
                ) AS conversation_id, kind, severity, body, at, seen_at
             FROM notices n
             WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2)
             ORDER BY id DESC
             LIMIT $3",
            tenant,
            before.map(Cursor::id),
            Page::<Notice>::probe(limit)
        )
        .fetch_all(self.db())
        .await?;
        let notices: Result<Vec<_>, _> =
            rows.into_iter().map(|row| self.open_notice(row)).collect();
        Ok(Page::cut(notices?, limit, |notice: &Notice| {
            Cursor::new(notice.at, notice.id.as_uuid())
        }))
    }

    /// The latest critical news that nobody has seen, and how much unseen news there
    /// is in all.
    ///
    /// # Errors
    ///
    /// [`StoreError::Secret`] when it cannot be opened.
    pub async fn pressing_notice(&mut self) -> Result<(Option<Notice>, i64), StoreError> {
        let tenant = self.id();
        let unseen = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!" FROM notices WHERE tenant_id = $1 AND seen_at IS NULL"#,
            tenant
        )
        .fetch_one(self.db())
        .await?;
        if unseen == 0 {
            return Ok((None, 0));
        }
        let row = sqlx::query_as!(
            NoticeRow,
            "SELECT id, channel_id, contact_id, (
                    SELECT c.id FROM conversations c
                    WHERE c.tenant_id = n.tenant_id AND c.contact_id = n.contact_id
                    ORDER BY (c.closed_at IS NULL) DESC, c.number DESC
                    LIMIT 1
                ) AS conversation_id, kind, severity, body, at, seen_at
             FROM notices n
             WHERE tenant_id = $1 AND seen_at IS NULL AND severity = 'critical'
             ORDER BY id DESC
             LIMIT 1",
            tenant
        )
        .fetch_optional(self.db())
        .await?;
        Ok((row.map(|row| self.open_notice(row)).transpose()?, unseen))
    }

    /// Marks one as seen, or with `None` all there are; says how many were unseen.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn mark_notices_seen(
        &mut self,
        notice: Option<NoticeId>,
        by: StaffId,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "UPDATE notices SET seen_at = $3, seen_by = $4
             WHERE tenant_id = $1 AND seen_at IS NULL AND ($2::uuid IS NULL OR id = $2)",
            tenant,
            notice.map(NoticeId::as_uuid),
            now,
            by.as_uuid()
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected())
    }

    /// Stops a channel that sends, and tells the store's people why. One that is
    /// stopped already is left alone, and nothing is told again.
    pub(crate) async fn pause_channel_with_notice(
        &mut self,
        channel: ChannelId,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let sends = sqlx::query_scalar!(
            r#"SELECT status = 'active' AS "sends!" FROM channels
             WHERE tenant_id = $1 AND id = $2
             FOR NO KEY UPDATE"#,
            tenant,
            channel.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        if sends == Some(true) {
            self.pause_channel(channel, reason).await?;
            let data = json!({ "reason": reason, "at": now });
            let notice = NewNotice::new("channel_paused", Severity::Critical, data);
            self.insert_notice(&[channel], None, &notice, now).await?;
        }
        Ok(())
    }

    async fn change_channels(
        &mut self,
        channels: &[ChannelId],
        change: &ChannelChange,
    ) -> Result<(), StoreError> {
        for channel in channels.iter().copied() {
            match change {
                ChannelChange::Pause { reason } => self.pause_channel(channel, reason).await?,
                ChannelChange::Resume { reason } => {
                    self.resume_channel_paused_for(channel, reason).await?;
                }
            }
        }
        Ok(())
    }

    fn open_notice(&self, row: NoticeRow) -> Result<Notice, StoreError> {
        let at = RowAt { table: "notices", row: &row.id };
        let body = self.keys().open(&self.notice_spot(row.id), &row.body)?;
        let Body { data, raw } = at.read("body", serde_json::from_slice(&body))?;
        let severity = Severity::ALL.iter().copied().find(|one| one.code() == row.severity);
        let severity =
            severity.ok_or_else(|| at.error("severity", format!("found {:?}", row.severity)))?;
        Ok(Notice {
            id: row.id.into(),
            channel: row.channel_id.map(ChannelId::from),
            contact: row.contact_id.map(ContactId::from),
            conversation: row.conversation_id.map(ConversationId::from),
            kind: row.kind,
            severity,
            data,
            raw,
            at: row.at,
            seen_at: row.seen_at,
        })
    }

    pub(crate) async fn reseal_notices(&mut self, limit: u16) -> Result<u64, StoreError> {
        let (tenant, prefix) = (self.id(), self.keys().prefix());
        let rows = sqlx::query!(
            "SELECT id, body FROM notices
             WHERE tenant_id = $1 AND substring(body FOR length($2::bytea)) <> $2::bytea
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
            let spot = self.notice_spot(row.id);
            let body = self.keys().seal(&spot, &self.keys().open(&spot, &row.body)?)?;
            sqlx::query!(
                "UPDATE notices SET body = $3 WHERE tenant_id = $1 AND id = $2",
                tenant,
                row.id,
                body
            )
            .execute(self.db())
            .await?;
        }
        Ok(changed)
    }

    fn notice_spot(&self, row: Uuid) -> Spot {
        Spot { tenant: self.id(), column: "notices.body", row }
    }
}

fn bounded(raw: &Value) -> Result<Value, StoreError> {
    let mut json = serde_json::to_vec(raw)?;
    if json.len() <= MAX_RAW_BYTES {
        return Ok(raw.clone());
    }
    json.truncate(MAX_RAW_BYTES);
    Ok(String::from_utf8_lossy(&json).into_owned().into())
}
