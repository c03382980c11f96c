//! What the customer asked for and nobody understood: another product, this product,
//! or no longer wanted.

use orcazap_core::conversation::Edit;
use orcazap_core::{Catalog, Order};

use super::{Fields, NO_SUCH_PRODUCT, NOT_A_QUANTITY, product, quantity, short};
use crate::views::approvals::{Ask, DROPPED};

const EITHER: &str = "Escolha: tirar do pedido, ou dizer qual é o produto.";

/// What the fields say, and what is wrong with each.
#[derive(Debug, Default)]
pub(super) struct Asks {
    pub(super) edits: Vec<Edit>,
    pub(super) faults: Vec<Option<&'static str>>,
}

/// Reads the fields; `None` when they are of another order. A form without them
/// leaves all open.
pub(super) fn read(fields: &Fields, order: &Order, catalog: &Catalog) -> Option<Asks> {
    let mut asks = Asks::default();
    if fields.ask.is_empty() {
        return Some(asks);
    }
    let Fields { ask, ask_is, ask_sku, ask_qty, .. } = fields;
    let same = order.open_asks().eq(ask.iter().map(String::as_str));
    if !same || [ask_is, ask_sku, ask_qty].iter().any(|texts| texts.len() != ask.len()) {
        return None;
    }
    for (((text, is), sku), qty) in ask.iter().zip(ask_is).zip(ask_sku).zip(ask_qty) {
        match settled(text, is, sku.trim(), qty, catalog) {
            Ok(edit) => {
                asks.edits.extend(edit);
                asks.faults.push(None);
            }
            Err(fault) => asks.faults.push(Some(fault)),
        }
    }
    Some(asks)
}

fn settled(
    text: &str,
    is: &str,
    other: &str,
    qty: &str,
    catalog: &Catalog,
) -> Result<Option<Edit>, &'static str> {
    let text = text.to_owned();
    let sku = match (is, other) {
        ("", "") => return Ok(None),
        (DROPPED, "") => return Ok(Some(Edit::Drop { text })),
        ("", sku) | (sku, "") => product(sku, catalog).ok_or(NO_SUCH_PRODUCT)?,
        (_, _) => return Err(EITHER),
    };
    let qty = quantity(qty).filter(|qty| !qty.is_zero()).ok_or(NOT_A_QUANTITY)?;
    Ok(Some(Edit::Resolve { text, sku, qty }))
}

/// Keeps what was typed.
pub(super) fn keep(fields: &Fields, asks: &mut [Ask]) {
    let typed = fields.ask_is.iter().zip(&fields.ask_sku).zip(&fields.ask_qty);
    for (ask, ((is, sku), qty)) in asks.iter_mut().zip(typed) {
        for choice in &mut ask.choices {
            choice.selected = choice.value == *is;
        }
        ask.sku = sku.chars().take(64).collect();
        ask.qty = short(qty);
    }
}

#[cfg(test)]
mod tests {
    use orcazap_core::order::Unknown;
    use orcazap_core::{Product, Unit};

    use super::*;

    #[track_caller]
    fn check(is: &str, sku: &str, qty: &str, expected: Result<Option<Edit>, &'static str>) {
        let price = "10".parse().unwrap();
        let sand = Product::new("ARE".parse().unwrap(), "Areia", Unit::CubicMeter, price);
        let catalog = Catalog::new(vec![sand]).unwrap();
        let unknown = vec![Unknown { text: "grua".to_owned(), qty: None }];
        let order = Order { unknown, ..Order::default() };
        let one = |text: &str| vec![text.to_owned()];
        let fields = Fields {
            ask: one("grua"),
            ask_is: one(is),
            ask_sku: one(sku),
            ask_qty: one(qty),
            ..Fields::default()
        };
        let Asks { edits, faults } = read(&fields, &order, &catalog).unwrap();
        let found = faults[0].map_or(Ok(edits.into_iter().next()), Err);
        assert_eq!(found, expected, "{is:?} {sku:?} {qty:?}");
        let others = Order::default();
        assert!(read(&fields, &others, &catalog).is_none(), "of another order");
    }

    #[test]
    fn an_ask_is_left_dropped_or_a_product() {
        let text = || "grua".to_owned();
        let is_sand = || {
            let (sku, qty) = ("ARE".parse().unwrap(), "2.5".parse().unwrap());
            Ok(Some(Edit::Resolve { text: text(), sku, qty }))
        };
        check("", "", "1", Ok(None));
        check(DROPPED, "", "", Ok(Some(Edit::Drop { text: text() })));
        check("ARE", "", "2,5", is_sand());
        check("", " ARE ", "2,5", is_sand());
        check("", "CIM", "2", Err(NO_SUCH_PRODUCT));
        check("ARE", "", "0", Err(NOT_A_QUANTITY));
        check(DROPPED, "ARE", "2", Err(EITHER));
    }
}
