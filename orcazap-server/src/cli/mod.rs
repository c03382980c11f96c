//! The command line: one file a command.

mod catalog;
mod channel;
mod demo;
mod graph_sim;
mod lines;
mod migrate;
mod number;
mod price;
mod read;
mod serve;
mod simulate;
mod stuck;
mod table;
mod template;
mod tenant;
mod user;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::{Parser, Subcommand};
use orcazap_store::{Store, Tenant};

use crate::config::{Database, Source};

/// Answers quote requests of building-material stores on WhatsApp.
#[derive(Debug, Parser)]
#[command(name = "orcazap", version)]
struct Cli {
    /// Settings file (TOML); the environment stands before it.
    #[arg(long, global = true, env = "ORCAZAP_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the web server, with workers in the same process.
    Serve(serve::Args),
    /// Run workers only.
    Worker(worker::Args),
    /// Bring the database to the current schema.
    Migrate,
    /// Try everything: a private database, a store, and a phone in the browser.
    Demo(demo::Args),
    /// Create stores.
    #[command(subcommand)]
    Tenant(tenant::Command),
    /// Create the people of a store.
    #[command(subcommand)]
    User(user::Command),
    /// Give stores their WhatsApp numbers, connect and check them.
    #[command(subcommand)]
    Channel(channel::Command),
    /// Submit, list and show the templates for messages outside the 24-hour window.
    #[command(subcommand)]
    Template(template::Command),
    /// Show what failed for good in a store, and try it again.
    #[command(subcommand)]
    Stuck(stuck::Command),
    /// Import a store's catalogue.
    #[command(subcommand)]
    Catalog(catalog::Command),
    /// Read messages: JSON lines in, readings out.
    ///
    /// A line that is not such an object is named on standard error and has no answer;
    /// the others are read all the same, and the exit status says that one was not.
    Read(read::Args),
    /// Price orders: JSON lines in, quotes out.
    Price(price::Args),
    /// Run a stand-in for the Graph API, to try a server or a client against.
    GraphSim(graph_sim::Args),
    /// Talk to the assistant on the terminal.
    Simulate(simulate::Args),
}

/// Runs the command of the process's arguments. Faults go to standard error,
/// with what to do about them.
#[must_use]
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("orcazap: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    let environment = |name: &str| std::env::var(name).ok();
    let source = || {
        let source = Source::from_lookup(&environment);
        match &cli.config {
            Some(path) => source.with_file(path),
            None => Ok(source),
        }
    };
    match cli.command {
        Command::Serve(args) => serve::run(&args, &source()?),
        Command::Worker(args) => worker::run(&args, &source()?),
        Command::Migrate => migrate::run(&source()?),
        Command::Demo(args) => demo::run(&args),
        Command::Tenant(command) => tenant::run(&command, &source()?),
        Command::User(command) => user::run(&command, &source()?),
        Command::Channel(command) => channel::run(&command, &source()?),
        Command::Template(command) => template::run(&command, &source()?),
        Command::Stuck(command) => stuck::run(&command, &source()?),
        Command::Catalog(command) => catalog::run(&command, &source()?),
        Command::Read(args) => read::run(&args),
        Command::Price(args) => price::run(&args),
        Command::GraphSim(args) => graph_sim::run(&args),
        Command::Simulate(args) => simulate::run(&args),
    }
}

/// The database, for a command that does one thing and ends: not waited for.
async fn connect(database: &Database) -> anyhow::Result<Store> {
    Ok(crate::connect::connect(database, Duration::ZERO).await?)
}

async fn find_tenant(store: &Store, slug: &str) -> anyhow::Result<Tenant> {
    let found = store.find_tenant(slug).await?;
    found.with_context(|| {
        format!("there is no store {slug}; create it with `orcazap tenant create`")
    })
}

/// Tells the person at the terminal what was done.
#[expect(clippy::print_stdout, reason = "the answer of a command goes to standard output")]
fn say(line: &str) {
    println!("{line}");
}

/// The runtime of a command that waits for the network.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime can't be started")
}
