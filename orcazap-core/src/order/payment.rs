//! How an order is paid.

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

/// A payment as the customer said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Payment {
    /// By which method.
    pub method: PaymentMethod,
    /// In how many instalments, when said; says nothing for anything but credit cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// Due in how many days, when said (`boleto 30 dias`). A boleto with days is a sale
    /// on credit; 0 days are days that were said, and a person looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
}

impl Payment {
    /// A payment by a method, with neither instalments nor days.
    #[must_use]
    pub fn by(method: PaymentMethod) -> Self {
        Self { method, installments: None, days: None }
    }
}
