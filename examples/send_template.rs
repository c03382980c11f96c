//! Writes a template, has it approved, and sends it to a customer who has not
//! written for a day.
//!
//! ```text
//! cargo run -p orcazap-examples --example send_template
//! ```
//!
//! The platform is the stand-in, so nothing needs to be set up. For the real one
//! take its address, your account and number and their token; the review takes
//! minutes there.

use std::io::Write;

use orcazap_whatsapp::graph_sim::{GraphSim, GraphSimConfig, SimNumber};
use orcazap_whatsapp::send::{Parameter, Template, VariableName};
use orcazap_whatsapp::templates::ready;
use orcazap_whatsapp::{AccountId, Client, ClientConfig, Message, Request};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout();
    let account: AccountId = "102290129340398".parse()?;
    let number = SimNumber {
        id: "106540352242922".parse()?,
        account_id: account.clone(),
        display: "551140028922".to_owned(),
        token: "the access token of your number".into(),
    };
    let (from, token) = (number.id.clone(), number.token.clone());
    let sim = GraphSim::start(GraphSimConfig::new("app secret".into()).with_number(number)).await?;
    let client = Client::new(&ClientConfig::new(sim.base_url()))?;

    // One of the ready ones; yours is a `Definition` too, from TOML, JSON or code.
    let all = ready();
    let definition = &all.first().ok_or("there is a ready template")?.definition;
    definition.check()?;
    let submitted = client.create_template(&account, &token, definition).await?;
    writeln!(out, "{} is {}", definition.name, submitted.status)?;
    sim.review_template(&definition.name, &definition.language, "APPROVED", None).await?;
    for listed in client.templates(&account, &token).await? {
        writeln!(out, "{} is {}", listed.name, listed.status)?;
    }

    let values = [
        ("cliente", "Ana"),
        ("numero", "1042"),
        ("total", "R$ 1.234,56"),
        ("validade", "30/11/2026"),
    ];
    let mut body = Vec::new();
    for (name, value) in values {
        body.push((VariableName::new(name)?, Parameter::new(value)?));
    }
    let template = Template::named(&definition.name, &definition.language, body)?;
    let template = template.with_payloads(vec!["quote:1042".to_owned()])?;
    // What the platform would refuse is found before it is asked.
    writeln!(out, "\n{}", definition.preview(&template)?)?;
    let request = Request::new(
        "5511987654321".parse::<orcazap_core::contact::Phone>()?.into(),
        Message::Template(template),
    );
    let sent = client.send(&from, &token, &request).await?;
    writeln!(out, "taken as {}", sent.message_id)?;
    Ok(())
}
