//! Money in Brazilian reais, exact, and the one place where anything is rounded.
//!
//! Amounts that a customer sees are [`Money`]: two decimal places, possibly
//! negative (a discount). Prices and costs of one unit are [`UnitPrice`]: never
//! negative, up to six places, because a store may sell screws at R$ 0.0345.
//! Rates are [`Percent`]: 5 is 5 %. Nothing here is ever a float.

mod amount;
mod decimal;
mod percent;
mod price;
mod rounding;

use rust_decimal::Decimal;
use thiserror::Error;

pub use amount::Money;
pub(crate) use decimal::{
    bounded, decimal_text, from_millionths, millionths, parse_decimal, power_of_ten,
};
pub use percent::Percent;
pub use price::UnitPrice;
pub use rounding::round;
pub(crate) use rounding::round_to_places;

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

#[cfg(test)]
mod tests {
    use super::*;

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
