//! Webhooks as Meta sends them: enveloped, escaped, signed, and sent again until
//! they are answered with 200.

use std::sync::Arc;

use chrono::Utc;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use thiserror::Error;
use url::Url;

use super::state::Sim;
use crate::ids::{AccountId, PhoneNumberId};
use crate::json::put;
use crate::webhook::{SIGNATURE_HEADER, sign};

/// How many times a webhook comes in all.
const ATTEMPTS: u32 = 6;

/// Why a webhook was not taken at once. Unless there is nowhere to send it, it
/// comes again by itself.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// No address was set.
    #[error("no webhook address is set")]
    NoTarget,
    /// The stand-in has no such number.
    #[error("the stand-in has no number {number}")]
    NoNumber {
        /// The number's id.
        number: PhoneNumberId,
    },
    /// The server answered with something else than 200.
    #[error("a webhook is answered with 200, found {http_status}")]
    Refused {
        /// What it answered.
        http_status: u16,
    },
    /// The server did not answer.
    #[error("the webhook address does not answer")]
    Unreachable,
}

/// Sends a value of the field `messages` for a number; when it is not taken, it
/// is sent again in the background.
pub(super) async fn post(
    sim: &Arc<Sim>,
    number: &PhoneNumberId,
    mut value: Value,
) -> Result<(), WebhookError> {
    let (target, account, display) = {
        let state = sim.state();
        let target = state.webhook.clone().ok_or(WebhookError::NoTarget)?;
        let known = state.numbers.get(number);
        let known = known.ok_or_else(|| WebhookError::NoNumber { number: number.clone() })?;
        (target, known.account_id.clone(), known.display.clone())
    };
    put(&mut value, "messaging_product", json!("whatsapp"));
    put(
        &mut value,
        "metadata",
        json!({ "display_phone_number": display, "phone_number_id": number }),
    );
    let envelope = json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": account, "changes": [{ "field": "messages", "value": value }] }],
    });
    post_raw(sim, target, escaped(&envelope)).await
}

/// Sends news of an account: of its templates, its quality, and the like.
pub(super) async fn post_news(
    sim: &Arc<Sim>,
    account: &AccountId,
    field: &str,
    value: Value,
) -> Result<(), WebhookError> {
    let target = sim.state().webhook.clone().ok_or(WebhookError::NoTarget)?;
    let envelope = json!({
        "object": "whatsapp_business_account",
        "entry": [{
            "id": account,
            "time": Utc::now().timestamp(),
            "changes": [{ "field": field, "value": value }],
        }],
    });
    post_raw(sim, target, escaped(&envelope)).await
}

/// Sends a body as it is, signed.
pub(super) async fn post_raw(
    sim: &Arc<Sim>,
    target: Url,
    body: String,
) -> Result<(), WebhookError> {
    let first = attempt(sim, &target, &body).await;
    if first.is_err() {
        tokio::spawn(again(Arc::clone(sim), target, body));
    }
    first
}

async fn again(sim: Arc<Sim>, target: Url, body: String) {
    for nth in 0..ATTEMPTS - 1 {
        let pause = sim.config.webhook_retry * 2_u32.pow(nth);
        tokio::select! {
            () = sim.stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        if attempt(&sim, &target, &body).await.is_ok() {
            return;
        }
    }
}

async fn attempt(sim: &Sim, target: &Url, body: &str) -> Result<(), WebhookError> {
    let signature = sign(&sim.state().app_secret, body.as_bytes());
    let call = sim
        .http
        .post(target.clone())
        .header(CONTENT_TYPE, "application/json")
        .header(SIGNATURE_HEADER, signature)
        .body(body.to_owned());
    match call.send().await {
        Ok(answer) if answer.status().as_u16() == 200 => Ok(()),
        Ok(answer) => Err(WebhookError::Refused { http_status: answer.status().as_u16() }),
        Err(_) => Err(WebhookError::Unreachable),
    }
}

/// JSON as Meta writes it: beyond ASCII as `\u00e3` in lower case, `/` as `\/`,
/// `@` as `\u0040`. In JSON none of these stands outside a string.
fn escaped(value: &Value) -> String {
    let plain = value.to_string();
    let mut escaped = String::with_capacity(plain.len());
    for character in plain.chars() {
        match character {
            '/' => escaped.push_str("\\/"),
            '@' => escaped.push_str("\\u0040"),
            ' '..='~' => escaped.push(character),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_escaped_as_in_the_reference() {
        let value = json!({ "body": "amanhã 10/12 😀", "mail": "a@b" });
        let escaped = escaped(&value);
        assert!(escaped.contains(r"amanh\u00e3 10\/12 \ud83d\ude00"), "{escaped}");
        assert!(escaped.contains(r"a\u0040b"), "{escaped}");
        assert_eq!(serde_json::from_str::<Value>(&escaped).unwrap(), value);
    }
}
