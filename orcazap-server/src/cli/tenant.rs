//! `orcazap tenant create`: a store.

use chrono::Utc;
use clap::Subcommand;

use crate::config::{Database, Source};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a store.
    Create {
        /// Its host name: the dashboard is at `SLUG.BASE_DOMAIN`.
        slug: String,
        /// Its name, as customers read it.
        #[arg(long)]
        name: String,
    },
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    let Command::Create { slug, name } = command;
    anyhow::ensure!(slug != "api", "the host api. takes webhooks; choose another slug");
    let database = Database::read(source)?;
    super::runtime()?.block_on(async {
        let store = super::connect(&database).await?;
        let tenant = store.create_tenant(slug, name, Utc::now()).await?;
        super::say(&format!("created the store {} ({})", tenant.slug, tenant.id));
        Ok(())
    })
}
