//! The messages of one store out of one webhook.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use orcazap_core::ContactKey;
use serde_json::json;
use uuid::Uuid;

use super::{NewInbound, Source};
use crate::error::StoreError;
use crate::ids::{ChannelId, ContactId};
use crate::jobs::body::Way;
use crate::json::clean_text;
use crate::postgres::notices::{NewNotice, Severity};
use crate::store::TenantTx;

/// The platform's kind of a message of the chats of before of which only that there
/// was a file is told; the message itself follows under the same id.
const PLACEHOLDER: &str = "media_placeholder";

#[derive(Default)]
struct Rows {
    ids: Vec<Uuid>,
    provider_ids: Vec<String>,
    sources: Vec<String>,
    contacts: Vec<Uuid>,
    channels: Vec<Uuid>,
    kinds: Vec<String>,
    bodies: Vec<Vec<u8>>,
    sent_at: Vec<DateTime<Utc>>,
}

impl TenantTx {
    /// Inserts the messages that are new, with a job for each that is not of the
    /// past, and does what follows from them.
    pub(super) async fn insert_inbound(
        &mut self,
        messages: Vec<(ChannelId, NewInbound)>,
        request_id: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        if messages.is_empty() {
            return Ok(0);
        }
        // The platform counts whole seconds: what was written within one is read in
        // the order of the webhook, which the ids keep.
        let mut messages: Vec<(Uuid, ChannelId, NewInbound)> = messages
            .into_iter()
            .map(|(channel, message)| (Uuid::now_v7(), channel, message))
            .collect();
        // Of one id a real message stands before its placeholder.
        messages.sort_by_key(|(_, _, message)| {
            (message.provider_id.clone(), message.kind == PLACEHOLDER)
        });
        messages.dedup_by(|(_, _, a), (_, _, b)| a.provider_id == b.provider_id);
        self.delete_placeholders(&messages).await?;
        // What came before teaches nothing again: it may be older than what is known.
        let known = self.known_of(&messages).await?;
        messages.retain(|(_, _, message)| !known.contains(&message.provider_id));
        if messages.is_empty() {
            return Ok(0);
        }
        let contacts = self.contacts_of(&messages, now).await?;
        let mut rows = Rows::default();
        for (id, channel, message) in &messages {
            let Some(contact) = contacts.get(&sort_key(&message.from)) else { continue };
            let (text, raw) = (message.text.clone(), message.raw.clone());
            rows.ids.push(*id);
            rows.provider_ids.push(message.provider_id.clone());
            rows.sources.push(message.source.code().to_owned());
            rows.contacts.push(contact.as_uuid());
            rows.channels.push(channel.as_uuid());
            rows.kinds.push(kind(&message.kind));
            rows.bodies.push(self.seal_body(Way::In, *id, text, raw)?);
            rows.sent_at.push(message.sent_at);
        }
        let new = self.insert_rows(&rows, request_id, now).await?;
        for (id, channel, message) in messages {
            if !new.contains(&id) {
                continue;
            }
            let Some(contact) = contacts.get(&sort_key(&message.from)) else { continue };
            if let Some(media) = &message.media {
                self.insert_media(id, channel, media, now).await?;
            }
            if let Some(becomes) = &message.becomes
                && let Some(other) = self.change_contact(*contact, becomes).await?
            {
                self.insert_twice(channel, *contact, other, now).await?;
            }
            if message.source == Source::Standby {
                self.insert_standby(channel, *contact, &message, now).await?;
            }
        }
        Ok(new.len() as u64)
    }

    /// The contacts of the messages, in one order everywhere.
    async fn contacts_of(
        &mut self,
        messages: &[(Uuid, ChannelId, NewInbound)],
        now: DateTime<Utc>,
    ) -> Result<BTreeMap<SortKey, ContactId>, StoreError> {
        let mut senders: Vec<(ChannelId, &NewInbound)> =
            messages.iter().map(|(_, channel, message)| (*channel, message)).collect();
        senders.sort_by_key(|(_, message)| sort_key(&message.from));
        let mut contacts = BTreeMap::new();
        for (channel, message) in senders {
            if let Entry::Vacant(entry) = contacts.entry(sort_key(&message.from)) {
                let name = message.profile_name.as_deref();
                let found =
                    self.find_or_insert_contact(&message.from, &message.aliases, name, now).await?;
                entry.insert(found.id);
                if let Some(other) = found.other {
                    self.insert_twice(channel, found.id, other, now).await?;
                }
            }
        }
        Ok(contacts)
    }

    /// The ids of those that came before.
    async fn known_of(
        &mut self,
        messages: &[(Uuid, ChannelId, NewInbound)],
    ) -> Result<BTreeSet<String>, StoreError> {
        let tenant = self.id();
        let ids: Vec<String> =
            messages.iter().map(|(_, _, message)| message.provider_id.clone()).collect();
        let known = sqlx::query_scalar!(
            "SELECT provider_id FROM inbound_messages
             WHERE tenant_id = $1 AND provider_id = ANY($2)",
            tenant,
            &ids
        )
        .fetch_all(self.db())
        .await?;
        Ok(known.into_iter().collect())
    }

