//! The cards of a template with cards side by side.

use orcazap_core::conversation::MediaKind;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::button::{Placed, TemplateButton, check_places};
use super::value::Argument;
use crate::send::interactive::HeaderFile;
use crate::send::limited::{LimitError, count};

/// What one card of a template needs: its photo or video, values for its words,
/// and what its buttons need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CardParts")]
pub struct TemplateCard {
    header: HeaderFile,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Argument>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    buttons: Vec<Placed>,
}

impl TemplateCard {
    /// A card with its photo or video.
    ///
    /// # Errors
    ///
    /// [`LimitError::Form`], when it is a document.
    pub fn new(header: HeaderFile) -> Result<Self, LimitError> {
        Self::from_parts(CardParts { header, body: Vec::new(), buttons: Vec::new() })
    }

    /// The same with values for the variables of its words, up to 32.
    ///
    /// # Errors
    ///
    /// [`LimitError::Count`] beyond 32.
    pub fn with_body(self, body: Vec<Argument>) -> Result<Self, LimitError> {
        let Self { header, buttons, .. } = self;
        Self::from_parts(CardParts { header, body, buttons })
    }

    /// The same with what the button in this place needs.
    ///
    /// # Errors
    ///
    /// [`LimitError`], as for [`Template::with_button`](super::Template::with_button).
    pub fn with_button(mut self, index: usize, button: TemplateButton) -> Result<Self, LimitError> {
        self.buttons.push((index, button));
        let Self { header, body, buttons } = self;
        Self::from_parts(CardParts { header, body, buttons })
    }

    fn from_parts(CardParts { header, body, buttons }: CardParts) -> Result<Self, LimitError> {
        if !matches!(header.kind(), MediaKind::Image | MediaKind::Video) {
            return Err(LimitError::form("card.header", "an image or a video", "a document"));
        }
        count("card parameters", 0, 32, body.len())?;
        check_places(&buttons)?;
        Ok(Self { header, body, buttons })
    }

    pub(super) fn to_graph(&self, index: usize) -> Value {
        let mut components =
            vec![json!({ "type": "header", "parameters": [self.header.to_graph()] })];
        if !self.body.is_empty() {
            let body: Vec<Value> = self.body.iter().map(Argument::to_graph).collect();
            components.push(json!({ "type": "body", "parameters": body }));
        }
        components.extend(self.buttons.iter().map(|(index, button)| button.to_graph(*index)));
        json!({ "card_index": index, "components": components })
    }
}

#[derive(Deserialize)]
struct CardParts {
    header: HeaderFile,
    #[serde(default)]
    body: Vec<Argument>,
    #[serde(default)]
    buttons: Vec<Placed>,
}

impl TryFrom<CardParts> for TemplateCard {
    type Error = LimitError;

    fn try_from(parts: CardParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}
