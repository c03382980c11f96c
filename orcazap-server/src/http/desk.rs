//! Who asks, and for which store: the extractors of every page behind the log-in.
//!
//! A handler that takes a [`Desk`] can't be reached without a session of the very
//! store its host names, and one that takes a [`Signed`] form not without the
//! session's form token. Another store's session counts as none.

use axum::body::{Body, Bytes};
use axum::extract::{FromRef, FromRequest, FromRequestParts, Request};
use axum::http::header::{CACHE_CONTROL, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono::{DateTime, TimeDelta, Utc};
use orcazap_core::authority::Role;
use orcazap_store::{Staff, Tenant, TenantTx};
use secrecy::SecretString;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::problem::PageError;
use super::token::{self, Jar};
use super::{RequestId, Slug};
use crate::acts::By;
use crate::app::App;
use crate::views::View;
use crate::views::format::Wall;
use crate::views::frame::{Frame, Layout, Person, Pressing, Section, Waiting};
use crate::views::news;

/// A session ends when nobody was seen for so long.
pub(super) const IDLE: TimeDelta = TimeDelta::hours(12);
/// A session ends so long after the log-in.
pub(super) const LASTING: TimeDelta = TimeDelta::days(7);
/// The largest form.
const MAX_FORM: usize = 256 * 1024;

/// The store that a request's host names.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) tenant: Tenant,
}

impl<S: Send + Sync> FromRequestParts<S> for Site
where
    App: FromRef<S>,
{
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let app = App::from_ref(state);
        let slug = parts.extensions.get::<Slug>().ok_or(PageError::NotFound)?;
        let tenant = app.store.find_tenant(&slug.0).await?.ok_or(PageError::NotFound)?;
        Ok(Self { app, tenant })
    }
}

/// A person of a store, logged in, at one request.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) tenant: Tenant,
    pub(crate) staff: Staff,
    pub(crate) now: DateTime<Utc>,
    pub(crate) request_id: Option<String>,
    pub(super) session: SecretString,
    layout: Layout,
}

/// Why nobody sits at the desk.
#[derive(Debug)]
pub(crate) enum Away {
    /// A person who has to log in.
    LogIn {
        /// Whether htmx asks, which follows no redirect to another page.
        htmx: bool,
    },
    /// The page can't be shown to anybody.
    Page(PageError),
}

impl<E: Into<PageError>> From<E> for Away {
    fn from(error: E) -> Self {
        Self::Page(error.into())
    }
}

