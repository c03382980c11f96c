//! The settings, read once into one struct: from the environment, else from a
//! TOML file, else a default. Every fault is reported at once.
//!
//! | variable | meaning | default |
//! | --- | --- | --- |
//! | `DATABASE_URL` | PostgreSQL, `postgres://user@host/database` | none |
//! | `REDIS_URL` | Redis, `redis://host:6379`, for what several machines share | none: each machine by itself |
//! | `SECRET_KEYS` | keys that tokens and personal data are encrypted with | none |
//! | `BASE_DOMAIN` | host of the public pages, with its port if not the usual one | `localhost:8080` |
//! | `BIND_ADDR` | address and port to listen on | `127.0.0.1:8080` |
//! | `WHATSAPP_APP_SECRET` | signs webhooks; two, by a comma, while it is rotated | none |
//! | `WHATSAPP_VERIFY_TOKEN` | the word typed into the app's webhook settings | none |
//! | `WHATSAPP_API_VERSION` | Graph API version | `v26.0` |
//! | `WHATSAPP_API_TOKEN`, `WHATSAPP_PHONE_NUMBER_ID` | the token of one number, for a store that has none of its own; both or neither | none |
//! | `TWILIO_API_URL` | a stand-in for Twilio's two addresses | Twilio's own |
//! | `WHATSAPP_PRICES` | a file with the price lists that costs are counted by, in the form of `orcazap_whatsapp::cost` | those published for Brazil |
//! | `GRAPH_API_URL` | where the Graph API is | `https://graph.facebook.com` |
//! | `MEDIA_MAX_BYTES` | the largest file of a customer that is kept | `26214400` (25 MiB) |
//! | `MEDIA_S3_ENDPOINT`, `MEDIA_S3_BUCKET`, `MEDIA_S3_ACCESS_KEY_ID`, `MEDIA_S3_SECRET_ACCESS_KEY` | an object store for customers' files; all or none | none: the database |
//! | `MEDIA_S3_REGION` | its region | `us-east-1` |
//!
//! In the file the same names stand in lower case: `base_domain = "orcazap.example"`.

mod domain;
mod media;
mod source;

use std::net::SocketAddr;

use orcazap_store::secrets::Keyring;
use orcazap_whatsapp::client::API_VERSION;
use orcazap_whatsapp::cost::PriceList;
use secrecy::SecretString;
use url::Url;

pub use domain::{BaseDomain, DomainError, Host};
pub use media::Media;
pub use source::{ConfigError, Fault, FileError, Source};

const GRAPH_API_URL: &str = "https://graph.facebook.com";

/// How the database is reached, and the keys of what is encrypted in it.
#[derive(Debug, Clone)]
pub struct Database {
    /// `DATABASE_URL`.
    pub url: SecretString,
    /// `SECRET_KEYS`, as given; the store takes them apart.
    pub secret_keys: SecretString,
}

/// Where the server listens and what it is called.
#[derive(Debug, Clone)]
pub struct Http {
    /// `BASE_DOMAIN`.
    pub base_domain: BaseDomain,
    /// `BIND_ADDR`.
    pub bind_addr: SocketAddr,
}

/// What webhooks are checked with.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// `WHATSAPP_APP_SECRET`: one, or the old and the new one. Never empty.
    pub app_secrets: Vec<SecretString>,
    /// `WHATSAPP_VERIFY_TOKEN`.
    pub verify_token: SecretString,
}

/// How the Graph API is reached.
#[derive(Debug, Clone)]
pub struct Graph {
    /// `GRAPH_API_URL`.
    pub url: Url,
    /// `WHATSAPP_API_VERSION`, such as `v26.0`.
    pub version: String,
    /// `WHATSAPP_PHONE_NUMBER_ID` and `WHATSAPP_API_TOKEN`.
    pub default_channel: Option<(String, SecretString)>,
    /// What messages cost: the lists of the file `WHATSAPP_PRICES` names.
    pub prices: PriceList,
}

