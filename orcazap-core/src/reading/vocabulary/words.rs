//! The table of words: everything that is known of a word stands in one [`Entry`], found
//! by one hash of its letters.
//!
//! Words stand in it as they are said (`sacos` plays a part, `doze` is a number), as stems
//! (`sac` is a unit) and joined to phrases of stems (`vas sanitari` has other names).

use super::measure::Measure;
use crate::catalog::table::{Key, Table, index32};
use crate::reading::number::{Num, Spelled};
use crate::reading::roles::{Role, Roles};

/// The number of a word in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word(u32);

impl Word {
    /// Its number, for what keeps words by numbers.
    pub(super) fn number(self) -> u32 {
        self.0
    }

    /// The word of a number.
    pub(super) fn numbered(number: u32) -> Self {
        Self(number)
    }
}

/// What a word is, beside what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact {
    /// As said, it never means a product.
    Noise,
    /// As said, it says little of goods by itself: `padrão`.
    Vague,
    /// As said, it is mostly a verb: `bota`.
    Verb,
    /// A stem of an everyday word that is never a slip of another.
    Everyday,
    /// A stem of a color.
    Color,
    /// A stem of where goods are used: `banheiro`.
    Use,
    /// A stem that goods are called by.
    Good,
    /// A stem that makes a kind of goods with a number before it: `6 furos`.
    Counted,
    /// A stem that is a word of the trade as it stands, and no abbreviation.
    Trade,
    /// A word, or several of them, that is the whole name of a neighbourhood, as said.
    Bairro,
    /// As said, the whole name of a neighbourhood begins with it.
    OpensBairro,
}

/// The facts of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Facts(u16);

impl Facts {
    pub(crate) fn has(self, fact: Fact) -> bool {
        self.0 & Self::bit(fact) != 0
    }

    const fn bit(fact: Fact) -> u16 {
        1 << (fact as u16)
    }
}

/// A word of another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// The word it is read as.
    pub(crate) word: Word,
    /// It is a word of ours, too.
    pub(crate) shared: bool,
}

/// All that is known of a word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) facts: Facts,
    /// The parts it plays outside names, as said.
    pub(crate) roles: Roles,
    /// What it means as a number, as said.
    pub(crate) spelled: Option<Spelled>,
    /// What it is read as, when it is of another language; as said.
    pub(super) foreign: Option<Foreign>,
    /// The word that it cuts short, as said.
    pub(super) shorthand: Option<Word>,
    /// The unit that a stem, or two of them, is.
    pub(crate) measure: Option<Measure>,
    /// What a stem may be a spelling of, the likeliest first; nothing for a whole word.
    pub(super) same: Vec<Word>,
    /// The other names of a stem or a phrase, each as its stems.
    pub(super) kin: Vec<Vec<Word>>,
    /// The sizes in which goods of a stem are made.
    pub(super) made: Vec<Num>,
    /// The kind of a liquid that a stem in its name tells.
    pub(super) kind: Option<Word>,
    /// Units of two words begin with this stem.
    pub(crate) begins_unit: bool,
    /// Phrases of several stems that have other names begin with this one.
    pub(crate) begins_name: bool,
}

/// What is known of a word that is not in the table.
static UNKNOWN: Entry = Entry {
    facts: Facts(0),
    roles: Roles::NONE,
    spelled: None,
    foreign: None,
    shorthand: None,
    measure: None,
    same: Vec::new(),
    kin: Vec::new(),
    made: Vec::new(),
    kind: None,
    begins_unit: false,
    begins_name: false,
};

