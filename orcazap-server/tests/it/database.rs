//! One PostgreSQL for all tests of this binary, and a database of its own for
//! each, copied from one that has been migrated.

use orcazap_store::Store;
use orcazap_store::private::{Kind, PrivatePostgres};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::sync::OnceCell;

static SERVER: OnceCell<PrivatePostgres> = OnceCell::const_new();

/// The server; started at the first call, gone with the process.
pub(crate) async fn server() -> &'static PrivatePostgres {
    let start = || async {
        let server = PrivatePostgres::start(Kind::Temporary).await.expect("a PostgreSQL");
        execute(&server.url(), "CREATE DATABASE template_orcazap").await;
        Store::migrate(&server.url_of("template_orcazap").into()).await.expect("a schema");
        server
    };
    SERVER.get_or_init(start).await
}

/// The address of a new database with the schema in it.
pub(crate) async fn fresh() -> String {
    let server = server().await;
    let name = format!("t_{}", uuid::Uuid::new_v4().simple());
    let sql = format!("CREATE DATABASE {name} TEMPLATE template_orcazap STRATEGY file_copy");
    execute(&server.url(), &sql).await;
    server.url_of(&name)
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
