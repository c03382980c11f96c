//! The id that follows a message from its webhook to the send: taken from
//! `x-request-id` when that is sane, else made; in every log line and answer.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

static HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request, in its extensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestId(pub(crate) String);

/// Gives a request its id, and logs it once when it is answered. The path is
/// left out of the line when nothing was found there: strangers write it.
pub(super) async fn follow(mut request: Request, next: Next) -> Response {
    let given = request.headers().get(&HEADER).and_then(|value| value.to_str().ok());
    let id =
        given.filter(|id| is_sane(id)).map_or_else(|| Uuid::now_v7().to_string(), str::to_owned);
    let span = tracing::info_span!("request", request.id = %id);
    let method = request.method().clone();
    let header = HeaderValue::from_str(&id).ok();
    request.extensions_mut().insert(RequestId(id));
    let started = std::time::Instant::now();
    async move {
        let mut response = next.run(request).await;
        let status = response.status().as_u16();
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(%method, status, duration_ms, "answered");
        response.headers_mut().extend(header.map(|value| (HEADER.clone(), value)));
        response
    }
    .instrument(span)
    .await
}

fn is_sane(id: &str) -> bool {
    (8..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_sane;

    #[test]
    fn only_short_plain_ids_are_taken_over() {
        assert!(is_sane("0190b5a6-7d3e-7c3a-9b1a-1f2e3d4c5b6a"));
        for id in ["", "short", "with space", "line\nbreak", &"x".repeat(65)] {
            assert!(!is_sane(id), "{id:?}");
        }
    }
}
