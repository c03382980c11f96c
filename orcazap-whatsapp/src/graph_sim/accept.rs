//! A send that is well-formed: to whom, how fast, and what becomes of it.

use std::sync::Arc;

use orcazap_core::contact::{ContactKey, Phone};
use serde_json::{Value, json};

use super::check;
use super::refusal::Refusal;
use super::state::{Sim, SimEvent, SimSent, State};
use super::status::{Outcome, StatusPlan, follow};
use crate::ids::PhoneNumberId;
use crate::json::put;

/// A message that was taken, and the answer to it.
pub(super) struct Accepted {
    pub(super) answer: Value,
    sent: SimSent,
    outcome: Outcome,
    plan: StatusPlan,
}

/// What goes otherwise than usual with a message that is taken.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Twist {
    /// It fails later, with this code.
    pub(super) fails_with: Option<i64>,
    /// Its statuses come so.
    pub(super) statuses: Option<StatusPlan>,
}

/// Checks a send and takes it.
pub(super) fn accept(
    sim: &Sim,
    from: &PhoneNumberId,
    body: &Value,
    twist: Twist,
) -> Result<Accepted, Refusal> {
    let mut state = sim.state();
    let kind = check::content(body, &state.templates)?;
    let (input, to) = recipient(&state, from, body)?;
    if sim.config.limits
        && let Some(code) = state.too_fast(from, &to)
    {
        return Err(Refusal::new(400, code, "Message failed to send because of its rate"));
    }
    check_file(&state, body, &kind)?;
    let outcome = match twist.fails_with {
        Some(code) => Outcome::Fails(code),
        None if state.is_unreachable(&to) => Outcome::Fails(131_026),
        None if kind != "template" && !state.window_is_open(from, &to) => Outcome::Fails(131_047),
        None => Outcome::Arrives,
    };
    let id = state.new_message_id();
    let mut contact = json!({ "input": input });
    if let Some(phone) = to.phone() {
        put(&mut contact, "wa_id", json!(phone.digits()));
    } else if let Some(user) = to.user_id() {
        put(&mut contact, "user_id", json!(user.as_str()));
    }
    let mut message = json!({ "id": id });
    if kind == "template" {
        put(&mut message, "message_status", json!("accepted"));
    }
    let sent = SimSent { id, from: from.clone(), to, kind, json: body.clone(), at: state.now() };
    state.took(sent.clone());
    let answer = json!({
        "messaging_product": "whatsapp", "contacts": [contact], "messages": [message],
    });
    let plan = twist.statuses.unwrap_or(state.statuses);
    Ok(Accepted { answer, sent, outcome, plan })
}

impl Accepted {
    /// Tells who listens, and lets the statuses come.
    pub(super) fn settle(self, sim: &Arc<Sim>) -> Value {
        sim.tell(SimEvent::Sent(Box::new(self.sent.clone())));
        follow(sim, self.sent, self.outcome, self.plan);
        self.answer
    }
}

/// A file that is sent by its id must be here still.
fn check_file(state: &State, body: &Value, kind: &str) -> Result<(), Refusal> {
    let Some(id) = body.get(kind).and_then(|object| object.get("id")?.as_str()) else {
        return Ok(());
    };
    let known = id.parse().ok().and_then(|id| state.file(&id));
    match known {
        Some(_) => Ok(()),
        None => Err(Refusal::invalid(format!("{kind}.id is not a valid media id"))),
    }
}

/// The customer a send goes to, and the address as it was written. `to` wins
/// over `recipient`.
fn recipient(
    state: &State,
    from: &PhoneNumberId,
    body: &Value,
) -> Result<(String, ContactKey), Refusal> {
    let text = |name: &str| match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Refusal::invalid(format!("{name} must be a string"))),
    };
    if let Some(kind) = text("recipient_type")?
        && kind != "individual"
    {
        return Err(Refusal::invalid("recipient_type must be individual"));
    }
    if let Some(to) = text("to")? {
        let display = state.numbers.get(from).map(|number| number.display.as_str());
        let phone = dialled(&to, display.unwrap_or_default())?;
        if display == Some(phone.digits()) {
            return Err(Refusal::new(400, 131_021, "Recipient cannot be sender"));
        }
        return Ok((to, state.known(phone.into())));
    }
    let Some(recipient) = text("recipient")? else {
        return Err(Refusal::missing("to"));
    };
    let user = recipient.parse().ok().filter(|_| recipient.as_bytes().get(2) == Some(&b'.'));
    let key = ContactKey::new(None, user)
        .map_err(|_| Refusal::invalid("recipient must be a business-scoped user id"))?;
    Ok((recipient, key))
}

/// The number that is dialled: without a plus sign, the sender's country code is
/// put before it when it lacks it.
fn dialled(to: &str, sender: &str) -> Result<Phone, Refusal> {
    let invalid = || Refusal::invalid("to must be a phone number");
    let phone = |text: &str| text.parse::<Phone>().map_err(|_| invalid());
    let country = sender.get(..2).unwrap_or("55");
    if to.trim_start().starts_with('+') || to.trim_start().starts_with(country) {
        return phone(to);
    }
    if to.chars().any(char::is_alphabetic) {
        return Err(invalid());
    }
    phone(&format!("{country}{}", to.trim()))
}
