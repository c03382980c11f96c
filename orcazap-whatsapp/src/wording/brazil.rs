//! How figures, units, dates and places are written in Brazil.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, Timelike};
use orcazap_core::money::{Money, Percent, UnitPrice};
use orcazap_core::order::{Delivery, Payment, PaymentMethod, Period};
use orcazap_core::place::Place;
use orcazap_core::quantity::{Quantity, Unit};
use rust_decimal::Decimal;

/// `1.234,50`: a point between thousands, a comma before the rest, at least
/// `places` decimal places.
fn number(value: Decimal, places: usize) -> String {
    let plain = value.abs().normalize().to_string();
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    if value.is_sign_negative() && !value.is_zero() {
        text.push('−');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if !rest.is_empty() || places > 0 {
        text.push(',');
        text.push_str(&format!("{rest:0<places$}"));
    }
    text
}

/// An amount: `R$ 1.234,50`, `−R$ 12,00`.
///
/// The space after the sign does not break, so that no line ends with `R$`.
pub(super) fn money(amount: Money) -> String {
    let text = number(amount.as_decimal(), 2);
    match text.strip_prefix('−') {
        Some(positive) => format!("−R$\u{a0}{positive}"),
        None => format!("R$\u{a0}{text}"),
    }
}

/// A unit's price: two places, or as many as it has.
pub(super) fn unit_price(price: UnitPrice) -> String {
    format!("R$\u{a0}{}", number(price.as_decimal(), 2))
}

/// A rate without its sign: `5%`, `2,5%`.
pub(super) fn percent(rate: Percent) -> String {
    format!("{}%", number(rate.as_decimal().abs(), 0))
}

/// A quantity without trailing zeros: `1.000`, `2,5`.
pub(super) fn quantity(qty: Quantity) -> String {
    number(qty.as_decimal(), 0)
}

/// A unit's name for one and for several.
fn unit_names(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Piece => ("unidade", "unidades"),
        Unit::Bag => ("saco", "sacos"),
        Unit::CubicMeter => ("m³", "m³"),
        Unit::SquareMeter => ("m²", "m²"),
        Unit::Meter => ("metro", "metros"),
        Unit::Kilogram => ("kg", "kg"),
        Unit::Liter => ("litro", "litros"),
        Unit::Bar => ("barra", "barras"),
        Unit::Can => ("lata", "latas"),
        Unit::Gallon => ("galão", "galões"),
        Unit::Bucket => ("balde", "baldes"),
        Unit::Roll => ("rolo", "rolos"),
        Unit::Box => ("caixa", "caixas"),
        Unit::Pack => ("pacote", "pacotes"),
        Unit::Pair => ("par", "pares"),
        Unit::Set => ("jogo", "jogos"),
        Unit::Part => ("peça", "peças"),
        Unit::Thousand => ("milheiro", "milheiros"),
        Unit::Plate => ("chapa", "chapas"),
        Unit::Sheet => ("folha", "folhas"),
    }
}

/// A unit's name for several: `sacos`, `m³`.
pub(super) fn units(unit: Unit) -> &'static str {
    unit_names(unit).1
}

/// How many of a unit are asked for: `Quantos sacos`, `Quantas barras`.
pub(super) fn how_many(unit: Unit) -> String {
    let feminine = matches!(
        unit,
        Unit::Piece | Unit::Bar | Unit::Can | Unit::Box | Unit::Part | Unit::Plate | Unit::Sheet
    );
    format!("{} {}", if feminine { "Quantas" } else { "Quantos" }, units(unit))
}

/// How a price is for one of a unit: `cada`, `o m³`.
pub(super) fn each(unit: Unit) -> &'static str {
    match unit {
        Unit::CubicMeter => "o m³",
        Unit::SquareMeter => "o m²",
        Unit::Meter => "o metro",
        Unit::Kilogram => "o kg",
        Unit::Liter => "o litro",
        Unit::Thousand => "o milheiro",
        Unit::Piece
        | Unit::Bag
        | Unit::Bar
        | Unit::Can
        | Unit::Gallon
        | Unit::Bucket
        | Unit::Roll
        | Unit::Box
        | Unit::Pack
        | Unit::Pair
        | Unit::Set
        | Unit::Part
        | Unit::Plate
        | Unit::Sheet => "cada",
    }
}

