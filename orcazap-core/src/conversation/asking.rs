//! From what an order lacks to what is asked.
//!
//! Each question is counted by itself, by what it asks and of which ask; none is put a
//! third time, whatever is said between. After a message:
//!
//! * what was never asked is asked, a few at a time;
//! * with an answer to one the next of the others is put once more;
//! * with goods on top none is: what was noted is said, and they wait;
//! * with another detail the next is put once more, with nothing that helps all are,
//!   and when there are none that were put only once a person takes over;
//! * silence after a message that put none asks once more, or calls a person when all
//!   of it was put twice.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::Shop;
use super::answer::Answer;
use super::effect::{ApprovalOutcome, HandOverReason, Timer};
use super::offering::unknown_words;
use super::reply::Reply;
use super::say::{AskChoice, AskFor, AskPlace, Choice, Open, SaidItem, Say, Terms};
use super::state::{Asked, Conversation, Question, QuoteRef, State};
use super::swapping::Swap;
use super::turn::Turn;
use crate::catalog::{Sku, distinguish};
use crate::order::{Draft, Missing};
use crate::quantity::Quantity;

/// How often one question is put.
const MAX_TIMES: u8 = 2;

/// How many questions one message puts.
const MAX_AT_ONCE: usize = 5;

/// How many different questions an order can be worth before a person looks.
const MAX_QUESTIONS: usize = 200;

