//! The queue, oldest first.

use axum::response::Response;

use super::card::Waiting;
use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::views::approvals::Queue;
use crate::views::frame::Section;

/// How many cards are shown; the rest move up as these are done.
const CARDS: u16 = 25;

/// The page.
pub(in crate::http::store) async fn list(desk: Desk) -> Result<Response, PageError> {
    let look = desk.look().await?;
    let mut tx = desk.tx().await?;
    let page = tx.list_open_approvals(None, CARDS).await?;
    let mut cards = Vec::with_capacity(page.items.len());
    for approval in page.items {
        cards.push(Waiting::of(&mut tx, approval).await?.card(&look));
    }
    drop(tx);
    desk.show(Section::Approvals, &Queue { cards, more: page.next.is_some() }).await
}
