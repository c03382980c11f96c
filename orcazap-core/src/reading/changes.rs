//! Stage 18, changes: what an open order makes of a number that is said of what
//! stands in it (`mais 5`, `tira 5`, `dobra`, `só 5`), and of what is said of all
//! of it (`deixa só o cimento`, `cancela tudo menos a cal`).
//!
//! A reading has quantities as they shall be. Where the order does not say what
//! they come to, the quantity is not known, and never a guess.

use super::asks::{Ask, Asked, Counts, Edit, Whole};
use super::items::Goods;
use super::number::{Num, ONE};
use super::view::Message;
use super::{AmbiguousAsk, Confidence, Evidence, Item, UnknownAsk};
use crate::catalog::{Catalog, Sku};
use crate::order::{Ambiguous, Draft, Unknown};
use crate::quantity::Quantity;

/// How sure it is that what is not named is meant.
const UNNAMED: Confidence = Confidence::percent(90);

/// A number that counts from what stands, or by which all else is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Revision {
    /// The product, or all that it may be.
    skus: Vec<Sku>,
    counts: Counts,
    /// The number, in sale units.
    said: Option<Quantity>,
    /// Another takes its place: all of it goes when no more stands.
    swaps: bool,
    /// All else is dropped.
    only: bool,
    /// It takes the place of what is taken out.
    substitutes: bool,
}

impl Revision {
    /// The revision that an ask is, if it is one.
    pub(crate) fn of(ask: &Ask, skus: Vec<Sku>, said: Option<Quantity>) -> Option<Self> {
        // `metade do cimento`
        let half = ask.half && ask.amount.is_none();
        let counts = if half { Counts::Times(Num::from_micros(ONE / 2)) } else { ask.counts };
        let swaps = ask.edit == Edit::Remove;
        let (only, substitutes) = (ask.only, ask.substitutes);
        let revises = counts != Counts::Plain || only || substitutes;
        revises.then_some(Self { skus, counts, said, swaps, only, substitutes })
    }

    /// Whether it is of just these products.
    pub(crate) fn is_of(&self, skus: &[Sku]) -> bool {
        self.skus == skus
    }

    /// The quantity, of which `stands` is in the order.
    fn comes_to(&self, stands: Option<Quantity>, step: Quantity) -> Option<Quantity> {
        let stood = stands.map(Quantity::as_decimal);
        match self.counts {
            Counts::Plain | Counts::Instead => self.said,
            Counts::OnTop => match (self.said, stands) {
                (Some(said), Some(stands)) => said.checked_add(stands),
                (said, stands) => said.or(stands),
            },
            Counts::Less => {
                let left = stood.zip(self.said).map(|(stood, said)| stood - said.as_decimal());
                let left = left.and_then(|left| Quantity::new(left).ok());
                if self.swaps { left.or(Some(Quantity::ZERO)) } else { left }
            }
            Counts::Times(factor) => {
                let product = stood?.checked_mul(factor.quantity()?.as_decimal())?;
                Quantity::new(product.round_dp(6)).ok()?.round_up_to(step)
            }
        }
    }
}

/// Settles the revisions of a message against the order; tells whether they
/// change it.
pub(crate) fn settle(
    goods: &mut Goods,
    asked: &Asked,
    draft: Option<&Draft>,
    message: &Message<'_>,
    catalog: &Catalog,
) -> bool {
    let nothing = Draft::default();
    let draft = draft.unwrap_or(&nothing);
    let freed = freed(goods, draft);
    let mut settled = Settled::default();
    for revision in std::mem::take(&mut goods.revisions) {
        match revision.skus.as_slice() {
            [sku] => {
                let known = goods.items.iter_mut().find(|item| item.sku == *sku);
                if let Some(item) = known {
                    settled.product(&revision, item, freed, draft, catalog);
                }
            }
            skus => {
                let known = goods.ambiguous.iter_mut().find(|found| found.ask.skus == *skus);
                if let Some(found) = known {
                    settled.in_question(&revision, found, draft);
                }
            }
        }
        if revision.counts == Counts::OnTop {
            goods.revisions.push(revision);
        }
    }
    let numbered = |item: &Item| item.qty.is_some_and(|qty| !qty.is_zero());
    let named = |item: &Item| !item.qty.is_some_and(Quantity::is_zero);
    let said =
        |(from, to): (usize, usize)| Evidence { span: message.span(from, to), confidence: UNNAMED };
    let (counts, evidence) = match (asked.whole, settled.kept) {
        (Some((Whole::Counted(counts), tokens)), _) => (counts, Some(said(tokens))),
        (Some((Whole::Others, tokens)), _) if goods.items.iter().any(named) => {
            (Counts::Less, Some(said(tokens)))
        }
        (Some((Whole::Cleared, tokens)), None) if goods.items.iter().any(numbered) => {
            (Counts::Less, Some(said(tokens)))
        }
        (_, kept) => (Counts::Less, kept),
    };
    if let Some(evidence) = evidence {
        settled.changes |= spread(goods, counts, evidence, draft, catalog);
    }
    settled.changes
}

