//! `orcazap simulate`: a conversation with a store's assistant, on the terminal
//! or as JSON lines. Nothing is sent and nothing is kept; the clock stands still
//! until it is moved, and timers ring when it moves past them.

mod lines;
mod session;
mod store;
mod terminal;

use std::io::{BufWriter, IsTerminal};
use std::path::PathBuf;

use anyhow::Context;
use chrono::{DateTime, FixedOffset, Utc};

use self::session::Session;
use self::store::Store;

/// The offset of most of Brazil, in seconds east of Greenwich.
const BRASILIA: i32 = -3 * 60 * 60;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The store: a TOML file with its catalogue, price book, rules and policy.
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    /// A second store: turns from JSON lines are given to both, and those that end
    /// otherwise there are shown.
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
    /// When the conversation starts (2026-03-10T09:00:00-03:00); now by default.
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime<FixedOffset>>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let store = Store::load(&args.store)?;
    let now = match args.now {
        Some(now) => now,
        None => {
            let offset = FixedOffset::east_opt(BRASILIA).context("no such offset")?;
            Utc::now().with_timezone(&offset)
        }
    };
    let session = Session::new(store, now);
    let (input, output) = (std::io::stdin(), std::io::stdout());
    let terminal = input.is_terminal();
    let other = args.replay.as_deref().map(Store::load).transpose()?;
    let (mut input, mut output) = (input.lock(), BufWriter::new(output.lock()));
    if let Some(other) = other {
        return lines::replay(session, Session::new(other, now), &mut input, &mut output);
    }
    if terminal {
        terminal::run(session, &mut input, &mut output)
    } else {
        lines::run(session, &mut input, &mut output)
    }
}
