//! What became of messages that were sent, as the platform reports it: one
//! batched update that only ever raises a message's state, so that repeats and
//! wrong order do no harm.
//!
//! A status that carries our own callback id is matched by it, even when the
//! answer to the call that sent the message was lost. One that does not is
//! matched by the platform's id, or waits in `orphan_statuses` until that id is
//! known.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::callback::CallbackId;
use crate::error::StoreError;
use crate::json::clean_text;
use crate::postgres::charges::{ReportedPrice, Told};
use crate::store::TenantTx;

/// What the platform says of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SentState {
    /// It took the message.
    Sent,
    /// The message reached a device.
    Delivered,
    /// The customer saw it.
    Read,
    /// It will never arrive.
    Failed {
        /// The platform's code and words, cut to 500 characters.
        error: String,
    },
}

impl SentState {
    fn code(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed { .. } => "failed",
        }
    }

    /// As the function `message_rank` of the schema.
    fn rank(&self) -> u8 {
        match self {
            Self::Sent => 2,
            Self::Failed { .. } => 3,
            Self::Delivered => 4,
            Self::Read => 5,
        }
    }
}

/// A report on a message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusUpdate {
    /// The platform's id of the message.
    pub provider_id: String,
    /// The callback data that was sent along, as it came back.
    pub callback: Option<String>,
    /// What is reported.
    pub state: SentState,
    /// What it is charged as, where the report says so.
    pub pricing: Option<ReportedPrice>,
    /// When it happened.
    pub at: DateTime<Utc>,
}

#[derive(Default)]
struct Rows {
    messages: Vec<Uuid>,
    attempts: Vec<Option<i32>>,
    provider_ids: Vec<String>,
    states: Vec<String>,
    errors: Vec<Option<String>>,
    at: Vec<DateTime<Utc>>,
}

impl TenantTx {
    /// Applies reports; says how many messages have come further, and how many
    /// reports wait for their message to become known.
    pub(crate) async fn apply_statuses(
        &mut self,
        updates: Vec<StatusUpdate>,
        now: DateTime<Utc>,
    ) -> Result<(u64, u64), StoreError> {
        if updates.is_empty() {
            return Ok((0, 0));
        }
        let (mut known, mut told, mut orphans) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        let by_provider = self.find_by_provider(&updates).await?;
        for update in updates {
            let callback = update.callback.as_deref().and_then(|text| text.parse().ok());
            let target = match callback {
                Some(CallbackId { message, attempt }) => Some((message.as_uuid(), Some(attempt))),
                None => by_provider.get(&update.provider_id).map(|id| (*id, None)),
            };
            let Some((message, attempt)) = target else {
                orphans.push(update);
                continue;
            };
            let said = Told::new(message, attempt, &update);
            match told.entry((message, attempt)) {
                Entry::Vacant(entry) => {
                    entry.insert(said);
                }
                Entry::Occupied(mut entry) => entry.get_mut().merge(said),
            }
            // Of several reports on one message only the furthest counts.
            let entry = known.entry(message).or_insert((attempt, update.clone()));
            if update.state.rank() > entry.1.state.rank() {
                *entry = (attempt, update);
            }
        }
        let mut rows = Rows::default();
        for (message, (attempt, update)) in known {
            rows.messages.push(message);
            rows.attempts.push(attempt);
            rows.provider_ids.push(update.provider_id);
            rows.states.push(update.state.code().to_owned());
            rows.errors.push(error_text(&update.state));
            rows.at.push(update.at);
        }
        let settled = self.raise_states(&rows, now).await?;
        // Those that do not say which attempt may mean one that others name.
        let (named, latest): (Vec<_>, Vec<_>) =
            told.into_values().partition(|told| told.attempt.is_some());
        self.note_charges(&named).await?;
        self.note_charges(&latest).await?;
        self.insert_orphans(&orphans).await?;
        Ok((settled, orphans.len() as u64))
    }

    async fn find_by_provider(
        &mut self,
        updates: &[StatusUpdate],
    ) -> Result<BTreeMap<String, Uuid>, StoreError> {
        let tenant = self.id();
        let ids: Vec<String> = updates
            .iter()
            .filter(|update| update.callback.is_none())
            .map(|update| update.provider_id.clone())
            .collect();
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows = sqlx::query!(
            r#"SELECT id, provider_id AS "provider_id!"
             FROM outbound_messages
             WHERE tenant_id = $1 AND provider_id = ANY($2)"#,
            tenant,
            &ids
        )
        .fetch_all(self.db())
        .await?;
        Ok(rows.into_iter().map(|row| (row.provider_id, row.id)).collect())
    }

