//! Stage 5 and the last, intent: what the message is for, from the patterns of `intents.txt`
//! and from what was found. The first that applies wins, in the order of [`Intent`].

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Intent;
use super::fold::Folded;
use super::pattern::Pattern;
use super::view::View;

/// What the patterns say about a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signals {
    found: u16,
    /// A question whatever is named in it.
    pub(crate) asks_about: bool,
    /// The price of goods is asked, whatever else is.
    asks_price: bool,
    /// Something accepts for certain, and not only by words that also ask.
    accepts: bool,
    /// It does so in a sentence of its own, beside one that asks.
    accepts_apart: bool,
    /// The whole order is called off, and not perhaps a part of it.
    calls_off: bool,
}

impl Signals {
    pub(crate) fn has(self, intent: Intent) -> bool {
        self.found & bit(intent) != 0
    }

    fn add(&mut self, intent: Intent) {
        self.found |= bit(intent);
    }
}

fn bit(intent: Intent) -> u16 {
    1 << (intent as u16)
}

/// How much a pattern says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Force {
    /// `accept?`: something else when it is put as a question.
    Weak,
    Plain,
    /// `question!`, `cancel!`: whatever else is said.
    Strong,
}

impl Force {
    fn of(name: &str) -> Self {
        match name.trim().bytes().last() {
            Some(b'!') => Self::Strong,
            Some(b'?') => Self::Weak,
            _ => Self::Plain,
        }
    }
}

/// Patterns by the word they begin with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Patterns {
    by_word: BTreeMap<String, Vec<usize>>,
    anywhere: Vec<usize>,
    all: Vec<(Intent, Force, Pattern)>,
}

impl Patterns {
    /// How many patterns a store may have of its own.
    const MOST: usize = 500;

    /// The patterns that come with the crate.
    fn standard() -> &'static Self {
        static STANDARD: OnceLock<Patterns> = OnceLock::new();
        STANDARD.get_or_init(|| {
            let mut patterns = Self::default();
            for line in lines(include_str!("intents.txt")) {
                // A test takes every line, so none is lost.
                let _ = patterns.take(line);
            }
            patterns
        })
    }

    /// Adds a line `intent: pattern`; when it is none, says what was expected.
    pub(crate) fn take(&mut self, line: &str) -> Result<(), &'static str> {
        let (name, pattern) = line.split_once(':').ok_or("intent: pattern")?;
        let intent = named(name).ok_or("the name of an intent")?;
        let pattern = Pattern::parse(Folded::new(pattern).text());
        if !pattern.is_simple() {
            return Err("a pattern of 1 to 24 steps, at most 6 of them `*` or optional");
        }
        if self.all.len() >= Self::MOST {
            return Err("at most 500 patterns");
        }
        self.push((intent, Force::of(name), pattern));
        Ok(())
    }

    /// Adds the patterns of another.
    pub(crate) fn extend(&mut self, other: &Self) {
        for pattern in &other.all {
            self.push(pattern.clone());
        }
    }

    fn push(&mut self, pattern: (Intent, Force, Pattern)) {
        let position = self.all.len();
        let words = pattern.2.first_words();
        if words.is_empty() {
            self.anywhere.push(position);
        }
        for word in words {
            self.by_word.entry(word.clone()).or_default().push(position);
        }
        self.all.push(pattern);
    }

    /// The patterns that may begin with a word.
    fn beginning(&self, word: &str) -> impl Iterator<Item = &(Intent, Force, Pattern)> {
        let here = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        here.iter().chain(&self.anywhere).filter_map(|position| self.all.get(*position))
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    let said = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    text.lines().filter(said)
}

fn named(name: &str) -> Option<Intent> {
    Some(match name.trim().trim_end_matches(['!', '?']) {
        "opt_out" => Intent::OptOut,
        "human" => Intent::Human,
        "cancel" => Intent::Cancel,
        "decline" => Intent::Decline,
        "change" => Intent::Change,
        "order" => Intent::Order,
        "accept" => Intent::Accept,
        "details" => Intent::Details,
        "question" => Intent::Question,
        "greeting" => Intent::Greeting,
        _ => return None,
    })
}

