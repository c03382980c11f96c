//! The api host: webhooks and health.

pub(super) mod health;

use axum::Router;

use crate::app::App;

pub(super) fn router() -> Router<App> {
    health::router()
}