impl IntoResponse for Away {
    fn into_response(self) -> Response {
        match self {
            Self::LogIn { htmx: false } => Redirect::to("/entrar").into_response(),
            Self::LogIn { htmx: true } => StatusCode::UNAUTHORIZED.into_response(),
            Self::Page(error) => error.into_response(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Desk
where
    App: FromRef<S>,
{
    type Rejection = Away;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Away> {
        let Site { app, tenant } = Site::from_request_parts(parts, state).await?;
        let htmx = is_htmx(&parts.headers);
        let domain = &app.config.http.base_domain;
        let Some(session) = Jar::Session.find(&parts.headers, domain) else {
            return Err(Away::LogIn { htmx });
        };
        let now = app.clock.now();
        let mut tx = app.store.tenant(tenant.id).await?;
        let found = tx.find_session(&session, now).await?;
        let found = found.filter(|found| found.last_seen_at + IDLE > now);
        let Some(found) = found else { return Err(Away::LogIn { htmx }) };
        tx.commit().await?;
        let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
        let layout = if htmx { Layout::Fragment } else { Layout::Page };
        Ok(Self { app, tenant, staff: found.staff, now, request_id, session, layout })
    }
}

/// Whether htmx asks for a part of a page; a page that it restores or boosts is
/// whole.
fn is_htmx(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
        && !headers.contains_key("hx-boosted")
        && !headers.contains_key("hx-history-restore-request")
}

impl Desk {
    /// A transaction on the store's data.
    pub(crate) async fn tx(&self) -> Result<TenantTx, PageError> {
        Ok(self.app.store.tenant(self.tenant.id).await?)
    }

    /// The store's clock on the wall.
    pub(crate) async fn wall(&self) -> Result<Wall, PageError> {
        let shop = self.app.shops.get(self.tenant.id).await?;
        Ok(Wall { zone: shop.time_zone(), now: self.now })
    }

    /// Who acts here.
    pub(crate) fn by(&self) -> By {
        By {
            tenant: self.tenant.id,
            staff: self.staff.id,
            role: self.staff.role,
            request_id: self.request_id.clone(),
        }
    }

    /// The desk again, for a section that is open to who sits at it.
    ///
    /// # Errors
    ///
    /// [`PageError::NotYours`] for anybody else.
    pub(crate) fn in_section(self, section: Section) -> Result<Self, PageError> {
        if section.is_open_to(self.staff.role) { Ok(self) } else { Err(PageError::NotYours) }
    }

    /// Whether costs and margins are shown here.
    async fn sees_costs(&self) -> Result<bool, PageError> {
        Ok(match self.staff.role {
            Role::Owner | Role::Manager => true,
            Role::Attendant => self.app.shops.get(self.tenant.id).await?.attendants_see_costs,
        })
    }

    /// Whether htmx asks, and wants the changed part instead of a redirect.
    pub(crate) fn is_htmx(&self) -> bool {
        self.layout == Layout::Fragment
    }

    /// What waits for the store's people, whatever page they are on.
    async fn waiting(&self) -> Result<Waiting, PageError> {
        let wall = self.wall().await?;
        let mut tx = self.tx().await?;
        let approvals = tx.counts(self.now).await?.open_approvals;
        let (pressing, notices) = tx.pressing_notice().await?;
        let pressing = pressing.map(|notice| {
            let told = news::told(&notice, &wall);
            Pressing { title: told.title, advice: told.advice }
        });
        Ok(Waiting { approvals, notices, pressing })
    }

    /// The answer that shows a view in its frame.
    pub(crate) async fn show<V: View>(
        &self,
        section: Section,
        view: &V,
    ) -> Result<Response, PageError> {
        let waiting = match self.layout {
            Layout::Page => self.waiting().await?,
            Layout::Fragment => Waiting::default(),
        };
        let csrf = token::of_forms(&self.session);
        let Staff { name, role, .. } = &self.staff;
        let person = Person { name, role: *role, sees_costs: self.sees_costs().await? };
        let frame = Frame::new(self.layout, section, &self.tenant.name, person, &csrf, waiting);
        let html = self.app.web.views.framed(&frame, view)?;
        let headers = [
            (VARY, HeaderValue::from_static("HX-Request")),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        Ok((headers, Html(html)).into_response())
    }
}

/// A form that is nothing but a button.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

/// A form of a person who is logged in, with the token of their session.
#[derive(Debug)]
pub(crate) struct Signed<T>(pub(crate) Desk, pub(crate) T);

impl<T, S> FromRequest<S> for Signed<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let desk = Desk::from_request_parts(&mut parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let (form, given) = form_with_token(parts, body).await?;
        if !token::is_of_forms(&given, &desk.session) {
            return Err(PageError::Forged.into_response());
        }
        Ok(Self(desk, form))
    }
}

/// A form's fields, and the form token that came in them or in the header.
pub(super) async fn form_with_token<T: DeserializeOwned>(
    parts: Parts,
    body: Body,
) -> Result<(T, String), Response> {
    let bytes: Bytes = axum::body::to_bytes(body, MAX_FORM)
        .await
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
    let header = parts.headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
    let field = || {
        let mut fields = url::form_urlencoded::parse(&bytes);
        fields.find(|(name, _)| name == "csrf").map(|(_, value)| value.into_owned())
    };
    let given = header.map(str::to_owned).or_else(field).unwrap_or_default();
    let request = Request::from_parts(parts, Body::from(bytes));
    let Form(form) = Form::<T>::from_request(request, &())
        .await
        .map_err(|_| StatusCode::UNPROCESSABLE_ENTITY.into_response())?;
    Ok((form, given))
}
