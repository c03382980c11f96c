//! From a quantity as said to sale units of a product: metres to bars, square
//! metres to boxes, pieces to packs, always rounded up to the product's step.

use rust_decimal::Decimal;

use crate::catalog::Product;
use crate::order::Rounded;
use crate::quantity::{Quantity, Unit};

/// A quantity said in a measure, in sale units of a product, rounded up to its
/// step. `None` when the product has no such measure.
///
/// Without a measure the quantity is taken to be in sale units already. A
/// container that is not the sale unit (`3 caixas` of goods sold by the pack)
/// counts sale units; a metre of goods sold by volume or area is a cubic or
/// square metre, as customers say it.
///
/// ```
/// use orcazap_core::reading::sale_quantity;
/// # use orcazap_core::{Product, Unit, catalog::Pack};
/// # let tile = Product {
/// #     pack: Some(Pack { qty: "2.25".parse()?, unit: Unit::SquareMeter }),
/// #     ..Product::new("P".parse()?, "Piso", Unit::Box, "50".parse()?)
/// # };
/// // A box covers 2.25 m²: 18 m² are eight boxes, 19 m² are nine.
/// assert_eq!(sale_quantity("18".parse()?, Some(Unit::SquareMeter), &tile), Some("8".parse()?));
/// assert_eq!(sale_quantity("19".parse()?, Some(Unit::SquareMeter), &tile), Some("9".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn sale_quantity(qty: Quantity, unit: Option<Unit>, product: &Product) -> Option<Quantity> {
    unrounded(qty, unit, product)?.round_up_to(product.step)
}

/// What was said, where [`sale_quantity`] rounds it up to the product's step.
pub(crate) fn rounded(qty: Quantity, unit: Option<Unit>, product: &Product) -> Option<Rounded> {
    let units = unrounded(qty, unit, product)?;
    let into = units.round_up_to(product.step)?;
    let unit = unit.filter(|unit| *unit != product.unit);
    (into != units).then_some(Rounded { asked: qty, unit, into })
}

/// The sale units that a quantity comes to, steps or not.
fn unrounded(qty: Quantity, unit: Option<Unit>, product: &Product) -> Option<Quantity> {
    let said = qty.as_decimal();
    let units = match unit {
        None => return Some(qty),
        Some(unit) if unit == product.unit => return Some(qty),
        Some(Unit::Thousand) => pieces(said.checked_mul(Decimal::ONE_THOUSAND)?, product)?,
        Some(Unit::Piece | Unit::Part) => pieces(said, product)?,
        Some(unit @ (Unit::Meter | Unit::SquareMeter | Unit::CubicMeter)) => {
            measured(said, unit, product).or_else(|| meant_by_meter(said, unit, product))?
        }
        Some(unit @ (Unit::Kilogram | Unit::Liter)) => measured(said, unit, product)?,
        Some(_container) => return Some(qty),
    };
    Quantity::new(units.round_dp(6)).ok()
}

/// Pieces of goods that are sold by the piece, by the thousand or in packs.
fn pieces(said: Decimal, product: &Product) -> Option<Decimal> {
    match measured(said, Unit::Piece, product) {
        Some(packs) => Some(packs),
        None if product.unit == Unit::Thousand => said.checked_div(Decimal::ONE_THOUSAND),
        None => Some(said),
    }
}

fn measured(said: Decimal, unit: Unit, product: &Product) -> Option<Decimal> {
    let pack = product.pack.filter(|pack| pack.unit == unit)?;
    said.checked_div(pack.qty.as_decimal())
}

fn meant_by_meter(said: Decimal, unit: Unit, product: &Product) -> Option<Decimal> {
    match (unit, product.unit) {
        (Unit::Meter, Unit::CubicMeter | Unit::SquareMeter) => Some(said),
        (Unit::Meter, _) => measured(said, Unit::SquareMeter, product),
        _ => None,
    }
}