/// So many of a product: `500 × Tijolo`, `10 sacos de Cimento`, `2,5 m³ de Areia`.
/// From two on it is several: `1,5 saco`.
pub(super) fn so_many(qty: Quantity, unit: Unit, name: &str) -> String {
    let count = quantity(qty);
    if unit == Unit::Piece {
        return format!("{count} × {name}");
    }
    let (one, several) = unit_names(unit);
    let unit = if qty.as_decimal() < Decimal::TWO { one } else { several };
    format!("{count} {unit} de {name}")
}

/// A way of paying: `Pix`, `cartão de crédito em 3x`, `boleto para 30 dias`.
pub(super) fn payment(payment: Payment) -> String {
    let name = method(payment.method);
    match (payment.installments, payment.days) {
        (Some(times), _) if times > 1 => format!("{name} em {times}x"),
        (_, Some(days)) if days > 0 => format!("{name} para {days} dias"),
        _ => name.to_owned(),
    }
}

/// The name of a way of paying, within a sentence.
pub(super) fn method(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Pix => "Pix",
        PaymentMethod::Cash => "dinheiro",
        PaymentMethod::CreditCard => "cartão de crédito",
        PaymentMethod::DebitCard => "cartão de débito",
        PaymentMethod::Boleto => "boleto",
        PaymentMethod::Transfer => "transferência",
        PaymentMethod::StoreCredit => "crediário",
    }
}

/// The label of a way of paying, within 20 characters.
pub(super) fn method_label(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Pix => "Pix",
        PaymentMethod::Cash => "Dinheiro",
        PaymentMethod::CreditCard => "Cartão de crédito",
        PaymentMethod::DebitCard => "Cartão de débito",
        PaymentMethod::Boleto => "Boleto",
        PaymentMethod::Transfer => "Transferência",
        PaymentMethod::StoreCredit => "Crediário",
    }
}

/// Where a delivery goes: `Centro`, `CEP 01310-100`, `local marcado no mapa`; nothing
/// for pickup.
pub(super) fn destination(place: &Place) -> Option<String> {
    let address = place.as_address()?;
    let bairro = address.bairro().map(ToString::to_string);
    let cep = address.cep().map(|cep| format!("CEP {cep}"));
    let named: Vec<String> = bairro.into_iter().chain(cep).collect();
    Some(if named.is_empty() { "local marcado no mapa".to_owned() } else { named.join(", ") })
}

/// When something comes: `hoje, 26/11, à tarde`, `o quanto antes`,
/// `entre 27/11 e 29/11`; nothing when nothing was said.
pub(super) fn delivery(delivery: Delivery, now: DateTime<FixedOffset>) -> Option<String> {
    let today = now.date_naive();
    let day = match (delivery.date, delivery.from, delivery.to) {
        (Some(date), _, _) => Some(named_day(date, today)),
        (None, Some(from), Some(to)) if from != to => {
            Some(format!("entre {} e {}", short_day(from, today), short_day(to, today)))
        }
        (None, Some(from), _) => Some(format!("a partir de {}", short_day(from, today))),
        (None, None, Some(to)) => Some(format!("até {}", short_day(to, today))),
        (None, None, None) => delivery.asap.then(|| "o quanto antes".to_owned()),
    };
    let period = delivery.period.map(|period| match period {
        Period::Morning => "de manhã",
        Period::Afternoon => "à tarde",
    });
    match (day, period) {
        (Some(day), Some(period)) => Some(format!("{day}, {period}")),
        (Some(day), None) => Some(day),
        (None, Some(period)) => Some(period.to_owned()),
        (None, None) => None,
    }
}

