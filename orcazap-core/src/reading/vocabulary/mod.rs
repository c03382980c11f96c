//! Stage 3, the trade's words: units, spellings, synonyms, size systems, and
//! the words that are no product. Data in `vocabulary.txt`; a store adds its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use thiserror::Error;

use super::intent::Patterns;
use super::number::{Num, Spelled};
use super::roles::{Role, Roles};
use super::spelling::Sounds;
use super::words::{sound, stem};
use crate::quantity::{Quantity, Unit};

/// Why a text is no vocabulary: the line and what is wrong with it.
///
/// ```
/// use orcazap_core::reading::Vocabulary;
/// let error = Vocabulary::parse("[kin]\ncascalho").unwrap_err();
/// assert_eq!(error.to_string(), "line 2: expected phrase = phrase");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum VocabularyError {
    /// A line stands before the first `[section]`.
    #[error("line {line}: expected a [section] first")]
    NoSection {
        /// Its number, from 1.
        line: usize,
    },
    /// A section that does not exist.
    #[error("line {line}: no section is called {name:?}")]
    UnknownSection {
        /// Its number, from 1.
        line: usize,
        /// The name as given.
        name: String,
    },
    /// A line that does not have the form of its section.
    #[error("line {line}: expected {expected}")]
    Malformed {
        /// Its number, from 1.
        line: usize,
        /// The form, such as `name: spelling, spelling`.
        expected: &'static str,
    },
    /// The text is longer than [`Vocabulary::MAX_BYTES`].
    #[error("a vocabulary has at most {max} bytes, found {found}")]
    TooLong {
        /// How many bytes it has.
        found: usize,
        /// How many it may have.
        max: usize,
    },
    /// A line is longer than [`Vocabulary::MAX_LINE`].
    #[error("line {line}: a line has at most {max} bytes, found {found}")]
    LongLine {
        /// Its number, from 1.
        line: usize,
        /// How many bytes it has.
        found: usize,
        /// How many it may have.
        max: usize,
    },
}

/// What a unit word says about a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// A unit that products are sold in or packed by.
    Unit(Unit),
    /// So many pieces: a hundred, a dozen.
    Pieces(i64),
    /// A thousand kilograms.
    Tonne,
    /// A can of so much (`quarto`), told by what it contains.
    Contents,
    /// A small container of no fixed kind (`cartela`, `pote`).
    Container,
    /// A load without a size of its own (`caminhão`).
    Load,
    /// A size and never a quantity: `mm`, `w`, `polegada`.
    Size(&'static str),
}

/// A size known in inches and millimetres for goods with certain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SizeSystem {
    pub(crate) words: Vec<String>,
    /// Pairs of keys: inches, millimetres.
    pub(crate) sizes: Vec<(String, String)>,
}

/// A word of another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// The word it is read as.
    pub(crate) word: String,
    /// It is a word of ours, too.
    pub(crate) shared: bool,
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
    units: BTreeMap<String, String>,
    /// Unit words of four letters and more by how they sound.
    unit_sounds: BTreeMap<String, String>,
    contents: BTreeMap<String, (Num, Unit)>,
    same: BTreeMap<String, Vec<String>>,
    kin: BTreeMap<String, Vec<Vec<String>>>,
    sizes: Vec<SizeSystem>,
    colors: BTreeSet<String>,
    uses: BTreeSet<String>,
    goods: BTreeSet<String>,
    made: BTreeMap<String, Vec<Num>>,
    kinds: BTreeMap<String, String>,
    counted: BTreeSet<String>,
    noise: BTreeSet<String>,
    vague: BTreeSet<String>,
    verbs: BTreeSet<String>,
    foreign: BTreeMap<String, Foreign>,
    numbers: BTreeMap<String, Spelled>,
    roles: BTreeMap<String, Roles>,
    /// What customers say when they want something else than goods, beside what
    /// everybody says.
    intents: Patterns,
    /// The trade's words as stems in alphabetical order, for misspelt ones.
    words: Vec<String>,
    sounds: Sounds,
}

