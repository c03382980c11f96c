//! Stage 5 and the last, intent: what the message is for, from the patterns of `intents.txt`
//! and from what was found. The first that applies wins, in the order of [`Intent`].

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Intent;
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

/// The patterns by the word they begin with.
struct Patterns {
    by_word: BTreeMap<String, Vec<usize>>,
    anywhere: Vec<usize>,
    all: Vec<(Intent, Force, Pattern)>,
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let all: Vec<(Intent, Force, Pattern)> = lines(include_str!("intents.txt"))
            .filter_map(|(name, pattern)| {
                Some((named(name)?, Force::of(name), Pattern::parse(pattern)))
            })
            .collect();
        let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut anywhere = Vec::new();
        for (position, (_, _, pattern)) in all.iter().enumerate() {
            if pattern.first_words().is_empty() {
                anywhere.push(position);
            }
            for word in pattern.first_words() {
                by_word.entry(word.clone()).or_default().push(position);
            }
        }
        Patterns { by_word, anywhere, all }
    })
}

fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .filter_map(|line| line.split_once(':'))
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

/// Which patterns match anywhere in a message.
pub(crate) fn signals(view: &View<'_>) -> Signals {
    let patterns = patterns();
    let mut signals = Signals::default();
    for at in 0..view.len() {
        let here = patterns.by_word.get(view.word(at)).map_or(&[][..], Vec::as_slice);
        for position in here.iter().chain(&patterns.anywhere) {
            let Some((intent, force, pattern)) = patterns.all.get(*position) else { continue };
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
        && (0..view.len()).any(|at| accepts_apart(view, at));
    signals
}

/// Whether words accept for certain here, in a sentence that asks nothing:
/// `fechado! que horas vocês abrem?`, but not `vocês ficam fechado no domingo?`.
fn accepts_apart(view: &View<'_>, at: usize) -> bool {
    let says = |at: usize, wanted: Intent| {
        let here = patterns().by_word.get(view.word(at)).map_or(&[][..], Vec::as_slice);
        let all = here.iter().chain(&patterns().anywhere);
        all.filter_map(|position| patterns().all.get(*position)).any(|(intent, force, pattern)| {
            let certain = wanted != Intent::Accept || *force == Force::Plain;
            *intent == wanted && certain && pattern.match_at(view, at).is_some()
        })
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
        for (name, pattern) in lines(include_str!("intents.txt")) {
            assert!(named(name).is_some(), "{name}: {pattern}");
            assert!(!pattern.trim().is_empty(), "{name}");
        }
    }
}
