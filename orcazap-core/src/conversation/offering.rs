//! From an order to what is said about it: ask for what is missing, or quote
//! and review, from nothing each time.

use super::answer::Answer;
use super::effect::{ApprovalOutcome, Edited, Effect, HandOverReason};
use super::say::{AskPlace, Lacking, Occasion, Packed, Say};
use super::state::{Offer, QuoteRef, State};
use super::turn::Turn;
use crate::approval::{Decision, Reason, review};
use crate::authority::{Concession, Limit};
use crate::money::Money;
use crate::order::{Delivery, Draft, Order};
use crate::pricing::{Line, Overrides, QuoteError, quote};
use crate::quantity::{Quantity, Unit};

impl Turn<'_> {
    /// Goes on with the draft: asks for what is missing, or quotes.
    pub(super) fn advance(&mut self, occasion: Occasion, place: AskPlace) {
        // A day that is past is wanted no more.
        let today = self.now.date_naive();
        let past = |wish: &Delivery| wish.date.or(wish.to).is_some_and(|day| day < today);
        let draft = &mut self.conversation.draft;
        draft.delivery = draft.delivery.filter(|wish| !past(wish));
        match self.conversation.draft.to_order() {
            Some(order) => self.offer(order, occasion),
            None => self.ask(place),
        }
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
                    None => self.under_review(&offer, &reasons),
                };
                self.queue(offer, None, reasons);
                self.say(say);
            }
        }
    }

    /// All that was understood of an order that a person looks at first.
    fn under_review(&self, offer: &Offer, reasons: &[Reason]) -> Say {
        let draft = &self.conversation.draft;
        Say::UnderReview {
            items: self.said_items(draft),
            unknown: unknown_words(draft),
            place: draft.place.clone(),
            payment: draft.payment,
            delivery: draft.delivery,
            swaps: self.swaps(offer),
            lacking: reasons.iter().find_map(lacking),
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
    /// The first that they see is the first, however often it was changed before.
    pub(super) fn show(&mut self, offer: Offer, occasion: Occasion) {
        let seen = self.conversation.shown.is_some() || self.sent().is_some();
        let occasion = if seen { occasion } else { Occasion::First };
        self.conversation.shown = Some(offer.quote_ref.revision);
        let swaps = self.swaps(&offer);
        // The quote says it.
        let to = offer.order.place.as_ref();
        self.answers
            .retain(|answer| !matches!(answer, Answer::Freight { place, .. } if to == Some(place)));
        self.enter(State::Quoted { offer: offer.clone() });
        let packed = self.packed(&offer);
        self.say(Say::Quote { offer, occasion, swaps, packed });
    }

    /// What the packs of an offer come to, of goods that are measured and sold in packs.
    fn packed(&self, offer: &Offer) -> Vec<Packed> {
        let packed = |line: &Line| {
            let sku = &line.product.sku;
            let pack = self.shop.catalog.get(sku)?.pack?;
            let measured = matches!(pack.unit, Unit::Meter | Unit::SquareMeter | Unit::CubicMeter);
            let qty = line.qty.as_decimal().checked_mul(pack.qty.as_decimal())?.normalize();
            let qty =
                Quantity::new(qty).ok().filter(|_| measured && pack.unit != line.product.unit)?;
            Some(Packed { sku: sku.clone(), qty, unit: pack.unit })
        };
        offer.quote.lines().iter().filter_map(packed).collect()
    }

    /// Records an offer as the newest revision and puts it into the queue.
    pub(super) fn queue(&mut self, offer: Offer, edited: Option<Edited>, reasons: Vec<Reason>) {
        self.record(&offer, edited);
        self.close_approval(ApprovalOutcome::Superseded);
        let quote_ref = offer.quote_ref;
        self.push(Effect::OpenApproval { quote_ref, reasons: reasons.clone() });
        self.enter(State::AwaitingApproval { offer, reasons, reassured: false });
    }
}

/// What an order lacks of the least that the store takes, where that is why a person
/// must look.
fn lacking(reason: &Reason) -> Option<Lacking> {
    let Reason::BelowMinimum { min, found } = *reason else { return None };
    Some(Lacking { min, lacks: min.checked_add(-found)? })
}

pub(super) fn unknown_words(draft: &Draft) -> Vec<String> {
    draft.unknown.iter().map(|ask| ask.text.clone()).collect()
}
