//! A table of strings: each gets the next number, found again by its hash.
//!
//! The hash is the same in every run, so that nothing depends on chance.

use std::ops::Range;

/// A string to be found in several tables, hashed once.
#[derive(Clone, Copy)]
pub(crate) struct Key<'a> {
    string: &'a str,
    hash: u64,
}

impl<'a> Key<'a> {
    pub(crate) fn new(string: &'a str) -> Self {
        Self { string, hash: hash(string) }
    }

    pub(crate) fn string(self) -> &'a str {
        self.string
    }

    /// The hash of the string.
    pub(crate) fn hash(self) -> u64 {
        self.hash
    }
}

/// Strings by number, and their numbers by string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Table {
    text: String,
    /// Where each string begins in the text, and behind the last of them where it ends;
    /// none when there are no strings.
    starts: Vec<u32>,
    /// Number + 1 of the string in each slot; 0 is free. A power of two long.
    slots: Vec<u32>,
}

impl Table {
    /// How many strings there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The string with a number.
    pub(crate) fn get(&self, number: u32) -> &str {
        self.range(number).and_then(|range| self.text.get(range)).unwrap_or_default()
    }

    /// Where a string stands in the text.
    fn range(&self, number: u32) -> Option<Range<usize>> {
        let [from, to] = self.starts.get(number as usize..)?.first_chunk()?;
        Some(*from as usize..*to as usize)
    }

    /// Whether a number is that of a string: bytes are compared, for which nobody has to
    /// look whether a character begins where a string does.
    fn is(&self, number: u32, string: &str) -> bool {
        let found = self.range(number).and_then(|range| self.text.as_bytes().get(range));
        found.is_some_and(|found| is_same(found, string.as_bytes()))
    }

    /// The number of a string that is there.
    pub(crate) fn find(&self, string: &str) -> Option<u32> {
        self.find_key(Key::new(string))
    }

    /// The number of a string that is there.
    #[inline]
    pub(crate) fn find_key(&self, key: Key<'_>) -> Option<u32> {
        self.slot_of(key).err()
    }

    /// The number of a string, a new one when it was not there.
    pub(crate) fn intern(&mut self, string: &str) -> u32 {
        if self.slots.len() < (self.len() + 1) * 2 {
            self.grow();
        }
        match self.slot_of(Key::new(string)) {
            Err(number) => number,
            Ok(slot) => {
                let number = index32(self.len());
                if self.starts.is_empty() {
                    self.starts.push(0);
                }
                self.text.push_str(string);
                self.starts.push(index32(self.text.len()));
                if let Some(free) = self.slots.get_mut(slot) {
                    *free = number + 1;
                }
                number
            }
        }
    }

    /// Gives back the room that was kept for further strings.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    /// The bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.text.capacity() + 4 * (self.starts.capacity() + self.slots.capacity())
    }

    /// The free slot for a string, or its number when it is there.
    #[inline]
    fn slot_of(&self, Key { string, hash }: Key<'_>) -> Result<usize, u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = usize::try_from(hash & 0xffff_ffff).unwrap_or(0) & mask;
        loop {
            match self.slots.get(slot) {
                Some(0) | None => return Ok(slot),
                Some(taken) if self.is(taken - 1, string) => return Err(taken - 1),
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let length = (self.slots.len() * 2).max(64);
        self.slots = vec![0; length];
        for number in 0..self.len() {
            let number = index32(number);
            if let Ok(slot) = self.slot_of(Key::new(self.get(number)))
                && let Some(free) = self.slots.get_mut(slot)
            {
                *free = number + 1;
            }
        }
    }
}

/// Whether bytes are the same, eight at a time, the last of them once more where they
/// are no multiple: for codes as short as a store's this is done before a call of
/// `memcmp` has begun.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    if let (Some(last), Some(other_last)) = (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        let (eights, _) = one.as_chunks::<8>();
        let (other_eights, _) = other.as_chunks::<8>();
        return last == other_last && eights.iter().zip(other_eights).all(|(a, b)| a == b);
    }
    match (one.first_chunk::<4>(), one.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            other.first_chunk() == Some(first) && other.last_chunk() == Some(last)
        }
        _ => one.iter().zip(other).all(|(a, b)| a == b),
    }
}

/// A position as it is stored. Catalogues are far smaller than its range.
pub(crate) fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The low half of a string's hash, for tables whose finds are compared anyway.
pub(crate) fn short_hash(string: &str) -> u32 {
    u32::try_from(hash(string) & 0xffff_ffff).unwrap_or(0)
}

/// A hash of a string, eight bytes at a time, with a final mix of the high bits into
/// the low ones.
pub(crate) fn hash(string: &str) -> u64 {
    let mix =
        |hash: u64, word: u64| (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut bytes = string.as_bytes();
    let mut hash = mix(0, bytes.len() as u64);
    while let Some((word, rest)) = bytes.split_first_chunk() {
        hash = mix(hash, u64::from_le_bytes(*word));
        bytes = rest;
    }
    if let Some((word, rest)) = bytes.split_first_chunk() {
        hash = mix(hash, u32::from_le_bytes(*word).into());
        bytes = rest;
    }
    let last = bytes.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte));
    hash = mix(hash, last);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn strings_that_differ_a_little_have_hashes_that_differ() {
        let words = (0..5000).map(|n| format!("SKU-{n:05}")).chain(
            ["", "\0", "\0\0", "a", "a\0", "abcd", "abcd\0", "abcdefgh", "abcdefgha"]
                .map(String::from),
        );
        let words: Vec<String> = words.collect();
        let low: BTreeSet<u64> = words.iter().map(|word| hash(word) & 0xffff_ffff).collect();
        assert_eq!(low.len(), words.len());
    }

    #[test]
    fn bytes_are_the_same_when_every_one_is() {
        let word = b"0123456789abcdefXYZ";
        for length in 0..word.len() {
            let one = &word[..length];
            assert!(is_same(one, one));
            assert!(!is_same(one, &word[..=length]));
            for place in 0..length {
                let mut other = one.to_vec();
                other[place] ^= 1;
                assert!(!is_same(one, &other), "{length} {place}");
            }
        }
    }

    #[test]
    fn strings_keep_their_numbers_as_the_table_grows() {
        let mut table = Table::default();
        assert_eq!(table.find("x"), None);
        let words: Vec<String> = (0..5000).map(|n| format!("w{n}")).collect();
        for (number, word) in words.iter().enumerate() {
            assert_eq!(table.intern(word) as usize, number);
        }
        for (number, word) in words.iter().enumerate() {
            assert_eq!(table.find(word), Some(index32(number)));
            assert_eq!(table.get(index32(number)), word);
        }
        assert_eq!(table.find("absent"), None);
    }
}
