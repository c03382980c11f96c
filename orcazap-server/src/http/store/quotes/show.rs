//! One revision of a quote: its lines, why a person had to look, and how each
//! figure came about.

use axum::extract::Path;
use axum::response::Response;
use orcazap_core::conversation::State;
use orcazap_core::pricing::explain_step;
use orcazap_core::{Order, Quote};
use orcazap_store::{ConversationEntry, QuoteId, StoredQuote};

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::http::store::paging;
use crate::views::figures::{Line, freight, margin, sums};
use crate::views::format::{self, Wall};
use crate::views::frame::Section;
use crate::views::home::Tile;
use crate::views::quotes::{Show, Step};
use crate::views::words::{self, Badge, Pair, Reason, Tone};

/// The page.
pub(in crate::http::store) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id: QuoteId = paging::id(&id)?;
    let wall = desk.wall().await?;
    let mut tx = desk.tx().await?;
    let quote = tx.find_quote(id).await?.ok_or(PageError::NotFound)?;
    let of = tx.find_conversation(quote.conversation).await?.ok_or(PageError::NotFound)?;
    // A conversation has few quotes; its newest hundred hold this one.
    let siblings = tx.list_quotes(Some(quote.conversation), None, 100).await?;
    let editor = match quote.edited_by {
        Some(staff) => tx.find_staff(staff).await?,
        None => None,
    };
    drop(tx);
    let entry = siblings.items.iter().find(|entry| entry.id == id);
    let stage = entry.map_or(Badge::plain("–"), |entry| words::stage(entry, wall.now));
    let outcome = editor.map(|staff| format!("Alterado à mão por {}.", staff.name));
    desk.show(Section::Quotes, &page(&quote, stage, &of, outcome, &wall)).await
}

fn page(
    stored: &StoredQuote,
    stage: Badge,
    of: &ConversationEntry,
    outcome: Option<String>,
    wall: &Wall,
) -> Show {
    let (quote, order) = (&*stored.offer.quote, &*stored.offer.order);
    let reasons = reasons(stored, of);
    let unknown: Vec<_> = order.unknown.iter().map(|ask| ask.text.as_str()).collect();
    Show {
        number: stored.offer.quote_ref.to_string(),
        customer: words::customer(&of.contact),
        at: wall.date_time(&stored.created_at),
        conversation: format!("/conversas/{}", stored.conversation),
        stage: if reasons.is_empty() { stage } else { words::WAITS },
        tiles: tiles(quote, wall),
        reasons,
        outcome,
        lines: quote.lines().iter().map(Line::from).collect(),
        sums: sums(quote),
        missing: (!unknown.is_empty()).then(|| unknown.join(", ")),
        facts: facts(order),
        book_version: quote.price_book_version().to_string(),
        trace: trace(quote),
    }
}

/// The reasons for which it waits, while it does.
fn reasons(stored: &StoredQuote, of: &ConversationEntry) -> Vec<Reason> {
    match &of.conversation.state {
        State::AwaitingApproval { offer, reasons, .. }
            if offer.quote_ref == stored.offer.quote_ref =>
        {
            reasons.iter().map(|reason| Reason::of_quote(reason, &offer.quote)).collect()
        }
        _ => Vec::new(),
    }
}

fn tiles(quote: &Quote, wall: &Wall) -> Vec<Tile> {
    let tile = |value, label| Tile { value, label, href: "", tone: Tone::Plain };
    vec![
        tile(format::brl(quote.total()), "total"),
        tile(margin(quote.margin_pct()), "margem"),
        tile(freight(quote), "frete"),
        tile(wall.short(&quote.valid_until()), "válido até"),
    ]
}

fn facts(order: &Order) -> Vec<Pair> {
    let mut facts = vec![
        Pair::new("Local", words::place(order.place.as_ref())),
        Pair::new("Pagamento", words::payment(order.payment.as_ref())),
    ];
    facts.extend(words::delivery(order.delivery.as_ref()).map(|when| Pair::new("Entrega", when)));
    facts
}

fn trace(quote: &Quote) -> Vec<Step> {
    let steps = quote.trace().steps;
    let step = |step: &orcazap_core::pricing::TraceStep| {
        let text = explain_step(step, format::PAGES);
        Step {
            inner: text.starts_with(' '),
            text: text.trim().to_owned(),
            private: step.is_confidential(),
        }
    };
    steps.iter().map(step).collect()
}
