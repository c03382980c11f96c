//! Why rules are no price book, in words that say which rule it is and what to do.

use std::fmt;

use chrono::{NaiveDate, NaiveTime, Weekday};
use thiserror::Error;

use super::{FreightArea, ListScope, PaymentTerm, Tier};
use crate::catalog::Sku;
use crate::money::Money;
use crate::place::{Bairro, Distance};
use crate::quantity::Quantity;

/// A kind of rules that a price book has a list of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// [`PriceBookData::tiers`](super::PriceBookData::tiers).
    Tier,
    /// [`PriceBookData::payment`](super::PriceBookData::payment).
    PaymentTerm,
    /// [`PriceBookData::freight`](super::PriceBookData::freight).
    FreightRule,
    /// [`PriceBookData::points`](super::PriceBookData::points).
    PricePoint,
    /// [`PriceBookData::lists`](super::PriceBookData::lists).
    PriceList,
    /// The prices in all price lists together.
    ListedPrice,
    /// [`OpenDays::closed`](super::OpenDays::closed).
    ClosedDay,
}

impl RuleKind {
    /// One of the kind, in English.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tier => "tier",
            Self::PaymentTerm => "payment term",
            Self::FreightRule => "freight rule",
            Self::PricePoint => "price point",
            Self::PriceList => "price list",
            Self::ListedPrice => "listed price",
            Self::ClosedDay => "closed day",
        }
    }
}

