//! The base domain, and which of its hosts a request is for.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A text that is no base domain.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected a host name, with a port if it is not the usual one: orcazap.example")]
pub struct DomainError;

/// The host of the public pages, such as `orcazap.example` or `localhost:8080`.
/// `{slug}.` before it is a store, `api.` before it takes webhooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseDomain {
    host: String,
    port: Option<u16>,
}

/// Which part of the house a host name belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// The base domain itself: public pages.
    Public,
    /// `api.`: webhooks.
    Api,
    /// `{slug}.`: the dashboard of a store, by its slug (not yet known to exist).
    Store(String),
}

impl BaseDomain {
    /// Which part of the house a `Host` header names, port left aside; `None`
    /// for a foreign one. A slug has 1 to 63 letters, digits and inner hyphens.
    /// On a developer's machine `127.0.0.1` and `[::1]` name the api host, for
    /// programs that can't resolve `api.localhost`.
    #[must_use]
    pub fn classify(&self, host: &str) -> Option<Host> {
        let port = host.rfind(':').filter(|at| !host.get(*at..).is_some_and(|h| h.ends_with(']')));
        let host = host.get(..port.unwrap_or(host.len()))?.to_ascii_lowercase();
        if self.is_local() && (host == "127.0.0.1" || host == "[::1]") {
            return Some(Host::Api);
        }
        if host == self.host {
            return Some(Host::Public);
        }
        let label = host.strip_suffix(&self.host)?.strip_suffix('.')?;
        match label {
            "api" => Some(Host::Api),
            slug if is_label(slug) => Some(Host::Store(slug.to_owned())),
            _ => None,
        }
    }

    /// Whether this is a developer's machine: pages come over plain HTTP then.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.host == "localhost" || self.host.ends_with(".localhost")
    }

    /// The address of a page: `prefix` is empty, or a slug, or `api`.
    #[must_use]
    pub fn url(&self, prefix: &str, path: &str) -> String {
        let scheme = if self.is_local() { "http" } else { "https" };
        let dot = if prefix.is_empty() { "" } else { "." };
        format!("{scheme}://{prefix}{dot}{self}{path}")
    }

    /// The host name without its port.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl fmt::Display for BaseDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl FromStr for BaseDomain {
    type Err = DomainError;

    fn from_str(text: &str) -> Result<Self, DomainError> {
        let (host, port) = match text.split_once(':') {
            Some((host, port)) => (host, Some(port.parse().map_err(|_| DomainError)?)),
            None => (text, None),
        };
        let host = host.to_ascii_lowercase();
        if host.len() > 253 || !host.split('.').all(is_label) {
            return Err(DomainError);
        }
        Ok(Self { host, port })
    }
}

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_public_api_a_store_or_foreign() {
        let domain: BaseDomain = "localhost:8080".parse().unwrap();
        let store = |slug: &str| Some(Host::Store(slug.to_owned()));
        for (host, expected) in [
            ("localhost:8080", Some(Host::Public)),
            ("LOCALHOST", Some(Host::Public)),
            ("api.localhost:8080", Some(Host::Api)),
            ("loja.localhost:8080", store("loja")),
            ("Loja-2.localhost", store("loja-2")),
            ("127.0.0.1:8080", Some(Host::Api)),
            ("[::1]:8080", Some(Host::Api)),
            ("[::1]", Some(Host::Api)),
            ("10.0.0.1", None),
            ("a.b.localhost", None),
            ("-x.localhost", None),
            ("evil.example", None),
            ("xlocalhost", None),
            (".localhost", None),
            ("", None),
        ] {
            assert_eq!(domain.classify(host), expected, "{host}");
        }
    }

    #[test]
    fn a_real_domain_has_no_other_names() {
        let domain: BaseDomain = "orcazap.example".parse().unwrap();
        assert_eq!(domain.classify("127.0.0.1"), None);
        assert_eq!(domain.classify("api.orcazap.example"), Some(Host::Api));
    }

    #[test]
    fn pages_are_on_https_except_on_a_developers_machine() {
        let local: BaseDomain = "localhost:8080".parse().unwrap();
        assert_eq!(local.url("loja", "/fila"), "http://loja.localhost:8080/fila");
        let real: BaseDomain = "orcazap.example".parse().unwrap();
        assert_eq!(real.url("", "/"), "https://orcazap.example/");
        for wrong in ["", "-x", "a b", "x:y", "a..b", "http://x"] {
            assert!(wrong.parse::<BaseDomain>().is_err(), "{wrong}");
        }
    }
}