/// How many names one thing may have in a line of `[kin]`.
const MOST_NAMES: usize = 12;

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
            Arc::new(Self::parse(include_str!("vocabulary.txt")).unwrap_or_default())
        })
    }

    /// Reads a vocabulary.
    ///
    /// # Errors
    ///
    /// [`VocabularyError`] names the first line that is not as described in
    /// `vocabulary.txt`, or the bound that the text exceeds.
    pub fn parse(text: &str) -> Result<Self, VocabularyError> {
        if text.len() > Self::MAX_BYTES {
            return Err(VocabularyError::TooLong { found: text.len(), max: Self::MAX_BYTES });
        }
        let mut vocabulary = Self::default();
        let mut section = "";
        for (number, line) in text.lines().enumerate() {
            let number = number + 1;
            if line.len() > Self::MAX_LINE {
                let (found, max) = (line.len(), Self::MAX_LINE);
                return Err(VocabularyError::LongLine { line: number, found, max });
            }
            // In a pattern `#` is a number, and begins a comment only in front of it.
            let comment = if section == "intents" {
                line.find(|c: char| !c.is_whitespace())
            } else {
                line.find('#')
            };
            let comment =
                comment.filter(|at| line.get(*at..).is_some_and(|rest| rest.starts_with('#')));
            let line = comment.and_then(|at| line.get(..at)).unwrap_or(line).trim();
            if line.is_empty() {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                continue;
            }
            vocabulary.take(section, line, number)?;
        }
        vocabulary.learn_words();
        Ok(vocabulary)
    }

    /// This vocabulary with the words of another added; the other's win.
    #[must_use]
    pub fn extended_by(&self, other: &Self) -> Self {
        let mut all = self.clone();
        all.units.extend(other.units.clone());
        all.unit_sounds.extend(other.unit_sounds.clone());
        all.contents.extend(other.contents.clone());
        for (spelling, words) in &other.same {
            all.same.entry(spelling.clone()).or_default().splice(0..0, words.iter().cloned());
        }
        for (phrase, kin) in &other.kin {
            all.kin.entry(phrase.clone()).or_default().extend(kin.iter().cloned());
        }
        all.sizes.extend(other.sizes.iter().cloned());
        all.colors.extend(other.colors.iter().cloned());
        all.uses.extend(other.uses.iter().cloned());
        all.goods.extend(other.goods.iter().cloned());
        for (kind, sizes) in &other.made {
            all.made.entry(kind.clone()).or_default().extend(sizes);
        }
        all.kinds.extend(other.kinds.clone());
        all.counted.extend(other.counted.iter().cloned());
        all.noise.extend(other.noise.iter().cloned());
        all.vague.extend(other.vague.iter().cloned());
        all.verbs.extend(other.verbs.iter().cloned());
        all.foreign.extend(other.foreign.clone());
        all.numbers.extend(other.numbers.clone());
        for (word, roles) in &other.roles {
            all.roles.entry(word.clone()).or_default().join(*roles);
        }
        all.intents.extend(&other.intents);
        all.learn_words();
        all
    }

    fn learn_words(&mut self) {
        let spelled = self.same.values().filter_map(|words| words.first());
        let kin = self.kin.values().flatten().flatten();
        let words: BTreeSet<&String> =
            spelled.chain(kin).chain(&self.colors).chain(&self.goods).collect();
        self.words = words.into_iter().cloned().collect();
        self.sounds = Sounds::new((0_u32..).zip(self.words.iter().map(String::as_str)));
    }

    fn take(&mut self, section: &str, line: &str, number: usize) -> Result<(), VocabularyError> {
        let malformed = |expected| VocabularyError::Malformed { line: number, expected };
        let named = || line.split_once(':').ok_or(malformed("name: spelling, spelling"));
        match section {
            "" => return Err(VocabularyError::NoSection { line: number }),
            "units" => {
                let (name, spellings) = named()?;
                for spelling in spellings.split(',').map(crate::text::plain) {
                    let name = name.trim().to_owned();
                    if spelling.len() >= 4 {
                        self.unit_sounds.insert(sound(&spelling), name.clone());
                    }
                    self.units.insert(stems(&spelling).join(" "), name);
                }
            }
            "contents" => {
                let (name, content) = named()?;
                let (qty, unit) = content.trim().split_once(' ').ok_or(malformed("name: 18 l"))?;
                let qty = Num::parse(qty).ok_or(malformed("name: 18 l"))?;
                let unit = unit.parse().map_err(|_| malformed("name: 18 l"))?;
                self.contents.insert(name.trim().to_owned(), (qty, unit));
            }
            "same" => {
                let (name, spellings) = named()?;
                let name = stem(&crate::text::plain(name));
                for spelling in spellings.split(',') {
                    let spelling = crate::text::plain(spelling);
                    self.same.entry(stem(&spelling)).or_default().push(name.clone());
                }
            }
            "kin" => {
                let phrases: Vec<String> =
                    line.split('=').map(|phrase| phrase_key(&crate::text::plain(phrase))).collect();
                if !(2..=MOST_NAMES).contains(&phrases.len())
                    || phrases.iter().any(String::is_empty)
                {
                    return Err(malformed("phrase = phrase"));
                }
                for phrase in &phrases {
                    for other in phrases.iter().filter(|other| *other != phrase) {
                        let words = other.split(' ').map(ToOwned::to_owned).collect();
                        self.kin.entry(phrase.clone()).or_default().push(words);
                    }
                }
            }
            "sizes" => {
                let (words, sizes) = named()?;
                let words = stems(&crate::text::plain(words));
                let sizes = sizes
                    .split(',')
                    .map(|pair| pair.split_once('='))
                    .map(|pair| pair.map(|(inch, mm)| (size_key(inch), size_key(mm))))
                    .collect::<Option<_>>()
                    .ok_or(malformed("words: inch=mm, inch=mm"))?;
                self.sizes.push(SizeSystem { words, sizes });
            }
            "made" => {
                let (kind, sizes) = named()?;
                let sizes: Option<Vec<Num>> = sizes.split_whitespace().map(Num::parse).collect();
                let sizes = sizes.ok_or(malformed("kind: 16 20 25"))?;
                self.made.entry(stem(&crate::text::plain(kind))).or_default().extend(sizes);
            }
            "kinds" => {
                let (kind, told_by) = named()?;
                let kind = stem(&crate::text::plain(kind));
                let told_by = stems(&crate::text::plain(told_by));
                self.kinds.extend(told_by.into_iter().map(|word| (word, kind.clone())));
            }
            "colors" => self.colors.extend(stems(&crate::text::plain(line))),
            "use" => self.uses.extend(stems(&crate::text::plain(line))),
            "goods" => self.goods.extend(stems(&crate::text::plain(line))),
            "counted" => self.counted.extend(stems(&crate::text::plain(line))),
            "noise" => self.noise.extend(words(line)),
            "vague" => self.vague.extend(words(line)),
            "verbs" => self.verbs.extend(words(line)),
            "foreign" => {
                let (word, others) = named()?;
                for other in others.split(',').map(str::trim) {
                    let shared = other.ends_with('~');
                    let other = crate::text::plain(other.trim_end_matches('~'));
                    let word = crate::text::plain(word);
                    self.foreign.insert(other, Foreign { word, shared });
                }
            }
            "numbers" => {
                let (value, words) = named()?;
                let value = Spelled::valued(value.trim()).ok_or(malformed("12: doze"))?;
                self.numbers.extend(folded(words).map(|word| (word, value)));
            }
            section if Role::lists(section) => {
                let (name, words) = named()?;
                let role = Role::named(section, name.trim())
                    .ok_or(malformed("a role of this section: word, word"))?;
                for word in folded(words) {
                    self.roles.entry(word).or_default().add(role);
                }
            }
            "intents" => self.intents.take(line).map_err(malformed)?,
            name => {
                let name = name.to_owned();
                return Err(VocabularyError::UnknownSection { line: number, name });
            }
        }
        Ok(())
    }

    /// What a folded word means as a number.
    pub(crate) fn spelled(&self, word: &str) -> Option<Spelled> {
        self.numbers.get(word).copied()
    }

    /// The parts that a folded word, not its stem, plays outside names.
    pub(crate) fn roles(&self, word: &str) -> Roles {
        self.roles.get(word).copied().unwrap_or_default()
    }

    /// What a unit word of one or two words means.
    pub(crate) fn measure(&self, words: &str) -> Option<Measure> {
        named_measure(self.units.get(words)?)
    }

    /// What a misspelt unit word means: `metru`, `sacu`.
    pub(crate) fn misspelt_measure(&self, word: &str) -> Option<Measure> {
        let one = word.strip_suffix('s').unwrap_or(word);
        (one.len() >= 4).then(|| named_measure(self.unit_sounds.get(&sound(one))?)).flatten()
    }

    /// What a container of the paint trade contains by custom.
    pub(crate) fn contents(&self, measure: Measure) -> Option<(Num, Unit)> {
        let name = match measure {
            Measure::Contents => "quarto",
            Measure::Unit(unit) => unit.code(),
            _ => return None,
        };
        self.contents.get(name).copied()
    }

    /// Whether a container of the paint trade contains so much of something.
    pub(crate) fn is_contents(&self, qty: Quantity) -> bool {
        self.contents.values().any(|(content, _)| content.quantity() == Some(qty))
    }

    /// The one spelling of a word under which it is indexed.
    pub(crate) fn canonical<'w>(&'w self, stem: &'w str) -> &'w str {
        self.same.get(stem).and_then(|words| words.first()).map_or(stem, String::as_str)
    }

    /// Every word that an abbreviation may stand for; none for a whole word.
    pub(crate) fn meanings(&self, stem: &str) -> &[String] {
        self.same.get(stem).map_or(&[], Vec::as_slice)
    }

    /// The other names of a phrase of stems joined by spaces.
    pub(crate) fn kin(&self, phrase: &str) -> &[Vec<String>] {
        self.kin.get(phrase).map_or(&[], Vec::as_slice)
    }

    /// Whether a stem is a word of the trade as it stands, and no abbreviation.
    pub(crate) fn is_word(&self, stem: &str) -> bool {
        self.words.binary_search_by(|word| word.as_str().cmp(stem)).is_ok()
    }

    /// The trade's words that a misspelt one may be, as stems, and how far they are.
    pub(crate) fn misspelt(&self, stem: &str) -> (usize, Vec<&str>) {
        let word = |number: u32| self.words.get(number as usize).map_or("", String::as_str);
        let (distance, numbers) = self.sounds.nearest(stem, word);
        (distance, numbers.into_iter().map(word).collect())
    }

    /// What customers say when they want something else than goods, in this store.
    pub(crate) fn intents(&self) -> &Patterns {
        &self.intents
    }

    pub(crate) fn size_systems(&self) -> &[SizeSystem] {
        &self.sizes
    }

    pub(crate) fn is_color(&self, stem: &str) -> bool {
        self.colors.contains(stem)
    }

    pub(crate) fn is_use(&self, stem: &str) -> bool {
        self.uses.contains(stem)
    }

    pub(crate) fn is_good(&self, stem: &str) -> bool {
        self.goods.contains(stem)
    }

    /// The sizes in which goods of a kind, given as its stem, are made; by any of
    /// the kind's other names too.
    pub(crate) fn made<'v>(&'v self, kind: &'v str) -> impl Iterator<Item = Num> + 'v {
        let others = self.kin(kind).iter().filter_map(|other| match other.as_slice() {
            [word] => Some(word.as_str()),
            _ => None,
        });
        let kinds = std::iter::once(kind).chain(others);
        kinds.filter_map(|kind| self.made.get(kind)).flatten().copied()
    }

    /// The kind of a liquid that a word of its name tells.
    pub(crate) fn kind_told_by(&self, stem: &str) -> Option<&str> {
        self.kinds.get(stem).map(String::as_str)
    }

    /// Whether a number in front of a stem makes a kind of goods: `6 furos`.
    pub(crate) fn is_counted(&self, stem: &str) -> bool {
        self.counted.contains(stem)
    }

    /// Whether a folded word, not its stem, says little of goods by itself: `padrão`.
    pub(crate) fn is_vague(&self, word: &str) -> bool {
        holds_one_or_more(&self.vague, word)
    }

    /// Whether a folded word, not its stem, is mostly a verb: `bota`.
    pub(crate) fn is_verb(&self, word: &str) -> bool {
        self.verbs.contains(word)
    }

    /// The word of ours that a folded foreign word is read as.
    pub(crate) fn foreign(&self, word: &str) -> Option<&Foreign> {
        let one = word.strip_suffix('s').filter(|one| one.len() >= 3);
        let more = word.strip_suffix("es").filter(|one| one.len() >= 4);
        std::iter::once(word).chain(one).chain(more).find_map(|word| self.foreign.get(word))
    }

    /// Whether a folded word, not its stem, never means a product.
    pub(crate) fn is_noise(&self, word: &str) -> bool {
        holds_one_or_more(&self.noise, word)
    }
}