/// How Twilio is reached.
#[derive(Debug, Clone, Default)]
pub struct Twilio {
    /// `TWILIO_API_URL`: what stands in for both of Twilio's addresses.
    pub stand_in: Option<Url>,
}

/// All settings of a server or worker.
#[derive(Debug, Clone)]
pub struct Config {
    /// The database.
    pub database: Database,
    /// The web server.
    pub http: Http,
    /// Webhooks.
    pub webhook: Webhook,
    /// The Graph API.
    pub graph: Graph,
    /// Twilio.
    pub twilio: Twilio,
    /// `REDIS_URL`.
    pub redis: Option<SecretString>,
    /// Files that customers send.
    pub media: Media,
}

impl Config {
    /// Reads all settings.
    ///
    /// # Errors
    ///
    /// A [`ConfigError`] with every fault found, each naming its variable.
    pub fn read(source: &Source<'_>) -> Result<Self, ConfigError> {
        let mut faults = Vec::new();
        let database = Database::collect(source, &mut faults);
        let http = Http::collect(source, &mut faults);
        let webhook = Webhook::collect(source, &mut faults);
        let graph = Graph::collect(source, &mut faults);
        let twilio = Twilio::collect(source, &mut faults);
        let redis = redis(source, &mut faults);
        let media = Media::collect(source, &mut faults);
        match (database, http, webhook, graph, twilio, media) {
            (Some(database), Some(http), Some(webhook), Some(graph), Some(twilio), Some(media))
                if faults.is_empty() =>
            {
                Ok(Self { database, http, webhook, graph, twilio, redis, media })
            }
            _ => Err(ConfigError { faults }),
        }
    }
}

impl Config {
    /// This server's public address for Twilio's webhooks, which they are signed for.
    #[must_use]
    pub fn twilio_webhook(&self) -> Url {
        let url = self.http.base_domain.url("api", "/webhooks/twilio");
        #[expect(clippy::expect_used, reason = "a domain is checked when it is read")]
        url.parse().expect("an address")
    }
}

impl Database {
    /// Reads the settings of a command that needs only the database.
    ///
    /// # Errors
    ///
    /// A [`ConfigError`] with every fault found.
    pub fn read(source: &Source<'_>) -> Result<Self, ConfigError> {
        let mut faults = Vec::new();
        match Self::collect(source, &mut faults) {
            Some(database) if faults.is_empty() => Ok(database),
            _ => Err(ConfigError { faults }),
        }
    }

    fn collect(source: &Source<'_>, faults: &mut Vec<Fault>) -> Option<Self> {
        let url = source.required(
            "DATABASE_URL",
            "set it to a PostgreSQL, such as postgres://orcazap@localhost/orcazap, \
             or run `orcazap demo`, which brings its own",
            faults,
        );
        let secret_keys = source.required(
            "SECRET_KEYS",
            "set it to a key id and 32 random bytes in base64: \
             SECRET_KEYS=\"1:$(openssl rand -base64 32)\"",
            faults,
        );
        let secret_keys = secret_keys.map(SecretString::from).filter(|keys| {
            let checked = Keyring::parse(keys);
            if let Err(error) = &checked {
                faults.push(Fault::new("SECRET_KEYS", error.to_string()));
            }
            checked.is_ok()
        });
        let url = url.filter(|url| {
            let known = url.starts_with("postgres://") || url.starts_with("postgresql://");
            if !known {
                faults.push(Fault::new("DATABASE_URL", "begins with postgres://"));
            }
            known
        });
        Some(Self { url: url?.into(), secret_keys: secret_keys? })
    }
}

