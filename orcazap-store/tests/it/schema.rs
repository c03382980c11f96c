//! The schema itself: no table of a store without a forced policy, no key that
//! does not begin with the store, no reference that can point across.

use orcazap_store::testing::database;
use secrecy::ExposeSecret as _;
use sqlx::{Connection as _, PgConnection};

/// Tables that are read across stores: ids and times, no content.
const ROUTING: [&str; 6] =
    ["channel_directory", "deliveries", "jobs", "media_fetches", "retries", "timers"];

async fn admin() -> PgConnection {
    let db = database().await.unwrap();
    PgConnection::connect(db.url.expose_secret()).await.unwrap()
}

async fn names(sql: &'static str) -> Vec<String> {
    let routing: Vec<String> = ROUTING.iter().map(|name| (*name).to_owned()).collect();
    sqlx::query_scalar(sql).bind(routing).fetch_all(&mut admin().await).await.unwrap()
}

#[tokio::test]
async fn every_table_of_a_store_has_a_forced_policy() {
    let bare = names(
        "SELECT c.relname::text
         FROM pg_class c
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
         WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            AND c.relname <> ALL ($1)
            AND NOT (
                c.relrowsecurity AND c.relforcerowsecurity
                AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
            )",
    )
    .await;
    assert_eq!(bare, Vec::<String>::new());
    let all = names(
        "SELECT c.relname::text
         FROM pg_class c
         JOIN pg_policy p ON p.polrelid = c.oid
         WHERE c.relname <> ALL ($1)",
    )
    .await;
    assert!(all.len() >= 20, "policies are looked at: {all:?}");
}

#[tokio::test]
async fn tables_without_a_policy_hold_ids_and_times_only() {
    let content = names(
        "SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         FROM pg_class c
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relname = ANY ($1)
            AND a.atttypid NOT IN (
                'uuid'::regtype, 'bigint'::regtype, 'integer'::regtype, 'timestamptz'::regtype,
                'boolean'::regtype
            )
         ORDER BY 1",
    )
    .await;
    let directory = ["account_id", "display_number", "phone_number_id"];
    let mut expected: Vec<String> =
        directory.iter().map(|column| format!("channel_directory.{column} text")).collect();
    expected.push("timers.code text".to_owned());
    assert_eq!(content, expected);
}

#[tokio::test]
async fn keys_of_a_store_begin_with_the_store() {
    let others = names(
        "SELECT c.relname::text
         FROM pg_index i
         JOIN pg_class c ON c.oid = i.indrelid
         JOIN pg_attribute tenant ON tenant.attrelid = c.oid AND tenant.attname = 'tenant_id'
         WHERE i.indisunique AND c.relname <> ALL ($1) AND i.indkey[0] <> tenant.attnum",
    )
    .await;
    assert_eq!(others, Vec::<String>::new());
}

#[tokio::test]
async fn references_between_tables_of_a_store_carry_the_store() {
    let across = names(
        "SELECT k.conname::text
         FROM pg_constraint k
         JOIN pg_attribute f ON f.attrelid = k.conrelid AND f.attname = 'tenant_id'
         JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attname = 'tenant_id'
         WHERE k.contype = 'f'
            AND ($1::text[] IS NOT NULL)
            AND NOT (f.attnum = ANY (k.conkey) AND t.attnum = ANY (k.confkey))",
    )
    .await;
    assert_eq!(across, Vec::<String>::new());
}

#[tokio::test]
async fn the_application_owns_nothing_and_cannot_pass_the_policies() {
    let mut admin = admin().await;
    let owned: i64 =
        sqlx::query_scalar("SELECT count(*) FROM pg_class WHERE relowner = 'orcazap_app'::regrole")
            .fetch_one(&mut admin)
            .await
            .unwrap();
    let may: bool = sqlx::query_scalar(
        "SELECT rolsuper OR rolbypassrls OR rolcanlogin FROM pg_roles WHERE rolname = 'orcazap_app'",
    )
    .fetch_one(&mut admin)
    .await
    .unwrap();
    assert_eq!((owned, may), (0, false));
}

#[tokio::test]
async fn without_a_store_every_table_reads_empty_and_refuses_writes() {
    let fixture = crate::fixture::open().await;
    let mut admin = PgConnection::connect(fixture.db.url.expose_secret()).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT relname::text FROM pg_class WHERE relforcerowsecurity ORDER BY relname",
    )
    .fetch_all(&mut admin)
    .await
    .unwrap();
    for table in tables {
        let mut tx = admin.begin().await.unwrap();
        sqlx::query("SET LOCAL ROLE orcazap_app").execute(&mut *tx).await.unwrap();
        let count = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let seen: i64 = sqlx::query_scalar(count).fetch_one(&mut *tx).await.unwrap();
        assert_eq!(seen, 0, "{table}");
        let insert = format!("INSERT INTO {table} (tenant_id) VALUES (gen_random_uuid())");
        let refused = sqlx::query(sqlx::AssertSqlSafe(insert)).execute(&mut *tx).await.unwrap_err();
        let code = refused.as_database_error().unwrap().code().unwrap().into_owned();
        // The policy is asked before the columns' own rules, so it is what refuses.
        assert_eq!(code, "42501", "{table}");
        tx.rollback().await.unwrap();
    }
}

#[tokio::test]
async fn the_audit_cannot_be_changed() {
    let mut admin = admin().await;
    for verb in ["UPDATE audit SET action = 'x'", "DELETE FROM audit"] {
        let mut tx = admin.begin().await.unwrap();
        sqlx::query("SET LOCAL ROLE orcazap_app").execute(&mut *tx).await.unwrap();
        let refused = sqlx::query(verb).execute(&mut *tx).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().code().unwrap(), "42501", "{verb}");
        tx.rollback().await.unwrap();
    }
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    let db = database().await.unwrap();
    orcazap_store::Store::migrate(&db.url).await.unwrap();
    assert!(db.store.is_ready().await.unwrap());
}

#[tokio::test]
async fn every_query_runs_as_the_role_that_owns_nothing() {
    let fixture = crate::fixture::open().await;
    let mut admin = PgConnection::connect(fixture.db.url.expose_secret()).await.unwrap();
    sqlx::query("REVOKE SELECT ON products, channel_directory, jobs FROM orcazap_app")
        .execute(&mut admin)
        .await
        .unwrap();
    let store = fixture.store();
    let mut tx = store.tenant(fixture.tenant.id).await.unwrap();
    let errors = [
        tx.list_products().await.unwrap_err(),
        store.find_channel_owner("1").await.unwrap_err(),
        store.claim_turn(crate::fixture::at(0)).await.unwrap_err(),
        store.claim_delivery(crate::fixture::at(0)).await.unwrap_err(),
        store.ingest(Vec::new(), None, crate::fixture::at(0)).await.unwrap_err(),
    ];
    for error in errors {
        let orcazap_store::StoreError::Database(error) = error else { panic!("{error:?}") };
        assert_eq!(error.as_database_error().unwrap().code().unwrap(), "42501");
    }
}
