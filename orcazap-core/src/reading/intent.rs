//! Stage 5 and the last, intent: what the message is for, from the patterns of `intents.txt`
//! and from what was found. The first that applies wins, in the order of [`Intent`].

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Intent;
use super::assent::{Assent, assent};
use super::fold::Folded;
use super::heard::{Range, together};
use super::pattern::{Numbered, Pattern, Start};
use super::view::{Sign, View};
use crate::catalog::table::{Key, Table};

/// What the patterns say about a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signals {
    found: u16,
    /// A question whatever is named in it.
    pub(crate) asks_about: bool,
    /// The tokens of a question whatever is named in it, unless goods are counted besides.
    asks_within: Option<Range>,
    /// The price of goods is asked, whatever else is.
    asks_price: bool,
    /// What words that accept come to.
    pub(crate) assent: Assent,
    /// The whole order is called off, and not perhaps a part of it.
    calls_off: bool,
    /// The order is called off, unless goods are named.
    calls_off_alone: bool,
}

impl Signals {
    /// Whether some tokens reach beyond the question that they stand in or beside.
    pub(crate) fn is_beside_the_question(self, tokens: Range) -> bool {
        self.asks_within.is_some_and(|(from, to)| tokens.0 < from || tokens.1 > to)
    }

    /// Whether a question is put that may name goods: `se eu levar 20, tem desconto?`.
    pub(crate) fn asks_besides(self) -> bool {
        self.asks_within.is_some()
    }

    pub(crate) fn has(self, intent: Intent) -> bool {
        self.found & bit(intent) != 0
    }

    /// Takes back that an intent was found.
    pub(crate) fn forget(&mut self, intent: Intent) {
        self.found &= !bit(intent);
    }

    /// Whether a pattern of so much force would say anything new.
    fn gain_from(self, intent: Intent, force: Force) -> bool {
        !self.has(intent)
            || match (intent, force) {
                (Intent::Question, Force::Strong) => !self.asks_about,
                (Intent::Question, Force::Weak) => true,
                (Intent::Order, Force::Strong) => !self.asks_price,
                (Intent::Cancel, Force::Strong) => !self.calls_off,
                (_, Force::Weak | Force::Plain | Force::Strong) => false,
            }
    }

    /// Takes what a pattern says.
    fn take(&mut self, intent: Intent, force: Force) {
        if (intent, force) == (Intent::Cancel, Force::Weak) {
            self.calls_off_alone = true;
            return;
        }
        self.found |= bit(intent);
        match (intent, force) {
            (Intent::Question, Force::Strong) => self.asks_about = true,
            (Intent::Order, Force::Strong) => self.asks_price = true,
            (Intent::Cancel, Force::Strong) => self.calls_off = true,
            (_, Force::Weak | Force::Plain | Force::Strong) => {}
        }
    }
}

fn bit(intent: Intent) -> u16 {
    1 << (intent as u16)
}

/// What a pattern says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Intent(Intent),
    /// What is asked about.
    About(Topic),
    /// A yes beside it is none.
    Hedge,
}

/// What a question can be about that stores have rules for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Which ways of paying there are, and what they add or take off.
    Payment,
    /// In how many parts a card pays.
    Installments,
    /// What delivery costs.
    Freight,
    /// Whether goods are brought to a place or on a day.
    Delivering,
    /// When what was bought arrives.
    Arrival,
    /// Whether a price or a quote still stands, and what it came to.
    Standing,
    /// That what was called off is wanted after all.
    Reopening,
}

impl Topic {
    const ALL: &[Self] = &[
        Self::Payment,
        Self::Installments,
        Self::Freight,
        Self::Delivering,
        Self::Arrival,
        Self::Standing,
        Self::Reopening,
    ];
}

