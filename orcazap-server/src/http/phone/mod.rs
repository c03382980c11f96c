//! The phone of the demo: a page that looks like WhatsApp and types to the real
//! webhook.

use axum::Router;

use crate::app::App;

pub(crate) fn router() -> Router<App> {
    Router::new()
}