    /// Raises states, takes what is settled out of the deliveries, and lets the
    /// conversation hear what became of its quote.
    ///
    /// A failure counts only for the attempt it belongs to: a later one may be on
    /// its way. `$1` tenant, `$8` now.
    async fn raise_states(&mut self, rows: &Rows, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let tenant = self.id();
        let raised = sqlx::query!(
            r#"WITH raised AS (
                UPDATE outbound_messages m
                SET state = n.state,
                    state_at = n.at,
                    provider_id = coalesce(m.provider_id, n.provider_id),
                    error = coalesce(n.error, m.error),
                    report_due = m.report_due OR (
                        m.quote_revision IS NOT NULL
                        AND message_rank(m.state) < message_rank('delivered')
                        AND message_rank(n.state) >= message_rank('failed')
                    )
                FROM UNNEST(
                    $2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::timestamptz[]
                ) AS n (message_id, attempt, provider_id, state, error, at)
                WHERE m.tenant_id = $1
                    AND m.id = n.message_id
                    AND message_rank(n.state) > message_rank(m.state)
                    AND (n.state <> 'failed' OR n.attempt IS NULL OR n.attempt = m.attempt)
                RETURNING m.id, m.contact_id, m.report_due
             ), settled AS (
                DELETE FROM deliveries d
                USING raised r
                WHERE d.tenant_id = $1 AND d.message_id = r.id
             ), woken AS (
                INSERT INTO jobs (tenant_id, contact_id, at)
                SELECT DISTINCT $1::uuid, r.contact_id, $8::timestamptz FROM raised r WHERE r.report_due
             )
             SELECT count(*) AS "raised!", coalesce(bool_or(report_due), false) AS "report_due!"
             FROM raised"#,
            tenant,
            &rows.messages,
            &rows.attempts as &[Option<i32>],
            &rows.provider_ids,
            &rows.states,
            &rows.errors as &[Option<String>],
            &rows.at,
            now
        )
        .fetch_one(self.db())
        .await?;
        if raised.raised > 0 {
            self.wakes().deliveries = true;
        }
        if raised.report_due {
            self.wakes().turns = true;
        }
        Ok(raised.raised.unsigned_abs())
    }

    async fn insert_orphans(&mut self, orphans: &[StatusUpdate]) -> Result<(), StoreError> {
        let tenant = self.id();
        let provider_ids: Vec<String> = orphans.iter().map(|o| o.provider_id.clone()).collect();
        let states: Vec<String> = orphans.iter().map(|o| o.state.code().to_owned()).collect();
        let errors: Vec<Option<String>> = orphans.iter().map(|o| error_text(&o.state)).collect();
        let at: Vec<DateTime<Utc>> = orphans.iter().map(|o| o.at).collect();
        sqlx::query!(
            "INSERT INTO orphan_statuses (tenant_id, provider_id, state, error, at)
             SELECT $1, n.provider_id, n.state, n.error, n.at
             FROM UNNEST($2::text[], $3::text[], $4::text[], $5::timestamptz[])
                AS n (provider_id, state, error, at)
             ON CONFLICT DO NOTHING",
            tenant,
            &provider_ids,
            &states,
            &errors as &[Option<String>],
            &at
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Removes up to 1,000 reports of messages that never became known; says how
    /// many.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn delete_orphan_statuses(
        &mut self,
        before: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "DELETE FROM orphan_statuses
             WHERE tenant_id = $1 AND (provider_id, state) IN (
                 SELECT provider_id, state FROM orphan_statuses
                 WHERE tenant_id = $1 AND at < $2
                 LIMIT 1000
             )",
            tenant,
            before
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected())
    }

    /// Applies what was reported of a message before its id was known.
    pub(crate) async fn adopt_orphans(
        &mut self,
        message: Uuid,
        provider_id: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let found = sqlx::query!(
            "DELETE FROM orphan_statuses
             WHERE tenant_id = $1 AND provider_id = $2
             RETURNING state, error, at",
            tenant,
            provider_id
        )
        .fetch_all(self.db())
        .await?;
        let mut rows = Rows::default();
        let furthest =
            |state: &str| ["sent", "failed", "delivered", "read"].iter().position(|s| *s == state);
        let arrived = found.iter().filter(|row| matches!(row.state.as_str(), "delivered" | "read"));
        if let Some(at) = arrived.map(|row| row.at).min() {
            let told = Told { message, attempt: None, price: None, delivered_at: Some(at), at };
            self.note_charges(&[told]).await?;
        }
        if let Some(row) = found.into_iter().max_by_key(|row| furthest(&row.state)) {
            rows.messages.push(message);
            rows.attempts.push(None);
            rows.provider_ids.push(provider_id.to_owned());
            rows.states.push(row.state);
            rows.errors.push(row.error);
            rows.at.push(row.at);
            self.raise_states(&rows, now).await?;
        }
        Ok(())
    }
}

fn error_text(state: &SentState) -> Option<String> {
    match state {
        SentState::Failed { error } => Some(clean_text(error).chars().take(500).collect()),
        SentState::Sent | SentState::Delivered | SentState::Read => None,
    }
}
