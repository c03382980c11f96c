//! Stage 3, the trade's words: units, spellings, synonyms, size systems, and
//! the words that are no product. Data in `vocabulary.txt`; a store adds its own.
//!
//! | file | holds |
//! | --- | --- |
//! | `sections` | the loader, section by section |
//! | `words` | the table of words: all that is known of one, found at once |
//! | `measure` | what unit words say about numbers |

mod measure;
mod sections;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

pub(crate) use measure::Measure;
pub use sections::VocabularyError;
pub(crate) use words::{Entry, Fact, Facts, Word};

use super::intent::Patterns;
use super::number::Num;
use super::roles::Roles;
use super::spelling::{Sounds, slip};
use super::words::{sound, stem};
use crate::catalog::table::Key;
use crate::quantity::{Quantity, Unit};
use words::Words;

/// A size known in inches and millimetres for goods with certain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SizeSystem {
    pub(crate) words: Vec<String>,
    /// Pairs of keys: inches, millimetres.
    pub(crate) sizes: Vec<(String, String)>,
}

/// What a container of the paint trade contains by custom.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Contents {
    container: Measure,
    qty: Num,
    unit: Unit,
}

/// Words of the trade, read from a text.
///
/// The sections and their forms are described in `vocabulary.txt`; a store's own text
/// may have `[intents]` too, whose lines are those of `intents.txt`.
///
/// ```
/// use orcazap_core::reading::Vocabulary;
/// // A store whose customers say `cascalho` for `seixo`, and `bora` for yes.
/// let own = Vocabulary::parse("[kin]\ncascalho = seixo\n[intents]\naccept: ^ bora $\n")?;
/// let all = Vocabulary::standard().extended_by(&own);
/// # let _ = all;
/// # Ok::<(), orcazap_core::reading::VocabularyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vocabulary {
    words: Words,
    /// Unit words of four letters and more by how they sound.
    unit_sounds: BTreeMap<String, Measure>,
    /// The same words as they are said, of one and of several, each with how it sounds.
    unit_words: Vec<(String, String)>,
    contents: Vec<Contents>,
    sizes: Vec<SizeSystem>,
    /// What customers say when they want something else than goods, beside what
    /// everybody says.
    intents: Patterns,
    /// The trade's words as stems in alphabetical order, for misspelt ones.
    trade: Vec<Word>,
    sounds: Sounds,
    /// Words with a part to play outside names, as they are said, for misspelt ones.
    parts: Sounds,
}

impl Vocabulary {
    /// How many bytes a text may have.
    pub const MAX_BYTES: usize = 128 * 1024;

    /// How many bytes a line of it may have.
    pub const MAX_LINE: usize = 400;

