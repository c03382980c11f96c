//! What customers wrote in a span of time, to be read again by other rules.

use chrono::{DateTime, Utc};
use orcazap_core::conversation::{QuoteNumber, QuoteRef};
use serde_json::Value;

use crate::error::{RowAt, StoreError};
use crate::ids::ContactId;
use crate::jobs::body::Way;
use crate::jobs::ingest::Source;
use crate::store::TenantTx;

/// A message of a customer as it was heard. `Debug` does not show its words.
#[derive(Clone, PartialEq)]
pub struct HeardMessage {
    /// The conversation it belongs to.
    pub number: QuoteNumber,
    /// Whose it is.
    pub contact: ContactId,
    /// When the platform took it.
    pub sent_at: DateTime<Utc>,
    /// The platform's JSON of it.
    pub raw: Value,
}

impl std::fmt::Debug for HeardMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeardMessage")
            .field("number", &self.number)
            .field("sent_at", &self.sent_at)
            .finish_non_exhaustive()
    }
}

impl TenantTx {
    /// What customers wrote to the assistant from one time until before another, the
    /// oldest first and at most `limit`. It reads all messages of the store, so it is
    /// for a command, not for a page.
    ///
    /// # Errors
    ///
    /// [`StoreError::Secret`] when one cannot be opened.
    pub async fn list_heard(
        &mut self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<HeardMessage>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT m.id, m.contact_id, m.sent_at, m.body, c.number
             FROM inbound_messages m
             JOIN conversations c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
             WHERE m.tenant_id = $1 AND m.sent_at >= $2 AND m.sent_at < $3 AND m.source = $4
             ORDER BY m.sent_at, m.id
             LIMIT $5",
            tenant,
            from,
            until,
            Source::Customer.code(),
            i64::from(limit)
        )
        .fetch_all(self.db())
        .await?;
        let heard = rows.into_iter().map(|row| {
            let at = RowAt { table: "conversations", row: &row.id };
            Ok(HeardMessage {
                number: QuoteNumber(at.read("number", u32::try_from(row.number))?),
                contact: row.contact_id.into(),
                sent_at: row.sent_at,
                raw: self.open_body(Way::In, row.id, &row.body)?.raw,
            })
        });
        heard.collect()
    }

    /// The quote that one of our messages to a contact carried, by the platform's id
    /// of that message: what a reaction or an answer is about.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_quote_of_message(
        &mut self,
        contact: ContactId,
        provider_id: &str,
    ) -> Result<Option<QuoteRef>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query!(
            r#"SELECT c.number, m.quote_revision AS "revision!", m.id
             FROM outbound_messages m
             JOIN conversations c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
             WHERE m.tenant_id = $1 AND m.provider_id = $2 AND m.contact_id = $3
                AND m.quote_revision IS NOT NULL
             LIMIT 1"#,
            tenant,
            provider_id,
            contact.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let at = RowAt { table: "outbound_messages", row: &row.id };
        Ok(Some(QuoteRef {
            number: QuoteNumber(at.read("number", u32::try_from(row.number))?),
            revision: at.read("quote_revision", u32::try_from(row.revision))?,
        }))
    }
}
