//! The catalogue: a list to look things up in.

use axum::extract::Query;
use axum::response::Response;
use orcazap_core::Product;
use orcazap_core::catalog::Stock;
use serde::Deserialize;

use super::edit;
use super::search::matching;
use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::http::store::prices;
use crate::views::figures::{margin, share};
use crate::views::format;
use crate::views::frame::Section;
use crate::views::products::{List, Row};
use crate::views::words;

/// How many products are on a page.
const ROWS: usize = 60;
/// The longest search.
const MAX_CHARS: usize = 100;
/// How many of a product's other names are shown.
const ALIASES: usize = 4;

/// The part of the address that says which.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Which {
    #[serde(default)]
    q: String,
    /// How many were on the pages before.
    #[serde(default)]
    depois: usize,
}

/// The page.
pub(in crate::http::store) async fn list(
    desk: Desk,
    Query(which): Query<Which>,
) -> Result<Response, PageError> {
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
        warnings: prices::warnings(&shop.book, &shop.catalog),
        may_change: Section::Prices.is_open_to(desk.staff.role),
        next,
    };
    desk.show(Section::Products, &list).await
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
        stock: match product.stock {
            Stock::Available(stock) => format::number(stock.as_decimal()),
            Stock::Untracked => "–".to_owned(),
        },
        out_of_stock: matches!(product.stock, Stock::Available(stock) if stock.is_zero()),
        edit: edit::path(&product.sku),
    }
}
