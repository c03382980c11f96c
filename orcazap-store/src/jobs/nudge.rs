//! Messages outside their customer's window: a template goes out in their place,
//! once, and they follow when the customer writes.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::body::Way;
use super::delivery::Delivery;
use crate::error::StoreError;
use crate::ids::ChannelId;
use crate::json::clean_text;
use crate::store::{Store, TenantTx};

/// A template that the platform has approved.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovedTemplate {
    /// Its name.
    pub name: String,
    /// Its language.
    pub language: String,
    /// What it is charged as.
    pub category: String,
    /// Its parts, as the platform lists them.
    pub components: Value,
}

/// What goes out in the place of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Nudge {
    /// The template message: the body of the call, without the address.
    pub payload: Value,
    /// Its words as lists show them.
    pub summary: String,
    /// Why the message itself waits, as a person reads it.
    pub reason: String,
}

impl Store {
    /// Lets a message wait until its customer writes, and queues a template that
    /// asks them to, unless one has gone out since they last wrote.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn nudge(
        &self,
        delivery: &Delivery,
        nudge: Nudge,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.tenant(delivery.tenant).await?;
        let message = delivery.callback.message.as_uuid();
        if tx.end_attempt(delivery.callback, "held", Some(&nudge.reason), now).await? {
            let template = match tx.find_nudge(delivery).await? {
                Some(template) => template,
                None => tx.insert_nudge(message, nudge, now).await?,
            };
            tx.wait_for(message, template).await?;
        }
        tx.wakes().deliveries = true;
        tx.commit().await
    }
}

impl TenantTx {
    /// An approved template of the account that a channel belongs to; of any
    /// account of the store while that is not known.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_approved_template(
        &mut self,
        channel: ChannelId,
        name: &str,
        language: &str,
    ) -> Result<Option<ApprovedTemplate>, StoreError> {
        let tenant = self.id();
        Ok(sqlx::query_as!(
            ApprovedTemplate,
            "SELECT t.name, t.language, t.category, t.components
             FROM templates t
             JOIN channel_directory d ON d.tenant_id = t.tenant_id AND d.channel_id = $2
             WHERE t.tenant_id = $1 AND t.name = $3 AND t.language = $4
                AND upper(t.status) = 'APPROVED'
                AND t.account_id = coalesce(d.account_id, t.account_id)
             ORDER BY t.account_id
             LIMIT 1",
            tenant,
            channel.as_uuid(),
            name,
            language
        )
        .fetch_optional(self.db())
        .await?)
    }

    /// The template that asked a delivery's customer to write, since they last did,
    /// and that has not failed.
    async fn find_nudge(&mut self, delivery: &Delivery) -> Result<Option<Uuid>, StoreError> {
        let tenant = self.id();
        Ok(sqlx::query_scalar!(
            "SELECT n.id
             FROM outbound_messages m
             JOIN outbound_messages n ON n.tenant_id = m.tenant_id AND n.id = m.waits_for
             WHERE m.tenant_id = $1 AND m.contact_id = $2 AND m.channel_id = $3
                AND m.state = 'held' AND n.state NOT IN ('failed', 'dropped', 'held')
                AND n.created_at > coalesce($4::timestamptz, '-infinity')
             LIMIT 1",
            tenant,
            delivery.contact.as_uuid(),
            delivery.channel.as_uuid(),
            delivery.last_inbound
        )
        .fetch_optional(self.db())
        .await?)
    }

    /// Queues the template of a message, to the same customer by the same channel.
    async fn insert_nudge(
        &mut self,
        message: Uuid,
        nudge: Nudge,
        now: DateTime<Utc>,
    ) -> Result<Uuid, StoreError> {
        let (tenant, id) = (self.id(), Uuid::now_v7());
        let summary: String = clean_text(&nudge.summary).chars().take(4096).collect();
        let body = self.seal_body(Way::Out, id, Some(summary), nudge.payload)?;
        sqlx::query!(
            "WITH template AS (
                INSERT INTO outbound_messages (
                    tenant_id, id, conversation_id, contact_id, channel_id, kind, body, state,
                    request_id, created_at, state_at
                )
                SELECT tenant_id, $3, conversation_id, contact_id, channel_id, 'template', $4,
                    'queued', request_id, $5, $5
                FROM outbound_messages
                WHERE tenant_id = $1 AND id = $2
                RETURNING tenant_id, contact_id, channel_id, id
             )
             INSERT INTO deliveries (tenant_id, contact_id, channel_id, message_id, due_at)
             SELECT tenant_id, contact_id, channel_id, id, $5 FROM template",
            tenant,
            message,
            id,
            body,
            now
        )
        .execute(self.db())
        .await?;
        Ok(id)
    }

    /// Takes a message out of the deliveries until its customer writes.
    async fn wait_for(&mut self, message: Uuid, template: Uuid) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "WITH waiting AS (
                UPDATE outbound_messages SET waits_for = $3
                WHERE tenant_id = $1 AND id = $2
                RETURNING id
             )
             DELETE FROM deliveries d USING waiting w WHERE d.tenant_id = $1 AND d.message_id = w.id",
            tenant,
            message,
            template
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Queues what waits for these customers to write, by whichever of these
    /// channels they have.
    pub(crate) async fn release_waiting(
        &mut self,
        contacts: &[Uuid],
        channels: &[Uuid],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "WITH released AS (
                UPDATE outbound_messages m SET
                    state = 'queued', state_at = $4, waits_for = NULL, error = NULL
                WHERE m.tenant_id = $1 AND m.contact_id = ANY($2) AND m.channel_id = ANY($3)
                    AND m.waits_for IS NOT NULL AND m.state = 'held'
                RETURNING m.tenant_id, m.contact_id, m.channel_id, m.id
             )
             INSERT INTO deliveries (tenant_id, contact_id, channel_id, message_id, due_at)
             SELECT tenant_id, contact_id, channel_id, id, $4 FROM released ORDER BY id
             ON CONFLICT (tenant_id, message_id) DO NOTHING",
            tenant,
            contacts,
            channels,
            now
        )
        .execute(self.db())
        .await?;
        self.wakes().deliveries |= done.rows_affected() > 0;
        Ok(())
    }
}