/// What the revisions have come to so far.
#[derive(Debug, Default)]
struct Settled {
    /// The order is changed.
    changes: bool,
    /// Where the last of the goods is said by which all else is dropped.
    kept: Option<Evidence>,
}

impl Settled {
    fn product(
        &mut self,
        revision: &Revision,
        item: &mut Item,
        freed: Option<Quantity>,
        draft: &Draft,
        catalog: &Catalog,
    ) {
        let known = draft.items.iter().find(|known| known.sku == item.sku);
        let stands = known.and_then(|known| known.qty);
        match revision.counts {
            Counts::Plain if revision.only && known.is_some() => {
                item.qty = stands;
                self.kept = Some(item.evidence);
            }
            // `troca o cimento por cal`, when lime stands too: both are lime.
            Counts::Plain if revision.substitutes && item.qty.is_none() => {
                item.qty = stands.zip(freed).and_then(|(own, freed)| own.checked_add(freed));
            }
            Counts::Plain | Counts::OnTop => {}
            Counts::Instead => self.changes |= stands.is_some(),
            Counts::Less | Counts::Times(_) => {
                let step = catalog.get(&item.sku).map_or(Quantity::ONE, |product| product.step);
                item.qty = revision.comes_to(stands, step);
                self.changes |= known.is_some() || revision.counts == Counts::Less;
            }
        }
    }

    fn in_question(&mut self, revision: &Revision, found: &mut AmbiguousAsk, draft: &Draft) {
        let mut open = draft.ambiguous.iter();
        let open = open.find(|open| open.skus.iter().any(|sku| revision.skus.contains(sku)));
        self.changes |= revision.counts == Counts::Less;
        match (revision.counts, open) {
            (Counts::Plain, Some(_)) if revision.only => self.kept = Some(found.evidence),
            (Counts::Less, None) => {
                (found.ask.qty, found.ask.unit) = (Some(Quantity::ZERO), None);
            }
            (Counts::Less | Counts::Times(_), open) => {
                found.ask.qty = revision.comes_to(open.and_then(|open| open.qty), Quantity::ONE);
            }
            (Counts::Plain | Counts::Instead | Counts::OnTop, _) => {}
        }
    }
}

/// The quantity of the one product that the message takes out of the order.
fn freed(goods: &Goods, draft: &Draft) -> Option<Quantity> {
    let out = |sku: &Sku| {
        goods.items.iter().any(|item| item.sku == *sku && item.qty.is_some_and(Quantity::is_zero))
    };
    let mut freed = draft.items.iter().filter(|known| out(&known.sku));
    let only = freed.next()?;
    if freed.next().is_none() { only.qty } else { None }
}

/// Gives all that the message does not name a number, or takes it out.
fn spread(
    goods: &mut Goods,
    counts: Counts,
    evidence: Evidence,
    draft: &Draft,
    catalog: &Catalog,
) -> bool {
    let drops = counts == Counts::Less;
    let unnamed = |sku: &Sku| !goods.items.iter().any(|item| item.sku == *sku);
    let items: Vec<Item> = draft
        .items
        .iter()
        .filter(|known| unnamed(&known.sku))
        .filter_map(|known| {
            let revision = Revision { counts, swaps: drops, ..Revision::default() };
            let step = catalog.get(&known.sku)?.step;
            let qty = revision.comes_to(known.qty, step);
            Some(Item { sku: known.sku.clone(), qty, rounded: None, evidence })
        })
        .collect();
    let mut changes = !items.is_empty();
    if drops {
        let named = |open: &Ambiguous| {
            goods
                .ambiguous
                .iter()
                .any(|found| found.ask.skus.iter().any(|sku| open.skus.contains(sku)))
                || goods.items.iter().any(|item| open.skus.contains(&item.sku))
        };
        let open = draft.ambiguous.iter().filter(|open| !named(open));
        let open: Vec<AmbiguousAsk> = open
            .map(|open| AmbiguousAsk {
                ask: Ambiguous { qty: Some(Quantity::ZERO), unit: None, ..open.clone() },
                evidence,
            })
            .collect();
        let unknown = draft.unknown.iter().map(|open| UnknownAsk {
            ask: Unknown { qty: Some(Quantity::ZERO), ..open.clone() },
            evidence,
        });
        changes |= !open.is_empty();
        goods.ambiguous.extend(open);
        goods.unknown.extend(unknown);
    }
    goods.items.extend(items);
    changes
}

/// In a message that edits the order a quantity replaces the one that stands, so
/// that one which comes on top (`tira a areia e põe mais 5 cimentos`) is their sum.
pub(crate) fn top_up(goods: &mut Goods, draft: &Draft) {
    for revision in std::mem::take(&mut goods.revisions) {
        let [sku] = revision.skus.as_slice() else { continue };
        let stands = draft.items.iter().find(|known| known.sku == *sku).and_then(|known| known.qty);
        if let Some(item) = goods.items.iter_mut().find(|item| item.sku == *sku)
            && item.qty.is_some_and(|qty| !qty.is_zero())
        {
            item.qty = Revision { said: item.qty, ..revision }.comes_to(stands, Quantity::ONE);
        }
    }
}
