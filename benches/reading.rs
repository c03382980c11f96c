//! What reading costs, on the shared catalogue and on generated ones of 500,
//! 5,000 and 50,000 products: a one-item message, a ten-item list, a wall of
//! text, noise beyond the limit; building the index, and the bytes it takes.
//!
//! Beside the times it prints how many plain Unicode normalisations of the same
//! text a reading costs, a yardstick that survives a noisy machine, and the
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

/// How many plain normalisations of the same text a reading costs.
fn yardstick(catalogs: &[(&str, Catalog)]) {
    for (case, text, _) in texts() {
        let plain =
            fastest(|| text.nfkd().filter(char::is_ascii).flat_map(char::to_lowercase).count());
        for (size, catalog) in catalogs {
            let reading = fastest(|| findings(&read(&text, catalog, now())));
            let tenths = reading.as_nanos() * 10 / plain.as_nanos().max(1);
            println!(
                "{case:13} {size:7} {:>9} ns = {}.{} normalisations",
                reading.as_nanos(),
                tenths / 10,
                tenths % 10
            );
        }
    }
}

fn fastest(mut work: impl FnMut() -> usize) -> Duration {
    let once = |work: &mut dyn FnMut() -> usize| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..30).map(|_| once(&mut work)).min().unwrap_or_default()
}

fn text<'l>(line: &'l serde_json::Value, pointer: &str) -> &'l str {
    line.pointer(pointer).and_then(serde_json::Value::as_str).unwrap()
}

/// Of the items read with a confidence, how many the corpora have so.
fn calibration() {
    let mut bands: BTreeMap<u8, (usize, usize)> = BTreeMap::new();
    let stores = [
        (
            include_str!("../orcazap-core/tests/corpus/catalog.csv"),
            include_str!("../orcazap-core/tests/corpus/messages.jsonl"),
        ),
        (
            include_str!("../orcazap-core/tests/corpus/erp-catalog.csv"),
            include_str!("../orcazap-core/tests/corpus/erp-messages.jsonl"),
        ),
    ];
    for (catalog, messages) in stores {
        let catalog = Catalog::new(csv::parse(catalog.as_bytes()).unwrap()).unwrap();
        for line in messages.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let at = text(&line, "/now").parse().unwrap();
            for item in read(text(&line, "/text"), &catalog, at).items {
                let qty = item.qty.map(|qty| qty.as_decimal().normalize().to_string());
                let right =
                    line.pointer("/expect/items").unwrap().as_array().unwrap().iter().any(|gold| {
                        text(gold, "/sku") == item.sku.as_str()
                            && gold.pointer("/qty").and_then(serde_json::Value::as_str)
                                == qty.as_deref()
                    });
                let band = bands.entry(item.evidence.confidence.as_percent()).or_default();
                band.0 += usize::from(right);
                band.1 += 1;
            }
        }
    }
    println!("confidence   right of all");
    for (confidence, (right, all)) in bands {
        println!("{confidence:>9} %  {right:>5} of {all:<5} {} %", right * 100 / all);
    }
}
