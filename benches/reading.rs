//! What reading costs, on the shared catalogue and on generated ones of 500,
//! 5,000 and 50,000 products: a one-item message, a ten-item list, a wall of
//! text, noise beyond the limit; building the index, and the bytes it takes.
//!
//! Beside the times it prints what survives a noisy machine: how many plain Unicode
//! normalisations of the same text a reading costs, and how many times what it costs
//! with the smallest catalogue; then how well each corpus is read, and the
//! calibration of the confidence.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use criterion::{Criterion, Throughput};
use orcazap_core::catalog::csv;
use orcazap_core::{Catalog, Product, Reading, Unit, read};
use unicode_normalization::UnicodeNormalization;

const ONE_ITEM: &str = "me vê 10 sacos de cimento por favor";
const TEN_ITEMS: &str = "bom dia, preciso de:\n20 sacos de cimento\n3 m de areia grossa\n\
    2 m de brita 1\n12 barras de ferro 3/8\n2 kg de arame recozido\n500 tijolo 8 furos\n\
    4 joelho esgoto 100\n2 rolos de cabo 2,5 preto\n3 tomada 10a\n1 caixa d'água de 500 litros";

fn now() -> DateTime<FixedOffset> {
    "2026-03-10T09:00:00-03:00".parse().unwrap()
}

/// The shared catalogue.
fn shared() -> Vec<Product> {
    csv::parse(include_bytes!("../orcazap-core/tests/corpus/catalog.csv")).unwrap()
}

/// The shared catalogue and, up to `count` products, others of its kinds in
/// finishes and models of their own, as a large store has them.
fn generated(count: usize) -> Catalog {
    let mut products = shared();
    let kinds =
        ["torneira", "piso", "tinta", "registro", "luminaria", "fechadura", "disco", "chave"];
    let mut number = 0;
    while products.len() < count {
        let kind = kinds.get(number % kinds.len()).unwrap();
        let (line, model) = (number / 40, number % 40);
        let name = format!(
            "{kind} linha {} modelo {} {}mm",
            syllables(line),
            syllables(model + 7),
            10 + model
        );
        let sku = format!("G-{number}").parse().unwrap();
        products.push(Product::new(sku, name, Unit::Piece, "10".parse().unwrap()));
        number += 1;
    }
    products.truncate(count);
    Catalog::new(products).unwrap()
}

/// A made-up word for a number.
fn syllables(number: usize) -> String {
    const PARTS: [&str; 12] =
        ["ba", "cor", "di", "fen", "gu", "lam", "mo", "nir", "pe", "rus", "tal", "vex"];
    let mut word = String::new();
    let mut rest = number + 144;
    while rest > 0 {
        word.push_str(PARTS.get(rest % 12).unwrap());
        rest /= 12;
    }
    word
}

