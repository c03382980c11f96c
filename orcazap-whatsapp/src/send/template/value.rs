//! What goes into a template's variables.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::json::put;
use crate::send::limited::{LimitError, Limited};

/// A value for a template's variable, of 1 to 1,024 characters, without line
/// breaks, tabs or more than four spaces in a row, which the platform refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Parameter(Limited<1024>);

impl Parameter {
    /// Checks a value.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank, too long, or has a character that a
    /// variable may not have.
    pub fn new(text: impl Into<String>) -> Result<Self, LimitError> {
        let text = text.into();
        if text.contains(['\n', '\r', '\t']) || text.contains("     ") {
            let expected = "one line with at most 4 spaces in a row";
            return Err(LimitError::form("template parameter", expected, &text));
        }
        Limited::new("template parameter", text).map(Self)
    }

    /// A text made fit: line breaks and runs of spaces become one space.
    #[must_use]
    pub fn flattened(text: &str) -> Self {
        Self(Limited::cut(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl TryFrom<String> for Parameter {
    type Error = LimitError;

    fn try_from(text: String) -> Result<Self, LimitError> {
        Self::new(text)
    }
}

impl From<Parameter> for String {
    fn from(parameter: Parameter) -> Self {
        parameter.0.into()
    }
}

/// The name of a variable in a template with names (`parameter_name`): lower-case
/// letters, digits and underscores, up to 100.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VariableName(String);

impl VariableName {
    /// Checks a name.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is empty, too long, or has another character.
    pub fn new(name: impl Into<String>) -> Result<Self, LimitError> {
        let name: String = Limited::<100>::new("parameter_name", name)?.into();
        check_lower("parameter_name", &name)?;
        Ok(Self(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for VariableName {
    type Error = LimitError;

    fn try_from(name: String) -> Result<Self, LimitError> {
        Self::new(name)
    }
}

impl From<VariableName> for String {
    fn from(name: VariableName) -> Self {
        name.0
    }
}

/// Lower-case letters, digits and underscores, as names of templates and their
/// variables are.
pub(super) fn check_lower(what: &'static str, name: &str) -> Result<(), LimitError> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.chars().all(plain) {
        return Ok(());
    }
    Err(LimitError::form(what, "lower-case letters, digits and underscores", name))
}

/// A value with the name of its variable, or for the next one in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// The variable's name; none in a template whose variables are numbered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<VariableName>,
    /// The value.
    pub value: Parameter,
}

impl Argument {
    pub(super) fn to_graph(&self) -> Value {
        let mut graph = json!({ "type": "text", "text": self.value });
        if let Some(name) = &self.name {
            put(&mut graph, "parameter_name", name.as_str());
        }
        graph
    }
}

impl From<Parameter> for Argument {
    fn from(value: Parameter) -> Self {
        Self { name: None, value }
    }
}

impl From<(VariableName, Parameter)> for Argument {
    fn from((name, value): (VariableName, Parameter)) -> Self {
        Self { name: Some(name), value }
    }
}
