//! Which rule holds for a place, found in a time that does not grow with their number.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{FreightArea, FreightRule};
use crate::catalog::table::{Table, index32};
use crate::place::{Bairro, CepRange, Distance, Place, Point};
use crate::pricing::PriceBookError;

/// CEPs side by side for which one rule holds, by the last of them.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    to: u32,
    rule: u32,
}

/// Stretches that do not overlap. Their first CEPs stand apart, so that searching reads
/// nothing else.
#[derive(Debug, Clone, Default)]
struct Stretches {
    from: Vec<u32>,
    stretches: Vec<Stretch>,
}

/// Finds the rule of a place: by name, or by binary search in stretches of CEPs
/// that do not overlap, or in bands around the store.
#[derive(Debug, Clone, Default)]
pub(in crate::pricing) struct FreightIndex {
    /// To be shared by the quotes they are in.
    rules: Vec<Arc<FreightRule>>,
    names: Table,
    /// The rule of each name, by its number.
    bairros: Vec<usize>,
    stretches: Stretches,
    origin: Option<Point>,
    /// By rising outer edge.
    bands: Vec<(Distance, usize)>,
}

impl FreightIndex {
    /// Checks the rules one by one and against each other.
    pub(in crate::pricing) fn new(
        rules: &[FreightRule],
        origin: Option<Point>,
    ) -> Result<Self, PriceBookError> {
        let shared = rules.iter().cloned().map(Arc::new).collect();
        let mut index = Self { rules: shared, origin, ..Self::default() };
        let mut ranges = Vec::new();
        for (position, rule) in rules.iter().enumerate() {
            rule.check(position + 1)?;
            match &rule.area {
                FreightArea::Bairro { bairro } => index.insert_bairro(bairro, position)?,
                FreightArea::Ceps { cep_from, cep_to } => {
                    let area = || rule.area.clone();
                    let reversed =
                        |_| PriceBookError::ReversedCeps { number: position + 1, area: area() };
                    ranges.push((CepRange::new(*cep_from, *cep_to).map_err(reversed)?, position));
                }
                FreightArea::Distance { up_to_km } => index.insert_band(*up_to_km, position)?,
            }
        }
        refuse_ties(&mut ranges, rules)?;
        index.stretches = Stretches::new(&ranges);
        index.bands.sort_unstable();
        for pair in index.bands.windows(2) {
            if let [(up_to_km, first), (other, second)] = pair
                && up_to_km == other
            {
                let (numbers, up_to_km) = ([first + 1, second + 1], *up_to_km);
                return Err(PriceBookError::BandsTie { numbers, up_to_km });
            }
        }
        Ok(index)
    }

    fn insert_bairro(&mut self, bairro: &Bairro, position: usize) -> Result<(), PriceBookError> {
        let (number, name) = (position + 1, || bairro.clone());
        if bairro.key().is_empty() {
            return Err(PriceBookError::NamelessBairro { number, bairro: name() });
        }
        let place = self.names.intern(bairro.key()) as usize;
        if let Some(first) = self.bairros.get(place) {
            let numbers = [first + 1, number];
            return Err(PriceBookError::BairrosTie { numbers, bairro: name() });
        }
        self.bairros.push(position);
        Ok(())
    }

    fn insert_band(&mut self, up_to_km: Distance, position: usize) -> Result<(), PriceBookError> {
        let number = position + 1;
        if up_to_km == Distance::ZERO {
            return Err(PriceBookError::EmptyBand { number });
        }
        if self.origin.is_none() {
            return Err(PriceBookError::NoOrigin { number, up_to_km });
        }
        self.bands.push((up_to_km, position));
        Ok(())
    }

