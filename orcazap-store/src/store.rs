//! The way in: [`Store`], a pool of connections with the keys that seal what it
//! writes, and [`TenantTx`], the only way to the data of one store.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{Connection as _, Postgres, Transaction};
use tokio::sync::Notify;

use crate::error::StoreError;
use crate::ids::{ContactId, TenantId};
use crate::jobs::candidates::Candidates;
use crate::jobs::delivery::Head;
use crate::jobs::low_water::LowWater;
use crate::secrets::Keyring;

static MIGRATIONS: Migrator = sqlx::migrate!();

/// How many connections are opened at most. More make the database slower, not
/// faster (`2.3` of the performance figures: eight are the best for one loop).
const MAX_CONNECTIONS: u32 = 16;

/// The database of an installation. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    pool: PgPool,
    keys: Keyring,
    turns: Notify,
    deliveries: Notify,
    media: Notify,
    low_water: LowWater,
    turn_candidates: Candidates<(TenantId, ContactId)>,
    delivery_candidates: Candidates<Head>,
}

impl Store {
    /// Connects, and checks that the database answers.
    ///
    /// The user of the address must be a member of the role `orcazap_app` (the
    /// migration makes the one that runs it a member).
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when the address is wrong or nobody answers.
    pub async fn connect(url: &SecretString, keys: Keyring) -> Result<Self, StoreError> {
        let options: PgConnectOptions = url.expose_secret().parse()?;
        let pool = PgPoolOptions::new()
            .max_connections(MAX_CONNECTIONS)
            .acquire_timeout(Duration::from_secs(5))
            .idle_timeout(Duration::from_secs(300))
            .connect_with(options.application_name("orcazap"))
            .await?;
        let inner = Inner {
            pool,
            keys,
            turns: Notify::new(),
            deliveries: Notify::new(),
            media: Notify::new(),
            low_water: LowWater::default(),
            turn_candidates: Candidates::default(),
            delivery_candidates: Candidates::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Brings the schema up to date. The address must be that of a user who may
    /// make tables and roles, connected directly: a transaction-pooling proxy
    /// would lose the lock that keeps two runs apart.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when nobody answers, [`StoreError::Migrate`] when
    /// a migration fails or the schema is newer than this program.
    pub async fn migrate(admin_url: &SecretString) -> Result<(), StoreError> {
        let options: PgConnectOptions = admin_url.expose_secret().parse()?;
        let mut connection = PgConnection::connect_with(&options).await?;
        MIGRATIONS.run(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }

    /// Whether the database answers and its schema is at least the one this
    /// program was built for: what readiness means. A newer schema is fine: old
    /// and new programs both run on it between two releases.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when it does not answer.
    pub async fn is_ready(&self) -> Result<bool, StoreError> {
        let wanted = MIGRATIONS.iter().map(|migration| migration.version).max();
        let mut tx = self.begin(None).await?;
        // The table belongs to the migrations' runner, so the compiler's schema lacks it.
        let found = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
            .fetch_one(&mut *tx)
            .await;
        match found {
            Ok(version) => Ok(wanted <= version),
            // 42P01: no such table, so nothing has been migrated.
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P01") => {
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opens a transaction in which the data of one store can be reached.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when no connection is to be had.
    pub async fn tenant(&self, tenant: TenantId) -> Result<TenantTx, StoreError> {
        let tx = self.begin(Some(tenant)).await?;
        Ok(TenantTx { tx, tenant, store: self.clone(), wakes: Wakes::default() })
    }

    /// Wakes a worker that waits for turns. `notified()` returns at once when
    /// something has come in since the last call; poll slowly beside it, because
    /// other processes are not heard here.
    #[must_use]
    pub fn turns_ready(&self) -> &Notify {
        &self.inner.turns
    }

    /// Wakes a sender that waits for deliveries, as [`Store::turns_ready`] does
    /// for turns.
    #[must_use]
    pub fn deliveries_ready(&self) -> &Notify {
        &self.inner.deliveries
    }

    /// Wakes who waits for files to fetch, as [`Store::turns_ready`] does for turns.
    #[must_use]
    pub fn media_ready(&self) -> &Notify {
        &self.inner.media
    }

    /// Waits for open work to end, then closes every connection.
    pub async fn close(&self) {
        self.inner.pool.close().await;
    }

    pub(crate) fn keys(&self) -> &Keyring {
        &self.inner.keys
    }

    pub(crate) fn turn_candidates(&self) -> &Candidates<(TenantId, ContactId)> {
        &self.inner.turn_candidates
    }

    pub(crate) fn delivery_candidates(&self) -> &Candidates<Head> {
        &self.inner.delivery_candidates
    }

    pub(crate) fn low_water(&self) -> &LowWater {
        &self.inner.low_water
    }

    /// Opens a transaction as the application's role, with the tenant set or
    /// with none: then tenant tables read empty. All settings are local to the
    /// transaction, so that they hold behind a transaction-pooling proxy and
    /// never leak to the next user of the connection.
    pub(crate) async fn begin(
        &self,
        tenant: Option<TenantId>,
    ) -> Result<Transaction<'static, Postgres>, StoreError> {
        let mut tx = self.inner.pool.begin().await?;
        let tenant = tenant.map(|tenant| tenant.to_string()).unwrap_or_default();
        sqlx::query!(
            r#"SELECT
                set_config('role', 'orcazap_app', true) AS "role",
                set_config('app.tenant_id', $1, true) AS "tenant",
                set_config('statement_timeout', '15s', true) AS "statement",
                set_config('lock_timeout', '5s', true) AS "lock",
                set_config('idle_in_transaction_session_timeout', '10s', true) AS "idle""#,
            tenant
        )
        .fetch_one(&mut *tx)
        .await?;
        Ok(tx)
    }

    pub(crate) fn wake(&self, wakes: Wakes) {
        if wakes.turns {
            self.inner.turns.notify_one();
        }
        if wakes.deliveries {
            self.inner.deliveries.notify_one();
        }
        if wakes.media {
            self.inner.media.notify_one();
        }
    }
}

/// Who is woken once a transaction has committed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wakes {
    pub(crate) turns: bool,
    pub(crate) deliveries: bool,
    pub(crate) media: bool,
}

/// A transaction that sees the data of one store and no other.
///
/// Nothing is kept before [`TenantTx::commit`]; dropping it takes all back. Hold
/// none across a network call.
#[derive(Debug)]
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    tenant: TenantId,
    store: Store,
    wakes: Wakes,
}

impl TenantTx {
    /// Whose data this is.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Keeps everything that was done, then wakes those who wait for it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] when the commit fails; it is then unknown only if
    /// the connection broke during it.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await?;
        self.store.wake(self.wakes);
        Ok(())
    }

    pub(crate) fn db(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    pub(crate) fn id(&self) -> uuid::Uuid {
        self.tenant.as_uuid()
    }

    pub(crate) fn keys(&self) -> &Keyring {
        self.store.keys()
    }

    /// Goes on with the data of another store, for a webhook that holds updates
    /// of several.
    pub(crate) async fn switch_tenant(&mut self, tenant: TenantId) -> Result<(), StoreError> {
        sqlx::query!("SELECT set_config('app.tenant_id', $1, true)", tenant.to_string())
            .fetch_one(&mut *self.tx)
            .await?;
        self.tenant = tenant;
        Ok(())
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn wakes(&mut self) -> &mut Wakes {
        &mut self.wakes
    }
}
