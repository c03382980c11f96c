//! The calls that the stand-in answers.

use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::accept::{Twist, accept};
use super::control;
use super::fault::Fault;
use super::manage::{self, number_json};
use super::media;
use super::refusal::{Refusal, title};
use super::state::{Sim, SimEvent};
use super::status::StatusPlan;
use super::templates;
use super::upload::upload;
use super::wire::Cut;
use crate::ids::PhoneNumberId;

pub(super) fn router(sim: Arc<Sim>) -> Router {
    Router::new()
        .route("/{version}/{number}/messages", post(messages))
        .route(
            "/{version}/{number}/media",
            post(upload).layer(DefaultBodyLimit::max(101 * 1024 * 1024)),
        )
        .route("/{version}/debug_token", get(manage::debug_token))
        .route("/{version}/{node}", get(node).post(templates::change).delete(media::delete))
        .route("/{version}/{number}/register", post(manage::register))
        .route("/{version}/{number}/deregister", post(manage::deregister))
        .route(
            "/{version}/{number}/whatsapp_business_profile",
            get(manage::profile).post(manage::set_profile),
        )
        .route(
            "/{version}/{number}/subscribed_apps",
            get(manage::subscriptions).post(manage::subscribe).delete(manage::unsubscribe),
        )
        .route(
            "/{version}/{number}/message_templates",
            get(templates::list).post(templates::create).delete(templates::delete),
        )
        .route("/{version}/{number}/unpause", post(templates::unpause))
        .route("/files/{id}", get(media::download))
        .nest("/_sim", control::router())
        .fallback(async || Refusal::new(400, 2500, "Unknown path components").into_response())
        .layer(DefaultBodyLimit::max(1024 * 1024))
        .with_state(sim)
}

