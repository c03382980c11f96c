//! Stage 11, delivery: a day, a span of days, urgency, a part of the day.
//!
//! Days are relative to the message. A weekday is the next one after today. Days
//! behind a word of payment (`pago dia 5`) are a term and no delivery.

use super::calendar::Calendar;
use super::dates::{Dates, ends_clause};
use super::heard::{Heard, Range, together};
use super::numeral::whole;
use super::roles::Role;
use super::token::Kind;
use super::view::Message;
use crate::order::{Delivery, Period};

/// Reads when the goods are wanted and takes the words that say it.
pub(crate) fn read(message: &mut Message<'_>, calendar: Calendar<'_>) -> Option<Heard<Delivery>> {
    let mut found = Delivery::default();
    let mut urgent = false;
    let mut words: Option<Range> = None;
    let delivers = (0..message.tokens.len()).any(|token| message.plays(token, Role::Delivering));
    let mut at = 0;
    while at < message.tokens.len() {
        let dated = delivers || found.has_day();
        let Some((end, when)) = when(message, calendar, at, dated) else {
            at += 1;
            continue;
        };
        match when {
            When::Day(day) => {
                let other =
                    is_term(message, at) || is_past(message, at) || is_of_a_price(message, at);
                if !(other || is_denied(message, end) || is_deferred(message, at, end)) {
                    let before = words.filter(|_| !found.has_day() && found.period.is_some());
                    words = Some(before.map_or((at, end), |before| together((at, end), before)));
                    found = Delivery { period: found.period, ..day };
                }
            }
            When::Part(period) => {
                let said = period.filter(|_| !is_deferred(message, at, end));
                found.period = said.or(found.period);
                words = Some(words.map_or((at, end), |words| together(words, (at, end))));
            }
            When::Urgent => {
                urgent = true;
                words = words.or(Some((at, end)));
            }
            When::Past => {}
        }
        message.take(at, end);
        at = end.max(at + 1);
    }
    found.asap = urgent && !found.has_day();
    let said = found.has_day() || found.period.is_some();
    let sure = if found.has_day() && !found.asap { 99 } else { 95 };
    Some(Heard::new(found, words?, sure)).filter(|_| said)
}

/// What words say of when.
enum When {
    /// A day, or a span of them.
    Day(Delivery),
    /// A part of the day; `None` of one in which nothing is delivered, or of several.
    Part(Option<Period>),
    Urgent,
    /// A day that is past.
    Past,
}

/// What is said of when from token `at`, and the token behind it.
fn when(
    message: &Message<'_>,
    calendar: Calendar<'_>,
    at: usize,
    dated: bool,
) -> Option<(usize, When)> {
    // Nothing that says when begins with a mark.
    let says = matches!(message.kind(at), Some(Kind::Word | Kind::Number(_)));
    (says && !message.is_taken(at)).then_some(())?;
    let dates = Dates { message, calendar };
    let part = || period(message, at).or_else(|| hours(message, at, dated));
    let found = dates
        .read(at)
        .map(|(end, day)| (end, When::Day(day)))
        .or_else(|| part().map(|(end, part)| (end, When::Part(part))))
        .or_else(|| urgency(message, at).map(|end| (end, When::Urgent)))
        .or_else(|| dates.past(at).map(|end| (end, When::Past)))?;
    (!is_courtesy(message, at) && !is_opening(message, at)).then_some(found)
}

/// Whether a word of payment leads to a day: `pago dia 5`, `prazo de 30 dias`.
fn is_term(message: &Message<'_>, at: usize) -> bool {
    let little = |token: &usize| {
        matches!(message.word(*token), "so" | "no" | "de" | "pra" | "para" | "em" | "o" | "todo")
    };
    let before = (at.saturating_sub(4)..at).rev().find(|token| !little(token));
    before.is_some_and(|token| message.plays(token, Role::Paying))
}

/// `a compra que fiz hoje`: the day of what was done already.
fn is_past(message: &Message<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| message.plays(before, Role::Past))
}

/// `hoje não`: not that day.
fn is_denied(message: &Message<'_>, end: usize) -> bool {
    matches!(message.word(end), "nao" | "n")
}

/// `tá quanto hoje?`, `quanto tá hoje?`: the day of the price.
fn is_of_a_price(message: &Message<'_>, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).unwrap_or(usize::MAX);
    let price = |token: usize| message.plays(token, Role::Price);
    let copula = matches!(message.word(before(1)), "ta" | "esta" | "e" | "eh" | "fica" | "sai");
    // `qual o valor do saco de cimento hoje`
    let asked = || {
        /// As many tokens are looked at.
        const FARTHEST: usize = 24;
        let inside =
            |token: &usize| !matches!(message.kind(*token), Some(Kind::Break | Kind::Mark(_)));
        !matches!(message.word(before(1)), "pra" | "para" | "p" | "ainda" | "entrega")
            && !message.may_play(&[Role::Delivering])
            && (0..at).rev().take(FARTHEST).take_while(inside).any(price)
    };
    matches!(message.word(at), "hoje" | "hj")
        && (price(before(1)) || copula && price(before(2)) || asked())
}

/// `amanhã te confirmo`, `vou fechar na sexta`: when the customer speaks again.
fn is_deferred(message: &Message<'_>, at: usize, end: usize) -> bool {
    /// As far as a verb stands from its day.
    const NEAR: usize = 5;
    let within =
        |token: &usize| !matches!(message.kind(*token), None | Some(Kind::Break | Kind::Mark(_)));
    let defers = |token: usize| message.plays(token, Role::Deferring);
    let led = at.checked_sub(1).map_or("", |before| message.word(before));
    !matches!(led, "pra" | "para" | "pro" | "p")
        && ((at.saturating_sub(NEAR)..at).rev().take_while(within).any(defers)
            || (end..end + NEAR).take_while(within).any(defers))
}