impl Http {
    /// Reads the base domain alone.
    ///
    /// # Errors
    ///
    /// A [`ConfigError`], when it is none.
    pub fn base_domain(source: &Source<'_>) -> Result<BaseDomain, ConfigError> {
        let mut faults = Vec::new();
        let domain = source.parsed("BASE_DOMAIN", "localhost:8080", &mut faults);
        domain.ok_or(ConfigError { faults })
    }

    fn collect(source: &Source<'_>, faults: &mut Vec<Fault>) -> Option<Self> {
        let base_domain = source.parsed("BASE_DOMAIN", "localhost:8080", faults);
        let bind_addr = source.parsed("BIND_ADDR", "127.0.0.1:8080", faults);
        Some(Self { base_domain: base_domain?, bind_addr: bind_addr? })
    }
}

impl Webhook {
    fn collect(source: &Source<'_>, faults: &mut Vec<Fault>) -> Option<Self> {
        let secrets = source.required(
            "WHATSAPP_APP_SECRET",
            "set it to the app secret of the Meta app; webhooks are checked with it",
            faults,
        );
        let verify_token = source.required(
            "WHATSAPP_VERIFY_TOKEN",
            "set it to the word typed into the webhook settings of the Meta app",
            faults,
        );
        let secrets = secrets?;
        let secrets = secrets.split(',').map(str::trim).filter(|secret| !secret.is_empty());
        let app_secrets: Vec<_> = secrets.map(SecretString::from).collect();
        if app_secrets.is_empty() {
            faults.push(Fault::new("WHATSAPP_APP_SECRET", "holds one secret, or two by a comma"));
            return None;
        }
        Some(Self { app_secrets, verify_token: verify_token?.into() })
    }
}

impl Default for Graph {
    /// The real Graph API, without a default channel.
    fn default() -> Self {
        #[expect(clippy::expect_used, reason = "a constant that a test parses")]
        let url = GRAPH_API_URL.parse().expect("an address");
        let prices = PriceList::brazil();
        Self { url, version: API_VERSION.to_owned(), default_channel: None, prices }
    }
}

impl Graph {
    /// Reads the address and the version alone: whose token it is a command knows
    /// by itself.
    ///
    /// # Errors
    ///
    /// A [`ConfigError`] with every fault found.
    pub fn address(source: &Source<'_>) -> Result<(Url, String), ConfigError> {
        let mut faults = Vec::new();
        match Self::place(source, &mut faults) {
            (Some(url), version) if faults.is_empty() => Ok((url, version)),
            _ => Err(ConfigError { faults }),
        }
    }

    fn place(source: &Source<'_>, faults: &mut Vec<Fault>) -> (Option<Url>, String) {
        let url = source.parsed("GRAPH_API_URL", GRAPH_API_URL, faults);
        let version = source.get("WHATSAPP_API_VERSION").unwrap_or_else(|| API_VERSION.to_owned());
        if !is_version(&version) {
            faults.push(Fault::new("WHATSAPP_API_VERSION", "looks like v26.0"));
        }
        (url, version)
    }

    fn collect(source: &Source<'_>, faults: &mut Vec<Fault>) -> Option<Self> {
        let (url, version) = Self::place(source, faults);
        let token = source.get("WHATSAPP_API_TOKEN");
        let number = source.get("WHATSAPP_PHONE_NUMBER_ID");
        let default_channel = match (number, token) {
            (Some(number), Some(token)) => Some((number, token.into())),
            (None, None) => None,
            (Some(_), None) => {
                let hint = "goes with WHATSAPP_PHONE_NUMBER_ID: set both or neither";
                faults.push(Fault::new("WHATSAPP_API_TOKEN", hint));
                None
            }
            (None, Some(_)) => {
                let hint = "goes with WHATSAPP_API_TOKEN: set both or neither";
                faults.push(Fault::new("WHATSAPP_PHONE_NUMBER_ID", hint));
                None
            }
        };
        Some(Self { url: url?, version, default_channel, prices: prices(source, faults)? })
    }
}

