//! The assistant: [`Conversation`], [`Event`], and [`step`], which decides what
//! happens next and says so as [`Effect`] values.
//!
//! One table decides every pair of state and happening; [`transitions`] prints it.
//!
//! # How a caller uses it
//!
//! In one transaction: lock and load the conversation, [`step`] it, store what
//! came out, carry the effects out in their order. Nothing is sent inside that
//! transaction; what is to be said is stored and sent after.
//!
//! * **Messages** that come within [`Policy::settle_seconds`] are read together and
//!   answered once. Give each as [`Event::Arrived`] and the timer decides; or gather
//!   them and give one [`Event::Inbound`]. Messages are never refused; every other
//!   event may be [out of place](StepError::OutOfPlace), and then nothing has changed.
//! * **Times** carry the store's offset, because *amanhã* is a day there. A message
//!   is read at its own time; [`step`]'s `now` is when it is worked on.
//! * **Timers** are kept in [`Conversation::timers`] and mirrored by
//!   [`Effect::SetTimer`] and [`Effect::CancelTimer`]. When one is due, give
//!   [`Event::Timer`]. One that was cancelled meanwhile, or is not due, is out of
//!   place: drop it.
//! * **Closed conversations** still listen. Thanks need no answer; what does comes
//!   back as [`Effect::OpenNext`], and [`Next::open`] gives the next conversation
//!   and the event to [`step`] it with, in the same transaction. [`advance`] does
//!   just that, where a number for the next conversation is at hand:
//!
//! ```
//! use orcazap_core::conversation::{QuoteNumber, StepError, advance};
//! use orcazap_core::{Conversation, Effect, Event, Shop};
//!
//! fn work(
//!     conversation: &Conversation,
//!     event: Event,
//!     shop: &Shop<'_>,
//!     now: chrono::DateTime<chrono::FixedOffset>,
//!     next_number: impl FnOnce() -> QuoteNumber,
//! ) -> Result<(), StepError> {
//!     for step in advance(conversation, event, shop, now, next_number)? {
//!         // Store step.conversation here, by its number.
//!         for effect in step.effects {
//!             match effect {
//!                 Effect::Say { say, answers } => println!("{answers:?} {}", say.code()),
//!                 // Store a quote, an approval, an order, a timer, …
//!                 _ => {}
//!             }
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! * **Acts** name the [revision](Act) the person saw. An approval of what changed
//!   meanwhile is a [stale revision](StepError::StaleRevision), not an approval.
//! * **A contact who wants no messages** is [`Conversation::opted_out`]; a new
//!   conversation of theirs must start with it. They return by an order or by
//!   writing *voltar*.

mod acting;
mod answer;
mod answering;
mod asking;
mod diagram;
mod editing;
mod effect;
mod event;
mod fact;
mod gathering;
mod hearing;
mod offering;
mod policy;
mod reply;
mod say;
mod state;
mod swapping;
mod table;
mod timing;
mod turn;

pub use answer::Answer;
pub use diagram::transitions;
pub use effect::{ApprovalOutcome, Edited, Effect, HandOverReason, LostReason, Next, Timer};
pub use event::{Act, CloseReason, Content, Edit, Event, Inbound, MediaKind};
pub use fact::Fact;
pub use policy::{Policy, PolicyError};
pub use reply::{Reply, ReplyError};
pub use say::{
    AskChoice, AskFor, AskPlace, Choice, Lacking, Occasion, Open, Packed, SaidItem, Say, Terms,
};
pub use state::{Asked, Conversation, Held, Offer, Question, QuoteNumber, QuoteRef, State};
pub use swapping::Swap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use self::table::Happening;
use self::turn::Turn;
use crate::approval::Rules;
use crate::authority::Refusal;
use crate::catalog::{Catalog, Sku};
use crate::pricing::{PriceBook, QuoteError};
use crate::quantity::Quantity;

/// What a store has decided, as far as a conversation needs it.
#[derive(Debug, Clone, Copy)]
pub struct Shop<'a> {
    /// What it sells.
    pub catalog: &'a Catalog,
    /// How it prices.
    pub book: &'a PriceBook,
    /// When a person must look.
    pub rules: &'a Rules,
    /// How the assistant behaves.
    pub policy: &'a Policy,
}

/// What one event leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The conversation as it is from now on.
    pub conversation: Conversation,
    /// What must be done, in this order. At most one [`Effect::Say`].
    pub effects: Vec<Effect>,
}

