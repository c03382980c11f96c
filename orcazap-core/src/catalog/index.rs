//! The index of a catalogue: which products hold a term, which names are exactly
//! these terms, and which terms sound like a misspelt word.
//!
//! Built once. A look-up costs the terms asked for, not the catalogue.

use std::collections::BTreeSet;

use super::Product;
use super::table::{Table, hash, index32};
use super::terms::{Named, terms};
use crate::reading::vocabulary::Vocabulary;
use crate::reading::words::{sound, stem};

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
    /// Where the products of each term start in `products`; one more at the end.
    starts: Vec<u32>,
    products: Vec<u32>,
    /// Terms that a name or alias starts with.
    heads: Vec<bool>,
    /// The hash of an exact name's terms, and its owner; sorted.
    names: Vec<(u64, u32)>,
    /// The hash of how a term sounds, with up to one letter left out; sorted.
    sounds: Vec<(u64, u32)>,
    /// Word terms in alphabetical order, for abbreviations.
    alphabet: Vec<u32>,
}

impl Index {
    pub(crate) fn new(products: &[Product], vocabulary: &Vocabulary) -> Self {
        let mut index = Self::default();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut heads = BTreeSet::new();
        for (position, product) in products.iter().enumerate() {
            let position = index32(position);
            let mut own = BTreeSet::new();
            let texts = std::iter::once(&product.name).chain(&product.aliases);
            for text in texts {
                let named = terms(text, product, vocabulary);
                index.take_name(&named, position, &mut own, &mut heads);
            }
            index.take_other_sizes(vocabulary, &mut own);
            pairs.extend(own.iter().map(|term| (*term, position)));
        }
        index.heads = vec![false; index.terms.len()];
        for head in heads {
            if let Some(head) = index.heads.get_mut(head as usize) {
                *head = true;
            }
        }
        index.names.sort_unstable();
        index.names.dedup();
        index.store_postings(pairs);
        index.store_sounds();
        index
    }

    fn take_name(
        &mut self,
        named: &Named,
        product: u32,
        own: &mut BTreeSet<u32>,
        heads: &mut BTreeSet<u32>,
    ) {
        own.extend(named.all.iter().map(|term| self.terms.intern(term)));
        let exact: Vec<u32> = named.exact.iter().map(|term| self.terms.intern(term)).collect();
        if let Some(head) = named.exact.iter().find(|term| term.starts_with(char::is_alphabetic)) {
            heads.insert(self.terms.intern(head));
        }
        heads.extend(named.other_heads.iter().map(|term| self.terms.intern(term)));
        if !exact.is_empty() {
            self.names.push((name_hash(exact), product));
        }
    }

