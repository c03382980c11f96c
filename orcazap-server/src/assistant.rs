//! The assistant at work: an event steps a conversation, and what it says becomes
//! messages. The same for a customer's words, a timer and a person's act.

use chrono::{DateTime, FixedOffset};
use orcazap_core::conversation::{Conversation, Effect, Event, Next, Say, Step, StepError, step};
use orcazap_store::{NewOutgoing, OutgoingKind, StaffId, Stepped};
use orcazap_whatsapp::wording::{OutgoingMessage, Purpose, render};
use orcazap_whatsapp::{Message, Transport};
use thiserror::Error;

use crate::shops::OpenShop;

/// Why an event led nowhere.
#[derive(Debug, Error)]
#[non_exhaustive]
pub(crate) enum AssistantError {
    /// The event makes no sense in the conversation's state.
    #[error(transparent)]
    Step(#[from] StepError),
    /// A message can't be kept.
    #[error("a message can't be written as JSON")]
    Json(#[from] serde_json::Error),
}

/// What an event leads to: the step with its messages, and the messages that
/// open the contact's next conversation when this one is closed.
#[derive(Debug)]
pub(crate) struct Proceeded {
    /// The step.
    pub(crate) stepped: Stepped,
    /// The beginning of the next conversation; it needs a number.
    pub(crate) next: Option<Next>,
}

/// Steps a conversation whose messages go out by `transport`. `by` is the person whose words its messages are, when
/// the event is a person's act.
///
/// # Errors
///
/// [`AssistantError::Step`] when the event does not belong to the state; the
/// conversation stands unchanged then.
pub(crate) fn proceed(
    conversation: &Conversation,
    event: Event,
    shop: &OpenShop,
    transport: &dyn Transport,
    by: Option<StaffId>,
    now: DateTime<FixedOffset>,
) -> Result<Proceeded, AssistantError> {
    let mut step = step(conversation, event, &shop.as_core(), now)?;
    let outgoing = outgoing(&step, shop, transport, by, now)?;
    let mut next = None;
    step.effects.retain_mut(|effect| match effect {
        Effect::OpenNext { next: found } => {
            next = Some(found.clone());
            false
        }
        _ => true,
    });
    Ok(Proceeded { stepped: Stepped { step, outgoing }, next })
}

fn outgoing(
    step: &Step,
    shop: &OpenShop,
    transport: &dyn Transport,
    by: Option<StaffId>,
    now: DateTime<FixedOffset>,
) -> Result<Vec<NewOutgoing>, serde_json::Error> {
    let mut all = Vec::new();
    for effect in &step.effects {
        let Effect::Say { say, answers } = effect else { continue };
        let messages: Vec<(Purpose, Message)> = render(say, answers, &shop.wording, now)
            .into_iter()
            .flat_map(|OutgoingMessage { purpose, message }| {
                transport.fit(message).into_iter().map(move |part| (purpose, part))
            })
            .collect();
        let last = messages.len().saturating_sub(1);
        for (place, (purpose, message)) in messages.into_iter().enumerate() {
            all.push(NewOutgoing {
                kind: kind(purpose, &message),
                // The last message has the buttons: the quote has arrived with it.
                quote_revision: quote_revision(say).filter(|_| place == last),
                summary: message.words().to_owned(),
                payload: serde_json::to_value(&message)?,
                written_by: by.filter(|_| purpose == Purpose::Person),
            });
        }
    }
    Ok(all)
}

fn quote_revision(say: &Say) -> Option<u32> {
    match say {
        Say::Quote { offer, .. } => Some(offer.quote_ref.revision),
        _ => None,
    }
}

fn kind(purpose: Purpose, message: &Message) -> OutgoingKind {
    match (purpose, message) {
        (_, Message::Template(_)) => OutgoingKind::Template,
        (Purpose::Quote, _) => OutgoingKind::Quote,
        (Purpose::Question | Purpose::HandOver, _) => OutgoingKind::Question,
        (Purpose::Person, _) => OutgoingKind::Person,
        (Purpose::Courtesy, _) => OutgoingKind::Courtesy,
    }
}
