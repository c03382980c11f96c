//! Which rules are refused, which are merely suspicious, and what an order can't
//! be priced by.

use chrono::DateTime;
use orcazap_core::PriceBook;
use orcazap_core::pricing::{Case, PriceBookData};

fn book(json: &str) -> Result<PriceBook, String> {
    let data: PriceBookData = serde_json::from_str(json).map_err(|error| error.to_string())?;
    PriceBook::new(data).map_err(|error| {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
        format!("{error}{}", cause.unwrap_or_default())
    })
}

#[track_caller]
fn check_refused(json: &str, expected: &str) {
    assert_eq!(book(json).map(drop).unwrap_err(), expected, "{json}");
}

#[test]
fn rules_that_are_wrong_in_themselves_are_named() {
    for (json, expected) in [
        (
            r#"{"tiers":[{"scope":"store","key":null,"min_qty":"10","pct":"100.01"}]}"#,
            "a tier takes off 0 to 100 %, found 100.01 % for the store from 10 on",
        ),
        (
            r#"{"tiers":[{"scope":"item","key":"CIM","min_qty":"10","pct":"-1"}]}"#,
            "a tier takes off 0 to 100 %, found -1 % for product CIM from 10 on",
        ),
        (
            r#"{"payment":[{"method":"boleto","pct":"101"}]}"#,
            "a payment term adds -100 to 100 %, found boleto at 101 %",
        ),
        (
            r#"{"payment":[{"method":"credit_card","installments":0,"pct":"1"}]}"#,
            "a credit card is paid in 1 or more instalments, found credit_card at 1 %",
        ),
        (
            r#"{"freight":[{"cep_from":"39559999","cep_to":"39550000","base":"1","per_kg":"0","included_kg":"0"}]}"#,
            "a freight rule has no range of CEPs: a CEP range goes up, found 39559-999 to 39550-000",
        ),
        (
            r#"{"freight":[{"bairro":"Sé","base":"1","per_kg":"0","included_kg":"0","free_above":"-0.01"}]}"#,
            "freight is free above 0.00 or more, found less for bairro Sé",
        ),
        (
            r#"{"freight":[{"bairro":"Sé","base":"1","per_kg":"0","included_kg":"0","truck_kg":"0"}]}"#,
            "a truck carries more than nothing, found 0 for bairro Sé",
        ),
        (
            r#"{"freight":[{"bairro":"...","base":"1","per_kg":"0","included_kg":"0"}]}"#,
            "a bairro has letters or digits, found ...",
        ),
        (
            r#"{"points":[{"sku":"ARE","qty":"0","price":"1.00"}]}"#,
            "a price point is for more than 0, found 0 of ARE",
        ),
        (
            r#"{"points":[{"sku":"ARE","qty":"0.5","price":"-1.00"}]}"#,
            "a price point costs 0.00 or more, found -1.00 for 0.5 of ARE",
        ),
        (r#"{"validity_hours":0}"#, "quotes stand for 1 to 8784 hours, found 0"),
    ] {
        check_refused(json, expected);
    }
}

#[test]
fn negative_prices_and_areas_that_are_none_are_refused_when_they_are_read() {
    for freight in [
        r#"{"bairro":"Sé","base":"-1","per_kg":"0","included_kg":"0"}"#,
        r#"{"base":"1","per_kg":"0","included_kg":"0"}"#,
        r#"{"bairro":"Sé","cep_from":"01000000","cep_to":"01000999","base":"1","per_kg":"0","included_kg":"0"}"#,
        r#"{"cep_from":"0100000","cep_to":"01000999","base":"1","per_kg":"0","included_kg":"0"}"#,
    ] {
        assert!(book(&format!(r#"{{"freight":[{freight}]}}"#)).is_err(), "{freight}");
    }
}

#[test]
fn rules_that_tie_are_named() {
    for (json, expected) in [
        (
            r#"{"tiers":[{"scope":"category","key":"A","min_qty":"10","pct":"5"},{"scope":"category","key":"A","min_qty":"10.0","pct":"6"}]}"#,
            "two tiers for category A begin at 10",
        ),
        (
            r#"{"payment":[{"method":"credit_card","pct":"1"},{"method":"credit_card","installments":1,"pct":"2"}]}"#,
            "two terms for one way of paying: credit_card in 1 at 2 %",
        ),
        (
            r#"{"payment":[{"method":"pix","pct":"1"},{"method":"pix","installments":2,"pct":"2"}]}"#,
            "two terms for one way of paying: pix at 2 %",
        ),
        (
            r#"{"freight":[{"bairro":"São João","base":"1","per_kg":"0","included_kg":"0"},{"bairro":"SAO JOAO","base":"1","per_kg":"0","included_kg":"0"}]}"#,
            "two freight rules for bairro SAO JOAO",
        ),
        (
            r#"{"freight":[{"cep_from":"01000000","cep_to":"01000999","base":"1","per_kg":"0","included_kg":"0"},{"cep_from":"01000999","cep_to":"01001998","base":"1","per_kg":"0","included_kg":"0"}]}"#,
            "two freight rules of one width overlap: CEP 01000-000 to 01000-999 and 01000-999 to 01001-998",
        ),
        (
            r#"{"points":[{"sku":"ARE","qty":"0.5","price":"1"},{"sku":"ARE","qty":"0.50","price":"2"}]}"#,
            "two price points for 0.5 of ARE",
        ),
    ] {
        check_refused(json, expected);
    }
}

#[test]
fn one_quantity_may_have_a_tier_in_every_scope() {
    let json = r#"{"tiers":[{"scope":"item","key":"A","min_qty":"1","pct":"5"},
        {"scope":"category","key":"A","min_qty":"1","pct":"6"},
        {"scope":"store","key":null,"min_qty":"1","pct":"7"}]}"#;
    assert!(book(json).is_ok());
}

#[test]
fn what_is_null_counts_as_not_said() {
    let case: Case = serde_json::from_str(
        r#"{"id": "1", "store": {
            "items": [{"sku": "A", "category": null, "unit_price": "10", "unit_cost": "6"}],
            "tiers": [{"scope": "store", "min_qty": "1", "pct": "10"}],
            "payment": [{"method": "pix", "installments": null, "pct": "-5"}],
            "freight": [{"bairro": "Sé", "cep_from": null, "base": "7", "per_kg": "0",
                         "included_kg": "0", "truck_kg": null, "free_above": null}],
            "rules": {"max_auto_total": null}},
          "order": {"items": [{"sku": "A", "qty": "1"}], "place": {"cep": null, "bairro": "se"},
                    "payment": {"method": "pix", "installments": null, "days": null}}}"#,
    )
    .unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    assert_eq!(case.price(now).unwrap().quote.total().to_string(), "15.55");
}

