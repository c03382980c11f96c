//! What the truck carries: summed up line by line in whole numbers, and told in decimals.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::Product;
use crate::money::{from_millionths, power_of_ten};
use crate::quantity::Quantity;

/// What has to be carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Load {
    /// Kilograms.
    pub weight_kg: Decimal,
    /// Cubic metres.
    pub volume_m3: Decimal,
}

/// A load in 10⁻¹² kg and m³, the places that a weight or a volume times a quantity has.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::pricing) struct Parts {
    pub(super) weight: i128,
    pub(super) volume: i128,
}

impl Parts {
    /// Puts so many sale units of a product on top. Each adds at most 10²⁶, so that
    /// the lines of a quote fit many times.
    pub(in crate::pricing) fn add(&mut self, product: &Product, qty: Quantity) {
        let qty = i128::from(qty.as_millionths());
        self.weight += i128::from(product.weight.as_millionths()) * qty;
        self.volume += i128::from(product.volume.as_millionths()) * qty;
    }

    /// The load in whole numbers; `None` when it has more places, or does not fit.
    pub(super) fn of(load: Load) -> Option<Self> {
        Some(Self { weight: to_parts(load.weight_kg)?, volume: to_parts(load.volume_m3)? })
    }

    /// The load; `None` when it does not fit a decimal.
    pub(in crate::pricing) fn to_load(self) -> Option<Load> {
        Some(Load { weight_kg: to_decimal(self.weight)?, volume_m3: to_decimal(self.volume)? })
    }
}

const PLACES: u32 = 12;

/// 10⁻¹² kg or m³ as a decimal in its shortest form; `None` when it does not fit one.
fn to_decimal(parts: i128) -> Option<Decimal> {
    match i64::try_from(parts) {
        Ok(0) => Some(Decimal::ZERO),
        // The rule, and several times as fast.
        Ok(parts) if parts % 1_000_000 == 0 => Some(from_millionths(parts / 1_000_000)),
        _ => Some(Decimal::try_from_i128_with_scale(parts, PLACES).ok()?.normalize()),
    }
}

fn to_parts(load: Decimal) -> Option<i128> {
    let power = power_of_ten(PLACES.checked_sub(load.scale())?)?;
    load.mantissa().checked_mul(power.into())
}
