//! Sealing anew with the key that writes now, a part at a time, while everything
//! goes on: once it finds nothing in any store, the old key can be taken away.

use crate::error::StoreError;
use crate::store::TenantTx;

impl TenantTx {
    /// Seals up to `limit` values of each kind anew that are sealed with an older
    /// key; says how many rows it changed. Commit, and call again until it is 0.
    ///
    /// # Errors
    ///
    /// [`StoreError::Secret`] when a value cannot be opened: its key is gone
    /// already.
    pub async fn reseal(&mut self, limit: u16) -> Result<u64, StoreError> {
        Ok(self.reseal_contacts(limit).await?
            + self.reseal_channels(limit).await?
            + self.reseal_channel_webhooks(limit).await?
            + self.reseal_inbound(limit).await?
            + self.reseal_outbound(limit).await?
            + self.reseal_notices(limit).await?
            + self.reseal_media(limit).await?)
    }
}
