//! What is asked, and what of it the store has said beforehand.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::asked::Asked;
use super::words::{is_courtesy, plays};
use super::{Ear, has_goods};
use crate::catalog::{Sku, Stock};
use crate::conversation::Shop;
use crate::conversation::answer::Answer;
use crate::conversation::asking::said_item;
use crate::conversation::say::SaidItem;
use crate::conversation::swapping::swap_of;
use crate::quantity::Quantity;
use crate::reading::{Intent, Reading, Role, Topic, Vocabulary, day_named, read};

/// The most products whose prices are told at once.
const MAX_PRICES: usize = 10;

impl Ear<'_> {
    /// Answers what is asked and the store has said beforehand. Beside something else
    /// only a sentence that asks counts: `pago no cartão` is no question about cards;
    /// one that nothing answers is kept for a person. A day on which the store is
    /// closed, or that was only asked about, is not noted.
    pub(super) fn hear_questions(
        &mut self,
        all: &str,
        reading: &mut Reading,
        shop: &Shop<'_>,
        at: DateTime<FixedOffset>,
    ) {
        let open = &shop.book.data().open;
        let vocabulary = shop.catalog.vocabulary();
        let whole = reading.intent == Intent::Question;
        for words in sentences(all) {
            let sentence = Asked::new(words, shop.catalog);
            let alone = || read(words, shop.catalog, at);
            let asks =
                || whole || alone().intent == Intent::Question && !is_courtesy(words, vocabulary);
            if let Some(known) = fact(words, shop).filter(|_| words.contains('?') || asks()) {
                self.answer(known);
            } else if asks_hours(&sentence, shop, at) && !open.week.is_empty() {
                let day = day_named(words, shop.catalog, at.date_naive(), &open.closed);
                match day {
                    Some(date) => self.answer(Answer::Day { date, hours: open.on(date) }),
                    None => self.answer(Answer::Hours { week: open.week.clone() }),
                }
                if self.wishes(day, &sentence, shop) {
                    reading.delivery.get_or_insert_default().date = day;
                } else if reading.delivery.is_some_and(|delivery| delivery.date == day) {
                    reading.delivery = None;
                }
            } else if !whole && sentence.is_marked() && names_delivery_day(&sentence, shop, at) {
                // It is noted as a wish, and only a person knows whether it can be.
                self.heard.asks_more = true;
            } else if let Some(terms) = (words.contains('?') || asks())
                .then(|| self.terms(&sentence, reading, shop))
                .filter(|terms| !terms.is_empty())
            {
                terms.into_iter().for_each(|answer| self.answer(answer));
            } else if whole {
                // Where another sentence is answered, this one is not lost.
                self.heard.asks_more |= words.contains('?') && alone().intent == Intent::Question;
            } else if may_stand_beside(words, reading.intent, vocabulary) {
                self.heard.asks_more |= asks();
            }
        }
        if whole && self.heard.answers.is_empty() {
            self.heard.answers.extend(fact(all, shop));
        }
        // What is nothing but a question is no question beside another.
        self.heard.asks_more &= !whole || !self.heard.answers.is_empty();
        let day = reading.delivery.and_then(|delivery| delivery.date);
        if let Some(date) = day.filter(|date| !open.is_open_on(*date)) {
            self.answer(Answer::Day { date, hours: None });
            reading.delivery = None;
        }
    }

    /// Answers what goods cost or whether they are there, when a message asks for that
    /// alone; tells whether it does.
    pub(super) fn hear_prices(
        &mut self,
        reading: &Reading,
        words: &str,
        shop: &Shop<'_>,
        at: DateTime<FixedOffset>,
    ) -> bool {
        let items = reading.items.iter().map(|item| (item.qty, vec![&item.sku]));
        let asks = reading.ambiguous.iter();
        let asks = asks.map(|found| (found.ask.qty, found.ask.skus.iter().collect()));
        let goods: Vec<(Option<Quantity>, Vec<&Sku>)> = items.chain(asks).collect();
        let alone = matches!(reading.intent, Intent::Order | Intent::Question)
            && !goods.is_empty()
            && goods.iter().all(|(qty, _)| qty.is_none())
            && reading.unknown.is_empty()
            && reading.place.is_none()
            && reading.payment.is_none()
            && reading.delivery.is_none();
        let skus = goods.iter().flat_map(|(_, skus)| skus).take(MAX_PRICES);
        let said = |sku: &&&Sku| said_item(sku, None, self.conversation, shop, at);
        let vocabulary = shop.catalog.vocabulary();
        let wants = |role| plays(words, role, vocabulary);
        // `tem areia?` asks whether it is there, `tem como` of an order does not.
        let wants_stock = wants(Role::Stock) || wants(Role::Having) && words.contains('?');
        // `e o tijolo?` asks what was asked before of something else.
        let goes_on = !self.conversation.looked_at.is_empty() && words.contains('?');
        if alone && (wants(Role::Price) || goes_on && !wants_stock) {
            let items = skus.filter_map(|sku| said(&sku)).collect();
            self.answer(Answer::Prices { items });
            return true;
        }
        let counted = |sku: &&&Sku| match shop.catalog.get(sku).map(|product| product.stock) {
            Some(Stock::Available(left)) => Some(!left.is_zero()),
            Some(Stock::Untracked) | None => None,
        };
        let all: Option<Vec<_>> = skus.map(|sku| Some((counted(&sku)?, said(&sku)?))).collect();
        // Of what the store sells and does not count, the price says that it has it.
        if alone && all.is_none() && wants_stock && !wants(Role::Stock) {
            let items = goods.iter().flat_map(|(_, skus)| skus).take(MAX_PRICES);
            let items = items.filter_map(|sku| said(&sku)).collect();
            self.answer(Answer::Prices { items });
            return true;
        }
        let Some(all) = all.filter(|_| alone && wants_stock) else { return false };
        let (there, out): (Vec<_>, Vec<_>) = all.into_iter().partition(|(there, _)| *there);
        let items = |all: Vec<(bool, SaidItem)>| all.into_iter().map(|(_, item)| item).collect();
        self.answer_stock(items(there), items(out), shop, at);
        true
    }

    /// Answers whether goods are there, with what serves in place of those that are not.
    pub(super) fn answer_stock(
        &mut self,
        there: Vec<SaidItem>,
        out: Vec<SaidItem>,
        shop: &Shop<'_>,
        at: DateTime<FixedOffset>,
    ) {
        let serving = |item: &SaidItem| swap_of(&item.sku, None, self.conversation, shop, at);
        let swaps = out.iter().filter_map(serving).collect();
        self.answer(Answer::Stock { there, out, swaps });
    }

    /// Whether who asks for delivery on a day wishes for it: there are goods to bring, the
    /// store is open then, and no other day is known.
    fn wishes(&self, day: Option<NaiveDate>, sentence: &Asked<'_>, shop: &Shop<'_>) -> bool {
        let open = &shop.book.data().open;
        has_goods(&self.heard.draft)
            && self.heard.draft.delivery.is_none_or(|wish| !wish.has_day())
            && day.is_some_and(|day| open.is_open_on(day))
            && sentence.is_about(Topic::Delivering)
    }

    pub(super) fn answer(&mut self, answer: Answer) {
        if !self.heard.answers.contains(&answer) {
            self.heard.answers.push(answer);
        }
    }
}

