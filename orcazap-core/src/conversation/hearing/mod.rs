//! From a burst of messages to what was heard: one [`Happening`], and the order
//! as it would stand.
//!
//! Words, captions and labels of a burst are one text and one reading. Buttons,
//! list choices and catalogue orders are taken in as they come, before the text
//! is read, so that *esse mesmo, 500* after a button means the product picked.
//! When a burst holds several happenings, the first in the order of
//! [`Happening`] decides.

mod aside;
mod asked;
mod context;
mod pressing;
mod questions;
mod swaps;
mod terms;
mod words;

use chrono::{DateTime, FixedOffset};

use self::aside::Aside;
use self::asked::Asked;
use self::questions::is_one_sentence;
use self::terms::by_a_rule;
pub(super) use self::words::plays;
use self::words::{asks_to_return, fingerprint, is_courtesy, is_thumbs_up};
use super::Shop;
use super::answer::Answer;
use super::asking::said_item;
use super::effect::LostReason;
use super::event::{Content, Inbound, MediaKind};
use super::state::{Conversation, State};
use super::swapping::{Swapped, may_pick, offered, swap, swap_said};
use super::table::Happening;
use super::timing::WINDOW;
use crate::catalog::Sku;
use crate::order::{Delivery, Draft, DraftItem, Missing};
use crate::place::Place;
use crate::quantity::Quantity;
use crate::reading::{Context, Intent, Reading, Role, Topic, read, read_in_context};
use crate::text::plain;

/// The most text of one burst that is read, in bytes.
const MAX_TEXT: usize = 64 * 1024;

/// The most asks of a kind that one order keeps open.
const MAX_ASKS: usize = 100;

/// What the customer's messages come to.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) happening: Happening,
    /// What the words were for, when there were any.
    pub(super) intent: Option<Intent>,
    /// The order with everything merged into it.
    pub(super) draft: Draft,
    /// All the words.
    pub(super) words: String,
    /// Whether a position on the map came.
    pub(super) map: bool,
    /// Whether the yes came as the button of the quote that stands.
    pub(super) pressed_accept: bool,
    /// Whether a button belonged to this very order.
    pub(super) own_button: bool,
    /// Whether the contact returns after having opted out.
    pub(super) returns: bool,
    /// What is answered, whatever else is said.
    pub(super) answers: Vec<Answer>,
    /// Products that were only asked about.
    pub(super) looked_at: Vec<Sku>,
    /// Products for which what was offered in their place is refused.
    pub(super) refused: Vec<Sku>,
    /// Whether what was called off a short while ago is wanted after all.
    pub(super) reopens: bool,
    /// Whether more is wanted with what was bought a short while ago.
    pub(super) wants_more: bool,
    /// Whether something was asked beside an order or a yes that nothing answers.
    pub(super) asks_more: bool,
    /// The texts, as they are remembered.
    pub(super) texts: Vec<u32>,
    /// The messages themselves.
    pub(super) messages: Vec<Inbound>,
}

impl Heard {
    /// Whether something is asked or shown that the store answers or a person must.
    pub(super) fn asks(&self) -> bool {
        self.asks_more
            || !self.answers.is_empty()
            || matches!(
                self.happening,
                Happening::Question | Happening::KnownQuestion | Happening::Media
            )
    }
}

/// Hears a burst in a conversation.
pub(super) fn hear(conversation: &Conversation, messages: Vec<Inbound>, shop: &Shop<'_>) -> Heard {
    let heard = Heard {
        happening: Happening::Courtesy,
        intent: None,
        draft: conversation.draft.clone(),
        words: String::new(),
        map: false,
        pressed_accept: false,
        own_button: false,
        returns: false,
        answers: Vec::new(),
        looked_at: Vec::new(),
        refused: Vec::new(),
        reopens: false,
        wants_more: false,
        asks_more: false,
        texts: Vec::new(),
        messages: Vec::new(),
    };
    let mut ear = Ear { conversation, heard, found: Vec::new(), repeats: false };
    for message in &messages {
        ear.take_in(&message.content, shop);
    }
    let intent = ear.read(&messages, shop);
    if ear.heard.map && matches!(ear.heard.draft.place, None | Some(Place::Pickup)) {
        ear.found.push(Happening::Map);
    }
    let found = ear.found.iter().min().copied().unwrap_or(Happening::Courtesy);
    let (happening, returns) = ear.in_context(found, &messages, shop);
    let mut heard = Heard { happening, intent, returns, messages, ..ear.heard };
    // `que horas chega?` is not when the store opens.
    if happening == Happening::AfterSale {
        heard.answers.clear();
    }
    heard
}

