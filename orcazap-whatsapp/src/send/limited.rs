//! A text whose length the platform limits.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A part of a message that the platform would refuse. It refuses the whole
/// message then, so this is found before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LimitError {
    /// A text is empty or blank.
    #[error("{what} must not be empty")]
    Empty {
        /// Which part.
        what: &'static str,
    },
    /// A text is too long.
    #[error("{what} has at most {max} characters, found {found}")]
    TooLong {
        /// Which part.
        what: &'static str,
        /// The most characters.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// A text is too long where the platform counts bytes: an accent costs two.
    #[error("{what} has at most {max} bytes, found {found}")]
    TooLarge {
        /// Which part.
        what: &'static str,
        /// The most bytes.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// There are too many or too few of something.
    #[error("{what} are {min} to {max}, found {found}")]
    Count {
        /// Of what.
        what: &'static str,
        /// The fewest.
        min: usize,
        /// The most.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// Two of something are the same where they must differ.
    #[error("{what} must differ from each other, found {found:?} twice")]
    Repeated {
        /// Of what.
        what: &'static str,
        /// What stands twice.
        found: String,
    },
    /// A text has a form that the platform refuses.
    #[error("{what} must be {expected}, found {found:?}")]
    Form {
        /// Which part.
        what: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is, cut to 80 characters.
        found: String,
    },
}

impl LimitError {
    pub(super) fn form(what: &'static str, expected: &'static str, found: &str) -> Self {
        Self::Form { what, expected, found: found.chars().take(80).collect() }
    }
}

/// A text of 1 to `MAX` characters, not blank.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Limited<const MAX: usize>(String);

impl<const MAX: usize> Limited<MAX> {
    /// Checks a text; `what` names the part in the error.
    ///
    /// # Errors
    ///
    /// [`LimitError::Empty`] when it is blank, [`LimitError::TooLong`] beyond
    /// `MAX` characters.
    pub fn new(what: &'static str, text: impl Into<String>) -> Result<Self, LimitError> {
        let text = text.into();
        if text.trim().is_empty() {
            return Err(LimitError::Empty { what });
        }
        let found = text.chars().count();
        if found > MAX {
            return Err(LimitError::TooLong { what, max: MAX, found });
        }
        Ok(Self(text))
    }

    /// A text cut to fit: what is beyond is left out and an ellipsis put at the
    /// end, at a word's end when one is near. A blank text becomes an ellipsis.
    #[must_use]
    pub fn cut(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self("…".to_owned());
        }
        let Some((end, _)) = text.char_indices().nth(MAX) else { return Self(text.to_owned()) };
        let room = text.get(..end).unwrap_or_default();
        let room = room.char_indices().next_back().map_or("", |(last, _)| &room[..last]);
        let word = room.rfind(char::is_whitespace).filter(|at| *at * 3 > room.len() * 2);
        let kept = word.map_or(room, |at| &room[..at]);
        Self(format!(
            "{}…",
            kept.trim_end_matches(|c: char| c.is_whitespace() || ",;:-".contains(c))
        ))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> fmt::Display for Limited<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<const MAX: usize> TryFrom<String> for Limited<MAX> {
    type Error = LimitError;

    fn try_from(text: String) -> Result<Self, LimitError> {
        Self::new("text", text)
    }
}

impl<const MAX: usize> From<Limited<MAX>> for String {
    fn from(text: Limited<MAX>) -> Self {
        text.0
    }
}

/// A name of 1 to `MAX` letters, digits, `_`, `.` and `-`, all of ASCII.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Named<const MAX: usize>(Limited<MAX>);

impl<const MAX: usize> Named<MAX> {
    /// Checks a name; `what` names the part in the error.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is empty, too long, or has another character.
    pub fn new(what: &'static str, name: impl Into<String>) -> Result<Self, LimitError> {
        let name = Limited::new(what, name)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        if !name.as_str().chars().all(plain) {
            let expected = "letters, digits, '_', '.' and '-'";
            return Err(LimitError::form(what, expected, name.as_str()));
        }
        Ok(Self(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<const MAX: usize> TryFrom<String> for Named<MAX> {
    type Error = LimitError;

    fn try_from(name: String) -> Result<Self, LimitError> {
        Self::new("name", name)
    }
}

impl<const MAX: usize> From<Named<MAX>> for String {
    fn from(name: Named<MAX>) -> Self {
        name.0.into()
    }
}

/// Refuses two entries that are the same.
pub(super) fn distinct<'a>(
    what: &'static str,
    texts: impl Iterator<Item = &'a str>,
) -> Result<(), LimitError> {
    let mut seen = std::collections::BTreeSet::new();
    for text in texts {
        if !seen.insert(text) {
            return Err(LimitError::Repeated { what, found: text.to_owned() });
        }
    }
    Ok(())
}

/// Refuses too many or too few.
pub(super) fn count(
    what: &'static str,
    min: usize,
    max: usize,
    found: usize,
) -> Result<(), LimitError> {
    if (min..=max).contains(&found) {
        Ok(())
    } else {
        Err(LimitError::Count { what, min, max, found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_counted_in_characters_not_bytes() {
        assert!(Limited::<5>::new("title", "ação!").is_ok());
        assert_eq!(
            Limited::<5>::new("title", "ações!"),
            Err(LimitError::TooLong { what: "title", max: 5, found: 6 })
        );
        assert_eq!(Limited::<5>::new("title", " \n"), Err(LimitError::Empty { what: "title" }));
    }

    #[test]
    fn a_cut_text_fits_and_ends_at_a_word_when_one_is_near() {
        for (text, expected) in [
            ("Tijolo 8 furos", "Tijolo 8 furos"),
            ("Tijolo baiano 8 furos 9x19x29", "Tijolo baiano 8…"),
            ("Anticongelante", "Anticongelante"),
            ("Superplastificante-CP", "Superplastificante…"),
            ("", "…"),
        ] {
            assert_eq!(Limited::<20>::cut(text).as_str(), expected, "{text}");
        }
        assert_eq!(Limited::<3>::cut("éééé").as_str(), "éé…");
    }
}
