//! How the people of a store say how is paid, where to, and who decides.
//!
//! In Portuguese, or else in English with the language's own figures; what customers
//! are told is worded by the transport, in every language.

use rust_decimal::Decimal;

use super::Language;
use crate::authority::{Limit, Role};
use crate::money::round;
use crate::order::{Payment, PaymentMethod};
use crate::place::Place;

impl Language {
    /// One of two wordings.
    pub(crate) fn pick<T>(self, portuguese: T, english: T) -> T {
        match self {
            Self::Portuguese => portuguese,
            Self::English | Self::Spanish | Self::Swahili => english,
        }
    }

    /// A percentage with at most two places: `12,5%`.
    #[must_use]
    pub fn percent(self, pct: Decimal) -> String {
        format!("{}%", self.number(round(pct)))
    }

    /// A way of paying: `Cartão de crédito`.
    #[must_use]
    pub fn method(self, method: PaymentMethod) -> &'static str {
        match method {
            PaymentMethod::Pix => "Pix",
            PaymentMethod::Cash => self.pick("Dinheiro", "Cash"),
            PaymentMethod::CreditCard => self.pick("Cartão de crédito", "Credit card"),
            PaymentMethod::DebitCard => self.pick("Cartão de débito", "Debit card"),
            PaymentMethod::Boleto => "Boleto",
            PaymentMethod::Transfer => self.pick("Transferência", "Bank transfer"),
            PaymentMethod::StoreCredit => self.pick("Crediário", "Store credit"),
        }
    }

    /// A payment: `Cartão de crédito em 3x`, `Boleto para 30 dias`.
    #[must_use]
    pub fn payment(self, payment: Payment) -> String {
        let mut said = self.method(payment.method()).to_owned();
        if let Some(installments) = payment.installments().filter(|times| *times > 1) {
            said.push_str(&format!(" {} {installments}x", self.pick("em", "in")));
        }
        if let Some(days) = payment.days().filter(|days| *days > 0) {
            said.push_str(&format!(" {} {}", self.pick("para", "due in"), self.days(days.into())));
        }
        said
    }

    /// Where an order goes: `Entrega em Centro, CEP 01310-100`.
    #[must_use]
    pub fn place(self, place: &Place) -> String {
        let Place::Address(address) = place else {
            return self.pick("Retirada na loja", "Pickup at the store").to_owned();
        };
        match (address.bairro(), address.cep()) {
            (Some(bairro), Some(cep)) => {
                format!("{} {bairro}, CEP {cep}", self.pick("Entrega em", "Delivery to"))
            }
            (Some(bairro), None) => {
                format!("{} {bairro}", self.pick("Entrega em", "Delivery to"))
            }
            (None, Some(cep)) => {
                format!("{} {cep}", self.pick("Entrega no CEP", "Delivery to CEP"))
            }
            (None, None) => self
                .pick("Entrega no local marcado no mapa", "Delivery to the place on the map")
                .to_owned(),
        }
    }

    /// What somebody is in the store: `gerente`.
    #[must_use]
    pub fn role(self, role: Role) -> &'static str {
        match role {
            Role::Owner => self.pick("dono", "owner"),
            Role::Manager => self.pick("gerente", "manager"),
            Role::Attendant => self.pick("atendente", "attendant"),
        }
    }

    /// How much somebody may give away alone: `5% e R$ 100,00`.
    #[must_use]
    pub fn limit(self, limit: &Limit) -> String {
        let pct = limit.max_pct.map(|max| self.percent(max.as_decimal()));
        let amount = limit.max_amount.map(|max| self.money(max));
        match (pct, amount) {
            (Some(pct), Some(amount)) => format!("{pct} {} {amount}", self.pick("e", "and")),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => self.pick("qualquer valor", "any amount").to_owned(),
        }
    }

    /// `1 dia`, `40 dias`.
    pub(crate) fn days(self, count: i64) -> String {
        let [one, more] = self.pick(["dia", "dias"], ["day", "days"]);
        format!("{} {}", self.number(count.into()), if count == 1 { one } else { more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payments_places_and_limits_are_said_in_two_languages() {
        let card = Payment::by_card_in(3.try_into().unwrap());
        let boleto = Payment::by(PaymentMethod::Boleto).due_in(30);
        let (cep, bairro) = ("01310100".parse().ok(), "Centro".parse().ok());
        let place = Place::address(cep, bairro, None).unwrap();
        let limit = Limit { max_pct: "5".parse().ok(), max_amount: "100".parse().ok() };
        for (language, expected) in [
            (
                Language::Portuguese,
                [
                    "Cartão de crédito em 3x",
                    "Boleto para 30 dias",
                    "Entrega em Centro, CEP 01310-100",
                    "5% e R$ 100,00",
                ],
            ),
            (
                Language::English,
                [
                    "Credit card in 3x",
                    "Boleto due in 30 days",
                    "Delivery to Centro, CEP 01310-100",
                    "5% and R$100.00",
                ],
            ),
        ] {
            let said = [
                language.payment(card),
                language.payment(boleto),
                language.place(&place),
                language.limit(&limit),
            ];
            assert_eq!(said, expected);
        }
    }
}
