//! The statuses that come back for a message that was taken.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::customer::user_id;
use super::refusal::title;
use super::state::{Sim, SimEvent, SimSent};
use super::webhook;
use crate::json::put;
use crate::webhook::DeliveryStatus;

/// Which statuses come back, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusPlan {
    /// How far messages get: [`None`] gives no statuses at all.
    pub until: Option<Reached>,
    /// How long before each of them.
    pub delay: Duration,
    /// How many times each comes.
    pub times: usize,
    /// Whether they come in the wrong order, the last one first.
    pub reversed: bool,
    /// Whether they come all in one webhook.
    pub batched: bool,
}

/// How far messages get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// The platform.
    Sent,
    /// The phone.
    Delivered,
    /// The customer's eyes.
    Read,
}

impl Default for StatusPlan {
    /// Every message is delivered, at once, and told once.
    fn default() -> Self {
        Self {
            until: Some(Reached::Delivered),
            delay: Duration::ZERO,
            times: 1,
            reversed: false,
            batched: false,
        }
    }
}

impl StatusPlan {
    fn statuses(self, outcome: Outcome) -> Vec<DeliveryStatus> {
        let Some(until) = self.until else { return Vec::new() };
        let mut statuses = match outcome {
            Outcome::Fails(_) => vec![DeliveryStatus::Failed],
            Outcome::Arrives => {
                let all = [
                    (Reached::Sent, DeliveryStatus::Sent),
                    (Reached::Delivered, DeliveryStatus::Delivered),
                    (Reached::Read, DeliveryStatus::Read),
                ];
                let reached = all.into_iter().filter(|(reached, _)| *reached <= until);
                reached.map(|(_, status)| status).collect()
            }
        };
        if self.reversed {
            statuses.reverse();
        }
        statuses.into_iter().flat_map(|status| std::iter::repeat_n(status, self.times)).collect()
    }
}

/// What becomes of a message that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It arrives.
    Arrives,
    /// It fails with a code.
    Fails(i64),
}

/// Lets the statuses of a message come, without waiting for them.
pub(super) fn follow(sim: &Arc<Sim>, sent: SimSent, outcome: Outcome, plan: StatusPlan) {
    let sim = Arc::clone(sim);
    tokio::spawn(async move {
        let statuses = plan.statuses(outcome);
        let size = if plan.batched { statuses.len().max(1) } else { 1 };
        for batch in statuses.chunks(size) {
            tokio::select! {
                () = sim.stop.cancelled() => return,
                () = tokio::time::sleep(plan.delay) => {}
            }
            let now = sim.state().now();
            let wires: Vec<_> =
                batch.iter().map(|status| wire(&sent, status, outcome, now)).collect();
            let mut value = json!({ "statuses": wires });
            if !batch.contains(&DeliveryStatus::Failed) {
                put(&mut value, "contacts", json!([contact(&sent)]));
            }
            for status in batch {
                let (message_id, status) = (sent.id.clone(), status.clone());
                sim.tell(SimEvent::Status { message_id, status });
            }
            // Without a webhook nobody is told, as with an app that never subscribed.
            let _ = webhook::post(&sim, &sent.from, value).await;
        }
    });
}

fn contact(sent: &SimSent) -> Value {
    let mut contact = json!({ "user_id": user_id(&sent.to) });
    if let Some(phone) = sent.to.phone() {
        put(&mut contact, "wa_id", phone.digits());
    }
    contact
}

fn wire(sent: &SimSent, status: &DeliveryStatus, outcome: Outcome, now: DateTime<Utc>) -> Value {
    let mut wire = json!({
        "id": sent.id,
        "status": status.code(),
        "timestamp": now.timestamp().to_string(),
    });
    if let Some(phone) = sent.to.phone() {
        put(&mut wire, "recipient_id", json!(phone.digits()));
    }
    put(&mut wire, "recipient_user_id", user_id(&sent.to));
    if let Some(data) = sent.json.get("biz_opaque_callback_data") {
        put(&mut wire, "biz_opaque_callback_data", data.clone());
    }
    match outcome {
        Outcome::Fails(code) => {
            put(
                &mut wire,
                "errors",
                json!([{
                    "code": code,
                    "title": title(code),
                    "message": title(code),
                    "error_data": { "details": title(code) },
                }]),
            );
        }
        Outcome::Arrives => {
            let category = if sent.kind == "template" { "utility" } else { "service" };
            put(
                &mut wire,
                "pricing",
                json!({
                    "billable": true, "pricing_model": "PMP", "type": "regular", "category": category,
                }),
            );
        }
    }
    wire
}
