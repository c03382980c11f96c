//! Stage 16, products and quantities: which products an ask fits, with the unit
//! it was counted in, and how many sale units that makes.

use super::asks::{Amount, Ask};
use super::number::{Num, ONE};
use super::sale::{rounded, sale_quantity};
use super::vocabulary::Measure;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{MOST, Needle, exactly, fitting, holding_all, is_name};
use crate::catalog::{Catalog, Product};
use crate::order::Rounded;
use crate::quantity::{Quantity, Unit};

/// How well a product's sale unit goes with the unit said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    None,
    Convertible,
    Same,
}

/// The products an ask fits, in catalogue order, and how they were found. One more
/// than [`MOST`] says that there are more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fit {
    pub(crate) products: Vec<u32>,
    pub(crate) reach: Reach,
    /// The unit said goes with none of them.
    pub(crate) unit_off: bool,
    /// The unit said is a word of their name.
    pub(crate) unit_in_name: bool,
}

/// Finds the products that an ask fits.
pub(crate) fn fit(ask: &Ask, catalog: &Catalog) -> Fit {
    let index = catalog.index();
    let (measure, unit_word) = unit_of(ask);
    let nothing = Fit::of(Vec::new(), Reach::Misspelt);
    if ask.misfit || ask.foreign {
        return nothing;
    }
    if ask.needles.is_empty() {
        // `2 baldes`: the unit is the product.
        let Some(word) = unit_word else { return nothing };
        let owners = exactly(std::slice::from_ref(word), index);
        return Fit { unit_in_name: true, ..Fit::of(owners, Reach::Exact) };
    }
    let mut own = named(&ask.needles, catalog);
    let Some(measure) = measure else { return own };
    if measure == Measure::Load {
        // `uma carrada de areia` is loose.
        let loose =
            |at: &u32| catalog.at(*at).is_some_and(|product| product.unit == Unit::CubicMeter);
        if own.products.iter().any(loose) {
            own.products.retain(loose);
        }
    }
    if let (Measure::Container, Some(word), [_, _, ..]) =
        (measure, unit_word, own.products.as_slice())
    {
        // `adesivo pvc bisnaga` of a store that has it in flasks, too.
        let mut held = holding_all(ask.needles.iter().chain([word]), index, Reach::Kin);
        held.retain(|at| own.products.contains(at));
        if !held.is_empty() {
            return Fit { products: held, unit_in_name: true, ..own };
        }
    }
    if ask.amount.as_ref().is_some_and(|amount| amount.measure.is_some())
        && let Some((container, word)) = ask.container.as_ref()
        && word.is_head(index, Reach::Exact)
    {
        // `caixa d'água 2000 litros`: the box is a word of the name.
        let boxed = holding_all(ask.needles.iter().chain([word]), index, Reach::Kin);
        if !boxed.is_empty() {
            let so = |at: &u32| {
                boxed.contains(at)
                    || catalog
                        .at(*at)
                        .is_some_and(|product| is_sold_in(*container, product, catalog))
            };
            own.products.retain(so);
            return match agreeing(&own.products, &ask.needles, own.reach, measure, catalog) {
                Some(products) => Fit { products, ..own },
                None => nothing,
            };
        }
    }
    if let Some((container, _)) = &ask.container
        && ask.amount.as_ref().is_some_and(|amount| amount.measure.is_some())
    {
        // `72 litros de tinta em lata`
        let sold_so = |at: &u32| {
            catalog.at(*at).is_some_and(|product| is_sold_in(*container, product, catalog))
        };
        if own.products.iter().any(sold_so) {
            own.products.retain(sold_so);
        }
    }
    if !ask.leans && ask.needles.iter().all(|needle| needle.numeric) {
        // `10 barras de 3/8`: of 10 mm as well, and not only what is called a bar.
        let mut sized = holding_all(&ask.needles, index, Reach::Kin);
        sized.retain(|at| {
            catalog.at(*at).is_some_and(|product| is_sold_in(measure, product, catalog))
        });
        let several = agreeing(&sized, &ask.needles, Reach::Kin, measure, catalog);
        if let Some(several) = several.filter(|found| found.len() > 1) {
            own.products = several;
            return own;
        }
    }
    if let Some(word) = unit_word.filter(|word| word.is_exact()) {
        // The unit and the words together are a name: `carrinho de mão`.
        let mut with_unit = ask.needles.clone();
        with_unit.push(word.clone());
        let exact = exactly(&with_unit, index);
        let same = |at: &u32| {
            catalog.at(*at).is_some_and(|p| agreement(measure, p, catalog) == Agreement::Same)
        };
        let own_agrees = own.products.iter().any(same) && is_name(&ask.needles, index);
        if !exact.is_empty() && !own_agrees {
            return Fit { unit_in_name: true, ..Fit::of(exact, Reach::Exact) };
        }
        let loose = !is_name(&ask.needles, index) && word.is_head(index, Reach::Exact);
        if loose && !own.products.iter().any(same) {
            let held = holding_all(&with_unit, index, Reach::Kin);
            if !held.is_empty() {
                return Fit { unit_in_name: true, ..Fit::of(held, own.reach) };
            }
        }
    }
    if let Some(agreeing) = agreeing(&own.products, &ask.needles, own.reach, measure, catalog) {
        return Fit { products: agreeing, ..own };
    }
    if let Some(word) = unit_word.filter(|word| word.is_exact()) {
        let mut with_unit = ask.needles.clone();
        with_unit.push(word.clone());
        let exact = exactly(&with_unit, index);
        let products =
            if exact.is_empty() { holding_all(&with_unit, index, Reach::Kin) } else { exact };
        if !products.is_empty() {
            return Fit { unit_in_name: true, ..Fit::of(products, Reach::Exact) };
        }
    }
    let wider = holding_all(&ask.needles, index, own.reach);
    if let Some(agreeing) = agreeing(&wider, &ask.needles, own.reach, measure, catalog) {
        return Fit { products: agreeing, ..own };
    }
    if has_other_size(&own.products, measure, catalog) {
        // `extensão 5 m` of a store that has 10 m: the number is a size it lacks.
        return nothing;
    }
    if measures(measure) && !is_name(&ask.needles, index) {
        // `30 m² de piso` of a store that has floor paint: something else is meant.
        return nothing;
    }
    Fit { unit_off: true, ..own }
}

