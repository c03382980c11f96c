//! Ids of the platform: opaque texts that are checked once, then carried as types.
//!
//! They look like numbers at times and are none: they exceed what JSON tools
//! hold in a number, and cutting or stripping one makes another, plausible id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A text that is no id of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IdError {
    /// The text is empty or longer than its kind of id may be.
    #[error("expected an id of 1 to {max} characters, found {found}")]
    Length {
        /// The most characters.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// The text has a character that its kind of id never has.
    #[error("expected an id of the platform, found the character {found:?} in it")]
    Character {
        /// The first such character.
        found: char,
    },
}

fn check(text: &str, max: usize, allowed: fn(char) -> bool) -> Result<String, IdError> {
    let found = text.chars().count();
    if found == 0 || found > max {
        return Err(IdError::Length { max, found });
    }
    match text.chars().find(|character| !allowed(*character)) {
        Some(found) => Err(IdError::Character { found }),
        None => Ok(text.to_owned()),
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $max:literal, $allowed:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters an id may have.
            pub const MAX_CHARS: usize = $max;

            /// The id as the platform wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                check(text, $max, $allowed).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id!(
    /// A business phone number's id (`metadata.phone_number_id`): the channel
    /// that messages come in on and go out from. It stands in a URL's path, so
    /// it has letters, digits, `_` and `-` only.
    PhoneNumberId,
    128,
    |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
);

id!(
    /// A WhatsApp Business Account's id (`entry[].id`).
    AccountId,
    128,
    |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
);

id!(
    /// A message's id (`wamid.…`), given by the platform on either way. Case
    /// matters; `=`, `/` and `+` are part of it. Whatever came as an id is one: a
    /// message must not be lost for an odd one.
    MessageId,
    1024,
    |c| !c.is_control()
);

id!(
    /// A media object's id, good for 7 days when it came in and for 30 when it
    /// was uploaded.
    MediaId,
    256,
    |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
);

id!(
    /// A template's id, of one name and language.
    TemplateId,
    128,
    |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kept_whole_or_refused() {
        assert_eq!("wamid.HBg=/+".parse::<MessageId>().unwrap().as_str(), "wamid.HBg=/+");
        assert_eq!("".parse::<MessageId>(), Err(IdError::Length { max: 1024, found: 0 }));
        assert_eq!(
            "../me".parse::<PhoneNumberId>(),
            Err(IdError::Character { found: '.' }),
            "an id never climbs out of its place in a URL"
        );
        assert_eq!(
            "9".repeat(129).parse::<PhoneNumberId>(),
            Err(IdError::Length { max: 128, found: 129 })
        );
    }
}
