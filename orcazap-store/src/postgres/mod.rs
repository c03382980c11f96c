//! One file an aggregate; all SQL that names its tables is in it.

pub(crate) mod approvals;
pub(crate) mod audit;
pub(crate) mod channel_webhooks;
pub(crate) mod channels;
pub(crate) mod charges;
pub(crate) mod contacts;
pub(crate) mod conversations;
pub(crate) mod counts;
pub(crate) mod dead_letters;
pub(crate) mod heard;
mod identity;
pub(crate) mod media;
pub(crate) mod messages;
pub(crate) mod notices;
pub(crate) mod page;
pub(crate) mod price_book;
pub(crate) mod products;
pub(crate) mod quotes;
pub(crate) mod reseal;
pub(crate) mod sales_orders;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod shop;
pub(crate) mod templates;
pub(crate) mod tenants;
pub(crate) mod texts;
pub(crate) mod users;
