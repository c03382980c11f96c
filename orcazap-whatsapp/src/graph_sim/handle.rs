//! The handle by which a test or the demo holds the stand-in.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use orcazap_core::contact::ContactKey;
use secrecy::SecretString;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::fault::Fault;
use super::media::{File, UPLOADED};
use super::routes::router;
use super::state::{Sim, SimEvent, SimSent};
use super::status::StatusPlan;
use super::wire::{Cut, Listener};
use crate::ids::{AccountId, MediaId, MessageId, PhoneNumberId};

/// How the stand-in behaves.
#[derive(Debug, Clone)]
pub struct GraphSimConfig {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// What webhooks are signed with.
    pub app_secret: SecretString,
    /// The numbers that may send; more can be added later.
    pub numbers: Vec<SimNumber>,
    /// The approved templates.
    pub templates: Vec<SimTemplate>,
    /// Which statuses come back, and how.
    pub statuses: StatusPlan,
    /// Whether too many messages a second are refused, in all (80) and to one
    /// customer (one in 6 seconds, 45 at once).
    pub limits: bool,
    /// How long to wait before a webhook that was not answered with 200 comes
    /// again; each time twice as long, six times in all.
    pub webhook_retry: Duration,
}

impl GraphSimConfig {
    /// A stand-in on a free port that signs with this secret, with no number
    /// yet, statuses sent at once, and no limits on speed.
    #[must_use]
    pub fn new(app_secret: SecretString) -> Self {
        Self {
            port: 0,
            app_secret,
            numbers: Vec::new(),
            templates: Vec::new(),
            statuses: StatusPlan::default(),
            limits: false,
            webhook_retry: Duration::from_millis(200),
        }
    }

    /// The same with a number.
    #[must_use]
    pub fn with_number(mut self, number: SimNumber) -> Self {
        self.numbers.push(number);
        self
    }
}

/// A business phone number of the stand-in.
#[derive(Debug, Clone)]
pub struct SimNumber {
    /// Its id.
    pub id: PhoneNumberId,
    /// The account it belongs to.
    pub account_id: AccountId,
    /// The digits that customers see, with the country code: `551140028922`.
    pub display: String,
    /// The token that may send from it.
    pub token: SecretString,
}

/// An approved template of the stand-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimTemplate {
    /// Its name.
    pub name: String,
    /// Its language, `pt_BR`.
    pub language: String,
    /// How many variables its body has.
    pub parameters: usize,
}

/// Why the stand-in does not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SimError {
    /// The port is taken or not allowed.
    #[error("port {port} of 127.0.0.1 can't be listened on")]
    Listen {
        /// The port.
        port: u16,
        /// Why.
        source: std::io::Error,
    },
    /// The HTTP client for webhooks could not be built.
    #[error("the http client could not be built")]
    Http(#[source] reqwest::Error),
}

/// A running stand-in. Dropping it stops it.
#[derive(Debug)]
pub struct GraphSim {
    pub(super) sim: Arc<Sim>,
    address: SocketAddr,
    stop: CancellationToken,
}

impl GraphSim {
    /// Starts the stand-in.
    ///
    /// # Errors
    ///
    /// [`SimError`], when its port can't be listened on.
    pub async fn start(config: GraphSimConfig) -> Result<Self, SimError> {
        let port = config.port;
        let listen = |source| SimError::Listen { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        // An error means that a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(30))
            .no_proxy()
            .build()
            .map_err(SimError::Http)?;
        let stop = CancellationToken::new();
        let sim = Arc::new(Sim::new(config, http, stop.clone(), address));
        let service = router(Arc::clone(&sim)).into_make_service_with_connect_info::<Cut>();
        let server = axum::serve(Listener(listener), service)
            .with_graceful_shutdown(stop.clone().cancelled_owned());
        tokio::spawn(async move { server.await });
        Ok(Self { sim, address, stop })
    }

    /// The address to give a [`Client`](crate::ClientConfig) in the place of
    /// `https://graph.facebook.com`.
    #[must_use]
    pub fn base_url(&self) -> Url {
        self.sim.base_url()
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Where webhooks go from now on: the server's real webhook address.
    pub fn set_webhook(&self, target: Url) {
        self.sim.state().webhook = Some(target);
    }

    /// Adds a number, or puts it in the place of the one with its id.
    pub fn add_number(&self, number: SimNumber) {
        self.sim.state().numbers.insert(number.id.clone(), number);
    }

    /// Adds an approved template, or puts it in the place of the one with its name
    /// and language.
    pub fn add_template(&self, template: SimTemplate) {
        self.sim.state().add_template(template);
    }

    /// Which statuses come back from now on, and how.
    pub fn set_statuses(&self, plan: StatusPlan) {
        self.sim.state().statuses = plan;
    }

    /// Signs webhooks with another secret from now on: as an attacker would, or
    /// after a rotation.
    pub fn set_app_secret(&self, secret: SecretString) {
        self.sim.state().app_secret = secret;
    }

    /// Makes the next `times` sends fail in this way; after those that were
    /// asked for before.
    pub fn fail_next(&self, times: usize, fault: Fault) {
        self.sim.state().faults.extend(std::iter::repeat_n(fault, times));
    }

    /// Puts the stand-in's clock forward: windows close, rates are paid back, and
    /// what it tells the time of is later.
    pub fn advance(&self, by: Duration) {
        self.sim.state().advance(TimeDelta::from_std(by).unwrap_or_default());
    }

    /// Lets 24 hours pass since the customer's last word to the number.
    pub fn close_window(&self, number: &PhoneNumberId, customer: &ContactKey) {
        self.sim.state().close_window(number, customer);
    }

    /// Remembers, from an earlier run, that a customer wrote to the number so long
    /// ago: what is left of the 24 hours stays open.
    pub fn remember_heard(
        &self,
        id: MessageId,
        number: &PhoneNumberId,
        from: &ContactKey,
        ago: Duration,
    ) {
        self.sim.state().heard(id, number, from, ago);
    }

    /// Keeps a file under an id of one's own, as if it had been uploaded.
    pub fn keep_file(&self, id: MediaId, mime_type: &str, bytes: Bytes) {
        let mut state = self.sim.state();
        let until = state.now() + UPLOADED;
        state.keep(id, File { mime_type: mime_type.to_owned(), bytes, until });
    }

    /// Remembers, from an earlier run, that a message was taken. Nobody is told.
    pub fn remember_sent(&self, sent: SimSent) {
        self.sim.state().took(sent);
    }

    /// Makes a customer one without WhatsApp: messages to them fail with 131026.
    pub fn make_unreachable(&self, customer: &ContactKey) {
        self.sim.state().unreachable.push(customer.clone());
    }

    /// Everything that was sent and taken, oldest first.
    #[must_use]
    pub fn sent(&self) -> Vec<SimSent> {
        self.sim.state().sent.clone()
    }

    /// Everything that was sent and taken, as soon as there are `count` of them.
    /// Waits for ever when there never are: put a limit of time around it.
    pub async fn wait_sent(&self, count: usize) -> Vec<SimSent> {
        let mut events = self.subscribe();
        loop {
            if self.sim.state().sent.len() >= count {
                return self.sent();
            }
            // Who falls behind looks again.
            let _ = events.recv().await;
        }
    }

    /// What happens from now on: messages, read marks, statuses. Who falls more
    /// than 1,024 events behind loses the oldest.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<SimEvent> {
        self.sim.events.subscribe()
    }
}

impl Drop for GraphSim {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
