//! What is asked about the terms of an order, answered from the price book: the ways of
//! paying, and what delivery costs where the place decides it.

use super::asked::Asked;
use super::words::plays;
use super::{Ear, has_goods};
use crate::conversation::Shop;
use crate::conversation::answer::Answer;
use crate::order::PaymentMethod;
use crate::place::Place;
use crate::pricing::{FreightArea, FreightRule, Load, PaymentTerm};
use crate::reading::{Reading, Role, Topic, methods_named, place_named};
use crate::text::plain;
use crate::{Money, UnitPrice};

impl Ear<'_> {
    /// The answers to a sentence that asks about payment, delivery or both.
    pub(super) fn terms(
        &mut self,
        sentence: &Asked<'_>,
        reading: &mut Reading,
        shop: &Shop<'_>,
    ) -> Vec<Answer> {
        let payment = self.payment(sentence, reading, shop);
        payment.into_iter().chain(self.freight(sentence, reading, shop)).collect()
    }

    fn payment(
        &self,
        sentence: &Asked<'_>,
        reading: &mut Reading,
        shop: &Shop<'_>,
    ) -> Option<Answer> {
        let (words, about) = (sentence.words, |topic| sentence.is_about(topic));
        if about(Topic::Installments) {
            // Whoever asks how a card is split has not said how.
            let whole = |payment: &crate::order::Payment| payment.installments().is_none();
            reading.payment = reading.payment.filter(|payment| !whole(payment));
            return payments(shop, |term| term.method == PaymentMethod::CreditCard);
        }
        let (costs, sends) =
            (about(Topic::Freight), plays(words, Role::Sending, shop.catalog.vocabulary()));
        // `posso pagar na entrega?` asks when.
        if about(Topic::Payment) && (costs || !sends) {
            // What is asked about is not chosen by that.
            let at = self.heard.words.find(words).unwrap_or_default();
            let asked = at..at + words.len();
            let said = reading.evidence.payment.map(|evidence| evidence.span.start);
            if said.is_some_and(|said| asked.contains(&said)) {
                reading.payment = None;
            }
            return payments_named(words, shop);
        }
        None
    }

    /// A place that is named where none is known is noted: the order goes there.
    fn freight(
        &mut self,
        sentence: &Asked<'_>,
        reading: &mut Reading,
        shop: &Shop<'_>,
    ) -> Option<Answer> {
        let (words, about) = (sentence.words, |topic| sentence.is_about(topic));
        let (costs, reaches) = (about(Topic::Freight), about(Topic::Delivering));
        if shop.book.data().freight.is_empty() || !(costs || reaches) {
            return None;
        }
        let named = bairro_of_a_rule(words, shop).or_else(|| place_named(words, shop.catalog));
        let named = named.filter(|place| place.as_address().is_some());
        if reading.place.is_none() && self.heard.draft.place.is_none() {
            reading.place.clone_from(&named);
        }
        let known = || reading.place.clone().or_else(|| self.heard.draft.place.clone());
        let known = || known().filter(|place| place.as_address().is_some());
        let Some(place) = named.or_else(|| known().filter(|_| costs)) else {
            return costs.then_some(Answer::FreightByPlace);
        };
        let freight = self.freight_to(place, shop);
        // With goods it is the quote that a person looks at.
        self.heard.asks_more |=
            freight.is_none() && !has_goods(&self.heard.draft) && reading.items.is_empty();
        freight
    }

    /// Tells whoever has ordered nothing and answers where to what delivery there costs.
    pub(super) fn hear_where(&mut self, shop: &Shop<'_>) {
        let new =
            self.heard.draft.place.clone().filter(|_| self.conversation.draft.place.is_none());
        if let Some(freight) = new.and_then(|place| self.freight_to(place, shop)) {
            self.answer(freight);
        }
    }

    /// What delivery to a place costs: by the quote that stands, if it goes there, else
    /// by the rule of the place.
    pub(super) fn freight_to(&self, place: Place, shop: &Shop<'_>) -> Option<Answer> {
        let sent = self.conversation.state.sent();
        let there = sent.filter(|offer| offer.order.place.as_ref() == Some(&place));
        if let Some(fee) = there.and_then(|offer| offer.quote.freight()) {
            return Some(Answer::Freight { place, fee, by_load: false, free_above: None });
        }
        let rule = shop.book.freight(&place)?;
        let fee = rule.fee(Load::default(), Money::ZERO)?;
        let free_above = rule.free_above.filter(|above| *above > Money::ZERO);
        Some(Answer::Freight { place, fee, by_load: is_by_load(rule), free_above })
    }
}

/// A place as the store writes it, where a freight rule names it.
pub(super) fn by_a_rule(place: Place, shop: &Shop<'_>) -> Place {
    let rule = shop.book.freight(&place).map(|rule| &rule.area);
    match (rule, place.bairro()) {
        (Some(FreightArea::Bairro { bairro }), Some(said)) if said != bairro => {
            let (cep, point) = (place.cep(), place.point());
            Place::address(cep, Some(bairro.clone()), point).unwrap_or(place)
        }
        _ => place,
    }
}

/// Whether heavier or bulkier orders cost more.
fn is_by_load(rule: &FreightRule) -> bool {
    rule.per_kg != UnitPrice::ZERO || rule.truck_kg.is_some() || rule.truck_m3.is_some()
}

/// The terms that a question is about: of the ways it names, or all. One that the store
/// has no term for is for a person: it may be taken all the same.
fn payments_named(words: &str, shop: &Shop<'_>) -> Option<Answer> {
    let mut named = methods_named(words, shop.catalog);
    let terms = &shop.book.data().payment;
    let has = |method: &PaymentMethod| terms.iter().any(|term| term.method == *method);
    // `cartão` is both kinds of it.
    let any_card = named.contains(&PaymentMethod::CreditCard)
        && !plays(words, Role::Credit, shop.catalog.vocabulary());
    named.extend(any_card.then_some(PaymentMethod::DebitCard).filter(has));
    if !named.iter().all(has) {
        return None;
    }
    payments(shop, |term| named.is_empty() || named.contains(&term.method))
}

fn payments(shop: &Shop<'_>, asked: impl Fn(&PaymentTerm) -> bool) -> Option<Answer> {
    let terms: Vec<PaymentTerm> = shop.book.data().payment.iter().copied().filter(asked).collect();
    (!terms.is_empty()).then_some(Answer::Payments { terms })
}

/// The neighbourhood of a freight rule that a text names, as the store writes it; of
/// several the longest.
fn bairro_of_a_rule(words: &str, shop: &Shop<'_>) -> Option<Place> {
    let words = format!(" {} ", plain(words));
    let bairros = shop.book.data().freight.iter().filter_map(|rule| match &rule.area {
        FreightArea::Bairro { bairro } => Some(bairro),
        FreightArea::Ceps { .. } | FreightArea::Distance { .. } => None,
    });
    let named = bairros.filter(|bairro| words.contains(&format!(" {} ", bairro.key())));
    named.max_by_key(|bairro| bairro.key().len()).cloned().map(Place::from)
}
