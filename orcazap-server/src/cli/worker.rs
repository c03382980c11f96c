//! `orcazap worker`: workers without a web server.

use crate::config::{Config, Source};

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: &Args, source: &Source<'_>) -> anyhow::Result<()> {
    Config::read(source)?;
    anyhow::bail!("this build has no workers yet")
}
