//! A message cut into tokens, and a view of its words only, with the places
//! where sentences begin.

use std::borrow::Cow;
use std::ops::Range;

use super::fold::Folded;
use super::number::Spelled;
use super::roles::{Role, Roles};
use super::token::{Kind, Token, join_shorthand, part_exchanges, tokens};
use super::vocabulary::{Entry, Fact};
use super::words::stem;
use super::{Span, Vocabulary};
use crate::catalog::table::Key;

/// A token's word, looked up once for all the stages.
struct Said<'m> {
    /// Its folded text, in our language.
    text: Key<'m>,
    /// What is known of it as it stands.
    entry: &'m Entry,
    stem: Cow<'m, str>,
    /// What is known of its stem.
    of_stem: &'m Entry,
    /// It was written in an odd way, or by a slip.
    respelt: bool,
}

impl<'m> Said<'m> {
    fn new(text: &'m str, vocabulary: &'m Vocabulary) -> Self {
        let (stem, text) = (stem(text), Key::new(text));
        let entry = vocabulary.entry_at(text);
        let same = *stem == *text.string();
        let of_stem = if same { entry } else { vocabulary.entry(&stem) };
        Self { text, entry, of_stem, stem, respelt: false }
    }

    /// What a token says.
    fn of(token: &Token, folded: &'m Folded, vocabulary: &'m Vocabulary) -> Self {
        match token.kind {
            Kind::Word => {
                let word = match token.text(folded) {
                    "p/" => "pra",
                    "c/" => "com",
                    "s/" => "sem",
                    word => word,
                };
                Self::new(word, vocabulary)
            }
            Kind::Number(_) | Kind::Size(_) | Kind::Break | Kind::Mark(_) => {
                Self::wordless(token.text(folded))
            }
        }
    }

    /// What is no word: nothing is known of it.
    fn wordless(text: &'m str) -> Self {
        let (nothing, stem) = (Entry::unknown(), Cow::Borrowed(text));
        Self { text: Key::new(text), entry: nothing, stem, of_stem: nothing, respelt: false }
    }
}

/// The word that a misspelt one is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meant<'m> {
    /// A word with a part to play, as it is said.
    Word(&'m str),
    /// A word of names or of the trade, as its stem.
    Name(&'m str),
}

/// A message as the later stages see it.
pub(crate) struct Message<'m> {
    pub(crate) text: &'m str,
    pub(crate) folded: &'m Folded,
    pub(crate) tokens: Vec<Token>,
    /// Which tokens a stage has taken: they are no part of an item.
    pub(crate) taken: Vec<bool>,
    /// The word of each token.
    said: Vec<Said<'m>>,
    /// The parts that its words play.
    roles: Roles,
    vocabulary: &'m Vocabulary,
}

impl<'m> Message<'m> {
    /// A message with its folded text.
    pub(crate) fn new(text: &'m str, folded: &'m Folded, vocabulary: &'m Vocabulary) -> Self {
        let mut tokens = tokens(folded.text());
        let exchanges = |word: &str| {
            let roles = vocabulary.roles(word);
            roles.has(Role::Editing) && roles.has(Role::Swapping)
        };
        part_exchanges(&mut tokens, folded, exchanges);
        join_shorthand(&mut tokens, folded);
        let taken = vec![false; tokens.len()];
        let said = |token: &Token| Said::of(token, folded, vocabulary);
        let said: Vec<Said<'m>> = tokens.iter().map(said).collect();
        let mut roles = Roles::NONE;
        said.iter().for_each(|said| roles.join(said.entry.roles));
        Self { text, folded, tokens, taken, said, roles, vocabulary }
    }

    /// Reads a token as another word.
    pub(crate) fn translate(&mut self, token: usize, word: &'m str) {
        if let Some(said) = self.said.get_mut(token) {
            *said = Said::new(word, self.vocabulary);
            self.roles.join(said.entry.roles);
        }
    }

