//! The catalogue: a list to look things up in.

use axum::extract::Query;
use axum::response::Response;
use orcazap_core::pricing::explain_warning;
use orcazap_core::{Language, Product};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::shops::OpenShop;
use crate::views::figures::{margin, share};
use crate::views::format;
use crate::views::frame::Section;
use crate::views::products::{List, Row};
use crate::views::words;

/// How many products are on a page.
const ROWS: usize = 60;
/// The longest search.
const MAX_CHARS: usize = 100;
/// How many of the price book's warnings are shown.
const WARNINGS: usize = 10;
/// How many of a product's other names are shown.
const ALIASES: usize = 4;

/// The part of the address that says which.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    q: String,
    /// How many were on the pages before.
    #[serde(default)]
    depois: usize,
}

/// The page.
pub(super) async fn list(desk: Desk, Query(which): Query<Which>) -> Result<Response, PageError> {
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let query: String = which.q.trim().chars().take(MAX_CHARS).collect();
    let products = shop.catalog.products();
    let mut found =
        matching(products, &query).skip(which.depois).take(ROWS + 1).collect::<Vec<_>>();
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let next = more.then(|| {
        let mut query_part = url::form_urlencoded::Serializer::new(String::new());
        query_part.append_pair("q", &query);
        query_part.append_pair("depois", &which.depois.saturating_add(ROWS).to_string());
        format!("/produtos?{}", query_part.finish())
    });
    let list = List {
        count: format::number(products.len()),
        query,
        rows: found.into_iter().map(row).collect(),
        warnings: warnings(&shop),
        next,
    };
    desk.show(Section::Products, &list).await
}

/// What looks like a mistake in the price book, in words.
fn warnings(shop: &OpenShop) -> Vec<String> {
    let found = shop.book.warnings_for(&shop.catalog);
    let explain = |warning| explain_warning(warning, Language::Portuguese);
    let mut said: Vec<String> = found.iter().take(WARNINGS).map(explain).collect();
    if let Some(more) = found.len().checked_sub(WARNINGS).filter(|more| *more > 0) {
        said.push(format!("e mais {}", format::number(more)));
    }
    said
}

/// The products that a search finds, in their own order: all when nothing is searched.
pub(super) fn matching<'a>(
    products: &'a [Product],
    query: &str,
) -> impl Iterator<Item = &'a Product> {
    let query: String = query.trim().chars().take(MAX_CHARS).collect();
    let wanted: Vec<String> = folded(&query).split_whitespace().map(str::to_owned).collect();
    products.iter().filter(move |product| wanted.is_empty() || fits(product, &wanted))
}

/// Whether every word wanted is in the code, the name or another name.
fn fits(product: &Product, wanted: &[String]) -> bool {
    let mut words = folded(&product.name);
    for more in product.aliases.iter().map(String::as_str).chain([product.sku.as_str()]) {
        words.push(' ');
        words.push_str(&folded(more));
    }
    wanted.iter().all(|word| words.contains(word.as_str()))
}

/// In lower case and without accents.
fn folded(text: &str) -> String {
    let plain = text.nfkd().filter(|character| !is_combining_mark(*character));
    plain.flat_map(char::to_lowercase).collect()
}

fn row(product: &Product) -> Row {
    let aliases: Vec<_> = product.aliases.iter().take(ALIASES).map(String::as_str).collect();
    let share = product.cost.and_then(|cost| {
        let net = orcazap_core::Money::rounded(product.price.as_decimal()).ok()?;
        share(net, orcazap_core::Money::rounded(cost.as_decimal()).ok())
    });
    Row {
        sku: product.sku.to_string(),
        name: product.name.clone(),
        aliases: aliases.join(", "),
        category: product.category.clone(),
        unit: words::unit(product.unit),
        price: format::price(product.price),
        cost: product.cost.map_or_else(|| "–".to_owned(), format::price),
        margin: margin(share),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_knows_neither_case_nor_accents_nor_order() {
        assert_eq!(folded("AREIA Média"), "areia media");
        assert_eq!(folded("ÇÃO"), "cao");
    }
}
