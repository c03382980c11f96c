//! One turn: everything that waits for a conversation, stepped and kept.

use std::panic::AssertUnwindSafe;

use chrono::{DateTime, FixedOffset, Utc};
use futures_util::FutureExt as _;
use orcazap_core::conversation::{Conversation, Inbound, Next, StepError, Timer};
use orcazap_core::{Event, Step};
use orcazap_store::{AfterFailure, Source, Stepped, StoreError, Turn};
use orcazap_whatsapp::Transport;
use tracing::Instrument;

use super::{Found, read_mark};
use crate::app::App;
use crate::assistant::{AssistantError, proceed};
use crate::heard;
use crate::shops::OpenShop;

/// Takes one turn, if a conversation waits for one.
///
/// # Errors
///
/// When the database fails. What fails in a turn itself puts that turn off and
/// is no error here.
pub async fn turn_one(app: &App) -> anyhow::Result<Found> {
    let now = app.clock.now();
    let Some(turn) = app.store.claim_turn(now).await? else {
        return Ok(Found::Nothing);
    };
    let span = tracing::info_span!(
        "turn",
        request.id = turn.request_id(),
        tenant.id = %turn.tenant(),
        conversation.id = %turn.conversation_id(),
    );
    guarded(app, turn, now).instrument(span).await?;
    Ok(Found::Work)
}

/// Nothing that a turn leads to panics; should it, the turn is put off, and its
/// worker goes on with others.
async fn guarded(app: &App, turn: Turn, now: DateTime<Utc>) -> anyhow::Result<()> {
    let (tenant, contact) = (turn.tenant(), turn.contact().id);
    match AssertUnwindSafe(take(app, turn, now)).catch_unwind().await {
        Ok(taken) => taken,
        Err(_panic) => {
            let reason = "the assistant panicked";
            after(app.store.put_off(tenant, contact, reason, now).await?, reason);
            Ok(())
        }
    }
}

async fn take(app: &App, mut turn: Turn, now: DateTime<Utc>) -> anyhow::Result<()> {
    let shop = match app.shops.at_version(turn.tenant(), turn.shop_version()).await {
        Ok(shop) => shop,
        Err(error) => return put_off(turn, &describe(error), now).await,
    };
    let messages = match inbound(&mut turn, &shop).await {
        Ok(messages) => messages,
        Err(error) if error.is_transient() => return Err(error.into()),
        Err(error) => return put_off(turn, &describe(error), now).await,
    };
    let channel = app.transports.of_channel(&app.store, turn.tenant(), turn.channel()).await;
    let transport = match channel {
        Ok(transport) => transport,
        Err(error) if error.is_transient() => return Err(error.into()),
        Err(error) => return put_off(turn, &describe(error), now).await,
    };
    let (mut steps, next) = match steps(&turn, messages, &shop, transport, now) {
        Ok(steps) => steps,
        Err(error) => return put_off(turn, &describe(error), now).await,
    };
    if let Some(next) = next {
        match open(&mut turn, next, &shop, transport, now).await {
            Ok(first) => steps.push(first),
            Err(error) => return put_off(turn, &format!("{error:#}"), now).await,
        }
    }
    let (tenant, contact) = (turn.tenant(), turn.contact().id);
    let (messages, sent) =
        (turn.messages().len(), steps.iter().map(|s| s.outgoing.len()).sum::<usize>());
    if sent > 0 && shop.policy.read_marks {
        read_mark::mark(app, &turn);
    }
    let state = steps.last().map(|last| last.step.conversation.state.code());
    match turn.commit(steps, now).await {
        Ok(()) => {
            tracing::info!(
                turn.messages = messages,
                turn.outgoing = sent,
                turn.state = state,
                "took a turn"
            );
            Ok(())
        }
        Err(error) if error.is_transient() => Err(error.into()),
        Err(error) => {
            let reason = describe(error);
            after(app.store.put_off(tenant, contact, &reason, now).await?, &reason);
            Ok(())
        }
    }
}

/// What the turn's events lead to, in this order: what became of quotes, what the
/// customer wrote, and the timers that still stand after that.
type Steps = (Vec<Stepped>, Option<Next>);

fn steps(
    turn: &Turn,
    heard: Vec<Heard>,
    shop: &OpenShop,
    transport: &dyn Transport,
    now: DateTime<Utc>,
) -> Result<Steps, AssistantError> {
    let mut hearing = Hearing {
        conversation: turn.conversation().clone(),
        steps: Vec::new(),
        next: None,
        shop,
        transport,
        now: shop.local(now),
    };
    for report in turn.reports() {
        let (revision, delivered) = (report.revision, report.delivered);
        hearing.hear_if_it_fits(Event::QuoteDelivery { revision, delivered })?;
    }
    for event in events(heard) {
        hearing.hear(event)?;
    }
    for timer in turn.timers() {
        hearing.wake(timer)?;
    }
    if hearing.steps.is_empty() {
        // What asks for no answer moves its conversation to the top all the same.
        let step = Step { conversation: hearing.conversation.clone(), effects: Vec::new() };
        hearing.steps.push(Stepped { step, outgoing: Vec::new() });
    }
    Ok((hearing.steps, hearing.next))
}

