//! The api host: webhooks and health.

pub(super) mod health;
mod incoming;
mod kept;
mod templates;
mod twilio;
mod whatsapp;

use axum::Router;

use crate::app::App;

pub(super) fn router() -> Router<App> {
    health::router().merge(whatsapp::router()).merge(twilio::router())
}
