//! A quote that waits, as a card of the queue.

use std::sync::Arc;

use chrono::TimeDelta;
use orcazap_core::authority::{Concession, Limit, Limits};
use orcazap_core::conversation::QuoteRef;
use orcazap_core::pricing::FreightSource;
use orcazap_core::{Catalog, Money, Order, PaymentMethod, Place, Quantity, Quote, Reason, Sku};
use orcazap_store::{Approval, StoredQuote, TenantTx};

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::shops::OpenShop;
use crate::views::approvals::{
    Ask, Card, Choice, DELIVERED, DROPPED, EditLine, Open, PICKED_UP, Terms,
};
use crate::views::figures::{Line, sums};
use crate::views::format::{self, Wall};
use crate::views::words;

/// What a card depends on besides its quote: the time, and who looks at it.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) wall: Wall,
    /// How long a quote may wait before it is overdue.
    patience: TimeDelta,
    /// What whoever looks may give away alone.
    limit: Limit,
    limits: Limits,
    shop: Arc<OpenShop>,
}

/// What a card is made of.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) approval: Approval,
    pub(super) quote: StoredQuote,
    /// What whoever changed the quote had seen of the revision before; `None` when
    /// nobody has changed it.
    pub(super) seen: Option<Vec<Reason>>,
}

impl Waiting {
    /// An approval with its quote.
    pub(super) async fn of(tx: &mut TenantTx, approval: Approval) -> Result<Self, PageError> {
        let quote = tx.find_quote(approval.quote).await?.ok_or(PageError::NotFound)?;
        let seen = match &quote.edited {
            Some(edited) => {
                let before = QuoteRef { revision: edited.from, ..approval.quote_ref };
                let before = tx.find_approval_at(before).await?;
                Some(before.map(|before| before.reasons).unwrap_or_default())
            }
            None => None,
        };
        Ok(Self { approval, quote, seen })
    }

    /// The reasons as they are shown, marked where they are new to whoever changed
    /// the quote.
    fn reasons(&self, catalog: &Catalog) -> Vec<words::Reason> {
        let is_new =
            |reason: &Reason| self.seen.as_ref().is_some_and(|seen| !reason.is_covered_by(seen));
        let quote = &self.quote.offer.quote;
        let shown = self.approval.reasons.iter().map(|reason| words::Reason {
            new: is_new(reason),
            ..words::Reason::of_quote(reason, quote, catalog)
        });
        shown.collect()
    }

    /// The card, all forms closed.
    pub(super) fn card(&self, look: &Look) -> Card {
        let Look { wall, patience, .. } = look;
        let Self { approval, quote: StoredQuote { offer, .. }, .. } = self;
        let (quote, order) = (&*offer.quote, &*offer.order);
        Card {
            id: approval.id.to_string(),
            href: format!("/orcamentos/{}", approval.quote),
            number: approval.quote_ref.to_string(),
            conversation: format!("/conversas/{}", approval.conversation),
            customer: words::customer(&approval.contact),
            age: wall.age(&approval.opened_at),
            overdue: approval.opened_at + *patience < wall.now,
            total: format::brl(quote.total()),
            reasons: self.reasons(&look.shop.catalog),
            reserved: look.reserved(&approval.reasons),
            lines: quote.lines().iter().map(edit_line).collect(),
            sums: sums(quote),
            place: words::place(order.place.as_ref()),
            payment: words::payment(order.payment.as_ref()),
            delivery: words::delivery(order.delivery.as_ref(), wall),
            freight_input: paid_freight(quote)
                .map(|freight| format::field(freight.as_decimal()))
                .unwrap_or_default(),
            freight_error: None,
            add_sku: String::new(),
            add_qty: String::new(),
            add_error: None,
            asks: asks(order, &look.shop.catalog),
            terms: terms(order),
            message: String::new(),
            message_error: None,
            error: None,
            again: None,
            open: Open::Nothing,
        }
    }
}

