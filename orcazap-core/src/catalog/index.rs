//! The index of a catalogue: which products hold a term, which names are exactly
//! these terms, and which terms sound like a misspelt word.
//!
//! Built once. A look-up costs the terms asked for, not the catalogue.

use std::collections::BTreeSet;

use tinyvec::TinyVec;

use super::Product;
use super::postings::{Holders, Postings};
use super::table::{Key, Table, index32};
use super::terms::{Named, terms, unsaid_kind};
use crate::quantity::Unit;
use crate::reading::spelling::Sounds;
use crate::reading::vocabulary::{Vocabulary, Word};
use crate::reading::words::{is_skeleton, is_vowel, without_last_vowel};

/// How far from the customer's own word a product may be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// The word itself.
    Exact,
    /// Another name for the same thing, the same size in another system.
    Kin,
    /// An abbreviation of it, or what it abbreviates.
    Short,
    /// A word that it misspells.
    Misspelt,
}

#[derive(Debug, Default)]
pub(crate) struct Index {
    terms: Table,
    postings: Postings,
    /// For each way in which products are sold its term, and one of the products.
    sales: Vec<(u32, u32)>,
    /// Kinds of goods that names do not say, each with its term; sorted.
    unsaid_kinds: Vec<(Word, u32)>,
    /// Terms that a name or alias starts with.
    heads: Vec<bool>,
    /// What each product's name says that it is: its first word, and the first that
    /// is goods. Where a product's start; one more at the end.
    kind_starts: Vec<u32>,
    kinds: Vec<u32>,
    /// Terms that may be words cut short.
    cuts: Vec<bool>,
    /// The hashes of exact names' terms, sorted, and whose names they are.
    names: Vec<u64>,
    owners: Vec<u32>,
    sounds: Sounds,
    /// Word terms in alphabetical order, for abbreviations.
    alphabet: Vec<u32>,
    /// Terms cut short to their consonants (`trn`), in alphabetical order.
    skeletons: Vec<u32>,
}

/// The terms of one name.
pub(crate) type NameTerms = TinyVec<[u32; 16]>;

/// What is learnt of terms while names are read.
#[derive(Default)]
struct Marks {
    heads: BTreeSet<u32>,
    cuts: BTreeSet<u32>,
}

impl Index {
    pub(crate) fn new(products: &[Product], vocabulary: &Vocabulary) -> Self {
        let mut index = Self::default();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut names: Vec<(u64, u32)> = Vec::new();
        let mut marks = Marks::default();
        for (position, product) in products.iter().enumerate() {
            let position = index32(position);
            let mut own = BTreeSet::new();
            let mut heads = BTreeSet::new();
            let name = terms(&product.name, product, vocabulary);
            index.take_measures(&name, &mut own);
            index.kind_starts.push(index32(index.kinds.len()));
            for kind in &name.heads {
                let kind = index.terms.intern(kind);
                if heads.insert(kind) {
                    index.kinds.push(kind);
                }
            }
            // Only an alias says that no other product is meant: `areia fina` may be that in
            // bags, too, although one is called just so.
            index.take_terms(&name, &mut own, &mut marks);
            for alias in &product.aliases {
                let alias = terms(alias, product, vocabulary);
                heads.extend(alias.heads.iter().map(|head| index.terms.intern(head)));
                index.take_terms(&alias, &mut own, &mut marks);
                names.extend(index.exact_name(&alias).zip(Some(position)));
            }
            own.insert(index.take_sale(product, position, vocabulary));
            if let Some(word) = unsaid_kind(product, vocabulary) {
                let kind = index.take_unsaid_kind(word, vocabulary);
                own.insert(kind);
                marks.heads.insert(kind);
            }
            index.take_other_sizes(vocabulary, &heads, &mut own);
            pairs.extend(own.iter().map(|term| (*term, position)));
        }
        index.kind_starts.push(index32(index.kinds.len()));
        index.heads = index.flags(&marks.heads);
        index.cuts = index.flags(&marks.cuts);
        names.sort_unstable();
        names.dedup();
        index.names = names.iter().map(|(name, _)| *name).collect();
        index.owners = names.iter().map(|(_, owner)| *owner).collect();
        index.postings = Postings::new(pairs, index.terms.len(), products.len());
        index.store_words(vocabulary);
        index.shrink_to_fit();
        index
    }

