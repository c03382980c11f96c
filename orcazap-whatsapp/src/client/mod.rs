//! The Cloud API over HTTP: send a message, mark one as read, fetch a file, submit
//! a template, connect a number.
//!
//! The client never tries again by itself and never follows a redirect: whether
//! a second attempt may double a message is the outbox's to decide, with
//! [`SendError`]'s help. Neither tokens nor phone numbers reach its log lines.

mod media;
mod number;
mod templates;

use std::time::Duration;

pub use media::{Claim, File, FileError, FileInfo};
pub(crate) use media::{FILE_TIMEOUT, collect, same_hash};
pub use number::{
    BusinessProfile, Callback, Health, NumberDetails, Pin, Subscription, TokenDetails,
};
pub use templates::{ListedTemplate, Submitted, TemplatePage};

use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::{Method, RequestBuilder, Response, header};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::Sha256;
use thiserror::Error;
use url::Url;

use crate::error::{GraphError, SendError};
use crate::ids::{MessageId, PhoneNumberId};
use crate::json::put;
use crate::send::Request;

/// The version of the Graph API that this crate is written against.
pub const API_VERSION: &str = "v26.0";

/// The largest answer read, in bytes.
const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// Where the API is and how long to wait for it.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// The API's address, `https://graph.facebook.com`, or a stand-in's.
    pub base_url: Url,
    /// The version, [`API_VERSION`].
    pub version: String,
    /// How long to wait for a connection.
    pub connect_timeout: Duration,
    /// How long a whole call may take.
    pub timeout: Duration,
    /// The app's secret, when the app demands a proof of it with each call
    /// (`appsecret_proof`).
    pub app_secret: Option<SecretString>,
}

impl ClientConfig {
    /// The settings for an address: the crate's version, 5 seconds for a
    /// connection and 20 for a call.
    #[must_use]
    pub fn new(base_url: Url) -> Self {
        Self {
            base_url,
            version: API_VERSION.to_owned(),
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(20),
            app_secret: None,
        }
    }
}

/// Why there is no client.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The address can't have a path put to it, or is neither http nor https.
    #[error("expected an http or https address of the API, found {found}")]
    BaseUrl {
        /// The address.
        found: Url,
    },
    /// The version is not `v` and a number such as `v26.0`.
    #[error("expected a version such as {API_VERSION}, found {found:?}")]
    Version {
        /// The version as given.
        found: String,
    },
    /// The HTTP client could not be built.
    #[error("the http client could not be built")]
    Http(#[source] reqwest::Error),
}

/// A client of the Cloud API. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    timeout: Duration,
    app_secret: Option<SecretString>,
}

/// What the platform answers to a message that it took. That is no promise of
/// delivery: the statuses tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The message's id.
    pub message_id: MessageId,
    /// The number as the platform knows it; a Brazilian one may lack its ninth digit.
    pub wa_id: Option<String>,
    /// For templates: `accepted`, `held_for_quality_assessment`, `paused`.
    pub status: Option<String>,
}

/// What to show the customer beside the read mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// Nothing.
    Hidden,
    /// "typing…", for 25 seconds or until a message is sent.
    Shown,
}

impl Client {
    /// A client with these settings. Installs rustls' ring provider for the
    /// process when none is installed.
    ///
    /// # Errors
    ///
    /// [`ClientError`], when a setting is wrong.
    pub fn new(config: &ClientConfig) -> Result<Self, ClientError> {
        let base = base(config)?;
        Ok(Self {
            http: http_client(config)?,
            base,
            timeout: config.timeout,
            app_secret: config.app_secret.clone(),
        })
    }

    /// Sends a message from a number (`POST /<phone number id>/messages`).
    ///
    /// # Errors
    ///
    /// [`SendError`], which knows whether to try again and whether the message
    /// may have gone out.
    pub async fn send(
        &self,
        from: &PhoneNumberId,
        token: &SecretString,
        request: &Request,
    ) -> Result<Sent, SendError> {
        let (http_status, answer) = self.messages(from, token, &request.to_graph()).await?;
        let text = |pointer: &str| answer.pointer(pointer)?.as_str().map(str::to_owned);
        match text("/messages/0/id").and_then(|id| id.parse().ok()) {
            Some(message_id) => Ok(Sent {
                message_id,
                wa_id: text("/contacts/0/wa_id"),
                status: text("/messages/0/message_status"),
            }),
            None => Err(SendError::Unknown { http_status, retry_after: None }),
        }
    }

