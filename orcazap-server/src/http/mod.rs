//! From a connection to a handler: by host first, then by path.
//!
//! | host | router |
//! | --- | --- |
//! | the base domain | [`public`]: start page, and the phone in a demo |
//! | `{slug}.` | [`store`]: a store's dashboard; handlers find the [`Slug`] in the extensions |
//! | `api.` | [`api`]: webhooks |
//! | any other | 421, except `/health/…`, which balancers ask by address |

mod api;
mod attempts;
mod desk;
mod phone;
mod problem;
mod public;
mod request_id;
mod security;
mod store;
mod token;
mod web;

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower::{ServiceExt, service_fn};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

pub(crate) use request_id::RequestId;
pub use web::Web;

use crate::app::App;
use crate::config::Host;
use crate::views::Views;

/// How long a handler may take until its response begins.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The slug of the store a request is for, taken from its host; whether there
/// is such a store is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slug(pub(crate) String);

/// The whole server as one service.
pub fn service(app: App) -> Router {
    let hosts = Hosts {
        public: pages(public::router().merge(phone::router()), &app.web.views)
            .with_state(app.clone()),
        store: pages(store::router(), &app.web.views).with_state(app.clone()),
        api: api::router().with_state(app.clone()),
        health: api::health::router().with_state(app.clone()),
        app,
    };
    let by_host = service_fn(move |request: Request| {
        let hosts = hosts.clone();
        async move { Ok::<_, Infallible>(hosts.answer(request).await) }
    });
    Router::new()
        .fallback_service(by_host)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(security::headers))
        .layer(from_fn(request_id::follow))
}

/// What pages have that webhooks do not: a check that a form comes from here, and
/// a page in every refusal, and in the place of one that panicked.
fn pages<S: Clone + Send + Sync + 'static>(router: Router<S>, views: &Views) -> Router<S> {
    router
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(views.clone(), problem::pages))
}

#[derive(Clone)]
struct Hosts {
    app: App,
    public: Router,
    store: Router,
    api: Router,
    health: Router,
}

impl Hosts {
    async fn answer(self, mut request: Request) -> Response {
        let host =
            host_of(&request).and_then(|host| self.app.config.http.base_domain.classify(&host));
        let router = match host {
            Some(Host::Public) => self.public,
            Some(Host::Api) => self.api,
            Some(Host::Store(slug)) => {
                request.extensions_mut().insert(Slug(slug));
                self.store
            }
            None if request.uri().path().starts_with("/health/") => self.health,
            None => return StatusCode::MISDIRECTED_REQUEST.into_response(),
        };
        match router.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}

/// The host of a request: its authority (HTTP/2), else its `Host` header.
fn host_of(request: &Request) -> Option<String> {
    let authority = request.uri().authority().map(|authority| authority.as_str().to_owned());
    authority.or_else(|| {
        let header: Option<&HeaderValue> = request.headers().get(HOST);
        header.and_then(|value| value.to_str().ok()).map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::header::CONTENT_TYPE;
    use axum::routing::get;

    use super::*;

    #[tokio::test]
    async fn a_page_that_panics_is_answered_with_one_that_helps_and_tells_nothing() {
        let broken = || async { panic!("the secret of the house") as StatusCode };
        let router = Router::new().route("/", get(broken));
        let app = pages(router, &Views::new().unwrap());
        let answer = app.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let kind = answer.headers()[CONTENT_TYPE].to_str().unwrap();
        assert!(kind.starts_with("text/html"), "{kind}");
        let page = to_bytes(answer.into_body(), 64 * 1024).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        assert!(page.contains("Algo deu errado do nosso lado"), "{page}");
        assert!(!page.contains("secret") && !page.contains("panicked"), "{page}");
    }
}
