//! One conversation: its messages, what was understood, and what a person can do.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use orcazap_core::authority::Role;
use orcazap_core::conversation::{Held, State};
use orcazap_core::{Catalog, Conversation};
use orcazap_store::{
    ConversationEntry, ConversationId, Direction, MAX_PAGE, Media, MediaState, MessageEntry, Page,
};

use super::prices::prices;
use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::http::store::costs;
use crate::http::store::paging::{self, Before};
use crate::http::store::quotes::list::row;
use crate::views::conversations::{Act, File, FileShow, Message, Show, Side, Stuck};
use crate::views::emphasis::spans;
use crate::views::format::{self, Wall};
use crate::views::frame::Section;
use crate::views::quotes::Row;
use crate::views::words::{self, Badge, Pair};

/// How many messages are shown at once.
const MESSAGES: u16 = 60;

/// What a person typed, and why it was not sent.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) text: String,
    pub(super) fault: &'static str,
}

/// The page.
pub(in crate::http::store) async fn show(
    desk: Desk,
    Path(id): Path<String>,
    Query(before): Query<Before>,
) -> Result<Response, PageError> {
    render(&desk, paging::id(&id)?, &before, None).await
}

/// The page, with a reply that was refused.
pub(super) async fn refused(
    desk: &Desk,
    id: ConversationId,
    refused: Refused,
) -> Result<Response, PageError> {
    let mut response = render(desk, id, &Before::default(), Some(refused)).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn render(
    desk: &Desk,
    id: ConversationId,
    before: &Before,
    refused: Option<Refused>,
) -> Result<Response, PageError> {
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let wall = desk.wall().await?;
    let mut tx = desk.tx().await?;
    let entry = tx.find_conversation(id).await?.ok_or(PageError::NotFound)?;
    let messages = tx.list_messages(id, before.cursor()?.as_ref(), MESSAGES).await?;
    let quotes = tx.list_quotes(Some(id), None, 10).await?.items;
    let queue = tx.list_open_approvals(None, MAX_PAGE).await?.items;
    let cost = match desk.staff.role {
        Role::Owner => {
            costs::of_conversation(&mut tx, id, &desk.app.config.graph.prices, desk.now).await?
        }
        Role::Manager | Role::Attendant => None,
    };
    drop(tx);
    let quotes = quotes.iter().map(|entry| row(entry, &queue, &wall)).collect();
    let older = before.pager(&format!("/conversas/{id}"), &messages).next;
    let mut page = page(&entry, &messages, quotes, &shop.catalog, &wall);
    page.older = older;
    page.prices = prices(desk, &shop.book, entry.contact.buyer.as_ref());
    page.cost = cost;
    if let Some(Refused { text, fault }) = refused {
        page.text = text;
        page.error = Some(fault);
    }
    desk.show(Section::Conversations, &page).await
}

fn page(
    entry: &ConversationEntry,
    messages: &Page<MessageEntry>,
    quotes: Vec<Row>,
    catalog: &Catalog,
    wall: &Wall,
) -> Show {
    let conversation = &entry.conversation;
    let phone = entry.contact.key.phone();
    Show {
        id: entry.id.to_string(),
        customer: words::customer(&entry.contact),
        phone: phone.map_or_else(|| "Número oculto".to_owned(), |p| format::phone(p.digits())),
        number: conversation.number.to_string(),
        state: words::state(&conversation.state),
        state_hint: words::state_hint(&conversation.state),
        error: None,
        older: None,
        messages: messages.items.iter().rev().map(|entry| message(entry, wall)).collect(),
        can_reply: !conversation.opted_out,
        reply_hint: "O cliente pediu para não receber mensagens.",
        text: String::new(),
        acts: acts(conversation),
        understood: understood(conversation, catalog, wall),
        prices: None,
        quotes,
        cost: None,
    }
}

fn message(entry: &MessageEntry, wall: &Wall) -> Message {
    let file = entry.media.as_ref().map(file);
    let text = entry.text.clone().filter(|text| !text.trim().is_empty());
    // A picture or a player that is shown needs no words that name it.
    let named = file.as_ref().is_some_and(|file| file.show != FileShow::Note);
    let kind = if named { "" } else { words::kind(&entry.kind) };
    let text = text.unwrap_or_else(|| kind.to_owned());
    let (side, who, status, stuck) = match &entry.direction {
        Direction::In => (Side::In, "Cliente", None, None),
        Direction::Standby => {
            (Side::In, "Cliente", Some(Badge::bad("com o assistente da Meta")), None)
        }
        Direction::Phone => (Side::Out, "Loja", Some(Badge::plain("pelo celular da loja")), None),
        Direction::Out { state, error, written_by } => {
            let who = if written_by.is_some() { "Atendente" } else { "Assistente" };
            let reason = words::stuck(state, error.as_deref());
            let stuck = reason.map(|reason| Stuck { id: entry.id.to_string(), reason });
            (Side::Out, who, Some(words::sending(state)), stuck)
        }
    };
    let at = wall.short(&entry.at);
    Message { side, who: who.to_owned(), spans: spans(&text), at, status, stuck, file }
}

fn file(media: &Media) -> File {
    let (show, note) = match &media.state {
        MediaState::Waiting => (FileShow::Note, "Baixando o arquivo…".to_owned()),
        MediaState::Lost { reason } => (FileShow::Note, words::lost_file(reason).to_owned()),
        MediaState::Kept { content_type, size } => {
            let show = match content_type.split('/').next() {
                Some("image") => FileShow::Picture,
                Some("audio") => FileShow::Sound,
                Some("video") => FileShow::Film,
                _ => FileShow::Link,
            };
            (show, format::bytes(*size))
        }
    };
    let name = media.file_name.clone().unwrap_or_else(|| words::kind(&media.kind).to_owned());
    File { id: media.id.to_string(), name, show, note }
}

/// What a person can do with a conversation as it is.
fn acts(conversation: &Conversation) -> Vec<Act> {
    let act = |path: String, label, tone| Act { path, label, tone };
    let mut acts = Vec::new();
    let sent = match &conversation.state {
        State::Quoted { offer } | State::Negotiating { offer } => Some(offer),
        State::HandedOver { held: Some(Held::Sent { offer }), .. } => Some(offer),
        _ => None,
    };
    match &conversation.state {
        State::HandedOver { .. } => {
            acts.push(act("devolver".to_owned(), "Devolver ao assistente", "primary"));
        }
        state if !state.is_closed() => {
            acts.push(act("assumir".to_owned(), "Assumir a conversa", "primary"));
        }
        _ => {}
    }
    if let Some(offer) = sent {
        let path = format!("fechar-{}", offer.quote_ref.revision);
        acts.push(act(path, "Registrar pedido fechado", ""));
    }
    if !conversation.state.is_closed() {
        acts.push(act("encerrar".to_owned(), "Encerrar sem pedido", "danger"));
    }
    acts
}

fn understood(conversation: &Conversation, catalog: &Catalog, wall: &Wall) -> Vec<Pair> {
    let draft = &conversation.draft;
    let items: Vec<_> = draft
        .items
        .iter()
        .map(|item| {
            let product = catalog.get(&item.sku);
            let name = product.map_or(item.sku.as_str(), |product| product.name.as_str());
            match (item.qty, product) {
                (Some(qty), Some(product)) => {
                    format!("{} · {name}", format::amount(qty, product.unit))
                }
                (Some(qty), None) => format!("{} · {name}", format::number(qty.as_decimal())),
                (None, _) => format!("{name} (falta a quantidade)"),
            }
        })
        .collect();
    let texts = |texts: Vec<&str>| texts.join("\n");
    let ambiguous = texts(draft.ambiguous.iter().map(|ask| ask.text.as_str()).collect());
    let unknown = texts(draft.unknown.iter().map(|ask| ask.text.as_str()).collect());
    let place = draft.place.as_ref().map(|place| words::place(Some(place)));
    let payment = draft.payment.as_ref().map(|payment| words::payment(Some(payment)));
    [
        ("Itens", Some(items.join("\n"))),
        ("Mais de um produto serve", Some(ambiguous)),
        ("Não encontrado", Some(unknown)),
        ("Local", place),
        ("Pagamento", payment),
        ("Entrega", words::delivery(draft.delivery.as_ref(), wall)),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some(Pair::new(label, value.filter(|v| !v.is_empty())?)))
    .collect()
}
