//! What OrcaZap remembers: stores, people, catalogues, conversations, quotes and
//! messages in PostgreSQL, and what is to be done next.
//!
//! ```no_run
//! use orcazap_store::private::{Kind, PrivatePostgres};
//! use orcazap_store::{Store, secrets::Keyring};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! // A private server for trying it out; an installation has its own address here.
//! let server = PrivatePostgres::start(Kind::Temporary).await?;
//! let url = server.url().into();
//! Store::migrate(&url).await?;
//! let store = Store::connect(&url, Keyring::parse(&Keyring::generate("k1"))?).await?;
//!
//! let now = chrono::Utc::now();
//! let tenant = store.create_tenant("casa-silva", "Casa Silva", now).await?;
//! let mut tx = store.tenant(tenant.id).await?;
//! assert!(tx.list_products().await?.is_empty());
//! tx.commit().await?;
//!
//! // A worker: whatever waits for one conversation, stepped and kept together.
//! if let Some(turn) = store.claim_turn(now).await? {
//!     let steps = Vec::new(); // what the core's `step` made of `turn.messages()`
//!     turn.commit(steps, now).await?;
//! }
//! # Ok(()) }
//! ```
//!
//! # What holds
//!
//! * The data of a store is reached through [`TenantTx`] and in no other way.
//!   Row-level security is forced on every table of a store, and every query runs
//!   as a role that owns nothing; without a store set, tables read empty.
//! * A webhook is kept whole or not at all ([`Store::ingest`]), each message once.
//! * All that waits for a contact is taken under one lock, in order, and what
//!   comes of it is kept in one commit ([`Store::claim_turn`]). Nothing is sent in it.
//! * An attempt to send is committed before a byte leaves ([`Store::claim_delivery`]);
//!   of one contact's messages one is on its way at most, and their order holds.
//! * Reports on messages only ever raise their state, so repeats and wrong order
//!   do no harm.
//! * Phone numbers, names, words and access tokens are sealed in their rows
//!   ([`secrets`]).
//! * No method asks for the time: `now` comes in. Ids are made here (UUID version 7).
//!
//! # What it does not do
//!
//! It does not read, price or decide (the core does), hash passwords, speak HTTP
//! or send anything. PostgreSQL is the truth; what several machines share through
//! Redis ([`redis`]) is speed, and nothing waits for it.
//!
//! # Queries
//!
//! The compiler checks every query against the schema, from the files in `.sqlx`.
//! After a change of a query or a migration, `prepare.sh` writes them anew, and
//! `prepare.sh --check` fails while they are stale.

mod error;
mod ids;
mod jobs;
mod json;
pub mod media;
mod postgres;
pub mod private;
pub mod redis;
pub mod secrets;
mod store;
#[cfg(feature = "testing")]
pub mod testing;

pub use error::StoreError;
pub use ids::{
    ApprovalId, AuditId, ChannelId, ContactId, ConversationId, DeadLetterId, MediaId, MessageId,
    NoticeId, QuoteId, SalesOrderId, StaffId, TenantId,
};
pub use jobs::act::{Acted, Locked};
pub use jobs::callback::{CallbackError, CallbackId};
pub use jobs::delivery::Delivery;
pub use jobs::failure::{AfterFailure, MAX_ATTEMPTS};
pub use jobs::fetch::{Fetch, MAX_FETCH_ATTEMPTS};
pub use jobs::ingest::{Incoming, Ingested, NewInbound, Source, Unrouted, Update};
pub use jobs::nudge::{ApprovedTemplate, Nudge};
pub use jobs::outcome::MAX_SEND_ATTEMPTS;
pub use jobs::save::{NewOutgoing, OutgoingKind, Stepped};
pub use jobs::statuses::{SentState, StatusUpdate};
pub use jobs::turn::Turn;
pub use jobs::waiting::{QuoteReport, Waiting};
pub use postgres::approvals::Approval;
pub use postgres::audit::{Actor, AuditEntry, NewAudit};
pub use postgres::channel_webhooks::ChannelWebhook;
pub use postgres::channels::{Allowance, Channel, ChannelStatus, NewChannel};
pub use postgres::charges::{Charge, ChargesOf, Reached, ReportedPrice, SentAs};
pub use postgres::contacts::Contact;
pub use postgres::conversations::{ConversationEntry, ConversationFilter};
pub use postgres::counts::Counts;
pub use postgres::dead_letters::DeadLetter;
pub use postgres::heard::HeardMessage;
pub use postgres::media::{Media, MediaState, NewMedia};
pub use postgres::messages::{Direction, MessageEntry, Unsent};
pub use postgres::notices::{ChannelChange, NewNotice, Notice, Severity};
pub use postgres::page::{Cursor, CursorError, MAX_PAGE, Page};
pub use postgres::products::{Others, Supply};
pub use postgres::quotes::{QuoteEntry, QuotedOrder, StoredQuote};
pub use postgres::sales_orders::SalesOrder;
pub use postgres::sessions::Session;
pub use postgres::settings::Settings;
pub use postgres::shop::ShopData;
pub use postgres::templates::{StoredTemplate, TemplateNews};
pub use postgres::tenants::Tenant;
pub use postgres::texts::{OwnText, Voice};
pub use postgres::users::{NewStaff, Staff};
pub use store::{Store, TenantTx};
