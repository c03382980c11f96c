//! A quote that a person changes by hand: priced anew, reviewed anew, and sent when
//! nothing is left that they have not seen.

use std::collections::BTreeMap;

use super::StepError;
use super::effect::{ApprovalOutcome, Edited};
use super::event::Edit;
use super::say::Occasion;
use super::state::Offer;
use super::table::Happening;
use super::turn::Turn;
use crate::approval::{Reason, review};
use crate::authority::Actor;
use crate::catalog::Sku;
use crate::order::{Draft, DraftItem, Order, OrderItem};
use crate::quantity::Quantity;

impl Turn<'_> {
    /// Changes the quote that is there, prices the whole order anew and reviews it
    /// from nothing. What the person who edits has seen is covered by their act, and
    /// the quote is sent; for any other reason it waits, for them to look once more,
    /// or for a second person.
    pub(super) fn edit(
        &mut self,
        by: Actor,
        revision: u32,
        edits: Vec<Edit>,
    ) -> Result<(), StepError> {
        let stands = self.conversation.state.offer().cloned();
        let stands = stands.ok_or_else(|| self.out_of_place(Happening::EditAndApprove))?;
        self.check_revision(revision, &stands)?;
        if edits.is_empty() {
            return Err(StepError::NoEdits);
        }
        let mut seen = self.reasons_of(&stands);
        let mut typed = Typed::default();
        let before = (self.on_the_day(stands.clone()).order, self.conversation.overrides.clone());
        let mut order = Order::clone(&before.0);
        for edit in edits {
            if edit.sets_a_price() {
                self.conversation.overridden_by = Some(by);
            }
            typed.note(&edit);
            self.apply_edit(&mut order, edit)?;
        }
        if order.items.is_empty() {
            return Err(StepError::NothingLeft);
        }
        self.conversation.draft = draft_of(&order);
        let offer = self.price(order)?;
        let same = (&offer.order, &self.conversation.overrides) == (&before.0, &before.1);
        if same && self.stands_as(&offer, &stands) {
            return Err(StepError::NoEdits);
        }
        self.vouch_for(by, &offer)?;
        let decision = self.review(&offer)?;
        typed.add_to(&mut seen, decision.reasons());
        let changes = offer.revised_from(&stands);
        let edited = Some(Edited { by, from: revision, changes });
        if has_news(decision.reasons(), &seen) {
            self.queue(offer, edited, decision.reasons().to_vec());
            return Ok(());
        }
        let outcome = ApprovalOutcome::Edited { by: by.id, revision: offer.quote_ref.revision };
        self.send(offer, edited, outcome, Occasion::Revised);
        Ok(())
    }

    /// Why a person had to look at the quote that is there: whoever names its
    /// revision has seen that.
    fn reasons_of(&self, offer: &Offer) -> Vec<Reason> {
        let by_rules = || review(&offer.quote, &offer.order, self.shop.rules).reasons().to_vec();
        self.waiting().map_or_else(by_rules, |(_, reasons)| reasons)
    }

    /// Whether a quote is the one that waits or was sent, at the same prices and still in
    /// its time: another revision of it would say nothing new.
    fn stands_as(&self, offer: &Offer, stands: &Offer) -> bool {
        let there = self.waiting().is_some() || self.sent().is_some();
        there
            && !self.is_over(stands)
            && offer.quote.total() == stands.quote.total()
            && offer.quote.lines() == stands.quote.lines()
    }

    /// Takes what is given away by hand onto whoever acts, when their own limit
    /// covers it and that of whoever set it does not.
    ///
    /// # Errors
    ///
    /// [`StepError::CannotPrice`] when the order can't be priced by the rules alone.
    fn vouch_for(&mut self, by: Actor, offer: &Offer) -> Result<(), StepError> {
        if let Some(Reason::SecondPerson { found, .. }) = self.beyond_limit(offer)?
            && found.is_within(&self.shop.policy.limits.of(by.role))
        {
            self.conversation.overridden_by = Some(by);
        }
        Ok(())
    }

    fn apply_edit(&mut self, order: &mut Order, edit: Edit) -> Result<(), StepError> {
        let overrides = &mut self.conversation.overrides;
        match edit {
            Edit::Quantity { sku, qty } if qty.is_zero() => {
                line(order, &sku)?;
                order.items.retain(|item| item.sku != sku);
                overrides.prices.remove(&sku);
                overrides.discounts.remove(&sku);
            }
            Edit::Quantity { sku, qty } => {
                let line = line(order, &sku)?;
                if line.qty != qty {
                    (line.qty, line.rounded) = (qty, None);
                }
            }
            Edit::Price { sku, unit_price } => {
                line(order, &sku)?;
                set(&mut overrides.prices, sku, unit_price);
            }
            Edit::Discount { sku, pct } => {
                line(order, &sku)?;
                set(&mut overrides.discounts, sku, pct);
            }
            Edit::Add { sku, qty } => add(order, sku, qty)?,
            Edit::Freight { freight } => overrides.freight = freight,
            Edit::Place { place } => {
                if order.place.as_ref() != Some(&place) {
                    overrides.freight = None;
                }
                order.place = Some(place);
            }
            Edit::Payment { payment } => order.payment = Some(payment),
            Edit::Delivery { delivery } => order.delivery = delivery,
            Edit::Resolve { text, sku, qty } => {
                settle(order, &text)?;
                add(order, sku, qty)?;
            }
            Edit::Drop { text } => settle(order, &text)?,
        }
        Ok(())
    }
}

