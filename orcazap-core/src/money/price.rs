//! Prices and costs of one sale unit.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::rounding::mul_div_round;
use super::{Money, MoneyError, decimal_text, from_millionths, millionths};
use crate::quantity::Quantity;

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

decimal_text!(UnitPrice);
