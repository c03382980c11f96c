//! A store's WhatsApp numbers, and the directory by which a webhook finds its
//! store. The access token is sealed.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use crate::error::{RowAt, StoreError};
use crate::ids::{ChannelId, TenantId};
use crate::json::clean_text;
use crate::secrets::Spot;
use crate::store::{Store, TenantTx};

/// Whether a channel sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelStatus {
    /// It does.
    Active,
    /// It does not: messages wait until it is resumed.
    Paused {
        /// Why: what the platform said, or a person.
        reason: String,
    },
}

/// A store's WhatsApp number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// The platform's id of the number, 1 to 64 characters, unique in the installation.
    pub phone_number_id: String,
    /// How the store calls it, 1 to 120 characters.
    pub display_name: String,
    /// Whether it has an access token; without one nothing can be sent.
    pub has_access_token: bool,
    /// Whether it sends.
    pub status: ChannelStatus,
    /// Since when it is here.
    pub created_at: DateTime<Utc>,
}

/// A channel to be added.
#[derive(Debug, Clone)]
pub struct NewChannel {
    /// The platform's id of the number.
    pub phone_number_id: String,
    /// How the store calls it.
    pub display_name: String,
    /// The platform's access token.
    pub access_token: Option<SecretString>,
}

/// What the platform allows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allowance {
    /// Whether the phone's app is used beside it: 20 messages a second then
    /// instead of 80.
    pub coexistence: bool,
    /// How many people a day may be written to outside their window, by all
    /// numbers of the store together; `u32::MAX` for as many as it likes, `None`
    /// when it is not known.
    pub daily_limit: Option<u32>,
}

/// What a call by a channel needs.
pub(crate) struct Credentials {
    pub(crate) phone_number_id: String,
    pub(crate) access_token: Option<SecretString>,
    pub(crate) allowance: Allowance,
}

struct ChannelRow {
    id: Uuid,
    phone_number_id: String,
    display_name: String,
    has_access_token: bool,
    status: String,
    paused_reason: Option<String>,
    created_at: DateTime<Utc>,
}

impl From<ChannelRow> for Channel {
    fn from(row: ChannelRow) -> Self {
        let status = if row.status == "paused" {
            ChannelStatus::Paused { reason: row.paused_reason.unwrap_or_default() }
        } else {
            ChannelStatus::Active
        };
        Self {
            id: row.id.into(),
            phone_number_id: row.phone_number_id,
            display_name: row.display_name,
            has_access_token: row.has_access_token,
            status,
            created_at: row.created_at,
        }
    }
}

impl Store {
    /// The store and channel of a platform's number id: what a webhook is routed by.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_channel_owner(
        &self,
        phone_number_id: &str,
    ) -> Result<Option<(TenantId, ChannelId)>, StoreError> {
        let mut tx = self.begin(None).await?;
        let row = sqlx::query!(
            "SELECT tenant_id, channel_id FROM channel_directory WHERE phone_number_id = $1",
            phone_number_id
        )
        .fetch_optional(&mut *tx)
        .await?;
        Ok(row.map(|row| (row.tenant_id.into(), row.channel_id.into())))
    }
}

impl Store {
    /// The opened access token of a platform's number id, by which a webhook that is
    /// signed per account is checked; `None` when no store has the number, or none
    /// with a token.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] and the like.
    pub async fn find_channel_secret(
        &self,
        phone_number_id: &str,
    ) -> Result<Option<SecretString>, StoreError> {
        let Some((tenant, channel)) = self.find_channel_owner(phone_number_id).await? else {
            return Ok(None);
        };
        let mut tx = self.tenant(tenant).await?;
        let credentials = tx.channel_credentials(channel.as_uuid()).await?;
        Ok(credentials.and_then(|credentials| credentials.access_token))
    }

    /// The platform's number id of a channel, which never changes; `None` when
    /// there is no such channel.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_channel_number(
        &self,
        tenant: TenantId,
        channel: ChannelId,
    ) -> Result<Option<String>, StoreError> {
        let mut tx = self.begin(None).await?;
        let number = sqlx::query_scalar!(
            "SELECT phone_number_id FROM channel_directory
             WHERE tenant_id = $1 AND channel_id = $2",
            tenant.as_uuid(),
            channel.as_uuid()
        )
        .fetch_optional(&mut *tx)
        .await?;
        Ok(number)
    }
}

