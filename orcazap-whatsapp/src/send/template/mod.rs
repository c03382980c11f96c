//! A message from an approved template: the only kind outside the window.

mod button;
mod card;
mod value;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::interactive::HeaderFile;
use super::limited::{LimitError, Limited, count, distinct};
use super::location::Pin;
use crate::json::put;
use button::{Placed, check_places};
pub use button::{ProductChoice, TemplateButton};
pub use card::TemplateCard;
use value::check_lower;
pub use value::{Argument, Parameter, VariableName};

/// What a template's header needs when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateHeader {
    /// The value of the variable of a header of text.
    Text(Argument),
    /// A photo, video or document.
    File(HeaderFile),
    /// A position on the map, with name and address.
    Location(Pin),
}

impl TemplateHeader {
    fn to_graph(&self) -> Value {
        match self {
            Self::Text(argument) => argument.to_graph(),
            Self::File(file) => file.to_graph(),
            Self::Location(pin) => json!({ "type": "location", "location": pin.to_graph() }),
        }
    }
}

/// A template message (`template`): name (`[a-z0-9_]`, up to 512), language
/// (`pt_BR`), and what its components need: a header's value or file, values for
/// up to 32 variables of the body, what up to ten buttons need, two to ten cards,
/// and the end of a limited-time offer. What has no variable is left out.
///
/// The platform refuses more or fewer values than the template has variables
/// (132000), and a body of more than 1,024 characters once they are in (132005):
/// [`templates::Definition`](crate::templates::Definition) tells before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "TemplateParts")]
pub struct Template {
    name: Limited<512>,
    language: Limited<16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<TemplateHeader>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Argument>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    buttons: Vec<Placed>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cards: Vec<TemplateCard>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offer_ends: Option<DateTime<Utc>>,
}

impl Template {
    /// The most variables of a body.
    pub const MAX_VARIABLES: usize = 32;

    /// A template whose body's variables are numbered, with a value for each.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed.
    pub fn new(
        name: impl Into<String>,
        language: impl Into<String>,
        body: Vec<Parameter>,
    ) -> Result<Self, LimitError> {
        Self::with_arguments(name, language, body.into_iter().map(Argument::from).collect())
    }

    /// A template whose body's variables have names, with a value for each.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed, and for a name that stands
    /// twice.
    pub fn named(
        name: impl Into<String>,
        language: impl Into<String>,
        body: Vec<(VariableName, Parameter)>,
    ) -> Result<Self, LimitError> {
        Self::with_arguments(name, language, body.into_iter().map(Argument::from).collect())
    }

    fn with_arguments(
        name: impl Into<String>,
        language: impl Into<String>,
        body: Vec<Argument>,
    ) -> Result<Self, LimitError> {
        Self::from_parts(TemplateParts {
            name: Limited::new("template.name", name)?,
            language: Limited::new("template.language", language)?,
            header: None,
            body,
            buttons: Vec::new(),
            cards: Vec::new(),
            offer_ends: None,
        })
    }

    /// The same with what its header needs.
    #[must_use]
    pub fn with_header(self, header: TemplateHeader) -> Self {
        Self { header: Some(header), ..self }
    }

    /// The same with what the button in this place needs: `index` counts all
    /// buttons of the template, from 0 to 9.
    ///
    /// # Errors
    ///
    /// [`LimitError`] for a place beyond the tenth button, or one that is taken.
    pub fn with_button(mut self, index: usize, button: TemplateButton) -> Result<Self, LimitError> {
        self.buttons.push((index, button));
        check_places(&self.buttons)?;
        Ok(self)
    }

    /// The same with a payload for each quick reply, when those are the template's
    /// first buttons.
    ///
    /// # Errors
    ///
    /// [`LimitError`] beyond ten payloads or 256 characters in one.
    pub fn with_payloads(self, payloads: Vec<String>) -> Result<Self, LimitError> {
        payloads.into_iter().enumerate().try_fold(self, |template, (index, payload)| {
            template.with_button(index, TemplateButton::quick_reply(payload)?)
        })
    }

