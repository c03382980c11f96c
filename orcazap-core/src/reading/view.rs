//! A message cut into tokens, and a view of its words only, with the places
//! where sentences begin.

use std::ops::Range;

use super::fold::Folded;
use super::number::Spelled;
use super::roles::{Role, Roles};
use super::token::{Kind, Token, tokens};
use super::{Span, Vocabulary};

/// A message as the later stages see it.
pub(crate) struct Message<'m> {
    pub(crate) text: &'m str,
    pub(crate) folded: Folded,
    pub(crate) tokens: Vec<Token>,
    /// Which tokens a stage has taken: they are no part of an item.
    pub(crate) taken: Vec<bool>,
    /// Tokens of another language, and what they are read as; in order.
    translated: Vec<(usize, &'m str)>,
    vocabulary: &'m Vocabulary,
    /// What each token means as a number in words, and its parts outside names:
    /// asked for again and again, so looked up once.
    known: Vec<(Option<Spelled>, Roles)>,
}

impl<'m> Message<'m> {
    pub(crate) fn new(text: &'m str, vocabulary: &'m Vocabulary) -> Self {
        let folded = Folded::new(text);
        let tokens = tokens(folded.text());
        let taken = vec![false; tokens.len()];
        let known = Vec::with_capacity(tokens.len());
        let translated = Vec::new();
        let mut message = Self { text, folded, tokens, taken, translated, vocabulary, known };
        message.look_up();
        message
    }

    fn look_up(&mut self) {
        self.known = (0..self.tokens.len())
            .map(|token| match self.kind(token) {
                Some(Kind::Word) => {
                    let word = self.word(token);
                    (self.vocabulary.spelled(word), self.vocabulary.roles(word))
                }
                _ => Default::default(),
            })
            .collect();
    }

    /// Reads tokens, given in order, as other words.
    pub(crate) fn translate(&mut self, words: Vec<(usize, &'m str)>) {
        self.translated = words;
        self.look_up();
    }

    /// The folded text of a token, in our language; empty beyond the end.
    pub(crate) fn word(&self, token: usize) -> &str {
        if let Ok(at) = self.translated.binary_search_by_key(&token, |(token, _)| *token)
            && let Some((_, word)) = self.translated.get(at)
        {
            return word;
        }
        self.tokens.get(token).map_or("", |token| token.text(&self.folded))
    }

    /// What a token means as a number in words.
    pub(crate) fn spelled(&self, token: usize) -> Option<Spelled> {
        self.known.get(token).and_then(|(spelled, _)| *spelled)
    }

    /// Whether a token is a unit that goods are counted in: `saco`, `metro`.
    pub(crate) fn is_unit(&self, token: usize) -> bool {
        self.vocabulary.measure(&super::words::stem(self.word(token))).is_some()
    }

    /// Whether goods are called so in the trade, here or elsewhere.
    pub(crate) fn is_good(&self, token: usize) -> bool {
        self.vocabulary.is_good(&super::words::stem(self.word(token)))
    }

    /// Whether a token is courtesy or a function word, which no goods are called.
    pub(crate) fn is_noise(&self, token: usize) -> bool {
        self.vocabulary.is_noise(self.word(token))
    }

    /// Whether a token plays a part outside product names.
    pub(crate) fn plays(&self, token: usize, role: Role) -> bool {
        self.known.get(token).is_some_and(|(_, roles)| roles.has(role))
    }

    pub(crate) fn kind(&self, token: usize) -> Option<Kind> {
        self.tokens.get(token).map(|token| token.kind)
    }

    pub(crate) fn is_taken(&self, token: usize) -> bool {
        self.taken.get(token).copied().unwrap_or(true)
    }

    /// Takes the tokens from one to before another.
    pub(crate) fn take(&mut self, from: usize, to: usize) {
        for taken in self.taken.iter_mut().take(to).skip(from) {
            *taken = true;
        }
    }

    /// Where the tokens from one to before another stand in the message.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.tokens.get(from).map_or(0, |token| token.start);
        let end = to.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |t| t.end);
        self.folded.span(start, end, self.text)
    }

    /// The message's own words from one token to before another.
    pub(crate) fn own_words(&self, from: usize, to: usize) -> &'m str {
        let span = self.span(from, to);
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Whether a token parts what stands around it: a line's end, or one of these marks.
    pub(crate) fn is_mark(&self, token: usize, marks: &[char]) -> bool {
        match self.kind(token) {
            Some(Kind::Mark(mark)) => marks.contains(&mark),
            Some(Kind::Word | Kind::Number(_) | Kind::Size(_) | Kind::Break) | None => false,
        }
    }
}

