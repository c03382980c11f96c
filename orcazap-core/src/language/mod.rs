//! How amounts and numbers are written for people: R$ 1.234,50 or R$1,234.50.

mod said;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Money, UnitPrice};
use crate::quantity::Unit;

/// A language that people are spoken to in. Amounts are in reais in each.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Language {
    /// Brazilian Portuguese.
    #[default]
    #[serde(rename = "pt-BR")]
    Portuguese,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Spanish, as it is spoken in the countries around Brazil.
    #[serde(rename = "es")]
    Spanish,
    /// Swahili.
    #[serde(rename = "sw")]
    Swahili,
}

/// How people are spoken to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As one speaks over the counter.
    #[default]
    Informal,
    /// As one writes a letter.
    Formal,
}

impl Tone {
    /// Every tone.
    pub const ALL: &'static [Self] = &[Self::Informal, Self::Formal];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Informal => "informal",
            Self::Formal => "formal",
        }
    }

    /// The tone of a [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|tone| tone.code() == code)
    }
}

impl Language {
    /// Every language.
    pub const ALL: &'static [Self] =
        &[Self::Portuguese, Self::English, Self::Spanish, Self::Swahili];

    /// The stable code, which is its BCP 47 tag.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Portuguese => "pt-BR",
            Self::English => "en",
            Self::Spanish => "es",
            Self::Swahili => "sw",
        }
    }

    /// The language of a [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code() == code)
    }

    /// An amount: R$ 1.234,50, with its sign in front. English sets no space
    /// after the currency.
    ///
    /// ```
    /// use orcazap_core::{Language, Money};
    /// let amount = Money::from_centavos(-123_450);
    /// assert_eq!(Language::Portuguese.money(amount), "-R$ 1.234,50");
    /// assert_eq!(Language::English.money(amount), "-R$1,234.50");
    /// assert_eq!(Language::Spanish.money(amount), "-R$ 1.234,50");
    /// assert_eq!(Language::Swahili.money(amount), "-R$ 1,234.50");
    /// ```
    #[must_use]
    pub fn money(self, amount: Money) -> String {
        let sign = if amount.is_negative() { "-" } else { "" };
        let digits = self.digits(&format!("{:.2}", amount.as_decimal().abs()));
        format!("{sign}{}{digits}", self.currency())
    }

    /// A unit price: at least two places, as many as it has.
    #[must_use]
    pub fn price(self, price: UnitPrice) -> String {
        let price = price.as_decimal().normalize();
        let places = usize::try_from(price.scale()).map_or(2, |scale| scale.max(2));
        format!("{}{}", self.currency(), self.digits(&format!("{price:.places$}")))
    }

    fn currency(self) -> &'static str {
        match self {
            Self::Portuguese | Self::Spanish | Self::Swahili => "R$ ",
            Self::English => "R$",
        }
    }

    /// A number in its shortest form: 1.200 or 2,5.
    #[must_use]
    pub fn number(self, number: Decimal) -> String {
        let sign = if number < Decimal::ZERO { "-" } else { "" };
        format!("{sign}{}", self.digits(&number.abs().normalize().to_string()))
    }

    /// Digits with a point, written with this language's marks.
    fn digits(self, plain: &str) -> String {
        let (thousands, point) = match self {
            Self::Portuguese | Self::Spanish => ('.', ','),
            Self::English | Self::Swahili => (',', '.'),
        };
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let mut out = String::with_capacity(plain.len() + plain.len() / 3);
        for (position, digit) in whole.chars().enumerate() {
            if position > 0 && (whole.len() - position).is_multiple_of(3) {
                out.push(thousands);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(point);
            out.push_str(fraction);
        }
        out
    }

    /// So many of a unit: `1 saco`, `2,5 m³`, `10 barras`. In Swahili the number
    /// comes after what it counts, `mifuko 10`, but for the signs of measures.
    #[must_use]
    pub fn quantity(self, number: Decimal, unit: Unit) -> String {
        let (name, number) = (self.unit_for(number, unit), self.number(number));
        let measure = matches!(unit, Unit::CubicMeter | Unit::SquareMeter | Unit::Kilogram);
        match self {
            Self::Portuguese | Self::English | Self::Spanish => format!("{number} {name}"),
            Self::Swahili if measure => format!("{number} {name}"),
            Self::Swahili => format!("{name} {number}"),
        }
    }

    /// A unit's name in the number that goes with so many. In Portuguese
    /// everything below two is singular; elsewhere only one is.
    #[must_use]
    pub fn unit_for(self, number: Decimal, unit: Unit) -> &'static str {
        let [singular, plural] = self.unit(unit);
        let single = match self {
            Self::Portuguese => number < Decimal::TWO,
            Self::English | Self::Spanish | Self::Swahili => number == Decimal::ONE,
        };
        if single { singular } else { plural }
    }

    /// One and several of a unit: `saco` and `sacos`.
    #[must_use]
    pub fn unit(self, unit: Unit) -> [&'static str; 2] {
        match self {
            Self::Portuguese => portuguese(unit),
            Self::English => english(unit),
            Self::Spanish => spanish(unit),
            Self::Swahili => swahili(unit),
        }
    }
}

