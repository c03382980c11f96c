//! Orders for building material, read, priced, reviewed and talked through.

pub mod approval;
pub mod catalog;
pub mod contact;
pub mod conversation;
pub mod language;
pub mod money;
pub mod order;
pub mod place;
pub mod pricing;
pub mod quantity;
pub mod reading;
mod text;

pub use approval::{Decision, Reason, Rules, review};
pub use catalog::{Catalog, Product, Sku};
pub use contact::{ContactKey, Phone};
pub use conversation::{Conversation, Effect, Event, Say, Shop, Step, step};
pub use language::Language;
pub use money::{Money, Percent, UnitPrice};
pub use order::{Draft, Order, Payment, PaymentMethod};
pub use place::{Bairro, Cep, CepRange, Place};
pub use pricing::{PriceBook, Quote, quote};
pub use quantity::{Quantity, Unit};
pub use reading::{Reading, read};
