//! Quotes with their lines and their trace. A revision is written once and
//! never changed.

use chrono::{DateTime, Utc};
use orcazap_core::conversation::{Edited, Offer, QuoteNumber, QuoteRef};
use orcazap_core::order::Order;
use orcazap_core::{Money, Quote};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::contacts::{Contact, SealedContact};
use super::page::{Cursor, Page};
use crate::error::{RowAt, StoreError};
use crate::ids::{ConversationId, QuoteId, StaffId};
use crate::json::to_json;
use crate::store::TenantTx;

/// A quote as it is listed.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteEntry {
    /// Its id.
    pub id: QuoteId,
    /// Its number and revision.
    pub quote_ref: QuoteRef,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// Who asked for it.
    pub contact: Contact,
    /// What it comes to.
    pub total: Money,
    /// Its margin in percent, rounded to two places, when the costs are known.
    pub margin_pct: Option<Decimal>,
    /// Until when it stands.
    pub valid_until: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What the message with it has come to, when there is one: the state's code.
    pub delivery: Option<String>,
    /// Whether it was accepted.
    pub accepted: bool,
}

/// A quote with everything that made it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredQuote {
    /// Its id.
    pub id: QuoteId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// Its number and revision, the priced quote with the source of each figure,
    /// and the order it was priced from.
    pub offer: Offer,
    /// Who changed it by hand, if a person did.
    pub edited_by: Option<StaffId>,
    /// What they changed; `None` where nobody did, and in quotes that were kept
    /// before it was.
    pub edited: Option<Edited>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// What a quote was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotedOrder {
    /// The quote's id.
    pub id: QuoteId,
    /// Its number and revision.
    pub quote_ref: QuoteRef,
    /// The order that it was priced from.
    pub order: Order,
}

fn quote_ref(at: RowAt<'_>, number: i32, revision: i32) -> Result<QuoteRef, StoreError> {
    Ok(QuoteRef {
        number: QuoteNumber(at.read("number", u32::try_from(number))?),
        revision: at.read("revision", u32::try_from(revision))?,
    })
}

/// Number and revision as the columns hold them.
fn columns(quote_ref: QuoteRef) -> Result<(i32, i32), StoreError> {
    let at = RowAt { table: "quotes", row: &quote_ref };
    let number = at.read("number", i32::try_from(quote_ref.number.0))?;
    Ok((number, at.read("revision", i32::try_from(quote_ref.revision))?))
}

