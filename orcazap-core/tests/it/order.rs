//! What a message does to the order as it stands.

use chrono::NaiveDate;
use orcazap_core::catalog::Pack;
use orcazap_core::order::{Ambiguous, Delivery, PaymentMethod, Period, Rounded};
use orcazap_core::reading::{AmbiguousAsk, Context, Evidence, Intent, Item, read_in_context};
use orcazap_core::{Catalog, Draft, Payment, Place, Product, Reading, Unit};

fn product(sku: &str, unit: Unit, pack: Option<(&str, Unit)>) -> Product {
    Product {
        pack: pack.map(|(qty, unit)| Pack { qty: qty.parse().unwrap(), unit }),
        ..Product::new(sku.parse().unwrap(), sku, unit, "1".parse().unwrap())
    }
}

fn catalog() -> Catalog {
    Catalog::new(vec![
        product("CIM", Unit::Bag, None),
        product("ARE", Unit::CubicMeter, None),
        product("MNG-20", Unit::Piece, Some(("20", Unit::Meter))),
        product("MNG-30", Unit::Piece, Some(("30", Unit::Meter))),
    ])
    .unwrap()
}

fn said(intent: Intent, items: &[(&str, Option<&str>)]) -> Reading {
    let item = |(sku, qty): &(&str, Option<&str>)| Item {
        sku: sku.parse().unwrap(),
        qty: qty.map(|qty| qty.parse().unwrap()),
        rounded: None,
        evidence: Evidence::default(),
    };
    Reading { intent, items: items.iter().map(item).collect(), ..Reading::empty() }
}

#[test]
fn what_is_not_wanted_never_stands_in_a_draft_whatever_the_message_is_for() {
    let catalog = catalog();
    let mut draft = Draft::default();
    draft.apply(&said(Intent::Order, &[("CIM", Some("5")), ("ARE", Some("0"))]), &catalog);
    assert_eq!(draft.items.len(), 1);
    draft.apply(&said(Intent::Order, &[("CIM", Some("0")), ("ARE", Some("2"))]), &catalog);
    let left: Vec<_> = draft.items.iter().map(|item| item.sku.as_str()).collect();
    assert_eq!(left, ["ARE"]);
}

#[track_caller]
fn check(readings: &[Reading], expected: &[(&str, Option<&str>)]) -> Draft {
    let mut draft = Draft::default();
    for reading in readings {
        draft.apply(reading, &catalog());
    }
    let items: Vec<_> = draft
        .items
        .iter()
        .map(|item| (item.sku.to_string(), item.qty.map(|qty| qty.to_string())))
        .collect();
    let expected: Vec<_> =
        expected.iter().map(|(sku, qty)| ((*sku).to_owned(), qty.map(ToOwned::to_owned))).collect();
    assert_eq!(items, expected);
    draft
}

#[test]
fn an_order_adds_and_a_change_replaces() {
    let ten = said(Intent::Order, &[("CIM", Some("10"))]);
    let five = said(Intent::Order, &[("CIM", Some("5"))]);
    let are_five = said(Intent::Change, &[("CIM", Some("5"))]);
    check(&[ten.clone(), five], &[("CIM", Some("15"))]);
    check(&[ten, are_five], &[("CIM", Some("5"))]);
}

#[test]
fn what_takes_the_place_of_another_takes_its_quantity() {
    let ten = said(Intent::Order, &[("CIM", Some("10"))]);
    let swap = said(Intent::Change, &[("CIM", Some("0")), ("ARE", None)]);
    check(&[ten, swap], &[("ARE", Some("10"))]);
}

#[test]
fn calling_off_leaves_nothing() {
    let ten = said(Intent::Order, &[("CIM", Some("10"))]);
    let draft = check(&[ten, said(Intent::Decline, &[])], &[]);
    assert!(draft.is_empty());
}

fn hose(intent: Intent, qty: Option<&str>) -> Reading {
    let ask = Ambiguous {
        text: "mangueira".to_owned(),
        qty: qty.map(|qty| qty.parse().unwrap()),
        unit: Some(Unit::Meter),
        skus: vec!["MNG-20".parse().unwrap(), "MNG-30".parse().unwrap()],
        more: false,
    };
    let found = AmbiguousAsk { ask, evidence: Evidence::default() };
    Reading { intent, ambiguous: vec![found], ..Reading::empty() }
}

