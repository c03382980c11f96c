//! Every revision of every quote, newest first.

use axum::extract::Query;
use axum::response::Response;
use orcazap_store::QuoteEntry;

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::http::store::paging::{Before, ENTRIES};
use crate::views::figures::margin;
use crate::views::format::{self, Wall};
use crate::views::frame::Section;
use crate::views::quotes::{List, Row};
use crate::views::words;

/// The page.
pub(in crate::http::store) async fn list(
    desk: Desk,
    Query(before): Query<Before>,
) -> Result<Response, PageError> {
    let wall = desk.wall().await?;
    let page = desk.tx().await?.list_quotes(None, before.cursor()?.as_ref(), ENTRIES).await?;
    let pager = before.pager("/orcamentos", &page);
    let rows = page.items.iter().map(|entry| row(entry, &wall)).collect();
    desk.show(Section::Quotes, &List { rows, pager }).await
}

/// A quote as a row.
pub(in crate::http::store) fn row(entry: &QuoteEntry, wall: &Wall) -> Row {
    let delivery = entry.delivery.as_deref();
    Row {
        href: format!("/orcamentos/{}", entry.id),
        number: entry.quote_ref.to_string(),
        customer: words::customer(&entry.contact),
        stage: words::stage(delivery, entry.accepted, entry.valid_until < wall.now),
        total: format::brl(entry.total),
        margin: margin(entry.margin_pct),
        at: wall.short(&entry.created_at),
    }
}
