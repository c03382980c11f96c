//! Messages on their way out.
//!
//! An attempt is recorded and committed before a byte leaves. Of a contact's
//! messages only the oldest that is not settled may go out, so one is on its way
//! at most and their order holds. The sender says how it went with the attempt's
//! number; what it says about an attempt that is over does nothing.
//!
//! | state | means | next |
//! | --- | --- | --- |
//! | `queued` | waits for its turn, or for a retry | `attempting` |
//! | `attempting` | on its way, until its lease ends | `sent`, `queued`, `failed`, `uncertain` |
//! | `uncertain` | nobody knows whether it was sent; held for the grace time | a status settles it, else by kind |
//! | `sent` `delivered` `read` | the platform said so | – |
//! | `failed` | refused, or it will never arrive | – |
//! | `dropped` | a courtesy of which nobody knows whether it was sent | – |
//! | `held` | waits for a person | `queued` by a person |

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use orcazap_core::ContactKey;
use secrecy::SecretString;
use serde_json::Value;
use uuid::Uuid;

use super::body::Way;
use super::callback::CallbackId;
use super::outcome::{GRACE, MAX_SEND_ATTEMPTS};
use super::save::OutgoingKind;
use crate::error::{RowAt, StoreError};
use crate::ids::{ChannelId, ContactId, ConversationId, TenantId};
use crate::postgres::channels::Allowance;
use crate::store::{Store, TenantTx};

/// How long an attempt may take before it counts as lost. Longer than any
/// time-out of the client that makes the call.
const LEASE: TimeDelta = TimeDelta::seconds(120);
/// How long a message that cannot be read is left alone.
const UNREADABLE: TimeDelta = TimeDelta::minutes(5);
/// How many contacts one look finds at most.
const CANDIDATES: i64 = 32;

/// A message to send now. `Debug` shows neither address nor content.
#[derive(Clone)]
pub struct Delivery {
    /// Whose it is.
    pub tenant: TenantId,
    /// The message and the attempt: the call's callback data.
    pub callback: CallbackId,
    /// The channel it goes out by.
    pub channel: ChannelId,
    /// The platform's id of the channel's number.
    pub phone_number_id: String,
    /// The channel's access token; `None` when it has none.
    pub access_token: Option<SecretString>,
    /// Whom it is for.
    pub contact: ContactId,
    /// The address of that contact.
    pub to: ContactKey,
    /// When they last wrote to this number; `None` when they never did.
    pub last_inbound: Option<DateTime<Utc>>,
    /// What the platform allows the number.
    pub allowance: Allowance,
    /// What it is for.
    pub kind: OutgoingKind,
    /// The body of the call, without the address.
    pub payload: Value,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// The request that caused it.
    pub request_id: Option<String>,
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery").field("callback", &self.callback).finish_non_exhaustive()
    }
}

/// A delivery that is the oldest of its contact: its own number, the store, the message.
pub(crate) type Head = (i64, TenantId, Uuid);

struct HeadRow {
    contact_id: Uuid,
    channel_id: Uuid,
    conversation_id: Uuid,
    kind: String,
    body: Vec<u8>,
    state: String,
    attempt: i32,
    request_id: Option<String>,
}

/// What is done with a message whose time has come.
enum Due {
    Send,
    /// Its lease ran out: nobody knows whether it was sent.
    Lost,
    Drop,
    Hold,
    Gone,
}

