//! A point on the map, and how far it is from another.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::PlaceError;
use super::distance::{Distance, great_circle};
use crate::money::{parse_decimal, round_to_places};

/// A point on the map, in whole microdegrees: 11 cm of the equator or less. In JSON
/// `{"lat": "-23.561414", "lon": "-46.655881"}`, degrees north and east.
///
/// ```
/// use orcazap_core::place::Point;
/// let store = Point::new("-23.550394".parse()?, "-46.633947".parse()?)?;
/// let site = Point::new("-23.561414".parse()?, "-46.655881".parse()?)?;
/// assert_eq!(store.distance_to(site).to_string(), "2.55");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "PointJson", into = "PointJson")]
pub struct Point {
    /// Microdegrees north.
    lat: i32,
    /// Microdegrees east.
    lon: i32,
}

impl Point {
    /// The point at so many degrees north and east, each rounded to six places, half
    /// away from zero: phones send a dozen, and know their place to some metres.
    ///
    /// # Errors
    ///
    /// [`PlaceError::Latitude`] beyond 90 degrees north or south,
    /// [`PlaceError::Longitude`] beyond 180 degrees east or west.
    pub fn new(lat: Decimal, lon: Decimal) -> Result<Self, PlaceError> {
        let micro = |degrees: Decimal, most: i64| {
            let within = degrees.abs() <= Decimal::from(most);
            within.then(|| microdegrees(degrees)).flatten()
        };
        Ok(Self {
            lat: micro(lat, 90).ok_or(PlaceError::Latitude { found: lat })?,
            lon: micro(lon, 180).ok_or(PlaceError::Longitude { found: lon })?,
        })
    }

    /// Degrees north, from −90 to 90, with at most six places.
    #[must_use]
    pub fn lat(self) -> Decimal {
        Decimal::new(self.lat.into(), 6).normalize()
    }

    /// Degrees east, from −180 to 180, with at most six places.
    #[must_use]
    pub fn lon(self) -> Decimal {
        Decimal::new(self.lon.into(), 6).normalize()
    }

    /// How far another point is as the crow flies, to the metre: along the great
    /// circle of a sphere with the Earth's mean radius, 6,371.0088 km. It is worked
    /// out in integers, and so the same on every machine; the Earth's flattening
    /// makes it wrong by half a percent at most.
    #[must_use]
    pub fn distance_to(self, other: Self) -> Distance {
        great_circle([self.lat, self.lon], [other.lat, other.lon])
    }
}

fn microdegrees(degrees: Decimal) -> Option<i32> {
    let mut rounded = round_to_places(degrees, 6);
    rounded.rescale(6);
    i32::try_from(rounded.mantissa()).ok()
}

#[derive(Serialize, Deserialize)]
struct PointJson {
    lat: String,
    lon: String,
}

impl TryFrom<PointJson> for Point {
    type Error = PlaceError;

    fn try_from(json: PointJson) -> Result<Self, PlaceError> {
        Self::new(parse_decimal(&json.lat)?, parse_decimal(&json.lon)?)
    }
}

impl From<Point> for PointJson {
    fn from(point: Point) -> Self {
        Self { lat: point.lat().to_string(), lon: point.lon().to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lat: &str, lon: &str) -> Result<Point, PlaceError> {
        Point::new(lat.parse().unwrap(), lon.parse().unwrap())
    }

    #[test]
    fn coordinates_beyond_the_globe_are_refused_and_long_ones_rounded() {
        assert!(matches!(point("90.0000001", "0"), Err(PlaceError::Latitude { .. })));
        assert!(matches!(point("-91", "0"), Err(PlaceError::Latitude { .. })));
        assert!(matches!(point("0", "180.5"), Err(PlaceError::Longitude { .. })));
        let exact = point("-23.561414", "-46.655881").unwrap();
        assert_eq!(point("-23.56141449999", "-46.65588050001").unwrap(), exact);
        assert_eq!(point("-23.5614135", "-46.6558805").unwrap(), exact);
        assert_eq!(point("90", "-180").unwrap().lat(), Decimal::from(90));
    }

    #[test]
    fn json_has_texts_and_nothing_beyond_the_globe() {
        let json = r#"{"lat":"-23.5","lon":"-46.655881"}"#;
        let point: Point = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&point).unwrap(), json);
        for bad in [
            r#"{"lat":"91","lon":"0"}"#,
            r#"{"lat":"x","lon":"0"}"#,
            r#"{"lat":-23.5,"lon":-46.6}"#,
            r#"{"lat":"1"}"#,
        ] {
            assert!(serde_json::from_str::<Point>(bad).is_err(), "{bad}");
        }
    }
}
