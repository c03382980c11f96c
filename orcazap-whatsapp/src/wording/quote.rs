//! A quote as a customer reads it: lines, discounts, freight, payment, total,
//! validity, and what was not found.

use chrono::{DateTime, FixedOffset};
use orcazap_core::Money;
use orcazap_core::conversation::{Occasion, Offer, Packed};
use orcazap_core::place::Place;
use orcazap_core::pricing::{FreightSource, Line, PriceSource, Quote};
use orcazap_core::quantity::Quantity;

use super::plain;
use super::speaker::Speaker;
use super::text::Text;
use super::variable::Variable;

/// From how many lines on a quote's total is so far down that a summary begins it.
const LONG: usize = 13;

/// The whole of a quote.
pub(super) fn text(
    speaker: Speaker<'_>,
    offer: &Offer,
    occasion: Occasion,
    packed: &[Packed],
    now: DateTime<FixedOffset>,
) -> String {
    let (quote, order) = (&offer.quote, &offer.order);
    let lines: Vec<String> = quote.lines().iter().map(|one| line(speaker, one, packed)).collect();
    let adjustment = adjustment(speaker, quote);
    let plus = adjustment.is_some() || quote.freight().is_none_or(|freight| freight != Money::ZERO);
    let subtotal = plus.then(|| speaker.money(quote.subtotal()));
    let place = order.place.as_ref().and_then(|place| speaker.destination(place));
    let when = order.delivery.and_then(|when| speaker.delivery(when, now));
    let payment = order.payment.map(|way| speaker.payment(way));
    let title = title(speaker, offer, occasion);
    let heading = match summary(speaker, offer) {
        Some(summary) => format!("{title}\n{summary}"),
        None => title,
    };
    let values = [
        (Variable::Title, heading),
        (Variable::Items, lines.join("\n")),
        (Variable::Subtotal, subtotal.unwrap_or_default()),
        (Variable::Adjustment, adjustment.unwrap_or_default()),
        (Variable::Freight, freight(speaker, offer)),
        (Variable::Total, total(speaker, quote)),
        (Variable::Payment, payment.unwrap_or_default()),
        (Variable::Place, place.unwrap_or_default()),
        (Variable::When, when.unwrap_or_default()),
        (Variable::Until, speaker.until(quote.valid_until())),
        (Variable::LeftOut, left_out(speaker, offer)),
    ];
    let values = values.each_ref().map(|(variable, value)| (*variable, value.as_str()));
    speaker.say(Text::Quote, &values)
}

/// The line above the buttons when the quote itself is too long for them.
pub(super) fn short(speaker: Speaker<'_>, offer: &Offer) -> String {
    let (quote, sum) = (offer.quote_ref.to_string(), speaker.money(offer.quote.total()));
    speaker.say(Text::QuoteShort, &[(Variable::Quote, &quote), (Variable::Sum, &sum)])
}

fn title(speaker: Speaker<'_>, offer: &Offer, occasion: Occasion) -> String {
    let text = match occasion {
        Occasion::First => Text::TitleFirst,
        Occasion::Revised => Text::TitleRevised,
        Occasion::Renewed => Text::TitleRenewed,
        Occasion::Again => Text::TitleAgain,
    };
    speaker.say(text, &[(Variable::Quote, &offer.quote_ref.to_string())])
}

/// What a long quote comes to, before its lines.
fn summary(speaker: Speaker<'_>, offer: &Offer) -> Option<String> {
    let (quote, count) = (&offer.quote, offer.quote.lines().len());
    let values = [
        (Variable::Count, speaker.count(count)),
        (Variable::Total, total(speaker, quote)),
        (Variable::Freight, freight(speaker, offer)),
        (Variable::Until, speaker.until(quote.valid_until())),
    ];
    let values = values.each_ref().map(|(variable, value)| (*variable, value.as_str()));
    (count >= LONG).then(|| speaker.say(Text::QuoteSummary, &values))
}

/// Two lines on a phone: what, and what it costs.
fn line(speaker: Speaker<'_>, line: &Line, packed: &[Packed]) -> String {
    let what = speaker.so_many(line.qty, line.product.unit, &plain::name(&line.product.name));
    let what = match packed.iter().find(|packed| packed.sku == line.product.sku) {
        Some(packed) => format!("{what} ({})", speaker.quantity(packed.qty, packed.unit)),
        None => what,
    };
    let net = speaker.money(line.net);
    let price = speaker.price_each(line.unit_price, line.product.unit);
    // A price for this exact quantity is no price for each, and one needs none.
    let alone = line.qty == Quantity::ONE && line.gross == line.net;
    let rate = (line.discount > Money::ZERO).then(|| speaker.percent(line.discount_pct()));
    let text = match &rate {
        _ if line.price_from == PriceSource::Point || alone => Text::ItemAlone,
        Some(_) => Text::ItemDiscounted,
        None => Text::Item,
    };
    let values = [
        (Variable::Product, what.as_str()),
        (Variable::Price, &price),
        (Variable::Percent, rate.as_deref().unwrap_or_default()),
        (Variable::Sum, &net),
    ];
    speaker.say(text, &values)
}

/// `Desconto Pix (5%): −R$ 42,01`.
fn adjustment(speaker: Speaker<'_>, quote: &Quote) -> Option<String> {
    let amount = quote.adjustment();
    let term = quote.payment_term().filter(|_| amount != Money::ZERO)?;
    let text = if amount.is_negative() { Text::Discount } else { Text::Surcharge };
    let (method, percent) = (speaker.payment(term.payment()), speaker.percent(term.pct));
    let values = [
        (Variable::Method, method.as_str()),
        (Variable::Percent, &percent),
        (Variable::Sum, &speaker.money(amount)),
    ];
    Some(speaker.say(text, &values))
}

fn freight(speaker: Speaker<'_>, offer: &Offer) -> String {
    let pickup = offer.order.place == Some(Place::Pickup);
    if pickup || *offer.quote.freight_from() == FreightSource::Pickup {
        return speaker.say(Text::FreightPickup, &[]);
    }
    match offer.quote.freight() {
        None => speaker.say(Text::FreightOpen, &[]),
        Some(freight) if freight == Money::ZERO => speaker.say(Text::FreightFree, &[]),
        Some(freight) => {
            speaker.say(Text::FreightPaid, &[(Variable::Sum, &speaker.money(freight))])
        }
    }
}

fn total(speaker: Speaker<'_>, quote: &Quote) -> String {
    let text = if quote.freight().is_none() { Text::TotalOpen } else { Text::TotalLine };
    speaker.say(text, &[(Variable::Sum, &speaker.money(quote.total()))])
}

fn left_out(speaker: Speaker<'_>, offer: &Offer) -> String {
    let order = &offer.order;
    let unknown: Vec<String> = order.unknown.iter().map(|ask| ask.text.clone()).collect();
    let open: Vec<String> = order.ambiguous.iter().map(|ask| ask.text.clone()).collect();
    let rows = [(Text::NotFoundLine, unknown), (Text::LeftOpen, open)];
    let rows = rows.iter().filter(|(_, asks)| !asks.is_empty());
    let rows = rows
        .map(|(text, asks)| speaker.say(*text, &[(Variable::Asked, &speaker.all_quoted(asks))]));
    rows.collect::<Vec<_>>().join("\n\n")
}
