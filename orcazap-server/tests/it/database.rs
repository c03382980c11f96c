//! A database of its own for each test, and looks behind the server's back.

use secrecy::ExposeSecret;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// The address of a new database with the schema in it, as a superuser.
pub(crate) async fn fresh() -> String {
    let database = orcazap_store::testing::database().await.expect("a database");
    database.url.expose_secret().to_owned()
}

/// The name of a database, and the address of another one on the same server.
pub(crate) fn beside<'a>(url: &'a str, other: &str) -> (&'a str, String) {
    let (before, options) = url.split_once('?').expect("an address with options");
    let (server, name) = before.rsplit_once('/').expect("an address with a database");
    (name, format!("{server}/{other}?{options}"))
}

/// Runs a statement.
pub(crate) async fn execute(url: &str, sql: &str) {
    let mut connection = PgConnection::connect(url).await.expect("a connection");
    // Test data only: names made here, and the texts of the tests.
    connection.execute(AssertSqlSafe(sql.to_owned())).await.expect(sql);
    connection.close().await.expect("a goodbye");
}

/// The one number that a query gives.
pub(crate) async fn number(url: &str, sql: &str) -> i64 {
    let mut connection = PgConnection::connect(url).await.expect("a connection");
    let number = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
    number.fetch_one(&mut connection).await.expect(sql)
}

/// The one text that a query gives.
pub(crate) async fn text(url: &str, sql: &str) -> String {
    let mut connection = PgConnection::connect(url).await.expect("a connection");
    let text = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
    text.fetch_one(&mut connection).await.expect(sql)
}

/// The same after another statement in its transaction.
pub(crate) async fn number_after(url: &str, first: &str, sql: &str) -> i64 {
    let mut connection = PgConnection::connect(url).await.expect("a connection");
    let mut tx = connection.begin().await.expect("a transaction");
    tx.execute(AssertSqlSafe(first.to_owned())).await.expect(first);
    let number = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
    number.fetch_one(&mut *tx).await.expect(sql)
}