/// Why an event makes no sense in the state the conversation is in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StepError {
    /// The event does not belong to this state.
    #[error("{event} does not fit a conversation that is {state}")]
    OutOfPlace {
        /// The event's name.
        event: &'static str,
        /// The state's name.
        state: &'static str,
    },
    /// A person acted on a revision that is not the one that stands.
    #[error("acted on revision {given}, but revision {current} stands")]
    StaleRevision {
        /// The one the person saw.
        given: u32,
        /// The one that stands.
        current: u32,
    },
    /// The contact wants no messages, so a person cannot write.
    #[error("the contact wants no messages")]
    OptedOut,
    /// The sent quote is over its time; it must be edited and sent anew.
    #[error("the quote stood until {valid_until}")]
    Expired {
        /// Until when it stood.
        valid_until: DateTime<FixedOffset>,
    },
    /// The quote gives away more than the person may.
    #[error(transparent)]
    NotAllowed(#[from] Refusal),
    /// An edit names a product that is not in the quote.
    #[error("the quote has no line of {sku}")]
    NoSuchLine {
        /// The product that the edit names.
        sku: Sku,
    },
    /// An edit names words that nothing open was asked for in.
    #[error("nothing open was asked for in these words")]
    NoSuchAsk,
    /// With what an edit puts on top there is more of a product than the largest
    /// [`Quantity`].
    #[error("{added} on top of {stands} of {sku} is more than {}", Quantity::MOST)]
    TooMuchOnTop {
        /// The product that the edit names.
        sku: Sku,
        /// How many sale units the quote has.
        stands: Quantity,
        /// How many more there should be.
        added: Quantity,
    },
    /// There are no edits, or they change nothing of a quote in its time: one that waits
    /// is approved as it is, and one that was sent stands.
    #[error("there is nothing to change")]
    NoEdits,
    /// The edits leave nothing to sell.
    #[error("the edits leave no line")]
    NothingLeft,
    /// The edited order can't be priced.
    #[error("the edited order can't be priced")]
    CannotPrice {
        /// What the price book or the goods do not allow.
        #[from]
        source: QuoteError,
    },
}

/// Decides what an event leads to.
///
/// # Errors
///
/// [`StepError::OutOfPlace`] when the event makes no sense in this state; the
/// conversation stands unchanged.
pub fn step(
    conversation: &Conversation,
    event: Event,
    shop: &Shop<'_>,
    now: DateTime<FixedOffset>,
) -> Result<Step, StepError> {
    let mut turn = Turn::new(conversation, shop, now);
    let state = &conversation.state;
    match event {
        Event::Inbound { messages } => turn.read(messages)?,
        Event::Arrived { message } => {
            table::decide(state, Happening::Arrived)?;
            turn.gather(message)?;
        }
        Event::Timer { timer: Timer::Settle } => {
            table::decide(state, Happening::Settle)?;
            turn.ring(Timer::Settle, Happening::Settle)?;
            turn.read(Vec::new())?;
        }
        Event::Act { by, act } => {
            table::decide(state, Happening::of_act(&act))?;
            turn.act(by, act)?;
        }
        Event::WroteElsewhere { at } => {
            table::decide(state, Happening::WroteElsewhere)?;
            turn.leave_them(at);
        }
        Event::QuoteDelivery { revision, delivered } => {
            let happening = if delivered { Happening::Delivered } else { Happening::Undelivered };
            turn.report(table::decide(state, happening)?, revision)?;
        }
        Event::Timer { timer } => {
            let happening = Happening::of_timer(timer);
            let tick = table::decide(state, happening)?;
            turn.ring(timer, happening)?;
            turn.tick(tick, happening)?;
        }
    }
    Ok(turn.finish())
}

/// [`step`], and on into the contact's next conversation when the event opens one.
///
/// Gives the step of the conversation, then that of the one it opened, if it did;
/// the last one listens from now on. [`Effect::OpenNext`] is carried out and is not
/// among the effects. `next_number` is asked for when a conversation is opened.
///
/// # Errors
///
/// As [`step`]; nothing has changed then.
pub fn advance(
    conversation: &Conversation,
    event: Event,
    shop: &Shop<'_>,
    now: DateTime<FixedOffset>,
    next_number: impl FnOnce() -> QuoteNumber,
) -> Result<Vec<Step>, StepError> {
    let mut done = step(conversation, event, shop, now)?;
    let opens = |effect: &mut Effect| matches!(effect, Effect::OpenNext { .. });
    let Some(Effect::OpenNext { next }) = done.effects.extract_if(.., opens).next() else {
        return Ok(vec![done]);
    };
    let (opened, first) = next.open(next_number());
    Ok(vec![done, step(&opened, first, shop, now)?])
}
