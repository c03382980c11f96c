//! Changes quantities, prices, discounts or freight of a quote that waits, where it
//! goes, how it is paid and when it comes; adds a product, settles what was not
//! understood, and sends it.
//!
//! Only what differs from the quote becomes an edit: a price that was left alone
//! goes on being priced by the rules, tiers and all.

mod asks;
mod terms;

use axum::extract::Path;
use axum::response::Response;
use chrono::NaiveDate;
use orcazap_core::conversation::{Act, Edit, Offer};
use orcazap_core::pricing::FreightSource;
use orcazap_core::{Catalog, Money, Percent, Quantity, Sku, UnitPrice};
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
const NOT_A_DISCOUNT: &str = "Escreva o desconto de 0 a 100%, como 5 ou 7,5.";
const NO_SUCH_PRODUCT: &str = "Não há produto com este código. Procure pelo nome.";
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
    discount: Vec<String>,
    #[serde(default)]
    add_sku: String,
    #[serde(default)]
    add_qty: String,
    /// One entry where the form has the field, be it blank.
    #[serde(default)]
    freight: Vec<String>,
    // What was not understood: one entry an ask, in the order of the quote's order.
    #[serde(default)]
    ask: Vec<String>,
    /// What is done with it: nothing, to drop it, or a product's code.
    #[serde(default)]
    ask_is: Vec<String>,
    /// Any other product's code.
    #[serde(default)]
    ask_sku: Vec<String>,
    #[serde(default)]
    ask_qty: Vec<String>,
    #[serde(default)]
    place: String,
    #[serde(default)]
    cep: String,
    #[serde(default)]
    bairro: String,
    #[serde(default)]
    method: String,
    #[serde(default)]
    installments: String,
    #[serde(default)]
    days: String,
    /// One entry where the form has the field, be it blank.
    #[serde(default)]
    day: Vec<String>,
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
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let look = desk.look().await?;
    let today = look.wall.local().date_naive();
    let read = read(&fields, &waiting.quote.offer, &shop.catalog, today);
    if read.has_faults() {
        let mut card = waiting.card(&look);
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
    add: Option<&'static str>,
    asks: Vec<Option<&'static str>>,
    terms: terms::Faults,
    whole: Option<&'static str>,
}

impl Read {
    fn has_faults(&self) -> bool {
        let apart = [self.whole, self.freight, self.add];
        let terms = self.terms.all();
        apart.iter().chain(&self.lines).chain(&self.asks).chain(&terms).any(Option::is_some)
    }

    fn mark(&self, card: &mut Card) {
        card.error = Some(self.whole.unwrap_or(LOOK));
        card.freight_error = self.freight;
        card.add_error = self.add;
        for (line, fault) in card.lines.iter_mut().zip(&self.lines) {
            line.error = *fault;
        }
        for (ask, fault) in card.asks.iter_mut().zip(&self.asks) {
            ask.error = *fault;
        }
        self.terms.mark(&mut card.terms);
    }
}