fn texts() -> [(&'static str, String, usize); 4] {
    let wall = TEN_ITEMS.replace("bom dia, preciso de:\n", "").repeat(4096 / TEN_ITEMS.len() + 2);
    [
        ("one-item", ONE_ITEM.to_owned(), 1),
        ("ten-items", TEN_ITEMS.to_owned(), 10),
        ("4-KiB-wall", wall.chars().take(4096).collect(), 8),
        ("64-KiB-noise", "xpto qwrt 12 zzz, ".repeat(64 * 1024 / 18), 0),
    ]
}

fn findings(reading: &Reading) -> usize {
    reading.items.len() + reading.ambiguous.len()
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let catalogs = [
        ("500", generated(500)),
        ("shared", Catalog::new(shared()).unwrap()),
        ("5k", generated(5_000)),
        ("50k", generated(50_000)),
    ];
    for (size, catalog) in &catalogs {
        let mut group = criterion.benchmark_group(format!("read/{size}"));
        for (case, text, least) in texts() {
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(case, |bench| {
                bench.iter(|| {
                    let reading = read(black_box(&text), catalog, now());
                    assert!(findings(&reading) >= least, "{reading:?}");
                    reading
                });
            });
        }
        group.finish();
        println!(
            "index/{size}: {} bytes a product",
            catalog.index_bytes() / catalog.products().len()
        );
    }
    let mut group = criterion.benchmark_group("index");
    group.sample_size(10);
    for (size, catalog) in &catalogs {
        let products = catalog.products().to_vec();
        group.bench_function(*size, |bench| {
            bench.iter_batched(
                || products.clone(),
                |products| Catalog::new(products).unwrap(),
                criterion::BatchSize::PerIteration,
            );
        });
    }
    group.finish();
    yardstick(&catalogs);
    calibration();
    criterion.final_summary();
}

/// How many plain normalisations of the same text a reading costs, and the best
/// time in which an index is built.
fn yardstick(catalogs: &[(&str, Catalog)]) {
    for (size, catalog) in catalogs {
        let products = catalog.products();
        let built = fastest(3, || Catalog::new(products.to_vec()).unwrap().products().len());
        println!(
            "index         {size:7} {:>9} µs for {} products",
            built.as_micros(),
            products.len()
        );
    }
    for (case, text, _) in texts() {
        let plain =
            fastest(30, || text.nfkd().filter(char::is_ascii).flat_map(char::to_lowercase).count());
        let mut smallest = None;
        for (size, catalog) in catalogs {
            let reading = fastest(30, || findings(&read(&text, catalog, now())));
            println!(
                "{case:13} {size:7} {:>9} ns = {} normalisations = {} of the smallest catalogue",
                reading.as_nanos(),
                times(reading, plain),
                times(reading, *smallest.get_or_insert(reading))
            );
        }
    }
}

/// How many times one duration is another: `2.4`.
fn times(one: Duration, other: Duration) -> String {
    let tenths = one.as_nanos() * 10 / other.as_nanos().max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn fastest(runs: usize, mut work: impl FnMut() -> usize) -> Duration {
    let once = |work: &mut dyn FnMut() -> usize| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..runs).map(|_| once(&mut work)).min().unwrap_or_default()
}

fn text<'l>(line: &'l serde_json::Value, pointer: &str) -> &'l str {
    line.pointer(pointer).and_then(serde_json::Value::as_str).unwrap()
}

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

const STORES: [Store; 5] = [
    store!("shared", true, "catalog.csv", "messages.jsonl"),
    store!("erp", true, "erp-catalog.csv", "erp-messages.jsonl"),
    store!("unseen-a", true, "unseen-a-catalog.csv", "unseen-a-messages.jsonl"),
    store!("unseen-b", false, "unseen-b-catalog.csv", "unseen-b-messages.jsonl"),
    store!("unseen-c", true, "unseen-c-catalog.csv", "unseen-c-messages.jsonl"),
];

/// Counts of items, each a product with its quantity.
#[derive(Default, Clone, Copy)]
struct Items {
    read: usize,
    right: usize,
}

/// Of the items read, how many the corpora have so: by store, and by confidence.
/// Stores that nobody looked at tell what to expect of the next one.
fn calibration() {
    let mut bands: BTreeMap<u8, Items> = BTreeMap::new();
    println!("store        looked at   right of items read   of items expected");
    for store in STORES {
        let products = csv::parse(store.catalog.as_bytes()).unwrap();
        let catalog = Catalog::new(products).unwrap();
        let (mut all, mut expected) = (Items::default(), 0);
        for line in store.messages.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let gold = line.pointer("/expect/items").unwrap().as_array().unwrap();
            expected += gold.len();
            let now = text(&line, "/now").parse().unwrap();
            for item in read(text(&line, "/text"), &catalog, now).items {
                let qty = item.qty.map(|qty| qty.as_decimal().normalize().to_string());
                let right = gold.iter().any(|gold| {
                    let quantity = gold.pointer("/qty").and_then(serde_json::Value::as_str);
                    text(gold, "/sku") == item.sku.as_str() && quantity == qty.as_deref()
                });
                let band = bands.entry(item.evidence.confidence.as_percent()).or_default();
                for count in [band, &mut all] {
                    count.read += 1;
                    count.right += usize::from(right);
                }
            }
        }
        println!(
            "{:12} {:9}   {:>19}   {:>17}",
            store.name,
            if store.seen { "yes" } else { "no" },
            share(all.right, all.read),
            share(all.right, expected)
        );
    }
    println!("confidence   right of items read");
    for (confidence, items) in bands {
        println!("{confidence:>9} %   {:>19}", share(items.right, items.read));
    }
}

/// `97.3 % of 1204`.
fn share(part: usize, all: usize) -> String {
    let tenths = part * 1000 / all.max(1);
    format!("{}.{} % of {all}", tenths / 10, tenths % 10)
}
