//! What a webhook brought, kept in one transaction: messages with one job each,
//! what became of messages sent before, and news for the store's people. Nothing
//! here is done twice, however often and in whatever order the platform repeats
//! itself. Which platform it was makes no difference.
//!
//! | update | what is kept |
//! | --- | --- |
//! | a message that asks for an answer, or that a person must see | the message, and a job |
//! | a message of the chats of before | the message; its conversation takes it in |
//! | a message with a file | that, and a file to be fetched |
//! | a message that says who somebody is from now on | that, and the contact's new keys |
//! | a report on a message that was sent | the message's state |
//! | news | a notice; the channel stops or goes on when it says so |
//! | anything for a number that no store has | itself, for an operator |

mod messages;
mod route;
mod unrouted;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use orcazap_core::ContactKey;
use orcazap_core::contact::UserId;
use serde_json::Value;
use uuid::Uuid;

pub use unrouted::Unrouted;

use super::statuses::StatusUpdate;
use crate::error::StoreError;
use crate::ids::{ChannelId, TenantId};
use crate::postgres::media::NewMedia;
use crate::postgres::notices::NewNotice;
use crate::store::Store;

/// One update out of a webhook.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The platform's id of the number it came to; empty when it tells none.
    pub phone_number_id: String,
    /// The platform's id of the account that the number belongs to, when told.
    pub account_id: Option<String>,
    /// The number's own digits, when told.
    pub display_number: Option<String>,
    /// What it is.
    pub update: Update,
}

/// What an update is.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// Somebody wrote.
    Message(Box<NewInbound>),
    /// Something became of a message that was sent.
    Status(StatusUpdate),
    /// News for the store's people: of all stores of the account, when it names no
    /// number.
    Notice(Box<NewNotice>),
    /// Anything else; kept when its number is unknown or untold, and passed over
    /// when the number is known.
    Other {
        /// The platform's JSON.
        raw: Value,
    },
}

/// Whose words a message is, and whether it asks for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A customer's.
    Customer,
    /// A customer's, while another assistant has the conversation: a person looks.
    Standby,
    /// The store's, written on its own phone: the assistant is silent from then on.
    Phone,
    /// A customer's, from before the number was connected.
    Past,
    /// The store's, from before the number was connected.
    PastPhone,
}

impl Source {
    /// Every source.
    pub const ALL: &'static [Self] =
        &[Self::Customer, Self::Standby, Self::Phone, Self::Past, Self::PastPhone];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Standby => "standby",
            Self::Phone => "phone",
            Self::Past => "past",
            Self::PastPhone => "past_phone",
        }
    }

    /// Whether it was written before the number was connected: nothing comes of it.
    #[must_use]
    pub fn is_past(self) -> bool {
        matches!(self, Self::Past | Self::PastPhone)
    }

    /// Whether the store wrote it.
    #[must_use]
    pub fn is_of_store(self) -> bool {
        matches!(self, Self::Phone | Self::PastPhone)
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|source| source.code() == code)
    }
}

/// A message that came in. `Debug` shows neither sender nor content.
#[derive(Clone, PartialEq)]
pub struct NewInbound {
    /// The platform's id of the message, 1 to 512 bytes: the same id is the same message.
    pub provider_id: String,
    /// Whose words they are.
    pub source: Source,
    /// The customer: who wrote it, or whom the store wrote to.
    pub from: ContactKey,
    /// Other ids of the customer, by which they are found too.
    pub aliases: Vec<UserId>,
    /// Who the customer is from now on, when that is what the message says.
    pub becomes: Option<ContactKey>,
    /// The name they gave themselves; kept when the contact is new.
    pub profile_name: Option<String>,
    /// The platform's kind: `text`, `interactive`, `audio`; cut to 64 characters.
    pub kind: String,
    /// Its words, as lists show them; cut to 4,096 characters.
    pub text: Option<String>,
    /// The file in it.
    pub media: Option<NewMedia>,
    /// The platform's JSON of this message.
    pub raw: Value,
    /// When it was written.
    pub sent_at: DateTime<Utc>,
}

