//! A message with a button that opens an address.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::interactive::{Frame, Header, body, footer, header};
use super::limited::{LimitError, Limited};

/// A text with one button that opens an address (`interactive`, `cta_url`): a
/// body of up to 1,024 characters, a label of up to 20, an http or https address
/// of up to 2,000, a header of any kind and a footer of up to 60 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkButton {
    #[serde(flatten)]
    frame: Frame,
    label: Limited<20>,
    url: WebAddress,
}

body!(LinkButton);
header!(LinkButton);
footer!(LinkButton);

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
        Ok(Self {
            frame: Frame::new(body)?,
            label: Limited::new("display_text", label)?,
            url: WebAddress::new(url)?,
        })
    }

    pub(super) fn to_graph(&self) -> Value {
        let parameters = json!({ "display_text": self.label, "url": self.url });
        self.frame.to_graph("cta_url", json!({ "name": "cta_url", "parameters": parameters }))
    }
}

/// An http or https address of up to 2,000 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Url", into = "Url")]
pub struct WebAddress(Url);

impl WebAddress {
    /// The most characters.
    pub const MAX_CHARS: usize = 2000;

    /// Checks an address.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is neither http nor https, or too long.
    pub fn new(url: Url) -> Result<Self, LimitError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(LimitError::form("url", "http or https", url.as_str()));
        }
        let (max, found) = (Self::MAX_CHARS, url.as_str().chars().count());
        if found > max {
            return Err(LimitError::TooLong { what: "url", max, found });
        }
        Ok(Self(url))
    }
}

impl TryFrom<Url> for WebAddress {
    type Error = LimitError;

    fn try_from(url: Url) -> Result<Self, LimitError> {
        Self::new(url)
    }
}

impl From<WebAddress> for Url {
    fn from(address: WebAddress) -> Self {
        address.0
    }
}
