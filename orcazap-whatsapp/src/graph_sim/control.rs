//! The control API: what a person, or a program of another language, does with the
//! stand-in. Its calls are in `control.md`, which stands in the front page.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::TimeDelta;
use orcazap_core::contact::ContactKey;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::customer::{self, Customer, CustomerMessage};
use super::fault::Fault;
use super::handle::{SimNumber, SimTemplate};
use super::state::Sim;
use super::status::{Reached, StatusPlan};
use super::webhook::{self, WebhookError};
use crate::ids::{AccountId, PhoneNumberId};

/// How many accepted messages one answer shows.
const PAGE: usize = 1_000;

pub(super) fn router() -> Router<Arc<Sim>> {
    Router::new()
        .route("/", get(overview))
        .route("/sent", get(sent))
        .route("/messages", post(messages))
        .route("/webhooks", post(webhooks))
        .route("/files", post(files))
        .route("/faults", post(faults).delete(no_faults))
        .route("/statuses", post(statuses))
        .route("/clock", post(clock))
        .route("/webhook", post(set_webhook))
        .route("/numbers", post(numbers))
        .route("/templates", post(templates))
        .route("/unreachable", post(unreachable))
}

/// Why a call is not carried out.
struct Wrong(String);

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({ "error": self.0 }))).into_response()
    }
}

impl From<WebhookError> for Wrong {
    fn from(error: WebhookError) -> Self {
        Self(error.to_string())
    }
}

/// A body that says what is wrong with it.
#[derive(FromRequest)]
#[from_request(via(Json), rejection(Wrong))]
struct Body<T>(T);

impl From<JsonRejection> for Wrong {
    fn from(rejection: JsonRejection) -> Self {
        Self(rejection.body_text())
    }
}

type Answer = Result<Json<Value>, Wrong>;

/// The answer when there is nothing to tell.
fn done() -> Answer {
    Ok(Json(json!({ "success": true })))
}

async fn overview(State(sim): State<Arc<Sim>>) -> Json<Value> {
    let state = sim.state();
    let numbers: Vec<_> = state
        .numbers
        .values()
        .map(|number| json!({ "id": number.id, "account_id": number.account_id, "display": number.display }))
        .collect();
    let templates: Vec<_> = state
        .templates
        .iter()
        .map(|one| json!({ "name": one.name, "language": one.language, "parameters": one.parameters }))
        .collect();
    Json(json!({
        "clock": state.now(),
        "webhook": state.webhook,
        "numbers": numbers,
        "templates": templates,
        "faults": state.faults.len(),
        "sent": state.sent.len(),
    }))
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: usize,
}

async fn sent(State(sim): State<Arc<Sim>>, Query(After { after }): Query<After>) -> Json<Value> {
    let state = sim.state();
    let messages: Vec<_> = state
        .sent
        .iter()
        .skip(after)
        .take(PAGE)
        .map(|sent| {
            let to = [
                ("phone", sent.to.phone().map(|phone| phone.digits())),
                ("user_id", sent.to.user_id().map(|user| user.as_str())),
            ];
            let to: serde_json::Map<String, Value> = to
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value?.into())))
                .collect();
            json!({
                "id": sent.id, "from": sent.from, "to": to, "kind": sent.kind, "at": sent.at,
                "body": sent.json,
            })
        })
        .collect();
    Json(json!({ "messages": messages }))
}

/// A person, as the control API names them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Who {
    phone: Option<String>,
    user_id: Option<String>,
    name: Option<String>,
}

