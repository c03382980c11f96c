//! The demonstration: one invented store on a private PostgreSQL, and a
//! stand-in for the Graph API, all in this process.

mod folder;
mod seed;

use std::sync::Arc;

use anyhow::Context;
use orcazap_store::private::{Kind, PrivatePostgres};
use orcazap_store::{Store, TenantId};
use orcazap_whatsapp::PhoneNumberId;
use orcazap_whatsapp::graph_sim::{GraphSim, GraphSimConfig, SimNumber};
use rand::RngExt;
use secrecy::SecretString;

pub use folder::Folder;
pub use seed::SLUG;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Database, Graph, Http, Media, Twilio, Webhook};
use crate::connect::{PATIENCE, connect};

/// The id of the store's number at the stand-in.
const NUMBER: &str = "100000000000001";
/// The number that customers write to; no such number is given out.
const DISPLAY: &str = "551140000000";

/// What the phone in the browser talks to, and what the start page tells.
#[derive(Debug)]
pub struct Demo {
    /// The stand-in for the Graph API.
    pub sim: GraphSim,
    /// The store.
    pub tenant: TenantId,
    /// The store's number.
    pub number: PhoneNumberId,
    /// The store's name.
    pub store_name: String,
    /// The store's slug: its dashboard's host.
    pub slug: &'static str,
    /// The e-mail address to log in with.
    pub email: &'static str,
    /// The password to log in with. No secret: the demonstration listens on
    /// this machine only.
    pub password: &'static str,
}

/// A running demonstration: the server's state, and the database that ends with it.
#[derive(Debug)]
pub struct Running {
    /// The server's state.
    pub app: App,
    /// Stops the database when it is dropped.
    pub database: PrivatePostgres,
}

/// Starts the database and the stand-in, and seeds the store when it is not
/// there yet. The server is to listen on `port` of 127.0.0.1.
///
/// # Errors
///
/// When PostgreSQL is not installed or does not start, or the folder can't be
/// written; each says what to do.
pub async fn start(folder: &Folder, port: u16, clock: Clock) -> anyhow::Result<Running> {
    let keys = folder.secret_keys()?;
    let postgres = PrivatePostgres::start(Kind::Kept(folder.database()))
        .await
        .context("the private PostgreSQL did not start")?;
    let url: SecretString = postgres.url().into();
    Store::migrate(&url).await.context("the schema could not be made")?;

    let app_secret = random_text();
    let token = random_text();
    let number: PhoneNumberId = NUMBER.parse()?;
    let sim = GraphSim::start(GraphSimConfig::new(app_secret.clone()).with_number(SimNumber {
        id: number.clone(),
        account_id: "200000000000001".parse()?,
        display: DISPLAY.to_owned(),
        token: token.clone(),
    }))
    .await?;
    sim.set_webhook(format!("http://127.0.0.1:{port}/webhooks/whatsapp").parse()?);

    let config = Config {
        database: Database { url, secret_keys: keys },
        http: Http {
            base_domain: format!("localhost:{port}").parse()?,
            bind_addr: (std::net::Ipv4Addr::LOCALHOST, port).into(),
        },
        webhook: Webhook { app_secrets: vec![app_secret], verify_token: random_text() },
        graph: Graph { url: sim.base_url(), default_channel: None, ..Graph::default() },
        twilio: Twilio::default(),
        redis: None,
        media: Media::default(),
    };
    let store = connect(&config.database, PATIENCE).await?;
    let tenant = seed::plant(&store, &number, &token, clock.now()).await?;
    let demo = Demo {
        sim,
        tenant: tenant.id,
        number,
        store_name: tenant.name,
        slug: SLUG,
        email: seed::EMAIL,
        password: seed::PASSWORD,
    };
    let app = App::new(config, clock, store)?;
    app.web.recall(&app.store, &demo, app.clock.now()).await?;
    let app = App { demo: Some(Arc::new(demo)), ..app };
    Ok(Running { app, database: postgres })
}

fn random_text() -> SecretString {
    let bytes: [u8; 24] = rand::rng().random();
    hex::encode(bytes).into()
}