    /// Takes the placeholders away whose messages have come.
    async fn delete_placeholders(
        &mut self,
        messages: &[(Uuid, ChannelId, NewInbound)],
    ) -> Result<(), StoreError> {
        let come: Vec<String> = messages
            .iter()
            .filter(|(_, _, message)| message.source.is_past() && message.kind != PLACEHOLDER)
            .map(|(_, _, message)| message.provider_id.clone())
            .collect();
        if come.is_empty() {
            return Ok(());
        }
        let tenant = self.id();
        sqlx::query!(
            "DELETE FROM inbound_messages
             WHERE tenant_id = $1 AND provider_id = ANY($2) AND kind = $3",
            tenant,
            &come,
            PLACEHOLDER
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Inserts the rows that are new, each with a job unless it is of the past:
    /// such a one belongs to the contact's latest conversation, or to none yet.
    async fn insert_rows(
        &mut self,
        rows: &Rows,
        request_id: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<BTreeSet<Uuid>, StoreError> {
        let tenant = self.id();
        let request_id: Option<String> =
            request_id.map(|id| clean_text(id).chars().take(200).collect());
        let inserted = sqlx::query!(
            r#"WITH new AS (
                INSERT INTO inbound_messages (
                    tenant_id, id, provider_id, source, contact_id, channel_id, kind, body,
                    sent_at, received_at, request_id, processed_at, conversation_id
                )
                SELECT $1, n.id, n.provider_id, n.source, n.contact_id, n.channel_id, n.kind,
                    n.body, n.sent_at, $2::timestamptz, $3,
                    CASE WHEN n.source IN ('past', 'past_phone') THEN $2::timestamptz END,
                    CASE WHEN n.source IN ('past', 'past_phone') THEN (
                        SELECT c.id FROM conversations c
                        WHERE c.tenant_id = $1 AND c.contact_id = n.contact_id
                        ORDER BY (c.closed_at IS NULL) DESC, c.number DESC
                        LIMIT 1
                    ) END
                FROM UNNEST(
                    $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::text[],
                    $10::bytea[], $11::timestamptz[]
                ) AS n (id, provider_id, source, contact_id, channel_id, kind, body, sent_at)
                ON CONFLICT (tenant_id, provider_id) DO NOTHING
                RETURNING tenant_id, id, contact_id, source, processed_at
             ), woken AS (
                INSERT INTO jobs (tenant_id, contact_id, at)
                SELECT tenant_id, contact_id, $2::timestamptz FROM new WHERE processed_at IS NULL
             )
             SELECT id AS "id!", contact_id AS "contact_id!", source = 'customer' AS "is_customers!",
                processed_at IS NULL AS "waits!"
             FROM new"#,
            tenant,
            now,
            request_id,
            &rows.ids,
            &rows.provider_ids,
            &rows.sources,
            &rows.contacts,
            &rows.channels,
            &rows.kinds,
            &rows.bodies,
            &rows.sent_at
        )
        .fetch_all(self.db())
        .await
        .map_err(StoreError::refused)?;
        if inserted.iter().any(|row| row.waits) {
            self.wakes().turns = true;
        }
        // A customer's word opens the window for what waits to be sent to them.
        let heard = inserted.iter().filter(|row| row.is_customers);
        let heard: Vec<Uuid> = heard.map(|row| row.contact_id).collect();
        if !heard.is_empty() {
            self.release_waiting(&heard, &rows.channels, now).await?;
        }
        Ok(inserted.into_iter().map(|row| row.id).collect())
    }

    /// Tells the store that two contacts seem to be one person. They are not joined
    /// by themselves: a number passes from one person to another.
    async fn insert_twice(
        &mut self,
        channel: ChannelId,
        contact: ContactId,
        other: ContactId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let data = json!({ "contact": contact, "other": other });
        let notice = NewNotice::new("contact_twice", Severity::Info, data);
        self.insert_notice(&[channel], Some(contact), &notice, now).await?;
        Ok(())
    }

    /// Tells the store that another assistant has a customer: once a day, or every
    /// message would.
    async fn insert_standby(
        &mut self,
        channel: ChannelId,
        contact: ContactId,
        message: &NewInbound,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let day = message.sent_at.date_naive();
        let data = json!({ "contact": contact, "day": day, "name": message.profile_name });
        let notice = NewNotice::new("standby", Severity::Critical, data);
        self.insert_notice(&[channel], Some(contact), &notice, now).await?;
        Ok(())
    }
}

fn kind(kind: &str) -> String {
    let kind: String = clean_text(kind).chars().take(64).collect();
    if kind.is_empty() { "unknown".to_owned() } else { kind }
}

/// A key by which the messages of one webhook are grouped.
type SortKey = (Option<String>, Option<String>);

fn sort_key(key: &ContactKey) -> SortKey {
    (
        key.phone().map(|phone| phone.with_ninth_digit().digits().to_owned()),
        key.user_id().map(|user| user.as_str().to_owned()),
    )
}
