//! Those who write to a store. Phone number, user id and name are sealed. How one
//! is found, and what is learnt of them, is in [`super::identity`].

use chrono::{DateTime, Utc};
use orcazap_core::contact::UserId;
use orcazap_core::order::Buyer;
use orcazap_core::{ContactKey, Phone};
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use super::identity::handles;
use crate::error::{RowAt, StoreError};
use crate::ids::ContactId;
use crate::secrets::Spot;
use crate::store::TenantTx;

pub(super) const PHONE: &str = "contacts.phone";
pub(super) const USER_ID: &str = "contacts.user_id";
pub(super) const NAME: &str = "contacts.name";

/// Someone who writes to a store. `Debug` shows neither number nor name.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    /// Their id.
    pub id: ContactId,
    /// Phone number, user id or both.
    pub key: ContactKey,
    /// The name they gave themselves, cut to 120 characters.
    pub name: Option<String>,
    /// Since when they want no messages, if they want none.
    pub opted_out_at: Option<DateTime<Utc>>,
    /// At whose prices they buy, when not at everybody's.
    pub buyer: Option<Buyer>,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contact").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The sealed columns of a contact, as lists join them.
pub(crate) struct SealedContact {
    pub(crate) id: Uuid,
    pub(crate) phone: Option<Vec<u8>>,
    pub(crate) user_id: Option<Vec<u8>>,
    pub(crate) name: Option<Vec<u8>>,
    pub(crate) opted_out_at: Option<DateTime<Utc>>,
    pub(crate) customer_group: Option<String>,
    pub(crate) customer_key: Option<String>,
}

impl TenantTx {
    /// A contact by its id.
    ///
    /// # Errors
    ///
    /// [`StoreError::Secret`] when it cannot be opened.
    pub async fn find_contact(&mut self, id: ContactId) -> Result<Option<Contact>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query_as!(
            SealedContact,
            "SELECT id, phone, user_id, name, opted_out_at, customer_group, customer_key
             FROM contacts
             WHERE tenant_id = $1 AND id = $2",
            tenant,
            id.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        row.map(|row| self.open_contact(row)).transpose()
    }

    pub(crate) fn open_contact(&self, row: SealedContact) -> Result<Contact, StoreError> {
        let at = RowAt { table: "contacts", row: &row.id };
        let open = |column, sealed: Option<Vec<u8>>| -> Result<Option<String>, StoreError> {
            let Some(sealed) = sealed else { return Ok(None) };
            let text = self.keys().open_text(&self.contact_spot(column, row.id), &sealed)?;
            Ok(Some(text.expose_secret().to_owned()))
        };
        let phone = open(PHONE, row.phone)?.map(|text| at.parse("phone", &text)).transpose()?;
        let user_id =
            open(USER_ID, row.user_id)?.map(|text| at.parse("user_id", &text)).transpose()?;
        let buyer = Buyer { customer: row.customer_key, group: row.customer_group };
        Ok(Contact {
            id: row.id.into(),
            key: at.read("phone", ContactKey::new(phone, user_id))?,
            name: open(NAME, row.name)?,
            opted_out_at: row.opted_out_at,
            buyer: (buyer != Buyer::default()).then_some(buyer),
        })
    }