/// What was not understood, to be settled.
fn asks(order: &Order, catalog: &Catalog) -> Vec<Ask> {
    let ask = |text: &str, qty: Option<Quantity>, skus: &[Sku]| {
        let leave = choice("", "Deixar em aberto", true);
        let products = skus.iter().filter_map(|sku| {
            let product = catalog.get(sku)?;
            Some(choice(sku.as_str(), &format!("É: {}", product.name), false))
        });
        let choices = [leave, choice(DROPPED, "Tirar do pedido", false)];
        Ask {
            text: text.to_owned(),
            choices: choices.into_iter().chain(products).collect(),
            sku: String::new(),
            qty: qty.map(|qty| format::field(qty.as_decimal())).unwrap_or_default(),
            error: None,
        }
    };
    let ambiguous = order.ambiguous.iter().map(|open| ask(&open.text, open.qty, &open.skus));
    ambiguous.chain(order.unknown.iter().map(|open| ask(&open.text, open.qty, &[]))).collect()
}

fn terms(order: &Order) -> Terms {
    let address = order.place.as_ref().and_then(Place::as_address);
    let (pickup, delivered) = (order.place == Some(Place::Pickup), address.is_some());
    let mut places = vec![
        choice(DELIVERED, "Entrega", delivered),
        choice(PICKED_UP, "Retirada na loja", pickup),
    ];
    let mut methods: Vec<Choice> = PaymentMethod::ALL
        .iter()
        .map(|method| {
            let chosen = order.payment.is_some_and(|payment| payment.method() == *method);
            choice(method.code(), format::PAGES.method(*method), chosen)
        })
        .collect();
    for choices in [&mut places, &mut methods] {
        if !choices.iter().any(|choice| choice.selected) {
            choices.insert(0, choice("", "Não informado", true));
        }
    }
    let said = |count: Option<String>| count.unwrap_or_default();
    let payment = order.payment;
    Terms {
        places,
        cep: said(address.and_then(|at| at.cep()).map(|cep| cep.to_string())),
        bairro: said(address.and_then(|at| at.bairro()).map(|bairro| bairro.to_string())),
        place_error: None,
        methods,
        installments: said(
            payment.and_then(orcazap_core::Payment::installments).map(|times| times.to_string()),
        ),
        days: said(payment.and_then(orcazap_core::Payment::days).map(|days| days.to_string())),
        payment_error: None,
        day: said(order.delivery.and_then(|when| when.date).map(|day| day.to_string())),
        day_error: None,
    }
}

fn choice(value: &str, label: &str, selected: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), selected }
}

fn edit_line(line: &orcazap_core::pricing::Line) -> EditLine {
    EditLine {
        line: Line::from(line),
        qty_input: format::field(line.qty.as_decimal()),
        price_input: format::field(line.unit_price.as_decimal()),
        discount_input: line
            .hand_discount()
            .map(|pct| format::field(pct.as_decimal()))
            .unwrap_or_default(),
        error: None,
    }
}

/// The freight that a person can change; none for pickup.
pub(super) fn paid_freight(quote: &Quote) -> Option<Money> {
    match quote.freight_from() {
        FreightSource::Pickup => None,
        FreightSource::Rule(_) | FreightSource::Hand | FreightSource::NoRule => quote.freight(),
    }
}

impl Desk {
    /// How the person at the desk looks at a card.
    pub(super) async fn look(&self) -> Result<Look, PageError> {
        let shop = self.app.shops.get(self.tenant.id).await?;
        let limits = shop.policy.limits;
        Ok(Look {
            wall: self.wall().await?,
            patience: TimeDelta::minutes(shop.policy.approval_overdue_minutes.into()),
            limit: limits.of(self.staff.role),
            limits,
            shop,
        })
    }
}

impl Look {
    /// For whom a quote is kept, when it is not for the person who looks.
    pub(super) fn reserved(&self, reasons: &[Reason]) -> Option<String> {
        let found = reasons.iter().find_map(given)?;
        (!found.is_within(&self.limit)).then(|| {
            let roles: Vec<_> = self.limits.roles_for(found).map(words::role).collect();
            let who = roles.join(" ou ");
            format!("Só {who} pode aprovar este desconto. Você pode editar ou recusar.")
        })
    }
}

/// What a quote gives away beyond the limit of whoever set its prices.
fn given(reason: &Reason) -> Option<Concession> {
    match reason {
        Reason::SecondPerson { found, .. } => Some(*found),
        _ => None,
    }
}
