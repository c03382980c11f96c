//! The rule that a form says, or what is wrong at which field.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use orcazap_core::catalog::{Volume, Weight};
use orcazap_core::place::{Distance, Point};
use orcazap_core::pricing::{
    FreightArea, FreightRule, ListScope, PaymentTerm, PriceList, PricePoint, Tier, TierScope,
};
use orcazap_core::{Catalog, Money, PaymentMethod, Percent, Quantity, Sku, UnitPrice};
use rust_decimal::Decimal;

use super::{Faults, Fields, MAX_PRICES};
use crate::http::store::prices::rule::Rule;
use crate::http::store::products::search;
use crate::views::format;
use crate::views::prices::Kind;

const NOT_A_QTY: &str = "Escreva uma quantidade maior que zero, como 10 ou 0,5.";
const NOT_A_PCT: &str = "Escreva de 0 a 100, como 5 ou 7,5.";
const NOT_REAIS: &str = "Escreva um valor em reais, como 150,00.";
const NOT_KG: &str = "Escreva um peso em quilos, como 500.";
const NOT_KG_OR_NONE: &str = "Escreva um peso em quilos, como 4000, ou deixe em branco.";
const NOT_M3: &str = "Escreva o espaço em m³, como 6, ou deixe em branco.";
const NOT_REAIS_OR_NONE: &str = "Escreva um valor em reais, como 1500, ou deixe em branco.";
const NOT_INSTALLMENTS: &str = "Escreva de 1 a 99 parcelas, ou deixe em branco para à vista.";
const NOT_A_BAIRRO: &str = "Escreva o nome do bairro, com até 80 letras.";
const NOT_A_CEP: &str = "Escreva os 8 números do CEP, como 01310-000.";
const NOT_KM: &str = "Escreva a distância em km, como 5 ou 7,5.";
const NOT_A_POINT: &str =
    "Escreva latitude e longitude como o mapa as mostra: -23.550394, -46.633947.";
const NOT_A_DAY: &str = "Escolha um dia, ou deixe em branco.";
const NOT_A_NAME: &str = "Escreva de 1 a 120 letras.";
const NO_CATEGORY: &str = "Escolha uma categoria.";

/// The rule that a form says; `held` is the one it changes.
pub(in crate::http::store::prices) fn read(
    kind: Kind,
    fields: &Fields,
    held: Option<&Rule>,
    catalog: &Catalog,
) -> Result<Rule, Faults> {
    let mut faults = Faults::default();
    let rule = match kind {
        Kind::Tiers => fields.tier(catalog, &mut faults).map(Rule::Tier),
        Kind::Payment => fields.term(&mut faults).map(Rule::Payment),
        Kind::Freight => fields.freight(&mut faults).map(Rule::Freight),
        Kind::Origin => {
            let point = point(&fields.coordinates);
            faults.want("coordinates", point, NOT_A_POINT).map(Rule::Origin)
        }
        Kind::Lists => fields.list(held, catalog, &mut faults).map(Rule::List),
        Kind::Points => fields.point(catalog, &mut faults).map(Rule::Point),
    };
    // A form without faults says a rule.
    rule.filter(|_| faults.0.is_empty()).ok_or(faults)
}

impl Faults {
    /// What a field must be, or its fault.
    fn want<T>(
        &mut self,
        name: &'static str,
        found: Option<T>,
        fault: impl Into<String>,
    ) -> Option<T> {
        if found.is_none() {
            self.0.insert(name, fault.into());
        }
        found
    }

    /// The same, where nothing need be typed.
    fn optional<T>(
        &mut self,
        name: &'static str,
        text: &str,
        read: impl Fn(&str) -> Option<T>,
        fault: &str,
    ) -> Option<T> {
        if text.trim().is_empty() { None } else { self.want(name, read(text), fault) }
    }

    fn product(&mut self, catalog: &Catalog, text: &str) -> Option<Sku> {
        match search::find(catalog, text) {
            Ok(product) => Some(product.sku.clone()),
            Err(fault) => self.want("sku", None, fault),
        }
    }
}

fn qty(text: &str) -> Option<Quantity> {
    Quantity::new(format::parse_number(text)?).ok().filter(|qty| !qty.is_zero())
}

