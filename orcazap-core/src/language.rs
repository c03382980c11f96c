//! How amounts and numbers are written for people: R$ 1.234,50 or R$ 1,234.50.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Money, UnitPrice};
use crate::quantity::Unit;

/// A language that figures are explained in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    /// Brazilian Portuguese.
    #[default]
    #[serde(rename = "pt-BR")]
    Portuguese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// An amount: R$ 1.234,50, with its sign in front.
    ///
    /// ```
    /// use orcazap_core::{Language, Money};
    /// let amount = Money::from_centavos(-123_450);
    /// assert_eq!(Language::Portuguese.money(amount), "-R$ 1.234,50");
    /// assert_eq!(Language::English.money(amount), "-R$ 1,234.50");
    /// ```
    #[must_use]
    pub fn money(self, amount: Money) -> String {
        let sign = if amount.is_negative() { "-" } else { "" };
        format!("{sign}R$ {}", self.digits(&format!("{:.2}", amount.as_decimal().abs())))
    }

    /// A unit price: at least two places, as many as it has.
    #[must_use]
    pub fn price(self, price: UnitPrice) -> String {
        let price = price.as_decimal().normalize();
        let places = usize::try_from(price.scale()).map_or(2, |scale| scale.max(2));
        format!("R$ {}", self.digits(&format!("{price:.places$}")))
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
            Self::Portuguese => ('.', ','),
            Self::English => (',', '.'),
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

    /// So many of a unit: `1 saco`, `2,5 m³`, `10 barras`. In Portuguese everything
    /// below two is singular, in English only one is.
    #[must_use]
    pub fn quantity(self, number: Decimal, unit: Unit) -> String {
        let [singular, plural] = self.unit(unit);
        let single = match self {
            Self::Portuguese => number < Decimal::TWO,
            Self::English => number == Decimal::ONE,
        };
        format!("{} {}", self.number(number), if single { singular } else { plural })
    }

    /// One and several of a unit: `saco` and `sacos`.
    #[must_use]
    pub fn unit(self, unit: Unit) -> [&'static str; 2] {
        let (portuguese, english) = match unit {
            Unit::Piece => (["unidade", "unidades"], ["piece", "pieces"]),
            Unit::Bag => (["saco", "sacos"], ["bag", "bags"]),
            Unit::CubicMeter => (["m³", "m³"], ["m³", "m³"]),
            Unit::SquareMeter => (["m²", "m²"], ["m²", "m²"]),
            Unit::Meter => (["m", "m"], ["m", "m"]),
            Unit::Kilogram => (["kg", "kg"], ["kg", "kg"]),
            Unit::Liter => (["litro", "litros"], ["liter", "liters"]),
            Unit::Bar => (["barra", "barras"], ["bar", "bars"]),
            Unit::Can => (["lata", "latas"], ["can", "cans"]),
            Unit::Gallon => (["galão", "galões"], ["gallon", "gallons"]),
            Unit::Bucket => (["balde", "baldes"], ["bucket", "buckets"]),
            Unit::Roll => (["rolo", "rolos"], ["roll", "rolls"]),
            Unit::Box => (["caixa", "caixas"], ["box", "boxes"]),
            Unit::Pack => (["pacote", "pacotes"], ["pack", "packs"]),
            Unit::Pair => (["par", "pares"], ["pair", "pairs"]),
            Unit::Set => (["jogo", "jogos"], ["set", "sets"]),
            Unit::Part => (["peça", "peças"], ["part", "parts"]),
            Unit::Thousand => (["milheiro", "milheiros"], ["thousand", "thousand"]),
            Unit::Plate => (["chapa", "chapas"], ["plate", "plates"]),
            Unit::Sheet => (["folha", "folhas"], ["sheet", "sheets"]),
        };
        match self {
            Self::Portuguese => portuguese,
            Self::English => english,
        }
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
        assert_eq!(Language::Portuguese.quantity(Decimal::TEN, Unit::Bar), "10 barras");
    }
}
