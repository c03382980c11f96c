//! The messages of a conversation, in and out, as one list.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::page::{Cursor, Page};
use crate::error::StoreError;
use crate::ids::{ConversationId, MessageId, StaffId};
use crate::jobs::body::{Body, Way};
use crate::jobs::ingest::Source;
use crate::postgres::media::Media;
use crate::store::TenantTx;

/// Which way a message went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direction {
    /// From the customer.
    In,
    /// From the customer, while another assistant had the conversation.
    Standby,
    /// From the store's own phone.
    Phone,
    /// To the customer.
    Out {
        /// What it has come to: the state's code, as in the table of deliveries.
        state: String,
        /// What the platform said against it.
        error: Option<String>,
        /// The person who wrote it, if one did.
        written_by: Option<StaffId>,
    },
}

/// A message of a conversation. `Debug` does not show its words.
#[derive(Clone, PartialEq, Eq)]
pub struct MessageEntry {
    /// Its id.
    pub id: MessageId,
    /// Which way it went.
    pub direction: Direction,
    /// The platform's kind, or what it was for.
    pub kind: String,
    /// Its words, if it has any.
    pub text: Option<String>,
    /// The file in it, if one is.
    pub media: Option<Media>,
    /// The platform's JSON of what came in; what was queued of what went out.
    pub raw: Value,
    /// When it was written.
    pub at: DateTime<Utc>,
}

impl std::fmt::Debug for MessageEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MessageEntry")
            .field("id", &self.id)
            .field("direction", &self.direction)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

struct MessageRow {
    id: Uuid,
    at: DateTime<Utc>,
    kind: String,
    body: Vec<u8>,
    source: Option<String>,
    state: Option<String>,
    error: Option<String>,
    written_by: Option<Uuid>,
}

/// A message that did not go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// Its id.
    pub id: MessageId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// What it was for.
    pub kind: String,
    /// `held` or `failed`, as in the table of deliveries.
    pub state: String,
    /// What the platform said against it.
    pub error: Option<String>,
    /// Since when it is so.
    pub at: DateTime<Utc>,
}

struct UnsentRow {
    id: Uuid,
    conversation_id: Uuid,
    kind: String,
    state: String,
    error: Option<String>,
    state_at: DateTime<Utc>,
}

impl From<UnsentRow> for Unsent {
    fn from(row: UnsentRow) -> Self {
        Self {
            id: row.id.into(),
            conversation: row.conversation_id.into(),
            kind: row.kind,
            state: row.state,
            error: row.error,
            at: row.state_at,
        }
    }
}

