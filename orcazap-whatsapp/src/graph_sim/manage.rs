//! What the stand-in knows of numbers and accounts beside messages: state, token,
//! subscriptions, callback, pin, profile.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::handle::GraphSim;
use super::refusal::Refusal;
use super::routes::{authorize, check_version, token};
use super::state::Sim;
use crate::ids::{AccountId, PhoneNumberId};
use crate::json::put;

/// How a number stands; a healthy one by default. Texts are the platform's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimNumberState {
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
    pub quality: String,
    /// `CONNECTED`, `PENDING`, `BANNED`, …; registering makes it `CONNECTED`.
    pub status: String,
    /// `APPROVED`, `PENDING_REVIEW`, `DECLINED`, …
    pub name_status: String,
    /// `VERIFIED`, `NOT_VERIFIED`, `EXPIRED`.
    pub verification: String,
    /// `CLOUD_API`, `ON_PREMISE`, `NOT_APPLICABLE`.
    pub platform: String,
    /// `STANDARD`, `HIGH`.
    pub throughput: String,
    /// `TIER_250`, `TIER_2K`, …
    pub messaging_limit: String,
    /// The pin that registering asks for; any, when there is none.
    pub pin: Option<String>,
    /// A code and words, when the platform says that the number can't send.
    pub blocked: Option<(i64, String)>,
}

impl Default for SimNumberState {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            quality: text("GREEN"),
            status: text("CONNECTED"),
            name_status: text("APPROVED"),
            verification: text("VERIFIED"),
            platform: text("CLOUD_API"),
            throughput: text("STANDARD"),
            messaging_limit: text("TIER_2K"),
            pin: None,
            blocked: None,
        }
    }
}

/// What is known of a token; one that is good for ever by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimToken {
    /// Whether it is good: calls with one that is not are refused with 190.
    pub valid: bool,
    /// When it ends, in seconds since 1970; 0 for never.
    pub expires_at: i64,
    /// What it may do.
    pub scopes: Vec<String>,
}

impl Default for SimToken {
    fn default() -> Self {
        let scopes = ["whatsapp_business_messaging", "whatsapp_business_management"];
        Self { valid: true, expires_at: 0, scopes: scopes.map(str::to_owned).to_vec() }
    }
}

/// What is remembered of numbers, tokens and accounts.
#[derive(Debug, Default)]
pub(super) struct Managed {
    numbers: BTreeMap<PhoneNumberId, SimNumberState>,
    tokens: BTreeMap<String, SimToken>,
    profiles: BTreeMap<PhoneNumberId, Value>,
    callbacks: BTreeMap<PhoneNumberId, String>,
    /// Subscribed accounts, each with the address that was asked for.
    accounts: BTreeMap<AccountId, Option<String>>,
}

impl Managed {
    /// Whether calls with this token are refused whatever they ask.
    pub(super) fn is_revoked(&self, token: &str) -> bool {
        self.tokens.get(token).is_some_and(|token| !token.valid)
    }
}

/// The app's id at the stand-in.
const APP_ID: &str = "701234567890123";

impl GraphSim {
    /// Sets how a number stands from now on.
    pub fn set_number_state(&self, number: &PhoneNumberId, state: SimNumberState) {
        self.sim.state().managed.numbers.insert(number.clone(), state);
    }

    /// Sets what is known of a token from now on.
    pub fn set_token(&self, token: &str, state: SimToken) {
        self.sim.state().managed.tokens.insert(token.to_owned(), state);
    }

    /// Whether an app gets the webhooks of an account. None does until it is
    /// subscribed; the stand-in sends its webhooks all the same.
    #[must_use]
    pub fn is_subscribed(&self, account: &AccountId) -> bool {
        self.sim.state().managed.accounts.contains_key(account)
    }
}

