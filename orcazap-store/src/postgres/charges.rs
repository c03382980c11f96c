//! What the platform charges a store for: one row an attempt that it took, from
//! which months and conversations are added up.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use crate::error::{RowAt, StoreError};
use crate::ids::{ChannelId, ContactId, ConversationId};
use crate::jobs::callback::CallbackId;
use crate::jobs::statuses::{SentState, StatusUpdate};
use crate::json::clean_text;
use crate::store::TenantTx;

/// What a report says of the price (`statuses[].pricing`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedPrice {
    /// `service`, `utility`, `marketing`, … as the platform wrote it.
    pub category: String,
    /// `regular`, `free_customer_service`, `free_entry_point`.
    pub kind: String,
}

impl ReportedPrice {
    /// As it is kept: 64 characters of each; `None` when one of them is empty.
    fn kept(&self) -> Option<Self> {
        let cut = |text: &str| clean_text(text).chars().take(64).collect::<String>();
        let kept = Self { category: cut(&self.category), kind: cut(&self.kind) };
        (!kept.category.is_empty() && !kept.kind.is_empty()).then_some(kept)
    }
}

/// As what a message was sent: the estimate that stands until a report comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentAs<'a> {
    /// What it will be charged as: `service`, `utility`, `marketing`.
    pub category: &'a str,
    /// Whether the customer's window was closed.
    pub outside: bool,
}

/// Which charges are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChargesOf {
    /// Those of the month that begins on this day.
    Month(NaiveDate),
    /// Those of one conversation, whatever the month.
    Conversation(ConversationId),
}

/// Messages that arrived, alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// By which number.
    pub channel: ChannelId,
    /// In which month: its first day.
    pub month: NaiveDate,
    /// What they are charged as.
    pub category: String,
    /// `regular`, or why they are free.
    pub kind: String,
    /// Whether the platform said so; otherwise it is our estimate.
    pub told: bool,
    /// How many.
    pub messages: u32,
    /// How many of them were among the free service messages of their number
    /// and month.
    pub in_allowance: u32,
}

/// Whom a store has reached outside the window of late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// How many people.
    pub people: i64,
    /// Whether this one is among them.
    pub already: bool,
    /// When the first of them was written to.
    pub since: Option<DateTime<Utc>>,
}

/// What reports say of an attempt, put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) message: Uuid,
    /// `None` when the report did not say which: the latest.
    pub(crate) attempt: Option<i32>,
    /// With its rank: 1 by the report that it was sent, 2 that it arrived.
    pub(crate) price: Option<(i16, ReportedPrice)>,
    pub(crate) delivered_at: Option<DateTime<Utc>>,
    pub(crate) at: DateTime<Utc>,
}

impl Told {
    /// What a report on an attempt says.
    pub(crate) fn new(message: Uuid, attempt: Option<i32>, update: &StatusUpdate) -> Self {
        let arrived = matches!(update.state, SentState::Delivered | SentState::Read);
        let price = update.pricing.as_ref().and_then(ReportedPrice::kept);
        Self {
            message,
            attempt,
            price: price.map(|price| (if arrived { 2 } else { 1 }, price)),
            delivered_at: arrived.then_some(update.at),
            at: update.at,
        }
    }

    /// Puts what another report on the same attempt says to it.
    pub(crate) fn merge(&mut self, other: Self) {
        let key = |told: &Self| {
            told.price.as_ref().map(|(rank, p)| (*rank, p.category.clone(), p.kind.clone()))
        };
        if key(&other) > key(self) {
            self.price = other.price;
        }
        self.delivered_at = [self.delivered_at, other.delivered_at].into_iter().flatten().min();
        self.at = self.at.min(other.at);
    }
}

