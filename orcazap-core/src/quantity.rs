//! How much of a product: [`Quantity`], and the [`Unit`] it is counted in.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::{MoneyError, decimal_text, from_millionths, millionths};

/// An amount of a product in its sale unit: from 0 to ten million, up to six
/// decimal places. Zero means *take it out* in a change, and never stands in a
/// priced order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Quantity(i64);

impl Quantity {
    /// None of it.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(1_000_000);
    /// The largest: ten million.
    pub const MOST: Self = Self(10_000_000_000_000);
    const MAX: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);

    /// A quantity from a decimal.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] below 0 or above ten million,
    /// [`MoneyError::TooPrecise`] with more than six decimal places.
    pub fn new(value: Decimal) -> Result<Self, MoneyError> {
        millionths(value, Decimal::ZERO, Self::MAX).map(Self)
    }

    /// The quantity as a decimal.
    #[must_use]
    pub fn as_decimal(self) -> Decimal {
        from_millionths(self.0)
    }

    pub(crate) fn as_millionths(self) -> i64 {
        self.0
    }

    /// So many millionths; `None` below zero and beyond the largest quantity.
    pub(crate) fn within(millionths: i64) -> Option<Self> {
        (0..=Self::MOST.0).contains(&millionths).then_some(Self(millionths))
    }

    /// Whether there is none of it.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or `None` beyond the largest quantity.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::within(self.0.checked_add(other.0)?)
    }

    /// Whether this is a whole number of steps; any quantity is when `step` is zero.
    #[must_use]
    pub fn is_multiple_of(self, step: Self) -> bool {
        self.0.checked_rem(step.0).is_none_or(|rest| rest == 0)
    }

    /// This quantity rounded **up** to a multiple of `step`; as it is when
    /// `step` is zero. `None` beyond the largest quantity.
    ///
    /// ```
    /// use orcazap_core::Quantity;
    /// let asked: Quantity = "2.3".parse()?;
    /// let step: Quantity = "0.5".parse()?;
    /// assert_eq!(asked.round_up_to(step).map(|q| q.to_string()).as_deref(), Some("2.5"));
    /// # Ok::<(), orcazap_core::money::MoneyError>(())
    /// ```
    #[must_use]
    pub fn round_up_to(self, step: Self) -> Option<Self> {
        if step.is_zero() {
            return Some(self);
        }
        let rest = self.0.checked_rem(step.0)?;
        let missing = if rest == 0 { 0 } else { step.0 - rest };
        Self::within(self.0.checked_add(missing)?)
    }
}

decimal_text!(Quantity);

/// Declares the units: variant, code in CSV and JSON, meaning.
macro_rules! units {
    ($($variant:ident $code:literal $meaning:literal;)*) => {
        /// A unit that products are sold in or contain.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(Serialize, Deserialize)]
        pub enum Unit {
            $(
                #[doc = $meaning]
                #[serde(rename = $code)]
                $variant,
            )*
        }

        impl Unit {
            /// Every unit, in the order they are documented.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable code used in CSV, JSON and the database.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
        }
    };
}

units! {
    Piece "un" "One piece (unidade).";
    Bag "saco" "A bag.";
    CubicMeter "m3" "A cubic metre.";
    SquareMeter "m2" "A square metre.";
    Meter "m" "A metre.";
    Kilogram "kg" "A kilogram.";
    Liter "l" "A litre.";
    Bar "barra" "A bar.";
    Can "lata" "A can, 18 litres by custom.";
    Gallon "galao" "A gallon, 3.6 litres by custom.";
    Bucket "balde" "A bucket.";
    Roll "rolo" "A roll.";
    Box "cx" "A box.";
    Pack "pct" "A pack.";
    Pair "par" "A pair.";
    Set "jogo" "A set.";
    Part "peca" "A part (peça).";
    Thousand "milheiro" "A thousand pieces.";
    Plate "chapa" "A plate.";
    Sheet "folha" "A sheet.";
}

/// A text that is no unit's code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected a unit such as un, saco, m3, found {found:?}")]
pub struct UnknownUnit {
    /// The text as given, cut to 40 characters.
    pub found: String,
}

impl Unit {
    /// Whether it measures goods, where others count them.
    pub(crate) fn is_measure(self) -> bool {
        matches!(
            self,
            Self::Meter | Self::SquareMeter | Self::CubicMeter | Self::Kilogram | Self::Liter
        )
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Unit {
    type Err = UnknownUnit;

    fn from_str(text: &str) -> Result<Self, UnknownUnit> {
        Self::ALL
            .iter()
            .copied()
            .find(|unit| unit.code() == text)
            .ok_or_else(|| UnknownUnit { found: text.chars().take(40).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        text.parse().unwrap()
    }

    #[test]
    fn rounding_up_reaches_the_next_step_and_stays_on_it() {
        for (asked, step, expected) in [
            ("1", "1", "1"),
            ("0.2", "1", "1"),
            ("2.5", "0.5", "2.5"),
            ("2.51", "0.5", "3"),
            ("0", "1", "0"),
            ("7.3", "0", "7.3"),
            ("1", "0.3", "1.2"),
        ] {
            let rounded = quantity(asked).round_up_to(quantity(step)).unwrap();
            assert_eq!(rounded, quantity(expected), "{asked} by {step}");
        }
    }

    #[test]
    fn every_unit_is_read_back_from_its_code() {
        for unit in Unit::ALL {
            assert_eq!(unit.code().parse::<Unit>().unwrap(), *unit);
            assert_eq!(serde_json::to_string(unit).unwrap(), format!("\"{unit}\""));
        }
        assert!("saca".parse::<Unit>().is_err());
    }

    #[test]
    fn absurd_quantities_are_refused() {
        for text in ["-1", "10000001", "0.0000001", "99999999999999999999999999999"] {
            assert!(text.parse::<Quantity>().is_err(), "{text}");
        }
    }
}
