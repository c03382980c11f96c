//! Whether the process lives, and whether it can do its work.

use axum::Router;
use axum::routing::get;

use crate::app::App;

pub(crate) fn router() -> Router<App> {
    Router::new().route("/health/live", get(live))
}

async fn live() -> &'static str {
    "ok\n"
}
