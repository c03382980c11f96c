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
use orcazap_core::pricing::{PriceBookData, explain_warning};
use orcazap_core::reading::Vocabulary;
use orcazap_core::{Catalog, Language, PriceBook, Rules, Shop};
use serde::{Deserialize, Serialize};

use crate::shops::OpenShop;

/// The file, as it is read and written.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli) struct StoreFile {
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

impl StoreFile {
    /// The file of a store that is open, whose catalogue is `catalog.csv` beside it.
    pub(in crate::cli) fn new(name: String, shop: &OpenShop) -> Self {
        Self {
            name,
            catalog: "catalog.csv".into(),
            price_book: Some(shop.book.data().clone()),
            rules: shop.rules.clone(),
            policy: shop.policy.clone(),
        }
    }

    /// Its text.
    pub(in crate::cli) fn to_toml(&self) -> anyhow::Result<String> {
        toml::to_string_pretty(self).context("the store can't be written as TOML")
    }
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
    /// Loads the file and the catalogue it names. What looks like a mistake in its
    /// rules is told to `warn`.
    pub(super) fn load(path: &Path, warn: impl FnMut(&str)) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the store file {} can't be read", path.display()))?;
        Self::parse(&text, path.parent().unwrap_or(Path::new("")), warn)
            .with_context(|| format!("the store file {}", path.display()))
    }

    fn parse(text: &str, folder: &Path, mut warn: impl FnMut(&str)) -> anyhow::Result<Self> {
        // A misspelt rule that is passed over would be a rule its owner believes in.
        let mut unknown = Vec::new();
        let file: StoreFile = serde_ignored::deserialize(
            toml::Deserializer::parse(text).context("is not TOML")?,
            |path| unknown.push(path.to_string()),
        )
        .context("is not understood")?;
        let unknown = unknown.join(", ");
        anyhow::ensure!(unknown.is_empty(), "has settings that don't exist: {unknown}");
        file.policy.check().context("the policy makes no sense")?;
        file.rules.check().context("the rules make no sense")?;
        let book = PriceBook::new(file.price_book.unwrap_or_default())
            .context("the price book is refused")?;
        let catalog =
            crate::cli::catalog::load(&folder.join(&file.catalog), Vocabulary::standard().clone())?;
        for warning in book.warnings_for(&catalog) {
            warn(&explain_warning(&warning, Language::Portuguese));
        }
        let StoreFile { name, rules, policy, .. } = file;
        Ok(Self { name, catalog, book, rules, policy })
    }

    pub(super) fn shop(&self) -> Shop<'_> {
        let Self { catalog, book, rules, policy, .. } = self;
        Shop { catalog, book, rules, policy }
    }
}

/// The store of `examples/loja`.
#[cfg(test)]
pub(super) fn example() -> Store {
    example_with("", "")
}

/// The store of `examples/loja` with one thing written otherwise in its file.
#[cfg(test)]
pub(super) fn example_with(from: &str, to: &str) -> Store {
    parsed(from, to).unwrap().0
}

/// The example's file with one thing written otherwise, and what it warns of.
#[cfg(test)]
fn parsed(from: &str, to: &str) -> anyhow::Result<(Store, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/loja");
    let text = std::fs::read_to_string(folder.join("store.toml")).unwrap();
    assert!(text.contains(from), "{from}");
    let mut warnings = Vec::new();
    let text = text.replacen(from, to, 1);
    let store = Store::parse(&text, &folder, |warning| warnings.push(warning.to_owned()))?;
    Ok((store, warnings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(from: &str, to: &str, expected: &str) {
        let error = format!("{:#}", parsed(from, to).unwrap_err());
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn a_misspelt_rule_is_named_and_not_passed_over() {
        refused("max_auto_total", "max_autototal", "don't exist: rules.max_autototal");
        refused("tiers = [", "teirs = [", "don't exist: price_book");
        refused("follow_up_hours", "followup_hours", "don't exist: policy.followup_hours");
    }

    #[test]
    fn a_suspicious_rule_is_said_and_a_wrong_one_refused() {
        assert_eq!(parsed("", "").unwrap().1, Vec::<String>::new());
        let (_, warnings) = parsed("key = \"CIM-CP2-50\"", "key = \"NO-SUCH\"").unwrap();
        assert!(warnings[0].contains("NO-SUCH"), "{warnings:?}");
        refused("pct = \"4.5\"", "pct = \"450\"", "the price book is refused");
        refused("min_margin_pct = \"8\"", "min_margin_pct = \"500\"", "the rules make no sense");
    }
}
