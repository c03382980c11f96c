//! The figures of a quote, as lists of lines and of what stands below them.

use orcazap_core::pricing::{self, FreightSource, PaymentTerm, PriceSource};
use orcazap_core::{Money, Quote};
use rust_decimal::Decimal;
use serde::Serialize;

use super::{format, words};

/// How a figure below the lines stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Weight {
    Plain,
    Strong,
    Muted,
}

/// A figure below the lines of a quote.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sum {
    label: String,
    value: String,
    tone: Weight,
    /// Whether only who sees costs may see it.
    private: bool,
}

impl Sum {
    fn new(tone: Weight, label: impl Into<String>, value: String) -> Self {
        Self { label: label.into(), value, tone, private: false }
    }
}

/// One line of a quote.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    pub(crate) sku: String,
    pub(crate) name: String,
    pub(crate) qty: String,
    pub(crate) unit: &'static str,
    pub(crate) unit_price: String,
    /// Where the price comes from, when it is not the product's own.
    pub(crate) source: Option<String>,
    pub(crate) discount: Option<String>,
    pub(crate) net: String,
    pub(crate) margin: String,
}

impl From<&pricing::Line> for Line {
    fn from(line: &pricing::Line) -> Self {
        let discount = (line.discount > Money::ZERO).then(|| format::brl(line.discount));
        Self {
            sku: line.product.sku.to_string(),
            name: line.product.name.to_string(),
            qty: format::amount(line.qty, line.product.unit),
            unit: words::unit(line.product.unit),
            unit_price: format::price(line.unit_price),
            source: source(line),
            discount,
            net: format::brl(line.net),
            margin: margin(share(line.net, line.cost)),
        }
    }
}

fn source(line: &pricing::Line) -> Option<String> {
    match &line.price_from {
        PriceSource::List => None,
        PriceSource::PriceList(name) => Some(format!("tabela {name}")),
        PriceSource::Point => Some("preço fixo desta quantidade".to_owned()),
        PriceSource::Hand { .. } => Some("preço combinado".to_owned()),
    }
}

/// What stays of an amount after its cost, in percent; `None` without a cost, and
/// of nothing.
pub(crate) fn share(net: Money, cost: Option<Money>) -> Option<Decimal> {
    let (net, cost) = (net.as_decimal(), cost?.as_decimal());
    net.checked_sub(cost)?.checked_div(net)?.checked_mul(Decimal::ONE_HUNDRED)
}

/// A margin, or a dash where the cost is not known.
pub(crate) fn margin(percent: Option<Decimal>) -> String {
    percent.map_or_else(|| "–".to_owned(), format::percent)
}

/// What stands below the lines: subtotal, payment, freight, total, margin.
pub(crate) fn sums(quote: &Quote) -> Vec<Sum> {
    let mut sums = Vec::new();
    let adjustment = quote.adjustment();
    if adjustment != Money::ZERO || quote.freight() != Some(Money::ZERO) {
        sums.push(Sum::new(Weight::Plain, "Produtos", format::brl(quote.subtotal())));
    }
    if let Some(term) = quote.payment_term().filter(|_| adjustment != Money::ZERO) {
        sums.push(Sum::new(Weight::Plain, payment_label(term), format::brl(adjustment)));
    }
    let freight = freight(quote);
    match quote.freight_from() {
        FreightSource::Pickup => {}
        FreightSource::Hand => sums.push(Sum::new(Weight::Plain, "Frete (à mão)", freight)),
        FreightSource::Rule(_) | FreightSource::NoRule => {
            sums.push(Sum::new(Weight::Plain, "Frete", freight));
        }
    }
    sums.push(Sum::new(Weight::Strong, "Total", format::brl(quote.total())));
    let earned = Sum::new(Weight::Muted, "Margem", margin(quote.margin_pct()));
    sums.push(Sum { private: true, ..earned });
    sums
}

/// What delivery costs, in words where there is no figure to show.
pub(crate) fn freight(quote: &Quote) -> String {
    match quote.freight() {
        None => "a combinar".to_owned(),
        Some(Money::ZERO) => "grátis".to_owned(),
        Some(freight) => format::brl(freight),
    }
}

fn payment_label(term: PaymentTerm) -> String {
    let pct = term.pct.as_decimal();
    let what = if pct.is_sign_negative() { "Desconto" } else { "Acréscimo" };
    format!("{what} {} ({})", words::payment(Some(&term.payment())), format::percent(pct.abs()))
}

#[cfg(test)]
impl Sum {
    pub(super) fn sample() -> Self {
        Self::new(Weight::Strong, "Total", "R$ 1,00".to_owned())
    }
}

#[cfg(test)]
impl Line {
    pub(super) fn sample() -> Self {
        Self {
            sku: "CIM-CP2-50".to_owned(),
            name: "Cimento CP II 50kg".to_owned(),
            qty: "20 sacos".to_owned(),
            unit: "saco",
            unit_price: "R$ 39,90".to_owned(),
            source: Some("tabela Construtoras".to_owned()),
            discount: Some("R$ 23,94".to_owned()),
            net: "R$ 774,06".to_owned(),
            margin: "11,35%".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_margin_is_of_the_net_and_nothing_has_none() {
        let (net, cost) = (Money::from_centavos(10_000), Money::from_centavos(7_500));
        assert_eq!(margin(share(net, Some(cost))), "25%");
        assert_eq!(margin(share(Money::ZERO, Some(cost))), "–");
        assert_eq!(margin(share(net, None)), "–");
    }
}