impl std::fmt::Debug for NewInbound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewInbound")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ingested {
    /// Messages that were new.
    pub new_messages: u64,
    /// Messages that were known already.
    pub repeated: u64,
    /// Messages sent before of which something new was learnt.
    pub statuses: u64,
    /// Statuses of messages that are not known (yet).
    pub orphans: u64,
    /// News that was new.
    pub notices: u64,
    /// Number ids that no store has, and those of events without a usable id.
    pub unrouted: BTreeSet<String>,
}

/// The updates of one store.
#[derive(Default)]
struct Batch {
    messages: Vec<(ChannelId, NewInbound)>,
    statuses: Vec<StatusUpdate>,
    notices: Vec<(Vec<ChannelId>, NewNotice)>,
}

impl Store {
    /// Keeps what one webhook brought, of however many stores, and wakes the
    /// workers. When this fails nothing is kept, and the webhook must be answered
    /// with an error so that the platform sends it again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`] and the like; [`StoreError::is_transient`] ones
    /// go away by themselves.
    pub async fn ingest(
        &self,
        updates: Vec<Incoming>,
        request_id: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Ingested, StoreError> {
        let mut done = Ingested::default();
        let mut tx = self.tenant(TenantId::from(Uuid::nil())).await?;
        let directory = tx.route(&updates).await?;
        tx.learn_numbers(&directory, &updates).await?;
        // Stores, contacts and messages in one order everywhere: two webhooks
        // that share some of them never wait for each other in a circle.
        let mut batches: BTreeMap<TenantId, Batch> = BTreeMap::new();
        let mut unrouted = Vec::new();
        for incoming in updates {
            let owners = directory.owners(&incoming);
            let one = route::one(&owners);
            let usable = is_usable(&incoming.update);
            match incoming.update {
                Update::Notice(notice) if !owners.is_empty() => {
                    for (tenant, channels) in owners {
                        let batch = batches.entry(tenant).or_default();
                        batch.notices.push((channels, (*notice).clone()));
                    }
                }
                Update::Message(message) if usable && let Some((tenant, channel)) = one => {
                    batches.entry(tenant).or_default().messages.push((channel, *message));
                }
                Update::Status(status) if usable && let Some((tenant, _)) = one => {
                    batches.entry(tenant).or_default().statuses.push(status);
                }
                Update::Other { .. } if !owners.is_empty() => {}
                update => unrouted.push(Incoming { update, ..incoming }),
            }
        }
        for (tenant, batch) in batches {
            tx.switch_tenant(tenant).await?;
            let all = batch.messages.len() as u64;
            let new = tx.insert_inbound(batch.messages, request_id, now).await?;
            done.new_messages += new;
            done.repeated += all.saturating_sub(new);
            let (settled, orphans) = tx.apply_statuses(batch.statuses, now).await?;
            done.statuses += settled;
            done.orphans += orphans;
            for (channels, notice) in batch.notices {
                done.notices += u64::from(tx.insert_notice(&channels, None, &notice, now).await?);
            }
        }
        tx.keep_unrouted(&unrouted, now).await?;
        done.unrouted = unrouted.into_iter().map(|incoming| incoming.phone_number_id).collect();
        tx.commit().await?;
        Ok(done)
    }
}

/// Whether the platform's id of a message can be one: an event without must not
/// stand in the way of the others that came with it.
fn is_usable(update: &Update) -> bool {
    let id = match update {
        Update::Message(message) => &message.provider_id,
        Update::Status(status) => &status.provider_id,
        Update::Notice(_) | Update::Other { .. } => return true,
    };
    (1..=512).contains(&id.len()) && !id.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_found_by_its_code() {
        for source in Source::ALL {
            assert_eq!(Source::from_code(source.code()), Some(*source));
        }
        assert_eq!(Source::from_code("elsewhere"), None);
    }
}
