//! The people who work for a store. Passwords are hashed by the caller; only
//! the hash comes here.

use chrono::{DateTime, Utc};
use orcazap_core::authority::Role;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use crate::error::{RowAt, StoreError};
use crate::ids::StaffId;
use crate::store::TenantTx;

/// A person who works for a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Their id.
    pub id: StaffId,
    /// Their e-mail address in lower case, unique in the store.
    pub email: String,
    /// Their name, 1 to 120 characters.
    pub name: String,
    /// What they are in the store, and so what they may do.
    pub role: Role,
    /// Since when they may not log in, if they may not.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// A person to be added.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// Their e-mail address; kept in lower case.
    pub email: String,
    /// Their name, 1 to 120 characters.
    pub name: String,
    /// What they are in the store, and so what they may do.
    pub role: Role,
    /// The hash of their password, as the caller's hasher prints it.
    pub password_hash: SecretString,
}

struct StaffRow {
    id: Uuid,
    email: String,
    name: String,
    role: String,
    disabled_at: Option<DateTime<Utc>>,
}

impl TryFrom<StaffRow> for Staff {
    type Error = StoreError;

    fn try_from(row: StaffRow) -> Result<Self, StoreError> {
        let at = RowAt { table: "users", row: &row.id };
        Ok(Self {
            id: row.id.into(),
            role: at.parse("role", &row.role)?,
            email: row.email,
            name: row.name,
            disabled_at: row.disabled_at,
        })
    }
}

impl TenantTx {
    /// Adds a person.
    ///
    /// # Errors
    ///
    /// [`StoreError::Taken`] when the e-mail address is; [`StoreError::Refused`]
    /// when address or name break the rules of [`Staff`].
    pub async fn insert_staff(
        &mut self,
        new: NewStaff,
        now: DateTime<Utc>,
    ) -> Result<Staff, StoreError> {
        let (tenant, id) = (self.id(), StaffId::make());
        let email = new.email.trim().to_lowercase();
        sqlx::query!(
            "INSERT INTO users (tenant_id, id, email, name, role, password_hash, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            tenant,
            id.as_uuid(),
            email,
            new.name,
            new.role.code(),
            new.password_hash.expose_secret(),
            now
        )
        .execute(self.db())
        .await
        .map_err(|error| StoreError::taken(error, "email", &email))?;
        Ok(Staff { id, email, name: new.name, role: new.role, disabled_at: None })
    }

    /// The person with an e-mail address and the hash of their password, for
    /// logging in; nobody when they may not log in.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_staff_for_login(
        &mut self,
        email: &str,
    ) -> Result<Option<(Staff, SecretString)>, StoreError> {
        if email.contains('\0') {
            // No text that PostgreSQL can hold, and so nobody's.
            return Ok(None);
        }
        let tenant = self.id();
        let row = sqlx::query!(
            "SELECT id, email, name, role, password_hash
             FROM users
             WHERE tenant_id = $1 AND email = $2 AND disabled_at IS NULL",
            tenant,
            email.trim().to_lowercase()
        )
        .fetch_optional(self.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let hash = row.password_hash.into();
        let staff = StaffRow {
            id: row.id,
            email: row.email,
            name: row.name,
            role: row.role,
            disabled_at: None,
        };
        Ok(Some((staff.try_into()?, hash)))
    }

    /// A person by their id.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_staff(&mut self, id: StaffId) -> Result<Option<Staff>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query_as!(
            StaffRow,
            "SELECT id, email, name, role, disabled_at FROM users WHERE tenant_id = $1 AND id = $2",
            tenant,
            id.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        row.map(Staff::try_from).transpose()
    }

    /// The first 1,000 people of the store, by name.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn list_staff(&mut self) -> Result<Vec<Staff>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query_as!(
            StaffRow,
            "SELECT id, email, name, role, disabled_at
             FROM users
             WHERE tenant_id = $1
             ORDER BY name, id
             LIMIT 1000",
            tenant
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter().map(Staff::try_from).collect()
    }

    /// Changes the hash of a person's password, and ends their sessions.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such person.
    pub async fn update_password(
        &mut self,
        id: StaffId,
        password_hash: &SecretString,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "UPDATE users SET password_hash = $3 WHERE tenant_id = $1 AND id = $2",
            tenant,
            id.as_uuid(),
            password_hash.expose_secret()
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "person" });
        }
        self.revoke_sessions_of(id).await
    }

    /// Lets a person in or keeps them out from now on; keeping out ends their sessions.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such person.
    pub async fn update_staff_disabled(
        &mut self,
        id: StaffId,
        disabled_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "UPDATE users SET disabled_at = $3 WHERE tenant_id = $1 AND id = $2",
            tenant,
            id.as_uuid(),
            disabled_at
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "person" });
        }
        if disabled_at.is_some() { self.revoke_sessions_of(id).await } else { Ok(()) }
    }
}
