//! Where an order goes, how it is paid and when it comes.

use std::num::NonZero;

use chrono::NaiveDate;
use orcazap_core::conversation::Edit;
use orcazap_core::order::Delivery;
use orcazap_core::{Bairro, Cep, Order, Payment, PaymentMethod, Place};

use super::{Fields, short};
use crate::views::approvals::{DELIVERED, PICKED_UP, Terms};

const NOT_A_PLACE: &str = "Escreva o CEP, com oito dígitos, ou o bairro.";
const NOT_A_COUNT: &str = "Escreva as parcelas de 1 a 48, e os dias de 1 a 365.";
const NOT_A_DAY: &str = "Escreva um dia de hoje em diante.";

/// What is wrong with them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Faults {
    place: Option<&'static str>,
    payment: Option<&'static str>,
    day: Option<&'static str>,
}

impl Faults {
    pub(super) fn all(&self) -> [Option<&'static str>; 3] {
        [self.place, self.payment, self.day]
    }

    pub(super) fn mark(&self, terms: &mut Terms) {
        terms.place_error = self.place;
        terms.payment_error = self.payment;
        terms.day_error = self.day;
    }
}

/// What differs from the order. A form without the fields changes nothing.
pub(super) fn read(fields: &Fields, order: &Order, today: NaiveDate) -> (Vec<Edit>, Faults) {
    let (mut edits, mut faults) = (Vec::new(), Faults::default());
    match place(fields, order.place.as_ref()) {
        Ok(place) => edits.extend(place.map(|place| Edit::Place { place })),
        Err(fault) => faults.place = Some(fault),
    }
    match payment(fields) {
        Ok(payment) => {
            let other = payment.filter(|payment| Some(*payment) != order.payment);
            edits.extend(other.map(|payment| Edit::Payment { payment }));
        }
        Err(fault) => faults.payment = Some(fault),
    }
    match delivery(fields, order.delivery, today) {
        Ok(delivery) => edits.extend(delivery),
        Err(fault) => faults.day = Some(fault),
    }
    (edits, faults)
}

/// Another place than the order's.
fn place(fields: &Fields, stands: Option<&Place>) -> Result<Option<Place>, &'static str> {
    if fields.place == PICKED_UP {
        return Ok((stands != Some(&Place::Pickup)).then_some(Place::Pickup));
    }
    let (cep, bairro) = (fields.cep.trim(), fields.bairro.trim());
    if fields.place != DELIVERED {
        return Ok(None);
    }
    let known = stands.and_then(Place::as_address);
    if cep.is_empty() && bairro.is_empty() {
        // A point on the map has neither, and stays.
        let on_the_map = known.is_some_and(|at| at.cep().is_none() && at.bairro().is_none());
        return if on_the_map { Ok(None) } else { Err(NOT_A_PLACE) };
    }
    let cep: Option<Cep> = parsed(cep).map_err(|()| NOT_A_PLACE)?;
    let bairro: Option<Bairro> = parsed(bairro).map_err(|()| NOT_A_PLACE)?;
    let same = known.is_some_and(|at| at.cep() == cep && at.bairro() == bairro.as_ref());
    Ok(if same { None } else { Place::address(cep, bairro, None) })
}

/// What a field says, if it says anything.
fn parsed<T: std::str::FromStr>(text: &str) -> Result<Option<T>, ()> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| ()) }
}

/// How it is paid, if the form says so.
fn payment(fields: &Fields) -> Result<Option<Payment>, &'static str> {
    let methods = PaymentMethod::ALL.iter().copied();
    let Some(method) = methods.into_iter().find(|method| method.code() == fields.method) else {
        return Ok(None);
    };
    let payment = Payment::by(method);
    Ok(Some(match method {
        PaymentMethod::CreditCard => {
            let times: Option<u8> = parsed(fields.installments.trim()).map_err(|()| NOT_A_COUNT)?;
            let times = within(times, 1..=48)?.and_then(NonZero::new);
            times.map_or(payment, Payment::by_card_in)
        }
        PaymentMethod::Boleto | PaymentMethod::StoreCredit => {
            let days: Option<u16> = parsed(fields.days.trim()).map_err(|()| NOT_A_COUNT)?;
            within(days, 1..=365)?.map_or(payment, |days| payment.due_in(days))
        }
        PaymentMethod::Pix
        | PaymentMethod::Cash
        | PaymentMethod::DebitCard
        | PaymentMethod::Transfer => payment,
    }))
}

fn within<T: PartialOrd>(
    count: Option<T>,
    bounds: std::ops::RangeInclusive<T>,
) -> Result<Option<T>, &'static str> {
    match count {
        Some(count) if !bounds.contains(&count) => Err(NOT_A_COUNT),
        count => Ok(count),
    }
}

