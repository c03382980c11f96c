//! One rule as a form: its fields, as they are shown and as the rule that they say.

mod read;
mod show;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use orcazap_core::catalog::{Volume, Weight};
use orcazap_core::pricing::{FreightArea, FreightRule, ListScope, PriceList, TierScope};
use orcazap_core::{Money, Sku, UnitPrice};
use rust_decimal::Decimal;
use serde::Deserialize;

pub(super) use read::read;

use super::rule::Rule;
use crate::views::format;
use crate::views::prices::Kind;

/// A price list with more prices than these is not changed in a form.
pub(super) const MAX_PRICES: usize = 5_000;

/// The form, as it was typed; each kind of rule uses some of its fields.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::http::store) struct Fields {
    /// The key of the rule that is changed; empty for a new one.
    pub(super) was: String,
    pub(super) act: String,
    scope: String,
    sku: String,
    category: String,
    min_qty: String,
    pct: String,
    method: String,
    sign: String,
    installments: String,
    area: String,
    bairro: String,
    cep_from: String,
    cep_to: String,
    up_to_km: String,
    base: String,
    per_kg: String,
    included_kg: String,
    truck_kg: String,
    truck_m3: String,
    free_above: String,
    coordinates: String,
    qty: String,
    price: String,
    name: String,
    who: String,
    key: String,
    from: String,
    until: String,
    /// Missing where the list has too many prices for a form: they stay as they are.
    prices: Option<String>,
}

