//! Stage 13, verbs: the words of `verbs.txt`, which say what a message does to
//! the goods beside them. What each does is in `asks/edits`.

use std::sync::OnceLock;

use super::view::Message;
use crate::catalog::table::{Key, Table};

/// What words between the goods say of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// `tira`, `remove`: what follows is taken out, or what stands before.
    Remove,
    /// `cancela`: as [`Remove`](Self::Remove), and by itself of the whole order.
    Cancel,
    /// `não quero mais`.
    NoLonger,
    /// `sem a areia`; behind goods it belongs to them (`porta sem fechadura`).
    Without,
    /// `deixa o`: drops, unless a number or another removal says otherwise.
    Leave,
    /// `mantém`; `fica`, `ok` behind goods, where others are taken out.
    Keep,
    /// `não precisa`, before or behind goods.
    Unneeded,
    /// `não é`: what follows up to the comma is wrong.
    NotThis,
    /// `põe`, `coloca`, `inclui`, `quero`.
    Put,
    /// `troca`, what follows is replaced.
    Replace,
    /// `por`, `pelo` behind `troca`.
    By,
    /// `em vez de`.
    InsteadOf,
    /// `e não`: what follows was wrong.
    AndNot,
    /// `digo`, `aliás`: what was just said is taken back.
    Correct,
    /// `muda`: a new quantity or kind follows.
    Alter,
    /// `aumenta`: by or to a number.
    Raise,
    /// `diminui`: by or to a number.
    Lower,
    /// `mais` before a number.
    More,
    /// `menos` before a number.
    Fewer,
    /// `a menos` behind a number.
    Off,
    /// `a mais` behind a number.
    OnTop,
    /// `pra lá` behind `deixa` and what is let go.
    Away,
    /// `menos a areia`, `exceto`: all but what follows.
    Except,
    /// `dobra`.
    Double,
    /// `triplica`.
    Triple,
    /// `só`.
    Only,
    /// `quanto`, `preço`: asks for a price.
    Price,
    /// `tem`, `vende`: asks whether there is any.
    Have,
}

/// The verb that begins at a token, `None` for words that look like one and say
/// nothing, with the token behind it.
pub(crate) fn verb(message: &Message<'_>, at: usize) -> Option<(Option<Verb>, usize)> {
    let phrases = phrases();
    let word = phrases.words.find_key(message.key(at)?)?;
    let here = phrases.by_word.get(word as usize)?;
    let ends = here.iter().filter_map(|position| {
        let (verb, phrase) = phrases.all.get(*position)?;
        Some((*verb, phrase.end(message, at)?))
    });
    // Of equally long ones the first of the file.
    ends.fold(None, |best: Option<(Option<Verb>, usize)>, found| match best {
        Some(best) if best.1 >= found.1 => Some(best),
        _ => Some(found),
    })
}

/// Whether a phrase begins with a word.
pub(crate) fn begins_with(word: Key<'_>) -> bool {
    phrases().words.find_key(word).is_some()
}

/// One line of the file.
struct Phrase {
    /// Something stands before it in the message.
    follows: bool,
    /// The alternatives of each word, and whether it may be missing.
    words: Vec<(Vec<&'static str>, bool)>,
}

impl Phrase {
    fn parse(text: &'static str) -> Self {
        let mut words = text.split_whitespace().peekable();
        let follows = words.next_if_eq(&"_").is_some();
        let word = |word: &'static str| {
            (word.trim_end_matches('?').split('|').collect(), word.ends_with('?'))
        };
        Self { follows, words: words.map(word).collect() }
    }

    /// The words it can begin with.
    fn first_words(&self) -> impl Iterator<Item = &'static str> {
        let required = self.words.iter().position(|(_, optional)| !optional).unwrap_or(0);
        self.words.iter().take(required + 1).flat_map(|(any, _)| any.iter().copied())
    }

    fn end(&self, message: &Message<'_>, at: usize) -> Option<usize> {
        (!self.follows || at > 0).then_some(())?;
        let mut to = at;
        for (any, optional) in &self.words {
            let found = !message.is_taken(to) && any.contains(&message.word(to));
            (found || *optional).then_some(())?;
            to += usize::from(found);
        }
        Some(to)
    }
}

struct Phrases {
    /// The words that phrases begin with.
    words: Table,
    /// For each of them its phrases.
    by_word: Vec<Vec<usize>>,
    all: Vec<(Option<Verb>, Phrase)>,
}

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let all: Vec<_> = lines()
            .filter_map(|(name, phrase)| Some((named(name)?, Phrase::parse(phrase))))
            .collect();
        let mut words = Table::default();
        let mut by_word: Vec<Vec<usize>> = Vec::new();
        for (position, (_, phrase)) in all.iter().enumerate() {
            for word in phrase.first_words() {
                let word = words.intern(word) as usize;
                by_word.resize_with(words.len(), Vec::new);
                if let Some(phrases) = by_word.get_mut(word) {
                    phrases.push(position);
                }
            }
        }
        Phrases { words, by_word, all }
    })
}

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("verbs.txt")
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .filter_map(|line| line.split_once(':'))
}

/// The verb of a name in the file; `None` within for words that say nothing.
fn named(name: &str) -> Option<Option<Verb>> {
    Some(Some(match name.trim() {
        "remove" => Verb::Remove,
        "cancel" => Verb::Cancel,
        "no_longer" => Verb::NoLonger,
        "without" => Verb::Without,
        "leave" => Verb::Leave,
        "keep" => Verb::Keep,
        "unneeded" => Verb::Unneeded,
        "not_this" => Verb::NotThis,
        "put" => Verb::Put,
        "replace" => Verb::Replace,
        "by" => Verb::By,
        "instead_of" => Verb::InsteadOf,
        "and_not" => Verb::AndNot,
        "correct" => Verb::Correct,
        "alter" => Verb::Alter,
        "raise" => Verb::Raise,
        "lower" => Verb::Lower,
        "more" => Verb::More,
        "fewer" => Verb::Fewer,
        "off" => Verb::Off,
        "on_top" => Verb::OnTop,
        "away" => Verb::Away,
        "except" => Verb::Except,
        "double" => Verb::Double,
        "triple" => Verb::Triple,
        "only" => Verb::Only,
        "price" => Verb::Price,
        "have" => Verb::Have,
        "noise" => return Some(None),
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Vocabulary;
    use crate::reading::fold::Folded;

    #[test]
    fn every_line_of_the_file_is_a_phrase_of_a_verb() {
        for (name, phrase) in lines() {
            assert!(named(name).is_some(), "{name}: {phrase}");
            assert!(Phrase::parse(phrase).first_words().all(|word| !word.is_empty()), "{name}");
        }
    }

    #[test]
    fn the_longest_phrase_is_taken() {
        let vocabulary = Vocabulary::standard();
        let first = |text: &str| verb(&Message::new(text, &Folded::new(text), vocabulary), 0);
        assert_eq!(first("não quero cal"), Some((Some(Verb::Unneeded), 2)));
        assert_eq!(first("não quero mais cal"), Some((Some(Verb::NoLonger), 3)));
        assert_eq!(first("mais ou menos 5"), Some((None, 3)));
        assert_eq!(first("o dobro"), Some((Some(Verb::Double), 2)));
        assert_eq!(first("na verdade 5"), None);
    }
}
