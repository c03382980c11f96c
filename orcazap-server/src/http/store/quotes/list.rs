//! Every revision of every quote, newest first.

use axum::extract::Query;
use axum::response::Response;
use orcazap_store::{Approval, MAX_PAGE, QuoteEntry};

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
    let cursor = before.cursor()?;
    let mut tx = desk.tx().await?;
    let page = tx.list_quotes(None, cursor.as_ref(), ENTRIES).await?;
    let queue = tx.list_open_approvals(None, MAX_PAGE).await?.items;
    drop(tx);
    let pager = before.pager("/orcamentos", &page);
    let rows = page.items.iter().map(|entry| row(entry, &queue, &wall)).collect();
    desk.show(Section::Quotes, &List { rows, pager }).await
}

/// A quote as a row; `queue` has the quotes that wait.
pub(in crate::http::store) fn row(entry: &QuoteEntry, queue: &[Approval], wall: &Wall) -> Row {
    let waits = queue.iter().any(|approval| approval.quote == entry.id);
    let stage = if waits { words::WAITS } else { words::stage(entry, wall.now) };
    Row {
        href: format!("/orcamentos/{}", entry.id),
        number: entry.quote_ref.to_string(),
        customer: words::customer(&entry.contact),
        stage,
        total: format::brl(entry.total),
        margin: margin(entry.margin_pct),
        at: wall.short(&entry.created_at),
    }
}
