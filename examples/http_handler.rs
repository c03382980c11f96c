//! The core behind an HTTP handler of ten lines: a message in, what to say out.
//!
//! ```text
//! cargo run -p orcazap-examples --example http_handler
//! curl -d '10 sacos de cimento, retiro aí, no pix' localhost:3000
//! curl -d 'fechado' localhost:3000
//! ```
//!
//! The first `curl`, in another terminal, gets the quote, and the second the order. All
//! who call share one conversation; a real program keeps one for each contact, and
//! carries out the effects that it gets back. Another address to listen on may be given
//! as its argument.

#![expect(clippy::print_stdout, reason = "it says where it listens")]

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use chrono::FixedOffset;
use orcazap_core::conversation::{Policy, QuoteNumber, advance};
use orcazap_core::pricing::PriceBookData;
use orcazap_core::{Catalog, Conversation, Effect, Event, PriceBook, Product, Rules, Shop, Unit};

/// The offset of most of Brazil.
const BRASILIA: FixedOffset = match FixedOffset::east_opt(-3 * 60 * 60) {
    Some(offset) => offset,
    None => panic!("three hours are an offset"),
};

/// A store, and the one conversation this program holds.
struct App {
    catalog: Catalog,
    book: PriceBook,
    rules: Rules,
    policy: Policy,
    talk: Mutex<Conversation>,
}

/// The handler: read, price, review and answer, and keep the conversation.
async fn message(
    State(app): State<Arc<App>>,
    words: String,
) -> Result<Json<Vec<Effect>>, StatusCode> {
    let App { catalog, book, rules, policy, talk } = &*app;
    let mut talk = talk.lock().unwrap_or_else(PoisonError::into_inner);
    // The store's own clock: *amanhã* is a day there.
    let now = chrono::Utc::now().with_timezone(&BRASILIA);
    let shop = Shop { catalog, book, rules, policy };
    let next = || QuoteNumber(talk.number.0 + 1);
    let steps = advance(&talk, Event::text(words, now), &shop, now, next);
    let mut effects = Vec::new();
    for step in steps.map_err(|_| StatusCode::CONFLICT)? {
        *talk = step.conversation;
        effects.extend(step.effects);
    }
    Ok(Json(effects))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let price = "39.90".parse()?;
    let mut cement = Product::new("CIM-50".parse()?, "Cimento CP II 50 kg", Unit::Bag, price);
    cement.aliases = vec!["cimento".to_owned()];
    let app = Arc::new(App {
        catalog: Catalog::new(vec![cement])?,
        book: PriceBook::new(PriceBookData::default())?,
        rules: Rules { allow_unknown_cost: true, ..Rules::default() },
        policy: Policy::default(),
        talk: Mutex::new(Conversation::new(QuoteNumber(1))),
    });
    let router = Router::new().route("/", post(message)).with_state(app);
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:3000".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}
