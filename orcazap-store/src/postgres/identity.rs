//! Who a message is from: a contact is found by its business-scoped user id, by an
//! alias, or by its phone number, and what a message tells beside it is learnt.
//!
//! | what comes | what is done |
//! | --- | --- |
//! | a known id, and a number nobody has | the number is learnt |
//! | a known number, and an id nobody has, from a contact without one | the id is learnt |
//! | a known number with another id than its holder's | the number has passed to somebody else |
//! | a known id, and a number that a contact without an id has | the id counts; a person is told of the two |
//! | news that somebody has another number | the old one no longer finds them |
//! | news that somebody has another id | the old one still finds them |
//! | a number with or without its ninth digit | the same contact, answered as it was spelled last |
//!
//! What is compared are keyed hashes (`contact_keys`); the values stand sealed in
//! the contact's row. A user id is compared as it is, never by digits in it.

use chrono::{DateTime, Utc};
use orcazap_core::contact::UserId;
use orcazap_core::{ContactKey, Phone};
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use super::contacts::{NAME, PHONE, USER_ID};
use crate::error::{RowAt, StoreError};
use crate::ids::ContactId;
use crate::store::TenantTx;

const ALIASES: &str = "contacts.aliases";
/// How many aliases of a contact are kept, the latest.
const MAX_ALIASES: usize = 16;

const PHONE_KIND: &str = "phone";
const USER_ID_KIND: &str = "user_id";

/// One way to find a contact: its kind, and the value as it is compared.
#[derive(Clone)]
pub(super) struct Handle {
    kind: &'static str,
    value: String,
}

impl Handle {
    /// A phone number is compared with its ninth digit, so that both spellings of
    /// an old Brazilian number are one contact.
    fn phone(phone: &Phone) -> Self {
        Self { kind: PHONE_KIND, value: phone.with_ninth_digit().digits().to_owned() }
    }

    fn user(user: &UserId) -> Self {
        Self { kind: USER_ID_KIND, value: user.as_str().to_owned() }
    }

    fn is_user(&self, user: &UserId) -> bool {
        self.kind == USER_ID_KIND && self.value == user.as_str()
    }
}

/// The contact of a message.
pub(crate) struct Found {
    pub(crate) id: ContactId,
    /// Another contact that holds a part of the same key.
    pub(crate) other: Option<ContactId>,
}

