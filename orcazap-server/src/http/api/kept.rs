//! The last step of every webhook: what it brought is committed, then it is answered.

use axum::http::StatusCode;
use orcazap_store::Incoming;

use crate::app::App;

/// Keeps what a webhook brought: 200 once it is committed, else a status that asks
/// for it again.
pub(super) async fn keep(app: &App, updates: Vec<Incoming>, request: &str) -> StatusCode {
    match app.store.ingest(updates, Some(request), app.clock.now()).await {
        Ok(kept) => {
            tracing::info!(
                webhook.new_messages = kept.new_messages,
                webhook.repeated = kept.repeated,
                webhook.statuses = kept.statuses,
                webhook.orphans = kept.orphans,
                "kept a webhook"
            );
            for number in kept.unrouted {
                tracing::warn!(channel.number_id = number, "no store has the number of a webhook");
            }
            StatusCode::OK
        }
        Err(error) => {
            let status = if error.is_transient() {
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::INTERNAL_SERVER_ERROR
            };
            let error: &dyn std::error::Error = &error;
            tracing::error!(error, "a webhook could not be kept and will come again");
            status
        }
    }
}