    /// Marks a customer's message, and all before it, as read, and shows
    /// "typing…" if asked to. Costs nothing.
    ///
    /// # Errors
    ///
    /// [`SendError`]; a read mark that is lost does no harm.
    pub async fn mark_read(
        &self,
        from: &PhoneNumberId,
        token: &SecretString,
        message_id: &MessageId,
        typing: Typing,
    ) -> Result<(), SendError> {
        let mut mark = json!({
            "messaging_product": "whatsapp", "status": "read", "message_id": message_id,
        });
        if typing == Typing::Shown {
            put(&mut mark, "typing_indicator", json!({ "type": "text" }));
        }
        self.messages(from, token, &mark).await.map(|_| ())
    }

    async fn messages(
        &self,
        from: &PhoneNumberId,
        token: &SecretString,
        body: &Value,
    ) -> Result<(u16, Value), SendError> {
        answer(self.call(Method::POST, &[from.as_str(), "messages"], token).json(body)).await
    }

    fn call(&self, method: Method, path: &[&str], token: &SecretString) -> RequestBuilder {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        let call = self.http.request(method, url).bearer_auth(token.expose_secret());
        let call = call.timeout(self.timeout);
        match &self.app_secret {
            Some(secret) => call.query(&[("appsecret_proof", proof(secret, token))]),
            None => call,
        }
    }
}

/// The connections: no redirect is followed and nothing is tried again.
pub(crate) fn http_client(config: &ClientConfig) -> Result<reqwest::Client, ClientError> {
    // An error means that a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut http = reqwest::Client::builder()
        .user_agent(concat!("orcazap/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(config.connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never());
    if matches!(config.base_url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")) {
        // A stand-in on this machine is not reached through the network's proxy.
        http = http.no_proxy();
    }
    http.build().map_err(ClientError::Http)
}

/// That who calls knows the app's secret: HMAC-SHA256 of the token, in hexadecimal.
fn proof(secret: &SecretString, token: &SecretString) -> String {
    let key = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes());
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = key.expect("a key");
    mac.update(token.expose_secret().as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// The address with its version.
fn base(config: &ClientConfig) -> Result<Url, ClientError> {
    let version = config.version.as_str();
    let plain = |c: char| c.is_ascii_digit() || c == '.';
    if !version.strip_prefix('v').is_some_and(|v| !v.is_empty() && v.chars().all(plain)) {
        return Err(ClientError::Version { found: version.to_owned() });
    }
    let mut base = config.base_url.clone();
    let web = matches!(base.scheme(), "http" | "https");
    match base.path_segments_mut() {
        Ok(mut segments) if web => {
            segments.pop_if_empty().push(version);
        }
        _ => return Err(ClientError::BaseUrl { found: config.base_url.clone() }),
    }
    Ok(base)
}

/// Makes a call and reads its answer: the HTTP status and the JSON of a success.
pub(crate) async fn answer(call: RequestBuilder) -> Result<(u16, Value), SendError> {
    let response = call.send().await.map_err(failed)?;
    let http_status = response.status().as_u16();
    let success = response.status().is_success();
    let retry_after = retry_after(&response);
    let body = match body(response).await {
        Ok(body) => body,
        // The status line of a refusal is enough to know that it was one.
        Err(_) if (400..500).contains(&http_status) => Vec::new(),
        Err(error) => return Err(failed(error)),
    };
    if success && let Ok(answer) = serde_json::from_slice(&body) {
        return Ok((http_status, answer));
    }
    Err(match GraphError::read(http_status, &body) {
        Some(error) if !success => SendError::Refused { error: Box::new(error), retry_after },
        _ => SendError::Unknown { http_status, retry_after },
    })
}

async fn body(mut response: Response) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let room = MAX_ANSWER_BYTES - body.len();
        body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        if body.len() == MAX_ANSWER_BYTES {
            break;
        }
    }
    Ok(body)
}

/// Seconds; the form with a date is not used by the platform.
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    let seconds: u64 = seconds.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(24 * 3600)))
}

/// Before the connection stands no byte has left; after that nobody knows.
pub(crate) fn failed(error: reqwest::Error) -> SendError {
    // The URL names the store's number.
    let error = error.without_url();
    if error.is_builder() {
        SendError::Build(error.into())
    } else if error.is_connect() {
        SendError::Connect(error.into())
    } else {
        SendError::Broken(error.into())
    }
}