impl Who {
    fn key(&self) -> Result<ContactKey, Wrong> {
        let phone = self.phone.as_deref().map(str::parse).transpose();
        let phone =
            phone.map_err(|_| Wrong("phone: expected a number with its country code".into()))?;
        let user = self.user_id.as_deref().map(str::parse).transpose();
        let user = user.map_err(|_| Wrong("user_id: expected an id like BR.123".into()))?;
        ContactKey::new(phone, user)
            .map_err(|_| Wrong("expected a phone, a user_id, or both".into()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    number: PhoneNumberId,
    from: Who,
    messages: Vec<Value>,
}

async fn messages(State(sim): State<Arc<Sim>>, Body(said): Body<Said>) -> Answer {
    let name = said.from.name.clone().unwrap_or_else(|| "Cliente".to_owned());
    let customer = Customer { key: said.from.key()?, name };
    let messages = said.messages.into_iter().map(CustomerMessage::Raw).collect();
    let ids = customer::send_all(&sim, &said.number, &customer, messages).await?;
    Ok(Json(json!({ "ids": ids })))
}

async fn webhooks(State(sim): State<Arc<Sim>>, body: String) -> Answer {
    let target = sim.state().webhook.clone().ok_or(WebhookError::NoTarget)?;
    webhook::post_raw(&sim, target, body).await?;
    done()
}

async fn files(State(sim): State<Arc<Sim>>, headers: HeaderMap, bytes: Bytes) -> Answer {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.ok_or_else(|| Wrong("Content-Type: expected the file's type".into()))?;
    Ok(Json(customer::keep(&mut sim.state(), kind, bytes)))
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum WireFault {
    Graph { http_status: u16, code: i64 },
    Throttled { retry_after_s: u64 },
    Http { status: u16 },
    HttpAfter { status: u16 },
    DropBefore,
    DropAfter,
    HangBefore,
    HangAfter,
    Truncated,
    Slow { delay_ms: u64 },
    FailLater { code: i64 },
    StatusesLost,
    StatusesLate { delay_ms: u64 },
}

impl From<WireFault> for Fault {
    fn from(wire: WireFault) -> Self {
        let millis = Duration::from_millis;
        match wire {
            WireFault::Graph { http_status, code } => Self::Graph { http_status, code },
            WireFault::Throttled { retry_after_s } => {
                Self::Throttled { retry_after: Duration::from_secs(retry_after_s) }
            }
            WireFault::Http { status } => Self::Http(status),
            WireFault::HttpAfter { status } => Self::HttpAfter(status),
            WireFault::DropBefore => Self::DropBefore,
            WireFault::DropAfter => Self::DropAfter,
            WireFault::HangBefore => Self::HangBefore,
            WireFault::HangAfter => Self::HangAfter,
            WireFault::Truncated => Self::Truncated,
            WireFault::Slow { delay_ms } => Self::Slow(millis(delay_ms)),
            WireFault::FailLater { code } => Self::FailLater { code },
            WireFault::StatusesLost => Self::StatusesLost,
            WireFault::StatusesLate { delay_ms } => Self::StatusesLate(millis(delay_ms)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Faults {
    fault: WireFault,
    #[serde(default = "once")]
    times: u16,
}

fn once() -> u16 {
    1
}

async fn faults(
    State(sim): State<Arc<Sim>>,
    Body(Faults { fault, times }): Body<Faults>,
) -> Answer {
    sim.state().faults.extend(std::iter::repeat_n(Fault::from(fault), times.into()));
    done()
}

async fn no_faults(State(sim): State<Arc<Sim>>) -> Answer {
    sim.state().faults.clear();
    done()
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Until {
    None,
    Sent,
    Delivered,
    Read,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    until: Option<Until>,
    delay_ms: Option<u64>,
    times: Option<u8>,
    reversed: Option<bool>,
    batched: Option<bool>,
}

async fn statuses(State(sim): State<Arc<Sim>>, Body(plan): Body<Plan>) -> Answer {
    let mut state = sim.state();
    let before = state.statuses;
    state.statuses = StatusPlan {
        until: match plan.until {
            None => before.until,
            Some(Until::None) => None,
            Some(Until::Sent) => Some(Reached::Sent),
            Some(Until::Delivered) => Some(Reached::Delivered),
            Some(Until::Read) => Some(Reached::Read),
        },
        delay: plan.delay_ms.map_or(before.delay, Duration::from_millis),
        times: plan.times.map_or(before.times, usize::from),
        reversed: plan.reversed.unwrap_or(before.reversed),
        batched: plan.batched.unwrap_or(before.batched),
    };
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forward {
    advance_s: u32,
}

async fn clock(State(sim): State<Arc<Sim>>, Body(Forward { advance_s }): Body<Forward>) -> Answer {
    let mut state = sim.state();
    state.advance(TimeDelta::seconds(advance_s.into()));
    Ok(Json(json!({ "clock": state.now() })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Target {
    url: Url,
    app_secret: Option<SecretString>,
}

async fn set_webhook(State(sim): State<Arc<Sim>>, Body(target): Body<Target>) -> Answer {
    let mut state = sim.state();
    state.webhook = Some(target.url);
    if let Some(secret) = target.app_secret {
        state.app_secret = secret;
    }
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewNumber {
    id: PhoneNumberId,
    account_id: AccountId,
    display: String,
    token: SecretString,
}

async fn numbers(State(sim): State<Arc<Sim>>, Body(new): Body<NewNumber>) -> Answer {
    let NewNumber { id, account_id, display, token } = new;
    let number = SimNumber { id: id.clone(), account_id, display, token };
    sim.state().numbers.insert(id, number);
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewTemplate {
    name: String,
    language: String,
    #[serde(default)]
    parameters: usize,
}

async fn templates(State(sim): State<Arc<Sim>>, Body(new): Body<NewTemplate>) -> Answer {
    let NewTemplate { name, language, parameters } = new;
    sim.state().add_template(SimTemplate { name, language, parameters });
    done()
}

async fn unreachable(State(sim): State<Arc<Sim>>, Body(who): Body<Who>) -> Answer {
    let key = who.key()?;
    sim.state().unreachable.push(key);
    done()
}
