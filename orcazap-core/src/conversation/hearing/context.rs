//! What a happening is for somebody who wants no messages, who talks with a person of the
//! store, or who has just bought.

use chrono::TimeDelta;

use super::Ear;
use super::asked::Asked;
use super::words::asks_to_return;
use crate::conversation::Shop;
use crate::conversation::event::Inbound;
use crate::conversation::state::State;
use crate::conversation::table::Happening;
use crate::reading::Topic;

impl Ear<'_> {
    /// What a happening is for a contact who wants no messages, who talks with a
    /// person of the store, or who has just bought; and whether the contact returns
    /// by it.
    pub(super) fn in_context(
        &self,
        happening: Happening,
        messages: &[Inbound],
        shop: &Shop<'_>,
    ) -> (Happening, bool) {
        if self.conversation.opted_out {
            return match happening {
                Happening::Order => (happening, true),
                _ if asks_to_return(&self.heard.words, shop.catalog.vocabulary()) => {
                    (Happening::Greeting, true)
                }
                _ => (Happening::Hushed, false),
            };
        }
        if !matches!(self.conversation.state, State::New) {
            return (happening, false);
        }
        // Products begin an order anew; a day or an address alone does not.
        let begins = !self.heard.draft.items.is_empty() || !self.heard.draft.ambiguous.is_empty();
        let arrives = || Asked::new(&self.heard.words, shop.catalog).is_about(Topic::Arrival);
        let about_last = match happening {
            Happening::KnownQuestion | Happening::Question => arrives(),
            Happening::Cancel | Happening::Decline | Happening::Unclear | Happening::Stale => true,
            Happening::Order => !begins,
            _ => false,
        };
        let asks_anew = match happening {
            Happening::OptOut | Happening::Human | Happening::Greeting => true,
            Happening::Order => begins,
            _ => false,
        };
        let found = if self.is_talking(messages, shop) && !asks_anew {
            Happening::Talk
        } else if self.conversation.follows.is_some() && about_last {
            Happening::AfterSale
        } else {
            happening
        };
        (found, false)
    }

    /// Whether a person of the store wrote to the contact a short while before.
    fn is_talking(&self, messages: &[Inbound], shop: &Shop<'_>) -> bool {
        let wrote = self.conversation.person_wrote;
        let (Some(wrote), Some(talk)) = (wrote, shop.policy.talk_hours) else { return false };
        let silent = messages.iter().map(|message| message.at - wrote).min();
        silent.is_some_and(|silent| silent < TimeDelta::hours(i64::from(talk)))
    }
}
