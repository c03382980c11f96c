//! The queue of quotes that wait for a person.

use chrono::{DateTime, Utc};
use orcazap_core::Money;
use orcazap_core::Reason;
use orcazap_core::authority::PersonId;
use orcazap_core::conversation::{ApprovalOutcome, QuoteNumber, QuoteRef};
use uuid::Uuid;

use super::contacts::{Contact, SealedContact};
use super::page::{Cursor, Page};
use crate::error::{RowAt, StoreError};
use crate::ids::{ApprovalId, ConversationId, QuoteId, StaffId};
use crate::json::to_json;
use crate::store::TenantTx;

/// A quote that waits, or has waited, for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// The quote.
    pub quote: QuoteId,
    /// The quote's number and revision.
    pub quote_ref: QuoteRef,
    /// What the quote comes to.
    pub total: Money,
    /// Why a person must look; never empty.
    pub reasons: Vec<Reason>,
    /// Who asked for the quote.
    pub contact: Contact,
    /// Since when it waits.
    pub opened_at: DateTime<Utc>,
    /// When somebody was reminded, if they were.
    pub reminded_at: Option<DateTime<Utc>>,
    /// When and how it ended, if it has: the outcome's code and the person.
    pub closed: Option<(DateTime<Utc>, String, Option<StaffId>)>,
}

struct ApprovalRow {
    id: Uuid,
    conversation_id: Uuid,
    quote_id: Uuid,
    number: i32,
    revision: i32,
    total: rust_decimal::Decimal,
    reasons: serde_json::Value,
    opened_at: DateTime<Utc>,
    reminded_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    outcome: Option<String>,
    closed_by: Option<Uuid>,
    contact_id: Uuid,
    phone: Option<Vec<u8>>,
    user_id: Option<Vec<u8>>,
    name: Option<Vec<u8>>,
    opted_out_at: Option<DateTime<Utc>>,
    customer_group: Option<String>,
    customer_key: Option<String>,
}

/// The code and the person of an outcome.
fn outcome_columns(outcome: ApprovalOutcome) -> (&'static str, Option<PersonId>) {
    match outcome {
        ApprovalOutcome::Approved { by } => ("approved", Some(by)),
        ApprovalOutcome::Edited { by, .. } => ("edited", Some(by)),
        ApprovalOutcome::Rejected { by } => ("rejected", Some(by)),
        ApprovalOutcome::Superseded => ("superseded", None),
    }
}

impl TenantTx {
    fn open_approval_row(&self, row: ApprovalRow) -> Result<Approval, StoreError> {
        let at = RowAt { table: "approvals", row: &row.id };
        let contact = self.open_contact(SealedContact {
            id: row.contact_id,
            phone: row.phone,
            user_id: row.user_id,
            name: row.name,
            opted_out_at: row.opted_out_at,
            customer_group: row.customer_group,
            customer_key: row.customer_key,
        })?;
        let closed = match (row.closed_at, row.outcome) {
            (Some(at), Some(outcome)) => Some((at, outcome, row.closed_by.map(StaffId::from))),
            _ => None,
        };
        Ok(Approval {
            id: row.id.into(),
            conversation: row.conversation_id.into(),
            quote: row.quote_id.into(),
            quote_ref: QuoteRef {
                number: QuoteNumber(at.read("number", u32::try_from(row.number))?),
                revision: at.read("revision", u32::try_from(row.revision))?,
            },
            total: at.read("total", Money::rounded(row.total))?,
            reasons: at.json("reasons", row.reasons)?,
            contact,
            opened_at: row.opened_at,
            reminded_at: row.reminded_at,
            closed,
        })
    }

    /// The quotes that wait, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when one cannot be read.
    pub async fn list_open_approvals(
        &mut self,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<Approval>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query_as!(
            ApprovalRow,
            "SELECT a.id, a.conversation_id, a.quote_id, q.number, q.revision, q.total, a.reasons,
                a.opened_at, a.reminded_at, a.closed_at, a.outcome, a.closed_by,
                c.id AS contact_id, c.phone, c.user_id, c.name, c.opted_out_at,
                c.customer_group, c.customer_key
             FROM approvals a
             JOIN quotes q ON q.tenant_id = a.tenant_id AND q.id = a.quote_id
             JOIN conversations v ON v.tenant_id = a.tenant_id AND v.id = a.conversation_id
             JOIN contacts c ON c.tenant_id = v.tenant_id AND c.id = v.contact_id
             WHERE a.tenant_id = $1 AND a.closed_at IS NULL
                AND ($2::timestamptz IS NULL OR (a.opened_at, a.id) > ($2, $3))
             ORDER BY a.opened_at, a.id
             LIMIT $4",
            tenant,
            after.map(Cursor::at),
            after.map(Cursor::id),
            Page::<Approval>::probe(limit)
        )
        .fetch_all(self.db())
        .await?;
        let entries: Result<Vec<_>, _> =
            rows.into_iter().map(|row| self.open_approval_row(row)).collect();
        Ok(Page::cut(entries?, limit, |entry| Cursor::new(entry.opened_at, entry.id.as_uuid())))
    }

