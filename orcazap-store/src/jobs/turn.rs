//! One turn of a conversation: everything that waits for it, taken together
//! under one lock, and all that comes of it, kept in one commit.
//!
//! A burst settles first: a contact's messages are taken when the newest has been
//! still for the store's settling time, or the oldest has waited four times as long.
//! That costs no timer and no transaction a message: the look for work compares the
//! times, and a copy of each store's [`Policy::settle_seconds`] stands where it needs
//! no tenant.
//!
//! [`Policy::settle_seconds`]: orcazap_core::conversation::Policy::settle_seconds
//!
//! A turn that is dropped leaves everything as it was; a turn that failed says so
//! with [`Turn::fail`], waits longer each time, and ends among the dead letters,
//! while other conversations go on.

use chrono::{DateTime, Utc};
use orcazap_core::Conversation;
use orcazap_core::conversation::{QuoteNumber, QuoteRef, Timer};
use uuid::Uuid;

use super::failure::AfterFailure;
use super::save::{Cause, Stepped};
use super::waiting::{MAX_MESSAGES, QuoteReport, Waiting};
use crate::error::StoreError;
use crate::ids::{ChannelId, ContactId, ConversationId, TenantId};
use crate::postgres::audit::Actor;
use crate::postgres::contacts::Contact;
use crate::postgres::conversations::Loaded;
use crate::store::{Store, TenantTx};

/// How many jobs are looked at to find contacts whose messages have settled.
const WINDOW: i64 = 512;
/// How many contacts one look finds at most, of each kind.
const CANDIDATES: i64 = 32;

/// A conversation with everything that waits for it, locked until this value is
/// committed, failed or dropped.
#[derive(Debug)]
pub struct Turn {
    tx: TenantTx,
    contact: Contact,
    loaded: Loaded,
    channel: ChannelId,
    messages: Vec<Waiting>,
    timers: Vec<(Timer, DateTime<Utc>)>,
    reports: Vec<QuoteReport>,
    shop_version: u64,
    jobs: Vec<i64>,
}

