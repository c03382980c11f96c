//! Stage 10, payment: the method, instalments and days of this order.
//!
//! What the store does in general (`aceitam cartão?`), a condition (`se eu pagar
//! à vista`) and alternatives (`pix ou cartão`, `metade no pix`) are no payment.

use std::num::NonZero;

use super::dates::ends_clause;
use super::heard::{Heard, Range, together};
use super::number::Spelled;
use super::roles::Role;
use super::token::Kind;
use super::view::Message;
use crate::order::{Missing, Payment, PaymentMethod};

#[derive(Debug, Clone, Copy)]
struct Said {
    method: PaymentMethod,
    /// `à vista` says when, not how; another method beside it wins.
    weak: bool,
    at: usize,
    end: usize,
}

/// Reads the payment and takes its words.
pub(crate) fn read(message: &mut Message<'_>, asked: &[Missing]) -> Option<Heard<Payment>> {
    let said = methods(message);
    let answers = asked.contains(&Missing::Payment)
        && asked.iter().all(|missing| matches!(missing, Missing::Place | Missing::Payment));
    let installments = installments(message, &said, answers);
    let days = days(message, &said);
    let undecided = is_undecided(message, &said);
    for found in &said {
        message.take(found.at, found.end);
    }
    let ranges = [installments.map(|(range, _)| range), days.map(|(range, _)| range)];
    for (from, to) in ranges.into_iter().flatten() {
        message.take(from, to);
    }
    if undecided || is_general(message, &said, installments) {
        return None;
    }
    let strong = said.iter().rev().find(|found| !found.weak).or(said.last());
    let count = installments.map(|(_, count)| count);
    let method = match strong {
        Some(found) if count.is_some() && found.weak => PaymentMethod::CreditCard,
        Some(found) => found.method,
        None => count.map(|_| PaymentMethod::CreditCard)?,
    };
    let by_card = installments.filter(|_| method == PaymentMethod::CreditCard);
    let due = days.filter(|_| method == PaymentMethod::Boleto);
    let times = by_card.and_then(|(_, count)| NonZero::new(count));
    let value = times.map_or(Payment::by(method), Payment::by_card_in);
    let value = due.map_or(value, |(_, days)| value.due_in(days));
    let words = strong.map(|found| (found.at, found.end));
    let more = by_card.map(|(range, _)| range).or(due.map(|(range, _)| range));
    let sure = match strong {
        Some(found) if !found.weak => 99,
        _ => 90,
    };
    let words = match (words, more) {
        (Some(words), Some(more)) => together(words, more),
        (words, more) => words.or(more)?,
    };
    Some(Heard::new(value, words, sure))
}

/// The ways of paying that a message names, whatever it says of them.
pub(crate) fn named(message: &Message<'_>) -> Vec<PaymentMethod> {
    let sure = |said: &Said| (!said.weak).then_some(said.method);
    methods(message).iter().filter_map(sure).collect()
}

fn methods(message: &Message<'_>) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let mut at = 0;
    while at < message.tokens.len() {
        let free = |at: usize| {
            !message.is_taken(at)
                && !is_shop(message, at)
                && !is_paper(message, at)
                && !is_replaced(message, at)
        };
        match method(message, at).filter(|_| free(at)) {
            Some((method, end, weak)) => {
                said.push(Said { method, weak, at, end });
                at = end;
            }
            None => at += 1,
        }
    }
    said
}

