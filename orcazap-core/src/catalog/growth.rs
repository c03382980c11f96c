//! How the work of reading grows with the catalogue and with the message, told by counting
//! and not by a clock: how often postings are looked at.

use std::cell::Cell;

use crate::{Catalog, Product, Unit, read};

thread_local! {
    static LOOKS: Cell<u64> = const { Cell::new(0) };
}

/// Counts a look at a term in one chunk of the catalogue: at a product that is listed,
/// or at all bits of the chunk, which are taken at once.
pub(super) fn look() {
    LOOKS.with(|count| count.set(count.get() + 1));
}

/// How often reading a text looks at postings.
fn looks(text: &str, catalog: &Catalog) -> u64 {
    LOOKS.with(|count| count.set(0));
    let found = read(text, catalog, "2026-03-10T09:00:00-03:00".parse().unwrap());
    assert!(!found.ambiguous.is_empty() || !found.unknown.is_empty(), "{text}: {found:?}");
    LOOKS.with(Cell::take)
}

/// A catalogue in which each kind of goods is a quarter of the products.
fn catalog(count: usize) -> Catalog {
    let kinds = ["Torneira", "Piso", "Fechadura", "Luminaria"];
    let product = |at: usize| {
        let (kind, line, size) = (kinds[at % 4], at / 40, 10 + at % 40);
        // Letters, or a line's number would be one more size that the messages' numbers find.
        let line: String = line.to_string().bytes().map(|digit| char::from(digit + 50)).collect();
        let name = format!("{kind} linha z{line}k modelo q{size}z {size}mm");
        Product::new(format!("P-{at}").parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
    };
    Catalog::new((0..count).map(product).collect()).unwrap()
}

#[test]
fn fifty_times_the_products_are_nowhere_near_fifty_times_the_work() {
    const FACTOR: usize = 50;
    let (small, large) = (catalog(200), catalog(200 * FACTOR));
    for (text, most) in [
        // What a quarter of all products are.
        ("2 torneira", 1),
        ("2 torneyra", 1),
        // That no product is two of these, or sold so, is seen when every chunk of 2048
        // products has been looked at.
        ("2 torneira, 3 piso, 4 fechadura, 5 luminaria e 2 torneira", 6),
        ("2 torneira q11z 12mm", 12),
        ("2 sacos de torneira", 12),
    ] {
        let (few, many) = (looks(text, &small), looks(text, &large));
        #[expect(clippy::cast_precision_loss, reason = "only shown")]
        let exponent = (many as f64 / few as f64).ln() / (FACTOR as f64).ln();
        println!("{text:60} {few:>4} -> {many:>4} looks = products ^ {exponent:.2}");
        assert!(many <= few * most, "{text}: {few} -> {many}");
    }
}

/// Asks that name no kind of goods lean on each other; a row of them must not lean on
/// ever more words.
#[test]
fn a_message_four_times_as_long_is_about_four_times_the_work() {
    let catalog = catalog(200);
    for words in ["1 linha ", "5 linha e ", "2 torneira, "] {
        let (few, many) = (looks(&words.repeat(50), &catalog), looks(&words.repeat(200), &catalog));
        println!("{words:20} {few:>5} -> {many:>5} looks");
        assert!(many <= few * 5, "{words}: {few} -> {many}");
    }
}

/// A pipe is named again and again, in one of the many sizes in which pipes are made:
/// whether it comes in another is asked for all of them at once.
#[test]
fn a_number_is_compared_with_all_sizes_of_its_goods_at_once() {
    let product = |size: u32| {
        let (sku, name) = (format!("T-{size}").parse().unwrap(), format!("Tubo {size}mm"));
        Product::new(sku, name, Unit::Piece, "1".parse().unwrap())
    };
    let made = [20, 25, 32, 40, 50, 60, 75, 85, 100, 150, 200, 250, 300];
    let catalog = Catalog::new(made.map(product).to_vec()).unwrap();
    let looks = looks(&"cano de 100 ".repeat(100), &catalog);
    println!("{looks} looks");
    assert!(looks <= 100 * 100, "each number at some words and sizes, and not at each of both");
}
