//! Quotes that were saved by earlier versions still load, and say the same.

use orcazap_core::pricing::{DiscountSource, PriceSource, explain};
use orcazap_core::{Language, Quote};
use serde_json::{Value, json};

/// Quotes as they were saved before their prices and discounts said in one value each
/// where they come from, and before they knew for how many hours they stand.
const V1: &str = include_str!("../../fixtures/quotes-v1.jsonl");

/// The one with a line of every kind.
fn of_every_kind() -> Value {
    serde_json::from_str(V1.lines().nth(2).unwrap()).unwrap()
}

fn read(quote: Value) -> Result<Quote, String> {
    serde_json::from_value(quote).map_err(|error| error.to_string())
}

#[test]
fn every_quote_loads_and_is_saved_as_it_was() {
    for line in V1.lines().skip(1) {
        let quote: Quote = serde_json::from_str(line).unwrap();
        let kept: Value = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_value(&quote).unwrap(), kept);
        let text = explain(&quote.trace(), Language::Portuguese);
        assert!(text.ends_with("\nVálido até 12/03/2026 09:00"), "{text}");
    }
    // The first knew of no price lists and no discounts by hand.
    assert!(serde_json::from_str::<Quote>(V1.lines().next().unwrap()).is_ok());
}

#[test]
fn where_a_price_and_a_discount_come_from_is_read_from_the_fields_of_old() {
    let quote = read(of_every_kind()).unwrap();
    let prices: Vec<&PriceSource> = quote.lines().iter().map(|line| &line.price_from).collect();
    let list = PriceSource::PriceList("Obras".into());
    let (base, point, hand) =
        (&PriceSource::List, &PriceSource::Point, &PriceSource::Hand { list_price: None });
    assert_eq!(prices, [&list, point, hand, base, base]);
    assert_eq!(quote.lines()[0].price_list().map(AsRef::as_ref), Some("Obras"));
    assert_eq!(quote.lines()[0].tier().unwrap().pct.to_string(), "5");
    assert_eq!(quote.lines()[1].discount_from, DiscountSource::Nothing);
    assert_eq!(quote.lines()[3].hand_discount(), "10".parse().ok());
    assert_eq!(quote.lines()[4].tier().unwrap().pct.to_string(), "0");
    assert_eq!(quote.validity_hours(), None);
}

#[test]
fn a_line_that_could_not_have_been_priced_is_refused() {
    let mut nameless = of_every_kind();
    nameless["lines"][0]["price_list"] = Value::Null;
    assert_eq!(
        read(nameless).unwrap_err(),
        "a price that comes from a price list names it in price_list"
    );
    let mut twice = of_every_kind();
    twice["lines"][0]["hand_discount"] = json!("5");
    assert_eq!(read(twice).unwrap_err(), "a line has either a tier or a hand_discount");
}

#[test]
fn a_quote_that_would_end_before_its_hours_are_over_is_refused() {
    let mut quote = of_every_kind();
    quote["validity_hours"] = json!(48);
    assert_eq!(read(quote.clone()).unwrap().validity_hours(), Some(48));
    quote["validity_hours"] = json!(49);
    let expected = "the quote's validity does not follow from its other figures";
    assert_eq!(read(quote).unwrap_err(), expected);
}

#[test]
fn closed_days_outside_of_the_time_that_they_add_are_refused() {
    let mut quote = of_every_kind();
    quote["validity_hours"] = json!(24);
    for (days, stands) in [
        (json!(["2026-03-11"]), true),
        (json!(["2026-03-10"]), false),
        (json!(["2026-03-12"]), false),
        (json!(["2026-03-11", "2026-03-11"]), false),
    ] {
        quote["closed_days"] = days.clone();
        assert_eq!(read(quote.clone()).is_ok(), stands, "{days}");
    }
    quote["validity_hours"] = Value::Null;
    quote["closed_days"] = json!(["2026-03-11"]);
    assert!(read(quote).is_err());
}
