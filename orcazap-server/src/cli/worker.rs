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
    /// How many turns are taken at once, at most 8.
    #[arg(long, value_parser = turns, default_value_t = Hands::default().turns)]
    turns: usize,
    /// How many messages are sent at once.
    #[arg(long, default_value_t = Hands::default().deliveries)]
    deliveries: usize,
}

/// Half of the connections that the store opens: a turn holds one, and takes a
/// second for the number of a new conversation.
const MAX_TURNS: usize = 8;

fn turns(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(turns) if turns <= MAX_TURNS => Ok(turns),
        Ok(_) => Err(format!(
            "at most {MAX_TURNS} turns are taken at once, as each may hold two connections to the \
             database; start another worker to take more"
        )),
        Err(error) => Err(error.to_string()),
    }
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