/// Another day than the order's. A part of the day that was said stays.
fn delivery(
    fields: &Fields,
    stands: Option<Delivery>,
    today: NaiveDate,
) -> Result<Option<Edit>, &'static str> {
    let Some(text) = fields.day.first() else { return Ok(None) };
    let day: Option<NaiveDate> = parsed(text.trim()).map_err(|()| NOT_A_DAY)?;
    let before = stands.and_then(|delivery| delivery.date);
    if day == before {
        return Ok(None);
    }
    if day.is_some_and(|day| day < today) {
        return Err(NOT_A_DAY);
    }
    let period = stands.and_then(|delivery| delivery.period);
    let delivery = day.map(|day| Delivery { date: Some(day), period, ..Delivery::default() });
    Ok(Some(Edit::Delivery { delivery }))
}

/// Keeps what was typed.
pub(super) fn keep(fields: &Fields, terms: &mut Terms) {
    let choose = |choices: &mut [crate::views::approvals::Choice], chosen: &str| {
        for choice in choices {
            choice.selected = choice.value == chosen;
        }
    };
    choose(&mut terms.places, &fields.place);
    choose(&mut terms.methods, &fields.method);
    terms.cep = short(&fields.cep);
    terms.bairro = fields.bairro.chars().take(80).collect();
    terms.installments = short(&fields.installments);
    terms.days = short(&fields.days);
    terms.day = fields.day.first().map(|day| short(day)).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-03-10";

    /// An order to the Centro, by boleto of 28 days, on the 12th in the morning.
    fn order() -> Order {
        serde_json::from_value(serde_json::json!({
            "items": [],
            "place": {"bairro": "Centro"},
            "payment": {"method": "boleto", "days": 28},
            "delivery": {"date": "2026-03-12", "period": "morning"},
        }))
        .unwrap()
    }

    #[track_caller]
    fn check(query: &str, expected: Result<serde_json::Value, Faults>) {
        let same = "place=entrega&bairro=Centro&cep=&method=boleto&days=28&day=2026-03-12";
        let pairs = url::form_urlencoded::parse(same.as_bytes());
        let mut fields: std::collections::BTreeMap<_, _> = pairs.into_owned().collect();
        fields.extend(url::form_urlencoded::parse(query.as_bytes()).into_owned());
        let day: Vec<String> = fields.remove("day").into_iter().collect();
        let mut json = serde_json::json!(fields);
        json["day"] = serde_json::json!(day);
        let fields = serde_json::from_value(json).unwrap();
        let (edits, faults) = read(&fields, &order(), TODAY.parse().unwrap());
        let found = match faults {
            faults if faults == Faults::default() => Ok(serde_json::json!(edits)),
            faults => Err(faults),
        };
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn only_what_differs_is_an_edit() {
        use serde_json::json;
        check("", Ok(json!([])));
        check("place=retirada", Ok(json!([{"edit": "place", "place": {"pickup": true}}])));
        check(
            "bairro=&cep=01310-100",
            Ok(json!([{"edit": "place", "place": {"cep": "01310100"}}])),
        );
        check("bairro=centro", Ok(json!([{"edit": "place", "place": {"bairro": "centro"}}])));
        check(
            "method=credit_card&installments=3",
            Ok(
                json!([{"edit": "payment", "payment": {"method": "credit_card", "installments": 3}}]),
            ),
        );
        check(
            "day=2026-03-13",
            Ok(json!([
                {"edit": "delivery", "delivery": {"date": "2026-03-13", "period": "morning"}}
            ])),
        );
        check("day=", Ok(json!([{"edit": "delivery", "delivery": null}])));
    }

    #[test]
    fn what_makes_no_sense_is_told_where_it_stands() {
        let place = || Faults { place: Some(NOT_A_PLACE), ..Faults::default() };
        check("bairro=&cep=", Err(place()));
        check("cep=123", Err(place()));
        let count = || Faults { payment: Some(NOT_A_COUNT), ..Faults::default() };
        check("days=0", Err(count()));
        check("method=credit_card&installments=99", Err(count()));
        let day = || Faults { day: Some(NOT_A_DAY), ..Faults::default() };
        check("day=2026-03-09", Err(day()));
        check("day=amanha", Err(day()));
    }

    #[test]
    fn a_form_without_the_fields_changes_nothing() {
        let today = TODAY.parse().unwrap();
        assert_eq!(read(&Fields::default(), &order(), today), (Vec::new(), Faults::default()));
    }
}
