//! Conversations: the core's value as JSON, and beside it what lists sort and
//! filter by.

use chrono::{DateTime, Utc};
use orcazap_core::Conversation;
use orcazap_core::conversation::{QuoteNumber, Timer};
use uuid::Uuid;

use super::contacts::{Contact, SealedContact};
use super::page::{Cursor, Page};
use crate::error::{RowAt, StoreError};
use crate::ids::{ChannelId, ContactId, ConversationId, TenantId};
use crate::json::to_json;
use crate::store::{Store, TenantTx};

/// A conversation as it is listed.
#[derive(Debug, Clone, PartialEq)]
pub struct ConversationEntry {
    /// Its id.
    pub id: ConversationId,
    /// The conversation.
    pub conversation: Conversation,
    /// Who is on the other side.
    pub contact: Contact,
    /// By which number they write.
    pub channel: ChannelId,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When the last message came or went.
    pub last_message_at: DateTime<Utc>,
    /// When it ended, if it has.
    pub closed_at: Option<DateTime<Utc>>,
}

/// Which conversations are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConversationFilter {
    /// All of them.
    #[default]
    All,
    /// Those that go on.
    Open,
    /// Those in one state, by its code (see `State::code` in the core).
    State(&'static str),
    /// Those of one contact.
    Contact(ContactId),
}

/// A conversation loaded for a turn.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) id: ConversationId,
    pub(crate) conversation: Conversation,
    /// `None` for one that is not kept yet.
    pub(crate) channel: Option<ChannelId>,
    pub(crate) is_new: bool,
}

struct EntryRow {
    id: Uuid,
    data: serde_json::Value,
    channel_id: Uuid,
    opened_at: DateTime<Utc>,
    last_message_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    contact_id: Uuid,
    phone: Option<Vec<u8>>,
    user_id: Option<Vec<u8>>,
    name: Option<Vec<u8>>,
    opted_out_at: Option<DateTime<Utc>>,
    customer_group: Option<String>,
    customer_key: Option<String>,
}

impl Store {
    /// Takes a store's next number, in a transaction of its own: within that of a
    /// turn, every other new conversation of the store would wait for its end. So
    /// a turn that fails leaves a gap, and no number is ever given twice.
    pub(crate) async fn take_number(&self, tenant: TenantId) -> Result<QuoteNumber, StoreError> {
        let mut tx = self.tenant(tenant).await?;
        let number = sqlx::query_scalar!(
            "UPDATE counters SET next_number = next_number + 1
             WHERE tenant_id = $1
             RETURNING next_number - 1 AS \"number!\"",
            tenant.as_uuid()
        )
        .fetch_optional(tx.db())
        .await?
        .ok_or(StoreError::Missing { what: "store" })?;
        tx.commit().await?;
        let at = RowAt { table: "counters", row: &tenant };
        at.read("next_number", u32::try_from(number)).map(QuoteNumber)
    }
}

