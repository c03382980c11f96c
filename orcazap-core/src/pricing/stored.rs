//! A quote that is read back: its figures are worked out once more, and what does not
//! add up is refused.

use thiserror::Error;

use super::quote::{Figures, cost, margin, subtotal};
use super::validity::hours_after;
use super::{FreightArea, FreightSource, Line, PriceSource, Quote};
use crate::money::{Money, Percent};

/// The figures of a stored quote do not add up.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the quote's {figure} does not follow from its other figures")]
pub struct TamperedQuote {
    /// The first figure that is wrong.
    pub figure: &'static str,
}

/// The first figure that does not follow from the others.
pub(super) fn first_wrong(figures: &Figures) -> Option<&'static str> {
    if figures.lines.len() > Quote::MAX_LINES {
        return Some("number of lines");
    }
    if let Some(wrong) = figures.lines.iter().find_map(first_wrong_of_line) {
        return Some(wrong);
    }
    let subtotal = subtotal(&figures.lines);
    let pct = figures.payment_term.map_or(Percent::ZERO, |term| term.pct);
    let due = figures.subtotal.checked_add(figures.adjustment);
    let freight = match (&figures.freight_from, due) {
        (FreightSource::Pickup, _) => figures.freight == Some(Money::ZERO),
        (FreightSource::NoRule, _) => figures.freight.is_none(),
        (FreightSource::Hand, _) => figures.freight.is_some_and(|freight| !freight.is_negative()),
        (FreightSource::Rule(rule), Some(due)) => {
            figures.freight.is_some() && figures.freight == rule.fee(figures.load, due)
        }
        (FreightSource::Rule(_), None) => false,
    };
    let distance = match &figures.freight_from {
        FreightSource::Rule(rule) => match rule.area {
            FreightArea::Distance { up_to_km } => {
                figures.distance.is_some_and(|distance| distance <= up_to_km)
            }
            FreightArea::Bairro { .. } | FreightArea::Ceps { .. } => figures.distance.is_none(),
        },
        FreightSource::Pickup | FreightSource::Hand | FreightSource::NoRule => {
            figures.distance.is_none()
        }
    };
    let freight_due = figures.freight.unwrap_or(Money::ZERO);
    let total = due.and_then(|due| due.checked_add(freight_due));
    let checks = [
        ("subtotal", subtotal == Some(figures.subtotal)),
        ("adjustment", figures.subtotal.percent(pct) == Some(figures.adjustment)),
        ("distance", distance),
        ("freight", freight),
        ("total", total == Some(figures.total)),
        ("cost", cost(&figures.lines) == Ok(figures.cost)),
        ("validity", validity(figures)),
        ("margin", due.and_then(|due| margin(due, figures.cost)) == figures.margin_pct),
    ];
    checks.into_iter().find_map(|(figure, right)| (!right).then_some(figure))
}

fn first_wrong_of_line(line: &Line) -> Option<&'static str> {
    let gross = match line.price_from {
        PriceSource::Point => !line.gross.is_negative(),
        PriceSource::List | PriceSource::PriceList(_) | PriceSource::Hand { .. } => {
            line.unit_price.times(line.qty) == Some(line.gross)
        }
    };
    let checks = [
        ("quantity of a line", !line.qty.is_zero()),
        ("gross of a line", gross),
        ("discount of a line", line.gross.percent(line.discount_pct()) == Some(line.discount)),
        ("net of a line", line.gross - line.discount == line.net && !line.net.is_negative()),
        ("cost of a line", line.product.cost.and_then(|cost| cost.times(line.qty)) == line.cost),
    ];
    checks.into_iter().find_map(|(figure, right)| (!right).then_some(figure))
}

/// Whether a quote stands for the hours that it is said to, or longer, until the store
/// closes, and only days in between are closed.
fn validity(figures: &Figures) -> bool {
    let Some(hours) = figures.validity_hours else { return figures.closed_days.is_empty() };
    let Some(end) = hours_after(figures.priced_at, hours) else { return false };
    let between = end.date_naive()..figures.valid_until.date_naive();
    end <= figures.valid_until
        && figures.closed_days.is_sorted_by(|day, next| day < next)
        && figures.closed_days.iter().all(|day| between.contains(day))
}