    /// The vocabulary that comes with the crate.
    #[must_use]
    pub fn standard() -> &'static Self {
        Self::shared_standard()
    }

    /// The standard vocabulary as every catalogue shares it that has none of its own.
    pub(crate) fn shared() -> Arc<Self> {
        Arc::clone(Self::shared_standard())
    }

    fn shared_standard() -> &'static Arc<Self> {
        static STANDARD: OnceLock<Arc<Vocabulary>> = OnceLock::new();
        STANDARD.get_or_init(|| {
            // A test parses the file, so the fallback is never taken.
            Arc::new(Self::parse(include_str!("../vocabulary.txt")).unwrap_or_default())
        })
    }

    /// Reads a vocabulary.
    ///
    /// # Errors
    ///
    /// [`VocabularyError`] names the first line that is not as described in
    /// `vocabulary.txt`, or the bound that the text exceeds.
    pub fn parse(text: &str) -> Result<Self, VocabularyError> {
        let mut vocabulary = sections::parse(text)?;
        vocabulary.learn_trade();
        Ok(vocabulary)
    }

    /// This vocabulary with the words of another added; the other's win.
    #[must_use]
    pub fn extended_by(&self, other: &Self) -> Self {
        let mut all = self.clone();
        all.words.join(&other.words);
        all.unit_sounds.extend(other.unit_sounds.clone());
        all.unit_words.extend(other.unit_words.iter().cloned());
        other.contents.iter().for_each(|contents| all.contain(contents.clone()));
        all.sizes.extend(other.sizes.iter().cloned());
        all.intents.extend(&other.intents);
        all.learn_trade();
        all
    }

    /// Learns what a container contains, whatever was said of it before.
    fn contain(&mut self, contents: Contents) {
        self.contents.retain(|known| known.container != contents.container);
        self.contents.push(contents);
    }

    /// Learns which stems are words of the trade, and how they sound.
    fn learn_trade(&mut self) {
        let trade = self.words.all().flat_map(|(word, entry)| {
            let own = entry.is(Fact::Color) || entry.is(Fact::Good);
            let spelled = entry.same.first().copied();
            let kin = entry.kin.iter().flatten().copied();
            spelled.into_iter().chain(kin).chain(own.then_some(word))
        });
        let trade: BTreeSet<(&str, Word)> =
            trade.map(|word| (self.words.text(word), word)).collect();
        self.sounds = Sounds::new((0_u32..).zip(trade.iter().map(|(text, _)| *text)));
        self.trade = trade.into_iter().map(|(_, word)| word).collect();
        let parts = self.words.all().filter(|(_, entry)| entry.plays_a_part());
        let parts = parts.map(|(word, _)| (word.number(), self.words.text(word)));
        self.parts = Sounds::new(parts);
        self.words.forget(Fact::Trade);
        for word in &self.trade {
            self.words.entry_mut(*word).set(Fact::Trade);
        }
    }

    /// What is known of a word as it is said, of a stem, or of a phrase of stems.
    pub(crate) fn entry(&self, word: &str) -> &Entry {
        self.entry_at(Key::new(word))
    }

    /// The same, of a word that was hashed.
    pub(crate) fn entry_at(&self, word: Key<'_>) -> &Entry {
        self.words.find(word).map_or(Entry::unknown(), |word| self.words.entry(word))
    }

    /// The parts that a word as it is said plays outside names.
    pub(crate) fn roles(&self, word: &str) -> Roles {
        self.entry(word).roles
    }

    /// What is known of a word that has a number.
    pub(crate) fn entry_of(&self, word: Word) -> &Entry {
        self.words.entry(word)
    }

    /// The number of a word of which something is known.
    pub(crate) fn find(&self, word: Key<'_>) -> Option<Word> {
        self.words.find(word)
    }

    /// The letters of a word.
    pub(crate) fn text(&self, word: Word) -> &str {
        self.words.text(word)
    }

    /// What a unit word, as its stem, means.
    pub(crate) fn measure(&self, stem: &str) -> Option<Measure> {
        self.entry(stem).measure
    }

    /// What two unit words, as their stems, mean together: `metro quadrado`.
    pub(crate) fn measure_of_two(&self, first: &str, second: &str) -> Option<Measure> {
        self.entry(&format!("{first} {second}")).measure
    }

    /// What a misspelt unit word means: `metru`, `sacu`.
    pub(crate) fn misspelt_measure(&self, word: &str) -> Option<Measure> {
        let one = word.strip_suffix('s').unwrap_or(word);
        (one.len() >= 4).then(|| self.unit_sounds.get(&sound(one)).copied()).flatten()
    }

    /// The unit word that a misspelt one sounds like or is by a slip, of one unit only: `metros` of
    /// `mteros`, `sacos` of `sacs`.
    pub(crate) fn misspelt_unit(&self, word: &str) -> Option<&str> {
        let spoken = sound(word);
        let near = self.unit_words.iter();
        let near = near.filter(|(unit, sound)| slip(word, unit) || *sound == spoken);
        let mut near = near.map(|(unit, _)| unit.as_str());
        let first = near.next()?;
        let measure = |unit: &str| self.measure(&stem(unit));
        near.all(|other| measure(other) == measure(first)).then_some(first)
    }

    /// What a container of the paint trade contains by custom.
    pub(crate) fn contents(&self, measure: Measure) -> Option<(Num, Unit)> {
        let found = self.contents.iter().find(|contents| contents.container == measure)?;
        Some((found.qty, found.unit))
    }

    /// Whether a container of the paint trade contains so much of something.
    pub(crate) fn is_contents(&self, qty: Quantity) -> bool {
        self.contents.iter().any(|contents| contents.qty.quantity() == Some(qty))
    }

    /// The one spelling of a word under which it is indexed.
    pub(crate) fn canonical<'w>(&'w self, stem: &'w str) -> &'w str {
        self.spelling(self.entry(stem)).unwrap_or(stem)
    }

    /// The goods that a name cuts short by their end: `fechad` is `fechadura`, as no other
    /// word of the trade begins so.
    pub(crate) fn goods_cut(&self, stem: &str) -> Option<&str> {
        /// As many letters tell goods from others.
        const SURE: usize = 5;
        let cut = stem.len() >= SURE && !stem.ends_with(['a', 'e', 'i', 'o', 'u', 's']);
        let start = self.trade.partition_point(|word| self.words.text(*word) < stem);
        let mut longer = self.trade.iter().skip(start).map(|word| self.words.text(*word));
        let whole = longer.next().filter(|word| cut && word.starts_with(stem))?;
        let only = longer.next().is_none_or(|word| !word.starts_with(stem));
        // Two letters at least are spared.
        (only && whole.len() > stem.len() + 1 && self.is_good(whole)).then_some(whole)
    }

    /// Every word that an abbreviation may stand for; none for a whole word.
    pub(crate) fn meanings(&self, stem: &str) -> impl Iterator<Item = &str> {
        self.entry(stem).same.iter().map(|word| self.words.text(*word))
    }

    /// The one spelling of the word that an entry is of; `None` when it has no other.
    pub(crate) fn spelling(&self, entry: &Entry) -> Option<&str> {
        entry.same.first().map(|word| self.words.text(*word))
    }

    /// The other names of a phrase of stems joined by spaces, each as its stems.
    pub(crate) fn kin(&self, phrase: &str) -> &[Vec<Word>] {
        &self.entry(phrase).kin
    }

    /// The other names of one word each that a word, given as its entry, has; in their
    /// one spelling.
    pub(crate) fn other_words(&self, entry: &Entry) -> impl Iterator<Item = &str> {
        let single = entry.kin.iter().filter(|phrase| phrase.len() == 1).flatten();
        single.map(|word| self.spelling(self.words.entry(*word)).unwrap_or(self.words.text(*word)))
    }

    /// Whether two stems together have other names: `caixa de descarga`.
    pub(crate) fn has_kin(&self, first: &str, second: &str) -> bool {
        self.entry(first).begins_name && !self.kin(&format!("{first} {second}")).is_empty()
    }

    /// Whether a stem is a word of the trade as it stands, and no abbreviation.
    pub(crate) fn is_word(&self, stem: &str) -> bool {
        self.entry(stem).is(Fact::Trade)
    }

    /// The trade's words that a misspelt one may be, as stems, and how far they are.
    pub(crate) fn misspelt(&self, stem: &str) -> (usize, Vec<&str>) {
        let text =
            |number: u32| self.trade.get(number as usize).map_or("", |word| self.words.text(*word));
        let (distance, numbers) = self.sounds.nearest(stem, text);
        (distance, numbers.into_iter().map(text).collect())
    }

    /// The word of the trade, or of a unit, that a stem is.
    pub(crate) fn trade_word(&self, stem: &str) -> Option<&str> {
        let word = self.words.find(Key::new(stem))?;
        let entry = self.words.entry(word);
        let known = entry.is(Fact::Trade) || entry.is(Fact::Use) || entry.measure.is_some();
        known.then(|| self.words.text(word))
    }

    /// The word with a part to play outside names that a word is as it is said.
    pub(crate) fn word_of_part(&self, word: &str) -> Option<&str> {
        let word = self.words.find(Key::new(word))?;
        self.words.entry(word).plays_a_part().then(|| self.words.text(word))
    }

    /// The words with a part to play outside names that a misspelt one may be, as they are
    /// said, and how far they are.
    pub(crate) fn misspelt_part(&self, word: &str) -> (usize, Vec<&str>) {
        let text = |number: u32| self.words.text(Word::numbered(number));
        let (distance, numbers) = self.parts.nearest(word, text);
        (distance, numbers.into_iter().map(text).collect())
    }

    /// What customers say when they want something else than goods, in this store.
    pub(crate) fn intents(&self) -> &Patterns {
        &self.intents
    }

    pub(crate) fn size_systems(&self) -> &[SizeSystem] {
        &self.sizes
    }

    pub(crate) fn is_good(&self, stem: &str) -> bool {
        self.entry(stem).is(Fact::Good)
    }

    /// The sizes in which goods of a kind are made; by any of the kind's other names too.
    pub(crate) fn made(&self, kind: Word) -> impl Iterator<Item = Num> {
        let own = self.words.entry(kind);
        let others = own.kin.iter().filter_map(|other| match other.as_slice() {
            [word] => Some(self.words.entry(*word)),
            _ => None,
        });
        std::iter::once(own).chain(others).flat_map(|entry| &entry.made).copied()
    }

    /// The kind of a liquid that a word of its name tells.
    pub(crate) fn kind_told_by(&self, stem: &str) -> Option<Word> {
        self.entry(stem).kind
    }

    /// The word that another, given as its entry, cuts short: `qro` of `quero`.
    pub(crate) fn in_full(&self, entry: &Entry) -> Option<&str> {
        entry.shorthand.map(|word| self.words.text(word))
    }

    /// The word of ours that a folded foreign word, given with its entry, is read as, and
    /// whether the foreign one is ours, too.
    pub(crate) fn foreign(&self, word: &str, entry: &Entry) -> Option<(&str, bool)> {
        let one = word.strip_suffix('s').filter(|one| one.len() >= 3);
        let more = word.strip_suffix("es").filter(|one| one.len() >= 4);
        let mut singular = one.into_iter().chain(more);
        let foreign =
            entry.foreign.or_else(|| singular.find_map(|word| self.entry(word).foreign))?;
        Some((self.words.text(foreign.word), foreign.shared))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_that_comes_with_the_crate_is_well_formed() {
        let vocabulary = Vocabulary::parse(include_str!("../vocabulary.txt")).unwrap();
        let count =
            |of: fn(&Entry) -> bool| vocabulary.words.all().filter(|(_, entry)| of(entry)).count();
        assert!(count(|entry| entry.is(Fact::Noise)) > 300);
        assert!(count(|entry| !entry.kin.is_empty()) > 100);
        assert_eq!(vocabulary.measure(&stem("sacos")), Some(Measure::Unit(Unit::Bag)));
        assert_eq!(vocabulary.measure(&stem("watts")), Some(Measure::Size("w")));
        assert_eq!(vocabulary.canonical(&stem("sold")), stem("soldavel"));
    }

    #[test]
    fn no_abbreviation_is_another_word_of_the_trade() {
        // A bar where it counts, and white; a rod to weld with, and a conduit cut short.
        const BOTH: [&str; 2] = ["br", "eletrod"];
        let vocabulary = Vocabulary::standard();
        let words = || vocabulary.words.all();
        let goods = words().filter(|(_, entry)| entry.is(Fact::Good)).map(|(word, _)| word);
        let names: BTreeSet<Word> =
            words().flat_map(|(_, entry)| entry.same.iter().copied()).chain(goods).collect();
        let taken: Vec<&str> = words()
            .filter(|(word, entry)| {
                names.contains(word) && entry.same.iter().any(|other| other != word)
            })
            .map(|(word, _)| vocabulary.text(word))
            .filter(|spelling| !BOTH.contains(spelling))
            .collect();
        assert!(taken.is_empty(), "{taken:?}");
    }

    #[test]
    fn a_broken_line_is_named() {
        let broken = |text: &str| Vocabulary::parse(text).unwrap_err().to_string();
        assert_eq!(broken("a: b"), "line 1: expected a [section] first");
        assert_eq!(broken("[kin]\n# fine\nalone"), "line 3: expected phrase = phrase");
        assert_eq!(broken("[nonsense]\nx"), "line 2: no section is called \"nonsense\"");
    }

    #[test]
    fn a_store_adds_its_own_words() {
        let own = Vocabulary::parse("[kin]\npissarra = seixo").unwrap();
        let all = Vocabulary::standard().extended_by(&own);
        let seixo = all.find(Key::new(&stem("seixo"))).unwrap();
        assert_eq!(all.kin(&stem("pissarra")), [vec![seixo]]);
        assert!(!all.kin("cotovel").is_empty());
    }
}
