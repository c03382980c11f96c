//! One delivery: a message that waits is sent, and how it went is kept.
//!
//! | what came back | what becomes of the message |
//! | --- | --- |
//! | an id | sent |
//! | certainly not sent, will pass | tried again, later each time |
//! | certainly not sent, token or account | waits, and the channel with it; an alert |
//! | certainly not sent, will not pass | failed; the conversation hears of it when it was a quote |
//! | nobody knows | uncertain: a status settles it, or after a while its kind |

use chrono::{DateTime, TimeDelta, Utc};
use orcazap_store::Delivery;
use orcazap_whatsapp::error::{Advice, Certainty, SendError};
use orcazap_whatsapp::send::{CallbackData, Request};
use orcazap_whatsapp::{Message, PhoneNumberId};
use rand::RngExt;
use secrecy::SecretString;
use tracing::Instrument;

use super::Found;
use crate::app::App;

/// The longest pause between two attempts.
const MAX_PAUSE: TimeDelta = TimeDelta::minutes(10);

/// Sends one message, if one is due.
///
/// # Errors
///
/// When the database fails. A send that fails is no error here.
pub async fn deliver_one(app: &App) -> anyhow::Result<Found> {
    let Some(delivery) = app.store.claim_delivery(app.clock.now()).await? else {
        return Ok(Found::Nothing);
    };
    let span = tracing::info_span!(
        "delivery",
        request.id = delivery.request_id,
        tenant.id = %delivery.tenant,
        message.id = %delivery.callback.message,
        message.attempt = delivery.callback.attempt,
    );
    deliver(app, &delivery).instrument(span).await?;
    Ok(Found::Work)
}

async fn deliver(app: &App, delivery: &Delivery) -> anyhow::Result<()> {
    let Some(token) = token(app, delivery) else {
        let reason = "o número não tem token de acesso";
        tracing::error!(channel.id = %delivery.channel, "a channel without an access token can't send");
        return Ok(app.store.pause_for(delivery, reason, app.clock.now()).await?);
    };
    let (from, request) = match request(delivery) {
        Ok(request) => request,
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "a message can't be read back");
            return Ok(app.store.refuse(delivery, &format!("{error:#}"), app.clock.now()).await?);
        }
    };
    let sent = app.transports.of(&from).send(&from, token, &request).await;
    let now = app.clock.now();
    match sent {
        Ok(sent) => {
            tracing::info!("sent");
            app.store.sent(delivery, sent.message_id.as_str(), now).await?;
        }
        Err(error) => failed(app, delivery, &error, now).await?,
    }
    Ok(())
}

/// The channel's own token, else that of the settings when it is for this number.
fn token<'a>(app: &'a App, delivery: &'a Delivery) -> Option<&'a SecretString> {
    let usual = app.config.graph.default_channel.as_ref();
    let usual = usual.filter(|(number, _)| *number == delivery.phone_number_id);
    delivery.access_token.as_ref().or(usual.map(|(_, token)| token))
}

fn request(delivery: &Delivery) -> anyhow::Result<(PhoneNumberId, Request)> {
    let from = delivery.phone_number_id.parse()?;
    let message: Message = serde_json::from_value(delivery.payload.clone())?;
    let callback = CallbackData::new("callback data", delivery.callback.to_string())?;
    Ok((from, Request::new(delivery.to.clone(), message).with_callback_data(callback)))
}

async fn failed(
    app: &App,
    delivery: &Delivery,
    error: &SendError,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let (advice, code) = (error.advice(), error.code());
    let reason = match code {
        Some(code) => format!("{code}: {}", error.explain()),
        None => error.explain().to_owned(),
    };
    tracing::warn!(
        error = %error,
        send.advice = advice.code(),
        send.code = code,
        "a message was not sent"
    );
    match (error.certainty(), advice) {
        (Certainty::Uncertain, _) => app.store.uncertain(delivery, &reason, now).await?,
        (Certainty::NotSent, Advice::Retry { after }) => {
            let pause = pause(delivery.callback.attempt);
            let told = after.and_then(|after| TimeDelta::from_std(after).ok());
            let at = now + told.unwrap_or_default().max(pause);
            app.store.retry(delivery, at, &reason, now).await?;
        }
        (Certainty::NotSent, Advice::PauseChannel) => {
            tracing::error!(channel.id = %delivery.channel, send.code = code, "the channel is paused");
            app.store.pause_for(delivery, &reason, now).await?;
        }
        (Certainty::NotSent, Advice::GiveUp | Advice::FixRequest) => {
            app.store.refuse(delivery, &reason, now).await?;
        }
    }
    Ok(())
}

/// 1, 2, 4 … seconds up to [`MAX_PAUSE`], and up to a quarter on top, so that what
/// failed together does not come back together.
fn pause(attempt: i32) -> TimeDelta {
    let seconds = 1_i64 << (attempt.clamp(1, 20) - 1);
    let pause = TimeDelta::seconds(seconds).min(MAX_PAUSE);
    let quarter = pause.num_milliseconds() / 4;
    pause + TimeDelta::milliseconds(rand::rng().random_range(0..=quarter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_bounded() {
        assert!(pause(1) < TimeDelta::seconds(2));
        assert!(pause(4) >= TimeDelta::seconds(8));
        for attempt in [-1, 0, 10, 1_000, i32::MAX] {
            assert!(pause(attempt) <= MAX_PAUSE + MAX_PAUSE / 4, "{attempt}");
        }
    }
}
