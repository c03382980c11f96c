//! What looks like a mistake in the rules themselves, whatever the store sells.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Warning;
use crate::catalog::Sku;
use crate::money::{Percent, UnitPrice};
use crate::order::PaymentMethod;
use crate::pricing::{ListScope, PaymentTerm, PriceBook, PriceList, Tier};

impl PriceBook {
    pub(super) fn warn_of_tiers(&self, warnings: &mut Vec<Warning>) {
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
        let all = self.data().tiers.iter().filter(|tier| tier.pct == Percent::ALL);
        warnings.extend(all.map(|tier| Warning::TierGivesAll { tier: tier.clone() }));
    }

    pub(super) fn warn_of_terms(&self, warnings: &mut Vec<Warning>) {
        let terms = &self.data().payment;
        let all = terms.iter().filter(|term| term.pct.as_decimal() == -Decimal::ONE_HUNDRED);
        warnings.extend(all.map(|term| Warning::TermGivesAll { term: *term }));
        let times = |term: &PaymentTerm| term.payment().installments();
        let by_card = terms.iter().filter(|term| term.method == PaymentMethod::CreditCard);
        let mut by_card: Vec<&PaymentTerm> = by_card.collect();
        by_card.sort_by_key(|term| times(term));
        for pair in by_card.windows(2) {
            if let [fewer, more] = pair
                && more.pct < fewer.pct
            {
                let (fewer, more) = (**fewer, **more);
                warnings.push(Warning::MoreInstallmentsCostLess { fewer, more });
            }
        }
    }

    pub(super) fn warn_of_freight(&self, warnings: &mut Vec<Warning>) {
        let (reachable, rules) = (self.freight.reachable(), &self.data().freight);
        for (position, rule) in rules.iter().enumerate() {
            if !reachable.contains(&position) {
                warnings.push(Warning::FreightNeverMatches { area: rule.area.clone() });
            }
            let free = rule.free_above.is_some_and(|above| above.centavos() == 0);
            if free && (rule.base, rule.per_kg) != (UnitPrice::ZERO, UnitPrice::ZERO) {
                warnings.push(Warning::FreightAlwaysFree { area: rule.area.clone() });
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
    }

    pub(super) fn warn_of_points(&self, warnings: &mut Vec<Warning>) {
        let always = |list: &&PriceList| {
            list.scope == ListScope::Everyone && list.from.is_none() && list.until.is_none()
        };
        let lists = self.data().lists.iter().filter(always);
        let listed: BTreeMap<&Sku, &str> = lists
            .flat_map(|list| list.prices.keys().map(|sku| (sku, list.name.as_str())))
            .collect();
        for point in &self.data().points {
            if let Some(list) = listed.get(&point.sku) {
                let (sku, list) = (point.sku.clone(), (*list).to_owned());
                warnings.push(Warning::PointBehindList { sku, qty: point.qty, list });
            }
        }
        let empty = self.data().lists.iter().filter(|list| list.prices.is_empty());
        warnings.extend(empty.map(|list| Warning::EmptyList { list: list.name.clone() }));
    }

    pub(super) fn warn_of_half_days(&self, warnings: &mut Vec<Warning>) {
        let open = &self.data().open;
        for half in &open.half {
            let weekly = open.weekly(half.date).map(|opening| opening.closes);
            let usual = open.on(half.date).map(|opening| opening.closes);
            if usual.is_none_or(|closes| half.closes > closes) || weekly == Some(half.closes) {
                warnings.push(Warning::HalfDayNeverHolds { date: half.date, usual });
            }
        }
    }
}
