//! Templates of a store's accounts, as the platform last told of them.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::error::StoreError;
use crate::ids::{ChannelId, TenantId};
use crate::json::clean_text;
use crate::store::{Store, TenantTx};

/// A template of an account. Texts of the platform's enums are kept as they came.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredTemplate {
    /// The account it belongs to.
    pub account_id: String,
    /// Its name, up to 512 characters.
    pub name: String,
    /// Its language, `pt_BR`.
    pub language: String,
    /// The platform's id of it.
    pub platform_id: Option<String>,
    /// `UTILITY`, `MARKETING`, …: what it costs hangs on it.
    pub category: String,
    /// `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, …: only an approved one goes out.
    pub status: String,
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
    pub quality: Option<String>,
    /// Why it was rejected, paused or disabled.
    pub reason: Option<String>,
    /// Its components, as the platform writes them.
    pub components: Value,
    /// When it was last heard of.
    pub updated_at: DateTime<Utc>,
}

impl StoredTemplate {
    /// Whether it goes out.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.status == "APPROVED"
    }
}

/// What a webhook tells of a template; what it does not tell stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TemplateNews {
    /// The platform's id of it.
    pub platform_id: Option<String>,
    /// Its status.
    pub status: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// Its quality.
    pub quality: Option<String>,
}

/// A text as it is kept: without signs that PostgreSQL refuses, and cut.
fn kept(text: &str, max: usize) -> String {
    clean_text(text).chars().take(max).collect()
}

fn maybe(text: Option<&str>, max: usize) -> Option<String> {
    text.map(|text| kept(text, max))
}

impl Store {
    /// Applies what a webhook tells of a template to every store that has a number
    /// of the account; gives how many templates were changed. A template that is
    /// not known is left to the next synchronisation.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn apply_template_news(
        &self,
        account_id: &str,
        name: &str,
        language: &str,
        news: &TemplateNews,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let mut tx = self.begin(None).await?;
        let tenants = sqlx::query_scalar!(
            "SELECT DISTINCT tenant_id FROM channel_directory WHERE account_id = $1 LIMIT 100",
            account_id
        )
        .fetch_all(&mut *tx)
        .await?;
        drop(tx);
        let mut changed = 0;
        for tenant in tenants {
            let mut tx = self.tenant(TenantId::from(tenant)).await?;
            changed += tx.update_template(account_id, name, language, news, now).await?;
            tx.commit().await?;
        }
        Ok(changed)
    }
}

impl TenantTx {
    async fn update_template(
        &mut self,
        account_id: &str,
        name: &str,
        language: &str,
        news: &TemplateNews,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            // A new status without a reason takes the old reason away.
            "UPDATE templates SET
                platform_id = coalesce($5, platform_id),
                status = coalesce($6, status),
                reason = CASE WHEN $6::text IS NULL THEN reason ELSE $7 END,
                category = coalesce($8, category),
                quality = coalesce($9, quality),
                updated_at = $10
             WHERE tenant_id = $1 AND account_id = $2 AND name = $3 AND language = $4",
            tenant,
            account_id,
            name,
            language,
            maybe(news.platform_id.as_deref(), 128),
            maybe(news.status.as_deref(), 64),
            maybe(news.reason.as_deref(), 500),
            maybe(news.category.as_deref(), 64),
            maybe(news.quality.as_deref(), 64),
            now
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected())
    }

    /// Keeps a template, in the place of the one of its account, name and language.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] when a text is empty that may not be.
    pub async fn save_template(&mut self, template: &StoredTemplate) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!(
            "INSERT INTO templates (tenant_id, account_id, name, language, platform_id, category,
                status, quality, reason, components, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (tenant_id, account_id, name, language) DO UPDATE SET
                platform_id = excluded.platform_id, category = excluded.category,
                status = excluded.status, quality = excluded.quality, reason = excluded.reason,
                components = excluded.components, updated_at = excluded.updated_at",
            tenant,
            template.account_id,
            kept(&template.name, 512),
            kept(&template.language, 16),
            maybe(template.platform_id.as_deref(), 128),
            kept(&template.category, 64),
            kept(&template.status, 64),
            maybe(template.quality.as_deref(), 64),
            maybe(template.reason.as_deref(), 500),
            template.components,
            template.updated_at
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        Ok(())
    }

    /// Makes an account's templates those that the platform lists: what it lists no
    /// more is removed. Gives how many were removed.
    ///
    /// # Errors
    ///
    /// As for [`save_template`](Self::save_template).
    pub async fn sync_templates(
        &mut self,
        account_id: &str,
        listed: &[StoredTemplate],
    ) -> Result<u64, StoreError> {
        for template in listed {
            self.save_template(template).await?;
        }
        let tenant = self.id();
        let names: Vec<String> = listed.iter().map(|one| kept(&one.name, 512)).collect();
        let languages: Vec<String> = listed.iter().map(|one| kept(&one.language, 16)).collect();
        let done = sqlx::query!(
            "DELETE FROM templates t
             WHERE t.tenant_id = $1 AND t.account_id = $2 AND NOT EXISTS (
                SELECT FROM unnest($3::text[], $4::text[]) AS listed (name, language)
                WHERE listed.name = t.name AND listed.language = t.language
             )",
            tenant,
            account_id,
            &names,
            &languages
        )
        .execute(self.db())
        .await?;
        Ok(done.rows_affected())
    }

    /// The first 6,000 templates of the store, by name: as many as an account may
    /// have.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn list_templates(&mut self) -> Result<Vec<StoredTemplate>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query_as!(
            StoredTemplate,
            r#"SELECT account_id, name, language, platform_id, category, status, quality, reason,
                components AS "components: Value", updated_at
             FROM templates
             WHERE tenant_id = $1
             ORDER BY name, language, account_id
             LIMIT 6000"#,
            tenant
        )
        .fetch_all(self.db())
        .await?;
        Ok(rows)
    }

    /// A template of the account of a channel, in whatever state.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_template(
        &mut self,
        channel: ChannelId,
        name: &str,
        language: &str,
    ) -> Result<Option<StoredTemplate>, StoreError> {
        let tenant = self.id();
        let found = sqlx::query_as!(
            StoredTemplate,
            r#"SELECT t.account_id, t.name, t.language, t.platform_id, t.category, t.status,
                t.quality, t.reason, t.components AS "components: Value", t.updated_at
             FROM templates t
             JOIN channel_directory d USING (tenant_id, account_id)
             WHERE t.tenant_id = $1 AND d.channel_id = $2 AND t.name = $3 AND t.language = $4"#,
            tenant,
            channel.as_uuid(),
            name,
            language
        )
        .fetch_optional(self.db())
        .await?;
        Ok(found)
    }

    /// The account that a channel's number belongs to, when it is known.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn find_account(&mut self, channel: ChannelId) -> Result<Option<String>, StoreError> {
        let tenant = self.id();
        let found = sqlx::query_scalar!(
            "SELECT account_id FROM channel_directory WHERE tenant_id = $1 AND channel_id = $2",
            tenant,
            channel.as_uuid()
        )
        .fetch_optional(self.db())
        .await?;
        Ok(found.flatten())
    }

    /// Notes which account a channel's number belongs to.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such channel.
    pub async fn update_account(
        &mut self,
        channel: ChannelId,
        account_id: &str,
    ) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "UPDATE channel_directory SET account_id = $3 WHERE tenant_id = $1 AND channel_id = $2",
            tenant,
            channel.as_uuid(),
            account_id
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "channel" });
        }
        Ok(())
    }
}
