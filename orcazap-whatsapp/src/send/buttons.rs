//! A message with one to three reply buttons.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::interactive::{Frame, Header, body, footer, header};
use super::limited::{LimitError, Limited, count, distinct};

/// A reply button (`reply`).
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
/// 1,024 characters, 1 to 3 buttons whose ids and titles differ, a header of any
/// kind, and a footer of up to 60 characters. Only within the 24-hour window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ButtonsParts")]
pub struct Buttons {
    #[serde(flatten)]
    frame: Frame,
    buttons: Vec<Button>,
}

body!(Buttons);
header!(Buttons);
footer!(Buttons);

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
        Self::from_parts(ButtonsParts { frame: Frame::new(body)?, buttons })
    }

    fn from_parts(ButtonsParts { frame, buttons }: ButtonsParts) -> Result<Self, LimitError> {
        count("buttons", 1, Self::MAX_BUTTONS, buttons.len())?;
        distinct("button ids", buttons.iter().map(Button::id))?;
        distinct("button titles", buttons.iter().map(Button::title))?;
        Ok(Self { frame, buttons })
    }

    /// The buttons.
    #[must_use]
    pub fn buttons(&self) -> &[Button] {
        &self.buttons
    }

    pub(super) fn to_graph(&self) -> Value {
        let button = |button: &Button| json!({ "type": "reply", "reply": button });
        let buttons: Vec<Value> = self.buttons.iter().map(button).collect();
        self.frame.to_graph("button", json!({ "buttons": buttons }))
    }
}

#[derive(Deserialize)]
struct ButtonsParts {
    #[serde(flatten)]
    frame: Frame,
    buttons: Vec<Button>,
}

impl TryFrom<ButtonsParts> for Buttons {
    type Error = LimitError;

    fn try_from(parts: ButtonsParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}
