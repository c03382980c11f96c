//! `GET` and `POST /webhooks/whatsapp`.
//!
//! | condition | answer |
//! | --- | --- |
//! | no signature, or a wrong one | 401, and no trace of it |
//! | a body beyond the limit | 413 |
//! | signed, but no JSON | 400 |
//! | signed JSON that we do not know, or too much of it | kept for a person, 200; it would only come again |
//! | kept, and committed | 200 |
//! | the database is away, or the commit failed | 503, 500: it comes again |

use axum::Extension;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use orcazap_whatsapp::webhook::{
    MAX_BODY_BYTES, ParseError, SIGNATURE_HEADER, parse, verify_challenge, verify_signature,
};

use super::incoming::{incoming, whole};
use super::kept::keep;
use super::templates;
use crate::app::App;
use crate::http::RequestId;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/webhooks/whatsapp", get(challenge).post(receive))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
}

async fn challenge(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    match verify_challenge(&query, &app.config.webhook.verify_token) {
        Ok(challenge) => challenge.into_response(),
        Err(error) => {
            tracing::warn!(%error, "a webhook's address was not confirmed");
            StatusCode::FORBIDDEN.into_response()
        }
    }
}

async fn receive(
    State(app): State<App>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let signature = headers.get(SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
    if let Err(error) = verify_signature(&app.config.webhook.app_secrets, &body, signature) {
        tracing::warn!(%error, bytes = body.len(), "a webhook was refused");
        return StatusCode::UNAUTHORIZED;
    }
    let now = app.clock.now();
    let mut news = Vec::new();
    let updates = match parse(&body) {
        Ok(updates) => {
            news = templates::told(&updates);
            incoming(updates, now)
        }
        Err(error @ (ParseError::NotJson(_) | ParseError::NotUtf8(_))) => {
            tracing::warn!(%error, bytes = body.len(), "a signed webhook is no JSON");
            return StatusCode::BAD_REQUEST;
        }
        Err(error) => {
            tracing::warn!(%error, bytes = body.len(), "a signed webhook is beyond the bounds");
            vec![whole(&body)]
        }
    };
    match keep(&app, updates, &request).await {
        StatusCode::OK => templates::apply(&app, &news).await,
        failed => failed,
    }
}