impl Store {
    /// The next message to send, its attempt recorded and committed; `None` when
    /// nothing is due.
    ///
    /// Messages that an ended process left on their way become uncertain here,
    /// and uncertain ones whose grace is over are sent again, dropped or held as
    /// their kind says.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`]; [`StoreError::Row`] or [`StoreError::Secret`]
    /// when a message cannot be read: it has then been put off by five minutes,
    /// because a key may only be missing from the settings, and the last of
    /// [`MAX_SEND_ATTEMPTS`] times it has been set aside for a person.
    pub async fn claim_delivery(&self, now: DateTime<Utc>) -> Result<Option<Delivery>, StoreError> {
        let mut looked = false;
        loop {
            let Some((id, tenant, message)) = self.delivery_candidates().take(now) else {
                // One look a call: those that others have are not run after.
                if looked {
                    return Ok(None);
                }
                looked = true;
                let found = self.find_heads(now).await?;
                self.delivery_candidates().refill(found, now);
                continue;
            };
            let mut tx = self.tenant(tenant).await?;
            match tx.begin_attempt(id, message, now).await {
                Ok(Some(delivery)) => {
                    tx.commit().await?;
                    return Ok(Some(delivery));
                }
                Ok(None) => tx.commit().await?,
                Err(error) if error.is_transient() => return Err(error),
                Err(error) => {
                    drop(tx);
                    let mut tx = self.tenant(tenant).await?;
                    tx.put_off_unreadable(message, &error, now).await?;
                    tx.commit().await?;
                    return Err(error);
                }
            }
        }
    }

    /// The oldest message of each contact, where it is due and its channel sends.
    async fn find_heads(&self, now: DateTime<Utc>) -> Result<Vec<Head>, StoreError> {
        let mut tx = self.begin(None).await?;
        let rows = sqlx::query!(
            "SELECT d.id, d.tenant_id, d.message_id
             FROM deliveries d
             JOIN channel_directory c ON c.tenant_id = d.tenant_id AND c.channel_id = d.channel_id
             WHERE NOT d.parked
                AND d.due_at <= $1
                AND NOT c.paused
                AND NOT EXISTS (
                    SELECT FROM deliveries e
                    WHERE e.tenant_id = d.tenant_id AND e.contact_id = d.contact_id AND e.id < d.id
                )
             ORDER BY d.id
             LIMIT $2",
            now,
            CANDIDATES
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(rows.into_iter().map(|row| (row.id, row.tenant_id.into(), row.message_id)).collect())
    }
}

impl TenantTx {
    /// Whether a delivery is still due, and its channel still sends.
    async fn is_due(&mut self, delivery: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let tenant = self.id();
        Ok(sqlx::query_scalar!(
            r#"SELECT EXISTS (
                SELECT FROM deliveries d
                JOIN channel_directory c
                    ON c.tenant_id = d.tenant_id AND c.channel_id = d.channel_id
                WHERE d.id = $1 AND d.tenant_id = $2 AND d.due_at <= $3 AND NOT c.paused
             ) AS "due!""#,
            delivery,
            tenant,
            now
        )
        .fetch_one(self.db())
        .await?)
    }

    /// When a contact last wrote to a number.
    async fn last_inbound(
        &mut self,
        contact: Uuid,
        channel: Uuid,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let tenant = self.id();
        Ok(sqlx::query_scalar!(
            "SELECT max(sent_at)
             FROM inbound_messages
             WHERE tenant_id = $1 AND contact_id = $2 AND channel_id = $3",
            tenant,
            contact,
            channel
        )
        .fetch_one(self.db())
        .await?)
    }