    /// A flag for each term, set for some.
    fn flags(&self, set: &BTreeSet<u32>) -> Vec<bool> {
        let mut flags = vec![false; self.terms.len()];
        for term in set {
            if let Some(flag) = flags.get_mut(*term as usize) {
                *flag = true;
            }
        }
        flags
    }

    /// Takes the terms of a name or alias.
    fn take_terms(&mut self, named: &Named, own: &mut BTreeSet<u32>, marks: &mut Marks) {
        own.extend(named.all.iter().map(|term| self.terms.intern(term)));
        marks.heads.extend(named.heads.iter().map(|term| self.terms.intern(term)));
        marks.cuts.extend(named.cuts.iter().map(|term| self.terms.intern(term)));
    }

    /// The hash of the terms that an alias is exactly.
    fn exact_name(&mut self, alias: &Named) -> Option<u64> {
        let exact: NameTerms = alias.exact.iter().map(|term| self.terms.intern(term)).collect();
        (!exact.is_empty()).then(|| name_hash(exact))
    }

    /// Adds that a name says some number of a measure in which goods are also counted.
    fn take_measures(&mut self, name: &Named, own: &mut BTreeSet<u32>) {
        for unit in [Unit::Meter, Unit::Kilogram, Unit::Liter] {
            if name.all.iter().any(|term| is_measured(term, unit)) {
                own.insert(self.terms.intern(&measured(unit)));
            }
        }
    }

    /// The term of the way in which a product is sold: its unit, and what that holds.
    fn take_sale(&mut self, product: &Product, position: u32, vocabulary: &Vocabulary) -> u32 {
        let mut key = format!("@{}", product.unit);
        if let Some(pack) = product.pack {
            key.push_str(pack.unit.code());
            if vocabulary.is_contents(pack.qty) {
                key.push_str(&pack.qty.to_string());
            }
        }
        let term = self.terms.intern(&key);
        if !self.sales.iter().any(|(known, _)| *known == term) {
            self.sales.push((term, position));
        }
        term
    }

    /// The term of a kind that names do not say.
    fn take_unsaid_kind(&mut self, kind: Word, vocabulary: &Vocabulary) -> u32 {
        let term = self.terms.intern(&format!("!{}", vocabulary.text(kind)));
        if let Err(place) = self.unsaid_kinds.binary_search_by_key(&kind, |(word, _)| *word) {
            self.unsaid_kinds.insert(place, (kind, term));
        }
        term
    }

    /// Adds the sizes of the other system (`=3/4` to a 25 mm pipe), of goods that are
    /// called so: an angle bar of iron has none of a rod's.
    fn take_other_sizes(
        &mut self,
        vocabulary: &Vocabulary,
        heads: &BTreeSet<u32>,
        own: &mut BTreeSet<u32>,
    ) {
        let mut other = Vec::new();
        for system in vocabulary.size_systems() {
            let called = |word: &String| {
                let word = self.terms.find(vocabulary.canonical(word));
                word.is_some_and(|word| heads.contains(&word))
            };
            if !system.words.first().is_some_and(called) {
                continue;
            }
            let holds = |term: &str| self.terms.find(term).is_some_and(|term| own.contains(&term));
            if !system.words.iter().all(|word| holds(vocabulary.canonical(word))) {
                continue;
            }
            for (inches, millimeters) in &system.sizes {
                if holds(&format!("#{millimeters}mm")) || holds(&format!("#{millimeters}~")) {
                    other.push(format!("={inches}"));
                }
                if holds(&format!("#{inches}")) {
                    other.push(format!("={millimeters}"));
                }
            }
        }
        own.extend(other.iter().map(|term| self.terms.intern(term)));
    }