fn read(fields: &Fields, offer: &Offer, catalog: &Catalog, today: NaiveDate) -> Read {
    let Offer { quote, order, .. } = offer;
    let lines = quote.lines();
    let same = fields.sku.len() == lines.len()
        && fields.qty.len() == lines.len()
        && fields.price.len() == lines.len()
        && lines.iter().zip(&fields.sku).all(|(line, sku)| line.product.sku.as_str() == sku);
    if !same {
        return Read { whole: Some(OTHER_LINES), ..Read::default() };
    }
    let mut read = Read::default();
    let typed = fields.qty.iter().zip(&fields.price).zip(if_there(&fields.discount));
    for (line, ((qty, price), pct)) in lines.iter().zip(typed) {
        let (qty, price) = (quantity(qty), unit_price(price));
        let pct = match pct.map(str::trim) {
            None => Some(line.hand_discount()),
            Some("") => Some(None),
            Some(pct) => discount(pct).map(Some),
        };
        read.lines.push(match (&qty, &price, &pct) {
            (None, ..) => Some(NOT_A_QUANTITY),
            (_, None, _) => Some(NOT_A_PRICE),
            (.., None) => Some(NOT_A_DISCOUNT),
            (Some(_), Some(_), Some(_)) => None,
        });
        read.edits.extend(changes(&line.product.sku, (line.qty, qty), (line.unit_price, price)));
        let gone = qty.is_some_and(Quantity::is_zero);
        let pct = pct.filter(|pct| *pct != line.hand_discount() && !gone);
        read.edits.extend(pct.map(|pct| Edit::Discount { sku: line.product.sku.clone(), pct }));
    }
    if !(fields.add_sku.trim().is_empty() && fields.add_qty.trim().is_empty()) {
        match (
            product(&fields.add_sku, catalog),
            quantity(&fields.add_qty).filter(|qty| !qty.is_zero()),
        ) {
            (None, _) => read.add = Some(NO_SUCH_PRODUCT),
            (_, None) => read.add = Some(NOT_A_QUANTITY),
            (Some(sku), Some(qty)) => read.edits.push(Edit::Add { sku, qty }),
        }
    }
    let Some(asks) = asks::read(fields, order, catalog) else {
        return Read { whole: Some(OTHER_LINES), ..Read::default() };
    };
    read.edits.extend(asks.edits);
    read.asks = asks.faults;
    // The place comes before a freight: one by hand for the last place goes with it.
    let (terms, faults) = terms::read(fields, order, today);
    read.edits.extend(terms);
    read.terms = faults;
    let known = paid_freight(quote);
    match fields.freight.first().map(|text| text.trim()) {
        Some("") if *quote.freight_from() == FreightSource::Hand => {
            read.edits.push(Edit::Freight { freight: None });
        }
        None | Some("") => {}
        Some(text) => match money(text) {
            freight if freight.is_some() && freight == known => {}
            Some(freight) => read.edits.push(Edit::Freight { freight: Some(freight) }),
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
    let price =
        price.map(|unit_price| Edit::Price { sku: sku.clone(), unit_price: Some(unit_price) });
    qty.into_iter().chain(price)
}

/// A product by its code.
fn product(text: &str, catalog: &Catalog) -> Option<Sku> {
    text.trim().parse().ok().filter(|sku| catalog.get(sku).is_some())
}

fn quantity(text: &str) -> Option<Quantity> {
    Quantity::new(format::parse_number(text)?).ok()
}

fn discount(text: &str) -> Option<Percent> {
    let pct = Percent::new(format::parse_number(text.trim_end_matches('%'))?).ok()?;
    (Percent::ZERO..=Percent::ALL).contains(&pct).then_some(pct)
}

fn unit_price(text: &str) -> Option<UnitPrice> {
    UnitPrice::new(format::parse_number(text)?).ok()
}

fn money(text: &str) -> Option<Money> {
    format::parse_number(text)?.normalize().to_string().parse().ok()
}

/// Fields that a form may not have, for as many lines as there are.
fn if_there(texts: &[String]) -> impl Iterator<Item = Option<&str>> {
    texts.iter().map(|text| Some(text.as_str())).chain(std::iter::repeat(None))
}

/// Keeps what was typed in the fields.
fn keep(fields: &Fields, card: &mut Card) {
    card.open = Open::Edit;
    card.freight_input = short(fields.freight.first().map_or("", String::as_str));
    card.add_sku = fields.add_sku.chars().take(64).collect();
    card.add_qty = short(&fields.add_qty);
    let typed = fields.qty.iter().zip(&fields.price).zip(if_there(&fields.discount));
    for (line, ((qty, price), discount)) in card.lines.iter_mut().zip(typed) {
        line.qty_input = short(qty);
        line.price_input = short(price);
        line.discount_input = short(discount.unwrap_or_default());
    }
    asks::keep(fields, &mut card.asks);
    terms::keep(fields, &mut card.terms);
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
        let price = |price: &str| Edit::Price { sku: sku.clone(), unit_price: price.parse().ok() };
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
        for text in ["-1", "101", "cinco"] {
            assert_eq!(discount(text), None, "{text}");
        }
        assert_eq!(discount("7,5%"), "7.5".parse().ok());
        assert_eq!(money("1,005"), None);
        assert_eq!(money("1.234,50"), Some(Money::from_centavos(123_450)));
    }
}
