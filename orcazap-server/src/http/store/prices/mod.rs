//! The rules a store prices by, changed by its owner one at a time.
//!
//! A change is tried on the whole price book before it is kept: what the core refuses
//! is said beside the form, what it only warns of is shown. A rule is known by a hash
//! of what it says, so that nobody changes one that somebody else has changed since
//! they saw it.

pub(super) mod edit;
mod effect;
mod form;
pub(super) mod list;
mod rule;

use orcazap_core::pricing::explain_warning;
use orcazap_core::{Catalog, Language, PriceBook};

use crate::views::format;

/// How many of the price book's warnings are shown.
const WARNINGS: usize = 10;

/// What looks like a mistake in the price book, in words.
pub(super) fn warnings(book: &PriceBook, catalog: &Catalog) -> Vec<String> {
    let found = book.warnings_for(catalog);
    cut(found.iter().map(|warning| explain_warning(warning, Language::Portuguese)))
}

/// The first warnings, and how many more there are.
fn cut(warnings: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let more = warnings.len().saturating_sub(WARNINGS);
    let mut said: Vec<String> = warnings.take(WARNINGS).collect();
    if more > 0 {
        said.push(format!("e mais {}", format::number(more)));
    }
    said
}
