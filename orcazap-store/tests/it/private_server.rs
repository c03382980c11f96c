//! The private PostgreSQL: it comes with its value and goes with it.

use orcazap_store::private::{Kind, PrivateError, PrivatePostgres};
use sqlx::Connection as _;

async fn answers(url: &str) -> bool {
    sqlx::PgConnection::connect(url).await.is_ok()
}

#[tokio::test]
async fn a_kept_server_starts_again_on_the_same_data() {
    let folder = tempfile::Builder::new().prefix("orcazap").tempdir().unwrap();
    // The server's user must be able to pass through.
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).unwrap();
    let kept = || Kind::Kept(folder.path().join("data"));
    let server = PrivatePostgres::start(kept()).await.unwrap();
    let url = server.url();
    let mut admin = sqlx::PgConnection::connect(&url).await.unwrap();
    sqlx::query("CREATE TABLE kept (n integer)").execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();

    let second = PrivatePostgres::start(kept()).await.unwrap();
    drop(second);
    assert!(answers(&url).await, "who joined a server does not stop it");
    drop(server);
    assert!(!answers(&url).await);

    let again = PrivatePostgres::start(kept()).await.unwrap();
    let mut admin = sqlx::PgConnection::connect(&again.url()).await.unwrap();
    sqlx::query("SELECT n FROM kept").execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
}

#[tokio::test]
async fn a_temporary_server_leaves_no_folder() {
    let server = PrivatePostgres::start(Kind::Temporary).await.unwrap();
    let folder = server.folder().to_owned();
    assert!(folder.exists());
    drop(server);
    assert!(!folder.exists());
}

#[tokio::test]
async fn a_folder_too_deep_for_a_socket_is_refused_with_its_length() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("d".repeat(100));
    let error = PrivatePostgres::start(Kind::Kept(deep)).await.unwrap_err();
    assert!(matches!(error, PrivateError::PathTooLong { .. }), "{error}");
}

#[tokio::test]
async fn a_folder_that_is_no_data_folder_is_refused_with_what_the_server_said() {
    let folder = tempfile::Builder::new().prefix("orcazap").tempdir().unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("notes.txt"), "not a database").unwrap();
    let error = PrivatePostgres::start(Kind::Kept(data)).await.unwrap_err();
    let PrivateError::Init { said } = error else { panic!("{error}") };
    assert!(said.contains("not empty"), "{said}");
}
