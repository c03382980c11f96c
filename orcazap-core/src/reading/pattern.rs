//! Patterns of words that are read from text: the little language of `intents.txt`.
//!
//! A pattern knows its words by their numbers in a table, in which the words of a
//! message are looked up once for all patterns.

use super::token::Kind;
use super::view::View;
use crate::catalog::table::Table;

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// One of these words, or one that begins so: `canc~`.
    Word { any: Vec<u32>, beginnings: Vec<String>, optional: bool },
    /// A number.
    Number,
    /// Up to four words of the same sentence.
    Gap,
    /// The beginning of a sentence, or of the message.
    Begin { message: bool },
    /// The end of the message, or of a sentence.
    End { message: bool },
}

/// The words of a message, with their numbers in the table of some patterns.
pub(crate) struct Numbered<'v> {
    pub(crate) view: &'v View<'v>,
    numbers: Vec<Option<u32>>,
    /// Which words of the table occur.
    occurring: Vec<bool>,
}

impl<'v> Numbered<'v> {
    pub(crate) fn new(view: &'v View<'v>, table: &Table) -> Self {
        let mut occurring = vec![false; table.len()];
        let numbers = (0..view.len()).map(|at| {
            let number = table.find_key(view.key(at)?)?;
            occurring.get_mut(number as usize).map(|occurs| *occurs = true)?;
            Some(number)
        });
        Self { view, numbers: numbers.collect(), occurring }
    }

    /// Whether one of some words of the table occurs anywhere in the message.
    fn has_any(&self, words: &[u32]) -> bool {
        words.iter().any(|word| self.occurring.get(*word as usize) == Some(&true))
    }

    /// The number of a word; `None` when no pattern has it.
    pub(crate) fn number(&self, at: usize) -> Option<u32> {
        self.numbers.get(at).copied().flatten()
    }
}

/// A pattern, ready to be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
    /// The step whose words a message must have one of, so that most patterns are not
    /// tried at all: the last that may not be missing.
    required: Option<usize>,
}

impl Pattern {
    /// Reads a pattern and numbers its words.
    pub(crate) fn parse(text: &str, table: &mut Table) -> Self {
        let step = |word: &str| match word {
            "#" => Step::Number,
            "*" => Step::Gap,
            "^" => Step::Begin { message: false },
            "^^" => Step::Begin { message: true },
            "$" => Step::End { message: true },
            "." => Step::End { message: false },
            _ => {
                let (mut any, mut beginnings) = (Vec::new(), Vec::new());
                for word in word.trim_end_matches('?').split('|') {
                    match word.strip_suffix('~') {
                        Some(beginning) => beginnings.push(beginning.to_owned()),
                        None => any.push(table.intern(word)),
                    }
                }
                Step::Word { any, beginnings, optional: word.ends_with('?') }
            }
        };
        let steps: Vec<Step> = text.split_whitespace().map(step).collect();
        let required = |step: &Step| match step {
            Step::Word { beginnings, optional, .. } => beginnings.is_empty() && !optional,
            _ => false,
        };
        Self { required: steps.iter().rposition(required), steps }
    }

    /// The pattern with its words numbered in another table.
    pub(crate) fn renumbered(mut self, own: &Table, other: &mut Table) -> Self {
        for step in &mut self.steps {
            if let Step::Word { any, .. } = step {
                any.iter_mut().for_each(|word| *word = other.intern(own.get(*word)));
            }
        }
        self
    }

    /// Whether it says something, and is matched in few attempts.
    pub(crate) fn is_simple(&self) -> bool {
        let forks = |step: &&Step| matches!(step, Step::Gap | Step::Word { optional: true, .. });
        (1..=24).contains(&self.steps.len()) && self.steps.iter().filter(forks).count() <= 6
    }

    /// What it can begin with.
    pub(crate) fn start(&self) -> Start {
        let is_begin = |step: &Step| matches!(step, Step::Begin { .. });
        let (mut words, mut letters) = (Vec::new(), Vec::new());
        for step in self.steps.iter().skip_while(|step| is_begin(step)) {
            let Step::Word { any, beginnings, optional } = step else { break };
            words.extend(any);
            letters.extend(beginnings.iter().filter_map(|word| word.bytes().next()));
            if !optional {
                return Start::Words { words, letters };
            }
        }
        if self.steps.first().is_some_and(is_begin) { Start::Sentence } else { Start::Anywhere }
    }

    /// The end of the match that begins at a word, if there is one.
    pub(crate) fn match_at(&self, words: &Numbered<'_>, at: usize) -> Option<usize> {
        if let Some(Step::Word { any, .. }) = self.required.and_then(|at| self.steps.get(at))
            && !words.has_any(any)
        {
            return None;
        }
        matches(&self.steps, words, at)
    }
}

/// Where a pattern can begin, so that it is tried nowhere else.
pub(crate) enum Start {
    /// At these words, and at those that begin with these letters.
    Words { words: Vec<u32>, letters: Vec<u8> },
    /// Where a sentence or the message does.
    Sentence,
    /// With anything.
    Anywhere,
}

fn matches(steps: &[Step], words: &Numbered<'_>, at: usize) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(at) };
    let view = words.view;
    match step {
        Step::Begin { message } => {
            let begins = if *message { view.begins_message(at) } else { view.begins_sentence(at) };
            begins.then(|| matches(rest, words, at)).flatten()
        }
        Step::End { message } => {
            let ends = at >= view.len() || (!message && view.begins_sentence(at));
            ends.then(|| matches(rest, words, at)).flatten()
        }
        Step::Gap => (0..=4)
            .take_while(|skipped| {
                *skipped == 0 || (at + skipped <= view.len() && !view.begins_sentence(at + skipped))
            })
            .find_map(|skipped| matches(rest, words, at + skipped)),
        Step::Number => {
            let number =
                matches!(view.kind(at)?, Kind::Number(_) | Kind::Size(_)) || view.is_spelled(at);
            number.then(|| matches(rest, words, at + 1)).flatten()
        }
        Step::Word { any, beginnings, optional } => {
            let begins = |beginning: &String| view.word(at).starts_with(beginning);
            let found = words.number(at).is_some_and(|number| any.contains(&number))
                || at < view.len() && beginnings.iter().any(begins);
            let taken = if found { matches(rest, words, at + 1) } else { None };
            taken.or_else(|| optional.then(|| matches(rest, words, at)).flatten())
        }
    }
}
