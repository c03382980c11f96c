//! What webhooks of a number with an app of its own are checked with. Both the app
//! secrets and the word of the handshake are sealed.

use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use crate::error::StoreError;
use crate::ids::ChannelId;
use crate::secrets::Spot;
use crate::store::{Store, TenantTx};

const APP_SECRETS: &str = "channels.app_secrets";
const VERIFY_TOKEN: &str = "channels.verify_token";

/// What webhooks of one number are checked with, beside what the installation's are.
#[derive(Debug, Clone, Default)]
pub struct ChannelWebhook {
    /// The secret of the number's own app, or the old and the new one while it is
    /// rotated; empty without an app of its own.
    pub app_secrets: Vec<SecretString>,
    /// The word of the handshake at the number's own address.
    pub verify_token: Option<SecretString>,
    /// The platform's id of the number's account, when it is known.
    pub account_id: Option<String>,
}

impl Store {
    /// What webhooks of a platform's number id are checked with; `None` when no store
    /// has the number.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] and the like.
    pub async fn find_channel_webhook(
        &self,
        phone_number_id: &str,
    ) -> Result<Option<ChannelWebhook>, StoreError> {
        let Some((tenant, channel)) = self.find_channel_owner(phone_number_id).await? else {
            return Ok(None);
        };
        let mut tx = self.tenant(tenant).await?;
        let account_id = tx.find_account(channel).await?;
        let (tenant, channel) = (tenant.as_uuid(), channel.as_uuid());
        let row = sqlx::query!(
            "SELECT app_secrets, verify_token FROM channels WHERE tenant_id = $1 AND id = $2",
            tenant,
            channel
        )
        .fetch_optional(tx.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let open = |column, sealed: Option<Vec<u8>>| {
            let spot = Spot { tenant, column, row: channel };
            sealed.map(|sealed| self.keys().open_text(&spot, &sealed)).transpose()
        };
        let secrets = open(APP_SECRETS, row.app_secrets)?;
        let secrets = secrets.as_ref().map_or("", |secrets| secrets.expose_secret());
        let secrets = secrets.split(',').map(str::trim).filter(|secret| !secret.is_empty());
        Ok(Some(ChannelWebhook {
            app_secrets: secrets.map(SecretString::from).collect(),
            verify_token: open(VERIFY_TOKEN, row.verify_token)?,
            account_id,
        }))
    }
}

impl TenantTx {
    /// Gives a channel the secrets of an app of its own, one or two by a comma, and a
    /// word for the handshake; `None` takes what it had away.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such channel.
    pub async fn update_channel_webhook(
        &mut self,
        channel: ChannelId,
        app_secrets: Option<&SecretString>,
        verify_token: Option<&SecretString>,
    ) -> Result<(), StoreError> {
        let app_secrets = app_secrets.map(|secrets| secrets.expose_secret().as_bytes());
        let verify_token = verify_token.map(|token| token.expose_secret().as_bytes());
        let found = self.put_channel_webhook(channel.as_uuid(), app_secrets, verify_token).await?;
        if found { Ok(()) } else { Err(StoreError::Missing { what: "channel" }) }
    }

    /// Seals up to `limit` channels' secrets anew, see [`TenantTx::reseal`].
    pub(crate) async fn reseal_channel_webhooks(&mut self, limit: u16) -> Result<u64, StoreError> {
        let (tenant, prefix) = (self.id(), self.keys().prefix());
        let rows = sqlx::query!(
            "SELECT id, app_secrets, verify_token
             FROM channels
             WHERE tenant_id = $1
               AND (substring(app_secrets FOR length($2::bytea)) <> $2::bytea
                    OR substring(verify_token FOR length($2::bytea)) <> $2::bytea)
             LIMIT $3
             FOR NO KEY UPDATE",
            tenant,
            prefix,
            i64::from(limit)
        )
        .fetch_all(self.db())
        .await?;
        let changed = rows.len() as u64;
        for row in rows {
            let open = |column, sealed: Option<Vec<u8>>| {
                let spot = Spot { tenant, column, row: row.id };
                sealed.map(|sealed| self.keys().open(&spot, &sealed)).transpose()
            };
            let app_secrets = open(APP_SECRETS, row.app_secrets)?;
            let verify_token = open(VERIFY_TOKEN, row.verify_token)?;
            self.put_channel_webhook(row.id, app_secrets.as_deref(), verify_token.as_deref())
                .await?;
        }
        Ok(changed)
    }

    /// Seals and keeps both; says whether there is such a channel.
    async fn put_channel_webhook(
        &mut self,
        channel: Uuid,
        app_secrets: Option<&[u8]>,
        verify_token: Option<&[u8]>,
    ) -> Result<bool, StoreError> {
        let tenant = self.id();
        let seal = |column, value: Option<&[u8]>| {
            let spot = Spot { tenant, column, row: channel };
            value.map(|value| self.keys().seal(&spot, value)).transpose()
        };
        let app_secrets = seal(APP_SECRETS, app_secrets)?;
        let verify_token = seal(VERIFY_TOKEN, verify_token)?;
        let done = sqlx::query!(
            "UPDATE channels SET app_secrets = $3, verify_token = $4
             WHERE tenant_id = $1 AND id = $2",
            tenant,
            channel,
            app_secrets,
            verify_token
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