    /// Reads a misspelt token as the word that was meant.
    pub(crate) fn respell(&mut self, token: usize, meant: Meant<'m>) {
        let vocabulary = self.vocabulary;
        match (meant, self.said.get_mut(token)) {
            (Meant::Word(word), _) => self.translate(token, word),
            (Meant::Name(stem), Some(said)) => {
                (said.stem, said.of_stem) = (Cow::Borrowed(stem), vocabulary.entry(stem));
            }
            (Meant::Name(_), None) => {}
        }
        if let Some(said) = self.said.get_mut(token) {
            said.respelt = true;
        }
    }

    /// Whether any of the tokens from one to before another was misspelt.
    pub(crate) fn is_respelt(&self, from: usize, to: usize) -> bool {
        self.said.get(from..to).unwrap_or_default().iter().any(|said| said.respelt)
    }

    /// Parts words that nothing parts: each cut is a token and where in it another begins,
    /// in the order in which they stand.
    pub(crate) fn part(&mut self, cuts: &[(usize, usize)]) {
        let mut cuts = cuts.iter().peekable();
        let (folded, vocabulary) = (self.folded, self.vocabulary);
        let mut old = std::mem::take(&mut self.said).into_iter();
        let whole = std::mem::take(&mut self.tokens);
        for (at, token) in whole.into_iter().enumerate() {
            let (mut rest, said) = (token, old.next());
            while let Some((_, cut)) = cuts.next_if(|(here, _)| *here == at) {
                let middle = token.start + cut;
                let part = Token { end: middle, ..rest };
                self.said.push(Said::of(&part, folded, vocabulary));
                self.tokens.push(part);
                rest = Token { start: middle, glued: true, ..rest };
            }
            // What was translated stays so.
            let whole = said.filter(|_| rest.start == token.start);
            self.said.push(whole.unwrap_or_else(|| Said::of(&rest, folded, vocabulary)));
            self.tokens.push(rest);
        }
        self.taken = vec![false; self.tokens.len()];
        self.said.iter().for_each(|said| self.roles.join(said.entry.roles));
    }

