//! What would a new discount have cost? Prices last week's orders by today's rules
//! and by a draft of tomorrow's, and prints what changes as a table.
//!
//! ```text
//! cargo run -p orcazap-examples --example what_if
//! ```

#![expect(clippy::print_stdout, reason = "it prints to the terminal")]

use std::error::Error;

use orcazap_core::order::OrderItem;
use orcazap_core::pricing::{DecisionChange, PriceBookData, Summary, Terms, what_if};
use orcazap_core::{Catalog, Language, Order, Place, PriceBook, Product, Rules};
use rust_decimal::Decimal;

const PRODUCTS: &str = r#"[
    {"sku": "CIM", "name": "Cimento CP II 50 kg", "category": "Básico", "unit": "saco",
     "price": "42.90", "cost": "35.10", "weight": "50", "step": "1"},
    {"sku": "TIJ", "name": "Tijolo baiano 8 furos", "category": "Alvenaria", "unit": "milheiro",
     "price": "890", "cost": "705", "weight": "2300", "step": "0.5"}]"#;
const TODAY: &str = r#"{"version": 7,
    "tiers": [{"scope": "item", "key": "CIM", "min_qty": "50", "pct": "4"}]}"#;
const TOMORROW: &str = r#"{"version": 8,
    "tiers": [{"scope": "item", "key": "CIM", "min_qty": "20", "pct": "5"},
              {"scope": "item", "key": "CIM", "min_qty": "50", "pct": "8"}]}"#;
/// Bags of cement and thousands of bricks of each order.
const ORDERS: [(&str, &str); 5] =
    [("10", "0.5"), ("20", "0"), ("35", "1"), ("60", "2.5"), ("120", "0")];

fn main() -> Result<(), Box<dyn Error>> {
    let catalog = Catalog::new(serde_json::from_str::<Vec<Product>>(PRODUCTS)?)?;
    let today = PriceBook::new(serde_json::from_str::<PriceBookData>(TODAY)?)?;
    let tomorrow = PriceBook::new(serde_json::from_str::<PriceBookData>(TOMORROW)?)?;
    let rules = Rules { min_margin_pct: Some("12".parse()?), ..Rules::default() };
    let terms = |book| Terms { catalog: &catalog, book, rules: &rules };
    let orders = ORDERS.iter().map(|order| pickup(*order)).collect::<Result<Vec<_>, _>>()?;
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-26T09:00:00-03:00")?;

    let changes = what_if(&orders, terms(&today), terms(&tomorrow), now);
    let changes = changes.into_iter().collect::<Result<Vec<_>, _>>()?;
    let money = |amount| Language::Portuguese.money(amount);
    println!(
        "{:>5}  {:>14}  {:>14}  {:>12}  {:>15}  decision",
        "order", "today", "tomorrow", "difference", "margin"
    );
    for (number, change) in changes.iter().enumerate() {
        let (before, after) = (&change.before.quote, &change.after.quote);
        println!(
            "{:>5}  {:>14}  {:>14}  {:>12}  {:>15}  {}",
            number + 1,
            money(before.total()),
            money(after.total()),
            money(change.difference()),
            margins(before.margin_pct(), after.margin_pct()),
            match change.decision() {
                DecisionChange::Same => "same",
                DecisionChange::NowAuto => "goes out by itself from now on",
                DecisionChange::NowAsks => "needs a person from now on",
                DecisionChange::OtherReasons => "needs a person for other reasons",
            }
        );
    }
    let sum = Summary::of(changes.iter());
    println!(
        "{:>5}  {:>14}  {:>14}  {:>12}  {:>15}",
        "sum",
        money(sum.total_before),
        money(sum.total_after),
        money(sum.total_after - sum.total_before),
        margins(sum.margin_pct_before, sum.margin_pct_after),
    );
    Ok(())
}

fn pickup((bags, thousands): (&str, &str)) -> Result<Order, Box<dyn Error>> {
    let mut items = Vec::new();
    for (sku, qty) in [("CIM", bags), ("TIJ", thousands)] {
        let item = OrderItem::new(sku.parse()?, qty.parse()?);
        if !item.qty.is_zero() {
            items.push(item);
        }
    }
    Ok(Order { items, place: Some(Place::Pickup), ..Order::default() })
}

fn margins(before: Option<Decimal>, after: Option<Decimal>) -> String {
    let text = |margin: Option<Decimal>| {
        margin.map_or("–".to_owned(), |pct| Language::Portuguese.percent(pct))
    };
    format!("{} → {}", text(before), text(after))
}
