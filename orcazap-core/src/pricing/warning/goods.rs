//! What looks like a mistake in the rules beside the products they are to price.

use std::collections::BTreeMap;

use super::Warning;
use crate::catalog::{Catalog, Product, Sku};
use crate::pricing::{PriceBook, PricePoint, TierScope};
use crate::quantity::Quantity;

impl PriceBook {
    pub(super) fn warn_of_tiers_for(&self, catalog: &Catalog, warnings: &mut Vec<Warning>) {
        let hidden = Hidden::new(self, catalog);
        for tier in &self.data().tiers {
            let hidden_from = match &tier.scope {
                TierScope::Product(sku) => catalog.get(sku).map(|_| None),
                TierScope::Category(name) => hidden.categories.get(name.as_str()).copied(),
                TierScope::Store => Some(hidden.store),
            };
            match hidden_from {
                None => warnings.push(Warning::TierNeverMatches { tier: tier.clone() }),
                Some(Some(from)) if from <= tier.min_qty => {
                    warnings.push(Warning::TierHidden { tier: tier.clone() });
                }
                Some(_) => {}
            }
        }
    }

    pub(super) fn warn_of_points_for(&self, catalog: &Catalog, warnings: &mut Vec<Warning>) {
        for PricePoint { sku, qty, price } in &self.data().points {
            let (sku, qty, price) = (|| sku.clone(), *qty, *price);
            let Some(product) = catalog.get(&sku()) else {
                warnings.push(Warning::PointNeverMatches { sku: sku() });
                continue;
            };
            if !qty.is_multiple_of(product.step) {
                let step = product.step;
                warnings.push(Warning::PointOffStep { sku: sku(), qty, step });
            }
            if let Some(cost) = product.cost.and_then(|cost| cost.times(qty))
                && price < cost
            {
                warnings.push(Warning::PointBelowCost { sku: sku(), qty, price, cost });
            }
        }
    }

    pub(super) fn warn_of_lists_for(&self, catalog: &Catalog, warnings: &mut Vec<Warning>) {
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
    }
}

pub(super) fn warn_of_substitutes(catalog: &Catalog, warnings: &mut Vec<Warning>) {
    for Product { sku, substitutes, .. } in catalog.products() {
        let never = |other: &&Sku| *other == sku || catalog.get(other).is_none();
        warnings.extend(substitutes.iter().filter(never).map(|substitute| {
            Warning::SubstituteNeverServes { sku: sku.clone(), substitute: substitute.clone() }
        }));
    }
}

/// From how many on all products of a scope have a tier of a narrower one: from there on
/// that of the scope is never asked. `None` when some product has none.
struct Hidden<'a> {
    /// By the names of the categories of which the store sells something.
    categories: BTreeMap<&'a str, Option<Quantity>>,
    store: Option<Quantity>,
}

impl<'a> Hidden<'a> {
    fn new(book: &PriceBook, catalog: &'a Catalog) -> Self {
        let lowest = Lowest::of(book);
        let mut categories = BTreeMap::new();
        let mut store = (!catalog.products().is_empty()).then_some(Quantity::ZERO);
        for product in catalog.products() {
            let own = lowest.products.get(&product.sku).copied();
            let category = product.category.as_str();
            let known = categories.entry(category).or_insert(Some(Quantity::ZERO));
            *known = known.zip(own).map(|(known, own)| known.max(own));
            let narrower = own.into_iter().chain(lowest.categories.get(category).copied()).min();
            store = store.zip(narrower).map(|(known, narrower)| known.max(narrower));
        }
        Self { categories, store }
    }
}

/// From how many on each product and category has a tier of its own.
#[derive(Default)]
struct Lowest<'a> {
    products: BTreeMap<&'a Sku, Quantity>,
    categories: BTreeMap<&'a str, Quantity>,
}

impl<'a> Lowest<'a> {
    fn of(book: &'a PriceBook) -> Self {
        let mut lowest = Self::default();
        for tier in &book.data().tiers {
            let known = match &tier.scope {
                TierScope::Product(sku) => lowest.products.entry(sku).or_insert(tier.min_qty),
                TierScope::Category(name) => lowest.categories.entry(name).or_insert(tier.min_qty),
                TierScope::Store => continue,
            };
            *known = (*known).min(tier.min_qty);
        }
        lowest
    }
}
