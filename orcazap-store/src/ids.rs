//! Ids: newtypes over UUIDs, so that a quote's id is never taken for an order's.
//! They are version 7, made in the service, and so sort by time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($name:ident $what:literal;)*) => {
        $(
            #[doc = concat!("The id of ", $what, ".")]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[derive(Serialize, Deserialize)]
            #[serde(transparent)]
            pub struct $name(Uuid);

            impl $name {
                /// A new id, greater than those made before it.
                #[must_use]
                pub fn make() -> Self {
                    Self(Uuid::now_v7())
                }

                /// The id as a UUID.
                #[must_use]
                pub const fn as_uuid(self) -> Uuid {
                    self.0
                }
            }

            impl From<Uuid> for $name {
                fn from(id: Uuid) -> Self {
                    Self(id)
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }

            impl FromStr for $name {
                type Err = uuid::Error;

                fn from_str(text: &str) -> Result<Self, uuid::Error> {
                    text.parse().map(Self)
                }
            }
        )*
    };
}

ids! {
    TenantId "a store";
    StaffId "a person who works for a store";
    ChannelId "a store's WhatsApp number";
    ContactId "someone who writes to a store";
    ConversationId "a conversation";
    MessageId "a message, in or out";
    QuoteId "one revision of a quote";
    ApprovalId "a quote in the queue of a person";
    SalesOrderId "an accepted quote";
    DeadLetterId "a turn that failed too often";
    AuditId "an entry of the audit";
    NoticeId "news for a store's people";
    MediaId "a file that came in";
}

impl From<StaffId> for orcazap_core::authority::PersonId {
    fn from(id: StaffId) -> Self {
        Self(id.0.as_u128())
    }
}

impl From<orcazap_core::authority::PersonId> for StaffId {
    fn from(person: orcazap_core::authority::PersonId) -> Self {
        Self(Uuid::from_u128(person.0))
    }
}