impl TenantTx {
    pub(crate) async fn insert_quote(
        &mut self,
        conversation: ConversationId,
        offer: &Offer,
        edited: Option<&Edited>,
        now: DateTime<Utc>,
    ) -> Result<QuoteId, StoreError> {
        let (tenant, id) = (self.id(), QuoteId::make());
        let (number, revision) = columns(offer.quote_ref)?;
        let quote: &Quote = &offer.quote;
        let at = RowAt { table: "quotes", row: &id };
        let version = at.read("price_book_version", i64::try_from(quote.price_book_version()))?;
        let (data, order) = (to_json(quote)?, to_json(&offer.order)?);
        let edit = edited.map(to_json).transpose()?;
        sqlx::query!(
            "INSERT INTO quotes (
                tenant_id, id, conversation_id, number, revision, data, order_data, subtotal,
                adjustment, freight, total, cost, margin_pct, valid_until, price_book_version,
                edited_by, edit_data, created_at
             )
             VALUES (
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
             )",
            tenant,
            id.as_uuid(),
            conversation.as_uuid(),
            number,
            revision,
            data,
            order,
            quote.subtotal().as_decimal(),
            quote.adjustment().as_decimal(),
            quote.freight().map(Money::as_decimal),
            quote.total().as_decimal(),
            quote.cost().map(Money::as_decimal),
            quote.margin_pct(),
            quote.valid_until().to_utc(),
            version,
            edited.map(|edited| StaffId::from(edited.by.id).as_uuid()),
            edit,
            now
        )
        .execute(self.db())
        .await?;
        self.insert_lines(id, quote).await?;
        Ok(id)
    }

    async fn insert_lines(&mut self, id: QuoteId, quote: &Quote) -> Result<(), StoreError> {
        let (tenant, lines) = (self.id(), quote.lines());
        let skus: Vec<String> = lines.iter().map(|line| line.product.sku.to_string()).collect();
        let names: Vec<String> = lines.iter().map(|line| line.product.name.to_string()).collect();
        let units: Vec<String> =
            lines.iter().map(|line| line.product.unit.code().to_owned()).collect();
        let qty: Vec<Decimal> = lines.iter().map(|line| line.qty.as_decimal()).collect();
        let prices: Vec<Decimal> = lines.iter().map(|line| line.unit_price.as_decimal()).collect();
        let gross: Vec<Decimal> = lines.iter().map(|line| line.gross.as_decimal()).collect();
        let discounts: Vec<Decimal> = lines.iter().map(|line| line.discount.as_decimal()).collect();
        let net: Vec<Decimal> = lines.iter().map(|line| line.net.as_decimal()).collect();
        let costs: Vec<Option<Decimal>> =
            lines.iter().map(|line| line.cost.map(Money::as_decimal)).collect();
        sqlx::query!(
            "INSERT INTO quote_lines (
                tenant_id, quote_id, position, sku, name, unit, qty, unit_price, gross, discount,
                net, cost
             )
             SELECT $1, $2, n.position::integer, n.sku, n.name, n.unit, n.qty, n.unit_price,
                n.gross, n.discount, n.net, n.cost
             FROM UNNEST(
                $3::text[], $4::text[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[],
                $9::numeric[], $10::numeric[], $11::numeric[]
             ) WITH ORDINALITY AS n (
                sku, name, unit, qty, unit_price, gross, discount, net, cost, position
             )",
            tenant,
            id.as_uuid(),
            &skus,
            &names,
            &units,
            &qty,
            &prices,
            &gross,
            &discounts,
            &net,
            &costs as &[Option<Decimal>]
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    pub(crate) async fn find_quote_id(
        &mut self,
        quote_ref: QuoteRef,
    ) -> Result<QuoteId, StoreError> {
        let tenant = self.id();
        let (number, revision) = columns(quote_ref)?;
        sqlx::query_scalar!(
            "SELECT id FROM quotes WHERE tenant_id = $1 AND number = $2 AND revision = $3",
            tenant,
            number,
            revision
        )
        .fetch_optional(self.db())
        .await?
        .map(QuoteId::from)
        .ok_or(StoreError::Missing { what: "quote" })
    }

    /// A quote with its trace.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when it cannot be read (the core refuses one whose
    /// figures do not add up).
    pub async fn find_quote(&mut self, id: QuoteId) -> Result<Option<StoredQuote>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query!(
            "SELECT conversation_id, number, revision, data, order_data, edited_by, edit_data,
                created_at
             FROM quotes
             WHERE tenant_id = $1 AND id = $2",
            tenant,
            id.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let at = RowAt { table: "quotes", row: &id };
        let quote: Quote = at.json("data", row.data)?;
        let order: Order = at.json("order_data", row.order_data)?;
        let quote_ref = quote_ref(at, row.number, row.revision)?;
        Ok(Some(StoredQuote {
            id,
            conversation: row.conversation_id.into(),
            offer: Offer { quote_ref, quote: Box::new(quote), order: Box::new(order) },
            edited_by: row.edited_by.map(StaffId::from),
            edited: row.edit_data.map(|edit| at.json("edit_data", edit)).transpose()?,
            created_at: row.created_at,
        }))
    }

    /// The orders of the store's last quotes, newest first, each by its last revision.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when one cannot be read.
    pub async fn list_quoted_orders(&mut self, limit: u16) -> Result<Vec<QuotedOrder>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT q.id, q.number, q.revision, q.order_data
             FROM quotes q
             WHERE q.tenant_id = $1
                AND NOT EXISTS (
                    SELECT FROM quotes later
                    WHERE later.tenant_id = q.tenant_id AND later.number = q.number
                        AND later.revision > q.revision
                )
             ORDER BY q.created_at DESC, q.id DESC
             LIMIT $2",
            tenant,
            i64::from(limit)
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter()
            .map(|row| {
                let at = RowAt { table: "quotes", row: &row.id };
                Ok(QuotedOrder {
                    id: row.id.into(),
                    quote_ref: quote_ref(at, row.number, row.revision)?,
                    order: at.json("order_data", row.order_data)?,
                })
            })
            .collect()
    }

    /// Quotes, newest first: of the whole store, or of one conversation.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when one cannot be read.
    pub async fn list_quotes(
        &mut self,
        conversation: Option<ConversationId>,
        before: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<QuoteEntry>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            r#"SELECT q.id, q.number, q.revision, q.conversation_id, q.total, q.margin_pct,
                q.valid_until, q.created_at,
                c.id AS contact_id, c.phone, c.user_id, c.name, c.opted_out_at,
                c.customer_group, c.customer_key,
                (SELECT m.state
                 FROM outbound_messages m
                 WHERE m.tenant_id = q.tenant_id AND m.conversation_id = q.conversation_id
                    AND m.quote_revision = q.revision AND m.kind = 'quote'
                 ORDER BY m.id DESC
                 LIMIT 1) AS delivery,
                EXISTS (
                    SELECT FROM sales_orders s
                    WHERE s.tenant_id = q.tenant_id AND s.conversation_id = q.conversation_id
                        AND s.quote_id = q.id
                ) AS "accepted!"
             FROM quotes q
             JOIN conversations v ON v.tenant_id = q.tenant_id AND v.id = q.conversation_id
             JOIN contacts c ON c.tenant_id = v.tenant_id AND c.id = v.contact_id
             WHERE q.tenant_id = $1
                AND ($2::uuid IS NULL OR q.conversation_id = $2)
                AND ($3::timestamptz IS NULL OR (q.created_at, q.id) < ($3, $4))
             ORDER BY q.created_at DESC, q.id DESC
             LIMIT $5"#,
            tenant,
            conversation.map(ConversationId::as_uuid),
            before.map(Cursor::at),
            before.map(Cursor::id),
            Page::<QuoteEntry>::probe(limit)
        )
        .fetch_all(self.db())
        .await?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let row_id: Uuid = row.id;
            let at = RowAt { table: "quotes", row: &row_id };
            let contact = self.open_contact(SealedContact {
                id: row.contact_id,
                phone: row.phone,
                user_id: row.user_id,
                name: row.name,
                opted_out_at: row.opted_out_at,
                customer_group: row.customer_group,
                customer_key: row.customer_key,
            })?;
            entries.push(QuoteEntry {
                id: row_id.into(),
                quote_ref: quote_ref(at, row.number, row.revision)?,
                conversation: row.conversation_id.into(),
                contact,
                total: at.read("total", Money::rounded(row.total))?,
                margin_pct: row.margin_pct,
                valid_until: row.valid_until,
                created_at: row.created_at,
                delivery: row.delivery,
                accepted: row.accepted,
            });
        }
        Ok(Page::cut(entries, limit, |entry| Cursor::new(entry.created_at, entry.id.as_uuid())))
    }
}