/// What `2 baldes` are where nothing else waits for a number: the products that begin
/// with the unit's word.
pub(crate) fn called_by_unit(ask: &Ask, catalog: &Catalog) -> Option<Fit> {
    let (_, Some(word)) = unit_of(ask) else { return None };
    let index = catalog.index();
    let mut products = holding_all([word], index, Reach::Exact);
    products.retain(|at| word.is_kind_of(*at, index));
    let called = !products.is_empty() && products.len() <= MOST;
    called.then(|| Fit { unit_in_name: true, ..Fit::of(products, Reach::Exact) })
}

/// Whether a unit measures goods, where others count them.
fn measures(measure: Measure) -> bool {
    measure.unit().is_some_and(Unit::is_measure)
}

/// Whether a name says another number of a measure, in which the goods are not counted.
pub(crate) fn has_other_size(products: &[u32], measure: Measure, catalog: &Catalog) -> bool {
    measure.unit().and_then(|unit| catalog.index().measured(unit)).is_some_and(|term| {
        let holders = catalog.index().holders(term);
        products.iter().any(|at| holders.contains(*at))
    })
}

/// The owners of exactly these words, else all that hold them.
pub(crate) fn named(needles: &[Needle], catalog: &Catalog) -> Fit {
    let owners = exactly(needles, catalog.index());
    if !owners.is_empty() {
        return Fit::of(owners, nearest_of(needles));
    }
    let (products, reach) = fitting(needles, catalog.index(), Reach::Misspelt);
    Fit::of(products, reach)
}

fn nearest_of(needles: &[Needle]) -> Reach {
    needles.iter().map(Needle::nearest).max().unwrap_or(Reach::Exact)
}

impl Fit {
    pub(crate) fn of(products: Vec<u32>, reach: Reach) -> Self {
        Self { products, reach, unit_off: false, unit_in_name: false }
    }

    /// Of what fits, or is meant instead, just these.
    pub(crate) fn narrowed_to(&self, products: Vec<u32>) -> Self {
        Self { unit_in_name: self.unit_in_name, ..Self::of(products, self.reach) }
    }
}

/// Whether needles are no name by themselves.
pub(crate) fn is_no_name(needles: &[Needle], catalog: &Catalog) -> bool {
    needles.iter().all(|needle| needle.numeric) || !is_name(needles, catalog.index())
}

