//! What the interactive kinds have in common: a header, words and a footer
//! around an action.

use orcazap_core::conversation::MediaKind;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::limited::{LimitError, Limited};
use super::media::MediaFile;
use crate::json::put;

/// What stands above the words (`header`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Header {
    /// A line of up to 60 characters, without formatting.
    Text(Limited<60>),
    /// A photo, a video or a document.
    File(HeaderFile),
}

impl Header {
    /// A line.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 60 characters.
    pub fn text(text: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self::Text(Limited::new("header.text", text)?))
    }

    /// A file.
    ///
    /// # Errors
    ///
    /// [`LimitError::Form`] for a sound or a sticker, and for a file with a caption.
    pub fn file(file: MediaFile) -> Result<Self, LimitError> {
        HeaderFile::new(file).map(Self::File)
    }

    fn to_graph(&self) -> Value {
        match self {
            Self::Text(text) => json!({ "type": "text", "text": text }),
            Self::File(file) => file.to_graph(),
        }
    }
}

/// A photo, video or document without a caption, as a header has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "MediaFile", into = "MediaFile")]
pub struct HeaderFile(MediaFile);

impl HeaderFile {
    /// A header of a file.
    ///
    /// # Errors
    ///
    /// [`LimitError::Form`] for a sound or a sticker, and for a file with a caption.
    pub fn new(file: MediaFile) -> Result<Self, LimitError> {
        let shown =
            matches!(file.kind(), MediaKind::Image | MediaKind::Video | MediaKind::Document);
        if !shown {
            return Err(LimitError::form("header", "an image, video or document", file.code()));
        }
        match file.caption() {
            Some(caption) => Err(LimitError::form("header", "a file without a caption", caption)),
            None => Ok(Self(file)),
        }
    }

    /// Which kind of file.
    #[must_use]
    pub fn kind(&self) -> MediaKind {
        self.0.kind()
    }

    /// The form of a header, and of a template's parameter.
    pub(super) fn to_graph(&self) -> Value {
        let code = self.0.code();
        json!({ "type": code, code: self.0.to_graph() })
    }
}

impl TryFrom<MediaFile> for HeaderFile {
    type Error = LimitError;

    fn try_from(file: MediaFile) -> Result<Self, LimitError> {
        Self::new(file)
    }
}

impl From<HeaderFile> for MediaFile {
    fn from(file: HeaderFile) -> Self {
        file.0
    }
}

/// Header, words and footer. Which of them a kind may have is that kind's rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Frame<const BODY: usize = 1024> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) header: Option<Header>,
    pub(super) body: Limited<BODY>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) footer: Option<Limited<60>>,
}

impl<const BODY: usize> Frame<BODY> {
    pub(super) fn new(body: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { header: None, body: Limited::new("interactive.body", body)?, footer: None })
    }

    pub(super) fn with_footer(self, footer: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { footer: Some(Limited::new("interactive.footer", footer)?), ..self })
    }

    pub(super) fn with_header(self, header: Header) -> Self {
        Self { header: Some(header), ..self }
    }

    pub(super) fn text_header_only(&self) -> Result<(), LimitError> {
        match &self.header {
            Some(Header::File(file)) => Err(LimitError::form("header", "a text", file.0.code())),
            Some(Header::Text(_)) | None => Ok(()),
        }
    }

    pub(super) fn no_header(&self) -> Result<(), LimitError> {
        match &self.header {
            Some(_) => Err(LimitError::form("header", "absent", "a header")),
            None => Ok(()),
        }
    }

    pub(super) fn words_only(&self) -> Result<(), LimitError> {
        match &self.footer {
            Some(footer) => Err(LimitError::form("footer", "absent", footer.as_str())),
            None => self.no_header(),
        }
    }

    pub(super) fn to_graph(&self, kind: &str, action: Value) -> Value {
        let mut graph = json!({ "type": kind, "body": { "text": self.body }, "action": action });
        if let Some(header) = &self.header {
            put(&mut graph, "header", header.to_graph());
        }
        if let Some(footer) = &self.footer {
            put(&mut graph, "footer", json!({ "text": footer }));
        }
        graph
    }
}

/// The words of a kind that has a `frame`.
macro_rules! body {
    ($kind:ident) => {
        impl $kind {
            /// The words.
            #[must_use]
            pub fn body(&self) -> &str {
                self.frame.body.as_str()
            }
        }
    };
}

/// The footer of a kind that may have one.
macro_rules! footer {
    ($kind:ident) => {
        impl $kind {
            /// The same with a footer.
            ///
            /// # Errors
            ///
            /// [`LimitError`] when it is blank or longer than 60 characters.
            pub fn with_footer(self, footer: impl Into<String>) -> Result<Self, LimitError> {
                Ok(Self { frame: self.frame.with_footer(footer)?, ..self })
            }
        }
    };
}

/// The header of a kind that takes each.
macro_rules! header {
    ($kind:ident) => {
        impl $kind {
            /// The same with a header of any kind.
            #[must_use]
            pub fn with_header(self, header: Header) -> Self {
                Self { frame: self.frame.with_header(header), ..self }
            }
        }
    };
}

pub(super) use {body, footer, header};
