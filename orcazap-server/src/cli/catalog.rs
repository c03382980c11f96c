//! `orcazap catalog import`: a store's products from a CSV file.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Subcommand;
use orcazap_core::catalog::Catalog;

use crate::catalog_csv::{self, LineError};
use crate::config::{Database, Source};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Replace a store's catalogue by a CSV file: all of it, or nothing when a
    /// line is wrong.
    Import {
        /// The store.
        #[arg(long)]
        tenant: String,
        /// The file.
        file: PathBuf,
    },
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    Database::read(source)?;
    let Command::Import { tenant, file } = command;
    let catalog = load(file)?;
    bail!("this build can't import {} products to {tenant} yet", catalog.products().len())
}

/// The catalogue of a CSV file.
pub(super) fn load(file: &Path) -> anyhow::Result<Catalog> {
    let shown = file.display();
    let bytes =
        std::fs::read(file).with_context(|| format!("the catalogue {shown} can't be read"))?;
    let products = match catalog_csv::parse(&bytes) {
        Ok(products) => products,
        Err(errors) => bail!("{}", refusal(file, &errors)),
    };
    Catalog::new(products).with_context(|| format!("the catalogue {shown} can't be used"))
}

fn refusal(file: &Path, errors: &[LineError]) -> String {
    let mut text = format!("nothing is taken from {}, because of:", file.display());
    for error in errors {
        text.push_str("\n  ");
        text.push_str(&error.to_string());
    }
    text
}
