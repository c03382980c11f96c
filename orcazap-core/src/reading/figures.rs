//! Stages 6, 8 and 12, figures that are no quantities: telephone, CPF, CNPJ and order
//! numbers, money, percentages, links, the numbers of a list.

use std::collections::BTreeSet;

use super::dates::ends_clause;
use super::number::Num;
use super::numeral::{Numeral, numeral};
use super::roles::Role;
use super::token::Kind;
use super::view::Message;
use crate::order::Missing;

/// Takes what names itself: links, and numbers behind a label.
pub(crate) fn take_named(message: &mut Message<'_>) {
    take_each(message, |message, at| {
        link(message, at)
            .or_else(|| labelled_number(message, at))
            .or_else(|| named_line(message, at))
    });
}

/// Takes every other figure that no quantity or size can be; tells whether there is money
/// or a percentage among them.
pub(crate) fn take(message: &mut Message<'_>) -> bool {
    let lines: Vec<i64> = (0..message.tokens.len()).filter_map(|at| listed(message, at)).collect();
    let lines = if is_numbering(&lines) { lines.into_iter().collect() } else { BTreeSet::new() };
    take_inline_numbers(message);
    let paid =
        take_each(message, |message, at| money(message, at).or_else(|| percentage(message, at)));
    take_each(message, |message, at| {
        long_number(message, at)
            .or_else(|| telephone(message, at))
            .or_else(|| list_number(message, at, &lines))
    });
    paid
}

