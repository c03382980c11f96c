//! What OrcaZap remembers.

mod error;
mod ids;
mod jobs;
mod postgres;
pub mod private;
pub mod secrets;
mod store;
#[cfg(feature = "testing")]
pub mod testing;

pub use error::StoreError;
pub use ids::{
    ApprovalId, AuditId, ChannelId, ContactId, ConversationId, DeadLetterId, MessageId, QuoteId,
    SalesOrderId, StaffId, TenantId,
};
pub use jobs::act::{Acted, Locked};
pub use jobs::delivery::{CallbackError, CallbackId, Delivery, MAX_SEND_ATTEMPTS};
pub use jobs::ingest::{Incoming, Ingested, NewInbound, Update};
pub use jobs::save::{NewOutgoing, OutgoingKind, Stepped};
pub use jobs::statuses::{SentState, StatusUpdate};
pub use jobs::turn::{AfterFailure, MAX_ATTEMPTS, QuoteReport, Turn, Waiting};
pub use postgres::approvals::Approval;
pub use postgres::audit::{Actor, AuditEntry, NewAudit};
pub use postgres::channels::{Channel, ChannelStatus, NewChannel};
pub use postgres::contacts::Contact;
pub use postgres::conversations::{ConversationEntry, ConversationFilter};
pub use postgres::counts::Counts;
pub use postgres::dead_letters::DeadLetter;
pub use postgres::messages::{Direction, MessageEntry};
pub use postgres::page::{Cursor, CursorError, MAX_PAGE, Page};
pub use postgres::products::Others;
pub use postgres::quotes::{QuoteEntry, StoredQuote};
pub use postgres::sales_orders::SalesOrder;
pub use postgres::sessions::Session;
pub use postgres::settings::Settings;
pub use postgres::shop::ShopData;
pub use postgres::tenants::Tenant;
pub use postgres::users::{NewStaff, Role, Staff, UnknownRole};
pub use store::{Store, TenantTx};
