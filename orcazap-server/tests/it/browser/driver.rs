//! Chromium without a window, driven over WebDriver, for one test.
//!
//! Both programs must be installed (`chromium` and `chromium-driver`); where one
//! is missing the test fails and says so.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::common::capabilities::desiredcapabilities::CapabilitiesHelper;
use thirtyfour::extensions::query::ElementQueryable;
use thirtyfour::{By, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, WebElement};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const MISSING: &str = "the browser tests need chromedriver and Chromium: \
    apt-get install -y --no-install-recommends chromium chromium-driver fonts-dejavu-core";
const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
    "--host-resolver-rules=MAP *.localhost 127.0.0.1",
];

/// A browser with one tab.
pub(super) struct Browser {
    driver: WebDriver,
    address: String,
    process: Child,
}

impl Browser {
    pub(super) async fn start() -> Self {
        // An error means that a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect(MISSING);
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next_line().await.unwrap().expect("chromedriver says its port");
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end_matches('.').to_owned();
            }
        };
        // An undrained pipe would stop the driver one day.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            capabilities.add_arg(argument).unwrap();
        }
        capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL" })).unwrap();
        let address = format!("http://127.0.0.1:{port}");
        let driver = WebDriver::new(&address, capabilities).await.expect(MISSING);
        Self { driver, address, process }
    }

    pub(super) async fn open(&self, url: &str) {
        self.driver.goto(url).await.unwrap();
    }

    /// The element that a selector names, as soon as it is there.
    pub(super) async fn find(&self, css: &str) -> WebElement {
        let query = self.driver.query(By::Css(css.to_owned()));
        query
            .wait(Duration::from_secs(20), Duration::from_millis(50))
            .first()
            .await
            .unwrap_or_else(|_| panic!("no {css} in time"))
    }

    /// The element that a selector names and that holds these words. A page that
    /// refreshes itself may take an element away while it is read: it is looked for
    /// again then.
    pub(super) async fn find_with(&self, css: &str, words: &'static str) -> WebElement {
        let found = async {
            loop {
                let elements = self.driver.find_all(By::Css(css.to_owned())).await;
                for element in elements.unwrap_or_default() {
                    if element.text().await.is_ok_and(|text| text.contains(words)) {
                        return element;
                    }
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let found = tokio::time::timeout(Duration::from_secs(20), found).await;
        found.unwrap_or_else(|_| panic!("no {css} with {words:?} in time"))
    }

    /// Presses what a selector names and what holds these words, found again when
    /// the page takes it away in between.
    pub(super) async fn click_with(&self, css: &str, words: &'static str) {
        let clicked = async { while self.find_with(css, words).await.click().await.is_err() {} };
        let clicked = tokio::time::timeout(Duration::from_secs(20), clicked).await;
        clicked.unwrap_or_else(|_| panic!("{css} with {words:?} can't be pressed"));
    }

    pub(super) async fn type_into(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.unwrap();
    }

    pub(super) async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap();
    }

    /// Runs a script in the page and waits for what it promises.
    pub(super) async fn run(&self, script: &str) {
        self.driver.execute(script, Vec::new()).await.unwrap();
    }

    /// Every picture of a page is kept where `ORCAZAP_SCREENSHOTS` says, for a
    /// person to look at.
    pub(super) async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("ORCAZAP_SCREENSHOTS").map(PathBuf::from) else {
            return;
        };
        std::fs::create_dir_all(&folder).unwrap();
        for (width, height) in [(1280, 900), (390, 844)] {
            self.driver.set_window_rect(0, 0, width, height).await.unwrap();
            self.driver.screenshot(&folder.join(format!("{name}-{width}.png"))).await.unwrap();
        }
        self.driver.set_window_rect(0, 0, 1280, 900).await.unwrap();
    }

    /// Fails on anything the console calls severe, answers with the status of a
    /// form that was filled in wrongly left aside, and ends the browser.
    pub(super) async fn finish(mut self) {
        let session = self.driver.session_id().to_string();
        let log: Value = reqwest::Client::new()
            .post(format!("{}/session/{session}/se/log", self.address))
            .json(&json!({ "type": "browser" }))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let entries = log["value"].as_array().cloned().unwrap();
        let severe: Vec<_> = entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .filter(|entry| !entry["message"].as_str().is_some_and(|text| text.contains("of 422")))
            .collect();
        assert!(severe.is_empty(), "{severe:#?}");
        self.driver.quit().await.unwrap();
        self.process.kill().await.unwrap();
    }
}