impl Store {
    /// The next conversation with something to do, or `None` when there is
    /// nothing (or others have it all).
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`]; [`StoreError::Row`] or [`StoreError::Secret`]
    /// when what waits cannot be read: that contact has then been put off as
    /// after [`Turn::fail`], so that the others come next.
    pub async fn claim_turn(&self, now: DateTime<Utc>) -> Result<Option<Turn>, StoreError> {
        let mut looked = false;
        loop {
            let Some((tenant, contact)) = self.turn_candidates().take(now) else {
                // One look a call: those that others have are not run after.
                if looked {
                    return Ok(None);
                }
                looked = true;
                let found = self.find_candidates(now).await?;
                self.turn_candidates().refill(found, now);
                continue;
            };
            match self.take_turn(tenant, contact, now).await {
                Ok(Some(turn)) => return Ok(Some(turn)),
                Ok(None) => {}
                Err(error) if error.is_transient() => return Err(error),
                Err(error) => {
                    self.put_off(tenant, contact, &error.to_string(), now).await?;
                    return Err(error);
                }
            }
        }
    }

    /// A contact's turn; `None` when somebody else has it, or nothing waits.
    async fn take_turn(
        &self,
        tenant: TenantId,
        contact: ContactId,
        now: DateTime<Utc>,
    ) -> Result<Option<Turn>, StoreError> {
        let mut tx = self.tenant(tenant).await?;
        let Some(locked) = tx.try_lock_contact(contact).await? else { return Ok(None) };
        load(tx, locked, now).await
    }

    /// Contacts with settled messages, due retries or due timers. The queues
    /// hold no content, so this needs no tenant.
    async fn find_candidates(
        &self,
        now: DateTime<Utc>,
    ) -> Result<Vec<(TenantId, ContactId)>, StoreError> {
        let mut tx = self.begin(None).await?;
        let low = self.low_water().from(now);
        let rows = sqlx::query!(
            r#"WITH head AS (
                SELECT id, tenant_id, contact_id, at
                FROM jobs
                WHERE id > $1
                ORDER BY id
                LIMIT $2
             ), settled AS (
                SELECT h.tenant_id, h.contact_id, min(h.id) AS first
                FROM head h
                -- Jobs of a store that is gone must be seen too, to be removed.
                LEFT JOIN tenants t ON t.id = h.tenant_id
                LEFT JOIN retries r ON r.tenant_id = h.tenant_id AND r.contact_id = h.contact_id
                WHERE r.due_at IS NULL OR r.due_at <= $3
                GROUP BY h.tenant_id, h.contact_id, t.settle_seconds
                HAVING max(h.at) <= $3 - make_interval(secs => coalesce(t.settle_seconds, 0))
                    OR min(h.at) <= $3 - make_interval(secs => coalesce(t.settle_seconds, 0) * 4)
                ORDER BY first
                LIMIT $4
             ), due AS (
                (SELECT tenant_id, contact_id FROM retries WHERE due_at <= $3 ORDER BY due_at LIMIT $4)
                UNION
                (SELECT t.tenant_id, t.contact_id
                 FROM timers t
                 LEFT JOIN retries r ON r.tenant_id = t.tenant_id AND r.contact_id = t.contact_id
                 WHERE t.due_at <= $3 AND (r.due_at IS NULL OR r.due_at <= $3)
                 ORDER BY t.due_at
                 LIMIT $4)
             )
             SELECT tenant_id AS "tenant_id!", contact_id AS "contact_id!",
                (SELECT min(id) FROM head) AS lowest
             FROM (
                SELECT tenant_id, contact_id, 0 AS place, first FROM settled
                UNION ALL
                SELECT tenant_id, contact_id, 1, 0 FROM due
             ) AS found
             ORDER BY place, first"#,
            low,
            WINDOW,
            now,
            CANDIDATES
        )
        .fetch_all(&mut *tx)
        .await?;
        self.low_water().saw(rows.iter().find_map(|row| row.lowest));
        Ok(rows.into_iter().map(|row| (row.tenant_id.into(), row.contact_id.into())).collect())
    }
}

/// Takes everything that waits for a locked contact. `None` when nothing does:
/// somebody else was faster, and the jobs that led here are removed.
async fn load(
    mut tx: TenantTx,
    contact: Contact,
    now: DateTime<Utc>,
) -> Result<Option<Turn>, StoreError> {
    if tx.is_put_off(contact.id, now).await? {
        return Ok(None);
    }
    // The jobs before the messages: of each job seen the message is seen too,
    // and a job that comes in between stays for the next turn.
    let jobs = tx.list_jobs(contact.id).await?;
    let (messages, channel) = tx.list_waiting(contact.id).await?;
    let mut loaded = match tx.latest_conversation(contact.id).await? {
        Some(loaded) => loaded,
        None if messages.is_empty() => {
            tx.clear_turn(contact.id, &jobs, &[]).await?;
            tx.commit().await?;
            return Ok(None);
        }
        None => {
            let number = tx.next_number().await?;
            let mut conversation = Conversation::new(number);
            conversation.opted_out = contact.opted_out_at.is_some();
            Loaded { id: ConversationId::make(), conversation, channel: None, is_new: true }
        }
    };
    loaded.conversation.buyer.clone_from(&contact.buyer);
    let timers = tx.list_due_timers(contact.id, loaded.id, now).await?;
    let reports = tx.list_reports(loaded.id).await?;
    if messages.is_empty() && timers.is_empty() && reports.is_empty() {
        tx.clear_turn(contact.id, &jobs, &[]).await?;
        tx.commit().await?;
        return Ok(None);
    }
    let channel = channel.or(loaded.channel).ok_or(StoreError::Missing { what: "channel" })?;
    let shop_version = tx.shop_version().await?;
    Ok(Some(Turn { tx, contact, loaded, channel, messages, timers, reports, shop_version, jobs }))
}

impl Turn {
    /// Whose conversation it is.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tx.tenant()
    }

    /// Who is on the other side.
    #[must_use]
    pub fn contact(&self) -> &Contact {
        &self.contact
    }

    /// The number by which the customer wrote last.
    #[must_use]
    pub fn channel(&self) -> ChannelId {
        self.channel
    }

    /// The id of the conversation.
    #[must_use]
    pub fn conversation_id(&self) -> ConversationId {
        self.loaded.id
    }

    /// The contact's open conversation, else the last one, else a new one.
    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        &self.loaded.conversation
    }

    /// The messages that wait, oldest first; at most 100.
    #[must_use]
    pub fn messages(&self) -> &[Waiting] {
        &self.messages
    }

    /// The timers that have run out, the earliest first.
    pub fn timers(&self) -> impl Iterator<Item = Timer> {
        self.timers.iter().map(|(timer, _)| *timer)
    }

    /// What became of quotes that were sent.
    #[must_use]
    pub fn reports(&self) -> &[QuoteReport] {
        &self.reports
    }

    /// The version of the store's shop: what was built from the same version may
    /// be used for this turn.
    #[must_use]
    pub fn shop_version(&self) -> u64 {
        self.shop_version
    }

    /// The request that brought the newest message.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.messages.iter().rev().find_map(|message| message.request_id.as_deref())
    }

    /// A number for the next conversation of the contact, for
    /// [`Effect::OpenNext`](orcazap_core::Effect::OpenNext). It is taken for good,
    /// whatever becomes of this turn.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn next_number(&mut self) -> Result<QuoteNumber, StoreError> {
        self.tx.next_number().await
    }

    /// The quote that one of our messages carried, by the platform's id of that
    /// message: what a reaction or an answer is about.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_quote_of_message(
        &mut self,
        provider_id: &str,
    ) -> Result<Option<QuoteRef>, StoreError> {
        self.tx.find_quote_of_message(self.contact.id, provider_id).await
    }

    /// Keeps all that came of the turn, in order, and ends it. A step whose
    /// conversation has another number than this one's opens that conversation.
    /// With no steps at all the messages are done with and nothing comes of them.
    ///
    /// # Errors
    ///
    /// Any [`StoreError`]; nothing is kept then. Answer it with [`Store::put_off`].
    pub async fn commit(
        mut self,
        steps: Vec<Stepped>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let heard = self.messages.iter().any(|message| !message.source.is_of_store());
        let actor = if heard {
            Actor::Customer
        } else if !self.timers.is_empty() {
            Actor::Timer
        } else {
            Actor::System
        };
        let request_id = self.request_id().map(str::to_owned);
        let cause = Cause { actor, request_id, fired: self.timers.clone() };
        if !self.timers.is_empty() {
            self.tx.delete_fired(self.loaded.id, &self.timers).await?;
        }
        let is_new = self.loaded.is_new;
        let last =
            self.tx.save(&self.contact, self.loaded, self.channel, steps, &cause, now).await?;
        let ids: Vec<Uuid> = self.messages.iter().map(|message| message.id.as_uuid()).collect();
        self.tx.finish_messages(&ids, last, now).await?;
        if is_new {
            self.tx.adopt_past(self.contact.id, last).await?;
        }
        let reports: Vec<Uuid> = self.reports.iter().map(|report| report.message).collect();
        self.tx.clear_turn(self.contact.id, &self.jobs, &reports).await?;
        if ids.len() >= MAX_MESSAGES {
            self.tx.insert_job_for_rest(self.contact.id).await?;
        }
        self.tx.commit().await
    }

    /// Takes the turn back and tries it again later, or gives up and lists it for
    /// a person after [`MAX_ATTEMPTS`](super::failure::MAX_ATTEMPTS).
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`]; the turn then comes up again as if nothing had been.
    pub async fn fail(self, error: &str, now: DateTime<Utc>) -> Result<AfterFailure, StoreError> {
        let (store, tenant, contact) = (self.tx.store().clone(), self.tx.tenant(), self.contact.id);
        drop(self);
        store.put_off(tenant, contact, error, now).await
    }
}