fn unit_of(ask: &Ask) -> (Option<Measure>, Option<&Needle>) {
    if ask.length.is_some() {
        return (Some(Measure::Unit(Unit::Meter)), None);
    }
    match (&ask.amount, &ask.container) {
        (Some(Amount { measure: Some(measure), unit_word, .. }), _) => {
            (Some(*measure), unit_word.as_ref())
        }
        (_, Some((measure, word))) => (Some(*measure), Some(word)),
        _ => (None, None),
    }
}

/// The products that go best with a unit; `None` when none does.
fn agreeing(
    products: &[u32],
    needles: &[Needle],
    reach: Reach,
    measure: Measure,
    catalog: &Catalog,
) -> Option<Vec<u32>> {
    if products.len() > MOST {
        // Too many to look at each: the index knows who holds the words and is sold so.
        return [Agreement::Same, Agreement::Convertible].into_iter().find_map(|wanted| {
            let sold = sold_as(catalog, |product| agreement(measure, product, catalog) == wanted);
            let found = holding_all(needles.iter().chain([&sold]), catalog.index(), reach);
            (!found.is_empty()).then_some(found)
        });
    }
    let how = |position: &u32| {
        catalog
            .at(*position)
            .map_or(Agreement::None, |product| agreement(measure, product, catalog))
    };
    let best = products.iter().map(how).max().filter(|best| *best > Agreement::None)?;
    Some(products.iter().filter(|position| how(position) == best).copied().collect())
}

/// What holds of the products whose sale unit and pack pass a test.
pub(crate) fn sold_as(catalog: &Catalog, test: impl Fn(&Product) -> bool) -> Needle {
    let ways = catalog.index().sales().iter();
    let passing = ways.filter(|(_, product)| catalog.at(*product).is_some_and(&test));
    Needle::of_terms(passing.map(|(term, _)| *term).collect())
}

/// Of products in question those that go with the unit an ask was counted in; all
/// when none does.
pub(crate) fn counted_in(ask: &Ask, products: Vec<u32>, catalog: &Catalog) -> Vec<u32> {
    let (measure, _) = unit_of(ask);
    measure
        .and_then(|measure| agreeing(&products, &ask.needles, Reach::Kin, measure, catalog))
        .unwrap_or(products)
}

/// Whether goods can be counted in a unit.
pub(crate) fn agrees(measure: Measure, product: &Product, catalog: &Catalog) -> bool {
    agreement(measure, product, catalog) > Agreement::None
}

/// Whether goods are sold in just this unit, or in a container that holds what it does.
pub(crate) fn is_sold_in(measure: Measure, product: &Product, catalog: &Catalog) -> bool {
    agreement(measure, product, catalog) == Agreement::Same
}

fn agreement(measure: Measure, product: &Product, catalog: &Catalog) -> Agreement {
    use Agreement::{Convertible, None, Same};
    let packs = |unit: Unit| product.pack.is_some_and(|pack| pack.unit == unit);
    let counted = !product.unit.is_measure();
    if let Some((qty, unit)) = catalog.vocabulary().contents(measure) {
        // Sealants and the like come in such cans by weight.
        let holds = product.pack.is_some_and(|pack| {
            (pack.unit == unit || pack.unit == Unit::Kilogram) && Some(pack.qty) == qty.quantity()
        });
        if holds || measure == Measure::Unit(product.unit) {
            return Same;
        }
        let other_can = product.pack.is_some_and(|pack| pack.unit == unit);
        return if counted && !other_can { weak(measure, product) } else { None };
    }
    match measure {
        Measure::Unit(unit) if unit == product.unit => Same,
        Measure::Unit(unit @ (Unit::Meter | Unit::SquareMeter | Unit::CubicMeter)) => match product
            .unit
        {
            Unit::CubicMeter if unit == Unit::Meter => Same,
            Unit::SquareMeter if unit == Unit::Meter => Convertible,
            _ if packs(unit) || (unit == Unit::Meter && packs(Unit::SquareMeter)) => Convertible,
            _ => None,
        },
        Measure::Unit(unit @ (Unit::Kilogram | Unit::Liter)) => {
            if packs(unit) {
                Convertible
            } else {
                None
            }
        }
        Measure::Unit(Unit::Piece | Unit::Part)
            if matches!(product.unit, Unit::Piece | Unit::Part) =>
        {
            Same
        }
        Measure::Unit(Unit::Piece | Unit::Part) | Measure::Pieces(_) if counted => Convertible,
        Measure::Tonne | Measure::Size("g" | "ml") => {
            let sold = measure.unit().is_some_and(|unit| packs(unit) || product.unit == unit);
            if sold { Convertible } else { None }
        }
        Measure::Load | Measure::Size(_) => Convertible,
        Measure::Container if counted => Convertible,
        Measure::Unit(_) if counted => weak(measure, product),
        Measure::Unit(_) | Measure::Pieces(_) | Measure::Container | Measure::Contents => None,
    }
}

