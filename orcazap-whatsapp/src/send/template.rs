//! A message from an approved template: the only kind outside the window.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::limited::{LimitError, Limited, count};

use crate::json::put;

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
            return Err(LimitError::Form {
                what: "template parameter",
                expected: "one line with at most 4 spaces in a row",
                found: text.chars().take(80).collect(),
            });
        }
        Limited::new("template parameter", text).map(Self)
    }

    /// A text made fit: line breaks and runs of spaces become one space.
    #[must_use]
    pub fn flattened(text: &str) -> Self {
        Self(Limited::cut(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
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

/// A template message (`template`): name (`[a-z0-9_]`, up to 512), language
/// (`pt_BR`), and values for the body's positional variables (up to 32) and the
/// quick replies' payloads (up to 10, by position).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "TemplateParts")]
pub struct Template {
    name: Limited<512>,
    language: Limited<16>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Parameter>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    payloads: Vec<Limited<256>>,
}

impl Template {
    /// A template without buttons that carry payloads.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed.
    pub fn new(
        name: impl Into<String>,
        language: impl Into<String>,
        body: Vec<Parameter>,
    ) -> Result<Self, LimitError> {
        Self::from_parts(TemplateParts {
            name: Limited::new("template.name", name)?,
            language: Limited::new("template.language", language)?,
            body,
            payloads: Vec::new(),
        })
    }

    /// The same with a payload for each quick reply, in the template's order.
    ///
    /// # Errors
    ///
    /// [`LimitError`] beyond ten payloads or 256 characters in one.
    pub fn with_payloads(self, payloads: Vec<String>) -> Result<Self, LimitError> {
        count("template payloads", 0, 10, payloads.len())?;
        let limited = |text| Limited::new("template payload", text);
        Ok(Self { payloads: payloads.into_iter().map(limited).collect::<Result<_, _>>()?, ..self })
    }

    fn from_parts(parts: TemplateParts) -> Result<Self, LimitError> {
        let TemplateParts { name, language, body, payloads } = parts;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !name.as_str().chars().all(plain) {
            return Err(LimitError::Form {
                what: "template.name",
                expected: "lower-case letters, digits and underscores",
                found: name.as_str().chars().take(80).collect(),
            });
        }
        count("template parameters", 0, 32, body.len())?;
        count("template payloads", 0, 10, payloads.len())?;
        Ok(Self { name, language, body, payloads })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    pub(super) fn to_graph(&self) -> Value {
        let text = |text: &Parameter| json!({ "type": "text", "text": text });
        let mut components = Vec::new();
        if !self.body.is_empty() {
            let parameters: Vec<Value> = self.body.iter().map(text).collect();
            components.push(json!({ "type": "body", "parameters": parameters }));
        }
        components.extend(self.payloads.iter().enumerate().map(|(index, payload)| {
            json!({
                "type": "button", "sub_type": "quick_reply", "index": index.to_string(),
                "parameters": [{ "type": "payload", "payload": payload }],
            })
        }));
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
    body: Vec<Parameter>,
    #[serde(default)]
    payloads: Vec<Limited<256>>,
}

impl TryFrom<TemplateParts> for Template {
    type Error = LimitError;

    fn try_from(parts: TemplateParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}
