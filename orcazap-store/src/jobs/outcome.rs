//! How an attempt to send ended. What is said about an attempt that is over does
//! nothing: a later one may be on its way, or a report has settled the message.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::callback::CallbackId;
use super::delivery::Delivery;
use crate::error::StoreError;
use crate::ids::MessageId;
use crate::json::clean_text;
use crate::postgres::charges::SentAs;
use crate::store::{Store, TenantTx};

/// How long a message of which nobody knows whether it was sent is held, so that
/// a status can settle it.
pub(crate) const GRACE: TimeDelta = TimeDelta::seconds(45);
/// How often a message is tried before a person must look.
pub const MAX_SEND_ATTEMPTS: i32 = 10;

impl Store {
    /// The platform took the message; `sent_as` is what it will be charged as
    /// unless a report says otherwise.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`]; the lease then runs out, and a status settles it.
    pub async fn sent(
        &self,
        delivery: &Delivery,
        provider_id: &str,
        sent_as: SentAs<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.tenant(delivery.tenant).await?;
        let provider_id: String = clean_text(provider_id).chars().take(512).collect();
        tx.finish_sent(delivery.callback, &provider_id, now).await?;
        tx.estimate_charge(delivery.callback, sent_as, now).await?;
        tx.adopt_orphans(delivery.callback.message.as_uuid(), &provider_id, now).await?;
        tx.wakes().deliveries = true;
        tx.commit().await
    }

    /// It was certainly not sent, and is tried again at a time. After
    /// [`MAX_SEND_ATTEMPTS`] it waits for a person instead.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn retry(
        &self,
        delivery: &Delivery,
        at: DateTime<Utc>,
        error: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.tenant(delivery.tenant).await?;
        let spent = delivery.callback.attempt >= MAX_SEND_ATTEMPTS;
        if spent {
            tx.settle(delivery.callback, "held", Some(error), now).await?;
        } else if tx.end_attempt(delivery.callback, "queued", Some(error), now).await? {
            tx.update_due(delivery.callback.message.as_uuid(), at).await?;
        }
        tx.commit().await
    }

    /// The platform will never take it. A quote's conversation hears of it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn refuse(
        &self,
        delivery: &Delivery,
        error: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.tenant(delivery.tenant).await?;
        tx.settle(delivery.callback, "failed", Some(error), now).await?;
        tx.commit().await
    }

    /// It can't be sent as it is, and nothing was tried: it waits for a person,
    /// who is shown why.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn hold(
        &self,
        delivery: &Delivery,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.tenant(delivery.tenant).await?;
        tx.settle(delivery.callback, "held", Some(reason), now).await?;
        tx.commit().await
    }

    /// Nothing was tried, because a limit of the platform is reached: it waits
    /// until then, and this does not count as an attempt.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`]; the end of the lease then makes it uncertain.
    pub async fn defer(
        &self,
        delivery: &Delivery,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.tenant(delivery.tenant).await?;
        if tx.end_attempt(delivery.callback, "queued", None, now).await? {
            tx.forget_attempt(delivery.callback).await?;
            tx.update_due(delivery.callback.message.as_uuid(), until).await?;
        }
        tx.commit().await
    }

    /// Nobody knows whether it was sent. It is held for the grace time, in which
    /// a status may settle it; then the rule of its kind decides.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`]; the end of the lease then does the same.
    pub async fn uncertain(
        &self,
        delivery: &Delivery,
        error: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.tenant(delivery.tenant).await?;
        if tx.end_attempt(delivery.callback, "uncertain", Some(error), now).await? {
            tx.update_due(delivery.callback.message.as_uuid(), now + GRACE).await?;
        }
        tx.commit().await
    }

    /// It was certainly not sent, and nothing can be by this channel until a
    /// person has looked: the message waits with the channel.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn pause_for(
        &self,
        delivery: &Delivery,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.tenant(delivery.tenant).await?;
        // The message first: whoever changes a delivery holds its message already.
        if tx.end_attempt(delivery.callback, "queued", Some(reason), now).await? {
            tx.update_due(delivery.callback.message.as_uuid(), now).await?;
        }
        tx.pause_channel_with_notice(delivery.channel, reason, now).await?;
        tx.commit().await
    }
}

