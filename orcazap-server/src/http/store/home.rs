//! The first page: figures, and what needs a person.

use axum::response::Response;
use chrono::{DateTime, Utc};
use orcazap_core::Money;
use orcazap_core::authority::Role;
use orcazap_core::conversation::State;
use orcazap_store::{Approval, ConversationEntry, ConversationFilter, Counts, MAX_PAGE, Unsent};

use super::costs;
use super::quotes::list::row;
use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::views::format::{self, Wall};
use crate::views::frame::Section;
use crate::views::home::{Attention, Home, Tile};
use crate::views::words::{self, Tone};

/// How many of each kind are shown.
const ROWS: u16 = 5;

/// The page.
pub(super) async fn show(desk: Desk) -> Result<Response, PageError> {
    let wall = desk.wall().await?;
    let mut tx = desk.tx().await?;
    let counts = tx.counts(day_began(&wall)).await?;
    let queue = tx.list_open_approvals(None, MAX_PAGE).await?.items;
    let with_people = ConversationFilter::State("handed_over");
    let handed_over = tx.list_conversations(with_people, None, ROWS).await?;
    let quotes = tx.list_quotes(None, None, ROWS).await?;
    let mut stuck = Vec::new();
    for unsent in tx.list_held(ROWS).await? {
        let entry = tx.find_conversation(unsent.conversation).await?;
        stuck.extend(entry.map(|entry| waits_unsent(&unsent, &entry, &wall)));
    }
    let month = match desk.staff.role {
        Role::Owner => {
            Some(costs::this_month(&mut tx, &desk.app.config.graph.prices, desk.now).await?)
        }
        Role::Manager | Role::Attendant => None,
    };
    drop(tx);
    let waiting = queue.iter().take(ROWS.into()).map(|approval| waits(approval, &wall));
    let talking = handed_over.items.iter().map(|entry| talks(entry, &wall));
    let mut tiles = tiles(&counts, month);
    tiles.extend(bad_texts(desk.app.shops.get(desk.tenant.id).await?.bad_texts.len()));
    let home = Home {
        person: desk.staff.name.clone(),
        today: wall.today(),
        tiles,
        attention: waiting.chain(stuck).chain(talking).collect(),
        quotes: quotes.items.iter().map(|entry| row(entry, &queue, &wall)).collect(),
    };
    desk.show(Section::Home, &home).await
}

/// When the store's day began.
fn day_began(wall: &Wall) -> DateTime<Utc> {
    let today = wall.now.with_timezone(&wall.zone).date_naive();
    // A day that has no midnight, because clocks went forward, began with its first hour.
    let began =
        today.and_hms_opt(0, 0, 0).and_then(|at| at.and_local_timezone(wall.zone).earliest());
    began.map_or(wall.now, |at| at.to_utc())
}

fn tiles(counts: &Counts, month: Option<Money>) -> Vec<Tile> {
    let when = |tone, count: i64| if count > 0 { tone } else { Tone::Plain };
    let tile = |value: String, label, href, tone| Tile { value, label, href, tone, private: false };
    let orders = format::brl(counts.orders_total_since);
    let mut tiles = vec![
        tile(
            format::number(counts.open_approvals),
            "para aprovar",
            "/aprovacoes",
            when(Tone::Warn, counts.open_approvals),
        ),
        tile(
            format::number(counts.handed_over),
            "com atendente",
            "/conversas?estado=handed_over",
            when(Tone::Bad, counts.handed_over),
        ),
        tile(format::number(counts.quotes_since), "orçamentos hoje", "/orcamentos", Tone::Plain),
        tile(
            orders,
            "em pedidos fechados hoje",
            "/conversas?estado=won",
            when(Tone::Good, counts.orders_since),
        ),
    ];
    let troubles = [
        (counts.held_messages, "mensagens que não saíram", "/#precisa-de-voce"),
        (counts.dead_letters, "mensagens que não pudemos ler", "/conversas"),
        (counts.paused_channels, "números de WhatsApp parados", "/conversas"),
    ];
    let troubles = troubles.into_iter().filter(|(count, ..)| *count > 0);
    tiles.extend(troubles.map(|(n, label, href)| tile(format::number(n), label, href, Tone::Bad)));
    tiles.extend(
        month.map(|cost| tile(format::brl(cost), "de WhatsApp neste mês", "/custos", Tone::Plain)),
    );
    tiles
}

/// The store's own texts that are not said, because they can't be.
fn bad_texts(count: usize) -> Option<Tile> {
    let label = match count {
        0 => return None,
        1 => "texto do assistente com problema",
        _ => "textos do assistente com problema",
    };
    Some(Tile {
        value: format::number(count),
        label,
        href: "/textos",
        tone: Tone::Bad,
        private: false,
    })
}

fn waits(approval: &Approval, wall: &Wall) -> Attention {
    let titles: Vec<_> =
        approval.reasons.iter().map(|reason| reason.title(format::PAGES)).collect();
    Attention {
        href: format!("/aprovacoes#aprovacao-{}", approval.id),
        icon: "approvals",
        tone: Tone::Warn,
        title: words::customer(&approval.contact),
        detail: titles.join(" · "),
        figure: format::brl(approval.total),
        age: wall.age(&approval.opened_at),
    }
}

/// A message that waits for a person: why, and the conversation in which to decide.
fn waits_unsent(unsent: &Unsent, entry: &ConversationEntry, wall: &Wall) -> Attention {
    let reason = words::stuck(&unsent.state, unsent.error.as_deref()).unwrap_or_default();
    Attention {
        href: format!("/conversas/{}", entry.id),
        icon: "alert",
        tone: Tone::Bad,
        title: words::customer(&entry.contact),
        detail: format!("{}: {reason}", words::purpose(&unsent.kind)),
        figure: String::new(),
        age: wall.age(&unsent.at),
    }
}

fn talks(entry: &ConversationEntry, wall: &Wall) -> Attention {
    let detail = match &entry.conversation.state {
        State::HandedOver { reason, .. } => words::hand_over(*reason),
        _ => "",
    };
    let offer = entry.conversation.state.offer();
    Attention {
        href: format!("/conversas/{}", entry.id),
        icon: "person",
        tone: Tone::Bad,
        title: words::customer(&entry.contact),
        detail: detail.to_owned(),
        figure: offer.map(|offer| format::brl(offer.quote.total())).unwrap_or_default(),
        age: wall.age(&entry.last_message_at),
    }
}
