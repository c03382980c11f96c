//! Distances on the Earth, in integers: no float is near a price, and no two
//! machines may disagree about a band.
//!
//! Angles and their sines are counted in units of 10⁻¹⁸. The series below then end
//! after some dozen terms, and the distance is right to the millimetre.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{MoneyError, bounded, decimal_text};

/// A distance in kilometres, to the metre: from 0 to 20,100, more than half around
/// the Earth.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Distance(Decimal);

impl Distance {
    /// No way at all.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A distance from kilometres.
    ///
    /// # Errors
    ///
    /// [`MoneyError::OutOfRange`] below 0 or above 20,100,
    /// [`MoneyError::TooPrecise`] with more than three decimal places.
    pub fn new(kilometers: Decimal) -> Result<Self, MoneyError> {
        bounded(kilometers, Decimal::ZERO, Decimal::from(20_100), 3).map(Self)
    }

    /// The distance in kilometres.
    #[must_use]
    pub fn as_decimal(self) -> Decimal {
        self.0
    }
}

decimal_text!(Distance);

/// One, and π, in units of 10⁻¹⁸.
const ONE: i128 = 1_000_000_000_000_000_000;
const PI: i128 = 3_141_592_653_589_793_238;

/// The Earth's mean radius (IUGG) in millimetres.
const RADIUS_MM: i128 = 6_371_008_800;

/// The distance of two points, each as microdegrees north and east, by the haversine
/// formula: hav(d) = hav(Δlat) + cos(lat₁) · cos(lat₂) · hav(Δlon), where
/// hav(x) = sin²(x ÷ 2).
pub(super) fn great_circle(from: [i32; 2], to: [i32; 2]) -> Distance {
    let ([lat1, lon1], [lat2, lon2]) = (from.map(i128::from), to.map(i128::from));
    // The shorter way around.
    let east = (lon1 - lon2).abs();
    let east = east.min(360_000_000 - east);
    let haversine = |microdegrees: i128| {
        let sine = sin(radians(microdegrees) / 2);
        times(sine, sine)
    };
    let cosines = times(cos(radians(lat1)), cos(radians(lat2)));
    let chord = haversine((lat1 - lat2).abs()) + times(cosines, haversine(east));
    let angle = 2 * asin_of_root(chord.clamp(0, ONE));
    let meters = (angle * RADIUS_MM + 500 * ONE) / (1000 * ONE);
    Distance(Decimal::from_i128_with_scale(meters, 3).normalize())
}

fn times(a: i128, b: i128) -> i128 {
    a * b / ONE
}

fn radians(microdegrees: i128) -> i128 {
    microdegrees * PI / 180_000_000
}

/// The sine of an angle from 0 to π ÷ 2, by its Taylor series.
fn sin(angle: i128) -> i128 {
    let square = times(angle, angle);
    let (mut term, mut sum, mut order) = (angle, angle, 1);
    while term != 0 {
        term = -times(term, square) / ((order + 1) * (order + 2));
        sum += term;
        order += 2;
    }
    sum
}

/// The cosine of an angle from −π ÷ 2 to π ÷ 2.
fn cos(angle: i128) -> i128 {
    sin(PI / 2 - angle.abs())
}

/// asin(√x) for x from 0 to 1. Beyond a half, where the series is slow, it is
/// π ÷ 2 − asin(√(1 − x)).
fn asin_of_root(square: i128) -> i128 {
    if square > ONE / 2 {
        return PI / 2 - asin_of_root(ONE - square);
    }
    let root = (square * ONE).isqrt();
    let (mut term, mut sum, mut order) = (root, root, 1);
    while term != 0 {
        term = times(term, square) * (order * order) / ((order + 1) * (order + 2));
        sum += term;
        order += 2;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: [i32; 2], to: [i32; 2], expected: &str) {
        assert_eq!(great_circle(from, to).to_string(), expected);
        assert_eq!(great_circle(to, from).to_string(), expected);
    }

    /// The expected figures were worked out with fifty digits by another program.
    #[test]
    fn known_distances_agree_to_the_metre() {
        let se = [-23_550_394, -46_633_947];
        check(se, se, "0");
        check(se, [-23_550_394, -46_633_957], "0.001");
        check(se, [-23_561_414, -46_655_881], "2.55");
        check(se, [-22_906_847, -43_172_897], "360.811");
        check(se, [-3_119_028, -60_021_731], "2689.421");
        check(se, [23_550_394, 133_366_053], "20015.114");
        check(se, [-23_550_394, 179_999_999], "12750.739");
        check(se, [90_000_000, 0], "12626.245");
        check(se, [-90_000_000, 12_345_678], "7388.869");
        check([90_000_000, 0], [-90_000_000, 180_000_000], "20015.114");
        check([0, 179_999_999], [0, -179_999_999], "0");
        check([0, 0], [0, 0], "0");
    }

    #[test]
    fn a_distance_has_whole_metres() {
        assert_eq!("7.400".parse::<Distance>().unwrap().to_string(), "7.4");
        assert!("7.0001".parse::<Distance>().is_err());
        assert!("-1".parse::<Distance>().is_err());
        assert!("20100.001".parse::<Distance>().is_err());
    }
}
