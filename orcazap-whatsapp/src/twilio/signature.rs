//! Twilio's signature: HMAC-SHA1 over the address and the parameters.
//!
//! The address is the one that Twilio was given, scheme, host, port, path and
//! query unchanged. Behind a proxy it is not the one that arrives: rebuild it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use url::Url;

use super::form::Form;
use crate::webhook::SignatureError;

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "x-twilio-signature";

/// Checks that a webhook to an address comes from an account with one of these
/// auth tokens: the account's own, which alone signs, and while it is being rotated
/// the secondary one too. The address is tried with and without the usual port of
/// its scheme, because Twilio's products differ in it.
///
/// # Errors
///
/// [`SignatureError`]; check before anything else is done with the form.
pub fn verify_signature(
    auth_tokens: &[SecretString],
    url: &Url,
    form: &Form,
    header: Option<&str>,
) -> Result<(), SignatureError> {
    let header = header.ok_or(SignatureError::Missing)?;
    let signature = BASE64_STANDARD.decode(header).map_err(|_| SignatureError::Malformed)?;
    let mut tokens = auth_tokens.iter().filter(|t| !t.expose_secret().is_empty()).peekable();
    if tokens.peek().is_none() {
        return Err(SignatureError::NoSecret);
    }
    let addresses = [Some(url.as_str().to_owned()), with_port(url)];
    // Every pair is tried, so that the time taken does not tell which one fits.
    let fits = tokens.fold(false, |fits, token| {
        addresses.iter().flatten().fold(fits, |fits, address| {
            fits | keyed(token, address, form)
                .is_some_and(|mac| mac.verify_slice(&signature).is_ok())
        })
    });
    if fits { Ok(()) } else { Err(SignatureError::Wrong) }
}

/// The header's value for a webhook: what Twilio would send.
#[must_use]
pub fn sign(auth_token: &SecretString, url: &Url, form: &Form) -> String {
    let code = keyed(auth_token, url.as_str(), form).map(|mac| mac.finalize().into_bytes());
    BASE64_STANDARD.encode(code.unwrap_or_default())
}

/// The address with the usual port of its scheme written out; `None` when it has
/// another one.
fn with_port(url: &Url) -> Option<String> {
    if url.port().is_some() {
        return None;
    }
    let (host, port) = (url.host_str()?, url.port_or_known_default()?);
    let rest = url.as_str().split_once(host)?.1;
    Some(format!("{}://{host}:{port}{rest}", url.scheme()))
}

/// The code over the address and the parameters sorted by name, those of one name
/// by value and each value once. `None` never comes: HMAC takes keys of any length.
fn keyed(token: &SecretString, address: &str, form: &Form) -> Option<Hmac<Sha1>> {
    let mut mac = Hmac::<Sha1>::new_from_slice(token.expose_secret().as_bytes()).ok()?;
    mac.update(address.as_bytes());
    let mut parameters: Vec<(&str, &str)> = form.iter().collect();
    parameters.sort_unstable();
    parameters.dedup();
    for (name, value) in parameters {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";

    fn form(pairs: &[(&str, &str)]) -> Form {
        pairs.iter().copied().collect()
    }

    #[track_caller]
    fn check(address: &str, form: &Form, header: &str, expected: Result<(), SignatureError>) {
        let url = address.parse().unwrap();
        assert_eq!(verify_signature(&["12345".into()], &url, form, Some(header)), expected);
    }

    #[test]
    fn the_vectors_of_the_reference_hold() {
        let call = form(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ]);
        check(ADDRESS, &call, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", Ok(()));
        let twice = form(&[
            ("Sid", "CA123"),
            ("SidAccount", "AC123"),
            ("Digits", "5678"),
            ("Digits", "1234"),
        ]);
        check(ADDRESS, &twice, "IK+Dwps556ElfBT0I3Rgjkr1wJU=", Ok(()));
    }

    #[test]
    fn the_usual_port_may_be_written_or_not_and_another_counts() {
        let (form, token) = (form(&[("Body", "10 sacos")]), "12345".into());
        let written = "https://mycompany.com:443/a?b=1";
        // `Url` leaves the usual port out, so this is signed by hand.
        let mac = keyed(&token, written, &form).unwrap().finalize().into_bytes();
        check("https://mycompany.com/a?b=1", &form, &BASE64_STANDARD.encode(mac), Ok(()));
        let other = sign(&token, &"https://mycompany.com:8443/a?b=1".parse().unwrap(), &form);
        check("https://mycompany.com/a?b=1", &form, &other, Err(SignatureError::Wrong));
        check("https://mycompany.com:8443/a?b=1", &form, &other, Ok(()));
    }

    #[test]
    fn what_was_changed_on_the_way_does_not_fit() {
        let signed = form(&[("Body", "10 sacos"), ("From", "whatsapp:+5511900000001")]);
        let header = sign(&"12345".into(), &ADDRESS.parse().unwrap(), &signed);
        check(ADDRESS, &signed, &header, Ok(()));
        let changed = form(&[("Body", "90 sacos"), ("From", "whatsapp:+5511900000001")]);
        check(ADDRESS, &changed, &header, Err(SignatureError::Wrong));
        check(ADDRESS, &signed, "%%%", Err(SignatureError::Malformed));
        let url = ADDRESS.parse().unwrap();
        assert_eq!(verify_signature(&[], &url, &signed, Some("")), Err(SignatureError::NoSecret));
        let none = verify_signature(&["12345".into()], &url, &signed, None);
        assert_eq!(none, Err(SignatureError::Missing));
        // While the token is rotated both fit.
        let both = ["novo".into(), "12345".into()];
        assert_eq!(verify_signature(&both, &url, &signed, Some(&header)), Ok(()));
    }
}
