//! What unit words say about numbers.

use crate::quantity::Unit;

/// What a unit word says about a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// A unit that products are sold in or packed by.
    Unit(Unit),
    /// So many pieces: a hundred, a dozen.
    Pieces(i64),
    /// A thousand kilograms.
    Tonne,
    /// A can of so much (`quarto`), told by what it contains.
    Contents,
    /// A small container of no fixed kind (`cartela`, `pote`).
    Container,
    /// A load without a size of its own (`caminhão`).
    Load,
    /// A size and never a quantity: `mm`, `w`, `polegada`.
    Size(&'static str),
}

impl Measure {
    /// The unit that goods are sold or packed by in which it measures: kilograms for
    /// grams.
    pub(crate) fn unit(self) -> Option<Unit> {
        match self {
            Self::Unit(unit) => Some(unit),
            Self::Tonne | Self::Size("g") => Some(Unit::Kilogram),
            Self::Size("ml") => Some(Unit::Liter),
            Self::Pieces(_) | Self::Contents | Self::Container | Self::Load | Self::Size(_) => None,
        }
    }

    /// The measure of a name of `[units]`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "milheiro" => Self::Pieces(1000),
            "cento" => Self::Pieces(100),
            "grosa" => Self::Pieces(144),
            "duzia" => Self::Pieces(12),
            "dezena" => Self::Pieces(10),
            "tonelada" => Self::Tonne,
            "quarto" => Self::Contents,
            "cartela" => Self::Container,
            "carga" => Self::Load,
            "mm" | "mm2" => Self::Size("mm"),
            "cm" => Self::Size("cm"),
            "pol" => Self::Size("pol"),
            "w" => Self::Size("w"),
            "a" => Self::Size("a"),
            "v" => Self::Size("v"),
            "k" => Self::Size("k"),
            "g" => Self::Size("g"),
            "ml" => Self::Size("ml"),
            code => Self::Unit(code.parse().ok()?),
        })
    }
}
