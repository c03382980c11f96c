//! The store's words for what the core knows by a code, in pt-BR.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use orcazap_core::approval;
use orcazap_core::authority::Role;
use orcazap_core::catalog::Sku;
use orcazap_core::conversation::{HandOverReason, LostReason, State};
use orcazap_core::order::Delivery;
use orcazap_core::{Catalog, Payment, PaymentMethod, Place, Quote, Unit};
use orcazap_store::{Contact, QuoteEntry};
use orcazap_whatsapp::cost::Category;
use orcazap_whatsapp::wording::Wording;
use serde::Serialize;

use super::format::{self, Wall};

/// How something is colored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tone {
    Plain,
    Good,
    Info,
    Warn,
    Bad,
}

/// A short colored label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Badge {
    pub(crate) label: &'static str,
    pub(crate) tone: Tone,
}

impl Badge {
    pub(crate) const fn plain(label: &'static str) -> Self {
        Self { label, tone: Tone::Plain }
    }

    pub(crate) const fn good(label: &'static str) -> Self {
        Self { label, tone: Tone::Good }
    }

    pub(crate) const fn info(label: &'static str) -> Self {
        Self { label, tone: Tone::Info }
    }

    pub(crate) const fn warn(label: &'static str) -> Self {
        Self { label, tone: Tone::Warn }
    }

    pub(crate) const fn bad(label: &'static str) -> Self {
        Self { label, tone: Tone::Bad }
    }
}

/// A fact with its name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Pair {
    label: &'static str,
    value: String,
}

impl Pair {
    pub(crate) fn new(label: &'static str, value: impl Into<String>) -> Self {
        Self { label, value: value.into() }
    }
}

/// Why a person must look, as that person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Reason {
    pub(crate) title: &'static str,
    pub(crate) detail: String,
    /// Whether the detail tells what only who sees costs may see.
    pub(crate) private: bool,
    /// Whether whoever changed the quote has not seen it yet.
    pub(crate) new: bool,
}

impl Reason {
    #[cfg(test)]
    pub(super) fn sample() -> Self {
        let detail = "Mínimo 12 %, este tem 8 %.".to_owned();
        Self { title: "Margem baixa", detail, private: true, new: true }
    }

    /// A reason with its figures, products named as in a quote; what would serve in
    /// their place is in the catalogue alone.
    pub(crate) fn of_quote(reason: &approval::Reason, quote: &Quote, catalog: &Catalog) -> Self {
        let told = reason.explain(format::PAGES, |sku| name_in(quote, catalog, sku));
        let private = reason.is_confidential();
        Self { title: told.title, detail: told.detail, private, new: false }
    }
}

/// A product as a quote names it, else as the catalogue does, else by its code.
pub(crate) fn name_in(quote: &Quote, catalog: &Catalog, sku: &Sku) -> String {
    let line = quote.lines().iter().find(|line| line.product.sku == *sku);
    let product = || catalog.get(sku).map(|product| product.name.clone());
    let name = line.map(|line| line.product.name.to_string()).or_else(product);
    name.unwrap_or_else(|| sku.to_string())
}

/// A role, as a person reads it.
pub(crate) fn role(role: Role) -> &'static str {
    format::PAGES.role(role)
}

/// A conversation's state.
pub(crate) fn state(state: &State) -> Badge {
    match state {
        State::New => Badge::plain("Nova"),
        State::Capturing => Badge::info("Montando pedido"),
        State::AwaitingApproval { .. } => WAITS,
        State::Quoted { .. } => Badge::info("Orçamento enviado"),
        State::Negotiating { .. } => Badge::info("Negociando"),
        State::HandedOver { .. } => Badge::bad("Com atendente"),
        State::Won { .. } => Badge::good("Pedido fechado"),
        State::Lost { .. } => Badge::plain("Encerrada"),
    }
}

/// What a quote in the queue is.
pub(crate) const WAITS: Badge = Badge::warn("Aguarda aprovação");

/// What a quote that does not wait in the queue has come to.
pub(crate) fn stage(entry: &QuoteEntry, now: DateTime<Utc>) -> Badge {
    let over = entry.valid_until < now;
    match entry.delivery.as_deref() {
        _ if entry.accepted => Badge::good("Aceito"),
        None => Badge::plain("Não enviado"),
        Some("failed" | "dropped") => Badge::bad("Não entregue"),
        Some("held" | "uncertain") => Badge::warn("Sem confirmação"),
        Some(_) if over => Badge::plain("Vencido"),
        Some("queued" | "attempting") => Badge::info("Enviando"),
        Some("read") => Badge::info("Lido"),
        Some(_) => Badge::info("Enviado"),
    }
}