impl TenantTx {
    /// Notes what an attempt that was taken will be charged as.
    pub(crate) async fn estimate_charge(
        &mut self,
        callback: CallbackId,
        sent_as: SentAs<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "INSERT INTO message_charges (
                tenant_id, message_id, attempt, conversation_id, contact_id, channel_id,
                category, kind, source, outside, sent_at
             )
             SELECT tenant_id, id, $3, conversation_id, contact_id, channel_id,
                $4, 'regular', 0, $5, $6
             FROM outbound_messages
             WHERE tenant_id = $1 AND id = $2
             ON CONFLICT (tenant_id, message_id, attempt)
             DO UPDATE SET outside = excluded.outside, sent_at = excluded.sent_at",
            tenant,
            callback.message.as_uuid(),
            callback.attempt,
            sent_as.category,
            sent_as.outside,
            now
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Notes what reports say. Whatever their order and however often they come,
    /// the same rows come of them. No attempt may be told of twice in one call.
    pub(crate) async fn note_charges(&mut self, told: &[Told]) -> Result<(), StoreError> {
        if told.is_empty() {
            return Ok(());
        }
        let tenant = self.id();
        let price = |one: &Told| one.price.as_ref().map(|(_, price)| price.clone());
        let categories: Vec<Option<String>> =
            told.iter().map(|one| price(one).map(|price| price.category)).collect();
        let kinds: Vec<Option<String>> =
            told.iter().map(|one| price(one).map(|price| price.kind)).collect();
        let messages: Vec<Uuid> = told.iter().map(|one| one.message).collect();
        let attempts: Vec<Option<i32>> = told.iter().map(|one| one.attempt).collect();
        let sources: Vec<i16> =
            told.iter().map(|one| one.price.as_ref().map_or(0, |(rank, _)| *rank)).collect();
        let delivered: Vec<Option<DateTime<Utc>>> =
            told.iter().map(|one| one.delivered_at).collect();
        let at: Vec<DateTime<Utc>> = told.iter().map(|one| one.at).collect();
        sqlx::query!(
            "INSERT INTO message_charges AS c (
                tenant_id, message_id, attempt, conversation_id, contact_id, channel_id,
                category, kind, source, sent_at, delivered_at
             )
             SELECT m.tenant_id, m.id, coalesce(n.attempt, m.attempt), m.conversation_id, m.contact_id,
                m.channel_id,
                coalesce(n.category, CASE m.kind WHEN 'template' THEN 'utility' ELSE 'service' END),
                coalesce(n.kind, 'regular'), n.source, n.at, n.delivered_at
             FROM UNNEST(
                $2::uuid[], $3::integer[], $4::text[], $5::text[], $6::smallint[],
                $7::timestamptz[], $8::timestamptz[]
             ) AS n (message_id, attempt, category, kind, source, delivered_at, at)
             JOIN outbound_messages m ON m.tenant_id = $1 AND m.id = n.message_id
             WHERE coalesce(n.attempt, m.attempt) BETWEEN 1 AND m.attempt
             ORDER BY m.id
             ON CONFLICT (tenant_id, message_id, attempt) DO UPDATE SET
                category = CASE WHEN (excluded.source, excluded.category, excluded.kind)
                        > (c.source, c.category, c.kind) AND excluded.source > 0
                    THEN excluded.category ELSE c.category END,
                kind = CASE WHEN (excluded.source, excluded.category, excluded.kind)
                        > (c.source, c.category, c.kind) AND excluded.source > 0
                    THEN excluded.kind ELSE c.kind END,
                source = greatest(c.source, excluded.source),
                delivered_at = least(c.delivered_at, excluded.delivered_at)",
            tenant,
            &messages,
            &attempts as &[Option<i32>],
            &categories as &[Option<String>],
            &kinds as &[Option<String>],
            &sources,
            &delivered as &[Option<DateTime<Utc>>],
            &at
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// What arrived, alike put together; the first `allowance` service messages
    /// of a number and month are its free ones.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn list_charges(
        &mut self,
        of: ChargesOf,
        allowance: u32,
    ) -> Result<Vec<Charge>, StoreError> {
        let tenant = self.id();
        let (month, conversation) = match of {
            ChargesOf::Month(month) => (Some(month), None),
            ChargesOf::Conversation(id) => (None, Some(id.as_uuid())),
        };
        let rows = sqlx::query!(
            r#"WITH chosen AS (
                SELECT month, channel_id, category, kind, source, delivered_at, message_id, attempt
                FROM message_charges
                WHERE tenant_id = $1 AND month IS NOT NULL
                    AND ($2::date IS NULL OR month = $2)
                    AND ($3::uuid IS NULL OR conversation_id = $3)
             ), places AS (
                SELECT DISTINCT month, channel_id FROM chosen
             ), bounds AS (
                SELECT p.month, p.channel_id, b.delivered_at, b.message_id, b.attempt
                FROM places p
                LEFT JOIN LATERAL (
                    SELECT o.delivered_at, o.message_id, o.attempt
                    FROM message_charges o
                    WHERE o.tenant_id = $1 AND o.channel_id = p.channel_id AND o.month = p.month
                        AND o.category = 'service' AND o.kind = 'regular'
                    ORDER BY o.delivered_at, o.message_id, o.attempt
                    OFFSET $4 LIMIT 1
                ) b ON true
             )
             SELECT c.month AS "month!", c.channel_id, c.category, c.kind, c.source > 0 AS "told!",
                count(*) AS "messages!",
                count(*) FILTER (
                    WHERE c.category = 'service' AND c.kind = 'regular' AND (
                        b.delivered_at IS NULL
                        OR (c.delivered_at, c.message_id, c.attempt)
                            < (b.delivered_at, b.message_id, b.attempt)
                    )
                ) AS "in_allowance!"
             FROM chosen c
             JOIN bounds b ON b.month = c.month AND b.channel_id = c.channel_id
             GROUP BY 1, 2, 3, 4, 5
             ORDER BY 1, 2, 3, 4, 5
             LIMIT 1000"#,
            tenant,
            month,
            conversation,
            i64::from(allowance)
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter()
            .map(|row| {
                let at = RowAt { table: "message_charges", row: &row.channel_id };
                Ok(Charge {
                    channel: row.channel_id.into(),
                    month: row.month,
                    category: row.category,
                    kind: row.kind,
                    told: row.told,
                    messages: at.read("messages", u32::try_from(row.messages))?,
                    in_allowance: at.read("in_allowance", u32::try_from(row.in_allowance))?,
                })
            })
            .collect()
    }

