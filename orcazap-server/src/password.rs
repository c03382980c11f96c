//! Passwords: argon2id over what a person typed, and the check against it.
//!
//! 19 MiB and two passes (OWASP's first choice for argon2id). A hash takes tens
//! of milliseconds of one core, so two are worked out at once at most,
//! away from the threads that answer.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use tokio::sync::Semaphore;

const AT_ONCE: usize = 2;
static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// The shortest password, in characters.
pub const MIN_CHARS: usize = 8;
/// The longest password, in bytes; more is refused before it is hashed.
pub const MAX_BYTES: usize = 1024;

/// Why a password is not taken.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PasswordError {
    /// It is shorter than [`MIN_CHARS`].
    #[error("a password has at least {MIN_CHARS} characters, found {found}")]
    TooShort {
        /// How many characters it has.
        found: usize,
    },
    /// It is longer than [`MAX_BYTES`].
    #[error("a password has at most {MAX_BYTES} bytes, found {found}")]
    TooLong {
        /// How many bytes it has.
        found: usize,
    },
    /// The hash could not be worked out.
    #[error("the password could not be hashed: {reason}")]
    Hash {
        /// What the hash function said.
        reason: String,
    },
}

/// The hash to keep for a password, as a PHC string (`$argon2id$v=19$…`).
///
/// # Errors
///
/// [`PasswordError::TooShort`] and [`PasswordError::TooLong`] by its length;
/// [`PasswordError::Hash`] when the system has no randomness or no memory left.
pub async fn hash(password: SecretString) -> Result<String, PasswordError> {
    let (chars, bytes) = (password.expose_secret().chars().count(), password.expose_secret().len());
    if chars < MIN_CHARS {
        return Err(PasswordError::TooShort { found: chars });
    }
    if bytes > MAX_BYTES {
        return Err(PasswordError::TooLong { found: bytes });
    }
    let failed = |reason: String| PasswordError::Hash { reason };
    apart(move || {
        let hash = argon2().and_then(|argon2| {
            Ok(argon2.hash_password(password.expose_secret().as_bytes())?.to_string())
        });
        hash.map_err(|error| failed(error.to_string()))
    })
    .await
    .ok_or_else(|| failed("the task was ended".to_owned()))?
}

/// Whether a password is the one that was hashed. With no hash, because nobody
/// has that e-mail, it takes as long and is never right: an answer's time does
/// not tell who has an account.
pub async fn verify(password: SecretString, hash: Option<String>) -> bool {
    if password.expose_secret().len() > MAX_BYTES {
        return false;
    }
    apart(move || {
        let password = password.expose_secret().as_bytes();
        let Ok(argon2) = argon2() else { return false };
        let Some(hash) = hash else {
            // The same work, thrown away.
            drop(argon2.hash_password(password));
            return false;
        };
        PasswordHash::new(&hash).is_ok_and(|hash| argon2.verify_password(password, &hash).is_ok())
    })
    .await
    .unwrap_or(false)
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let _turn = TURNS.acquire().await.ok()?;
    tokio::task::spawn_blocking(work).await.ok()
}

fn argon2() -> Result<Argon2<'static>, argon2::password_hash::Error> {
    let params = Params::new(19_456, 2, 1, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_that_was_hashed_is_right() {
        let hashed = hash("telha colonial".into()).await.unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert!(verify("telha colonial".into(), Some(hashed.clone())).await);
        assert!(!verify("telha romana".into(), Some(hashed)).await);
        assert!(!verify("telha colonial".into(), None).await);
        assert!(!verify("telha colonial".into(), Some("no hash".to_owned())).await);
    }

    #[tokio::test]
    async fn a_password_has_a_length() {
        assert!(matches!(hash("curta".into()).await, Err(PasswordError::TooShort { found: 5 })));
        let long = "x".repeat(MAX_BYTES + 1);
        assert!(matches!(hash(long.clone().into()).await, Err(PasswordError::TooLong { .. })));
        assert!(!verify(long.into(), None).await);
    }
}
