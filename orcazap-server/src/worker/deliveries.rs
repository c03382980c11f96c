//! One delivery: a message that waits is sent, and how it went is kept.
//!
//! | what came of it | what becomes of the message |
//! | --- | --- |
//! | the customer's window is closed | waits for the customer, whom a template asks to write; without one, for a person, who is told why |
//! | a limit of the platform is reached | waits until it may pass; no attempt is used up |
//! | an id | sent |
//! | certainly not sent, will pass | tried again, later each time |
//! | certainly not sent, token or account | waits, and the channel with it; an alert |
//! | certainly not sent, will not pass | failed; the conversation hears of it when it was a quote |
//! | nobody knows | uncertain: a status settles it, or after a while its kind |

use chrono::{DateTime, TimeDelta, Utc};
use orcazap_store::{Delivery, SentAs};
use orcazap_whatsapp::error::{Advice, Certainty, SendError};
use orcazap_whatsapp::limits::Daily;
use orcazap_whatsapp::send::{CallbackData, Request};
use orcazap_whatsapp::{Message, PhoneNumberId};
use rand::RngExt;
use secrecy::SecretString;
use tracing::Instrument;

use super::Found;
use super::gate::{CLOSED, gate};
use super::nudge::nudge;
use crate::app::App;

/// A wait that is not worth putting a message off for.
const MOMENT: TimeDelta = TimeDelta::seconds(1);
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
    let (from, message, callback) = match read(delivery) {
        Ok(read) => read,
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "a message can't be read back");
            return Ok(app.store.refuse(delivery, &format!("{error:#}"), app.clock.now()).await?);
        }
    };
    let now = app.clock.now();
    let Some(sent_as) = gate(&message, delivery.last_inbound, now) else {
        if nudge(app, delivery, now).await? {
            tracing::info!("the customer's window is closed: a template asks them to write");
            return Ok(());
        }
        tracing::warn!("the customer's window is closed: the message waits for a person");
        return Ok(app.store.hold(delivery, CLOSED, now).await?);
    };
    if let Some(until) = limited(app, delivery, sent_as).await? {
        tracing::info!(send.retry_at = %until, "a limit is reached: the message waits");
        return Ok(app.store.defer(delivery, until, app.clock.now()).await?);
    }
    let request = Request::new(delivery.to.clone(), message).with_callback_data(callback);
    let sent = app.transports.of(&from).send(&from, token, &request).await;
    let now = app.clock.now();
    match sent {
        Ok(sent) => {
            tracing::info!("sent");
            app.store.sent(delivery, sent.message_id.as_str(), sent_as, now).await?;
        }
        Err(error) => failed(app, delivery, &error, now).await?,
    }
    Ok(())
}

/// Until when the platform's limits let the message wait; a moment is waited for
/// here.
async fn limited(
    app: &App,
    delivery: &Delivery,
    sent_as: SentAs<'_>,
) -> anyhow::Result<Option<DateTime<Utc>>> {
    let now = app.clock.now();
    if sent_as.outside
        && let Some(until) = daily_limit(app, delivery, now).await?
    {
        return Ok(Some(until));
    }
    let Err(wait) = app.limits.take(delivery, now).await else { return Ok(None) };
    if wait > MOMENT {
        return Ok(Some(now + wait));
    }
    tokio::time::sleep(wait.to_std().unwrap_or_default()).await;
    let now = app.clock.now();
    Ok(app.limits.take(delivery, now).await.err().map(|wait| now + wait))
}

/// Until when one more person can't be written to outside their window.
async fn daily_limit(
    app: &App,
    delivery: &Delivery,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<DateTime<Utc>>> {
    let daily = delivery.allowance.daily_limit.map_or(Daily::LOWEST, Daily::People);
    let mut tx = app.store.tenant(delivery.tenant).await?;
    let reached = tx.reached_outside(delivery.contact, now).await?;
    let people = u32::try_from(reached.people).unwrap_or(u32::MAX);
    if reached.already || daily.takes(people) {
        return Ok(None);
    }
    // A place is free when the first of them is a day ago.
    Ok(Some(reached.since.unwrap_or(now) + TimeDelta::hours(24)))
}

/// The channel's own token, else that of the settings when it is for this number.
fn token<'a>(app: &'a App, delivery: &'a Delivery) -> Option<&'a SecretString> {
    let usual = app.config.graph.default_channel.as_ref();
    let usual = usual.filter(|(number, _)| *number == delivery.phone_number_id);
    delivery.access_token.as_ref().or(usual.map(|(_, token)| token))
}

fn read(delivery: &Delivery) -> anyhow::Result<(PhoneNumberId, Message, CallbackData)> {
    let from = delivery.phone_number_id.parse()?;
    let message: Message = serde_json::from_value(delivery.payload.clone())?;
    let callback = CallbackData::new("callback data", delivery.callback.to_string())?;
    Ok((from, message, callback))
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