/// A number's fields.
pub(super) fn number_json(sim: &Sim, id: &str) -> Value {
    let state = sim.state();
    let Some(number) = state.numbers.values().find(|one| one.id.as_str() == id) else {
        return json!({ "id": id });
    };
    let managed = &state.managed;
    let stands = managed.numbers.get(&number.id).cloned().unwrap_or_default();
    let callback = managed.callbacks.get(&number.id);
    let account = managed.accounts.get(&number.account_id).cloned().flatten();
    let mut webhook = json!({});
    if let Some(app) = &state.webhook {
        put(&mut webhook, "application", app.as_str());
    }
    for (level, url) in
        [("phone_number", callback), ("whatsapp_business_account", account.as_ref())]
    {
        if let Some(url) = url {
            put(&mut webhook, level, url.as_str());
        }
    }
    let can_send = if stands.blocked.is_some() { "BLOCKED" } else { "AVAILABLE" };
    let errors: Vec<Value> = stands
        .blocked
        .iter()
        .map(|(code, words)| json!({ "error_code": code, "error_description": words }))
        .collect();
    json!({
        "id": id,
        "display_phone_number": format!("+{}", number.display),
        "verified_name": "Loja de teste",
        "name_status": stands.name_status,
        "code_verification_status": stands.verification,
        "quality_rating": stands.quality,
        "status": stands.status,
        "platform_type": stands.platform,
        "throughput": { "level": stands.throughput },
        "whatsapp_business_manager_messaging_limit": stands.messaging_limit,
        "account_mode": "LIVE",
        "is_on_biz_app": false,
        "webhook_configuration": webhook,
        "health_status": {
            "can_send_message": can_send,
            "entities": [{
                "entity_type": "PHONE_NUMBER", "id": id,
                "can_send_message": can_send, "errors": errors,
            }],
        },
    })
}

fn done() -> Response {
    Json(json!({ "success": true })).into_response()
}

/// The account that the token may use.
pub(super) fn authorize_account(
    sim: &Sim,
    headers: &HeaderMap,
    account: &str,
) -> Result<AccountId, Refusal> {
    authorize(sim, headers, None)?;
    let state = sim.state();
    let mut owned = state.numbers.values().filter(|one| {
        one.token.expose_secret() == token(headers) && one.account_id.as_str() == account
    });
    owned.next().map(|one| one.account_id.clone()).ok_or_else(|| {
        let details = format!("Object with ID '{account}' does not exist or lacks permissions");
        Refusal { subcode: Some(33), ..Refusal::invalid(details) }
    })
}

/// A right to a scope.
pub(super) fn demand(sim: &Sim, headers: &HeaderMap, scope: &str) -> Result<(), Refusal> {
    let known = sim.state().managed.tokens.get(token(headers)).cloned().unwrap_or_default();
    if known.scopes.iter().any(|one| one == scope) {
        return Ok(());
    }
    Err(Refusal::new(403, 10, format!("Application does not have permission: {scope}")))
}

pub(super) const MANAGE: &str = "whatsapp_business_management";

pub(super) async fn debug_token(
    State(sim): State<Arc<Sim>>,
    Path(version): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let asked = query.get("input_token").cloned().unwrap_or_default();
    let state = sim.state();
    let exists = state.numbers.values().any(|one| one.token.expose_secret() == asked);
    let token = state.managed.tokens.get(&asked).cloned().unwrap_or_default();
    let data = if exists {
        json!({
            "app_id": APP_ID, "type": "SYSTEM_USER", "application": "OrcaZap",
            "is_valid": token.valid, "expires_at": token.expires_at, "scopes": token.scopes,
        })
    } else {
        json!({ "is_valid": false, "scopes": [] })
    };
    Ok(Json(json!({ "data": data })).into_response())
}

