//! Where an order goes: pickup at the store, or an [`Address`] of which a [`Cep`]
//! (Brazilian postcode), a [`Bairro`] (neighbourhood), a [`Point`] on the map, or
//! several of them are known.

mod bairro;
mod cep;
mod distance;
mod point;

pub use bairro::Bairro;
pub use cep::{Cep, CepRange};
pub use distance::Distance;
pub use point::Point;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::MoneyError;

/// Why a text is no place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PlaceError {
    /// There are more or fewer than eight digits.
    #[error("a CEP has 8 digits, found {found}")]
    CepLength {
        /// How many digits there are.
        found: usize,
    },
    /// There is a character that a CEP cannot have.
    #[error("a CEP has only digits, a dot and a hyphen, found {found:?}")]
    CepCharacter {
        /// The first such character.
        found: char,
    },
    /// The first CEP of a range lies behind the last.
    #[error("a CEP range goes up, found {from} to {to}")]
    ReversedRange {
        /// The first CEP.
        from: Cep,
        /// The last CEP.
        to: Cep,
    },
    /// A neighbourhood's name is empty or longer than [`Bairro::MAX_CHARS`].
    #[error("a bairro has 1 to 80 characters, found {found}")]
    BairroLength {
        /// How many characters there are.
        found: usize,
    },
    /// A place with neither pickup, CEP, bairro nor a point on the map.
    #[error("a place is pickup, or has a CEP, a bairro or a point")]
    Empty,
    /// A point lies farther north or south than the poles.
    #[error("a latitude is -90 to 90 degrees, found {found}")]
    Latitude {
        /// The degrees north.
        found: Decimal,
    },
    /// A point lies more than half around the Earth to the east or the west.
    #[error("a longitude is -180 to 180 degrees, found {found}")]
    Longitude {
        /// The degrees east.
        found: Decimal,
    },
    /// A coordinate is no number.
    #[error("a coordinate is no number")]
    Coordinate(#[from] MoneyError),
}

/// Where an order goes. In JSON `{"pickup": true}`, or what is known of the address:
/// `{"cep": "01310100"}`, `{"bairro": "Centro"}`, `{"point": {"lat": "-23.561414",
/// "lon": "-46.655881"}}`, or several of these together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PlaceJson", into = "PlaceJson")]
pub enum Place {
    /// The customer collects.
    Pickup,
    /// The store delivers.
    Address(Address),
}

/// What is known of where to deliver: at least one of CEP, bairro and point. Made
/// by [`Place::address`], or from one of the three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    cep: Option<Cep>,
    bairro: Option<Bairro>,
    point: Option<Point>,
}

impl Address {
    /// The CEP, when it is known.
    #[must_use]
    pub fn cep(&self) -> Option<Cep> {
        self.cep
    }

    /// The neighbourhood, when it is known.
    #[must_use]
    pub fn bairro(&self) -> Option<&Bairro> {
        self.bairro.as_ref()
    }

    /// The point on the map, when it is known.
    #[must_use]
    pub fn point(&self) -> Option<Point> {
        self.point
    }
}

impl Place {
    /// A delivery address from what is known of it; `None` when nothing is.
    #[must_use]
    pub fn address(cep: Option<Cep>, bairro: Option<Bairro>, point: Option<Point>) -> Option<Self> {
        let known = cep.is_some() || bairro.is_some() || point.is_some();
        known.then_some(Self::Address(Address { cep, bairro, point }))
    }

    /// The CEP, when there is one.
    #[must_use]
    pub fn cep(&self) -> Option<Cep> {
        self.as_address()?.cep
    }

    /// The neighbourhood, when there is one.
    #[must_use]
    pub fn bairro(&self) -> Option<&Bairro> {
        self.as_address()?.bairro()
    }

    /// The point on the map, when there is one.
    #[must_use]
    pub fn point(&self) -> Option<Point> {
        self.as_address()?.point
    }

    /// The address, when the store delivers.
    #[must_use]
    pub fn as_address(&self) -> Option<&Address> {
        match self {
            Self::Address(address) => Some(address),
            Self::Pickup => None,
        }
    }

    /// This place completed by what is said later: what it names wins, and of an
    /// address the rest is kept. Pickup and an address replace each other.
    #[must_use]
    pub fn completed_by(self, said: Self) -> Self {
        match (self, said) {
            (Self::Address(stands), Self::Address(said)) => Self::Address(Address {
                cep: said.cep.or(stands.cep),
                bairro: said.bairro.or(stands.bairro),
                point: said.point.or(stands.point),
            }),
            (_, said) => said,
        }
    }
}

impl From<Cep> for Place {
    fn from(cep: Cep) -> Self {
        Self::Address(Address { cep: Some(cep), bairro: None, point: None })
    }
}

impl From<Bairro> for Place {
    fn from(bairro: Bairro) -> Self {
        Self::Address(Address { cep: None, bairro: Some(bairro), point: None })
    }
}

impl From<Point> for Place {
    fn from(point: Point) -> Self {
        Self::Address(Address { cep: None, bairro: None, point: Some(point) })
    }
}

#[derive(Serialize, Deserialize)]
struct PlaceJson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cep: Option<Cep>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bairro: Option<Bairro>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    point: Option<Point>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pickup: bool,
}

impl TryFrom<PlaceJson> for Place {
    type Error = PlaceError;

    fn try_from(json: PlaceJson) -> Result<Self, PlaceError> {
        if json.pickup {
            return Ok(Self::Pickup);
        }
        Self::address(json.cep, json.bairro, json.point).ok_or(PlaceError::Empty)
    }
}

impl From<Place> for PlaceJson {
    fn from(place: Place) -> Self {
        match place {
            Place::Pickup => Self { cep: None, bairro: None, point: None, pickup: true },
            Place::Address(Address { cep, bairro, point }) => {
                Self { cep, bairro, point, pickup: false }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_the_fields_of_the_corpus() {
        for json in [
            r#"{"pickup":true}"#,
            r#"{"cep":"01310100"}"#,
            r#"{"cep":"01310100","bairro":"Sé"}"#,
            r#"{"point":{"lat":"-23.561414","lon":"-46.655881"}}"#,
        ] {
            let place: Place = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&place).unwrap(), json);
        }
        assert!(serde_json::from_str::<Place>("{}").is_err());
    }
}