    fn store_words(&mut self, vocabulary: &Vocabulary) {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
        let numbers = 0..index32(self.terms.len());
        let terms = &self.terms;
        let mut alphabet: Vec<u32> = numbers
            .filter(|term| {
                let text = terms.get(*term);
                text.starts_with(|c: char| c.is_ascii_lowercase()) && text.is_ascii()
            })
            .collect();
        alphabet.sort_unstable_by(|a, b| terms.get(*a).cmp(terms.get(*b)));
        let words = alphabet.iter().map(|term| (*term, terms.get(*term)));
        self.sounds = Sounds::new(words.filter(|(_, text)| plain(text)));
        self.skeletons = alphabet
            .iter()
            .copied()
            .filter(|term| {
                let text = terms.get(*term);
                let known = vocabulary.is_word(text) || vocabulary.meanings(text).next().is_some();
                (3..=5).contains(&text.len()) && is_skeleton(text) && self.is_cut(*term) && !known
            })
            .collect();
        self.alphabet = alphabet;
    }

    /// The term of a text, when a product has it.
    pub(crate) fn find(&self, term: &str) -> Option<u32> {
        self.terms.find(term)
    }

    /// The term of a text, when a product has it.
    pub(crate) fn find_key(&self, term: Key<'_>) -> Option<u32> {
        self.terms.find_key(term)
    }

    /// The text of a term.
    pub(crate) fn text(&self, term: u32) -> &str {
        self.terms.get(term)
    }

    /// The products that hold a term.
    pub(crate) fn holders(&self, term: u32) -> Holders<'_> {
        self.postings.of(term)
    }

    /// How many chunks the products make.
    pub(crate) fn chunks(&self) -> u32 {
        self.postings.chunks()
    }

    /// The terms of the ways in which products are sold, each with one of the products.
    pub(crate) fn sales(&self) -> &[(u32, u32)] {
        &self.sales
    }

    /// The term of products whose names do not say that they are goods of this kind.
    pub(crate) fn unsaid_kind(&self, kind: Word) -> Option<u32> {
        let place = self.unsaid_kinds.binary_search_by_key(&kind, |(word, _)| *word).ok()?;
        self.unsaid_kinds.get(place).map(|(_, term)| *term)
    }

    /// The term of names that say some number of a measure.
    pub(crate) fn measured(&self, unit: Unit) -> Option<u32> {
        self.find(&measured(unit))
    }

    /// Whether a name or alias starts with the term.
    pub(crate) fn is_head(&self, term: u32) -> bool {
        self.heads.get(term as usize).copied().unwrap_or(false)
    }

    /// What a product's name says that it is, as terms.
    pub(crate) fn kinds(&self, product: u32) -> &[u32] {
        let bound = |at: u32| self.kind_starts.get(at as usize).map_or(0, |start| *start as usize);
        self.kinds.get(bound(product)..bound(product + 1)).unwrap_or_default()
    }

    /// The products one of whose aliases is exactly these terms, in any order of the
    /// terms; in catalogue order.
    pub(crate) fn named(&self, terms: NameTerms) -> impl Iterator<Item = u32> + '_ {
        let hash = name_hash(terms);
        let start = self.names.partition_point(|name| *name < hash);
        let names = self.names.get(start..).unwrap_or_default().iter();
        let owners = self.owners.get(start..).unwrap_or_default();
        names.take_while(move |name| **name == hash).zip(owners).map(|(_, product)| *product)
    }

    /// Terms that a word cuts short: `acab` of `acabamento`. The word is a stem.
    pub(crate) fn longer(&self, word: &str) -> impl Iterator<Item = u32> + '_ {
        const MOST: usize = 24;
        let long = word.len() >= 4 && word.is_ascii();
        let alphabet = if long { self.alphabet.as_slice() } else { &[] };
        let start = alphabet.partition_point(|term| self.terms.get(*term) < word);
        let rest = alphabet.get(start..).unwrap_or_default();
        let word = word.to_owned();
        rest.iter()
            .copied()
            .take(MOST)
            .take_while(move |term| self.terms.get(*term).starts_with(&word))
    }

    /// Terms that cut a word short, by its beginning (`pol` of `polido`) or its
    /// consonants (`trn` of `torneira`), and are no words themselves. The word is
    /// a stem.
    pub(crate) fn abbreviations<'w>(
        &'w self,
        word: &'w str,
        vocabulary: &'w Vocabulary,
    ) -> impl Iterator<Item = u32> + 'w {
        /// Skeletons with the same first letter that are compared at most.
        const MOST: usize = 128;
        /// As many letters in common are the same word, whatever else they begin.
        const SURE: usize = 5;
        let word = if word.len() < 4 || !word.is_ascii() { "" } else { word };
        // `COL` is no way to write `cola`: a cut spares more than one letter.
        let begins = (3..word.len().saturating_sub(1)).filter_map(move |length| {
            let cut = word.get(..length)?;
            let term = self.find(cut).filter(|term| self.is_cut(*term))?;
            (cut.len() >= SURE || !vocabulary.is_word(cut)).then_some(term)
        });
        let initial = word.get(..1).unwrap_or_default();
        let start = self.skeletons.partition_point(|term| self.terms.get(*term) < initial);
        let consonants = self
            .skeletons
            .get(start..)
            .unwrap_or_default()
            .iter()
            .copied()
            .take(if initial.is_empty() { 0 } else { MOST })
            .take_while(move |term| self.terms.get(*term).starts_with(initial))
            .filter(move |term| {
                let cut = self.terms.get(*term);
                cut.len() + 1 < word.len() && are_consonants_of(cut, word)
            });
        begins.chain(consonants)
    }

    /// Whether a term may be a word cut short.
    fn is_cut(&self, term: u32) -> bool {
        self.cuts.get(term as usize).copied().unwrap_or(false)
    }

    /// The terms nearest to a misspelt word, all at the same distance, and that
    /// distance; the word is a stem.
    pub(crate) fn misspelt(&self, word: &str) -> (usize, Vec<u32>) {
        self.sounds.nearest(word, |term| self.terms.get(term))
    }

    /// Gives back the room that was kept for more while it was built.
    fn shrink_to_fit(&mut self) {
        self.terms.shrink_to_fit();
        self.sales.shrink_to_fit();
        self.unsaid_kinds.shrink_to_fit();
        self.kind_starts.shrink_to_fit();
        self.kinds.shrink_to_fit();
        self.alphabet.shrink_to_fit();
        self.skeletons.shrink_to_fit();
    }

    /// The bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.terms.bytes()
            + self.postings.bytes()
            + 8 * (self.sales.capacity() + self.unsaid_kinds.capacity())
            + 4 * (self.alphabet.capacity() + self.skeletons.capacity())
            + 4 * (self.kind_starts.capacity() + self.kinds.capacity())
            + self.heads.capacity()
            + self.cuts.capacity()
            + 8 * self.names.capacity()
            + 4 * self.owners.capacity()
            + self.sounds.bytes()
    }
}

