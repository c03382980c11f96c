//! The store file of `orcazap simulate`:
//!
//! ```toml
//! name = "Casa do Construtor"
//! catalog = "catalog.csv"              # beside this file, or a whole path
//!
//! [price_book]                         # figures are texts: no float ever touches them
//! payment = [{ method = "pix", pct = "-5" }]
//! freight = [{ bairro = "Centro", base = "30.00", per_kg = "0", included_kg = "0" }]
//!
//! [rules]
//! max_auto_total = "5000.00"
//!
//! [policy]
//! follow_up_hours = 20
//! ```

use std::path::{Path, PathBuf};

use anyhow::Context;
use orcazap_core::conversation::Policy;
use orcazap_core::pricing::PriceBookData;
use orcazap_core::{Catalog, PriceBook, Rules, Shop};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoreFile {
    #[serde(default = "some_store")]
    name: String,
    catalog: PathBuf,
    #[serde(default)]
    price_book: Option<PriceBookData>,
    #[serde(default)]
    rules: Rules,
    #[serde(default)]
    policy: Policy,
}

fn some_store() -> String {
    "Loja".to_owned()
}

/// A store as the conversation needs it.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) name: String,
    catalog: Catalog,
    book: PriceBook,
    pub(super) rules: Rules,
    policy: Policy,
}

impl Store {
    /// Loads the file and the catalogue it names.
    pub(super) fn load(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the store file {} can't be read", path.display()))?;
        let file: StoreFile = toml::from_str(&text)
            .with_context(|| format!("the store file {} is not understood", path.display()))?;
        file.policy.check().context("the policy makes no sense")?;
        let beside = path.parent().unwrap_or(Path::new("")).join(&file.catalog);
        Ok(Self {
            catalog: crate::cli::catalog::load(&beside)?,
            book: PriceBook::new(file.price_book.unwrap_or_default())
                .context("the price book is refused")?,
            name: file.name,
            rules: file.rules,
            policy: file.policy,
        })
    }

    pub(super) fn shop(&self) -> Shop<'_> {
        let Self { catalog, book, rules, policy, .. } = self;
        Shop { catalog, book, rules, policy }
    }
}
