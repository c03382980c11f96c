//! The base domain: what anyone may see.

use axum::Router;
use axum::routing::get;

use crate::app::App;

pub(crate) fn router() -> Router<App> {
    Router::new().route("/", get(start))
}

async fn start() -> &'static str {
    "OrcaZap\n"
}
