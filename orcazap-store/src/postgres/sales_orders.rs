//! Accepted quotes. A conversation has one at most, so accepting twice is
//! accepting once.

use chrono::{DateTime, Utc};
use orcazap_core::Money;
use orcazap_core::conversation::{QuoteNumber, QuoteRef};
use orcazap_core::order::Delivery;
use uuid::Uuid;

use super::page::{Cursor, Page};
use crate::error::{RowAt, StoreError};
use crate::ids::{ConversationId, QuoteId, SalesOrderId};
use crate::json::to_json;
use crate::store::TenantTx;

/// An accepted quote.
#[derive(Debug, Clone, PartialEq)]
pub struct SalesOrder {
    /// Its id.
    pub id: SalesOrderId,
    /// The conversation it came out of.
    pub conversation: ConversationId,
    /// The quote.
    pub quote: QuoteId,
    /// The quote's number and revision.
    pub quote_ref: QuoteRef,
    /// What it comes to.
    pub total: Money,
    /// When the customer wants it, as last said.
    pub delivery: Option<Delivery>,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
}

impl TenantTx {
    /// Places an order. Where the conversation has one, that keeps all but the day, which
    /// is the one that was said last.
    pub(crate) async fn insert_sales_order(
        &mut self,
        conversation: ConversationId,
        quote_ref: QuoteRef,
        delivery: Option<Delivery>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let quote = self.find_quote_id(quote_ref).await?;
        let tenant = self.id();
        let delivery = delivery.as_ref().map(to_json).transpose()?;
        sqlx::query!(
            "INSERT INTO sales_orders (
                tenant_id, id, conversation_id, quote_id, total, delivery, placed_at
             )
             SELECT q.tenant_id, $2, $3, q.id, q.total, $5, $6
             FROM quotes q
             WHERE q.tenant_id = $1 AND q.id = $4
             ON CONFLICT (tenant_id, conversation_id) DO UPDATE
             SET delivery = EXCLUDED.delivery",
            tenant,
            Uuid::now_v7(),
            conversation.as_uuid(),
            quote.as_uuid(),
            delivery,
            now
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Sales orders, newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when one cannot be read.
    pub async fn list_sales_orders(
        &mut self,
        before: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<SalesOrder>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT s.id, s.conversation_id, s.quote_id, q.number, q.revision, s.total, s.delivery,
                s.placed_at
             FROM sales_orders s
             JOIN quotes q ON q.tenant_id = s.tenant_id AND q.id = s.quote_id
             WHERE s.tenant_id = $1
                AND ($2::timestamptz IS NULL OR (s.placed_at, s.id) < ($2, $3))
             ORDER BY s.placed_at DESC, s.id DESC
             LIMIT $4",
            tenant,
            before.map(Cursor::at),
            before.map(Cursor::id),
            Page::<SalesOrder>::probe(limit)
        )
        .fetch_all(self.db())
        .await?;
        let orders: Result<Vec<SalesOrder>, StoreError> = rows
            .into_iter()
            .map(|row| {
                let at = RowAt { table: "sales_orders", row: &row.id };
                Ok(SalesOrder {
                    id: row.id.into(),
                    conversation: row.conversation_id.into(),
                    quote: row.quote_id.into(),
                    quote_ref: QuoteRef {
                        number: QuoteNumber(at.read("number", u32::try_from(row.number))?),
                        revision: at.read("revision", u32::try_from(row.revision))?,
                    },
                    total: at.read("total", Money::rounded(row.total))?,
                    delivery: row.delivery.map(|value| at.json("delivery", value)).transpose()?,
                    placed_at: row.placed_at,
                })
            })
            .collect();
        Ok(Page::cut(orders?, limit, |order| Cursor::new(order.placed_at, order.id.as_uuid())))
    }
}
