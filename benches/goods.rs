//! The goods of the stores that reading is measured with.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up has nothing to measure")]
#![expect(clippy::missing_panics_doc, reason = "as above")]

use orcazap_core::catalog::csv;
use orcazap_core::{Catalog, Product, Unit};

/// The products of the shared catalogue.
#[must_use]
pub fn shared() -> Vec<Product> {
    csv::parse(include_bytes!("../orcazap-core/tests/corpus/catalog.csv")).unwrap()
}

/// The kinds of goods of which a large store has more than the shared catalogue.
pub const KINDS: [&str; 8] =
    ["torneira", "piso", "tinta", "registro", "luminaria", "fechadura", "disco", "chave"];

/// The shared catalogue and, up to `count` products, others of its kinds in
/// finishes and models of their own, as a large store has them: each kind is an
/// eighth of them, each model and its size a fortieth.
#[must_use]
pub fn generated(count: usize) -> Catalog {
    let mut products = shared();
    let mut number = 0;
    while products.len() < count {
        let kind = KINDS.get(number % KINDS.len()).unwrap();
        let (line, size) = (number / 40, number % 40);
        let name =
            format!("{kind} linha {} modelo {} {}mm", syllables(line), model(size), 10 + size);
        let sku = format!("G-{number}").parse().unwrap();
        products.push(Product::new(sku, name, Unit::Piece, "10".parse().unwrap()));
        number += 1;
    }
    products.truncate(count);
    Catalog::new(products).unwrap()
}

/// The model of a generated product of `10 + size` millimetres.
#[must_use]
pub fn model(size: usize) -> String {
    syllables(size + 7)
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