    pub(crate) async fn update_opted_out(
        &mut self,
        contact: ContactId,
        at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "UPDATE contacts SET opted_out_at = $3 WHERE tenant_id = $1 AND id = $2",
            tenant,
            contact.as_uuid(),
            at
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Changes at whose prices a contact buys, from their next quote on. The caller
    /// checks that the store has such price lists.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such contact,
    /// [`StoreError::Refused`] when a key is empty or longer than 120 characters.
    pub async fn update_buyer(
        &mut self,
        contact: ContactId,
        buyer: &Buyer,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "UPDATE contacts SET customer_group = $3, customer_key = $4
             WHERE tenant_id = $1 AND id = $2",
            tenant,
            contact.as_uuid(),
            buyer.group,
            buyer.customer
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "contact" });
        }
        Ok(())
    }

    /// Locks a contact for a turn, unless somebody else has it. Everything that
    /// changes its conversations takes this lock first.
    ///
    /// `NO KEY`, so that ingest can add messages that refer to the contact
    /// meanwhile: their foreign key takes `KEY SHARE` only.
    pub(crate) async fn try_lock_contact(
        &mut self,
        contact: ContactId,
    ) -> Result<Option<Contact>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query_as!(
            SealedContact,
            "SELECT id, phone, user_id, name, opted_out_at, customer_group, customer_key
             FROM contacts
             WHERE tenant_id = $1 AND id = $2
             FOR NO KEY UPDATE SKIP LOCKED",
            tenant,
            contact.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        row.map(|row| self.open_contact(row)).transpose()
    }

    /// Locks a contact, waiting for whoever has it (for at most the lock time-out).
    pub(crate) async fn lock_contact(
        &mut self,
        contact: ContactId,
    ) -> Result<Option<Contact>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query_as!(
            SealedContact,
            "SELECT id, phone, user_id, name, opted_out_at, customer_group, customer_key
             FROM contacts
             WHERE tenant_id = $1 AND id = $2
             FOR NO KEY UPDATE",
            tenant,
            contact.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        row.map(|row| self.open_contact(row)).transpose()
    }

    pub(crate) async fn reseal_contacts(&mut self, limit: u16) -> Result<u64, StoreError> {
        let (tenant, prefix) = (self.id(), self.keys().prefix());
        let rows = sqlx::query_as!(
            SealedContact,
            "SELECT id, phone, user_id, name, opted_out_at, customer_group, customer_key
             FROM contacts
             WHERE tenant_id = $1 AND (
                substring(phone FOR length($2::bytea)) <> $2::bytea
                OR substring(user_id FOR length($2::bytea)) <> $2::bytea
                OR substring(name FOR length($2::bytea)) <> $2::bytea
                OR substring(aliases FOR length($2::bytea)) <> $2::bytea
             )
             LIMIT $3
             FOR NO KEY UPDATE SKIP LOCKED",
            tenant,
            prefix,
            i64::from(limit)
        )
        .fetch_all(self.db())
        .await?;
        let changed = rows.len() as u64;
        for row in rows {
            let contact = self.open_contact(row)?;
            let id = contact.id.as_uuid();
            let phone = self.seal_contact(PHONE, id, contact.key.phone().map(Phone::digits))?;
            let user_id = contact.key.user_id().map(UserId::as_str);
            let user_id = self.seal_contact(USER_ID, id, user_id)?;
            let name = self.seal_contact(NAME, id, contact.name.as_deref())?;
            let sealed = sqlx::query_scalar!(
                "SELECT aliases FROM contacts WHERE tenant_id = $1 AND id = $2",
                tenant,
                id
            )
            .fetch_one(self.db())
            .await?;
            let aliases = self.open_aliases(id, sealed)?;
            let sealed = self.seal_aliases(id, &aliases)?;
            sqlx::query!(
                "UPDATE contacts SET phone = $3, user_id = $4, name = $5, aliases = $6
                 WHERE tenant_id = $1 AND id = $2",
                tenant,
                id,
                phone,
                user_id,
                name,
                sealed
            )
            .execute(self.db())
            .await?;
            sqlx::query!(
                "DELETE FROM contact_keys WHERE tenant_id = $1 AND contact_id = $2",
                tenant,
                id
            )
            .execute(self.db())
            .await?;
            self.insert_handles(id, &handles(&contact.key, &aliases)).await?;
        }
        Ok(changed)
    }

    pub(super) fn seal_contact(
        &self,
        column: &'static str,
        row: Uuid,
        value: Option<&str>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let spot = self.contact_spot(column, row);
        Ok(value.map(|value| self.keys().seal(&spot, value.as_bytes())).transpose()?)
    }

    pub(super) fn contact_spot(&self, column: &'static str, row: Uuid) -> Spot {
        Spot { tenant: self.id(), column, row }
    }
}
