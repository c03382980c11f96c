//! What OrcaZap remembers.

mod error;
mod ids;
mod postgres;
pub mod private;
pub mod secrets;
mod store;

pub use error::StoreError;
pub use ids::*;
pub use postgres::channels::*;
pub use postgres::products::*;
pub use postgres::sessions::*;
pub use postgres::settings::*;
pub use postgres::shop::*;
pub use postgres::tenants::*;
pub use postgres::users::*;
pub use store::{Store, TenantTx};
