//! A whole house for one test: a database of its own, two stores, the server on a
//! free port, and a Graph API stand-in that sends it signed webhooks.
//!
//! No worker runs by itself: [`House::settle`] lets messages settle and steps
//! turns and deliveries until nothing is left.

use std::net::SocketAddr;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use orcazap_core::authority::Role;
use orcazap_core::catalog::csv;
use orcazap_core::pricing::PriceBookData;
use orcazap_core::{Catalog, Product};
use orcazap_server::clock::Clock;
use orcazap_server::config::{Config, Database, Graph, Http, Media, Twilio, Webhook};
use orcazap_server::connect::connect;
use orcazap_server::worker::{Found, deliver_one, fetch_one, turn_one};
use orcazap_server::{App, password, server};
use orcazap_store::{NewChannel, NewStaff, Others, Tenant, TenantId};
use orcazap_whatsapp::PhoneNumberId;
use orcazap_whatsapp::graph_sim::{
    Customer, CustomerMessage, GraphSim, GraphSimConfig, SimNumber, SimSent, StatusPlan,
};
use orcazap_whatsapp::twilio::sim::TwilioSim;
use secrecy::SecretString;
use tokio::net::TcpListener;

use crate::database;

pub(crate) const APP_SECRET: &str = "segredo-do-app-inventado";
pub(crate) const VERIFY_TOKEN: &str = "palavra-combinada";
pub(crate) const PASSWORD: &str = "telha colonial";
pub(crate) const KEYS: &str = "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
pub(crate) const TWILIO_NUMBER: &str = "twilio-AC0123456789abcdef0123456789abcdef-551140000009";
pub(crate) const TWILIO_TOKEN: &str = "token-da-twilio";
/// How long bursts settle here; the clock is moved by it, nobody waits.
/// How long a burst settles where a store has not set it otherwise.
const SETTLE: Duration = Duration::from_secs(4);

const CATALOG: &str = "\
sku,name,category,unit,price,cost,weight_kg,pack_qty,pack_unit,step,aliases
CIM-50,Cimento CP II 50kg,Cimento,saco,40.00,30.00,50,50,kg,1,cimento;saco de cimento
ARE-MED,Areia média,Areia e Pedra,m3,120.00,80.00,1400,,,0.5,areia media;areia
TIJ-8F,Tijolo 8 furos,Tijolos,un,0.89,0.60,2.2,,,1,tijolo 8 furos;tijolo de 8 furos
";

const BOOK: &str = r#"
[[tiers]]
scope = "item"
key = "CIM-50"
min_qty = "10"
pct = "5"
[[payment]]
method = "pix"
pct = "-3"
[[freight]]
bairro = "Centro"
base = "25"
per_kg = "0"
included_kg = "0"
"#;

/// A store of the house.
pub(crate) struct Shop {
    pub(crate) tenant: Tenant,
    pub(crate) number: PhoneNumberId,
}

/// Everything, running.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) sim: GraphSim,
    /// Twilio; no store has its number yet.
    pub(crate) twilio: TwilioSim,
    pub(crate) url: String,
    pub(crate) address: SocketAddr,
    pub(crate) http: reqwest::Client,
    /// The store `loja`.
    pub(crate) ours: Shop,
    /// The store `vizinha`, with the same catalogue.
    pub(crate) theirs: Shop,
}

