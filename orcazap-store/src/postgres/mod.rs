//! One file an aggregate; all SQL that names its tables is in it.

pub(crate) mod channels;
pub(crate) mod price_book;
pub(crate) mod products;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod shop;
pub(crate) mod tenants;
pub(crate) mod users;
