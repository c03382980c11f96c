//! News for the store's people: the list, and what somebody says to have seen.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use orcazap_store::{Notice, Severity};

use super::paging::{self, Before, ENTRIES};
use crate::http::desk::{Desk, Nothing, Signed};
use crate::http::problem::PageError;
use crate::views::format::Wall;
use crate::views::frame::Section;
use crate::views::news;
use crate::views::notices::{List, Row};
use crate::views::words::Tone;

/// The page.
pub(super) async fn list(desk: Desk, Query(before): Query<Before>) -> Result<Response, PageError> {
    let wall = desk.wall().await?;
    let cursor = before.cursor()?;
    let mut tx = desk.tx().await?;
    let page = tx.list_notices(cursor.as_ref(), ENTRIES).await?;
    let channels = tx.list_channels().await?;
    drop(tx);
    let channels: HashMap<_, _> =
        channels.into_iter().map(|channel| (channel.id, channel.display_name)).collect();
    let pager = before.pager("/avisos", &page);
    let row = |notice: &Notice| {
        let channel = notice.channel.and_then(|id| channels.get(&id).cloned());
        row(notice, channel, &wall)
    };
    let rows: Vec<Row> = page.items.iter().map(row).collect();
    let unseen = rows.iter().any(|row| !row.seen);
    desk.show(Section::Notices, &List { rows, unseen, pager }).await
}

/// One was seen.
pub(super) async fn seen(
    Path(id): Path<String>,
    Signed(desk, Nothing {}): Signed<Nothing>,
) -> Result<Response, PageError> {
    mark(&desk, Some(paging::id(&id)?)).await
}

/// All were seen.
pub(super) async fn all_seen(
    Signed(desk, Nothing {}): Signed<Nothing>,
) -> Result<Response, PageError> {
    mark(&desk, None).await
}

async fn mark(desk: &Desk, notice: Option<orcazap_store::NoticeId>) -> Result<Response, PageError> {
    let mut tx = desk.tx().await?;
    tx.mark_notices_seen(notice, desk.staff.id, desk.now).await?;
    tx.commit().await?;
    Ok(Redirect::to("/avisos").into_response())
}

fn row(notice: &Notice, channel: Option<String>, wall: &Wall) -> Row {
    let told = news::told(notice, wall);
    Row {
        id: notice.id.to_string(),
        tone: match notice.severity {
            Severity::Info => Tone::Info,
            Severity::Attention => Tone::Warn,
            Severity::Critical => Tone::Bad,
        },
        title: told.title,
        detail: told.detail,
        advice: told.advice,
        channel,
        conversation: notice.conversation.map(|id| format!("/conversas/{id}")),
        at: wall.date_time(&notice.at),
        age: wall.age(&notice.at),
        seen: notice.seen_at.is_some(),
    }
}
