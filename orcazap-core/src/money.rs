//! Money in Brazilian reais, exact, and the one place where anything is rounded.
//!
//! Amounts that a customer sees are [`Money`]: two decimal places, possibly
//! negative (a discount). Prices and costs of one unit are [`UnitPrice`]: never
//! negative, up to six places, because a store may sell screws at R$ 0.0345.
//! Rates are [`Percent`]: 5 is 5 %. Nothing here is ever a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a number is not an amount, a price or a rate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// The text is not a plain decimal such as `12.50`.
    #[error("expected a decimal number such as 12.50, found {found:?}")]
    NotANumber {
        /// The text as given, cut to 40 characters.
        found: String,
    },
    /// The number lies outside what is allowed for its type.
    #[error("expected a value from {min} to {max}, found {found}")]
    OutOfRange {
        /// The number as given.
        found: Decimal,
        /// The lowest number allowed.
        min: Decimal,
        /// The highest number allowed.
        max: Decimal,
    },
    /// The number has more decimal places than its type keeps.
    #[error("expected at most {max} decimal places, found {found}")]
    TooPrecise {
        /// The number as given.
        found: Decimal,
        /// How many places are kept.
        max: u32,
    },
}

/// Rounds to two places, half away from zero, below zero too.
///
/// Every rounding of OrcaZap is this one.
#[must_use]
pub fn round(value: Decimal) -> Decimal {
    let rounded = value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    // A decimal keeps the sign of a zero; nobody owes −0.00.
    if rounded.is_zero() { Decimal::ZERO } else { rounded }
}

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

/// An amount in reais with exactly two decimal places, possibly negative.
///
/// ```
/// use orcazap_core::Money;
/// let total: Money = "1234.50".parse()?;
/// assert_eq!(total.to_string(), "1234.50");
/// assert_eq!(total.centavos(), 123_450);
/// # Ok::<(), orcazap_core::money::MoneyError>(())
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Money(Decimal);

impl Money {
    /// Nothing: R$ 0.00.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The largest amount kept, either side of zero: ten quadrillion reais. It
    /// is far above any order (the largest unit price times the largest
    /// quantity times a thousand lines is 10¹⁷ before its check), and it leaves
    /// room for sums.
    pub const MAX: Decimal = Decimal::from_parts(1_874_919_424, 2_328_306, 0, false, 0);

    /// An amount rounded to two places, half away from zero.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] beyond [`Money::MAX`] either way.
    pub fn rounded(value: Decimal) -> Result<Self, MoneyError> {
        let value = round(value);
        if value.abs() > Self::MAX {
            return Err(MoneyError::OutOfRange { found: value, min: -Self::MAX, max: Self::MAX });
        }
        Ok(Self(value))
    }

    /// An amount of so many centavos.
    #[must_use]
    pub fn from_centavos(centavos: i64) -> Self {
        Self(Decimal::new(centavos, 2))
    }

    /// The amount in whole centavos.
    #[must_use]
    pub fn centavos(self) -> i128 {
        let mut value = self.0;
        value.rescale(2);
        value.mantissa()
    }

    /// The amount as a decimal.
    #[must_use]
    pub fn as_decimal(self) -> Decimal {
        self.0
    }

    /// The sum, or `None` beyond [`Money::MAX`] either way. Where a figure is
    /// shown or billed, this is the one to use: `+` holds the sum at the limit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::rounded(self.0.checked_add(other.0)?).ok()
    }

    /// Whether this is less than nothing.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0 < Decimal::ZERO
    }
}

impl fmt::Display for Money {
    /// Always two places, a point as the decimal mark: `1234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        bounded(parse_decimal(text)?, -Self::MAX, Self::MAX, 2).map(Self)
    }
}

impl Add for Money {
    type Output = Self;

    /// The sum, held at [`Money::MAX`] either way, so that it cannot panic.
    fn add(self, other: Self) -> Self {
        Self((self.0 + other.0).clamp(-Self::MAX, Self::MAX))
    }
}

impl Sub for Money {
    type Output = Self;

    /// The difference, held at [`Money::MAX`] either way, so that it cannot panic.
    fn sub(self, other: Self) -> Self {
        Self((self.0 - other.0).clamp(-Self::MAX, Self::MAX))
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        if self.0.is_zero() { self } else { Self(-self.0) }
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// A price or a cost of one sale unit, in reais: from 0 to ten million, up to
/// six decimal places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitPrice(Decimal);

impl UnitPrice {
    /// Given away: R$ 0.
    pub const ZERO: Self = Self(Decimal::ZERO);
    const MAX: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);

    /// A price from a decimal.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] below 0 or above ten million,
    /// [`MoneyError::TooPrecise`] with more than six decimal places.
    pub fn new(value: Decimal) -> Result<Self, MoneyError> {
        bounded(value, Decimal::ZERO, Self::MAX, 6).map(Self)
    }

    /// The price as a decimal.
    #[must_use]
    pub fn as_decimal(self) -> Decimal {
        self.0
    }
}

/// A rate in percent: 5 is 5 %. From −100 to 1000, up to six decimal places.
/// Negative is a discount where both signs make sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Percent(Decimal);

impl Percent {
    /// 0 %.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A rate from a decimal.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] below −100 or above 1000,
    /// [`MoneyError::TooPrecise`] with more than six decimal places.
    pub fn new(value: Decimal) -> Result<Self, MoneyError> {
        let (min, max) = (Decimal::from(-100), Decimal::from(1000));
        bounded(value, min, max, 6).map(Self)
    }

    /// The rate as a decimal: 5 for 5 %.
    #[must_use]
    pub fn as_decimal(self) -> Decimal {
        self.0
    }
}

/// The conversions that every decimal newtype has: from and to its plain text.
macro_rules! decimal_text {
    ($type:ident) => {
        impl std::fmt::Display for $type {
            /// The shortest plain form: `12.5`.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.normalize().fmt(f)
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

decimal_text!(serde Money);
decimal_text!(UnitPrice);
decimal_text!(Percent);

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_largest_amount_is_ten_quadrillion() {
        assert_eq!(Money::MAX.to_string(), "10000000000000000");
        assert!(Money::rounded(Money::MAX + Decimal::ONE).is_err());
        let max = Money::rounded(Money::MAX).unwrap();
        assert_eq!(max + max, max);
        assert_eq!(-max - max, -max);
    }

    #[test]
    fn texts_that_are_not_plain_decimals_are_refused() {
        for text in ["", "1,50", "R$ 2", "1e5", "NaN", "--1", "1.2.3", "1_000"] {
            assert!(text.parse::<Money>().is_err(), "{text:?}");
            assert!(text.parse::<UnitPrice>().is_err(), "{text:?}");
        }
        assert!("-0.01".parse::<UnitPrice>().is_err());
        assert!("0.0000001".parse::<UnitPrice>().is_err());
        assert!("1.005".parse::<Money>().is_err());
        assert!("-100.01".parse::<Percent>().is_err());
    }

    #[test]
    fn json_is_a_string_and_never_a_float() {
        assert_eq!(serde_json::to_string(&Money::from_centavos(5)).unwrap(), "\"0.05\"");
        assert!(serde_json::from_str::<Money>("0.05").is_err());
    }
}
