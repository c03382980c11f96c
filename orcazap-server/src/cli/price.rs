//! `orcazap price`: JSON lines of orders in, quotes out.

pub(super) fn run() -> anyhow::Result<()> {
    anyhow::bail!("this build can't price yet")
}
