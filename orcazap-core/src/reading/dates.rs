//! Dates: one day or a span of days, in the many ways they are said.
//!
//! | said | read |
//! | --- | --- |
//! | `amanhã`, `sexta`, `dia quinze`, `15/03`, `15-03`, `15 de março` | that day, the next such |
//! | `em 2 dias`, `daqui a uma semana`, `em 3 dias úteis` | so many days from today |
//! | `até sexta`, `antes de sexta`, `em até 5 dias` | from today on |
//! | `depois do dia 20`, `a partir de segunda` | from a day on, without an end |
//! | `entre 10 e 15 de abril`, `de 3 a 5 dias`, `dia 20 ou 21` | from one to the other |
//! | `semana que vem`, `fim do mês`, `início de abril`, `primeira semana de abril` | those days |

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::calendar::{
    Calendar, monday_of, month_after, month_end, month_of, next_date, next_weekday, week_before,
    weekend, year_end,
};
use super::numeral::whole;
use super::token::Kind;
use super::view::Message;
use crate::order::Delivery;

/// The furthest ahead that goods are wanted, in days.
const FURTHEST: i64 = 400;

/// How many days ago a day of a month that is named is no day of next year.
const MONTHS_AGO: i64 = 60;

/// What is read, and the token behind its words.
type Found<T> = Option<(usize, T)>;

/// Reads the dates of a message.
#[derive(Clone, Copy)]
pub(super) struct Dates<'d> {
    pub(super) message: &'d Message<'d>,
    pub(super) calendar: Calendar<'d>,
}

