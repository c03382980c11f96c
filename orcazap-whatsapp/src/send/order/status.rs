//! What becomes of an order that was shown before.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::ReferenceId;
use crate::json::put;
use crate::send::interactive::{Frame, body, footer};
use crate::send::limited::{LimitError, Limited};

/// How far an order is (`order.status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderState {
    /// It waits for payment.
    Pending,
    /// It is being prepared.
    Processing,
    /// A part is on its way.
    PartiallyShipped,
    /// It is on its way.
    Shipped,
    /// It is done. Final.
    Completed,
    /// It is cancelled; refused with code 2047 once it was paid. Final.
    Canceled,
}

/// How far a payment is (`payment.status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentState {
    /// Nothing came yet.
    Pending,
    /// It was paid.
    Captured,
    /// It failed.
    Failed,
}

/// News of an order (`interactive`, `order_status`): a body of up to 1,024
/// characters, a footer of up to 60, a word about the state of up to 120. A state
/// that can't follow the one before is refused with code 2046.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StatusParts")]
pub struct OrderStatus {
    #[serde(flatten)]
    frame: Frame,
    reference_id: ReferenceId,
    state: OrderState,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Limited<120>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<(PaymentState, DateTime<Utc>)>,
}

body!(OrderStatus);
footer!(OrderStatus);

impl OrderStatus {
    /// News of the order of this name.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when the words are blank or longer than 1,024 characters.
    pub fn new(
        body: impl Into<String>,
        reference_id: ReferenceId,
        state: OrderState,
    ) -> Result<Self, LimitError> {
        let frame = Frame::new(body)?;
        Ok(Self { frame, reference_id, state, description: None, payment: None })
    }

    /// The same with a word about the state.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 120 characters.
    pub fn with_description(self, text: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { description: Some(Limited::new("order.description", text)?), ..self })
    }

    /// The same with how far the payment is, and since when.
    #[must_use]
    pub fn with_payment(self, state: PaymentState, at: DateTime<Utc>) -> Self {
        Self { payment: Some((state, at)), ..self }
    }

    pub(in crate::send) fn to_graph(&self) -> Value {
        let mut order = json!({ "status": self.state });
        if let Some(description) = &self.description {
            put(&mut order, "description", description.as_str());
        }
        let mut parameters = json!({ "reference_id": self.reference_id, "order": order });
        if let Some((state, at)) = &self.payment {
            let payment = json!({ "status": state, "timestamp": at.timestamp() });
            put(&mut parameters, "payment", payment);
        }
        let action = json!({ "name": "review_order", "parameters": parameters });
        self.frame.to_graph("order_status", action)
    }
}

#[derive(Deserialize)]
struct StatusParts {
    #[serde(flatten)]
    frame: Frame,
    reference_id: ReferenceId,
    state: OrderState,
    #[serde(default)]
    description: Option<Limited<120>>,
    #[serde(default)]
    payment: Option<(PaymentState, DateTime<Utc>)>,
}

impl TryFrom<StatusParts> for OrderStatus {
    type Error = LimitError;

    fn try_from(parts: StatusParts) -> Result<Self, LimitError> {
        let StatusParts { frame, reference_id, state, description, payment } = parts;
        frame.no_header()?;
        Ok(Self { frame, reference_id, state, description, payment })
    }
}
