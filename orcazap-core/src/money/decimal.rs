//! Decimals as they are written, and as the whole numbers that they are kept as.

use rust_decimal::Decimal;

use super::MoneyError;

pub(crate) fn parse_decimal(text: &str) -> Result<Decimal, MoneyError> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    let parsed = if plain { Decimal::from_str_exact(text).ok() } else { None };
    parsed.ok_or_else(|| MoneyError::NotANumber { found: text.chars().take(40).collect() })
}

pub(crate) fn bounded(
    value: Decimal,
    min: Decimal,
    max: Decimal,
    places: u32,
) -> Result<Decimal, MoneyError> {
    if value < min || value > max {
        return Err(MoneyError::OutOfRange { found: value, min, max });
    }
    let value = value.normalize();
    if value.scale() > places {
        return Err(MoneyError::TooPrecise { found: value, max: places });
    }
    Ok(value)
}

/// A number within bounds as a whole number of millionths. Prices, rates and amounts of
/// goods are kept so: they are compared, multiplied and rounded as integers, which is
/// as exact as decimals and several times as fast. The bounds are at most ten million
/// either way.
pub(crate) fn millionths(value: Decimal, min: Decimal, max: Decimal) -> Result<i64, MoneyError> {
    let value = bounded(value, min, max, 6)?;
    let power = power_of_ten(6_u32.saturating_sub(value.scale()));
    let whole = power.and_then(|power| value.mantissa().checked_mul(power.into()));
    let whole = whole.and_then(|whole| i64::try_from(whole).ok());
    whole.ok_or(MoneyError::OutOfRange { found: value, min, max })
}

/// Millionths as a decimal in its shortest form.
pub(crate) fn from_millionths(mut millionths: i64) -> Decimal {
    let mut places = 6;
    while places > 0 && millionths % 10 == 0 {
        millionths /= 10;
        places -= 1;
    }
    Decimal::new(millionths, places)
}

/// The powers of ten that fit an `i64`, by exponent: working them out took a fifth of
/// a quote's time.
const POWERS: [i64; 19] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000,
    100_000_000_000,
    1_000_000_000_000,
    10_000_000_000_000,
    100_000_000_000_000,
    1_000_000_000_000_000,
    10_000_000_000_000_000,
    100_000_000_000_000_000,
    1_000_000_000_000_000_000,
];

/// 10^exponent, looked up; `None` beyond an `i64`.
pub(crate) fn power_of_ten(exponent: u32) -> Option<i64> {
    POWERS.get(usize::try_from(exponent).ok()?).copied()
}

/// The conversions that every decimal newtype has: from and to its plain text.
macro_rules! decimal_text {
    ($type:ident) => {
        impl std::fmt::Display for $type {
            /// The shortest plain form: `12.5`.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.as_decimal().fmt(f)
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::money::MoneyError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new($crate::money::parse_decimal(text)?)
            }
        }

        $crate::money::decimal_text!(serde $type);
    };
    (serde $type:ident) => {
        impl TryFrom<String> for $type {
            type Error = $crate::money::MoneyError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.to_string()
            }
        }
    };
}
pub(crate) use decimal_text;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Percent, UnitPrice};

    #[test]
    fn millionths_are_shown_in_their_shortest_form() {
        for text in ["0", "0.000001", "10000000", "1.5", "9999999.999999", "120"] {
            assert_eq!(text.parse::<UnitPrice>().unwrap().to_string(), text);
        }
        assert_eq!("-12.50".parse::<Percent>().unwrap().to_string(), "-12.5");
        assert_eq!(Percent::whole(7), "7".parse().unwrap());
    }

    #[test]
    fn powers_of_ten_stand_under_their_exponents() {
        for exponent in 0..19 {
            assert_eq!(power_of_ten(exponent), Some(10_i64.pow(exponent)));
        }
        assert_eq!(power_of_ten(19), None);
    }
}
