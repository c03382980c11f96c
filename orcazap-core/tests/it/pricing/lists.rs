//! Price lists, and until when quotes stand.

use chrono::DateTime;
use orcazap_core::PriceBook;
use orcazap_core::pricing::{Case, PriceBookData};

/// The net of ten bags for a buyer on a day, and the list that priced them.
fn net(buyer: &str, now: &str) -> (String, Option<String>) {
    let case: Case = serde_json::from_str(&format!(
        r#"{{"id": "1", "store": {{
            "items": [{{"sku": "CIM", "unit_price": "40"}}],
            "tiers": [{{"scope": "store", "key": null, "min_qty": "10", "pct": "10"}}],
            "points": [{{"sku": "CIM", "qty": "10", "price": "350.00"}}],
            "lists": [
                {{"name": "Oferta", "for": "everyone", "key": null, "from": "2026-03-10", "until": "2026-03-12", "prices": {{"CIM": "38"}}}},
                {{"name": "Construtoras", "for": "group", "key": "construtora", "prices": {{"CIM": "36"}}}},
                {{"name": "Contrato 7", "for": "customer", "key": "7", "until": "2026-03-11", "prices": {{"CIM": "35"}}}},
                {{"name": "Contrato 8", "for": "customer", "key": "8", "prices": {{"CAL": "1"}}}}]}},
          "order": {{"items": [{{"sku": "CIM", "qty": "10"}}], "place": {{"pickup": true}}, "buyer": {buyer}}}}}"#
    ))
    .unwrap();
    let outcome = case.price(DateTime::parse_from_rfc3339(now).unwrap()).unwrap();
    let line = outcome.quote.lines()[0].clone();
    (line.net.to_string(), line.price_list().map(ToString::to_string))
}

#[track_caller]
fn check(buyer: &str, now: &str, price: &str, list: Option<&str>) {
    assert_eq!(net(buyer, now), (price.to_owned(), list.map(str::to_owned)), "{buyer} {now}");
}