impl TenantTx {
    /// A number for a new conversation. It is taken for good, whatever becomes of
    /// this transaction.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn next_number(&mut self) -> Result<QuoteNumber, StoreError> {
        self.store().take_number(self.tenant()).await
    }

    fn open_entry(&self, row: EntryRow) -> Result<ConversationEntry, StoreError> {
        let contact = self.open_contact(SealedContact {
            id: row.contact_id,
            phone: row.phone,
            user_id: row.user_id,
            name: row.name,
            opted_out_at: row.opted_out_at,
            customer_group: row.customer_group,
            customer_key: row.customer_key,
        })?;
        Ok(ConversationEntry {
            conversation: RowAt { table: "conversations", row: &row.id }.json("data", row.data)?,
            id: row.id.into(),
            contact,
            channel: row.channel_id.into(),
            opened_at: row.opened_at,
            last_message_at: row.last_message_at,
            closed_at: row.closed_at,
        })
    }

    /// A conversation by its id.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when it cannot be read.
    pub async fn find_conversation(
        &mut self,
        id: ConversationId,
    ) -> Result<Option<ConversationEntry>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query_as!(
            EntryRow,
            "SELECT v.id, v.data, v.channel_id, v.opened_at, v.last_message_at, v.closed_at,
                c.id AS contact_id, c.phone, c.user_id, c.name, c.opted_out_at,
                c.customer_group, c.customer_key
             FROM conversations v
             JOIN contacts c ON c.tenant_id = v.tenant_id AND c.id = v.contact_id
             WHERE v.tenant_id = $1 AND v.id = $2",
            tenant,
            id.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        row.map(|row| self.open_entry(row)).transpose()
    }

    /// Conversations, the one with the latest message first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when one cannot be read.
    pub async fn list_conversations(
        &mut self,
        filter: ConversationFilter,
        before: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<ConversationEntry>, StoreError> {
        let tenant = self.id();
        let (open, state, contact) = match filter {
            ConversationFilter::All => (false, None, None),
            ConversationFilter::Open => (true, None, None),
            ConversationFilter::State(state) => (false, Some(state), None),
            ConversationFilter::Contact(contact) => (false, None, Some(contact.as_uuid())),
        };
        let rows = sqlx::query_as!(
            EntryRow,
            "SELECT v.id, v.data, v.channel_id, v.opened_at, v.last_message_at, v.closed_at,
                c.id AS contact_id, c.phone, c.user_id, c.name, c.opted_out_at,
                c.customer_group, c.customer_key
             FROM conversations v
             JOIN contacts c ON c.tenant_id = v.tenant_id AND c.id = v.contact_id
             WHERE v.tenant_id = $1
                AND (NOT $2::boolean OR v.closed_at IS NULL)
                AND ($3::text IS NULL OR v.state = $3)
                AND ($4::uuid IS NULL OR v.contact_id = $4)
                AND ($5::timestamptz IS NULL OR (v.last_message_at, v.id) < ($5, $6))
             ORDER BY v.last_message_at DESC, v.id DESC
             LIMIT $7",
            tenant,
            open,
            state,
            contact,
            before.map(Cursor::at),
            before.map(Cursor::id),
            Page::<ConversationEntry>::probe(limit)
        )
        .fetch_all(self.db())
        .await?;
        let entries: Result<Vec<_>, _> = rows.into_iter().map(|row| self.open_entry(row)).collect();
        Ok(Page::cut(entries?, limit, |entry| {
            Cursor::new(entry.last_message_at, entry.id.as_uuid())
        }))
    }

    /// The contact's open conversation, else the last one.
    pub(crate) async fn latest_conversation(
        &mut self,
        contact: ContactId,
    ) -> Result<Option<Loaded>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query!(
            "SELECT id, data, channel_id
             FROM conversations
             WHERE tenant_id = $1 AND contact_id = $2
             ORDER BY (closed_at IS NULL) DESC, number DESC
             LIMIT 1",
            tenant,
            contact.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let conversation = RowAt { table: "conversations", row: &row.id }.json("data", row.data)?;
        let channel = Some(row.channel_id.into());
        Ok(Some(Loaded { id: row.id.into(), conversation, channel, is_new: false }))
    }

    pub(crate) async fn insert_conversation(
        &mut self,
        id: ConversationId,
        contact: ContactId,
        channel: ChannelId,
        conversation: &Conversation,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (tenant, data) = (self.id(), to_json(conversation)?);
        let at = RowAt { table: "conversations", row: &id };
        let number = at.read("number", i32::try_from(conversation.number.0))?;
        let closed_at = conversation.state.is_closed().then_some(now);
        sqlx::query!(
            "INSERT INTO conversations (
                tenant_id, id, number, contact_id, channel_id, state, data, opened_at,
                last_message_at, closed_at
             )
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)",
            tenant,
            id.as_uuid(),
            number,
            contact.as_uuid(),
            channel.as_uuid(),
            conversation.state.code(),
            data,
            now,
            closed_at
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    pub(crate) async fn update_conversation(
        &mut self,
        id: ConversationId,
        channel: ChannelId,
        conversation: &Conversation,
        talked_at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (tenant, data) = (self.id(), to_json(conversation)?);
        let done = sqlx::query!(
            "UPDATE conversations SET
                state = $3,
                data = $4,
                channel_id = $5,
                last_message_at = coalesce($6, last_message_at),
                closed_at = CASE WHEN $7 THEN coalesce(closed_at, $8) END
             WHERE tenant_id = $1 AND id = $2",
            tenant,
            id.as_uuid(),
            conversation.state.code(),
            data,
            channel.as_uuid(),
            talked_at,
            conversation.state.is_closed(),
            now
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            Err(StoreError::Missing { what: "conversation" })
        } else {
            Ok(())
        }
    }

    /// Removes timers that have fired, unless they were moved meanwhile.
    pub(crate) async fn delete_fired(
        &mut self,
        id: ConversationId,
        fired: &[(Timer, DateTime<Utc>)],
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let (codes, due): (Vec<String>, Vec<DateTime<Utc>>) =
            fired.iter().map(|(timer, at)| (timer.code().to_owned(), *at)).unzip();
        sqlx::query!(
            "DELETE FROM timers t
             USING UNNEST($3::text[], $4::timestamptz[]) AS n (code, due_at)
             WHERE t.tenant_id = $1 AND t.conversation_id = $2
                AND t.code = n.code AND t.due_at = n.due_at",
            tenant,
            id.as_uuid(),
            &codes,
            &due
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Makes the timers of a conversation those it says are set. One that has just
    /// fired and still stands at the same instant was not set again: it is over.
    pub(crate) async fn sync_timers(
        &mut self,
        id: ConversationId,
        contact: ContactId,
        conversation: &Conversation,
        fired: &[(Timer, DateTime<Utc>)],
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let set: Vec<(String, DateTime<Utc>)> = conversation
            .timers
            .iter()
            .map(|(timer, at)| (*timer, at.to_utc()))
            .filter(|timer| !fired.contains(timer))
            .map(|(timer, at)| (timer.code().to_owned(), at))
            .collect();
        let (codes, due): (Vec<String>, Vec<DateTime<Utc>>) = set.into_iter().unzip();
        sqlx::query!(
            "DELETE FROM timers WHERE tenant_id = $1 AND conversation_id = $2 AND code <> ALL($3)",
            tenant,
            id.as_uuid(),
            &codes
        )
        .execute(self.db())
        .await?;
        sqlx::query!(
            "INSERT INTO timers (tenant_id, conversation_id, contact_id, code, due_at)
             SELECT $1, $2, $3, n.code, n.due_at
             FROM UNNEST($4::text[], $5::timestamptz[]) AS n (code, due_at)
             ON CONFLICT (tenant_id, conversation_id, code) DO UPDATE SET due_at = excluded.due_at",
            tenant,
            id.as_uuid(),
            contact.as_uuid(),
            &codes,
            &due
        )
        .execute(self.db())
        .await?;
        Ok(())
    }
}
