//! Files that a business uploads, as a multipart form.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde_json::json;

use super::media::{File, UPLOADED};
use super::refusal::Refusal;
use super::routes::{authorize, check_version};
use super::state::Sim;

/// The types that may be sent, and the largest file of each in bytes.
const TYPES: &[(&str, usize)] = &[
    ("image/jpeg", 5_000_000),
    ("image/png", 5_000_000),
    ("image/webp", 500_000),
    ("video/", 16_000_000),
    ("audio/", 16_000_000),
    ("text/plain", 100_000_000),
    ("application/pdf", 100_000_000),
    ("application/msword", 100_000_000),
    ("application/vnd.", 100_000_000),
];

pub(super) async fn upload(
    State(sim): State<Arc<Sim>>,
    Path((version, number)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let kept = check_version(&version)
        .and_then(|()| authorize(&sim, &headers, Some(&number)))
        .and_then(|()| file(&headers, &body, sim.state().now() + UPLOADED));
    match kept {
        Ok(file) => {
            let mut state = sim.state();
            let id = state.new_media_id();
            state.keep(id.clone(), file);
            Json(json!({ "id": id })).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn file(headers: &HeaderMap, body: &Bytes, until: DateTime<Utc>) -> Result<File, Refusal> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = content_type.and_then(|value| value.split_once("boundary="));
    let (_, boundary) = boundary.ok_or_else(|| Refusal::invalid("expected a multipart form"))?;
    let parts = parts(body, boundary.trim_matches('"'));
    let part = |name: &str| parts.iter().find(|part| part.name == name);
    if part("messaging_product").is_none_or(|part| &*part.bytes != b"whatsapp") {
        return Err(Refusal::invalid("messaging_product must be whatsapp"));
    }
    let file = part("file").ok_or_else(|| Refusal::missing("file"))?;
    let known = TYPES.iter().find(|(kind, _)| file.content_type.starts_with(kind));
    let Some((_, max)) = known else {
        return Err(Refusal::invalid(format!("unsupported file type {:?}", file.content_type)));
    };
    if file.bytes.is_empty() || file.bytes.len() > *max {
        return Err(Refusal::limit(format!("file size must be between 1 and {max} bytes")));
    }
    Ok(File { mime_type: file.content_type.clone(), bytes: file.bytes.clone(), until })
}

struct Part {
    name: String,
    content_type: String,
    bytes: Bytes,
}

/// The parts of a form. What does not look like one is passed over.
fn parts(body: &Bytes, boundary: &str) -> Vec<Part> {
    let mark = format!("--{boundary}");
    let mut starts = Vec::new();
    let mut at = 0;
    while let Some(found) = find(body.get(at..).unwrap_or_default(), mark.as_bytes()) {
        starts.push(at + found);
        at += found + mark.len();
    }
    let between = starts.iter().zip(starts.iter().skip(1));
    between.filter_map(|(from, to)| part(&body.slice(from + mark.len()..*to))).collect()
}

fn part(bytes: &Bytes) -> Option<Part> {
    let end = find(bytes, b"\r\n\r\n")?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let content = bytes.slice(end + 4..);
    let content = content.slice(..content.len().checked_sub(2)?);
    let (_, name) = head.split_once(" name=\"")?;
    let content_type = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-type").then(|| value.trim().to_ascii_lowercase())
    });
    Some(Part {
        name: name.split_once('"')?.0.to_owned(),
        content_type: content_type.unwrap_or_default(),
        bytes: content,
    })
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_taken_apart_and_rubbish_is_not() {
        let form = "--X\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\n\
                    whatsapp\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; \
                    filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--X--\r\n";
        let parts = parts(&Bytes::from(form), "X");
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[1].name.as_str(), &*parts[1].bytes), ("file", &b"%PDF"[..]));
        assert_eq!(parts[1].content_type, "application/pdf");
        for rubbish in ["", "--X", "--X--X--X", "--X\r\n\r\n--X", "--X name=\"\r\n\r\n--X"] {
            assert!(super::parts(&Bytes::from(rubbish), "X").is_empty(), "{rubbish:?}");
        }
    }
}
