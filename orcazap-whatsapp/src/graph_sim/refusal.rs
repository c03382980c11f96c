//! The platform's error answers.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::json::put;

/// A refusal: what the platform answers instead of a message id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) http_status: u16,
    pub(super) code: i64,
    pub(super) subcode: Option<i64>,
    pub(super) details: String,
    pub(super) retry_after: Option<u64>,
}

impl Refusal {
    pub(super) fn new(http_status: u16, code: i64, details: impl Into<String>) -> Self {
        Self { http_status, code, subcode: None, details: details.into(), retry_after: None }
    }

    /// A parameter of the wrong type, or none that is known.
    pub(super) fn invalid(details: impl Into<String>) -> Self {
        Self::new(400, 100, details)
    }

    /// A parameter that must be there is not.
    pub(super) fn missing(what: &str) -> Self {
        Self::new(400, 131_008, format!("Required parameter is missing: {what}"))
    }

    /// A parameter beyond a limit.
    pub(super) fn limit(details: impl Into<String>) -> Self {
        Self::new(400, 131_009, details)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let title = title(self.code);
        let mut error = json!({
            "message": format!("(#{}) {title}", self.code),
            "type": "OAuthException",
            "code": self.code,
            "error_data": { "messaging_product": "whatsapp", "details": self.details },
            "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
        });
        if let Some(subcode) = self.subcode {
            put(&mut error, "error_subcode", json!(subcode));
        }
        let status =
            StatusCode::from_u16(self.http_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(json!({ "error": error }))).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// The platform's title of a code.
pub(super) fn title(code: i64) -> &'static str {
    match code {
        100 => "Invalid parameter",
        190 => "Invalid OAuth access token",
        130_429 => "Rate limit hit",
        131_000 => "Something went wrong",
        131_008 => "Required parameter is missing",
        131_009 => "Parameter value is not valid",
        131_021 => "Recipient cannot be sender",
        131_026 => "Message undeliverable",
        131_047 => "Re-engagement message",
        131_051 => "Unsupported message type",
        131_056 => "(Business Account, Consumer Account) pair rate limit hit",
        132_000 => "Number of parameters does not match the expected number of params",
        132_001 => "Template name does not exist in the translation",
        132_012 => "Parameter format does not match format in the created template",
        _ => "An error occurred",
    }
}
