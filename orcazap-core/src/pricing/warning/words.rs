//! Warnings in words, for the owner of the store.

use super::Warning;
use crate::catalog::Sku;
use crate::language::Language;
use crate::money::Money;
use crate::pricing::{FreightArea, Tier, TierScope};
use crate::quantity::Quantity;

/// A warning in words: one sentence, without a full stop.
#[must_use]
pub fn explain_warning(warning: &Warning, language: Language) -> String {
    let pick = |portuguese, english| language.pick(portuguese, english);
    match warning {
        Warning::HigherTierGivesLess { lower, higher } => {
            let less = pick("tira menos que o", "takes off less than a");
            format!("{} {less} {}", tier(higher, language), tier(lower, language))
        }
        Warning::TierGivesAll { tier: all } => {
            let away = pick("dá o produto de graça", "gives the goods away");
            format!("{} {away}", tier(all, language))
        }
        Warning::TermGivesAll { term } => {
            let away = pick(
                "o desconto de 100% dá o pedido de graça",
                "the discount of 100% gives the order away",
            );
            format!("{}: {away}", language.payment(term.payment()))
        }
        Warning::MoreInstallmentsCostLess { fewer, more } => {
            let less = pick("custa menos que", "costs less than");
            let [fewer, more] = [fewer, more].map(|term| language.payment(term.payment()));
            format!("{more} {less} {fewer}")
        }
        Warning::FreightNeverMatches { area: freight } => {
            let never = pick(
                "nunca vale: faixas mais estreitas cobrem todos os seus CEPs",
                "never holds: narrower ones cover all its CEPs",
            );
            format!("{} {never}", area(freight, language))
        }
        Warning::FartherCostsLess { nearer, farther } => {
            let less = pick("custa menos que o", "costs less than");
            format!("{} {less} {}", area(farther, language), area(nearer, language))
        }
        Warning::FreightAlwaysFree { area: freight } => {
            let free = pick(
                "nunca é cobrado: é grátis em pedidos a partir de",
                "is never charged: it is free for orders from",
            );
            format!("{} {free} {}", area(freight, language), language.money(Money::ZERO))
        }
        Warning::PointBehindList { sku, qty, list } => {
            let never = pick("nunca vale: a tabela", "never holds: the price list");
            let before =
                pick("vale para todos e vem antes dele", "holds for everyone and comes before it");
            format!("{} {never} {list} {before}", point(sku, *qty, language))
        }
        Warning::EmptyList { list } => {
            let none = pick("não tem nenhum preço", "has no prices");
            format!("{} {list} {none}", pick("tabela", "price list"))
        }
        Warning::HalfDayNeverHolds { date, usual } => {
            let date = date.format(pick("%d/%m/%Y", "%Y-%m-%d"));
            let why = match usual {
                Some(closes) => {
                    let closes = closes.format("%H:%M");
                    language.pick(
                        format!("a loja já fecha às {closes}"),
                        format!("the store closes at {closes} anyway"),
                    )
                }
                None => pick(
                    "a loja não abre nesse dia, ou não informou o horário",
                    "the store does not open that day, or has not said when",
                )
                .to_owned(),
            };
            let label = pick("fechar mais cedo em", "closing earlier on");
            format!("{label} {date} {}: {why}", pick("nunca vale", "never holds"))
        }
        Warning::TierNeverMatches { tier: never } => {
            let nothing = pick(
                "nunca vale: a loja não vende nada disso",
                "never holds: the store sells nothing of it",
            );
            format!("{} {nothing}", tier(never, language))
        }
        Warning::TierHidden { tier: never } => {
            let hidden = pick(
                "nunca vale: todo produto já tem um desconto mais específico",
                "never holds: every product has a more specific discount by then",
            );
            format!("{} {hidden}", tier(never, language))
        }
        Warning::PointOffStep { sku, qty, step } => {
            let hardly = pick(
                "não vale para o que o cliente pede: o produto é vendido em múltiplos de",
                "does not hold for what customers ask for: the product is sold in multiples of",
            );
            let step = language.number(step.as_decimal());
            format!("{} {hardly} {step}", point(sku, *qty, language))
        }
        Warning::PointBelowCost { sku, qty, price, cost } => {
            let below = pick("é menos que o custo de", "is less than the cost of");
            let (price, cost) = (language.money(*price), language.money(*cost));
            format!("{}: {price} {below} {cost}", point(sku, *qty, language))
        }
        Warning::PointNeverMatches { sku } => {
            let (fixed, nothing) = (
                pick("preço fixo de", "fixed price of"),
                pick(
                    "nunca vale: a loja não vende este produto",
                    "never holds: the store does not sell this product",
                ),
            );
            format!("{fixed} {sku} {nothing}")
        }
        Warning::ListNeverMatches { list, sku } => {
            let (of, nothing) = (
                pick("tabela", "price list"),
                pick("a loja não vende este produto", "the store does not sell this product"),
            );
            format!("{of} {list}, {sku}: {nothing}")
        }
        Warning::ListedBelowCost { list, sku, price, cost } => {
            let (of, below) = (
                pick("tabela", "price list"),
                pick("é menos que o custo de", "is less than the cost of"),
            );
            let (price, cost) = (language.price(*price), language.price(*cost));
            format!("{of} {list}, {sku}: {price} {below} {cost}")
        }
        Warning::SubstituteNeverServes { sku, substitute } if sku == substitute => {
            let itself =
                pick("o produto não substitui a si mesmo", "a product is no substitute of itself");
            format!("{sku}: {itself}")
        }
        Warning::SubstituteNeverServes { sku, substitute } => language.pick(
            format!("{sku}: a loja não vende o substituto {substitute}"),
            format!("{sku}: the store does not sell its substitute {substitute}"),
        ),
    }
}

/// `preço fixo de 0,5 de ARE`.
fn point(sku: &Sku, qty: Quantity, language: Language) -> String {
    let label = language.pick("preço fixo de", "fixed price of");
    let of = language.pick("de", "of");
    format!("{label} {} {of} {sku}", language.number(qty.as_decimal()))
}

/// `desconto de 5% a partir de 10 (loja toda)`.
fn tier(tier: &Tier, language: Language) -> String {
    let (pct, from) =
        (language.number(tier.pct.as_decimal()), language.number(tier.min_qty.as_decimal()));
    match (language, &tier.scope) {
        (Language::Portuguese, TierScope::Product(sku)) => {
            format!("desconto de {pct}% a partir de {from} (produto {sku})")
        }
        (Language::Portuguese, TierScope::Category(name)) => {
            format!("desconto de {pct}% a partir de {from} (categoria {name})")
        }
        (Language::Portuguese, TierScope::Store) => {
            format!("desconto de {pct}% a partir de {from} (loja toda)")
        }
        (Language::English | Language::Spanish | Language::Swahili, scope) => {
            format!("discount of {pct}% from {from} on ({scope})")
        }
    }
}

/// `frete para o CEP 01000-000 a 01000-999`.
fn area(area: &FreightArea, language: Language) -> String {
    match (language, area) {
        (Language::Portuguese, FreightArea::Bairro { bairro }) => {
            format!("frete para o bairro {bairro}")
        }
        (Language::Portuguese, FreightArea::Ceps { cep_from, cep_to }) => {
            format!("frete para o CEP {cep_from} a {cep_to}")
        }
        (Language::Portuguese, FreightArea::Distance { up_to_km }) => {
            format!("frete até {} km", language.number(up_to_km.as_decimal()))
        }
        (Language::English | Language::Spanish | Language::Swahili, area) => {
            format!("freight to {area}")
        }
    }
}