impl TenantTx {
    /// Adds a channel.
    ///
    /// # Errors
    ///
    /// [`StoreError::Taken`] when a store of this installation has the number
    /// already; [`StoreError::Refused`] when a value breaks the rules of [`Channel`].
    pub async fn insert_channel(
        &mut self,
        new: NewChannel,
        now: DateTime<Utc>,
    ) -> Result<ChannelId, StoreError> {
        let (tenant, id) = (self.id(), ChannelId::make());
        let token = self.seal_token(id, new.access_token.as_ref())?;
        sqlx::query!(
            "INSERT INTO channels (tenant_id, id, phone_number_id, display_name, access_token, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            tenant,
            id.as_uuid(),
            new.phone_number_id,
            new.display_name,
            token,
            now
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        sqlx::query!(
            "INSERT INTO channel_directory (phone_number_id, tenant_id, channel_id) VALUES ($1, $2, $3)",
            new.phone_number_id,
            tenant,
            id.as_uuid()
        )
        .execute(self.db())
        .await
        .map_err(|error| StoreError::taken(error, "phone_number_id", &new.phone_number_id))?;
        Ok(id)
    }

    /// The first 100 channels of the store, oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn list_channels(&mut self) -> Result<Vec<Channel>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query_as!(
            ChannelRow,
            r#"SELECT id, phone_number_id, display_name,
                access_token IS NOT NULL AS "has_access_token!",
                status, paused_reason, created_at
             FROM channels
             WHERE tenant_id = $1
             ORDER BY id
             LIMIT 100"#,
            tenant
        )
        .fetch_all(self.db())
        .await?;
        Ok(rows.into_iter().map(Channel::from).collect())
    }

    /// Gives a channel another access token, and lets it send again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such channel.
    pub async fn update_access_token(
        &mut self,
        channel: ChannelId,
        token: &SecretString,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let sealed = self.seal_token(channel, Some(token))?;
        let done = sqlx::query!(
            "UPDATE channels SET access_token = $3 WHERE tenant_id = $1 AND id = $2",
            tenant,
            channel.as_uuid(),
            sealed
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "channel" });
        }
        self.resume_channel(channel).await
    }

    /// Stops a channel from sending: what it would send waits.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such channel.
    pub async fn pause_channel(
        &mut self,
        channel: ChannelId,
        reason: &str,
    ) -> Result<(), StoreError> {
        let reason: String = clean_text(reason).chars().take(500).collect();
        self.update_channel_status(channel, Some(&reason)).await
    }

    /// Lets a channel send again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such channel.
    pub async fn resume_channel(&mut self, channel: ChannelId) -> Result<(), StoreError> {
        self.update_channel_status(channel, None).await?;
        self.wakes().deliveries = true;
        Ok(())
    }

    /// Lets a channel send again that was stopped for this very reason, and leaves
    /// one alone that was stopped for another.
    pub(crate) async fn resume_channel_paused_for(
        &mut self,
        channel: ChannelId,
        reason: &str,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let stopped = sqlx::query_scalar!(
            r#"SELECT count(*) > 0 AS "stopped!" FROM channels
             WHERE tenant_id = $1 AND id = $2 AND status = 'paused' AND paused_reason = $3"#,
            tenant,
            channel.as_uuid(),
            reason
        )
        .fetch_one(self.db())
        .await?;
        if stopped { self.resume_channel(channel).await } else { Ok(()) }
    }

    async fn update_channel_status(
        &mut self,
        channel: ChannelId,
        paused: Option<&str>,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let status = if paused.is_some() { "paused" } else { "active" };
        let done = sqlx::query!(
            "UPDATE channels SET status = $3, paused_reason = $4 WHERE tenant_id = $1 AND id = $2",
            tenant,
            channel.as_uuid(),
            status,
            paused
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "channel" });
        }
        sqlx::query!(
            "UPDATE channel_directory SET paused = $3 WHERE tenant_id = $1 AND channel_id = $2",
            tenant,
            channel.as_uuid(),
            paused.is_some()
        )
        .execute(self.db())
        .await?;
        match paused {
            Some(_) => self.park_deliveries().await.map(|_| ()),
            None => {
                sqlx::query!(
                    "UPDATE deliveries SET parked = false
                     WHERE tenant_id = $1 AND channel_id = $2 AND parked",
                    tenant,
                    channel.as_uuid()
                )
                .execute(self.db())
                .await?;
                Ok(())
            }
        }
    }

    /// Marks what paused channels would send, so that the look for the next
    /// message does not pass over it; says how much. What is queued while a
    /// channel is paused is marked by the next call.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn park_deliveries(&mut self) -> Result<u64, StoreError> {
        let tenant = self.id();
        // The lock makes a resumption wait, which then finds what is marked here.
        let paused = sqlx::query_scalar!(
            "SELECT channel_id FROM channel_directory WHERE tenant_id = $1 AND paused FOR SHARE",
            tenant
        )
        .fetch_all(self.db())
        .await?;
        if paused.is_empty() {
            return Ok(0);
        }
        let done = sqlx::query!(
            "UPDATE deliveries SET parked = true
             WHERE tenant_id = $1 AND channel_id = ANY($2) AND NOT parked",
            tenant,
            &paused
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected())
    }

    /// Notes what the platform allows a channel.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such channel.
    pub async fn update_allowance(
        &mut self,
        channel: ChannelId,
        allowance: Allowance,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let coexistence = allowance.coexistence;
        let daily = allowance.daily_limit.map(|limit| i32::try_from(limit).unwrap_or(i32::MAX));
        let done = sqlx::query!(
            "UPDATE channels SET coexistence = $3, daily_limit = $4 WHERE tenant_id = $1 AND id = $2",
            tenant,
            channel.as_uuid(),
            coexistence,
            daily
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "channel" });
        }
        Ok(())
    }

    /// The platform's number id, the opened access token and the limits.
    pub(crate) async fn channel_credentials(
        &mut self,
        channel: Uuid,
    ) -> Result<Option<Credentials>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query!(
            "SELECT phone_number_id, access_token, coexistence, daily_limit
             FROM channels
             WHERE tenant_id = $1 AND id = $2",
            tenant,
            channel
        )
        .fetch_optional(self.db())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let spot = token_spot(tenant, channel);
        let token = row.access_token.map(|sealed| self.keys().open_text(&spot, &sealed));
        let at = RowAt { table: "channels", row: &channel };
        let daily_limit = row.daily_limit.map(u32::try_from).transpose();
        Ok(Some(Credentials {
            phone_number_id: row.phone_number_id,
            access_token: token.transpose()?,
            allowance: Allowance {
                coexistence: row.coexistence,
                daily_limit: at.read("daily_limit", daily_limit)?,
            },
        }))
    }

    pub(crate) async fn reseal_channels(&mut self, limit: u16) -> Result<u64, StoreError> {
        let (tenant, prefix) = (self.id(), self.keys().prefix());
        let rows = sqlx::query!(
            r#"SELECT id, access_token AS "access_token!"
             FROM channels
             WHERE tenant_id = $1 AND substring(access_token FOR length($2::bytea)) <> $2::bytea
             LIMIT $3
             FOR NO KEY UPDATE"#,
            tenant,
            prefix,
            i64::from(limit)
        )
        .fetch_all(self.db())
        .await?;
        let changed = rows.len() as u64;
        for row in rows {
            let token = self.keys().open_text(&token_spot(tenant, row.id), &row.access_token)?;
            let sealed = self.seal_token(row.id.into(), Some(&token))?;
            sqlx::query!(
                "UPDATE channels SET access_token = $3 WHERE tenant_id = $1 AND id = $2",
                tenant,
                row.id,
                sealed
            )
            .execute(self.db())
            .await?;
        }
        Ok(changed)
    }

    fn seal_token(
        &self,
        channel: ChannelId,
        token: Option<&SecretString>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let spot = token_spot(self.id(), channel.as_uuid());
        let sealed = token.map(|token| self.keys().seal(&spot, token.expose_secret().as_bytes()));
        Ok(sealed.transpose()?)
    }
}

fn token_spot(tenant: Uuid, channel: Uuid) -> Spot {
    Spot { tenant, column: "channels.access_token", row: channel }
}
