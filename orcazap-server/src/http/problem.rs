//! What a person sees when a page can't be shown: a page that says what to do.
//!
//! Handlers answer with a [`PageError`]; refusals of the layers before them have
//! a status alone. Both become a page here, in one place.

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use orcazap_store::StoreError;
use orcazap_store::media::StorageError;
use thiserror::Error;

use crate::acts::ActError;
use crate::shops::ShopError;
use crate::views::error::Problem;
use crate::views::{ViewError, Views};

/// Why a page can't be shown.
#[derive(Debug, Error)]
pub(crate) enum PageError {
    /// There is no such thing in this store.
    #[error("there is no such page")]
    NotFound,
    /// The form does not carry the token of its session.
    #[error("the form is not of this session")]
    Forged,
    /// The page is for another role.
    #[error("the page is not for this person")]
    NotYours,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store's catalogue or rules.
    #[error(transparent)]
    Shop(#[from] ShopError),
    /// Where customers' files lie.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A template.
    #[error(transparent)]
    View(#[from] ViewError),
    /// An act of a person could not be carried out.
    #[error(transparent)]
    Act(ActError),
}

impl PageError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forged | Self::NotYours => StatusCode::FORBIDDEN,
            Self::Store(error) | Self::Shop(ShopError::Store(error)) if error.is_transient() => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Storage(StorageError::Store(error)) if error.is_transient() => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Storage(StorageError::Unreachable(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(_) | Self::Storage(_) | Self::Shop(_) | Self::View(_) | Self::Act(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }
}

impl From<ActError> for PageError {
    fn from(error: ActError) -> Self {
        match error {
            ActError::NoConversation => Self::NotFound,
            ActError::Store(error) => Self::Store(error),
            ActError::Shop(error) => Self::Shop(error),
            error => Self::Act(error),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            let cause = std::error::Error::source(&self).map(ToString::to_string);
            tracing::error!(error = %self, cause, "a page could not be shown");
        }
        let mut response = status.into_response();
        if matches!(self, Self::NotYours) {
            response.extensions_mut().insert(NotYours);
        }
        response
    }
}

/// Marks the refusal of a page that is for another role, among all that are
/// forbidden.
#[derive(Debug, Clone, Copy)]
struct NotYours;

/// Puts a page into every refusal that has none.
pub(super) async fn pages(State(views): State<Views>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_refusal = status.is_client_error() || status.is_server_error();
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let has_page = kind
        .is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/json"));
    if !is_refusal || has_page {
        return response;
    }
    let problem = match response.extensions().get::<NotYours>() {
        Some(NotYours) => Problem::not_yours(),
        None => Problem::of(status),
    };
    match views.bare(&problem) {
        Ok(html) => {
            let mut page = (status, Html(html)).into_response();
            let (mut parts, _) = response.into_parts();
            parts.headers.remove(CONTENT_TYPE);
            parts.headers.remove(axum::http::header::CONTENT_LENGTH);
            page.headers_mut().extend(parts.headers);
            page.headers_mut()
                .insert(axum::http::header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            page
        }
        Err(error) => PageError::from(error).into_response(),
    }
}
