//! The messages of a conversation, in and out, as one list.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::page::{Cursor, Page};
use crate::error::{RowAt, StoreError};
use crate::ids::{ConversationId, MessageId, StaffId};
use crate::jobs::ingest::{Body, body_spot};
use crate::store::TenantTx;

/// Which way a message went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direction {
    /// From the customer.
    In,
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
    body: Option<Vec<u8>>,
    summary: Option<String>,
    state: Option<String>,
    error: Option<String>,
    written_by: Option<Uuid>,
}

impl TenantTx {
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
            r#"SELECT id AS "id!", at AS "at!", kind AS "kind!", body, summary, state, error, written_by
             FROM (
                (SELECT id, sent_at AS at, kind, body, NULL::text AS summary, NULL::text AS state,
                    NULL::text AS error, NULL::uuid AS written_by
                 FROM inbound_messages
                 WHERE tenant_id = $1 AND conversation_id = $2
                    AND ($3::timestamptz IS NULL OR (sent_at, id) < ($3, $4))
                 ORDER BY sent_at DESC, id DESC
                 LIMIT $5)
                UNION ALL
                (SELECT id, created_at, kind, NULL, summary, state, error, written_by
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
        let entries: Result<Vec<_>, _> =
            rows.into_iter().map(|row| self.open_message(row)).collect();
        Ok(Page::cut(entries?, limit, |entry| Cursor::new(entry.at, entry.id.as_uuid())))
    }

    fn open_message(&self, row: MessageRow) -> Result<MessageEntry, StoreError> {
        let text = match row.body {
            Some(sealed) => {
                let at = RowAt { table: "inbound_messages", row: &row.id };
                let body = self.keys().open(&body_spot(self.id(), row.id), &sealed)?;
                let body: Body = at.read("body", serde_json::from_slice(&body))?;
                body.text
            }
            None => row.summary,
        };
        let direction = match row.state {
            None => Direction::In,
            Some(state) => Direction::Out {
                state,
                error: row.error,
                written_by: row.written_by.map(StaffId::from),
            },
        };
        Ok(MessageEntry { id: row.id.into(), direction, kind: row.kind, text, at: row.at })
    }
}
