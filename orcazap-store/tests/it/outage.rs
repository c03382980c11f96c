//! The database goes away, in the middle of things too, and comes back: nothing is
//! lost, nothing is done twice, and the same store goes on.

use std::path::Path;
use std::time::Duration;

use orcazap_store::private::{Kind, PrivatePostgres};
use orcazap_store::testing::keyring;
use orcazap_store::{OutgoingKind, Store};
use secrecy::SecretString;

use crate::fixture::{add_store, at, outgoing, stepped, text};

/// Kills the server as a power cut would: with its backends, one of which could
/// otherwise still finish the commit that is on its way.
fn kill(folder: &Path) {
    let pid = std::fs::read_to_string(folder.join("postmaster.pid")).unwrap();
    let pid = pid.lines().next().unwrap();
    let backends = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
    // Some may have gone by themselves, which `kill` calls a failure.
    let all = std::iter::once(pid).chain(backends.split_whitespace());
    std::process::Command::new("kill").arg("-9").args(all).output().unwrap();
    assert!(!backends.trim().is_empty());
}

#[tokio::test]
async fn a_server_killed_in_the_middle_of_a_turn_loses_and_doubles_nothing() {
    let folder = tempfile::Builder::new().prefix("orcazap").tempdir().unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).unwrap();
    let data = folder.path().join("data");
    let server = PrivatePostgres::start(Kind::Kept(data.clone())).await.unwrap();
    let url = SecretString::from(server.url());
    Store::migrate(&url).await.unwrap();
    let store = Store::connect(&url, keyring().unwrap()).await.unwrap();
    add_store(&store, "loja", "100").await;
    store.ingest(vec![text("100", "wamid.1", 1, "oi", 0)], None, at(0)).await.unwrap();
    let turn = store.claim_turn(at(10)).await.unwrap().unwrap();

    kill(&data);
    let reply = vec![outgoing(OutgoingKind::Question, "?")];
    let step = stepped(turn.conversation().clone(), Vec::new(), reply.clone());
    let error = turn.commit(vec![step], at(10)).await.unwrap_err();
    assert!(error.is_transient(), "{error:?}");
    let error = store.ingest(vec![text("100", "wamid.2", 1, "alô", 11)], None, at(11)).await;
    assert!(error.unwrap_err().is_transient());
    drop(server);

    let _again = PrivatePostgres::start(Kind::Kept(data)).await.unwrap();
    assert!(store.is_ready().await.unwrap());
    // The platform repeats what was not taken, and what was.
    let both = vec![text("100", "wamid.1", 1, "oi", 0), text("100", "wamid.2", 1, "alô", 11)];
    assert_eq!(store.ingest(both, None, at(12)).await.unwrap().new_messages, 1);
    let turn = store.claim_turn(at(20)).await.unwrap().unwrap();
    assert_eq!(turn.messages().len(), 2);
    let step = stepped(turn.conversation().clone(), Vec::new(), reply);
    turn.commit(vec![step], at(20)).await.unwrap();
    assert!(store.claim_turn(at(1_000)).await.unwrap().is_none());
    assert!(store.claim_delivery(at(20)).await.unwrap().is_some());
    assert!(store.claim_delivery(at(20)).await.unwrap().is_none());
}

#[tokio::test]
async fn a_database_that_is_down_at_the_start_is_an_error_in_time() {
    let url = SecretString::from("postgres://postgres@localhost/postgres?host=/nonexistent");
    let connect = Store::connect(&url, keyring().unwrap());
    let error = tokio::time::timeout(Duration::from_secs(30), connect).await.unwrap().unwrap_err();
    assert!(error.is_transient(), "{error:?}");
}

#[tokio::test]
async fn a_database_without_the_schema_is_not_ready() {
    let server = PrivatePostgres::start(Kind::Temporary).await.unwrap();
    let url = SecretString::from(server.url());
    let store = Store::connect(&url, keyring().unwrap()).await.unwrap();
    let ready = store.is_ready().await;
    assert!(!ready.as_ref().is_ok_and(|ready| *ready), "{ready:?}");
    Store::migrate(&url).await.unwrap();
    assert!(store.is_ready().await.unwrap());
}
