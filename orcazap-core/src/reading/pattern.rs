//! Patterns of words that are read from text: the little language of `intents.txt`.

use super::token::Kind;
use super::view::View;

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// One of these words; a word that ends in `~` stands for its beginning.
    Word { any: Vec<String>, optional: bool },
    /// A number.
    Number,
    /// Up to four words of the same sentence.
    Gap,
    /// The beginning of a sentence, or of the message.
    Begin { message: bool },
    /// The end of the message, or of a sentence.
    End { message: bool },
}

/// A pattern, ready to be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
}

impl Pattern {
    pub(crate) fn parse(text: &str) -> Self {
        let step = |word: &str| match word {
            "#" => Step::Number,
            "*" => Step::Gap,
            "^" => Step::Begin { message: false },
            "^^" => Step::Begin { message: true },
            "$" => Step::End { message: true },
            "." => Step::End { message: false },
            _ => {
                let optional = word.ends_with('?');
                let any = word.trim_end_matches('?').split('|').map(ToOwned::to_owned).collect();
                Step::Word { any, optional }
            }
        };
        Self { steps: text.split_whitespace().map(step).collect() }
    }

    /// Whether it says something, and is matched in few attempts.
    pub(crate) fn is_simple(&self) -> bool {
        let forks = |step: &&Step| matches!(step, Step::Gap | Step::Word { optional: true, .. });
        (1..=24).contains(&self.steps.len()) && self.steps.iter().filter(forks).count() <= 6
    }

    /// The words it can begin with; empty when it can begin with anything.
    pub(crate) fn first_words(&self) -> &[String] {
        let first = self.steps.iter().find(|step| !matches!(step, Step::Begin { .. }));
        match first {
            Some(Step::Word { any, optional: false })
                if !any.iter().any(|word| word.ends_with('~')) =>
            {
                any
            }
            _ => &[],
        }
    }

    /// The end of the match that begins at word `at` of the view, if there is one.
    pub(crate) fn match_at(&self, view: &View<'_>, at: usize) -> Option<usize> {
        matches(&self.steps, view, at)
    }
}

fn matches(steps: &[Step], view: &View<'_>, at: usize) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(at) };
    match step {
        Step::Begin { message } => {
            let begins = if *message { view.begins_message(at) } else { view.begins_sentence(at) };
            begins.then(|| matches(rest, view, at)).flatten()
        }
        Step::End { message } => {
            let ends = at >= view.len() || (!message && view.begins_sentence(at));
            ends.then(|| matches(rest, view, at)).flatten()
        }
        Step::Gap => (0..=4)
            .take_while(|skipped| {
                *skipped == 0 || (at + skipped <= view.len() && !view.begins_sentence(at + skipped))
            })
            .find_map(|skipped| matches(rest, view, at + skipped)),
        Step::Number => {
            let number =
                matches!(view.kind(at)?, Kind::Number(_) | Kind::Size(_)) || view.is_spelled(at);
            number.then(|| matches(rest, view, at + 1)).flatten()
        }
        Step::Word { any, optional } => {
            let found = at < view.len()
                && any.iter().any(|word| match word.strip_suffix('~') {
                    Some(beginning) => view.word(at).starts_with(beginning),
                    None => view.word(at) == word,
                });
            let taken = if found { matches(rest, view, at + 1) } else { None };
            taken.or_else(|| optional.then(|| matches(rest, view, at)).flatten())
        }
    }
}