impl Entry {
    /// The entry of a word of which nothing is known.
    pub(crate) fn unknown() -> &'static Self {
        &UNKNOWN
    }

    pub(crate) fn is(&self, fact: Fact) -> bool {
        self.facts.has(fact)
    }

    /// Whether a phrase that begins with the word, or the word alone, has other names.
    pub(crate) fn has_other_names(&self) -> bool {
        self.begins_name || !self.kin.is_empty()
    }

    /// Whether it plays a part outside names, as said: courtesy, a verb, a number.
    pub(super) fn plays_a_part(&self) -> bool {
        let facts = [Fact::Noise, Fact::Vague, Fact::Verb];
        // Whom one could be called like nobody means.
        let roles = self.roles.without(&[Role::Person, Role::City]);
        self.spelled.is_some()
            || roles != Roles::NONE
            || facts.into_iter().any(|fact| self.is(fact))
    }

    pub(super) fn set(&mut self, fact: Fact) {
        self.facts.0 |= Facts::bit(fact);
    }

    /// Adds what another table knows of the word, whose numbers are translated; the
    /// other's word is taken where there can be one only.
    fn join(&mut self, other: &Self, here: impl Fn(Word) -> Word) {
        let all = |words: &[Word]| words.iter().map(|word| here(*word)).collect::<Vec<Word>>();
        self.facts.0 |= other.facts.0;
        self.roles.join(other.roles);
        self.spelled = other.spelled.or(self.spelled);
        let foreign = other.foreign.map(|own| Foreign { word: here(own.word), ..own });
        self.foreign = foreign.or(self.foreign);
        self.shorthand = other.shorthand.map(&here).or(self.shorthand);
        self.measure = other.measure.or(self.measure);
        self.same.splice(0..0, all(&other.same));
        self.kin.extend(other.kin.iter().map(|phrase| all(phrase)));
        self.made.extend(&other.made);
        self.kind = other.kind.map(&here).or(self.kind);
        self.begins_unit |= other.begins_unit;
        self.begins_name |= other.begins_name;
    }
}

/// The words of a vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    table: Table,
    /// What is known of each word, by its number.
    entries: Vec<Entry>,
}

impl Words {
    /// The number of a word, which is new when it is not known.
    pub(super) fn intern(&mut self, word: &str) -> Word {
        let number = self.table.intern(word);
        self.entries.resize_with(self.table.len(), Entry::default);
        Word(number)
    }

    /// The number of a word that is known.
    pub(super) fn find(&self, word: Key<'_>) -> Option<Word> {
        self.table.find_key(word).map(Word)
    }

    /// What is known of a word.
    pub(super) fn entry(&self, word: Word) -> &Entry {
        self.entries.get(word.0 as usize).unwrap_or(&UNKNOWN)
    }

    /// What is known of a word, to be added to.
    #[expect(clippy::indexing_slicing, reason = "every word that has a number has an entry")]
    pub(super) fn entry_mut(&mut self, word: Word) -> &mut Entry {
        &mut self.entries[word.0 as usize]
    }

    /// What is known of a word, a new one when it was not known.
    pub(super) fn learn(&mut self, word: &str) -> &mut Entry {
        let word = self.intern(word);
        self.entry_mut(word)
    }

    /// The letters of a word.
    pub(super) fn text(&self, word: Word) -> &str {
        self.table.get(word.0)
    }

    /// Forgets a fact of every word.
    pub(super) fn forget(&mut self, fact: Fact) {
        self.entries.iter_mut().for_each(|entry| entry.facts.0 &= !Facts::bit(fact));
    }

    /// Every word with what is known of it.
    pub(super) fn all(&self) -> impl Iterator<Item = (Word, &Entry)> {
        (0..index32(self.entries.len())).map(Word).zip(&self.entries)
    }

    /// Adds the words of another table; the other's win.
    pub(super) fn join(&mut self, other: &Self) {
        let numbers: Vec<Word> =
            other.all().map(|(word, _)| self.intern(other.text(word))).collect();
        let here = |word: Word| numbers.get(word.0 as usize).copied().unwrap_or(word);
        for (word, entry) in other.all() {
            if let Some(own) = self.entries.get_mut(here(word).0 as usize) {
                own.join(entry, here);
            }
        }
    }
}
