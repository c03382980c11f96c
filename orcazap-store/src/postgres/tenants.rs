//! Stores themselves: who they are and under which name their pages stand.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::error::StoreError;
use crate::ids::TenantId;
use crate::store::{Store, TenantTx};

/// A store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// The first part of its pages' host name: 1 to 40 of `a-z`, `0-9` and `-`,
    /// neither first nor last a `-`.
    pub slug: String,
    /// Its name, 1 to 120 characters.
    pub name: String,
    /// Since when it is here.
    pub created_at: DateTime<Utc>,
}

struct TenantRow {
    id: Uuid,
    slug: String,
    name: String,
    created_at: DateTime<Utc>,
}

impl From<TenantRow> for Tenant {
    fn from(row: TenantRow) -> Self {
        Self { id: row.id.into(), slug: row.slug, name: row.name, created_at: row.created_at }
    }
}

impl Store {
    /// Opens a store, with default settings, an empty price book and rules that
    /// switch nothing off.
    ///
    /// # Errors
    ///
    /// [`StoreError::Taken`] when the slug is; [`StoreError::Refused`] when slug
    /// or name break the rules of [`Tenant`].
    pub async fn create_tenant(
        &self,
        slug: &str,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<Tenant, StoreError> {
        let id = TenantId::make();
        let mut tx: TenantTx = self.tenant(id).await?;
        sqlx::query!(
            "INSERT INTO tenants (id, slug, name, created_at) VALUES ($1, $2, $3, $4)",
            id.as_uuid(),
            slug,
            name,
            now
        )
        .execute(tx.db())
        .await
        .map_err(|error| StoreError::taken(error, "slug", slug))?;
        sqlx::query!("INSERT INTO settings (tenant_id) VALUES ($1)", id.as_uuid())
            .execute(tx.db())
            .await?;
        sqlx::query!("INSERT INTO counters (tenant_id) VALUES ($1)", id.as_uuid())
            .execute(tx.db())
            .await?;
        sqlx::query!("INSERT INTO approval_rules (tenant_id) VALUES ($1)", id.as_uuid())
            .execute(tx.db())
            .await?;
        tx.commit().await?;
        Ok(Tenant { id, slug: slug.to_owned(), name: name.to_owned(), created_at: now })
    }

    /// The store whose pages stand under a host name.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_tenant(&self, slug: &str) -> Result<Option<Tenant>, StoreError> {
        let mut tx = self.begin(None).await?;
        let row = sqlx::query_as!(
            TenantRow,
            "SELECT id, slug, name, created_at FROM tenants WHERE slug = $1",
            slug
        )
        .fetch_optional(&mut *tx)
        .await?;
        Ok(row.map(Tenant::from))
    }

    /// Up to `limit` stores in the order of their slugs, behind the one given.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn list_tenants(
        &self,
        after_slug: &str,
        limit: u16,
    ) -> Result<Vec<Tenant>, StoreError> {
        let mut tx = self.begin(None).await?;
        let rows = sqlx::query_as!(
            TenantRow,
            "SELECT id, slug, name, created_at FROM tenants WHERE slug > $1 ORDER BY slug LIMIT $2",
            after_slug,
            i64::from(limit)
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(rows.into_iter().map(Tenant::from).collect())
    }
}

impl TenantTx {
    /// The store's name, as customers read it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such store.
    pub async fn store_name(&mut self) -> Result<String, StoreError> {
        let tenant = self.id();
        sqlx::query_scalar!("SELECT name FROM tenants WHERE id = $1", tenant)
            .fetch_optional(self.db())
            .await?
            .ok_or(StoreError::Missing { what: "store" })
    }
}
