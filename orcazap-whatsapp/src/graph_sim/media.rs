//! Files that customers sent or a business uploaded: looked up by id, fetched
//! with the token.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::refusal::Refusal;
use super::routes::{authorize, check_version};
use super::state::Sim;

/// A file.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) mime_type: String,
    pub(super) bytes: Bytes,
    /// When it is gone.
    pub(super) until: DateTime<Utc>,
}

/// How long a file is kept that a customer sent.
pub(super) const RECEIVED: TimeDelta = TimeDelta::days(7);
/// How long one that a business uploaded.
pub(super) const UPLOADED: TimeDelta = TimeDelta::days(30);
/// How long the address lives that a look-up gives.
const ADDRESS: TimeDelta = TimeDelta::minutes(5);

impl File {
    /// The SHA-256, in hexadecimal: the platform's clients accept it beside base64.
    pub(super) fn sha256(&self) -> String {
        hex::encode(Sha256::digest(&self.bytes))
    }
}

/// The answer about a file; `None` when there is none with this id.
pub(super) fn look_up(sim: &Sim, id: &str) -> Option<Response> {
    let (file, until) = {
        let state = sim.state();
        (state.file(&id.parse().ok()?).cloned()?, state.now() + ADDRESS)
    };
    let url = sim.base_url().join(&format!("files/{id}?ext={}", until.timestamp_millis())).ok()?;
    Some(
        Json(json!({
            "messaging_product": "whatsapp",
            "url": url,
            "mime_type": file.mime_type,
            "sha256": file.sha256(),
            "file_size": file.bytes.len(),
            "id": id,
        }))
        .into_response(),
    )
}

/// Removes a file.
pub(super) async fn delete(
    State(sim): State<Arc<Sim>>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Err(refusal) = check_version(&version).and_then(|()| authorize(&sim, &headers, None)) {
        return refusal.into_response();
    }
    if id.parse().is_ok_and(|id| sim.state().remove_file(&id)) {
        return Json(json!({ "success": true })).into_response();
    }
    Refusal { subcode: Some(33), ..Refusal::invalid(format!("no object with ID '{id}'")) }
        .into_response()
}

/// When an address of a file ends.
#[derive(Debug, Deserialize)]
pub(super) struct Address {
    #[serde(default)]
    ext: i64,
}

pub(super) async fn download(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    Query(Address { ext }): Query<Address>,
    headers: HeaderMap,
) -> Response {
    if let Err(refusal) = authorize(&sim, &headers, None) {
        return refusal.into_response();
    }
    let file = id.parse().ok().and_then(|id| {
        let state = sim.state();
        state.file(&id).filter(|_| state.now().timestamp_millis() < ext).cloned()
    });
    match file {
        Some(file) => ([(header::CONTENT_TYPE, file.mime_type)], file.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
