//! `orcazap migrate`: brings the database to the current schema.

use crate::config::{Database, Source};

pub(super) fn run(source: &Source<'_>) -> anyhow::Result<()> {
    Database::read(source)?;
    anyhow::bail!("this build has no migrations yet")
}
