//! The store's words for what the core knows by a code, in pt-BR.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use orcazap_core::approval;
use orcazap_core::authority::{Limit, Role};
use orcazap_core::catalog::Sku;
use orcazap_core::conversation::{HandOverReason, LostReason, State};
use orcazap_core::order::Delivery;
use orcazap_core::{Payment, Place, Quantity, Quote, Unit};
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
}

impl Reason {
    #[cfg(test)]
    pub(super) fn sample() -> Self {
        let detail = "Mínimo 12 %, este tem 8 %.".to_owned();
        Self { title: "Margem baixa", detail, private: true }
    }

    /// A reason with its figures, products named as in a quote.
    pub(crate) fn of_quote(reason: &approval::Reason, quote: &Quote) -> Self {
        let name = |sku: &Sku| {
            let line = quote.lines().iter().find(|line| line.sku == *sku);
            line.map_or_else(|| sku.to_string(), |line| line.name.to_string())
        };
        Self::new(reason, &name)
    }

    /// What a reason is called.
    pub(crate) fn title_of(reason: &approval::Reason) -> &'static str {
        Self::new(reason, &Sku::to_string).title
    }

    /// A reason with its figures; `name` gives a product's name.
    pub(crate) fn new(reason: &approval::Reason, name: &dyn Fn(&Sku) -> String) -> Self {
        let names = |skus: &[Sku]| skus.iter().map(name).collect::<Vec<_>>().join("; ");
        let quoted = |texts: &[String]| {
            texts.iter().map(|text| format!("“{text}”")).collect::<Vec<_>>().join(", ")
        };
        let (title, detail) = match reason {
            approval::Reason::UnknownItem { texts } => {
                ("Item não encontrado no catálogo", format!("O cliente pediu {}.", quoted(texts)))
            }
            approval::Reason::AmbiguousItem { texts } => {
                ("Mais de um produto serve", format!("O cliente pediu {}.", quoted(texts)))
            }
            approval::Reason::LowMargin { min, found } => (
                "Margem abaixo do mínimo",
                format!(
                    "Este orçamento tem {}; o mínimo da loja é {}.",
                    margin(*found),
                    format::percent(min.as_decimal())
                ),
            ),
            approval::Reason::LowLineMargin { min, lines } => {
                let found: Vec<_> = lines
                    .iter()
                    .map(|(sku, found)| format!("{} tem {}", name(sku), margin(*found)))
                    .collect();
                let min = format::percent(min.as_decimal());
                (
                    "Item com margem abaixo do mínimo",
                    format!("{}; o mínimo por item é {min}.", found.join("; ")),
                )
            }
            approval::Reason::HighValue { max, found } => (
                "Valor acima do limite automático",
                format!(
                    "O total é {}; sozinho sai até {}.",
                    format::brl(*found),
                    format::brl(*max)
                ),
            ),
            approval::Reason::NoFreightRule { place } => {
                let place = place.as_ref().map(|place| format!("{}. ", self::place(Some(place))));
                let advice = "Informe o frete ao editar, ou cadastre uma regra para esta região.";
                (
                    "Sem regra de frete para o local",
                    format!("{}{advice}", place.unwrap_or_default()),
                )
            }
            approval::Reason::CreditSale { payment } => {
                let how = match payment {
                    Some(payment) => self::payment(Some(payment)),
                    None => "O cliente quer pagar depois".to_owned(),
                };
                ("Venda a prazo", format!("{how}. Confira o crédito do cliente."))
            }
            approval::Reason::OutOfStock { short } => {
                let short: Vec<_> = short
                    .iter()
                    .map(|product| {
                        format!(
                            "{}: pedido {}, há {}",
                            name(&product.sku),
                            format::number(product.asked.as_decimal()),
                            format::number(product.available.as_decimal())
                        )
                    })
                    .collect();
                ("Estoque insuficiente", format!("{}.", short.join("; ")))
            }
            approval::Reason::BelowMinimum { min, found } => (
                "Abaixo do pedido mínimo",
                format!(
                    "Os produtos somam {}; o mínimo é {}.",
                    format::brl(*found),
                    format::brl(*min)
                ),
            ),
            approval::Reason::LargeQuantity { lines } => {
                let lines: Vec<_> = lines
                    .iter()
                    .map(|(sku, max, asked)| {
                        format!(
                            "{}: pedido {}, sozinho sai até {}",
                            name(sku),
                            format::number(asked.as_decimal()),
                            format::number(max.as_decimal())
                        )
                    })
                    .collect();
                ("Quantidade fora do comum", format!("{}.", lines.join("; ")))
            }
            approval::Reason::OffStep { skus, steps } if skus.len() == steps.len() => {
                let of = |(sku, step): (&Sku, &Quantity)| {
                    format!(
                        "{}: vende-se em múltiplos de {}",
                        name(sku),
                        format::number(step.as_decimal())
                    )
                };
                let found: Vec<_> = skus.iter().zip(steps).map(of).collect();
                ("Quantidade fora do múltiplo de venda", format!("{}.", found.join("; ")))
            }
            approval::Reason::OffStep { skus, .. } => {
                ("Quantidade fora do múltiplo de venda", format!("{}.", names(skus)))
            }
            approval::Reason::AssistedReading => (
                "Leitura assistida",
                "O pedido veio de áudio ou imagem. Confira com a mensagem original.".to_owned(),
            ),
            approval::Reason::PriceOverride => {
                ("Preço alterado à mão", "Alguém mudou um preço ou o frete.".to_owned())
            }
            approval::Reason::StaleCost { skus, ages, max_days } => {
                let of = |(at, sku)| match ages.get(at) {
                    Some(Some(age)) => format!("{}: custo de {} atrás", name(sku), days(*age)),
                    Some(None) => format!("{}: custo ou data do custo sem informar", name(sku)),
                    None => name(sku),
                };
                let found: Vec<_> = skus.iter().enumerate().map(of).collect();
                let max = max_days.map(|max| format!("; o limite é de {}", days(i64::from(max))));
                let found = found.join("; ");
                ("Custo desconhecido ou antigo", format!("{found}{}.", max.unwrap_or_default()))
            }
            approval::Reason::Rehearsal => (
                "Loja em ensaio",
                "Durante o ensaio, todo orçamento passa por uma pessoa.".to_owned(),
            ),
            approval::Reason::SecondPerson { .. } => {
                ("Precisa de uma segunda pessoa", second_person(reason).unwrap_or_default())
            }
        };
        let private = matches!(
            reason,
            approval::Reason::LowMargin { .. } | approval::Reason::LowLineMargin { .. }
        );
        Self { title, detail, private }
    }
}