#[test]
fn the_answer_to_an_ambiguous_ask_keeps_its_quantity_in_its_own_measure() {
    let fifty_meters = hose(Intent::Order, Some("50"));
    let answer = said(Intent::Order, &[("MNG-30", None)]);
    let draft = check(&[fifty_meters, answer], &[("MNG-30", Some("2"))]);
    assert!(draft.ambiguous.is_empty());
}

#[test]
fn an_ambiguous_ask_can_be_dropped() {
    let draft = check(&[hose(Intent::Order, None), hose(Intent::Change, Some("0"))], &[]);
    assert!(draft.ambiguous.is_empty());
}

#[test]
fn places_complete_each_other_and_pickup_replaces_them() {
    let place = |json: &str| Reading {
        intent: Intent::Details,
        place: Some(serde_json::from_str(json).unwrap()),
        ..Reading::empty()
    };
    let (cep, bairro) = (place(r#"{"cep":"01310100"}"#), place(r#"{"bairro":"Centro"}"#));
    let both = check(&[cep, bairro.clone()], &[]).place.unwrap();
    assert!(both.cep().is_some() && both.bairro().is_some());
    let pickup = check(&[bairro.clone(), place(r#"{"pickup":true}"#)], &[]);
    assert_eq!(pickup.place, Some(Place::Pickup));
    let back = check(&[place(r#"{"pickup":true}"#), bairro], &[]);
    assert!(back.place.unwrap().bairro().is_some());
}

#[test]
fn a_period_joins_the_day_already_said() {
    let when = |delivery: Delivery| Reading {
        intent: Intent::Details,
        delivery: Some(delivery),
        ..Reading::empty()
    };
    let day = Delivery { date: NaiveDate::from_ymd_opt(2026, 3, 11), ..Delivery::default() };
    let morning = Delivery { period: Some(Period::Morning), ..Delivery::default() };
    let draft = check(&[when(day), when(morning)], &[]);
    assert_eq!(draft.delivery, Some(Delivery { period: Some(Period::Morning), ..day }));
}

#[test]
fn only_an_order_that_lacks_nothing_can_be_priced() {
    let mut draft = check(&[said(Intent::Order, &[("CIM", Some("10"))])], &[("CIM", Some("10"))]);
    assert_eq!(draft.to_order(), None);
    draft.place = Some(Place::Pickup);
    draft.payment = Some(Payment::by(PaymentMethod::Pix));
    assert_eq!(draft.to_order().unwrap().items.len(), 1);
}

/// What an order says of how each quantity came about, after some messages.
#[track_caller]
fn check_rounded(messages: &[&str], expected: &[&str]) {
    let tile = Product {
        step: "1".parse().unwrap(),
        ..product("Piso", Unit::Box, Some(("2.25", Unit::SquareMeter)))
    };
    let sand = Product { step: "0.5".parse().unwrap(), ..product("Areia", Unit::CubicMeter, None) };
    let catalog = Catalog::new(vec![tile, sand]).unwrap();
    let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
    let mut draft = Draft::default();
    for message in messages {
        let context = Context { draft: Some(&draft), ..Context::default() };
        let reading = read_in_context(message, &catalog, context, now);
        draft.apply(&reading, &catalog);
    }
    (draft.place, draft.payment) = (Some(Place::Pickup), Some(Payment::by(PaymentMethod::Cash)));
    let order = draft.to_order().unwrap();
    let told = order.items.iter().map(|item| {
        let from = item.rounded.map(|Rounded { asked, unit, .. }| {
            format!(" from {asked}{}", unit.map(|unit| format!(" {unit}")).unwrap_or_default())
        });
        format!("{} {}{}", item.sku, item.qty, from.unwrap_or_default())
    });
    let told: Vec<String> = told.collect();
    assert_eq!(told, expected, "{messages:?}");
}

#[test]
fn an_order_knows_what_a_quantity_was_rounded_up_from() {
    check_rounded(
        &["19 m² de piso, 3,3 m³ de areia"],
        &["Piso 9 from 19 m2", "Areia 3.5 from 3.3"],
    );
    check_rounded(&["18 m² de piso e 3,5 m³ de areia"], &["Piso 8", "Areia 3.5"]);
    check_rounded(&["19 m² de piso", "muda o piso para 9 caixas"], &["Piso 9"]);
    check_rounded(&["9 caixas de piso", "muda o piso para 19 m²"], &["Piso 9 from 19 m2"]);
    // Of a sum nothing is said.
    check_rounded(&["3,3 m³ de areia", "mais 1 m³ de areia"], &["Areia 4.5"]);
    check_rounded(&["piso", "19 m²"], &["Piso 9 from 19 m2"]);
}
