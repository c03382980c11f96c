//! What stands beside a yes to the quote, and is read by itself: a question about something
//! else, or a change behind a *but*.

use chrono::{DateTime, FixedOffset};

use super::Ear;
use super::asked::Asked;
use super::questions::{asks_hours, sentences};
use super::words::behind_but;
use crate::catalog::Sku;
use crate::conversation::Shop;
use crate::reading::{Intent, Reading};

/// A message that says yes and something more.
pub(super) enum Aside {
    /// The yes stands, and something else is asked.
    Question {
        /// The yes, read by itself.
        yes: Reading,
        /// What is asked, read by itself.
        asked: Box<Reading>,
        /// The words that ask.
        words: String,
    },
    /// The yes is to other goods than those of the quote, and so it is none.
    Change {
        /// The change, read by itself.
        change: Reading,
        /// The words that change something.
        words: String,
    },
}

impl Ear<'_> {
    /// What stands beside a yes to the quote that was sent.
    pub(super) fn aside(
        &self,
        read: impl Fn(&str) -> Reading,
        shop: &Shop<'_>,
        at: DateTime<FixedOffset>,
    ) -> Option<Aside> {
        self.sent_offer()?;
        self.question_aside(&read, shop, at).or_else(|| self.change_aside(&read))
    }

    /// A question that does not touch what is sold: about goods that are not in the quote, or
    /// when the store is open. At the counter that is a sale and an answer; the goods are
    /// another order. What is asked about the quote itself is no such thing.
    fn question_aside(
        &self,
        read: impl Fn(&str) -> Reading,
        shop: &Shop<'_>,
        at: DateTime<FixedOffset>,
    ) -> Option<Aside> {
        let (asks, rest): (Vec<&str>, Vec<&str>) =
            sentences(&self.heard.words).partition(|part| part.contains('?'));
        if asks.is_empty() || rest.is_empty() {
            return None;
        }
        let yes = Some(read(&rest.join(" "))).filter(|yes| yes.intent == Intent::Accept)?;
        let words = asks.join(" ");
        let asked = read(&words);
        let known = |sku: &Sku| self.heard.draft.items.iter().any(|item| item.sku == *sku);
        let others = asked.items.iter().all(|item| item.qty.is_none() && !known(&item.sku))
            && asked.ambiguous.iter().all(|found| found.ask.qty.is_none())
            && asked.unknown.iter().all(|found| found.ask.qty.is_none());
        let goods =
            !(asked.items.is_empty() && asked.ambiguous.is_empty() && asked.unknown.is_empty());
        (others && goods || asks_hours(&Asked::new(&words, shop.catalog), shop, at))
            .then_some(Aside::Question { yes, asked: Box::new(asked), words })
    }

    /// Goods in another number behind a *but*: `fechado mas manda 25`. Together the words are
    /// neither a yes nor a change, since the number may be a price; behind the *but* they are
    /// read as they would be alone.
    fn change_aside(&self, read: impl Fn(&str) -> Reading) -> Option<Aside> {
        let (before, words) = behind_but(&self.heard.words)?;
        let change = Some(read(words)).filter(|change| {
            matches!(change.intent, Intent::Change | Intent::Order) && !change.items.is_empty()
        })?;
        let yes = read(before).intent == Intent::Accept;
        let words = words.to_owned();
        yes.then_some(Aside::Change { change, words })
    }
}
