//! Where the demonstration keeps its data: the database, and the keys that seal
//! what is in it.

use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::RngExt;
use secrecy::SecretString;

/// A folder of the demonstration.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// This folder.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// The usual folder: `/var/lib/orcazap/demo` for root, because PostgreSQL runs
    /// as another user then and must be able to get there; else
    /// `$XDG_DATA_HOME/orcazap/demo`, which is `~/.local/share/orcazap/demo`.
    ///
    /// # Errors
    ///
    /// When the user has no home folder.
    pub fn usual(lookup: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let root = std::fs::metadata("/proc/self")
            .is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0);
        if root {
            return Ok(Self("/var/lib/orcazap/demo".into()));
        }
        let data = lookup("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let data =
            data.or_else(|| lookup("HOME").map(|home| Path::new(&home).join(".local/share")));
        let data = data.context("there is no home folder (HOME); say where with --data")?;
        Ok(Self(data.join("orcazap/demo")))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The folder of the database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.0.join("pg")
    }

    /// Forgets everything that was kept.
    ///
    /// # Errors
    ///
    /// When something in it can't be removed.
    pub fn clear(&self) -> anyhow::Result<()> {
        for result in
            [std::fs::remove_dir_all(self.database()), std::fs::remove_file(self.keys_file())]
        {
            match result {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("can't clear {}", self.0.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The keys of this folder, made at the first start.
    ///
    /// # Errors
    ///
    /// When the folder or the file can't be read or made.
    pub fn secret_keys(&self) -> anyhow::Result<SecretString> {
        let file = self.keys_file();
        let failed = || format!("can't keep keys in {}", file.display());
        std::fs::create_dir_all(&self.0).with_context(failed)?;
        match std::fs::read_to_string(&file) {
            Ok(keys) => return Ok(keys.trim().into()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(failed),
        }
        let key: [u8; 32] = rand::rng().random();
        let keys = format!("1:{}", STANDARD.encode(key));
        let mut options = std::fs::OpenOptions::new();
        let opened = options.write(true).create_new(true).mode(0o600).open(&file);
        opened.with_context(failed)?.write_all(keys.as_bytes()).with_context(failed)?;
        Ok(keys.into())
    }

    fn keys_file(&self) -> PathBuf {
        self.0.join("keys")
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn keys_are_made_once_and_cleared_with_the_rest() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path().join("demo"));
        let first = folder.secret_keys().unwrap();
        assert_eq!(first.expose_secret(), folder.secret_keys().unwrap().expose_secret());
        folder.clear().unwrap();
        assert_ne!(first.expose_secret(), folder.secret_keys().unwrap().expose_secret());
        folder.clear().unwrap();
        folder.clear().unwrap();
    }
}
