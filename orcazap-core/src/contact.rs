//! Who writes: a [`Phone`], a business-scoped user id, or both.
//!
//! WhatsApp may tell either, and either may change (`user_id_update`, a new
//! number), so a contact's key holds whichever are known and never makes one
//! out of the other.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text names no contact.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ContactError {
    /// A phone number has 8 to 15 digits (E.164).
    #[error("a phone number has 8 to 15 digits, found {found}")]
    PhoneLength {
        /// How many digits there are.
        found: usize,
    },
    /// A phone number has only digits, after an optional plus sign.
    #[error("a phone number has only digits and marks between them, found {found:?}")]
    PhoneCharacter {
        /// The first other character.
        found: char,
    },
    /// A user id is empty or longer than [`UserId::MAX_CHARS`].
    #[error("a user id has 1 to 140 characters, found {found}")]
    UserIdLength {
        /// How many characters there are.
        found: usize,
    },
    /// Neither a phone number nor a user id is known.
    #[error("a contact has a phone number or a user id, found neither")]
    Empty,
}

/// A phone number in E.164 without its plus sign, as WhatsApp writes it:
/// `5511987654321`. `Debug` shows only the last two digits, so that logs cannot
/// leak it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl Phone {
    /// The digits with the country code and without a plus sign.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The number by which equal Brazilian mobile numbers compare equal although
    /// one lacks the ninth digit: `55` + area + `9` + eight digits. Others are
    /// returned as they are.
    ///
    /// WhatsApp still reports numbers registered before 2016 in some areas
    /// without the ninth digit. The rule: a Brazilian number (`55`) of 12 digits
    /// whose subscriber part begins with 6 to 9 is a mobile number that lacks it.
    #[must_use]
    pub fn with_ninth_digit(&self) -> Self {
        if let Some((area, subscriber)) =
            self.0.strip_prefix("55").and_then(|r| r.split_at_checked(2))
            && subscriber.len() == 8
            && subscriber.starts_with(['6', '7', '8', '9'])
        {
            return Self(format!("55{area}9{subscriber}"));
        }
        self.clone()
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tail = self.0.get(self.0.len().saturating_sub(2)..).unwrap_or_default();
        write!(f, "Phone(…{tail})")
    }
}

impl FromStr for Phone {
    type Err = ContactError;

    /// Reads digits; a leading plus sign and spaces, hyphens, dots and
    /// parentheses between them are passed over.
    fn from_str(text: &str) -> Result<Self, ContactError> {
        let mut digits = String::with_capacity(15);
        let mut found = 0_usize;
        for character in text.trim().strip_prefix('+').unwrap_or(text.trim()).chars() {
            match character {
                '0'..='9' => {
                    found += 1;
                    if found <= 15 {
                        digits.push(character);
                    }
                }
                ' ' | '-' | '.' | '(' | ')' => {}
                other => return Err(ContactError::PhoneCharacter { found: other }),
            }
        }
        if (8..=15).contains(&found) {
            Ok(Self(digits))
        } else {
            Err(ContactError::PhoneLength { found })
        }
    }
}

impl TryFrom<String> for Phone {
    type Error = ContactError;

    fn try_from(text: String) -> Result<Self, ContactError> {
        text.parse()
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

/// A business-scoped user id, opaque: `BR.13491208655302741918`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserId(String);

impl UserId {
    /// The longest id kept, in characters.
    pub const MAX_CHARS: usize = 140;

    /// The id as the platform wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UserId {
    type Err = ContactError;

    fn from_str(text: &str) -> Result<Self, ContactError> {
        let found = text.chars().count();
        if found == 0 || found > Self::MAX_CHARS {
            return Err(ContactError::UserIdLength { found });
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for UserId {
    type Error = ContactError;

    fn try_from(text: String) -> Result<Self, ContactError> {
        text.parse()
    }
}

impl From<UserId> for String {
    fn from(id: UserId) -> Self {
        id.0
    }
}

/// Who a contact is on WhatsApp: a phone number, a user id, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ContactKeyJson", into = "ContactKeyJson")]
pub struct ContactKey {
    phone: Option<Phone>,
    user_id: Option<UserId>,
}

impl ContactKey {
    /// A key from whichever are known.
    ///
    /// # Errors
    ///
    /// [`ContactError::Empty`] when neither is.
    pub fn new(phone: Option<Phone>, user_id: Option<UserId>) -> Result<Self, ContactError> {
        if phone.is_none() && user_id.is_none() {
            return Err(ContactError::Empty);
        }
        Ok(Self { phone, user_id })
    }

    /// The phone number, when the platform told it.
    #[must_use]
    pub fn phone(&self) -> Option<&Phone> {
        self.phone.as_ref()
    }

    /// The business-scoped user id, when the platform told it.
    #[must_use]
    pub fn user_id(&self) -> Option<&UserId> {
        self.user_id.as_ref()
    }
}

impl From<Phone> for ContactKey {
    fn from(phone: Phone) -> Self {
        Self { phone: Some(phone), user_id: None }
    }
}

#[derive(Serialize, Deserialize)]
struct ContactKeyJson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<Phone>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_id: Option<UserId>,
}

impl TryFrom<ContactKeyJson> for ContactKey {
    type Error = ContactError;

    fn try_from(json: ContactKeyJson) -> Result<Self, ContactError> {
        Self::new(json.phone, json.user_id)
    }
}

impl From<ContactKey> for ContactKeyJson {
    fn from(key: ContactKey) -> Self {
        Self { phone: key.phone, user_id: key.user_id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ninth_digit_is_put_back_on_mobile_numbers_only() {
        for (told, full) in [
            ("551187654321", "5511987654321"),
            ("5511987654321", "5511987654321"),
            ("551133445566", "551133445566"),
            ("254712345678", "254712345678"),
        ] {
            let phone: Phone = told.parse().unwrap();
            assert_eq!(phone.with_ninth_digit().digits(), full, "{told}");
        }
    }

    #[test]
    fn a_phone_shows_no_more_than_two_digits_in_debug() {
        let phone: Phone = "+55 (11) 98765-4321".parse().unwrap();
        assert_eq!(phone.digits(), "5511987654321");
        assert_eq!(format!("{phone:?}"), "Phone(…21)");
    }

    #[test]
    fn a_contact_has_at_least_one_key() {
        assert_eq!(ContactKey::new(None, None), Err(ContactError::Empty));
        assert!(serde_json::from_str::<ContactKey>("{}").is_err());
        assert!("12345".parse::<Phone>().is_err());
        assert!("1234567x".parse::<Phone>().is_err());
    }
}
