//! How an order is paid.

use std::num::NonZero;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How the customer pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// Pix, the central bank's instant transfer.
    Pix,
    /// Cash, or *à vista*.
    Cash,
    /// Credit card, possibly in instalments.
    CreditCard,
    /// Debit card.
    DebitCard,
    /// Boleto, possibly due in some days.
    Boleto,
    /// Bank transfer (TED).
    Transfer,
    /// Store credit (*fiado*, *crediário*).
    StoreCredit,
}

impl PaymentMethod {
    /// Every method.
    pub const ALL: &'static [Self] = &[
        Self::Pix,
        Self::Cash,
        Self::CreditCard,
        Self::DebitCard,
        Self::Boleto,
        Self::Transfer,
        Self::StoreCredit,
    ];

    /// The stable code used in JSON, CSV and the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pix => "pix",
            Self::Cash => "cash",
            Self::CreditCard => "credit_card",
            Self::DebitCard => "debit_card",
            Self::Boleto => "boleto",
            Self::Transfer => "transfer",
            Self::StoreCredit => "store_credit",
        }
    }
}

/// A text that is no payment method's code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected a payment method such as pix, boleto, credit_card, found {found:?}")]
pub struct UnknownMethod {
    /// The text as given, cut to 40 characters.
    pub found: String,
}

impl FromStr for PaymentMethod {
    type Err = UnknownMethod;

    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        let found = || UnknownMethod { found: text.chars().take(40).collect() };
        Self::ALL.iter().copied().find(|method| method.code() == text).ok_or_else(found)
    }
}

/// A payment as the customer said it. Only a credit card is paid in instalments.
///
/// ```
/// use std::num::NonZero;
/// use orcazap_core::Payment;
/// use orcazap_core::order::PaymentMethod;
/// let card = Payment::by_card_in(NonZero::new(3).unwrap());
/// assert_eq!((card.method(), card.installments()), (PaymentMethod::CreditCard, Some(3)));
/// let boleto = Payment::by(PaymentMethod::Boleto).due_in(30);
/// assert_eq!(serde_json::to_string(&boleto)?, r#"{"method":"boleto","days":30}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "PaymentJson")]
pub struct Payment {
    method: PaymentMethod,
    #[serde(skip_serializing_if = "Option::is_none")]
    installments: Option<NonZero<u8>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u16>,
}

impl Payment {
    /// A payment by a method, with neither instalments nor days.
    #[must_use]
    pub fn by(method: PaymentMethod) -> Self {
        Self { method, installments: None, days: None }
    }

    /// A payment by credit card in so many instalments.
    #[must_use]
    pub fn by_card_in(installments: NonZero<u8>) -> Self {
        Self { installments: Some(installments), ..Self::by(PaymentMethod::CreditCard) }
    }

    /// The same payment, due in so many days.
    #[must_use]
    pub fn due_in(self, days: u16) -> Self {
        Self { days: Some(days), ..self }
    }

    /// By which method.
    #[must_use]
    pub fn method(self) -> PaymentMethod {
        self.method
    }

    /// In how many instalments, when said: 1 or more, and only by credit card.
    #[must_use]
    pub fn installments(self) -> Option<u8> {
        self.installments.map(NonZero::get)
    }

    /// Due in how many days, when said (`boleto 30 dias`). A boleto with days is a sale
    /// on credit; 0 days are days that were said, and a person looks.
    #[must_use]
    pub fn days(self) -> Option<u16> {
        self.days
    }
}

/// A payment as it was ever kept. Instalments beside another method, and 0 of them, said
/// nothing before they could not be, and say nothing now.
#[derive(Deserialize)]
struct PaymentJson {
    method: PaymentMethod,
    #[serde(default)]
    installments: Option<u8>,
    #[serde(default)]
    days: Option<u16>,
}

impl From<PaymentJson> for Payment {
    fn from(PaymentJson { method, installments, days }: PaymentJson) -> Self {
        let by_card = installments.filter(|_| method == PaymentMethod::CreditCard);
        Self { method, installments: by_card.and_then(NonZero::new), days }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kept: &str, expected: &str) {
        let payment: Payment = serde_json::from_str(kept).unwrap();
        assert_eq!(serde_json::to_string(&payment).unwrap(), expected, "{kept}");
    }

    #[test]
    fn instalments_of_old_that_said_nothing_are_read_as_none() {
        check(r#"{"method":"pix","installments":3}"#, r#"{"method":"pix"}"#);
        check(
            r#"{"method":"boleto","installments":2,"days":0}"#,
            r#"{"method":"boleto","days":0}"#,
        );
        check(r#"{"method":"credit_card","installments":0}"#, r#"{"method":"credit_card"}"#);
        let card = r#"{"method":"credit_card","installments":3}"#;
        check(card, card);
    }
}