/// Which patterns match anywhere in a message: those of everybody, and a store's own.
pub(crate) fn signals(view: &View<'_>, own: &Patterns) -> Signals {
    let standard = Patterns::standard();
    let mut signals = Signals::default();
    for at in 0..view.len() {
        let word = view.word(at);
        for (intent, force, pattern) in standard.beginning(word).chain(own.beginning(word)) {
            let news = !signals.has(*intent)
                || (*force == Force::Strong && !(signals.asks_about && signals.asks_price))
                || (*intent == Intent::Accept && *force == Force::Plain && !signals.accepts)
                || (*intent == Intent::Cancel && *force == Force::Strong && !signals.calls_off);
            if news && pattern.match_at(view, at).is_some() {
                signals.add(*intent);
                let strong = *force == Force::Strong;
                signals.asks_about |= strong && *intent == Intent::Question;
                signals.asks_price |= strong && *intent == Intent::Order;
                signals.calls_off |= strong && *intent == Intent::Cancel;
                signals.accepts |= *intent == Intent::Accept && *force == Force::Plain;
            }
        }
    }
    signals.accepts_apart = signals.accepts
        && signals.has(Intent::Question)
        && (0..view.len()).any(|at| accepts_apart(view, at, own));
    signals
}

/// Whether words accept for certain here, in a sentence that asks nothing:
/// `fechado! que horas vocês abrem?`, but not `vocês ficam fechado no domingo?`.
fn accepts_apart(view: &View<'_>, at: usize, own: &Patterns) -> bool {
    let says = |at: usize, wanted: Intent| {
        let all = Patterns::standard().beginning(view.word(at)).chain(own.beginning(view.word(at)));
        let mut wanted = all.filter(|(intent, force, _)| {
            *intent == wanted && (wanted != Intent::Accept || *force == Force::Plain)
        });
        wanted.any(|(_, _, pattern)| pattern.match_at(view, at).is_some())
    };
    says(at, Intent::Accept) && {
        let (mut words, asked) = view.sentence(at);
        !asked && !words.any(|at| says(at, Intent::Question))
    }
}

/// What was found in the message beside the patterns.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Findings {
    /// Products, known or not.
    pub(crate) goods: bool,
    /// Some of them are taken out of the order, or have another number in it.
    pub(crate) changes: bool,
    /// Goods or a number are refused, which is less than the whole.
    pub(crate) refused: bool,
    /// A place, payment or delivery.
    pub(crate) details: bool,
    /// A number that belongs to nothing in the message.
    pub(crate) number: bool,
    /// A question mark or a word that asks.
    pub(crate) asks: bool,
    /// Nothing but a greeting.
    pub(crate) greets: bool,
    /// Nothing but signs that say yes.
    pub(crate) nods: bool,
}

/// Decides the intent.
pub(crate) fn decide(signals: Signals, findings: Findings) -> Intent {
    const SPOKEN: [Intent; 5] =
        [Intent::OptOut, Intent::Human, Intent::Cancel, Intent::Decline, Intent::Change];
    for intent in SPOKEN {
        let overruled = match intent {
            // `cimento não quero mais`: a part of the order is.
            Intent::Cancel => findings.changes && !signals.calls_off,
            // A refusal beside goods is about one of them; an edit needs no goods at all.
            Intent::Decline => findings.goods || findings.refused,
            // `muda a entrega pra sexta` edits no goods.
            Intent::Change => findings.details && !findings.goods && !findings.number,
            _ => false,
        };
        let said = signals.has(intent) || intent == Intent::Change && findings.changes;
        if said && !overruled {
            return intent;
        }
    }
    if signals.accepts_apart && !findings.goods {
        return Intent::Accept;
    }
    if signals.asks_about && !(signals.asks_price && findings.goods) {
        return Intent::Question;
    }
    if findings.goods {
        return Intent::Order;
    }
    match () {
        () if findings.greets => Intent::Greeting,
        () if findings.nods => Intent::Accept,
        () if signals.has(Intent::Question) => Intent::Question,
        () if signals.has(Intent::Order) => Intent::Order,
        () if signals.accepts => Intent::Accept,
        () if signals.has(Intent::Accept) && !(findings.asks && findings.details) => Intent::Accept,
        () if findings.details => Intent::Details,
        () if findings.asks => Intent::Question,
        () => Intent::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_pattern_of_an_intent() {
        for line in lines(include_str!("intents.txt")) {
            assert_eq!(Patterns::default().take(line), Ok(()), "{line}");
        }
        assert_eq!(Patterns::standard().all.len(), lines(include_str!("intents.txt")).count());
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for line in ["", "accept", "please: sim", "accept:", "accept: * * * * * * *"] {
            assert!(Patterns::default().take(line).is_err(), "{line}");
        }
    }
}
