//! A private PostgreSQL, started from the installed programs: for trying the
//! product out, and for tests.
//!
//! One shell process guards the server and lives as long as its standard input,
//! which this process holds: however this process ends, the guard sees the end
//! of its input, stops the server and, for a temporary one, removes the folder.
//! The server listens on a socket in a folder of mode 0700 and nowhere else. As
//! root it runs as the user `postgres`, because PostgreSQL refuses to run as root.

use std::io;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use thiserror::Error;

/// The environment variable that names the folder of PostgreSQL's programs.
pub const BIN_VARIABLE: &str = "ORCAZAP_POSTGRES_BIN";

const GUARD: &str = r#"b=$1 d=$2 k=$3; shift 3
"$b/postgres" -D "$d" "$@" >>"$d/server.log" 2>&1 </dev/null & p=$!
cat >/dev/null; kill -INT $p; wait $p
[ "$k" = rm ] && rm -rf "$d"; exit 0"#;

const START_LIMIT: Duration = Duration::from_secs(60);
/// A socket's path may have 107 bytes; `/.s.PGSQL.5432` is the last 15 of them.
const MAX_FOLDER_BYTES: usize = 90;

/// Why no private server runs.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PrivateError {
    /// No server programs were found.
    #[error(
        "PostgreSQL is not installed (looked at ${BIN_VARIABLE}, PATH and /usr/lib/postgresql); try: apt-get install postgresql"
    )]
    NotInstalled,
    /// As root, the server needs another user to run as.
    #[error(
        "PostgreSQL does not run as root, and there is no user postgres to run it as; try: apt-get install postgresql"
    )]
    NoUser,
    /// The folder's path is too long for a socket.
    #[error(
        "the data folder's path has {found} bytes, expected at most {max}, because a socket stands in it"
    )]
    PathTooLong {
        /// How many bytes it has.
        found: usize,
        /// How many it may have.
        max: usize,
    },
    /// A file, folder or process could not be handled.
    #[error("could not {what}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// `initdb` failed.
    #[error("the data folder could not be set up: {said}")]
    Init {
        /// What `initdb` said, cut to its last 2,000 characters.
        said: String,
    },
    /// The server ended at once, or did not answer in time.
    #[error("the server did not start: {said}")]
    Start {
        /// The end of its log.
        said: String,
    },
}

/// Where the data is kept, and for how long.
#[derive(Debug, Clone)]
pub enum Kind {
    /// In this folder, for good; made when it is missing. Every folder above it
    /// must be passable for the user `postgres` when run as root.
    Kept(PathBuf),
    /// In a new folder that goes away with the server; nothing is flushed to disk.
    Temporary,
}

/// A private PostgreSQL. It stops when this value is dropped, or when the
/// process ends in whatever way.
#[derive(Debug)]
pub struct PrivatePostgres {
    folder: PathBuf,
    /// `None` when the server of another process is used.
    guard: Option<Child>,
}

impl PrivatePostgres {
    /// Starts a server and waits until it answers. A server that already runs on
    /// a kept folder is used, and not stopped at the end.
    ///
    /// # Errors
    ///
    /// A [`PrivateError`] that says what is missing or what the server said.
    pub async fn start(kind: Kind) -> Result<Self, PrivateError> {
        let (folder, kept) = match kind {
            Kind::Kept(folder) => (folder, true),
            Kind::Temporary => {
                let name = format!("orcazap-pg-{}", uuid::Uuid::new_v4().simple());
                (std::env::temp_dir().join(name), false)
            }
        };
        let account = Account::of_server()?;
        account.prepare(&folder)?;
        let folder = folder.canonicalize().map_err(at(format!("find {}", folder.display())))?;
        let found = folder.as_os_str().len();
        if found > MAX_FOLDER_BYTES {
            return Err(PrivateError::PathTooLong { found, max: MAX_FOLDER_BYTES });
        }
        if answers(&folder).await {
            return Ok(Self { folder, guard: None });
        }
        let bin = programs()?;
        if !folder.join("PG_VERSION").exists() {
            init(&bin, &folder, &account, kept).await?;
        }
        let guard = spawn(&bin, &folder, &account, kept)?;
        let mut server = Self { folder, guard: Some(guard) };
        server.wait().await?;
        Ok(server)
    }

    /// The address of its first database, as the superuser `postgres`: good for
    /// migrations, and the application takes on its own role by itself.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// The address of a database of this server.
    #[must_use]
    pub fn url_of(&self, database: &str) -> String {
        url_of(&self.folder, database)
    }

