//! One revision of a quote: its lines, why a person had to look, and how each
//! figure came about.

use axum::extract::Path;
use axum::response::Response;
use orcazap_core::pricing::explain_step;
use orcazap_core::{Catalog, Order, Quote, Sku};
use orcazap_store::{Approval, QuoteId, StaffId, StoreError, StoredQuote, TenantTx};

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::http::store::paging;
use crate::views::changes::{Change, Edit};
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
    let approval = tx.find_approval_of(id).await?;
    let editor = name(&mut tx, quote.edited_by).await?;
    let closed_by = approval.as_ref().and_then(|approval| approval.closed.as_ref()?.2);
    let decider = name(&mut tx, closed_by).await?;
    drop(tx);
    let entry = siblings.items.iter().find(|entry| entry.id == id);
    let stage = entry.map_or(Badge::plain("–"), |entry| words::stage(entry, wall.now));
    let waits = approval.as_ref().is_some_and(|approval| approval.closed.is_none());
    let stage = if waits { words::WAITS } else { stage };
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let page = Show {
        edit: editor.map(|editor| edit(editor, &quote, &shop.catalog, &wall)),
        reasons: approval.as_ref().map(|of| reasons(of, &quote, &shop.catalog)).unwrap_or_default(),
        decision: approval.and_then(|approval| decision(&approval, decider, &wall)),
        ..page(&quote, stage, words::customer(&of.contact), &wall)
    };
    desk.show(Section::Quotes, &page).await
}

async fn name(tx: &mut TenantTx, staff: Option<StaffId>) -> Result<Option<String>, StoreError> {
    let Some(staff) = staff else { return Ok(None) };
    Ok(tx.find_staff(staff).await?.map(|staff| staff.name))
}

/// Who changed what; quotes kept before that was have no list.
fn edit(editor: String, stored: &StoredQuote, catalog: &Catalog, wall: &Wall) -> Edit {
    // What was taken out is in the catalogue, if no longer in the quote.
    let name = |sku: &Sku| words::name_in(&stored.offer.quote, catalog, sku);
    let title = match &stored.edited {
        Some(edited) => format!("Alterado por {editor}, a partir da versão {}", edited.from),
        None => format!("Alterado à mão por {editor}"),
    };
    let changes = stored.edited.iter().flat_map(|edited| &edited.changes);
    Edit { title, changes: changes.map(|change| Change::of(change, &name, wall)).collect() }
}

fn page(stored: &StoredQuote, stage: Badge, customer: String, wall: &Wall) -> Show {
    let (quote, order) = (&*stored.offer.quote, &*stored.offer.order);
    let unknown: Vec<_> = order.unknown.iter().map(|ask| ask.text.as_str()).collect();
    Show {
        number: stored.offer.quote_ref.to_string(),
        customer,
        at: wall.date_time(&stored.created_at),
        conversation: format!("/conversas/{}", stored.conversation),
        stage,
        tiles: tiles(quote, wall),
        reasons: Vec::new(),
        decision: None,
        edit: None,
        lines: quote.lines().iter().map(Line::from).collect(),
        sums: sums(quote),
        missing: (!unknown.is_empty()).then(|| unknown.join(", ")),
        facts: facts(order, wall),
        book_version: quote.price_book_version().to_string(),
        trace: trace(quote),
    }
}

/// The reasons for which a person had to look.
fn reasons(approval: &Approval, stored: &StoredQuote, catalog: &Catalog) -> Vec<Reason> {
    let quote = &stored.offer.quote;
    approval.reasons.iter().map(|reason| Reason::of_quote(reason, quote, catalog)).collect()
}

/// What they decided, and who; none while it waits.
fn decision(approval: &Approval, by: Option<String>, wall: &Wall) -> Option<String> {
    let (at, outcome, _) = approval.closed.as_ref()?;
    let (_, _, became) = words::outcome(outcome);
    let by = by.map(|name| format!(" por {name}")).unwrap_or_default();
    Some(format!("Orçamento {became}{by} · {}", wall.date_time(at)))
}

fn tiles(quote: &Quote, wall: &Wall) -> Vec<Tile> {
    let tile = |value, label| Tile { value, label, href: "", tone: Tone::Plain, private: false };
    vec![
        tile(format::brl(quote.total()), "total"),
        Tile { private: true, ..tile(margin(quote.margin_pct()), "margem") },
        tile(freight(quote), "frete"),
        tile(wall.short(&quote.valid_until()), "válido até"),
    ]
}

fn facts(order: &Order, wall: &Wall) -> Vec<Pair> {
    let mut facts = vec![
        Pair::new("Local", words::place(order.place.as_ref())),
        Pair::new("Pagamento", words::payment(order.payment.as_ref())),
    ];
    let delivery = words::delivery(order.delivery.as_ref(), wall);
    facts.extend(delivery.map(|when| Pair::new("Entrega", when)));
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
