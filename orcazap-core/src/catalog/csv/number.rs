//! A decimal number as people type it into a spreadsheet.
//!
//! | typed | read as |
//! | --- | --- |
//! | `12.50`, `1.234` | the point is the decimal mark |
//! | `12,50`, `0,5`, `0,125` | the comma is |
//! | `1.234,50`, `1,234.50` | the last mark is, the others part thousands |
//! | `1,234` | refused: it could be either |
//!
//! What a spreadsheet's floats leave behind the sixth place (`3.5999999999999996`)
//! is noise and is rounded away: no price, quantity or weight keeps more places.

use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

const PLACES: u32 = 6;

/// Why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum NumberError {
    #[error("expected a number such as 12.50, found {found:?}")]
    NotANumber { found: String },
    #[error("{found} could be thousands or thousandths: write {thousands} or {thousandths}")]
    EitherWay { found: String, thousands: String, thousandths: String },
}

pub(super) fn parse(text: &str) -> Result<Decimal, NumberError> {
    let wrong = || NumberError::NotANumber { found: text.chars().take(40).collect() };
    let marks_only = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',');
    if text.len() > 30 || !marks_only {
        return Err(wrong());
    }
    let plain = match (text.rfind('.'), text.rfind(',')) {
        (_, None) => text.to_owned(),
        (None, Some(_)) => {
            let (whole, part) = text.split_once(',').ok_or_else(wrong)?;
            if part.len() == 3 && !whole.is_empty() && whole.len() <= 3 && !whole.starts_with('0') {
                return Err(NumberError::EitherWay {
                    found: text.to_owned(),
                    thousands: format!("{whole}{part}"),
                    thousandths: format!("{whole}.{part}"),
                });
            }
            format!("{whole}.{part}")
        }
        (Some(point), Some(comma)) if point < comma => grouped(text, '.', ',').ok_or_else(wrong)?,
        (Some(_), Some(_)) => grouped(text, ',', '.').ok_or_else(wrong)?,
    };
    let value = Decimal::from_str_exact(&plain).map_err(|_| wrong())?;
    Ok(value.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero))
}

/// `1.234.567,8` without its thousands marks and with a point.
fn grouped(text: &str, thousands: char, mark: char) -> Option<String> {
    let (whole, part) = text.split_once(mark)?;
    let mut groups = whole.split(thousands);
    let first = groups.next()?;
    let regular = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    regular.then(|| format!("{}.{part}", whole.replace(thousands, "")))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn marks_are_read_as_people_mean_them() {
        for (typed, expected) in [
            ("39.90", "39.90"),
            ("39,90", "39.90"),
            ("0,125", "0.125"),
            ("1.234", "1.234"),
            ("1.234,50", "1234.50"),
            ("1,234.50", "1234.50"),
            ("12.345.678,9", "12345678.9"),
            ("1234,567", "1234.567"),
            ("3.5999999999999996", "3.6"),
        ] {
            assert_eq!(parse(typed).unwrap(), expected.parse().unwrap(), "{typed}");
        }
        for wrong in ["", "x", "-1", "1e5", "R$ 2", "1,234", "1,2,3", "1.23,4", "1.2.3", ",", "."] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert!(parse("1,234").unwrap_err().to_string().contains("write 1234 or 1.234"));
    }
}
