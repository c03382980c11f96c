//! Runs the stand-in for the Graph API, for clients in any language.
//!
//! ```text
//! cargo run -p orcazap-examples --example graph_sim -- PORT WEBHOOK_URL
//! ```
//!
//! Sends go to `http://127.0.0.1:PORT/v26.0/106540352242922/messages` with the
//! token `sim-token`; webhooks come to `WEBHOOK_URL`, signed with `sim-secret`.
//! Each line typed is a message of a customer: words, or the JSON of a message.
//! What happens is printed, a line of JSON each. Ends with the input.

use std::io::Write;

use orcazap_whatsapp::graph_sim::{
    Customer, CustomerMessage, GraphSim, GraphSimConfig, SimEvent, SimNumber, SimTemplate,
};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let number = SimNumber {
        id: "106540352242922".parse()?,
        account_id: "102290129340398".parse()?,
        display: "551140028922".to_owned(),
        token: "sim-token".into(),
    };
    let store = number.id.clone();
    let mut config = GraphSimConfig::new("sim-secret".into()).with_number(number);
    config.port = arguments.next().map_or(Ok(0), |port| port.parse())?;
    config.templates.push(SimTemplate {
        name: "orcamento_pronto".to_owned(),
        language: "pt_BR".to_owned(),
        parameters: 1,
    });
    let sim = GraphSim::start(config).await?;
    if let Some(target) = arguments.next() {
        sim.set_webhook(target.parse()?);
    }
    show(&json!({ "listening": sim.base_url() }))?;

    let ana = Customer::new("5511987654321".parse()?, "Ana");
    let mut events = sim.subscribe();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    loop {
        tokio::select! {
            line = lines.next_line() => {
                let Some(line) = line? else { return Ok(()) };
                let words = || CustomerMessage::Text(line.clone());
                let message = match serde_json::from_str(&line) {
                    Ok(json @ serde_json::Value::Object(_)) => CustomerMessage::Raw(json),
                    _ => words(),
                };
                match sim.customer_sends(&store, &ana, message).await {
                    Ok(id) => show(&json!({ "customer_sent": id }))?,
                    Err(error) => show(&json!({ "webhook_failed": error.to_string() }))?,
                }
            }
            Ok(event) = events.recv() => show(&told(&event))?,
        }
    }
}

fn told(event: &SimEvent) -> serde_json::Value {
    match event {
        SimEvent::Sent(sent) => json!({ "taken": sent.id, "body": sent.json }),
        SimEvent::Read { message_id, typing, .. } => {
            json!({ "read": message_id, "typing": typing })
        }
        SimEvent::Status { message_id, status } => json!({ status.code(): message_id }),
        SimEvent::Refused { code, details } => json!({ "refused": code, "details": details }),
    }
}

fn show(line: &serde_json::Value) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{line}")
}
