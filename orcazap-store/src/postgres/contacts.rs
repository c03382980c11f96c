//! Those who write to a store. Phone number, user id and name are sealed; a
//! contact is found by the keyed hash of phone number or user id.

use chrono::{DateTime, Utc};
use orcazap_core::order::Buyer;
use orcazap_core::{ContactKey, Phone};
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use crate::error::{RowAt, StoreError};
use crate::ids::ContactId;
use crate::secrets::Spot;
use crate::store::TenantTx;

const PHONE: &str = "contacts.phone";
const USER_ID: &str = "contacts.user_id";
const NAME: &str = "contacts.name";

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

/// One way to find a contact: its kind, and the value as it is compared.
struct Handle {
    kind: &'static str,
    value: String,
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

    /// The contact with this key, added when nobody has it. When only one half
    /// of the key was known, the other is learnt. A phone number that comes with
    /// another user id than before has passed to somebody else.
    pub(crate) async fn find_or_insert_contact(
        &mut self,
        key: &ContactKey,
        name: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<ContactId, StoreError> {
        if let Some(known) = self.find_by_key(key).await? {
            return Ok(known);
        }
        let (tenant, id) = (self.id(), Uuid::now_v7());
        let name: Option<String> = name
            .map(|name| name.trim().chars().take(120).collect())
            .filter(|name: &String| !name.is_empty());
        let phone = self.seal_contact(PHONE, id, key.phone().map(Phone::digits))?;
        let user_id = self.seal_contact(USER_ID, id, key.user_id().map(|user| user.as_str()))?;
        let name = self.seal_contact(NAME, id, name.as_deref())?;
        sqlx::query!(
            "INSERT INTO contacts (tenant_id, id, phone, user_id, name, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            tenant,
            id,
            phone,
            user_id,
            name,
            now
        )
        .execute(self.db())
        .await?;
        let handles = handles(key);
        if self.insert_handles(id, &handles).await? == handles.len() as u64 {
            return Ok(id.into());
        }
        // Somebody else added the same contact meanwhile: theirs is kept.
        sqlx::query!("DELETE FROM contacts WHERE tenant_id = $1 AND id = $2", tenant, id)
            .execute(self.db())
            .await?;
        self.find_by_key(key).await?.ok_or(StoreError::Busy { what: "contact" })
    }

    async fn find_by_key(&mut self, key: &ContactKey) -> Result<Option<ContactId>, StoreError> {
        let tenant = self.id();
        let mut owner: Option<Uuid> = None;
        let mut unknown = Vec::new();
        for handle in handles(key) {
            let lookups: Vec<Vec<u8>> = self
                .keys()
                .lookups(tenant, handle.kind, &handle.value)
                .into_iter()
                .map(Vec::from)
                .collect();
            let found = sqlx::query_scalar!(
                "SELECT contact_id FROM contact_keys WHERE tenant_id = $1 AND lookup = ANY($2)",
                tenant,
                &lookups
            )
            .fetch_optional(self.db())
            .await?;
            match found {
                Some(contact) if handle.kind == "phone" && owner != Some(contact) => {
                    if key.user_id().is_some() && self.release_phone(contact, &lookups).await? {
                        unknown.push(handle);
                    } else {
                        owner = owner.or(Some(contact));
                    }
                }
                Some(contact) => owner = Some(contact),
                None => unknown.push(handle),
            }
        }
        if let Some(owner) = owner
            && !unknown.is_empty()
        {
            self.learn(owner, key, &unknown).await?;
        }
        Ok(owner.map(ContactId::from))
    }

    /// Takes a phone number from a contact whose user id is known, and is not the
    /// one that the number came with; `false` when its user id is unknown. It is
    /// cleared too, or what is sent to the contact would reach the new holder.
    async fn release_phone(
        &mut self,
        contact: Uuid,
        lookups: &[Vec<u8>],
    ) -> Result<bool, StoreError> {
        let tenant = self.id();
        let passed = sqlx::query!(
            "UPDATE contacts SET phone = NULL
             WHERE tenant_id = $1 AND id = $2 AND user_id IS NOT NULL",
            tenant,
            contact
        )
        .execute(self.db())
        .await?;
        if passed.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query!(
            "DELETE FROM contact_keys
             WHERE tenant_id = $1 AND contact_id = $2 AND lookup = ANY($3)",
            tenant,
            contact,
            lookups
        )
        .execute(self.db())
        .await?;
        Ok(true)
    }

    /// Adds the half of a key that was not known.
    async fn learn(
        &mut self,
        contact: Uuid,
        key: &ContactKey,
        unknown: &[Handle],
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let told = |kind| unknown.iter().any(|handle| handle.kind == kind);
        let phone = key.phone().filter(|_| told("phone")).map(Phone::digits);
        let user_id = key.user_id().filter(|_| told("user_id")).map(|user| user.as_str());
        let phone = self.seal_contact(PHONE, contact, phone)?;
        let user_id = self.seal_contact(USER_ID, contact, user_id)?;
        self.insert_handles(contact, unknown).await?;
        sqlx::query!(
            "UPDATE contacts SET phone = coalesce($3, phone), user_id = coalesce($4, user_id)
             WHERE tenant_id = $1 AND id = $2",
            tenant,
            contact,
            phone,
            user_id
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    async fn insert_handles(
        &mut self,
        contact: Uuid,
        handles: &[Handle],
    ) -> Result<u64, StoreError> {
        let tenant = self.id();
        let lookups: Vec<Vec<u8>> = handles
            .iter()
            .map(|handle| self.keys().lookup(tenant, handle.kind, &handle.value).to_vec())
            .collect();
        let done = sqlx::query!(
            "INSERT INTO contact_keys (tenant_id, lookup, contact_id)
             SELECT $1, n.lookup, $2 FROM UNNEST($3::bytea[]) AS n (lookup)
             ON CONFLICT DO NOTHING",
            tenant,
            contact,
            &lookups
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected())
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
            let user_id = contact.key.user_id().map(|user| user.as_str());
            let user_id = self.seal_contact(USER_ID, id, user_id)?;
            let name = self.seal_contact(NAME, id, contact.name.as_deref())?;
            sqlx::query!(
                "UPDATE contacts SET phone = $3, user_id = $4, name = $5
                 WHERE tenant_id = $1 AND id = $2",
                tenant,
                id,
                phone,
                user_id,
                name
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
            self.insert_handles(id, &handles(&contact.key)).await?;
        }
        Ok(changed)
    }

    fn seal_contact(
        &self,
        column: &'static str,
        row: Uuid,
        value: Option<&str>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let spot = self.contact_spot(column, row);
        Ok(value.map(|value| self.keys().seal(&spot, value.as_bytes())).transpose()?)
    }

    fn contact_spot(&self, column: &'static str, row: Uuid) -> Spot {
        Spot { tenant: self.id(), column, row }
    }
}

/// The handles of a key. A phone number is compared with its ninth digit, so
/// that both spellings of an old Brazilian number are one contact. The user id
/// comes first: a phone number may pass to somebody else.
fn handles(key: &ContactKey) -> Vec<Handle> {
    let user_id =
        key.user_id().map(|user| Handle { kind: "user_id", value: user.as_str().to_owned() });
    let phone = key
        .phone()
        .map(|phone| Handle { kind: "phone", value: phone.with_ninth_digit().digits().to_owned() });
    user_id.into_iter().chain(phone).collect()
}
