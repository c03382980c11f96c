//! The answer to an act on a quote that waited.
//!
//! To htmx it is the card as it is now: done, or still waiting with what was
//! wrong. A plain form gets a redirect, or the page of the queue with the card in
//! it. Who comes second, sees what became of it.

use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use orcazap_core::Reason;
use orcazap_core::authority::Refusal;
use orcazap_core::conversation::{Act, QuoteRef, State, StepError};
use orcazap_store::{Approval, ApprovalId};

use super::card::Waiting;
use crate::acts::{ActError, perform};
use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::views::approvals::{Card, Done, Queue};
use crate::views::format::{self, Wall};
use crate::views::frame::Section;
use crate::views::words::{self, Tone};

/// The approval with an id, in this store.
pub(super) async fn find(desk: &Desk, id: &str) -> Result<Approval, PageError> {
    let id: ApprovalId = super::super::paging::id(id)?;
    desk.tx().await?.find_approval(id).await?.ok_or(PageError::NotFound)
}

/// Carries an act out and answers.
pub(super) async fn settle(
    desk: &Desk,
    waiting: Waiting,
    act: Act,
    refused: impl FnOnce(&mut Card, &'static str),
) -> Result<Response, PageError> {
    let id = waiting.approval.id.to_string();
    let done = perform(&desk.app, &desk.by(), waiting.approval.conversation, act).await;
    let fault = match done {
        Ok(after) => {
            if let State::AwaitingApproval { offer, reasons, .. } = &after.state
                && offer.quote_ref != waiting.approval.quote_ref
            {
                return waits_again(desk, &id, offer.quote_ref, reasons).await;
            }
            None
        }
        Err(ActError::NoConversation) => return Err(PageError::NotFound),
        Err(ActError::Step(error)) => Some(explain(&error)),
        Err(error) => return Err(error.into()),
    };
    let approval = find(desk, &id).await?;
    if approval.closed.is_some() {
        return closed(desk, &approval).await;
    }
    let mut card = Waiting { approval, ..waiting }.card(&desk.look().await?);
    refused(&mut card, fault.unwrap_or("O orçamento continua na fila. Confira e tente de novo."));
    still_open(desk, card).await
}

/// The answer for a quote that is no longer in the queue.
pub(super) async fn closed(desk: &Desk, approval: &Approval) -> Result<Response, PageError> {
    if !desk.is_htmx() {
        return Ok(Redirect::to(&format!("/orcamentos/{}", approval.quote)).into_response());
    }
    let wall = desk.wall().await?;
    let done = done(desk, approval, &wall).await?;
    let mut response = desk.show(Section::Approvals, &done).await?;
    response.headers_mut().insert("hx-trigger", HeaderValue::from_static("approval-closed"));
    Ok(response)
}

/// The answer to who changed a quote so that it waits once more: for a second person,
/// or for them to look at what is new.
async fn waits_again(
    desk: &Desk,
    id: &str,
    quote_ref: QuoteRef,
    reasons: &[Reason],
) -> Result<Response, PageError> {
    let mut tx = desk.tx().await?;
    let approval = tx.find_approval_at(quote_ref).await?.ok_or(PageError::NotFound)?;
    if !desk.is_htmx() {
        let place = format!("/aprovacoes#aprovacao-{}", approval.id);
        return Ok(Redirect::to(&place).into_response());
    }
    let second = reasons.iter().find(|reason| matches!(reason, Reason::SecondPerson { .. }));
    if let Some(second) = second {
        let done = Done {
            id: id.to_owned(),
            href: "/aprovacoes".to_owned(),
            link: "Ver na fila",
            icon: "clock",
            tone: Tone::Warn,
            title: format!("Orçamento {quote_ref} espera uma segunda pessoa"),
            detail: second.explain(format::PAGES, ToString::to_string).detail,
        };
        return desk.show(Section::Approvals, &done).await;
    }
    let waiting = Waiting::of(&mut tx, approval).await?;
    drop(tx);
    let again = Some("O orçamento mudou e ainda não foi enviado. Confira o que é novo e aprove.");
    let card = Card { again, ..waiting.card(&desk.look().await?) };
    desk.show(Section::Approvals, &card).await
}

/// The answer for a card whose form was not right.
pub(super) async fn still_open(desk: &Desk, card: Card) -> Result<Response, PageError> {
    let mut response = if desk.is_htmx() {
        desk.show(Section::Approvals, &card).await?
    } else {
        desk.show(Section::Approvals, &Queue { cards: vec![card], more: false }).await?
    };
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn done(desk: &Desk, approval: &Approval, wall: &Wall) -> Result<Done, PageError> {
    let (at, outcome, by) = match &approval.closed {
        Some((at, outcome, by)) => (wall.short(at), outcome.as_str(), *by),
        None => (String::new(), "", None),
    };
    let staff = match by {
        Some(by) => desk.tx().await?.find_staff(by).await?,
        None => None,
    };
    let by = staff.map(|staff| format!(" por {}", staff.name)).unwrap_or_default();
    let (icon, tone, became) = words::outcome(outcome);
    let customer = words::customer(&approval.contact);
    Ok(Done {
        id: approval.id.to_string(),
        href: format!("/orcamentos/{}", approval.quote),
        link: "Ver orçamento",
        icon,
        tone,
        title: format!("Orçamento {} {became}", approval.quote_ref),
        detail: match tone {
            Tone::Plain => format!("{customer} · {at}"),
            _ => format!("{customer} ·{by} às {at}"),
        },
    })
}

/// Why an act did not fit, as the person who tried it reads it.
fn explain(error: &StepError) -> &'static str {
    match error {
        StepError::StaleRevision { .. } => {
            "O pedido mudou enquanto você olhava. Confira a versão nova antes de decidir."
        }
        StepError::OptedOut => "O cliente pediu para não receber mensagens; nada pode ser enviado.",
        StepError::NotAllowed(Refusal::NeedsSecondPerson { .. }) => {
            "Você mesmo deu este desconto, e ele passa do seu limite: outra pessoa precisa aprovar."
        }
        StepError::NotAllowed(_) => "Este desconto passa do que você pode aprovar.",
        StepError::NoSuchAsk => "Um dos pedidos em aberto já foi resolvido.",
        StepError::NoSuchLine { .. } => "Um dos itens não está mais no orçamento.",
        StepError::NoEdits => "Nada foi mudado. Para mandar como está, aprove.",
        StepError::NothingLeft => "Deixe pelo menos um item, ou recuse o orçamento.",
        StepError::TooMuchOnTop { .. } => "A quantidade passa do máximo. Confira os números.",
        StepError::CannotPrice { .. } => {
            "Com estes valores o orçamento não fecha. Confira quantidades, preços e frete."
        }
        _ => "A conversa mudou enquanto você olhava. Veja como ela está agora.",
    }
}