fn portuguese(unit: Unit) -> [&'static str; 2] {
    match unit {
        Unit::Piece => ["unidade", "unidades"],
        Unit::Bag => ["saco", "sacos"],
        Unit::CubicMeter => ["m³", "m³"],
        Unit::SquareMeter => ["m²", "m²"],
        Unit::Meter => ["metro", "metros"],
        Unit::Kilogram => ["kg", "kg"],
        Unit::Liter => ["litro", "litros"],
        Unit::Bar => ["barra", "barras"],
        Unit::Can => ["lata", "latas"],
        Unit::Gallon => ["galão", "galões"],
        Unit::Bucket => ["balde", "baldes"],
        Unit::Roll => ["rolo", "rolos"],
        Unit::Box => ["caixa", "caixas"],
        Unit::Pack => ["pacote", "pacotes"],
        Unit::Pair => ["par", "pares"],
        Unit::Set => ["jogo", "jogos"],
        Unit::Part => ["peça", "peças"],
        Unit::Thousand => ["milheiro", "milheiros"],
        Unit::Plate => ["chapa", "chapas"],
        Unit::Sheet => ["folha", "folhas"],
    }
}

fn english(unit: Unit) -> [&'static str; 2] {
    match unit {
        Unit::Piece => ["piece", "pieces"],
        Unit::Bag => ["bag", "bags"],
        Unit::CubicMeter => ["m³", "m³"],
        Unit::SquareMeter => ["m²", "m²"],
        Unit::Meter => ["meter", "meters"],
        Unit::Kilogram => ["kg", "kg"],
        Unit::Liter => ["liter", "liters"],
        Unit::Bar => ["bar", "bars"],
        Unit::Can => ["can", "cans"],
        Unit::Gallon => ["gallon", "gallons"],
        Unit::Bucket => ["bucket", "buckets"],
        Unit::Roll => ["roll", "rolls"],
        Unit::Box => ["box", "boxes"],
        Unit::Pack => ["pack", "packs"],
        Unit::Pair => ["pair", "pairs"],
        Unit::Set => ["set", "sets"],
        Unit::Part => ["part", "parts"],
        Unit::Thousand => ["thousand", "thousand"],
        Unit::Plate => ["plate", "plates"],
        Unit::Sheet => ["sheet", "sheets"],
    }
}