impl House {
    pub(crate) async fn open() -> Self {
        let url = database::fresh().await;
        let mut config = GraphSimConfig::new(APP_SECRET.into());
        for (id, display, token) in [
            ("1001", "551140000001", "token-da-loja"),
            ("1002", "551140000002", "token-da-vizinha"),
        ] {
            config = config.with_number(SimNumber {
                id: id.parse().unwrap(),
                account_id: "2001".parse().unwrap(),
                display: display.to_owned(),
                token: token.into(),
            });
        }
        config.webhook_retry = Duration::from_millis(20);
        let sim = GraphSim::start(config).await.unwrap();
        sim.set_statuses(StatusPlan { until: None, ..StatusPlan::default() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        sim.set_webhook(format!("http://{address}/webhooks/whatsapp").parse().unwrap());

        let number = TWILIO_NUMBER.parse().unwrap();
        let twilio = TwilioSim::start(number, TWILIO_TOKEN.into()).await.unwrap();

        let config = Config {
            database: Database { url: url.clone().into(), secret_keys: KEYS.into() },
            http: Http {
                base_domain: format!("localhost:{}", address.port()).parse().unwrap(),
                bind_addr: address,
            },
            webhook: Webhook {
                app_secrets: vec![APP_SECRET.into()],
                verify_token: VERIFY_TOKEN.into(),
            },
            graph: Graph { url: sim.base_url(), ..Graph::default() },
            twilio: Twilio { stand_in: Some(twilio.base_url()) },
            redis: None,
            media: Media::default(),
        };
        let store = connect(&config.database, Duration::ZERO).await.unwrap();
        let app = App::new(config, Clock::frozen(Utc::now()), store).unwrap();
        let ours = open_shop(&app, "loja", "1001", Some("token-da-loja".into())).await;
        let theirs = open_shop(&app, "vizinha", "1002", Some("token-da-vizinha".into())).await;
        tokio::spawn(server::serve(app.clone(), listener));
        let http =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { app, sim, twilio, url, address, http, ours, theirs }
    }

    /// A customer writes to our store, and the webhook is answered with 200.
    pub(crate) async fn says(&self, customer: &Customer, text: &str) {
        self.sends(customer, CustomerMessage::Text(text.to_owned())).await;
    }

    pub(crate) async fn sends(&self, customer: &Customer, message: CustomerMessage) {
        self.sim.customer_sends(&self.ours.number, customer, message).await.unwrap();
    }

    /// Presses the button of the last message with such a title.
    pub(crate) async fn presses(&self, customer: &Customer, title: &str) {
        let last = self.last_to(customer);
        let choices = last.choices();
        let (id, title) = choices
            .iter()
            .find(|(_, found)| found.contains(title))
            .unwrap_or_else(|| panic!("{title:?} among {choices:?}"));
        let (id, title, context) = (id.clone(), title.clone(), Some(last.id.clone()));
        self.sends(customer, CustomerMessage::Button { id, title, context }).await;
    }

    /// A person of our store with the password of all.
    pub(crate) async fn hire(&self, email: &str, role: Role) {
        let mut tx = self.app.store.tenant(self.ours.tenant.id).await.unwrap();
        let staff = NewStaff {
            email: email.to_owned(),
            name: "Beto".to_owned(),
            role,
            password_hash: password::hash(PASSWORD.into()).await.unwrap().into(),
        };
        tx.insert_staff(staff, self.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// What our store sells.
    pub(crate) async fn catalog(&self) -> Catalog {
        let shop = self.app.store.load_shop(self.ours.tenant.id).await.unwrap();
        Catalog::new(shop.products).unwrap()
    }

    /// Lets no burst of our store settle any more.
    pub(crate) async fn answers_at_once(&self) {
        let mut tx = self.app.store.tenant(self.ours.tenant.id).await.unwrap();
        let mut settings = tx.settings().await.unwrap();
        settings.policy.settle_seconds = 0;
        tx.update_settings(&settings).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Lets what came in settle, and steps until nothing is left to do.
    pub(crate) async fn settle(&self) {
        self.app.clock.advance(TimeDelta::from_std(SETTLE).unwrap());
        while self.step().await == Found::Work {}
    }

    /// One turn, one delivery and one file.
    pub(crate) async fn step(&self) -> Found {
        let turn = turn_one(&self.app).await.unwrap();
        let delivery = deliver_one(&self.app).await.unwrap();
        let file = fetch_one(&self.app).await.unwrap();
        if [turn, delivery, file].contains(&Found::Work) { Found::Work } else { Found::Nothing }
    }

    /// What a customer has been sent, oldest first.
    pub(crate) fn sent_to(&self, customer: &Customer) -> Vec<SimSent> {
        self.sim.sent().into_iter().filter(|sent| sent.to == customer.key).collect()
    }

    pub(crate) fn last_to(&self, customer: &Customer) -> SimSent {
        self.sent_to(customer).pop().expect("a message to the customer")
    }

    /// The one number that a query gives, asked as a superuser.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        database::number(&self.url, sql).await
    }

    /// The one text that a query gives, asked as a superuser.
    pub(crate) async fn text(&self, sql: &str) -> String {
        database::text(&self.url, sql).await
    }

    /// Waits until a query gives a number; for what comes by itself.
    pub(crate) async fn wait_for(&self, sql: &str, expected: i64) {
        let wait = async {
            while self.number(sql).await != expected {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), wait).await.expect(sql);
    }

    /// How many rows of a table the application's role sees as a store.
    pub(crate) async fn seen_by(&self, tenant: TenantId, table: &str) -> i64 {
        let sql = format!(
            "SELECT set_config('role', 'orcazap_app', true), \
             set_config('app.tenant_id', '{tenant}', true)"
        );
        database::number_after(&self.url, &sql, &format!("SELECT count(*) FROM {table}")).await
    }

    /// A request to a host of the house: `api`, a slug, or empty for the base domain.
    pub(crate) fn request(
        &self,
        method: reqwest::Method,
        host: &str,
        path: &str,
    ) -> reqwest::RequestBuilder {
        let dot = if host.is_empty() { "" } else { "." };
        let host = format!("{host}{dot}localhost:{}", self.address.port());
        let url = format!("http://{}{path}", self.address);
        self.http.request(method, url).header("host", host)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.app.shutdown.cancel();
    }
}

/// A customer with an invented phone number.
pub(crate) fn customer(last_digits: u8) -> Customer {
    let phone = format!("55119000000{last_digits:02}").parse().unwrap();
    Customer::new(phone, "Cliente Inventado")
}

pub(crate) fn products() -> Vec<Product> {
    csv::parse(CATALOG.as_bytes()).unwrap()
}

async fn open_shop(app: &App, slug: &str, number: &str, token: Option<SecretString>) -> Shop {
    let now = app.clock.now();
    let tenant = app.store.create_tenant(slug, "Depósito de Teste", now).await.unwrap();
    let mut tx = app.store.tenant(tenant.id).await.unwrap();
    tx.import_products(&products(), Others::Remove).await.unwrap();
    let book: PriceBookData = toml::from_str(BOOK).unwrap();
    tx.replace_price_book(&book).await.unwrap();
    let staff = NewStaff {
        email: format!("ana@{slug}.example"),
        name: "Ana".to_owned(),
        role: Role::Owner,
        password_hash: password::hash(PASSWORD.into()).await.unwrap().into(),
    };
    tx.insert_staff(staff, now).await.unwrap();
    let channel = NewChannel {
        phone_number_id: number.to_owned(),
        display_name: "Balcão".to_owned(),
        access_token: token,
    };
    tx.insert_channel(channel, now).await.unwrap();
    tx.commit().await.unwrap();
    Shop { tenant, number: number.parse().unwrap() }
}
