//! A message with a list to choose from.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::interactive::{Frame, Header, body, footer};
use super::limited::{LimitError, Limited, count, distinct};

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    id: Limited<200>,
    title: Limited<24>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<Limited<72>>,
}

impl Row {
    /// A row: what comes back when it is chosen, and its label.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when the id has more than 200 characters or the title more
    /// than 24, or either is blank.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self {
            id: Limited::new("row.id", id)?,
            title: Limited::new("row.title", title)?,
            description: None,
        })
    }

    /// The same with a line below the label.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 72 characters.
    pub fn with_description(self, text: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { description: Some(Limited::new("row.description", text)?), ..self })
    }

    /// What comes back when it is chosen.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_str()
    }

    /// Its label.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_str()
    }

    /// The line below the label.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_ref().map(Limited::as_str)
    }
}

/// Rows under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading, up to 24 characters; needed when there is more than one section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<Limited<24>>,
    rows: Vec<Row>,
}

impl Section {
    /// Rows under a heading.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when the heading is blank or longer than 24 characters.
    pub fn new(title: impl Into<String>, rows: Vec<Row>) -> Result<Self, LimitError> {
        Ok(Self { title: Some(Limited::new("section.title", title)?), rows })
    }

    /// Rows without a heading; the only section of its list then.
    #[must_use]
    pub fn untitled(rows: Vec<Row>) -> Self {
        Self { title: None, rows }
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// A text with a list (`interactive`, type `list`): a body of 1 to 4,096
/// characters, the button that opens it (up to 20), 1 to 10 sections and in all
/// of them 1 to 10 rows whose ids differ, a header of text and a footer, both of
/// up to 60 characters. Only within the 24-hour window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ListParts")]
pub struct List {
    #[serde(flatten)]
    frame: Frame<4096>,
    button: Limited<20>,
    sections: Vec<Section>,
}

body!(List);
footer!(List);

impl List {
    /// The longest body, in characters.
    pub const MAX_BODY: usize = 4096;
    /// The most rows, all sections together.
    pub const MAX_ROWS: usize = 10;

    /// A message from its parts.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed.
    pub fn new(
        body: impl Into<String>,
        button: impl Into<String>,
        sections: Vec<Section>,
    ) -> Result<Self, LimitError> {
        Self::from_parts(ListParts {
            frame: Frame::new(body)?,
            button: Limited::new("action.button", button)?,
            sections,
        })
    }

    /// The same with a line above the words.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 60 characters.
    pub fn with_header(self, text: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { frame: self.frame.with_header(Header::text(text)?), ..self })
    }

    fn from_parts(parts: ListParts) -> Result<Self, LimitError> {
        let ListParts { frame, button, sections } = parts;
        frame.text_header_only()?;
        count("sections", 1, 10, sections.len())?;
        let rows = || sections.iter().flat_map(|section| &section.rows);
        count("rows", 1, Self::MAX_ROWS, rows().count())?;
        for section in &sections {
            count("rows of a section", 1, Self::MAX_ROWS, section.rows.len())?;
            if section.title.is_none() && sections.len() > 1 {
                return Err(LimitError::Empty { what: "section.title" });
            }
        }
        distinct("row ids", rows().map(Row::id))?;
        Ok(Self { frame, button, sections })
    }

    /// The label of the button that opens the list.
    #[must_use]
    pub fn button(&self) -> &str {
        self.button.as_str()
    }

    /// The sections.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    pub(super) fn to_graph(&self) -> Value {
        self.frame.to_graph("list", json!({ "button": self.button, "sections": self.sections }))
    }
}

#[derive(Deserialize)]
struct ListParts {
    #[serde(flatten)]
    frame: Frame<4096>,
    button: Limited<20>,
    sections: Vec<Section>,
}

impl TryFrom<ListParts> for List {
    type Error = LimitError;

    fn try_from(parts: ListParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}
