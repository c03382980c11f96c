//! Stage 7, delivery: a day, a span of days, urgency, a part of the day.
//!
//! Days are relative to the message. A weekday is the next one after today.

use chrono::{Days, NaiveDate, Weekday};

use super::calendar::{
    Calendar, monday_of, month_after, month_end, next_date, next_weekday, weekend, year_end,
};
use super::token::Kind;
use super::view::Message;
use crate::order::{Delivery, Period};

/// Reads when the goods are wanted and takes the words that say it.
pub(crate) fn read(message: &mut Message<'_>, calendar: Calendar<'_>) -> Option<Delivery> {
    let mut found = Delivery::default();
    let mut urgent = false;
    let mut at = 0;
    while at < message.tokens.len() {
        if message.is_taken(at) || is_courtesy(message, at) || is_opening(message, at) {
            at += 1;
            continue;
        }
        if let Some((end, when)) = span(message, at, calendar) {
            let period = found.period;
            found = Delivery { period, ..when };
            message.take(at, end);
            at = end;
        } else if let Some((end, period)) = period(message, at) {
            if let Some(period) = period {
                found.period = Some(period);
            }
            message.take(at, end);
            at = end;
        } else if let Some(end) = urgency(message, at) {
            urgent = true;
            message.take(at, end);
            at = end;
        } else {
            at += 1;
        }
    }
    found.asap = urgent && !found.has_day();
    (found.has_day() || found.period.is_some()).then_some(found)
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
    before.is_some_and(|token| {
        matches!(
            message.word(token),
            "abre"
                | "abrem"
                | "abrir"
                | "fecha"
                | "fecham"
                | "funciona"
                | "funcionam"
                | "aberto"
                | "aberta"
                | "abertos"
                | "atende"
                | "atendem"
        )
    })
}

/// A day or a span of days from token `at`, and where its words end.
fn span(message: &Message<'_>, at: usize, calendar: Calendar<'_>) -> Option<(usize, Delivery)> {
    let today = calendar.today;
    if let Some(found) = around_holiday(message, at, calendar) {
        return Some(found);
    }
    match message.word(at) {
        "ate" => {
            let from = skip(message, at + 1, &["a", "o", "as", "na", "no"]);
            let (end, last) = day(message, from, calendar).or_else(|| {
                let (end, span) = week_or_month(message, from, today)?;
                Some((end, span.to?))
            })?;
            Some((end, Delivery { from: Some(today), to: Some(last), ..Delivery::default() }))
        }
        "entre" | "de" | "da" | "do" => {
            let (middle, first) = day(message, skip(message, at + 1, &["a", "o"]), calendar)?;
            let joint = match message.word(at) {
                "entre" => "e",
                _ => "a",
            };
            let joins =
                message.word(middle) == joint || matches!(message.word(middle), "ate" | "ou");
            joins.then_some(())?;
            let (end, last) = day(message, skip(message, middle + 1, &["a", "o"]), calendar)
                .or_else(|| day_of_month(message, middle + 1, today))?;
            let last = if last < first { last.checked_add_days(Days::new(7))? } else { last };
            Some((end, Delivery { from: Some(first), to: Some(last), ..Delivery::default() }))
        }
        "semana" | "proxima" | "essa" | "esta" | "nessa" | "nesta" | "fim" | "final" | "fds"
        | "mes" | "proximo" => week_or_month(message, at, today),
        _ => {
            let (end, date) = day(message, at, calendar)?;
            Some((end, Delivery { date: Some(date), ..Delivery::default() }))
        }
    }
}

/// `antes do feriado`, `depois do feriado`, of the holidays that the store lists.
fn around_holiday(
    message: &Message<'_>,
    at: usize,
    calendar: Calendar<'_>,
) -> Option<(usize, Delivery)> {
    let of = matches!(message.word(at + 1), "do" | "o" | "de");
    (of && message.word(at + 2) == "feriado").then_some(())?;
    let holiday = calendar.holiday()?;
    let found = match message.word(at) {
        "antes" => Delivery {
            from: Some(calendar.today),
            to: Some(holiday.pred_opt().filter(|last| *last >= calendar.today)?),
            ..Delivery::default()
        },
        "depois" | "apos" => Delivery { date: holiday.succ_opt(), ..Delivery::default() },
        _ => return None,
    };
    Some((at + 3, found))
}

