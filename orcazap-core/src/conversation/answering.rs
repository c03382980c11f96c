//! What the customer's words lead to: the moves of the table that answer.

use super::StepError;
use super::answer::Answer;
use super::effect::{Effect, HandOverReason, LostReason, Next, Timer};
use super::hearing::{Heard, has_goods, hear};
use super::say::{AskPlace, Occasion, Say};
use super::state::{Conversation, Offer, Question, State};
use super::table::{Happening, Move};
use super::turn::{Turn, accepted, is_talk};
use crate::approval::Decision;
use crate::order::{Delivery, Draft, Order};
use crate::reading::Intent;

/// How many of the last texts are remembered.
const MAX_HEARD: usize = 20;

/// How many messages that a person has not answered are kept.
const MAX_UNANSWERED: usize = 20;

/// The most characters of a customer's words that are kept as a reason.
const MAX_WORDS: usize = 500;

impl Turn<'_> {
    /// Carries out a move that answers the customer.
    ///
    /// # Errors
    ///
    /// [`StepError::OutOfPlace`] for moves that answer no message.
    pub(super) fn answer(&mut self, answer: Move, heard: Heard) -> Result<(), StepError> {
        let latest = heard.messages.iter().map(|message| message.at).max();
        self.conversation.last_inbound = self.conversation.last_inbound.max(latest);
        if heard.returns {
            self.conversation.opted_out = false;
            self.push(Effect::OptIn);
        }
        self.answers.clone_from(&heard.answers);
        self.conversation.looked_at.clone_from(&heard.looked_at);
        self.conversation.refused.extend(heard.refused.iter().cloned());
        self.remember(&heard.texts);
        // What delivery costs is told by asking where to.
        let asks_where = self.answers.contains(&Answer::FreightByPlace);
        if asks_where && self.is_worn(&Question::Place) {
            self.answers.retain(|answer| *answer != Answer::FreightByPlace);
            if answer == Move::Answer {
                self.conversation.draft = heard.draft;
                self.give_up();
                return Ok(());
            }
        }
        // What was asked beside what is answered is for a person; the order does not wait.
        let goes_on = matches!(answer, Move::Collect | Move::Rework | Move::Accept | Move::Answer);
        if heard.asks_more && goes_on {
            self.leave_to_a_person();
        }
        match answer {
            Move::Note => self.note(heard),
            Move::Acknowledge => self.acknowledge(heard),
            Move::Welcome => self.welcome(heard.happening),
            Move::Collect => self.collect(heard),
            Move::Rework => self.rework(heard),
            Move::Alert => self.alert(heard),
            Move::Reassure => self.reassure(None),
            Move::ShowAgain => self.show_again(heard.draft),
            Move::Answer => self.look_at(heard),
            Move::AskChange => {
                let question = Question::Change { revision: self.conversation.revision };
                self.ask_about(question, |quote_ref| Say::WhatToChange { quote_ref });
            }
            Move::Clarify => {
                let question = Question::Meaning { revision: self.conversation.revision };
                self.ask_about(question, |quote_ref| Say::Unclear { quote_ref });
            }
            Move::AskSwap => self.ask_which_swap(),
            Move::SetDay => self.set_day(heard.draft.delivery),
            Move::Accept => self.accept(heard),
            Move::ConfirmAgain => self.confirm_again(heard),
            Move::Cancel => {
                self.lose(LostReason::Cancelled);
                self.say(Say::Cancelled);
            }
            Move::Decline => {
                let words = heard.words.chars().take(MAX_WORDS).collect();
                self.lose(LostReason::Declined { words });
                self.say(Say::Declined);
            }
            Move::HandOver => self.give_away(heard),
            Move::PassOn => self.pass_on(heard),
            Move::LeaveThem => {
                self.conversation.draft = heard.draft;
                self.hand_over(HandOverReason::Talking);
            }
            Move::OptOut => self.opt_out(),
            Move::OpenNext => self.open_next(heard, Draft::default()),
            Move::AfterLoss => self.after_loss(heard),
            Move::Renew => self.renew(heard),
            Move::Reopen => {
                let draft = self.conversation.draft.clone();
                self.open_next(heard, draft);
            }
            Move::Refuse
            | Move::Approve
            | Move::Edit
            | Move::Reject
            | Move::Place
            | Move::TakeOver
            | Move::Resume
            | Move::Speak
            | Move::Close
            | Move::Undelivered
            | Move::Remind
            | Move::FollowUp
            | Move::Expire
            | Move::GoIdle
            | Move::Release
            | Move::AskAgain
            | Move::Wait
            | Move::Read => {
                return Err(self.out_of_place(heard.happening));
            }
        }
        self.say_answers();
        Ok(())
    }

    /// Remembers the last texts of the order, so that one that is sent again is known.
    fn remember(&mut self, texts: &[u32]) {
        let heard = &mut self.conversation.heard;
        heard.extend(texts);
        heard.drain(..heard.len().saturating_sub(MAX_HEARD));
    }

    /// Takes in what was said and says nothing: a person may be talking with the
    /// customer, and that goes on. A closed order does not change any more.
    fn note(&mut self, heard: Heard) {
        if heard.happening == Happening::Hushed {
            if heard.intent == Some(Intent::Human) {
                self.push(Effect::HandOver { reason: HandOverReason::Asked });
            }
            return;
        }
        let handed_over = matches!(self.conversation.state, State::HandedOver { .. });
        if handed_over && (heard.asks() || self.says_yes(&heard)) {
            let unanswered = &mut self.conversation.unanswered;
            unanswered.extend(heard.messages);
            unanswered.drain(..unanswered.len().saturating_sub(MAX_UNANSWERED));
        } else if matches!(heard.happening, Happening::Cancel | Happening::Decline) {
            // A yes before it is none any more, and what was asked is not asked either.
            self.conversation.unanswered.clear();
        }
        if !self.conversation.state.is_closed() {
            self.conversation.draft = heard.draft;
        }
        if self.conversation.state == State::Capturing {
            self.await_answer();
        }
        if self.conversation.timers.contains_key(&Timer::TalkOver) {
            let over = self.talk_over_at().map(|at| (Timer::TalkOver, at));
            self.conversation.timers.extend(over);
        }
    }

    /// Whether what is said to a person who has not written yet takes the quote that was
    /// sent. A yes to a person's words is that person's.
    fn says_yes(&self, heard: &Heard) -> bool {
        let State::HandedOver { reason, held: Some(held) } = &self.conversation.state else {
            return false;
        };
        let wrote = matches!(reason, HandOverReason::Talking | HandOverReason::Rejected);
        // `ok` to whoever is called is no yes to the quote.
        let only_heard = heard.happening == Happening::Courtesy;
        let view = self.as_given_back(held).filter(|_| !wrote && !only_heard);
        view.is_some_and(|view| {
            hear(&view, heard.messages.clone(), self.shop).happening == Happening::Accept
        })
    }

    /// Says once that a photo or voice message came, while the customer waits for a
    /// person. Handing over for one has said so.
    fn acknowledge(&mut self, heard: Heard) {
        let State::HandedOver { reason, .. } = self.conversation.state else { return };
        let known = reason == HandOverReason::Media
            || self.conversation.unanswered.iter().any(|message| message.content.is_media());
        self.note(heard);
        if !known && !is_talk(reason) {
            self.say(Say::HandedOver { reason: HandOverReason::Media });
        }
    }

    /// Welcomes once. Words that are not understood after that go to a person;
    /// a second greeting or thanks need no second welcome.
    fn welcome(&mut self, happening: Happening) {
        if self.conversation.times_asked(&Question::Items) == 0 {
            self.count(Question::Items);
            self.say(Say::Welcome { number: self.conversation.number });
        } else if happening == Happening::Unclear {
            self.hand_over(HandOverReason::NotUnderstood);
            self.say(Say::HandedOver { reason: HandOverReason::NotUnderstood });
        }
    }

    /// Keeps the goods that were asked about while no quote stands, so that `quero 10`
    /// means them; the answers are all that is said.
    fn look_at(&mut self, heard: Heard) {
        let changed = heard.draft != self.conversation.draft;
        let waits = self.conversation.timers.contains_key(&Timer::IdleDraft);
        let collects = match self.conversation.state {
            State::New => changed,
            // What was left of an order that was lost is an open one again.
            State::Capturing => changed || !waits,
            _ => false,
        };
        if collects {
            self.conversation.draft = heard.draft;
            self.enter(State::Capturing);
        }
    }

    fn collect(&mut self, heard: Heard) {
        self.conversation.draft = heard.draft;
        self.advance(Occasion::Revised, ask_place(heard.map));
    }

    /// What a message does to an order that has a quote already.
    fn rework(&mut self, heard: Heard) {
        let Some(offer) = self.conversation.state.offer().cloned() else {
            return self.collect(heard);
        };
        let changed = heard.draft != self.conversation.draft;
        let same_order = is_order_of(&heard.draft, &offer);
        match (self.sent().is_some(), same_order) {
            (true, true) => self.show_again(heard.draft),
            (false, true) => {
                let day = heard.draft.delivery;
                let noted = day.filter(|_| day != self.conversation.draft.delivery);
                self.conversation.draft = heard.draft;
                self.reassure(noted);
            }
            (false, false) if !changed => self.reassure(None),
            (sent, _) => {
                self.conversation.draft = heard.draft;
                let renewed = sent && self.is_over(&offer);
                let occasion = if renewed { Occasion::Renewed } else { Occasion::Revised };
                self.advance(occasion, ask_place(heard.map));
            }
        }
    }

    /// Gives the conversation to a person.
    fn give_away(&mut self, heard: Heard) {
        self.conversation.draft = heard.draft;
        let reason = reason_of(heard.happening);
        self.hand_over(reason);
        self.say(Say::HandedOver { reason });
    }

    /// Leaves a question to a person and goes on with the order, if there is one.
    fn pass_on(&mut self, heard: Heard) {
        if !has_goods(&heard.draft) {
            return self.give_away(heard);
        }
        self.leave_to_a_person();
        if heard.draft == self.conversation.draft {
            self.await_answer();
        } else {
            self.collect(heard);
        }
    }

    /// Calls a person to answer what was asked, and says so with whatever is said.
    pub(super) fn leave_to_a_person(&mut self) {
        self.push(Effect::HandOver { reason: HandOverReason::Question });
        self.answers.push(Answer::ByPerson);
    }

    /// Tells the store that the customer who waits wants a person.
    fn alert(&mut self, heard: Heard) {
        self.push(Effect::HandOver { reason: reason_of(heard.happening) });
        self.rework(heard);
    }

    /// Says once that the quote still waits; from then on it is the store that
    /// is reminded. A day that was noted is always confirmed.
    pub(super) fn reassure(&mut self, noted: Option<Delivery>) {
        let window_end = self.window_end();
        let State::AwaitingApproval { offer, reassured, .. } = &mut self.conversation.state else {
            return;
        };
        let (first, quote_ref) = (!std::mem::replace(reassured, true), offer.quote_ref);
        if let Some(end) = window_end {
            self.conversation.timers.insert(Timer::WindowCloses, end);
        }
        if !first {
            self.push(Effect::RemindApproval { quote_ref });
        }
        if first || noted.is_some() {
            self.say(Say::StillUnderReview { noted });
        }
    }

    /// Shows the quote that stands, with the day as last said. One that is over
    /// its time, or whose order was changed and is not complete, goes on from
    /// there instead.
    fn show_again(&mut self, draft: Draft) {
        self.conversation.draft = draft;
        let Some(mut offer) = self.sent() else { return };
        if self.is_over(&offer) {
            return self.advance(Occasion::Renewed, AskPlace::Where);
        }
        if !is_order_of(&self.conversation.draft, &offer) {
            return self.advance(Occasion::Revised, AskPlace::Where);
        }
        offer.order.delivery = self.conversation.draft.delivery;
        self.show(offer, Occasion::Again);
    }

    /// A yes. It places the order of the quote that stands, unless that is over
    /// its time or the yes brought a change that needs another quote.
    pub(super) fn accept(&mut self, heard: Heard) {
        let Some(offer) = self.sent() else { return };
        let pressed = heard.pressed_accept && heard.draft == self.conversation.draft;
        self.conversation.draft = heard.draft;
        if self.is_over(&offer) {
            return self.advance(Occasion::Renewed, AskPlace::Where);
        }
        // The button names the revision: open questions about a change that was
        // thought of since do not stand in its way.
        if pressed || is_order_of(&self.conversation.draft, &offer) {
            return self.win(offer);
        }
        match self.conversation.draft.to_order().and_then(|order| self.as_good(order, &offer)) {
            Some(same_price) => {
                self.record(&same_price, None);
                self.win(same_price);
            }
            None => self.advance(Occasion::Revised, AskPlace::Where),
        }
    }

    /// The offer for a changed order when it costs the same, line by line, and
    /// may go out by itself.
    fn as_good(&self, order: Order, offer: &Offer) -> Option<Offer> {
        let new = self.price(order).ok()?;
        let same =
            new.quote.total() == offer.quote.total() && new.quote.lines() == offer.quote.lines();
        (same && self.review(&new).ok()? == Decision::Auto).then_some(new)
    }

    /// The day of the order that is placed, said after the yes: it is placed once more,
    /// which changes the day and nothing else.
    fn set_day(&mut self, delivery: Option<Delivery>) {
        let State::Won { offer } = &self.conversation.state else { return };
        // A day on which the store is closed is none.
        if !delivery.is_some_and(|wish| wish.has_day()) {
            if let Some(answer) = self.answers.pop() {
                self.say(Say::Answer { answer });
            }
            return;
        }
        let mut offer = offer.clone();
        offer.order.delivery = delivery;
        self.conversation.draft.delivery = delivery;
        self.push(Effect::PlaceOrder { quote_ref: offer.quote_ref, delivery });
        self.say(accepted(&offer));
        self.enter(State::Won { offer });
    }

    /// A yes to what is bought already. A button of another order is for the
    /// next conversation.
    fn confirm_again(&mut self, heard: Heard) {
        match &self.conversation.state {
            // Words that ask what it came to are about this order.
            State::Won { offer } if heard.own_button || heard.intent.is_some() => {
                let say = accepted(offer);
                self.say(say);
            }
            _ => self.open_next(heard, Draft::default()),
        }
    }

    fn opt_out(&mut self) {
        if !self.conversation.state.is_closed() {
            self.lose(LostReason::OptedOut);
        }
        self.say(Say::OptedOut);
        self.push(Effect::OptOut);
        self.conversation.opted_out = true;
    }

    /// Leaves the messages to the contact's next conversation. It starts from an
    /// order that went quiet when they only complete or change it, and from where to and
    /// how to pay when they want more with what was bought within the last day.
    fn open_next(&mut self, heard: Heard, draft: Draft) {
        let went_quiet = matches!(
            self.conversation.state,
            State::Lost { reason: LostReason::Expired | LostReason::Idle, .. }
        );
        let goes_on = matches!(heard.intent, Some(Intent::Details | Intent::Change));
        // `tá caro` and then `tem desconto no pix?`: it is not over.
        let declined = matches!(
            self.conversation.state,
            State::Lost { reason: LostReason::Declined { .. }, .. }
        );
        let haggles = declined && heard.answers.iter().any(Answer::is_about_terms);
        let keeps = went_quiet && goes_on || haggles || heard.reopens;
        let last = &self.conversation.draft;
        let (follows, draft) = match &self.conversation.state {
            // The quote says the terms again, and asks for the yes to them.
            State::Won { offer } if heard.wants_more && heard.happening == Happening::Order => {
                (Some(offer.quote_ref), terms(last))
            }
            State::Won { offer } => (Some(offer.quote_ref), draft),
            _ if keeps => (None, last.clone()),
            _ => (None, draft),
        };
        let Conversation { buyer, opted_out, person_wrote, .. } = self.conversation.clone();
        let messages = heard.messages;
        let next = Next { messages, draft, follows, buyer, opted_out, person_wrote };
        self.push(Effect::OpenNext { next });
    }

    /// Whoever has just said no need not be asked what they want.
    fn after_loss(&mut self, heard: Heard) {
        let said_no = matches!(
            self.conversation.state,
            State::Lost { reason: LostReason::Declined { .. } | LostReason::Cancelled, .. }
        );
        if !said_no {
            self.open_next(heard, Draft::default());
        }
    }

    /// A late yes to a quote that expired is quoted at today's prices in the
    /// next conversation; a yes to anything else that is lost needs no answer.
    fn renew(&mut self, heard: Heard) {
        if matches!(self.conversation.state, State::Lost { reason: LostReason::Expired, .. }) {
            let draft = self.conversation.draft.clone();
            self.open_next(heard, draft);
        } else if heard.happening != Happening::Accept {
            self.open_next(heard, Draft::default());
        }
    }
}

/// Where an order goes, when, and how it is paid, without its goods.
fn terms(draft: &Draft) -> Draft {
    let Draft { place, payment, delivery, .. } = draft.clone();
    Draft { place, payment, delivery, ..Draft::default() }
}

fn ask_place(map: bool) -> AskPlace {
    if map { AskPlace::InWords } else { AskPlace::Where }
}

/// Whether a draft is the order of an offer, but for the day, which changes no
/// price, and for who buys, which a draft does not say.
pub(super) fn is_order_of(draft: &Draft, offer: &Offer) -> bool {
    let said = |order: &Order| Order { delivery: None::<Delivery>, buyer: None, ..order.clone() };
    draft.to_order().is_some_and(|order| said(&order) == said(&offer.order))
}

/// Why a person gets what happened.
fn reason_of(happening: Happening) -> HandOverReason {
    match happening {
        Happening::Human => HandOverReason::Asked,
        Happening::Media => HandOverReason::Media,
        Happening::Unclear => HandOverReason::NotUnderstood,
        Happening::AfterSale => HandOverReason::AfterSale,
        _ => HandOverReason::Question,
    }
}
