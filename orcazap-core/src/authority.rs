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

use std::fmt;
use std::str::FromStr;

use crate::money::{Money, Percent};
use crate::pricing::Quote;

/// A person of the store, by the caller's id (a UUID as a number). In JSON 32
/// hexadecimal digits; hyphens may stand between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonId(pub u128);

/// A text that is no person's id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a person's id has 32 hexadecimal digits, hyphens aside")]
pub struct PersonIdError;

impl TryFrom<String> for PersonId {
    type Error = PersonIdError;

    fn try_from(text: String) -> Result<Self, PersonIdError> {
        let digits: String = text.chars().filter(|c| *c != '-').collect();
        let id = u128::from_str_radix(&digits, 16).map_err(|_| PersonIdError)?;
        (digits.len() == 32).then_some(Self(id)).ok_or(PersonIdError)
    }
}

impl From<PersonId> for String {
    fn from(id: PersonId) -> Self {
        format!("{:032x}", id.0)
    }
}

/// What a person is in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Owns the store: decides everything, and alone.
    Owner,
    /// Runs it in the owner's place, within a limit.
    Manager,
    /// Serves customers, within a narrower one.
    Attendant,
}

impl Role {
    /// Every role, the widest authority first.
    pub const ALL: &'static [Self] = &[Self::Owner, Self::Manager, Self::Attendant];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Attendant => "attendant",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// A text that is no role's code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected owner, manager or attendant, found {found:?}")]
pub struct UnknownRole {
    /// The text as given, cut to 40 characters.
    pub found: String,
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let role = Self::ALL.iter().copied().find(|role| role.code() == text);
        role.ok_or_else(|| UnknownRole { found: text.chars().take(40).collect() })
    }
}

/// Who acts, and in which role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub id: PersonId,
    /// Their role at that time.
    pub role: Role,
}

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

impl Limit {
    /// No limit at all.
    pub const NONE: Self = Self { max_pct: None, max_amount: None };

    /// A limit in percent of the total by the rules.
    #[must_use]
    pub fn pct(max: Percent) -> Self {
        Self { max_pct: Some(max), ..Self::NONE }
    }

    /// Whether it is below nothing, so that nobody could keep it.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.max_pct.is_some_and(|max| max < Percent::ZERO)
            || self.max_amount.is_some_and(Money::is_negative)
    }
}

/// What each role may give away alone. The owner has no limit, so that there is
/// always somebody who can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// The manager's.
    pub manager: Limit,
    /// The attendants'.
    pub attendant: Limit,
}

impl Default for Limits {
    /// 15 % for the manager and 5 % for an attendant: a round-off at the counter is
    /// theirs, a discount that eats a usual margin is not.
    fn default() -> Self {
        let pct = |max| Limit::pct(Percent::whole(max));
        Self { manager: pct(15), attendant: pct(5) }
    }
}

impl Limits {
    /// What a role may give away alone.
    #[must_use]
    pub fn of(&self, role: Role) -> Limit {
        match role {
            Role::Owner => Limit::NONE,
            Role::Manager => self.manager,
            Role::Attendant => self.attendant,
        }
    }

    /// The roles whose own limit covers a concession, the widest authority first;
    /// never empty, for the owner's does.
    pub fn roles_for(&self, found: Concession) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| found.is_within(&self.of(*role)))
    }
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Editor {
    /// The approver's own.
    Same,
    /// Another person's.
    Other,
}

impl Concession {
    /// Compares a quote with the same order priced by the rules alone, that is with
    /// no overrides. Freight that no rule gives counts as 0 there, and freight above the
    /// rule's pays for nothing that is given away on the goods.
    #[must_use]
    pub fn of(quote: &Quote, by_rules: &Quote) -> Self {
        let freight = |quote: &Quote| quote.freight().unwrap_or(Money::ZERO);
        let counted = freight(quote).min(freight(by_rules));
        let paid = quote.total() - freight(quote) + counted;
        let by_rules = by_rules.total();
        Self { by_rules, amount: (by_rules - paid).max(Money::ZERO) }
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
