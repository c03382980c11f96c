//! From an order to what is said about it: ask for what is missing, or quote
//! and review, from nothing each time.

use super::effect::{
    ApprovalOutcome, AskChoice, AskFor, AskPlace, Choice, Edited, Effect, HandOverReason, Occasion,
    SaidItem, Say,
};
use super::reply::Reply;
use super::state::{Asked, Offer, QuoteRef, State};
use super::turn::Turn;
use crate::approval::{Decision, Reason, review};
use crate::authority::{Concession, Limit};
use crate::catalog::{Sku, distinguish};
use crate::money::Money;
use crate::order::{Draft, Missing, Order};
use crate::pricing::{Overrides, QuoteError, quote};
use crate::quantity::Quantity;

/// How often one question is put without an answer that helps.
const MAX_IN_VAIN: u8 = 2;

/// How often one question is put to a customer who answers others meanwhile.
const MAX_TIMES: u8 = 6;

impl Turn<'_> {
    /// Goes on with the draft: asks for all that is missing at once, or quotes.
    pub(super) fn advance(&mut self, occasion: Occasion, place: AskPlace) {
        match self.conversation.draft.to_order() {
            Some(order) => self.offer(order, occasion),
            None => self.ask(place),
        }
    }

    /// Asks for all that is missing. A question that would be put a third time
    /// in vain goes to a person instead.
    ///
    /// Where and how to pay can wait while the store has nothing of what was asked for.
    fn ask(&mut self, place: AskPlace) {
        let mut missing = self.conversation.draft.missing();
        if !self.conversation.draft.unknown.is_empty() && missing.contains(&Missing::Items) {
            missing.retain(|question| *question == Missing::Items);
        }
        let helped = self.helped(&missing);
        let asked: Vec<Asked> =
            missing.into_iter().map(|question| self.once_more(question, helped)).collect();
        let tired = |asked: &Asked| asked.in_vain > MAX_IN_VAIN || asked.times > MAX_TIMES;
        if asked.iter().any(tired) {
            self.hand_over(HandOverReason::NotUnderstood);
            self.say(Say::HandedOver { reason: HandOverReason::NotUnderstood });
            return;
        }
        let ask = self.ask_for(&asked, place);
        self.close_approval(ApprovalOutcome::Superseded);
        let state = match self.sent() {
            Some(offer) => State::Negotiating { offer },
            None => State::Capturing,
        };
        self.conversation.asked = asked;
        self.enter(state);
        self.say(Say::Ask { ask });
    }

    /// A question put once more. Which product is meant by the same words stays
    /// the same question when the quantity changes.
    fn once_more(&self, question: Missing, helped: bool) -> Asked {
        let same = |asked: &&Asked| is_same_question(&asked.question, &question);
        let before = self.conversation.asked.iter().find(same);
        let (in_vain, times) = before.map_or((0, 0), |asked| (asked.in_vain, asked.times));
        let in_vain = if helped { 0 } else { in_vain };
        Asked { question, in_vain: in_vain.saturating_add(1), times: times.saturating_add(1) }
    }

    /// Whether this turn brought the order on: a question that was put is answered,
    /// or the goods are others. A day or a place that nobody asked for does not make
    /// the same question less tiresome.
    fn helped(&self, missing: &[Missing]) -> bool {
        let open = |asked: &Asked| {
            missing.iter().any(|question| is_same_question(&asked.question, question))
        };
        self.changed_goods() || !self.conversation.asked.iter().all(open)
    }

    fn ask_for(&self, asked: &[Asked], place: AskPlace) -> AskFor {
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
        };
        for Asked { question, .. } in asked {
            match question {
                Missing::Items => ask.no_items = true,
                Missing::Choice { ask: open } => ask.choices.push(AskChoice {
                    text: open.text.clone(),
                    choices: self.choices(&open.skus, open.qty),
                }),
                Missing::Quantity { sku } => ask.quantities.extend(self.said_item(sku, None)),
                Missing::Place => ask.place = Some(place),
                Missing::Payment => ask.payment = true,
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
        let product = self.shop.catalog.get(sku)?;
        let (name, unit, price) = (product.name.clone(), product.unit, product.price);
        Some(SaidItem { sku: sku.clone(), name, unit, price, qty })
    }

    fn said_items(&self, draft: &Draft) -> Vec<SaidItem> {
        let counted = draft.items.iter().filter(|item| item.qty.is_some());
        counted.filter_map(|item| self.said_item(&item.sku, item.qty)).collect()
    }

    /// Prices an order as the next revision.
    pub(super) fn price(&self, order: Order) -> Result<Offer, QuoteError> {
        let Self { shop, now, conversation, .. } = self;
        let order = Order { buyer: conversation.buyer.clone(), ..order };
        let quote = quote(&order, &conversation.overrides, shop.catalog, shop.book, *now)?;
        let revision = conversation.revision.saturating_add(1);
        let quote_ref = QuoteRef { number: conversation.number, revision };
        Ok(Offer { quote_ref, quote: Box::new(quote), order: Box::new(order) })
    }

    /// Whether an offer may go out by itself: by the store's rules, and by what
    /// whoever set prices by hand may give away.
    ///
    /// # Errors
    ///
    /// [`QuoteError`] when the order can't be priced by the rules alone.
    pub(super) fn review(&self, offer: &Offer) -> Result<Decision, QuoteError> {
        let decision = review(&offer.quote, &offer.order, self.shop.rules);
        let Some(beyond) = self.beyond_limit(offer)? else { return Ok(decision) };
        let mut reasons = decision.reasons().to_vec();
        let place = reasons.partition_point(|reason| reason.code() < beyond.code());
        reasons.insert(place, beyond);
        Ok(Decision::Ask(reasons))
    }

    /// Why a second person must look at what was set by hand, if one must.
    ///
    /// # Errors
    ///
    /// [`QuoteError`] when the order can't be priced by the rules alone.
    pub(super) fn beyond_limit(&self, offer: &Offer) -> Result<Option<Reason>, QuoteError> {
        let Self { shop, now, conversation, .. } = self;
        if !offer.quote.has_overrides() {
            return Ok(None);
        }
        let by_rules = quote(&offer.order, &Overrides::default(), shop.catalog, shop.book, *now)?;
        let found = Concession::of(&offer.quote, &by_rules);
        let by = conversation.overridden_by;
        let nothing = Limit { max_amount: Some(Money::ZERO), ..Limit::NONE };
        let limit = by.map_or(nothing, |by| shop.policy.limits.of(by.role));
        let beyond = !found.is_within(&limit);
        Ok(beyond.then_some(Reason::SecondPerson { by, limit, found }))
    }

    /// Quotes an order: sends the quote, or puts it into the queue. What can't
    /// be priced is for a person.
    fn offer(&mut self, order: Order, occasion: Occasion) {
        let reviewed = self.price(order).and_then(|offer| Ok((self.review(&offer)?, offer)));
        let Ok((decision, offer)) = reviewed else {
            self.hand_over(HandOverReason::CannotPrice);
            self.say(Say::HandedOver { reason: HandOverReason::CannotPrice });
            return;
        };
        match decision {
            Decision::Auto => self.send(offer, None, ApprovalOutcome::Superseded, occasion),
            Decision::Ask(reasons) => {
                let replaced = self.sent().filter(|_| occasion == Occasion::Renewed);
                let say = match replaced {
                    Some(expired) => Say::Expired { quote_ref: expired.quote_ref },
                    None => self.under_review(),
                };
                self.queue(offer, None, reasons);
                self.say(say);
            }
        }
    }

    /// All that was understood of an order that a person looks at first.
    fn under_review(&self) -> Say {
        let draft = &self.conversation.draft;
        Say::UnderReview {
            items: self.said_items(draft),
            unknown: unknown_words(draft),
            place: draft.place.clone(),
            payment: draft.payment,
            delivery: draft.delivery,
        }
    }

    /// Records an offer as the newest revision and sends it.
    pub(super) fn send(
        &mut self,
        offer: Offer,
        edited: Option<Edited>,
        outcome: ApprovalOutcome,
        occasion: Occasion,
    ) {
        self.record(&offer, edited);
        self.close_approval(outcome);
        self.show(offer, occasion);
    }

    /// Says the quote of an offer that is recorded, and gives the customer the word.
    pub(super) fn show(&mut self, offer: Offer, occasion: Occasion) {
        self.conversation.asked.clear();
        self.enter(State::Quoted { offer: offer.clone() });
        self.say(Say::Quote { offer, occasion });
    }

    /// Records an offer as the newest revision and puts it into the queue.
    pub(super) fn queue(&mut self, offer: Offer, edited: Option<Edited>, reasons: Vec<Reason>) {
        self.record(&offer, edited);
        self.close_approval(ApprovalOutcome::Superseded);
        let quote_ref = offer.quote_ref;
        self.push(Effect::OpenApproval { quote_ref, reasons: reasons.clone() });
        self.conversation.asked.clear();
        self.enter(State::AwaitingApproval { offer, reasons, reassured: false });
    }
}

/// Whether two questions are the same to who hears them.
fn is_same_question(a: &Missing, b: &Missing) -> bool {
    match (a, b) {
        (Missing::Choice { ask }, Missing::Choice { ask: other }) => ask.skus == other.skus,
        (a, b) => a == b,
    }
}

fn unknown_words(draft: &Draft) -> Vec<String> {
    draft.unknown.iter().map(|ask| ask.text.clone()).collect()
}