impl Dates<'_> {
    /// A day or a span of days from token `at`.
    pub(super) fn read(self, at: usize) -> Found<Delivery> {
        self.edge(at)
            .or_else(|| self.between(at))
            .or_else(|| self.stretch(at))
            .or_else(|| self.choice(at))
    }

    fn word(&self, at: usize) -> &str {
        self.message.word(at)
    }

    fn is(self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    fn skip(self, at: usize, words: &[&str]) -> usize {
        at + usize::from(self.is(at, words))
    }

    fn today(self) -> NaiveDate {
        self.calendar.today
    }

    /// `até sexta`, `antes do feriado`, `depois do dia 20`, `a partir de segunda`.
    fn edge(self, at: usize) -> Found<Delivery> {
        let of = |at: usize| self.skip(at, &["a", "o", "as", "na", "no", "de", "do", "da"]);
        let until = |last: NaiveDate| {
            let from = Some(self.today()).filter(|today| *today <= last)?;
            Some(Delivery { from: Some(from), to: Some(last), ..Delivery::default() })
        };
        let from = |first| Delivery { from: Some(first), ..Delivery::default() };
        match self.word(at) {
            "ate" => {
                let (end, (_, last)) = self.days(of(at + 1)).or_else(|| self.lasting(at + 1))?;
                Some((end, until(last)?))
            }
            "em" if self.word(at + 1) == "ate" => {
                let (end, (_, last)) = self.lasting(at + 2)?;
                Some((end, until(last)?))
            }
            "antes" => {
                let (end, (first, _)) = self.days(of(at + 1))?;
                Some((end, until(first.pred_opt()?)?))
            }
            "depois" | "apos" if self.word(of(at + 1)) == "feriado" => {
                let (end, (_, holiday)) = self.days(of(at + 1))?;
                Some((end, Delivery { date: holiday.succ_opt(), ..Delivery::default() }))
            }
            "depois" if self.word(at + 1) == "de" && self.word(at + 2) == "amanha" => None,
            "depois" | "apos" => {
                let (end, (_, last)) = self.days(of(at + 1))?;
                Some((end, from(last.succ_opt()?)))
            }
            "a" | "apartir" | "partir" => {
                let start = self.skip(at, &["a"]);
                let start = self.skip(start, &["partir", "apartir"]);
                (start > at && self.word(start - 1) != "a").then_some(())?;
                let (end, (first, _)) = self.days(of(start))?;
                Some((end, from(first)))
            }
            _ => None,
        }
    }

    /// `entre quarta e sexta`, `de 16 a 20 de março`, `de 3 a 5 dias`.
    fn between(self, at: usize) -> Found<Delivery> {
        let joint = match self.word(at) {
            "entre" => ["e", "ate", "ou"],
            "de" | "da" | "do" | "das" | "dos" => ["a", "ate", "ao"],
            _ => return None,
        };
        let begin = self.skip(at + 1, &["a", "o", "os", "as"]);
        if let Some((middle, first)) = self.day(begin)
            && self.is(middle, &joint)
        {
            let behind = self.skip(middle + 1, &["a", "o"]);
            let (end, last) = self.day(behind).or_else(|| self.day_of_month(behind, None))?;
            let last = if last < first { last.checked_add_days(Days::new(7))? } else { last };
            return Some((end, spanning(first, last)));
        }
        let begin = self.skip(begin, &["dia", "dias"]);
        let (low, middle) = whole(self.message, begin)?;
        self.is(middle, &joint).then_some(())?;
        let behind = self.skip(self.skip(middle + 1, &["a", "o"]), &["dia"]);
        let (high, end) = whole(self.message, behind)?;
        (low < high).then_some(())?;
        if let Some((end, unit)) = self.unit_of_time(end) {
            let dates = (self.after(low * unit)?, self.after(high * unit)?);
            return Some((end, spanning(dates.0, dates.1)));
        }
        let named = begin > at + 1 && self.is(begin - 1, &["dia", "dias"]);
        let (end, month) = self.month_behind(end).map_or((end, None), |(end, m)| (end, Some(m)));
        (named || month.is_some()).then_some(())?;
        let last = self.next(u32::try_from(high).ok()?, month)?;
        let first = NaiveDate::from_ymd_opt(last.year(), last.month(), u32::try_from(low).ok()?)?;
        Some((end, spanning(first.max(self.today()), last)))
    }

    /// A span by its own name: a week, a month, a part of one.
    fn stretch(self, at: usize) -> Found<Delivery> {
        if let Some((end, date)) = self.weekday_of_next_week(at) {
            return Some((end, Delivery { date: Some(date), ..Delivery::default() }));
        }
        let (end, (from, to)) = self.week(at).or_else(|| self.part_of_month(at))?;
        Some((end, Delivery { from: Some(from), to: Some(to), ..Delivery::default() }))
    }

    /// One day, or the span of two or more to choose from: `dia 20 ou 21`.
    fn choice(self, at: usize) -> Found<Delivery> {
        let (mut end, first) = self.day(at)?;
        let mut last = first;
        loop {
            let joined = self.is(end, &["ou", "e"]) || self.message.is_mark(end, &[',', '/']);
            let next = if !joined {
                None
            } else if self.word(end) == "ou" {
                self.day(end + 1).or_else(|| self.bare_day(end + 1))
            } else {
                self.bare_day(end + 1)
            };
            let Some((behind, date)) = next.filter(|(_, date)| *date > last) else { break };
            (end, last) = (behind, date);
        }
        Some(match last > first {
            true => (end, spanning(first, last)),
            false => (end, Delivery { date: Some(first), ..Delivery::default() }),
        })
    }

    /// The second of two days of a month, by its number alone: `dia 20 ou 21`.
    fn bare_day(self, at: usize) -> Found<NaiveDate> {
        let (_, behind) = whole(self.message, at)?;
        ends_clause(self.message, behind).then(|| self.day_of_month(at, None)).flatten()
    }

    /// The first and last day of what is said from token `at`.
    fn days(self, at: usize) -> Found<(NaiveDate, NaiveDate)> {
        if let Some((end, date)) = self.day(at) {
            return Some((end, (date, date)));
        }
        self.week(at).or_else(|| self.part_of_month(at))
    }

    /// One day.
    fn day(self, at: usize) -> Found<NaiveDate> {
        let today = self.today();
        match self.word(at) {
            "hoje" | "hj" | "oje" | "hoj" => return Some((at + 1, today)),
            "amanha" | "amanhaa" | "amnha" | "amha" => return Some((at + 1, self.after(1)?)),
            "depois" if self.word(at + 1) == "de" && self.word(at + 2) == "amanha" => {
                return Some((at + 3, self.after(2)?));
            }
            "daqui" | "em" | "dentro" => {
                let begin = self.skip(at + 1, &["a", "de", "uns", "ha"]);
                let (end, (date, _)) = self.lasting(self.skip(begin, &["uns", "umas"]))?;
                return Some((end, date));
            }
            "feriado" if !self.word(at.wrapping_sub(1)).is_empty() => {
                return Some((at + 1, self.calendar.holiday()?));
            }
            "ultimo" if self.word(at + 1) == "dia" && self.word(at + 3) == "mes" => {
                return Some((at + 4, month_end(today)?.1));
            }
            "dia" | "dias" => return self.day_of_month(at + 1, None),
            _ => {}
        }
        self.weekday(at).or_else(|| self.date(at))
    }

    /// A weekday, the next after today: `sexta`, `sexta-feira que vem`,
    /// `sexta da semana que vem`.
    fn weekday(self, at: usize) -> Found<NaiveDate> {
        let weekday = weekday(self.word(at))?;
        if self.word(at) == "segunda" && self.is(at + 1, &["via", "mao", "opcao", "linha"]) {
            return None;
        }
        let end = self.after_weekday(at + 1);
        if self.is(end, &["da", "na"])
            && let Some((end, (monday, _))) = self.next_week(end + 1)
        {
            let ahead = u64::from(weekday.num_days_from_monday());
            return Some((end, monday.checked_add_days(Days::new(ahead))?));
        }
        Some((end, next_weekday(self.today(), weekday)?))
    }

    /// Behind `-feira` and `que vem`.
    fn after_weekday(self, at: usize) -> usize {
        let dash = usize::from(self.message.is_mark(at, &['-']));
        let end = if self.word(at + dash) == "feira" { at + dash + 1 } else { at };
        if self.is(end, &["que", "q"]) && self.word(end + 1) == "vem" { end + 2 } else { end }
    }

    /// A date by itself: `15/03`, `15.03.2026`, `15 de março`, `primeiro de abril`.
    fn date(self, at: usize) -> Found<NaiveDate> {
        if let Some((end, written)) = written_date(self.message, at) {
            let before = at.checked_sub(1).map_or("", |token| self.word(token));
            let marked = matches!(before, "dia" | "ate" | "entrega" | "entregar" | "data");
            let slashed = matches!(before, "pra" | "para" | "em" | "no") || written.day > 12;
            let part = self.is(end, &["de", "a", "pela"]) && self.is(end + 1, &["manha", "tarde"]);
            // `me entrega 1/2 m3 de areia`
            let counts = self.message.is_unit(end) && self.word(end) != "a";
            let marked = marked && !counts;
            let sure = marked || part || written.year.is_some() || (written.slashed && slashed);
            return sure.then(|| Some((end, self.of(written)?))).flatten();
        }
        let (day, end) = self.day_number(at)?;
        (self.word(end) == "de").then_some(())?;
        let month = month_named(self.word(end + 1))?;
        Some((self.behind_year(end + 2), self.next(day, Some(month))?))
    }

    /// `15`, `quinze`, `15/03`, `15 de março`, `15 do mês que vem` behind `dia`.
    fn day_of_month(self, at: usize, month: Option<u32>) -> Found<NaiveDate> {
        if let Some((end, written)) = written_date(self.message, at) {
            return Some((end, self.of(written)?));
        }
        let (day, end) = self.day_number(at)?;
        match self.month_behind(end) {
            Some((end, month)) => Some((end, self.next(day, Some(month))?)),
            None => Some((end, self.next(day, month)?)),
        }
    }

    /// The number of a day, with the token behind it: `15`, `quinze`, `1º`, `primeiro`.
    fn day_number(self, at: usize) -> Option<(u32, usize)> {
        if self.is(at, &["primeiro", "primeirao"]) {
            return Some((1, at + 1));
        }
        let (day, end) = whole(self.message, at)?;
        let raised = self.message.is_mark(end, &['º', '°', 'ª'])
            || self.word(end) == "o" && self.message.tokens.get(end).is_some_and(|t| t.glued);
        let day = u32::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
        Some((day, end + usize::from(raised)))
    }

    /// `de março`, `do 3`, `do mês que vem` behind a day.
    fn month_behind(self, at: usize) -> Found<u32> {
        let (today, of) = (self.today(), self.is(at, &["de", "do"]));
        if self.is(at, &["desse", "deste"]) && self.word(at + 1) == "mes" {
            return Some((at + 2, today.month()));
        }
        of.then_some(())?;
        if let Some(month) = month_named(self.word(at + 1)) {
            return Some((self.behind_year(at + 2), month));
        }
        if let Some(end) = self.next_month(at + 1) {
            return Some((end, month_after(today)?.0.month()));
        }
        let (month, end) = whole(self.message, at + 1)?;
        let month = u32::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        ends_clause(self.message, end).then_some((end, month))
    }

    /// Behind `de 2026`, `/2026`.
    fn behind_year(self, at: usize) -> usize {
        let joined = self.is(at, &["de"]) || self.message.is_mark(at, &['/']);
        let year = whole(self.message, at + 1).filter(|(year, _)| (2000..2100).contains(year));
        year.filter(|_| joined).map_or(at, |(_, end)| end)
    }

    /// Behind `mês que vem`, `próximo mês`.
    fn next_month(self, at: usize) -> Option<usize> {
        match self.word(at) {
            "mes" if self.is(at + 1, &["que", "q"]) && self.word(at + 2) == "vem" => Some(at + 3),
            "proximo" if self.word(at + 1) == "mes" => Some(at + 2),
            _ => None,
        }
    }

    /// So many days, weeks or hours from today: `2 dias`, `uma semana`, `3 dias úteis`.
    fn lasting(self, at: usize) -> Found<(NaiveDate, NaiveDate)> {
        let (count, end) = match self.word(at) {
            "meia" if self.word(at + 1) == "hora" => (0, at + 1),
            _ => whole(self.message, at)?,
        };
        let (end, days) = self.unit_of_time(end)?;
        if self.is(end, &["uteis", "util"]) {
            let date = self.calendar.working_day(count.min(FURTHEST))?;
            return Some((end + 1, (date, date)));
        }
        let date = self.after(count.checked_mul(days)?)?;
        Some((end, (date, date)))
    }

    /// How many days a unit of time is; hours and minutes are of today.
    fn unit_of_time(self, at: usize) -> Found<i64> {
        Some((
            at + 1,
            match self.word(at) {
                "dia" | "dias" => 1,
                "semana" | "semanas" => 7,
                "mes" | "meses" => 30,
                "hora" | "horas" | "hs" | "hrs" | "h" | "minuto" | "minutos" | "min"
                | "minutinhos" => 0,
                _ => return None,
            },
        ))
    }

    fn after(self, days: i64) -> Option<NaiveDate> {
        let days = u64::try_from(days).ok().filter(|_| days <= FURTHEST)?;
        self.today().checked_add_days(Days::new(days))
    }

    /// The next such date; none when its month is said and it has just been: whoever names
    /// it then means no day of next year.
    fn next(self, day: u32, month: Option<u32>) -> Option<NaiveDate> {
        let today = self.today();
        let passed = month.and_then(|month| {
            let of = |year| NaiveDate::from_ymd_opt(year, month, day);
            of(today.year()).filter(|date| *date < today).or(of(today.year() - 1))
        });
        let recent = |date: NaiveDate| (today - date).num_days() <= MONTHS_AGO;
        next_date(today, day, month).filter(|_| !passed.is_some_and(recent))
    }

    /// Behind a day that is past, or too lately so to be meant: `ontem`, `dia 20/11`.
    pub(super) fn past(self, at: usize) -> Option<usize> {
        if self.is(at, &["ontem", "anteontem"]) {
            return Some(at + 1);
        }
        let begin = self.skip(at, &["dia", "dias"]);
        if let Some((end, written)) = written_date(self.message, begin) {
            let sure = begin > at || written.has_year() || written.slashed && written.day > 12;
            return sure.then_some(end);
        }
        (begin > at).then(|| self.day_number(begin)).flatten().map(|(_, end)| end)
    }

    /// The date that is written, never a past one.
    fn of(self, written: Written) -> Option<NaiveDate> {
        match written.year {
            Some(year) => NaiveDate::from_ymd_opt(year, written.month, written.day)
                .filter(|date| *date >= self.today()),
            None => self.next(written.day, Some(written.month)),
        }
    }

    /// `semana que vem`, `essa semana`, `fim de semana`, `semana do dia 15`.
    fn week(self, at: usize) -> Found<(NaiveDate, NaiveDate)> {
        let today = self.today();
        let week = |monday: NaiveDate| Some((monday, monday.checked_add_days(Days::new(6))?));
        if let Some(found) = self.next_week(at) {
            return Some(found);
        }
        match self.word(at) {
            "semana" if self.word(at + 1) == "do" && self.word(at + 2) == "dia" => {
                let (end, date) = self.day_of_month(at + 3, None)?;
                let (monday, sunday) = week(monday_of(date))?;
                Some((end, (monday.max(today), sunday)))
            }
            "essa" | "esta" | "nessa" | "nesta" if self.word(at + 1) == "semana" => {
                Some((at + 2, (today, week(monday_of(today))?.1)))
            }
            "fds" => Some((at + 1, weekend(today)?)),
            "fim" | "final" if self.word(at + 1) == "de" && self.word(at + 2) == "semana" => {
                Some((at + 3, weekend(today)?))
            }
            _ => None,
        }
    }

    /// `semana que vem`, `próxima semana`.
    fn next_week(self, at: usize) -> Found<(NaiveDate, NaiveDate)> {
        let end = match self.word(at) {
            "semana" if self.is(at + 1, &["que", "q"]) && self.word(at + 2) == "vem" => at + 3,
            "proxima" if self.word(at + 1) == "semana" => at + 2,
            _ => return None,
        };
        let monday = monday_of(self.today()).checked_add_days(Days::new(7))?;
        Some((end, (monday, monday.checked_add_days(Days::new(6))?)))
    }

    /// `semana que vem, na sexta`.
    fn weekday_of_next_week(self, at: usize) -> Found<NaiveDate> {
        let (mut end, (monday, _)) = self.next_week(at)?;
        while self.message.is_mark(end, &[',']) || self.is(end, &["na", "no", "de"]) {
            end += 1;
        }
        let ahead = u64::from(weekday(self.word(end))?.num_days_from_monday());
        Some((self.after_weekday(end + 1), monday.checked_add_days(Days::new(ahead))?))
    }

    /// `mês que vem`, `fim do mês`, `início de abril`, `primeira semana de abril`.
    fn part_of_month(self, at: usize) -> Found<(NaiveDate, NaiveDate)> {
        let today = self.today();
        if let Some(end) = self.next_month(at) {
            return Some((end, month_after(today)?));
        }
        let ends = self.is(at, &["fim", "final"]);
        if ends && self.word(at + 1) == "do" && self.word(at + 2) == "ano" {
            return Some((at + 3, year_end(today)?));
        }
        if self.word(at) == "em"
            && let Some(month) =
                month_named(self.word(at + 1)).filter(|_| self.word(at + 1).len() > 3)
        {
            let (first, last) = month_of(
                next_date(today, 1, Some(month))?.min(
                    NaiveDate::from_ymd_opt(today.year(), today.month(), 1)
                        .filter(|first| first.month() == month)
                        .unwrap_or(NaiveDate::MAX),
                ),
            )?;
            return Some((self.behind_year(at + 2), (first.max(today), last)));
        }
        let (behind, days) = match self.word(at) {
            "inicio" | "comeco" | "comecinho" => (at + 1, (1, 10)),
            "meados" | "meio" => (at + 1, (11, 20)),
            "fim" | "final" | "finalzinho" => (at + 1, (25, 31)),
            "primeira" if self.word(at + 1) == "semana" => (at + 2, (1, 7)),
            "segunda" if self.word(at + 1) == "semana" => (at + 2, (8, 14)),
            "terceira" if self.word(at + 1) == "semana" => (at + 2, (15, 21)),
            "quarta" if self.word(at + 1) == "semana" => (at + 2, (22, 28)),
            "ultima" if self.word(at + 1) == "semana" => (at + 2, (25, 31)),
            _ => {
                let (number, end) = whole(self.message, at)?;
                let raised = self.is(end, &["a"]) || self.message.is_mark(end, &['ª', 'º', '°']);
                (raised && self.word(end + 1) == "semana").then_some(())?;
                let last = u32::try_from(number).ok().filter(|n| (1..=4).contains(n))? * 7;
                (end + 2, (last - 6, last))
            }
        };
        let of = self.is(behind, &["de", "do"]);
        let (end, mut month) = match self.month_behind(behind) {
            Some((end, month)) => {
                let ahead = next_date(today, 1, Some(month))?;
                let here = today.month() == month;
                (end, month_of(if here { today } else { ahead })?)
            }
            None if of && self.word(behind + 1) == "mes" => (behind + 2, month_of(today)?),
            None => return None,
        };
        let over = month.0.with_day(days.1).is_some_and(|last| last < today);
        if over {
            month = month_after(today)?;
        }
        let part = if days.1 > 28 {
            match month.0 <= today {
                true => month_end(today)?,
                false => week_before(today, month.1.succ_opt()?)?,
            }
        } else {
            (month.0.with_day(days.0)?.max(today), month.0.with_day(days.1)?)
        };
        Some((end, part))
    }
}

