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

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::PriceBookError;
use super::group::{Groups, Span};
use super::json::ListJson;
use crate::catalog::Sku;
use crate::catalog::table::{Table, index32};
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
#[serde(try_from = "ListJson")]
pub struct PriceList {
    /// What the store calls it.
    pub name: String,
    /// Whom it is for.
    #[serde(flatten)]
    pub scope: ListScope,
    /// The first day; `None` from ever on.
    pub from: Option<NaiveDate>,
    /// The last day; `None` until it is changed.
    pub until: Option<NaiveDate>,
    /// The prices of one sale unit.
    pub prices: BTreeMap<Sku, UnitPrice>,
}

impl PriceList {
    /// Checks what is wrong in itself, whatever the other lists are.
    fn check(&self, number: usize) -> Result<(), PriceBookError> {
        let name = || self.name.clone();
        let labels = [Some(self.name.as_str()), self.scope.key()];
        let mut lengths = labels.into_iter().flatten().map(|label| label.trim().chars().count());
        if let Some(found) = lengths.find(|found| !LABEL.contains(found)) {
            return Err(PriceBookError::ListLabel { number, name: name(), found });
        }
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until < from
        {
            return Err(PriceBookError::ReversedList { number, name: name(), from, until });
        }
        Ok(())
    }
}

/// A scope's number and a day as one number: scopes first.
fn key(scope: u32, day: NaiveDate) -> i64 {
    (i64::from(scope) << 32) + i64::from(day.num_days_from_ce())
}

/// The scope of everybody. Those of customers are odd, and those of groups even.
const EVERYONE: u32 = 0;

fn of_customer(number: u32) -> u32 {
    number * 2 + 1
}

fn of_group(number: u32) -> u32 {
    (number + 1) * 2
}

/// The price of one product in one list.
#[derive(Debug, Clone, Copy)]
struct Listed {
    /// The key of the scope and the last day.
    until: i64,
    price: UnitPrice,
    /// The list's position among all.
    list: u32,
}

/// Finds the list that decides: what it takes does not grow with the number of lists.
#[derive(Debug, Clone, Default)]
pub(super) struct ListIndex {
    /// Each once, most specific first.
    scopes: Vec<ListScope>,
    customers: Table,
    groups: Table,
    names: Vec<Arc<str>>,
    /// By the book's number of a product, by the key of the scope and the first day. No
    /// two of one scope hold on one day.
    prices: Groups<i64, Listed>,
}

/// The keys of a buyer's scopes and a day, most specific first.
#[derive(Debug, Clone, Copy)]
pub(super) struct BuyersLists {
    keys: [i64; 3],
    length: usize,
}

impl ListIndex {
    /// Checks the lists one by one and against each other, and numbers their products.
    pub(super) fn new(lists: &[PriceList], skus: &mut Table) -> Result<Self, PriceBookError> {
        let mut scopes: Vec<ListScope> = lists.iter().map(|list| list.scope.clone()).collect();
        scopes.sort_unstable();
        scopes.dedup();
        let mut index = Self { scopes, ..Self::default() };
        let mut prices = Vec::new();
        for (position, list) in lists.iter().enumerate() {
            list.check(position + 1)?;
            let scope = index.intern(&list.scope);
            let from = key(scope, list.from.unwrap_or(NaiveDate::MIN));
            let until = key(scope, list.until.unwrap_or(NaiveDate::MAX));
            prices.extend(list.prices.iter().map(|(sku, price)| {
                let listed = Listed { until, price: *price, list: index32(position) };
                (skus.intern(sku.as_str()), from, (listed, sku))
            }));
        }
        let prices = Groups::new(prices);
        // A key of another scope lies beyond.
        let tie = prices.find_tie(|(_, (before, _)), (from, _)| *from <= before.until);
        if let Some([(a, _), (b, sku)]) = tie {
            let [a, b] = [a.list as usize, b.list as usize];
            let name = |position: usize| lists.get(position).map(|list| list.name.clone());
            return Err(PriceBookError::ListsTie {
                numbers: [a + 1, b + 1],
                names: [a, b].map(|position| name(position).unwrap_or_default()),
                scope: lists.get(b).map_or(ListScope::Everyone, |list| list.scope.clone()),
                sku: Sku::clone(sku),
            });
        }
        index.names = lists.iter().map(|list| list.name.as_str().into()).collect();
        index.prices = prices.map(|(listed, _)| listed);
        Ok(index)
    }

    /// Whom there are lists for, each once, most specific first.
    pub(super) fn scopes(&self) -> impl Iterator<Item = &ListScope> {
        self.scopes.iter()
    }

    /// The lists of a buyer on a day; `None` when there are no lists at all.
    pub(super) fn of(&self, buyer: Option<&Buyer>, day: NaiveDate) -> Option<BuyersLists> {
        if self.prices.is_empty() {
            return None;
        }
        let customer = buyer.and_then(|buyer| self.customers.find(buyer.customer.as_deref()?));
        let group = buyer.and_then(|buyer| self.groups.find(buyer.group.as_deref()?));
        let everyone = self.scopes.last() == Some(&ListScope::Everyone);
        let numbers =
            [customer.map(of_customer), group.map(of_group), everyone.then_some(EVERYONE)];
        let mut lists = BuyersLists { keys: [0; 3], length: 0 };
        for (place, scope) in lists.keys.iter_mut().zip(numbers.into_iter().flatten()) {
            *place = key(scope, day);
            lists.length += 1;
        }
        Some(lists)
    }

    /// A scope's number, a new one when it had none.
    fn intern(&mut self, scope: &ListScope) -> u32 {
        match scope {
            ListScope::Customer(key) => of_customer(self.customers.intern(key)),
            ListScope::Group(key) => of_group(self.groups.intern(key)),
            ListScope::Everyone => EVERYONE,
        }
    }

    /// Where the prices of the product with a number are.
    pub(super) fn prices_of(&self, number: u32) -> Span {
        self.prices.span(number)
    }

    /// The price for a buyer among the prices of one product, and the list's name.
    pub(super) fn find(&self, prices: Span, lists: &BuyersLists) -> Option<(UnitPrice, &Arc<str>)> {
        let listed = lists.keys.get(..lists.length)?.iter().find_map(|key| {
            let listed = self.prices.up_to(prices, key)?;
            // One of another scope has ended before any of this one begins.
            (*key <= listed.until).then_some(listed)
        })?;
        Some((listed.price, self.names.get(listed.list as usize)?))
    }
}
