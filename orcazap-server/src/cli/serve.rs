//! `orcazap serve`: the web server, and workers beside it.

use std::future::IntoFuture;
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Source};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Run no workers here; `orcazap worker` runs them elsewhere.
    #[arg(long)]
    no_worker: bool,
}

pub(super) fn run(args: &Args, source: &Source<'_>) -> anyhow::Result<()> {
    let config = Config::read(source)?;
    crate::telemetry::init();
    super::runtime()?.block_on(async {
        let address = config.http.bind_addr;
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("can't listen on {address}"))?;
        let app = App { config: Arc::new(config), clock: Clock::system() };
        tracing::info!(%address, workers = !args.no_worker, "listening");
        axum::serve(listener, crate::http::service(app)).into_future().await?;
        Ok(())
    })
}
