//! Rules side by side under what they are for, so that finding one takes as long
//! among ten thousand as among ten.

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

impl<K, T> Default for Groups<K, T> {
    fn default() -> Self {
        Self { starts: Vec::new(), keys: Vec::new(), items: Vec::new() }
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

    /// The item of a group with the highest key up to `key`, and its key.
    pub(super) fn up_to(&self, group: u32, key: &K) -> Option<(&K, &T)> {
        let (from, to) = self.bounds(group)?;
        let keys = self.keys.get(from..to)?;
        if keys.first()? > key {
            return None;
        }
        let at = keys.partition_point(|other| other <= key).checked_sub(1)?;
        Some((keys.get(at)?, self.items.get(from + at)?))
    }

    /// The keys and items of each group in turn.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[K], &[T])> {
        (0..index32(self.starts.len())).filter_map(|group| {
            let (from, to) = self.bounds(group)?;
            Some((self.keys.get(from..to)?, self.items.get(from..to)?))
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

    /// Where a group begins and ends; `None` for a number that has none.
    fn bounds(&self, group: u32) -> Option<(usize, usize)> {
        let [from, to] = self.starts.get(group as usize..)?.first_chunk()?;
        Some((*from as usize, *to as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_has_its_own_items_sorted() {
        let groups = Groups::new(vec![(2, 5, 'c'), (0, 9, 'b'), (2, 3, 'd'), (0, 1, 'a')]);
        assert_eq!(groups.up_to(0, &0), None);
        assert_eq!(groups.up_to(0, &8), Some((&1, &'a')));
        assert_eq!(groups.up_to(0, &9), Some((&9, &'b')));
        assert_eq!(groups.up_to(1, &9), None);
        assert_eq!(groups.up_to(2, &4), Some((&3, &'d')));
        assert_eq!(groups.up_to(3, &9), None);
        assert_eq!(groups.up_to(u32::MAX, &9), None);
        let sizes: Vec<usize> = groups.iter().map(|(keys, _)| keys.len()).collect();
        assert_eq!(sizes, [2, 0, 2]);
        assert_eq!(groups.find_tie(|(a, _), (b, _)| b - a == 2), Some([&'d', &'c']));
        // 9 and 3 are neighbours, but of different groups.
        assert_eq!(groups.find_tie(|(a, _), (b, _)| b < a), None);
        assert!(!groups.is_empty());
        assert!(Groups::<u8, u8>::default().is_empty());
        assert_eq!(Groups::<u8, u8>::default().up_to(0, &0), None);
    }
}
