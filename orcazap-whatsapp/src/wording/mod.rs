//! What the assistant says, in Brazilian Portuguese, as WhatsApp messages.
//!
//! One message for one [`Say`] wherever the platform's limits allow: every
//! message costs the store money. Words of a catalogue or a customer never
//! change the look of ours, and nothing of a quote is ever cut.

mod ask;
mod brazil;
mod fit;
mod plain;
mod quote;

use chrono::{DateTime, FixedOffset};
use orcazap_core::conversation::{
    HandOverReason, Occasion, Offer, QuoteNumber, QuoteRef, Reply, Say,
};
use orcazap_core::money::Money;
use orcazap_core::order::{Delivery, Payment};
use serde::{Deserialize, Serialize};

use self::fit::{Press, with_buttons, words};
use crate::send::Message;

/// What a store sets of how its assistant speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The store's name as customers know it.
    pub store: String,
}

impl Wording {
    /// The wording of a store.
    #[must_use]
    pub fn new(store: impl Into<String>) -> Self {
        Self { store: store.into() }
    }
}

/// Why a message is sent. It decides what becomes of it when the answer to its
/// send is lost and no status settles whether it went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A quote.
    Quote,
    /// A question; the order does not go on without its answer.
    Question,
    /// A person takes over, or looks first.
    HandOver,
    /// A person's own words.
    Person,
    /// Thanks, a reminder, a confirmation.
    Courtesy,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: &'static [Self] =
        &[Self::Quote, Self::Question, Self::HandOver, Self::Person, Self::Courtesy];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Question => "question",
            Self::HandOver => "hand_over",
            Self::Person => "person",
            Self::Courtesy => "courtesy",
        }
    }

    /// Whether the message is sent again when nobody knows if it went out. Two
    /// quotes of one number do less harm than none; two thanks do more.
    #[must_use]
    pub fn sends_again_when_uncertain(self) -> bool {
        match self {
            Self::Quote | Self::Question | Self::HandOver | Self::Person => true,
            Self::Courtesy => false,
        }
    }
}

/// A message to send, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingMessage {
    /// Why.
    pub purpose: Purpose,
    /// What.
    pub message: Message,
}

/// The messages that say something, in the order they are sent. Mostly one; more
/// only when the platform's limits leave no choice; never none.
///
/// `now` is in the store's own time: *amanhã* is judged by it.
#[must_use]
pub fn render(say: &Say, wording: &Wording, now: DateTime<FixedOffset>) -> Vec<OutgoingMessage> {
    let purpose = purpose(say);
    let messages = messages(say, wording, now);
    messages.into_iter().map(|message| OutgoingMessage { purpose, message }).collect()
}

fn purpose(say: &Say) -> Purpose {
    match say {
        Say::Quote { .. } => Purpose::Quote,
        Say::Ask { .. } | Say::WhatToChange { .. } | Say::Unclear { .. } => Purpose::Question,
        Say::UnderReview { .. } | Say::Expired { .. } | Say::HandedOver { .. } => Purpose::HandOver,
        Say::Answer { .. } | Say::Person { .. } => Purpose::Person,
        Say::Welcome { .. }
        | Say::StillUnderReview { .. }
        | Say::Accepted { .. }
        | Say::Declined
        | Say::Cancelled
        | Say::FollowUp { .. }
        | Say::OptedOut => Purpose::Courtesy,
    }
}

fn messages(say: &Say, wording: &Wording, now: DateTime<FixedOffset>) -> Vec<Message> {
    match say {
        Say::Welcome { number } => welcome(*number, wording),
        Say::Ask { ask } => ask::messages(ask),
        Say::Quote { offer, occasion } => quote(offer, *occasion, now),
        Say::UnderReview { items, unknown, payment, delivery, .. } => {
            words(&under_review(items, unknown, *payment, *delivery, now))
        }
        Say::StillUnderReview { noted } => {
            let noted = noted.and_then(|day| brazil::delivery(day, now));
            let noted = noted.map_or(String::new(), |day| format!("Anotado: {day}. "));
            words(&format!(
                "{noted}Seu orçamento está com um atendente. Assim que ele liberar, eu mando aqui."
            ))
        }
        Say::Expired { quote_ref } => words(&format!(
            "O orçamento {quote_ref} passou da validade. Um atendente vai conferir os preços \
             de hoje, e eu já mando o novo por aqui."
        )),
        Say::Accepted { quote_ref, total, payment, delivery, pickup } => {
            let accepted = Accepted {
                quote_ref: *quote_ref,
                total: *total,
                payment: *payment,
                delivery: *delivery,
                pickup: *pickup,
            };
            words(&accepted.text(now))
        }
        Say::WhatToChange { quote_ref } => words(&format!(
            "O que você quer mudar no orçamento {quote_ref}? Pode escrever do seu jeito: \
             “tira a areia”, “15 sacos de cimento”, “entrega na sexta”."
        )),
        Say::Unclear { quote_ref } => {
            let text = format!(
                "Não entendi bem. Quer fechar o orçamento {quote_ref}, mudar alguma coisa ou \
                 falar com um atendente?"
            );
            with_buttons(&text, &text, &quote_buttons(*quote_ref))
        }
        Say::Declined => {
            words("Tudo bem, obrigado por consultar a gente. Quando precisar, é só chamar.")
        }
        Say::Cancelled => words("Pedido cancelado. Quando precisar, é só chamar."),
        Say::FollowUp { quote_ref, total, valid_until } => {
            let text = format!(
                "Oi! Ficou alguma dúvida sobre o orçamento {quote_ref}, de *{}*? Ele vale até {}.",
                brazil::money(*total),
                brazil::until(*valid_until)
            );
            with_buttons(&text, &text, &quote_buttons(*quote_ref))
        }
        Say::HandedOver { reason } => words(handed_over(*reason)),
        Say::Answer { text } | Say::Person { text } => words(text),
        Say::OptedOut => words(&format!(
            "Pronto, você não vai mais receber mensagens de {}. Se mudar de ideia, \
             responda VOLTAR.",
            plain::name(&wording.store)
        )),
    }
}