    /// The same with its cards, two to ten.
    ///
    /// # Errors
    ///
    /// [`LimitError::Count`] for fewer or more.
    pub fn with_cards(self, cards: Vec<TemplateCard>) -> Result<Self, LimitError> {
        count("cards", 2, 10, cards.len())?;
        Ok(Self { cards, ..self })
    }

    /// The same with the end of its limited-time offer.
    #[must_use]
    pub fn with_offer_end(self, at: DateTime<Utc>) -> Self {
        Self { offer_ends: Some(at), ..self }
    }

    fn from_parts(parts: TemplateParts) -> Result<Self, LimitError> {
        let TemplateParts { name, language, header, body, buttons, cards, offer_ends } = parts;
        check_lower("template.name", name.as_str())?;
        count("template parameters", 0, Self::MAX_VARIABLES, body.len())?;
        let names: Vec<&str> =
            body.iter().filter_map(|one| Some(one.name.as_ref()?.as_str())).collect();
        if !names.is_empty() && names.len() != body.len() {
            let expected = "all with a name, or all without";
            return Err(LimitError::form("template parameters", expected, "some with a name"));
        }
        distinct("parameter names", names.into_iter())?;
        check_places(&buttons)?;
        if !cards.is_empty() {
            count("cards", 2, 10, cards.len())?;
        }
        Ok(Self { name, language, header, body, buttons, cards, offer_ends })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// Its language, `pt_BR`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.language.as_str()
    }

    /// What its header needs.
    #[must_use]
    pub fn header(&self) -> Option<&TemplateHeader> {
        self.header.as_ref()
    }

    /// The values of its body's variables.
    #[must_use]
    pub fn body(&self) -> &[Argument] {
        &self.body
    }

    /// What its buttons need, each with its place.
    pub fn buttons(&self) -> impl Iterator<Item = (usize, &TemplateButton)> {
        self.buttons.iter().map(|(index, button)| (*index, button))
    }

    /// Its cards.
    #[must_use]
    pub fn cards(&self) -> &[TemplateCard] {
        &self.cards
    }

    pub(super) fn to_graph(&self) -> Value {
        let mut components = Vec::new();
        if let Some(header) = &self.header {
            components.push(json!({ "type": "header", "parameters": [header.to_graph()] }));
        }
        if !self.body.is_empty() {
            let parameters: Vec<Value> = self.body.iter().map(Argument::to_graph).collect();
            components.push(json!({ "type": "body", "parameters": parameters }));
        }
        if let Some(at) = &self.offer_ends {
            let offer = json!({ "expiration_time_ms": at.timestamp_millis() });
            let parameter = json!({ "type": "limited_time_offer", "limited_time_offer": offer });
            components.push(json!({ "type": "limited_time_offer", "parameters": [parameter] }));
        }
        components.extend(self.buttons.iter().map(|(index, button)| button.to_graph(*index)));
        if !self.cards.is_empty() {
            let cards = self.cards.iter().enumerate();
            let cards: Vec<Value> = cards.map(|(index, card)| card.to_graph(index)).collect();
            components.push(json!({ "type": "carousel", "cards": cards }));
        }
        let mut graph = json!({ "name": self.name, "language": { "code": self.language } });
        if !components.is_empty() {
            put(&mut graph, "components", Value::Array(components));
        }
        graph
    }
}

#[derive(Deserialize)]
struct TemplateParts {
    name: Limited<512>,
    language: Limited<16>,
    #[serde(default)]
    header: Option<TemplateHeader>,
    #[serde(default)]
    body: Vec<Argument>,
    #[serde(default)]
    buttons: Vec<Placed>,
    #[serde(default)]
    cards: Vec<TemplateCard>,
    #[serde(default)]
    offer_ends: Option<DateTime<Utc>>,
}

impl TryFrom<TemplateParts> for Template {
    type Error = LimitError;

    fn try_from(parts: TemplateParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}
