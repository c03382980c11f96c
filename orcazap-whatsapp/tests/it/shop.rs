//! A store with a few products and rules, to say things about.

use chrono::{DateTime, FixedOffset};
use orcazap_core::conversation::{Offer, QuoteNumber, QuoteRef};
use orcazap_core::order::{Order, OrderItem};
use orcazap_core::pricing::{Overrides, PriceBook, PriceBookData, quote};
use orcazap_core::{Catalog, Product, Unit};
use serde_json::json;

pub(crate) fn now() -> DateTime<FixedOffset> {
    "2026-11-26T15:00:00-03:00".parse().unwrap()
}

pub(crate) fn quote_ref() -> QuoteRef {
    QuoteRef { number: QuoteNumber(1042), revision: 1 }
}

fn catalog() -> Catalog {
    let product = |sku: &str, name: &str, unit, price: &str| {
        Product::new(sku.parse().unwrap(), name, unit, price.parse().unwrap())
    };
    Catalog::new(vec![
        product("TIJ-8F", "Tijolo Baiano 8 Furos 9*19*29", Unit::Piece, "0.95"),
        product("CIM-CP2-50", "Cimento CP II-E-32 50kg", Unit::Bag, "39.90"),
        product("ARE-MED", "Areia Média Lavada", Unit::CubicMeter, "145"),
        product("PAR-35", "Parafuso 3,5x25", Unit::Piece, "0.0345"),
    ])
    .unwrap()
}

fn book() -> PriceBook {
    let data: PriceBookData = serde_json::from_value(json!({
        "version": 7,
        "tiers": [{ "scope": "item", "key": "TIJ-8F", "min_qty": "500", "pct": "5" }],
        "payment": [
            { "method": "pix", "pct": "-5" },
            { "method": "credit_card", "installments": 3, "pct": "4.5" },
        ],
        "freight": [{
            "bairro": "Centro", "base": "80", "per_kg": "0", "included_kg": "0",
            "free_above": "5000.00",
        }],
        "points": [],
        "validity_hours": 48,
    }))
    .unwrap();
    PriceBook::new(data).unwrap()
}

/// An offer with a line for each name, a few sacks of each.
pub(crate) fn long_offer(names: &[String]) -> Offer {
    let sku = |at: usize| format!("P-{at}").parse::<orcazap_core::Sku>().unwrap();
    let product = |(at, name): (usize, &String)| {
        Product::new(sku(at), name.as_str(), Unit::Bag, "39.90".parse().unwrap())
    };
    let catalog = Catalog::new(names.iter().enumerate().map(product).collect()).unwrap();
    let line = |at| OrderItem::new(sku(at), "12".parse().unwrap());
    let order: Order = serde_json::from_value(json!({
        "items": [],
        "place": { "bairro": "Centro" },
        "payment": { "method": "pix" },
    }))
    .unwrap();
    let order = Order { items: (0..names.len()).map(line).collect(), ..order };
    let quote = quote(&order, &Overrides::default(), &catalog, &book(), now()).unwrap();
    Offer { quote_ref: quote_ref(), quote: Box::new(quote), order: Box::new(order) }
}

/// An offer for items written as `500 TIJ-8F`, with the rest of the order as JSON.
pub(crate) fn offer(items: &[&str], rest: serde_json::Value) -> Offer {
    let item = |text: &&str| {
        let (qty, sku) = text.split_once(' ').unwrap();
        OrderItem::new(sku.parse().unwrap(), qty.parse().unwrap())
    };
    let mut order = rest;
    order["items"] = json!([]);
    let order: Order = serde_json::from_value(order).unwrap();
    let order = Order { items: items.iter().map(item).collect(), ..order };
    let quote = quote(&order, &Overrides::default(), &catalog(), &book(), now()).unwrap();
    Offer { quote_ref: quote_ref(), quote: Box::new(quote), order: Box::new(order) }
}
