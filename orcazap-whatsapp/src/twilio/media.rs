//! Files that customers sent, fetched from where the webhook says that they lie.

use reqwest::{RequestBuilder, Response, StatusCode, header};
use secrecy::SecretString;
use url::Url;

use super::client::Client;
use super::sender::AccountSid;
use crate::client::{Claim, FILE_TIMEOUT, File, FileError, collect, failed, same_hash};
use crate::error::SendError;

impl Client {
    /// Fetches a file from its address (`MediaUrl0` of a webhook), and checks that it
    /// fits, as [`crate::Client::download`] does.
    ///
    /// Account and token go to Twilio's own address only. Twilio passes the call on to
    /// where the bytes lie: that is followed once, without them, and over https.
    ///
    /// # Errors
    ///
    /// [`FileError`]; nothing of a file that is too large or was changed on the way is
    /// given.
    pub async fn download(
        &self,
        account: &AccountSid,
        secret: &SecretString,
        url: &Url,
        claim: &Claim<'_>,
    ) -> Result<File, FileError> {
        if url.origin() != self.config.api.origin() {
            return Err(elsewhere(url));
        }
        let call = self.authorised(self.http.get(url.clone()), account, secret);
        let mut response = fetch(call).await?;
        if response.status().is_redirection() {
            let target = self.passed_on(url, &response)?;
            response = fetch(self.http.get(target)).await?;
        }
        let http_status = response.status().as_u16();
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => return Err(FileError::Gone),
            status if status.is_success() => {}
            _ => return Err(SendError::Unknown { http_status, retry_after: None }.into()),
        }
        let told = response.headers().get(header::CONTENT_TYPE).and_then(|told| told.to_str().ok());
        let told = told.unwrap_or("application/octet-stream");
        let mime_type = told.split(';').next().unwrap_or_default().trim().to_lowercase();
        let bytes = collect(response, claim.max_bytes).await?;
        if same_hash(&bytes, claim.sha256) {
            Ok(File { mime_type, bytes })
        } else {
            Err(FileError::Hash)
        }
    }

    /// Where an answer passes the call on to.
    fn passed_on(&self, from: &Url, response: &Response) -> Result<Url, FileError> {
        let told = response.headers().get(header::LOCATION).and_then(|told| told.to_str().ok());
        let target = told.and_then(|told| from.join(told).ok()).ok_or(FileError::Gone)?;
        let known = target.scheme() == "https" || target.origin() == self.config.api.origin();
        if known { Ok(target) } else { Err(elsewhere(&target)) }
    }
}

async fn fetch(call: RequestBuilder) -> Result<Response, FileError> {
    Ok(call.timeout(FILE_TIMEOUT).send().await.map_err(failed)?)
}

fn elsewhere(url: &Url) -> FileError {
    FileError::Host { host: url.host_str().unwrap_or_default().to_owned() }
}
