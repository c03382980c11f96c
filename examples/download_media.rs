//! Fetches a file that a customer sent: looks its id up, then downloads it, no
//! larger than you take and unchanged.
//!
//! ```text
//! cargo run -p orcazap-examples --example download_media
//! ```
//!
//! The platform is the stand-in, so nothing needs to be set up. For the real one
//! take its address, your number's token, and the id as a webhook brings it
//! ([`orcazap_whatsapp::webhook::Media`]).

use std::io::Write;

use orcazap_whatsapp::client::{Claim, FileError};
use orcazap_whatsapp::graph_sim::{GraphSim, GraphSimConfig, SimNumber};
use orcazap_whatsapp::{Client, ClientConfig, MediaId};
use secrecy::SecretString;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout();
    let token: SecretString = "the access token of your number".into();
    let sim = GraphSim::start(GraphSimConfig::new("app secret".into()).with_number(SimNumber {
        id: "106540352242922".parse()?,
        account_id: "102290129340398".parse()?,
        display: "551140028922".to_owned(),
        token: token.clone(),
    }))
    .await?;
    let id: MediaId = "1166846181421424".parse()?;
    sim.keep_file(id.clone(), "application/pdf", b"%PDF-1.7 lista da obra".as_slice().into());

    let client = Client::new(&ClientConfig::new(sim.base_url()))?;
    // What is found is good for five minutes: look up and download in one go.
    let info = client.file_info(&id, &token).await?;
    writeln!(out, "{} of {} bytes", info.mime_type, info.size)?;

    // The webhook's own hash goes here too, where it tells one.
    let claim = Claim { max_bytes: 16 * 1024 * 1024, sha256: None };
    let file = client.download(&info, &claim, &token).await?;
    writeln!(out, "{}", String::from_utf8_lossy(&file.bytes))?;

    let too_small = Claim { max_bytes: 10, ..claim };
    match client.download(&info, &too_small, &token).await {
        Err(error @ FileError::TooLarge { .. }) => writeln!(out, "refused: {error}")?,
        other => return Err(format!("expected it to be too large, found {other:?}").into()),
    }
    Ok(())
}
