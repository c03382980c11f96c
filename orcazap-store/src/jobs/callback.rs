//! The mark by which a report of the platform finds its message, even when the
//! answer to the call that sent it was lost.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::ids::MessageId;

/// What goes along with a call as opaque callback data, and comes back with
/// every status: which message, and which attempt of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallbackId {
    /// The message.
    pub message: MessageId,
    /// The attempt, from 1.
    pub attempt: i32,
}

/// A text that is none of our callback ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("expected a message's id and an attempt")]
pub struct CallbackError;

impl fmt::Display for CallbackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.message, self.attempt)
    }
}

impl FromStr for CallbackId {
    type Err = CallbackError;

    fn from_str(text: &str) -> Result<Self, CallbackError> {
        let (message, attempt) = text.split_once('.').ok_or(CallbackError)?;
        let message = message.parse().map_err(|_| CallbackError)?;
        let attempt = attempt.parse().map_err(|_| CallbackError)?;
        if attempt < 1 { Err(CallbackError) } else { Ok(Self { message, attempt }) }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_callback_id_is_read_back_and_a_stranger_refused() {
        let callback = CallbackId { message: Uuid::from_u128(7).into(), attempt: 3 };
        assert_eq!(callback.to_string().parse(), Ok(callback));
        for text in [
            "",
            "7.3",
            &Uuid::from_u128(7).to_string(),
            "x.y",
            "00000000-0000-0000-0000-000000000007.0",
        ] {
            assert_eq!(text.parse::<CallbackId>(), Err(CallbackError), "{text}");
        }
    }
}
