//! Every case of the independent oracle agrees in every figure and reason.

use chrono::DateTime;
use orcazap_core::pricing::{Case, CaseQuote};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Expected {
    expect: Value,
}

#[test]
fn every_case_agrees_to_the_centavo() {
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    let cases = include_str!("../../pricing/cases.jsonl");
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
    assert_eq!(cases.lines().count(), 337);
}
