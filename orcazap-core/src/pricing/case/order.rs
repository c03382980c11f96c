//! An order as a case gives it.

use std::num::NonZero;

use serde::Deserialize;

use crate::order::{Ambiguous, Buyer, Order, OrderItem, Payment, PaymentMethod, Unknown};
use crate::place::{Bairro, Cep, Place, Point};

/// An order as a case gives it. Pickup stands before an address beside it, and instalments
/// beside a way of paying that has none say nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(expecting = "an order: an object with items, payment and place")]
pub struct CaseOrder {
    items: Vec<OrderItem>,
    #[serde(default)]
    unknown: u32,
    #[serde(default)]
    ambiguous: u32,
    #[serde(default)]
    assisted: bool,
    #[serde(default)]
    payment: Option<CasePayment>,
    #[serde(default)]
    place: Option<CasePlace>,
    #[serde(default)]
    buyer: Option<Buyer>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct CasePayment {
    #[serde(default)]
    method: Option<PaymentMethod>,
    #[serde(default)]
    installments: Option<u8>,
    #[serde(default)]
    days: Option<u16>,
}

#[derive(Debug, Clone, Deserialize)]
struct CasePlace {
    #[serde(default)]
    cep: Option<Cep>,
    #[serde(default)]
    bairro: Option<Bairro>,
    #[serde(default)]
    point: Option<Point>,
    #[serde(default)]
    pickup: bool,
}

impl CaseOrder {
    /// The order. Of asks that were not understood only the number is known: they
    /// become as many without words, 100 at most.
    #[must_use]
    pub fn to_order(&self) -> Order {
        let asks = |count: u32| 0..count.min(100);
        Order {
            items: self.items.clone(),
            place: self.place.as_ref().and_then(CasePlace::to_place),
            payment: self.payment.and_then(CasePayment::to_payment),
            delivery: None,
            ambiguous: asks(self.ambiguous)
                .map(|_| Ambiguous {
                    text: String::new(),
                    qty: None,
                    unit: None,
                    skus: Vec::new(),
                    more: false,
                })
                .collect(),
            unknown: asks(self.unknown)
                .map(|_| Unknown { text: String::new(), qty: None })
                .collect(),
            assisted: self.assisted,
            buyer: self.buyer.clone(),
        }
    }
}

impl CasePayment {
    fn to_payment(self) -> Option<Payment> {
        let method = self.method?;
        let by_card = self.installments.filter(|_| method == PaymentMethod::CreditCard);
        let times = by_card.and_then(NonZero::new);
        let payment = times.map_or(Payment::by(method), Payment::by_card_in);
        Some(self.days.map_or(payment, |days| payment.due_in(days)))
    }
}

impl CasePlace {
    fn to_place(&self) -> Option<Place> {
        if self.pickup {
            return Some(Place::Pickup);
        }
        Place::address(self.cep, self.bairro.clone(), self.point)
    }
}