/// Takes each stretch of tokens for which an end is found; tells whether there is one.
fn take_each(
    message: &mut Message<'_>,
    end: impl Fn(&Message<'_>, usize) -> Option<usize>,
) -> bool {
    let mut found = false;
    let mut at = 0;
    while at < message.tokens.len() {
        let free = !message.is_taken(at);
        match free.then(|| end(message, at)).flatten() {
            Some(to) => {
                message.take(at, to);
                found = true;
                at = to.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// Takes the numbers that belong to what other stages took: a number that counts
/// time or trips (`2 viagens`), and one behind a date, a term, a price or an
/// address with nothing to count behind it. Where a quantity was asked for, a
/// number behind a comma may be the answer.
pub(crate) fn take_leftovers(message: &mut Message<'_>, asked: &[Missing]) {
    let answers = asked.iter().any(|missing| matches!(missing, Missing::Quantity { .. }));
    let mut at = 0;
    while at < message.tokens.len() {
        let free = !message.is_taken(at);
        let Some(Numeral { value, end, .. }) = numeral(message, at).filter(|_| free) else {
            at += 1;
            continue;
        };
        // `6 ferro 3/8 entrega amanhã`, but `em 1 entrega`
        let asks_for_delivery = message.plays(end, Role::Delivering)
            && value != Num::whole(1)
            && !(at > 0 && message.word(at - 1) == "em");
        // `cimento 10 dia 15`: the day is told by what stands behind it.
        let unit = message.plays(end, Role::Uncounted) && !message.is_taken(end);
        if unit && !asks_for_delivery {
            message.take(at, end + 1);
        } else if ends_clause(message, end) && is_led(message, at, answers) {
            message.take(at, end);
        }
        at = end.max(at + 1);
    }
}

/// Whether a number stands right behind words that are no goods.
fn is_led(message: &Message<'_>, at: usize, answers: bool) -> bool {
    let passed = |token: &usize| {
        !message.is_taken(*token)
            && (matches!(
                message.word(*token),
                "e" | "de" | "a" | "as" | "o" | "no" | "na" | "em" | "pra" | "para" | "por" | "so"
            ) || !answers && message.is_mark(*token, &[',', ':', '-', '(']))
    };
    let before = (at.saturating_sub(4)..at).rev().find(|token| !passed(token));
    before.is_some_and(|token| {
        let said = matches!(message.kind(token), Some(Kind::Word | Kind::Number(_)));
        // `porta de entrada 1`
        let kind = token > 0 && message.word(token - 1) == "de" && !message.is_taken(token);
        let leads = [Role::Delivering, Role::Paying, Role::Uncounted];
        // `em vez de 10` edits the order.
        let instead = message.word(token) == "vez";
        message.is_taken(token) && said
            || !(instead || kind) && leads.iter().any(|role| message.plays(token, *role))
    })
}

/// A stretch without a gap that is an address of the net or of mail.
fn link(message: &Message<'_>, at: usize) -> Option<usize> {
    let breaks = |token: usize| message.kind(token) == Some(Kind::Break);
    let begins =
        at == 0 || breaks(at - 1) || message.tokens.get(at).is_some_and(|token| !token.glued);
    (begins && !breaks(at)).then_some(())?;
    let glued = |token: &usize| {
        !breaks(*token) && message.tokens.get(*token).is_some_and(|token| token.glued)
    };
    let end = (at + 1..).take_while(glued).last().unwrap_or(at) + 1;
    let named = matches!(message.word(at), "http" | "https" | "www");
    let domain = |dot: usize| {
        message.is_mark(dot, &['.'])
            && message.plays(dot + 1, Role::Domain)
            && !matches!(message.kind(dot.saturating_sub(1)), Some(Kind::Mark(_) | Kind::Break))
            && (dot + 2 == end || message.is_mark(dot + 2, &['/', '.', ',', '?', '!', ';', ')']))
    };
    let mail = |mark: usize| message.is_mark(mark, &['@']) && mark > at && mark + 1 < end;
    (named || (at + 1..end).any(|token| domain(token) || mail(token))).then_some(end)
}

/// Money: `R$ 39,90`, `35 reais`, `2 mil reais`.
fn money(message: &Message<'_>, at: usize) -> Option<usize> {
    if message.word(at) == "r" && message.is_mark(at + 1, &['$']) {
        let number = message.tokens.get(at + 2)?.number().is_some();
        return Some(if number { at + 3 } else { at + 2 });
    }
    let found = numeral(message, at).filter(|found| !found.article)?;
    // `15 pau de escora` is of wood.
    let goods = matches!(message.word(found.end + 1), "de" | "do")
        && message.kind(found.end + 2) == Some(Kind::Word)
        && !message.is_noise(found.end + 2);
    let money = message.plays(found.end, Role::Money)
        || message.plays(found.end, Role::MaybeMoney) && !goods;
    money.then_some(found.end + 1)
}

fn percentage(message: &Message<'_>, at: usize) -> Option<usize> {
    message.tokens.get(at)?.number()?;
    (message.is_mark(at + 1, &['%']) || message.word(at + 1) == "porcento").then_some(at + 2)
}

/// Digits with the marks between them: long ones are telephone or tax numbers.
fn long_number(message: &Message<'_>, at: usize) -> Option<usize> {
    let digits = |token: usize| match message.kind(token) {
        Some(Kind::Number(_)) if !has_cents(message.word(token)) => {
            message.word(token).bytes().filter(u8::is_ascii_digit).count()
        }
        _ => 0,
    };
    let mut count = digits(at);
    (count > 0).then_some(())?;
    let mut end = at + 1;
    loop {
        let tight = message.is_mark(end, &['-', '/', ')'])
            && message.tokens.get(end).is_some_and(|t| t.glued);
        let next = if tight { end + 1 } else { end };
        // The groups behind the first are long, or they would be other quantities.
        let group = digits(next);
        let joined = message.tokens.get(next).is_some_and(|token| token.glued);
        if group >= 4 || (tight && joined && group >= 2) {
            count += group;
            end = next + 1;
        } else {
            break;
        }
    }
    (count >= 10 || (end > at + 1 && count == 9)).then_some(end)
}

/// `39,90`: two digits behind a mark, as money is written.
pub(crate) fn has_cents(number: &str) -> bool {
    number.rsplit_once([',', '.']).is_some_and(|(_, cents)| cents.len() == 2)
}

/// Two groups of digits joined by a dash as telephone numbers are: `99999-1234`.
fn telephone(message: &Message<'_>, at: usize) -> Option<usize> {
    let digits = |token: usize| match message.kind(token) {
        Some(Kind::Number(number)) if !number.is_fraction() => message.word(token).len(),
        _ => 0,
    };
    let joined = (at + 1..at + 3).all(|token| message.tokens.get(token).is_some_and(|t| t.glued));
    let dashed = message.is_mark(at + 1, &['-']) && joined;
    (dashed && matches!(digits(at), 4 | 5) && digits(at + 2) == 4).then_some(at + 3)
}

/// A number that a word before it names: `pedido 123`, `nota 55`, `cpf …`, `casa 2`.
fn labelled_number(message: &Message<'_>, at: usize) -> Option<usize> {
    let firm = message.plays(at, Role::FirmLabel);
    (firm || message.plays(at, Role::Label)).then_some(())?;
    let filler = |token: usize| {
        matches!(message.word(token), "n" | "no" | "numero" | "e" | "pra" | "para" | "de")
            || message.is_mark(token, &[':', '#', '.', '('])
    };
    let number = (at + 1..at + 4).find(|token| !filler(*token))?;
    message.tokens.get(number)?.number()?;
    let end =
        long_number(message, number).or_else(|| telephone(message, number)).unwrap_or(number + 1);
    let counted = matches!(message.kind(end), Some(Kind::Word))
        && !matches!(message.word(end), "e" | "pago" | "entrega" | "bairro");
    if message.plays(end, Role::Part) {
        // `casa 15 fundos`
        return Some(end + 1);
    }
    // `nota 123 de 20 sacos`: another number counts what follows.
    let other = message.word(end) == "de" && numeral(message, end + 1).is_some();
    let counted = counted && !other;
    // `casa 2` is an address, `pedido 20 sacos` is an order.
    (!counted || firm || end > number + 1).then_some(end)
}

/// Whether the numbers at the beginning of lines number them: they grow, mostly by one. Those
/// of `10 - areia`, `4 - prego`, `5 - calha` do not.
fn is_numbering(lines: &[i64]) -> bool {
    let steps = || lines.iter().zip(lines.iter().skip(1));
    // One list may follow another.
    let grows = steps().all(|(one, next)| next > one || *next == 1);
    let by_one = steps().filter(|(one, next)| **next == **one + 1).count();
    grows && (lines.first() == Some(&1) || by_one * 2 > steps().count())
}

/// The number and its mark at the beginning of a line: `1)`, `2.`, `3 -`.
fn listed(message: &Message<'_>, at: usize) -> Option<i64> {
    let begins = at == 0 || message.kind(at - 1) == Some(Kind::Break);
    begins.then_some(())?;
    let value = message.tokens.get(at)?.number()?.as_whole()?;
    message.is_mark(at + 1, &[')', '.', '-', 'º', 'ª']).then_some(value)
}

/// `Item 1:`, `item 2 -`: the number of a line, which says so.
fn named_line(message: &Message<'_>, at: usize) -> Option<usize> {
    matches!(message.word(at), "item" | "itens").then_some(())?;
    message.tokens.get(at + 1)?.number()?.as_whole()?;
    let begins = at == 0 || message.kind(at - 1) == Some(Kind::Break);
    let marked = message.is_mark(at + 2, &[':', '-', ')', '.', '–']);
    (begins || marked).then_some(at + 2 + usize::from(marked))
}

/// Takes the numbers of a list on one line, which count from one: `1) 8 cimento 2) 4 cal`.
fn take_inline_numbers(message: &mut Message<'_>) {
    let mut numbers = Vec::new();
    for at in 0..message.tokens.len() {
        let value = message.tokens.get(at).and_then(|token| token.number()?.as_whole());
        let marked = message.is_mark(at + 1, &[')'])
            && message.tokens.get(at + 1).is_some_and(|mark| mark.glued);
        let opened = at > 0 && message.is_mark(at - 1, &['(']);
        if value.is_some() && marked && !opened && !message.is_taken(at) {
            numbers.push((at, value));
        }
    }
    let counts = (1..).zip(&numbers).all(|(count, (_, value))| *value == Some(count));
    if counts && numbers.len() > 1 {
        numbers.iter().for_each(|(at, _)| message.take(*at, at + 2));
    }
}

/// A list's number, when the lines count. A dash alone may part a quantity from
/// its product: `10 - cimento`.
fn list_number(message: &Message<'_>, at: usize, lines: &BTreeSet<i64>) -> Option<usize> {
    let value = listed(message, at)?;
    let counts =
        if value == 1 { lines.contains(&2) } else { value < 200 && lines.contains(&(value - 1)) };
    (counts || message.is_mark(at + 1, &[')'])).then_some(at + 2)
}
