//! `orcazap read`: JSON lines of messages in, one reading a line out.

use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The catalogue, a CSV file.
    #[arg(long)]
    catalog: PathBuf,
    /// Read whole conversations, with their outcome.
    #[arg(long)]
    dialogues: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    anyhow::bail!("this build can't read yet ({:?})", args)
}
