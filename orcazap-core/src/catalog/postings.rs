//! Which products hold each term: a list of the few that do, or a bit for every
//! product of the catalogue.
//!
//! Sets of products are asked for in chunks of 2048, so that the first products
//! that several terms share are found without copying or passing through the
//! thousands behind them, and that there is none costs next to nothing for each.

#[cfg(test)]
use super::growth::look;
use super::table::index32;

/// What is looked at is counted in tests.
#[cfg(not(test))]
fn look() {}

/// How many products have their bits in one word.
const WORD: u32 = u32::BITS;

/// How many words a chunk has.
const CHUNK: usize = 64;

/// How many products a chunk has.
const PRODUCTS: u32 = 2048;

/// A list is kept while it takes so many times less room than a bit for every product:
/// going through bits is that much faster.
const SPARSE: usize = 4;

/// The products of every term.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    /// Where the words of each term start; one more at the end.
    starts: Vec<u32>,
    /// Of a term, its products in catalogue order, or a bit for every product.
    words: Vec<u32>,
    /// How many words a bit for every product takes.
    width: usize,
}

impl Postings {
    /// Stores pairs of a term and a product that holds it.
    pub(crate) fn new(mut pairs: Vec<(u32, u32)>, terms: usize, products: usize) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let width = products.div_ceil(WORD as usize);
        let mut postings = Self { starts: Vec::with_capacity(terms + 1), words: Vec::new(), width };
        let mut rest = pairs.as_slice();
        for term in 0..index32(terms) {
            postings.starts.push(index32(postings.words.len()));
            let count = rest.iter().take_while(|(own, _)| *own == term).count();
            let (own, others) = rest.split_at(count);
            postings.store(own.iter().map(|(_, product)| *product), count);
            rest = others;
        }
        postings.starts.push(index32(postings.words.len()));
        postings.words.shrink_to_fit();
        postings
    }

    /// Stores one term's products.
    fn store(&mut self, products: impl Iterator<Item = u32>, count: usize) {
        if count * SPARSE < self.width {
            self.words.extend(products);
            return;
        }
        let start = self.words.len();
        self.words.resize(start + self.width, 0);
        for product in products {
            if let Some(word) = self.words.get_mut(start + (product / WORD) as usize) {
                *word |= 1 << (product % WORD);
            }
        }
    }

    /// The products that hold a term.
    pub(crate) fn of(&self, term: u32) -> Holders<'_> {
        let bound = |at: u32| self.starts.get(at as usize).map_or(0, |start| *start as usize);
        let words = self.words.get(bound(term)..bound(term + 1)).unwrap_or_default();
        if words.len() < self.width { Holders::Few(words) } else { Holders::Many(words) }
    }

    /// How many chunks there are.
    pub(crate) fn chunks(&self) -> u32 {
        index32(self.width.div_ceil(CHUNK))
    }

    /// The bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        4 * (self.starts.capacity() + self.words.capacity())
    }
}

/// The products that hold a term.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holders<'p> {
    /// The products, in catalogue order.
    Few(&'p [u32]),
    /// A bit for every product of the catalogue.
    Many(&'p [u32]),
}

/// Some products of one chunk: a bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chunk {
    number: u32,
    words: [u32; CHUNK],
}

impl Chunk {
    /// No products yet.
    pub(crate) fn none(number: u32) -> Self {
        Self { number, words: [0; CHUNK] }
    }

    /// Whether it has no products.
    pub(crate) fn is_empty(&self) -> bool {
        // All at once, and not one by one up to the first.
        self.words.iter().fold(0, |any, word| any | word) == 0
    }

