//! What a person's act, the clock or a delivery report leads to.

use chrono::{DateTime, FixedOffset};

use super::StepError;
use super::answering::is_order_of;
use super::editing::has_news;
use super::effect::{ApprovalOutcome, Effect, HandOverReason, LostReason};
use super::event::{Act, CloseReason};
use super::hearing::{Heard, hear};
use super::say::{AskPlace, Occasion, Say};
use super::state::{Conversation, Held, Offer, State};
use super::table::{Happening, Move};
use super::turn::Turn;
use crate::approval::{Decision, Reason};
use crate::authority::{Actor, Editor, PersonId, may_send};

impl Turn<'_> {
    /// Carries out what a person did.
    ///
    /// # Errors
    ///
    /// [`StepError::StaleRevision`] when it concerns another revision than the
    /// one that stands, [`StepError::OptedOut`] when it would speak to a contact
    /// who wants no messages, [`StepError::Expired`] for an order by a quote
    /// that is over, [`StepError::NotAllowed`] for a yes to more than the person may
    /// give away, and [`Self::edit`]'s.
    pub(super) fn act(&mut self, by: Actor, act: Act) -> Result<(), StepError> {
        let speaks = !matches!(act, Act::TakeOver | Act::Close { .. });
        if speaks && self.conversation.opted_out {
            return Err(StepError::OptedOut);
        }
        match act {
            Act::Approve { revision } => self.approve(by, revision),
            Act::EditAndApprove { revision, edits } => self.edit(by, revision, edits),
            Act::Reject { revision, message } => self.reject(by.id, revision, message),
            Act::PlaceOrder { revision } => self.place(revision),
            Act::TakeOver => {
                self.hand_over(HandOverReason::TakenOver);
                Ok(())
            }
            Act::GiveBack => {
                let heard = self.pick_up();
                self.give_back();
                if heard.happening == Happening::Accept && !self.has_spoken() {
                    self.accept(heard);
                }
                self.say_answers();
                Ok(())
            }
            Act::Reply { text } => {
                self.leave_them(self.now);
                self.say(Say::Person { text });
                Ok(())
            }
            Act::Close { reason } => {
                if reason == CloseReason::OptedOut && !self.conversation.opted_out {
                    self.conversation.opted_out = true;
                    self.push(Effect::OptOut);
                }
                self.lose(reason.into());
                Ok(())
            }
        }
    }

    /// Sends the quote that waits. One that is over its time is priced anew, and
    /// waits again when today's prices make another quote of it.
    fn approve(&mut self, by: Actor, revision: u32) -> Result<(), StepError> {
        let (offer, reasons) =
            self.waiting().ok_or_else(|| self.out_of_place(Happening::Approve))?;
        self.check_revision(revision, &offer)?;
        self.vouch(by, &reasons)?;
        if !self.is_over(&offer) {
            self.close_approval(ApprovalOutcome::Approved { by: by.id });
            self.show(self.on_the_day(offer), Occasion::Revised);
            return Ok(());
        }
        let renewed = self.price((*offer.order).clone())?;
        let same = renewed.quote.total() == offer.quote.total()
            && renewed.quote.lines() == offer.quote.lines();
        match self.review(&renewed)? {
            Decision::Ask(found) if !same || has_news(&found, &reasons) => {
                self.queue(renewed, None, found);
            }
            Decision::Ask(_) | Decision::Auto => {
                let revision = renewed.quote_ref.revision;
                let outcome = ApprovalOutcome::Edited { by: by.id, revision };
                self.send(renewed, None, outcome, Occasion::Revised);
            }
        }
        Ok(())
    }

    /// An offer with the day as last said: it changes no price, and may have been
    /// said while the quote waited.
    pub(super) fn on_the_day(&self, mut offer: Offer) -> Offer {
        if is_order_of(&self.conversation.draft, &offer) {
            offer.order.delivery = self.conversation.draft.delivery;
        }
        offer
    }

    /// Takes a second person's yes to what was set by hand.
    ///
    /// # Errors
    ///
    /// [`StepError::NotAllowed`] when their own limit does not cover it.
    fn vouch(&mut self, by: Actor, reasons: &[Reason]) -> Result<(), StepError> {
        for reason in reasons {
            let Reason::SecondPerson { by: first, found, .. } = reason else { continue };
            let same = first.is_some_and(|first| first.id == by.id);
            let editor = if same { Editor::Same } else { Editor::Other };
            may_send(*found, &self.shop.policy.limits.of(by.role), editor)?;
            self.conversation.overridden_by = Some(by);
        }
        Ok(())
    }

    fn reject(&mut self, by: PersonId, revision: u32, message: String) -> Result<(), StepError> {
        let (offer, _) = self.waiting().ok_or_else(|| self.out_of_place(Happening::Reject))?;
        self.check_revision(revision, &offer)?;
        let reason = HandOverReason::Rejected;
        self.close_approval(ApprovalOutcome::Rejected { by });
        self.conversation.asked.clear();
        self.enter(State::HandedOver { reason, held: Some(Held::Rejected { offer }) });
        self.say(if message.trim().is_empty() {
            Say::HandedOver { reason }
        } else {
            Say::Person { text: message }
        });
        Ok(())
    }

    fn place(&mut self, revision: u32) -> Result<(), StepError> {
        let offer = self.sent().ok_or_else(|| self.out_of_place(Happening::PlaceOrder))?;
        self.check_revision(revision, &offer)?;
        if self.is_over(&offer) {
            return Err(StepError::Expired { valid_until: offer.quote.valid_until() });
        }
        self.win(offer);
        Ok(())
    }

    /// Answers what the customer asked while a person had the conversation and did not
    /// write; what only a person can answer, one is called for. A yes to the quote that
    /// was sent is heard as one.
    fn pick_up(&mut self) -> Heard {
        let unanswered = std::mem::take(&mut self.conversation.unanswered);
        let view = match &self.conversation.state {
            State::HandedOver { held: Some(held), .. } => self.as_given_back(held),
            _ => None,
        };
        let view = view.as_ref().unwrap_or(&self.conversation);
        let mut heard = hear(view, unanswered, self.shop);
        // What was said of the order was noted when it came.
        heard.draft.clone_from(&self.conversation.draft);
        if heard.asks_more || heard.happening == Happening::Question {
            self.leave_to_a_person();
        }
        self.answers.splice(..0, heard.answers.clone());
        heard
    }

    /// The conversation as it would stand when it is given back, where the quote that was
    /// sent stands again.
    pub(super) fn as_given_back(&self, held: &Held) -> Option<Conversation> {
        let state = self.restored(held)?;
        Some(Conversation { state, ..self.conversation.clone() })
    }

    /// Goes on where the conversation stood: a quote that waits or was sent for
    /// this very order stands again without a word; anything else is asked for
    /// or quoted from nothing.
    fn give_back(&mut self) {
        let State::HandedOver { held, .. } = self.conversation.state.clone() else { return };
        if self.stands_again(held.as_ref()) {
            return;
        }
        match held {
            Some(Held::Sent { offer }) => {
                let over = self.is_over(&offer);
                let occasion = if over { Occasion::Renewed } else { Occasion::Revised };
                self.advance(occasion, AskPlace::Where);
            }
            None if self.conversation.draft.is_empty() => self.enter(State::New),
            Some(Held::Waiting { .. } | Held::Rejected { .. }) | None => {
                self.advance(Occasion::Revised, AskPlace::Where);
            }
        }
    }

    /// A person of the store wrote to the customer: the conversation is theirs, and
    /// nothing of the assistant's comes between. A closed one stays closed.
    pub(super) fn leave_them(&mut self, at: DateTime<FixedOffset>) {
        self.conversation.person_wrote = self.conversation.person_wrote.max(Some(at));
        if !self.conversation.state.is_closed() {
            self.hand_over(HandOverReason::Talking);
        }
    }

    /// A talk of which nobody says more. The quote that is there and stands goes on
    /// without a word; anything else is closed, and the next message begins anew.
    fn release(&mut self) {
        let State::HandedOver { held, .. } = self.conversation.state.clone() else { return };
        if self.stands_again(held.as_ref()) {
            return;
        }
        match held {
            Some(Held::Sent { offer }) if self.is_over(&offer) => self.lose(LostReason::Expired),
            _ => self.lose(LostReason::Idle),
        }
    }

    /// Lets the quote that was there stand again without a word, if it still may;
    /// tells whether it does.
    fn stands_again(&mut self, held: Option<&Held>) -> bool {
        let Some(state) = held.and_then(|held| self.restored(held)) else { return false };
        self.enter(state);
        true
    }

    /// The state in which a quote that was there stands again, if it still may.
    fn restored(&self, held: &Held) -> Option<State> {
        match held {
            Held::Waiting { offer, reasons } if self.stands(offer) => {
                let (offer, reasons) = (offer.clone(), reasons.clone());
                Some(State::AwaitingApproval { offer, reasons, reassured: false })
            }
            Held::Sent { offer } if self.stands(offer) => {
                Some(State::Quoted { offer: offer.clone() })
            }
            Held::Waiting { .. } | Held::Sent { .. } | Held::Rejected { .. } => None,
        }
    }

    /// Whether a quote is for this very order and within its time.
    fn stands(&self, offer: &Offer) -> bool {
        is_order_of(&self.conversation.draft, offer) && !self.is_over(offer)
    }

    /// Carries out what the clock brings.
    ///
    /// # Errors
    ///
    /// [`StepError::OutOfPlace`] for moves that are none of the clock's.
    pub(super) fn tick(&mut self, tick: Move, happening: Happening) -> Result<(), StepError> {
        match tick {
            Move::Remind => {
                if let Some((offer, _)) = self.waiting() {
                    self.push(Effect::RemindApproval { quote_ref: offer.quote_ref });
                }
            }
            Move::FollowUp => self.follow_up(),
            Move::Expire => self.lose(LostReason::Expired),
            Move::GoIdle => self.lose(LostReason::Idle),
            Move::Release => self.release(),
            Move::AskAgain => self.ask_again(),
            _ => return Err(self.out_of_place(happening)),
        }
        Ok(())
    }

    /// One friendly word, inside the free window only.
    fn follow_up(&mut self) {
        let Some(offer) = self.sent().filter(|offer| !self.is_over(offer)) else { return };
        if self.is_in_window() {
            self.conversation.followed_up = Some(offer.quote_ref.revision);
            self.say(Say::FollowUp {
                quote_ref: offer.quote_ref,
                total: offer.quote.total(),
                valid_until: offer.quote.valid_until(),
            });
        }
    }

    /// A quote that never arrived: when it is the one that stands, a person must
    /// find another way to the customer.
    ///
    /// # Errors
    ///
    /// [`StepError::StaleRevision`] for a revision that never was.
    pub(super) fn report(&mut self, found: Move, revision: u32) -> Result<(), StepError> {
        let newest = self.conversation.revision;
        if revision == 0 || revision > newest {
            return Err(StepError::StaleRevision { given: revision, current: newest });
        }
        let current = self.sent().is_some_and(|offer| offer.quote_ref.revision == revision);
        if current && found == Move::Undelivered {
            self.hand_over(HandOverReason::Undelivered);
        }
        Ok(())
    }

    pub(super) fn out_of_place(&self, happening: Happening) -> StepError {
        StepError::OutOfPlace { event: happening.code(), state: self.conversation.state.code() }
    }
}
