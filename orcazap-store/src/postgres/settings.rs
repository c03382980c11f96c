//! What a store has decided: time zone, behavior of the assistant, and
//! when a person must look. Every change raises the shop's version.

use orcazap_core::Rules;
use orcazap_core::conversation::Policy;

use crate::error::{RowAt, StoreError};
use crate::json::to_json;
use crate::store::TenantTx;

/// A store's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// IANA name, such as `America/Sao_Paulo`; the caller checks that it exists.
    pub time_zone: String,
    /// How the assistant behaves.
    pub policy: Policy,
    /// For how many hours a quote stands, 1 to 8,784. It is the price book's
    /// `validity_hours`, and changed with it.
    pub quote_validity_hours: u32,
    /// Whether attendants see costs and margins.
    pub attendants_see_costs: bool,
}

impl TenantTx {
    /// The version of the shop: it rises with every change of products, price
    /// book, rules or settings, so what was built from [`Store::load_shop`] at
    /// the same version is still right.
    ///
    /// [`Store::load_shop`]: crate::Store::load_shop
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such store.
    pub async fn shop_version(&mut self) -> Result<u64, StoreError> {
        let tenant = self.id();
        let version =
            sqlx::query_scalar!("SELECT shop_version FROM settings WHERE tenant_id = $1", tenant)
                .fetch_optional(self.db())
                .await?
                .ok_or(StoreError::Missing { what: "store" })?;
        RowAt { table: "settings", row: &tenant }.read("shop_version", u64::try_from(version))
    }

    pub(crate) async fn bump_shop_version(&mut self) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "UPDATE settings SET shop_version = shop_version + 1 WHERE tenant_id = $1",
            tenant
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 { Err(StoreError::Missing { what: "store" }) } else { Ok(()) }
    }

    /// The store's settings.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such store.
    pub async fn settings(&mut self) -> Result<Settings, StoreError> {
        let tenant = self.id();
        let row = sqlx::query!(
            "SELECT time_zone, policy, quote_validity_hours, attendants_see_costs
             FROM settings
             WHERE tenant_id = $1",
            tenant
        )
        .fetch_optional(self.db())
        .await?
        .ok_or(StoreError::Missing { what: "store" })?;
        let at = RowAt { table: "settings", row: &tenant };
        Ok(Settings {
            time_zone: row.time_zone,
            policy: at.json("policy", row.policy)?,
            quote_validity_hours: at
                .read("quote_validity_hours", u32::try_from(row.quote_validity_hours))?,
            attendants_see_costs: row.attendants_see_costs,
        })
    }

    /// Changes the store's settings, all but the validity of quotes.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such store; [`StoreError::Refused`]
    /// when a burst would settle for more than 60 seconds.
    pub async fn update_settings(&mut self, settings: &Settings) -> Result<(), StoreError> {
        let tenant = self.id();
        let policy = to_json(&settings.policy)?;
        sqlx::query!(
            "UPDATE settings
             SET time_zone = $2, policy = $3, attendants_see_costs = $4
             WHERE tenant_id = $1",
            tenant,
            settings.time_zone,
            policy,
            settings.attendants_see_costs
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        let settle = i32::try_from(settings.policy.settle_seconds).unwrap_or(i32::MAX);
        sqlx::query!("UPDATE tenants SET settle_seconds = $2 WHERE id = $1", tenant, settle)
            .execute(self.db())
            .await
            .map_err(StoreError::refused)?;
        self.bump_shop_version().await
    }

    /// When a person must look.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such store.
    pub async fn rules(&mut self) -> Result<Rules, StoreError> {
        let tenant = self.id();
        let data =
            sqlx::query_scalar!("SELECT data FROM approval_rules WHERE tenant_id = $1", tenant)
                .fetch_optional(self.db())
                .await?
                .ok_or(StoreError::Missing { what: "store" })?;
        RowAt { table: "approval_rules", row: &tenant }.json("data", data)
    }

    /// Changes when a person must look.
    ///
    /// # Errors
    ///
    /// [`StoreError::Rules`] when a figure makes no sense, [`StoreError::Missing`]
    /// when there is no such store.
    pub async fn update_rules(&mut self, rules: &Rules) -> Result<(), StoreError> {
        rules.check()?;
        let tenant = self.id();
        let data = to_json(rules)?;
        sqlx::query!("UPDATE approval_rules SET data = $2 WHERE tenant_id = $1", tenant, data)
            .execute(self.db())
            .await?;
        self.bump_shop_version().await
    }
}
