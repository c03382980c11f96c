//! The handshake by which the platform checks that a webhook address is ours.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Why a handshake is refused; answer any of them with 403.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ChallengeError {
    /// `hub.mode` is missing or not `subscribe`.
    #[error("expected hub.mode=subscribe")]
    Mode,
    /// `hub.verify_token` is missing or not the one that was agreed.
    #[error("hub.verify_token is missing or wrong")]
    Token,
    /// `hub.challenge` is missing, or longer than 1,024 characters.
    #[error("expected hub.challenge of 1 to 1024 characters")]
    Challenge,
}

/// Checks the query of a verification request (`GET`) and gives the text to
/// answer it with: 200, `text/plain`, and the challenge as the whole body.
///
/// `query` is the raw query string, without its question mark. Tokens are
/// compared in constant time.
///
/// # Errors
///
/// [`ChallengeError`], when a parameter is missing or not as agreed.
///
/// ```
/// use orcazap_whatsapp::webhook::verify_challenge;
/// let query = "hub.mode=subscribe&hub.verify_token=segredo&hub.challenge=1158201444";
/// assert_eq!(verify_challenge(query, &"segredo".into())?, "1158201444");
/// # Ok::<(), orcazap_whatsapp::webhook::ChallengeError>(())
/// ```
pub fn verify_challenge(
    query: &str,
    expected_token: &SecretString,
) -> Result<String, ChallengeError> {
    let parameter = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value)
    };
    if parameter("hub.mode").as_deref() != Some("subscribe") {
        return Err(ChallengeError::Mode);
    }
    let token = parameter("hub.verify_token").ok_or(ChallengeError::Token)?;
    if expected_token.expose_secret().is_empty() || !same(&token, expected_token.expose_secret()) {
        return Err(ChallengeError::Token);
    }
    match parameter("hub.challenge") {
        Some(challenge) if (1..=1024).contains(&challenge.chars().count()) => {
            Ok(challenge.into_owned())
        }
        _ => Err(ChallengeError::Challenge),
    }
}

/// Compares digests, so that the time taken tells neither length nor prefix.
fn same(found: &str, expected: &str) -> bool {
    let (found, expected) = (Sha256::digest(found), Sha256::digest(expected));
    found.iter().zip(expected.iter()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: Result<&str, ChallengeError>) {
        let answer = verify_challenge(query, &"token certo".into());
        assert_eq!(answer.as_deref(), expected.as_ref().map(|text| *text), "{query}");
    }

    #[test]
    fn only_a_complete_handshake_with_the_right_token_is_answered() {
        let ok = "hub.mode=subscribe&hub.challenge=a%2Bb&hub.verify_token=token+certo";
        check(ok, Ok("a+b"));
        check(&ok.replace("certo", "errado"), Err(ChallengeError::Token));
        check(&ok.replace("subscribe", "unsubscribe"), Err(ChallengeError::Mode));
        check(&ok.replace("a%2Bb", ""), Err(ChallengeError::Challenge));
        check("", Err(ChallengeError::Mode));
        check("hub.mode=subscribe", Err(ChallengeError::Token));
    }

    #[test]
    fn an_empty_token_in_the_settings_opens_nothing() {
        let query = "hub.mode=subscribe&hub.challenge=1&hub.verify_token=";
        assert_eq!(verify_challenge(query, &"".into()), Err(ChallengeError::Token));
    }
}