/// `1 dia`, `40 dias`.
fn days(count: i64) -> String {
    if count == 1 { "1 dia".to_owned() } else { format!("{count} dias") }
}

/// What was given away, by whom, and how much they may give away alone; `None` for
/// other reasons.
pub(crate) fn second_person(reason: &approval::Reason) -> Option<String> {
    let approval::Reason::SecondPerson { by, limit, found } = reason else { return None };
    let pct = found.pct().map_or(String::new(), |pct| format!(" ({})", format::percent(pct)));
    let given = format!("São {}{pct} abaixo da tabela", format::brl(found.amount));
    Some(match by {
        Some(by) => {
            format!("{given}; {} decide sozinho até {}.", role(by.role), self::limit(limit))
        }
        None => format!("{given}."),
    })
}

/// A role, as a person reads it.
pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "dono",
        Role::Manager => "gerente",
        Role::Attendant => "atendente",
    }
}

/// How much somebody may give away alone.
pub(crate) fn limit(limit: &Limit) -> String {
    let pct = limit.max_pct.map(|max| format::percent(max.as_decimal()));
    let amount = limit.max_amount.map(format::brl);
    match (pct, amount) {
        (Some(pct), Some(amount)) => format!("{pct} e {amount}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "qualquer valor".to_owned(),
    }
}

/// A margin; goods given away have none that could be divided out.
pub(crate) fn margin(found: Option<rust_decimal::Decimal>) -> String {
    found.map_or_else(|| "margem negativa".to_owned(), format::percent)
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
    payment.map_or_else(|| "Não informado".to_owned(), |payment| OURS.payment(*payment))
}

/// A place: `Entrega no bairro Centro, CEP 01310-100`.
pub(crate) fn place(place: Option<&Place>) -> String {
    match place {
        None => "Não informado".to_owned(),
        Some(Place::Pickup) => "Retirada na loja".to_owned(),
        Some(Place::Address(address)) => match (address.bairro(), address.cep()) {
            (Some(bairro), Some(cep)) => format!("Entrega em {}, CEP {cep}", bairro.as_str()),
            (Some(bairro), None) => format!("Entrega em {}", bairro.as_str()),
            (None, Some(cep)) => format!("Entrega no CEP {cep}"),
            (None, None) => "Entrega no local marcado no mapa".to_owned(),
        },
    }
}

/// When the goods are wanted; `None` when nobody said.
pub(crate) fn delivery(delivery: Option<&Delivery>, wall: &Wall) -> Option<String> {
    OURS.delivery(*delivery?, wall.local())
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
    use orcazap_core::{Money, PaymentMethod};

    #[test]
    fn a_reason_names_the_figures_that_caused_it() {
        let name = |_: &Sku| "Cimento".to_owned();
        let reason = approval::Reason::LowMargin {
            min: "12".parse().unwrap(),
            found: Some(rust_decimal::Decimal::new(814, 2)),
        };
        let shown = Reason::new(&reason, &name);
        assert_eq!(shown.detail, "Este orçamento tem 8,14%; o mínimo da loja é 12%.");
        let reason = approval::Reason::HighValue {
            max: Money::from_centavos(500_000),
            found: Money::from_centavos(812_345),
        };
        let shown = Reason::new(&reason, &name);
        assert!(shown.detail.contains("8.123,45") && shown.detail.contains("5.000,00"));
        let short = approval::Shortage {
            sku: "A".parse().unwrap(),
            asked: "30".parse().unwrap(),
            available: "12.5".parse().unwrap(),
            substitutes: Vec::new(),
        };
        let reason = approval::Reason::OutOfStock { short: vec![short] };
        assert_eq!(Reason::new(&reason, &name).detail, "Cimento: pedido 30, há 12,5.");
    }

    #[test]
    fn a_reason_says_how_it_is_paid_where_it_goes_and_how_old_a_cost_is() {
        let detail = |json| {
            let reason = serde_json::from_str(json).unwrap();
            Reason::new(&reason, &|_: &Sku| "Areia".to_owned()).detail
        };
        let credit = detail(r#"{"code":"credit_sale","payment":{"method":"boleto","days":30}}"#);
        assert_eq!(credit, "Boleto para 30 dias. Confira o crédito do cliente.");
        let credit = detail(r#"{"code":"credit_sale"}"#);
        assert_eq!(credit, "O cliente quer pagar depois. Confira o crédito do cliente.");
        let freight = detail(r#"{"code":"no_freight_rule","place":{"bairro":"Centro"}}"#);
        assert!(freight.starts_with("Entrega em Centro. Informe o frete"), "{freight}");
        assert!(detail(r#"{"code":"no_freight_rule"}"#).starts_with("Informe"));
        let step = detail(r#"{"code":"off_step","skus":["A"],"steps":["2.5"]}"#);
        assert_eq!(step, "Areia: vende-se em múltiplos de 2,5.");
        assert_eq!(detail(r#"{"code":"off_step","skus":["A"]}"#), "Areia.");
        let old = detail(r#"{"code":"stale_cost","skus":["A"],"ages":[40],"max_days":30}"#);
        assert_eq!(old, "Areia: custo de 40 dias atrás; o limite é de 30 dias.");
        let unknown = detail(r#"{"code":"stale_cost","skus":["A"],"ages":[null]}"#);
        assert_eq!(unknown, "Areia: custo ou data do custo sem informar.");
        assert_eq!(detail(r#"{"code":"stale_cost","skus":["A"]}"#), "Areia.");
    }

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
        let mut card = Payment::by(PaymentMethod::CreditCard);
        card.installments = Some(3);
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