fn spanish(unit: Unit) -> [&'static str; 2] {
    match unit {
        Unit::Piece => ["unidad", "unidades"],
        Unit::Bag => ["bolsa", "bolsas"],
        Unit::CubicMeter => ["m³", "m³"],
        Unit::SquareMeter => ["m²", "m²"],
        Unit::Meter => ["metro", "metros"],
        Unit::Kilogram => ["kg", "kg"],
        Unit::Liter => ["litro", "litros"],
        Unit::Bar => ["barra", "barras"],
        Unit::Can => ["lata", "latas"],
        Unit::Gallon => ["galón", "galones"],
        Unit::Bucket => ["balde", "baldes"],
        Unit::Roll => ["rollo", "rollos"],
        Unit::Box => ["caja", "cajas"],
        Unit::Pack => ["paquete", "paquetes"],
        Unit::Pair => ["par", "pares"],
        Unit::Set => ["juego", "juegos"],
        Unit::Part => ["pieza", "piezas"],
        Unit::Thousand => ["millar", "millares"],
        Unit::Plate => ["chapa", "chapas"],
        Unit::Sheet => ["hoja", "hojas"],
    }
}

fn swahili(unit: Unit) -> [&'static str; 2] {
    match unit {
        Unit::Piece => ["kipande", "vipande"],
        Unit::Bag => ["mfuko", "mifuko"],
        Unit::CubicMeter => ["m³", "m³"],
        Unit::SquareMeter => ["m²", "m²"],
        Unit::Meter => ["mita", "mita"],
        Unit::Kilogram => ["kg", "kg"],
        Unit::Liter => ["lita", "lita"],
        Unit::Bar => ["upau", "pau"],
        Unit::Can => ["kopo", "makopo"],
        Unit::Gallon => ["galoni", "galoni"],
        Unit::Bucket => ["ndoo", "ndoo"],
        Unit::Roll => ["roli", "roli"],
        Unit::Box => ["boksi", "maboksi"],
        Unit::Pack => ["pakiti", "pakiti"],
        Unit::Pair => ["jozi", "jozi"],
        Unit::Set => ["seti", "seti"],
        Unit::Part => ["kipande", "vipande"],
        Unit::Thousand => ["elfu", "elfu"],
        Unit::Plate => ["bamba", "mabamba"],
        Unit::Sheet => ["karatasi", "karatasi"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_from_the_right() {
        for (number, expected) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1.000"),
            ("1234567.50", "1.234.567,5"),
            ("-1234.25", "-1.234,25"),
        ] {
            assert_eq!(Language::Portuguese.number(number.parse().unwrap()), expected);
        }
    }

    #[test]
    fn prices_keep_the_places_they_have_and_at_least_two() {
        for (price, expected) in
            [("40", "R$ 40,00"), ("0.0345", "R$ 0,0345"), ("1.5", "R$ 1,50"), ("0", "R$ 0,00")]
        {
            assert_eq!(Language::Portuguese.price(price.parse().unwrap()), expected);
        }
    }

    #[test]
    fn one_and_a_half_bags_are_singular_in_portuguese_only() {
        let number: Decimal = "1.5".parse().unwrap();
        assert_eq!(Language::Portuguese.quantity(number, Unit::Bag), "1,5 saco");
        assert_eq!(Language::English.quantity(number, Unit::Bag), "1.5 bags");
        assert_eq!(Language::Spanish.quantity(number, Unit::Bag), "1,5 bolsas");
        assert_eq!(Language::Portuguese.quantity(Decimal::TEN, Unit::Bar), "10 barras");
    }

    #[test]
    fn swahili_counts_after_what_it_counts() {
        for (number, unit, expected) in [
            (Decimal::ONE, Unit::Bag, "mfuko 1"),
            (Decimal::TEN, Unit::Bag, "mifuko 10"),
            (Decimal::TEN, Unit::CubicMeter, "10 m³"),
        ] {
            assert_eq!(Language::Swahili.quantity(number, unit), expected);
        }
    }

    #[test]
    fn codes_are_read_back() {
        for language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(*language));
            assert_eq!(serde_json::to_value(language).unwrap(), language.code());
        }
        for tone in Tone::ALL {
            assert_eq!(Tone::from_code(tone.code()), Some(*tone));
            assert_eq!(serde_json::to_value(tone).unwrap(), tone.code());
        }
        assert_eq!((Language::from_code("pt"), Tone::from_code("")), (None, None));
    }
}
