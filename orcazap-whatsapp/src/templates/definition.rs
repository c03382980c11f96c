//! A template as it is written and approved.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::variables::Variables;

/// What a template is about, and so what it costs (`category`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateCategory {
    /// The customer's own order (`UTILITY`).
    Utility,
    /// Anything else (`MARKETING`).
    Marketing,
    /// A one-time password (`AUTHENTICATION`).
    Authentication,
}

impl TemplateCategory {
    /// The platform's name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Utility => "UTILITY",
            Self::Marketing => "MARKETING",
            Self::Authentication => "AUTHENTICATION",
        }
    }

    /// The category of a name; `None` for one that is not known.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Utility, Self::Marketing, Self::Authentication]
            .into_iter()
            .find(|category| category.code().eq_ignore_ascii_case(code))
    }
}

impl fmt::Display for TemplateCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// What stands above the words (`HEADER`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderDefinition {
    /// A line of up to 60 characters with one variable at most (`TEXT`).
    Text(String),
    /// A photo; the handle is of an example that was uploaded to the app
    /// (`example.header_handle`), and empty in what the platform lists.
    Image {
        /// The handle.
        #[serde(default)]
        handle: String,
    },
    /// A video.
    Video {
        /// The handle.
        #[serde(default)]
        handle: String,
    },
    /// A document.
    Document {
        /// The handle.
        #[serde(default)]
        handle: String,
    },
    /// A position on the map (`LOCATION`).
    Location,
}

/// A button (`BUTTONS`). Labels have up to 25 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ButtonDefinition {
    /// An answer that is pressed.
    QuickReply {
        /// Its label.
        text: String,
    },
    /// An address of up to 2,000 characters, with one variable at its end or none.
    Url {
        /// Its label.
        text: String,
        /// The address; `{{1}}` at its end is the variable.
        url: String,
        /// A whole address as an example, when there is a variable.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        example: Option<String>,
    },
    /// A phone number of up to 20 digits that is called.
    PhoneNumber {
        /// Its label.
        text: String,
        /// The number, with its country code.
        phone_number: String,
    },
    /// A code that is copied; the example has up to 20 characters.
    CopyCode {
        /// An example of the code.
        example: String,
    },
    /// A form.
    Flow {
        /// Its label.
        text: String,
        /// Which form.
        flow_id: String,
    },
    /// The whole catalogue.
    Catalog {
        /// Its label.
        text: String,
    },
    /// Several products.
    Mpm {
        /// Its label.
        text: String,
    },
    /// An order to pay.
    OrderDetails {
        /// Its label.
        text: String,
    },
    /// A button for a one-time password.
    Otp {
        /// Its label, where it has one.
        #[serde(default)]
        text: String,
        /// `copy_code`, `one_tap`, `zero_tap`.
        otp_type: String,
    },
    /// A button that this crate does not know, as the platform wrote it.
    Other {
        /// The platform's JSON.
        raw: Value,
    },
}

impl ButtonDefinition {
    /// Its label; the platform's own where the button has none.
    #[must_use]
    pub fn label(&self) -> &str {
        match self {
            Self::QuickReply { text }
            | Self::Url { text, .. }
            | Self::PhoneNumber { text, .. }
            | Self::Flow { text, .. }
            | Self::Catalog { text }
            | Self::Mpm { text }
            | Self::OrderDetails { text }
            | Self::Otp { text, .. } => text,
            Self::CopyCode { .. } => "Copiar código",
            Self::Other { raw } => raw.get("text").and_then(Value::as_str).unwrap_or_default(),
        }
    }
}

/// A template as it is written and approved: name, language, category, and its
/// components. Variables are `{{1}}`, `{{2}}` … by number, or `{{nome}}` by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Its name: `[a-z0-9_]`, up to 512, one for each name and language.
    pub name: String,
    /// Its language, `pt_BR`. The platform falls back to no other.
    pub language: String,
    /// What it is about.
    pub category: TemplateCategory,
    /// How long it may wait for the customer's phone to come on, in seconds
    /// (`message_send_ttl_seconds`). Without it news of today arrives in three days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl_seconds: Option<u32>,
    /// What stands above the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<HeaderDefinition>,
    /// The words, up to 1,024 characters.
    pub body: String,
    /// A line below, up to 60 characters, without variables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<String>,
    /// Up to ten buttons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<ButtonDefinition>,
    /// An example for each variable: what the platform's reviewers read.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub examples: BTreeMap<String, String>,
    /// Components that this crate does not know, as the platform wrote them:
    /// `CAROUSEL`, `LIMITED_TIME_OFFER`, and what is new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Value>,
}

impl Definition {
    /// The variables of the body, in the order of their first use.
    #[must_use]
    pub fn variables(&self) -> Variables<'_> {
        Variables::of(&self.body)
    }

    /// The variable of a header of text, when it has one.
    #[must_use]
    pub fn header_variable(&self) -> Option<&str> {
        match &self.header {
            Some(HeaderDefinition::Text(text)) => Variables::of(text).names().first().copied(),
            _ => None,
        }
    }
}
