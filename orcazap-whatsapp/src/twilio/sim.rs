//! A stand-in for Twilio: an HTTP server on 127.0.0.1 that refuses what Twilio
//! refuses, keeps content objects, and signs its webhooks.
//!
//! | condition | what comes of it |
//! | --- | --- |
//! | another account or token | 401, code 20003 |
//! | no sender of the account, or no recipient | 400, code 21606 or 21211 |
//! | neither words, file, place nor content object | 400, code 21619 |
//! | words of more than 1,600 characters | 400, code 21617 |
//! | a content object that is not there | 404, code 20404 |
//! | a file, asked for by its account and token | 307 to where its bytes lie |
//! | its bytes, asked for with any credentials | 400: they were sent where they must not |
//! | variables that are no object of texts, or that leave one unfilled | 400, code 21656 |

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::client::TwilioConfig;
use super::form::Form;
use super::sender::Sender;
use super::signature::{SIGNATURE_HEADER, sign};

/// A message that the stand-in took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwilioSent {
    /// The id it gave it.
    pub sid: String,
    /// Whom it is to, `whatsapp:+5511…`.
    pub to: String,
    /// The words, those of a content object filled in; empty without any.
    pub body: String,
    /// What can be pressed or chosen: id and label.
    pub choices: Vec<(String, String)>,
    /// Where its statuses are told.
    pub status_callback: Option<Url>,
}

/// A running stand-in with one account and one sender. Dropping it stops it.
#[derive(Debug)]
pub struct TwilioSim {
    sim: Arc<Sim>,
    port: u16,
    stop: CancellationToken,
}

#[derive(Debug)]
struct Sim {
    sender: Sender,
    token: SecretString,
    http: reqwest::Client,
    state: Mutex<SimState>,
}

#[derive(Debug, Default)]
struct SimState {
    contents: Vec<Value>,
    sent: Vec<TwilioSent>,
    files: Vec<(String, Bytes)>,
}

impl TwilioSim {
    /// Starts the stand-in on a free port.
    ///
    /// # Errors
    ///
    /// When no port can be listened on.
    pub async fn start(sender: Sender, token: SecretString) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        // An error means that a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build().map_err(std::io::Error::other)?;
        let sim = Arc::new(Sim { sender, token, http, state: Mutex::default() });
        let stop = CancellationToken::new();
        let router = Router::new()
            .route("/2010-04-01/Accounts/{account}/Messages.json", post(messages))
            .route("/2010-04-01/Accounts/{account}/Messages/{message}/Media/{file}", get(file))
            .route("/bytes/{file}", get(file_bytes))
            .route("/v1/Content", get(list_contents).post(make_content))
            .with_state(Arc::clone(&sim));
        let server =
            axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned());
        tokio::spawn(async move { server.await });
        Ok(Self { sim, port, stop })
    }

    /// The address that stands for both of Twilio's.
    ///
    /// # Panics
    ///
    /// Never: it is one.
    #[must_use]
    pub fn base_url(&self) -> Url {
        let base = format!("http://127.0.0.1:{}", self.port);
        #[expect(clippy::expect_used, reason = "an address and a number")]
        base.parse().expect("an address")
    }

    /// Settings of a client that calls this stand-in.
    #[must_use]
    pub fn config(&self, status_callback: Url) -> TwilioConfig {
        TwilioConfig { api: self.base_url(), content: self.base_url(), status_callback }
    }

    /// What was sent and taken, oldest first.
    #[must_use]
    pub fn sent(&self) -> Vec<TwilioSent> {
        self.sim.state().sent.clone()
    }

    /// How many content objects the account has.
    #[must_use]
    pub fn contents(&self) -> usize {
        self.sim.state().contents.len()
    }

    /// Adds a content object, as a person does who writes a template; `types` as
    /// the Content API takes them.
    pub fn add_content(&self, name: &str, language: &str, types: Value) {
        let definition = json!({ "friendly_name": name, "language": language, "types": types });
        self.sim.state().keep(definition);
    }

    /// Keeps a file as one that a customer sent, and gives the address that a webhook
    /// tells of it (`MediaUrl0`).
    pub fn add_file(&self, mime_type: &str, bytes: impl Into<Bytes>) -> Url {
        let mut state = self.sim.state();
        let nth = state.files.len();
        state.files.push((mime_type.to_owned(), bytes.into()));
        let account = self.sim.sender.account().as_str();
        let path = format!("/2010-04-01/Accounts/{account}/Messages/MM{nth}/Media/{nth}");
        let mut url = self.base_url();
        url.set_path(&path);
        url
    }

    /// Sends a form to a server on this machine whose public address this is, signed
    /// as the account signs, and gives the HTTP status of the answer; the parameters
    /// that every webhook has are put to it.
    ///
    /// # Errors
    ///
    /// When nobody answers on 127.0.0.1 at the address' port.
    pub async fn post(&self, target: &Url, parameters: &[(&str, &str)]) -> reqwest::Result<u16> {
        let account = self.sim.sender.account().as_str();
        let always = [("AccountSid", account), ("ApiVersion", "2010-04-01")];
        let form: Form = always.iter().chain(parameters).copied().collect();
        let signature = sign(&self.sim.token, target, &form);
        let pairs: Vec<_> = form.iter().collect();
        let mut here = target.clone();
        let _ = here.set_host(Some("127.0.0.1"));
        let host = target.authority().to_owned();
        let call = self.sim.http.post(here).header(HOST, host).header(SIGNATURE_HEADER, signature);
        Ok(call.form(&pairs).send().await?.status().as_u16())
    }
}

