//! Stage 6, payment: the method, instalments and days of this order.
//!
//! What the store does in general (`aceitam cartão?`), a condition (`se eu pagar
//! à vista`) and alternatives (`pix ou cartão`, `metade no pix`) are no payment.

use super::token::Kind;
use super::view::Message;
use crate::order::{Payment, PaymentMethod};

#[derive(Debug, Clone, Copy)]
struct Said {
    method: PaymentMethod,
    /// `à vista` says when, not how; another method beside it wins.
    weak: bool,
    at: usize,
    end: usize,
}

/// Reads the payment and takes its words.
pub(crate) fn read(message: &mut Message<'_>) -> Option<Payment> {
    let said = methods(message);
    let installments = installments(message, &said);
    let days = days(message, &said);
    let undecided = is_undecided(message, &said);
    for found in &said {
        message.take(found.at, found.end);
    }
    let ranges = [installments.map(|(range, _)| range), days.map(|(range, _)| range)];
    for (from, to) in ranges.into_iter().flatten() {
        message.take(from, to);
    }
    if undecided || is_general(message) {
        return None;
    }
    let strong = said.iter().rev().find(|found| !found.weak).or(said.last());
    let installments = installments.map(|(_, count)| count);
    let method = match strong {
        Some(found) if installments.is_some() && found.weak => PaymentMethod::CreditCard,
        Some(found) => found.method,
        None => installments.map(|_| PaymentMethod::CreditCard)?,
    };
    let days = days.map(|(_, days)| days).filter(|_| method == PaymentMethod::Boleto);
    Some(Payment {
        method,
        installments: installments.filter(|_| method == PaymentMethod::CreditCard),
        days,
    })
}

fn methods(message: &Message<'_>) -> Vec<Said> {
    use PaymentMethod::{Boleto, Cash, CreditCard, DebitCard, Pix, StoreCredit, Transfer};
    let mut said: Vec<Said> = Vec::new();
    let mut at = 0;
    while at < message.tokens.len() {
        let word = message.word(at);
        let next = message.word(at + 1);
        let found = match word {
            "pix" | "pics" => Some((Pix, 1, false)),
            "dinheiro" | "especie" | "grana" => Some((Cash, 1, false)),
            "avista" => Some((Cash, 1, true)),
            "a" | "á"
                if next == "vista"
                    && !matches!(
                        message.word(at.wrapping_sub(1)),
                        "tijolo" | "tijolos" | "tijolinho" | "tijolinhos" | "bloco"
                    ) =>
            {
                Some((Cash, 2, true))
            }
            "cartao" | "cartaum" | "card" => {
                let of = usize::from(message.word(at + 1) == "de" || message.word(at + 1) == "no");
                match message.word(at + 1 + of) {
                    "debito" => Some((DebitCard, 2 + of, false)),
                    "credito" => Some((CreditCard, 2 + of, false)),
                    _ => Some((CreditCard, 1, false)),
                }
            }
            "credito" => Some((CreditCard, 1, false)),
            "debito" => Some((DebitCard, 1, false)),
            "boleto" | "boletos" | "bolt" => Some((Boleto, 1, false)),
            "ted" | "doc" | "transferencia" | "tranferencia" | "transf" | "deposito" => {
                Some((Transfer, 1, false))
            }
            "fiado" | "caderneta" | "crediario" | "fiadinho" | "cadernetinha" => {
                Some((StoreCredit, 1, false))
            }
            "caderno" | "conta"
                if matches!(message.word(at.wrapping_sub(1)), "no" | "na" | "minha")
                    && word == "caderno" =>
            {
                Some((StoreCredit, 1, false))
            }
            _ => None,
        };
        match found {
            Some((method, length, weak)) => {
                said.push(Said { method, weak, at, end: at + length });
                at += length;
            }
            None => at += 1,
        }
    }
    said
}

type Range = (usize, usize);