/// A day with its name: `hoje, 26/11`, `amanhã, 27/11`, `sexta-feira, 27/11`.
fn named_day(date: NaiveDate, today: NaiveDate) -> String {
    let weekday = match date.weekday() {
        chrono::Weekday::Mon => "segunda-feira",
        chrono::Weekday::Tue => "terça-feira",
        chrono::Weekday::Wed => "quarta-feira",
        chrono::Weekday::Thu => "quinta-feira",
        chrono::Weekday::Fri => "sexta-feira",
        chrono::Weekday::Sat => "sábado",
        chrono::Weekday::Sun => "domingo",
    };
    let name = if date == today {
        "hoje"
    } else if Some(date) == today.checked_add_days(Days::new(1)) {
        "amanhã"
    } else {
        weekday
    };
    format!("{name}, {}", short_day(date, today))
}

/// `27/11`, and with its year when that is another.
fn short_day(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() {
        format!("{:02}/{:02}", date.day(), date.month())
    } else {
        long_day(date)
    }
}

fn long_day(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// Until when an offer stands: `28/11/2026 às 10:15`, or `28/11/2026` when it
/// stands until the end of the day.
pub(super) fn until(instant: DateTime<FixedOffset>) -> String {
    let day = long_day(instant.date_naive());
    match (instant.hour(), instant.minute()) {
        (23, 59) => day,
        (hour, minute) => format!("{day} às {hour:02}:{minute:02}"),
    }
}

/// Texts one after another: `a, b ou c`.
pub(super) fn either(texts: &[String]) -> String {
    joined(texts, " ou ")
}

fn joined(texts: &[String], last: &str) -> String {
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{}{last}{end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_points_between_thousands_and_two_places() {
        for (centavos, expected) in [
            (0, "R$\u{a0}0,00"),
            (5, "R$\u{a0}0,05"),
            (123_450, "R$\u{a0}1.234,50"),
            (100_000_000, "R$\u{a0}1.000.000,00"),
            (-99_900, "−R$\u{a0}999,00"),
        ] {
            assert_eq!(money(Money::from_centavos(centavos)), expected);
        }
        assert_eq!(unit_price("0.0345".parse().unwrap()), "R$\u{a0}0,0345");
        assert_eq!(unit_price("0.5".parse().unwrap()), "R$\u{a0}0,50");
    }

    #[test]
    fn quantities_are_said_with_their_unit_in_the_right_number() {
        for (qty, unit, expected) in [
            ("1500", Unit::Piece, "1.500 × Areia"),
            ("1", Unit::Bag, "1 saco de Areia"),
            ("1.5", Unit::Bag, "1,5 saco de Areia"),
            ("2.50", Unit::CubicMeter, "2,5 m³ de Areia"),
            ("3", Unit::Gallon, "3 galões de Areia"),
        ] {
            assert_eq!(so_many(qty.parse().unwrap(), unit, "Areia"), expected);
        }
        assert_eq!(how_many(Unit::Bar), "Quantas barras");
        assert_eq!(how_many(Unit::CubicMeter), "Quantos m³");
    }

    #[test]
    fn days_are_named_as_people_name_them() {
        let now = "2026-11-26T15:00:00-03:00".parse().unwrap();
        let day = |text: &str| Some(text.parse().unwrap());
        let on = |date: &str| Delivery { date: day(date), ..Delivery::default() };
        for (said, expected) in [
            (on("2026-11-26"), "hoje, 26/11"),
            (on("2026-11-27"), "amanhã, 27/11"),
            (on("2026-11-28"), "sábado, 28/11"),
            (on("2027-01-04"), "segunda-feira, 04/01/2027"),
            (Delivery { asap: true, ..Delivery::default() }, "o quanto antes"),
            (
                Delivery { from: day("2026-11-27"), to: day("2026-11-30"), ..Delivery::default() },
                "entre 27/11 e 30/11",
            ),
            (
                Delivery { period: Some(Period::Afternoon), ..on("2026-11-27") },
                "amanhã, 27/11, à tarde",
            ),
            (Delivery { period: Some(Period::Morning), ..Delivery::default() }, "de manhã"),
        ] {
            assert_eq!(delivery(said, now).as_deref(), Some(expected));
        }
        assert_eq!(delivery(Delivery::default(), now), None);
    }
}