    /// How many conversations something arrived in, in the month that begins on
    /// this day.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn count_charged_conversations(
        &mut self,
        month: NaiveDate,
    ) -> Result<i64, StoreError> {
        let tenant = self.id();
        Ok(sqlx::query_scalar!(
            r#"SELECT count(DISTINCT conversation_id) AS "count!"
             FROM message_charges
             WHERE tenant_id = $1 AND month = $2"#,
            tenant,
            month
        )
        .fetch_one(self.db())
        .await?)
    }

    /// Whom the store has written to outside their window in the last 24 hours,
    /// by all its numbers: what the platform's daily limit counts.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn reached_outside(
        &mut self,
        contact: ContactId,
        now: DateTime<Utc>,
    ) -> Result<Reached, StoreError> {
        let tenant = self.id();
        let row = sqlx::query!(
            r#"SELECT count(DISTINCT contact_id) AS "people!",
                coalesce(bool_or(contact_id = $2), false) AS "already!",
                min(sent_at) AS since
             FROM message_charges
             WHERE tenant_id = $1 AND outside AND sent_at > $3"#,
            tenant,
            contact.as_uuid(),
            now - TimeDelta::hours(24)
        )
        .fetch_one(self.db())
        .await?;
        Ok(Reached { people: row.people, already: row.already, since: row.since })
    }
}
