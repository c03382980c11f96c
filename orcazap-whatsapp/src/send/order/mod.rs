//! Orders that the customer pays and follows in the chat, in Brazil.
//!
//! The platform only **shows** them: it moves no money and knows of no payment.
//! Send an [`OrderStatus`] once the payment provider confirms, or the card says
//! "pending" for ever.

mod details;
mod goods;
mod payment;
mod status;

use orcazap_core::Money;
use serde_json::{Value, json};

use super::limited::LimitError;
pub use details::{OrderDetails, PayRequest};
pub use goods::{Expiry, Fee, Item, Order};
pub use payment::{Payment, PixKeyKind};
pub use status::{OrderState, OrderStatus, PaymentState};

/// An order's name (`reference_id`): 1 to 60 letters, digits, `_`, `.` and `-`,
/// another one for each message with order details.
pub type ReferenceId = super::limited::Named<60>;

/// An amount as the platform writes it: centavos over 100.
fn amount(money: Money) -> Value {
    json!({ "value": money.centavos(), "offset": 100 })
}

/// Refuses an amount below zero.
fn not_negative(what: &'static str, money: Money) -> Result<(), LimitError> {
    if money < Money::ZERO {
        return Err(LimitError::form(what, "an amount from zero", &money.to_string()));
    }
    Ok(())
}