/// How much a pattern says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Force {
    /// `accept?`: something else when details are asked for; `hedge?`: between commas;
    /// `question?`: no question about goods that are counted in another sentence.
    Weak,
    /// `hedge`: in its sentence, or in any when it begins one.
    Plain,
    /// `question!`, `cancel!`: whatever else is said; `hedge!`: anywhere, for the price.
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
    /// The words of all patterns.
    words: Table,
    /// For each word the patterns that can begin with it.
    by_word: Vec<Vec<usize>>,
    /// Those that can begin with any word of a first letter.
    by_letter: BTreeMap<u8, Vec<usize>>,
    /// Those that can begin where a sentence does.
    opening: Vec<usize>,
    /// Those that can begin with anything.
    anywhere: Vec<usize>,
    all: Vec<(Says, Force, Pattern)>,
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
        let says = named(name).ok_or("the name of an intent")?;
        let pattern = Pattern::parse(Folded::new(pattern).text(), &mut self.words);
        if !pattern.is_simple() {
            return Err("a pattern of 1 to 24 steps, at most 6 of them `*` or optional");
        }
        if self.all.len() >= Self::MOST {
            return Err("at most 500 patterns");
        }
        self.push((says, Force::of(name), pattern));
        Ok(())
    }

    /// Adds the patterns of another.
    pub(crate) fn extend(&mut self, other: &Self) {
        for (says, force, pattern) in &other.all {
            let pattern = pattern.clone().renumbered(&other.words, &mut self.words);
            self.push((*says, *force, pattern));
        }
    }

    fn push(&mut self, pattern: (Says, Force, Pattern)) {
        let position = self.all.len();
        self.by_word.resize_with(self.words.len(), Vec::new);
        match pattern.2.start() {
            Start::Words { words, letters } => {
                for word in words {
                    if let Some(patterns) = self.by_word.get_mut(word as usize) {
                        patterns.push(position);
                    }
                }
                for letter in letters {
                    self.by_letter.entry(letter).or_default().push(position);
                }
            }
            Start::Sentence => self.opening.push(position),
            Start::Anywhere => self.anywhere.push(position),
        }
        self.all.push(pattern);
    }

    /// Whether any of these patterns, or of those that come with the crate, has a word.
    pub(crate) fn have(&self, word: Key<'_>) -> bool {
        [self, Self::standard()].iter().any(|known| known.words.find_key(word).is_some())
    }

    /// The patterns that may begin at a word.
    fn beginning<'p>(
        &'p self,
        words: &Numbered<'_>,
        at: usize,
    ) -> impl Iterator<Item = &'p (Says, Force, Pattern)> {
        let here = words.number(at).and_then(|word| self.by_word.get(word as usize));
        let letter = words.view.word(at).bytes().next();
        let alike = letter.and_then(|letter| self.by_letter.get(&letter));
        let begins = words.view.begins_sentence(at) || words.view.begins_message(at);
        let opening = begins.then_some(&self.opening);
        let listed = |list: Option<&'p Vec<usize>>| list.map_or(&[][..], Vec::as_slice);
        let first = listed(here).iter().chain(listed(alike));
        let all = first.chain(listed(opening)).chain(&self.anywhere);
        all.filter_map(|position| self.all.get(*position))
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    let said = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    text.lines().filter(said)
}

fn named(name: &str) -> Option<Says> {
    let about = |topic| Some(Says::About(topic));
    Some(Says::Intent(match name.trim().trim_end_matches(['!', '?']) {
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
        "hedge" => return Some(Says::Hedge),
        "about payment" => return about(Topic::Payment),
        "about installments" => return about(Topic::Installments),
        "about freight" => return about(Topic::Freight),
        "about arrival" => return about(Topic::Arrival),
        "about standing" => return about(Topic::Standing),
        "about reopening" => return about(Topic::Reopening),
        "about delivering" => return about(Topic::Delivering),
        _ => return None,
    }))
}

/// The patterns of everybody and a store's own, with the words of a message.
pub(super) struct Lines<'v>(Vec<(&'v Patterns, Numbered<'v>)>);

impl<'v> Lines<'v> {
    fn new(view: &'v View<'v>, own: &'v Patterns) -> Self {
        let all = [Patterns::standard(), own].into_iter();
        let all = all.filter(|patterns| !patterns.all.is_empty());
        Self(all.map(|patterns| (patterns, Numbered::new(view, &patterns.words))).collect())
    }

    /// With how much force the patterns that match at a word say something.
    pub(super) fn said(&self, at: usize, says: Says) -> impl Iterator<Item = Force> {
        self.0.iter().flat_map(move |(patterns, words)| {
            let wanted = patterns.beginning(words, at).filter(move |(said, ..)| *said == says);
            wanted
                .filter(move |(_, _, pattern)| pattern.match_at(words, at).is_some())
                .map(|(_, force, _)| *force)
        })
    }
}

