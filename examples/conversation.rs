//! A conversation in memory: a scripted customer, the assistant, and a caller that
//! carries out effects by printing them.
//!
//! `cargo run -p orcazap-examples --example conversation`

#![expect(clippy::print_stdout, reason = "the dialogue is what this program is for")]

use std::error::Error;

use orcazap_core::conversation::{AskFor, Policy, QuoteNumber, State, advance};
use orcazap_core::pricing::{PaymentTerm, PriceBookData};
use orcazap_core::{
    Catalog, Conversation, Effect, Event, Language, PaymentMethod, PriceBook, Product, Rules, Say,
    Shop, Unit,
};

const CUSTOMER: [&str; 5] = [
    "bom dia",
    "quero 10 sacos de cimento e 500 tijolos",
    "o de 8 furos",
    "retiro aí, no pix",
    "fechado",
];

fn main() -> Result<(), Box<dyn Error>> {
    let catalog = Catalog::new(vec![
        product("CIM-50", "Cimento CP II 50 kg", Unit::Bag, "39.90", "34.00", "cimento")?,
        product("TIJ-6F", "Tijolo cerâmico 6 furos", Unit::Piece, "0.92", "0.70", "tijolo")?,
        product("TIJ-8F", "Tijolo cerâmico 8 furos", Unit::Piece, "1.18", "0.90", "tijolo")?,
    ])?;
    let pix = PaymentTerm { method: PaymentMethod::Pix, installments: None, pct: "-5".parse()? };
    let book = PriceBook::new(PriceBookData { payment: vec![pix], ..PriceBookData::default() })?;
    let (rules, policy) = (Rules::default(), Policy::default());
    let shop = Shop { catalog: &catalog, book: &book, rules: &rules, policy: &policy };

    let now = "2026-03-10T09:00:00-03:00".parse()?;
    let mut talk = Conversation::new(QuoteNumber(1042));
    for words in CUSTOMER {
        println!("customer   {words}");
        let next = || QuoteNumber(talk.number.0 + 1);
        for step in advance(&talk, Event::text(words, now), &shop, now, next)? {
            // A server stores each conversation and its effects in one transaction.
            talk = step.conversation;
            step.effects.iter().for_each(carry_out);
        }
    }
    assert!(matches!(talk.state, State::Won { .. }), "ended {}", talk.state.code());
    Ok(())
}

fn product(
    sku: &str,
    name: &str,
    unit: Unit,
    price: &str,
    cost: &str,
    alias: &str,
) -> Result<Product, Box<dyn Error>> {
    let mut product = Product::new(sku.parse()?, name, unit, price.parse()?);
    product.cost = Some(cost.parse()?);
    product.aliases = vec![alias.to_owned()];
    Ok(product)
}

fn carry_out(effect: &Effect) {
    match effect {
        Effect::Say { say, .. } => println!("assistant  {}", words(say)),
        Effect::PlaceOrder { quote_ref, .. } => println!("           (order {quote_ref} placed)"),
        Effect::RecordQuote { offer, .. } => println!("           ({} kept)", offer.quote_ref),
        // Queues, timers and the rest are for a caller with a database.
        _ => {}
    }
}

/// The words of a message are the caller's: the core says what, not how.
fn words(say: &Say) -> String {
    match say {
        Say::Welcome { .. } => "Olá! Mande sua lista de materiais.".to_owned(),
        Say::Ask { ask } => question(ask),
        Say::Quote { offer, .. } => {
            format!("Fica {}. Podemos fechar?", Language::Portuguese.money(offer.quote.total()))
        }
        Say::Accepted { total, .. } => {
            format!("Pedido fechado: {}. Obrigado!", Language::Portuguese.money(*total))
        }
        other => format!("({})", other.code()),
    }
}

fn question(ask: &AskFor) -> String {
    let mut asks: Vec<String> = ask
        .choices
        .iter()
        .map(|choice| {
            let labels: Vec<_> =
                choice.choices.iter().map(|choice| choice.label.as_str()).collect();
            format!("{}: {}?", choice.text, labels.join(" ou "))
        })
        .collect();
    asks.extend(ask.place.map(|_| "Entrega onde, ou retira?".to_owned()));
    asks.extend(ask.payment.then(|| "Como vai pagar?".to_owned()));
    asks.join(" ")
}
