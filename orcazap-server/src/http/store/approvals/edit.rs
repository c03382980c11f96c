//! Changes quantities, prices or freight of a quote that waits, and sends it.
//!
//! Only what differs from the quote becomes an edit: a price that was left alone
//! goes on being priced by the rules, tiers and all.

use axum::extract::Path;
use axum::response::Response;
use orcazap_core::conversation::{Act, Edit};
use orcazap_core::{Money, Quantity, Quote, Sku, UnitPrice};
use serde::Deserialize;

use super::card::{Waiting, paid_freight};
use super::outcome::{closed, find, settle, still_open};
use crate::http::desk::Signed;
use crate::http::problem::PageError;
use crate::views::approvals::{Card, Open};
use crate::views::format;

const NOT_A_QUANTITY: &str = "Escreva a quantidade em números, como 10 ou 2,5.";
const NOT_A_PRICE: &str = "Escreva o preço em reais, como 39,90.";
const NOT_A_FREIGHT: &str = "Escreva o frete em reais, como 80,00, ou deixe em branco.";
const OTHER_LINES: &str = "O pedido mudou enquanto você olhava. Confira a versão nova.";
const LOOK: &str = "Confira os campos marcados.";

/// The form: one entry a line, in the order of the quote.
#[derive(Debug, Default, Deserialize)]
pub(in crate::http::store) struct Fields {
    #[serde(default)]
    sku: Vec<String>,
    #[serde(default)]
    qty: Vec<String>,
    #[serde(default)]
    price: Vec<String>,
    #[serde(default)]
    freight: String,
}

/// The form is sent.
pub(in crate::http::store) async fn edit(
    Path(id): Path<String>,
    Signed(desk, fields): Signed<Fields>,
) -> Result<Response, PageError> {
    let approval = find(&desk, &id).await?;
    if approval.closed.is_some() {
        return closed(&desk, &approval).await;
    }
    let revision = approval.quote_ref.revision;
    let waiting = Waiting::of(&mut desk.tx().await?, approval).await?;
    let (wall, patience) = (desk.wall().await?, desk.patience().await?);
    let read = read(&fields, &waiting.quote.offer.quote);
    if read.has_faults() {
        let mut card = waiting.card(&wall, patience);
        read.mark(&mut card);
        keep(&fields, &mut card);
        return still_open(&desk, card).await;
    }
    let act = match read.edits {
        edits if edits.is_empty() => Act::Approve { revision },
        edits => Act::EditAndApprove { revision, edits },
    };
    settle(&desk, waiting, act, |card, fault| {
        card.error = Some(fault);
        keep(&fields, card);
    })
    .await
}

/// What a form says, and what is wrong with it.
#[derive(Debug, Default)]
struct Read {
    edits: Vec<Edit>,
    lines: Vec<Option<&'static str>>,
    freight: Option<&'static str>,
    whole: Option<&'static str>,
}

impl Read {
    fn has_faults(&self) -> bool {
        self.whole.is_some() || self.freight.is_some() || self.lines.iter().any(Option::is_some)
    }

    fn mark(&self, card: &mut Card) {
        card.error = Some(self.whole.unwrap_or(LOOK));
        card.freight_error = self.freight;
        for (line, fault) in card.lines.iter_mut().zip(&self.lines) {
            line.error = *fault;
        }
    }
}

fn read(fields: &Fields, quote: &Quote) -> Read {
    let lines = quote.lines();
    let same = fields.sku.len() == lines.len()
        && fields.qty.len() == lines.len()
        && fields.price.len() == lines.len()
        && lines.iter().zip(&fields.sku).all(|(line, sku)| line.sku.as_str() == sku);
    if !same {
        return Read { whole: Some(OTHER_LINES), ..Read::default() };
    }
    let mut read = Read::default();
    for ((line, qty), price) in lines.iter().zip(&fields.qty).zip(&fields.price) {
        let (qty, price) = (quantity(qty), unit_price(price));
        read.lines.push(match (&qty, &price) {
            (None, _) => Some(NOT_A_QUANTITY),
            (_, None) => Some(NOT_A_PRICE),
            (Some(_), Some(_)) => None,
        });
        read.edits.extend(changes(&line.sku, (line.qty, qty), (line.unit_price, price)));
    }
    let known = paid_freight(quote);
    match fields.freight.trim() {
        "" => {}
        text => match money(text) {
            Some(freight) if Some(freight) == known => {}
            Some(freight) => read.edits.push(Edit::Freight { freight }),
            None => read.freight = Some(NOT_A_FREIGHT),
        },
    }
    read
}

/// What changes on a line; a line that goes has no other change.
fn changes(
    sku: &Sku,
    (old_qty, qty): (Quantity, Option<Quantity>),
    (old_price, price): (UnitPrice, Option<UnitPrice>),
) -> impl Iterator<Item = Edit> {
    let qty = qty.filter(|qty| *qty != old_qty);
    let gone = qty.is_some_and(Quantity::is_zero);
    let price = price.filter(|price| *price != old_price && !gone);
    let qty = qty.map(|qty| Edit::Quantity { sku: sku.clone(), qty });
    let price = price.map(|unit_price| Edit::Price { sku: sku.clone(), unit_price });
    qty.into_iter().chain(price)
}

fn quantity(text: &str) -> Option<Quantity> {
    Quantity::new(format::parse_number(text)?).ok()
}

fn unit_price(text: &str) -> Option<UnitPrice> {
    UnitPrice::new(format::parse_number(text)?).ok()
}

fn money(text: &str) -> Option<Money> {
    format::parse_number(text)?.normalize().to_string().parse().ok()
}

/// Keeps what was typed in the fields.
fn keep(fields: &Fields, card: &mut Card) {
    card.open = Open::Edit;
    card.freight_input = short(&fields.freight);
    let typed = fields.qty.iter().zip(&fields.price);
    for (line, (qty, price)) in card.lines.iter_mut().zip(typed) {
        line.qty_input = short(qty);
        line.price_input = short(price);
    }
}

fn short(text: &str) -> String {
    text.chars().take(24).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(qty: &str, price: &str, expected: &[Edit]) {
        let sku: Sku = "CIM-50".parse().unwrap();
        let old = ("10".parse().unwrap(), "40.00".parse().unwrap());
        let found: Vec<_> =
            changes(&sku, (old.0, quantity(qty)), (old.1, unit_price(price))).collect();
        assert_eq!(found, expected, "{qty:?} {price:?}");
    }

    #[test]
    fn only_what_differs_is_an_edit() {
        let sku: Sku = "CIM-50".parse().unwrap();
        let qty = |qty: &str| Edit::Quantity { sku: sku.clone(), qty: qty.parse().unwrap() };
        let price =
            |price: &str| Edit::Price { sku: sku.clone(), unit_price: price.parse().unwrap() };
        check("10", "40", &[]);
        check("10,0", "R$ 40,00", &[]);
        check("12,5", "40,00", &[qty("12.5")]);
        check("10", "38,90", &[price("38.9")]);
        check("0", "38,90", &[qty("0")]);
    }

    #[test]
    fn what_is_no_number_is_not_taken() {
        assert_eq!(quantity("dez"), None);
        assert_eq!(quantity("-1"), None);
        assert_eq!(unit_price("99999999999"), None);
        assert_eq!(money("1,005"), None);
        assert_eq!(money("1.234,50"), Some(Money::from_centavos(123_450)));
    }
}