    /// Keeps the products that another chunk has too.
    pub(crate) fn keep(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Keeps the products that hold a term.
    pub(crate) fn keep_holders(&mut self, holders: Holders<'_>) {
        match holders {
            Holders::Few(_) => {
                let mut others = Self::none(self.number);
                others.add(holders);
                self.keep(&others);
            }
            Holders::Many(words) => {
                let own = words.get(self.number as usize * CHUNK..).unwrap_or_default();
                let (covered, beyond) = self.words.split_at_mut(own.len().min(CHUNK));
                for (word, other) in covered.iter_mut().zip(own) {
                    *word &= other;
                }
                beyond.fill(0);
                look();
            }
        }
    }

    /// Adds the products of the chunk that hold a term.
    pub(crate) fn add(&mut self, holders: Holders<'_>) {
        match holders {
            Holders::Few(products) => {
                let start = products.partition_point(|product| product / PRODUCTS < self.number);
                let own = products.get(start..).unwrap_or_default().iter();
                let own = own.take_while(|product| *product / PRODUCTS == self.number);
                let before = self.number * PRODUCTS;
                for at in own.map(|product| product - before) {
                    if let Some(word) = self.words.get_mut((at / WORD) as usize) {
                        *word |= 1 << (at % WORD);
                    }
                    look();
                }
                look();
            }
            Holders::Many(words) => {
                let own = words.get(self.number as usize * CHUNK..).unwrap_or_default();
                for (word, other) in self.words.iter_mut().zip(own) {
                    *word |= other;
                }
                look();
            }
        }
    }

    /// The products, in catalogue order.
    pub(crate) fn products(&self) -> impl Iterator<Item = u32> + '_ {
        let first = self.number * PRODUCTS;
        (first..).step_by(WORD as usize).zip(self.words).flat_map(|(first, word)| {
            // Each word without the bits that were given, the lowest first.
            let rest = |word: &u32| Some(word & (word - 1)).filter(|rest| *rest != 0);
            let words = std::iter::successors(Some(word).filter(|word| *word != 0), rest);
            words.map(move |word| first + word.trailing_zeros())
        })
    }
}

impl Holders<'_> {
    /// The first chunk from one on that may have any of them.
    pub(crate) fn next_chunk(self, from: u32) -> Option<u32> {
        match self {
            Self::Few(products) => {
                let next = products.partition_point(|product| product / PRODUCTS < from);
                products.get(next).map(|product| product / PRODUCTS)
            }
            Self::Many(_) => Some(from),
        }
    }

    /// Whether a product is among them.
    pub(crate) fn contains(self, product: u32) -> bool {
        match self {
            Self::Few(products) => products.binary_search(&product).is_ok(),
            Self::Many(words) => words
                .get((product / WORD) as usize)
                .is_some_and(|word| word & (1 << (product % WORD)) != 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every product that holds a term, by its chunks.
    fn all(holders: Holders<'_>) -> Vec<u32> {
        let mut found = Vec::new();
        for number in 0..3 {
            let mut chunk = Chunk::none(number);
            chunk.add(holders);
            found.extend(chunk.products());
            assert_eq!(chunk.is_empty(), chunk.products().next().is_none());
            let mut kept = chunk;
            kept.keep_holders(holders);
            assert_eq!(kept, chunk);
            kept.keep_holders(Holders::Few(&[]));
            assert!(kept.is_empty());
        }
        found
    }

    #[test]
    fn a_list_and_bits_hold_the_same_products() {
        const COUNT: u32 = 5000;
        let steps = [1, 2, 3, 31, 32, 33, 500, 9000];
        let pairs = (0..).zip(steps).flat_map(|(term, step)| {
            (0..COUNT).filter(move |at| at % step == step / 2).map(move |at| (term, at))
        });
        let pairs: Vec<_> = pairs.collect();
        let postings = Postings::new(pairs.clone(), steps.len() + 1, COUNT as usize);
        let mut few = 0;
        for term in 0..=index32(steps.len()) {
            let expected: Vec<u32> =
                pairs.iter().filter(|(own, _)| *own == term).map(|(_, at)| *at).collect();
            let holders = postings.of(term);
            for from in 0..3 {
                let behind = expected.iter().find(|product| *product / PRODUCTS >= from);
                let next = holders.next_chunk(from);
                let is_next = next == behind.map(|product| product / PRODUCTS);
                assert!(is_next || next == Some(from), "{term} {from}: {next:?}");
            }
            few += u32::from(matches!(holders, Holders::Few(_)));
            assert_eq!(all(holders), expected, "{term}");
            for product in 0..COUNT + 64 {
                assert_eq!(holders.contains(product), expected.contains(&product));
            }
        }
        assert_eq!(few, 3, "terms of fewer than an eighth of a word for each word of bits");
        assert!(all(postings.of(99)).is_empty());
    }
}
