//! What a pressed button says.

use super::{Ear, set_quantity};
use crate::conversation::reply::Reply;
use crate::conversation::swapping::swap;
use crate::conversation::table::Happening;
use crate::conversation::{QuoteRef, Shop};
use crate::order::{Ambiguous, Payment};
use crate::place::Place;

impl Ear<'_> {
    /// Takes a button in. One that names another order or an older revision is
    /// stale, and so is one that answers what is no longer asked.
    pub(super) fn press(&mut self, reply: &Reply, shop: &Shop<'_>) -> Happening {
        let own = reply.number() == self.conversation.number;
        self.heard.own_button |= own;
        match reply {
            Reply::Human(_) => Happening::Human,
            Reply::Accept(quote_ref) if self.sent_offer() == Some(*quote_ref) => {
                self.heard.pressed_accept = true;
                Happening::Accept
            }
            Reply::Change(quote_ref) if self.sent_offer() == Some(*quote_ref) => {
                Happening::WantsChange
            }
            Reply::Pick { sku, .. } if own && shop.catalog.get(sku).is_some() => {
                let asks = &mut self.heard.draft.ambiguous;
                match asks.iter().position(|ask| ask.skus.contains(sku)) {
                    Some(position) => {
                        let Ambiguous { qty, .. } = asks.remove(position);
                        set_quantity(&mut self.heard.draft, sku.clone(), qty);
                        Happening::Order
                    }
                    None => Happening::Stale,
                }
            }
            Reply::Pickup(_) if own => {
                self.heard.draft.place = Some(Place::Pickup);
                Happening::Order
            }
            Reply::Pay { method, .. } if own => {
                self.heard.draft.payment = Some(Payment::by(*method));
                Happening::Order
            }
            Reply::Swap { out, into, .. } if own => {
                match swap(&mut self.heard.draft, out, into, shop.catalog) {
                    Some(()) => Happening::Order,
                    None => Happening::Stale,
                }
            }
            Reply::Accept(_)
            | Reply::Change(_)
            | Reply::Pick { .. }
            | Reply::Pickup(_)
            | Reply::Pay { .. }
            | Reply::Swap { .. } => Happening::Stale,
        }
    }

    /// The quote that was sent and waits for the customer's answer.
    pub(super) fn sent_offer(&self) -> Option<QuoteRef> {
        self.conversation.state.sent().map(|offer| offer.quote_ref)
    }
}
