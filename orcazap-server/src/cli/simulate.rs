//! `orcazap simulate`: a conversation on the terminal.

use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The store: catalogue, price book, rules.
    #[arg(long)]
    store: PathBuf,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    anyhow::bail!("this build can't talk yet ({})", args.store.display())
}
