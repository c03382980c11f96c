//! A start while the database is away, and workers that run by themselves.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use orcazap_server::config::Database;
use orcazap_server::connect::{ConnectError, connect};
use orcazap_server::worker::{self, Hands};
use orcazap_store::Store;
use orcazap_store::private::{Kind, PrivatePostgres};

use crate::house::{House, KEYS, customer};

fn settings(url: &str) -> Database {
    Database { url: url.into(), secret_keys: KEYS.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_comes_back_while_the_server_starts_is_found() {
    let home = tempfile::tempdir().unwrap();
    // PostgreSQL runs as another user when this is root, and must get there.
    std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let start = || PrivatePostgres::start(Kind::Kept(home.path().join("pg")));
    let postgres = start().await.unwrap();
    let url = postgres.url();
    Store::migrate(&url.as_str().into()).await.unwrap();
    drop(postgres);

    let settings = settings(&url);
    let connecting = tokio::spawn(async move { connect(&settings, Duration::from_secs(60)).await });
    tokio::task::yield_now().await;
    let _postgres = start().await.unwrap();
    connecting.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_stays_away_is_given_up_with_a_reason() {
    let nowhere = settings("postgres://nobody@127.0.0.1:9/none");
    let error = connect(&nowhere, Duration::from_secs(1)).await.unwrap_err();
    assert!(matches!(error, ConnectError::Away(_)), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_run_by_themselves_and_end_when_they_are_told_to() {
    let house = House::open().await;
    house.answers_at_once().await;
    let workers = tokio::spawn(worker::run(house.app.clone(), Hands { turns: 2, deliveries: 2 }));
    let customers: Vec<_> = (1..=5).map(customer).collect();
    for customer in &customers {
        house.says(customer, "10 sacos de cimento, retiro na loja, pago no pix").await;
    }
    let sent = tokio::time::timeout(Duration::from_secs(60), house.sim.wait_sent(5)).await.unwrap();
    assert_eq!(sent.len(), 5);
    house.app.shutdown.cancel();
    tokio::time::timeout(Duration::from_secs(60), workers).await.unwrap().unwrap();
    assert_eq!(house.number("SELECT count(*) FROM jobs").await, 0);
}
