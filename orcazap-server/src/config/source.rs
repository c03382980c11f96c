//! Where settings come from: a look-up function (the environment, or a test's
//! table), and behind it a TOML file.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use thiserror::Error;

/// One setting that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The variable.
    pub variable: &'static str,
    /// What it should be, or how to set it.
    pub problem: String,
}

impl Fault {
    pub(super) fn new(variable: &'static str, problem: impl Into<String>) -> Self {
        Self { variable, problem: problem.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.variable, self.problem)
    }
}

/// Every fault of the settings, in the order in which they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The faults; never empty.
    pub faults: Vec<Fault>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the settings are not complete:")?;
        for fault in &self.faults {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

/// Why a settings file can't be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FileError {
    /// It can't be read.
    #[error("the settings file {path} can't be read")]
    Io {
        /// Which file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// It is no flat table of texts.
    #[error("the settings file {path} is no list of name = \"value\" lines")]
    Toml {
        /// Which file.
        path: String,
        /// Where and why.
        #[source]
        source: toml::de::Error,
    },
}

/// Where settings are looked up.
pub struct Source<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    file: BTreeMap<String, String>,
}

impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").finish_non_exhaustive()
    }
}

impl<'a> Source<'a> {
    /// Settings from a look-up function alone.
    #[must_use]
    pub fn from_lookup(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup, file: BTreeMap::new() }
    }

    /// The same with a TOML file behind it, for what the look-up does not know.
    ///
    /// # Errors
    ///
    /// [`FileError`] when the file can't be read or is no flat table of texts.
    pub fn with_file(mut self, path: &Path) -> Result<Self, FileError> {
        let shown = || path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|source| FileError::Io { path: shown(), source })?;
        self.file =
            toml::from_str(&text).map_err(|source| FileError::Toml { path: shown(), source })?;
        Ok(self)
    }

    /// A setting; one that is blank counts as not set.
    pub(super) fn get(&self, variable: &str) -> Option<String> {
        (self.lookup)(variable)
            .filter(|value| !value.trim().is_empty())
            .or_else(|| self.file.get(&variable.to_ascii_lowercase()).cloned())
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    /// A setting that must be there; a fault that tells how to set it otherwise.
    pub(super) fn required(
        &self,
        variable: &'static str,
        how: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<String> {
        let value = self.get(variable);
        if value.is_none() {
            faults.push(Fault::new(variable, format!("is not set; {how}")));
        }
        value
    }

    /// A setting that is read from text, or its default.
    pub(super) fn parsed<T: FromStr<Err: fmt::Display>>(
        &self,
        variable: &'static str,
        default: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        let value = self.get(variable).unwrap_or_else(|| default.to_owned());
        match value.parse() {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                faults.push(Fault::new(variable, format!("{error} (found {value:?})")));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_stands_before_the_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "base_domain = \"file\"\nbind_addr = \"file\"\n").unwrap();
        let lookup = |name: &str| (name == "BIND_ADDR").then(|| "environment".to_owned());
        let source = Source::from_lookup(&lookup).with_file(file.path()).unwrap();
        assert_eq!(source.get("BASE_DOMAIN").as_deref(), Some("file"));
        assert_eq!(source.get("BIND_ADDR").as_deref(), Some("environment"));
        assert_eq!(source.get("SECRET_KEYS"), None);
    }
}