/// A container that is not the sale unit: fine where the sale unit says little.
fn weak(measure: Measure, product: &Product) -> Agreement {
    let loose = |unit: Unit| {
        matches!(
            unit,
            Unit::Piece
                | Unit::Part
                | Unit::Pack
                | Unit::Box
                | Unit::Set
                | Unit::Pair
                | Unit::Plate
                | Unit::Sheet
        )
    };
    let said = match measure {
        Measure::Unit(unit) => unit,
        _ => Unit::Pack,
    };
    let bagged = said == Unit::Bag && product.unit == Unit::Pack;
    if matches!(product.unit, Unit::Piece | Unit::Part)
        || (loose(said) && loose(product.unit))
        || bagged
    {
        Agreement::Convertible
    } else {
        Agreement::None
    }
}

/// A number and the measure it was said in, as a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) qty: Quantity,
    pub(crate) unit: Option<Unit>,
}

/// What an ask says about how many; `None` when it does not, or not clearly.
pub(crate) fn said(ask: &Ask, unit_in_name: bool) -> Option<Said> {
    let amount =
        ask.amount.as_ref().filter(|amount| !(amount.vague || amount.article && ask.price))?;
    let number = match (ask.length, amount.measure) {
        (Some(length), Some(Measure::Pieces(pieces))) => {
            amount.value.times(Num::whole(pieces)).times(length)
        }
        (Some(length), _) => amount.value.times(length),
        (None, _) => amount.value,
    };
    let times = |factor: i64| number.times(Num::whole(factor)).quantity();
    let (qty, unit) = match amount.measure {
        _ if ask.length.is_some() => (number.quantity()?, Some(Unit::Meter)),
        // `2 espaçador pct`: the unit behind the goods is that of the number before them.
        None if !unit_in_name && !ask.unit_named => (number.quantity()?, container(ask)),
        None => (number.quantity()?, None),
        Some(_) if unit_in_name => (number.quantity()?, None),
        Some(Measure::Unit(Unit::Part)) => (number.quantity()?, Some(Unit::Piece)),
        Some(Measure::Unit(unit)) => (number.quantity()?, Some(unit)),
        Some(Measure::Pieces(pieces)) => (times(pieces)?, Some(Unit::Piece)),
        Some(Measure::Tonne) => (times(1000)?, Some(Unit::Kilogram)),
        Some(Measure::Contents | Measure::Container) => (number.quantity()?, Some(Unit::Pack)),
        Some(Measure::Size("g")) => {
            (Num::from_micros(number.micros() / 1000).quantity()?, Some(Unit::Kilogram))
        }
        Some(Measure::Size("ml")) => {
            (Num::from_micros(number.micros() / 1000).quantity()?, Some(Unit::Liter))
        }
        Some(Measure::Load | Measure::Size(_)) => return None,
    };
    (!qty.is_zero()).then_some(Said { qty, unit })
}

/// The package that is said without a number of its own.
fn container(ask: &Ask) -> Option<Unit> {
    match ask.container {
        Some((Measure::Unit(unit @ (Unit::Pack | Unit::Box)), _)) => Some(unit),
        _ => None,
    }
}

/// How many sale units of a product that makes.
pub(crate) fn in_sale_units(said: Said, product: &Product) -> Option<Quantity> {
    sale_quantity(said.qty, measure_of(said, product), product)
}

/// What was said, where that is rounded up.
pub(crate) fn rounded_to_sale_units(said: Said, product: &Product) -> Option<Rounded> {
    rounded(said.qty, measure_of(said, product), product)
}

/// The measure that a quantity is meant in.
fn measure_of(said: Said, product: &Product) -> Option<Unit> {
    match said.unit {
        // A bare number counts the pieces that the sale unit holds.
        None if product.pack.is_some_and(|pack| pack.unit == Unit::Piece)
            || product.unit == Unit::Thousand =>
        {
            Some(Unit::Piece)
        }
        unit => unit,
    }
}

/// The value as a whole number of pieces, for comparing parts with their sum.
pub(crate) fn micros(amount: &Amount) -> i64 {
    amount.value.micros().clamp(0, i64::MAX / ONE)
}
