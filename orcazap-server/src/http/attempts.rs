//! How often a log-in may be tried: by store, address and e-mail, so that nobody
//! guesses a password, and by address alone, so that nobody tries all e-mails.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use orcazap_store::TenantId;

/// Tries of one e-mail from one address that may follow one another at once;
/// then one every ten seconds.
const OF_ONE: NonZeroU32 = NonZeroU32::new(6).unwrap();
/// Tries from one address a minute.
const OF_ADDRESS: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// From so many keys on, those that are at rest are dropped.
const MANY: usize = 10_000;
/// As much of an e-mail as a key holds; no account has a longer one.
const MAX_CHARS: usize = 254;

type Account = (TenantId, Option<IpAddr>, String);

/// The tries of late. A clone shares them.
#[derive(Debug, Clone)]
pub(super) struct Attempts {
    by_account: Arc<DefaultKeyedRateLimiter<Account>>,
    by_address: Arc<DefaultKeyedRateLimiter<Option<IpAddr>>>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            by_account: Arc::new(RateLimiter::keyed(Quota::per_minute(OF_ONE))),
            by_address: Arc::new(RateLimiter::keyed(Quota::per_minute(OF_ADDRESS))),
        }
    }
}

impl Attempts {
    /// Counts a try; whether it may be made.
    pub(super) fn allow(&self, tenant: TenantId, from: Option<IpAddr>, email: &str) -> bool {
        if self.by_account.len() > MANY {
            self.by_account.retain_recent();
        }
        if self.by_address.len() > MANY {
            self.by_address.retain_recent();
        }
        let email = email.trim().chars().take(MAX_CHARS).flat_map(char::to_lowercase).collect();
        let account = (tenant, from, email);
        let address = self.by_address.check_key(&from).is_ok();
        address && self.by_account.check_key(&account).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_is_stopped_and_others_are_not() {
        let (attempts, tenant) = (Attempts::default(), TenantId::make());
        let from = Some(IpAddr::from([127, 0, 0, 1]));
        let tries = (0..20).filter(|_| attempts.allow(tenant, from, "ana@loja.example")).count();
        assert!((6..8).contains(&tries), "{tries}");
        assert!(!attempts.allow(tenant, from, " ANA@loja.example"));
        assert!(attempts.allow(tenant, from, "bia@loja.example"));
        assert!(attempts.allow(TenantId::make(), from, "ana@loja.example"));
    }

    #[test]
    fn an_email_without_end_takes_no_more_room_than_another() {
        let (attempts, tenant) = (Attempts::default(), TenantId::make());
        let endless = |tail: usize| "a".repeat(MAX_CHARS + tail);
        let tries = (0..20).filter(|nth| attempts.allow(tenant, None, &endless(*nth))).count();
        assert!((6..8).contains(&tries), "{tries}");
    }

    #[test]
    fn one_address_does_not_try_all_emails() {
        let (attempts, tenant) = (Attempts::default(), TenantId::make());
        let from = Some(IpAddr::from([127, 0, 0, 1]));
        let tries = (0..200)
            .filter(|nth| attempts.allow(tenant, from, &format!("a{nth}@loja.example")))
            .count();
        assert!((60..65).contains(&tries), "{tries}");
    }
}
