//! Which store an update is for.
//!
//! The number's id decides. Where it is missing, the number's digits do, and for
//! want of them the account, if it has one number here; both are learnt from
//! webhooks that tell the id too. News of an account are for every store with a
//! number in it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Incoming, Update};
use crate::error::StoreError;
use crate::ids::{ChannelId, TenantId};
use crate::json::clean_text;
use crate::store::TenantTx;

/// The longest id of an account, and the most digits of a number, that are learnt.
const MAX_CHARS: usize = 128;

type Owner = (TenantId, ChannelId);

/// What is known of the numbers that a webhook names.
#[derive(Default)]
pub(super) struct Directory {
    by_number: BTreeMap<String, Known>,
    by_display: BTreeMap<String, Vec<Owner>>,
    by_account: BTreeMap<String, Vec<Owner>>,
}

struct Known {
    owner: Owner,
    account: Option<String>,
    display: Option<String>,
}

impl Directory {
    /// The stores that an update is for, each with the numbers it is about.
    pub(super) fn owners(&self, incoming: &Incoming) -> BTreeMap<TenantId, Vec<ChannelId>> {
        let named = !incoming.phone_number_id.is_empty();
        let found: &[Owner] = if named {
            let known = self.by_number.get(&incoming.phone_number_id);
            known.map(|known| std::slice::from_ref(&known.owner)).unwrap_or_default()
        } else {
            let display = display(incoming).and_then(|number| self.by_display.get(&number));
            let account = account(incoming).and_then(|account| self.by_account.get(&account));
            display.or(account).map(Vec::as_slice).unwrap_or_default()
        };
        let mut owners: BTreeMap<TenantId, Vec<ChannelId>> = BTreeMap::new();
        for (tenant, channel) in found {
            owners.entry(*tenant).or_default().push(*channel);
        }
        owners
    }
}

/// The number, when it is only one: no message is ever given to two, or to the
/// wrong one.
pub(super) fn one(owners: &BTreeMap<TenantId, Vec<ChannelId>>) -> Option<Owner> {
    let mut numbers = owners
        .iter()
        .flat_map(|(tenant, channels)| channels.iter().map(|channel| (*tenant, *channel)));
    numbers.next().filter(|_| numbers.next().is_none())
}

impl TenantTx {
    /// What is known of the numbers and accounts that the updates name.
    pub(super) async fn route(&mut self, updates: &[Incoming]) -> Result<Directory, StoreError> {
        let texts = |told: fn(&Incoming) -> Option<String>| -> Vec<String> {
            updates.iter().filter_map(told).collect::<BTreeSet<_>>().into_iter().collect()
        };
        let unnamed = |incoming: &Incoming| incoming.phone_number_id.is_empty();
        let numbers = texts(|incoming| Some(clean_text(&incoming.phone_number_id)));
        let (displays, accounts) = if updates.iter().any(unnamed) {
            (texts(display), texts(account))
        } else {
            (Vec::new(), Vec::new())
        };
        let rows = sqlx::query!(
            "SELECT phone_number_id, tenant_id, channel_id, account_id, display_number
             FROM channel_directory
             WHERE phone_number_id = ANY($1)
                OR display_number = ANY($2)
                OR account_id = ANY($3)",
            &numbers,
            &displays,
            &accounts
        )
        .fetch_all(self.db())
        .await?;
        let mut directory = Directory::default();
        for row in rows {
            let owner = (row.tenant_id.into(), row.channel_id.into());
            if let Some(display) = &row.display_number {
                directory.by_display.entry(display.clone()).or_default().push(owner);
            }
            if let Some(account) = &row.account_id {
                directory.by_account.entry(account.clone()).or_default().push(owner);
            }
            let known = Known { owner, account: row.account_id, display: row.display_number };
            directory.by_number.insert(row.phone_number_id, known);
        }
        Ok(directory)
    }

    /// Learns the account and the digits of a number from a message or status that
    /// tells all three.
    pub(super) async fn learn_numbers(
        &mut self,
        directory: &Directory,
        updates: &[Incoming],
    ) -> Result<(), StoreError> {
        let mut learnt = BTreeMap::new();
        for incoming in updates {
            let Some(known) = directory.by_number.get(&incoming.phone_number_id) else { continue };
            if !matches!(incoming.update, Update::Message(_) | Update::Status(_)) {
                continue;
            }
            let (account, display) = (account(incoming), display(incoming));
            let is_new =
                |told: &Option<String>, known: &Option<String>| told.is_some() && told != known;
            if is_new(&account, &known.account) || is_new(&display, &known.display) {
                learnt.insert(incoming.phone_number_id.as_str(), (account, display));
            }
        }
        for (number, (account, display)) in learnt {
            sqlx::query!(
                "UPDATE channel_directory SET
                    account_id = coalesce($2, account_id),
                    display_number = coalesce($3, display_number)
                 WHERE phone_number_id = $1",
                number,
                account,
                display
            )
            .execute(self.db())
            .await?;
        }
        Ok(())
    }
}

fn account(incoming: &Incoming) -> Option<String> {
    let account = clean_text(incoming.account_id.as_deref()?);
    (1..=MAX_CHARS).contains(&account.chars().count()).then_some(account)
}

/// The number's digits, however they are written.
fn display(incoming: &Incoming) -> Option<String> {
    let digits: String =
        incoming.display_number.as_deref()?.chars().filter(char::is_ascii_digit).collect();
    (8..=15).contains(&digits.len()).then_some(digits)
}