/// The measure of a name of `[units]`.
fn named_measure(name: &str) -> Option<Measure> {
    Some(match name {
        "milheiro" => Measure::Pieces(1000),
        "cento" => Measure::Pieces(100),
        "grosa" => Measure::Pieces(144),
        "duzia" => Measure::Pieces(12),
        "dezena" => Measure::Pieces(10),
        "tonelada" => Measure::Tonne,
        "quarto" => Measure::Contents,
        "cartela" => Measure::Container,
        "carga" => Measure::Load,
        "mm" | "mm2" => Measure::Size("mm"),
        "cm" => Measure::Size("cm"),
        "pol" => Measure::Size("pol"),
        "w" => Measure::Size("w"),
        "a" => Measure::Size("a"),
        "v" => Measure::Size("v"),
        "g" => Measure::Size("g"),
        "ml" => Measure::Size("ml"),
        code => Measure::Unit(code.parse().ok()?),
    })
}

/// Whether a set holds a word, or the word in the singular.
fn holds_one_or_more(set: &BTreeSet<String>, word: &str) -> bool {
    let one = word.strip_suffix('s').filter(|one| one.len() >= 4);
    set.contains(word) || one.is_some_and(|one| set.contains(one))
}

fn words(line: &str) -> Vec<String> {
    crate::text::plain(line).split(' ').map(ToOwned::to_owned).collect()
}