/// The term of names that say some number of a measure: `*kg`.
fn measured(unit: Unit) -> String {
    format!("*{}", unit.code())
}

/// Whether a term is a number of a measure: `#18kg`, the `^50m` of a `18MMX50M`.
fn is_measured(term: &str, unit: Unit) -> bool {
    term.strip_prefix(['#', '^'])
        .and_then(|term| term.strip_suffix(unit.code()))
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// One number for a set of terms, whatever their order.
fn name_hash(mut terms: NameTerms) -> u64 {
    terms.sort_unstable();
    let mut last = None;
    let different = terms.iter().filter(|term| last.replace(**term) != Some(**term));
    different.fold(0x9e37_79b9_7f4a_7c15, |hash: u64, term| {
        (hash ^ u64::from(*term)).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(31)
    })
}

/// Whether letters are the first consonants of a longer word, with one left out
/// between two at most, and perhaps its last vowel: `rgt` of `registro`, `rjte` of `rejunte`.
fn are_consonants_of(letters: &str, word: &str) -> bool {
    let mut consonants = word.bytes().filter(|byte| !is_vowel(*byte));
    let skeleton = without_last_vowel(letters);
    if skeleton != letters && !word.ends_with(letters.get(skeleton.len()..).unwrap_or_default()) {
        return false;
    }
    let mut letters = skeleton.bytes();
    letters.next() == consonants.next()
        && letters.all(|letter| consonants.by_ref().take(2).any(|consonant| consonant == letter))
}
