//! Answers that are numbered as the questions were: `1. 2,5 vermelho 2. a primeira`.
//!
//! What follows each number is read by itself, as the answer to that question alone.

use super::fold::Folded;
use super::token::Kind;
use super::view::Message;
use super::{Context, Evidence, Intent, MAX_BYTES, Reading, read_in_context};
use crate::catalog::Catalog;
use crate::order::{Draft, Missing};
use chrono::{DateTime, FixedOffset};

/// The number of an answer.
#[derive(Debug, Clone, Copy)]
struct Number {
    /// The token it is.
    at: usize,
    /// The first token of the answer.
    behind: usize,
    /// Of which question, from 0.
    place: usize,
    /// A point or a parenthesis makes it a number of a list and no quantity.
    firm: bool,
}

/// Reads a message that numbers its answers; `None` when it does not, or when what
/// may be a number answers nothing as one.
pub(super) fn read(
    text: &str,
    catalog: &Catalog,
    context: Context<'_>,
    now: DateTime<FixedOffset>,
) -> Option<Reading> {
    let draft = context.draft.filter(|_| text.len() <= MAX_BYTES)?;
    // Who was asked for goods may number them.
    (context.asked.len() > 1 && !context.asked.contains(&Missing::Items)).then_some(())?;
    let folded = Folded::new(text);
    let message = Message::new(text, &folded, catalog.vocabulary());
    let numbers = numbers(&message, context.asked.len());
    let mut whole = Reading::empty();
    for (at, number) in numbers.iter().enumerate() {
        let end = numbers.get(at + 1).map_or(message.tokens.len(), |next| next.at);
        let span = message.span(number.behind, end);
        let missing = context.asked.get(number.place)?;
        let open = about(missing, draft);
        let asked = std::slice::from_ref(missing);
        let context = Context { draft: Some(&open), asked, ..context };
        let answer = read_in_context(text.get(span.start..span.end)?, catalog, context, now);
        let ends = !matches!(
            answer.intent,
            Intent::Order | Intent::Change | Intent::Details | Intent::Other
        );
        if ends || !number.firm && !chooses(&answer, missing) {
            return None;
        }
        join(&mut whole, answer, span.start);
    }
    (!numbers.is_empty()).then_some(whole)
}

/// The numbers of a message, one after the other; none when it does not begin with one.
fn numbers(message: &Message<'_>, questions: usize) -> Vec<Number> {
    let Some(first) = number(message, 0, questions) else { return Vec::new() };
    if !first.firm && first.place > 0 {
        return Vec::new();
    }
    let mut numbers = vec![first];
    let mut last = first;
    for at in first.behind + 1..message.tokens.len() {
        let next = number(message, at, questions);
        let next = next.filter(|next| next.place == last.place + 1 && next.firm == first.firm);
        if let Some(next) = next.filter(|next| next.at > last.behind) {
            numbers.push(next);
            last = next;
        }
    }
    numbers
}

/// The number that stands at a token, if it can be one of an answer.
fn number(message: &Message<'_>, at: usize, questions: usize) -> Option<Number> {
    let begins = at == 0 || message.kind(at - 1) == Some(Kind::Break);
    let token = message.tokens.get(at).filter(|token| begins || !token.glued)?;
    let value = token.number()?.as_whole()?;
    let place = usize::try_from(value).ok()?.checked_sub(1).filter(|place| *place < questions)?;
    let glued = message.tokens.get(at + 1).is_some_and(|mark| mark.glued);
    let firm = glued && message.is_mark(at + 1, &['.', ')', 'º', 'ª']);
    let marked = firm || message.is_mark(at + 1, &['-', ':']);
    let behind = at + 1 + usize::from(marked);
    // `1 de jardim` is one of them.
    let of = |at: usize| matches!(message.word(at), "de" | "do" | "da");
    let counts = message.is_unit(behind)
        || !marked && (of(behind) || message.tokens.get(behind)?.number().is_some());
    (behind < message.tokens.len() && (firm || !counts)).then_some(Number {
        at,
        behind,
        place,
        firm,
    })
}

/// The order with nothing open but what a question is about.
fn about(missing: &Missing, draft: &Draft) -> Draft {
    let mut open = draft.clone();
    match missing {
        Missing::Choice { ask } => {
            open.ambiguous.retain(|other| other.skus == ask.skus);
            open.items.retain(|item| item.qty.is_some());
        }
        Missing::Quantity { sku } => {
            open.ambiguous.clear();
            open.items.retain(|item| item.sku == *sku);
        }
        Missing::Items | Missing::Place | Missing::Payment => {}
    }
    open
}

/// Whether a reading says which of several is meant, and nothing of other goods, where
/// how many is known: a number before it can then be that of the answer.
fn chooses(reading: &Reading, missing: &Missing) -> bool {
    let Missing::Choice { ask } = missing else { return false };
    let open = reading.ambiguous.iter().flat_map(|found| &found.ask.skus);
    let mut named = reading.items.iter().map(|item| &item.sku).chain(open).peekable();
    ask.qty.is_some()
        && reading.unknown.is_empty()
        && named.peek().is_some()
        && named.all(|sku| ask.skus.contains(sku))
}

/// Adds an answer that begins so many bytes into the message.
fn join(whole: &mut Reading, answer: Reading, start: usize) {
    let shift = |evidence: &mut Evidence| {
        evidence.span.start += start;
        evidence.span.end += start;
    };
    let Reading { intent, mut items, mut ambiguous, mut unknown, mut evidence, .. } = answer;
    items.iter_mut().for_each(|item| shift(&mut item.evidence));
    ambiguous.iter_mut().for_each(|found| shift(&mut found.evidence));
    unknown.iter_mut().for_each(|found| shift(&mut found.evidence));
    whole.items.append(&mut items);
    whole.ambiguous.append(&mut ambiguous);
    whole.unknown.append(&mut unknown);
    let slots = [&mut evidence.place, &mut evidence.payment, &mut evidence.delivery];
    slots.into_iter().flatten().for_each(shift);
    whole.evidence.place = evidence.place.or(whole.evidence.place);
    whole.evidence.payment = evidence.payment.or(whole.evidence.payment);
    whole.evidence.delivery = evidence.delivery.or(whole.evidence.delivery);
    whole.place = answer.place.or(whole.place.take());
    whole.payment = answer.payment.or(whole.payment);
    whole.delivery = answer.delivery.or(whole.delivery);
    // What edits wins over what adds, and that over details.
    let weight = |intent| match intent {
        Intent::Change => 3,
        Intent::Order => 2,
        Intent::Details => 1,
        _ => 0,
    };
    if weight(intent) > weight(whole.intent) {
        whole.intent = intent;
    }
}
