//! `orcazap demo`: everything at once, on a private PostgreSQL.

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The port of the start page.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Begin anew: forget what an earlier demo kept.
    #[arg(long)]
    fresh: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    anyhow::bail!("this build has no demo yet (port {}, fresh {})", args.port, args.fresh)
}
