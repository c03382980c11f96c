//! Receives WhatsApp messages and answers each with its own words.
//!
//! ```text
//! cargo run -p orcazap-examples --example echo_bot
//! ```
//!
//! The platform is the stand-in, so nothing needs to be set up: a customer
//! writes, the bot's real webhook gets it, signed, and the answer goes out
//! through the real client. For the real platform take its address, your app
//! secret, your token, and a public https address for the webhook.

use std::io::Write;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use orcazap_whatsapp::graph_sim::{Customer, CustomerMessage, GraphSim, GraphSimConfig, SimNumber};
use orcazap_whatsapp::send::Text;
use orcazap_whatsapp::webhook::{MessageKind, SIGNATURE_HEADER, Update, parse, verify_signature};
use orcazap_whatsapp::{Client, ClientConfig, Message, Request};

const APP_SECRET: &str = "the secret of your app";
const TOKEN: &str = "the access token of your number";

async fn webhook(State(client): State<Client>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get(SIGNATURE_HEADER).and_then(|value| value.to_str().ok());
    if verify_signature(&[APP_SECRET.into()], &body, signature).is_err() {
        return StatusCode::UNAUTHORIZED;
    }
    // A real bot stores the updates, answers 200, and works on them afterwards.
    for update in parse(&body).unwrap_or_default() {
        let Update::Message(message) = update else { continue };
        let (MessageKind::Text { body }, Some(to), Some(from)) =
            (message.kind, message.customer.contact, message.origin.phone_number_id)
        else {
            continue;
        };
        let request = Request::new(to, Message::Text(Text::cut(&body)));
        if let Err(error) = client.send(&from, &TOKEN.into(), &request).await {
            // Answering anything but 200 makes the platform send the webhook again.
            let _ = writeln!(std::io::stderr(), "not sent: {error}");
        }
    }
    StatusCode::OK
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let number = SimNumber {
        id: "106540352242922".parse()?,
        account_id: "102290129340398".parse()?,
        display: "551140028922".to_owned(),
        token: TOKEN.into(),
    };
    let store = number.id.clone();
    let sim = GraphSim::start(GraphSimConfig::new(APP_SECRET.into()).with_number(number)).await?;
    let client = Client::new(&ClientConfig::new(sim.base_url()))?;

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    sim.set_webhook(format!("http://{}/webhook", listener.local_addr()?).parse()?);
    let bot = axum::Router::new().route("/webhook", post(webhook)).with_state(client);
    tokio::spawn(async move { axum::serve(listener, bot).await });

    let ana = Customer::new("5511987654321".parse()?, "Ana");
    let hello = CustomerMessage::Text("Bom dia! Tem cimento?".to_owned());
    sim.customer_sends(&store, &ana, hello).await?;
    for answer in sim.wait_sent(1).await {
        writeln!(std::io::stdout(), "the bot answered: {}", answer.words())?;
    }
    Ok(())
}