/// The words and numbers of a message.
pub(crate) struct View<'m> {
    message: &'m Message<'m>,
    words: Vec<u32>,
    begins: Vec<bool>,
    /// The first word that is not a greeting.
    first: usize,
}

impl<'m> View<'m> {
    pub(crate) fn new(message: &'m Message<'m>) -> Self {
        let mut words = Vec::with_capacity(message.tokens.len());
        let mut begins = Vec::with_capacity(message.tokens.len());
        let mut begin = true;
        for (position, token) in message.tokens.iter().enumerate() {
            match token.kind {
                Kind::Word | Kind::Number(_) | Kind::Size(_) => {
                    words.push(u32::try_from(position).unwrap_or(u32::MAX));
                    begins.push(begin);
                    begin = false;
                }
                Kind::Break | Kind::Mark('.' | '!' | '?' | ';' | ',' | ':') => begin = true,
                Kind::Mark(mark) => begin = begin || !mark.is_ascii(),
            }
        }
        let mut view = Self { message, words, begins, first: 0 };
        view.first = (0..view.len()).find(|at| !is_greeting(message, view.token(*at))).unwrap_or(0);
        view
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The token of a word.
    pub(crate) fn token(&self, at: usize) -> usize {
        self.words.get(at).map_or(self.message.tokens.len(), |token| *token as usize)
    }

    pub(crate) fn word(&self, at: usize) -> &'m str {
        self.message.word(self.token(at))
    }

    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.message.kind(self.token(at))
    }

    /// Whether a word is a number in words.
    pub(crate) fn is_spelled(&self, at: usize) -> bool {
        self.message.spelled(self.token(at)).is_some()
    }

    pub(crate) fn begins_sentence(&self, at: usize) -> bool {
        self.begins.get(at).copied().unwrap_or(true)
    }

    /// The words of the sentence that a word stands in, and whether it is asked.
    pub(crate) fn sentence(&self, at: usize) -> (Range<usize>, bool) {
        let starts = |at: &usize| self.begins_sentence(*at);
        let from = (0..=at).rev().find(starts).unwrap_or(0);
        let to = (at + 1..self.len()).find(starts).unwrap_or(self.len());
        let marks = self.token(to.saturating_sub(1)) + 1..self.token(to);
        (from..to, marks.into_iter().any(|token| self.message.is_mark(token, &['?'])))
    }

    /// Whether the message begins here, greetings and courtesy aside.
    pub(crate) fn begins_message(&self, at: usize) -> bool {
        at == 0 || at == self.first
    }
}

/// Whether a word opens a message and says nothing more: `oi`, `bom dia`, `diaaa`.
fn is_greeting(message: &Message<'_>, token: usize) -> bool {
    let word = message.word(token);
    let drawn = || {
        word.len() > 2 && (word.starts_with("oi") && word.bytes().skip(1).all(|b| b == b'i'))
            || word.trim_end_matches('a') == "di"
    };
    message.plays(token, Role::Greeting) || drawn()
}

/// Whether a message greets and says nothing more.
pub(crate) fn is_only_greeting(message: &Message<'_>) -> bool {
    let says = |at: &usize| !matches!(message.kind(*at), Some(Kind::Break | Kind::Mark(_)) | None);
    let mut words = (0..message.tokens.len()).filter(says).peekable();
    words.peek().is_some()
        && words.all(|at| is_greeting(message, at) || message.plays(at, Role::Greeted))
}

/// Whether a message is nothing but signs, and one of them says yes.
pub(crate) fn only_nods(message: &Message<'_>) -> bool {
    const YES: [char; 5] = ['👍', '👌', '✅', '🤝', '✔'];
    let mark = |token: &Token| match token.kind {
        Kind::Mark(mark) => Some(mark),
        Kind::Word | Kind::Number(_) | Kind::Size(_) | Kind::Break => None,
    };
    message.tokens.iter().all(|token| matches!(token.kind, Kind::Mark(_) | Kind::Break))
        && message.tokens.iter().filter_map(mark).any(|mark| YES.contains(&mark))
}
