//! A private Redis for tests: a socket in a folder of its own, nothing on disk.
//! As with PostgreSQL, a shell guards it and stops it however this process ends.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use secrecy::SecretString;
use thiserror::Error;

const GUARD: &str = r#"d=$1
redis-server --port 0 --unixsocket "$d/r.sock" --save '' --appendonly no --dir "$d" >>"$d/server.log" 2>&1 </dev/null & p=$!
cat >/dev/null; kill -TERM $p; wait $p; exit 0"#;

const START_LIMIT: Duration = Duration::from_secs(20);

/// Why a test has no Redis. It fails then, and says what to install.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PrivateRedisError {
    /// There is no `redis-server`.
    #[error("redis-server is not installed; try: apt-get install redis-server")]
    NotInstalled,
    /// A file or process could not be handled.
    #[error("the private redis could not be run")]
    Io(#[from] io::Error),
    /// It did not come up.
    #[error("the private redis did not start: {said}")]
    Start {
        /// Its log.
        said: String,
    },
}

/// A private Redis; it stops when this value is dropped.
#[derive(Debug)]
pub struct PrivateRedis {
    folder: PathBuf,
    guard: Child,
}

impl PrivateRedis {
    /// Starts one on a folder; its socket is where the one before it was.
    ///
    /// # Errors
    ///
    /// [`PrivateRedisError`].
    pub async fn start(folder: &Path) -> Result<Self, PrivateRedisError> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        if !std::env::split_paths(&path).any(|folder| folder.join("redis-server").exists()) {
            return Err(PrivateRedisError::NotInstalled);
        }
        let guard = Command::new("/bin/sh")
            .args(["-c", GUARD, "orcazap-guard"])
            .arg(folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let server = Self { folder: folder.to_owned(), guard };
        let begun = Instant::now();
        while tokio::net::UnixStream::connect(folder.join("r.sock")).await.is_err() {
            if begun.elapsed() > START_LIMIT {
                let said = std::fs::read_to_string(folder.join("server.log")).unwrap_or_default();
                return Err(PrivateRedisError::Start { said });
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        Ok(server)
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> SecretString {
        format!("redis+unix://{}", self.folder.join("r.sock").display()).into()
    }
}

impl Drop for PrivateRedis {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // A guard that can't be waited for has ended already.
        drop(self.guard.wait());
    }
}
