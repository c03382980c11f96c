//! `orcazap catalog import`: a store's products from a CSV file.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Subcommand;
use orcazap_core::catalog::Catalog;
use orcazap_core::catalog::csv::{self, LineError};
use orcazap_core::pricing::explain_warning;
use orcazap_core::reading::Vocabulary;
use orcazap_core::{Language, PriceBook, Product};
use orcazap_store::Others;

use crate::config::{Database, Source};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Replace a store's catalogue by a CSV file: all of it, or nothing when a
    /// line is wrong. What the file has no column for (stock, aliases, …) stays as
    /// it is for products that the store has.
    Import {
        /// The store.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// The file.
        file: PathBuf,
    },
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    let Command::Import { tenant, file } = command;
    let bytes = read(file)?;
    // A wrong file is told before anything else is asked for.
    let vocabulary = Vocabulary::standard();
    parse(file, &bytes, &[], vocabulary.clone())?;
    let database = Database::read(source)?;
    super::runtime()?.block_on(async {
        let store = super::connect(&database).await?;
        let tenant = super::find_tenant(&store, tenant).await?;
        let mut tx = store.tenant(tenant.id).await?;
        let catalog = parse(file, &bytes, &tx.list_products().await?, vocabulary.clone())?;
        tx.import_products(catalog.products(), Others::Remove).await?;
        let book = PriceBook::new(tx.price_book().await?)?;
        tx.commit().await?;
        for warning in book.warnings_for(&catalog) {
            eprintln!("warning: {}", explain_warning(&warning, Language::English));
        }
        super::say(&format!("{} sells {} products", tenant.slug, catalog.products().len()));
        Ok(())
    })
}

/// The catalogue of a CSV file, read with a vocabulary.
pub(super) fn load(file: &Path, vocabulary: Vocabulary) -> anyhow::Result<Catalog> {
    parse(file, &read(file)?, &[], vocabulary)
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = file.display();
    std::fs::read(file).with_context(|| format!("the catalogue {shown} can't be read"))
}

fn parse(
    file: &Path,
    bytes: &[u8],
    known: &[Product],
    vocabulary: Vocabulary,
) -> anyhow::Result<Catalog> {
    let products = match csv::parse_over(bytes, known) {
        Ok(products) => products,
        Err(errors) => bail!("{}", refusal(file, &errors)),
    };
    let shown = file.display();
    Catalog::with_vocabulary(products, vocabulary)
        .with_context(|| format!("the catalogue {shown} can't be used"))
}

fn refusal(file: &Path, errors: &[LineError]) -> String {
    let mut text = format!("nothing is taken from {}, because of:", file.display());
    for error in errors {
        text.push_str("\n  ");
        text.push_str(&error.to_string());
    }
    text
}
