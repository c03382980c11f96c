//! A store on the stand-in: a number, a client, and a webhook address that
//! checks and reads what comes in.

use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use orcazap_core::ContactKey;
use orcazap_core::contact::Phone;
use orcazap_whatsapp::graph_sim::{
    Customer, CustomerMessage, GraphSim, GraphSimConfig, SimNumber, SimTemplate,
};
use orcazap_whatsapp::send::{CallbackData, Text};
use orcazap_whatsapp::webhook::{SIGNATURE_HEADER, Update, parse, verify_signature};
use orcazap_whatsapp::{
    Client, ClientConfig, Message, MessageId, PhoneNumberId, Request, SendError, Sent,
};
use secrecy::SecretString;

pub(crate) const TOKEN: &str = "EAAG-token-inventado";
const SECRET: &str = "app-secret-de-teste";
pub(crate) const NUMBER: &str = "106540352242922";
pub(crate) const ACCOUNT: &str = "102290129340398";

/// What the webhook address got, and with what it answers.
#[derive(Debug, Clone)]
pub(crate) struct Inbox {
    updates: Arc<Mutex<Vec<Update>>>,
    answer: Arc<AtomicU16>,
}

impl Inbox {
    async fn open() -> (Self, url::Url) {
        let inbox = Self { updates: Arc::default(), answer: Arc::new(AtomicU16::new(200)) };
        let shared = inbox.clone();
        let take =
            move |headers: HeaderMap, body: Bytes| async move { shared.take(&headers, &body) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/webhook", post(take));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (inbox, format!("http://{address}/webhook").parse().unwrap())
    }

    fn take(&self, headers: &HeaderMap, body: &[u8]) -> StatusCode {
        let header = headers.get(SIGNATURE_HEADER).map(|value| value.to_str().unwrap());
        if verify_signature(&[SECRET.into()], body, header).is_err() {
            return StatusCode::UNAUTHORIZED;
        }
        let answer = StatusCode::from_u16(self.answer.load(Ordering::SeqCst)).unwrap();
        if answer == StatusCode::OK {
            self.updates.lock().unwrap().extend(parse(body).unwrap());
        }
        answer
    }

    /// Answers with this status from now on.
    pub(crate) fn answer(&self, status: u16) {
        self.answer.store(status, Ordering::SeqCst);
    }

    /// What came in, as soon as there are `count` updates.
    pub(crate) async fn wait(&self, count: usize) -> Vec<Update> {
        let until = async {
            loop {
                let updates = self.updates.lock().unwrap().clone();
                if updates.len() >= count {
                    return updates;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), until).await.expect("updates never came")
    }
}

/// A store whose customer Ana can write and be written to.
pub(crate) struct Store {
    pub(crate) sim: GraphSim,
    pub(crate) client: Client,
    pub(crate) inbox: Inbox,
    pub(crate) number: PhoneNumberId,
    pub(crate) ana: Customer,
}

impl Store {
    pub(crate) async fn open() -> Self {
        Self::with(|config| config).await
    }

    pub(crate) async fn with(change: impl FnOnce(GraphSimConfig) -> GraphSimConfig) -> Self {
        let (inbox, target) = Inbox::open().await;
        let number: PhoneNumberId = NUMBER.parse().unwrap();
        let mut config = GraphSimConfig::new(SECRET.into()).with_number(SimNumber {
            id: number.clone(),
            account_id: ACCOUNT.parse().unwrap(),
            display: "551140028922".into(),
            token: TOKEN.into(),
        });
        config.webhook_retry = Duration::from_millis(5);
        config.templates.push(SimTemplate {
            name: "orcamento_pronto".into(),
            language: "pt_BR".into(),
            parameters: 1,
        });
        let sim = GraphSim::start(change(config)).await.unwrap();
        sim.set_webhook(target);
        let mut config = ClientConfig::new(sim.base_url());
        config.timeout = Duration::from_millis(700);
        let client = Client::new(&config).unwrap();
        let ana = Customer::new(phone("551187654321"), "Ana");
        Self { sim, client, inbox, number, ana }
    }

    /// A store whose customer has just written.
    pub(crate) async fn greeted() -> Self {
        let store = Self::open().await;
        store.says(CustomerMessage::Text("oi".into())).await;
        store
    }

    pub(crate) async fn says(&self, message: CustomerMessage) -> MessageId {
        self.sim.customer_sends(&self.number, &self.ana, message).await.unwrap()
    }

    pub(crate) async fn send(&self, message: Message) -> Result<Sent, SendError> {
        self.send_to(self.ana.key.clone(), message).await
    }

    pub(crate) async fn send_to(
        &self,
        to: ContactKey,
        message: Message,
    ) -> Result<Sent, SendError> {
        let data = CallbackData::new("callback", "outbox:018f:1").unwrap();
        let request = Request::new(to, message).with_callback_data(data);
        self.client.send(&self.number, &token(), &request).await
    }
}

pub(crate) fn token() -> SecretString {
    TOKEN.into()
}

pub(crate) fn phone(digits: &str) -> Phone {
    digits.parse().unwrap()
}

pub(crate) fn text(words: &str) -> Message {
    Message::Text(Text::new(words).unwrap())
}
