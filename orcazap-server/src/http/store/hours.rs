//! When the store is open, and how long its quotes stand.
//!
//! Days are typed as people write them: a line a date, `25/12/2026` for a day on which
//! the store is closed and `24/12/2026 até 12:00` for one on which it closes earlier.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Datelike as _, NaiveDate, NaiveTime, Weekday};
use orcazap_core::PriceBook;
use orcazap_core::pricing::{HalfDay, OpenDays, Opening, PriceBookData};
use orcazap_store::{Actor, NewAudit};
use serde::Deserialize;
use serde_json::json;

use super::settings::After;
use crate::http::desk::{Desk, Signed};
use crate::http::problem::PageError;
use crate::views::format;
use crate::views::frame::Section;
use crate::views::hours::{Day, Hours};

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

const LOOK: &str = "Nada foi salvo. Confira os campos marcados.";
const NOT_HOURS: &str = "Escreva de 1 a 8784 horas (366 dias).";
const NOT_A_DAY: &str = "Escreva quando abre e quando fecha, a abertura antes, ou deixe os dois \
    em branco se não abre.";
const TOO_MANY: &str = "Guarde no máximo 1.000 dias. Tire os que já passaram.";
/// How many faulty lines of the dates are named.
const NAMED: usize = 5;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    validity: String,
    /// From Monday on.
    #[serde(default)]
    opens: Vec<String>,
    #[serde(default)]
    closes: Vec<String>,
    #[serde(default)]
    dates: String,
}

/// The page.
pub(super) async fn show(desk: Desk, Query(after): Query<After>) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Settings)?;
    let book = desk.tx().await?.price_book().await?;
    let page = page(&Fields::of(&book), Faults::default());
    desk.show(Section::Settings, &Hours { saved: after.salvo.is_some(), ..page }).await
}

/// The form is sent.
pub(super) async fn save(Signed(desk, fields): Signed<Fields>) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Settings)?;
    let (validity_hours, open) = match read(&fields) {
        Ok(read) => read,
        Err(faults) => {
            let shown = desk.show(Section::Settings, &page(&fields, faults)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
        }
    };
    let mut tx = desk.tx().await?;
    let book = PriceBookData { validity_hours, open, ..tx.lock_price_book().await? };
    let book = PriceBook::new(book).map_err(crate::shops::ShopError::Book)?;
    tx.replace_price_book(book.data()).await?;
    let entry = NewAudit {
        actor: Actor::Person(desk.staff.id),
        action: "opening_hours_changed".to_owned(),
        conversation: None,
        detail: json!({ "version": tx.shop_version().await?, "validity_hours": validity_hours }),
        request_id: desk.request_id.clone(),
    };
    tx.insert_audit(&entry, desk.now).await?;
    tx.commit().await?;
    Ok(Redirect::to("/ajustes/horarios?salvo=1").into_response())
}

/// What is wrong with the form.
#[derive(Debug, Default, PartialEq)]
struct Faults {
    validity: Option<&'static str>,
    /// Days of the week, from Monday on.
    days: BTreeMap<usize, &'static str>,
    dates: Option<String>,
}

fn read(fields: &Fields) -> Result<(u32, OpenDays), Faults> {
    let mut faults = Faults::default();
    let bounds = 1..=PriceBook::MAX_VALIDITY_HOURS;
    let validity = fields.validity.trim().parse().ok().filter(|hours| bounds.contains(hours));
    if validity.is_none() {
        faults.validity = Some(NOT_HOURS);
    }
    let mut open = OpenDays::default();
    let typed = |times: &[String], place| {
        let text: &str = times.get(place).map_or("", |text: &String| text.trim());
        (!text.is_empty()).then(|| time(text))
    };
    for (place, day) in WEEK.into_iter().enumerate() {
        match (typed(&fields.opens, place), typed(&fields.closes, place)) {
            (None, None) => {}
            (Some(Some(opens)), Some(Some(closes))) if opens < closes => {
                open.week.push(Opening { day, opens: Some(opens), closes });
            }
            // A store file may have said no more than when it closes.
            (None, Some(Some(closes))) => open.week.push(Opening { day, opens: None, closes }),
            _ => {
                faults.days.insert(place, NOT_A_DAY);
            }
        }
    }
    dates(&fields.dates, &mut open, &mut faults);
    match validity {
        Some(validity) if faults == Faults::default() => Ok((validity, open)),
        _ => Err(faults),
    }
}

/// Reads the dates, a line each.
fn dates(text: &str, open: &mut OpenDays, faults: &mut Faults) {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut wrong, mut early) = (Vec::new(), Vec::new());
    let week = open.week.clone();
    let opens = |date: NaiveDate| week.iter().find(|one| one.day == date.weekday())?.opens;
    for line in lines {
        let (date, until) = match line.split_once("até").or_else(|| line.split_once("ate")) {
            Some((date, until)) => (date.trim(), Some(time(until.trim()))),
            None => (line, None),
        };
        let date = NaiveDate::parse_from_str(date, "%d/%m/%Y").ok();
        match (date, until) {
            (Some(date), None) => open.closed.push(date),
            (Some(date), Some(Some(closes)))
                if opens(date).is_some_and(|opens| closes <= opens) =>
            {
                early.push(line);
            }
            (Some(date), Some(Some(closes))) => open.half.push(HalfDay { date, closes }),
            _ => wrong.push(line),
        }
    }
    open.closed.sort_unstable();
    open.closed.dedup();
    open.half.sort_unstable_by_key(|half| (half.date, half.closes));
    open.half.dedup_by_key(|half| half.date);
    if open.closed.len() + open.half.len() > OpenDays::MAX_CLOSED {
        faults.dates = Some(TOO_MANY.to_owned());
    }
    if !early.is_empty() {
        faults.dates = Some(format!(
            "Nesse dia a loja fecharia antes de abrir. Corrija a hora, ou deixe só a data se ela \
             não abre: {}.",
            named(&early)
        ));
    }
    if !wrong.is_empty() {
        faults.dates = Some(format!(
            "Escreva um dia por linha, como 25/12/2026 ou 24/12/2026 até 12:00. Não entendi: {}.",
            named(&wrong)
        ));
    }
}

