//! The answers to what a customer asked.

use chrono::{DateTime, FixedOffset};
use orcazap_core::conversation::{Answer, SaidItem};
use orcazap_core::money::{Money, Percent};
use orcazap_core::order::Delivery;
use orcazap_core::place::Place;
use orcazap_core::pricing::{Opening, PaymentTerm};

use super::plain;
use super::speaker::Speaker;
use super::swap;
use super::text::Text;
use super::variable::Variable;

/// An answer by itself, or before what else is said.
pub(super) fn text(speaker: Speaker<'_>, answer: &Answer, now: DateTime<FixedOffset>) -> String {
    let on = |date| {
        let delivery = Delivery { date: Some(date), ..Delivery::default() };
        speaker.delivery(delivery, now).unwrap_or_default()
    };
    match answer {
        Answer::Fact { text } => text.clone(),
        Answer::Prices { items } => lines(items.iter().map(|item| price(speaker, item))),
        Answer::Stock { there, out, swaps } => {
            let say = |text, items: &[SaidItem]| {
                let names =
                    lines(items.iter().map(|item| format!("• {}", plain::name(&item.name))));
                (!items.is_empty()).then(|| speaker.say(text, &[(Variable::Items, &names)]))
            };
            let serves = (!swaps.is_empty()).then(|| swap::lines(speaker, swaps));
            let stock = [say(Text::InStock, there), say(Text::OutOfStock, out), serves];
            lines(stock.into_iter().flatten())
        }
        Answer::Hours { week } => {
            let mut week: Vec<&Opening> = week.iter().collect();
            week.sort_by_key(|opening| opening.day.num_days_from_monday());
            let days = week.iter().map(|one| hours(speaker, speaker.weekday(one.day), one));
            speaker.say(Text::OpenHours, &[(Variable::Items, &lines(days))])
        }
        Answer::Day { date, hours: Some(opening) } => hours(speaker, &on(*date), opening),
        Answer::Day { date, hours: None } => {
            speaker.say(Text::ClosedOn, &[(Variable::When, &on(*date))])
        }
        Answer::Payments { terms } => {
            let terms = lines(terms.iter().map(|term| payment(speaker, *term)));
            speaker.say(Text::Payments, &[(Variable::Items, &terms)])
        }
        Answer::Freight { place, fee, by_load, free_above } => {
            let freight = freight(speaker, place, *fee, *by_load);
            let free = free_above.map(|above| {
                speaker.say(Text::FreightFreeAbove, &[(Variable::Sum, &speaker.money(above))])
            });
            [Some(freight), free].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Answer::FreightByPlace => speaker.say(Text::FreightWhere, &[]),
        Answer::ByPerson => speaker.say(Text::AnswerByPerson, &[]),
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// A way of paying: `• Pix: 5% de desconto`.
fn payment(speaker: Speaker<'_>, term: PaymentTerm) -> String {
    let method = plain::capitalized(&speaker.payment(term.payment()));
    let text = match term.pct {
        pct if pct == Percent::ZERO => return format!("• {method}"),
        pct if pct < Percent::ZERO => Text::PaymentOff,
        _ => Text::PaymentOn,
    };
    let percent = speaker.percent(term.pct);
    speaker.say(text, &[(Variable::Method, &method), (Variable::Percent, &percent)])
}

/// What delivery to a place costs, free or not.
fn freight(speaker: Speaker<'_>, place: &Place, fee: Money, by_load: bool) -> String {
    let to = speaker.destination(place).unwrap_or_default();
    let text = match (fee == Money::ZERO, by_load) {
        (true, false) => Text::FreightToFree,
        (false, false) => Text::FreightTo,
        (_, true) => Text::FreightToFrom,
    };
    speaker.say(text, &[(Variable::Place, &to), (Variable::Sum, &speaker.money(fee))])
}

fn price(speaker: Speaker<'_>, item: &SaidItem) -> String {
    let values = [
        (Variable::Product, plain::name(&item.name)),
        (Variable::Price, speaker.price_each(item.price, item.unit)),
    ];
    let values = values.each_ref().map(|(variable, value)| (*variable, value.as_str()));
    speaker.say(Text::PriceOf, &values)
}

fn hours(speaker: Speaker<'_>, day: &str, opening: &Opening) -> String {
    let opens = opening.opens.map(|time| time.format("%H:%M").to_string());
    let closes = opening.closes.format("%H:%M").to_string();
    let text = if opens.is_some() { Text::OpenFrom } else { Text::OpenUntil };
    let values = [
        (Variable::Weekday, day),
        (Variable::Time, opens.as_deref().unwrap_or_default()),
        (Variable::Closing, &closes),
    ];
    speaker.say(text, &values)
}
