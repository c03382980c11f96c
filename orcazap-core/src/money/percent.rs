//! Rates.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{MoneyError, decimal_text, from_millionths, millionths};

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

    pub(super) fn as_millionths(self) -> i64 {
        self.0
    }
}

decimal_text!(Percent);
