//! Random tokens, the cookies that carry them, and the form tokens made of them.
//!
//! A cookie is of one host alone (no `Domain`; `__Host-` where there is HTTPS),
//! and scripts can't read it. The token of a form is a keyed hash of the cookie's
//! token, so nothing has to be kept for it, and it ends with the session.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::Rng as _;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::config::BaseDomain;

/// The longest token that is looked at; ours have 43 characters.
const MAX_CHARS: usize = 100;

/// A new token of 256 random bits.
pub(super) fn random() -> SecretString {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes).into()
}

/// The token that the forms of a session carry.
pub(super) fn of_forms(session: &SecretString) -> String {
    // A key of any length is taken, so this is never the empty text.
    let mac = Hmac::<Sha256>::new_from_slice(session.expose_secret().as_bytes());
    let mac = mac.map(|mac| mac.chain_update(b"orcazap form").finalize().into_bytes());
    mac.map(|bytes| hex::encode(&bytes[..])).unwrap_or_default()
}

/// Whether a form carries the token of its session; compared in constant time.
pub(super) fn is_of_forms(given: &str, session: &SecretString) -> bool {
    let expected = of_forms(session);
    !expected.is_empty() && bool::from(given.as_bytes().ct_eq(expected.as_bytes()))
}

/// What a cookie is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Jar {
    /// Somebody is logged in.
    Session,
    /// Somebody looks at the log-in form.
    Visit,
}

impl Jar {
    fn name(self, domain: &BaseDomain) -> &'static str {
        match (self, domain.is_local()) {
            (Self::Session, false) => "__Host-orcazap",
            (Self::Session, true) => "orcazap",
            (Self::Visit, false) => "__Host-orcazap-visit",
            (Self::Visit, true) => "orcazap-visit",
        }
    }

    /// The token that a request brings.
    pub(super) fn find(self, headers: &HeaderMap, domain: &BaseDomain) -> Option<SecretString> {
        let name = self.name(domain);
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(given, value)| *given == name && !value.is_empty() && value.len() <= MAX_CHARS)
            .map(|(_, value)| value.into())
    }

    /// The header that keeps a token in the browser for some time.
    pub(super) fn keep(
        self,
        token: &SecretString,
        lasting: TimeDelta,
        domain: &BaseDomain,
    ) -> Option<HeaderValue> {
        self.header(token.expose_secret(), lasting.num_seconds(), domain)
    }

    /// The header that takes the token out of the browser.
    pub(super) fn forget(self, domain: &BaseDomain) -> Option<HeaderValue> {
        self.header("", 0, domain)
    }

    fn header(self, value: &str, seconds: i64, domain: &BaseDomain) -> Option<HeaderValue> {
        let secure = if domain.is_local() { "" } else { "; Secure" };
        let name = self.name(domain);
        let cookie =
            format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        let mut header = HeaderValue::from_str(&cookie).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(text: &str) -> BaseDomain {
        text.parse().unwrap()
    }

    #[test]
    fn a_cookie_is_of_its_host_alone_and_out_of_reach_of_scripts() {
        let token = random();
        let https = domain("orcazap.example");
        let header = Jar::Session.keep(&token, TimeDelta::hours(1), &https).unwrap();
        let header = header.to_str().unwrap();
        assert!(header.starts_with("__Host-orcazap="), "{header}");
        for part in ["; Path=/", "; Max-Age=3600", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(header.contains(part), "{part} in {header}");
        }
        assert!(!header.contains("Domain"));
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let local = domain("localhost:8080");
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=b; orcazap-visit=v; orcazap=t0k"));
        let found = |jar: Jar| jar.find(&headers, &local).map(|t| t.expose_secret().to_owned());
        assert_eq!(found(Jar::Session).as_deref(), Some("t0k"));
        assert_eq!(found(Jar::Visit).as_deref(), Some("v"));
    }

    #[test]
    fn a_form_token_is_of_one_session() {
        let (mine, other) = (random(), random());
        assert!(is_of_forms(&of_forms(&mine), &mine));
        assert!(!is_of_forms(&of_forms(&other), &mine));
        assert!(!is_of_forms("", &mine));
        assert_ne!(of_forms(&mine), mine.expose_secret());
    }
}
