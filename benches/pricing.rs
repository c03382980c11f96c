//! What pricing an order costs, against the same arithmetic on whole centavos.
//!
//! The [`Floor`] is the least that any program must do: its lines are resolved and their
//! prices and rates looked up beforehand. `quote` is the real thing: it finds products,
//! price lists, fixed prices, tiers and the freight rule, keeps the rule behind each
//! figure, and checks every amount. `review` then decides whether it goes out by itself.
//! The ratios are printed first.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops where its set-up is wrong, and prints"
)]

use std::hint::black_box;

use chrono::{DateTime, TimeDelta};
use criterion::{BenchmarkId, Criterion, Throughput};
use orcazap_benches::{Floor, is_measured, ratio, times};
use orcazap_core::catalog::Weight;
use orcazap_core::order::{Buyer, OrderItem, PaymentMethod};
use orcazap_core::pricing::{
    FreightArea, FreightRule, ListScope, Overrides, PaymentTerm, PriceBookData, PriceList,
    PricePoint, Tier, TierScope,
};
use orcazap_core::{
    Catalog, Cep, Money, Order, Payment, Percent, Place, PriceBook, Product, Quantity, Quote,
    Rules, Unit, UnitPrice, quote, review,
};
use rust_decimal::Decimal;

const PRODUCTS: u32 = 700;
const LINES: [usize; 3] = [1, 10, 100];

/// A store, an order, and what it comes to.
struct Bench {
    catalog: Catalog,
    book: PriceBook,
    order: Order,
    floor: Floor,
    due: i128,
}

/// What there are so many of: tiers and freight rules, or also fixed prices and prices
/// in lists.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kinds {
    Plain,
    Listed,
}

impl Kinds {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "tiers-and-freight",
            Self::Listed => "and-lists-and-points",
        }
    }
}

/// Every book that is measured. A hundred rules name few of the products; a thousand
/// name each, so that from there on only the number grows.
fn books() -> impl Iterator<Item = (Kinds, u32)> {
    let plain = [0, 100, 10_000].map(|rules| (Kinds::Plain, rules));
    plain.into_iter().chain([100, 1_000, 10_000].map(|rules| (Kinds::Listed, rules)))
}

impl Bench {
    fn new(lines: usize, kinds: Kinds, rules: u32) -> Self {
        let catalog = Catalog::new((0..PRODUCTS).map(product).collect()).unwrap();
        let mut data = book(rules);
        if kinds == Kinds::Listed {
            data.points = (0..rules).map(point).collect();
            data.lists = (0..rules / 10).map(list).collect();
        }
        let book = PriceBook::new(data).unwrap();
        let item = |line: usize| {
            let number = u32::try_from(line).unwrap() * 6_007 % PRODUCTS;
            OrderItem::new(product(number).sku, decimal(1_500 + line as i64 * 250, 3))
        };
        let order = Order {
            items: (0..lines).map(item).collect(),
            place: Some(Place::from("01310100".parse::<Cep>().unwrap())),
            payment: Some(Payment::by(PaymentMethod::Pix)),
            buyer: Some(Buyer { customer: Some("7".to_owned()), group: Some(group(0)) }),
            ..Order::default()
        };
        let quote = price(&order, &catalog, &book);
        let (floor, due) = (Floor::of(&quote), quote.due().centavos());
        assert_eq!(floor.price().0, due);
        assert_eq!(quote.freight().is_some(), rules > 0);
        let ruled = quote.lines().iter().filter(|line| line.tier().is_some()).count();
        assert_eq!(ruled > 0, rules > 0);
        Self { catalog, book, order, floor, due }
    }

    fn quote(&self) -> Quote {
        price(&self.order, &self.catalog, &self.book)
    }
}

fn price(order: &Order, catalog: &Catalog, book: &PriceBook) -> Quote {
    let now = DateTime::UNIX_EPOCH.fixed_offset();
    quote(order, &Overrides::default(), catalog, book, now).unwrap()
}

fn decimal<T: TryFrom<String>>(mantissa: i64, places: u32) -> T {
    T::try_from(Decimal::new(mantissa, places).to_string()).ok().unwrap()
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

/// The key of a group of customers.
fn group(number: u32) -> String {
    format!("grupo-{number}")
}

/// A fixed price. Nobody orders so little: every line looks, and finds none.
fn point(number: u32) -> PricePoint {
    PricePoint {
        sku: product(number % PRODUCTS).sku,
        qty: decimal(i64::from(number / PRODUCTS) + 1, 6),
        price: decimal(1, 2),
    }
}

/// A list of ten prices for a month and one of seven groups.
fn list(number: u32) -> PriceList {
    let first = number * 10 % PRODUCTS;
    let prices = (first..first + 10).map(product).map(|product| (product.sku, product.price));
    let month = TimeDelta::days(i64::from(number * 10 / PRODUCTS) * 30);
    let from = DateTime::UNIX_EPOCH.date_naive() + month;
    PriceList {
        name: format!("Tabela {number}"),
        scope: ListScope::Group(group(number % 7)),
        from: Some(from),
        until: Some(from + TimeDelta::days(29)),
        prices: prices.collect(),
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

fn print_ratios() {
    println!(
        "                                                    quote          with trace             review"
    );
    println!(
        "lines  rules of each kind              floor       time ratio       time ratio       time ratio"
    );
    for lines in LINES {
        for (kinds, rules) in books() {
            let bench = Bench::new(lines, kinds, rules);
            let (quote, settings) = (bench.quote(), Rules::default());
            let [floor, plain, traced, reviewed] = times(
                1_000,
                [
                    &mut || assert_eq!(black_box(&bench.floor).price().0, bench.due),
                    &mut || {
                        black_box(bench.quote());
                    },
                    &mut || {
                        black_box(bench.quote().trace());
                    },
                    &mut || {
                        black_box(review(&quote, &bench.order, &settings));
                    },
                ],
            );
            print!("{lines:>5} {rules:>6} {:<20} {:>6} ns", kinds.name(), floor.as_nanos());
            for time in [plain, traced, reviewed] {
                print!(" {:>7} ns {:>5}", time.as_nanos(), ratio(time, floor));
            }
            println!();
        }
    }
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("price");
    for lines in LINES {
        group.throughput(Throughput::Elements(lines as u64));
        for (kinds, rules) in books() {
            let bench = Bench::new(lines, kinds, rules);
            let id = |name: &str| {
                BenchmarkId::new(format!("{name}/{lines}-lines/{}", kinds.name()), rules)
            };
            group.bench_function(id("floor"), |b| {
                b.iter(|| assert_eq!(black_box(&bench.floor).price().0, bench.due));
            });
            group.bench_function(id("quote"), |b| {
                b.iter(|| assert_eq!(bench.quote().due().centavos(), bench.due));
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
    if is_measured() {
        print_ratios();
    }
    bench(&mut criterion);
    criterion.final_summary();
}
