//! The loader: a text of sections becomes the tables of a [`Vocabulary`].

use thiserror::Error;

use super::measure::Measure;
use super::words::{Fact, Foreign, Word};
use super::{Contents, SizeSystem, Vocabulary};
use crate::reading::number::{Num, Spelled};
use crate::reading::roles::Role;
use crate::reading::words::{is_little, sound, stem};
use crate::text::plain;

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

/// How many names one thing may have in a line of `[kin]`.
const MOST_NAMES: usize = 12;

/// Reads a vocabulary.
pub(super) fn parse(text: &str) -> Result<Vocabulary, VocabularyError> {
    if text.len() > Vocabulary::MAX_BYTES {
        let (found, max) = (text.len(), Vocabulary::MAX_BYTES);
        return Err(VocabularyError::TooLong { found, max });
    }
    let mut vocabulary = Vocabulary::default();
    let mut section = "";
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        if line.len() > Vocabulary::MAX_LINE {
            let (found, max) = (line.len(), Vocabulary::MAX_LINE);
            return Err(VocabularyError::LongLine { line: number, found, max });
        }
        let line = without_comment(section, line).trim();
        if line.is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            continue;
        }
        vocabulary.take(section, line, number)?;
    }
    Ok(vocabulary)
}

/// A line up to its comment. In a pattern `#` is a number, and begins a comment only in
/// front of it.
fn without_comment<'l>(section: &str, line: &'l str) -> &'l str {
    match section {
        "intents" if line.trim_start().starts_with('#') => "",
        "intents" => line,
        _ => line.split_once('#').map_or(line, |(line, _)| line),
    }
}

impl Vocabulary {
    /// Takes a line of a section.
    fn take(&mut self, section: &str, line: &str, number: usize) -> Result<(), VocabularyError> {
        let malformed = |expected| VocabularyError::Malformed { line: number, expected };
        let named = || line.split_once(':').ok_or(malformed("name: spelling, spelling"));
        match section {
            "" => return Err(VocabularyError::NoSection { line: number }),
            "units" => {
                let (name, spellings) = named()?;
                let measure = Measure::named(name.trim());
                for spelling in folded(spellings) {
                    if spelling.len() >= 4
                        && let Some(measure) = measure
                    {
                        self.unit_sounds.insert(sound(&spelling), measure);
                        let several = format!("{spelling}s");
                        let several = (!spelling.ends_with('s')).then_some(several);
                        let words = [spelling.clone()].into_iter().chain(several);
                        self.unit_words.extend(words.map(|word| (word.clone(), sound(&word))));
                    }
                    let stems = stems(&spelling);
                    if let [first, _, ..] = stems.as_slice() {
                        self.words.learn(first).begins_unit = true;
                    }
                    self.words.learn(&stems.join(" ")).measure = measure;
                }
            }
            "contents" => {
                let (name, content) = named()?;
                let (qty, unit) = content.trim().split_once(' ').ok_or(malformed("name: 18 l"))?;
                let qty = Num::parse(qty).ok_or(malformed("name: 18 l"))?;
                let unit = unit.parse().map_err(|_| malformed("name: 18 l"))?;
                if let Some(container) = Measure::named(name.trim()) {
                    self.contain(Contents { container, qty, unit });
                }
            }
            "same" => {
                let (name, spellings) = named()?;
                let name = self.words.intern(&stem(&plain(name)));
                for spelling in folded(spellings) {
                    self.words.learn(&stem(&spelling)).same.push(name);
                }
            }
            "kin" => {
                let phrases: Vec<Vec<String>> =
                    line.split('=').map(|phrase| phrase_stems(&plain(phrase))).collect();
                if !(2..=MOST_NAMES).contains(&phrases.len()) || phrases.iter().any(Vec::is_empty) {
                    return Err(malformed("phrase = phrase"));
                }
                for phrase in &phrases {
                    if let [first, _, ..] = phrase.as_slice() {
                        self.words.learn(first).begins_name = true;
                    }
                    for other in phrases.iter().filter(|other| *other != phrase) {
                        let words: Vec<Word> =
                            other.iter().map(|word| self.words.intern(word)).collect();
                        self.words.learn(&phrase.join(" ")).kin.push(words);
                    }
                }
            }
            "sizes" => {
                let (words, sizes) = named()?;
                let words = stems(&plain(words));
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
                self.words.learn(&stem(&plain(kind))).made.extend(sizes);
            }
            "kinds" => {
                let (kind, told_by) = named()?;
                let kind = self.words.intern(&stem(&plain(kind)));
                for word in stems(&plain(told_by)) {
                    self.words.learn(&word).kind = Some(kind);
                }
            }
            "colors" => self.learn_stems(line, Fact::Color),
            "use" => self.learn_stems(line, Fact::Use),
            "goods" => self.learn_stems(line, Fact::Good),
            "counted" => self.learn_stems(line, Fact::Counted),
            "bairros" => {
                for name in folded(line) {
                    let first = name.split(' ').next().unwrap_or_default();
                    self.words.learn(first).set(Fact::OpensBairro);
                    self.words.learn(&name).set(Fact::Bairro);
                }
            }
            "noise" => self.learn_words(line, Fact::Noise),
            "vague" => self.learn_words(line, Fact::Vague),
            "verbs" => self.learn_words(line, Fact::Verb),
            "everyday" => self.learn_stems(line, Fact::Everyday),
            "shorthand" => {
                let (word, others) = named()?;
                let word = self.words.intern(&plain(word));
                for other in folded(others) {
                    self.words.learn(&other).shorthand = Some(word);
                }
            }
            "foreign" => {
                let (word, others) = named()?;
                let word = self.words.intern(&plain(word));
                for other in others.split(',').map(str::trim) {
                    let shared = other.ends_with('~');
                    let other = plain(other.trim_end_matches('~'));
                    self.words.learn(&other).foreign = Some(Foreign { word, shared });
                }
            }
            "numbers" => {
                let (value, words) = named()?;
                let value = Spelled::valued(value.trim()).ok_or(malformed("12: doze"))?;
                for word in folded(words) {
                    self.words.learn(&word).spelled = Some(value);
                }
            }
            section if Role::lists(section) => {
                let (name, words) = named()?;
                let role = Role::named(section, name.trim())
                    .ok_or(malformed("a role of this section: word, word"))?;
                for word in folded(words) {
                    self.words.learn(&word).roles.add(role);
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

    /// Learns a fact of the stems of a line.
    fn learn_stems(&mut self, line: &str, fact: Fact) {
        for stem in stems(&plain(line)) {
            self.words.learn(&stem).set(fact);
        }
    }

    /// Learns a fact of the words of a line as they are said.
    fn learn_words(&mut self, line: &str, fact: Fact) {
        for word in plain(line).split(' ') {
            self.words.learn(word).set(fact);
        }
    }
}

/// Words parted by commas, as they stand in a folded message.
fn folded(words: &str) -> impl Iterator<Item = String> {
    words.split(',').map(plain)
}

fn stems(text: &str) -> Vec<String> {
    text.split(' ').filter(|word| !word.is_empty()).map(|word| stem(word).into_owned()).collect()
}

/// The stems of a phrase but for its little words.
fn phrase_stems(text: &str) -> Vec<String> {
    let words = text.split(' ').filter(|word| !word.is_empty() && !is_little(word));
    words.map(|word| stem(word).into_owned()).collect()
}

fn size_key(text: &str) -> String {
    let mut key = String::new();
    if let Some(number) = Num::parse(text.trim()) {
        number.write_key(&mut key);
    }
    key
}
