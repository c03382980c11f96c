//! A template with its values: whether they fit, and how it reads.

use std::fmt;

use orcazap_core::conversation::MediaKind;
use thiserror::Error;

use super::definition::{ButtonDefinition, Definition, HeaderDefinition};
use super::variables::{Piece, pieces};
use crate::send::{Argument, Template, TemplateButton, TemplateHeader};

/// Why a message does not fit its template: the platform would refuse it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// It is of another template or language (132001).
    #[error("the template is {expected}, the message {found}")]
    Another {
        /// Name and language of the template.
        expected: String,
        /// Name and language of the message.
        found: String,
    },
    /// A variable has no value (132000).
    #[error("the variable {{{{{name}}}}} has no value")]
    NoValue {
        /// Its name or number.
        name: String,
    },
    /// There is a value for which there is no variable (132000).
    #[error("there is no variable for the value {found}")]
    NoVariable {
        /// The value's name or place.
        found: String,
    },
    /// The header needs something else (132012).
    #[error("the header needs {expected}")]
    Header {
        /// What it needs.
        expected: &'static str,
    },
    /// A button needs something, or something else (131008, 132012).
    #[error("the button {index} needs {expected}")]
    Button {
        /// Its place, from 0.
        index: usize,
        /// What it needs.
        expected: &'static str,
    },
    /// With the values it is too long (132005).
    #[error("the {what} has at most {max} characters with its values, found {found}")]
    TooLong {
        /// Which part.
        what: &'static str,
        /// The most characters.
        max: usize,
        /// How many there are.
        found: usize,
    },
}

/// A template as the customer reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What stands above.
    pub header: Option<String>,
    /// The words.
    pub body: String,
    /// What stands below.
    pub footer: Option<String>,
    /// The buttons' labels.
    pub buttons: Vec<String>,
}

impl fmt::Display for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(header) = &self.header {
            writeln!(f, "{header}\n")?;
        }
        writeln!(f, "{}", self.body)?;
        if let Some(footer) = &self.footer {
            writeln!(f, "\n{footer}")?;
        }
        for button in &self.buttons {
            writeln!(f, "[ {button} ]")?;
        }
        Ok(())
    }
}

/// A text with values in the place of its variables.
fn filled<'a>(text: &str, value: impl Fn(&str) -> Option<&'a str>) -> Result<String, Mismatch> {
    let mut all = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => all.push_str(words),
            Piece::Variable(name) => {
                let missing = || Mismatch::NoValue { name: name.to_owned() };
                all.push_str(value(name).ok_or_else(missing)?);
            }
        }
    }
    Ok(all)
}

fn length(what: &'static str, text: &str, max: usize) -> Result<(), Mismatch> {
    let found = text.chars().count();
    if found > max { Err(Mismatch::TooLong { what, max, found }) } else { Ok(()) }
}

impl Definition {
    /// How it reads with its examples.
    ///
    /// # Errors
    ///
    /// [`Mismatch`], when an example is missing.
    pub fn preview_of_examples(&self) -> Result<Preview, Mismatch> {
        let value = |name: &str| self.examples.get(name).map(String::as_str);
        let header = match &self.header {
            Some(HeaderDefinition::Text(text)) => Some(filled(text, value)?),
            other => other.as_ref().map(|header| stands_for(header).to_owned()),
        };
        Ok(self.previewed(header, filled(&self.body, value)?))
    }

    /// How a message of it reads.
    ///
    /// # Errors
    ///
    /// [`Mismatch`], when the platform would refuse the message: it is of another
    /// template, a value is missing or too much, a button or the header lacks what
    /// it needs, or it is too long with its values.
    pub fn preview(&self, message: &Template) -> Result<Preview, Mismatch> {
        if message.name() != self.name || message.language() != self.language {
            return Err(Mismatch::Another {
                expected: format!("{} ({})", self.name, self.language),
                found: format!("{} ({})", message.name(), message.language()),
            });
        }
        let header = self.fill_header(message.header())?;
        let body = self.fill_body(message.body())?;
        self.check_pressed(message)?;
        Ok(self.previewed(header, body))
    }

    fn previewed(&self, header: Option<String>, body: String) -> Preview {
        let buttons = self.buttons.iter().map(|button| button.label().to_owned()).collect();
        Preview { header, body, footer: self.footer.clone(), buttons }
    }

