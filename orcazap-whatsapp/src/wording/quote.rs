//! A quote as a customer reads it: lines, discounts, freight, payment, total,
//! validity, and what was not found.

use chrono::{DateTime, FixedOffset};
use orcazap_core::conversation::{Occasion, Offer};
use orcazap_core::place::Place;
use orcazap_core::pricing::{FreightSource, Line, PriceSource, Quote};
use orcazap_core::quantity::Quantity;

use super::brazil::{
    delivery, destination, each, method, money, payment, percent, so_many, unit_price, until,
};
use super::plain;

/// The whole of a quote.
pub(super) fn text(offer: &Offer, occasion: Occasion, now: DateTime<FixedOffset>) -> String {
    let quote = &offer.quote;
    let mut paragraphs = vec![heading(offer, occasion)];
    paragraphs.push(quote.lines().iter().map(line).collect::<Vec<_>>().join("\n"));
    paragraphs.push(totals(offer));
    paragraphs.push(terms(offer, now));
    paragraphs.extend(left_out(offer));
    paragraphs.join("\n\n")
}

/// The line above the buttons when the quote itself is too long for them.
pub(super) fn short(offer: &Offer) -> String {
    format!("Orçamento {}: *{}*. Posso fechar?", offer.quote_ref, money(offer.quote.total()))
}

fn heading(offer: &Offer, occasion: Occasion) -> String {
    let number = offer.quote_ref;
    match occasion {
        Occasion::First => format!("*Orçamento {number}*"),
        Occasion::Revised => format!("*Orçamento {number}*, com as mudanças"),
        Occasion::Renewed => format!("*Orçamento {number}*, com os preços de hoje"),
        Occasion::Again => format!("Aqui está de novo o *orçamento {number}*"),
    }
}

/// Two lines on a phone: what, and what it costs.
fn line(line: &Line) -> String {
    let what = so_many(line.qty, line.unit, &plain::name(&line.name));
    let net = money(line.net);
    // A price for this exact quantity is no price for each, and one needs none.
    let alone = line.qty == Quantity::ONE && line.gross == line.net;
    if line.price_from == PriceSource::Point || alone {
        return format!("• {what}\n   {net}");
    }
    let price = format!("{} {}", unit_price(line.unit_price), each(line.unit));
    match &line.tier {
        Some(tier) if line.discount > orcazap_core::Money::ZERO => {
            format!("• {what}\n   {price}, menos {}: {net}", percent(tier.pct))
        }
        _ => format!("• {what}\n   {price}: {net}"),
    }
}

fn totals(offer: &Offer) -> String {
    let quote = &offer.quote;
    let mut rows = Vec::new();
    let adjustment = adjustment(quote);
    if adjustment.is_some() || quote.freight().is_none_or(|freight| freight.centavos() != 0) {
        rows.push(format!("Subtotal: {}", money(quote.subtotal())));
    }
    rows.extend(adjustment);
    rows.push(freight(offer));
    let note = if quote.freight().is_none() { " (sem o frete)" } else { "" };
    rows.push(format!("*Total: {}*{note}", money(quote.total())));
    rows.join("\n")
}

/// `Desconto Pix 5%: −R$ 42,01`, `Acréscimo cartão de crédito em 3x 4%: R$ 30,00`.
fn adjustment(quote: &Quote) -> Option<String> {
    let amount = quote.adjustment();
    let term = quote.payment_term().filter(|_| amount.centavos() != 0)?;
    let kind = if amount.is_negative() { "Desconto" } else { "Acréscimo" };
    let way = match term.installments {
        Some(times) if times > 1 => format!("{} em {times}x", method(term.method)),
        _ => method(term.method).to_owned(),
    };
    Some(format!("{kind} {way} {}: {}", percent(term.pct), money(amount)))
}

fn freight(offer: &Offer) -> String {
    let place = offer.order.place.as_ref();
    if *offer.quote.freight_from() == FreightSource::Pickup || place == Some(&Place::Pickup) {
        return "Retirada na loja, sem frete".to_owned();
    }
    let to = place.and_then(destination).map(|to| format!(" ({})", plain::name(&to)));
    let to = to.unwrap_or_default();
    match offer.quote.freight() {
        None => format!("Frete{to}: a combinar"),
        Some(freight) if freight.centavos() == 0 => format!("Frete{to}: grátis"),
        Some(freight) => format!("Frete{to}: {}", money(freight)),
    }
}

fn terms(offer: &Offer, now: DateTime<FixedOffset>) -> String {
    let order = &offer.order;
    let mut rows = Vec::new();
    rows.extend(order.payment.map(|way| format!("Pagamento: {}", payment(way))));
    let label = if order.place == Some(Place::Pickup) { "Retirada" } else { "Entrega" };
    let when = order.delivery.and_then(|when| delivery(when, now));
    rows.extend(when.map(|when| format!("{label}: {when}")));
    rows.push(format!("Válido até {}", until(offer.quote.valid_until())));
    rows.join("\n")
}

fn left_out(offer: &Offer) -> Vec<String> {
    let order = &offer.order;
    let unknown: Vec<String> = order.unknown.iter().map(|ask| ask.text.clone()).collect();
    let open: Vec<String> = order.ambiguous.iter().map(|ask| ask.text.clone()).collect();
    let mut rows = Vec::new();
    if !unknown.is_empty() {
        rows.push(format!("Não encontrei: {}", plain::all_quoted(&unknown)));
    }
    if !open.is_empty() {
        rows.push(format!("Ficou de fora, por ter mais de um tipo: {}", plain::all_quoted(&open)));
    }
    rows
}
