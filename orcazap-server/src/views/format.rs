//! Numbers, money and times as a person in Brazil writes and reads them:
//! `R$ 1.234,50`, `26/11/2026 14:05`.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use orcazap_core::{Language, Money, Quantity, Unit, UnitPrice};
use rust_decimal::Decimal;

/// The language of the pages.
pub(crate) const PAGES: Language = Language::Portuguese;

/// An amount: `R$ 1.234,50`.
pub(crate) fn brl(amount: Money) -> String {
    PAGES.money(amount)
}

/// A unit price, with as many places as it needs and at least two: `R$ 0,0125`.
pub(crate) fn price(price: UnitPrice) -> String {
    PAGES.price(price)
}

/// So many of a unit: `20 sacos`.
pub(crate) fn amount(qty: Quantity, unit: Unit) -> String {
    PAGES.quantity(qty.as_decimal(), unit)
}

/// A number without needless zeros: `1.234,5`.
pub(crate) fn number(value: impl Into<Decimal>) -> String {
    PAGES.number(value.into())
}

/// A size: `840 B`, `12 KB`, `1,2 MB`.
pub(crate) fn bytes(size: u64) -> String {
    let tenths = |unit: u64| Decimal::new(i64::try_from(size * 10 / unit).unwrap_or(i64::MAX), 1);
    match size {
        ..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{} KB", size / 1_000),
        _ => format!("{} MB", number(tenths(1_000_000))),
    }
}

/// A percentage with at most two places: `12,5%`.
pub(crate) fn percent(value: Decimal) -> String {
    format!("{}%", PAGES.number(orcazap_core::money::round(value)))
}

/// A number as it stands in a field, to be read back by [`parse_number`]:
/// `1234,5`.
pub(crate) fn field(value: Decimal) -> String {
    value.normalize().to_string().replace('.', ",")
}

/// Reads what a person types: `1.234,50`, `1234,5`, `12.5`. A point before
/// exactly three digits groups thousands, as it does on paper in Brazil.
pub(crate) fn parse_number(text: &str) -> Option<Decimal> {
    let text = text.trim().trim_start_matches("R$").trim();
    if text.len() > 24 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
        return None;
    }
    let plain = match text.split_once(',') {
        Some((whole, fraction)) if is_whole(whole) && !fraction.contains(['.', ',']) => {
            format!("{}.{fraction}", whole.replace('.', ""))
        }
        Some(_) => return None,
        None if text.contains('.') && is_whole(text) => text.replace('.', ""),
        None => text.to_owned(),
    };
    let plain = plain.strip_suffix('.').unwrap_or(&plain);
    Decimal::from_str_exact(plain).ok()
}

/// Whether digits are plain or grouped by threes.
fn is_whole(text: &str) -> bool {
    let mut groups = text.split('.');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    let grouped = rest.peek().is_some();
    !first.is_empty() && (!grouped || first.len() <= 3) && rest.all(|group| group.len() == 3)
}

/// Times as they are on the wall of a store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wall {
    /// The store's time zone.
    pub(crate) zone: Tz,
    /// The time.
    pub(crate) now: DateTime<Utc>,
}

impl Wall {
    /// The time on it.
    pub(crate) fn local(&self) -> DateTime<FixedOffset> {
        self.now.with_timezone(&self.zone).fixed_offset()
    }

    /// `26/11/2026 14:05`.
    pub(crate) fn date_time<Z: TimeZone>(&self, at: &DateTime<Z>) -> String {
        at.with_timezone(&self.zone).format("%d/%m/%Y %H:%M").to_string()
    }

    /// `14:05` on the same day, else `25/11 09:30`, in another year with it.
    pub(crate) fn short<Z: TimeZone>(&self, at: &DateTime<Z>) -> String {
        let (at, now) = (at.with_timezone(&self.zone), self.now.with_timezone(&self.zone));
        let form = if at.date_naive() == now.date_naive() {
            "%H:%M"
        } else if at.format("%Y").to_string() == now.format("%Y").to_string() {
            "%d/%m %H:%M"
        } else {
            "%d/%m/%Y %H:%M"
        };
        at.format(form).to_string()
    }

    /// How long ago: `agora`, `há 5 min`, `há 2 h`, `há 3 dias`.
    pub(crate) fn age<Z: TimeZone>(&self, at: &DateTime<Z>) -> String {
        let passed = self.now.signed_duration_since(at).max(TimeDelta::zero());
        match (passed.num_days(), passed.num_hours(), passed.num_minutes()) {
            (0, 0, 0) => "agora".to_owned(),
            (0, 0, minutes) => format!("há {minutes} min"),
            (0, hours, _) => format!("há {hours} h"),
            (1, _, _) => "há 1 dia".to_owned(),
            (days, _, _) => format!("há {days} dias"),
        }
    }

