//! Neighbourhoods, told apart by their names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::PlaceError;

/// A neighbourhood, as the customer or the store wrote it.
///
/// Two names are the same neighbourhood when their [`key`](Self::key)s agree:
/// case, accents, spaces and punctuation do not matter. What cannot be seen, such as a
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

    /// The name for comparing: lower case, no accents, single spaces between words of
    /// letters and digits.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bairro_is_compared_without_case_and_accents() {
        let key = |text: &str| text.parse::<Bairro>().unwrap().key().to_owned();
        assert_eq!(key("Vila  Operária"), key("vila opera\u{301}ria"));
        assert_eq!(key("Vila São-João"), key("VILA SAO JOAO"));
        assert!(" ".parse::<Bairro>().is_err());
        assert!("x".repeat(81).parse::<Bairro>().is_err());
    }
}
