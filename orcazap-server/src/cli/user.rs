//! `orcazap user create`: a person who may log in to a store.

use clap::Subcommand;

use crate::config::{Database, Source};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a person; the password is asked for, or read from standard input.
    Create {
        /// The store.
        #[arg(long)]
        tenant: String,
        /// The e-mail address to log in with.
        #[arg(long)]
        email: String,
        /// The name that colleagues read.
        #[arg(long)]
        name: String,
    },
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    Database::read(source)?;
    let Command::Create { tenant, email, name } = command;
    anyhow::bail!("this build can't create {email} ({name}) of {tenant} yet")
}
