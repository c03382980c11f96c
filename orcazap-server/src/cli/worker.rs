//! `orcazap worker`: workers without a web server.

use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Source};
use crate::connect::{PATIENCE, connect};
use crate::server;
use crate::telemetry::{self, Detail};
use crate::worker::{self, Hands};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How many turns are taken at once.
    #[arg(long, default_value_t = Hands::default().turns)]
    turns: usize,
    /// How many messages are sent at once.
    #[arg(long, default_value_t = Hands::default().deliveries)]
    deliveries: usize,
}

pub(super) fn run(args: &Args, source: &Source<'_>) -> anyhow::Result<()> {
    let config = Config::read(source)?;
    telemetry::init(Detail::Everything);
    let hands = Hands { turns: args.turns, deliveries: args.deliveries };
    super::runtime()?.block_on(async {
        let store = connect(&config.database, PATIENCE).await?;
        let app = App::new(config, Clock::system(), store)?;
        server::stop_on_signal(app.shutdown.clone())?;
        tracing::info!(
            workers.turns = hands.turns,
            workers.deliveries = hands.deliveries,
            "working"
        );
        worker::run(app.clone(), hands).await;
        app.store.close().await;
        Ok(())
    })
}
