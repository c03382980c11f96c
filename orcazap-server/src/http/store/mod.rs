//! A store's dashboard: everything behind the log-in.

mod home;
mod login;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::views::assets;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/entrar", get(login::form).post(login::enter))
        .route("/sair", post(login::leave))
        .merge(assets::router())
}
