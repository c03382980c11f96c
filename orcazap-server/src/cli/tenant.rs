//! `orcazap tenant create`: a store.

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
    Database::read(source)?;
    let Command::Create { slug, name } = command;
    anyhow::bail!("this build can't create {slug} ({name}) yet")
}
