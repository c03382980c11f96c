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

use crate::quantity::Quantity;

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

/// Rounds to two places, half away from zero, below zero too: the rule of every rounding
/// in this file, whether of decimals or of whole numbers.
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
pub struct Money(i64);

/// The largest amount in centavos. Two of them still fit an `i64`.
const LIMIT: i64 = 1_000_000_000_000_000_000;

impl Money {
    /// Nothing: R$ 0.00.
    pub const ZERO: Self = Self(0);

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
        Self::exact(round(value))
    }

    /// An amount that has two places at most.
    fn exact(value: Decimal) -> Result<Self, MoneyError> {
        let centavos =
            value.checked_mul(Decimal::ONE_HUNDRED).map(|value| value.trunc().mantissa());
        centavos.and_then(Self::from_wide).ok_or(MoneyError::OutOfRange {
            found: value,
            min: -Self::MAX,
            max: Self::MAX,
        })
    }

    /// So many 10⁻¹⁸ reais rounded to two places, unless they are too many.
    pub(crate) fn from_quintillionths(parts: i128) -> Option<Self> {
        Self::from_wide(div_round::<10_000_000_000_000_000>(parts))
    }

    /// So many centavos, unless they are too many.
    pub(crate) fn from_wide(centavos: i128) -> Option<Self> {
        let centavos = i64::try_from(centavos).ok()?;
        (-LIMIT..=LIMIT).contains(&centavos).then_some(Self(centavos))
    }

    /// An amount of so many centavos, held at [`Money::MAX`] either way.
    #[must_use]
    pub fn from_centavos(centavos: i64) -> Self {
        Self(centavos.clamp(-LIMIT, LIMIT))
    }

    /// The amount in whole centavos.
    #[must_use]
    pub fn centavos(self) -> i128 {
        self.0.into()
    }

    /// The amount as a decimal.
    #[must_use]
    pub fn as_decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// The sum, or `None` beyond [`Money::MAX`] either way. Where a figure is
    /// shown or billed, this is the one to use: `+` holds the sum at the limit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::from_wide((self.0 + other.0).into())
    }

    /// round(amount × pct ÷ 100), or `None` beyond [`Money::MAX`] either way.
    ///
    /// ```
    /// use orcazap_core::Money;
    /// let discount = Money::from_centavos(1_010).percent("-2.5".parse()?);
    /// assert_eq!(discount, Some(Money::from_centavos(-25)));
    /// # Ok::<(), orcazap_core::money::MoneyError>(())
    /// ```
    #[must_use]
    pub fn percent(self, pct: Percent) -> Option<Self> {
        // 10¹⁸ centavos times 10⁹ millionths of a percent fit 128 bits.
        Self::from_wide(mul_div_round::<100_000_000>(self.0, pct.0))
    }

    /// round(amount ÷ whole × 100) in percent with two places; `None` when the whole
    /// is nothing.
    #[must_use]
    pub fn percent_of(self, whole: Self) -> Option<Decimal> {
        let (part, whole) = (i128::from(self.0) * 10_000, i128::from(whole.0));
        let (part, by) = (part * whole.signum(), whole.abs());
        let quotient = match (i64::try_from(part), i64::try_from(by)) {
            // Dividing 64 bits is several times as fast, and nearly always enough.
            (Ok(part), Ok(by)) => part.checked_div(by)?.into(),
            _ => part.checked_div(by)?,
        };
        let hundredths = quotient + away(part - quotient * by, by);
        Decimal::try_from_i128_with_scale(hundredths, 2).ok()
    }

    /// Whether this is less than nothing.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }
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

/// value ÷ BY rounded to a whole number, half away from zero. The divisor is a constant,
/// so that dividing 64 bits, which is nearly always enough, is a multiplication.
fn div_round<const BY: i64>(value: i128) -> i128 {
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
fn mul_div_round<const BY: i64>(a: i64, b: i64) -> i128 {
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
fn away(rest: i128, by: i128) -> i128 {
    if rest.abs() * 2 >= by { rest.signum() } else { 0 }
}

impl fmt::Display for Money {
    /// Always two places, a point as the decimal mark: `1234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let centavos = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", centavos / 100, centavos % 100)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        bounded(parse_decimal(text)?, -Self::MAX, Self::MAX, 2).and_then(Self::exact)
    }
}

impl Add for Money {
    type Output = Self;

    /// The sum, held at [`Money::MAX`] either way, so that it cannot panic.
    fn add(self, other: Self) -> Self {
        Self::from_centavos(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;

    /// The difference, held at [`Money::MAX`] either way, so that it cannot panic.
    fn sub(self, other: Self) -> Self {
        Self::from_centavos(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
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
pub struct UnitPrice(i64);

impl UnitPrice {
    /// Given away: R$ 0.
    pub const ZERO: Self = Self(0);
    const MAX: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);

    /// A price from a decimal.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] below 0 or above ten million,
    /// [`MoneyError::TooPrecise`] with more than six decimal places.
    pub fn new(value: Decimal) -> Result<Self, MoneyError> {
        millionths(value, Decimal::ZERO, Self::MAX).map(Self)
    }

    /// round(price × quantity), or `None` beyond [`Money::MAX`].
    ///
    /// ```
    /// use orcazap_core::{Money, UnitPrice};
    /// let screw: UnitPrice = "0.0345".parse()?;
    /// assert_eq!(screw.times("100".parse()?), Some(Money::from_centavos(345)));
    /// # Ok::<(), orcazap_core::money::MoneyError>(())
    /// ```
    #[must_use]
    pub fn times(self, qty: Quantity) -> Option<Money> {
        // Both are at most 10¹³ millionths: the product fits 128 bits.
        Money::from_wide(mul_div_round::<10_000_000_000>(self.0, qty.as_millionths()))
    }

    /// The price as a decimal.
    #[must_use]
    pub fn as_decimal(self) -> Decimal {
        from_millionths(self.0)
    }

    pub(crate) fn as_millionths(self) -> i64 {
        self.0
    }
}

/// A rate in percent: 5 is 5 %. From −100 to 1000, up to six decimal places.
/// Negative is a discount where both signs make sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Percent(i64);

impl Percent {
    /// 0 %.
    pub const ZERO: Self = Self(0);
    /// 100 %.
    pub const ALL: Self = Self::whole(100);

    /// A rate from a decimal.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] below −100 or above 1000,
    /// [`MoneyError::TooPrecise`] with more than six decimal places.
    pub fn new(value: Decimal) -> Result<Self, MoneyError> {
        let (min, max) = (Decimal::from(-100), Decimal::from(1000));
        millionths(value, min, max).map(Self)
    }

    /// A whole rate: 5 for 5 %. Always within the bounds.
    #[must_use]
    pub const fn whole(pct: u8) -> Self {
        Self(pct as i64 * 1_000_000)
    }

    /// The rate as a decimal: 5 for 5 %.
    #[must_use]
    pub fn as_decimal(self) -> Decimal {
        from_millionths(self.0)
    }
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
