//! The JSON that is kept: what is written today is what the newest fixture holds, to
//! the letter, and what earlier versions wrote still loads.

mod page;
mod samples;
mod talks;

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use orcazap_core::pricing::{Change, Outcome};
use orcazap_core::{CepRange, Decision};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[test]
fn kept_conversations() {
    check("conversations", &talks::conversations());
}

#[test]
fn kept_offers() {
    check("offers", &talks::offers());
}

#[test]
fn kept_edits() {
    check("edits", &[talks::edited()]);
}

#[test]
fn kept_quotes() {
    check("quotes", &samples::quotes());
}

#[test]
fn kept_price_books() {
    check("price-books", &[samples::price_book()]);
}

#[test]
fn kept_rules() {
    check("rules", &[samples::rules()]);
}

#[test]
fn kept_policies() {
    check("policies", &[samples::policy()]);
}

#[test]
fn a_what_if_loads_as_it_was_written() {
    let offer = talks::offer();
    let outcome = |decision| Outcome { quote: (*offer.quote).clone(), decision };
    let change =
        Change { before: outcome(Decision::Auto), after: outcome(Decision::Ask(talks::reasons())) };
    let written = serde_json::to_string(&change).unwrap();
    assert_eq!(read::<Change>(&written).unwrap(), change);
}

#[test]
fn a_range_of_ceps_loads_the_right_way_round_only() {
    let range: CepRange = read(r#"{"from": "01000000", "to": "01999999"}"#).unwrap();
    assert_eq!(serde_json::to_string(&range).unwrap(), r#"{"from":"01000000","to":"01999999"}"#);
    let reversed = read::<CepRange>(r#"{"from": "01999999", "to": "01000000"}"#);
    assert!(reversed.unwrap_err().to_string().contains("01999-999"));
}

/// Compares the samples with the newest fixture of a kind, and loads all fixtures.
#[track_caller]
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(kind: &str, samples: &[T]) {
    let versions = versions(kind);
    for (number, version) in (1..).zip(&versions) {
        for line in version.lines() {
            let loaded: T = read(line).unwrap_or_else(|error| panic!("{kind} {number}: {error}"));
            let (kept, saved): (Value, Value) =
                (read(line).unwrap(), serde_json::to_value(&loaded).unwrap());
            assert!(holds(&saved, &kept), "{kind} {number}: saved\n{saved}\nof\n{kept}");
        }
    }
    let today: String =
        samples.iter().map(|sample| serde_json::to_string(sample).unwrap() + "\n").collect();
    let newest = versions.last().map_or("", String::as_str);
    if newest != today {
        let next = fixture(kind, versions.len() + 1);
        let written = written(next.file_name().unwrap().as_ref(), &today);
        panic!(
            "the JSON of {kind} is another one than in the newest fixture. If that is \
             meant, leave the fixtures as they are and keep today's beside them:\n\
             cp {} {}",
            written.display(),
            next.display()
        );
    }
    let loaded: Vec<T> = newest.lines().map(|line| read(line).unwrap()).collect();
    assert_eq!(loaded, samples);
}

fn read<T: DeserializeOwned>(line: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(line)
}

/// The fixtures of a kind, oldest first.
fn versions(kind: &str) -> Vec<String> {
    (1..).map_while(|number| fs::read_to_string(fixture(kind, number)).ok()).collect()
}

fn fixture(kind: &str, number: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    folder.join(format!("{kind}-v{number}.jsonl"))
}

/// Writes down what a fixture or a page should hold, to be copied by who agrees.
fn written(name: &Path, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

/// What earlier versions kept and nobody needs any more.
const GIVEN_UP: &[&str] = &["in_vain"];

/// Whether a value holds all of another: what newer versions add does no harm.
fn holds(value: &Value, other: &Value) -> bool {
    match (value, other) {
        (Value::Object(value), Value::Object(other)) => other.iter().all(|(key, other)| {
            GIVEN_UP.contains(&key.as_str())
                || value.get(key).is_some_and(|value| holds(value, other))
        }),
        (Value::Array(value), Value::Array(other)) => {
            value.len() == other.len() && value.iter().zip(other).all(|(a, b)| holds(a, b))
        }
        (value, other) => value == other,
    }
}
