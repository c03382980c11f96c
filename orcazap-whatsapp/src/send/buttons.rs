//! A message with one to three reply buttons.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::limited::{LimitError, Limited, count, distinct};

use crate::json::put;

/// A reply button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    id: Limited<256>,
    title: Limited<20>,
}

impl Button {
    /// A button: what comes back when it is pressed, and its label.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when the id has more than 256 characters or the title more
    /// than 20, or either is blank.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { id: Limited::new("reply.id", id)?, title: Limited::new("reply.title", title)? })
    }

    /// What comes back when it is pressed.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_str()
    }

    /// Its label.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_str()
    }
}

/// A text with reply buttons (`interactive`, type `button`): a body of 1 to
/// 1,024 characters, 1 to 3 buttons whose ids and titles differ, and a footer
/// of up to 60 characters. Only within the 24-hour window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ButtonsParts")]
pub struct Buttons {
    body: Limited<1024>,
    #[serde(skip_serializing_if = "Option::is_none")]
    footer: Option<Limited<60>>,
    buttons: Vec<Button>,
}

impl Buttons {
    /// The longest body, in characters.
    pub const MAX_BODY: usize = 1024;
    /// The most buttons.
    pub const MAX_BUTTONS: usize = 3;

    /// A message from its parts.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed.
    pub fn new(body: impl Into<String>, buttons: Vec<Button>) -> Result<Self, LimitError> {
        Self::from_parts(Limited::new("interactive.body", body)?, None, buttons)
    }

    /// The same with a footer.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when the footer is blank or longer than 60 characters.
    pub fn with_footer(self, footer: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { footer: Some(Limited::new("interactive.footer", footer)?), ..self })
    }

    fn from_parts(
        body: Limited<1024>,
        footer: Option<Limited<60>>,
        buttons: Vec<Button>,
    ) -> Result<Self, LimitError> {
        count("buttons", 1, Self::MAX_BUTTONS, buttons.len())?;
        distinct("button ids", buttons.iter().map(Button::id))?;
        distinct("button titles", buttons.iter().map(Button::title))?;
        Ok(Self { body, footer, buttons })
    }

    /// The words above the buttons.
    #[must_use]
    pub fn body(&self) -> &str {
        self.body.as_str()
    }

    /// The buttons.
    #[must_use]
    pub fn buttons(&self) -> &[Button] {
        &self.buttons
    }

    pub(super) fn to_graph(&self) -> Value {
        let button = |button: &Button| json!({ "type": "reply", "reply": button });
        let mut graph = json!({
            "type": "button",
            "body": { "text": self.body },
            "action": { "buttons": self.buttons.iter().map(button).collect::<Vec<_>>() },
        });
        if let Some(footer) = &self.footer {
            put(&mut graph, "footer", json!({ "text": footer }));
        }
        graph
    }
}

#[derive(Deserialize)]
struct ButtonsParts {
    body: Limited<1024>,
    #[serde(default)]
    footer: Option<Limited<60>>,
    buttons: Vec<Button>,
}

impl TryFrom<ButtonsParts> for Buttons {
    type Error = LimitError;

    fn try_from(parts: ButtonsParts) -> Result<Self, LimitError> {
        Self::from_parts(parts.body, parts.footer, parts.buttons)
    }
}
