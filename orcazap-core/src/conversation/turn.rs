//! One event being worked through: the conversation as it changes, and the
//! effects as they gather. A turn that ends in an error is dropped whole.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::answer::Answer;
use super::effect::{ApprovalOutcome, Edited, Effect, HandOverReason, LostReason, Timer};
use super::say::Say;
use super::state::{Conversation, Held, Offer, Question, State};
use super::table::Happening;
use super::{Shop, Step, StepError};
use crate::approval::Reason;
use crate::order::{Draft, Order};
use crate::place::Place;

pub(super) struct Turn<'a> {
    pub(super) conversation: Conversation,
    pub(super) shop: &'a Shop<'a>,
    pub(super) now: DateTime<FixedOffset>,
    /// What was asked and is answered with whatever is said.
    pub(super) answers: Vec<Answer>,
    effects: Vec<Effect>,
    draft_before: Draft,
    timers_before: BTreeMap<Timer, DateTime<FixedOffset>>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(
        conversation: &Conversation,
        shop: &'a Shop<'a>,
        now: DateTime<FixedOffset>,
    ) -> Self {
        Self {
            conversation: conversation.clone(),
            shop,
            now,
            answers: Vec::new(),
            effects: Vec::new(),
            draft_before: conversation.draft.clone(),
            timers_before: conversation.timers.clone(),
        }
    }

    /// The step, with the timers that changed as its last effects but for the opening
    /// of the next conversation.
    pub(super) fn finish(mut self) -> Step {
        let next = self.effects.pop_if(|effect| matches!(effect, Effect::OpenNext { .. }));
        for timer in Timer::ALL {
            let before = self.timers_before.get(timer);
            match self.conversation.timers.get(timer) {
                Some(at) if before != Some(at) => {
                    self.effects.push(Effect::SetTimer { timer: *timer, at: *at });
                }
                None if before.is_some() => {
                    self.effects.push(Effect::CancelTimer { timer: *timer });
                }
                Some(_) | None => {}
            }
        }
        self.effects.extend(next);
        Step { conversation: self.conversation, effects: self.effects }
    }

    /// What the order lacked before this turn.
    pub(super) fn lacked(&self) -> Vec<Question> {
        self.draft_before.missing().into_iter().map(Question::from).collect()
    }

    /// Whether this turn noted something of the order.
    pub(super) fn noted(&self) -> bool {
        self.conversation.draft != self.draft_before
    }

    /// Whether this turn changed the goods of the order. What the store does not have
    /// counts beside goods that it has.
    pub(super) fn grew(&self) -> bool {
        let (draft, before) = (&self.conversation.draft, &self.draft_before);
        let has_goods = !(draft.items.is_empty() && draft.ambiguous.is_empty());
        draft.items != before.items
            || draft.ambiguous != before.ambiguous
            || has_goods && draft.unknown != before.unknown
    }

    pub(super) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Says something, at most once a turn, and the answers with it. Nothing is
    /// said to a contact who wants no messages.
    pub(super) fn say(&mut self, say: Say) {
        debug_assert!(!self.has_spoken(), "one message a turn");
        if !self.has_spoken() && !self.conversation.opted_out {
            let answers = std::mem::take(&mut self.answers);
            let said = Say::Answer { answer: Answer::FreightByPlace };
            if say == said || answers.contains(&Answer::FreightByPlace) {
                self.count(Question::Place);
            }
            self.effects.push(Effect::Say { say, answers });
        }
    }

    /// Says the answers that nothing else was said with, unless a person has the
    /// conversation or it is closed.
    pub(super) fn say_answers(&mut self) {
        let silent = matches!(self.conversation.state, State::HandedOver { .. })
            || self.conversation.state.is_closed();
        if !silent
            && !self.has_spoken()
            && let Some(answer) = self.answers.pop()
        {
            self.say(Say::Answer { answer });
        }
    }

    pub(super) fn has_spoken(&self) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Say { .. }))
    }

    /// Goes to a state, with its timers and without those of the last one.
    pub(super) fn enter(&mut self, state: State) {
        self.conversation.timers = self.timers_of(&state);
        self.conversation.state = state;
    }

    /// Takes a timer that rang.
    ///
    /// # Errors
    ///
    /// [`StepError::OutOfPlace`] when it is not set, or not due yet.
    pub(super) fn ring(&mut self, timer: Timer, happening: Happening) -> Result<(), StepError> {
        let due = self.conversation.timers.get(&timer).is_some_and(|at| *at <= self.now);
        if !due {
            return Err(self.out_of_place(happening));
        }
        self.conversation.timers.remove(&timer);
        self.timers_before.remove(&timer);
        Ok(())
    }

    /// The quote the customer has in hand, if one was sent and stands.
    pub(super) fn sent(&self) -> Option<Offer> {
        match &self.conversation.state {
            State::HandedOver { held: Some(Held::Sent { offer }), .. } => Some(offer.clone()),
            state => state.sent().cloned(),
        }
    }

    /// The quote that waits for a person, and why.
    pub(super) fn waiting(&self) -> Option<(Offer, Vec<Reason>)> {
        match &self.conversation.state {
            State::AwaitingApproval { offer, reasons, .. }
            | State::HandedOver { held: Some(Held::Waiting { offer, reasons }), .. } => {
                Some((offer.clone(), reasons.clone()))
            }
            State::New
            | State::Capturing
            | State::Quoted { .. }
            | State::Negotiating { .. }
            | State::HandedOver { .. }
            | State::Won { .. }
            | State::Lost { .. } => None,
        }
    }

    /// Takes the quote that waits, if one does, out of the queue.
    pub(super) fn close_approval(&mut self, outcome: ApprovalOutcome) {
        if let Some((offer, _)) = self.waiting() {
            self.push(Effect::CloseApproval { quote_ref: offer.quote_ref, outcome });
        }
    }

    /// Closes the conversation without an order.
    pub(super) fn lose(&mut self, reason: LostReason) {
        self.close_approval(ApprovalOutcome::Superseded);
        let offer = self.conversation.state.offer().cloned();
        self.enter(State::Lost { reason, offer });
    }

    /// Places the order of an offer and closes the conversation with it.
    pub(super) fn win(&mut self, mut offer: Offer) {
        let delivery = self.conversation.draft.delivery;
        offer.order.delivery = delivery;
        self.push(Effect::PlaceOrder { quote_ref: offer.quote_ref, delivery });
        let mut say = accepted(&offer);
        if let Say::Accepted { asks_day, .. } = &mut say {
            *asks_day = self.asks_day(&offer.order);
        }
        self.say(say);
        self.enter(State::Won { offer });
    }

    /// Whether the day of an order that is being placed is asked for: the store wants it,
    /// the goods are brought, and nobody has said when.
    fn asks_day(&self, order: &Order) -> bool {
        let pickup = matches!(order.place, Some(Place::Pickup));
        self.shop.policy.ask_day && !pickup && !order.delivery.is_some_and(|wish| wish.has_day())
    }

    /// Gives the conversation to a person, with the quote that is there. One
    /// that waits stays in the queue.
    pub(super) fn hand_over(&mut self, reason: HandOverReason) {
        let held = match (self.waiting(), self.sent()) {
            (Some((offer, reasons)), _) => Some(Held::Waiting { offer, reasons }),
            (None, Some(offer)) => Some(Held::Sent { offer }),
            (None, None) => None,
        };
        self.conversation.asked.clear();
        self.conversation.unanswered.clear();
        if !is_talk(reason) {
            self.push(Effect::HandOver { reason });
        }
        self.enter(State::HandedOver { reason, held });
    }

    /// Refuses an act on another revision than the one that stands.
    pub(super) fn check_revision(&self, given: u32, stands: &Offer) -> Result<(), StepError> {
        let current = stands.quote_ref.revision;
        (given == current).then_some(()).ok_or(StepError::StaleRevision { given, current })
    }

    /// Whether a quote is over its time.
    pub(super) fn is_over(&self, offer: &Offer) -> bool {
        self.now >= offer.quote.valid_until()
    }

    /// Keeps an offer as the newest revision.
    pub(super) fn record(&mut self, offer: &Offer, edited: Option<Edited>) {
        self.conversation.revision = offer.quote_ref.revision;
        self.forget_older_quotes();
        self.push(Effect::RecordQuote { offer: offer.clone(), edited });
    }
}

/// The words that confirm an order, and ask for nothing.
pub(super) fn accepted(offer: &Offer) -> Say {
    Say::Accepted {
        quote_ref: offer.quote_ref,
        total: offer.quote.total(),
        payment: offer.order.payment,
        delivery: offer.order.delivery,
        pickup: matches!(offer.order.place, Some(Place::Pickup)),
        asks_day: false,
    }
}

/// Whether a person is there already, so that nobody need be called, and silence
/// means that it is over. Where the customer waits for one, it means nothing.
pub(super) fn is_talk(reason: HandOverReason) -> bool {
    match reason {
        HandOverReason::TakenOver | HandOverReason::Talking | HandOverReason::Rejected => true,
        HandOverReason::Asked
        | HandOverReason::Question
        | HandOverReason::NotUnderstood
        | HandOverReason::Media
        | HandOverReason::AfterSale
        | HandOverReason::CannotPrice
        | HandOverReason::Undelivered => false,
    }
}
