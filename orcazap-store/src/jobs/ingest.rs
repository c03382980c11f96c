//! What a webhook brought, kept in one transaction: messages with one job each,
//! and what became of messages sent before. Nothing here is done twice, however
//! often and in whatever order the platform repeats itself.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use orcazap_core::ContactKey;
use serde_json::Value;
use uuid::Uuid;

use super::body::Way;
use super::statuses::StatusUpdate;
use crate::error::StoreError;
use crate::ids::{ChannelId, TenantId};
use crate::json::clean_text;
use crate::secrets::Spot;
use crate::store::{Store, TenantTx};

/// How many events for unknown numbers are kept.
const MAX_UNROUTED: i64 = 1_000;
/// How many of them one call may add.
const MAX_UNROUTED_A_CALL: usize = 50;
/// How much of one is kept, in bytes; of a longer one its beginning, as a text.
const MAX_UNROUTED_BYTES: usize = 64 * 1024;

/// One update out of a webhook.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The platform's id of the number it came to; empty when it tells none.
    pub phone_number_id: String,
    /// What it is.
    pub update: Update,
}

/// What an update is.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// A customer wrote.
    Message(Box<NewInbound>),
    /// Something became of a message that was sent.
    Status(StatusUpdate),
    /// Anything else; kept when its number is unknown or untold, and passed over
    /// when the number is known.
    Other {
        /// The platform's JSON.
        raw: Value,
    },
}

/// A message that came in. `Debug` shows neither sender nor content.
#[derive(Clone, PartialEq)]
pub struct NewInbound {
    /// The platform's id of the message, 1 to 512 bytes: the same id is the same message.
    pub provider_id: String,
    /// Who wrote it.
    pub from: ContactKey,
    /// The name they gave themselves; kept when the contact is new.
    pub profile_name: Option<String>,
    /// The platform's kind: `text`, `interactive`, `audio`; cut to 64 characters.
    pub kind: String,
    /// Its words, as lists show them; cut to 4,096 characters.
    pub text: Option<String>,
    /// The platform's JSON of this message.
    pub raw: Value,
    /// When it was written.
    pub sent_at: DateTime<Utc>,
}

impl std::fmt::Debug for NewInbound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewInbound").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ingested {
    /// Messages that were new.
    pub new_messages: u64,
    /// Messages that were known already.
    pub repeated: u64,
    /// Messages sent before of which something new was learnt.
    pub statuses: u64,
    /// Statuses of messages that are not known (yet).
    pub orphans: u64,
    /// Number ids that no store has, and those of events without a usable id.
    pub unrouted: BTreeSet<String>,
}

/// The updates of one store.
#[derive(Default)]
struct Batch {
    messages: Vec<(ChannelId, NewInbound)>,
    statuses: Vec<StatusUpdate>,
}

