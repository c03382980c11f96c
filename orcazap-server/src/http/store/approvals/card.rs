//! A quote that waits, as a card of the queue.

use chrono::TimeDelta;
use orcazap_core::pricing::FreightSource;
use orcazap_core::{Money, Quote};
use orcazap_store::{Approval, StoredQuote, TenantTx};

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::views::approvals::{Card, EditLine, Open};
use crate::views::figures::{Line, sums};
use crate::views::format::{self, Wall};
use crate::views::words;

/// What a card is made of.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) approval: Approval,
    pub(super) quote: StoredQuote,
}

impl Waiting {
    /// An approval with its quote.
    pub(super) async fn of(tx: &mut TenantTx, approval: Approval) -> Result<Self, PageError> {
        let quote = tx.find_quote(approval.quote).await?.ok_or(PageError::NotFound)?;
        Ok(Self { approval, quote })
    }

    /// The card, all forms closed.
    pub(super) fn card(&self, wall: &Wall, overdue: TimeDelta) -> Card {
        let Self { approval, quote: StoredQuote { offer, .. } } = self;
        let (quote, order) = (&*offer.quote, &*offer.order);
        let reasons = approval.reasons.iter();
        Card {
            id: approval.id.to_string(),
            href: format!("/orcamentos/{}", approval.quote),
            number: approval.quote_ref.to_string(),
            conversation: format!("/conversas/{}", approval.conversation),
            customer: words::customer(&approval.contact),
            age: wall.age(&approval.opened_at),
            overdue: approval.opened_at + overdue < wall.now,
            total: format::brl(quote.total()),
            reasons: reasons.map(|reason| words::Reason::of_quote(reason, quote)).collect(),
            lines: quote.lines().iter().map(edit_line).collect(),
            sums: sums(quote),
            place: words::place(order.place.as_ref()),
            payment: words::payment(order.payment.as_ref()),
            delivery: words::delivery(order.delivery.as_ref(), wall),
            freight_input: paid_freight(quote)
                .map(|freight| format::field(freight.as_decimal()))
                .unwrap_or_default(),
            freight_error: None,
            message: String::new(),
            message_error: None,
            error: None,
            open: Open::Nothing,
        }
    }
}

fn edit_line(line: &orcazap_core::pricing::Line) -> EditLine {
    EditLine {
        line: Line::from(line),
        qty_input: format::field(line.qty.as_decimal()),
        price_input: format::field(line.unit_price.as_decimal()),
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
    /// How long a quote may wait before it is overdue.
    pub(super) async fn patience(&self) -> Result<TimeDelta, PageError> {
        let shop = self.app.shops.get(self.tenant.id).await?;
        Ok(TimeDelta::minutes(shop.policy.approval_overdue_minutes.into()))
    }
}