pub(super) async fn subscriptions(
    State(sim): State<Arc<Sim>>,
    Path((version, account)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let account = authorize_account(&sim, &headers, &account)?;
    demand(&sim, &headers, MANAGE)?;
    let state = sim.state();
    let app = state.managed.accounts.get(&account).map(|callback| {
        let data = json!({ "id": APP_ID, "name": "OrcaZap", "link": "https://example.com" });
        let mut app = json!({ "whatsapp_business_api_data": data });
        if let Some(callback) = callback {
            put(&mut app, "override_callback_uri", callback.as_str());
        }
        app
    });
    Ok(Json(json!({ "data": app.into_iter().collect::<Vec<_>>() })).into_response())
}

pub(super) async fn subscribe(
    State(sim): State<Arc<Sim>>,
    Path((version, account)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let account = authorize_account(&sim, &headers, &account)?;
    demand(&sim, &headers, MANAGE)?;
    let callback = if body.is_empty() { None } else { callback_of(&object(&body)?)? };
    sim.state().managed.accounts.insert(account, callback);
    Ok(done())
}

pub(super) async fn unsubscribe(
    State(sim): State<Arc<Sim>>,
    Path((version, account)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let account = authorize_account(&sim, &headers, &account)?;
    sim.state().managed.accounts.remove(&account);
    Ok(done())
}

/// The address of a callback; none, when it is taken away.
fn callback_of(object: &Value) -> Result<Option<String>, Refusal> {
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    let Some(url) = text("override_callback_uri").filter(|url| !url.is_empty()) else {
        return Ok(None);
    };
    if url.chars().count() > 200 {
        return Err(Refusal::invalid("override_callback_uri has at most 200 characters"));
    }
    text("verify_token").ok_or_else(|| Refusal::invalid("verify_token is missing"))?;
    Ok(Some(url.to_owned()))
}

pub(super) fn object(body: &[u8]) -> Result<Value, Refusal> {
    let parsed = serde_json::from_slice::<Value>(body).ok().filter(Value::is_object);
    parsed.ok_or_else(|| Refusal::invalid("The request body is not JSON"))
}

fn own_number(sim: &Sim, headers: &HeaderMap, number: &str) -> Result<PhoneNumberId, Refusal> {
    authorize(sim, headers, Some(number))?;
    demand(sim, headers, MANAGE)?;
    number.parse().map_err(|_| Refusal::invalid("no such number"))
}

/// `POST /<number>`: a pin or a callback.
pub(super) fn change_number(
    sim: &Sim,
    headers: &HeaderMap,
    number: &str,
    body: &Value,
) -> Result<Response, Refusal> {
    let number = own_number(sim, headers, number)?;
    if let Some(pin) = body.get("pin") {
        let pin = six_digits(pin)?;
        sim.state().managed.numbers.entry(number.clone()).or_default().pin = Some(pin);
    }
    if let Some(configuration) = body.get("webhook_configuration") {
        let callback = callback_of(configuration)?;
        let callbacks = &mut sim.state().managed.callbacks;
        match callback {
            Some(url) => drop(callbacks.insert(number, url)),
            None => drop(callbacks.remove(&number)),
        }
    }
    Ok(done())
}

fn six_digits(pin: &Value) -> Result<String, Refusal> {
    let pin = pin.as_str().unwrap_or_default();
    if pin.len() == 6 && pin.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(pin.to_owned());
    }
    Err(Refusal::invalid("pin must be 6 digits"))
}

pub(super) async fn register(
    State(sim): State<Arc<Sim>>,
    Path((version, number)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let number = own_number(&sim, &headers, &number)?;
    let body = object(&body)?;
    let pin = six_digits(body.get("pin").unwrap_or(&Value::Null))?;
    let mut state = sim.state();
    let stands = state.managed.numbers.entry(number).or_default();
    if stands.verification != "VERIFIED" {
        return Err(Refusal::new(400, 133_006, "Phone number needs to be verified first"));
    }
    if *stands.pin.get_or_insert_with(|| pin.clone()) != pin {
        return Err(Refusal::new(400, 133_005, "Two step verification PIN Mismatch"));
    }
    "CONNECTED".clone_into(&mut stands.status);
    Ok(done())
}

pub(super) async fn deregister(
    State(sim): State<Arc<Sim>>,
    Path((version, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let number = own_number(&sim, &headers, &number)?;
    let mut state = sim.state();
    "PENDING".clone_into(&mut state.managed.numbers.entry(number).or_default().status);
    Ok(done())
}

pub(super) async fn profile(
    State(sim): State<Arc<Sim>>,
    Path((version, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let number = own_number(&sim, &headers, &number)?;
    let profile = sim.state().managed.profiles.get(&number).cloned().unwrap_or_else(|| json!({}));
    Ok(Json(json!({ "data": [profile] })).into_response())
}

pub(super) async fn set_profile(
    State(sim): State<Arc<Sim>>,
    Path((version, number)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let number = own_number(&sim, &headers, &number)?;
    let body = object(&body)?;
    let limits =
        [("about", 139), ("address", 256), ("description", 512), ("email", 128), ("vertical", 64)];
    for (name, max) in limits {
        let text = body.get(name).and_then(Value::as_str).unwrap_or_default();
        if text.chars().count() > max {
            return Err(Refusal::invalid(format!("{name} has at most {max} characters")));
        }
    }
    if body.get("websites").and_then(Value::as_array).is_some_and(|pages| pages.len() > 2) {
        return Err(Refusal::invalid("websites are at most 2"));
    }
    let mut state = sim.state();
    let profile = state.managed.profiles.entry(number).or_insert_with(|| json!({}));
    for (name, value) in body.as_object().into_iter().flatten() {
        put(profile, name, value.clone());
    }
    Ok(done())
}
