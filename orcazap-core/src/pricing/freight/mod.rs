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

mod index;
mod load;

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::PriceBookError;
use super::json::FreightJson;
use crate::catalog::{Volume, Weight};
use crate::money::{Money, UnitPrice};
use crate::place::{Bairro, Cep, Distance};

pub(super) use index::FreightIndex;
pub use load::Load;
pub(super) use load::Parts;

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

impl fmt::Display for FreightRule {
    /// Where it holds and what it costs: `bairro Centro, 30 a trip, 0.05 a kg above 500`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} a trip", self.area, self.base)?;
        if self.per_kg != UnitPrice::ZERO {
            write!(f, ", {} a kg above {}", self.per_kg, self.included_kg)?;
        }
        self.free_above.map_or(Ok(()), |above| write!(f, ", free from {above} on"))
    }
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
        Decimal::try_from_i128_with_scale(self.whole_trips(Parts::of(load)?)?, 0).ok()
    }

    fn whole_trips(&self, load: Parts) -> Option<i128> {
        let times = |load: i128, truck: Option<i64>| match truck {
            Some(truck) => ceil_div(load, i128::from(truck) * 1_000_000),
            None => Some(1),
        };
        let by_weight = times(load.weight, self.truck_kg.map(Weight::as_millionths))?;
        let by_volume = times(load.volume, self.truck_m3.map(Volume::as_millionths))?;
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
        self.fee_of(Parts::of(load)?, due)
    }

    pub(super) fn fee_of(&self, load: Parts, due: Money) -> Option<Money> {
        if self.is_free(due) {
            return Some(Money::ZERO);
        }
        // In 10⁻¹⁸ reais: what does not fit is far above any amount.
        let base = i128::from(self.base.as_millionths()) * 1_000_000_000_000;
        let included = i128::from(self.included_kg.as_millionths()) * 1_000_000;
        let paid = load.weight.checked_sub(included)?.max(0);
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
