//! Delivery: which freight rule holds for a place, and what it costs.
//!
//! The exact bairro comes first (case and accents ignored), else the narrowest
//! range of CEPs that holds the CEP, else the nearest band that reaches the point on
//! the map, else there is no rule. What the store says of a named place stands before
//! how far it is as the crow flies.
//!
//! fee = base × trips + per_kg × max(0, weight − included_kg), rounded once;
//! trips = ⌈weight ÷ truck_kg⌉ where `truck_kg` is set, or ⌈volume ÷ truck_m3⌉ where
//! `truck_m3` is set, whichever is more, and at least 1. It is free when `free_above`
//! is set and subtotal + adjustment reaches it.

use std::collections::BTreeSet;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::PriceBookError;
use super::json::FreightJson;
use crate::catalog::table::{Table, index32};
use crate::catalog::{Product, Volume, Weight};
use crate::money::{Money, UnitPrice, from_millionths, power_of_ten};
use crate::place::{Bairro, Cep, CepRange, Distance, Place, Point};
use crate::quantity::Quantity;

/// Where a freight rule applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AreaJson", into = "AreaJson")]
pub enum FreightArea {
    /// One neighbourhood, compared without case and accents.
    Bairro {
        /// Its name.
        bairro: Bairro,
    },
    /// A range of CEPs, both ends included.
    Ceps {
        /// The first.
        cep_from: Cep,
        /// The last.
        cep_to: Cep,
    },
    /// A band around the store: every point that is so far or nearer, and beyond the
    /// next narrower band.
    Distance {
        /// The outer edge, included, as the crow flies; more than zero.
        up_to_km: Distance,
    },
}

impl fmt::Display for FreightArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bairro { bairro } => write!(f, "bairro {bairro}"),
            Self::Ceps { cep_from, cep_to } => write!(f, "CEP {cep_from} to {cep_to}"),
            Self::Distance { up_to_km } => write!(f, "points up to {up_to_km} km away"),
        }
    }
}

/// The fields of an area in the JSON of its rule.
#[derive(Serialize, Deserialize)]
struct AreaJson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bairro: Option<Bairro>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cep_from: Option<Cep>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cep_to: Option<Cep>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    up_to_km: Option<Distance>,
}

/// The fields of a freight rule name no area, or two.
#[derive(Debug, Error)]
#[error("a freight rule has either bairro, or both cep_from and cep_to, or up_to_km")]
struct NoArea;

impl TryFrom<AreaJson> for FreightArea {
    type Error = NoArea;

    fn try_from(json: AreaJson) -> Result<Self, NoArea> {
        match (json.bairro, json.cep_from, json.cep_to, json.up_to_km) {
            (Some(bairro), None, None, None) => Ok(Self::Bairro { bairro }),
            (None, Some(cep_from), Some(cep_to), None) => Ok(Self::Ceps { cep_from, cep_to }),
            (None, None, None, Some(up_to_km)) => Ok(Self::Distance { up_to_km }),
            _ => Err(NoArea),
        }
    }
}

impl From<FreightArea> for AreaJson {
    fn from(area: FreightArea) -> Self {
        let none = Self { bairro: None, cep_from: None, cep_to: None, up_to_km: None };
        match area {
            FreightArea::Bairro { bairro } => Self { bairro: Some(bairro), ..none },
            FreightArea::Ceps { cep_from, cep_to } => {
                Self { cep_from: Some(cep_from), cep_to: Some(cep_to), ..none }
            }
            FreightArea::Distance { up_to_km } => Self { up_to_km: Some(up_to_km), ..none },
        }
    }
}

/// What delivery costs in an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FreightJson")]
pub struct FreightRule {
    /// Where it holds.
    #[serde(flatten)]
    pub area: FreightArea,
    /// Reais for each trip.
    pub base: UnitPrice,
    /// Reais for each kilogram above `included_kg`.
    pub per_kg: UnitPrice,
    /// Kilograms that cost nothing on top.
    pub included_kg: Weight,
    /// What the truck carries, in kilograms; heavier orders take more trips.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truck_kg: Option<Weight>,
    /// The room on the truck, in cubic metres; bulkier orders take more trips.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truck_m3: Option<Volume>,
    /// Freight is free from this subtotal (with payment adjustment) on; 0.00
    /// counts as set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_above: Option<Money>,
}

/// What has to be carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Load {
    /// Kilograms.
    pub weight_kg: Decimal,
    /// Cubic metres.
    pub volume_m3: Decimal,
}