/// The parts of a text that can be a question by themselves.
pub(super) fn sentences(words: &str) -> impl Iterator<Item = &str> {
    let parts = words.split_inclusive(['.', '!', '?', ';', ',', '\n']).map(str::trim);
    parts.filter(|part| part.chars().any(char::is_alphanumeric))
}

/// Whether a text can be one question and nothing else.
pub(super) fn is_one_sentence(words: &str) -> bool {
    sentences(words).count() == 1
}

/// What the store says itself about a question, if it has said it.
fn fact(words: &str, shop: &Shop<'_>) -> Option<Answer> {
    let fact = shop.policy.facts.iter().find(|fact| fact.answers(words))?;
    Some(Answer::Fact { text: fact.answer.clone() })
}

/// Whether a sentence asks when the store is open, or on which days it delivers: the same
/// days.
pub(super) fn asks_hours(sentence: &Asked<'_>, shop: &Shop<'_>, at: DateTime<FixedOffset>) -> bool {
    let plays = |role| plays(sentence.words, role, shop.catalog.vocabulary());
    let asks = sentence.is_marked() || plays(Role::Asking);
    asks && (plays(Role::Hours) || names_delivery_day(sentence, shop, at))
}

/// Whether a sentence is about delivery on a day that it names.
fn names_delivery_day(sentence: &Asked<'_>, shop: &Shop<'_>, at: DateTime<FixedOffset>) -> bool {
    let closed = &shop.book.data().open.closed;
    sentence.is_about(Topic::Delivering)
        && day_named(sentence.words, shop.catalog, at.date_naive(), closed).is_some()
}

/// Whether a sentence may ask something that what stands beside it does not settle.
/// A yes is short, and anything beside it may; beside an order only what has a question
/// mark does, and what it comes to and whether it is brought the quote will say.
fn may_stand_beside(words: &str, intent: Intent, vocabulary: &Vocabulary) -> bool {
    const SETTLED: [Role; 3] = [Role::Price, Role::Sending, Role::Delivering];
    match intent {
        Intent::Accept => true,
        Intent::Order | Intent::Change | Intent::Details => {
            words.contains('?') && !SETTLED.iter().any(|role| plays(words, *role, vocabulary))
        }
        Intent::Question
        | Intent::Greeting
        | Intent::Human
        | Intent::Cancel
        | Intent::Decline
        | Intent::OptOut
        | Intent::Other => false,
    }
}