/// The first of some faulty lines, shortened.
fn named(lines: &[&str]) -> String {
    let short = |line: &&str| format!("“{}”", line.chars().take(40).collect::<String>());
    lines.iter().take(NAMED).map(short).collect::<Vec<_>>().join(", ")
}

/// A time of day: `7`, `7h`, `7h30`, `07:30`.
fn time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once([':', 'h']).unwrap_or((text, ""));
    let number = |text: &str| text.trim().parse().ok().filter(|_| text.trim().len() <= 2);
    let minute = if minute.trim().is_empty() { 0 } else { number(minute)? };
    NaiveTime::from_hms_opt(number(hour)?, minute, 0)
}

impl Fields {
    /// The form as the store is set.
    fn of(book: &PriceBookData) -> Self {
        let on = |day: &Weekday| book.open.week.iter().find(|opening| opening.day == *day);
        let clock = |time: NaiveTime| time.format("%H:%M").to_string();
        let opens = WEEK.iter().map(|day| on(day)?.opens.map(clock));
        let closes = WEEK.iter().map(|day| on(day).map(|opening| clock(opening.closes)));
        let closed = book.open.closed.iter().map(|date| (*date, format::date(*date)));
        let half = book.open.half.iter().map(|half| {
            (half.date, format!("{} até {}", format::date(half.date), clock(half.closes)))
        });
        let mut dates: Vec<(NaiveDate, String)> = closed.chain(half).collect();
        dates.sort_unstable();
        let dates: Vec<String> = dates.into_iter().map(|(_, line)| line).collect();
        Self {
            validity: book.validity_hours.to_string(),
            opens: opens.map(Option::unwrap_or_default).collect(),
            closes: closes.map(Option::unwrap_or_default).collect(),
            dates: dates.join("\n"),
        }
    }
}

fn page(fields: &Fields, faults: Faults) -> Hours {
    let typed = |times: &[String], place| {
        times.get(place).map(|text: &String| text.chars().take(8).collect()).unwrap_or_default()
    };
    let days = WEEK.iter().enumerate().map(|(place, day)| Day {
        name: format::weekday(*day),
        opens: typed(&fields.opens, place),
        closes: typed(&fields.closes, place),
        error: faults.days.get(&place).copied(),
    });
    Hours {
        saved: false,
        error: (faults != Faults::default()).then_some(LOOK),
        days: days.collect(),
        validity: fields.validity.chars().take(8).collect(),
        validity_error: faults.validity,
        dates: fields.dates.clone(),
        dates_error: faults.dates,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Fields {
        let times = |text: &str| {
            let mut times = vec![text.to_owned(); 5];
            times.extend(["8".to_owned(), String::new()]);
            times
        };
        let closes =
            times("18:00").into_iter().map(|t| if t == "8" { "12h30".into() } else { t }).collect();
        Fields {
            validity: "72".into(),
            opens: times("07:30"),
            closes,
            dates: "25/12/2026\n\n24/12/2026 até 12:00\n25/12/2026".into(),
        }
    }

    #[test]
    fn what_is_typed_is_what_the_store_keeps_and_shows() {
        let (validity_hours, open) = read(&fields()).unwrap();
        assert_eq!(validity_hours, 72);
        assert_eq!(open.week.len(), 6);
        assert_eq!(open.closed.len(), 1);
        let shown = Fields::of(&PriceBookData { validity_hours, open, ..Default::default() });
        assert_eq!(shown.dates, "24/12/2026 até 12:00\n25/12/2026");
        assert_eq!(shown.closes.get(5).unwrap(), "12:30");
        assert!(shown.opens.get(6).unwrap().is_empty());
        assert_eq!(read(&shown).unwrap().1, read(&fields()).unwrap().1);
    }

    #[test]
    fn each_fault_is_told_beside_its_field() {
        let check = |change: fn(&mut Fields)| {
            let mut fields = fields();
            change(&mut fields);
            read(&fields).unwrap_err()
        };
        assert!(check(|fields| fields.validity = "0".into()).validity.is_some());
        for (opens, closes) in [("18:00", "08:00"), ("07:00", ""), ("25", "26"), ("7:300", "9")] {
            let mut fields = fields();
            fields.opens[2] = opens.into();
            fields.closes[2] = closes.into();
            let faults = read(&fields).unwrap_err();
            assert_eq!(faults.days.keys().collect::<Vec<_>>(), [&2], "{opens} {closes}");
        }
        let faults = check(|fields| fields.dates = "natal\n31/02/2026".into());
        assert!(faults.dates.unwrap().contains("“natal”, “31/02/2026”"));
        let faults = check(|fields| fields.dates = "24/12/2026 até 07:30".into());
        assert!(faults.dates.unwrap().ends_with("não abre: “24/12/2026 até 07:30”."));
    }
}