/// The load of an order as it is summed up, in 10⁻¹² kg and m³: a weight and a
/// quantity have six places each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LoadSum {
    weight: i128,
    volume: i128,
}

impl LoadSum {
    /// Puts so many sale units of a product on top. Each adds at most 10²⁶, so that
    /// the lines of a quote fit many times.
    pub(super) fn add(&mut self, product: &Product, qty: Quantity) {
        let qty = i128::from(qty.as_millionths());
        self.weight += i128::from(product.weight.as_millionths()) * qty;
        self.volume += i128::from(product.volume.as_millionths()) * qty;
    }

    /// The sum; `None` when it does not fit a decimal.
    pub(super) fn total(self) -> Option<Load> {
        Some(Load { weight_kg: from_parts(self.weight)?, volume_m3: from_parts(self.volume)? })
    }
}

/// How many places a load has.
const PLACES: u32 = 12;

/// 10⁻¹² kg or m³ as a decimal in its shortest form; `None` when it does not fit one.
fn from_parts(parts: i128) -> Option<Decimal> {
    match i64::try_from(parts) {
        // The rule, and several times as fast.
        Ok(parts) if parts % 1_000_000 == 0 => Some(from_millionths(parts / 1_000_000)),
        _ => Some(Decimal::try_from_i128_with_scale(parts, PLACES).ok()?.normalize()),
    }
}

/// A load in 10⁻¹² kg or m³; `None` when it has more places, or does not fit.
fn to_parts(load: Decimal) -> Option<i128> {
    let power = power_of_ten(PLACES.checked_sub(load.scale())?)?;
    load.mantissa().checked_mul(power.into())
}

impl FreightRule {
    /// Checks what is wrong in itself, wherever the rule applies.
    fn check(&self, number: usize) -> Result<(), PriceBookError> {
        let area = || self.area.clone();
        if let Some(free_above) = self.free_above.filter(|above| above.is_negative()) {
            return Err(PriceBookError::NegativeFreeAbove { number, area: area(), free_above });
        }
        if self.truck_kg == Some(Weight::ZERO) || self.truck_m3 == Some(Volume::ZERO) {
            return Err(PriceBookError::NoTruck { number, area: area() });
        }
        Ok(())
    }

    /// How often the truck goes for a load: a whole number, at least 1. `None` when
    /// it does not fit a decimal.
    #[must_use]
    pub fn trips(&self, load: Load) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(self.whole_trips(load)?, 0).ok()
    }

    fn whole_trips(&self, load: Load) -> Option<i128> {
        let times = |load: Decimal, truck: Option<i64>| match truck {
            Some(truck) => ceil_div(to_parts(load)?, i128::from(truck) * 1_000_000),
            None => Some(1),
        };
        let by_weight = times(load.weight_kg, self.truck_kg.map(Weight::as_millionths))?;
        let by_volume = times(load.volume_m3, self.truck_m3.map(Volume::as_millionths))?;
        Some(by_weight.max(by_volume).max(1))
    }

    /// The kilograms above those that cost nothing on top. `None` when they do not
    /// fit a decimal.
    #[must_use]
    pub fn paid_kg(&self, load: Load) -> Option<Decimal> {
        let paid = load.weight_kg.checked_sub(self.included_kg.as_decimal())?;
        Some(paid.max(Decimal::ZERO))
    }

    /// Whether the rule goes by distance.
    #[must_use]
    pub fn is_by_distance(&self) -> bool {
        matches!(self.area, FreightArea::Distance { .. })
    }

    /// Whether delivery is free for an order that comes to `due`, its subtotal
    /// with the payment adjustment.
    #[must_use]
    pub fn is_free(&self, due: Money) -> bool {
        self.free_above.is_some_and(|free_above| due >= free_above)
    }

    /// What delivering a load costs an order that comes to `due`. `None` when it is
    /// too large an amount.
    #[must_use]
    pub fn fee(&self, load: Load, due: Money) -> Option<Money> {
        if self.is_free(due) {
            return Some(Money::ZERO);
        }
        // In 10⁻¹⁸ reais: what does not fit is far above any amount.
        let base = i128::from(self.base.as_millionths()) * 1_000_000_000_000;
        let included = i128::from(self.included_kg.as_millionths()) * 1_000_000;
        let paid = to_parts(load.weight_kg)?.checked_sub(included)?.max(0);
        let by_weight = i128::from(self.per_kg.as_millionths()).checked_mul(paid)?;
        let fee = base.checked_mul(self.whole_trips(load)?)?.checked_add(by_weight)?;
        Money::from_quintillionths(fee)
    }
}

