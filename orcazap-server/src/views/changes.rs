//! What a person changed in a quote: a row for each difference, before and after.

use orcazap_core::catalog::Sku;
use orcazap_core::pricing::Revised;
use orcazap_core::{Money, Percent};
use rust_decimal::Decimal;
use serde::Serialize;

use super::format::{self, Wall};
use super::words;

/// Who changed what.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Edit {
    pub(crate) title: String,
    pub(crate) changes: Vec<Change>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    what: String,
    before: String,
    after: String,
}

impl Change {
    /// A difference as a person reads it; `name` gives a product's name.
    pub(crate) fn of(change: &Revised, name: &dyn Fn(&Sku) -> String, wall: &Wall) -> Self {
        let (what, before, after) = match change {
            Revised::Added { sku, qty } => (name(sku), nothing(), number(*qty)),
            Revised::Removed { sku, qty } => (name(sku), number(*qty), "retirado".to_owned()),
            Revised::Quantity { sku, before, after } => {
                (of("Quantidade", name(sku)), number(*before), number(*after))
            }
            Revised::Price { sku, before, after, by_hand } => {
                let what = if *by_hand { "Preço à mão" } else { "Preço da loja" };
                (of(what, name(sku)), format::price(*before), format::price(*after))
            }
            Revised::Discount { sku, before, after } => {
                let by_rules = || "pela regra".to_owned();
                let said = |pct: &Option<Percent>| pct.map_or_else(by_rules, percent);
                (of("Desconto à mão", name(sku)), said(before), said(after))
            }
            Revised::PriceList { sku, before, after } => {
                let said = |list: &Option<std::sync::Arc<str>>| {
                    list.as_deref().map_or_else(nothing, str::to_owned)
                };
                (of("Tabela de preços", name(sku)), said(before), said(after))
            }
            Revised::Tier { sku, before, after } => {
                let said = |pct: &Option<Percent>| pct.map_or_else(nothing, percent);
                (of("Desconto por volume", name(sku)), said(before), said(after))
            }
            Revised::Freight { before, after } => {
                let agreed = || "a combinar".to_owned();
                let said = |freight: &Option<Money>| freight.map_or_else(agreed, format::brl);
                ("Frete".to_owned(), said(before), said(after))
            }
            Revised::Place { before, after } => {
                let said = |place: &Option<_>| words::place(place.as_ref());
                ("Local".to_owned(), said(before), said(after))
            }
            Revised::Payment { before, after } => {
                let said = |payment: &Option<_>| words::payment(payment.as_ref());
                ("Pagamento".to_owned(), said(before), said(after))
            }
            Revised::Delivery { before, after } => {
                let said =
                    |day: &Option<_>| words::delivery(day.as_ref(), wall).unwrap_or_else(nothing);
                ("Dia da entrega".to_owned(), said(before), said(after))
            }
            Revised::Settled { text } => {
                (format!("“{text}”"), "em aberto".to_owned(), "resolvido".to_owned())
            }
        };
        Self { what, before, after }
    }
}

fn of(what: &str, name: String) -> String {
    format!("{what}: {name}")
}

fn nothing() -> String {
    "–".to_owned()
}

fn number(qty: Decimal) -> String {
    format::number(qty)
}

fn percent(pct: Percent) -> String {
    format::percent(pct.as_decimal())
}

#[cfg(test)]
impl Edit {
    pub(super) fn sample() -> Self {
        let change = Change {
            what: "Quantidade: Cimento".to_owned(),
            before: "10".to_owned(),
            after: "12".to_owned(),
        };
        Self { title: "Alterado por Ana".to_owned(), changes: vec![change] }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[track_caller]
    fn check(change: &str, [what, before, after]: [&str; 3]) {
        let change: Revised = serde_json::from_str(change).unwrap();
        let wall = Wall { zone: chrono_tz::America::Sao_Paulo, now: DateTime::UNIX_EPOCH };
        let row = Change::of(&change, &|_: &Sku| "Cimento".to_owned(), &wall);
        let expected =
            Change { what: what.to_owned(), before: before.to_owned(), after: after.to_owned() };
        assert_eq!(row, expected);
    }

    #[test]
    fn every_change_is_told_before_and_after() {
        for (change, expected) in [
            (r#"{"revised":"added","sku":"A","qty":"2"}"#, ["Cimento", "–", "2"]),
            (r#"{"revised":"removed","sku":"A","qty":"2.5"}"#, ["Cimento", "2,5", "retirado"]),
            (
                r#"{"revised":"quantity","sku":"A","before":"10","after":"1000"}"#,
                ["Quantidade: Cimento", "10", "1.000"],
            ),
            (
                r#"{"revised":"price","sku":"A","before":"40","after":"38.9","by_hand":true}"#,
                ["Preço à mão: Cimento", "R$ 40,00", "R$ 38,90"],
            ),
            (
                r#"{"revised":"price","sku":"A","before":"40","after":"41","by_hand":false}"#,
                ["Preço da loja: Cimento", "R$ 40,00", "R$ 41,00"],
            ),
            (
                r#"{"revised":"discount","sku":"A","before":null,"after":"7.5"}"#,
                ["Desconto à mão: Cimento", "pela regra", "7,5%"],
            ),
            (
                r#"{"revised":"price_list","sku":"A","before":null,"after":"Obra"}"#,
                ["Tabela de preços: Cimento", "–", "Obra"],
            ),
            (
                r#"{"revised":"tier","sku":"A","before":"5","after":null}"#,
                ["Desconto por volume: Cimento", "5%", "–"],
            ),
            (
                r#"{"revised":"freight","before":null,"after":"30.00"}"#,
                ["Frete", "a combinar", "R$ 30,00"],
            ),
            (
                r#"{"revised":"place","before":{"bairro":"Centro"},"after":{"pickup":true}}"#,
                ["Local", "Entrega em Centro", "Retirada na loja"],
            ),
            (
                r#"{"revised":"payment","before":null,"after":{"method":"boleto","days":28}}"#,
                ["Pagamento", "Não informado", "Boleto para 28 dias"],
            ),
            (
                r#"{"revised":"delivery","before":{"asap":true},"after":null}"#,
                ["Dia da entrega", "o quanto antes", "–"],
            ),
            (r#"{"revised":"settled","text":"grua"}"#, ["“grua”", "em aberto", "resolvido"]),
        ] {
            check(change, expected);
        }
    }
}