impl TenantTx {
    /// The contact with this key or one of the aliases, added when nobody has it.
    /// What of the key was not known is learnt, and a number is answered as it was
    /// spelled last. A phone number that comes with another user id than before
    /// has passed to somebody else.
    pub(crate) async fn find_or_insert_contact(
        &mut self,
        key: &ContactKey,
        aliases: &[UserId],
        name: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Found, StoreError> {
        let handles = handles(key, aliases);
        if let Some(known) = self.find_by_handles(key, aliases, &handles).await? {
            return Ok(known);
        }
        let (tenant, id) = (self.id(), Uuid::now_v7());
        let name: Option<String> = name
            .map(|name| name.trim().chars().take(120).collect())
            .filter(|name: &String| !name.is_empty());
        let phone = self.seal_contact(PHONE, id, key.phone().map(Phone::digits))?;
        let user_id = self.seal_contact(USER_ID, id, key.user_id().map(UserId::as_str))?;
        let name = self.seal_contact(NAME, id, name.as_deref())?;
        let sealed_aliases = self.seal_aliases(id, aliases)?;
        sqlx::query!(
            "INSERT INTO contacts (tenant_id, id, phone, user_id, name, aliases, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            tenant,
            id,
            phone,
            user_id,
            name,
            sealed_aliases,
            now
        )
        .execute(self.db())
        .await?;
        if self.insert_handles(id, &handles).await? == handles.len() as u64 {
            return Ok(Found { id: id.into(), other: None });
        }
        // Somebody else added the same contact meanwhile: theirs is kept.
        sqlx::query!("DELETE FROM contacts WHERE tenant_id = $1 AND id = $2", tenant, id)
            .execute(self.db())
            .await?;
        let found = self.find_by_handles(key, aliases, &handles).await?;
        found.ok_or(StoreError::Busy { what: "contact" })
    }

    async fn find_by_handles(
        &mut self,
        key: &ContactKey,
        aliases: &[UserId],
        handles: &[Handle],
    ) -> Result<Option<Found>, StoreError> {
        let mut found: Option<Found> = None;
        let mut unknown = Vec::new();
        for handle in handles {
            let (holder, lookups) = self.find_holder(handle).await?;
            match (holder, &mut found) {
                (None, _) => unknown.push(handle.clone()),
                (Some(holder), Some(found)) if holder == found.id => {}
                (Some(holder), _) if handle.kind == PHONE_KIND && key.user_id().is_some() => {
                    if self.release_phone(holder, &lookups).await? {
                        unknown.push(handle.clone());
                    } else if let Some(found) = &mut found {
                        found.other = Some(holder);
                    } else {
                        found = Some(Found { id: holder, other: None });
                    }
                }
                (Some(holder), Some(found)) => found.other = Some(holder),
                (Some(holder), None) => found = Some(Found { id: holder, other: None }),
            }
        }
        if let Some(found) = &found {
            let told = |kind| unknown.iter().any(|handle| handle.kind == kind);
            let phone = key.phone().filter(|_| told(PHONE_KIND));
            let user =
                key.user_id().filter(|user| unknown.iter().any(|handle| handle.is_user(user)));
            if !unknown.is_empty() {
                self.insert_handles(found.id.as_uuid(), &unknown).await?;
                self.learn(found.id, phone, user, aliases).await?;
            }
            if let Some(phone) = key.phone().filter(|_| phone.is_none() && found.other.is_none()) {
                self.spell_phone(found.id, phone).await?;
            }
        }
        Ok(found)
    }

    /// Who holds a handle, and the hashes it is found by.
    async fn find_holder(
        &mut self,
        handle: &Handle,
    ) -> Result<(Option<ContactId>, Vec<Vec<u8>>), StoreError> {
        let tenant = self.id();
        let lookups = self.keys().lookups(tenant, handle.kind, &handle.value);
        let lookups: Vec<Vec<u8>> = lookups.into_iter().map(Vec::from).collect();
        let holder = sqlx::query_scalar!(
            "SELECT contact_id FROM contact_keys WHERE tenant_id = $1 AND lookup = ANY($2)",
            tenant,
            &lookups
        )
        .fetch_optional(self.db())
        .await?;
        Ok((holder.map(ContactId::from), lookups))
    }

    /// Takes a phone number from a contact whose user id is known, and is not the
    /// one that the number came with; `false` when its user id is unknown. It is
    /// cleared too, or what is sent to the contact would reach the new holder.
    async fn release_phone(
        &mut self,
        contact: ContactId,
        lookups: &[Vec<u8>],
    ) -> Result<bool, StoreError> {
        let tenant = self.id();
        let passed = sqlx::query!(
            "UPDATE contacts SET phone = NULL
             WHERE tenant_id = $1 AND id = $2 AND user_id IS NOT NULL",
            tenant,
            contact.as_uuid()
        )
        .execute(self.db())
        .await?;
        if passed.rows_affected() == 0 {
            return Ok(false);
        }
        self.delete_handles(contact, lookups).await?;
        Ok(true)
    }

    async fn delete_handles(
        &mut self,
        contact: ContactId,
        lookups: &[Vec<u8>],
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "DELETE FROM contact_keys
             WHERE tenant_id = $1 AND contact_id = $2 AND lookup = ANY($3)",
            tenant,
            contact.as_uuid(),
            lookups
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Adds what of a key was not known, and more aliases.
    async fn learn(
        &mut self,
        contact: ContactId,
        phone: Option<&Phone>,
        user_id: Option<&UserId>,
        aliases: &[UserId],
    ) -> Result<(), StoreError> {
        let (tenant, id) = (self.id(), contact.as_uuid());
        let row = sqlx::query!(
            "SELECT user_id, aliases FROM contacts WHERE tenant_id = $1 AND id = $2
             FOR NO KEY UPDATE",
            tenant,
            id
        )
        .fetch_one(self.db())
        .await?;
        let mut known = self.open_aliases(id, row.aliases)?;
        // An id that is replaced still finds the contact.
        let replaced = row.user_id.filter(|_| user_id.is_some());
        let replaced = replaced.map(|sealed| self.open_user_id(id, &sealed)).transpose()?;
        for alias in aliases.iter().cloned().chain(replaced) {
            if Some(&alias) != user_id && !known.contains(&alias) {
                known.push(alias);
            }
        }
        let drop = known.len().saturating_sub(MAX_ALIASES);
        known.drain(..drop);
        let phone = self.seal_contact(PHONE, id, phone.map(Phone::digits))?;
        let user_id = self.seal_contact(USER_ID, id, user_id.map(UserId::as_str))?;
        let sealed_aliases = self.seal_aliases(id, &known)?;
        sqlx::query!(
            "UPDATE contacts SET
                phone = coalesce($3, phone),
                user_id = coalesce($4, user_id),
                aliases = coalesce($5, aliases)
             WHERE tenant_id = $1 AND id = $2",
            tenant,
            id,
            phone,
            user_id,
            sealed_aliases
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Keeps a number as it was spelled last: the platform knows an old Brazilian
    /// number with or without its ninth digit, and only as it tells it.
    async fn spell_phone(&mut self, contact: ContactId, phone: &Phone) -> Result<(), StoreError> {
        let (tenant, id) = (self.id(), contact.as_uuid());
        let sealed = sqlx::query_scalar!(
            "SELECT phone FROM contacts WHERE tenant_id = $1 AND id = $2",
            tenant,
            id
        )
        .fetch_one(self.db())
        .await?;
        if let Some(sealed) = sealed {
            let known = self.keys().open_text(&self.contact_spot(PHONE, id), &sealed)?;
            if known.expose_secret() == phone.digits() {
                return Ok(());
            }
        }
        let sealed = self.seal_contact(PHONE, id, Some(phone.digits()))?;
        sqlx::query!(
            "UPDATE contacts SET phone = $3 WHERE tenant_id = $1 AND id = $2",
            tenant,
            id,
            sealed
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    /// Gives a contact the keys that the platform says it has from now on. A user
    /// id that it had still finds it; a number that it had does not, because it
    /// passes to somebody else. Keys that another contact holds stay with that one,
    /// which is given back: a person must say whether the two are one.
    pub(crate) async fn change_contact(
        &mut self,
        contact: ContactId,
        becomes: &ContactKey,
    ) -> Result<Option<ContactId>, StoreError> {
        // Two changes at once must not each forget the number that the other gave.
        let before = self.lock_contact(contact).await?.and_then(|c| c.key.phone().cloned());
        let (mut other, mut free) = (None, Vec::new());
        for handle in handles(becomes, &[]) {
            match self.find_holder(&handle).await? {
                (Some(holder), _) if holder != contact => other = Some(holder),
                (Some(_), _) => {}
                (None, _) => free.push(handle),
            }
        }
        let phone = becomes.phone().filter(|_| free.iter().any(|handle| handle.kind == PHONE_KIND));
        if let Some(before) = before.filter(|_| phone.is_some()) {
            let (_, lookups) = self.find_holder(&Handle::phone(&before)).await?;
            self.delete_handles(contact, &lookups).await?;
        }
        let user = becomes.user_id().filter(|user| free.iter().any(|handle| handle.is_user(user)));
        if !free.is_empty() {
            self.insert_handles(contact.as_uuid(), &free).await?;
            self.learn(contact, phone, user, &[]).await?;
        }
        Ok(other)
    }

    pub(super) async fn insert_handles(
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

    pub(super) fn seal_aliases(
        &self,
        row: Uuid,
        aliases: &[UserId],
    ) -> Result<Option<Vec<u8>>, StoreError> {
        if aliases.is_empty() {
            return Ok(None);
        }
        let json = serde_json::to_vec(aliases)?;
        Ok(Some(self.keys().seal(&self.contact_spot(ALIASES, row), &json)?))
    }

    pub(super) fn open_aliases(
        &self,
        row: Uuid,
        sealed: Option<Vec<u8>>,
    ) -> Result<Vec<UserId>, StoreError> {
        let Some(sealed) = sealed else { return Ok(Vec::new()) };
        let json = self.keys().open(&self.contact_spot(ALIASES, row), &sealed)?;
        RowAt { table: "contacts", row: &row }.read("aliases", serde_json::from_slice(&json))
    }

    fn open_user_id(&self, row: Uuid, sealed: &[u8]) -> Result<UserId, StoreError> {
        let text = self.keys().open_text(&self.contact_spot(USER_ID, row), sealed)?;
        RowAt { table: "contacts", row: &row }.parse("user_id", text.expose_secret())
    }
}

/// The handles of a key and its aliases. The user id comes first and the phone
/// number last: a number may pass to somebody else.
pub(super) fn handles(key: &ContactKey, aliases: &[UserId]) -> Vec<Handle> {
    let mut users: Vec<&UserId> = key.user_id().into_iter().chain(aliases).collect();
    users.dedup();
    users.into_iter().map(Handle::user).chain(key.phone().map(Handle::phone)).collect()
}
