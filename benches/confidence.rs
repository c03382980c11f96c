//! How right the reader is, over the corpora: by store, and by how sure it was. Of
//! findings with a confidence of 95 %, about 95 in a hundred should be right.
//!
//! Right means what `score.py` means by it. It prints tables and measures no time;
//! with `-- --test` it fails when findings are surer than right.

#![expect(clippy::unwrap_used, reason = "the corpora are well formed, as tests hold them to be")]
#![expect(clippy::indexing_slicing, reason = "of JSON, where what is absent is null")]
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use std::collections::BTreeMap;

use orcazap_core::catalog::csv;
use orcazap_core::{Bairro, Catalog, read};
use serde_json::Value;

/// A store of the corpora, and whether the reader was made by looking at it.
struct Store {
    name: &'static str,
    seen: bool,
    catalog: &'static str,
    messages: &'static str,
}

macro_rules! store {
    ($name:literal, $seen:literal, $catalog:literal, $messages:literal) => {
        Store {
            name: $name,
            seen: $seen,
            catalog: include_str!(concat!("../orcazap-core/tests/corpus/", $catalog)),
            messages: include_str!(concat!("../orcazap-core/tests/corpus/", $messages)),
        }
    };
}

const STORES: [Store; 6] = [
    store!("shared", true, "catalog.csv", "messages.jsonl"),
    store!("erp", true, "erp-catalog.csv", "erp-messages.jsonl"),
    store!("unseen-a", true, "unseen-a-catalog.csv", "unseen-a-messages.jsonl"),
    store!("unseen-b", true, "unseen-b-catalog.csv", "unseen-b-messages.jsonl"),
    store!("unseen-c", true, "unseen-c-catalog.csv", "unseen-c-messages.jsonl"),
    store!("unseen-d", true, "unseen-d-catalog.csv", "unseen-d-messages.jsonl"),
];

/// What a message asks for, in lists of findings.
const LISTS: [&str; 3] = ["items", "ambiguous", "unknown"];
/// What it says once.
const SLOTS: [&str; 4] = ["intent", "place", "payment", "delivery"];

/// Findings read, and how many of them the corpora have so.
#[derive(Default, Clone, Copy)]
struct Count {
    read: u64,
    right: u64,
}

impl Count {
    fn add(&mut self, right: bool) {
        self.read += 1;
        self.right += u64::from(right);
    }
}

/// Counts by what was found and how sure the reader was of it, in percent.
type Bands = BTreeMap<(&'static str, u64), Count>;

fn main() {
    let mut bands = Bands::new();
    println!("store        looked at   kind        right of those read   expected");
    for store in STORES {
        let (counts, expected) = count(&store, &mut bands);
        for kind in LISTS.iter().chain(&SLOTS) {
            let count = counts.get(kind).copied().unwrap_or_default();
            println!(
                "{:12} {:9}   {kind:9}   {:>19}   {:>8}",
                store.name,
                if store.seen { "yes" } else { "no" },
                share(count),
                expected.get(kind).copied().unwrap_or_default()
            );
        }
    }
    println!("found        confidence   right of those read");
    for ((kind, confidence), count) in &bands {
        println!("{kind:12} {confidence:>8} %   {:>19}", share(*count));
        // A few findings say little: three of any, and one in fifty, may be wrong by chance.
        let sure = confidence * count.read;
        assert!(count.right * 100 + 300 + 2 * count.read >= sure, "{kind} at {confidence} %");
    }
}

/// Reads a store's messages; gives how right each kind of finding is, and how many
/// of it the corpus has.
fn count(
    store: &Store,
    bands: &mut Bands,
) -> (BTreeMap<&'static str, Count>, BTreeMap<&'static str, usize>) {
    let catalog = Catalog::new(csv::parse(store.catalog.as_bytes()).unwrap()).unwrap();
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for line in store.messages.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| line[field].as_str().unwrap();
        let reading = read(text("text"), &catalog, text("now").parse().unwrap());
        let got = serde_json::to_value(reading).unwrap();
        let gold = &line["expect"];
        for kind in LISTS {
            let mut open = gold[kind].as_array().unwrap().clone();
            *expected.entry(kind).or_default() += open.len();
            for finding in got[kind].as_array().unwrap() {
                let found = open.iter().position(|gold| is_same(kind, gold, finding));
                found.map(|at| open.remove(at));
                counts.entry(kind).or_default().add(found.is_some());
                let band = (kind, finding["confidence"].as_u64().unwrap());
                bands.entry(band).or_default().add(found.is_some());
            }
        }
        for slot in SLOTS {
            let said = |value: &Value| value[slot] != serde_json::json!({});
            *expected.entry(slot).or_default() += usize::from(said(gold));
            if said(&got) {
                counts.entry(slot).or_default().add(is_same(slot, &gold[slot], &got[slot]));
            }
        }
    }
    (counts, expected)
}

/// Whether a finding is what the corpus has.
fn is_same(kind: &str, gold: &Value, got: &Value) -> bool {
    let quantity = |ask: &Value| {
        let decimal = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
        ask["qty"].as_str().map(decimal)
    };
    match kind {
        "items" => gold["sku"] == got["sku"] && quantity(gold) == quantity(got),
        "ambiguous" => {
            let skus = |ask: &Value| ask["skus"].as_array().cloned().unwrap_or_default();
            let shared = skus(gold).iter().any(|sku| skus(got).contains(sku));
            shared && quantity(gold) == quantity(got)
        }
        "unknown" => {
            let (one, other) = (key(&gold["text"]), key(&got["text"]));
            (one.contains(&other) || other.contains(&one)) && quantity(gold) == quantity(got)
        }
        "place" => {
            let bairro = |place: &Value| place.get("bairro").map(key);
            let same = |field: &str| gold.get(field) == got.get(field);
            same("cep") && same("pickup") && bairro(gold) == bairro(got)
        }
        _ => gold == got,
    }
}

/// A text as names are compared.
fn key(text: &Value) -> String {
    text.as_str().unwrap().parse::<Bairro>().unwrap().key().to_owned()
}

/// `97.3 % of 1204`.
fn share(count: Count) -> String {
    let tenths = count.right * 1000 / count.read.max(1);
    format!("{}.{} % of {}", tenths / 10, tenths % 10, count.read)
}
