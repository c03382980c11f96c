//! Conversations, the latest first, of all states or of one.

use axum::extract::Query;
use axum::response::Response;
use orcazap_store::{ConversationEntry, ConversationFilter};
use serde::Deserialize;

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::http::store::paging::{Before, ENTRIES};
use crate::views::conversations::{Filter, List, Row};
use crate::views::format::{self, Wall};
use crate::views::frame::Section;
use crate::views::words;

/// The part of the address that says which.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Which {
    estado: Option<String>,
    #[serde(flatten)]
    before: Before,
}

/// The page.
pub(in crate::http::store) async fn list(
    desk: Desk,
    Query(which): Query<Which>,
) -> Result<Response, PageError> {
    let chosen = which.estado.as_deref().filter(|code| !code.is_empty());
    let known = words::STATES.iter().find(|(code, _)| Some(*code) == chosen);
    let filter = match (chosen, known) {
        (None, _) => ConversationFilter::All,
        (Some(_), Some((code, _))) => ConversationFilter::State(code),
        (Some(_), None) => return Err(PageError::NotFound),
    };
    let wall = desk.wall().await?;
    let cursor = which.before.cursor()?;
    let page = desk.tx().await?.list_conversations(filter, cursor.as_ref(), ENTRIES).await?;
    let pager = which.before.pager(&path(chosen), &page);
    let rows = page.items.iter().map(|entry| row(entry, &wall)).collect();
    desk.show(Section::Conversations, &List { filters: filters(chosen), rows, pager }).await
}

fn path(state: Option<&str>) -> String {
    state.map_or_else(|| "/conversas".to_owned(), |code| format!("/conversas?estado={code}"))
}

fn filters(chosen: Option<&str>) -> Vec<Filter> {
    let all = Filter { href: path(None), label: "Todas", current: chosen.is_none() };
    let states = words::STATES.map(|(code, label)| Filter {
        href: path(Some(code)),
        label,
        current: chosen == Some(code),
    });
    std::iter::once(all).chain(states).collect()
}

fn row(entry: &ConversationEntry, wall: &Wall) -> Row {
    let conversation = &entry.conversation;
    let customer = words::customer(&entry.contact);
    let total = conversation.state.offer().map(|offer| format::brl(offer.quote.total()));
    let detail = total.map_or_else(
        || format!("Pedido {}", conversation.number),
        |total| format!("Pedido {} · {total}", conversation.number),
    );
    Row {
        href: format!("/conversas/{}", entry.id),
        initial: customer
            .chars()
            .find(|c| c.is_alphanumeric())
            .map(String::from)
            .unwrap_or_default(),
        customer,
        detail,
        state: words::state(&conversation.state),
        at: wall.short(&entry.last_message_at),
    }
}