fn week_or_month(message: &Message<'_>, at: usize, today: NaiveDate) -> Option<(usize, Delivery)> {
    let word = |ahead: usize| message.word(at + ahead);
    let coming = |ahead: usize| matches!(word(ahead), "que" | "q") && word(ahead + 1) == "vem";
    let monday = monday_of(today);
    let week_later = monday.checked_add_days(Days::new(7))?;
    let (end, from, to) = match word(0) {
        "semana" if coming(1) => return next_week(message, at + 3, week_later),
        "proxima" if word(1) == "semana" => return next_week(message, at + 2, week_later),
        "essa" | "esta" | "nessa" | "nesta" if word(1) == "semana" => {
            (at + 2, today, monday.checked_add_days(Days::new(6))?)
        }
        "fds" => (at + 1, weekend(today)?.0, weekend(today)?.1),
        "fim" | "final" if word(1) == "de" && word(2) == "semana" => {
            (at + 3, weekend(today)?.0, weekend(today)?.1)
        }
        "fim" | "final" if word(1) == "do" && word(2) == "mes" => {
            month_end(today).map(|(from, to)| (at + 3, from, to))?
        }
        "fim" | "final" if word(1) == "do" && word(2) == "ano" => {
            year_end(today).map(|(from, to)| (at + 3, from, to))?
        }
        "mes" if coming(1) => month_after(today).map(|(from, to)| (at + 3, from, to))?,
        "proximo" if word(1) == "mes" => month_after(today).map(|(from, to)| (at + 2, from, to))?,
        _ => return None,
    };
    Some((end, Delivery { from: Some(from), to: Some(to), ..Delivery::default() }))
}

/// Next week, or the weekday in it that is said behind.
fn next_week(message: &Message<'_>, end: usize, monday: NaiveDate) -> Option<(usize, Delivery)> {
    let mut next = end;
    while message.is_mark(next, &[',']) || matches!(message.word(next), "na" | "no" | "de") {
        next += 1;
    }
    if let Some(weekday) = weekday(message.word(next)) {
        let ahead = u64::from(weekday.num_days_from_monday());
        let date = monday.checked_add_days(Days::new(ahead))?;
        let end = after_weekday(message, next + 1);
        return Some((end, Delivery { date: Some(date), ..Delivery::default() }));
    }
    let sunday = monday.checked_add_days(Days::new(6))?;
    Some((end, Delivery { from: Some(monday), to: Some(sunday), ..Delivery::default() }))
}

/// One day from token `at`, and where its words end.
fn day(message: &Message<'_>, at: usize, calendar: Calendar<'_>) -> Option<(usize, NaiveDate)> {
    let today = calendar.today;
    let word = |ahead: usize| message.word(at + ahead);
    let after = |days: u64| today.checked_add_days(Days::new(days));
    match word(0) {
        "hoje" | "hj" | "oje" | "hoj" => return Some((at + 1, today)),
        "amanha" | "amanhaa" | "amnha" | "amha" => return Some((at + 1, after(1)?)),
        "depois" if word(1) == "de" && word(2) == "amanha" => return Some((at + 3, after(2)?)),
        "daqui" => {
            let number = skip(message, at + 1, &["a", "uns", "ha"]);
            let count = number_at(message, number)?;
            let days = match message.word(number + 1) {
                "dia" | "dias" => count,
                "semana" | "semanas" => count * 7,
                _ => return None,
            };
            return Some((
                number + 2,
                after(u64::try_from(days).ok().filter(|days| *days <= 400)?)?,
            ));
        }
        "feriado" if !message.word(at.wrapping_sub(1)).is_empty() => {
            return Some((at + 1, calendar.holiday()?));
        }
        "dia" | "dias" => return day_of_month(message, at + 1, today),
        _ => {}
    }
    if let Some(weekday) = weekday(word(0)) {
        if word(0) == "segunda" && matches!(word(1), "via" | "mao" | "opcao" | "linha") {
            return None;
        }
        let end = after_weekday(message, at + 1);
        let next_week = (matches!(message.word(end), "da" | "na")
            && ((message.word(end + 1) == "semana" && message.word(end + 3) == "vem")
                || (message.word(end + 1) == "proxima" && message.word(end + 2) == "semana")))
            .then_some(end + if message.word(end + 1) == "semana" { 4 } else { 3 });
        if let Some(end) = next_week {
            let monday = monday_of(today).checked_add_days(Days::new(7))?;
            return Some((
                end,
                monday.checked_add_days(Days::new(weekday.num_days_from_monday().into()))?,
            ));
        }
        return Some((end, next_weekday(today, weekday)?));
    }
    // A date by itself: `15/03`, `15 de março`.
    match message.kind(at)? {
        Kind::Number(number) if number.slashed().is_some() => {
            let (day, month) = number.slashed()?;
            let before = at.checked_sub(1).map_or("", |token| message.word(token));
            let marked = matches!(
                before,
                "dia" | "ate" | "entrega" | "entregar" | "pra" | "para" | "em" | "no" | "data"
            );
            (marked || (day > 12 && (1..=12).contains(&month))).then_some(())?;
            let date = next_date(today, day.into(), Some(month.into()))?;
            Some((after_year(message, at + 1), date))
        }
        Kind::Number(number) if message.word(at + 1) == "de" => {
            let month = month_named(message.word(at + 2))?;
            let day = u32::try_from(number.as_whole()?).ok()?;
            Some((at + 3, next_date(today, day, Some(month))?))
        }
        _ => None,
    }
}