    /// Adds the sizes of the other system (`=3/4` to a 25 mm pipe).
    fn take_other_sizes(&mut self, vocabulary: &Vocabulary, own: &mut BTreeSet<u32>) {
        let mut other = Vec::new();
        for system in vocabulary.size_systems() {
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

    fn store_postings(&mut self, mut pairs: Vec<(u32, u32)>) {
        pairs.sort_unstable();
        self.starts = Vec::with_capacity(self.terms.len() + 1);
        self.products = Vec::with_capacity(pairs.len());
        let mut pairs = pairs.into_iter().peekable();
        for term in 0..self.terms.len() {
            self.starts.push(index32(self.products.len()));
            while let Some((_, product)) = pairs.next_if(|(own, _)| *own == index32(term)) {
                self.products.push(product);
            }
        }
        self.starts.push(index32(self.products.len()));
    }

    fn store_sounds(&mut self) {
        for term in 0..index32(self.terms.len()) {
            let text = self.terms.get(term);
            if !text.starts_with(|c: char| c.is_ascii_lowercase()) || !text.is_ascii() {
                continue;
            }
            self.alphabet.push(term);
            if text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_lowercase()) {
                self.sounds.extend(sound_hashes(text).into_iter().map(|hash| (hash, term)));
            }
        }
        self.sounds.sort_unstable();
        self.sounds.dedup();
        let terms = &self.terms;
        self.alphabet.sort_unstable_by(|a, b| terms.get(*a).cmp(terms.get(*b)));
    }

    /// The term of a text, when a product has it.
    pub(crate) fn find(&self, term: &str) -> Option<u32> {
        self.terms.find(term)
    }

    /// The products that hold a term, in catalogue order.
    pub(crate) fn holders(&self, term: u32) -> &[u32] {
        let bound = |at: u32| self.starts.get(at as usize).map_or(0, |start| *start as usize);
        self.products.get(bound(term)..bound(term + 1)).unwrap_or_default()
    }

    /// Whether a name or alias starts with the term.
    pub(crate) fn is_head(&self, term: u32) -> bool {
        self.heads.get(term as usize).copied().unwrap_or(false)
    }

    /// The products one of whose names is exactly these terms, in any order.
    pub(crate) fn named(&self, terms: Vec<u32>) -> Vec<u32> {
        let hash = name_hash(terms);
        let start = self.names.partition_point(|(name, _)| *name < hash);
        let rest = self.names.get(start..).unwrap_or_default();
        rest.iter().take_while(|(name, _)| *name == hash).map(|(_, product)| *product).collect()
    }

    /// Terms that a word abbreviates, or that abbreviate it; the word is a stem.
    pub(crate) fn shortened(&self, word: &str) -> Vec<u32> {
        const MOST: usize = 24;
        if word.len() < 4 || !word.is_ascii() {
            return Vec::new();
        }
        let start = self.alphabet.partition_point(|term| self.terms.get(*term) < word);
        let longer = self.alphabet.get(start..).unwrap_or_default().iter().copied();
        let longer = longer.take(MOST).take_while(|term| self.terms.get(*term).starts_with(word));
        let shorter = (4..word.len()).filter_map(|length| self.find(word.get(..length)?));
        longer.chain(shorter).collect()
    }

    /// The terms nearest to a misspelt word, all at the same distance; the word is a stem.
    pub(crate) fn misspelt(&self, word: &str) -> Vec<u32> {
        if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Vec::new();
        }
        let spoken = sound(word);
        let mut near: Vec<(usize, u32)> = Vec::new();
        for hash in sound_hashes(word) {
            let start = self.sounds.partition_point(|(known, _)| *known < hash);
            let rest = self.sounds.get(start..).unwrap_or_default();
            for (_, term) in rest.iter().take_while(|(known, _)| *known == hash).take(32) {
                let known = self.terms.get(*term);
                let distance = strsim::osa_distance(&sound(known), &spoken);
                let first = spoken.get(..1) == sound(known).get(..1);
                let allowed = usize::from(word.len() >= 5 && first);
                let letters = strsim::osa_distance(known, word);
                // One letter, or two that sound the same.
                if distance <= allowed && (letters <= 1 || (distance == 0 && letters <= 2)) {
                    near.push((distance * 8 + letters, *term));
                }
            }
        }
        near.sort_unstable();
        near.dedup();
        let best = near.first().map(|(distance, _)| *distance);
        near.into_iter().take_while(|(d, _)| Some(*d) == best).map(|(_, term)| term).collect()
    }

    /// The bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.terms.bytes()
            + 4 * (self.starts.capacity() + self.products.capacity() + self.alphabet.capacity())
            + self.heads.capacity()
            + 16 * (self.names.capacity() + self.sounds.capacity())
    }
}

/// One number for a set of terms, whatever their order.
fn name_hash(mut terms: Vec<u32>) -> u64 {
    terms.sort_unstable();
    terms.dedup();
    terms.iter().fold(0x9e37_79b9_7f4a_7c15, |hash: u64, term| {
        (hash ^ u64::from(*term)).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(31)
    })
}

/// The hashes of how a word sounds, whole and with each letter but the first left out.
fn sound_hashes(word: &str) -> Vec<u64> {
    let spoken = sound(word);
    let mut hashes = vec![hash(&spoken)];
    if spoken.len() >= 4 {
        for at in 1..spoken.len().min(24) {
            let mut without = spoken.clone();
            without.remove(at);
            hashes.push(hash(&without));
        }
    }
    hashes
}

/// The stem of a word in its one spelling.
pub(crate) fn canonical_stem(word: &str, vocabulary: &Vocabulary) -> String {
    vocabulary.canonical(&stem(word)).to_owned()
}
