//! What pricing an order costs, against the same arithmetic on whole centavos.
//!
//! `floor` is the least that any program must do: the lines are resolved, their
//! rates looked up, and 128-bit integers multiplied, divided and summed. `quote` is
//! the real thing: it finds products, tiers and freight rule, keeps the rule behind
//! each figure, and checks every amount. The ratios are printed first.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops where its set-up is wrong, and prints"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use orcazap_core::catalog::Weight;
use orcazap_core::order::{OrderItem, PaymentMethod};
use orcazap_core::pricing::{
    FreightArea, FreightRule, Overrides, PaymentTerm, PriceBookData, Tier, TierScope,
};
use orcazap_core::{
    Catalog, Cep, Money, Order, Payment, Percent, Place, PriceBook, Product, Quantity, Quote,
    Rules, Unit, UnitPrice, quote, review,
};
use rust_decimal::Decimal;

const PRODUCTS: u32 = 700;
const LINES: [usize; 3] = [1, 10, 100];
const RULES: [u32; 3] = [0, 100, 10_000];

/// A store, an order, and what its total must be.
struct Bench {
    catalog: Catalog,
    book: PriceBook,
    order: Order,
    floor: Vec<FloorLine>,
    total: i128,
}

/// A line as the integer loop sees it: everything in millionths.
struct FloorLine {
    price: i128,
    qty: i128,
    cost: i128,
    pct: i128,
}

const MILLION: i128 = 1_000_000;

impl Bench {
    fn new(lines: usize, rules: u32) -> Self {
        let catalog = Catalog::new((0..PRODUCTS).map(product).collect()).unwrap();
        let book = PriceBook::new(book(rules)).unwrap();
        let item = |line: usize| {
            let number = u32::try_from(line).unwrap() * 6_007 % PRODUCTS;
            OrderItem { sku: product(number).sku, qty: decimal(1_500 + line as i64 * 250, 3) }
        };
        let order = Order {
            items: (0..lines).map(item).collect(),
            place: Some(Place::from("01310100".parse::<Cep>().unwrap())),
            payment: Some(Payment::by(PaymentMethod::Pix)),
            ..Order::default()
        };
        let floor = order.items.iter().map(|item| {
            let product = catalog.get(&item.sku).unwrap();
            FloorLine {
                price: millionths(product.price.as_decimal()),
                qty: millionths(item.qty.as_decimal()),
                cost: millionths(product.cost.unwrap().as_decimal()),
                pct: book.tier(product, item.qty).map_or(0, |t| millionths(t.pct.as_decimal())),
            }
        });
        let floor: Vec<FloorLine> = floor.collect();
        let (total, _) = price_centavos(&floor);
        let bench = Self { catalog, book, order, floor, total };
        let quote = bench.quote();
        assert_eq!(quote.due().centavos(), bench.total);
        assert_eq!(quote.freight().is_some(), rules > 0);
        bench
    }

    fn quote(&self) -> Quote {
        let now = chrono::DateTime::UNIX_EPOCH.fixed_offset();
        quote(&self.order, &Overrides::default(), &self.catalog, &self.book, now).unwrap()
    }
}

fn decimal<T: TryFrom<String>>(mantissa: i64, places: u32) -> T {
    T::try_from(Decimal::new(mantissa, places).to_string()).ok().unwrap()
}

fn millionths(value: Decimal) -> i128 {
    let mut value = value;
    value.rescale(6);
    value.mantissa()
}

fn product(number: u32) -> Product {
    let price: UnitPrice = decimal(1_000 + i64::from(number) * 37, 2);
    let cost: UnitPrice = decimal(800 + i64::from(number) * 29, 2);
    Product {
        category: format!("CATEGORIA {}", number % 20),
        cost: Some(cost),
        weight: decimal::<Weight>(i64::from(number), 2),
        step: decimal::<Quantity>(1, 3),
        ..Product::new(
            format!("SKU-{number:05}").parse().unwrap(),
            format!("Produto de construção número {number}"),
            Unit::Piece,
            price,
        )
    }
}

