//! Every case of the independent oracle agrees in every figure and reason.

use chrono::DateTime;
use orcazap_core::pricing::{Case, CaseQuote};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Expected {
    expect: Value,
}

/// Prices each case of a file as of one morning, and compares every figure and reason.
#[track_caller]
fn check(cases: &str, count: usize) {
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    for line in cases.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let outcome = case.price(now).unwrap_or_else(|error| panic!("{}: {error}", case.id));
        let found = serde_json::to_value(CaseQuote::new(&outcome)).unwrap();
        let Expected { expect } = serde_json::from_str(line).unwrap();
        assert_eq!(found, expect, "{}", case.id);
        let json = serde_json::to_string(&outcome.quote).unwrap();
        assert_eq!(
            serde_json::from_str::<orcazap_core::Quote>(&json).unwrap(),
            outcome.quote,
            "{json}"
        );
    }
    assert_eq!(cases.lines().count(), count);
}

#[test]
fn every_case_agrees_to_the_centavo() {
    check(include_str!("../../pricing/cases.jsonl"), 337);
}

/// Random stores with what those cases leave out: price points, price lists of groups
/// and customers that hold for some days, trips by volume, steps, stock, maxima. The
/// expected figures were worked out in exact fractions by another program.
#[test]
fn every_case_with_lists_points_and_volumes_agrees_too() {
    check(include_str!("../../pricing/oracle.jsonl"), 150);
}