fn pct(text: &str) -> Option<Percent> {
    let pct = Percent::new(format::parse_number(text)?).ok()?;
    (Percent::ZERO..=Percent::ALL).contains(&pct).then_some(pct)
}

fn reais(text: &str) -> Option<Money> {
    format::parse_number(text)?.normalize().to_string().parse().ok()
}

fn unit_price(text: &str) -> Option<UnitPrice> {
    UnitPrice::new(format::parse_number(text)?).ok()
}

/// A price that may be left blank for none.
fn price_or_zero(text: &str) -> Option<UnitPrice> {
    if text.trim().is_empty() { Some(UnitPrice::ZERO) } else { unit_price(text) }
}

fn weight(text: &str) -> Option<Weight> {
    Weight::new(format::parse_number(text)?).ok()
}

fn day(text: &str) -> Option<NaiveDate> {
    text.trim().parse().ok()
}

/// `-23.550394, -46.633947`, as a map copies it; or with commas in the numbers and `;`
/// between them.
fn point(text: &str) -> Option<Point> {
    let degrees = |text: &str| Decimal::from_str_exact(&text.trim().replace(',', ".")).ok();
    let (lat, lon) = text.split_once(';').or_else(|| text.split_once(','))?;
    Point::new(degrees(lat)?, degrees(lon)?).ok()
}

impl Fields {
    fn tier(&self, catalog: &Catalog, faults: &mut Faults) -> Option<Tier> {
        let scope = match self.scope.as_str() {
            "item" => faults.product(catalog, &self.sku).map(TierScope::Product),
            "category" => {
                let known = catalog.products().iter().any(|one| one.category == self.category);
                let chosen = known.then(|| self.category.clone());
                faults.want("category", chosen, NO_CATEGORY).map(TierScope::Category)
            }
            _ => Some(TierScope::Store),
        };
        let min_qty = faults.want("min_qty", qty(&self.min_qty), NOT_A_QTY);
        let pct = faults.want("pct", pct(&self.pct), NOT_A_PCT);
        Some(Tier { scope: scope?, min_qty: min_qty?, pct: pct? })
    }

    fn term(&self, faults: &mut Faults) -> Option<PaymentTerm> {
        let method = PaymentMethod::ALL.iter().copied().find(|one| one.code() == self.method);
        let method = faults.want("method", method, "Escolha uma forma de pagamento.");
        let pct = faults.want("pct", pct(&self.pct), NOT_A_PCT)?;
        let signed = match self.sign.as_str() {
            "off" => Percent::new(-pct.as_decimal()).ok()?,
            _ => pct,
        };
        let installments = match method? {
            PaymentMethod::CreditCard => {
                let whole = |text: &str| text.trim().parse().ok().filter(|n| (1..=99).contains(n));
                let given = &self.installments;
                faults.optional("installments", given, whole, NOT_INSTALLMENTS)
            }
            _ => None,
        };
        Some(PaymentTerm { method: method?, installments, pct: signed })
    }

    fn area(&self, faults: &mut Faults) -> Option<FreightArea> {
        Some(match self.area.as_str() {
            "ceps" => {
                let from = faults.want("cep_from", self.cep_from.parse().ok(), NOT_A_CEP);
                let to = faults.want("cep_to", self.cep_to.parse().ok(), NOT_A_CEP);
                FreightArea::Ceps { cep_from: from?, cep_to: to? }
            }
            "distance" => {
                let km = format::parse_number(&self.up_to_km).map(Distance::new);
                let km = km.and_then(Result::ok).filter(|km| *km != Distance::ZERO);
                FreightArea::Distance { up_to_km: faults.want("up_to_km", km, NOT_KM)? }
            }
            _ => {
                let bairro = faults.want("bairro", self.bairro.parse().ok(), NOT_A_BAIRRO);
                FreightArea::Bairro { bairro: bairro? }
            }
        })
    }

