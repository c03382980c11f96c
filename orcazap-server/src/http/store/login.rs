//! Logging in and out.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts as _, Request, State};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::app::App;
use crate::http::desk::{IDLE, LASTING, Nothing, Signed, Site, form_with_token};
use crate::http::problem::PageError;
use crate::http::token::{self, Jar};
use crate::password;
use crate::views::login::{DemoLogin, Login};

const REFUSED: &str = "E-mail ou senha não conferem.";
const TOO_OFTEN: &str = "Muitas tentativas. Espere um minuto e tente de novo.";
const STALE: &str = "A página ficou aberta por muito tempo. Tente de novo.";

/// What the form brings.
#[derive(Debug, Deserialize)]
struct Fields {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

/// The form.
pub(super) async fn form(site: Site, headers: HeaderMap) -> Result<Response, PageError> {
    show(&site, &headers, StatusCode::OK, String::new(), None)
}

/// The form is sent.
pub(super) async fn enter(State(app): State<App>, request: Request) -> Response {
    answer(&app, request).await.unwrap_or_else(|refusal| refusal)
}

async fn answer(app: &App, request: Request) -> Result<Response, Response> {
    let (mut parts, body) = request.into_parts();
    let site =
        Site::from_request_parts(&mut parts, app).await.map_err(IntoResponse::into_response)?;
    let headers = parts.headers.clone();
    let address = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let (fields, given) = form_with_token::<Fields>(parts, body).await?;
    let again = |status, error| {
        let email = fields.email.chars().take(254).collect();
        show(&site, &headers, status, email, Some(error)).into_response()
    };
    let visit = Jar::Visit.find(&headers, &app.config.http.base_domain);
    if !visit.is_some_and(|visit| token::is_of_forms(&given, &visit)) {
        return Ok(again(StatusCode::FORBIDDEN, STALE));
    }
    if !app.web.attempts.allow(site.tenant.id, address, &fields.email) {
        return Ok(again(StatusCode::TOO_MANY_REQUESTS, TOO_OFTEN));
    }
    let before = Jar::Session.find(&headers, &app.config.http.base_domain);
    match log_in(&site, &fields.email, fields.password.clone().into(), before).await {
        Ok(Some(session)) => Ok(entered(app, &session)),
        Ok(None) => Ok(again(StatusCode::UNPROCESSABLE_ENTITY, REFUSED)),
        Err(error) => Err(error.into_response()),
    }
}

/// A new session when e-mail and password are right; the one that the browser
/// had before ends. No transaction is open while the password is worked out.
async fn log_in(
    site: &Site,
    email: &str,
    password: SecretString,
    before: Option<SecretString>,
) -> Result<Option<SecretString>, PageError> {
    let app = &site.app;
    let found = app.store.tenant(site.tenant.id).await?.find_staff_for_login(email).await?;
    let hash = found.as_ref().map(|(_, hash)| hash.expose_secret().to_owned());
    let is_right = password::verify(password, hash).await;
    let Some((staff, _)) = found.filter(|_| is_right) else { return Ok(None) };
    let (session, now) = (token::random(), app.clock.now());
    let mut tx = app.store.tenant(site.tenant.id).await?;
    if let Some(before) = before {
        tx.revoke_session(&before).await?;
    }
    tx.insert_session(&session, staff.id, now + LASTING, now).await?;
    tx.commit().await?;
    tracing::info!(tenant.id = %site.tenant.id, staff.id = %staff.id, "logged in");
    Ok(Some(session))
}

fn entered(app: &App, session: &SecretString) -> Response {
    let domain = &app.config.http.base_domain;
    let mut response = Redirect::to("/").into_response();
    let cookies = [Jar::Session.keep(session, LASTING, domain), Jar::Visit.forget(domain)];
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Ends the session.
pub(super) async fn leave(
    Signed(desk, Nothing {}): Signed<Nothing>,
) -> Result<Response, PageError> {
    let mut tx = desk.tx().await?;
    tx.revoke_session(&desk.session).await?;
    tx.commit().await?;
    let mut response = Redirect::to("/entrar").into_response();
    if let Some(cookie) = Jar::Session.forget(&desk.app.config.http.base_domain) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

fn show(
    site: &Site,
    headers: &HeaderMap,
    status: StatusCode,
    email: String,
    error: Option<&'static str>,
) -> Result<Response, PageError> {
    let domain = &site.app.config.http.base_domain;
    let known = Jar::Visit.find(headers, domain);
    let visit = known.unwrap_or_else(token::random);
    let demo = site.app.demo.as_ref();
    let demo = demo.map(|demo| DemoLogin { email: demo.email, password: demo.password });
    let login = Login {
        store: site.tenant.name.clone(),
        csrf: token::of_forms(&visit),
        email,
        error,
        demo,
    };
    let html = site.app.web.views.bare(&login)?;
    let mut response = (status, Html(html)).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(cookie) = Jar::Visit.keep(&visit, IDLE, domain) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
