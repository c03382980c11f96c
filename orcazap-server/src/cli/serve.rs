//! `orcazap serve`: the web server, and workers beside it.

use anyhow::Context;
use tokio::net::TcpListener;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Source};
use crate::connect::{PATIENCE, connect};
use crate::server;
use crate::telemetry::{self, Detail};
use crate::worker::Hands;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Run no workers here; `orcazap worker` runs them elsewhere.
    #[arg(long)]
    no_worker: bool,
}

pub(super) fn run(args: &Args, source: &Source<'_>) -> anyhow::Result<()> {
    let config = Config::read(source)?;
    telemetry::init(Detail::Everything);
    super::runtime()?.block_on(async {
        let address = config.http.bind_addr;
        let store = connect(&config.database, PATIENCE).await?;
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("can't listen on {address} (BIND_ADDR)"))?;
        let app = App::new(config, Clock::system(), store)?;
        server::stop_on_signal(app.shutdown.clone())?;
        tracing::info!(%address, workers = !args.no_worker, "listening");
        let hands = if args.no_worker { None } else { Some(Hands::default()) };
        server::run(app, listener, hands).await.context("the server broke off")
    })
}
