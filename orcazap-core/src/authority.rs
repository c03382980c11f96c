//! What a person may give away, and when a second one must agree.
//!
//! Prices and freight set by hand are measured against the same order priced by the
//! rules alone: the difference of the totals is the [`Concession`]. Within the
//! limit of their role a person decides alone. Beyond it another person must
//! approve (four eyes), and only one whose own limit covers it.
//!
//! | the concession | the approver changed the quote | another person |
//! | --- | --- | --- |
//! | is within the approver's limit | allowed | allowed |
//! | is beyond the approver's limit | [`Refusal::NeedsSecondPerson`] | [`Refusal::BeyondLimit`] |

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::{Money, Percent};
use crate::pricing::Quote;

/// The most that a role may give away alone. What is `None` is not limited; where
/// both are set, both must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Limit {
    /// In percent of the total by the rules.
    pub max_pct: Option<Percent>,
    /// In reais.
    pub max_amount: Option<Money>,
}

/// What a quote gives away compared with the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concession {
    /// The total by the rules.
    pub by_rules: Money,
    /// What the quote is below it; 0 when it is not.
    pub amount: Money,
}

/// Why a person may not send a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// It gives away more than the person who changed it may: somebody else must
    /// approve it.
    #[error("gives away {} of {}, beyond the limit of who changed it", .found.amount, .found.by_rules)]
    NeedsSecondPerson {
        /// What it gives away.
        found: Concession,
    },
    /// It gives away more than the approver may.
    #[error("gives away {} of {}, beyond the limit of who approves it", .found.amount, .found.by_rules)]
    BeyondLimit {
        /// What it gives away.
        found: Concession,
    },
}

/// Whose hand an approver looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Editor {
    /// The approver's own.
    Same,
    /// Another person's.
    Other,
}

impl Concession {
    /// Compares a quote with the same order priced by the rules alone, that is with
    /// no overrides. Freight that no rule gives counts as 0 there.
    #[must_use]
    pub fn of(quote: &Quote, by_rules: &Quote) -> Self {
        let by_rules = by_rules.total();
        Self { by_rules, amount: (by_rules - quote.total()).max(Money::ZERO) }
    }

    /// The amount in percent of the total by the rules, rounded for showing; `None`
    /// when that is nothing.
    #[must_use]
    pub fn pct(self) -> Option<Decimal> {
        self.amount.percent_of(self.by_rules)
    }

    /// Whether a limit covers it, to the last centavo and not rounded.
    #[must_use]
    pub fn is_within(self, limit: &Limit) -> bool {
        // Amounts have at most 18 digits and rates 10: the products fit.
        let hundredfold = self.amount.as_decimal() * Decimal::ONE_HUNDRED;
        let within_pct =
            |max: Percent| hundredfold <= max.as_decimal() * self.by_rules.as_decimal();
        limit.max_pct.is_none_or(within_pct)
            && limit.max_amount.is_none_or(|max| self.amount <= max)
    }
}

/// Whether a person may send a quote that somebody changed by hand.
///
/// # Errors
///
/// [`Refusal`]: the concession is beyond the approver's limit.
pub fn may_send(found: Concession, limit: &Limit, editor: Editor) -> Result<(), Refusal> {
    match (found.is_within(limit), editor) {
        (true, Editor::Same | Editor::Other) => Ok(()),
        (false, Editor::Same) => Err(Refusal::NeedsSecondPerson { found }),
        (false, Editor::Other) => Err(Refusal::BeyondLimit { found }),
    }
}
