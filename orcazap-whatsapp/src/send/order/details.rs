//! An order with what it costs and how to pay it.

use orcazap_core::Money;
use orcazap_core::conversation::MediaKind;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::goods::Order;
use super::payment::Payment;
use super::{ReferenceId, amount};
use crate::send::interactive::{Frame, Header, HeaderFile, body, footer};
use crate::send::limited::{LimitError, count, distinct};

/// An order to pay in the chat (`interactive`, `order_details`): a body of up to
/// 1,024 characters, a footer of up to 60, a photo above, and one to three ways
/// to pay. In Brazil, within the window; outside it an
/// [order details template](crate::send::TemplateButton::OrderDetails) does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "DetailsParts")]
pub struct OrderDetails {
    #[serde(flatten)]
    frame: Frame,
    #[serde(flatten)]
    request: PayRequest,
}

body!(OrderDetails);
footer!(OrderDetails);

impl OrderDetails {
    /// A message from its parts.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed, and for sums that can't be.
    pub fn new(body: impl Into<String>, request: PayRequest) -> Result<Self, LimitError> {
        Ok(Self { frame: Frame::new(body)?, request })
    }

    /// The same with a photo above.
    ///
    /// # Errors
    ///
    /// [`LimitError::Form`], when it is no photo.
    pub fn with_image(self, file: HeaderFile) -> Result<Self, LimitError> {
        let frame = self.frame.with_header(Header::File(file));
        Self::from_parts(DetailsParts { frame, request: self.request })
    }

    fn from_parts(DetailsParts { frame, request }: DetailsParts) -> Result<Self, LimitError> {
        match &frame.header {
            Some(Header::File(file)) if file.kind() == MediaKind::Image => {}
            Some(_) => return Err(LimitError::form("header", "an image", "something else")),
            None => {}
        }
        Ok(Self { frame, request })
    }

    pub(in crate::send) fn to_graph(&self) -> Value {
        let parameters = self.request.to_graph();
        let action = json!({ "name": "review_and_pay", "parameters": parameters });
        self.frame.to_graph("order_details", action)
    }
}

#[derive(Deserialize)]
struct DetailsParts {
    #[serde(flatten)]
    frame: Frame,
    #[serde(flatten)]
    request: PayRequest,
}

impl TryFrom<DetailsParts> for OrderDetails {
    type Error = LimitError;

    fn try_from(parts: DetailsParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}

/// What is paid for, and how: the same in a message and in a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PayParts")]
pub struct PayRequest {
    reference_id: ReferenceId,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    digital: bool,
    payments: Vec<Payment>,
    order: Order,
}

impl PayRequest {
    /// A request to pay for goods that are carried; its sums are reckoned from
    /// the order.
    ///
    /// # Errors
    ///
    /// [`LimitError`] without items or ways to pay, beyond 999 items or three ways,
    /// with the same way twice, and for sums that can't be.
    pub fn new(
        reference_id: ReferenceId,
        order: Order,
        payments: Vec<Payment>,
    ) -> Result<Self, LimitError> {
        Self::from_parts(PayParts { reference_id, digital: false, payments, order })
    }

    /// The same for goods that nobody carries (`digital-goods`).
    #[must_use]
    pub fn digital(self) -> Self {
        Self { digital: true, ..self }
    }

    /// What is to be paid: the items, tax and freight, less the discount.
    #[must_use]
    pub fn total(&self) -> Money {
        self.order.sums().map(|(_, total)| total).unwrap_or_default()
    }

    fn from_parts(parts: PayParts) -> Result<Self, LimitError> {
        let PayParts { reference_id, digital, payments, order } = parts;
        count("payment_settings", 1, 3, payments.len())?;
        distinct("payment_settings", payments.iter().map(Payment::code))?;
        order.sums()?;
        Ok(Self { reference_id, digital, payments, order })
    }

    pub(in crate::send) fn to_graph(&self) -> Value {
        // Checked when it was built.
        let (subtotal, total) = self.order.sums().unwrap_or_default();
        let payments: Vec<Value> = self.payments.iter().map(Payment::to_graph).collect();
        json!({
            "reference_id": self.reference_id,
            "type": if self.digital { "digital-goods" } else { "physical-goods" },
            "payment_type": "br",
            "payment_settings": payments,
            "currency": "BRL",
            "total_amount": amount(total),
            "order": self.order.to_graph(subtotal),
        })
    }
}

#[derive(Deserialize)]
struct PayParts {
    reference_id: ReferenceId,
    #[serde(default)]
    digital: bool,
    payments: Vec<Payment>,
    order: Order,
}

impl TryFrom<PayParts> for PayRequest {
    type Error = LimitError;

    fn try_from(parts: PayParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}
