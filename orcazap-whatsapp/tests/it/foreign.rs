//! The stand-in against somebody else's client: pywa, from PyPI, sends every kind
//! of message it knows and reads the webhooks, which it checks by itself.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use orcazap_whatsapp::graph_sim::{
    Customer, CustomerMessage, GraphSim, GraphSimConfig, Reached, SimNumber, SimTemplate,
    StatusPlan,
};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::store::{NUMBER, TOKEN};

const SECRET: &str = "app-secret-de-teste";
const MISSING: &str = "the foreign client is not installed; run: \
    python3 -m venv target/foreign-client && \
    target/foreign-client/bin/pip install pywa==4.5.0 flask==3.1.3";

/// Everything that it sends and that is a message; the rest are marks.
const MESSAGES: [(&str, &str); 27] = [
    ("text", "text"),
    ("reply", "text"),
    ("buttons", "interactive"),
    ("url", "interactive"),
    ("list", "interactive"),
    ("image", "image"),
    ("image_buttons", "interactive"),
    ("document", "document"),
    ("audio", "audio"),
    ("voice", "audio"),
    ("video", "video"),
    ("sticker", "sticker"),
    ("reaction", "reaction"),
    ("no_reaction", "reaction"),
    ("location", "location"),
    ("ask_location", "interactive"),
    ("ask_contact", "interactive"),
    ("contact", "contacts"),
    ("catalog", "interactive"),
    ("product", "interactive"),
    ("products", "interactive"),
    ("flow", "interactive"),
    ("carousel", "interactive"),
    ("call", "interactive"),
    ("ask_call", "interactive"),
    ("template", "template"),
    ("unreachable", "text"),
];

/// The client's process, and what it says.
struct Client {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    said: Vec<String>,
}

impl Client {
    fn start(sim: &GraphSim, unreachable: &str) -> Self {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let python = root.join("../target/foreign-client/bin/python");
        assert!(python.exists(), "{MISSING}");
        let mut process = Command::new(python)
            .arg(root.join("tests/foreign/pywa_client.py"))
            .env("BASE", sim.base_url().as_str())
            .env("NUMBER", NUMBER)
            .env("WABA", "2001")
            .env("TOKEN", TOKEN)
            .env("SECRET", SECRET)
            .env("UNREACHABLE", unreachable)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect(MISSING);
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, lines, said: Vec::new() }
    }

    /// Reads on until it has said a line that begins so; gives the rest of it.
    async fn until(&mut self, beginning: &str) -> String {
        if let Some(line) = self.said.iter().find(|line| line.starts_with(beginning)) {
            return line[beginning.len()..].trim().to_owned();
        }
        loop {
            let line = tokio::time::timeout(Duration::from_secs(120), self.lines.next_line());
            let line = line.await.unwrap_or_else(|_| panic!("no {beginning:?}: {:?}", self.said));
            let Some(line) = line.unwrap() else {
                let status = self.process.wait().await.unwrap();
                panic!("{status} before {beginning:?}: {:?}; {MISSING}", self.said);
            };
            self.said.push(line.clone());
            if let Some(rest) = line.strip_prefix(beginning) {
                return rest.trim().to_owned();
            }
        }
    }
}

async fn stand_in() -> GraphSim {
    let mut config = GraphSimConfig::new(SECRET.into()).with_number(SimNumber {
        id: NUMBER.parse().unwrap(),
        account_id: "2001".parse().unwrap(),
        display: "551140028922".to_owned(),
        token: TOKEN.into(),
    });
    config.templates.push(SimTemplate {
        name: "retomada".to_owned(),
        language: "pt_BR".to_owned(),
        parameters: 1,
    });
    config.statuses = StatusPlan { until: Some(Reached::Read), ..StatusPlan::default() };
    GraphSim::start(config).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_client_sends_every_kind_it_knows_and_reads_the_webhooks() {
    let sim = stand_in().await;
    let number = NUMBER.parse().unwrap();
    let ana = Customer::new("5511987654321".parse().unwrap(), "Ana");
    let gone = "5511900000009";
    sim.make_unreachable(&gone.parse::<orcazap_core::contact::Phone>().unwrap().into());
    let mut client = Client::start(&sim, gone);
    let port = client.until("PORT").await;
    sim.set_webhook(format!("http://127.0.0.1:{port}/webhook").parse().unwrap());

    // The customer's first word opens the window and sets the client to work.
    let text = CustomerMessage::Text("amanhã 10/12 @ loja 😀".to_owned());
    sim.customer_sends(&number, &ana, text).await.unwrap();
    client.until("GOT text").await;
    client.until("DONE").await;
    for (kind, _) in MESSAGES {
        client.until(&format!("SENT {kind}")).await;
    }
    let kinds: Vec<_> = sim.sent().into_iter().map(|sent| sent.kind).collect();
    assert_eq!(kinds, MESSAGES.map(|(_, kind)| kind));
    assert_eq!(client.until("REFUSED too_long").await, "131009");
    assert_eq!(client.until("REFUSED unknown_template").await, "132001");
    assert_eq!(client.until("REFUSED unknown_file").await, "100");
    assert_eq!(client.until("MEDIA").await, "15 True");
    for status in ["sent", "delivered", "read"] {
        client.until(&format!("STATUS {status}")).await;
    }
    assert_eq!(client.until("STATUS failed").await, "131026");

    let pressed = CustomerMessage::Button { id: "sim".into(), title: "Sim".into(), context: None };
    let of_list = MESSAGES.iter().position(|(name, _)| *name == "list").unwrap();
    let context = Some(sim.sent()[of_list].id.clone());
    let chosen = CustomerMessage::List { id: "tij-8".into(), title: "8 furos".into(), context };
    let bytes = bytes::Bytes::from_static(b"\xff\xd8\xff photo");
    let photo = CustomerMessage::Image { bytes, caption: None };
    sim.customer_sends(&number, &ana, pressed).await.unwrap();
    sim.customer_sends(&number, &ana, chosen).await.unwrap();
    sim.customer_sends(&number, &ana, photo).await.unwrap();
    client.until("GOT button sim").await;
    client.until("GOT row tij-8").await;
    assert_eq!(client.until("BYTES").await, "9");

    // A signature that is not the app's is refused by the client itself.
    sim.set_app_secret("de outro".into());
    let forged = CustomerMessage::Text("oi".to_owned());
    assert!(sim.customer_sends(&number, &ana, forged).await.is_err());
}