impl fmt::Display for RuleKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why rules are no price book. Each names the rule, by its number in its list, which
/// begins with 1, and by what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PriceBookError {
    /// A tier takes off less than nothing or more than everything.
    #[error("tier {number} ({tier}) takes off {} %: give 0 to 100", .tier.pct)]
    TierPercent {
        /// Which tier.
        number: usize,
        /// The tier.
        tier: Tier,
    },
    /// Two tiers of one scope begin at the same quantity.
    #[error("tiers {} and {} begin at one quantity ({tier}): keep one of them", .numbers[0], .numbers[1])]
    TiersTie {
        /// Which tiers.
        numbers: [usize; 2],
        /// The second of them.
        tier: Tier,
    },
    /// A payment term adds more than the subtotal itself.
    #[error("payment term {number} ({term}) adds {} %: give -100 to 100", .term.pct)]
    TermPercent {
        /// Which term.
        number: usize,
        /// The term.
        term: PaymentTerm,
    },
    /// A credit card term for no instalments.
    #[error(
        "payment term {number} ({term}) is for no instalments: give 1 or more, or leave them out"
    )]
    NoInstallments {
        /// Which term.
        number: usize,
        /// The term.
        term: PaymentTerm,
    },
    /// Instalments for what is not paid in any.
    #[error(
        "payment term {number} ({term}) has instalments: leave them out, only credit cards are paid in them"
    )]
    StrayInstallments {
        /// Which term.
        number: usize,
        /// The term.
        term: PaymentTerm,
    },
    /// Two terms for the same way of paying.
    #[error("payment terms {} and {} are for one way of paying ({term}): keep one of them", .numbers[0], .numbers[1])]
    TermsTie {
        /// Which terms.
        numbers: [usize; 2],
        /// The second of them.
        term: PaymentTerm,
    },
    /// A neighbourhood's name has neither letters nor digits.
    #[error(
        "freight rule {number} has a bairro without letters and digits, {bairro}: give its name"
    )]
    NamelessBairro {
        /// Which rule.
        number: usize,
        /// The name.
        bairro: Bairro,
    },
    /// Two rules for one neighbourhood, case and accents ignored.
    #[error("freight rules {} and {} are for one bairro, {bairro}: keep one of them", .numbers[0], .numbers[1])]
    BairrosTie {
        /// Which rules.
        numbers: [usize; 2],
        /// The name in the second of them.
        bairro: Bairro,
    },
    /// A range of CEPs runs backwards.
    #[error("freight rule {number} ({area}) runs backwards: put the lower CEP first")]
    ReversedCeps {
        /// Which rule.
        number: usize,
        /// The rule's area.
        area: FreightArea,
    },
    /// Two ranges of the same width overlap: nothing says which holds there.
    #[error(
        "freight rules {} and {} overlap and are equally wide ({} and {}): make one narrower",
        .numbers[0], .numbers[1], .areas[0], .areas[1]
    )]
    RangesTie {
        /// Which rules.
        numbers: [usize; 2],
        /// Their areas.
        areas: [FreightArea; 2],
    },
    /// Freight is free above a negative amount.
    #[error(
        "freight rule {number} ({area}) is free above {free_above}: give 0.00 or more, or leave it out"
    )]
    NegativeFreeAbove {
        /// Which rule.
        number: usize,
        /// The rule's area.
        area: FreightArea,
        /// The amount.
        free_above: Money,
    },
    /// A truck that carries nothing.
    #[error(
        "freight rule {number} ({area}) has a truck that carries 0: give more, or leave it out"
    )]
    NoTruck {
        /// Which rule.
        number: usize,
        /// The rule's area.
        area: FreightArea,
    },
    /// A band around the store that reaches no farther than the store.
    #[error("freight rule {number} reaches up to 0 km: give more than 0")]
    EmptyBand {
        /// Which rule.
        number: usize,
    },
    /// Freight by distance, and nothing to measure it from.
    #[error(
        "freight rule {number} (points up to {up_to_km} km away) needs the store's own position: give origin"
    )]
    NoOrigin {
        /// Which rule.
        number: usize,
        /// The band's outer edge.
        up_to_km: Distance,
    },
    /// Two bands around the store end at the same distance.
    #[error("freight rules {} and {} both reach up to {up_to_km} km: keep one of them", .numbers[0], .numbers[1])]
    BandsTie {
        /// Which rules.
        numbers: [usize; 2],
        /// The outer edge of both.
        up_to_km: Distance,
    },
    /// A price point for none of a product.
    #[error("price point {number} ({sku}) is for 0 of it: give more than 0")]
    EmptyPoint {
        /// Which point.
        number: usize,
        /// The product that 0 of would have a price.
        sku: Sku,
    },
    /// A price point below nothing.
    #[error("price point {number} ({qty} of {sku}) costs {price}: give 0.00 or more")]
    NegativePoint {
        /// Which point.
        number: usize,
        /// The product that would cost less than nothing.
        sku: Sku,
        /// The quantity.
        qty: Quantity,
        /// The price.
        price: Money,
    },
    /// Two price points for one quantity of one product.
    #[error("price points {} and {} are both for {qty} of {sku}: keep one of them", .numbers[0], .numbers[1])]
    PointsTie {
        /// Which points.
        numbers: [usize; 2],
        /// The product that has two prices for one quantity.
        sku: Sku,
        /// The quantity.
        qty: Quantity,
    },
    /// Quotes would stand for no time, or for too long.
    #[error("quotes stand for {found} hours (validity_hours): give 1 to {max}")]
    Validity {
        /// The hours.
        found: u32,
        /// The most there may be.
        max: u32,
    },
    /// A price list's name, or whom it is for, is empty or too long.
    #[error(
        "price list {number} ({name:.120}) has a name or key of {found} characters: give 1 to 120"
    )]
    ListLabel {
        /// Which list.
        number: usize,
        /// The list's name.
        name: String,
        /// How many characters there are.
        found: usize,
    },
    /// A price list ends before it begins.
    #[error(
        "price list {number} ({name}) runs from {from} until {until}: let it end on the day it begins, or later"
    )]
    ReversedList {
        /// Which list.
        number: usize,
        /// The list's name.
        name: String,
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        until: NaiveDate,
    },
    /// Two price lists price one product for the same customers on the same day.
    #[error(
        "price lists {} ({}) and {} ({}) price {sku} on one day for {scope}: take it out of one, \
         or part their days",
        .numbers[0], .names[0], .numbers[1], .names[1]
    )]
    ListsTie {
        /// Which lists.
        numbers: [usize; 2],
        /// What they are called.
        names: [String; 2],
        /// Whom both are for.
        scope: ListScope,
        /// The product that two lists price.
        sku: Sku,
    },
    /// A day of the week is given twice.
    #[error("{day} opens twice in the week: keep one of them")]
    DaysTie {
        /// The day.
        day: Weekday,
    },
    /// A day's doors close before they open.
    #[error(
        "{day} opens at {opens} and closes at {closes}: give an earlier opening, or a later closing"
    )]
    ReversedDay {
        /// The day.
        day: Weekday,
        /// When it opens.
        opens: NaiveTime,
        /// When it closes; no later than that.
        closes: NaiveTime,
    },
    /// A date on which the store closes early, and before it opens.
    #[error(
        "{date} closes at {closes}, and opens at {opens}: close later, or put it among the closed days"
    )]
    ReversedHalfDay {
        /// The date.
        date: NaiveDate,
        /// When the store opens on that day of the week.
        opens: NaiveTime,
        /// When it closes; no later than that.
        closes: NaiveTime,
    },
    /// There are more rules of one kind than a book may have: `MAX_RULES` and `MAX_LISTED`
    /// of [`PriceBook`](super::PriceBook), `MAX_CLOSED` of [`OpenDays`](super::OpenDays).
    #[error("there are {found} {kind}s: keep {max} at most")]
    TooMany {
        /// Of which kind.
        kind: RuleKind,
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
}

impl PriceBookError {
    /// Refuses more of a kind than there may be.
    pub(super) fn check_count(kind: RuleKind, found: usize, max: usize) -> Result<(), Self> {
        if found > max { Err(Self::TooMany { kind, found, max }) } else { Ok(()) }
    }
}