/// `15`, `15/03`, `15 de março` behind `dia`.
fn day_of_month(message: &Message<'_>, at: usize, today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let number = message.tokens.get(at)?.number()?;
    if let Some((day, month)) = number.slashed() {
        return Some((
            after_year(message, at + 1),
            next_date(today, day.into(), Some(month.into()))?,
        ));
    }
    let day = u32::try_from(number.as_whole()?).ok()?;
    if message.word(at + 1) == "de"
        && let Some(month) = month_named(message.word(at + 2))
    {
        return Some((at + 3, next_date(today, day, Some(month))?));
    }
    Some((at + 1, next_date(today, day, None)?))
}

fn after_year(message: &Message<'_>, at: usize) -> usize {
    if message.is_mark(at, &['/'])
        && message.tokens.get(at + 1).is_some_and(|t| t.number().is_some())
    {
        at + 2
    } else {
        at
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "segunda" | "segundona" => Weekday::Mon,
        "terca" => Weekday::Tue,
        "quarta" => Weekday::Wed,
        "quinta" => Weekday::Thu,
        "sexta" => Weekday::Fri,
        "sabado" | "sabadao" => Weekday::Sat,
        "domingo" => Weekday::Sun,
        _ => return None,
    })
}

/// Behind `-feira` and `que vem`.
fn after_weekday(message: &Message<'_>, at: usize) -> usize {
    let dash = usize::from(message.is_mark(at, &['-']));
    let end = if message.word(at + dash) == "feira" { at + dash + 1 } else { at };
    let coming = matches!(message.word(end), "que" | "q") && message.word(end + 1) == "vem";
    if coming { end + 2 } else { end }
}

fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "janeiro",
        "fevereiro",
        "marco",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ];
    let position = MONTHS
        .iter()
        .position(|month| *month == word || (word.len() == 3 && month.starts_with(word)))?;
    u32::try_from(position + 1).ok()
}

/// A part of the day; `None` inside when the evening is said.
fn period(message: &Message<'_>, at: usize) -> Option<(usize, Option<Period>)> {
    let word = |ahead: usize| message.word(at + ahead);
    match word(0) {
        "manha" | "manhazinha" | "cedo" | "cedinho" => {
            return Some((at + 1, Some(Period::Morning)));
        }
        "tarde" | "tardezinha" => return Some((at + 1, Some(Period::Afternoon))),
        "noite" => return Some((at + 1, None)),
        "antes" if word(1) == "do" && word(2) == "almoco" => {
            return Some((at + 3, Some(Period::Morning)));
        }
        "antes" if matches!(word(1), "do" | "de") && word(2) == "meio" => {
            return Some((at + 4, Some(Period::Morning)));
        }
        "depois" | "apos" if matches!(word(1), "do" | "o") && word(2) == "almoco" => {
            return Some((at + 3, Some(Period::Afternoon)));
        }
        _ => {}
    }
    let hour = message.tokens.get(at)?.number()?.as_whole()?;
    let (end, clock) = if message.is_mark(at + 1, &[':']) {
        (at + 3, message.tokens.get(at + 2).is_some_and(|t| t.glued && t.number().is_some()))
    } else {
        let named = matches!(word(1), "h" | "hs" | "hrs" | "hora" | "horas");
        let minutes = message.tokens.get(at + 2).is_some_and(|t| t.glued && t.number().is_some());
        (at + 2 + usize::from(minutes), named)
    };
    clock.then_some(())?;
    let period = match hour {
        0..=11 => Some(Period::Morning),
        12..=17 => Some(Period::Afternoon),
        _ => None,
    };
    Some((end, period))
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

fn skip(message: &Message<'_>, at: usize, words: &[&str]) -> usize {
    at + usize::from(words.contains(&message.word(at)))
}

fn number_at(message: &Message<'_>, at: usize) -> Option<i64> {
    use super::number::{Spelled, spelled};
    match message.kind(at)? {
        Kind::Number(number) => number.as_whole(),
        Kind::Word => match spelled(message.word(at))? {
            Spelled::Article => Some(1),
            Spelled::Small(value) | Spelled::Tens(value) => Some(value),
            Spelled::Hundreds(_) | Spelled::Thousand | Spelled::Half => None,
        },
        Kind::Size(_) | Kind::Break | Kind::Mark(_) => None,
    }
}