/// `3x`, `em 3 vezes`, `3 parcelas`, near a word of payment.
fn installments(message: &Message<'_>, said: &[Said]) -> Option<(Range, u8)> {
    let spoken = |token: usize| (0..message.tokens.len()).contains(&token);
    for at in 0..message.tokens.len() {
        let count = match message.kind(at) {
            Some(Kind::Number(number)) => number.as_whole(),
            Some(Kind::Word) => small_number(message.word(at)),
            _ => None,
        };
        let Some(count) = count
            .and_then(|count| u8::try_from(count).ok())
            .filter(|count| (1..=36).contains(count))
        else {
            continue;
        };
        let times = message.word(at + 1);
        let glued = message.tokens.get(at + 1).is_some_and(|token| token.glued);
        let clear = matches!(times, "vezes" | "veses" | "parcelas" | "parcela" | "prestacoes");
        let cross = times == "x";
        if !clear && !cross {
            continue;
        }
        let near = |token: usize| {
            said.iter().any(|found| {
                matches!(found.method, PaymentMethod::CreditCard)
                    && found.end <= token + 1
                    && token <= found.end + 3
                    || matches!(found.method, PaymentMethod::CreditCard)
                        && token < found.at
                        && found.at <= token + 6
            }) || (token.saturating_sub(4)..token)
                .any(|before| spoken(before) && message.word(before).starts_with("parcel"))
        };
        let split = at > 0 && matches!(message.word(at - 1), "em" | "por" | "ate");
        if near(at)
            || (clear && split)
            || (cross && glued && split && is_last_of_clause(message, at + 2))
        {
            let from = if split { at - 1 } else { at };
            return Some(((from, at + 2), count));
        }
    }
    None
}

fn small_number(word: &str) -> Option<i64> {
    match super::number::spelled(word)? {
        super::number::Spelled::Small(value) => Some(value),
        _ => None,
    }
}

fn is_last_of_clause(message: &Message<'_>, at: usize) -> bool {
    !matches!(message.kind(at), Some(Kind::Word | Kind::Number(_) | Kind::Size(_)))
        || matches!(message.word(at), "no" | "na" | "com" | "sem" | "de")
}

/// `30 dias`, `para 28` near a boleto.
fn days(message: &Message<'_>, said: &[Said]) -> Option<(Range, u16)> {
    let boleto = said.iter().find(|found| found.method == PaymentMethod::Boleto)?;
    let number =
        |at: usize| message.tokens.get(at).and_then(|t| t.number()).and_then(|n| n.as_whole());
    let fits = |days: i64| u16::try_from(days).ok().filter(|days| (1..=365).contains(days));
    for at in boleto.end..(boleto.end + 5).min(message.tokens.len()) {
        if let Some(days) = number(at).and_then(fits) {
            let named = matches!(message.word(at + 1), "dias" | "d" | "dd" | "dia");
            let adjoining = (boleto.end..at)
                .all(|t| matches!(message.word(t), "pra" | "para" | "de" | "com" | "em" | "a"));
            if named && adjoining {
                return Some(((boleto.end, at + 2), days));
            }
            if named {
                return Some(((at, at + 2), days));
            }
        }
    }
    let before = (boleto.at.saturating_sub(5)..boleto.at)
        .find(|at| number(*at).is_some() && matches!(message.word(at + 1), "dias" | "dia"))?;
    Some(((before, before + 2), number(before).and_then(fits)?))
}

/// Two methods to choose from, or one for a part only.
fn is_undecided(message: &Message<'_>, said: &[Said]) -> bool {
    let strong: Vec<&Said> = said.iter().filter(|found| !found.weak).collect();
    let several =
        strong.iter().any(|found| Some(found.method) != strong.first().map(|first| first.method));
    let around = |found: &&Said| {
        (found.at.saturating_sub(4)..found.at)
            .any(|at| matches!(message.word(at), "metade" | "parte" | "entrada" | "resto"))
    };
    if strong.iter().any(around) {
        return true;
    }
    let between = |pair: &[&Said]| match pair {
        [first, second] => (first.end..second.at)
            .any(|at| matches!(message.word(at), "ou" | "e") || message.is_mark(at, &['/'])),
        _ => false,
    };
    several && strong.windows(2).any(between)
}

/// A question on what the store does, or a condition.
fn is_general(message: &Message<'_>) -> bool {
    (0..message.tokens.len()).any(|at| {
        matches!(
            message.word(at),
            "aceita" | "aceitam" | "aceitao" | "recebem" | "recebe" | "parcela" | "parcelam"
        ) && message.tokens.iter().any(|token| token.is_mark('?'))
            || (message.word(at) == "se"
                && (at + 1..at + 5).any(|t| message.word(t).starts_with("pag")))
    })
}
