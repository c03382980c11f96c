//! The figures of the dashboard's first page.

use chrono::{DateTime, Utc};
use orcazap_core::Money;

use crate::error::{RowAt, StoreError};
use crate::store::TenantTx;

/// What a store's people look at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Quotes that wait for a person.
    pub open_approvals: i64,
    /// Conversations that go on.
    pub open_conversations: i64,
    /// Conversations that a person has.
    pub handed_over: i64,
    /// Quotes made since the day began.
    pub quotes_since: i64,
    /// Orders placed since the day began.
    pub orders_since: i64,
    /// What those orders come to.
    pub orders_total_since: Money,
    /// Messages that could not be sent and wait for a person.
    pub held_messages: i64,
    /// Turns that failed too often.
    pub dead_letters: i64,
    /// Channels that do not send.
    pub paused_channels: i64,
}

impl TenantTx {
    /// The figures, those of the day counted from `since`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn counts(&mut self, since: DateTime<Utc>) -> Result<Counts, StoreError> {
        let tenant = self.id();
        let row = sqlx::query!(
            r#"SELECT
                (SELECT count(*) FROM approvals
                 WHERE tenant_id = $1 AND closed_at IS NULL) AS "open_approvals!",
                (SELECT count(*) FROM conversations
                 WHERE tenant_id = $1 AND closed_at IS NULL) AS "open_conversations!",
                (SELECT count(*) FROM conversations
                 WHERE tenant_id = $1 AND closed_at IS NULL AND state = 'handed_over') AS "handed_over!",
                (SELECT count(*) FROM quotes
                 WHERE tenant_id = $1 AND created_at >= $2) AS "quotes!",
                (SELECT count(*) FROM sales_orders
                 WHERE tenant_id = $1 AND placed_at >= $2) AS "orders!",
                (SELECT coalesce(sum(total), 0) FROM sales_orders
                 WHERE tenant_id = $1 AND placed_at >= $2) AS "orders_total!",
                (SELECT count(*) FROM outbound_messages m
                 WHERE tenant_id = $1 AND state = 'held' AND NOT EXISTS (
                    SELECT FROM outbound_messages n
                    WHERE n.tenant_id = m.tenant_id AND n.id = m.waits_for
                        AND n.state NOT IN ('failed', 'dropped', 'held')
                )) AS "held!",
                (SELECT count(*) FROM dead_letters
                 WHERE tenant_id = $1 AND retried_at IS NULL) AS "dead_letters!",
                (SELECT count(*) FROM channels
                 WHERE tenant_id = $1 AND status = 'paused') AS "paused!""#,
            tenant,
            since
        )
        .fetch_one(self.db())
        .await?;
        let at = RowAt { table: "sales_orders", row: &tenant };
        Ok(Counts {
            open_approvals: row.open_approvals,
            open_conversations: row.open_conversations,
            handed_over: row.handed_over,
            quotes_since: row.quotes,
            orders_since: row.orders,
            orders_total_since: at.read("total", Money::rounded(row.orders_total))?,
            held_messages: row.held,
            dead_letters: row.dead_letters,
            paused_channels: row.paused,
        })
    }
}
