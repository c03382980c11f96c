//! `orcazap migrate`: brings the database to the current schema.

use anyhow::Context;
use orcazap_store::Store;

use crate::config::{Database, Source};
use crate::telemetry::{self, Detail};

pub(super) fn run(source: &Source<'_>) -> anyhow::Result<()> {
    let database = Database::read(source)?;
    telemetry::init(Detail::Everything);
    super::runtime()?
        .block_on(Store::migrate(&database.url))
        .context("the database can't be brought to the current schema")?;
    tracing::info!("the schema is current");
    Ok(())
}
