//! Whether a webhook body comes from the platform: HMAC-SHA256 over the raw
//! bytes with the app secret, in the header `X-Hub-Signature-256`.
//!
//! The platform signs what it sends, escapes and all (`\u00e3`, `\/`). A body
//! that was parsed and written again no longer fits its signature; only the
//! bytes as they arrived do.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use thiserror::Error;

/// The header that carries the signature.
pub const SIGNATURE_HEADER: &str = "x-hub-signature-256";

/// Why a body is not taken; answer any of them with 401 and leave no trace.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// There is no header.
    #[error("the signature header is missing")]
    Missing,
    /// The header is not `sha256=` and 64 hexadecimal digits.
    #[error("expected sha256= and 64 hexadecimal digits in the signature header")]
    Malformed,
    /// No secret made this signature over this body.
    #[error("the signature fits none of the app secrets")]
    Wrong,
    /// There is no app secret to check with.
    #[error("no app secret is configured")]
    NoSecret,
}

/// Checks the signature of a raw body, in constant time.
///
/// Any one of `app_secrets` may have made it: while a secret is being rotated,
/// pass the old and the new one. Empty secrets are passed over.
///
/// # Errors
///
/// [`SignatureError`]; check before parsing, and parse nothing on an error.
pub fn verify_signature(
    app_secrets: &[SecretString],
    body: &[u8],
    header: Option<&str>,
) -> Result<(), SignatureError> {
    let header = header.ok_or(SignatureError::Missing)?;
    let digits = header.strip_prefix("sha256=").ok_or(SignatureError::Malformed)?;
    let mut signature = [0_u8; 32];
    hex::decode_to_slice(digits, &mut signature).map_err(|_| SignatureError::Malformed)?;
    let mut secrets = app_secrets.iter().filter(|s| !s.expose_secret().is_empty()).peekable();
    if secrets.peek().is_none() {
        return Err(SignatureError::NoSecret);
    }
    // Every secret is tried, so that the time taken does not tell which one fits.
    let fits = secrets.fold(false, |fits, secret| {
        fits | keyed(secret, body).is_some_and(|mac| mac.verify_slice(&signature).is_ok())
    });
    if fits { Ok(()) } else { Err(SignatureError::Wrong) }
}

/// The header's value for a body: what the platform would send.
#[must_use]
pub fn sign(app_secret: &SecretString, body: &[u8]) -> String {
    let code = keyed(app_secret, body).map(|mac| mac.finalize().into_bytes());
    format!("sha256={}", hex::encode(code.unwrap_or_default()))
}

/// `None` never comes: HMAC takes keys of any length.
fn keyed(secret: &SecretString, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
    mac.update(body);
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &[u8] = br#"{"object":"whatsapp_business_account","entry":[]}"#;
    const EMPTY_HEX: &str = "5fda320be99c8730a4b3d05e00eba101bdb437a976cfd76a811354f643d9d48d";
    const ESCAPED: &[u8] = br#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"type":"text","text":{"body":"amanh\u00e3 10\/12 \ud83d\ude00"}}]}}]}]}"#;
    const ESCAPED_HEX: &str = "20c442a8a33ff1e3a29142a667f4f35f3ce925c139e0ff23486211f409eaf972";

    fn secrets(texts: &[&str]) -> Vec<SecretString> {
        texts.iter().map(|text| (*text).into()).collect()
    }

    #[track_caller]
    fn check(keys: &[&str], body: &[u8], header: &str, expected: Result<(), SignatureError>) {
        assert_eq!(verify_signature(&secrets(keys), body, Some(header)), expected, "{header}");
    }

    #[test]
    fn the_vectors_of_the_reference_hold() {
        assert_eq!(ESCAPED.len(), 181);
        check(&["app-secret-de-teste"], EMPTY, &format!("sha256={EMPTY_HEX}"), Ok(()));
        check(&["app-secret-de-teste"], ESCAPED, &format!("sha256={ESCAPED_HEX}"), Ok(()));
        assert_eq!(sign(&"app-secret-de-teste".into(), EMPTY), format!("sha256={EMPTY_HEX}"));
    }

    #[test]
    fn a_body_written_again_does_not_fit_its_signature() {
        let parsed: serde_json::Value = serde_json::from_slice(ESCAPED).unwrap();
        let again = serde_json::to_vec(&parsed).unwrap();
        let header = format!("sha256={ESCAPED_HEX}");
        check(&["app-secret-de-teste"], &again, &header, Err(SignatureError::Wrong));
    }

    #[test]
    fn while_a_secret_is_rotated_old_and_new_both_fit() {
        let header = format!("sha256={EMPTY_HEX}");
        check(&["novo", "app-secret-de-teste"], EMPTY, &header, Ok(()));
        check(&["app-secret-de-teste", "novo"], EMPTY, &header, Ok(()));
        check(&["novo"], EMPTY, &header, Err(SignatureError::Wrong));
    }

    #[test]
    fn anything_else_is_refused() {
        for header in ["", "sha256=", "sha1=00", EMPTY_HEX, "sha256=zz", "SHA256=00"] {
            check(&["s"], EMPTY, header, Err(SignatureError::Malformed));
        }
        check(&[], EMPTY, &format!("sha256={EMPTY_HEX}"), Err(SignatureError::NoSecret));
        let blank = sign(&"".into(), EMPTY);
        check(&[""], EMPTY, &blank, Err(SignatureError::NoSecret));
        assert_eq!(verify_signature(&secrets(&["s"]), EMPTY, None), Err(SignatureError::Missing));
    }
}
