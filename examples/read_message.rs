//! Reads one message with the core alone and prints what was understood, with the
//! words that each finding was read from.
//!
//! `cargo run -p orcazap-examples --example read_message -- "2 sacos de cimento no pix"`

#![expect(clippy::print_stdout, reason = "the reading is what this program is for")]

use std::error::Error;

use orcazap_core::{Catalog, Product, Unit, read};

const MESSAGE: &str = "bom dia, me vê 10 sacos de cimento e 500 tijolos, \
                       entrega amanhã no 13040-120, pago no pix";

fn main() -> Result<(), Box<dyn Error>> {
    let text = std::env::args().nth(1).unwrap_or_else(|| MESSAGE.to_owned());
    let catalog = Catalog::new(vec![
        product("CIM-50", "Cimento CP II 50 kg", Unit::Bag, "39.90", "cimento")?,
        product("TIJ-6F", "Tijolo cerâmico 6 furos", Unit::Piece, "0.92", "tijolo")?,
        product("TIJ-8F", "Tijolo cerâmico 8 furos", Unit::Piece, "1.18", "tijolo")?,
    ])?;
    let now = "2026-03-10T09:00:00-03:00".parse()?;

    let reading = read(&text, &catalog, now);
    println!("intent    {:?}", reading.intent);
    for item in &reading.items {
        let qty = item.qty.map_or("?".to_owned(), |qty| qty.to_string());
        let words = text.get(item.evidence.span.start..item.evidence.span.end);
        println!("item      {qty} × {} ← {:?}", item.sku, words.unwrap_or_default());
    }
    for open in &reading.ambiguous {
        let skus: Vec<_> = open.ask.skus.iter().map(ToString::to_string).collect();
        println!("which?    {:?}: {}", open.ask.text, skus.join(" or "));
    }
    for unknown in &reading.unknown {
        println!("unknown   {:?}", unknown.ask.text);
    }
    println!("place     {:?}", reading.place);
    println!("payment   {:?}", reading.payment);
    println!("delivery  {:?}", reading.delivery);
    Ok(())
}

fn product(
    sku: &str,
    name: &str,
    unit: Unit,
    price: &str,
    alias: &str,
) -> Result<Product, Box<dyn Error>> {
    let mut product = Product::new(sku.parse()?, name, unit, price.parse()?);
    product.aliases = vec![alias.to_owned()];
    Ok(product)
}
