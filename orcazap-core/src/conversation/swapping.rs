//! What serves in place of goods that are short. It is offered beside the quote, and
//! put in their place when the customer says so; unasked, nothing is swapped.
//!
//! * A yes while a person looks takes everything that is offered, where each product has
//!   one in its place; where it has several, it is asked which.
//! * A no refuses what is offered and nothing else: the order stands as it is, what is
//!   short is for the person who looks at it, and nothing is offered for it again.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::Shop;
use super::asking::said_item;
use super::hearing::plays;
use super::reply::Reply;
use super::say::{Choice, SaidItem};
use super::state::{Asked, Conversation, Offer, Question};
use super::turn::Turn;
use crate::catalog::{Catalog, Product, Sku, distinguish};
use crate::order::{Ambiguous, Draft, DraftItem};
use crate::pricing::{has, substitutes};
use crate::quantity::Quantity;
use crate::reading::{Item, Reading, Role, fits_words};
use crate::text::plain;

/// How many products are offered in place of one.
const MAX_CHOICES: usize = 3;

/// The most words of an answer that names a choice and nothing else: `a segunda`.
const MAX_ANSWER: usize = 2;

/// A product whose stock does not suffice, and what can be had in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// What is short, in the quantity asked for, if one was.
    pub out: SaidItem,
    /// What is there, best first: one to three.
    pub choices: Vec<Choice>,
}

impl Turn<'_> {
    /// What can be swapped in an offer, as the stock stands now.
    pub(super) fn swaps(&self, offer: &Offer) -> Vec<Swap> {
        let mut seen = BTreeSet::new();
        let lines = offer.quote.lines().iter().filter(|line| seen.insert(&line.product.sku));
        let Self { conversation, shop, now, .. } = self;
        lines
            .filter(|line| !conversation.refused.contains(&line.product.sku))
            .filter_map(|line| swap_of(&line.product.sku, Some(line.qty), conversation, shop, *now))
            .collect()
    }
}

/// What serves in place of a product that is short in a quantity, or, when none is
/// said, in the smallest that is sold.
pub(super) fn swap_of(
    short: &Sku,
    qty: Option<Quantity>,
    conversation: &Conversation,
    shop: &Shop<'_>,
    now: DateTime<FixedOffset>,
) -> Option<Swap> {
    let catalog = shop.catalog;
    let out = catalog.get(short)?;
    let others: Vec<&Product> = choices(out, qty.unwrap_or(out.step), catalog)
        .iter()
        .filter_map(|sku| catalog.get(sku))
        .collect();
    // Told apart from what is short as well.
    let all: Vec<&Product> = others.iter().copied().chain([out]).collect();
    let named = |product: &Product, qty| said_item(&product.sku, qty, conversation, shop, now);
    let choices = others.iter().zip(distinguish(&all)).filter_map(|(other, label)| {
        let (number, out, into) = (conversation.number, out.sku.clone(), other.sku.clone());
        let reply = Reply::Swap { number, out, into };
        Some(Choice { reply, item: named(other, None)?, label })
    });
    let choices: Vec<Choice> = choices.collect();
    let out = named(out, qty).filter(|_| !choices.is_empty())?;
    Some(Swap { out, choices })
}

/// What is offered in place of a product, best first.
fn choices(out: &Product, qty: Quantity, catalog: &Catalog) -> Vec<Sku> {
    let mut skus = substitutes(out, qty, catalog);
    let mut seen = BTreeSet::new();
    skus.retain(|sku| seen.insert(sku.clone()));
    skus.truncate(MAX_CHOICES);
    skus
}

/// The swaps that an order is offered, each as a choice that was put: of what is short,
/// what serves.
pub(super) fn offered(draft: &Draft, refused: &[Sku], catalog: &Catalog) -> Vec<(Sku, Ambiguous)> {
    let short = draft.items.iter().filter(|item| !refused.contains(&item.sku));
    let swaps = short.filter_map(|item| {
        let (qty, out) = item.qty.zip(catalog.get(&item.sku))?;
        let skus = choices(out, qty, catalog);
        let ask =
            Ambiguous { text: out.name.clone(), qty: Some(qty), unit: None, skus, more: false };
        (!ask.skus.is_empty()).then(|| (out.sku.clone(), ask))
    });
    swaps.collect()
}

/// Whether words are a no and nothing more, or a no to a swap: `não`, `não obrigado`,
/// `não quero trocar`.
pub(super) fn is_no(words: &str, catalog: &Catalog) -> bool {
    /// A longer no says what it is about.
    const MOST_WORDS: usize = 3;
    let plays = |role| plays(words, role, catalog.vocabulary());
    plays(Role::Denying) && (count(words) <= MOST_WORDS || plays(Role::Swapping))
}

fn count(words: &str) -> usize {
    plain(words).split(' ').count()
}

/// Whether a message can pick what is offered in place of something: so short that it
/// says nothing else, in words that swap, or because that was asked.
pub(super) fn may_pick(words: &str, asked: &[Asked], catalog: &Catalog) -> bool {
    let plays = |role| plays(words, role, catalog.vocabulary());
    let short = count(words) <= MAX_ANSWER && !plays(Role::Adding);
    let which = asked.iter().any(|asked| matches!(asked.question, Question::Swap { .. }));
    !words.contains('?') && (short || plays(Role::Swapping) || which && !plays(Role::Adding))
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
        None => draft.items.insert(at, DraftItem::new(into.clone(), qty)),
    }
    Some(())
}

/// What words that take one product in place of another come to.
pub(super) enum Swapped {
    /// This goes, and that takes its place.
    Into(Sku, Sku),
    /// This would serve, and there is not enough of it either.
    OutToo(Sku),
}

/// The swap that words ask for without naming what goes: what is short, and what they
/// name or pick in its place. `pode ser o CP III` says so of the one product that it
/// serves for, and so does `a segunda` while it is the second of what is offered; a
/// question, a no, a quantity of its own or a product more says something else.
pub(super) fn swap_said(
    words: &str,
    asked: &[Asked],
    reading: &Reading,
    draft: &Draft,
    catalog: &Catalog,
) -> Option<Swapped> {
    let [Item { sku: into, qty: None, .. }] = reading.items.as_slice() else { return None };
    let denies = plays(words, Role::Denying, catalog.vocabulary());
    if !may_pick(words, asked, catalog) || denies || !reading.ambiguous.is_empty() {
        return None;
    }
    let lacks = |item: &&DraftItem| {
        let short = item.qty.zip(catalog.get(&item.sku));
        short.is_some_and(|(qty, short)| short.substitutes.contains(into) && !has(short.stock, qty))
    };
    let mut short = draft.items.iter().filter(lacks);
    let (item, others) = (short.next()?, short.next());
    if others.is_some() {
        return None;
    }
    let (out, qty) = (catalog.get(&item.sku)?, item.qty?);
    // `1` of a brita 1 that is short is itself, and not the first of what serves.
    if fits_words(words, &out.sku, catalog) && !fits_words(words, into, catalog) {
        return None;
    }
    Some(if substitutes(out, qty, catalog).contains(into) {
        Swapped::Into(out.sku.clone(), into.clone())
    } else {
        Swapped::OutToo(into.clone())
    })
}
