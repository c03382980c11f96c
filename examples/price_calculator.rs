//! Prices an order on the terminal of a store, with the core alone.
//!
//! ```text
//! cargo run -p orcazap-examples --example price_calculator -- CIM=30 ARE=0.5 --bairro Centro --pay pix
//! ```

#![expect(clippy::print_stdout, reason = "it prints to the terminal")]

use std::error::Error;

use orcazap_core::order::{OrderItem, PaymentMethod};
use orcazap_core::pricing::{Overrides, PriceBookData, explain_to_store};
use orcazap_core::{
    Bairro, Catalog, Cep, Decision, Language, Order, Payment, Place, PriceBook, Product, Rules,
    quote, review,
};

/// A small store: three products, and the rules they are priced by.
const PRODUCTS: &str = r#"[
    {"sku": "CIM", "name": "Cimento CP II 50 kg", "category": "Básico", "unit": "saco",
     "price": "42.90", "cost": "35.10", "weight": "50", "step": "1"},
    {"sku": "ARE", "name": "Areia média", "category": "Básico", "unit": "m3",
     "price": "130", "cost": "90", "weight": "1500", "step": "0.5"},
    {"sku": "TIJ", "name": "Tijolo baiano 8 furos", "category": "Alvenaria", "unit": "milheiro",
     "price": "890", "cost": "705", "weight": "2300", "step": "0.5"}]"#;
const RULES: &str = r#"{
    "version": 7,
    "tiers": [{"scope": "item", "key": "CIM", "min_qty": "20", "pct": "4"},
              {"scope": "store", "key": null, "min_qty": "50", "pct": "2"}],
    "payment": [{"method": "pix", "pct": "-3"},
                {"method": "credit_card", "installments": 3, "pct": "2.5"}],
    "points": [{"sku": "ARE", "qty": "0.5", "price": "75.00"}],
    "freight": [{"bairro": "Centro", "base": "35", "per_kg": "0.02", "included_kg": "500",
                 "truck_kg": "4000", "free_above": "3000"},
                {"cep_from": "01000000", "cep_to": "01999999", "base": "60", "per_kg": "0.03",
                 "included_kg": "500", "truck_kg": "4000"}]}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let order = if arguments.is_empty() { example()? } else { order(&arguments)? };

    let catalog = Catalog::new(serde_json::from_str::<Vec<Product>>(PRODUCTS)?)?;
    let book = PriceBook::new(serde_json::from_str::<PriceBookData>(RULES)?)?;
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-26T09:00:00-03:00")?;
    let quote = quote(&order, &Overrides::default(), &catalog, &book, now)?;
    println!("{}", explain_to_store(&quote.trace(), Language::Portuguese));

    let rules = Rules { min_margin_pct: Some("15".parse()?), ..Rules::default() };
    match review(&quote, &order, &rules) {
        Decision::Auto => println!("→ goes out by itself"),
        Decision::Ask(reasons) => {
            let codes: Vec<&str> = reasons.iter().map(orcazap_core::Reason::code).collect();
            println!("→ a person must look: {}", codes.join(", "));
        }
    }
    Ok(())
}

/// Thirty bags of cement and half a metre of sand to the centre, by Pix.
fn example() -> Result<Order, Box<dyn Error>> {
    order(&["CIM=30", "ARE=0.5", "--bairro", "Centro", "--pay", "pix"].map(str::to_owned))
}

fn order(arguments: &[String]) -> Result<Order, Box<dyn Error>> {
    let mut order = Order::default();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--pickup" => order.place = Some(Place::Pickup),
            "--bairro" => order.place = Some(Place::from(value()?.parse::<Bairro>()?)),
            "--cep" => order.place = Some(Place::from(value()?.parse::<Cep>()?)),
            "--pay" => order.payment = Some(payment(value()?)?),
            item => {
                let (sku, qty) = item.split_once('=').ok_or("an item looks like CIM=30")?;
                order.items.push(OrderItem::new(sku.parse()?, qty.parse()?));
            }
        }
    }
    Ok(order)
}

/// `pix`, `cash`, …, or `credit_card:3` for three instalments.
fn payment(text: &str) -> Result<Payment, Box<dyn Error>> {
    let (code, installments) = text.split_once(':').map_or((text, None), |(c, n)| (c, Some(n)));
    let method = PaymentMethod::ALL.iter().copied().find(|method| method.code() == code);
    let method = method.ok_or_else(|| format!("{code} is no way of paying"))?;
    match installments {
        Some(times) if method == PaymentMethod::CreditCard => {
            Ok(Payment::by_card_in(times.parse()?))
        }
        Some(_) => Err(format!("{code} is not paid in instalments").into()),
        None => Ok(Payment::by(method)),
    }
}