    /// An approval by its id.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when it cannot be read.
    pub async fn find_approval(&mut self, id: ApprovalId) -> Result<Option<Approval>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query_as!(
            ApprovalRow,
            "SELECT a.id, a.conversation_id, a.quote_id, q.number, q.revision, q.total, a.reasons,
                a.opened_at, a.reminded_at, a.closed_at, a.outcome, a.closed_by,
                c.id AS contact_id, c.phone, c.user_id, c.name, c.opted_out_at,
                c.customer_group, c.customer_key
             FROM approvals a
             JOIN quotes q ON q.tenant_id = a.tenant_id AND q.id = a.quote_id
             JOIN conversations v ON v.tenant_id = a.tenant_id AND v.id = a.conversation_id
             JOIN contacts c ON c.tenant_id = v.tenant_id AND c.id = v.contact_id
             WHERE a.tenant_id = $1 AND a.id = $2",
            tenant,
            id.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        row.map(|row| self.open_approval_row(row)).transpose()
    }

    /// The approval that a quote waits for or went through, if it needed one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when it cannot be read.
    pub async fn find_approval_of(
        &mut self,
        quote: QuoteId,
    ) -> Result<Option<Approval>, StoreError> {
        let tenant = self.id();
        let id = sqlx::query_scalar!(
            "SELECT id
             FROM approvals
             WHERE tenant_id = $1 AND quote_id = $2",
            tenant,
            quote.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        match id {
            Some(id) => self.find_approval(id.into()).await,
            None => Ok(None),
        }
    }

    /// The approval of a quote by its number and revision, if it needed one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when it cannot be read.
    pub async fn find_approval_at(
        &mut self,
        quote_ref: QuoteRef,
    ) -> Result<Option<Approval>, StoreError> {
        match self.find_quote_id(quote_ref).await {
            Ok(quote) => self.find_approval_of(quote).await,
            Err(StoreError::Missing { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts a quote into the queue; putting it twice is putting it once.
    pub(crate) async fn insert_approval(
        &mut self,
        conversation: ConversationId,
        quote_ref: QuoteRef,
        reasons: &[Reason],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let quote = self.find_quote_id(quote_ref).await?;
        let (tenant, reasons) = (self.id(), to_json(reasons)?);
        sqlx::query!(
            "INSERT INTO approvals (tenant_id, id, conversation_id, quote_id, reasons, opened_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (tenant_id, quote_id) DO NOTHING",
            tenant,
            Uuid::now_v7(),
            conversation.as_uuid(),
            quote.as_uuid(),
            reasons,
            now
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Takes a quote out of the queue; one that is out stays as it ended.
    pub(crate) async fn close_approval(
        &mut self,
        quote_ref: QuoteRef,
        outcome: ApprovalOutcome,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let quote = self.find_quote_id(quote_ref).await?;
        let (tenant, (code, by)) = (self.id(), outcome_columns(outcome));
        sqlx::query!(
            "UPDATE approvals SET closed_at = $3, outcome = $4, closed_by = $5
             WHERE tenant_id = $1 AND quote_id = $2 AND closed_at IS NULL",
            tenant,
            quote.as_uuid(),
            now,
            code,
            by.map(|person| StaffId::from(person).as_uuid())
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    pub(crate) async fn remind_approval(
        &mut self,
        quote_ref: QuoteRef,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let quote = self.find_quote_id(quote_ref).await?;
        let tenant = self.id();
        sqlx::query!(
            "UPDATE approvals SET reminded_at = $3
             WHERE tenant_id = $1 AND quote_id = $2 AND closed_at IS NULL",
            tenant,
            quote.as_uuid(),
            now
        )
        .execute(self.db())
        .await?;
        Ok(())
    }
}
