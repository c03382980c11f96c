//! `POST /webhooks/twilio`: messages, and statuses with their callback data in the query.
//!
//! | condition | answer |
//! | --- | --- |
//! | a body beyond the limit | 413 |
//! | about no number that a store has, or not signed with its token | 401, and no trace of it |
//! | kept, and committed; or nothing to keep | 200, empty: an answer in it would go round the outbox |
//! | the database is away, or the commit failed | 503, 500; Twilio asks again only if told to (`#rc=5` behind the address) |

use axum::Extension;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use orcazap_store::StoreError;
use orcazap_whatsapp::twilio::{
    Form, MAX_FORM_BYTES, SIGNATURE_HEADER, Sender, parse, sender, verify_signature,
};
use secrecy::{ExposeSecret as _, SecretString};

use super::incoming::incoming;
use super::kept::keep;
use crate::app::App;
use crate::http::RequestId;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/webhooks/twilio", post(receive))
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
}

async fn receive(
    State(app): State<App>,
    Extension(RequestId(request)): Extension<RequestId>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let form = Form::read(&body);
    let Some(sender) = sender(&form) else {
        tracing::warn!(bytes = body.len(), "a webhook of Twilio names no number");
        return StatusCode::UNAUTHORIZED;
    };
    let tokens = match auth_tokens(&app, &sender).await {
        Ok(tokens) => tokens,
        Err(error) => {
            let error: &dyn std::error::Error = &error;
            tracing::error!(error, "a webhook of Twilio can't be checked");
            return StatusCode::SERVICE_UNAVAILABLE;
        }
    };
    // The address as it is from outside, whatever stands in front of this server.
    let mut url = app.config.twilio_webhook();
    url.set_query(uri.query());
    let signature = headers.get(SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
    if let Err(error) = verify_signature(&tokens, &url, &form, signature) {
        tracing::warn!(%error, bytes = body.len(), "a webhook of Twilio was refused");
        return StatusCode::UNAUTHORIZED;
    }
    let callback = url.query_pairs().find(|(name, _)| name == "callback").map(|(_, value)| value);
    let now = app.clock.now();
    match parse(&sender, &form, callback.as_deref(), now) {
        Ok(updates) if updates.is_empty() => StatusCode::OK,
        Ok(updates) => keep(&app, incoming(updates, now), &request).await,
        Err(error) => {
            tracing::warn!(%error, bytes = body.len(), "a signed webhook of Twilio can't be read");
            StatusCode::BAD_REQUEST
        }
    }
}

/// The tokens that sign for a number: the account's, or the old and the new one.
async fn auth_tokens(app: &App, sender: &Sender) -> Result<Vec<SecretString>, StoreError> {
    let secret = app.store.find_channel_secret(sender.number_id().as_str()).await?;
    let secret = secret.as_ref().map_or("", |secret| secret.expose_secret());
    Ok(secret.split(',').map(str::trim).map(SecretString::from).collect())
}