impl TenantTx {
    /// The messages that wait for a person or were refused, the latest made
    /// first. [`TenantTx::send_again`] gives one another try.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn list_unsent(
        &mut self,
        before: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<Unsent>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query_as!(
            UnsentRow,
            "SELECT id, conversation_id, kind, state, error, state_at
             FROM outbound_messages
             WHERE tenant_id = $1 AND state IN ('held', 'failed') AND ($2::uuid IS NULL OR id < $2)
             ORDER BY id DESC
             LIMIT $3",
            tenant,
            before.map(Cursor::id),
            Page::<Unsent>::probe(limit)
        )
        .fetch_all(self.db())
        .await?;
        let unsent = rows.into_iter().map(Unsent::from).collect();
        Ok(Page::cut(unsent, limit, |entry: &Unsent| Cursor::new(entry.at, entry.id.as_uuid())))
    }

    /// The latest messages that wait for a person; those that wait for their
    /// customer, who was asked by a template, are none of them.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn list_held(&mut self, limit: u16) -> Result<Vec<Unsent>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query_as!(
            UnsentRow,
            "SELECT id, conversation_id, kind, state, error, state_at
             FROM outbound_messages m
             WHERE tenant_id = $1 AND state = 'held' AND NOT EXISTS (
                    SELECT FROM outbound_messages n
                    WHERE n.tenant_id = m.tenant_id AND n.id = m.waits_for
                        AND n.state NOT IN ('failed', 'dropped', 'held')
                )
             ORDER BY id DESC
             LIMIT $2",
            tenant,
            i64::from(limit)
        )
        .fetch_all(self.db())
        .await?;
        Ok(rows.into_iter().map(Unsent::from).collect())
    }

    /// A message that waits for a person or was refused; `None` for any other.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_unsent(&mut self, id: MessageId) -> Result<Option<Unsent>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query_as!(
            UnsentRow,
            "SELECT id, conversation_id, kind, state, error, state_at
             FROM outbound_messages
             WHERE tenant_id = $1 AND id = $2 AND state IN ('held', 'failed')",
            tenant,
            id.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        Ok(row.map(Unsent::from))
    }

    /// The messages of a conversation, the latest first; those that still wait
    /// to be read belong to none and are not among them.
    ///
    /// # Errors
    ///
    /// [`StoreError::Secret`] when one cannot be opened.
    pub async fn list_messages(
        &mut self,
        conversation: ConversationId,
        before: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<MessageEntry>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query_as!(
            MessageRow,
            r#"SELECT id AS "id!", at AS "at!", kind AS "kind!", body AS "body!",
                source, state, error, written_by
             FROM (
                (SELECT id, sent_at AS at, kind, body, source, NULL::text AS state,
                    NULL::text AS error, NULL::uuid AS written_by
                 FROM inbound_messages
                 WHERE tenant_id = $1 AND conversation_id = $2
                    AND ($3::timestamptz IS NULL OR (sent_at, id) < ($3, $4))
                 ORDER BY sent_at DESC, id DESC
                 LIMIT $5)
                UNION ALL
                (SELECT id, created_at, kind, body, NULL::text, state, error, written_by
                 FROM outbound_messages
                 WHERE tenant_id = $1 AND conversation_id = $2
                    AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
                 ORDER BY created_at DESC, id DESC
                 LIMIT $5)
             ) AS both_ways
             ORDER BY at DESC, id DESC
             LIMIT $5"#,
            tenant,
            conversation.as_uuid(),
            before.map(Cursor::at),
            before.map(Cursor::id),
            Page::<MessageEntry>::probe(limit)
        )
        .fetch_all(self.db())
        .await?;
        let ids: Vec<Uuid> =
            rows.iter().filter(|row| row.source.is_some()).map(|row| row.id).collect();
        let mut files = self.media_of(&ids).await?;
        let entries: Result<Vec<_>, _> =
            rows.into_iter().map(|row| self.open_message(row, &mut files)).collect();
        Ok(Page::cut(entries?, limit, |entry| Cursor::new(entry.at, entry.id.as_uuid())))
    }

    pub(crate) async fn reseal_inbound(&mut self, limit: u16) -> Result<u64, StoreError> {
        let (tenant, prefix) = (self.id(), self.keys().prefix());
        let rows = sqlx::query!(
            "SELECT id, body
             FROM inbound_messages
             WHERE tenant_id = $1 AND substring(body FOR length($2::bytea)) <> $2::bytea
             LIMIT $3
             FOR NO KEY UPDATE",
            tenant,
            prefix,
            i64::from(limit)
        )
        .fetch_all(self.db())
        .await?;
        let rows = rows.into_iter().map(|row| (row.id, row.body));
        let (ids, bodies) = self.sealed_anew(Way::In, rows)?;
        let done = sqlx::query!(
            "UPDATE inbound_messages m SET body = n.body
             FROM UNNEST($2::uuid[], $3::bytea[]) AS n (id, body)
             WHERE m.tenant_id = $1 AND m.id = n.id",
            tenant,
            &ids,
            &bodies
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected())
    }

    pub(crate) async fn reseal_outbound(&mut self, limit: u16) -> Result<u64, StoreError> {
        let (tenant, prefix) = (self.id(), self.keys().prefix());
        let rows = sqlx::query!(
            "SELECT id, body
             FROM outbound_messages
             WHERE tenant_id = $1 AND substring(body FOR length($2::bytea)) <> $2::bytea
             LIMIT $3
             FOR NO KEY UPDATE",
            tenant,
            prefix,
            i64::from(limit)
        )
        .fetch_all(self.db())
        .await?;
        let rows = rows.into_iter().map(|row| (row.id, row.body));
        let (ids, bodies) = self.sealed_anew(Way::Out, rows)?;
        let done = sqlx::query!(
            "UPDATE outbound_messages m SET body = n.body
             FROM UNNEST($2::uuid[], $3::bytea[]) AS n (id, body)
             WHERE m.tenant_id = $1 AND m.id = n.id",
            tenant,
            &ids,
            &bodies
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected())
    }

    /// The bodies of some rows under the key that writes now, beside their ids.
    fn sealed_anew(
        &self,
        way: Way,
        rows: impl Iterator<Item = (Uuid, Vec<u8>)>,
    ) -> Result<(Vec<Uuid>, Vec<Vec<u8>>), StoreError> {
        let anew = rows.map(|(id, body)| {
            let body = self.open_body(way, id, &body)?;
            Ok((id, self.seal_body(way, id, body.text, body.raw)?))
        });
        anew.collect()
    }

    fn open_message(
        &self,
        row: MessageRow,
        files: &mut BTreeMap<Uuid, Media>,
    ) -> Result<MessageEntry, StoreError> {
        let way = if row.state.is_some() { Way::Out } else { Way::In };
        let Body { text, raw } = self.open_body(way, row.id, &row.body)?;
        let direction = match (row.state, row.source.as_deref().and_then(Source::from_code)) {
            (Some(state), _) => Direction::Out {
                state,
                error: row.error,
                written_by: row.written_by.map(StaffId::from),
            },
            (None, Some(Source::Phone | Source::PastPhone)) => Direction::Phone,
            (None, Some(Source::Standby)) => Direction::Standby,
            (None, Some(Source::Customer | Source::Past) | None) => Direction::In,
        };
        let media = files.remove(&row.id);
        let (id, kind, at) = (row.id.into(), row.kind, row.at);
        Ok(MessageEntry { id, direction, kind, text, media, raw, at })
    }
}