    fn freight(&self, faults: &mut Faults) -> Option<FreightRule> {
        let area = self.area(faults);
        let base = faults.want("base", unit_price(&self.base), NOT_REAIS);
        let per_kg = faults.want("per_kg", price_or_zero(&self.per_kg), NOT_REAIS);
        let included =
            if self.included_kg.trim().is_empty() { "0" } else { self.included_kg.as_str() };
        let included_kg = faults.want("included_kg", weight(included), NOT_KG);
        let some_kg = |text: &str| weight(text).filter(|kg| *kg != Weight::ZERO);
        let truck_kg = faults.optional("truck_kg", &self.truck_kg, some_kg, NOT_KG_OR_NONE);
        let some_m3 = |text: &str| {
            let volume = Volume::new(format::parse_number(text)?).ok()?;
            (volume != Volume::ZERO).then_some(volume)
        };
        let truck_m3 = faults.optional("truck_m3", &self.truck_m3, some_m3, NOT_M3);
        let free = faults.optional("free_above", &self.free_above, reais, NOT_REAIS_OR_NONE);
        Some(FreightRule {
            area: area?,
            base: base?,
            per_kg: per_kg?,
            included_kg: included_kg?,
            truck_kg,
            truck_m3,
            free_above: free,
        })
    }

    fn point(&self, catalog: &Catalog, faults: &mut Faults) -> Option<PricePoint> {
        let sku = faults.product(catalog, &self.sku);
        let qty = faults.want("qty", qty(&self.qty), NOT_A_QTY);
        let price = faults.want("price", reais(&self.price), NOT_REAIS);
        Some(PricePoint { sku: sku?, qty: qty?, price: price? })
    }

    fn list(
        &self,
        held: Option<&Rule>,
        catalog: &Catalog,
        faults: &mut Faults,
    ) -> Option<PriceList> {
        let label = |text: &str| {
            let text = text.trim();
            (1..=120).contains(&text.chars().count()).then(|| text.to_owned())
        };
        let name = faults.want("name", label(&self.name), NOT_A_NAME);
        let scope = match self.who.as_str() {
            "group" => faults.want("key", label(&self.key), NOT_A_NAME).map(ListScope::Group),
            "customer" => faults.want("key", label(&self.key), NOT_A_NAME).map(ListScope::Customer),
            _ => Some(ListScope::Everyone),
        };
        let from = faults.optional("from", &self.from, day, NOT_A_DAY);
        let until = faults.optional("until", &self.until, day, NOT_A_DAY);
        let prices = match (&self.prices, held) {
            (Some(text), _) => match prices(text, catalog) {
                Ok(prices) => Some(prices),
                Err(fault) => faults.want("prices", None, fault),
            },
            (None, Some(Rule::List(held))) => Some(held.prices.clone()),
            (None, _) => faults.want("prices", None, "Escreva os preços da tabela."),
        };
        Some(PriceList { name: name?, scope: scope?, from, until, prices: prices? })
    }
}

/// The prices of a list's lines.
fn prices(text: &str, catalog: &Catalog) -> Result<BTreeMap<Sku, UnitPrice>, String> {
    let mut prices = BTreeMap::new();
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    for (at, line) in lines.filter(|(_, line)| !line.is_empty()) {
        let parts = line.rsplit_once(|c: char| c.is_whitespace() || matches!(c, '=' | ';'));
        let price = parts.and_then(|(code, price)| Some((code, unit_price(price)?)));
        let Some((code, price)) = price else {
            return Err(format!("Linha {at}: escreva o código e o preço, como CIM-50 36,90."));
        };
        let code = code.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '=' | ';'));
        let known = code.parse().ok().filter(|sku| catalog.get(sku).is_some());
        let Some(sku) = known else {
            let shown: String = code.chars().take(64).collect();
            return Err(format!("Linha {at}: nenhum produto tem o código “{shown}”."));
        };
        if prices.insert(sku, price).is_some() {
            return Err(format!("Linha {at}: este produto já tem preço acima."));
        }
        if prices.len() > MAX_PRICES {
            let max = format::number(MAX_PRICES);
            return Err(format!("Escreva no máximo {max} preços; o resto vai em outra tabela."));
        }
    }
    if prices.is_empty() { Err("Escreva os preços da tabela.".to_owned()) } else { Ok(prices) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_the_map_are_read_as_they_are_copied() {
        let expected = Point::new("-23.55".parse().unwrap(), "-46.63".parse().unwrap()).ok();
        assert_eq!(point("-23.55, -46.63"), expected);
        assert_eq!(point("-23,55; -46,63"), expected);
        assert_eq!(point("-23.55"), None);
    }
}