/// What is wrong with the form, by the name of the field.
#[derive(Debug, Default)]
pub(super) struct Faults(BTreeMap<&'static str, String>);

impl Fields {
    /// The form of a rule as it is.
    pub(super) fn of(rule: &Rule) -> Self {
        let number = |value: Decimal| format::field(value);
        let mut form = match rule {
            Rule::Tier(tier) => {
                let (scope, sku, category) = match &tier.scope {
                    TierScope::Product(sku) => ("item", sku.to_string(), String::new()),
                    TierScope::Category(name) => ("category", String::new(), name.clone()),
                    TierScope::Store => ("store", String::new(), String::new()),
                };
                Self {
                    scope: scope.to_owned(),
                    sku,
                    category,
                    min_qty: number(tier.min_qty.as_decimal()),
                    pct: number(tier.pct.as_decimal()),
                    ..Self::default()
                }
            }
            Rule::Payment(term) => {
                let pct = term.pct.as_decimal();
                Self {
                    method: term.method.code().to_owned(),
                    sign: if pct.is_sign_negative() { "off" } else { "on" }.to_owned(),
                    pct: number(pct.abs()),
                    installments: term.installments.map(|n| n.to_string()).unwrap_or_default(),
                    ..Self::default()
                }
            }
            Rule::Freight(rule) => Self::of_freight(rule),
            Rule::Origin(point) => {
                Self { coordinates: format!("{}, {}", point.lat(), point.lon()), ..Self::default() }
            }
            Rule::Point(point) => Self {
                sku: point.sku.to_string(),
                qty: number(point.qty.as_decimal()),
                price: number(point.price.as_decimal()),
                ..Self::default()
            },
            Rule::List(list) => Self::of_list(list),
        };
        form.was = rule.key();
        form
    }

    fn of_freight(rule: &FreightRule) -> Self {
        let maybe = |value: Option<Decimal>| value.map(format::field).unwrap_or_default();
        let form = Self {
            base: format::field(rule.base.as_decimal()),
            per_kg: format::field(rule.per_kg.as_decimal()),
            included_kg: format::field(rule.included_kg.as_decimal()),
            truck_kg: maybe(rule.truck_kg.map(Weight::as_decimal)),
            truck_m3: maybe(rule.truck_m3.map(Volume::as_decimal)),
            free_above: maybe(rule.free_above.map(Money::as_decimal)),
            ..Self::default()
        };
        match &rule.area {
            FreightArea::Bairro { bairro } => {
                Self { area: "bairro".to_owned(), bairro: bairro.to_string(), ..form }
            }
            FreightArea::Ceps { cep_from, cep_to } => Self {
                area: "ceps".to_owned(),
                cep_from: cep_from.to_string(),
                cep_to: cep_to.to_string(),
                ..form
            },
            FreightArea::Distance { up_to_km } => Self {
                area: "distance".to_owned(),
                up_to_km: format::field(up_to_km.as_decimal()),
                ..form
            },
        }
    }

    fn of_list(list: &PriceList) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let line = |(sku, price): (&Sku, &UnitPrice)| {
            format!("{sku} {}", format::field(price.as_decimal()))
        };
        let prices = || list.prices.iter().map(line).collect::<Vec<_>>().join("\n");
        Self {
            name: list.name.clone(),
            who: match list.scope {
                ListScope::Customer(_) => "customer",
                ListScope::Group(_) => "group",
                ListScope::Everyone => "everyone",
            }
            .to_owned(),
            key: list.scope.key().unwrap_or_default().to_owned(),
            from: day(list.from),
            until: day(list.until),
            prices: (list.prices.len() <= MAX_PRICES).then(prices),
            ..Self::default()
        }
    }

    /// The form of a new rule.
    pub(super) fn new(kind: Kind) -> Self {
        let prices = (kind == Kind::Lists).then(String::new);
        Self { sign: "off".to_owned(), prices, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use orcazap_core::pricing::PriceBookData;
    use orcazap_core::{Catalog, Product, Unit};

    use super::*;

    fn catalog() -> Catalog {
        let product = |sku: &str, name: &str| Product {
            category: "Pisos".to_owned(),
            ..Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
        };
        Catalog::new(vec![product("CIM 50", "Cimento"), product("ARE", "Areia")]).unwrap()
    }

    fn book() -> PriceBookData {
        serde_json::from_value(serde_json::json!({
            "tiers": [
                { "scope": "item", "key": "CIM 50", "min_qty": "0.5", "pct": "5" },
                { "scope": "category", "key": "Pisos", "min_qty": "1000", "pct": "2.5" },
                { "scope": "store", "min_qty": "100", "pct": "0" }],
            "payment": [
                { "method": "pix", "pct": "-3" },
                { "method": "credit_card", "installments": 10, "pct": "8.25" },
                { "method": "credit_card", "pct": "0" }],
            "freight": [
                { "bairro": "Vila Operária", "base": "30", "per_kg": "0", "included_kg": "500" },
                { "cep_from": "01000000", "cep_to": "01999999", "base": "50", "per_kg": "0.0525",
                  "included_kg": "0", "truck_kg": "4000", "truck_m3": "6.5",
                  "free_above": "2000.00" },
                { "up_to_km": "7.5", "base": "40", "per_kg": "0", "included_kg": "0" }],
            "origin": { "lat": "-23.550394", "lon": "-46.633947" },
            "points": [{ "sku": "ARE", "qty": "0.5", "price": "1090.00" }],
            "lists": [
                { "name": "Obras", "for": "group", "key": "Construtoras", "from": "2026-11-01",
                  "until": "2026-12-31", "prices": { "CIM 50": "1036.125", "ARE": "0" } },
                { "name": "Oferta", "for": "everyone", "prices": { "ARE": "19.9" } }],
        }))
        .unwrap()
    }

    #[test]
    fn every_rule_is_read_back_from_its_own_form() {
        for kind in Kind::ALL {
            for rule in kind.rules(&book()) {
                let read = read(kind, &Fields::of(&rule), None, &catalog());
                assert_eq!(read.map_err(|faults| faults.0), Ok(rule));
            }
        }
    }

    #[track_caller]
    fn check(kind: Kind, change: impl Fn(&mut Fields), field: &str) {
        let rule = kind.rules(&book()).remove(0);
        let mut fields = Fields::of(&rule);
        change(&mut fields);
        let faults = read(kind, &fields, Some(&rule), &catalog()).unwrap_err();
        assert_eq!(faults.0.keys().copied().collect::<Vec<_>>(), [field]);
        let shown = fields.show(kind, faults, &catalog());
        assert_eq!(shown.iter().filter(|field| field.error.is_some()).count(), 1);
    }

    #[test]
    fn a_fault_is_told_at_its_field() {
        check(Kind::Tiers, |form| form.min_qty = "0".into(), "min_qty");
        check(Kind::Tiers, |form| form.pct = "100,1".into(), "pct");
        check(Kind::Tiers, |form| form.sku = "guindaste".into(), "sku");
        check(Kind::Tiers, |form| form.scope = "category".into(), "category");
        check(Kind::Payment, |form| form.method = "ouro".into(), "method");
        check(Kind::Payment, |form| form.pct = "-3".into(), "pct");
        check(Kind::Freight, |form| form.bairro = " ".into(), "bairro");
        check(Kind::Freight, |form| form.base = String::new(), "base");
        check(Kind::Freight, |form| form.truck_kg = "0".into(), "truck_kg");
        check(Kind::Origin, |form| form.coordinates = "-123.5, 0".into(), "coordinates");
        check(Kind::Points, |form| form.price = "1,005".into(), "price");
        check(Kind::Lists, |form| form.key = String::new(), "key");
        check(Kind::Lists, |form| form.until = "31/12".into(), "until");
        check(Kind::Lists, |form| form.prices = Some("ARE".into()), "prices");
        check(Kind::Lists, |form| form.prices = Some("ARE 1\nARE 2".into()), "prices");
        check(Kind::Lists, |form| form.prices = Some("CAL 1".into()), "prices");
    }

    #[test]
    fn a_list_too_long_for_a_form_keeps_its_prices() {
        let rule = Kind::Lists.rules(&book()).remove(0);
        let fields = Fields { prices: None, ..Fields::of(&rule) };
        let kept = read(Kind::Lists, &fields, Some(&rule), &catalog());
        assert_eq!(kept.map_err(|faults| faults.0), Ok(rule));
        assert!(read(Kind::Lists, &fields, None, &catalog()).is_err());
    }
}
