//! A store's dashboard.

use axum::Extension;
use axum::Router;
use axum::routing::get;

use super::Slug;
use crate::app::App;

pub(crate) fn router() -> Router<App> {
    Router::new().route("/", get(start))
}

async fn start(Extension(Slug(slug)): Extension<Slug>) -> String {
    format!("{slug}\n")
}
