//! Databases for tests: one private server a process, one fresh database a test.
//!
//! The server starts with the first call and ends with the process. The schema
//! is migrated once, into a template; each test gets a copy of it, in which
//! nothing is shared with any other test.
//!
//! ```no_run
//! # async fn test() -> Result<(), orcazap_store::testing::TestError> {
//! let database = orcazap_store::testing::database().await?;
//! let tenants = database.store.list_tenants("", 10).await?;
//! assert!(tenants.is_empty());
//! # Ok(()) }
//! ```

use secrecy::SecretString;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use thiserror::Error;
use tokio::sync::OnceCell;

use crate::error::StoreError;
use crate::private::{Kind, PrivateError, PrivatePostgres};
use crate::secrets::Keyring;
use crate::store::Store;

const TEMPLATE: &str = "orcazap_template";

static SERVER: OnceCell<PrivatePostgres> = OnceCell::const_new();

/// Why a test has no database. It fails then, and says what to install.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TestError {
    /// The server did not start.
    #[error(transparent)]
    Server(#[from] PrivateError),
    /// The schema could not be made, or the database not be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database could not be made.
    #[error("the test's database could not be made")]
    Database(#[from] sqlx::Error),
}

/// A database of one test.
#[derive(Debug)]
pub struct TestDatabase {
    /// The store on it.
    pub store: Store,
    /// Its address, as a superuser: for looking behind the store's back.
    pub url: SecretString,
}

impl TestDatabase {
    /// Another store on the same database, as another process would have it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`].
    pub async fn another_store(&self) -> Result<Store, StoreError> {
        Store::connect(&self.url, keyring()?).await
    }
}

/// A fresh database with the schema in it.
///
/// # Errors
///
/// A [`TestError`] that says what is missing.
pub async fn database() -> Result<TestDatabase, TestError> {
    let server = SERVER.get_or_try_init(start).await?;
    let name = format!("t_{}", uuid::Uuid::new_v4().simple());
    let mut admin = PgConnection::connect(&server.url()).await?;
    // The name is made here, and a database's name cannot be a bound value.
    let sql = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut admin).await?;
    admin.close().await?;
    let url = SecretString::from(server.url_of(&name));
    let store = Store::connect(&url, keyring()?).await?;
    Ok(TestDatabase { store, url })
}

/// The key ring of every test database.
///
/// # Errors
///
/// None in practice: the key is a constant.
pub fn keyring() -> Result<Keyring, StoreError> {
    let key = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    Ok(Keyring::parse(&SecretString::from(key))?)
}

async fn start() -> Result<PrivatePostgres, TestError> {
    let server = PrivatePostgres::start(Kind::Temporary).await?;
    let mut admin = PgConnection::connect(&server.url()).await?;
    let sql = format!("CREATE DATABASE {TEMPLATE}");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut admin).await?;
    admin.close().await?;
    // Nobody may be connected to a template while it is copied: this closes its connection.
    Store::migrate(&SecretString::from(server.url_of(TEMPLATE))).await?;
    Ok(server)
}
