//! How well the corpora are read, against floors that only go up.
//!
//! The shares are those of `tests/corpus/score.py`; the floors of
//! `.ci/floors.json` hold for both.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::corpus;

const FIELDS: [&str; 7] =
    ["intent", "items", "ambiguous", "unknown", "place", "payment", "delivery"];

#[test]
fn messages_are_read_as_well_as_they_ever_were() {
    check("messages", "catalog.csv", "messages.jsonl");
}

#[test]
fn conversations_end_as_well_as_they_ever_did() {
    check("dialogues", "catalog.csv", "dialogues.jsonl");
}

#[test]
fn a_store_with_abbreviated_names_is_read_as_well_as_it_ever_was() {
    check("erp", "erp-catalog.csv", "erp-messages.jsonl");
}

#[test]
fn a_store_of_capitals_is_read_as_well_as_it_ever_was() {
    check("unseen-a", "unseen-a-catalog.csv", "unseen-a-messages.jsonl");
    check("unseen-a-dialogues", "unseen-a-catalog.csv", "unseen-a-dialogues.jsonl");
}

#[test]
fn a_store_that_nobody_tuned_on_is_read_as_well_as_it_ever_was() {
    check("unseen-b", "unseen-b-catalog.csv", "unseen-b-messages.jsonl");
    check("unseen-b-dialogues", "unseen-b-catalog.csv", "unseen-b-dialogues.jsonl");
}

#[test]
fn a_store_that_names_the_brand_first_is_read_as_well_as_it_ever_was() {
    check("unseen-c", "unseen-c-catalog.csv", "unseen-c-messages.jsonl");
    check("unseen-c-dialogues", "unseen-c-catalog.csv", "unseen-c-dialogues.jsonl");
}

#[track_caller]
fn check(name: &str, catalog: &str, file: &str) {
    let catalog = corpus::catalog(catalog);
    let lines = corpus::lines(file);
    let (mut exact, mut wrong, mut failed) = (0_usize, 0_usize, Vec::new());
    for line in &lines {
        let got = corpus::read(line, &catalog);
        let label = if line.turns.is_empty() { "intent" } else { "outcome" };
        let fields = FIELDS.iter().map(|field| if *field == "intent" { label } else { field });
        let bad: Vec<&str> =
            fields.filter(|field| !same(field, &line.expect[*field], &got[*field])).collect();
        let gold = pairs(&line.expect["items"]);
        wrong += usize::from(pairs(&got["items"]).iter().any(|pair| !gold.contains(pair)));
        exact += usize::from(bad.is_empty());
        if !bad.is_empty() {
            failed.push(format!("{}: {}", line.id, bad.join(", ")));
        }
    }
    let floors = floors(name);
    let total = lines.len();
    let thousandths = |count: usize| count * 1000 / total;
    let report = failed.join("\n");
    assert!(thousandths(exact) >= floors["exact_match"], "{exact} of {total} exact\n{report}");
    assert!(thousandths(wrong) <= floors["wrong_item_rate"], "{wrong} of {total} wrong\n{report}");
}

/// The floors in thousandths; `wrong_item_rate` is a ceiling.
fn floors(name: &str) -> BTreeMap<String, usize> {
    let path = corpus::folder().join("../../../.ci/floors.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let thousandths = |value: &Value| {
        let share: rust_decimal::Decimal = value.to_string().parse().unwrap();
        usize::try_from(share * rust_decimal::Decimal::ONE_THOUSAND).unwrap()
    };
    let floors = all[name].as_object().unwrap();
    floors.iter().map(|(figure, value)| (figure.clone(), thousandths(value))).collect()
}

fn same(field: &str, gold: &Value, got: &Value) -> bool {
    match field {
        "items" => pairs(gold) == pairs(got),
        "ambiguous" => paired(gold, got, |a, b| {
            let skus = |ask: &Value| ask["skus"].as_array().cloned().unwrap_or_default();
            skus(a).iter().any(|sku| skus(b).contains(sku))
        }),
        "unknown" => paired(gold, got, |a, b| {
            let (a, b) = (plain(&a["text"]), plain(&b["text"]));
            a.contains(&b) || b.contains(&a)
        }),
        "place" => {
            let bairro = |place: &Value| place.get("bairro").map(plain);
            gold.get("cep") == got.get("cep")
                && gold.get("pickup") == got.get("pickup")
                && bairro(gold) == bairro(got)
        }
        "payment" | "delivery" => filled(gold) == filled(got),
        _ => gold == got,
    }
}

/// A slot's fields; none when it is absent.
fn filled(slot: &Value) -> BTreeMap<String, Value> {
    slot.as_object().map(|fields| fields.clone().into_iter().collect()).unwrap_or_default()
}

fn pairs(items: &Value) -> Vec<(String, Option<String>)> {
    let pair = |item: &Value| (item["sku"].as_str().unwrap().to_owned(), quantity(item));
    let mut pairs: Vec<_> = items.as_array().unwrap().iter().map(pair).collect();
    pairs.sort();
    pairs
}

fn quantity(entry: &Value) -> Option<String> {
    let text = entry["qty"].as_str()?;
    let decimal: rust_decimal::Decimal = text.parse().unwrap();
    Some(decimal.normalize().to_string())
}

fn paired(gold: &Value, got: &Value, alike: impl Fn(&Value, &Value) -> bool) -> bool {
    let mut free = got.as_array().unwrap().clone();
    let gold = gold.as_array().unwrap();
    free.len() == gold.len()
        && gold.iter().all(|wanted| {
            let found = free
                .iter()
                .position(|other| alike(wanted, other) && quantity(wanted) == quantity(other));
            found.map(|position| free.remove(position)).is_some()
        })
}

fn plain(text: &Value) -> String {
    let bairro: orcazap_core::Bairro = text.as_str().unwrap().parse().unwrap();
    bairro.key().to_owned()
}
