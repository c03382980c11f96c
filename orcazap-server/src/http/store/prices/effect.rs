//! What a change of the rules would have done to the store's last quotes.

use std::collections::BTreeSet;

use orcazap_core::pricing::{Change, DecisionChange, Summary, Terms, explain_warning, what_if};
use orcazap_core::{Language, Money, PriceBook};
use orcazap_store::{QuotedOrder, TenantTx};

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::shops::OpenShop;
use crate::views::figures::margin;
use crate::views::format;
use crate::views::prices::{Compared, Effect, words};

/// How many quotes are looked at.
const QUOTES: u16 = 20;

/// Prices the last orders by the rules `before` and as they would be `after`.
pub(super) async fn of(
    desk: &Desk,
    tx: &mut TenantTx,
    shop: &OpenShop,
    [before, after]: [&PriceBook; 2],
    removes: bool,
) -> Result<Effect, PageError> {
    let quoted = tx.list_quoted_orders(QUOTES).await?;
    let orders: Vec<_> = quoted.iter().map(|quoted| quoted.order.clone()).collect();
    let terms = |book| Terms { catalog: &shop.catalog, book, rules: &shop.rules };
    let changes = what_if(&orders, terms(before), terms(after), shop.local(desk.now));
    let priced = changes.iter().filter_map(|change| change.as_ref().ok());
    let summary = Summary::of(priced);
    let rows = quoted.iter().zip(&changes);
    let rows = rows.filter_map(|(quoted, change)| row(quoted, change.as_ref().ok()?));
    Ok(Effect {
        removes,
        quotes: match summary.orders {
            1 => "O último pedido".to_owned(),
            orders => format!("Os últimos {} pedidos", format::number(orders)),
        },
        any: summary.orders > 0,
        unpriced: changes.len().saturating_sub(summary.orders),
        cheaper: summary.cheaper,
        dearer: summary.dearer,
        now_auto: summary.now_auto,
        now_asks: summary.now_asks,
        total: [summary.total_before, summary.total_after].map(format::brl),
        difference: signed(summary.total_after - summary.total_before),
        margin: [summary.margin_pct_before, summary.margin_pct_after].map(margin),
        rows: rows.collect(),
        warnings: new_warnings(shop, before, after),
    })
}

/// A quote that changes.
fn row(quoted: &QuotedOrder, change: &Change) -> Option<Compared> {
    let decision = change.decision();
    if change.difference() == Money::ZERO
        && decision == DecisionChange::Same
        && change.lines().is_empty()
        && change.rules().is_empty()
    {
        return None;
    }
    let lines = change.lines().len();
    Some(Compared {
        number: quoted.quote_ref.number.0.to_string(),
        href: format!("/orcamentos/{}", quoted.id),
        total: [&change.before, &change.after].map(|outcome| format::brl(outcome.quote.total())),
        difference: signed(change.difference()),
        margin: [&change.before, &change.after].map(|outcome| margin(outcome.quote.margin_pct())),
        lines: match lines {
            0 => "nenhum item muda".to_owned(),
            1 => "1 item muda".to_owned(),
            lines => format!("{lines} itens mudam"),
        },
        rules: change.rules().iter().filter_map(words::changed).collect(),
        decision: words::decision(decision),
    })
}

/// A difference with its sign: `+R$ 3,00`.
fn signed(amount: Money) -> String {
    let shown = format::brl(amount);
    if amount > Money::ZERO { format!("+{shown}") } else { shown }
}

/// What looks like a mistake only since the change.
fn new_warnings(shop: &OpenShop, before: &PriceBook, after: &PriceBook) -> Vec<String> {
    let explained = |book: &PriceBook| {
        let found = book.warnings_for(&shop.catalog).into_iter();
        found.map(|warning| explain_warning(&warning, Language::Portuguese)).collect::<Vec<_>>()
    };
    let known: BTreeSet<String> = explained(before).into_iter().collect();
    let new: Vec<String> =
        explained(after).into_iter().filter(|warning| !known.contains(warning)).collect();
    super::cut(new.into_iter())
}