/// Which patterns match anywhere in a message: those of everybody, and a store's own.
pub(crate) fn signals(view: &View<'_>, own: &Patterns) -> Signals {
    let lines = Lines::new(view, own);
    let mut signals = Signals::default();
    let mut yeses: Vec<(usize, Force)> = Vec::new();
    for (patterns, words) in &lines.0 {
        for at in 0..view.len() {
            patterns.beginning(words, at).for_each(|(says, force, pattern)| {
                let Says::Intent(intent) = *says else { return };
                let yes = intent == Intent::Accept;
                let news = yes || signals.gain_from(intent, *force);
                if news && pattern.match_at(words, at).is_some() {
                    signals.take(intent, *force);
                    if (intent, *force) == (Intent::Question, Force::Weak) {
                        let clause = view.clause(at);
                        let clause = (view.token(clause.start), view.token(clause.end));
                        let known = signals.asks_within.get_or_insert(clause);
                        *known = together(*known, clause);
                    }
                    yeses.extend(yes.then_some((at, *force)));
                }
            });
        }
    }
    signals.assent = assent(view, &yeses, &lines);
    signals
}

/// What a message asks about.
pub(crate) fn topics(view: &View<'_>, own: &Patterns) -> Vec<Topic> {
    let lines = Lines::new(view, own);
    let asks =
        |topic| (0..view.len()).any(|at| lines.said(at, Says::About(topic)).next().is_some());
    Topic::ALL.iter().copied().filter(|topic| asks(*topic)).collect()
}

/// How far words stand from the question of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Beside {
    /// They are part of it.
    Within,
    /// They say something first: `retiro aí, até que horas ficam abertos?`.
    Before,
    /// They are in a sentence that asks nothing: `aceita pix? pago no pix`.
    Elsewhere,
}

/// How far some tokens stand from what the message asks.
pub(crate) fn beside_the_question(view: &View<'_>, own: &Patterns, tokens: Range) -> Beside {
    let lines = Lines::new(view, own);
    let asks = |at: usize| lines.said(at, Says::Intent(Intent::Question)).next().is_some();
    let Some(at) = (0..view.len()).find(|at| view.token(*at) >= tokens.0) else {
        return Beside::Within;
    };
    let (clause, sentence) = (view.clause(at), view.sentence(at));
    if (sentence.start..clause.end).any(asks) {
        return Beside::Within;
    }
    match ((clause.end..sentence.end).any(asks), view.is_asked(&sentence)) {
        (true, _) => Beside::Before,
        (false, true) => Beside::Within,
        (false, false) => Beside::Elsewhere,
    }
}

/// What was found in the message beside the patterns.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Findings {
    /// Products, known or not.
    pub(crate) goods: bool,
    /// Some of them are counted in words that ask nothing: `faz a 35? levo 50 sacos`.
    pub(crate) counted_beside: bool,
    /// Some of them are taken out of the order, or have another number in it.
    pub(crate) changes: bool,
    /// Goods or a number are refused, which is less than the whole.
    pub(crate) refused: bool,
    /// A place, payment or delivery.
    pub(crate) details: bool,
    /// A number that belongs to nothing in the message.
    pub(crate) number: bool,
    /// Goods of the order, as they stand there: `são 10 sacos mesmo, confirma`.
    pub(crate) repeats: bool,
    /// An amount of money or a percentage.
    pub(crate) money: bool,
    /// A question mark or a word that asks.
    pub(crate) asks: bool,
    /// Nothing but a greeting.
    pub(crate) greets: bool,
    /// What it says that is nothing but signs.
    pub(crate) sign: Option<Sign>,
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
            Intent::Change => {
                // `na verdade são 15` of several products: of which?
                !findings.goods && (findings.details || findings.number)
                    || findings.repeats && signals.assent.certain
            }
            _ => false,
        };
        let said = signals.has(intent)
            || intent == Intent::Change && findings.changes
            || intent == Intent::Cancel && signals.calls_off_alone && !findings.goods;
        if said && !overruled {
            return intent;
        }
    }
    let assent = signals.assent;
    if signals.has(Intent::Accept) && !findings.goods {
        if assent.haggles || findings.money || findings.number {
            return Intent::Question;
        }
        if assent.certain && !findings.greets {
            return Intent::Accept;
        }
    }
    if signals.has(Intent::Change) && findings.number && !findings.goods {
        return Intent::Question;
    }
    let asks_about =
        signals.asks_about || signals.asks_within.is_some() && !findings.counted_beside;
    if asks_about && !(signals.asks_price && findings.goods) {
        return Intent::Question;
    }
    if findings.goods {
        return Intent::Order;
    }
    match () {
        () if findings.greets => Intent::Greeting,
        () if findings.sign == Some(Sign::Yes) => Intent::Accept,
        () if findings.sign == Some(Sign::No) => Intent::Decline,
        () if signals.has(Intent::Question) => Intent::Question,
        () if signals.has(Intent::Order) => Intent::Order,
        () if assent.plain && !(findings.asks && findings.details) => Intent::Accept,
        () if findings.details => Intent::Details,
        () if findings.asks || assent.open => Intent::Question,
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