impl Drop for TwilioSim {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Sim {
    fn state(&self) -> MutexGuard<'_, SimState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let pair = format!("{}:{}", self.sender.account().as_str(), self.token.expose_secret());
        let expected = format!("Basic {}", BASE64_STANDARD.encode(pair));
        headers.get(AUTHORIZATION).is_some_and(|found| found.as_bytes() == expected.as_bytes())
    }
}

impl SimState {
    fn keep(&mut self, mut definition: Value) -> Value {
        let sid = format!("HX{:032x}", self.contents.len() + 1);
        crate::json::put(&mut definition, "sid", sid);
        self.contents.push(definition.clone());
        definition
    }
}

struct Refusal(StatusCode, i64, &'static str);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(status, code, message) = self;
        let body = json!({
            "code": code, "message": message, "status": status.as_u16(),
            "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
        });
        (status, Json(body)).into_response()
    }
}

const UNKNOWN: Refusal = Refusal(StatusCode::UNAUTHORIZED, 20003, "Authenticate");

fn wrong(code: i64, message: &'static str) -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, code, message)
}

async fn list_contents(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    if !sim.knows(&headers) {
        return Err(UNKNOWN);
    }
    let contents = sim.state().contents.clone();
    Ok(Json(json!({ "contents": contents, "meta": { "next_page_url": null } })))
}

async fn make_content(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Json(definition): Json<Value>,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    if !sim.knows(&headers) {
        return Err(UNKNOWN);
    }
    let text = |name: &str| definition.get(name).and_then(Value::as_str).unwrap_or_default();
    let types = definition.get("types").and_then(Value::as_object);
    if text("friendly_name").is_empty() || text("language").is_empty() || types.is_none() {
        return Err(wrong(20001, "friendly_name, language and types are required"));
    }
    let made = sim.state().keep(definition);
    Ok((StatusCode::CREATED, Json(made)))
}

async fn messages(
    State(sim): State<Arc<Sim>>,
    Path(account): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    if !sim.knows(&headers) || account != sim.sender.account().as_str() {
        return Err(UNKNOWN);
    }
    let form = Form::read(&body);
    if form.get("From") != Some(sim.sender.address().as_str()) {
        return Err(wrong(21606, "From is not a sender of the account"));
    }
    let to = form.get("To").filter(|to| to.starts_with("whatsapp:"));
    let to = to.ok_or(wrong(21211, "To is no WhatsApp address"))?.to_owned();
    let mut state = sim.state();
    let (body, choices) = shown(&form, &state.contents)?;
    let sid = format!("SM{:032x}", state.sent.len() + 1);
    let status_callback = form.get("StatusCallback").and_then(|url| url.parse().ok());
    state.sent.push(TwilioSent { sid: sid.clone(), to, body, choices, status_callback });
    Ok((StatusCode::CREATED, Json(json!({ "sid": sid, "status": "queued" }))))
}

/// The address of a file, for its account: a redirect to where the bytes lie.
async fn file(
    State(sim): State<Arc<Sim>>,
    Path((account, _message, file)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Redirect, Refusal> {
    if !sim.knows(&headers) || account != sim.sender.account().as_str() {
        return Err(UNKNOWN);
    }
    Ok(Redirect::temporary(&format!("/bytes/{file}")))
}

/// The bytes, which lie with another house: it takes nobody's credentials.
async fn file_bytes(
    State(sim): State<Arc<Sim>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    if headers.contains_key(AUTHORIZATION) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let nth: Option<usize> = file.parse().ok();
    match nth.and_then(|nth| sim.state().files.get(nth).cloned()) {
        Some((mime_type, bytes)) => ([(CONTENT_TYPE, mime_type)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

type Shown = (String, Vec<(String, String)>);

/// What the phone shows.
fn shown(form: &Form, contents: &[Value]) -> Result<Shown, Refusal> {
    let Some(sid) = form.get("ContentSid") else {
        let body = form.get("Body").unwrap_or_default();
        if body.chars().count() > 1600 {
            return Err(wrong(21617, "the body exceeds 1600 characters"));
        }
        let other = form.get("MediaUrl").or_else(|| form.get("PersistentAction"));
        if body.is_empty() && other.is_none() {
            return Err(wrong(21619, "a body or a file is required"));
        }
        return Ok((body.to_owned(), Vec::new()));
    };
    let content = contents.iter().find(|content| content.get("sid") == Some(&json!(sid)));
    let missing = Refusal(StatusCode::NOT_FOUND, 20404, "no such content object");
    let content = content.ok_or(missing)?;
    let variables: Map<String, Value> =
        serde_json::from_str(form.get("ContentVariables").unwrap_or("{}"))
            .map_err(|_| wrong(21656, "ContentVariables is no object"))?;
    let types = content.get("types").and_then(Value::as_object);
    let object = types.and_then(|types| types.values().next()).cloned().unwrap_or_default();
    let filled = |name: &str, of: &Value| {
        let text = of.get(name).and_then(Value::as_str).unwrap_or_default();
        fill(text, &variables)
    };
    let mut choices = Vec::new();
    for (list, label) in [("actions", "title"), ("items", "item")] {
        for choice in object.get(list).and_then(Value::as_array).into_iter().flatten() {
            choices.push((filled("id", choice)?, filled(label, choice)?));
        }
    }
    Ok((filled("body", &object)?, choices))
}

/// A text with its variables filled in.
fn fill(text: &str, variables: &Map<String, Value>) -> Result<String, Refusal> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        let value = variables.get(name).and_then(Value::as_str).filter(|value| !value.is_empty());
        filled.push_str(before);
        filled.push_str(value.ok_or(wrong(21656, "a variable is missing or empty"))?);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}
