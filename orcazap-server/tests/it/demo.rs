//! `orcazap demo` as a new user meets it: one command, a phone, Ctrl-C, and the
//! same data the next time.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// A running demonstration; stopped like a person would, with Ctrl-C.
struct Demo {
    process: Child,
    start_page: String,
}

impl Demo {
    fn start(data: &Path, more: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_orcazap"))
            .args(["demo", "--port", "0", "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let screen = BufReader::new(process.stdout.take().unwrap());
        let mut lines = screen.lines().map_while(Result::ok);
        let start = lines.find(|line| line.contains("start page")).expect("the start page's line");
        // The rest is read to its end, or the process would wait for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, start_page: start.split_whitespace().last().unwrap().to_owned() }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.start_page.trim_end_matches('/'))
    }

    async fn get(&self, path: &str) -> Value {
        reqwest::get(self.url(path)).await.unwrap().json().await.unwrap()
    }

    async fn says(&self, person: &str, message: Value) {
        let mut message = message;
        message["customer"] = person.into();
        let sent = reqwest::Client::new().post(self.url("/phone/messages")).json(&message);
        let status = sent.send().await.unwrap().status();
        assert!(status.is_success(), "{status}");
    }

    async fn new_number(&self) -> String {
        let person = reqwest::Client::new().post(self.url("/phone/customers"));
        let person: Value = person.send().await.unwrap().json().await.unwrap();
        person["id"].as_str().unwrap().to_owned()
    }

    async fn bubbles(&self, person: &str) -> Vec<Value> {
        let bubbles = self.get(&format!("/phone/messages?customer={person}")).await;
        bubbles.as_array().unwrap().clone()
    }

    /// What a customer's phone shows, as soon as the store has said `words`.
    async fn answered(&self, person: &str, words: &str) -> Vec<Value> {
        let said = |bubble: &Value| {
            bubble["mine"] == false && bubble["text"].as_str().unwrap().contains(words)
        };
        let answer = async {
            loop {
                let bubbles = self.bubbles(person).await;
                if bubbles.iter().any(said) {
                    break bubbles;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), answer).await.expect(words)
    }

    fn stop(mut self) -> Option<i32> {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Only a test that failed finds it still running.
        let _ = self.process.kill();
    }
}

/// What a person sees of bubbles: whose, the words, the buttons.
fn seen(bubbles: &[Value]) -> Vec<(bool, String, Vec<String>)> {
    let titles = |bubble: &Value| {
        let buttons = bubble["buttons"].as_array().cloned().unwrap_or_default();
        buttons.iter().map(|button| button["title"].to_string()).collect()
    };
    let bubbles = bubbles.iter();
    bubbles
        .map(|b| (b["mine"] == true, b["text"].as_str().unwrap().to_owned(), titles(b)))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_user_types_an_order_stops_the_demo_and_finds_it_again() {
    let home = tempfile::tempdir().unwrap();
    // PostgreSQL runs as another user when this is root, and must get there.
    std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let data = home.path().join("demo");
    // An error means that a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();

    let demo = Demo::start(&data, &[]);
    assert!(reqwest::get(demo.url("/")).await.unwrap().status().is_success());
    let at_first = demo.get("/phone/customers").await.as_array().unwrap().len();
    let person = demo.new_number().await;
    let order = "10 sacos de cimento, retiro na loja, pago no pix";
    demo.says(&person, json!({ "kind": "text", "text": order })).await;
    // 10 × 39.90, 2 % off from ten bags on, 3 % off for Pix.
    let before = demo.answered(&person, "R$\u{a0}379,29").await;
    assert_eq!(demo.stop(), Some(0));

    let again = Demo::start(&data, &[]);
    assert!(reqwest::get(again.url("/")).await.unwrap().status().is_success());
    let after = again.bubbles(&person).await;
    assert_eq!(seen(&after), seen(&before));
    let people = again.get("/phone/customers").await;
    assert_eq!(people.as_array().unwrap().len(), at_first + 1);
    assert_ne!(again.new_number().await, person, "a number that is known is nobody new");
    let accept = after.iter().find_map(|bubble| bubble["buttons"].get(0)).unwrap();
    let press = json!({ "kind": "button", "id": accept["id"], "title": accept["title"] });
    again.says(&person, press).await;
    again.answered(&person, "confirmado").await;
    assert_eq!(again.stop(), Some(0));

    let fresh = Demo::start(&data, &["--fresh"]);
    assert_eq!(fresh.new_number().await, person, "all are new to a new store");
    assert!(fresh.bubbles(&person).await.is_empty());
    assert_eq!(fresh.stop(), Some(0));
}
