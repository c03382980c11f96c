//! Whom a message goes out from at Twilio: an account, and a number of it.

use std::fmt;
use std::str::FromStr;

use orcazap_core::contact::Phone;
use thiserror::Error;

use crate::ids::PhoneNumberId;

/// How the id of a number at Twilio begins; Meta's are digits alone.
const PREFIX: &str = "twilio-";

/// A WhatsApp sender of a Twilio account.
///
/// It is written `twilio-AC…-5511…`, which is a [`PhoneNumberId`]: a store's
/// channel tells by its number's id alone which transport carries it.
///
/// ```
/// use orcazap_whatsapp::{PhoneNumberId, twilio::Sender};
/// let id: PhoneNumberId = "twilio-AC0123456789abcdef0123456789abcdef-5511940028922".parse()?;
/// let sender = Sender::of(&id).expect("a number at Twilio");
/// assert_eq!(sender.address(), "whatsapp:+5511940028922");
/// assert_eq!(sender.number_id(), id);
/// assert_eq!(Sender::of(&"106540352242922".parse()?), None);
/// # Ok::<(), orcazap_whatsapp::ids::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sender {
    account: AccountSid,
    number: Phone,
}

/// The id of a Twilio account: `AC` and 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AccountSid(String);

/// A text that is no sender, or no account, of Twilio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SenderError {
    /// It does not begin with `twilio-`, or has no number after the account.
    #[error("expected twilio-, an account, a hyphen and a number")]
    Form,
    /// The account is not `AC` and 32 hexadecimal digits.
    #[error("expected an account of AC and 32 hexadecimal digits")]
    Account,
    /// The number is no international phone number.
    #[error("expected a phone number with its country code")]
    Number,
}

impl AccountSid {
    /// The id as Twilio writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountSid {
    type Err = SenderError;

    fn from_str(text: &str) -> Result<Self, SenderError> {
        let digits = text.strip_prefix("AC").ok_or(SenderError::Account)?;
        let valid = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if valid { Ok(Self(text.to_owned())) } else { Err(SenderError::Account) }
    }
}

impl Sender {
    /// A number of an account.
    #[must_use]
    pub fn new(account: AccountSid, number: Phone) -> Self {
        Self { account, number }
    }

    /// The sender that a channel's number id names; `None` when the number is not
    /// at Twilio.
    #[must_use]
    pub fn of(id: &PhoneNumberId) -> Option<Self> {
        id.as_str().parse().ok()
    }

    /// The sender as the id of a channel's number.
    #[must_use]
    pub fn number_id(&self) -> PhoneNumberId {
        let id = self.to_string().parse();
        #[expect(clippy::expect_used, reason = "letters, digits and hyphens, 57 at most")]
        id.expect("a sender is an id")
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> &AccountSid {
        &self.account
    }

    /// The number as Twilio addresses it, `whatsapp:+5511940028922`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("whatsapp:+{}", self.number.digits())
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}-{}", self.account.0, self.number.digits())
    }
}

impl FromStr for Sender {
    type Err = SenderError;

    fn from_str(text: &str) -> Result<Self, SenderError> {
        let rest = text.strip_prefix(PREFIX).ok_or(SenderError::Form)?;
        let (account, number) = rest.split_once('-').ok_or(SenderError::Form)?;
        if number.is_empty() || !number.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(SenderError::Number);
        }
        let number = number.parse().map_err(|_| SenderError::Number)?;
        Ok(Self { account: account.parse()?, number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";

    #[test]
    fn a_sender_is_written_and_read_back_or_refused() {
        let id = format!("twilio-{ACCOUNT}-5511940028922");
        let sender: Sender = id.parse().unwrap();
        assert_eq!(sender.number_id().as_str(), id);
        assert_eq!(sender.account().as_str(), ACCOUNT);
        for (text, expected) in [
            ("106540352242922".to_owned(), SenderError::Form),
            (format!("twilio-{ACCOUNT}"), SenderError::Form),
            (format!("twilio-{ACCOUNT}-"), SenderError::Number),
            (format!("twilio-{ACCOUNT}-+5511"), SenderError::Number),
            ("twilio-AC01-5511940028922".to_owned(), SenderError::Account),
        ] {
            assert_eq!(text.parse::<Sender>(), Err(expected), "{text}");
        }
    }
}