#[test]
fn the_most_specific_list_that_holds_decides_and_tiers_come_off_its_price() {
    let (during, after) = ("2026-03-11T23:59:59-03:00", "2026-03-12T00:00:00-03:00");
    let both = r#"{"customer": "7", "group": "construtora"}"#;
    check(both, during, "315.00", Some("Contrato 7"));
    check(both, after, "324.00", Some("Construtoras"));
    check(r#"{"customer": "7"}"#, after, "342.00", Some("Oferta"));
    check(r#"{"customer": "8"}"#, during, "342.00", Some("Oferta"));
    check("null", during, "342.00", Some("Oferta"));
}

#[test]
fn without_a_list_the_base_prices_and_their_fixed_prices_hold() {
    check("null", "2026-03-09T12:00:00-03:00", "350.00", None);
    check("null", "2026-03-13T00:00:00-03:00", "350.00", None);
}

fn book(json: &str) -> Result<PriceBook, String> {
    let data: PriceBookData = serde_json::from_str(json).unwrap();
    PriceBook::new(data).map_err(|error| error.to_string())
}

#[test]
fn lists_that_tie_or_run_backwards_are_refused() {
    let list = |name: &str, from: &str, until: &str| {
        format!(
            r#"{{"name":"{name}","for":"group","key":"A","from":{from},"until":{until},"prices":{{"CIM":"1"}}}}"#
        )
    };
    let (march, late) =
        (list("M", "\"2026-03-01\"", "\"2026-03-31\""), list("N", "\"2026-03-31\"", "null"));
    let april = list("N", "\"2026-04-01\"", "null");
    assert!(book(&format!(r#"{{"lists":[{march},{april}]}}"#)).is_ok());
    assert_eq!(
        book(&format!(r#"{{"lists":[{march},{late}]}}"#)).unwrap_err(),
        "price lists 1 (M) and 2 (N) price CIM on one day for group A: take it out of one, or part their days"
    );
    assert_eq!(
        book(&format!(r#"{{"lists":[{}]}}"#, list("M", "\"2026-03-02\"", "\"2026-03-01\"")))
            .unwrap_err(),
        "price list 1 (M) runs from 2026-03-02 until 2026-03-01: let it end on the day it begins, or later"
    );
}

#[test]
fn a_list_among_many_ends_where_the_next_of_its_customers_begins() {
    // A month each for two groups and everybody, with gaps, in no order.
    let list = |name: &str, whom: &str, from: &str, until: &str, price: &str| {
        format!(
            r#"{{"name":"{name}",{whom},"from":{from},"until":{until},"prices":{{"CIM":"{price}"}}}}"#
        )
    };
    let (a, b, all) =
        (r#""for":"group","key":"A""#, r#""for":"group","key":"B""#, r#""for":"everyone""#);
    let lists = [
        list("A2", a, r#""2026-03-01""#, "null", "3"),
        list("A1", a, "null", r#""2026-01-31""#, "1"),
        list("T", all, r#""2026-02-10""#, r#""2026-03-05""#, "9"),
        list("B1", b, "null", "null", "5"),
    ];
    let book = book(&format!(r#"{{"lists":[{}]}}"#, lists.join(","))).unwrap();
    let find = |group: Option<&str>, day: &str| {
        let buyer = orcazap_core::order::Buyer { customer: None, group: group.map(str::to_owned) };
        let sku = "CIM".parse().unwrap();
        let found = book.listed(&sku, Some(&buyer), day.parse().unwrap());
        found.map(|(price, name)| format!("{price} {name}"))
    };
    for (group, day, expected) in [
        (Some("A"), "2026-01-31", Some("1 A1")),
        (Some("A"), "2026-02-01", None),
        (Some("A"), "2026-02-10", Some("9 T")),
        (Some("A"), "2026-03-01", Some("3 A2")),
        (Some("A"), "2099-01-01", Some("3 A2")),
        (Some("B"), "2026-03-01", Some("5 B1")),
        (Some("C"), "2026-03-05", Some("9 T")),
        (None, "2026-03-06", None),
    ] {
        assert_eq!(find(group, day).as_deref(), expected, "{group:?} {day}");
    }
}

/// Until when a quote stands that is made at an instant; 2026-03-13 is a Friday.
fn until(open: &str, now: &str) -> String {
    let book = book(&format!(r#"{{"validity_hours": 24, "open": {open}}}"#)).unwrap();
    book.valid_until(DateTime::parse_from_rfc3339(now).unwrap()).unwrap().to_rfc3339()
}

#[test]
fn quotes_end_at_closing_time_of_an_open_day() {
    let open = r#"{"week": [{"day": "Mon", "closes": "18:00:00"}, {"day": "Fri", "closes": "18:00:00"},
        {"day": "Sat", "closes": "12:00:00"}], "closed": ["2026-03-16"]}"#;
    for (now, expected) in [
        ("2026-03-12T09:00:00-03:00", "2026-03-13T18:00:00-03:00"),
        ("2026-03-12T18:00:00-03:00", "2026-03-13T18:00:00-03:00"),
        ("2026-03-12T18:00:01-03:00", "2026-03-14T12:00:00-03:00"),
        // Saturday noon is over, Sunday is closed, and that Monday is a holiday.
        ("2026-03-13T13:00:00-03:00", "2026-03-20T18:00:00-03:00"),
    ] {
        assert_eq!(until(open, now), expected, "{now}");
    }
    assert_eq!(until("{}", "2026-03-13T13:00:00-03:00"), "2026-03-14T13:00:00-03:00");
    // A store that gives no hours may have holidays.
    let closed = r#"{"closed": ["2026-03-14", "2026-03-15"]}"#;
    assert_eq!(until(closed, "2026-03-13T13:00:00-03:00"), "2026-03-16T13:00:00-03:00");
}

#[test]
fn a_day_of_the_week_opens_once() {
    let twice = r#"{"open": {"week": [{"day": "Mon", "closes": "18:00:00"}, {"day": "Mon", "closes": "12:00:00"}]}}"#;
    assert_eq!(book(twice).unwrap_err(), "Mon opens twice in the week: keep one of them");
}