async fn messages(
    State(sim): State<Arc<Sim>>,
    ConnectInfo(connection): ConnectInfo<Cut>,
    Path((version, number)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let call = match Call::check(&sim, &version, &number, &headers, &body) {
        Ok(call) => call,
        Err(refusal) => return refused(&sim, refusal),
    };
    if call.body.get("status").is_some() {
        return call.mark_read(&sim).unwrap_or_else(|refusal| refused(&sim, refusal));
    }
    let fault = sim.state().faults.pop_front();
    match fault {
        None => call.send(&sim, Twist::default()),
        Some(Fault::FailLater { code }) => {
            call.send(&sim, Twist { fails_with: Some(code), ..Twist::default() })
        }
        Some(Fault::StatusesLost) => {
            let none = StatusPlan { until: None, ..sim.state().statuses };
            call.send(&sim, Twist { statuses: Some(none), ..Twist::default() })
        }
        Some(Fault::StatusesLate(delay)) => {
            let late = StatusPlan { delay, ..sim.state().statuses };
            call.send(&sim, Twist { statuses: Some(late), ..Twist::default() })
        }
        Some(Fault::Graph { http_status, code }) => {
            refused(&sim, Refusal::new(http_status, code, title(code)))
        }
        Some(Fault::Throttled { retry_after }) => {
            let retry_after = Some(retry_after.as_secs());
            let refusal = Refusal::new(429, 130_429, "Cloud API message throughput reached");
            refused(&sim, Refusal { retry_after, ..refusal })
        }
        Some(Fault::Http(status)) => page(status),
        Some(Fault::HttpAfter(status)) => {
            call.send(&sim, Twist::default());
            page(status)
        }
        Some(Fault::Truncated) => truncated(call.send(&sim, Twist::default())).await,
        Some(Fault::Slow(delay)) => {
            let answer = call.send(&sim, Twist::default());
            tokio::select! {
                () = sim.stop.cancelled() => {}
                () = tokio::time::sleep(delay) => {}
            }
            answer
        }
        Some(Fault::DropBefore) => dropped(&connection),
        Some(Fault::DropAfter) => {
            call.send(&sim, Twist::default());
            dropped(&connection)
        }
        Some(Fault::HangBefore) => hang(&sim, &connection).await,
        Some(Fault::HangAfter) => {
            call.send(&sim, Twist::default());
            hang(&sim, &connection).await
        }
    }
}

fn refused(sim: &Sim, refusal: Refusal) -> Response {
    sim.tell(SimEvent::Refused { code: refusal.code, details: refusal.details.clone() });
    refusal.into_response()
}

/// A page as proxies show it.
fn page(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    (status, "<html><body>Sorry, something went wrong.</body></html>").into_response()
}

/// The first half of an answer, and then the end of the connection.
async fn truncated(answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    let whole = axum::body::to_bytes(body, 1024 * 1024).await.unwrap_or_default();
    let half = whole.slice(..whole.len() / 2);
    parts.headers.remove(header::CONTENT_LENGTH);
    let pieces = [Ok(half), Err(io::Error::from(io::ErrorKind::ConnectionReset))];
    Response::from_parts(parts, Body::from_stream(futures_util::stream::iter(pieces)))
}

/// An answer that never leaves: the connection is cut first.
fn dropped(connection: &Cut) -> Response {
    connection.cut();
    StatusCode::OK.into_response()
}

/// Holds the call until the stand-in stops.
async fn hang(sim: &Sim, connection: &Cut) -> Response {
    sim.stop.cancelled().await;
    dropped(connection)
}

/// The call's token; empty without one.
pub(super) fn token(headers: &HeaderMap) -> &str {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    header.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
}

/// Whether a token may use a number, or any when none is named.
pub(super) fn authorize(
    sim: &Sim,
    headers: &HeaderMap,
    number: Option<&str>,
) -> Result<(), Refusal> {
    let token = token(headers);
    let state = sim.state();
    let mut owned = state.numbers.values().filter(|one| one.token.expose_secret() == token);
    let revoked = state.managed.is_revoked(token);
    if token.is_empty() || revoked || owned.clone().next().is_none() {
        return Err(Refusal::new(401, 190, "Invalid OAuth access token"));
    }
    let Some(number) = number else { return Ok(()) };
    if owned.any(|one| one.id.as_str() == number) {
        return Ok(());
    }
    let details = format!("Object with ID '{number}' does not exist or lacks permissions");
    Err(Refusal { subcode: Some(33), ..Refusal::invalid(details) })
}

pub(super) fn check_version(version: &str) -> Result<(), Refusal> {
    let digits = version.strip_prefix('v').and_then(|rest| rest.strip_suffix(".0"));
    match digits.and_then(|digits| digits.parse::<u16>().ok()) {
        Some(_) => Ok(()),
        None => Err(Refusal::new(400, 2500, "Unknown path components")),
    }
}

/// A call with a right to its number and a JSON body.
struct Call {
    number: PhoneNumberId,
    body: Value,
}

impl Call {
    fn check(
        sim: &Sim,
        version: &str,
        number: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Self, Refusal> {
        check_version(version)?;
        authorize(sim, headers, Some(number))?;
        let body: Value = serde_json::from_slice(body)
            .map_err(|_| Refusal::invalid("The request body is not JSON"))?;
        if body.get("messaging_product").and_then(Value::as_str) != Some("whatsapp") {
            return Err(Refusal::invalid("messaging_product must be whatsapp"));
        }
        let number = number.parse().map_err(|_| Refusal::invalid("no such number"))?;
        Ok(Self { number, body })
    }

    fn send(&self, sim: &Arc<Sim>, twist: Twist) -> Response {
        match accept(sim, &self.number, &self.body, twist) {
            Ok(accepted) => Json(accepted.settle(sim)).into_response(),
            Err(refusal) => refused(sim, refusal),
        }
    }

    fn mark_read(&self, sim: &Sim) -> Result<Response, Refusal> {
        let text = |name| self.body.get(name).and_then(Value::as_str);
        if text("status") != Some("read") {
            return Err(Refusal::invalid("status must be read"));
        }
        let id = text("message_id").ok_or_else(|| Refusal::missing("message_id"))?;
        let unknown = || Refusal::limit("message_id is not a message of this number");
        let message_id = id.parse().map_err(|_| unknown())?;
        let customer = sim.state().author(&message_id, &self.number).ok_or_else(unknown)?;
        let typing = self.body.get("typing_indicator").is_some();
        sim.tell(SimEvent::Read { message_id, customer, typing });
        Ok(Json(json!({ "success": true })).into_response())
    }
}

/// A number's fields, or a file's.
async fn node(
    State(sim): State<Arc<Sim>>,
    Path((version, node)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Err(refusal) = check_version(&version) {
        return refused(&sim, refusal);
    }
    if let Some(answer) =
        authorize(&sim, &headers, None).ok().and_then(|()| media::look_up(&sim, &node))
    {
        return answer;
    }
    if let Err(refusal) = authorize(&sim, &headers, Some(&node)) {
        return refused(&sim, refusal);
    }
    if let Err(refusal) = manage::demand(&sim, &headers, manage::MANAGE) {
        return refused(&sim, refusal);
    }
    Json(number_json(&sim, &node)).into_response()
}