/// What hears a burst, piece by piece.
struct Ear<'a> {
    conversation: &'a Conversation,
    /// What was heard so far.
    heard: Heard,
    /// What happened so far; the first in the order of the table decides.
    found: Vec<Happening>,
    /// Whether a text was heard before: people send again what is not answered at once,
    /// and it counts as it is and not on top of what stands by it.
    repeats: bool,
}

impl Ear<'_> {
    fn take_in(&mut self, content: &Content, shop: &Shop<'_>) {
        match content {
            Content::Text(text) => {
                let heard = fingerprint(text);
                // `mais 10` is meant each time.
                let adds = plays(text, Role::Adding, shop.catalog.vocabulary());
                if self.heard.texts.contains(&heard) && !adds {
                    return;
                }
                self.repeats |= self.conversation.heard.contains(&heard) && !adds;
                self.heard.texts.push(heard);
                self.hear_words(text);
            }
            Content::Reply(reply) => {
                let found = self.press(reply, shop);
                self.found.push(found);
            }
            Content::Reaction { emoji, quote_ref } => {
                let current = self.sent_offer().is_some_and(|sent| Some(sent) == *quote_ref);
                let yes = current && is_thumbs_up(emoji);
                self.found.push(if yes { Happening::Accept } else { Happening::Courtesy });
            }
            Content::Location { label, point } => {
                match point.filter(|_| shop.book.delivers_by_distance()) {
                    Some(point) => {
                        self.heard.draft.set_place(point.into());
                        self.found.push(Happening::Order);
                    }
                    None => self.heard.map = true,
                }
                self.hear_words(label.as_deref().unwrap_or_default());
            }
            Content::Media { kind: MediaKind::Sticker, .. } => {
                self.found.push(Happening::Courtesy);
            }
            Content::Media { caption, .. } => {
                self.found.push(Happening::Media);
                self.hear_words(caption.as_deref().unwrap_or_default());
            }
            Content::CatalogOrder(lines) => {
                let known = lines.iter().filter(|(sku, _)| shop.catalog.get(sku).is_some());
                for (sku, qty) in known.clone() {
                    set_quantity(&mut self.heard.draft, sku.clone(), Some(*qty));
                }
                // What the store no longer sells is for a person to sort out.
                let all = known.count() == lines.len();
                self.found.push(if all { Happening::Order } else { Happening::Media });
            }
            Content::Unsupported => self.found.push(Happening::Media),
        }
    }

    fn hear_words(&mut self, words: &str) {
        let words = words.trim();
        let room = MAX_TEXT.saturating_sub(self.heard.words.len() + 1);
        let end = (0..=room.min(words.len())).rev().find(|end| words.is_char_boundary(*end));
        let Some(words) = end.and_then(|end| words.get(..end)).filter(|words| !words.is_empty())
        else {
            return;
        };
        if !self.heard.words.is_empty() {
            self.heard.words.push('\n');
        }
        self.heard.words.push_str(words);
    }

    /// Reads the words and merges what they say.
    fn read(&mut self, messages: &[Inbound], shop: &Shop<'_>) -> Option<Intent> {
        let at = messages.last().filter(|_| !self.heard.words.is_empty())?.at;
        // Who hears from the store already returns from nowhere; it is no place either.
        if asks_to_return(&self.heard.words, shop.catalog.vocabulary()) {
            self.found.push(Happening::Greeting);
            return None;
        }
        let mut asked = self.conversation.draft.missing();
        asked.retain(|missing| self.conversation.times_asked(&missing.clone().into()) > 0);
        let stands = self.conversation.state.offer().is_some();
        let mut swaps = offered(&self.heard.draft, &self.conversation.refused, shop.catalog);
        swaps.retain(|_| stands);
        if let [(_, ask)] = swaps.as_slice()
            && may_pick(&self.heard.words, &self.conversation.asked, shop.catalog)
        {
            asked.push(Missing::Choice { ask: ask.clone() });
        }
        let context = Context {
            draft: Some(&self.heard.draft),
            asked: &asked,
            closed: &shop.book.data().open.closed,
        };
        let read = |words: &str| read_in_context(words, shop.catalog, context, at);
        let (mut reading, aside) = match self.aside(read, shop, at) {
            Some(Aside::Question { yes, asked, words }) => (yes, Some((asked, words))),
            Some(Aside::Change { change, words }) => {
                self.heard.words = words;
                (change, None)
            }
            None => (read(&self.heard.words), None),
        };
        let all = self.heard.words.clone();
        let before = self.heard.draft.clone();
        let intent = reading.intent;
        let place_asked = asked.contains(&Missing::Place);
        if self.repeats && intent == Intent::Order {
            reading.intent = Intent::Change;
        }
        let mut only_asks = false;
        match &aside {
            Some((asked, words)) if self.hear_prices(asked, words, shop, at) => {}
            Some(_) => {
                self.hear_questions(&all, &mut reading, shop, at);
                self.heard.asks_more |= self.heard.answers.is_empty();
            }
            None => {
                self.hear_questions(&all, &mut reading, shop, at);
                only_asks = self.hear_prices(&reading, &all, shop, at);
            }
        }
        // Words that end it leave the order as it was: whoever ends it keeps it
        // for the record, and a person who has the conversation for the talk.
        let refuses = self.refuses_swap(&reading, &swaps, shop);
        let drops = self.drops_asked(&reading, &asked);
        let ends = matches!(reading.intent, Intent::Cancel | Intent::Decline | Intent::OptOut);
        let put = &self.conversation.asked;
        match swap_said(&self.heard.words, put, &reading, &self.heard.draft, shop.catalog)
            .filter(|_| stands)
        {
            Some(Swapped::Into(out, into)) if !ends => {
                swap(&mut self.heard.draft, &out, &into, shop.catalog);
            }
            Some(Swapped::OutToo(sku)) if !ends => {
                let out = said_item(&sku, None, self.conversation, shop, at);
                self.answer_stock(Vec::new(), out.into_iter().collect(), shop, at);
                only_asks = true;
            }
            Some(_) | None => {}
        }
        reading.place = reading.place.map(|place| by_a_rule(place, shop));
        if reading.place.as_ref().is_some_and(|place| self.is_elsewhere(place, &reading)) {
            self.heard.draft.place = None;
        }
        if !(ends || only_asks && stands) {
            self.heard.draft.apply(&reading, shop.catalog);
            self.heard.draft.ambiguous.truncate(MAX_ASKS);
            self.heard.draft.unknown.truncate(MAX_ASKS);
        }
        if place_asked && !has_goods(&self.heard.draft) {
            self.hear_where(shop);
        }
        let yes_swaps = self.yes_swaps(&reading, &swaps, shop);
        self.let_go(&before, &reading);
        let changed = self.heard.draft != before;
        if only_asks {
            self.heard.looked_at = uncounted(&self.heard.draft, &before);
            self.found.push(Happening::KnownQuestion);
            return Some(intent);
        }
        let about = Asked::new(&all, shop.catalog);
        self.heard.reopens = self.may_reopen(at) && about.is_about(Topic::Reopening);
        self.heard.wants_more = self.wants_more(at, shop);
        let answered = !self.heard.answers.is_empty();
        let vocabulary = shop.catalog.vocabulary();
        let found = match reading.intent {
            _ if refuses => Happening::RefusesSwap,
            _ if drops => Happening::Order,
            Intent::OptOut => Happening::OptOut,
            Intent::Accept | Intent::Change | Intent::Other if self.heard.reopens && !changed => {
                Happening::Reopens
            }
            Intent::Human => Happening::Human,
            Intent::Cancel => Happening::Cancel,
            Intent::Decline => Happening::Decline,
            Intent::Change | Intent::Order | Intent::Details | Intent::Other
                if self.says_day(&before) =>
            {
                Happening::Day
            }
            Intent::Details if answered && !changed => Happening::KnownQuestion,
            // Whoever only asked what delivery costs has ordered nothing yet.
            Intent::Question if answered && !has_goods(&self.heard.draft) => {
                Happening::KnownQuestion
            }
            Intent::Order if answered && !changed && is_one_sentence(&self.heard.words) => {
                Happening::KnownQuestion
            }
            Intent::Change | Intent::Order | Intent::Details => Happening::Order,
            // A yes to nothing is no yes: the question beside it is what matters.
            Intent::Accept if self.sent_offer().is_none() && answered => Happening::KnownQuestion,
            Intent::Accept if self.sent_offer().is_none() && self.heard.asks_more => {
                Happening::Question
            }
            Intent::Accept if yes_swaps.is_some() => yes_swaps.unwrap_or(Happening::Order),
            // `ok` to a question, or while a quote waits, only says that it was heard.
            Intent::Accept if self.only_hears(shop) => Happening::Courtesy,
            Intent::Accept => Happening::Accept,
            // "Tudo bem?" asks for nothing.
            Intent::Question if is_courtesy(&self.heard.words, vocabulary) => Happening::Greeting,
            Intent::Question | Intent::Other if about.is_about(Topic::Standing) && !answered => {
                Happening::Stale
            }
            Intent::Question if answered && changed => Happening::Order,
            Intent::Question if answered => Happening::KnownQuestion,
            Intent::Question => Happening::Question,
            Intent::Greeting | Intent::Other if changed => Happening::Order,
            Intent::Greeting => Happening::Greeting,
            Intent::Other if is_thumbs_up(&self.heard.words) && self.only_hears(shop) => {
                Happening::Courtesy
            }
            Intent::Other if is_thumbs_up(&self.heard.words) => Happening::Accept,
            Intent::Other if is_courtesy(&self.heard.words, vocabulary) => Happening::Courtesy,
            // The label of a position on the map is not something to understand.
            Intent::Other if self.heard.map => Happening::Map,
            Intent::Other => Happening::Unclear,
        };
        self.found.push(found);
        Some(intent)
    }

    /// Whether nothing but the day is said of an order that is placed and had none, be it
    /// one on which the store is closed.
    fn says_day(&self, before: &Draft) -> bool {
        let State::Won { offer } = &self.conversation.state else { return false };
        let has_day = |wish: &Option<Delivery>| wish.is_some_and(|wish| wish.has_day());
        let same = Draft { delivery: before.delivery, ..self.heard.draft.clone() } == *before;
        let closed = matches!(self.heard.answers.as_slice(), [Answer::Day { hours: None, .. }]);
        same && (closed || has_day(&self.heard.draft.delivery)) && !has_day(&offer.order.delivery)
    }

    /// Whether words such as `ok` say yes to nothing: an order is collected, a person
    /// looks at its quote or has the conversation.
    fn only_hears(&self, shop: &Shop<'_>) -> bool {
        let state = &self.conversation.state;
        matches!(
            state,
            State::Capturing | State::AwaitingApproval { .. } | State::HandedOver { .. }
        ) && (is_thumbs_up(&self.heard.words)
            || is_courtesy(&self.heard.words, shop.catalog.vocabulary()))
    }

    /// Whether a CEP alone is of another place than the one that stands, so that nothing
    /// of that is kept: it has another CEP, or it was quoted already, or is being changed.
    /// Else the CEP completes the neighbourhood that was said before it.
    fn is_elsewhere(&self, said: &Place, reading: &Reading) -> bool {
        let Some(stands) = &self.heard.draft.place else { return false };
        let alone = said.cep().is_some() && said.bairro().is_none();
        let quoted = self.conversation.state.offer().is_some();
        alone
            && match stands.cep() {
                Some(cep) => said.cep() != Some(cep),
                None => quoted || reading.intent == Intent::Change,
            }
    }

    /// Takes out of the order the one product that is asked about, when a short no answers
    /// that and nothing else is asked: `deixa pra lá` to *which sand?* is no end of an order
    /// that has other goods. Tells whether it did.
    fn drops_asked(&mut self, reading: &Reading, asked: &[Missing]) -> bool {
        /// A longer no says what it is about.
        const MOST_WORDS: usize = 4;
        let open = self.heard.draft.missing();
        let collects =
            matches!(self.conversation.state, State::Capturing | State::Negotiating { .. });
        let short = plain(&self.heard.words).split(' ').count() <= MOST_WORDS;
        let others = self.heard.draft.items.iter().any(|item| item.qty.is_some());
        if !(collects && short && others && reading.intent == Intent::Decline) || open != asked {
            return false;
        }
        match open.as_slice() {
            [Missing::Choice { ask }] => self.heard.draft.ambiguous.retain(|one| one != ask),
            [Missing::Quantity { sku }] => self.heard.draft.items.retain(|item| item.sku != *sku),
            _ => return false,
        }
        true
    }

    /// Whether an order was called off or turned down so short a while ago that whoever
    /// thinks better of it means that one.
    fn may_reopen(&self, at: DateTime<FixedOffset>) -> bool {
        let said_no = matches!(
            self.conversation.state,
            State::Lost { reason: LostReason::Declined { .. } | LostReason::Cancelled, .. }
        );
        said_no && self.is_soon(at)
    }

    /// Whether goods are wanted on top of those that were bought within the last day. They
    /// are named: a number alone is perhaps about what was bought.
    fn wants_more(&self, at: DateTime<FixedOffset>, shop: &Shop<'_>) -> bool {
        let names_goods = || {
            let alone = read(&self.heard.words, shop.catalog, at);
            !(alone.items.is_empty() && alone.ambiguous.is_empty())
        };
        matches!(self.conversation.state, State::Won { .. })
            && self.is_soon(at)
            && plays(&self.heard.words, Role::Adding, shop.catalog.vocabulary())
            && names_goods()
    }

    /// Whether the customer wrote before within a day.
    fn is_soon(&self, at: DateTime<FixedOffset>) -> bool {
        self.conversation.last_inbound.is_some_and(|last| at - last < WINDOW)
    }

    /// Lets goods go that were only asked about before, when this message brings
    /// something else and does not name them.
    fn let_go(&mut self, before: &Draft, reading: &Reading) {
        let looked_at = &self.conversation.looked_at;
        if self.heard.draft == *before || looked_at.is_empty() {
            return;
        }
        let named = |sku: &Sku| {
            reading.items.iter().any(|item| item.sku == *sku)
                || reading.ambiguous.iter().any(|found| found.ask.skus.contains(sku))
        };
        let gone = |sku: &Sku| looked_at.contains(sku) && !named(sku);
        self.heard.draft.items.retain(|item| item.qty.is_some() || !gone(&item.sku));
        self.heard.draft.ambiguous.retain(|ask| ask.qty.is_some() || !ask.skus.iter().all(gone));
    }
}

/// Whether an order names goods, known or not.
pub(super) fn has_goods(draft: &Draft) -> bool {
    !(draft.items.is_empty() && draft.ambiguous.is_empty() && draft.unknown.is_empty())
}

/// Products in a draft that no quantity is said of, and that were not there before.
fn uncounted(draft: &Draft, before: &Draft) -> Vec<Sku> {
    let items =
        draft.items.iter().filter(|item| item.qty.is_none() && !before.items.contains(item));
    let asks =
        draft.ambiguous.iter().filter(|ask| ask.qty.is_none() && !before.ambiguous.contains(ask));
    let asks = asks.flat_map(|ask| &ask.skus);
    items.map(|item| &item.sku).chain(asks).cloned().collect()
}

/// Gives a product its quantity; one that is not said leaves what stands.
fn set_quantity(draft: &mut Draft, sku: Sku, qty: Option<Quantity>) {
    match draft.items.iter_mut().find(|item| item.sku == sku) {
        Some(item) if qty.is_some() => (item.qty, item.rounded) = (qty, None),
        Some(_) => {}
        None => draft.items.push(DraftItem::new(sku, qty)),
    }
}
