//! Field encryption: AES-256-GCM under a key id, and a keyed hash for finding
//! equal values.
//!
//! `SECRET_KEYS` is `id:base64,id:base64,…`, each key 32 bytes. The first key
//! writes; all of them read, so a new key is put in front and the old ones stay
//! until every value has been sealed anew.
//!
//! | bytes | sealed value |
//! | --- | --- |
//! | 1 | length of the key id |
//! | n | key id |
//! | 12 | nonce, random |
//! | rest | ciphertext and tag |
//!
//! The place of a value (`tenant:table.column:row`) is authenticated with it: a
//! value moved to another row, column or store does not open. Encryption and
//! hashing use keys derived from each secret key, never the key itself.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use rand::Rng as _;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use uuid::Uuid;

const NONCE_BYTES: usize = 12;

/// Why a key ring cannot be read, or a value not be sealed or opened. None of
/// them holds a key or a value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SecretError {
    /// There is no key at all.
    #[error("expected keys as id:base64,id:base64, found none")]
    NoKeys,
    /// An entry is no `id:base64` with an id of 1 to 32 letters, digits, `-` or `_`.
    #[error("key {position} is not written as id:base64")]
    Entry {
        /// Which entry, from 1.
        position: usize,
    },
    /// A key is not 32 bytes long.
    #[error("key {id:?} has {found} bytes, expected 32")]
    KeyLength {
        /// The key's id.
        id: String,
        /// How many bytes it has.
        found: usize,
    },
    /// An id stands twice.
    #[error("key {id:?} stands twice")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A sealed value names a key that is not in the ring.
    #[error("the value is sealed with key {id:?}, which is not in the ring")]
    UnknownKey {
        /// The key's id.
        id: String,
    },
    /// A sealed value is cut short or was changed, or stands in another place
    /// than it was sealed for.
    #[error("the value was changed or belongs elsewhere")]
    Broken,
    /// The value could not be sealed.
    #[error("the value could not be sealed")]
    Seal,
}

/// Where a sealed value stands.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    /// The store; nil for values that belong to none.
    pub tenant: Uuid,
    /// `table.column`.
    pub column: &'static str,
    /// The row.
    pub row: Uuid,
}

impl Spot {
    fn text(&self) -> String {
        format!("{}:{}:{}", self.tenant, self.column, self.row)
    }
}

struct Key {
    id: String,
    cipher: Aes256Gcm,
    lookup: [u8; 32],
}

/// The keys that seal personal data and access tokens.
pub struct Keyring {
    /// Writes.
    first: Key,
    /// Only read.
    rest: Vec<Key>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.keys().map(|key| &key.id)).finish()
    }
}

impl Keyring {
    /// Reads `SECRET_KEYS`.
    ///
    /// # Errors
    ///
    /// A [`SecretError`] that names the entry and never shows a key.
    pub fn parse(text: &SecretString) -> Result<Self, SecretError> {
        let mut keys: Vec<Key> = Vec::new();
        for (index, entry) in text.expose_secret().split(',').enumerate() {
            let bad = SecretError::Entry { position: index + 1 };
            if entry.trim().is_empty() {
                continue;
            }
            let (id, encoded) = entry.trim().split_once(':').ok_or_else(|| bad.clone())?;
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if id.is_empty() || id.len() > 32 || !id.chars().all(plain) {
                return Err(bad);
            }
            if keys.iter().any(|key| key.id == id) {
                return Err(SecretError::DuplicateId { id: id.to_owned() });
            }
            let secret = STANDARD.decode(encoded.trim()).map_err(|_| bad)?;
            let secret: [u8; 32] = secret.try_into().map_err(|found: Vec<u8>| {
                SecretError::KeyLength { id: id.to_owned(), found: found.len() }
            })?;
            keys.push(Key::new(id, &secret)?);
        }
        let mut keys = keys.into_iter();
        let first = keys.next().ok_or(SecretError::NoKeys)?;
        Ok(Self { first, rest: keys.collect() })
    }

    /// A new random key in the form that [`Keyring::parse`] reads, for `demo`
    /// and for the operator who sets up an installation.
    #[must_use]
    pub fn generate(id: &str) -> SecretString {
        let mut secret = [0_u8; 32];
        rand::rng().fill_bytes(&mut secret);
        format!("{id}:{}", STANDARD.encode(secret)).into()
    }