    /// Puts a message that cannot be read off, and in the end aside.
    async fn put_off_unreadable(
        &mut self,
        message: Uuid,
        error: &StoreError,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let error: String =
            format!("a mensagem guardada não pode ser lida: {error}").chars().take(2000).collect();
        sqlx::query!(
            "WITH message AS (
                UPDATE outbound_messages SET
                    attempt = attempt + 1,
                    error = $3,
                    state_at = $5,
                    state = CASE WHEN attempt + 1 >= $4 THEN 'held' ELSE state END
                WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'attempting', 'uncertain')
                RETURNING id, state
             ), aside AS (
                DELETE FROM deliveries d
                USING message m
                WHERE d.tenant_id = $1 AND d.message_id = m.id AND m.state = 'held'
             )
             UPDATE deliveries d SET due_at = $6
             FROM message m
             WHERE d.tenant_id = $1 AND d.message_id = m.id AND m.state <> 'held'",
            tenant,
            message,
            error,
            MAX_SEND_ATTEMPTS,
            now,
            now + UNREADABLE
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Takes a message whose time has come, unless somebody else has it.
    ///
    /// The message is locked before its delivery is looked at: everything that
    /// changes a delivery holds its message first, reports of the platform too,
    /// so that none of them wait for each other in a circle.
    async fn begin_attempt(
        &mut self,
        delivery: i64,
        message: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Delivery>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query_as!(
            HeadRow,
            "SELECT contact_id, channel_id, conversation_id, kind, body, state, attempt, request_id
             FROM outbound_messages
             WHERE tenant_id = $1 AND id = $2
             FOR NO KEY UPDATE SKIP LOCKED",
            tenant,
            message
        )
        .fetch_optional(self.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        if !self.is_due(delivery, now).await? {
            return Ok(None);
        }
        let at = RowAt { table: "outbound_messages", row: &message };
        let kind = OutgoingKind::ALL.iter().copied().find(|kind| kind.code() == row.kind);
        let kind = kind.ok_or_else(|| at.error("kind", format!("found {:?}", row.kind)))?;
        let callback = CallbackId { message: message.into(), attempt: row.attempt };
        match due(&row.state, kind) {
            Due::Send => {}
            Due::Lost => {
                self.end_attempt(callback, "uncertain", Some("the sender went away"), now).await?;
                self.update_due(message, now + GRACE).await?;
                return Ok(None);
            }
            Due::Drop => {
                self.settle(callback, "dropped", None, now).await?;
                return Ok(None);
            }
            Due::Hold => {
                self.settle(callback, "held", None, now).await?;
                return Ok(None);
            }
            Due::Gone => {
                sqlx::query!("DELETE FROM deliveries WHERE id = $1", delivery)
                    .execute(self.db())
                    .await?;
                return Ok(None);
            }
        }
        let contact = self.find_contact(row.contact_id.into()).await?;
        let contact = contact.ok_or(StoreError::Missing { what: "contact" })?;
        let credentials = self.channel_credentials(row.channel_id).await?;
        let credentials = credentials.ok_or(StoreError::Missing { what: "channel" })?;
        let last_inbound = self.last_inbound(row.contact_id, row.channel_id).await?;
        let body = self.open_body(Way::Out, message, &row.body)?;
        let attempt = row.attempt + 1;
        sqlx::query!(
            "UPDATE outbound_messages SET state = 'attempting', attempt = $3, state_at = $4
             WHERE tenant_id = $1 AND id = $2",
            tenant,
            message,
            attempt,
            now
        )
        .execute(self.db())
        .await?;
        self.update_due(message, now + LEASE).await?;
        Ok(Some(Delivery {
            tenant: self.tenant(),
            callback: CallbackId { message: message.into(), attempt },
            channel: row.channel_id.into(),
            phone_number_id: credentials.phone_number_id,
            access_token: credentials.access_token,
            contact: row.contact_id.into(),
            to: contact.key,
            last_inbound,
            allowance: credentials.allowance,
            kind,
            payload: body.raw,
            conversation: row.conversation_id.into(),
            request_id: row.request_id,
        }))
    }
}

/// The rule of a message whose time has come (design, 5.2, point 4).
fn due(state: &str, kind: OutgoingKind) -> Due {
    match (state, kind) {
        ("queued", _) => Due::Send,
        ("attempting", _) => Due::Lost,
        ("uncertain", OutgoingKind::Quote | OutgoingKind::Question | OutgoingKind::Person) => {
            Due::Send
        }
        ("uncertain", OutgoingKind::Courtesy) => Due::Drop,
        ("uncertain", OutgoingKind::Template) => Due::Hold,
        _ => Due::Gone,
    }
}
