//! What waits for a contact: messages, timers that have run out, and what became
//! of quotes.

use chrono::{DateTime, Utc};
use orcazap_core::conversation::Timer;
use serde_json::Value;
use uuid::Uuid;

use super::body::Way;
use super::ingest::Source;
use crate::error::{RowAt, StoreError};
use crate::ids::{ChannelId, ContactId, ConversationId, MessageId};
use crate::store::TenantTx;

/// How many messages one turn takes at most; the next takes the rest.
pub(crate) const MAX_MESSAGES: usize = 100;

/// A message that waits to be read.
#[derive(Clone, PartialEq)]
pub struct Waiting {
    /// Its id.
    pub id: MessageId,
    /// The platform's id.
    pub provider_id: String,
    /// Whose words it is, and so whether it asks for an answer.
    pub source: Source,
    /// The platform's kind.
    pub kind: String,
    /// Its words, if it has any.
    pub text: Option<String>,
    /// The platform's JSON.
    pub raw: Value,
    /// When it was written.
    pub sent_at: DateTime<Utc>,
    /// The request that brought it.
    pub request_id: Option<String>,
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Waiting")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// What became of the message with a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuoteReport {
    /// Which revision.
    pub revision: u32,
    /// Whether it reached the customer; otherwise it never will.
    pub delivered: bool,
    pub(crate) message: Uuid,
}

impl TenantTx {
    pub(crate) async fn list_jobs(&mut self, contact: ContactId) -> Result<Vec<i64>, StoreError> {
        let tenant = self.id();
        Ok(sqlx::query_scalar!(
            "SELECT id FROM jobs WHERE tenant_id = $1 AND contact_id = $2 ORDER BY id LIMIT 1000",
            tenant,
            contact.as_uuid()
        )
        .fetch_all(self.db())
        .await?)
    }

    pub(crate) async fn delete_jobs(&mut self, jobs: &[i64]) -> Result<(), StoreError> {
        sqlx::query!("DELETE FROM jobs WHERE id = ANY($1)", jobs).execute(self.db()).await?;
        Ok(())
    }

    /// The messages that wait, and the channel the newest came by.
    pub(crate) async fn list_waiting(
        &mut self,
        contact: ContactId,
    ) -> Result<(Vec<Waiting>, Option<ChannelId>), StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT id, provider_id, source, channel_id, kind, body, sent_at, request_id
             FROM inbound_messages
             WHERE tenant_id = $1 AND contact_id = $2 AND processed_at IS NULL
             ORDER BY sent_at, id
             LIMIT $3",
            tenant,
            contact.as_uuid(),
            MAX_MESSAGES as i64
        )
        .fetch_all(self.db())
        .await?;
        let channel = rows.last().map(|row| row.channel_id.into());
        let mut messages = Vec::with_capacity(rows.len());
        for row in rows {
            let body = self.open_body(Way::In, row.id, &row.body)?;
            let source = Source::from_code(&row.source);
            let at = RowAt { table: "inbound_messages", row: &row.id };
            let source =
                source.ok_or_else(|| at.error("source", format!("found {:?}", row.source)))?;
            messages.push(Waiting {
                id: row.id.into(),
                provider_id: row.provider_id,
                source,
                kind: row.kind,
                text: body.text,
                raw: body.raw,
                sent_at: row.sent_at,
                request_id: row.request_id,
            });
        }
        Ok((messages, channel))
    }

    pub(crate) async fn list_due_timers(
        &mut self,
        contact: ContactId,
        conversation: ConversationId,
        now: DateTime<Utc>,
    ) -> Result<Vec<(Timer, DateTime<Utc>)>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT conversation_id, code, due_at
             FROM timers
             WHERE tenant_id = $1 AND contact_id = $2 AND due_at <= $3
             ORDER BY due_at, code",
            tenant,
            contact.as_uuid(),
            now
        )
        .fetch_all(self.db())
        .await?;
        let mut due = Vec::with_capacity(rows.len());
        for row in rows {
            let timer = Timer::ALL.iter().copied().find(|timer| timer.code() == row.code);
            let at = RowAt { table: "timers", row: &row.conversation_id };
            let timer = timer.ok_or_else(|| at.error("code", format!("found {:?}", row.code)))?;
            let owner: ConversationId = row.conversation_id.into();
            if owner == conversation {
                due.push((timer, row.due_at));
            } else {
                // Only the contact's latest conversation is ever woken.
                self.delete_fired(owner, &[(timer, row.due_at)]).await?;
            }
        }
        Ok(due)
    }

    pub(crate) async fn list_reports(
        &mut self,
        conversation: ConversationId,
    ) -> Result<Vec<QuoteReport>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            r#"SELECT id, quote_revision AS "quote_revision!", state
             FROM outbound_messages
             WHERE tenant_id = $1 AND conversation_id = $2 AND report_due
                AND quote_revision IS NOT NULL
             ORDER BY quote_revision, id"#,
            tenant,
            conversation.as_uuid()
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter()
            .map(|row| {
                let at = RowAt { table: "outbound_messages", row: &row.id };
                Ok(QuoteReport {
                    revision: at.read("quote_revision", u32::try_from(row.quote_revision))?,
                    delivered: matches!(row.state.as_str(), "delivered" | "read"),
                    message: row.id,
                })
            })
            .collect()
    }

    /// Ends the wait of messages that were read.
    pub(crate) async fn finish_messages(
        &mut self,
        messages: &[Uuid],
        conversation: ConversationId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "UPDATE inbound_messages SET processed_at = $3, conversation_id = $4
             WHERE tenant_id = $1 AND id = ANY($2) AND processed_at IS NULL",
            tenant,
            messages,
            now,
            conversation.as_uuid()
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Takes a contact's messages from before the number was connected into their
    /// first conversation.
    pub(crate) async fn adopt_past(
        &mut self,
        contact: ContactId,
        conversation: ConversationId,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "UPDATE inbound_messages SET conversation_id = $3
             WHERE tenant_id = $1 AND contact_id = $2 AND conversation_id IS NULL
                AND source IN ('past', 'past_phone')",
            tenant,
            contact.as_uuid(),
            conversation.as_uuid()
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// A job for the messages that a full turn left behind. Those they came with
    /// may be gone: a turn that is put off takes them away.
    pub(crate) async fn insert_job_for_rest(
        &mut self,
        contact: ContactId,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "INSERT INTO jobs (tenant_id, contact_id, at)
             SELECT tenant_id, contact_id, min(received_at)
             FROM inbound_messages
             WHERE tenant_id = $1 AND contact_id = $2 AND processed_at IS NULL
             GROUP BY tenant_id, contact_id",
            tenant,
            contact.as_uuid()
        )
        .execute(self.db())
        .await?;
        self.wakes().turns |= done.rows_affected() > 0;
        Ok(())
    }

    /// Removes what led to a turn: its jobs, its retry, its reports.
    pub(crate) async fn clear_turn(
        &mut self,
        contact: ContactId,
        jobs: &[i64],
        reports: &[Uuid],
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "WITH jobs AS (
                DELETE FROM jobs WHERE id = ANY($3)
             )
             DELETE FROM retries WHERE tenant_id = $1 AND contact_id = $2",
            tenant,
            contact.as_uuid(),
            jobs
        )
        .execute(self.db())
        .await?;
        if !reports.is_empty() {
            sqlx::query!(
                "UPDATE outbound_messages SET report_due = false WHERE tenant_id = $1 AND id = ANY($2)",
                tenant,
                reports
            )
            .execute(self.db())
            .await?;
        }
        Ok(())
    }
}