/// What a message that waited is to the conversation.
enum Heard {
    /// The customer's words.
    Customer(Inbound),
    /// The store's, from its own phone.
    Store(DateTime<FixedOffset>),
}

/// What a turn's messages are as events, in their order: a burst of the customer's is
/// read together.
fn events(heard: Vec<Heard>) -> Vec<Event> {
    let mut events = Vec::new();
    for one in heard {
        match (one, events.last_mut()) {
            (Heard::Customer(message), Some(Event::Inbound { messages })) => messages.push(message),
            (Heard::Customer(message), _) => {
                events.push(Event::Inbound { messages: vec![message] });
            }
            (Heard::Store(at), _) => events.push(Event::WroteElsewhere { at }),
        }
    }
    events
}

/// A conversation while the events of one turn go by.
struct Hearing<'a> {
    conversation: Conversation,
    steps: Vec<Stepped>,
    next: Option<Next>,
    shop: &'a OpenShop,
    transport: &'a dyn Transport,
    now: DateTime<FixedOffset>,
}

impl Hearing<'_> {
    fn hear(&mut self, event: Event) -> Result<(), AssistantError> {
        let done = proceed(&self.conversation, event, self.shop, self.transport, None, self.now)?;
        self.conversation = done.stepped.step.conversation.clone();
        self.steps.push(done.stepped);
        self.next = self.next.take().or(done.next);
        Ok(())
    }

    /// Reports and timers may come late, when the conversation has gone on.
    fn hear_if_it_fits(&mut self, event: Event) -> Result<(), AssistantError> {
        match self.hear(event) {
            Err(AssistantError::Step(StepError::OutOfPlace { event, state })) => {
                tracing::debug!(event, state, "came too late to matter");
                Ok(())
            }
            other => other,
        }
    }

    fn wake(&mut self, timer: Timer) -> Result<(), AssistantError> {
        let due = self.conversation.timers.get(&timer).is_some_and(|at| *at <= self.now);
        if due {
            self.hear_if_it_fits(Event::Timer { timer })?;
        }
        // One that nobody moved has done its work, or it would wake us for ever.
        if self.conversation.timers.get(&timer).is_some_and(|at| *at <= self.now) {
            self.conversation.timers.remove(&timer);
        }
        let step = Step { conversation: self.conversation.clone(), effects: Vec::new() };
        self.steps.push(Stepped { step, outgoing: Vec::new() });
        Ok(())
    }
}

/// The first step of the contact's next conversation.
async fn open(
    turn: &mut Turn,
    next: Next,
    shop: &OpenShop,
    transport: &dyn Transport,
    now: DateTime<Utc>,
) -> anyhow::Result<Stepped> {
    let number = turn.next_number().await?;
    let (conversation, event) = next.open(number);
    let done = proceed(&conversation, event, shop, transport, None, shop.local(now))?;
    anyhow::ensure!(done.next.is_none(), "a conversation that was just opened is closed already");
    Ok(done.stepped)
}

/// What the assistant is given of the messages that wait. What asks for no answer is
/// left out, and so is what another assistant has: a person was told of it.
async fn inbound(turn: &mut Turn, shop: &OpenShop) -> Result<Vec<Heard>, StoreError> {
    let waiting: Vec<_> = turn
        .messages()
        .iter()
        .map(|message| (message.source, message.sent_at, heard::read(&message.raw)))
        .collect();
    let mut all = Vec::with_capacity(waiting.len());
    for (source, sent_at, read) in waiting {
        let at = shop.local(sent_at);
        match source {
            Source::Customer => {}
            Source::Phone => {
                all.push(Heard::Store(at));
                continue;
            }
            Source::Standby | Source::Past | Source::PastPhone => continue,
        }
        let quote_ref = match read.as_ref().and_then(|read| read.refers_to()) {
            Some(id) => turn.find_quote_of_message(id.as_str()).await?,
            None => None,
        };
        let content = heard::content(read.as_deref(), quote_ref);
        all.extend(content.map(|content| Heard::Customer(Inbound { at, content })));
    }
    Ok(all)
}

fn describe(error: impl std::error::Error + Send + Sync + 'static) -> String {
    format!("{:#}", anyhow::Error::new(error))
}

async fn put_off(turn: Turn, reason: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
    after(turn.fail(reason, now).await?, reason);
    Ok(())
}

fn after(failure: AfterFailure, reason: &str) {
    match failure {
        AfterFailure::Retry { at, attempts } => {
            tracing::warn!(turn.attempts = attempts, turn.retry_at = %at, error = reason, "a turn failed");
        }
        AfterFailure::Dead { id } => {
            tracing::error!(dead_letter.id = %id, error = reason, "a turn failed too often; a person must look");
        }
    }
}
