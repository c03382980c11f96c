//! What a way of paying adds or takes off the subtotal.
//!
//! For credit cards the number of instalments must match exactly, 1 when it was
//! not said; for other methods it says nothing. No term, no adjustment.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::PriceBookError;
use crate::money::Percent;
use crate::order::{Payment, PaymentMethod};

/// What a way of paying adds or takes off: negative is a discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentTerm {
    /// Which way.
    pub method: PaymentMethod,
    /// For credit cards: exactly so many instalments. `None` is 1 there, and
    /// says nothing for other methods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// Percent of the subtotal, from −100 to 100.
    pub pct: Percent,
}

impl fmt::Display for PaymentTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.method.code())?;
        match key(self.method, self.installments).1 {
            0 => write!(f, " at {} %", self.pct),
            installments => write!(f, " in {installments} at {} %", self.pct),
        }
    }
}

/// What terms are told apart by: instalments are 0 for all but credit cards.
fn key(method: PaymentMethod, installments: Option<u8>) -> (PaymentMethod, u8) {
    match method {
        PaymentMethod::CreditCard => (method, installments.unwrap_or(1)),
        PaymentMethod::Pix
        | PaymentMethod::Cash
        | PaymentMethod::DebitCard
        | PaymentMethod::Boleto
        | PaymentMethod::Transfer
        | PaymentMethod::StoreCredit => (method, 0),
    }
}

/// Finds the term of a payment.
#[derive(Debug, Clone, Default)]
pub(super) struct PaymentIndex(BTreeMap<(PaymentMethod, u8), PaymentTerm>);

impl PaymentIndex {
    /// Checks the terms one by one and against each other.
    pub(super) fn new(terms: &[PaymentTerm]) -> Result<Self, PriceBookError> {
        let mut index = BTreeMap::new();
        for term in terms {
            if term.pct.as_decimal() > Decimal::ONE_HUNDRED {
                return Err(PriceBookError::TermPercent { term: *term });
            }
            if term.method == PaymentMethod::CreditCard && term.installments == Some(0) {
                return Err(PriceBookError::NoInstallments { term: *term });
            }
            if index.insert(key(term.method, term.installments), *term).is_some() {
                return Err(PriceBookError::TermsTie { term: *term });
            }
        }
        Ok(Self(index))
    }

    /// The term of a payment, if there is one.
    pub(super) fn find(&self, payment: Payment) -> Option<PaymentTerm> {
        self.0.get(&key(payment.method, payment.installments)).copied()
    }
}
