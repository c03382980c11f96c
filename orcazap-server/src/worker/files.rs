//! One file that a customer sent: looked up, fetched, checked, and kept.
//!
//! The platform's address of a file is good for five minutes, so each attempt looks
//! it up anew and fetches at once; Twilio's address comes with the message. No transaction is open meanwhile.
//!
//! | what came back | what becomes of the file |
//! | --- | --- |
//! | the file, whole | kept, with the type that its first bytes show |
//! | too large, changed on the way, or gone | lost; the conversation says so |
//! | a time-out, a limit, a token that is dead | tried again, later each time |

use chrono::TimeDelta;
use orcazap_store::{Fetch, media::StorageError};
use orcazap_whatsapp::client::{Claim, FileError};
use orcazap_whatsapp::error::{Advice, SendError};
use orcazap_whatsapp::twilio::Sender;
use rand::RngExt as _;
use secrecy::SecretString;
use tracing::Instrument as _;

use super::Found;
use crate::app::App;
use crate::media::content_type;

/// The longest pause between two attempts.
const MAX_PAUSE: TimeDelta = TimeDelta::hours(1);

/// Fetches one file, if one is due.
///
/// # Errors
///
/// When the database fails. A file that can't be had is no error here.
pub async fn fetch_one(app: &App) -> anyhow::Result<Found> {
    let Some(fetch) = app.store.claim_fetch(app.clock.now()).await? else {
        return Ok(Found::Nothing);
    };
    let span = tracing::info_span!(
        "file",
        tenant.id = %fetch.tenant,
        media.id = %fetch.media,
        media.attempt = fetch.attempt,
    );
    keep(app, &fetch).instrument(span).await?;
    Ok(Found::Work)
}

async fn keep(app: &App, fetch: &Fetch) -> anyhow::Result<()> {
    let bytes = match download(app, fetch).await {
        Ok(bytes) => bytes,
        Err(Trouble::Lost(reason)) => {
            tracing::warn!(media.reason = reason, "a file can't be had");
            return Ok(app.store.lose_media(fetch, reason).await?);
        }
        Err(Trouble::Later) => return put_off(app, fetch).await,
    };
    let kind = content_type(&bytes);
    let now = app.clock.now();
    match app.store.keep_media(app.media.as_ref(), fetch, &bytes, kind, now).await {
        Ok(()) => {
            tracing::info!(media.bytes = bytes.len(), "kept a file");
            Ok(())
        }
        Err(StorageError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(
                error = format!("{:#}", anyhow::Error::new(error)),
                "the object store did not take a file"
            );
            put_off(app, fetch).await
        }
    }
}

enum Trouble {
    /// It will never be had, for this reason.
    Lost(&'static str),
    /// It may be had later.
    Later,
}

async fn download(app: &App, fetch: &Fetch) -> Result<Vec<u8>, Trouble> {
    let number = fetch.phone_number_id.parse().map_err(|_| Trouble::Lost("refused"))?;
    let claim = Claim { max_bytes: app.config.media.max_bytes, sha256: fetch.sha256.as_deref() };
    let file = match Sender::of(&number) {
        Some(sender) => {
            let url = fetch.reference.parse().map_err(|_| Trouble::Lost("refused"))?;
            let token = fetch.access_token.as_ref().ok_or(Trouble::Later)?;
            app.transports.twilio.download(sender.account(), token, &url, &claim).await
        }
        None => {
            let token = token(app, fetch).ok_or(Trouble::Later)?;
            let id = fetch.reference.parse().map_err(|_| Trouble::Lost("refused"))?;
            let info = app.transports.graph.file_info(&id, token).await;
            let info = info.map_err(|error| of_call(&error))?;
            app.transports.graph.download(&info, &claim, token).await
        }
    };
    file.map(|file| file.bytes).map_err(|error| of_file(&error))
}

fn of_file(error: &FileError) -> Trouble {
    match error {
        FileError::Call(error) => of_call(error),
        FileError::TooLarge { .. } => Trouble::Lost("too_large"),
        FileError::Hash => Trouble::Lost("changed"),
        FileError::Gone => Trouble::Lost("gone"),
        _ => Trouble::Lost("refused"),
    }
}

fn of_call(error: &SendError) -> Trouble {
    tracing::warn!(error = %error, send.code = error.code(), "a file was not fetched");
    match error.advice() {
        Advice::GiveUp | Advice::FixRequest if error.code().is_some() => Trouble::Lost("gone"),
        _ => Trouble::Later,
    }
}

/// The channel's own token, else that of the settings when it is for this number.
fn token<'a>(app: &'a App, fetch: &'a Fetch) -> Option<&'a SecretString> {
    let usual = app.config.graph.default_channel.as_ref();
    let usual = usual.filter(|(number, _)| *number == fetch.phone_number_id);
    fetch.access_token.as_ref().or(usual.map(|(_, token)| token))
}

/// 10, 20, 40 … seconds up to [`MAX_PAUSE`], and up to a quarter on top.
async fn put_off(app: &App, fetch: &Fetch) -> anyhow::Result<()> {
    let seconds = 10_i64 << (fetch.attempt.clamp(1, 12) - 1);
    let pause = TimeDelta::seconds(seconds).min(MAX_PAUSE);
    let quarter = pause.num_milliseconds() / 4;
    let pause = pause + TimeDelta::milliseconds(rand::rng().random_range(0..=quarter));
    let again = app.store.retry_fetch(fetch, app.clock.now() + pause).await?;
    if !again {
        tracing::error!("a file was tried too often and is given up");
    }
    Ok(())
}