/// How far a message of the store got.
pub(crate) fn sending(state: &str) -> Badge {
    match state {
        "queued" | "attempting" => Badge::plain("enviando"),
        "sent" => Badge::plain("enviada"),
        "delivered" => Badge::plain("entregue"),
        "read" => Badge::good("lida"),
        "dropped" => Badge::plain("não enviada"),
        "uncertain" | "held" => Badge::bad("sem confirmação"),
        _ => Badge::bad("não entregue"),
    }
}

/// Why a message of the store did not go out.
pub(crate) fn stuck(state: &str, error: Option<&str>) -> Option<String> {
    let usual = match state {
        "held" => "Não sabemos se chegou ao cliente. Confira no WhatsApp antes de enviar de novo",
        "failed" => "O WhatsApp não entregou",
        _ => return None,
    };
    let mut reason = error.unwrap_or(usual).trim().trim_end_matches('.').to_owned();
    if let Some(first) = reason.chars().next() {
        reason.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    Some(format!("{reason}."))
}

/// What a message was for.
pub(crate) fn purpose(kind: &str) -> &'static str {
    match kind {
        "quote" => "Orçamento que não saiu",
        "question" => "Pergunta que não saiu",
        "person" => "Resposta de atendente que não saiu",
        "template" => "Modelo que não saiu",
        _ => "Mensagem que não saiu",
    }
}

/// As what the platform charges a message: its name, and what it is.
pub(crate) fn category(category: Category) -> (&'static str, &'static str) {
    match category {
        Category::Service => ("Respostas", "dentro de 24 horas da mensagem do cliente"),
        Category::Utility => ("Avisos", "modelos sobre o pedido do cliente"),
        Category::Marketing => ("Marketing", "modelos de oferta e lembrete"),
        Category::Authentication => ("Códigos", "modelos com código de acesso"),
    }
}

/// A month: `novembro de 2026`.
pub(crate) fn month(day: NaiveDate) -> String {
    format!("{} de {}", format::month_name(day), day.year())
}

/// Why a customer's file is not here, and what to do.
pub(crate) fn lost_file(reason: &str) -> &'static str {
    match reason {
        "too_large" => "O arquivo é grande demais para guardar aqui. Veja no celular da loja.",
        "changed" => "O arquivo chegou danificado. Peça ao cliente que envie de novo.",
        "gone" => "O WhatsApp não tem mais o arquivo. Peça ao cliente que envie de novo.",
        _ => "Não foi possível baixar o arquivo. Peça ao cliente que envie de novo.",
    }
}

/// What a message without words is.
pub(crate) fn kind(kind: &str) -> &'static str {
    match kind {
        "audio" => "🎤 Áudio",
        "image" => "📷 Foto",
        "video" => "🎬 Vídeo",
        "document" => "📄 Documento",
        "sticker" => "Figurinha",
        "location" => "📍 Localização",
        "contacts" => "Contato",
        "reaction" => "Reação",
        "system" => "O cadastro do cliente no WhatsApp mudou",
        "edit" => "Mensagem editada",
        "revoke" => "Mensagem apagada pelo cliente",
        "media_placeholder" => "Arquivo de uma conversa antiga",
        "order" => "🛒 Carrinho do catálogo",
        "unsupported" => "O WhatsApp não mostra esta mensagem aqui; veja no celular da loja",
        _ => "Mensagem sem texto",
    }
}

/// What became of a quote in the queue: icon, tone and words.
pub(crate) fn outcome(code: &str) -> (&'static str, Tone, &'static str) {
    match code {
        "approved" => ("check", Tone::Good, "aprovado e enviado"),
        "edited" => ("check", Tone::Good, "alterado, aprovado e enviado"),
        "rejected" => ("cross", Tone::Bad, "recusado"),
        _ => ("clock", Tone::Plain, "saiu da fila: o pedido mudou"),
    }
}

/// A customer by the name they gave themselves, else by their number.
pub(crate) fn customer(contact: &Contact) -> String {
    let named = contact.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    match (named, contact.key.phone()) {
        (Some(name), _) => name.to_owned(),
        (None, Some(phone)) => format::phone(phone.digits()),
        (None, None) => "Cliente sem nome".to_owned(),
    }
}

/// The states a list of conversations can be narrowed to.
pub(crate) const STATES: [(&str, &str); 7] = [
    ("awaiting_approval", "Aguardam aprovação"),
    ("handed_over", "Com atendente"),
    ("capturing", "Montando pedido"),
    ("quoted", "Orçamento enviado"),
    ("negotiating", "Negociando"),
    ("won", "Fechadas"),
    ("lost", "Encerradas"),
];

