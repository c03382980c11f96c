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

#[tokio::test(flavor = "multi_thread")]
async fn a_new_user_types_an_order_stops_the_demo_and_finds_it_again() {
    let home = tempfile::tempdir().unwrap();
    // PostgreSQL runs as another user when this is root, and must get there.
    std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let data = home.path().join("demo");
    // An error means that a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::new();

    let demo = Demo::start(&data, &[]);
    let page = http.get(demo.url("/")).send().await.unwrap();
    assert!(page.status().is_success());
    let people: Value =
        http.get(demo.url("/phone/customers")).send().await.unwrap().json().await.unwrap();
    let person = people[0]["id"].as_str().unwrap();
    let order = json!({ "customer": person, "kind": "text",
        "text": "10 sacos de cimento, retiro na loja, pago no pix" });
    let sent = http.post(demo.url("/phone/messages")).json(&order).send().await.unwrap();
    assert!(sent.status().is_success(), "{}", sent.status());
    let messages = demo.url(&format!("/phone/messages?customer={person}"));
    let answer = async {
        loop {
            let bubbles: Value = http.get(&messages).send().await.unwrap().json().await.unwrap();
            let theirs = bubbles.as_array().unwrap().iter().find(|bubble| bubble["mine"] == false);
            if let Some(bubble) = theirs {
                break bubble["text"].as_str().unwrap().to_owned();
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let answer = tokio::time::timeout(Duration::from_secs(60), answer).await.expect("an answer");
    // 10 × 39.90, 2 % off from ten bags on, 3 % off for Pix.
    assert!(answer.contains("R$\u{a0}379,29"), "{answer}");
    assert_eq!(demo.stop(), Some(0));

    let database = data.join("pg");
    let again = Demo::start(&data, &[]);
    assert!(http.get(again.url("/")).send().await.unwrap().status().is_success());
    assert!(database.join("PG_VERSION").exists());
    assert_eq!(again.stop(), Some(0));
}