/// Whether there is a reason that whoever has seen others does not know yet.
pub(super) fn has_news(reasons: &[Reason], seen: &[Reason]) -> bool {
    reasons.iter().any(|reason| !reason.is_covered_by(seen))
}

/// The prices that a person has just set: they are no news to them.
#[derive(Default)]
struct Typed {
    skus: Vec<Sku>,
    freight: bool,
}

impl Typed {
    fn note(&mut self, edit: &Edit) {
        match edit {
            Edit::Price { sku, unit_price: Some(_) } | Edit::Discount { sku, pct: Some(_) } => {
                self.skus.push(sku.clone());
            }
            Edit::Freight { freight } => self.freight = freight.is_some(),
            Edit::Place { .. } => self.freight = false,
            Edit::Price { unit_price: None, .. }
            | Edit::Discount { pct: None, .. }
            | Edit::Quantity { .. }
            | Edit::Add { .. }
            | Edit::Payment { .. }
            | Edit::Delivery { .. }
            | Edit::Resolve { .. }
            | Edit::Drop { .. } => {}
        }
    }

    /// Adds what was typed, as it stands in a review, to what was seen.
    fn add_to(&self, seen: &mut Vec<Reason>, reviewed: &[Reason]) {
        for reason in reviewed {
            let Reason::PriceOverride { lines, freight } = reason else { continue };
            let before = seen.iter().find_map(|seen| match seen {
                Reason::PriceOverride { lines, freight } => Some((lines.clone(), *freight)),
                _ => None,
            });
            let (mut known, paid) = before.unwrap_or_default();
            known.extend(lines.iter().filter(|line| self.skus.contains(&line.sku)).cloned());
            let freight = if self.freight { *freight } else { paid };
            seen.push(Reason::PriceOverride { lines: known, freight });
        }
    }
}

/// Sets what a person says of a product, or takes it back.
fn set<T>(by_hand: &mut BTreeMap<Sku, T>, sku: Sku, said: Option<T>) {
    match said {
        Some(said) => by_hand.insert(sku, said),
        None => by_hand.remove(&sku),
    };
}

/// Puts a product on top of an order.
fn add(order: &mut Order, sku: Sku, added: Quantity) -> Result<(), StepError> {
    let Ok(known) = line(order, &sku) else {
        order.items.push(OrderItem::new(sku, added));
        return Ok(());
    };
    let stands = known.qty;
    known.rounded = known.rounded.filter(|_| added.is_zero());
    known.qty = stands.checked_add(added).ok_or(StepError::TooMuchOnTop { sku, stands, added })?;
    Ok(())
}

/// Takes an ask that was not understood out of an order.
fn settle(order: &mut Order, text: &str) -> Result<(), StepError> {
    if let Some(at) = order.ambiguous.iter().position(|ask| ask.text == text) {
        order.ambiguous.remove(at);
    } else if let Some(at) = order.unknown.iter().position(|ask| ask.text == text) {
        order.unknown.remove(at);
    } else {
        return Err(StepError::NoSuchAsk);
    }
    Ok(())
}

fn line<'o>(order: &'o mut Order, sku: &Sku) -> Result<&'o mut OrderItem, StepError> {
    let found = order.items.iter_mut().find(|item| item.sku == *sku);
    found.ok_or_else(|| StepError::NoSuchLine { sku: sku.clone() })
}

/// The draft that a person's order is from now on.
fn draft_of(order: &Order) -> Draft {
    let item = |item: &OrderItem| DraftItem {
        sku: item.sku.clone(),
        qty: Some(item.qty),
        rounded: item.rounded,
    };
    Draft {
        items: order.items.iter().map(item).collect(),
        ambiguous: order.ambiguous.clone(),
        unknown: order.unknown.clone(),
        place: order.place.clone(),
        payment: order.payment,
        delivery: order.delivery,
        assisted: order.assisted,
    }
}
