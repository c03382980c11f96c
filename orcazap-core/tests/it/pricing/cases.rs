//! Every case of the independent oracle agrees in every figure and reason.

use chrono::{DateTime, FixedOffset, NaiveDate};
use orcazap_core::pricing::{Case, CaseQuote};
use serde::Deserialize;
use serde_json::Value;

/// What another program worked out for a case.
#[derive(Deserialize)]
struct Expected {
    /// When it is priced, where it is not the one morning.
    now: Option<DateTime<FixedOffset>>,
    expect: Value,
    /// Until when the quote stands, where it was worked out.
    valid_until: Option<DateTime<FixedOffset>>,
    /// The closed days that it stands over, where they were.
    closed_days: Option<Vec<NaiveDate>>,
}

/// Prices each case of a file, and compares every figure and reason.
#[track_caller]
fn check(cases: &str, count: usize) {
    let morning = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    for line in cases.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let Expected { now, expect, valid_until, closed_days } =
            serde_json::from_str(line).unwrap();
        let outcome = case.price(now.unwrap_or(morning));
        let outcome = outcome.unwrap_or_else(|error| panic!("{}: {error}", case.id));
        let found = serde_json::to_value(CaseQuote::new(&outcome)).unwrap();
        assert_eq!(found, expect, "{}", case.id);
        let found = outcome.quote.valid_until();
        assert_eq!(found, valid_until.unwrap_or(found), "{}", case.id);
        let found = outcome.quote.closed_days();
        assert_eq!(found, closed_days.as_deref().unwrap_or(found), "{}", case.id);
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

/// Random stores with what those leave out in their turn: freight by distance, quotes
/// that stand until closing time over closed and half days, reasons that a store has
/// switched off. Worked out by a third program, from the design alone.
#[test]
fn every_case_with_distances_open_days_and_switches_agrees_too() {
    check(include_str!("../../pricing/places-and-days.jsonl"), 60);
}

/// Random stores about Christmas: quotes that stand over closed days, half days among
/// them, beside lists with dates. Worked out by a fourth program.
#[test]
fn every_case_over_closed_days_agrees_too() {
    check(include_str!("../../pricing/closed-days.jsonl"), 30);
}
