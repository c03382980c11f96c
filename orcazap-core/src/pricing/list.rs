//! Price lists: prices in place of the base prices, for some customers or for all,
//! and for some time.
//!
//! The most specific list that has a price for the product on that day decides: a
//! customer's own (a contract), else their group's (contractors, wholesale), else
//! everybody's (an offer). Tiers are taken off the price that applies. A listed
//! price stands before a [`PricePoint`](super::PricePoint), which belongs to the
//! base prices.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PriceBookError;
use crate::catalog::Sku;
use crate::money::UnitPrice;
use crate::order::Buyer;

/// How many characters a list's name and key may have.
const LABEL: std::ops::RangeInclusive<usize> = 1..=120;

/// Whom a price list is for, most specific first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "for", content = "key", rename_all = "snake_case")]
pub enum ListScope {
    /// One customer, by the store's own number or name of them.
    Customer(String),
    /// Every customer of a group.
    Group(String),
    /// Everybody.
    Everyone,
}

impl ListScope {
    /// The customer or the group; `None` for everyone.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Customer(key) | Self::Group(key) => Some(key),
            Self::Everyone => None,
        }
    }
}

impl fmt::Display for ListScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Customer(customer) => write!(f, "customer {customer}"),
            Self::Group(group) => write!(f, "group {group}"),
            Self::Everyone => f.write_str("everyone"),
        }
    }
}

/// Prices for some customers and some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceList {
    /// What the store calls it.
    pub name: String,
    /// Whom it is for.
    #[serde(flatten)]
    pub scope: ListScope,
    /// The first day; `None` from ever on.
    #[serde(default)]
    pub from: Option<NaiveDate>,
    /// The last day; `None` until it is changed.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// The prices of one sale unit.
    pub prices: BTreeMap<Sku, UnitPrice>,
}

impl PriceList {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether two lists hold on one day.
    fn meets(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| matches!((a.until, b.from), (Some(a), Some(b)) if a < b);
        !before(self, other) && !before(other, self)
    }
}

/// Finds the list that decides.
#[derive(Debug, Clone, Default)]
pub(super) struct ListIndex(BTreeMap<ListScope, Vec<(Arc<str>, PriceList)>>);

impl ListIndex {
    /// Checks the lists one by one and against each other.
    pub(super) fn new(lists: &[PriceList]) -> Result<Self, PriceBookError> {
        let mut index: BTreeMap<_, Vec<(Arc<str>, PriceList)>> = BTreeMap::new();
        for list in lists {
            let labels = [Some(list.name.as_str()), list.scope.key()];
            let lengths = labels.into_iter().flatten().map(|label| label.trim().chars().count());
            if let Some(found) = lengths.into_iter().find(|found| !LABEL.contains(found)) {
                return Err(PriceBookError::ListLabel { name: list.name.clone(), found });
            }
            if let (Some(from), Some(until)) = (list.from, list.until)
                && until < from
            {
                return Err(PriceBookError::ReversedList { name: list.name.clone(), from, until });
            }
            let others = index.entry(list.scope.clone()).or_default();
            for (_, other) in others.iter().filter(|(_, other)| other.meets(list)) {
                if let Some(sku) = list.prices.keys().find(|sku| other.prices.contains_key(sku)) {
                    return Err(PriceBookError::ListsTie {
                        scope: list.scope.clone(),
                        names: [other.name.clone(), list.name.clone()],
                        sku: sku.clone(),
                    });
                }
            }
            others.push((list.name.as_str().into(), list.clone()));
        }
        Ok(Self(index))
    }

    /// Whom there are lists for, each once, most specific first.
    pub(super) fn scopes(&self) -> impl Iterator<Item = &ListScope> {
        self.0.keys()
    }

    /// The price of a product for a buyer on a day, and the list's name.
    pub(super) fn find(
        &self,
        sku: &Sku,
        buyer: Option<&Buyer>,
        day: NaiveDate,
    ) -> Option<(UnitPrice, &Arc<str>)> {
        if self.0.is_empty() {
            return None;
        }
        let customer = buyer.and_then(|buyer| buyer.customer.clone()).map(ListScope::Customer);
        let group = buyer.and_then(|buyer| buyer.group.clone()).map(ListScope::Group);
        let scopes = [customer, group, Some(ListScope::Everyone)];
        let lists = scopes.iter().flatten().filter_map(|scope| self.0.get(scope)).flatten();
        lists
            .filter(|(_, list)| list.holds_on(day))
            .find_map(|(name, list)| Some((*list.prices.get(sku)?, name)))
    }
}
