//! Amounts in reais.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::rounding::{away, div_round, mul_div_round};
use super::{MoneyError, Percent, bounded, decimal_text, parse_decimal, round};

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
        Self::from_wide(mul_div_round::<100_000_000>(self.0, pct.as_millionths()))
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

decimal_text!(serde Money);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_amount_is_ten_quadrillion() {
        assert_eq!(Money::MAX.to_string(), "10000000000000000");
        assert!(Money::rounded(Money::MAX + Decimal::ONE).is_err());
        let max = Money::rounded(Money::MAX).unwrap();
        assert_eq!(max + max, max);
        assert_eq!(-max - max, -max);
    }
}