fn welcome(number: QuoteNumber, wording: &Wording) -> Vec<Message> {
    let text = format!(
        "Olá! Sou o assistente virtual de {}. Mande sua lista de materiais, com as \
         quantidades, e eu faço o orçamento na hora. Se já souber, diga também o bairro ou CEP \
         da entrega e como vai pagar.\n\nPor exemplo: “10 sacos de cimento e 500 tijolos, \
         entrega no Centro, Pix”.",
        plain::name(&wording.store)
    );
    with_buttons(&text, "Posso ajudar?", &[human(number)])
}

fn quote(offer: &Offer, occasion: Occasion, now: DateTime<FixedOffset>) -> Vec<Message> {
    let text = quote::text(offer, occasion, now);
    with_buttons(&text, &quote::short(offer), &quote_buttons(offer.quote_ref))
}

/// What a customer can press under a quote.
fn quote_buttons(quote_ref: QuoteRef) -> [Press; 3] {
    [
        Press::new(Reply::Accept(quote_ref), "Fechar pedido"),
        Press::new(Reply::Change(quote_ref), "Mudar algo"),
        human(quote_ref.number),
    ]
}

fn human(number: QuoteNumber) -> Press {
    Press::new(Reply::Human(number), "Falar com atendente")
}

fn under_review(
    items: &[orcazap_core::conversation::SaidItem],
    unknown: &[String],
    payment: Option<Payment>,
    delivery: Option<Delivery>,
    now: DateTime<FixedOffset>,
) -> String {
    let mut paragraphs = Vec::new();
    if !items.is_empty() {
        paragraphs.push(format!("Anotei seu pedido:\n{}", ask::list(items)));
    }
    let payment = payment.map(|way| format!("Pagamento: {}", brazil::payment(way)));
    let delivery = delivery.and_then(|when| brazil::delivery(when, now));
    let terms: Vec<String> =
        payment.into_iter().chain(delivery.map(|when| format!("Entrega: {when}"))).collect();
    if !terms.is_empty() {
        paragraphs.push(terms.join("\n"));
    }
    if !unknown.is_empty() {
        paragraphs.push(format!("Não encontrei: {}", plain::all_quoted(unknown)));
    }
    paragraphs.push("Um atendente vai conferir, e eu já mando o orçamento por aqui.".to_owned());
    paragraphs.join("\n\n")
}

struct Accepted {
    quote_ref: QuoteRef,
    total: Money,
    payment: Option<Payment>,
    delivery: Option<Delivery>,
    pickup: bool,
}

impl Accepted {
    fn text(&self, now: DateTime<FixedOffset>) -> String {
        let mut rows = vec![format!("Pedido *{}* confirmado, obrigado! ✅", self.quote_ref)];
        rows.push(format!("Total: *{}*", brazil::money(self.total)));
        rows.extend(self.payment.map(|way| format!("Pagamento: {}", brazil::payment(way))));
        let when = self.delivery.and_then(|when| brazil::delivery(when, now));
        rows.push(match (self.pickup, when) {
            (true, Some(when)) => format!("Retirada na loja: {when}"),
            (true, None) => "Retirada na loja".to_owned(),
            (false, Some(when)) => format!("Entrega: {when}"),
            (false, None) => "Entrega: a combinar".to_owned(),
        });
        rows.push("\nUm atendente fala com você sobre os próximos passos.".to_owned());
        rows.join("\n")
    }
}

fn handed_over(reason: HandOverReason) -> &'static str {
    match reason {
        HandOverReason::Asked | HandOverReason::TakenOver | HandOverReason::Talking => {
            "Certo! Um atendente já vai falar com você por aqui."
        }
        HandOverReason::Question => "Boa pergunta! Vou chamar um atendente, que responde por aqui.",
        HandOverReason::NotUnderstood => {
            "Desculpe, não consegui entender. Um atendente vai continuar com você por aqui."
        }
        HandOverReason::Media => {
            "Recebi, obrigado! Um atendente vai ver o que você mandou e responde por aqui."
        }
        HandOverReason::Rejected => {
            "Um atendente vai falar com você por aqui sobre o seu orçamento."
        }
        HandOverReason::CannotPrice => {
            "Este pedido precisa de um atendente. Ele já fala com você por aqui."
        }
        HandOverReason::AfterSale => "Recebi! Um atendente vai ver seu pedido e responde por aqui.",
        HandOverReason::Undelivered => "Um atendente vai falar com você por aqui.",
    }
}