    /// The folder with the data, the socket and `server.log`.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    async fn wait(&mut self) -> Result<(), PrivateError> {
        let begun = Instant::now();
        while !answers(&self.folder).await {
            let ended = match &mut self.guard {
                Some(guard) => guard.try_wait().map_err(at("watch the server".into()))?.is_some(),
                None => false,
            };
            // The server may end while its guard still waits for the end of its input.
            let dead = begun.elapsed() > Duration::from_secs(2)
                && !self.folder.join("postmaster.pid").exists();
            if ended || dead || begun.elapsed() > START_LIMIT {
                let log = std::fs::read_to_string(self.folder.join("server.log"));
                return Err(PrivateError::Start { said: tail(&log.unwrap_or_default()) });
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        Ok(())
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        if let Some(mut guard) = self.guard.take() {
            drop(guard.stdin.take());
            if let Err(error) = guard.wait() {
                tracing::warn!(%error, "the private server's guard could not be waited for");
            }
        }
    }
}

fn url_of(folder: &Path, database: &str) -> String {
    let host: String = folder
        .to_string_lossy()
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("postgres://postgres@localhost/{database}?host={host}")
}

/// Whether a server answers on the folder's socket.
async fn answers(folder: &Path) -> bool {
    use sqlx::{ConnectOptions as _, Connection as _};
    let Ok(options) = url_of(folder, "postgres").parse::<sqlx::postgres::PgConnectOptions>() else {
        return false;
    };
    match options.connect().await {
        Ok(connection) => {
            // It answered, and that is all that was asked: how the talk ends changes nothing.
            drop(connection.close().await);
            true
        }
        Err(_) => false,
    }
}

/// The user a server runs as: `None` for the user of this process.
struct Account(Option<(u32, u32)>);

impl Account {
    fn of_server() -> Result<Self, PrivateError> {
        let me = std::fs::metadata("/proc/self").or_else(|_| std::fs::metadata("/dev/fd"));
        let root = me.map(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0).unwrap_or(false);
        if !root {
            return Ok(Self(None));
        }
        let users =
            std::fs::read_to_string("/etc/passwd").map_err(at("read /etc/passwd".into()))?;
        let found = users.lines().find_map(|line| {
            let mut fields = line.split(':');
            let named = fields.next()? == "postgres";
            let uid = fields.nth(1)?.parse().ok()?;
            let gid = fields.next()?.parse().ok()?;
            named.then_some((uid, gid))
        });
        found.map(|ids| Self(Some(ids))).ok_or(PrivateError::NoUser)
    }

    /// Makes the folder, for this user alone.
    fn prepare(&self, folder: &Path) -> Result<(), PrivateError> {
        let what = || format!("make the folder {}", folder.display());
        std::fs::create_dir_all(folder).map_err(at(what()))?;
        let mode = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(folder, mode).map_err(at(what()))?;
        match self.0 {
            Some((uid, gid)) => chown(folder, Some(uid), Some(gid)).map_err(at(what())),
            None => Ok(()),
        }
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some((uid, gid)) = self.0 {
            command.uid(uid).gid(gid);
        }
        command
    }
}

async fn init(
    bin: &Path,
    folder: &Path,
    account: &Account,
    kept: bool,
) -> Result<(), PrivateError> {
    let mut command = account.command(&bin.join("initdb"));
    command.arg("-D").arg(folder).args(["-U", "postgres", "-E", "UTF8", "-A", "trust"]);
    command.arg("--locale=C.UTF-8").current_dir("/").stdin(Stdio::null());
    if !kept {
        command.arg("--no-sync");
    }
    let output = tokio::process::Command::from(command).output().await;
    let output = output.map_err(at("run initdb".into()))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(PrivateError::Init { said: tail(&String::from_utf8_lossy(&output.stderr)) })
    }
}

fn spawn(bin: &Path, folder: &Path, account: &Account, kept: bool) -> Result<Child, PrivateError> {
    let mut command = account.command(Path::new("/bin/sh"));
    command.args(["-c", GUARD, "orcazap-guard"]).arg(bin).arg(folder);
    command.arg(if kept { "keep" } else { "rm" });
    let mut setting = |text: String| {
        command.args(["-c", &text]);
    };
    setting("listen_addresses=".into());
    setting(format!("unix_socket_directories={}", folder.display()));
    setting("unix_socket_permissions=0700".into());
    if !kept {
        for off in ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] {
            setting(off.into());
        }
        setting("wal_level=minimal".into());
        setting("max_wal_senders=0".into());
    }
    // A group of its own: Ctrl-C must not reach the server before the program has drained.
    command.process_group(0).current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map_err(at("start the server".into()))
}

/// The folder of the server's programs: the variable, `PATH`, or the newest installed.
fn programs() -> Result<PathBuf, PrivateError> {
    let whole = |folder: &Path| folder.join("postgres").exists() && folder.join("initdb").exists();
    if let Some(folder) = std::env::var_os(BIN_VARIABLE) {
        let folder = PathBuf::from(folder);
        return if whole(&folder) { Ok(folder) } else { Err(PrivateError::NotInstalled) };
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(folder) = std::env::split_paths(&path).find(|folder| whole(folder)) {
        return Ok(folder);
    }
    let versions =
        std::fs::read_dir("/usr/lib/postgresql").map_err(|_| PrivateError::NotInstalled)?;
    versions
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            let folder = entry.path().join("bin");
            whole(&folder).then_some((version, folder))
        })
        .max()
        .map(|(_, folder)| folder)
        .ok_or(PrivateError::NotInstalled)
}

fn at(what: String) -> impl FnOnce(io::Error) -> PrivateError {
    move |source| PrivateError::Io { what, source }
}

/// The last 2,000 characters.
fn tail(text: &str) -> String {
    let skip = text.chars().count().saturating_sub(2000);
    text.chars().skip(skip).collect::<String>().trim().to_owned()
}
