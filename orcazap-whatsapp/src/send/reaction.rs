//! A reaction to a customer's message.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::limited::{LimitError, Limited};
use crate::ids::MessageId;

/// A reaction (`reaction`) to a message of the last 30 days that is no reaction
/// itself; without an emoji it takes back the one that was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    message_id: MessageId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    emoji: Option<Limited<16>>,
}

impl Reaction {
    /// A reaction with an emoji, of up to 16 characters (families and flags are
    /// made of several).
    ///
    /// # Errors
    ///
    /// [`LimitError`], when it is blank or too long.
    pub fn new(message_id: MessageId, emoji: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { message_id, emoji: Some(Limited::new("reaction.emoji", emoji)?) })
    }

    /// Takes a reaction back.
    #[must_use]
    pub fn taken_back(message_id: MessageId) -> Self {
        Self { message_id, emoji: None }
    }

    /// The emoji.
    #[must_use]
    pub fn emoji(&self) -> Option<&str> {
        self.emoji.as_ref().map(Limited::as_str)
    }

    pub(super) fn to_graph(&self) -> Value {
        json!({ "message_id": self.message_id, "emoji": self.emoji().unwrap_or_default() })
    }
}
