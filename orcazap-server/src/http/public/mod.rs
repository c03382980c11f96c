//! The base domain: what anyone may see.

use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

use crate::app::App;
use crate::http::problem::PageError;
use crate::views::assets;
use crate::views::login::DemoLogin;
use crate::views::start::{Demo, Start, Try};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/", get(start)).merge(assets::router())
}

async fn start(State(app): State<App>) -> Result<Html<String>, PageError> {
    let demo = app.demo.as_ref().map(|demo| Demo {
        dashboard: app.config.http.base_domain.url(demo.slug, "/"),
        login: DemoLogin { email: demo.email, password: demo.password },
        tries: Try::all(),
    });
    let base_domain = app.config.http.base_domain.to_string();
    Ok(Html(app.web.views.bare(&Start { base_domain, demo })?))
}
