//! What can go wrong between a caller and the database, and whether trying
//! again helps.

use orcazap_core::approval::RulesError;
use orcazap_core::pricing::PriceBookError;
use thiserror::Error;

use crate::secrets::SecretError;

/// SQLSTATE `query_canceled`: the statement time-out.
const STATEMENT_TIMEOUT: &str = "57014";

/// Why the store did not do what it was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database refused, or could not be reached.
    #[error("the database did not answer as expected")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the schema could not be migrated")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row holds what this version of the program cannot read.
    #[error("{table}.{column} of row {row} cannot be read: {reason}")]
    Row {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id or key.
        row: String,
        /// What was expected and what was found.
        reason: String,
    },
    /// A value could not be written as JSON.
    #[error("a value could not be written as JSON")]
    Json(#[from] serde_json::Error),
    /// A sealed value could not be sealed or opened.
    #[error("a sealed value could not be handled")]
    Secret(#[from] SecretError),
    /// Something with this name exists already.
    #[error("{what} is taken: {value:?}")]
    Taken {
        /// What must be unique: `slug`, `email`, `phone_number_id`.
        what: &'static str,
        /// The value as given.
        value: String,
    },
    /// The row that was to be changed is not there (any more).
    #[error("there is no such {what}")]
    Missing {
        /// What was looked for.
        what: &'static str,
    },
    /// Others changed it all the time while it was read.
    #[error("the {what} changed while it was read, again and again")]
    Busy {
        /// What was read.
        what: &'static str,
    },
    /// More was given than is taken at once.
    #[error("at most {max} {what} are taken at once, found {found}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there may be.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// More rules than a price book may have.
    #[error(transparent)]
    Book(#[from] Box<PriceBookError>),
    /// Rules of approval whose figures make no sense.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// A value breaks a rule that the schema checks.
    #[error("a value breaks the rule {constraint}")]
    Refused {
        /// The name of the rule in the schema.
        constraint: String,
    },
}

impl StoreError {
    /// Whether the same call may succeed a little later: the database is away,
    /// busy, or gave up one of two transactions that waited for each other.
    ///
    /// A statement that took too long is not among them: it would take as long
    /// the next time, so it must count as a failure of whatever asked for it.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        let error = match self {
            Self::Database(error) => error,
            other => return matches!(other, Self::Busy { .. }),
        };
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Tls(_) => true,
            // 08 connection, 40 rollback, 53 resources, 55P03 lock, 57 operator, 25P03 idle.
            sqlx::Error::Database(error) => error.code().is_some_and(|code| {
                (["08", "40", "53", "57"].iter().any(|class| code.starts_with(class))
                    && code != STATEMENT_TIMEOUT)
                    || code == "55P03"
                    || code == "25P03"
            }),
            _ => false,
        }
    }

    /// The error of an insert where a uniqueness rule means that `what` is taken.
    pub(crate) fn taken(error: sqlx::Error, what: &'static str, value: &str) -> Self {
        match error.as_database_error() {
            Some(refused) if refused.is_unique_violation() => {
                Self::Taken { what, value: value.chars().take(120).collect() }
            }
            _ => Self::refused(error),
        }
    }

    /// The error of a write where a check of the schema may have refused the value.
    pub(crate) fn refused(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(refused) if refused.is_check_violation() => {
                Self::Refused { constraint: refused.constraint().unwrap_or("unnamed").to_owned() }
            }
            _ => Self::Database(error),
        }
    }
}

/// Names the table, column and row of values that are read out of rows.
#[derive(Clone, Copy)]
pub(crate) struct RowAt<'a> {
    pub(crate) table: &'static str,
    pub(crate) row: &'a (dyn std::fmt::Display + Sync),
}

impl RowAt<'_> {
    /// The value, or an error that names where it stands.
    pub(crate) fn read<T, E: std::fmt::Display>(
        self,
        column: &'static str,
        value: Result<T, E>,
    ) -> Result<T, StoreError> {
        value.map_err(|error| self.error(column, error))
    }

    /// A value parsed from text.
    pub(crate) fn parse<T>(self, column: &'static str, text: &str) -> Result<T, StoreError>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        self.read(column, text.parse())
    }

    /// A value read from JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(
        self,
        column: &'static str,
        value: serde_json::Value,
    ) -> Result<T, StoreError> {
        self.read(column, serde_json::from_value(value))
    }

    /// The error that this column cannot be read.
    pub(crate) fn error(self, column: &'static str, reason: impl std::fmt::Display) -> StoreError {
        StoreError::Row {
            table: self.table,
            column,
            row: self.row.to_string(),
            reason: reason.to_string(),
        }
    }
}