/// The method named at a token, the token behind it, and whether it says only when.
fn method(message: &Message<'_>, at: usize) -> Option<(PaymentMethod, usize, bool)> {
    const METHODS: [(Role, PaymentMethod); 7] = [
        (Role::Pix, PaymentMethod::Pix),
        (Role::Cash, PaymentMethod::Cash),
        (Role::Credit, PaymentMethod::CreditCard),
        (Role::Debit, PaymentMethod::DebitCard),
        (Role::Boleto, PaymentMethod::Boleto),
        (Role::Transfer, PaymentMethod::Transfer),
        (Role::StoreCredit, PaymentMethod::StoreCredit),
    ];
    let before = |back: usize| at.checked_sub(back).map_or("", |token| message.word(token));
    if message.plays(at, Role::Card) {
        let of = usize::from(matches!(message.word(at + 1), "de" | "no"));
        let behind = at + 1 + of;
        return Some(match () {
            () if message.plays(behind, Role::Debit) => {
                (PaymentMethod::DebitCard, behind + 1, false)
            }
            () if message.plays(behind, Role::Credit) => {
                (PaymentMethod::CreditCard, behind + 1, false)
            }
            () => (PaymentMethod::CreditCard, at + 1, false),
        });
    }
    let roles = message.entry(at).roles;
    if let Some((_, method)) = METHODS.iter().find(|(role, _)| roles.has(*role)) {
        return Some((*method, at + 1, false));
    }
    // `tijolo à vista` is a brick.
    let brick = message.plays(at.wrapping_sub(1), Role::AtSightGoods);
    match message.word(at) {
        "chave" => {
            let pix = at + 1 + usize::from(message.word(at + 1) == "do");
            message.plays(pix, Role::Pix).then_some((PaymentMethod::Pix, pix + 1, false))
        }
        "conta" if matches!(message.word(at + 1), "corrente" | "poupanca") => {
            Some((PaymentMethod::Transfer, at + 2, true))
        }
        "avista" => Some((PaymentMethod::Cash, at + 1, true)),
        "a" | "á" if message.word(at + 1) == "vista" && !brick => {
            Some((PaymentMethod::Cash, at + 2, true))
        }
        "caderno" if matches!(before(1), "no" | "na" | "minha") => {
            Some((PaymentMethod::StoreCredit, at + 1, false))
        }
        _ => None,
    }
}

/// `dinheiro em vez de pix`: what was said before.
fn is_replaced(message: &Message<'_>, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |token| message.word(token));
    matches!(before(1), "de" | "do" | "da") && matches!(before(2), "vez" | "inves" | "lugar")
}

/// `segunda via do boleto`: a paper is asked for, and nothing is paid.
fn is_paper(message: &Message<'_>, at: usize) -> bool {
    let of = at.checked_sub(1).filter(|of| matches!(message.word(*of), "do" | "de" | "da"));
    let paper = of.and_then(|of| of.checked_sub(1));
    paper.is_some_and(|paper| message.plays(paper, Role::Paper))
}

/// `no outro depósito`, `do depósito`, `no depósito do Chico`: a shop, and no way to pay.
fn is_shop(message: &Message<'_>, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |before| message.word(before));
    let here = matches!(before(2), "aqui" | "la" | "ai" | "achei" | "tem" | "tinha");
    message.plays(at, Role::Shop)
        && (matches!(message.word(at + 1), "do" | "da")
            || before(1) == "no" && here
            || matches!(
                before(1),
                "outro"
                    | "outros"
                    | "do"
                    | "ao"
                    | "o"
                    | "nesse"
                    | "desse"
                    | "neste"
                    | "deste"
                    | "seu"
            ))
}

