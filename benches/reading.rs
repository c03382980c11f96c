//! What reading costs, on the shared catalogue and on generated ones of 500,
//! 5,000 and 50,000 products: one item, ten items, ten of which thousands of
//! products fit, misspelt ones, a wall of text, noise beyond the limit; building
//! the index, a price that changes, and the bytes it takes.
//!
//! Beside the times it prints what survives a noisy machine: how many plain Unicode
//! normalisations of the same text a reading costs, how many times what it costs with
//! the smallest catalogue, how often it allocates, and how many times the least that
//! finding four names can cost.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, MatchKind};
use chrono::{DateTime, FixedOffset};
use criterion::{Criterion, Throughput};
use orcazap_benches::goods::{KINDS, generated, model, shared};
use orcazap_benches::ratio;
use orcazap_core::{Catalog, Product, Reading, read};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const ONE_ITEM: &str = "me vê 10 sacos de cimento por favor";
const TEN_ITEMS: &str = "bom dia, preciso de:\n20 sacos de cimento\n3 m de areia grossa\n\
    2 m de brita 1\n12 barras de ferro 3/8\n2 kg de arame recozido\n500 tijolo 8 furos\n\
    4 joelho esgoto 100\n2 rolos de cabo 2,5 preto\n3 tomada 10a\n1 caixa d'água de 500 litros";
/// The same with a misspelt word in each line.
const TEN_MISSPELT: &str = "bom dia, preciso de:\n20 sacos de simento\n3 m de arreia grossa\n\
    2 m de britta 1\n12 barras de fero 3/8\n2 kg de arame recosido\n500 tijollo 8 furos\n\
    4 joello esgoto 100\n2 rolos de cabbo 2,5 preto\n3 tomadda 10a\n1 caixa d'agoa de 500 litros";
const FOUR_NAMES: &str = "oi, 20 sacos de cimento, 3 m de areia grossa, 2 kg de arame recozido \
    e 1 caixa d'água de 500 litros";
const FOUR_MISSPELT: &str = "oi, 20 sacos de simento, 3 m de arreia grossa, 2 kg de arame recosido \
    e 1 caicha d'água de 500 litros";

fn now() -> DateTime<FixedOffset> {
    "2026-03-10T09:00:00-03:00".parse().unwrap()
}

/// Messages, each with how many findings it has at least in every catalogue.
fn texts() -> [(&'static str, String, usize); 8] {
    let wall = TEN_ITEMS.replace("bom dia, preciso de:\n", "").repeat(4096 / TEN_ITEMS.len() + 2);
    // What an eighth of all products are, and what none is: a model in the size of another.
    let kinds = KINDS.iter().chain(&KINDS).take(10).zip(2..);
    let many: Vec<String> = kinds.clone().map(|(kind, qty)| format!("{qty} {kind}")).collect();
    let none =
        kinds.map(|(kind, qty)| format!("{qty} {kind} modelo {} {}mm", model(qty), qty + 29));
    let none: Vec<String> = none.collect();
    [
        ("one-item", ONE_ITEM.to_owned(), 1),
        ("ten-items", TEN_ITEMS.to_owned(), 10),
        ("ten-misspelt", TEN_MISSPELT.to_owned(), 9),
        ("ten-of-many", many.join("\n"), 8),
        ("ten-of-none", none.join("\n"), 8),
        ("1-KiB-of-many", "2 torneira, ".repeat(85), 1),
        ("4-KiB-wall", wall.chars().take(4096).collect(), 8),
        ("64-KiB-noise", "xpto qwrt 12 zzz, ".repeat(64 * 1024 / 18), 0),
    ]
}

fn findings(reading: &Reading) -> usize {
    reading.items.len() + reading.ambiguous.len() + reading.unknown.len()
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
    }
    let mut group = criterion.benchmark_group("index");
    group.sample_size(10);
    for (size, catalog) in &catalogs {
        group.bench_function(format!("built/{size}"), |bench| {
            let build = |products| Catalog::new(products).unwrap();
            let products = || catalog.products().to_vec();
            bench.iter_batched(products, build, criterion::BatchSize::PerIteration);
        });
        group.bench_function(format!("new-prices/{size}"), |bench| {
            let renew = |products| catalog.renewed(products).unwrap();
            bench.iter_batched(|| dearer(catalog), renew, criterion::BatchSize::PerIteration);
        });
    }
    group.finish();
    indexes(&catalogs);
    messages(&catalogs);
    floors(&catalogs);
    criterion.final_summary();
}