    /// Seals a value for its place.
    ///
    /// # Errors
    ///
    /// [`SecretError::Seal`] when the cipher refuses (a value of many gigabytes).
    pub fn seal(&self, spot: &Spot, value: &[u8]) -> Result<Vec<u8>, SecretError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        rand::rng().fill_bytes(&mut nonce);
        let spot = spot.text();
        let payload = Payload { msg: value, aad: spot.as_bytes() };
        let cipher_nonce = Nonce::try_from(&nonce[..]).map_err(|_| SecretError::Seal)?;
        let sealed =
            self.first.cipher.encrypt(&cipher_nonce, payload).map_err(|_| SecretError::Seal)?;
        let id = self.first.id.as_bytes();
        let mut out = Vec::with_capacity(1 + id.len() + NONCE_BYTES + sealed.len());
        out.push(u8::try_from(id.len()).map_err(|_| SecretError::Seal)?);
        out.extend_from_slice(id);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens a value that was sealed for this place.
    ///
    /// # Errors
    ///
    /// [`SecretError::UnknownKey`] when its key is gone, [`SecretError::Broken`]
    /// when it was changed, cut, or sealed for another place.
    pub fn open(&self, spot: &Spot, sealed: &[u8]) -> Result<Vec<u8>, SecretError> {
        let (id, rest) = split_id(sealed).ok_or(SecretError::Broken)?;
        let (nonce, body) = rest.split_at_checked(NONCE_BYTES).ok_or(SecretError::Broken)?;
        let key = self.keys().find(|key| key.id.as_bytes() == id).ok_or_else(|| {
            SecretError::UnknownKey { id: String::from_utf8_lossy(id).into_owned() }
        })?;
        let nonce = Nonce::try_from(nonce).map_err(|_| SecretError::Broken)?;
        let spot = spot.text();
        let payload = Payload { msg: body, aad: spot.as_bytes() };
        key.cipher.decrypt(&nonce, payload).map_err(|_| SecretError::Broken)
    }

    /// Opens a text.
    ///
    /// # Errors
    ///
    /// As [`Keyring::open`]; [`SecretError::Broken`] when it is no UTF-8.
    pub fn open_text(&self, spot: &Spot, sealed: &[u8]) -> Result<SecretString, SecretError> {
        let bytes = self.open(spot, sealed)?;
        String::from_utf8(bytes).map(SecretString::from).map_err(|_| SecretError::Broken)
    }

    /// How everything that the writing key seals begins: for finding in SQL what
    /// is sealed with another.
    pub(crate) fn prefix(&self) -> Vec<u8> {
        let id = self.first.id.as_bytes();
        // An id has 32 bytes at most.
        std::iter::once(id.len().to_le_bytes()[0]).chain(id.iter().copied()).collect()
    }

    /// The keyed hash under the key that writes: equal for equal values of one
    /// store and one kind, and for nothing else.
    #[must_use]
    pub fn lookup(&self, tenant: Uuid, kind: &'static str, value: &str) -> [u8; 32] {
        self.first.lookup(tenant, kind, value)
    }

