//! Where an order goes: pickup at the store, or an [`Address`] of which a [`Cep`]
//! (Brazilian postcode), a [`Bairro`] (neighbourhood), a [`Point`] on the map, or
//! several of them are known.

mod distance;
mod point;

pub use distance::Distance;
pub use point::Point;

use std::fmt;
use std::str::FromStr;

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

/// A Brazilian postcode: always eight digits, written `01310-100` or `01310100`.
///
/// ```
/// use orcazap_core::Cep;
/// let cep: Cep = "01310-100".parse()?;
/// assert_eq!(cep.to_string(), "01310-100");
/// assert_eq!(cep.digits(), "01310100");
/// # Ok::<(), orcazap_core::place::PlaceError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cep(u32);

impl Cep {
    /// The eight digits without a hyphen.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:08}", self.0)
    }

    /// The eight digits as a number, leading zeros lost.
    #[must_use]
    pub fn as_number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Cep {
    /// With its hyphen: `01310-100`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05}-{:03}", self.0 / 1000, self.0 % 1000)
    }
}

impl FromStr for Cep {
    type Err = PlaceError;

    /// Reads eight digits; a dot, a hyphen and spaces between them are passed over.
    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let mut number = 0_u32;
        let mut found = 0_usize;
        for character in text.chars() {
            match character.to_digit(10) {
                Some(digit) => {
                    found += 1;
                    if found <= 8 {
                        number = number * 10 + digit;
                    }
                }
                None if matches!(character, '-' | '.' | ' ') => {}
                None => return Err(PlaceError::CepCharacter { found: character }),
            }
        }
        if found == 8 { Ok(Self(number)) } else { Err(PlaceError::CepLength { found }) }
    }
}

impl TryFrom<String> for Cep {
    type Error = PlaceError;

    fn try_from(text: String) -> Result<Self, PlaceError> {
        text.parse()
    }
}

impl From<Cep> for String {
    fn from(cep: Cep) -> Self {
        cep.digits()
    }
}

/// A range of CEPs, both ends included. In JSON `{"from": "01000000", "to": "01999999"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends")]
pub struct CepRange {
    from: Cep,
    to: Cep,
}

/// The JSON form of a range, its ends perhaps the wrong way round.
#[derive(Deserialize)]
struct Ends {
    from: Cep,
    to: Cep,
}

impl TryFrom<Ends> for CepRange {
    type Error = PlaceError;

    fn try_from(Ends { from, to }: Ends) -> Result<Self, PlaceError> {
        Self::new(from, to)
    }
}

impl CepRange {
    /// The range from one CEP to another, both included.
    ///
    /// # Errors
    ///
    /// [`PlaceError::ReversedRange`] when `from` lies behind `to`.
    pub fn new(from: Cep, to: Cep) -> Result<Self, PlaceError> {
        if from > to { Err(PlaceError::ReversedRange { from, to }) } else { Ok(Self { from, to }) }
    }

    /// The first CEP.
    #[must_use]
    pub fn from(self) -> Cep {
        self.from
    }

    /// The last CEP.
    #[must_use]
    pub fn to(self) -> Cep {
        self.to
    }

    /// Whether a CEP lies in the range.
    #[must_use]
    pub fn contains(self, cep: Cep) -> bool {
        self.from <= cep && cep <= self.to
    }

    /// How many CEPs lie in the range; at least 1.
    #[must_use]
    pub fn width(self) -> u32 {
        self.to.0 - self.from.0 + 1
    }
}

/// A neighbourhood, as the customer or the store wrote it.
///
/// Two names are the same neighbourhood when their [`key`](Self::key)s agree:
/// case, accents and doubled spaces do not matter. What cannot be seen, such as a
/// direction mark, is not kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bairro {
    name: String,
    /// Worked out once: pricing looks it up for every quote.
    key: String,
}

impl Bairro {
    /// The longest name kept, in characters.
    pub const MAX_CHARS: usize = 80;

    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// The name for comparing: lower case, no accents, single spaces.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl fmt::Display for Bairro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name)
    }
}

impl FromStr for Bairro {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let name = crate::text::visible(text).trim().to_owned();
        let found = name.chars().count();
        if found == 0 || found > Self::MAX_CHARS {
            return Err(PlaceError::BairroLength { found });
        }
        Ok(Self { key: crate::text::plain(&name), name })
    }
}

impl TryFrom<String> for Bairro {
    type Error = PlaceError;

    fn try_from(text: String) -> Result<Self, PlaceError> {
        text.parse()
    }
}

impl From<Bairro> for String {
    fn from(bairro: Bairro) -> Self {
        bairro.name
    }
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
    fn a_cep_is_eight_digits_in_any_of_its_spellings() {
        for text in ["01310-100", "01310100", "01.310-100", "01310 100"] {
            assert_eq!(text.parse::<Cep>().unwrap().digits(), "01310100", "{text}");
        }
        assert_eq!("0131010".parse::<Cep>(), Err(PlaceError::CepLength { found: 7 }));
        assert_eq!("013101000".parse::<Cep>(), Err(PlaceError::CepLength { found: 9 }));
        assert_eq!("01310/100".parse::<Cep>(), Err(PlaceError::CepCharacter { found: '/' }));
        assert_eq!("9".repeat(4000).parse::<Cep>(), Err(PlaceError::CepLength { found: 4000 }));
    }

    #[test]
    fn ranges_hold_both_ends_and_never_run_backwards() {
        let (a, b): (Cep, Cep) = ("01000000".parse().unwrap(), "01000999".parse().unwrap());
        let range = CepRange::new(a, b).unwrap();
        assert!(range.contains(a) && range.contains(b));
        assert_eq!(range.width(), 1000);
        assert!(CepRange::new(b, a).is_err());
    }

    #[test]
    fn a_bairro_is_compared_without_case_and_accents() {
        let key = |text: &str| text.parse::<Bairro>().unwrap().key().to_owned();
        assert_eq!(key("Vila  Operária"), key("vila opera\u{301}ria"));
        assert!(" ".parse::<Bairro>().is_err());
        assert!("x".repeat(81).parse::<Bairro>().is_err());
    }

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