fn spanning(first: NaiveDate, last: NaiveDate) -> Delivery {
    Delivery { from: Some(first), to: Some(last), ..Delivery::default() }
}

/// Whether nothing that a number could count stands at a token.
pub(super) fn ends_clause(message: &Message<'_>, at: usize) -> bool {
    message.is_taken(at)
        || matches!(message.kind(at), None | Some(Kind::Break | Kind::Mark(_)))
        || matches!(message.word(at), "e" | "ou" | "mas" | "ok" | "ta" | "pode")
}

/// A date in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    day: u32,
    month: u32,
    year: Option<i32>,
    /// With strokes, as sizes in points and lines of digits are not.
    slashed: bool,
}

impl Written {
    pub(super) fn has_year(self) -> bool {
        self.year.is_some()
    }

    fn of(parts: &[&str], slashed: bool) -> Option<Self> {
        let (day, month, year) = match parts {
            [day, month] => (day, month, None),
            [day, month, year] if matches!(year.len(), 2 | 4) => (day, month, Some(year)),
            _ => return None,
        };
        (day.len() <= 2 && month.len() <= 2).then_some(())?;
        let year = match year {
            Some(year) if year.len() == 2 => Some(2000 + year.parse::<i32>().ok()?),
            Some(year) => Some(year.parse().ok().filter(|year| (2000..2100).contains(year))?),
            None => None,
        };
        let (day, month) = (day.parse().ok()?, month.parse().ok()?);
        let exists = NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day).is_some();
        exists.then_some(Self { day, month, year, slashed })
    }
}

