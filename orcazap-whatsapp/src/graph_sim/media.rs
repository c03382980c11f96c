//! Files that customers sent or a business uploaded: looked up by id, fetched
//! with the token.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::routes::authorize;
use super::state::Sim;

/// A file.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) mime_type: String,
    pub(super) bytes: Bytes,
}

impl File {
    /// The SHA-256, in hexadecimal: the platform's clients accept it beside base64.
    pub(super) fn sha256(&self) -> String {
        hex::encode(Sha256::digest(&self.bytes))
    }
}

/// The answer about a file; `None` when there is none with this id.
pub(super) fn look_up(sim: &Sim, id: &str) -> Option<Response> {
    let file = sim.state().files.get(&id.parse().ok()?).cloned()?;
    let url = sim.base_url().join(&format!("files/{id}")).ok()?;
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

pub(super) async fn download(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(refusal) = authorize(&sim, &headers, None) {
        return refusal.into_response();
    }
    let file = id.parse().ok().and_then(|id| sim.state().files.get(&id).cloned());
    match file {
        Some(file) => ([(header::CONTENT_TYPE, file.mime_type)], file.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
