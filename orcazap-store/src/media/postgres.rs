//! Files in the database itself, in parts of one mebibyte: the storage for one
//! machine, with nothing else to set up or to back up.

use super::{MediaPlace, MediaStorage, StorageError, Storing};
use crate::error::StoreError;
use crate::store::Store;

/// The size of a part, in bytes.
const PART_BYTES: usize = 1024 * 1024;

/// Files in the table `media_parts`.
#[derive(Debug, Clone)]
pub struct PostgresStorage {
    store: Store,
}

impl PostgresStorage {
    /// In the store's own database.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    async fn put(&self, place: MediaPlace, bytes: &[u8]) -> Result<(), StoreError> {
        let mut tx = self.store.tenant(place.tenant).await?;
        let (tenant, media) = (tx.id(), place.media.as_uuid());
        sqlx::query!(
            "DELETE FROM media_parts WHERE tenant_id = $1 AND media_id = $2",
            tenant,
            media
        )
        .execute(tx.db())
        .await?;
        for (part, bytes) in (0_i32..).zip(bytes.chunks(PART_BYTES)) {
            sqlx::query!(
                "INSERT INTO media_parts (tenant_id, media_id, part, bytes) VALUES ($1, $2, $3, $4)",
                tenant,
                media,
                part,
                bytes
            )
            .execute(tx.db())
            .await?;
        }
        tx.commit().await
    }

    async fn get(&self, place: MediaPlace) -> Result<Option<Vec<u8>>, StoreError> {
        let mut tx = self.store.tenant(place.tenant).await?;
        let (tenant, media) = (tx.id(), place.media.as_uuid());
        let parts = sqlx::query_scalar!(
            "SELECT bytes FROM media_parts WHERE tenant_id = $1 AND media_id = $2 ORDER BY part",
            tenant,
            media
        )
        .fetch_all(tx.db())
        .await?;
        Ok((!parts.is_empty()).then(|| parts.concat()))
    }

    async fn delete(&self, place: MediaPlace) -> Result<(), StoreError> {
        let mut tx = self.store.tenant(place.tenant).await?;
        let (tenant, media) = (tx.id(), place.media.as_uuid());
        sqlx::query!(
            "DELETE FROM media_parts WHERE tenant_id = $1 AND media_id = $2",
            tenant,
            media
        )
        .execute(tx.db())
        .await?;
        tx.commit().await
    }
}

impl MediaStorage for PostgresStorage {
    fn put(&self, place: MediaPlace, bytes: Vec<u8>) -> Storing<'_, ()> {
        Box::pin(async move { self.put(place, &bytes).await.map_err(StorageError::from) })
    }

    fn get(&self, place: MediaPlace) -> Storing<'_, Option<Vec<u8>>> {
        Box::pin(async move { self.get(place).await.map_err(StorageError::from) })
    }

    fn delete(&self, place: MediaPlace) -> Storing<'_, ()> {
        Box::pin(async move { self.delete(place).await.map_err(StorageError::from) })
    }
}
