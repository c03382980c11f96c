//! The rules of each kind, field by field.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::RuleJson;
use super::field::{Fault, Field, Fields, named, optional, required};
use crate::catalog::SkuError;
use crate::order::PaymentMethod;
use crate::pricing::{
    FreightArea, FreightRule, ListScope, PaymentTerm, PriceList, PricePoint, RuleKind, Tier,
    TierScope,
};

#[derive(Deserialize)]
pub(in crate::pricing) struct TierJson {
    scope: Option<Field>,
    key: Option<Field>,
    min_qty: Option<Field>,
    pct: Option<Field>,
}

impl RuleJson for TierJson {
    type Rule = Tier;
    const KIND: RuleKind = RuleKind::Tier;

    fn subject(&self) -> String {
        named([("scope", &self.scope), ("key", &self.key), ("min_qty", &self.min_qty)])
    }

    fn to_rule(self) -> Result<Tier, Fault> {
        let wrong = |field: &str, problem: &str| Fault::Wrong {
            field: field.to_owned(),
            problem: problem.to_owned(),
        };
        let scope = match required::<String>("scope", self.scope)?.as_str() {
            "item" => TierScope::Product(required("key", self.key)?),
            "category" => TierScope::Category(required("key", self.key)?),
            "store" if self.key.is_none() => TierScope::Store,
            "store" => return Err(wrong("key", "a tier of the store has none")),
            _ => return Err(wrong("scope", "expected item, category or store")),
        };
        let (min_qty, pct) = (required("min_qty", self.min_qty)?, required("pct", self.pct)?);
        Ok(Tier { scope, min_qty, pct })
    }
}

#[derive(Deserialize)]
pub(in crate::pricing) struct TermJson {
    method: Option<Field>,
    installments: Option<Field>,
    pct: Option<Field>,
}

impl RuleJson for TermJson {
    type Rule = PaymentTerm;
    const KIND: RuleKind = RuleKind::PaymentTerm;

    fn subject(&self) -> String {
        named([("method", &self.method), ("installments", &self.installments)])
    }

    fn to_rule(self) -> Result<PaymentTerm, Fault> {
        let installments = match self.installments {
            None => None,
            Some(Field::Number(number)) if u8::try_from(number).is_ok() => {
                u8::try_from(number).ok()
            }
            Some(found) => {
                return Err(Fault::NoNumber { field: "installments".to_owned(), found });
            }
        };
        let method: PaymentMethod = required("method", self.method)?;
        Ok(PaymentTerm { method, installments, pct: required("pct", self.pct)? })
    }
}

#[derive(Deserialize)]
pub(in crate::pricing) struct FreightJson {
    bairro: Option<Field>,
    cep_from: Option<Field>,
    cep_to: Option<Field>,
    up_to_km: Option<Field>,
    base: Option<Field>,
    per_kg: Option<Field>,
    included_kg: Option<Field>,
    truck_kg: Option<Field>,
    truck_m3: Option<Field>,
    free_above: Option<Field>,
}

impl RuleJson for FreightJson {
    type Rule = FreightRule;
    const KIND: RuleKind = RuleKind::FreightRule;

    fn subject(&self) -> String {
        named([
            ("bairro", &self.bairro),
            ("cep_from", &self.cep_from),
            ("cep_to", &self.cep_to),
            ("up_to_km", &self.up_to_km),
        ])
    }

    fn to_rule(self) -> Result<FreightRule, Fault> {
        let area = match (self.bairro, self.cep_from, self.cep_to, self.up_to_km) {
            (bairro @ Some(_), None, None, None) => {
                FreightArea::Bairro { bairro: required("bairro", bairro)? }
            }
            (None, from @ Some(_), to @ Some(_), None) => FreightArea::Ceps {
                cep_from: required("cep_from", from)?,
                cep_to: required("cep_to", to)?,
            },
            (None, None, None, up_to_km @ Some(_)) => {
                FreightArea::Distance { up_to_km: required("up_to_km", up_to_km)? }
            }
            _ => return Err(Fault::NoArea),
        };
        Ok(FreightRule {
            area,
            base: required("base", self.base)?,
            per_kg: required("per_kg", self.per_kg)?,
            included_kg: required("included_kg", self.included_kg)?,
            truck_kg: optional("truck_kg", self.truck_kg)?,
            truck_m3: optional("truck_m3", self.truck_m3)?,
            free_above: optional("free_above", self.free_above)?,
        })
    }
}

#[derive(Deserialize)]
pub(in crate::pricing) struct PointJson {
    sku: Option<Field>,
    qty: Option<Field>,
    price: Option<Field>,
}

impl RuleJson for PointJson {
    type Rule = PricePoint;
    const KIND: RuleKind = RuleKind::PricePoint;

    fn subject(&self) -> String {
        named([("sku", &self.sku), ("qty", &self.qty)])
    }

    fn to_rule(self) -> Result<PricePoint, Fault> {
        Ok(PricePoint {
            sku: required("sku", self.sku)?,
            qty: required("qty", self.qty)?,
            price: required("price", self.price)?,
        })
    }
}

#[derive(Deserialize)]
pub(in crate::pricing) struct ListJson {
    name: Option<Field>,
    #[serde(rename = "for")]
    scope: Option<Field>,
    key: Option<Field>,
    from: Option<Field>,
    until: Option<Field>,
    prices: Option<Fields>,
}

impl RuleJson for ListJson {
    type Rule = PriceList;
    const KIND: RuleKind = RuleKind::PriceList;

    fn subject(&self) -> String {
        named([("name", &self.name), ("for", &self.scope), ("key", &self.key)])
    }

    fn to_rule(self) -> Result<PriceList, Fault> {
        let wrong =
            |field: &str, problem: String| Fault::Wrong { field: field.to_owned(), problem };
        let scope = match required::<String>("for", self.scope)?.as_str() {
            "customer" => ListScope::Customer(required("key", self.key)?),
            "group" => ListScope::Group(required("key", self.key)?),
            "everyone" if self.key.is_none() => ListScope::Everyone,
            "everyone" => return Err(wrong("key", "a list for everyone has none".to_owned())),
            _ => return Err(wrong("for", "expected customer, group or everyone".to_owned())),
        };
        let fields = self.prices.ok_or_else(|| Fault::Missing { field: "prices".to_owned() })?;
        let mut prices = BTreeMap::new();
        for (sku, price) in fields.0 {
            let field = format!("price of {sku:.80}");
            let price = required(&field, price)?;
            let sku = sku.parse().map_err(|error: SkuError| wrong("prices", error.to_string()))?;
            if prices.insert(sku, price).is_some() {
                return Err(wrong(&field, "stands twice: keep one of them".to_owned()));
            }
        }
        Ok(PriceList {
            name: required("name", self.name)?,
            scope,
            from: optional::<NaiveDate>("from", self.from)?,
            until: optional::<NaiveDate>("until", self.until)?,
            prices,
        })
    }
}
