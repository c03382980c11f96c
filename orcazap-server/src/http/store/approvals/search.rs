//! Products by a word of their name, as suggestions for a field that takes a code.

use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::http::store::products::search::matching;
use crate::views::approvals::{Choice, Suggestions};
use crate::views::frame::Section;

/// How many are suggested.
const MOST: usize = 12;

/// What was typed, under the name of the field it was typed into.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Typed {
    #[serde(default, alias = "add_sku", alias = "ask_sku")]
    q: String,
}

/// The suggestions.
pub(in crate::http::store) async fn search(
    desk: Desk,
    Query(Typed { q }): Query<Typed>,
) -> Result<Response, PageError> {
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let found = matching(shop.catalog.products(), &q).take(MOST).map(|product| Choice {
        value: product.sku.to_string(),
        label: product.name.clone(),
        selected: false,
    });
    let products = if q.trim().is_empty() { Vec::new() } else { found.collect() };
    desk.show(Section::Approvals, &Suggestions { products }).await
}
