//! Events for numbers that no store has: the latest are kept, sealed, so that an
//! operator sees what a wrong configuration loses.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::{Incoming, Update};
use crate::error::StoreError;
use crate::json::clean_text;
use crate::secrets::Spot;
use crate::store::{Store, TenantTx};

/// How many events for unknown numbers are kept.
const MAX_UNROUTED: i64 = 1_000;
/// How many of them one call may add.
const MAX_UNROUTED_A_CALL: usize = 50;
/// How much of one is kept, in bytes; of a longer one its beginning, as a text.
const MAX_UNROUTED_BYTES: usize = 64 * 1024;

/// An event that came to a number no store has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrouted {
    /// The platform's id of the number; empty for what told none.
    pub phone_number_id: String,
    /// When the last one came.
    pub last_at: DateTime<Utc>,
    /// How many of those kept are for it.
    pub events: i64,
}

impl Store {
    /// The numbers no store has to which something came lately, for an operator
    /// who looks for a wrong configuration; 100 at most.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn list_unrouted(&self) -> Result<Vec<Unrouted>, StoreError> {
        let mut tx = self.begin(None).await?;
        let rows = sqlx::query_as!(
            Unrouted,
            r#"SELECT phone_number_id, max(received_at) AS "last_at!", count(*) AS "events!"
             FROM unrouted_events
             GROUP BY phone_number_id
             ORDER BY max(received_at) DESC, phone_number_id
             LIMIT 100"#
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(rows)
    }
}

impl TenantTx {
    /// Keeps events of unknown numbers, the latest thousand.
    pub(super) async fn keep_unrouted(
        &mut self,
        unrouted: &[Incoming],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for incoming in unrouted.iter().take(MAX_UNROUTED_A_CALL) {
            let id = Uuid::now_v7();
            let raw = match &incoming.update {
                Update::Message(message) => message.raw.clone(),
                Update::Status(status) => Value::from(status.provider_id.as_str()),
                Update::Notice(notice) => notice.raw.clone(),
                Update::Other { raw } => raw.clone(),
            };
            let spot = Spot { tenant: Uuid::nil(), column: "unrouted_events.body", row: id };
            let mut json = serde_json::to_vec(&raw)?;
            if json.len() > MAX_UNROUTED_BYTES {
                json.truncate(MAX_UNROUTED_BYTES);
                json = serde_json::to_vec(&String::from_utf8_lossy(&json))?;
            }
            let body = self.keys().seal(&spot, &json)?;
            let number: String = clean_text(&incoming.phone_number_id).chars().take(64).collect();
            sqlx::query!(
                "INSERT INTO unrouted_events (id, phone_number_id, body, received_at)
                 VALUES ($1, $2, $3, $4)",
                id,
                number,
                body,
                now
            )
            .execute(self.db())
            .await?;
        }
        if !unrouted.is_empty() {
            sqlx::query!(
                "DELETE FROM unrouted_events WHERE id <= (
                    SELECT id FROM unrouted_events ORDER BY id DESC OFFSET $1 LIMIT 1
                 )",
                MAX_UNROUTED
            )
            .execute(self.db())
            .await?;
        }
        Ok(())
    }
}