impl Store {
    /// Keeps what one webhook brought, of however many stores, and wakes the
    /// workers. When this fails nothing is kept, and the webhook must be answered
    /// with an error so that the platform sends it again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] and the like; [`StoreError::is_transient`] ones
    /// go away by themselves.
    pub async fn ingest(
        &self,
        updates: Vec<Incoming>,
        request_id: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Ingested, StoreError> {
        let mut done = Ingested::default();
        let mut tx = self.tenant(TenantId::from(Uuid::nil())).await?;
        let known = tx.route(&updates).await?;
        // Stores, contacts and messages in one order everywhere: two webhooks
        // that share some of them never wait for each other in a circle.
        let mut batches: BTreeMap<TenantId, Batch> = BTreeMap::new();
        let mut unrouted = Vec::new();
        for incoming in updates {
            let owner =
                known.get(&incoming.phone_number_id).filter(|_| is_usable(&incoming.update));
            let Some((tenant, channel)) = owner else {
                unrouted.push(incoming);
                continue;
            };
            let batch = batches.entry(*tenant).or_default();
            match incoming.update {
                Update::Message(message) => batch.messages.push((*channel, *message)),
                Update::Status(status) => batch.statuses.push(status),
                Update::Other { .. } => {}
            }
        }
        for (tenant, batch) in batches {
            tx.switch_tenant(tenant).await?;
            let all = batch.messages.len() as u64;
            let new = tx.insert_inbound(batch.messages, request_id, now).await?;
            done.new_messages += new;
            done.repeated += all - new;
            let (settled, orphans) = tx.apply_statuses(batch.statuses, now).await?;
            done.statuses += settled;
            done.orphans += orphans;
        }
        tx.keep_unrouted(&unrouted, now).await?;
        done.unrouted = unrouted.into_iter().map(|incoming| incoming.phone_number_id).collect();
        if done.new_messages > 0 {
            tx.wakes().turns = true;
        }
        tx.commit().await?;
        Ok(done)
    }
}

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
    /// The stores and channels of all the numbers.
    async fn route(
        &mut self,
        updates: &[Incoming],
    ) -> Result<BTreeMap<String, (TenantId, ChannelId)>, StoreError> {
        let numbers: BTreeSet<&str> =
            updates.iter().map(|incoming| incoming.phone_number_id.as_str()).collect();
        let numbers: Vec<String> = numbers.into_iter().map(clean_text).collect();
        let rows = sqlx::query!(
            "SELECT phone_number_id, tenant_id, channel_id
             FROM channel_directory
             WHERE phone_number_id = ANY($1)",
            &numbers
        )
        .fetch_all(self.db())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.phone_number_id, (row.tenant_id.into(), row.channel_id.into())))
            .collect())
    }

    /// Inserts the messages that are new, and one job for each of them.
    async fn insert_inbound(
        &mut self,
        messages: Vec<(ChannelId, NewInbound)>,
        request_id: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        // The platform counts whole seconds: what was written within one is read in
        // the order of the webhook, which the ids keep.
        let mut messages: Vec<(Uuid, ChannelId, NewInbound)> = messages
            .into_iter()
            .map(|(channel, message)| (Uuid::now_v7(), channel, message))
            .collect();
        messages.sort_by(|(_, _, a), (_, _, b)| a.provider_id.cmp(&b.provider_id));
        messages.dedup_by(|(_, _, a), (_, _, b)| a.provider_id == b.provider_id);
        let tenant = self.id();
        let mut contacts = BTreeMap::new();
        let mut keys: Vec<&NewInbound> = messages.iter().map(|(_, _, message)| message).collect();
        keys.sort_by_key(|message| format_key(&message.from));
        for message in keys {
            let key = format_key(&message.from);
            if let Entry::Vacant(entry) = contacts.entry(key) {
                let name = message.profile_name.as_deref();
                entry.insert(self.find_or_insert_contact(&message.from, name, now).await?);
            }
        }
        let mut rows = InboundRows::default();
        for (id, channel, message) in messages {
            let Some(contact) = contacts.get(&format_key(&message.from)) else { continue };
            let body = self.seal_body(Way::In, id, message.text, message.raw)?;
            rows.ids.push(id);
            rows.provider_ids.push(message.provider_id);
            rows.contacts.push(contact.as_uuid());
            rows.channels.push(channel.as_uuid());
            rows.kinds.push(kind(&message.kind));
            rows.bodies.push(body);
            rows.sent_at.push(message.sent_at);
        }
        let request_id: Option<String> =
            request_id.map(|id| clean_text(id).chars().take(200).collect());
        let new = sqlx::query_scalar!(
            "WITH new AS (
                INSERT INTO inbound_messages (
                    tenant_id, id, provider_id, contact_id, channel_id, kind, body, sent_at,
                    received_at, request_id
                )
                SELECT $1, n.id, n.provider_id, n.contact_id, n.channel_id, n.kind, n.body,
                    n.sent_at, $2, $3
                FROM UNNEST(
                    $4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::text[], $9::bytea[],
                    $10::timestamptz[]
                ) AS n (id, provider_id, contact_id, channel_id, kind, body, sent_at)
                ON CONFLICT (tenant_id, provider_id) DO NOTHING
                RETURNING tenant_id, contact_id
             )
             INSERT INTO jobs (tenant_id, contact_id, at)
             SELECT tenant_id, contact_id, $2 FROM new
             RETURNING contact_id",
            tenant,
            now,
            request_id,
            &rows.ids,
            &rows.provider_ids,
            &rows.contacts,
            &rows.channels,
            &rows.kinds,
            &rows.bodies,
            &rows.sent_at
        )
        .fetch_all(self.db())
        .await
        .map_err(StoreError::refused)?;
        if !new.is_empty() {
            self.release_waiting(&new, &rows.channels, now).await?;
        }
        Ok(new.len() as u64)
    }

    /// Keeps events of unknown numbers, the latest thousand.
    async fn keep_unrouted(
        &mut self,
        unrouted: &[Incoming],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for incoming in unrouted.iter().take(MAX_UNROUTED_A_CALL) {
            let id = Uuid::now_v7();
            let raw = match &incoming.update {
                Update::Message(message) => message.raw.clone(),
                Update::Status(status) => Value::from(status.provider_id.as_str()),
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

#[derive(Default)]
struct InboundRows {
    ids: Vec<Uuid>,
    provider_ids: Vec<String>,
    contacts: Vec<Uuid>,
    channels: Vec<Uuid>,
    kinds: Vec<String>,
    bodies: Vec<Vec<u8>>,
    sent_at: Vec<DateTime<Utc>>,
}

fn kind(kind: &str) -> String {
    let kind: String = clean_text(kind).chars().take(64).collect();
    if kind.is_empty() { "unknown".to_owned() } else { kind }
}

/// Whether the platform's id of a message can be one: an event without must not
/// stand in the way of the others that came with it.
fn is_usable(update: &Update) -> bool {
    let id = match update {
        Update::Message(message) => &message.provider_id,
        Update::Status(status) => &status.provider_id,
        Update::Other { .. } => return true,
    };
    (1..=512).contains(&id.len()) && !id.contains('\0')
}

/// A key by which the messages of one webhook are grouped.
fn format_key(key: &ContactKey) -> (Option<String>, Option<String>) {
    (
        key.phone().map(|phone| phone.with_ninth_digit().digits().to_owned()),
        key.user_id().map(|user| user.as_str().to_owned()),
    )
}