    /// The rule for a place.
    pub(in crate::pricing) fn find(&self, place: &Place) -> Option<&Arc<FreightRule>> {
        let by_name = || {
            let name = self.names.find(place.bairro()?.key())?;
            self.bairros.get(name as usize).copied()
        };
        let by_cep = || self.stretches.find(place.cep()?.as_number());
        let by_distance = || {
            let distance = self.distance(place)?;
            let nearer = self.bands.partition_point(|(up_to, _)| *up_to < distance);
            self.bands.get(nearer).map(|(_, rule)| *rule)
        };
        self.rules.get(by_name().or_else(by_cep).or_else(by_distance)?)
    }

    /// How far a place is, where that may decide: the store has bands, and the place
    /// a point on the map.
    pub(in crate::pricing) fn distance(&self, place: &Place) -> Option<Distance> {
        let (origin, point) = (self.origin.filter(|_| self.has_bands())?, place.point()?);
        Some(origin.distance_to(point))
    }

    /// Whether some rule goes by distance.
    pub(in crate::pricing) fn has_bands(&self) -> bool {
        !self.bands.is_empty()
    }

    /// Each band's rule and that of the next farther one.
    pub(in crate::pricing) fn neighboring_bands(&self) -> impl Iterator<Item = (usize, usize)> {
        self.bands.windows(2).filter_map(|pair| match pair {
            [(_, nearer), (_, farther)] => Some((*nearer, *farther)),
            _ => None,
        })
    }

    /// The positions of all rules that hold for some place.
    pub(in crate::pricing) fn reachable(&self) -> BTreeSet<usize> {
        let bands = self.bands.iter().map(|(_, rule)| *rule);
        self.bairros.iter().copied().chain(self.stretches.rules()).chain(bands).collect()
    }
}

/// Refuses two ranges of one width around one CEP: nothing says which holds.
fn refuse_ties(
    ranges: &mut [(CepRange, usize)],
    rules: &[FreightRule],
) -> Result<(), PriceBookError> {
    ranges.sort_unstable_by_key(|(range, rule)| (range.width(), range.from(), *rule));
    for pair in ranges.windows(2) {
        if let [(a, first), (b, second)] = pair
            && a.width() == b.width()
            && b.from() <= a.to()
            && let (Some(a), Some(b)) = (rules.get(*first), rules.get(*second))
        {
            let (numbers, areas) = ([first + 1, second + 1], [a.area.clone(), b.area.clone()]);
            return Err(PriceBookError::RangesTie { numbers, areas });
        }
    }
    Ok(())
}

impl Stretches {
    /// Cuts ranges that may nest into stretches, each with the narrowest range there.
    fn new(ranges: &[(CepRange, usize)]) -> Self {
        // One event where a range begins and one just behind its end.
        let mut events = Vec::with_capacity(ranges.len() * 2);
        for (range, rule) in ranges {
            let (from, behind) = (range.from().as_number(), range.to().as_number() + 1);
            events.push((from, true, (range.width(), *rule)));
            events.push((behind, false, (range.width(), *rule)));
        }
        events.sort_unstable();
        let mut open = BTreeSet::new();
        let mut all = Self::default();
        let mut events = events.into_iter().peekable();
        while let Some((at, begins, range)) = events.next() {
            if begins {
                open.insert(range);
            } else {
                open.remove(&range);
            }
            let (Some((_, rule)), Some((next, ..))) = (open.first(), events.peek()) else {
                continue;
            };
            if *next > at {
                all.from.push(at);
                all.stretches.push(Stretch { to: next - 1, rule: index32(*rule) });
            }
        }
        all
    }

    /// The rule of a CEP.
    fn find(&self, cep: u32) -> Option<usize> {
        let next = self.from.partition_point(|from| *from <= cep);
        let stretch = self.stretches.get(next.checked_sub(1)?)?;
        (cep <= stretch.to).then_some(stretch.rule as usize)
    }

    /// The rules that hold somewhere.
    fn rules(&self) -> impl Iterator<Item = usize> {
        self.stretches.iter().map(|stretch| stretch.rule as usize)
    }
}
