//! A plain yes or no to what is offered in place of goods that are short.

use super::Ear;
use super::words::is_courtesy;
use crate::catalog::Sku;
use crate::conversation::Shop;
use crate::conversation::state::State;
use crate::conversation::swapping::{is_no, swap};
use crate::conversation::table::Happening;
use crate::order::Ambiguous;
use crate::reading::{Intent, Reading};

impl Ear<'_> {
    /// What a plain yes comes to that answers what is offered in place of goods: while a
    /// person looks at the quote there is nothing else to say yes to. It takes each product
    /// that is the only one offered; where there is none such, it does not say which.
    pub(super) fn yes_swaps(
        &mut self,
        reading: &Reading,
        offered: &[(Sku, Ambiguous)],
        shop: &Shop<'_>,
    ) -> Option<Happening> {
        let waits = matches!(self.conversation.state, State::AwaitingApproval { .. });
        let agrees = reading.intent == Intent::Accept
            && !is_courtesy(&self.heard.words, shop.catalog.vocabulary());
        if !(waits && agrees) || offered.is_empty() {
            return None;
        }
        let mut swapped = false;
        for (out, ask) in offered {
            if let [into] = ask.skus.as_slice() {
                swapped |= swap(&mut self.heard.draft, out, into, shop.catalog).is_some();
            }
        }
        Some(if swapped { Happening::Order } else { Happening::WhichSwap })
    }

    /// Whether a no is one to what is offered in place of goods, and to nothing else.
    pub(super) fn refuses_swap(
        &mut self,
        reading: &Reading,
        offered: &[(Sku, Ambiguous)],
        shop: &Shop<'_>,
    ) -> bool {
        let stands = matches!(
            self.conversation.state,
            State::AwaitingApproval { .. } | State::Quoted { .. } | State::Negotiating { .. }
        );
        let says_no = matches!(reading.intent, Intent::Decline | Intent::Change | Intent::Other)
            && reading.items.is_empty()
            && is_no(&self.heard.words, shop.catalog);
        let refuses = stands && says_no && !offered.is_empty();
        if refuses {
            self.heard.refused = offered.iter().map(|(out, _)| out.clone()).collect();
        }
        refuses
    }
}