impl Turn<'_> {
    /// Says what was understood and asks for what is missing, or gives it to a person.
    pub(super) fn ask(&mut self, place: AskPlace) {
        let missing = self.lacks();
        let put_once = |question: &Question| self.times(question) == 1;
        let in_words = missing.contains(&Question::Place) && missing.iter().all(put_once);
        let worth = match place {
            // A position on the map answers where, but for the words.
            AskPlace::InWords if in_words => Some(vec![Question::Place]),
            AskPlace::InWords | AskPlace::Where => self.worth_asking(&missing),
        };
        match worth {
            Some(questions) => self.put(&missing, questions, place),
            None => self.give_up(),
        }
    }

    /// Puts once more what still stands, after a silence. Where all of it was put twice
    /// a person takes over.
    pub(super) fn ask_again(&mut self) {
        let missing = self.lacks();
        let once = |question: &&Question| self.times(question) == 1;
        let questions: Vec<_> = missing.iter().filter(once).take(MAX_AT_ONCE).cloned().collect();
        if missing.is_empty() || !self.is_in_window() {
            return;
        }
        if questions.is_empty() {
            return self.give_up();
        }
        self.put(&missing, questions, AskPlace::Where);
    }

    /// Asks about the quote that stands, or gives it to a person when that was asked
    /// twice.
    pub(super) fn ask_about(&mut self, question: Question, say: impl FnOnce(QuoteRef) -> Say) {
        let Some(offer) = self.sent() else { return };
        if self.is_worn(&question) {
            return self.give_up();
        }
        self.count(question);
        let say = say(offer.quote_ref);
        self.enter(State::Negotiating { offer });
        self.say(say);
    }

    /// Asks which of several goes in place of what is short, while a person looks at the
    /// quote; who was asked twice is left to that person.
    pub(super) fn ask_which_swap(&mut self) {
        let Some((offer, _)) = self.waiting() else { return };
        let mut swaps = self.swaps(&offer);
        swaps.retain(|swap| swap.choices.len() > 1);
        let question = |swap: &Swap| Question::Swap { sku: swap.out.sku.clone() };
        if swaps.iter().any(|swap| self.is_worn(&question(swap))) || swaps.is_empty() {
            return self.reassure(None);
        }
        for swap in &swaps {
            self.count(question(swap));
        }
        self.say(Say::WhichSwap { swaps });
    }

    /// Counts a question that is put.
    pub(super) fn count(&mut self, question: Question) {
        let asked = &mut self.conversation.asked;
        match asked.iter_mut().find(|asked| asked.question.is_same(&question)) {
            Some(known) => known.times = known.times.saturating_add(1),
            None => asked.push(Asked { question, times: 1 }),
        }
    }

    /// Forgets what was asked about quotes that no longer stand.
    pub(super) fn forget_older_quotes(&mut self) {
        self.conversation.asked.retain(|asked| {
            !matches!(asked.question, Question::Change { .. } | Question::Meaning { .. })
        });
    }

    pub(super) fn give_up(&mut self) {
        let reason = HandOverReason::NotUnderstood;
        self.hand_over(reason);
        self.say(Say::HandedOver { reason });
    }

    /// What the order lacks. Where and how to pay can wait while the store has nothing
    /// of what was asked for.
    fn lacks(&self) -> Vec<Question> {
        let mut missing = self.conversation.draft.missing();
        if !self.conversation.draft.unknown.is_empty() && missing.contains(&Missing::Items) {
            missing.retain(|question| *question == Missing::Items);
        }
        missing.into_iter().map(Question::from).collect()
    }

    fn times(&self, question: &Question) -> u8 {
        self.conversation.times_asked(question)
    }

    /// Whether a question was put as often as one may be.
    pub(super) fn is_worn(&self, question: &Question) -> bool {
        self.times(question) >= MAX_TIMES
    }

    /// The questions to put now; `None` when they are for a person.
    fn worth_asking(&self, missing: &[Question]) -> Option<Vec<Question>> {
        let lacked = self.lacked();
        let has = |all: &[Question], one: &Question| all.iter().any(|other| other.is_same(one));
        let stands = |one: &&Question| self.times(one) > 0 && has(&lacked, one);
        let (standing, new): (Vec<_>, Vec<_>) = missing.iter().partition(stands);
        let worn = |one: &&Question| self.is_worn(one);
        let answered = lacked.iter().any(|one| self.times(one) > 0 && !has(missing, one));
        let helped = answered || self.noted();
        if self.conversation.asked.len() >= MAX_QUESTIONS || new.iter().any(worn) {
            return None;
        }
        let all_new = standing.is_empty();
        let again: Vec<_> = standing.into_iter().filter(|one| !worn(one)).collect();
        let (from, at_once) = if !new.is_empty() && (helped || all_new) {
            (new, MAX_AT_ONCE)
        } else if answered {
            (again, 1)
        } else if self.grew() {
            (again, 0)
        } else if again.is_empty() {
            return None;
        } else {
            (again, if helped { 1 } else { MAX_AT_ONCE })
        };
        Some(from.into_iter().take(at_once).cloned().collect())
    }

    /// Puts some of the open questions, with all that was understood.
    fn put(&mut self, missing: &[Question], questions: Vec<Question>, place: AskPlace) {
        let mut ask = self.ask_for(&questions, place);
        let unasked = |one: &&Question| !questions.contains(one) && self.times(one) == 0;
        let later = missing.iter().filter(unasked);
        ask.later = later.filter_map(|one| self.open(one)).collect();
        let waits = questions.is_empty() && !missing.is_empty();
        self.close_approval(ApprovalOutcome::Superseded);
        let state = match self.sent() {
            Some(offer) => State::Negotiating { offer },
            None => State::Capturing,
        };
        for question in questions {
            self.count(question);
        }
        self.enter(state);
        if waits {
            self.await_answer();
        }
        if ask.place.is_some() {
            self.answers.retain(|answer| *answer != Answer::FreightByPlace);
        } else if self.answers.contains(&Answer::FreightByPlace) {
            // What freight costs depends on the place, which its answer asks for.
            ask.later.retain(|open| *open != Open::Place);
        }
        self.say(Say::Ask { ask });
    }

    /// Lets silence ask again what waits.
    pub(super) fn await_answer(&mut self) {
        if let Some(minutes) = self.shop.policy.ask_again_minutes {
            let at = self.later(TimeDelta::minutes(minutes.into()));
            self.conversation.timers.insert(Timer::AskAgain, at);
        }
    }

    fn ask_for(&self, questions: &[Question], place: AskPlace) -> AskFor {
        let mut ask = AskFor {
            number: self.conversation.number,
            items: self.said_items(&self.conversation.draft),
            unknown: unknown_words(&self.conversation.draft),
            no_items: false,
            choices: Vec::new(),
            quantities: Vec::new(),
            place: None,
            payment: false,
            methods: Vec::new(),
            terms: Terms::of(&self.conversation.draft),
            later: Vec::new(),
        };
        for question in questions {
            match question {
                Question::Items => ask.no_items = true,
                Question::Choice { ask: open } => ask.choices.push(AskChoice {
                    text: open.text.clone(),
                    choices: self.choices(&open.skus, open.qty),
                }),
                Question::Quantity { sku } => ask.quantities.extend(self.said_item(sku, None)),
                Question::Place => ask.place = Some(place),
                Question::Payment => ask.payment = true,
                Question::Swap { .. } | Question::Change { .. } | Question::Meaning { .. } => {}
            }
        }
        if ask.payment {
            let terms = &self.shop.book.data().payment;
            for method in terms.iter().map(|term| term.method) {
                if !ask.methods.contains(&method) {
                    ask.methods.push(method);
                }
            }
        }
        ask
    }

    /// A question as it is named in a word.
    fn open(&self, question: &Question) -> Option<Open> {
        Some(match question {
            Question::Items => Open::Items,
            Question::Choice { ask } => Open::Choice { text: ask.text.clone() },
            Question::Quantity { sku } => Open::Quantity { item: self.said_item(sku, None)? },
            Question::Place => Open::Place,
            Question::Payment => Open::Payment,
            Question::Swap { .. } | Question::Change { .. } | Question::Meaning { .. } => {
                return None;
            }
        })
    }

    fn choices(&self, skus: &[Sku], qty: Option<Quantity>) -> Vec<Choice> {
        let products: Vec<_> = skus.iter().filter_map(|sku| self.shop.catalog.get(sku)).collect();
        let labels = distinguish(&products);
        let number = self.conversation.number;
        products
            .iter()
            .zip(labels)
            .filter_map(|(product, label)| {
                let item = self.said_item(&product.sku, qty)?;
                Some(Choice {
                    reply: Reply::Pick { number, sku: product.sku.clone() },
                    item,
                    label,
                })
            })
            .collect()
    }

    fn said_item(&self, sku: &Sku, qty: Option<Quantity>) -> Option<SaidItem> {
        said_item(sku, qty, &self.conversation, self.shop, self.now)
    }

    pub(super) fn said_items(&self, draft: &Draft) -> Vec<SaidItem> {
        let counted = draft.items.iter().filter(|item| item.qty.is_some());
        counted.filter_map(|item| self.said_item(&item.sku, item.qty)).collect()
    }
}

/// A product as it is named to a customer, at the price of their list.
pub(super) fn said_item(
    sku: &Sku,
    qty: Option<Quantity>,
    conversation: &Conversation,
    shop: &Shop<'_>,
    now: DateTime<FixedOffset>,
) -> Option<SaidItem> {
    let product = shop.catalog.get(sku)?;
    let listed = shop.book.listed(sku, conversation.buyer.as_ref(), now.date_naive());
    let price = listed.map_or(product.price, |(price, _)| price);
    let (name, unit) = (product.name.clone(), product.unit);
    Some(SaidItem { sku: sku.clone(), name, unit, price, qty })
}
