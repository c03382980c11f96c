//! Prices an order on the terminal of a store, with the core alone.
//!
//! ```text
//! cargo run -p orcazap-examples --example price_calculator -- CIM=30 ARE=0.5 --bairro Centro --pay pix
//! ```
//!
//! Without arguments it prices just that.

#![expect(clippy::print_stdout, reason = "it prints to the terminal")]

use std::error::Error;
use std::process::ExitCode;

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

const USAGE: &str = "\
usage: price_calculator [CIM=30] [ARE=0.5] [TIJ=1] …
                        [--pickup | --bairro Centro | --cep 01310100]
                        [--pay pix | --pay credit_card:3 | …]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\n\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let order = if arguments.is_empty() { example()? } else { order(arguments)? };

    let catalog = Catalog::new(serde_json::from_str::<Vec<Product>>(PRODUCTS)?)?;
    let book = PriceBook::new(serde_json::from_str::<PriceBookData>(RULES)?)?;
    // A morning that does not pass, so that whoever runs it sees the same.
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-26T09:00:00-03:00")?;
    let quote = quote(&order, &Overrides::default(), &catalog, &book, now)?;
    println!("{}", explain_to_store(&quote.trace(), Language::Portuguese));

    let rules = Rules { min_margin_pct: Some("15".parse()?), ..Rules::default() };
    match review(&quote, &order, &rules) {
        Decision::Auto => println!("→ goes out by itself"),
        Decision::Ask(reasons) => {
            println!("→ a person must look:");
            for reason in reasons {
                let told = reason.explain(Language::Portuguese, |sku| sku.to_string());
                println!("  {}: {}", told.title, told.detail);
            }
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
    let method = method.ok_or_else(|| {
        let ways: Vec<&str> = PaymentMethod::ALL.iter().map(|method| method.code()).collect();
        format!("{code} is no way of paying; there are {}", ways.join(", "))
    })?;
    match installments {
        Some(times) if method == PaymentMethod::CreditCard => {
            Ok(Payment::by_card_in(times.parse()?))
        }
        Some(_) => Err(format!("{code} is not paid in instalments").into()),
        None => Ok(Payment::by(method)),
    }
}