/// Words parted by commas, as they stand in a folded message.
fn folded(words: &str) -> impl Iterator<Item = String> {
    words.split(',').map(crate::text::plain)
}

fn stems(text: &str) -> Vec<String> {
    text.split(' ').filter(|word| !word.is_empty()).map(stem).collect()
}

fn phrase_key(text: &str) -> String {
    let little = |word: &&str| !super::words::is_little(word);
    text.split(' ').filter(little).map(stem).collect::<Vec<_>>().join(" ")
}

fn size_key(text: &str) -> String {
    let mut key = String::new();
    if let Some(number) = Num::parse(text.trim()) {
        number.write_key(&mut key);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_that_comes_with_the_crate_is_well_formed() {
        let vocabulary = Vocabulary::parse(include_str!("vocabulary.txt")).unwrap();
        assert!(vocabulary.noise.len() > 300 && vocabulary.kin.len() > 100);
        assert_eq!(vocabulary.measure(&stem("sacos")), Some(Measure::Unit(Unit::Bag)));
        assert_eq!(vocabulary.measure(&stem("watts")), Some(Measure::Size("w")));
        assert_eq!(vocabulary.canonical(&stem("sold")), stem("soldavel"));
    }

    #[test]
    fn no_abbreviation_is_another_word_of_the_trade() {
        // A bar where it counts, and white; a rod to weld with, and a conduit cut short.
        const BOTH: [&str; 2] = ["br", "eletrod"];
        let vocabulary = Vocabulary::standard();
        let names: BTreeSet<&String> =
            vocabulary.same.values().flatten().chain(&vocabulary.goods).collect();
        let taken: Vec<&String> = vocabulary
            .same
            .iter()
            .filter(|(spelling, words)| {
                let other = words.iter().any(|word| word != *spelling);
                names.contains(spelling) && other && !BOTH.contains(&spelling.as_str())
            })
            .map(|(spelling, _)| spelling)
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
        assert_eq!(all.kin(&stem("pissarra")), [vec![stem("seixo")]]);
        assert!(!all.kin("cotovel").is_empty());
    }
}