/// The products of a catalogue at other prices.
fn dearer(catalog: &Catalog) -> Vec<Product> {
    let price = "12.34".parse().unwrap();
    catalog.products().iter().cloned().map(|product| Product { price, ..product }).collect()
}

/// The best time in which an index is built, the best in which one takes new prices,
/// and its bytes.
fn indexes(catalogs: &[(&str, Catalog)]) {
    for (size, catalog) in catalogs {
        let products = catalog.products();
        let built = fastest(3, || products.to_vec(), |all| Catalog::new(all).unwrap());
        let renewed = fastest(3, || dearer(catalog), |all| catalog.renewed(all).unwrap());
        println!(
            "index {size:7} {:>9} µs, with new prices {:>6} µs, {} bytes a product",
            built.as_micros(),
            renewed.as_micros(),
            catalog.index_bytes() / products.len()
        );
    }
}

/// What each message costs with each catalogue.
fn messages(catalogs: &[(&str, Catalog)]) {
    for (case, text, _) in texts() {
        let plain = fastest(30, || (), |()| plain(&text));
        let mut smallest = None;
        for (size, catalog) in catalogs {
            let reading = fastest(30, || (), |()| read(&text, catalog, now()));
            let allocated = allocation_counter::measure(|| {
                black_box(read(&text, catalog, now()));
            });
            println!(
                "{case:13} {size:7} {:>9} ns = {:>6} normalisations = {:>5} of the smallest \
                 catalogue, {} allocations",
                reading.as_nanos(),
                ratio(reading, plain),
                ratio(reading, *smallest.get_or_insert(reading)),
                allocated.count_total,
            );
        }
    }
}

/// What finding four names costs at least, and how many times that a reading costs:
/// exact names by one automaton over all of them, misspelt ones by mending each
/// unknown word among the words of the catalogue.
fn floors(catalogs: &[(&str, Catalog)]) {
    for (size, catalog) in catalogs {
        let products = catalog.products().iter();
        let names: Vec<String> = products
            .flat_map(|product| product.aliases.iter().chain([&product.name]))
            .map(|name| plain(name))
            .collect();
        let words: BTreeSet<&str> = names.iter().flat_map(|name| name.split(' ')).collect();
        let longest = MatchKind::LeftmostLongest;
        let automaton = AhoCorasick::builder().match_kind(longest).build(&names).unwrap();
        let found = |()| automaton.find_iter(&plain(FOUR_NAMES)).count();
        let exact = fastest(30, || (), found);
        let mended = fastest(30, || (), |()| mended(&plain(FOUR_MISSPELT), &words));
        for (case, text, floor) in
            [("four-names", FOUR_NAMES, exact), ("four-misspelt", FOUR_MISSPELT, mended)]
        {
            assert!(found(()) >= 4 && read(text, catalog, now()).items.len() >= 3, "{text}");
            let reading = fastest(30, || (), |()| read(text, catalog, now()));
            println!(
                "{case:13} {size:7} {:>9} ns = {} of the floor of {} ns",
                reading.as_nanos(),
                ratio(reading, floor),
                floor.as_nanos()
            );
        }
    }
}

/// A text as names are compared: lower case, without accents.
fn plain(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// How many words of a text are none of these but one letter off.
fn mended(text: &str, words: &BTreeSet<&str>) -> usize {
    let said = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
    let near = |word: &str, other: &str| {
        word.len().abs_diff(other.len()) < 2 && strsim::osa_distance(word, other) < 2
    };
    said.filter(|word| !words.contains(word) && words.iter().any(|other| near(word, other))).count()
}

fn fastest<In, Out>(
    runs: usize,
    mut with: impl FnMut() -> In,
    mut work: impl FnMut(In) -> Out,
) -> Duration {
    let mut once = || {
        let input = with();
        let start = Instant::now();
        let output = black_box(work(input));
        let time = start.elapsed();
        drop(output);
        time
    };
    (0..runs).map(|_| once()).min().unwrap_or_default()
}