/// What a state means for the person who looks at it.
pub(crate) fn state_hint(state: &State) -> &'static str {
    match state {
        State::New => "O assistente espera o primeiro pedido.",
        State::Capturing => "O assistente está montando o pedido com o cliente.",
        State::AwaitingApproval { .. } => "Um orçamento espera a sua aprovação.",
        State::Quoted { .. } => "O orçamento foi enviado; a palavra é do cliente.",
        State::Negotiating { .. } => "O cliente respondeu ao orçamento com um pedido de mudança.",
        State::HandedOver { reason, .. } => hand_over(*reason),
        State::Won { .. } => "O cliente aceitou. A próxima mensagem abre um pedido novo.",
        State::Lost { reason, .. } => lost(reason),
    }
}

/// Why a person has a conversation.
pub(crate) fn hand_over(reason: HandOverReason) -> &'static str {
    match reason {
        HandOverReason::Asked => "O cliente pediu para falar com uma pessoa.",
        HandOverReason::TakenOver => "Uma pessoa da loja assumiu a conversa.",
        HandOverReason::Talking => "Uma pessoa da loja está conversando com o cliente.",
        HandOverReason::Question => "O cliente fez uma pergunta que não é pedido.",
        HandOverReason::NotUnderstood => "O assistente perguntou duas vezes e não entendeu.",
        HandOverReason::Media => "O cliente mandou áudio, foto ou documento.",
        HandOverReason::Rejected => "O orçamento foi recusado pela loja.",
        HandOverReason::CannotPrice => "O pedido não pode ser precificado sozinho.",
        HandOverReason::AfterSale => "O cliente escreveu sobre um pedido já fechado.",
        HandOverReason::Undelivered => "O orçamento não chegou ao cliente.",
    }
}

fn lost(reason: &LostReason) -> &'static str {
    match reason {
        LostReason::Declined { .. } => "O cliente não quis o orçamento.",
        LostReason::Cancelled => "O cliente cancelou o pedido.",
        LostReason::Expired => "O orçamento venceu sem resposta.",
        LostReason::Idle => "O cliente parou de responder.",
        LostReason::OptedOut => "O cliente não quer receber mensagens.",
        LostReason::ClosedByPerson => "Uma pessoa da loja encerrou.",
    }
}

/// How a store's people read what its customers are told: in our words, not the
/// store's own.
static OURS: LazyLock<Wording> = LazyLock::new(|| Wording::new("OrcaZap"));

/// A payment: `Cartão de crédito em 3x`, `Boleto para 30 dias`.
pub(crate) fn payment(payment: Option<&Payment>) -> String {
    payment.map_or_else(unsaid, |payment| format::PAGES.payment(*payment))
}

/// A place: `Entrega em Centro, CEP 01310-100`.
pub(crate) fn place(place: Option<&Place>) -> String {
    place.map_or_else(unsaid, |place| format::PAGES.place(place))
}

fn unsaid() -> String {
    "Não informado".to_owned()
}

/// When the goods are wanted; `None` when nobody said.
pub(crate) fn delivery(delivery: Option<&Delivery>, wall: &Wall) -> Option<String> {
    OURS.delivery(*delivery?, wall.local())
}

/// A way of paying by itself: `Cartão de crédito`.
pub(crate) fn method(method: PaymentMethod) -> String {
    payment(Some(&Payment::by(method)))
}

/// A unit by itself: `saco`.
pub(crate) fn unit(unit: Unit) -> &'static str {
    let [one, _] = format::PAGES.unit(unit);
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use orcazap_core::order::Period;

    #[test]
    fn a_message_that_did_not_go_out_says_why() {
        assert_eq!(stuck("sent", None), None);
        assert_eq!(stuck("held", Some("é tarde")).unwrap(), "É tarde.");
        assert!(stuck("held", None).unwrap().ends_with("de novo."));
        assert_eq!(stuck("failed", Some("131026: não.")).unwrap(), "131026: não.");
        assert_eq!(month("2026-03-01".parse().unwrap()), "março de 2026");
    }

    #[test]
    fn payments_places_and_days_are_said_as_in_the_store() {
        let card = Payment::by_card_in(3.try_into().unwrap());
        assert_eq!(payment(Some(&card)), "Cartão de crédito em 3x");
        let said = |json| place(Some(&serde_json::from_str(json).unwrap()));
        assert_eq!(said(r#"{"bairro":"Centro"}"#), "Entrega em Centro");
        let map = r#"{"point":{"lat":"-23.5","lon":"-46.6"}}"#;
        assert_eq!(said(map), "Entrega no local marcado no mapa");
        let wanted = Delivery { asap: true, period: Some(Period::Morning), ..Delivery::default() };
        let wall = Wall { zone: chrono_tz::America::Sao_Paulo, now: DateTime::UNIX_EPOCH };
        assert_eq!(delivery(Some(&wanted), &wall).unwrap(), "o quanto antes, de manhã");
        assert_eq!(delivery(Some(&Delivery::default()), &wall), None);
    }
}
