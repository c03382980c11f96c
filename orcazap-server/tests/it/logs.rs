//! What log lines hold, and what they never do.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use reqwest::Method;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::house::{APP_SECRET, House, PASSWORD, VERIFY_TOKEN, customer};

/// Everything that this process has logged since the first call, other tests' too.
pub(crate) fn log() -> &'static Lines {
    static LINES: OnceLock<Lines> = OnceLock::new();
    LINES.get_or_init(|| {
        let lines = Lines::default();
        let ours = "info,orcazap_server=trace,orcazap_store=trace,orcazap_whatsapp=trace";
        tracing_subscriber::fmt()
            .json()
            .with_env_filter(EnvFilter::new(ours))
            .with_writer(lines.clone())
            .init();
        lines
    })
}

#[derive(Clone, Default)]
pub(crate) struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_conversation_is_logged_without_a_phone_a_name_a_word_or_a_token() {
    let log = log();
    let house = House::open().await;
    let ana = customer(1);
    house.sim.fail_next(1, orcazap_whatsapp::graph_sim::Fault::DropBefore);
    house.says(&ana, "10 sacos de cimento, entrega na Rua Inventada 77, Centro, pago no pix").await;
    house.settle().await;
    house.app.clock.advance(chrono::TimeDelta::minutes(2));
    house.settle().await;
    house.presses(&ana, "Fechar").await;
    house.settle().await;
    let path = format!("/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token={VERIFY_TOKEN}x");
    house.request(Method::GET, "api", &path).send().await.unwrap();
    house.request(Method::GET, "loja", "/entrar?email=ana@loja.example").send().await.unwrap();

    let lines = log.text();
    for expected in ["kept a webhook", "took a turn", "\"sent\"", "a message was not sent"] {
        assert!(lines.contains(expected), "no line says {expected}");
    }
    let secrets = [
        "5511900000",
        "900000001",
        "Cliente Inventado",
        "sacos de cimento",
        "Rua Inventada",
        "Orçamento",
        "token-da-loja",
        APP_SECRET,
        VERIFY_TOKEN,
        PASSWORD,
        "ana@loja.example",
    ];
    for line in lines.lines() {
        for secret in secrets {
            assert!(!line.contains(secret), "{secret:?} stands in {line}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_id_leads_from_the_webhook_to_the_send() {
    let log = log();
    let house = House::open().await;
    house.says(&customer(2), "10 sacos de cimento, retiro na loja, pago no pix").await;
    house.settle().await;
    let id = house.text("SELECT request_id FROM inbound_messages").await;
    let lines = log.text();
    let told: Vec<&str> = lines.lines().filter(|line| line.contains(&id)).collect();
    for expected in ["kept a webhook", "answered", "took a turn", "\"sent\""] {
        assert!(told.iter().any(|line| line.contains(expected)), "{expected} in {told:#?}");
    }
}