    /// The folded text of a token, in our language; empty beyond the end.
    #[inline]
    pub(crate) fn word(&self, token: usize) -> &'m str {
        self.said.get(token).map_or("", |said| said.text.string())
    }

    /// The same, to be looked for in tables of other words than the vocabulary's.
    pub(crate) fn key(&self, token: usize) -> Option<Key<'m>> {
        self.said.get(token).map(|said| said.text)
    }

    /// The stem of a token's word; empty beyond the end.
    pub(crate) fn stem(&self, token: usize) -> &str {
        self.said.get(token).map_or("", |said| &said.stem)
    }

    /// The stem of a token's word in its one spelling; empty beyond the end.
    pub(crate) fn canonical(&self, token: usize) -> &str {
        self.vocabulary.spelling(self.of_stem(token)).unwrap_or(self.stem(token))
    }

    /// What the vocabulary knows of a token's word as it stands.
    pub(crate) fn entry(&self, token: usize) -> &'m Entry {
        self.said.get(token).map_or(Entry::unknown(), |said| said.entry)
    }

    /// What the vocabulary knows of the stem of a token's word.
    pub(crate) fn of_stem(&self, token: usize) -> &'m Entry {
        self.said.get(token).map_or(Entry::unknown(), |said| said.of_stem)
    }

    /// Whether the vocabulary has neither a token's word nor its stem.
    pub(crate) fn is_unheard_of(&self, token: usize) -> bool {
        let nothing = |entry: &Entry| std::ptr::eq(entry, Entry::unknown());
        self.said.get(token).is_some_and(|said| nothing(said.entry) && nothing(said.of_stem))
    }

    /// What a token means as a number in words.
    pub(crate) fn spelled(&self, token: usize) -> Option<Spelled> {
        self.entry(token).spelled
    }

    /// Whether a token is a unit that goods are counted in: `saco`, `metro`.
    pub(crate) fn is_unit(&self, token: usize) -> bool {
        self.of_stem(token).measure.is_some()
    }

    /// Whether goods are called so in the trade, here or elsewhere.
    pub(crate) fn is_good(&self, token: usize) -> bool {
        self.of_stem(token).is(Fact::Good)
    }

    /// Whether a token is courtesy or a function word, which no goods are called.
    pub(crate) fn is_noise(&self, token: usize) -> bool {
        self.entry(token).is(Fact::Noise) || self.is_plural_of(token, Fact::Noise)
    }

    /// Whether a token says little of goods by itself: `padrão`.
    pub(crate) fn is_vague(&self, token: usize) -> bool {
        self.entry(token).is(Fact::Vague) || self.is_plural_of(token, Fact::Vague)
    }

    /// Whether a fact holds of a token's word in the singular.
    fn is_plural_of(&self, token: usize, fact: Fact) -> bool {
        let one = self.word(token).strip_suffix('s').filter(|one| one.len() >= 4);
        one.is_some_and(|one| self.vocabulary.entry(one).is(fact))
    }

    /// Whether a token is mostly a verb: `bota`.
    pub(crate) fn is_verb(&self, token: usize) -> bool {
        self.entry(token).is(Fact::Verb)
    }

    /// Whether a token plays a part outside product names.
    #[inline]
    pub(crate) fn plays(&self, token: usize, role: Role) -> bool {
        self.entry(token).roles.has(role)
    }

    /// Whether any word may play one of some parts, so that a stage has anything to look
    /// for: most messages have nothing for most stages.
    pub(crate) fn may_play(&self, any: &[Role]) -> bool {
        any.iter().any(|role| self.roles.has(*role))
    }

    pub(crate) fn kind(&self, token: usize) -> Option<Kind> {
        self.tokens.get(token).map(|token| token.kind)
    }

    #[inline]
    pub(crate) fn is_taken(&self, token: usize) -> bool {
        self.taken.get(token).copied().unwrap_or(true)
    }

    /// Takes the tokens from one to before another.
    pub(crate) fn take(&mut self, from: usize, to: usize) {
        for taken in self.taken.iter_mut().take(to).skip(from) {
            *taken = true;
        }
    }

    /// Has a mark part words of one ask, and no longer two of them.
    pub(crate) fn part_by_comma(&mut self, mark: usize) {
        if let Some(token) = self.tokens.get_mut(mark) {
            token.kind = Kind::Mark(',');
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
    #[inline]
    pub(crate) fn is_mark(&self, token: usize, marks: &[char]) -> bool {
        match self.kind(token) {
            Some(Kind::Mark(mark)) => marks.contains(&mark),
            Some(Kind::Word | Kind::Number(_) | Kind::Size(_) | Kind::Break) | None => false,
        }
    }
}

/// What begins at a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Begins {
    Nothing,
    /// Behind a comma or a colon.
    Clause,
    Sentence,
}

/// The words and numbers of a message.
pub(crate) struct View<'m> {
    message: &'m Message<'m>,
    words: Vec<u32>,
    begins: Vec<Begins>,
    /// The first word that is not a greeting.
    first: usize,
}

