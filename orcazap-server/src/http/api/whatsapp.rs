//! `GET` and `POST /webhooks/whatsapp`, and the same behind it for one number:
//! `/webhooks/whatsapp/{phone_number_id}`.
//!
//! | condition | answer |
//! | --- | --- |
//! | no signature, or a wrong one | 401, and no trace of it |
//! | a body beyond the limit | 413 |
//! | signed, but no JSON | 400 |
//! | signed JSON that we do not know, or too much of it | kept for a person, 200; it would only come again |
//! | kept, and committed | 200 |
//! | the database is away, or the commit failed | 503, 500: it comes again |
//!
//! At a number's own address the installation's secrets and word of the handshake hold
//! as well, and besides them those of the number's own app. Who signs with the latter is
//! believed about this number and nothing else:
//!
//! | signed by the number's own app | what becomes of it |
//! | --- | --- |
//! | an update of this number | kept |
//! | one that names its account and no number, or neither | kept as of this number |
//! | an update of another number or account | logged and passed over, 200: asked for again it would be no better, and what came with it is good |
//! | a number that no store has | as a wrong signature |

use axum::Extension;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use orcazap_store::{ChannelWebhook, Incoming};
use orcazap_whatsapp::webhook::{
    MAX_BODY_BYTES, Origin, ParseError, SIGNATURE_HEADER, parse, verify_challenge, verify_signature,
};
use orcazap_whatsapp::{AccountId, PhoneNumberId};

use super::incoming::{incoming, whole};
use super::kept::keep;
use super::templates;
use crate::app::App;
use crate::http::RequestId;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/webhooks/whatsapp", get(challenge).post(receive))
        .route("/webhooks/whatsapp/{number}", get(challenge_of).post(receive_of))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
}

/// A number with what its own app signs.
struct Own {
    number: PhoneNumberId,
    webhook: ChannelWebhook,
}

async fn challenge(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    confirm(&app, &query.unwrap_or_default(), None)
}

async fn challenge_of(
    State(app): State<App>,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    match own(&app, &number).await {
        Ok(own) => confirm(&app, &query.unwrap_or_default(), own.as_ref()),
        Err(status) => status.into_response(),
    }
}

fn confirm(app: &App, query: &str, own: Option<&Own>) -> Response {
    let usual = verify_challenge(query, &app.config.webhook.verify_token);
    let word = own.and_then(|own| own.webhook.verify_token.as_ref());
    let confirmed = match word {
        Some(word) => usual.or_else(|_| verify_challenge(query, word)),
        None => usual,
    };
    match confirmed {
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
    match signed(&app, &headers, &body, None) {
        Ok(within) => take(&app, &body, within, &request).await,
        Err(refused) => refused,
    }
}

async fn receive_of(
    State(app): State<App>,
    Path(number): Path<String>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let own = match own(&app, &number).await {
        Ok(own) => own,
        Err(status) => return status,
    };
    match signed(&app, &headers, &body, own.as_ref()) {
        Ok(within) => take(&app, &body, within, &request).await,
        Err(refused) => refused,
    }
}

/// What a number's own app signs; `None` when no store has the number.
async fn own(app: &App, number: &str) -> Result<Option<Own>, StatusCode> {
    let Ok(number) = number.parse::<PhoneNumberId>() else { return Ok(None) };
    match app.store.find_channel_webhook(number.as_str()).await {
        Ok(webhook) => Ok(webhook.map(|webhook| Own { number, webhook })),
        Err(error) => {
            let error: &dyn std::error::Error = &error;
            tracing::error!(error, "a webhook of a number can't be checked");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// The number that a body may be about, when its own app signed it; `None` when the
/// installation's did, which may speak of all.
fn signed<'a>(
    app: &App,
    headers: &HeaderMap,
    body: &[u8],
    own: Option<&'a Own>,
) -> Result<Option<&'a Own>, StatusCode> {
    let signature = headers.get(SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
    let Err(error) = verify_signature(&app.config.webhook.app_secrets, body, signature) else {
        return Ok(None);
    };
    let signs = |own: &&Own| verify_signature(&own.webhook.app_secrets, body, signature).is_ok();
    if let Some(own) = own.filter(signs) {
        return Ok(Some(own));
    }
    tracing::warn!(%error, bytes = body.len(), "a webhook was refused");
    Err(StatusCode::UNAUTHORIZED)
}

/// Keeps a signed body, or what of it is within a number.
async fn take(app: &App, body: &[u8], within: Option<&Own>, request: &str) -> StatusCode {
    let now = app.clock.now();
    let mut news = Vec::new();
    let updates = match parse(body) {
        Ok(mut updates) => {
            if let Some(own) = within {
                updates.retain(|update| own.is_about(update.origin()));
            }
            news = templates::told(&updates);
            let updates = incoming(updates, now);
            match within {
                Some(own) => {
                    // Templates are found by the account that is told, whatever the number.
                    news.retain(|told| own.is_account(&told.account));
                    confined(updates, &own.number)
                }
                None => updates,
            }
        }
        Err(error @ (ParseError::NotJson(_) | ParseError::NotUtf8(_))) => {
            tracing::warn!(%error, bytes = body.len(), "a signed webhook is no JSON");
            return StatusCode::BAD_REQUEST;
        }
        Err(error) => {
            tracing::warn!(%error, bytes = body.len(), "a signed webhook is beyond the bounds");
            vec![whole(body)]
        }
    };
    match keep(app, updates, request).await {
        StatusCode::OK => templates::apply(app, &news).await,
        failed => failed,
    }
}

impl Own {
    /// Whether an update is of this number: by name, by its account, or by naming neither.
    fn is_about(&self, origin: &Origin) -> bool {
        let about = match (&origin.phone_number_id, &origin.account_id) {
            (Some(number), _) => *number == self.number,
            (None, Some(account)) => self.is_account(account),
            (None, None) => true,
        };
        if !about {
            tracing::warn!(
                channel.number_id = %self.number,
                "a number's own app told of another number, which was passed over"
            );
        }
        about
    }

    fn is_account(&self, account: &AccountId) -> bool {
        self.webhook.account_id.as_deref() == Some(account.as_str())
    }
}

/// Updates routed by this number alone: nothing that its own app says of accounts and
/// digits is learnt, for by them the updates of others find their way.
fn confined(updates: Vec<Incoming>, number: &PhoneNumberId) -> Vec<Incoming> {
    let confine = |incoming: Incoming| Incoming {
        phone_number_id: number.as_str().to_owned(),
        account_id: None,
        display_number: None,
        ..incoming
    };
    updates.into_iter().map(confine).collect()
}