/// `15/03`, `15/03/2026`, `15-03`, `15.03.26`, `2026-03-15` from token `at`.
pub(super) fn written_date(message: &Message<'_>, at: usize) -> Found<Written> {
    let number = message.tokens.get(at)?.number()?;
    let first = message.word(at);
    if first.bytes().any(|byte| byte == b'.') {
        let parts: Vec<&str> = first.split('.').collect();
        return Some((at + 1, Written::of(&parts, false)?));
    }
    let glued = |token: usize| message.tokens.get(token).is_some_and(|token| token.glued);
    let part = |mark: usize, sign: char| {
        let joined = message.is_mark(mark, &[sign]) && glued(mark) && glued(mark + 1);
        let number = message.tokens.get(mark + 1).and_then(|token| token.number());
        (joined && number.is_some()).then(|| message.word(mark + 1))
    };
    if number.is_fraction()
        && let Some((day, month)) = first.split_once('/')
    {
        if let Some(year) = part(at + 1, '/') {
            return Some((at + 3, Written::of(&[day, month, year], true)?));
        }
        return Some((at + 1, Written::of(&[day, month], true)?));
    }
    let month = part(at + 1, '-')?;
    if let Some(day) = part(at + 3, '-').filter(|_| first.len() == 4) {
        return Some((at + 5, Written::of(&[day, month, first], false)?));
    }
    match part(at + 3, '-') {
        Some(year) => Some((at + 5, Written::of(&[first, month, year], false)?)),
        None => Some((at + 3, Written::of(&[first, month], false)?)),
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