/// `3x`, `em 3 vezes`, `3 parcelas`, near a word of payment or in answer to how it is paid.
fn installments(message: &Message<'_>, said: &[Said], answers: bool) -> Option<(Range, u8)> {
    for at in 0..message.tokens.len() {
        let count = match message.kind(at) {
            Some(Kind::Number(number)) => number.as_whole(),
            Some(Kind::Word) => small_number(message, at),
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
        let clear = message.plays(at + 1, Role::Installments);
        let cross = times == "x";
        if !clear && !cross {
            continue;
        }
        let near = |token: usize| is_near_a_card(said, token) || parcels(message, token);
        let split = at > 0 && matches!(message.word(at - 1), "em" | "por" | "ate");
        if near(at)
            || (clear && split)
            || (cross && glued && (split || answers) && is_last_of_clause(message, at + 2))
        {
            let from = if split { at - 1 } else { at };
            return Some(((from, at + 2), count));
        }
    }
    None
}

/// Whether a card is named within six tokens; the methods are in the order they stand.
fn is_near_a_card(said: &[Said], token: usize) -> bool {
    let first = said.partition_point(|found| found.end + 3 < token);
    said.get(first..).unwrap_or_default().iter().take_while(|found| found.at <= token + 6).any(
        |found| {
            found.method == PaymentMethod::CreditCard
                && (found.end <= token + 1 || token < found.at)
        },
    )
}

/// Whether a word of parcelling stands within four tokens before.
fn parcels(message: &Message<'_>, token: usize) -> bool {
    (token.saturating_sub(4)..token).any(|before| message.word(before).starts_with("parcel"))
}

fn small_number(message: &Message<'_>, at: usize) -> Option<i64> {
    match message.spelled(at)? {
        Spelled::Small(value) => Some(value),
        _ => None,
    }
}

fn is_last_of_clause(message: &Message<'_>, at: usize) -> bool {
    !matches!(message.kind(at), Some(Kind::Word | Kind::Number(_) | Kind::Size(_)))
        || matches!(message.word(at), "no" | "na" | "com" | "sem" | "de" | "entao")
}

/// When a boleto is due: `30 dias`, `para 28`, `30/60/90`; of several the last.
fn days(message: &Message<'_>, said: &[Said]) -> Option<(Range, u16)> {
    let boleto = said.iter().find(|found| found.method == PaymentMethod::Boleto)?;
    let little = |token: usize| {
        matches!(
            message.word(token),
            "pra" | "para" | "p" | "de" | "com" | "em" | "a" | "no" | "prazo" | "vencimento"
        ) || message.is_mark(token, &[':', ',', '-', '/'])
    };
    let named = |at: usize| matches!(message.word(at), "dias" | "dia" | "dd" | "d");
    let behind = (boleto.end..boleto.end + 4).find(|token| !little(*token))?;
    if let Some(due) = due(message, behind) {
        let alone = behind == boleto.end || ends_clause(message, due.end);
        if named(due.end) {
            return Some(((boleto.end, due.end + 1), due.last));
        }
        if alone && (due.count > 1 || ends_clause(message, due.end)) {
            return Some(((boleto.end, due.end), due.last));
        }
    }
    (boleto.at.saturating_sub(6)..boleto.at).find_map(|at| {
        let due = due(message, at)?;
        let near = (due.end..boleto.at).all(|token| little(token) || named(token));
        match named(due.end) {
            true => Some(((at, due.end + 1), due.last)),
            false => (near && due.count > 1).then_some(((at, due.end), due.last)),
        }
    })
}

/// Terms of payment, in days.
struct Due {
    last: u16,
    count: usize,
    end: usize,
}

/// `30`, `30/60/90`, `30, 60 e 90`: terms that each are longer than the one before.
fn due(message: &Message<'_>, at: usize) -> Option<Due> {
    let mut due = Due { last: 0, count: 0, end: at };
    let mut next = at;
    while let Some(number) = message.tokens.get(next).and_then(|token| token.number()) {
        let terms = match number.slashed() {
            Some((first, second)) => vec![first, second],
            None => vec![u16::try_from(number.as_whole()?).ok()?],
        };
        for term in terms {
            let longer = term > due.last && term <= 365;
            if !longer {
                return (due.count > 0).then_some(due);
            }
            (due.last, due.count) = (term, due.count + 1);
        }
        due.end = next + 1;
        let joint = message.is_mark(due.end, &['/', ',', '-']) || message.word(due.end) == "e";
        next = due.end + usize::from(joint);
    }
    (due.count > 0).then_some(due)
}

/// Two methods to choose from, or one for a part only.
fn is_undecided(message: &Message<'_>, said: &[Said]) -> bool {
    let strong: Vec<&Said> = said.iter().filter(|found| !found.weak).collect();
    let several =
        strong.iter().any(|found| Some(found.method) != strong.first().map(|first| first.method));
    let around = |found: &&Said| {
        (found.at.saturating_sub(4)..found.at).any(|at| message.plays(at, Role::PartPayment))
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
fn is_general(message: &Message<'_>, said: &[Said], installments: Option<(Range, u8)>) -> bool {
    let question = (0..message.tokens.len()).rev().find(|at| message.is_mark(*at, &['?']));
    // `aceita pix? pago no pix`
    let pays = |found: &Said| {
        let before = found.at.saturating_sub(2)..found.at;
        question.is_some_and(|mark| mark < found.at)
            && before.rev().any(|at| message.plays(at, Role::Paying))
    };
    let asks = question.is_some() && !said.iter().any(pays);
    (0..message.tokens.len()).any(|at| {
        let condition = || {
            message.word(at) == "se"
                && (at + 1..at + 5).any(|token| message.word(token).starts_with("pag"))
        };
        // `parcela em 6x?` of this order, `em quantas vezes?` of any.
        let told = message.plays(at, Role::Installments)
            && installments.is_some_and(|((from, _), _)| from == at + 1);
        let asked = at > 0
            && message.plays(at, Role::Installments)
            && message.word(at - 1).starts_with("quant");
        asks && message.plays(at, Role::Accepting) && !told || asked || condition()
    })
}
