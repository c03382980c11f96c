//! The one place where anything is rounded: half away from zero, below zero too.

use rust_decimal::{Decimal, RoundingStrategy};

/// Rounds to two places, half away from zero, below zero too: the rule of every rounding
/// in this module, whether of decimals or of whole numbers.
#[must_use]
pub fn round(value: Decimal) -> Decimal {
    round_to_places(value, 2)
}

/// Rounds to so many places, half away from zero, below zero too.
pub(crate) fn round_to_places(value: Decimal, places: u32) -> Decimal {
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    // A decimal keeps the sign of a zero; nobody owes −0.00.
    if rounded.is_zero() { Decimal::ZERO } else { rounded }
}

/// value ÷ BY rounded to a whole number, half away from zero. The divisor is a constant,
/// so that dividing 64 bits, which is nearly always enough, is a multiplication.
pub(super) fn div_round<const BY: i64>(value: i128) -> i128 {
    match i64::try_from(value) {
        Ok(value) => div_round_64::<BY>(value).into(),
        Err(_) => {
            let by = i128::from(BY);
            let quotient = value / by;
            quotient + away(value - quotient * by, by)
        }
    }
}

/// a × b ÷ BY rounded the same way.
pub(super) fn mul_div_round<const BY: i64>(a: i64, b: i64) -> i128 {
    match a.checked_mul(b) {
        Some(product) => div_round_64::<BY>(product).into(),
        None => div_round::<BY>(i128::from(a) * i128::from(b)),
    }
}

fn div_round_64<const BY: i64>(value: i64) -> i64 {
    const { assert!(BY > 0 && BY % 2 == 0, "half of it is the limit of rounding") };
    let (quotient, rest) = (value / BY, value % BY);
    quotient + i64::from(rest >= BY / 2) - i64::from(rest <= -BY / 2)
}

/// One more, away from zero, when a rest is half of its divisor or more.
pub(super) fn away(rest: i128, by: i128) -> i128 {
    if rest.abs() * 2 >= by { rest.signum() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    #[track_caller]
    fn check_round(value: &str, expected: &str) {
        let value = Decimal::from_str_exact(value).unwrap();
        assert_eq!(Money::rounded(value).unwrap().to_string(), expected, "{value}");
    }

    #[test]
    fn half_a_centavo_goes_away_from_zero_on_both_sides() {
        check_round("0.005", "0.01");
        check_round("-0.005", "-0.01");
        check_round("2.675", "2.68");
        check_round("2.674999", "2.67");
        check_round("7", "7.00");
    }

    #[test]
    fn integers_round_as_decimals_do() {
        for (value, expected) in [
            (5, 1),
            (-5, -1),
            (4, 0),
            (-4, 0),
            (15, 2),
            (-14, -1),
            (i128::from(i64::MAX) * 10 + 5, i128::from(i64::MAX) + 1),
            (i128::from(i64::MIN) * 10 - 5, i128::from(i64::MIN) - 1),
            (i128::from(i64::MIN) * 10 - 4, i128::from(i64::MIN)),
        ] {
            assert_eq!(div_round::<10>(value), expected, "{value} / 10");
        }
        let cents = Money::from_centavos;
        for (part, whole, expected) in [
            (1, 3, "33.33"),
            (2, 3, "66.67"),
            (-2, 3, "-66.67"),
            (1, -3, "-33.33"),
            (1, 20_000, "0.01"),
        ] {
            let found = cents(part).percent_of(cents(whole)).unwrap();
            assert_eq!(found.to_string(), expected, "{part} of {whole}");
        }
        assert_eq!(cents(1).percent_of(Money::ZERO), None);
    }
}
