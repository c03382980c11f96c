//! What serves in place of goods that are short. It is offered beside the quote, and
//! put in their place when the customer says so; unasked, nothing is swapped.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::asking::said_item;
use super::effect::{Choice, SaidItem};
use super::reply::Reply;
use super::state::Offer;
use super::turn::Turn;
use crate::catalog::{Catalog, Product, Sku, distinguish};
use crate::order::{Draft, DraftItem};
use crate::pricing::{Line, substitutes};
use crate::reading::{Item, Reading, Role};
use crate::text::plain;

/// How many products are offered in place of one.
const MAX_CHOICES: usize = 3;

/// A product whose stock does not suffice, and what can be had in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// What is short, in the quantity asked for.
    pub out: SaidItem,
    /// What is there, best first: one to three.
    pub choices: Vec<Choice>,
}

impl Turn<'_> {
    /// What can be swapped in an offer, as the stock stands now.
    pub(super) fn swaps(&self, offer: &Offer) -> Vec<Swap> {
        let mut seen = BTreeSet::new();
        let lines = offer.quote.lines().iter().filter(|line| seen.insert(&line.product.sku));
        lines.filter_map(|line| self.swap_of(line)).collect()
    }

    fn swap_of(&self, line: &Line) -> Option<Swap> {
        let catalog = self.shop.catalog;
        let out = catalog.get(&line.product.sku)?;
        let mut skus = substitutes(out, line.qty, catalog);
        let mut seen = BTreeSet::new();
        skus.retain(|sku| seen.insert(sku.clone()));
        skus.truncate(MAX_CHOICES);
        let others: Vec<&Product> = skus.iter().filter_map(|sku| catalog.get(sku)).collect();
        // Told apart from what is short as well.
        let all: Vec<&Product> = others.iter().copied().chain([out]).collect();
        let named = |product: &Product, qty| {
            said_item(&product.sku, qty, &self.conversation, self.shop, self.now)
        };
        let choices = others.iter().zip(distinguish(&all)).filter_map(|(other, label)| {
            let (number, out, into) =
                (self.conversation.number, out.sku.clone(), other.sku.clone());
            let reply = Reply::Swap { number, out, into };
            Some(Choice { reply, item: named(other, None)?, label })
        });
        let choices: Vec<Choice> = choices.collect();
        let out = named(out, Some(line.qty)).filter(|_| !choices.is_empty())?;
        Some(Swap { out, choices })
    }
}

/// Puts a product in the place of one that it serves for, on top of what the order has
/// of it already. The quantity is kept where both are sold in the same unit, else it is
/// not known any more. `None`, and nothing has changed, when the order has no such line
/// or the store does not name the one for the other.
pub(super) fn swap(draft: &mut Draft, out: &Sku, into: &Sku, catalog: &Catalog) -> Option<()> {
    let (short, other) = (catalog.get(out)?, catalog.get(into)?);
    let at = draft.items.iter().position(|item| item.sku == *out)?;
    if !short.substitutes.contains(into) {
        return None;
    }
    let qty = draft.items.remove(at).qty.filter(|_| short.unit == other.unit);
    match draft.items.iter_mut().find(|item| item.sku == *into) {
        Some(known) => known.qty = known.qty.zip(qty).and_then(|(a, b)| a.checked_add(b)),
        None => draft.items.insert(at, DraftItem { sku: into.clone(), qty }),
    }
    Some(())
}

/// The swap that words ask for without naming what goes: what is short, and what they
/// name in its place. `pode ser o CP III` says so of the one product that it serves for;
/// a question, a no, a quantity of its own or a product more says something else.
pub(super) fn swap_said(
    words: &str,
    reading: &Reading,
    draft: &Draft,
    catalog: &Catalog,
) -> Option<(Sku, Sku)> {
    let said = plain(words);
    let vocabulary = catalog.vocabulary();
    let swaps = said.split(' ').any(|word| vocabulary.roles(word).has(Role::Swapping));
    let denies = said.split(' ').any(|word| word == "nao");
    let [Item { sku: into, qty: None, .. }] = reading.items.as_slice() else { return None };
    if !swaps || denies || words.contains('?') || !reading.ambiguous.is_empty() {
        return None;
    }
    let serves = |item: &&DraftItem| {
        let short = item.qty.zip(catalog.get(&item.sku));
        short.is_some_and(|(qty, short)| substitutes(short, qty, catalog).contains(into))
    };
    let mut short = draft.items.iter().filter(serves);
    let (out, others) = (short.next()?, short.next());
    others.is_none().then(|| (out.sku.clone(), into.clone()))
}
