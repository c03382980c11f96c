//! Whole conversations: message after message into the order that stands, and how
//! the conversation came out.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::{Context, Intent, Reading, read_in_context};
use crate::catalog::Catalog;
use crate::order::Draft;

/// How a conversation came out, after its last message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All that a quote needs is there.
    Complete,
    /// Something is missing.
    Incomplete,
    /// A person has it, as the customer wished.
    HandedOver,
    /// The customer called it off, or turned the offer down.
    Cancelled,
    /// The customer wants no more messages.
    OptedOut,
}

/// A conversation that is read, whatever the assistant says in it.
///
/// Each message is read in the light of the order so far and of what it lacks. For an
/// assistant that answers, [`step`](crate::step) does the same and more.
///
/// ```
/// use orcazap_core::{Catalog, Product, Unit};
/// use orcazap_core::reading::{Dialogue, Outcome};
///
/// let brick = |sku: &str, name: &str| {
///     Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
/// };
/// let catalog = Catalog::new(vec![brick("T6", "Tijolo 6 furos"), brick("T8", "Tijolo 8 furos")])?;
/// let now = "2026-03-10T09:00:00-03:00".parse()?;
///
/// let mut dialogue = Dialogue::default();
/// dialogue.hear("500 tijolos, pago no pix", &catalog, now);
/// assert_eq!(dialogue.outcome(), Outcome::Incomplete);
/// dialogue.hear("o de 8 furos, vou retirar", &catalog, now);
/// assert_eq!(dialogue.outcome(), Outcome::Complete);
/// assert_eq!(dialogue.draft().items[0].sku.as_str(), "T8");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dialogue {
    draft: Draft,
    end: Option<Outcome>,
}

impl Dialogue {
    /// Takes in the next message, and gives its reading.
    pub fn hear(&mut self, text: &str, catalog: &Catalog, now: DateTime<FixedOffset>) -> Reading {
        let asked = self.draft.missing();
        let context = Context { draft: Some(&self.draft), asked: &asked, closed: &[] };
        let reading = read_in_context(text, catalog, context, now);
        self.draft.apply(&reading, catalog);
        self.end = match reading.intent {
            Intent::OptOut => Some(Outcome::OptedOut),
            Intent::Cancel | Intent::Decline => Some(Outcome::Cancelled),
            Intent::Human => Some(Outcome::HandedOver),
            intent => self.end.filter(|end| {
                // A person who has it keeps it; what was called off stays so until the
                // customer wants something again.
                let wants = intent == Intent::Order || self.wants_goods();
                *end == Outcome::HandedOver || !wants
            }),
        };
        reading
    }

    /// The order as it stands.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// How it has come out so far.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let complete = self.draft.missing().is_empty();
        self.end.unwrap_or(if complete { Outcome::Complete } else { Outcome::Incomplete })
    }

    fn wants_goods(&self) -> bool {
        !self.draft.items.is_empty() || !self.draft.ambiguous.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Product, Unit};

    #[track_caller]
    fn check(messages: &[&str], expected: Outcome) {
        let price = "40".parse().unwrap();
        let cement = Product::new("CIM".parse().unwrap(), "Cimento", Unit::Bag, price);
        let catalog = Catalog::new(vec![cement]).unwrap();
        let mut dialogue = Dialogue::default();
        for text in messages {
            dialogue.hear(text, &catalog, "2026-03-10T09:00:00-03:00".parse().unwrap());
        }
        assert_eq!(dialogue.outcome(), expected, "{messages:?}");
        let gone = [Outcome::Cancelled, Outcome::OptedOut].contains(&expected);
        assert!(!gone || !dialogue.wants_goods(), "{messages:?}: {:?}", dialogue.draft);
    }

    #[test]
    fn an_order_is_complete_when_nothing_is_missing() {
        check(&["10 cimento"], Outcome::Incomplete);
        check(&["10 cimento", "retiro aí, pix"], Outcome::Complete);
        check(&["10 cimento", "retiro aí, pix", "fechado"], Outcome::Complete);
    }

    #[test]
    fn what_ended_stays_so_until_something_is_wanted_again() {
        check(&["10 cimento", "cancela o pedido"], Outcome::Cancelled);
        check(&["10 cimento", "cancela o pedido", "obrigado"], Outcome::Cancelled);
        check(&["10 cimento", "cancela o pedido", "pix"], Outcome::Cancelled);
        check(&["10 cimento", "cancela o pedido", "quero 5 cimento"], Outcome::Incomplete);
        check(&["não me mande mais mensagens", "bom dia"], Outcome::OptedOut);
    }

    #[test]
    fn a_person_keeps_what_they_have_until_it_is_called_off() {
        check(&["quero falar com um atendente"], Outcome::HandedOver);
        check(&["quero falar com um atendente", "10 cimento"], Outcome::HandedOver);
        check(&["quero falar com um atendente", "cancela o pedido"], Outcome::Cancelled);
    }
}
