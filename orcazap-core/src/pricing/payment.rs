//! What a way of paying adds or takes off the subtotal.
//!
//! For credit cards the number of instalments must match exactly, 1 when it was
//! not said; for other methods it says nothing. No term, no adjustment.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZero;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::PriceBookError;
use super::json::TermJson;
use crate::money::Percent;
use crate::order::{Payment, PaymentMethod};

/// What a way of paying adds or takes off: negative is a discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "TermJson")]
pub struct PaymentTerm {
    /// Which way.
    pub method: PaymentMethod,
    /// For credit cards: exactly so many instalments, 1 when `None`. Other methods
    /// have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// Percent of the subtotal, from −100 to 100.
    pub pct: Percent,
}

impl PaymentTerm {
    /// The payment that it is for.
    #[must_use]
    pub fn payment(self) -> Payment {
        let by_card = self.installments.filter(|_| self.method == PaymentMethod::CreditCard);
        by_card.and_then(NonZero::new).map_or(Payment::by(self.method), Payment::by_card_in)
    }
}

impl fmt::Display for PaymentTerm {
    /// Which way of paying it is for: `credit_card in 3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.method.code())?;
        self.installments.map_or(Ok(()), |installments| write!(f, " in {installments}"))
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
        let mut index: BTreeMap<_, (usize, PaymentTerm)> = BTreeMap::new();
        for (number, term) in (1..).zip(terms) {
            let term = *term;
            if term.pct.as_decimal() > Decimal::ONE_HUNDRED {
                return Err(PriceBookError::TermPercent { number, term });
            }
            if term.installments == Some(0) {
                return Err(PriceBookError::NoInstallments { number, term });
            }
            if term.method != PaymentMethod::CreditCard && term.installments.is_some() {
                return Err(PriceBookError::StrayInstallments { number, term });
            }
            let key = key(term.method, term.installments);
            if let Some((first, _)) = index.insert(key, (number, term)) {
                return Err(PriceBookError::TermsTie { numbers: [first, number], term });
            }
        }
        Ok(Self(index.into_iter().map(|(key, (_, term))| (key, term)).collect()))
    }

    /// The term of a payment, if there is one.
    pub(super) fn find(&self, payment: Payment) -> Option<PaymentTerm> {
        self.0.get(&key(payment.method(), payment.installments())).copied()
    }
}