    /// Today in words: `quinta-feira, 26 de novembro`.
    pub(crate) fn today(&self) -> String {
        use chrono::Datelike;
        let today = self.now.with_timezone(&self.zone).date_naive();
        format!("{}, {} de {}", weekday(today.weekday()), today.day(), month_name(today))
    }
}

/// A day: `26/11/2026`.
pub(crate) fn date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// A day of the week: `quinta-feira`.
pub(crate) fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "segunda-feira",
        Weekday::Tue => "terça-feira",
        Weekday::Wed => "quarta-feira",
        Weekday::Thu => "quinta-feira",
        Weekday::Fri => "sexta-feira",
        Weekday::Sat => "sábado",
        Weekday::Sun => "domingo",
    }
}

/// A day's month: `novembro`.
pub(crate) fn month_name(day: NaiveDate) -> &'static str {
    use chrono::Datelike;
    match day.month() {
        1 => "janeiro",
        2 => "fevereiro",
        3 => "março",
        4 => "abril",
        5 => "maio",
        6 => "junho",
        7 => "julho",
        8 => "agosto",
        9 => "setembro",
        10 => "outubro",
        11 => "novembro",
        _ => "dezembro",
    }
}

/// A phone number as it is read out in Brazil: `(11) 98765-4321`; others with
/// their country code.
pub(crate) fn phone(digits: &str) -> String {
    let brazilian = digits.strip_prefix("55").filter(|rest| matches!(rest.len(), 10 | 11));
    let parts = brazilian.and_then(|rest| {
        let (area, subscriber) = rest.split_at_checked(2)?;
        let (front, back) = subscriber.split_at_checked(subscriber.len() - 4)?;
        Some(format!("({area}) {front}-{back}"))
    });
    parts.unwrap_or_else(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_for_showing_only() {
        assert_eq!(percent(Decimal::new(12_345, 3)), "12,35%");
        assert_eq!(amount("20".parse().unwrap(), Unit::Bag), "20 sacos");
        assert_eq!(number(1_234), "1.234");
    }

    #[track_caller]
    fn check_number(text: &str, expected: Option<&str>) {
        let expected = expected.map(|text| Decimal::from_str_exact(text).unwrap());
        assert_eq!(parse_number(text), expected, "{text:?}");
    }

    #[test]
    fn numbers_are_read_as_they_are_written_in_brazil() {
        check_number("1.234,50", Some("1234.50"));
        check_number(" R$ 39,90 ", Some("39.90"));
        check_number("1.234", Some("1234"));
        check_number("12.5", Some("12.5"));
        check_number("0,5", Some("0.5"));
        check_number("10", Some("10"));
        for text in
            ["", "-1", "1,2,3", "1.23,4", "abc", "1e5", "12.34.56", ",5", "9".repeat(25).as_str()]
        {
            check_number(text, None);
        }
    }

    #[test]
    fn a_field_is_read_back_as_it_was() {
        for text in ["0.5", "39.9", "1234.5", "12", "0.125", "1234"] {
            let value = Decimal::from_str_exact(text).unwrap();
            // Three places after the comma stay three places: there is no point to misread.
            assert_eq!(parse_number(&field(value)), Some(value), "{text}");
        }
    }

    #[test]
    fn times_are_the_stores_own() {
        let now = Utc.with_ymd_and_hms(2026, 11, 26, 17, 5, 0).unwrap();
        let wall = Wall { zone: chrono_tz::America::Sao_Paulo, now };
        assert_eq!(wall.date_time(&now), "26/11/2026 14:05");
        assert_eq!(wall.short(&now), "14:05");
        assert_eq!(wall.short(&(now - TimeDelta::days(2))), "24/11 14:05");
        assert_eq!(wall.age(&(now - TimeDelta::minutes(61))), "há 1 h");
        assert_eq!(wall.age(&(now + TimeDelta::minutes(61))), "agora");
        assert_eq!(wall.today(), "quinta-feira, 26 de novembro");
    }

    #[test]
    fn phones_are_written_as_in_brazil() {
        assert_eq!(phone("5511987654321"), "(11) 98765-4321");
        assert_eq!(phone("551133334444"), "(11) 3333-4444");
        assert_eq!(phone("14155550100"), "+14155550100");
    }
}
