//! An object store over HTTP on 127.0.0.1 that takes nothing without a right
//! signature: AWS Signature Version 4 in the query, checked from the rules, not
//! with the code that makes it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use hmac::{Hmac, KeyInit as _, Mac as _};
use orcazap_store::media::S3Config;
use sha2::{Digest as _, Sha256};

const KEY_ID: &str = "AKIAINVENTADA";
const SECRET: &str = "segredo/inventado+1";
const REGION: &str = "sa-east-1";
const BUCKET: &str = "arquivos";

#[derive(Default)]
struct Objects {
    kept: Mutex<BTreeMap<String, Bytes>>,
    seen: Mutex<Vec<String>>,
}

/// The object store.
pub(crate) struct ObjectStore {
    objects: Arc<Objects>,
    port: u16,
}

impl ObjectStore {
    pub(crate) async fn start() -> Self {
        let objects = Arc::new(Objects::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&objects));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { objects, port }
    }

    pub(crate) fn config(&self) -> S3Config {
        S3Config {
            endpoint: format!("http://127.0.0.1:{}", self.port).parse().unwrap(),
            region: REGION.to_owned(),
            bucket: BUCKET.to_owned(),
            access_key_id: KEY_ID.to_owned(),
            secret_access_key: SECRET.into(),
        }
    }

    /// The names of all objects that were asked for or put.
    pub(crate) fn names_seen(&self) -> Vec<String> {
        self.objects.seen.lock().unwrap().clone()
    }
}

async fn answer(
    State(objects): State<Arc<Objects>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !is_signed(&method, &uri, &headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(name) = uri.path().strip_prefix(&format!("/{BUCKET}/")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    objects.seen.lock().unwrap().push(name.to_owned());
    let mut kept = objects.kept.lock().unwrap();
    match method {
        Method::PUT => {
            kept.insert(name.to_owned(), body);
            StatusCode::OK.into_response()
        }
        Method::GET => match kept.get(name) {
            Some(bytes) => bytes.clone().into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        },
        Method::DELETE => {
            kept.remove(name);
            StatusCode::NO_CONTENT.into_response()
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

fn is_signed(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    let query = uri.query().unwrap_or_default();
    let mut parts: Vec<(&str, &str)> =
        query.split('&').filter_map(|part| part.split_once('=')).collect();
    let told = |name: &str| parts.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let (Some(signature), Some(at), Some(credential)) =
        (told("X-Amz-Signature"), told("X-Amz-Date"), told("X-Amz-Credential"))
    else {
        return false;
    };
    let Some(day) = at.get(..8) else { return false };
    let scope = format!("{day}/{REGION}/s3/aws4_request");
    if credential != format!("{KEY_ID}/{scope}").replace('/', "%2F")
        || told("X-Amz-Algorithm") != Some("AWS4-HMAC-SHA256")
        || told("X-Amz-SignedHeaders") != Some("host")
    {
        return false;
    }
    parts.retain(|(name, _)| *name != "X-Amz-Signature");
    parts.sort_unstable();
    let query: Vec<String> = parts.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let request = format!(
        "{method}\n{}\n{}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD",
        uri.path(),
        query.join("&")
    );
    let digest = hex(&Sha256::digest(request));
    let text = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{digest}");
    let mut key = format!("AWS4{SECRET}").into_bytes();
    for part in [day, REGION, "s3", "aws4_request"] {
        key = hmac(&key, part);
    }
    hex(&hmac(&key, &text)) == signature
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
