//! Files that customers sent: looked up, fetched, and checked.

use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine};
use reqwest::{Method, Response};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;
use url::Url;

use super::{Client, answer, failed};
use crate::error::SendError;
use crate::ids::MediaId;

/// A file as the platform describes it. Its address is good for five minutes
/// and only with the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInfo {
    /// The type as claimed, without parameters: `image/jpeg`.
    pub mime_type: String,
    /// How many bytes there are, as claimed.
    pub size: u64,
    sha256: Option<[u8; 32]>,
    url: Url,
}

/// A file that was fetched, whole and unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The type as claimed, without parameters; look into the bytes before
    /// trusting it.
    pub mime_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What a file must fit to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim<'a> {
    /// The most bytes taken.
    pub max_bytes: u64,
    /// The SHA-256 as the webhook told it, in base64 or hexadecimal; what is
    /// neither is passed over, as some software on the way leaves rubbish there.
    pub sha256: Option<&'a str>,
}

/// How long a file may take: it may be large, and the line slow.
pub(crate) const FILE_TIMEOUT: Duration = Duration::from_secs(120);

/// Why a file was not fetched.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FileError {
    /// The call failed.
    #[error("the file can't be had")]
    Call(#[from] SendError),
    /// It is larger than is taken.
    #[error("a file has at most {max} bytes, found {found} or more")]
    TooLarge {
        /// The most bytes taken.
        max: u64,
        /// How many there are at least.
        found: u64,
    },
    /// Its bytes are not those that were sent.
    #[error("the bytes of the file do not fit its hash")]
    Hash,
    /// It is not there any more.
    #[error("the file is gone")]
    Gone,
    /// The address lies where a token must not be sent.
    #[error("expected the file at the platform, found it at {host:?}")]
    Host {
        /// The host.
        host: String,
    },
}

impl Client {
    /// Looks a file up (`GET /<media id>`). Ids of what customers send are good
    /// for 7 days.
    ///
    /// # Errors
    ///
    /// [`SendError`], with advice `FixRequest` when the file is gone or not for
    /// this token.
    pub async fn file_info(
        &self,
        id: &MediaId,
        token: &SecretString,
    ) -> Result<FileInfo, SendError> {
        let (http_status, found) = answer(self.call(Method::GET, &[id.as_str()], token)).await?;
        let text = |name: &str| found.get(name).and_then(Value::as_str);
        let mime_type = text("mime_type").unwrap_or("application/octet-stream");
        let unknown = SendError::Unknown { http_status, retry_after: None };
        Ok(FileInfo {
            mime_type: mime_type.split(';').next().unwrap_or_default().trim().to_lowercase(),
            size: found.get("file_size").and_then(size).unwrap_or_default(),
            sha256: text("sha256").and_then(hash),
            url: text("url").and_then(|url| url.parse().ok()).ok_or(unknown)?,
        })
    }

    /// Fetches a file, and checks that it fits: its size while it comes in, its hash
    /// when it is here, against what the look-up and the webhook told.
    ///
    /// The token goes to the platform's own hosts only, and to the host of this
    /// client's address.
    ///
    /// # Errors
    ///
    /// [`FileError`]; nothing of a file that is too large or was changed on the
    /// way is given.
    pub async fn download(
        &self,
        file: &FileInfo,
        claim: &Claim<'_>,
        token: &SecretString,
    ) -> Result<File, FileError> {
        let max_bytes = claim.max_bytes;
        if file.size > max_bytes {
            return Err(FileError::TooLarge { max: max_bytes, found: file.size });
        }
        self.check_host(&file.url)?;
        let call = self.http.get(file.url.clone()).bearer_auth(token.expose_secret());
        let response = call.timeout(FILE_TIMEOUT).send().await.map_err(failed)?;
        let http_status = response.status().as_u16();
        if !response.status().is_success() {
            return Err(SendError::Unknown { http_status, retry_after: None }.into());
        }
        let bytes = collect(response, max_bytes).await?;
        let looked_up = file.sha256.is_none_or(|sha256| digest(&bytes) == sha256);
        if looked_up && same_hash(&bytes, claim.sha256) {
            Ok(File { mime_type: file.mime_type.clone(), bytes })
        } else {
            Err(FileError::Hash)
        }
    }

    fn check_host(&self, url: &Url) -> Result<(), FileError> {
        let host = url.host_str().unwrap_or_default();
        let own = url.origin() == self.base.origin();
        let platform = ["fbsbx.com", "facebook.com", "whatsapp.net"].iter().any(|domain| {
            host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        });
        if own || (platform && url.scheme() == "https") {
            return Ok(());
        }
        Err(FileError::Host { host: host.to_owned() })
    }
}

/// The bytes of an answer, read no further than they are taken.
pub(crate) async fn collect(mut response: Response, max: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        let found = bytes.len() as u64 + chunk.len() as u64;
        if found > max {
            return Err(FileError::TooLarge { max, found });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Whether bytes are those that a webhook told the hash of, see [`Claim::sha256`].
pub(crate) fn same_hash(bytes: &[u8], told: Option<&str>) -> bool {
    told.and_then(hash).is_none_or(|sha256| digest(bytes) == sha256)
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A size that comes as a number or as its digits.
fn size(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// A SHA-256 in hexadecimal or in base64: the platform writes both.
fn hash(text: &str) -> Option<[u8; 32]> {
    let bytes = hex::decode(text).ok().or_else(|| BASE64_STANDARD.decode(text).ok())?;
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_in_either_of_its_forms() {
        let digest: [u8; 32] = Sha256::digest(b"%PDF-1.7").into();
        assert_eq!(hash(&hex::encode(digest)), Some(digest));
        assert_eq!(hash("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), {
            Some(Sha256::digest(b"").into())
        });
        for text in ["", "abc", "çççç", &"A".repeat(50)] {
            assert_eq!(hash(text), None, "{text}");
        }
    }
}
