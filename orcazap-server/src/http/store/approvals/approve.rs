//! Sends a quote that waits, as it is.

use axum::extract::Path;
use axum::response::Response;
use orcazap_core::conversation::Act;

use super::card::Waiting;
use super::outcome::{closed, find, settle};
use crate::http::desk::{Nothing, Signed};
use crate::http::problem::PageError;

/// The button.
pub(in crate::http::store) async fn approve(
    Path(id): Path<String>,
    Signed(desk, Nothing {}): Signed<Nothing>,
) -> Result<Response, PageError> {
    let approval = find(&desk, &id).await?;
    if approval.closed.is_some() {
        return closed(&desk, &approval).await;
    }
    let act = Act::Approve { revision: approval.quote_ref.revision };
    let waiting = Waiting::of(&mut desk.tx().await?, approval).await?;
    settle(&desk, waiting, act, |card, fault| card.error = Some(fault)).await
}
