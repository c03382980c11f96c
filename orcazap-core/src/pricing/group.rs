//! Rules side by side under what they are for, so that finding one takes as long
//! among ten thousand as among ten.

use std::ops::Range;

use crate::catalog::table::index32;

/// Items of numbered groups, each group behind the other in one piece of memory and
/// sorted by its items' keys. The keys stand apart, so that searching reads no items.
#[derive(Debug, Clone)]
pub(super) struct Groups<K, T> {
    /// Where each group begins, and behind the last of them where it ends.
    starts: Vec<u32>,
    keys: Vec<K>,
    items: Vec<T>,
}

/// Where a group begins and ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    from: u32,
    to: u32,
}

impl<K, T> Default for Groups<K, T> {
    fn default() -> Self {
        Self { starts: Vec::new(), keys: Vec::new(), items: Vec::new() }
    }
}

impl Span {
    fn range(self) -> Range<usize> {
        self.from as usize..self.to as usize
    }
}

impl<K: Ord, T> Groups<K, T> {
    /// Sorts items by their group's number and their key; equal ones stay in the order
    /// they came in.
    pub(super) fn new(mut items: Vec<(u32, K, T)>) -> Self {
        items.sort_by(|(a, one, _), (b, other, _)| (a, one).cmp(&(b, other)));
        let behind = items.last().map_or(0, |(last, ..)| last + 1);
        let start = |group: u32| index32(items.partition_point(|(of, ..)| *of < group));
        let starts = (0..=behind).map(start).collect();
        let (keys, items) = items.into_iter().map(|(_, key, item)| (key, item)).unzip();
        Self { starts, keys, items }
    }

    /// The item of a group with the highest key up to `key`.
    pub(super) fn up_to(&self, group: Span, key: &K) -> Option<&T> {
        let keys = self.keys.get(group.range())?;
        if keys.first()? > key {
            return None;
        }
        let at = keys.partition_point(|other| other <= key).checked_sub(1)?;
        self.items.get(group.from as usize + at)
    }

    /// The item of a group with exactly this key.
    pub(super) fn at(&self, group: Span, key: &K) -> Option<&T> {
        let keys = self.keys.get(group.range())?;
        if keys.last()? < key {
            return None;
        }
        self.items.get(group.from as usize + keys.binary_search(key).ok()?)
    }

    /// The keys and items of each group in turn.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[K], &[T])> {
        (0..index32(self.starts.len().saturating_sub(1))).filter_map(|group| {
            let range = self.span(group).range();
            Some((self.keys.get(range.clone())?, self.items.get(range)?))
        })
    }

    /// The first two neighbours in one group of which `tie` holds.
    pub(super) fn find_tie(&self, tie: impl Fn((&K, &T), (&K, &T)) -> bool) -> Option<[&T; 2]> {
        let mut pairs = self.iter().flat_map(|(keys, items)| keys.windows(2).zip(items.windows(2)));
        pairs.find_map(|pair| match pair {
            ([a, b], [first, second]) if tie((a, first), (b, second)) => Some([first, second]),
            _ => None,
        })
    }

    /// The same groups of other items.
    pub(super) fn map<U>(self, change: impl FnMut(T) -> U) -> Groups<K, U> {
        let items = self.items.into_iter().map(change).collect();
        Groups { starts: self.starts, keys: self.keys, items }
    }

    /// Whether there is nothing in any group.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Where the group with a number is: an empty one for a number that has none.
    pub(super) fn span(&self, group: u32) -> Span {
        match self.starts.get(group as usize..).and_then(<[u32]>::first_chunk) {
            Some([from, to]) => Span { from: *from, to: *to },
            None => Span { from: 0, to: 0 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_has_its_own_items_sorted() {
        let groups = Groups::new(vec![(2, 5, 'c'), (0, 9, 'b'), (2, 3, 'd'), (0, 1, 'a')]);
        let up_to = |group, key| groups.up_to(groups.span(group), &key).copied();
        assert_eq!(up_to(0, 0), None);
        assert_eq!(up_to(0, 8), Some('a'));
        assert_eq!(up_to(0, 9), Some('b'));
        assert_eq!(up_to(1, 9), None);
        assert_eq!(up_to(2, 4), Some('d'));
        assert_eq!(up_to(3, 9), None);
        assert_eq!(up_to(u32::MAX, 9), None);
        let at = |group, key| groups.at(groups.span(group), &key).copied();
        assert_eq!(
            [at(2, 2), at(2, 3), at(2, 4), at(2, 5), at(2, 6)],
            [None, Some('d'), None, Some('c'), None]
        );
        assert_eq!([at(1, 3), at(3, 3)], [None, None]);
        let sizes: Vec<usize> = groups.iter().map(|(keys, _)| keys.len()).collect();
        assert_eq!(sizes, [2, 0, 2]);
        assert_eq!(groups.find_tie(|(a, _), (b, _)| b - a == 2), Some([&'d', &'c']));
        // 9 and 3 are neighbours, but of different groups.
        assert_eq!(groups.find_tie(|(a, _), (b, _)| b < a), None);
        assert!(!groups.is_empty());
        assert!(Groups::<u8, u8>::default().is_empty());
        let empty = Groups::<u8, u8>::default();
        assert_eq!(empty.up_to(empty.span(0), &0), None);
    }
}
