//! What is allowed in a price book but looks like a mistake: a screen shows it to the
//! owner, and nobody is kept from selling.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{FreightArea, PriceBook, Tier, TierScope};
use crate::catalog::{Catalog, Sku};
use crate::language::Language;
use crate::money::UnitPrice;

/// What is allowed in a price book but looks like a mistake. [`explain_warning`] says
/// it in words; more kinds may come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Warning {
    /// Who buys more gets a smaller discount.
    HigherTierGivesLess {
        /// The tier that begins earlier.
        lower: Tier,
        /// The tier that gives less.
        higher: Tier,
    },
    /// Narrower ranges hold every CEP of this rule.
    FreightNeverMatches {
        /// The rule's area.
        area: FreightArea,
    },
    /// Delivery to a band around the store costs less than to the band within it.
    FartherCostsLess {
        /// The inner band.
        nearer: FreightArea,
        /// The outer band.
        farther: FreightArea,
    },
    /// A tier is for a product or category of which the store sells nothing.
    TierNeverMatches {
        /// The tier.
        tier: Tier,
    },
    /// A fixed price is for a product that the store does not sell.
    PointNeverMatches {
        /// The product that has a fixed price and is not sold.
        sku: Sku,
    },
    /// A price list has a product that the store does not sell.
    ListNeverMatches {
        /// What the list is called.
        list: String,
        /// The product that is listed and not sold.
        sku: Sku,
    },
    /// A price list sells a product for less than it costs.
    ListedBelowCost {
        /// What the list is called.
        list: String,
        /// The product that is listed below its cost.
        sku: Sku,
        /// The listed price of one sale unit.
        price: UnitPrice,
        /// What one sale unit costs the store.
        cost: UnitPrice,
    },
}

impl PriceBook {
    /// What looks like a mistake in the rules themselves.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        for ladder in self.tiers.ladders() {
            for pair in ladder.windows(2) {
                if let [lower, higher] = pair
                    && higher.pct < lower.pct
                {
                    let (lower, higher) = (Tier::clone(lower), Tier::clone(higher));
                    warnings.push(Warning::HigherTierGivesLess { lower, higher });
                }
            }
        }
        let (reachable, rules) = (self.freight.reachable(), &self.data().freight);
        for (position, rule) in rules.iter().enumerate() {
            if !reachable.contains(&position) {
                warnings.push(Warning::FreightNeverMatches { area: rule.area.clone() });
            }
        }
        for (nearer, farther) in self.freight.neighboring_bands() {
            if let (Some(nearer), Some(farther)) = (rules.get(nearer), rules.get(farther))
                && (farther.base, farther.per_kg) != (nearer.base, nearer.per_kg)
                && farther.base <= nearer.base
                && farther.per_kg <= nearer.per_kg
            {
                let (nearer, farther) = (nearer.area.clone(), farther.area.clone());
                warnings.push(Warning::FartherCostsLess { nearer, farther });
            }
        }
        warnings
    }

    /// What looks like a mistake in the rules themselves, and then what does beside
    /// the products they are to price.
    #[must_use]
    pub fn warnings_for(&self, catalog: &Catalog) -> Vec<Warning> {
        let mut warnings = self.warnings();
        let categories: BTreeSet<&str> =
            catalog.products().iter().map(|product| product.category.as_str()).collect();
        for tier in &self.data().tiers {
            let matches = match &tier.scope {
                TierScope::Product(sku) => catalog.get(sku).is_some(),
                TierScope::Category(name) => categories.contains(name.as_str()),
                TierScope::Store => true,
            };
            if !matches {
                warnings.push(Warning::TierNeverMatches { tier: tier.clone() });
            }
        }
        let points = self.data().points.iter().map(|point| &point.sku);
        let strange = points.filter(|sku| catalog.get(sku).is_none()).cloned();
        warnings.extend(strange.map(|sku| Warning::PointNeverMatches { sku }));
        for list in &self.data().lists {
            for (sku, price) in &list.prices {
                let (list, sku, price) = (list.name.clone(), sku.clone(), *price);
                match catalog.get(&sku).map(|product| product.cost) {
                    None => warnings.push(Warning::ListNeverMatches { list, sku }),
                    Some(Some(cost)) if price < cost => {
                        warnings.push(Warning::ListedBelowCost { list, sku, price, cost });
                    }
                    Some(_) => {}
                }
            }
        }
        warnings
    }
}

/// A warning in words: one sentence, without a full stop.
#[must_use]
pub fn explain_warning(warning: &Warning, language: Language) -> String {
    let pick = |portuguese, english| language.pick(portuguese, english);
    match warning {
        Warning::HigherTierGivesLess { lower, higher } => {
            let less = pick("tira menos que o", "takes off less than a");
            format!("{} {less} {}", tier(higher, language), tier(lower, language))
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
        Warning::TierNeverMatches { tier: never } => {
            let nothing = pick(
                "nunca vale: a loja não vende nada disso",
                "never holds: the store sells nothing of it",
            );
            format!("{} {nothing}", tier(never, language))
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
    }
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
