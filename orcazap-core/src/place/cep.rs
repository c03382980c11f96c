//! Brazilian postcodes, and ranges of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::PlaceError;

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
}