    fn fill_header(&self, given: Option<&TemplateHeader>) -> Result<Option<String>, Mismatch> {
        let needs = |expected| Err(Mismatch::Header { expected });
        let Some(header) = &self.header else {
            return if given.is_some() { needs("nothing") } else { Ok(None) };
        };
        let shown = match (header, given) {
            (HeaderDefinition::Text(text), given) => {
                let value = match given {
                    Some(TemplateHeader::Text(argument)) => Some(argument.value.as_str()),
                    Some(_) => return needs("a text"),
                    None => None,
                };
                if value.is_some() && self.header_variable().is_none() {
                    return needs("nothing");
                }
                let text = filled(text, |_| value)?;
                length("header", &text, 60)?;
                text
            }
            (HeaderDefinition::Location, Some(TemplateHeader::Location(_))) => {
                stands_for(header).to_owned()
            }
            (HeaderDefinition::Location, _) => return needs("a location"),
            (file, Some(TemplateHeader::File(given))) if kind_of(file) == Some(given.kind()) => {
                stands_for(header).to_owned()
            }
            (HeaderDefinition::Image { .. }, _) => return needs("an image"),
            (HeaderDefinition::Video { .. }, _) => return needs("a video"),
            (HeaderDefinition::Document { .. }, _) => return needs("a document"),
        };
        Ok(Some(shown))
    }

    fn fill_body(&self, given: &[Argument]) -> Result<String, Mismatch> {
        let variables = self.variables();
        let named = variables.are_named();
        for (place, argument) in given.iter().enumerate() {
            let name = argument.name.as_ref().map(|name| name.as_str());
            let known = match name {
                Some(name) => named && variables.names().contains(&name),
                None => !named && place < variables.names().len(),
            };
            if !known {
                let found = name.map_or_else(|| format!("number {}", place + 1), str::to_owned);
                return Err(Mismatch::NoVariable { found });
            }
        }
        let value = |name: &str| {
            let place = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let numbered = place.and_then(|place| given.get(place));
            let by_name =
                || given.iter().find(|one| one.name.as_ref().is_some_and(|n| n.as_str() == name));
            let found = if named { by_name() } else { numbered };
            found.map(|argument| argument.value.as_str())
        };
        let body = filled(&self.body, value)?;
        length("body", &body, 1024)?;
        Ok(body)
    }

    fn check_pressed(&self, message: &Template) -> Result<(), Mismatch> {
        for (index, button) in self.buttons.iter().enumerate() {
            let given = message.buttons().find(|(place, _)| *place == index).map(|(_, one)| one);
            if let Some(expected) = lacks(button, given) {
                return Err(Mismatch::Button { index, expected });
            }
        }
        match message.buttons().find(|(place, _)| *place >= self.buttons.len()) {
            Some((index, _)) => Err(Mismatch::Button { index, expected: "to be in the template" }),
            None => Ok(()),
        }
    }
}

/// What a button needs and has not got.
fn lacks(button: &ButtonDefinition, given: Option<&TemplateButton>) -> Option<&'static str> {
    use ButtonDefinition as Wants;
    use TemplateButton as Has;
    let nothing = |given: Option<&Has>| given.is_some().then_some("nothing");
    match (button, given) {
        (Wants::QuickReply { .. }, None | Some(Has::QuickReply(_))) => None,
        (Wants::QuickReply { .. }, Some(_)) => Some("a payload or nothing"),
        (Wants::Url { url, .. }, given) if url.contains("{{") => {
            (!matches!(given, Some(Has::UrlSuffix(_)))).then_some("the end of its address")
        }
        (Wants::Url { .. } | Wants::PhoneNumber { .. }, given) => nothing(given),
        (Wants::CopyCode { .. }, given) => {
            (!matches!(given, Some(Has::CopyCode(_)))).then_some("a code")
        }
        (Wants::Otp { .. }, given) => {
            (!matches!(given, Some(Has::Otp(_)))).then_some("a one-time password")
        }
        (Wants::Flow { .. }, None | Some(Has::Flow { .. })) => None,
        (Wants::Flow { .. }, Some(_)) => Some("a flow or nothing"),
        (Wants::Catalog { .. }, None | Some(Has::Catalog { .. })) => None,
        (Wants::Catalog { .. }, Some(_)) => Some("a product of the catalogue or nothing"),
        (Wants::Mpm { .. }, given) => {
            (!matches!(given, Some(Has::Products(_)))).then_some("products")
        }
        (Wants::OrderDetails { .. }, given) => {
            (!matches!(given, Some(Has::OrderDetails(_)))).then_some("an order")
        }
        (Wants::Other { .. }, _) => None,
    }
}

fn kind_of(header: &HeaderDefinition) -> Option<MediaKind> {
    match header {
        HeaderDefinition::Image { .. } => Some(MediaKind::Image),
        HeaderDefinition::Video { .. } => Some(MediaKind::Video),
        HeaderDefinition::Document { .. } => Some(MediaKind::Document),
        HeaderDefinition::Text(_) | HeaderDefinition::Location => None,
    }
}

/// What a preview shows in the place of a file.
fn stands_for(header: &HeaderDefinition) -> &'static str {
    match header {
        HeaderDefinition::Text(_) => "",
        HeaderDefinition::Image { .. } => "(foto)",
        HeaderDefinition::Video { .. } => "(vídeo)",
        HeaderDefinition::Document { .. } => "(documento)",
        HeaderDefinition::Location => "(mapa)",
    }
}
