//! Style sheets, scripts and pictures, in the binary. Their hash is in their
//! path, so a browser may keep them for ever.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, body::Body};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets"]
#[exclude = "readme/*"]
struct Files;

/// How many characters of the hash are in the path.
const HASH_CHARS: usize = 16;

/// The address of a file below `assets/`; a name that is no file keeps its
/// place, and is answered 404.
pub(crate) fn href(path: &str) -> String {
    let hash = Files::get(path).map_or_else(|| "missing".to_owned(), |file| hash_of(&file));
    format!("/assets/{hash}/{path}")
}

fn hash_of(file: &rust_embed::EmbeddedFile) -> String {
    let mut hash = hex::encode(file.metadata.sha256_hash());
    hash.truncate(HASH_CHARS);
    hash
}

/// Answers with the files.
pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{hash}/{*path}", get(send))
}

async fn send(Path((hash, path)): Path<(String, String)>) -> Response {
    let Some(file) = Files::get(&path).filter(|file| hash_of(file) == hash) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    let kind = HeaderValue::from_str(kind.as_ref())
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, keep)], Body::from(file.data.into_owned()))
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_found_by_its_hash_alone() {
        let (hash, path) = href("app.css")["/assets/".len()..].split_once('/').map_or_else(
            || panic!("a hash and a path"),
            |(hash, path)| (hash.to_owned(), path.to_owned()),
        );
        let found = send(Path((hash, path.clone()))).await;
        assert_eq!(found.status(), StatusCode::OK);
        assert_eq!(found.headers()[CONTENT_TYPE], "text/css");
        let stale = send(Path(("0".repeat(HASH_CHARS), path))).await;
        assert_eq!(stale.status(), StatusCode::NOT_FOUND);
        let outside = send(Path(("0".repeat(HASH_CHARS), "../Cargo.toml".to_owned()))).await;
        assert_eq!(outside.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn the_vendored_script_is_the_one_its_makers_published() {
        let file = Files::get("vendor/htmx-2.0.11/htmx.min.js").unwrap();
        assert_eq!(file.data.len(), 52_182);
    }
}