impl<'m> View<'m> {
    pub(crate) fn new(message: &'m Message<'m>) -> Self {
        let mut words = Vec::with_capacity(message.tokens.len());
        let mut begins = Vec::with_capacity(message.tokens.len());
        let mut begin = Begins::Sentence;
        for (position, token) in message.tokens.iter().enumerate() {
            match token.kind {
                Kind::Word | Kind::Number(_) | Kind::Size(_) => {
                    words.push(u32::try_from(position).unwrap_or(u32::MAX));
                    begins.push(begin);
                    begin = Begins::Nothing;
                }
                Kind::Break | Kind::Mark('.' | '!' | '?' | ';') => begin = Begins::Sentence,
                Kind::Mark(',' | ':') => begin = begin.max(Begins::Clause),
                Kind::Mark(mark) if mark.is_ascii() => {}
                Kind::Mark(_) => begin = Begins::Sentence,
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

    /// The same, to be looked for in the table of some patterns.
    pub(crate) fn key(&self, at: usize) -> Option<Key<'m>> {
        self.message.key(self.token(at))
    }

    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.message.kind(self.token(at))
    }

    /// Whether a word is a number in words.
    pub(crate) fn is_spelled(&self, at: usize) -> bool {
        self.message.spelled(self.token(at)).is_some()
    }

    /// Whether a sentence or a part of one between commas begins at a word.
    pub(crate) fn begins_sentence(&self, at: usize) -> bool {
        self.begins(at) >= Begins::Clause
    }

    fn begins(&self, at: usize) -> Begins {
        self.begins.get(at).copied().unwrap_or(Begins::Sentence)
    }

    /// The words between the commas around a word.
    pub(crate) fn clause(&self, at: usize) -> Range<usize> {
        self.around(at, Begins::Clause)
    }

    /// The words of the sentence that a word stands in.
    pub(crate) fn sentence(&self, at: usize) -> Range<usize> {
        self.around(at, Begins::Sentence)
    }

    fn around(&self, at: usize, border: Begins) -> Range<usize> {
        let starts = |at: &usize| self.begins(*at) >= border;
        let from = (0..=at).rev().find(starts).unwrap_or(0);
        let to = (at + 1..self.len()).find(starts).unwrap_or(self.len());
        from..to
    }

    /// Whether a question mark stands behind the last of some words.
    pub(crate) fn is_asked(&self, words: &Range<usize>) -> bool {
        let mut marks = self.token(words.end.saturating_sub(1)) + 1..self.token(words.end);
        marks.any(|token| self.message.is_mark(token, &['?']))
    }

    /// Whether the message begins here, greetings and courtesy aside.
    pub(crate) fn begins_message(&self, at: usize) -> bool {
        at == 0 || at == self.first
    }
}

/// Whether a word opens a message and says nothing more: `oi`, `bom dia`, `diaaa`.
fn is_greeting(message: &Message<'_>, token: usize) -> bool {
    let word = message.word(token);
    // `diaaa`, `oiii`, `noiteee`: with its last letter once.
    let drawn = || {
        let last = word.chars().next_back()?;
        let short = word.trim_end_matches(last);
        let once = word.get(..short.len() + last.len_utf8()).filter(|once| once.len() < word.len());
        once.map(|once| message.vocabulary.roles(once).has(Role::Greeting))
    };
    message.plays(token, Role::Greeting) || drawn().unwrap_or(false)
}

/// Whether a message greets and says nothing more.
pub(crate) fn is_only_greeting(message: &Message<'_>) -> bool {
    let says = |at: &usize| !matches!(message.kind(*at), Some(Kind::Break | Kind::Mark(_)) | None);
    let mut words = (0..message.tokens.len()).filter(says).peekable();
    words.peek().is_some()
        && words.all(|at| is_greeting(message, at) || message.plays(at, Role::Greeted))
}

/// What a message of nothing but signs says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Yes,
    No,
}

/// What a message says that is nothing but signs; nothing when they say yes and no.
pub(crate) fn sign(message: &Message<'_>) -> Option<Sign> {
    const YES: [char; 5] = ['👍', '👌', '✅', '🤝', '✔'];
    const NO: [char; 3] = ['👎', '❌', '🚫'];
    let mark = |token: &Token| match token.kind {
        Kind::Mark(mark) => Some(mark),
        Kind::Word | Kind::Number(_) | Kind::Size(_) | Kind::Break => None,
    };
    let only = message.tokens.iter().all(|token| matches!(token.kind, Kind::Mark(_) | Kind::Break));
    let says = |signs: &[char]| message.tokens.iter().filter_map(mark).any(|m| signs.contains(&m));
    match (only && says(&YES), only && says(&NO)) {
        (true, false) => Some(Sign::Yes),
        (false, true) => Some(Sign::No),
        _ => None,
    }
}