#[test]
fn a_tier_that_gives_less_and_a_range_that_is_covered_are_warned_of() {
    let book = book(
        r#"{"tiers":[{"scope":"store","key":null,"min_qty":"50","pct":"4"},{"scope":"store","key":null,"min_qty":"10","pct":"5"}],
        "freight":[
        {"cep_from":"01000000","cep_to":"01000999","base":"1","per_kg":"0","included_kg":"0"},
        {"cep_from":"01000000","cep_to":"01000499","base":"2","per_kg":"0","included_kg":"0"},
        {"cep_from":"01000500","cep_to":"01000999","base":"3","per_kg":"0","included_kg":"0"}]}"#,
    )
    .unwrap();
    let warnings = serde_json::to_value(book.warnings()).unwrap();
    assert_eq!(warnings.as_array().unwrap().len(), 2, "{warnings}");
    assert_eq!(warnings[0]["warning"], "higher_tier_gives_less");
    assert_eq!(warnings[0]["higher"]["min_qty"], "50");
    assert_eq!(warnings[1]["warning"], "freight_never_matches");
    assert_eq!(warnings[1]["area"]["cep_to"], "01000999");
}

/// Prices one order line of a product that costs and weighs as given.
fn price(product: &str, qty: &str, freight: &str) -> Result<String, String> {
    let case: Case = serde_json::from_str(&format!(
        r#"{{"id":"1","store":{{"items":[{{"sku":"A",{product}}}],"freight":[{freight}]}},
        "order":{{"items":[{{"sku":"A","qty":"{qty}"}}],"place":{{"bairro":"Sé"}}}}}}"#
    ))
    .unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    case.price(now).map(|outcome| outcome.quote.total().to_string()).map_err(|error| {
        std::error::Error::source(&error).map_or(error.to_string(), ToString::to_string)
    })
}

#[test]
fn an_amount_that_does_not_fit_is_an_error_and_never_held_at_the_limit() {
    let freight =
        r#"{"bairro":"Sé","base":"10000000","per_kg":"0","included_kg":"0","truck_kg":"0.000001"}"#;
    let huge = r#""unit_price":"1","weight_kg":"10000000""#;
    assert_eq!(
        price(huge, "10000000", freight).unwrap_err(),
        "the freight is larger than any amount"
    );
    assert_eq!(price(r#""unit_price":"10000000""#, "10000000", "").unwrap(), "100000000000000.00");
}

#[test]
fn none_of_a_product_can_not_be_priced() {
    let error = price(r#""unit_price":"1""#, "0", "").unwrap_err();
    assert_eq!(error, "a line asks for more than 0, found 0 of A");
}

#[test]
fn bulky_goods_take_more_trips_than_their_weight_does() {
    let freight = r#"{"bairro":"Sé","base":"50","per_kg":"0","included_kg":"0","truck_kg":"1000","truck_m3":"6"}"#;
    let foam = r#""unit_price":"0","weight_kg":"10","volume_m3":"1""#;
    for (qty, total) in [("6", "50.00"), ("6.001", "100.00"), ("18", "150.00")] {
        assert_eq!(price(foam, qty, freight).unwrap(), total, "{qty}");
    }
    let steel = r#""unit_price":"0","weight_kg":"500","volume_m3":"0.1""#;
    assert_eq!(price(steel, "5", freight).unwrap(), "150.00");
}