/// `bom dia`, `boa tarde`, `bom domingo`, `bom fim de semana`.
fn is_courtesy(message: &Message<'_>, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |token| message.word(token));
    let good = |word: &str| matches!(word, "bom" | "boa" | "boas" | "otimo" | "otima" | "feliz");
    good(before(1)) || (good(before(2)) && matches!(before(1), "fim" | "final"))
}

/// A day behind `abrem`, `fecham`: when the shop is open, not when goods come.
fn is_opening(message: &Message<'_>, at: usize) -> bool {
    let little = |token: usize| {
        matches!(message.word(token), "no" | "na" | "aos" | "nos" | "de" | "dia" | "ate")
    };
    let before = (0..at).rev().take(3).find(|token| !little(*token));
    before.is_some_and(|token| message.plays(token, Role::Hours))
}

/// A part of the day; `None` inside when the evening is said.
fn period(message: &Message<'_>, at: usize) -> Option<(usize, Option<Period>)> {
    let word = |ahead: usize| message.word(at + ahead);
    match word(0) {
        "manha" | "manhazinha" | "cedo" | "cedinho" => {
            return Some((at + 1, Some(Period::Morning)));
        }
        "tarde" if at > 0 && message.word(at - 1) == "mais" => return None,
        "tarde" | "tardezinha" => return Some((at + 1, Some(Period::Afternoon))),
        "noite" => return Some((at + 1, None)),
        "antes" if word(1) == "do" && word(2) == "almoco" => {
            return Some((at + 3, Some(Period::Morning)));
        }
        "antes" | "ate" if matches!(word(1), "do" | "de" | "o") && word(2) == "meio" => {
            return Some((at + 4, Some(Period::Morning)));
        }
        "ate" if word(1) == "meio" && word(2) == "dia" => {
            return Some((at + 3, Some(Period::Morning)));
        }
        "meio" if word(1) == "dia" => return Some((at + 2, Some(Period::Afternoon))),
        "depois" | "apos" if matches!(word(1), "do" | "o") && word(2) == "almoco" => {
            return Some((at + 3, Some(Period::Afternoon)));
        }
        _ => {}
    }
    None
}

/// Hours: `10h`, `14:30`, `às 10`, `das 8 às 12`, `entre 8 e 10`, with the part of
/// the day they are in; none inside when they are in several.
fn hours(message: &Message<'_>, at: usize, dated: bool) -> Option<(usize, Option<Period>)> {
    if let Some((end, hour)) = clock(message, at) {
        return Some((end, part_of_day(hour)));
    }
    let between = message.word(at) == "entre";
    let led = between || matches!(message.word(at), "as" | "das" | "pelas" | "umas");
    (led && dated).then_some(())?;
    let begin = at + 1 + usize::from(between && message.word(at + 1) == "as");
    let (behind, first) = clock(message, begin).or_else(|| hour(message, begin))?;
    let joint = if between { "e" } else { "as" };
    let joined = message.word(behind) == joint || message.word(behind) == "ate";
    if joined {
        let begin = behind + 1 + usize::from(message.word(behind + 1) == "as");
        let (end, last) = clock(message, begin).or_else(|| hour(message, begin))?;
        let (from, to) = (part_of_day(first), part_of_day(last.saturating_sub(1)));
        return ends_clause(message, end).then_some((end, from.filter(|_| from == to)));
    }
    (!between && ends_clause(message, behind)).then_some((behind, part_of_day(first)))
}

/// An hour that says so: `10h`, `10 horas`, `14:30`.
fn clock(message: &Message<'_>, at: usize) -> Option<(usize, i64)> {
    let hour = message.tokens.get(at)?.number()?.as_whole()?;
    let figures =
        |token: usize| message.tokens.get(token).is_some_and(|t| t.glued && t.number().is_some());
    if message.is_mark(at + 1, &[':']) {
        return figures(at + 2).then_some((at + 3, hour));
    }
    let named = matches!(message.word(at + 1), "h" | "hs" | "hrs" | "hora" | "horas");
    named.then(|| (at + 2 + usize::from(figures(at + 2)), hour))
}

/// A number that can be an hour.
fn hour(message: &Message<'_>, at: usize) -> Option<(usize, i64)> {
    let (hour, end) = whole(message, at)?;
    (0..24).contains(&hour).then_some((end, hour))
}

fn part_of_day(hour: i64) -> Option<Period> {
    match hour {
        0..=11 => Some(Period::Morning),
        12..=17 => Some(Period::Afternoon),
        _ => None,
    }
}

fn urgency(message: &Message<'_>, at: usize) -> Option<usize> {
    let word = |ahead: usize| message.word(at + ahead);
    match word(0) {
        "urgente" | "urgentemente" | "urgencia" | "urgentissimo" | "imediato" | "imediatamente" => {
            Some(at + 1)
        }
        "pra" | "para" | "p" if word(1) == "ontem" => Some(at + 2),
        "pra" | "para" | "p" if word(1) == "ja" => Some(at + 2),
        "quanto" if word(1) == "antes" => Some(at + 2),
        "mais"
            if matches!(word(1), "rapido" | "breve" | "cedo") && word(2).starts_with("possi") =>
        {
            Some(at + 3)
        }
        "assim"
            if word(1) == "que" && matches!(word(2), "possivel" | "der" | "puder" | "puderem") =>
        {
            Some(at + 3)
        }
        "quanto" if word(1) == "mais" && word(2) == "rapido" => Some(at + 3),
        _ => None,
    }
}
