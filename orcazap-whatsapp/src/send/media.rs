//! A photo, video, document, sound or sticker.

use orcazap_core::conversation::MediaKind;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::limited::{LimitError, Limited};
use crate::ids::MediaId;
use crate::json::put;
use crate::webhook::media_code;

/// Where the platform takes a file from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileSource {
    /// It was uploaded before (`id`); faster, and a bad file is refused at once.
    Id(MediaId),
    /// The platform fetches it (`link`): https, public, the right `Content-Type`;
    /// kept for 10 minutes per address.
    Link(Url),
}

/// A file (`image`, `video`, `document`, `audio`, `sticker`). Captions, of up to
/// 1,024 characters, go with photos, videos and documents; a name, of up to 240,
/// with documents.
///
/// | kind | types | at most |
/// | --- | --- | --- |
/// | image | `image/jpeg`, `image/png` | 5 MB |
/// | video | `video/mp4`, `video/3gpp` (H.264, AAC) | 16 MB |
/// | audio | `audio/aac`, `audio/amr`, `audio/mpeg`, `audio/mp4`, `audio/ogg` (opus) | 16 MB |
/// | document | text, PDF, Word, Excel, PowerPoint | 100 MB |
/// | sticker | `image/webp`, 512×512 | 100 KB, 500 KB when it moves |
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "MediaParts")]
pub struct MediaFile {
    kind: MediaKind,
    source: FileSource,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<Limited<1024>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<Limited<240>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    voice: bool,
}

impl MediaFile {
    /// A file of a kind.
    ///
    /// # Errors
    ///
    /// [`LimitError::Form`] for contact cards, which are no file, and for a link
    /// that is not https.
    pub fn new(kind: MediaKind, source: FileSource) -> Result<Self, LimitError> {
        Self::from_parts(MediaParts { kind, source, caption: None, filename: None, voice: false })
    }

    /// The same with words below it.
    ///
    /// # Errors
    ///
    /// [`LimitError`], when they are blank or too long, or this kind takes none.
    pub fn with_caption(self, caption: impl Into<String>) -> Result<Self, LimitError> {
        let caption = Some(Limited::new("caption", caption)?);
        Self::from_parts(MediaParts { caption, ..self.into() })
    }

    /// A document with a name that the customer sees.
    ///
    /// # Errors
    ///
    /// [`LimitError`], when it is blank or too long, or this is no document.
    pub fn with_filename(self, filename: impl Into<String>) -> Result<Self, LimitError> {
        let filename = Some(Limited::new("filename", filename)?);
        Self::from_parts(MediaParts { filename, ..self.into() })
    }

    /// A sound that looks like a recorded voice message (`voice`): ogg with opus,
    /// of up to 512 KB for a play button at once.
    ///
    /// # Errors
    ///
    /// [`LimitError::Form`], when this is no sound.
    pub fn as_voice(self) -> Result<Self, LimitError> {
        Self::from_parts(MediaParts { voice: true, ..self.into() })
    }

    fn from_parts(parts: MediaParts) -> Result<Self, LimitError> {
        let MediaParts { kind, source, caption, filename, voice } = parts;
        let refuse = |what, expected, found| Err(LimitError::form(what, expected, found));
        let code = media_code(kind);
        if kind == MediaKind::Contacts {
            return refuse("media", "a file", code);
        }
        let captioned = matches!(kind, MediaKind::Image | MediaKind::Video | MediaKind::Document);
        if caption.is_some() && !captioned {
            return refuse("a media with a caption", "an image, video or document", code);
        }
        if filename.is_some() && kind != MediaKind::Document {
            return refuse("a media with a filename", "a document", code);
        }
        if voice && kind != MediaKind::Audio {
            return refuse("a voice message", "a sound", code);
        }
        if let FileSource::Link(link) = &source
            && link.scheme() != "https"
        {
            return refuse("media link", "an https address", link.as_str());
        }
        Ok(Self { kind, source, caption, filename, voice })
    }

    /// Which kind of file.
    #[must_use]
    pub fn kind(&self) -> MediaKind {
        self.kind
    }

    /// The words below it.
    #[must_use]
    pub fn caption(&self) -> Option<&str> {
        self.caption.as_ref().map(Limited::as_str)
    }

    /// The platform's name of its kind.
    pub(super) fn code(&self) -> &'static str {
        media_code(self.kind)
    }

    pub(super) fn to_graph(&self) -> Value {
        let mut graph = match &self.source {
            FileSource::Id(id) => json!({ "id": id }),
            FileSource::Link(link) => json!({ "link": link }),
        };
        if let Some(caption) = &self.caption {
            put(&mut graph, "caption", caption.as_str());
        }
        if let Some(filename) = &self.filename {
            put(&mut graph, "filename", filename.as_str());
        }
        if self.voice {
            put(&mut graph, "voice", true);
        }
        graph
    }
}

#[derive(Deserialize)]
struct MediaParts {
    kind: MediaKind,
    source: FileSource,
    #[serde(default)]
    caption: Option<Limited<1024>>,
    #[serde(default)]
    filename: Option<Limited<240>>,
    #[serde(default)]
    voice: bool,
}

impl From<MediaFile> for MediaParts {
    fn from(file: MediaFile) -> Self {
        let MediaFile { kind, source, caption, filename, voice } = file;
        Self { kind, source, caption, filename, voice }
    }
}

impl TryFrom<MediaParts> for MediaFile {
    type Error = LimitError;

    fn try_from(parts: MediaParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}
