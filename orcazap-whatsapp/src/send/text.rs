//! A plain text message.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::limited::{LimitError, Limited};

/// A text (`text`), of 1 to 4,096 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    body: Limited<4096>,
    /// Whether the first link is shown with a preview (`preview_url`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preview: bool,
}

impl Text {
    /// A text without a preview of links.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 4,096 characters.
    pub fn new(body: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { body: Limited::new("text.body", body)?, preview: false })
    }

    /// A text of at most 4,096 characters: what is beyond is left out and an
    /// ellipsis put at the end.
    #[must_use]
    pub fn cut(body: &str) -> Self {
        Self { body: Limited::cut(body), preview: false }
    }

    /// The words.
    #[must_use]
    pub fn body(&self) -> &str {
        self.body.as_str()
    }

    pub(super) fn to_graph(&self) -> Value {
        json!({ "body": self.body, "preview_url": self.preview })
    }
}
