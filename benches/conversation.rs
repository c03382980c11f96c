//! What `step` costs: a greeting, a typical order that is read, priced and
//! reviewed, and a yes; and how many times as much that is as the whole-number loop
//! over the lines of that order, which neither reads nor talks. The ratios are printed
//! first.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that cannot be set up has nothing to measure, and it prints"
)]

use std::hint::black_box;

use criterion::Criterion;
use orcazap_benches::{Floor, is_measured, ratio, times};
use orcazap_core::conversation::{Policy, QuoteNumber};
use orcazap_core::{
    Catalog, Conversation, Event, PriceBook, Product, Rules, Shop, Step, Unit, step,
};

const TYPICAL: &str =
    "bom dia, quero 10 sacos de cimento e 500 tijolos de 8 furos, retiro aí, no pix";

fn product(sku: &str, name: &str, unit: Unit, aliases: &[&str]) -> Product {
    let mut product = Product::new(sku.parse().unwrap(), name, unit, "12.50".parse().unwrap());
    product.cost = Some("9.00".parse().unwrap());
    product.aliases = aliases.iter().map(|&alias| alias.to_owned()).collect();
    product
}

/// The products the messages name, among many others.
fn catalog() -> Catalog {
    let others =
        (0..500).map(|n| product(&format!("P-{n}"), &format!("Peça modelo {n}"), Unit::Piece, &[]));
    let named = [
        product("CIM", "Cimento CP II 50 kg", Unit::Bag, &["cimento"]),
        product("TIJ-6F", "Tijolo cerâmico 6 furos", Unit::Piece, &["tijolo"]),
        product("TIJ-8F", "Tijolo cerâmico 8 furos", Unit::Piece, &["tijolo"]),
    ];
    Catalog::new(named.into_iter().chain(others).collect()).unwrap()
}

fn main() {
    let catalog = catalog();
    let book = PriceBook::new(orcazap_core::pricing::PriceBookData::default()).unwrap();
    let (rules, policy) = (Rules::default(), Policy::default());
    let shop = Shop { catalog: &catalog, book: &book, rules: &rules, policy: &policy };
    let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
    let give = |talk: &Conversation, words: &str| -> Step {
        step(black_box(talk), Event::text(words, now), &shop, now).unwrap()
    };

    let new = Conversation::new(QuoteNumber(1));
    let quoted = give(&new, TYPICAL).conversation;
    let cases = [
        ("greeting", &new, "bom dia", "new"),
        ("typical", &new, TYPICAL, "quoted"),
        ("accept", &quoted, "fechado", "won"),
    ];
    if is_measured() {
        let offer = quoted.state.offer().unwrap();
        let (floor, due) = (Floor::of(&offer.quote), offer.quote.due().centavos());
        println!("step         floor       time  ratio");
        for (case, talk, words, _) in cases {
            let [floor, step] = times(
                100,
                [&mut || assert_eq!(black_box(&floor).price().0, due), &mut || {
                    black_box(give(talk, words));
                }],
            );
            let (nanos, ratio) = (step.as_nanos(), ratio(step, floor));
            println!("{case:<10} {:>4} ns {nanos:>7} ns {ratio:>6}", floor.as_nanos());
        }
    }
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("step");
    for (case, talk, words, then) in cases {
        group.bench_function(case, |bench| {
            bench.iter(|| {
                let done = give(talk, words);
                assert_eq!(done.conversation.state.code(), then);
                done
            });
        });
    }
    group.finish();
    criterion.final_summary();
}