    /// The keyed hashes under every key, the writing one first: what to search
    /// for while old keys are still in use.
    #[must_use]
    pub fn lookups(&self, tenant: Uuid, kind: &'static str, value: &str) -> Vec<[u8; 32]> {
        self.keys().map(|key| key.lookup(tenant, kind, value)).collect()
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

impl Key {
    fn new(id: &str, secret: &[u8; 32]) -> Result<Self, SecretError> {
        let seal = mac(secret, &[b"orcazap seal v1"]);
        let cipher = Aes256Gcm::new_from_slice(&seal).map_err(|_| SecretError::Seal)?;
        Ok(Self { id: id.to_owned(), cipher, lookup: mac(secret, &[b"orcazap lookup v1"]) })
    }

    fn lookup(&self, tenant: Uuid, kind: &str, value: &str) -> [u8; 32] {
        mac(&self.lookup, &[tenant.as_bytes(), kind.as_bytes(), &[0], value.as_bytes()])
    }
}

/// HMAC-SHA-256 of the parts, one behind the other.
#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn split_id(sealed: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = sealed.split_first()?;
    rest.split_at_checked(usize::from(*length))
}

/// The SHA-256 of a session token: all that is kept of it.
pub(crate) fn token_hash(token: &SecretString) -> [u8; 32] {
    Sha256::digest(token.expose_secret().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(text: &str) -> Result<Keyring, SecretError> {
        Keyring::parse(&text.to_owned().into())
    }

    fn key(id: &str, byte: u8) -> String {
        format!("{id}:{}", STANDARD.encode([byte; 32]))
    }

    const SPOT: Spot =
        Spot { tenant: Uuid::from_u128(1), column: "contacts.phone", row: Uuid::from_u128(2) };

    #[test]
    fn a_sealed_value_opens_where_it_was_sealed_and_nowhere_else() {
        let ring = ring(&key("a", 1)).unwrap();
        let sealed = ring.seal(&SPOT, b"5511900000000").unwrap();
        assert_eq!(ring.open(&SPOT, &sealed).unwrap(), b"5511900000000");
        for elsewhere in [
            Spot { tenant: Uuid::from_u128(9), ..SPOT },
            Spot { row: Uuid::from_u128(9), ..SPOT },
            Spot { column: "contacts.name", ..SPOT },
        ] {
            assert_eq!(ring.open(&elsewhere, &sealed), Err(SecretError::Broken));
        }
    }

    #[test]
    fn any_changed_or_missing_byte_is_noticed() {
        let ring = ring(&key("a", 1)).unwrap();
        let sealed = ring.seal(&SPOT, b"value").unwrap();
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(ring.open(&SPOT, &changed).is_err(), "byte {index}");
            assert!(ring.open(&SPOT, &sealed[..index]).is_err(), "cut at {index}");
        }
    }

    #[test]
    fn old_keys_read_and_the_first_key_writes() {
        let old = ring(&key("old", 1)).unwrap();
        let both = ring(&format!("{},{}", key("new", 2), key("old", 1))).unwrap();
        let new = ring(&key("new", 2)).unwrap();
        let sealed = old.seal(&SPOT, b"value").unwrap();
        assert_eq!(both.open(&SPOT, &sealed).unwrap(), b"value");
        assert_eq!(new.open(&SPOT, &sealed), Err(SecretError::UnknownKey { id: "old".into() }));
        let anew = both.seal(&SPOT, b"value").unwrap();
        assert!(anew.starts_with(&both.prefix()) && !sealed.starts_with(&both.prefix()));
        assert_eq!(new.open(&SPOT, &anew).unwrap(), b"value");
        let tenant = Uuid::from_u128(1);
        assert!(both.lookups(tenant, "phone", "1").contains(&old.lookup(tenant, "phone", "1")));
    }

    #[test]
    fn equal_values_of_two_stores_or_kinds_hash_apart() {
        let ring = ring(&key("a", 1)).unwrap();
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(ring.lookup(one, "phone", "1"), ring.lookup(one, "phone", "1"));
        assert_ne!(ring.lookup(one, "phone", "1"), ring.lookup(two, "phone", "1"));
        assert_ne!(ring.lookup(one, "phone", "1"), ring.lookup(one, "user_id", "1"));
    }

    #[test]
    fn bad_key_rings_are_refused_without_showing_a_key() {
        let short = format!("a:{}", STANDARD.encode([1; 16]));
        for (text, expected) in [
            (String::new(), SecretError::NoKeys),
            ("nonsense".into(), SecretError::Entry { position: 1 }),
            (format!("{},b c:AA==", key("a", 1)), SecretError::Entry { position: 2 }),
            ("a:***".into(), SecretError::Entry { position: 1 }),
            (short, SecretError::KeyLength { id: "a".into(), found: 16 }),
            (format!("{0},{0}", key("a", 1)), SecretError::DuplicateId { id: "a".into() }),
        ] {
            assert_eq!(ring(&text).err(), Some(expected), "{text}");
        }
        let made = Keyring::parse(&Keyring::generate("k1")).unwrap();
        assert_eq!(format!("{made:?}"), r#"["k1"]"#);
    }
}