impl Twilio {
    fn collect(source: &Source<'_>, faults: &mut Vec<Fault>) -> Option<Self> {
        let Some(url) = source.get("TWILIO_API_URL") else { return Some(Self::default()) };
        let stand_in = source.parsed("TWILIO_API_URL", &url, faults)?;
        Some(Self { stand_in: Some(stand_in) })
    }
}

/// The price lists of a file, or ours.
fn prices(source: &Source<'_>, faults: &mut Vec<Fault>) -> Option<PriceList> {
    let Some(path) = source.get("WHATSAPP_PRICES") else { return Some(PriceList::brazil()) };
    let text = std::fs::read_to_string(&path).map_err(|error| error.to_string());
    let list = text.and_then(|text| PriceList::parse(&text).map_err(|error| error.to_string()));
    match list {
        Ok(list) => Some(list),
        Err(error) => {
            faults.push(Fault::new("WHATSAPP_PRICES", format!("{path} can't be used: {error}")));
            None
        }
    }
}

fn redis(source: &Source<'_>, faults: &mut Vec<Fault>) -> Option<SecretString> {
    let url = source.get("REDIS_URL")?;
    if !url.starts_with("redis") {
        faults.push(Fault::new("REDIS_URL", "begins with redis:// or rediss://"));
        return None;
    }
    Some(url.into())
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('v').and_then(|rest| rest.split_once('.')).is_some_and(|(major, minor)| {
        [major, minor].iter().all(|part| {
            (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete(name: &str) -> Option<String> {
        let value = match name {
            "DATABASE_URL" => "postgres://u:hunter2@localhost/db",
            "SECRET_KEYS" => "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "WHATSAPP_APP_SECRET" => "old, new",
            "WHATSAPP_VERIFY_TOKEN" => "xyzzy",
            _ => return None,
        };
        Some(value.to_owned())
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        let config = Config::read(&Source::from_lookup(&complete)).unwrap();
        assert_eq!(config.http.base_domain.to_string(), "localhost:8080");
        assert_eq!(config.graph.url.as_str(), "https://graph.facebook.com/");
        assert_eq!(config.graph.url, Graph::default().url);
        assert_eq!(config.twilio.stand_in, None);
        assert_eq!(config.twilio_webhook().as_str(), "http://api.localhost:8080/webhooks/twilio");
        assert_eq!(config.webhook.app_secrets.len(), 2);
    }

    #[test]
    fn secrets_are_not_shown() {
        let config = Config::read(&Source::from_lookup(&complete)).unwrap();
        let shown = format!("{config:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("xyzzy"), "{shown}");
    }

    #[test]
    fn every_fault_is_reported_at_once() {
        let lookup = |name: &str| match name {
            "BIND_ADDR" => Some("nowhere".to_owned()),
            "BASE_DOMAIN" => Some("-x".to_owned()),
            "REDIS_URL" => Some("postgres://host".to_owned()),
            "WHATSAPP_PRICES" => Some("/dev/null".to_owned()),
            "WHATSAPP_API_VERSION" => Some("latest".to_owned()),
            "WHATSAPP_API_TOKEN" => Some("t".to_owned()),
            _ => None,
        };
        let error = Config::read(&Source::from_lookup(&lookup)).unwrap_err();
        let mut named: Vec<_> = error.faults.iter().map(|fault| fault.variable).collect();
        named.sort_unstable();
        assert_eq!(
            named,
            [
                "BASE_DOMAIN",
                "BIND_ADDR",
                "DATABASE_URL",
                "REDIS_URL",
                "SECRET_KEYS",
                "WHATSAPP_API_VERSION",
                "WHATSAPP_APP_SECRET",
                "WHATSAPP_PHONE_NUMBER_ID",
                "WHATSAPP_PRICES",
                "WHATSAPP_VERIFY_TOKEN",
            ]
        );
        assert!(error.to_string().contains("orcazap demo"), "{error}");
    }
}
