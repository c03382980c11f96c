//! `orcazap tenant`: a store made, and taken out as files.

mod export;

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
    /// Write a store's catalogue, rules and a day of its customers' messages to files
    /// that `orcazap simulate` reads, so that other rules can be tried on them.
    Export(export::Args),
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    let database = Database::read(source)?;
    super::runtime()?.block_on(async {
        let store = super::connect(&database).await?;
        match command {
            Command::Create { slug, name } => {
                anyhow::ensure!(slug != "api", "the host api. takes webhooks; choose another slug");
                let tenant = store.create_tenant(slug, name, Utc::now()).await?;
                super::say(&format!("created the store {} ({})", tenant.slug, tenant.id));
                Ok(())
            }
            Command::Export(args) => export::run(&store, args).await,
        }
    })
}
