//! A message with a button that opens an address.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::limited::{LimitError, Limited};

/// A text with one button that opens an address (`interactive`, `cta_url`): a
/// body of up to 1,024 characters, a label of up to 20, an http or https address
/// of up to 2,000.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "LinkParts")]
pub struct LinkButton {
    body: Limited<1024>,
    label: Limited<20>,
    url: Url,
}

impl LinkButton {
    /// A message from its parts.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed.
    pub fn new(
        body: impl Into<String>,
        label: impl Into<String>,
        url: Url,
    ) -> Result<Self, LimitError> {
        Self::from_parts(LinkParts {
            body: Limited::new("interactive.body", body)?,
            label: Limited::new("display_text", label)?,
            url,
        })
    }

    fn from_parts(parts: LinkParts) -> Result<Self, LimitError> {
        let LinkParts { body, label, url } = parts;
        if !matches!(url.scheme(), "http" | "https") {
            let found = url.as_str().chars().take(80).collect();
            return Err(LimitError::Form { what: "url", expected: "http or https", found });
        }
        let found = url.as_str().chars().count();
        if found > 2000 {
            return Err(LimitError::TooLong { what: "url", max: 2000, found });
        }
        Ok(Self { body, label, url })
    }

    /// The words above the button.
    #[must_use]
    pub fn body(&self) -> &str {
        self.body.as_str()
    }

    pub(super) fn to_graph(&self) -> Value {
        json!({
            "type": "cta_url",
            "body": { "text": self.body },
            "action": {
                "name": "cta_url",
                "parameters": { "display_text": self.label, "url": self.url },
            },
        })
    }
}

#[derive(Deserialize)]
struct LinkParts {
    body: Limited<1024>,
    label: Limited<20>,
    url: Url,
}

impl TryFrom<LinkParts> for LinkButton {
    type Error = LimitError;

    fn try_from(parts: LinkParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}