/// So many tiers, over products and categories, and so many freight rules.
fn book(rules: u32) -> PriceBookData {
    let tier = |number: u32| {
        let step = number / (PRODUCTS + 20) + 1;
        let scope = match number % (PRODUCTS + 20) {
            place if place < 20 => TierScope::Category(format!("CATEGORIA {place}")),
            place => TierScope::Product(product(place - 20).sku),
        };
        let pct: Percent = decimal(i64::from(number % 900), 2);
        Tier { scope, min_qty: decimal(i64::from(step), 0), pct }
    };
    let freight = |number: u32| {
        // Ranges of a thousand CEPs side by side; every tenth has a narrow one inside.
        let (start, width) = if number.is_multiple_of(10) {
            (number * 1_000 + 100, 10)
        } else {
            (number * 1_000, 1_000)
        };
        let cep = |number: u32| format!("{number:08}").parse().unwrap();
        FreightRule {
            area: FreightArea::Ceps { cep_from: cep(start), cep_to: cep(start + width - 1) },
            base: decimal(4_000, 2),
            per_kg: decimal(5, 2),
            included_kg: decimal(500, 0),
            truck_kg: Some(decimal(4_000, 0)),
            truck_m3: None,
            free_above: None,
        }
    };
    let everywhere = FreightRule {
        area: FreightArea::Ceps {
            cep_from: "00000000".parse().unwrap(),
            cep_to: "99999999".parse().unwrap(),
        },
        ..freight(1)
    };
    let freight =
        (0..rules.saturating_sub(1)).map(freight).chain((rules > 0).then_some(everywhere));
    PriceBookData {
        tiers: (0..rules).map(tier).collect(),
        freight: freight.collect(),
        payment: vec![PaymentTerm {
            method: PaymentMethod::Pix,
            installments: None,
            pct: decimal(-5, 0),
        }],
        ..PriceBookData::default()
    }
}

/// Half away from zero, for amounts that are not negative.
fn div_round(value: i128, by: i128) -> i128 {
    (value + by / 2) / by
}

/// What the lines come to with 5 % off, and the margin in hundredths of a percent.
fn price_centavos(lines: &[FloorLine]) -> (i128, i128) {
    let (mut subtotal, mut cost) = (0, 0);
    for line in lines {
        let gross = div_round(line.price * line.qty, MILLION * 10_000);
        let discount = div_round(gross * line.pct, MILLION * 100);
        subtotal += gross - discount;
        cost += div_round(line.cost * line.qty, MILLION * 10_000);
    }
    let due = subtotal - div_round(subtotal * 5, 100);
    (due, (due - cost) * 10_000 / due)
}

/// The times of one call each: the fastest of forty rounds, in which they take turns,
/// so that whatever else the machine does meets all of them alike.
fn times<const N: usize>(mut calls: [&mut dyn FnMut(); N]) -> [Duration; N] {
    const CALLS: u32 = 1_000;
    let mut fastest = [Duration::MAX; N];
    for _ in 0..40 {
        for (call, fastest) in calls.iter_mut().zip(&mut fastest) {
            let start = Instant::now();
            (0..CALLS).for_each(|_| call());
            *fastest = (*fastest).min(start.elapsed() / CALLS);
        }
    }
    fastest
}

fn print_ratios() {
    println!("lines  rules     floor      quote  ratio  with trace  ratio     review");
    for lines in LINES {
        for rules in RULES {
            let bench = Bench::new(lines, rules);
            let (quote, settings) = (bench.quote(), Rules::default());
            let [floor, plain, traced, reviewed] = times([
                &mut || assert_eq!(price_centavos(black_box(&bench.floor)).0, bench.total),
                &mut || {
                    black_box(bench.quote());
                },
                &mut || {
                    black_box(bench.quote().trace());
                },
                &mut || {
                    black_box(review(&quote, &bench.order, &settings));
                },
            ]);
            let ratio = |time: Duration| time.as_nanos() * 10 / floor.as_nanos().max(1);
            let tenths = |ratio: u128| format!("{}.{}", ratio / 10, ratio % 10);
            println!(
                "{lines:>5} {rules:>6} {:>6} ns {:>7} ns {:>6} {:>8} ns {:>6} {:>7} ns",
                floor.as_nanos(),
                plain.as_nanos(),
                tenths(ratio(plain)),
                traced.as_nanos(),
                tenths(ratio(traced)),
                reviewed.as_nanos(),
            );
        }
    }
}

fn price(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("price");
    for lines in LINES {
        group.throughput(Throughput::Elements(lines as u64));
        for rules in RULES {
            let bench = Bench::new(lines, rules);
            let id = |name: &str| BenchmarkId::new(format!("{name}/{lines}-lines"), rules);
            group.bench_function(id("floor"), |b| {
                b.iter(|| assert_eq!(price_centavos(black_box(&bench.floor)).0, bench.total));
            });
            group.bench_function(id("quote"), |b| {
                b.iter(|| assert_eq!(bench.quote().due().centavos(), bench.total));
            });
            group.bench_function(id("quote-and-trace"), |b| {
                b.iter(|| assert!(bench.quote().trace().steps.len() >= lines));
            });
            let quote = bench.quote();
            let settings = Rules { max_auto_total: Some(Money::ZERO), ..Rules::default() };
            group.bench_function(id("review"), |b| {
                b.iter(|| assert!(!review(&quote, &bench.order, &settings).reasons().is_empty()));
            });
        }
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    if !std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        print_ratios();
    }
    price(&mut criterion);
    criterion.final_summary();
}