impl TenantTx {
    /// Sends a message that waits for a person, or that failed, again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such message.
    pub async fn send_again(
        &mut self,
        message: MessageId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "WITH again AS (
                UPDATE outbound_messages SET
                    state = 'queued', state_at = $3, attempt = attempt + 1, waits_for = NULL
                WHERE tenant_id = $1 AND id = $2 AND state IN ('held', 'failed')
                RETURNING tenant_id, contact_id, channel_id, id
             )
             INSERT INTO deliveries (tenant_id, contact_id, channel_id, message_id, due_at)
             SELECT tenant_id, contact_id, channel_id, id, $3 FROM again
             ON CONFLICT (tenant_id, message_id) DO NOTHING",
            tenant,
            message.as_uuid(),
            now
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "message to send again" });
        }
        self.wakes().deliveries = true;
        Ok(())
    }

    /// Leaves a message that waits for a person, or that failed, unsent for good.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such message.
    pub async fn give_up(
        &mut self,
        message: MessageId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "UPDATE outbound_messages SET state = 'dropped', state_at = $3
             WHERE tenant_id = $1 AND id = $2 AND state IN ('held', 'failed')",
            tenant,
            message.as_uuid(),
            now
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "message to give up" });
        }
        Ok(())
    }

    async fn finish_sent(
        &mut self,
        callback: CallbackId,
        provider_id: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        // A status may have been faster: then only the platform's id is new.
        sqlx::query!(
            "WITH message AS (
                UPDATE outbound_messages SET
                    provider_id = $4,
                    error = CASE WHEN message_rank(state) < message_rank('sent') THEN NULL ELSE error END,
                    state_at = CASE WHEN message_rank(state) < message_rank('sent') THEN $5 ELSE state_at END,
                    state = CASE WHEN message_rank(state) < message_rank('sent') THEN 'sent' ELSE state END
                WHERE tenant_id = $1 AND id = $2 AND attempt = $3
                RETURNING id
             )
             DELETE FROM deliveries d USING message m WHERE d.tenant_id = $1 AND d.message_id = m.id",
            tenant,
            callback.message.as_uuid(),
            callback.attempt,
            provider_id,
            now
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Ends an attempt that is on its way; `false` when it is over already.
    pub(crate) async fn end_attempt(
        &mut self,
        callback: CallbackId,
        state: &str,
        error: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let tenant = self.id();
        let error: Option<String> =
            error.map(|error| clean_text(error).chars().take(2000).collect());
        let done = sqlx::query!(
            "UPDATE outbound_messages SET state = $4, error = $5, state_at = $6
             WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'attempting'",
            tenant,
            callback.message.as_uuid(),
            callback.attempt,
            state,
            error,
            now
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Takes back the number of an attempt of which no byte has left.
    async fn forget_attempt(&mut self, callback: CallbackId) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "UPDATE outbound_messages SET attempt = attempt - 1
             WHERE tenant_id = $1 AND id = $2 AND attempt = $3",
            tenant,
            callback.message.as_uuid(),
            callback.attempt
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Settles a message that was not sent, so that the next may go out. A
    /// quote's conversation hears of a failure.
    pub(crate) async fn settle(
        &mut self,
        callback: CallbackId,
        state: &str,
        error: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let error: Option<String> =
            error.map(|error| clean_text(error).chars().take(2000).collect());
        let woken = sqlx::query_scalar!(
            r#"WITH message AS (
                UPDATE outbound_messages SET
                    state = $4,
                    error = coalesce($5, error),
                    state_at = $6,
                    report_due = report_due OR ($4 = 'failed' AND quote_revision IS NOT NULL)
                WHERE tenant_id = $1 AND id = $2 AND attempt = $3
                    AND state IN ('attempting', 'uncertain')
                RETURNING id, contact_id, report_due
             ), settled AS (
                DELETE FROM deliveries d
                USING message m
                WHERE d.tenant_id = $1 AND d.message_id = m.id
             ), woken AS (
                INSERT INTO jobs (tenant_id, contact_id, at)
                SELECT $1, contact_id, $6 FROM message WHERE report_due
                RETURNING id
             )
             SELECT EXISTS (SELECT FROM woken) AS "woken!""#,
            tenant,
            callback.message.as_uuid(),
            callback.attempt,
            state,
            error,
            now
        )
        .fetch_one(self.db())
        .await?;
        self.wakes().turns |= woken;
        self.wakes().deliveries = true;
        Ok(())
    }

    pub(crate) async fn update_due(
        &mut self,
        message: Uuid,
        due_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "UPDATE deliveries SET due_at = $3 WHERE tenant_id = $1 AND message_id = $2",
            tenant,
            message,
            due_at
        )
        .execute(self.db())
        .await?;
        Ok(())
    }
}
