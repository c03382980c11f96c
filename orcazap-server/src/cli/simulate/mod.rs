//! `orcazap simulate`: a conversation with a store's assistant, on the terminal
//! or as JSON lines. Nothing is sent and nothing is kept; the clock stands still
//! until it is moved, and timers ring when it moves past them.

mod command;
mod lines;
mod replay;
mod session;
mod store;
mod terminal;

use std::io::{BufWriter, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::{DateTime, FixedOffset, Utc};
use orcazap_core::conversation::QuoteNumber;

use self::lines::Talks;
pub(super) use self::lines::Turn;
use self::session::Session;
use self::store::Store;
pub(super) use self::store::StoreFile;

/// The offset of most of Brazil, in seconds east of Greenwich.
const BRASILIA: i32 = -3 * 60 * 60;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The store: a TOML file with its catalogue, price book, rules and policy.
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    /// A second store: turns from JSON lines are given to both, and those that end
    /// otherwise there are shown, at a terminal as a table. `orcazap tenant export`
    /// writes a day's turns of a real store, and its store file.
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
    /// Show a replay as JSON lines at a terminal too, as it is done in a pipe.
    #[arg(long, requires = "replay")]
    json: bool,
    /// When the conversation starts (2026-03-10T09:00:00-03:00); now by default.
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime<FixedOffset>>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let load =
        |path: &Path| Store::load(path, |warning| eprintln!("{}: {warning}", path.display()));
    let store = load(&args.store)?;
    let now = match args.now {
        Some(now) => now,
        None => {
            let offset = FixedOffset::east_opt(BRASILIA).context("no such offset")?;
            Utc::now().with_timezone(&offset)
        }
    };
    let (input, output) = (std::io::stdin(), std::io::stdout());
    let (reads_terminal, writes_terminal) = (input.is_terminal(), output.is_terminal());
    let (mut input, mut output) = (input.lock(), BufWriter::new(output.lock()));
    if let Some(other) = &args.replay {
        let other = load(other)?;
        let as_table = writes_terminal && !args.json;
        let (before, after) = (Talks::new(&store, now), Talks::new(&other, now));
        return replay::replay(before, after, as_table, &mut input, &mut output);
    }
    if reads_terminal {
        terminal::run(Session::new(&store, QuoteNumber(1), now), &mut input, &mut output)
    } else {
        lines::run(Talks::new(&store, now), &mut input, &mut output)
    }
}
