//! Files in an object store that speaks S3: AWS, MinIO, Ceph, Cloudflare R2, …
//!
//! Each call is signed (AWS Signature Version 4, in the query) for two minutes and
//! made once; who asks tries again.

use std::time::Duration;

use reqwest::{Method, Response, StatusCode};
use rusty_s3::{Bucket, BucketError, Credentials, S3Action, UrlStyle};
use secrecy::{ExposeSecret as _, SecretString};
use thiserror::Error;
use url::Url;

use super::{MediaPlace, MediaStorage, StorageError, Storing};

/// How long a signature is good.
const SIGNED_FOR: Duration = Duration::from_secs(120);
/// How long a call may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Which object store, and as whom.
#[derive(Debug, Clone)]
pub struct S3Config {
    /// Its address, without the bucket: `https://s3.sa-east-1.amazonaws.com`. The
    /// bucket is named in the path.
    pub endpoint: Url,
    /// The region, `sa-east-1`; object stores without regions take `us-east-1`.
    pub region: String,
    /// The bucket. It should be private; it need not encrypt.
    pub bucket: String,
    /// The access key's id.
    pub access_key_id: String,
    /// The access key's secret.
    pub secret_access_key: SecretString,
}

/// Why an object store can't be used as it is set.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum S3ConfigError {
    /// The address or the bucket is none.
    #[error("the object store's address or bucket is none")]
    Bucket(#[from] BucketError),
    /// No connections can be made.
    #[error("the client of the object store can't be made")]
    Client(#[source] reqwest::Error),
}

/// Files in an object store.
pub struct S3Storage {
    http: reqwest::Client,
    bucket: Bucket,
    credentials: Credentials,
}

impl std::fmt::Debug for S3Storage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("S3Storage").field("bucket", &self.bucket.name()).finish_non_exhaustive()
    }
}

impl S3Storage {
    /// In an object store; nothing is called yet. Installs rustls' ring provider for
    /// the process when none is installed.
    ///
    /// # Errors
    ///
    /// [`S3ConfigError`].
    pub fn new(config: S3Config) -> Result<Self, S3ConfigError> {
        let bucket = Bucket::new(config.endpoint, UrlStyle::Path, config.bucket, config.region)?;
        let secret = config.secret_access_key.expose_secret();
        let credentials = Credentials::new(config.access_key_id, secret);
        // An error means that a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut http = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never());
        if matches!(bucket.base_url().host_str(), Some("127.0.0.1" | "localhost" | "[::1]")) {
            // One on this machine is not reached through the network's proxy.
            http = http.no_proxy();
        }
        let http = http.build().map_err(S3ConfigError::Client)?;
        Ok(Self { http, bucket, credentials })
    }

    async fn call(
        &self,
        method: Method,
        url: Url,
        body: Vec<u8>,
    ) -> Result<Response, StorageError> {
        let call = self.http.request(method, url).body(body);
        // The address carries the signature: it must not stand in a log.
        call.send().await.map_err(|error| StorageError::Unreachable(error.without_url()))
    }
}

fn expect_success(response: Response) -> Result<Response, StorageError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    Err(StorageError::Refused { http_status: status.as_u16() })
}

impl MediaStorage for S3Storage {
    fn put(&self, place: MediaPlace, bytes: Vec<u8>) -> Storing<'_, ()> {
        Box::pin(async move {
            let key = place.to_string();
            let url = self.bucket.put_object(Some(&self.credentials), &key).sign(SIGNED_FOR);
            expect_success(self.call(Method::PUT, url, bytes).await?)?;
            Ok(())
        })
    }

    fn get(&self, place: MediaPlace) -> Storing<'_, Option<Vec<u8>>> {
        Box::pin(async move {
            let key = place.to_string();
            let url = self.bucket.get_object(Some(&self.credentials), &key).sign(SIGNED_FOR);
            let response = self.call(Method::GET, url, Vec::new()).await?;
            if response.status() == StatusCode::NOT_FOUND {
                return Ok(None);
            }
            let bytes = expect_success(response)?.bytes().await;
            let bytes = bytes.map_err(|error| StorageError::Unreachable(error.without_url()))?;
            Ok(Some(bytes.into()))
        })
    }

    fn delete(&self, place: MediaPlace) -> Storing<'_, ()> {
        Box::pin(async move {
            let key = place.to_string();
            let url = self.bucket.delete_object(Some(&self.credentials), &key).sign(SIGNED_FOR);
            let response = self.call(Method::DELETE, url, Vec::new()).await?;
            if response.status() != StatusCode::NOT_FOUND {
                expect_success(response)?;
            }
            Ok(())
        })
    }
}