/// A quotient rounded up to a whole number; `None` by nothing.
fn ceil_div(load: i128, truck: i128) -> Option<i128> {
    let whole = match (i64::try_from(load), i64::try_from(truck)) {
        // Dividing 64 bits is several times as fast, and nearly always enough.
        (Ok(load), Ok(truck)) => load.checked_div(truck)?.into(),
        _ => load.checked_div(truck)?,
    };
    Some(if load > whole * truck { whole + 1 } else { whole })
}

/// The CEPs from the first to the last for which one rule holds.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: u32,
    to: u32,
    rule: u32,
}

/// Finds the rule of a place: by name, or by binary search in stretches of CEPs
/// that do not overlap, or in bands around the store.
#[derive(Debug, Clone, Default)]
pub(super) struct FreightIndex {
    names: Table,
    /// The rule of each name, by its number.
    bairros: Vec<usize>,
    stretches: Vec<Stretch>,
    origin: Option<Point>,
    /// By rising outer edge.
    bands: Vec<(Distance, usize)>,
}

impl FreightIndex {
    /// Checks the rules one by one and against each other.
    pub(super) fn new(
        rules: &[FreightRule],
        origin: Option<Point>,
    ) -> Result<Self, PriceBookError> {
        let mut index = Self { origin, ..Self::default() };
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
        index.stretches = narrowest(&ranges);
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

    /// The position of the rule for a place.
    pub(super) fn find(&self, place: &Place) -> Option<usize> {
        let by_name = || {
            let name = self.names.find(place.bairro()?.key())?;
            self.bairros.get(name as usize).copied()
        };
        let by_cep = || {
            let cep = place.cep()?.as_number();
            let next = self.stretches.partition_point(|stretch| stretch.from <= cep);
            let stretch = self.stretches.get(next.checked_sub(1)?)?;
            (cep <= stretch.to).then_some(stretch.rule as usize)
        };
        let by_distance = || {
            let distance = self.distance(place)?;
            let nearer = self.bands.partition_point(|(up_to, _)| *up_to < distance);
            self.bands.get(nearer).map(|(_, rule)| *rule)
        };
        by_name().or_else(by_cep).or_else(by_distance)
    }

    /// How far a place is, where that may decide: the store has bands, and the place
    /// a point on the map.
    pub(super) fn distance(&self, place: &Place) -> Option<Distance> {
        let (origin, point) = (self.origin.filter(|_| self.has_bands())?, place.point()?);
        Some(origin.distance_to(point))
    }

    /// Whether some rule goes by distance.
    pub(super) fn has_bands(&self) -> bool {
        !self.bands.is_empty()
    }

    /// Each band's rule and that of the next farther one.
    pub(super) fn neighboring_bands(&self) -> impl Iterator<Item = (usize, usize)> {
        self.bands.windows(2).filter_map(|pair| match pair {
            [(_, nearer), (_, farther)] => Some((*nearer, *farther)),
            _ => None,
        })
    }

    /// The positions of all rules that hold for some place.
    pub(super) fn reachable(&self) -> BTreeSet<usize> {
        let ceps = self.stretches.iter().map(|stretch| stretch.rule as usize);
        let bands = self.bands.iter().map(|(_, rule)| *rule);
        self.bairros.iter().copied().chain(ceps).chain(bands).collect()
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

/// Cuts ranges that may nest into stretches, each with the narrowest range there.
fn narrowest(ranges: &[(CepRange, usize)]) -> Vec<Stretch> {
    // One event where a range begins and one just behind its end.
    let mut events = Vec::with_capacity(ranges.len() * 2);
    for (range, rule) in ranges {
        let (from, behind) = (range.from().as_number(), range.to().as_number() + 1);
        events.push((from, true, (range.width(), *rule)));
        events.push((behind, false, (range.width(), *rule)));
    }
    events.sort_unstable();
    let mut open = BTreeSet::new();
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut events = events.into_iter().peekable();
    while let Some((at, begins, range)) = events.next() {
        if begins {
            open.insert(range);
        } else {
            open.remove(&range);
        }
        let (Some((_, rule)), Some((next, ..))) = (open.first(), events.peek()) else { continue };
        if *next > at {
            stretches.push(Stretch { from: at, to: next - 1, rule: index32(*rule) });
        }
    }
    stretches
}
