//! What is answered to a customer's question, alone or beside whatever else is said.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::say::SaidItem;
use super::swapping::Swap;
use crate::money::Money;
use crate::place::Place;
use crate::pricing::{Opening, PaymentTerm};

/// The answer to one question. In JSON `{"answer": "fact", "text": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// What the store says itself: a [`Fact`](super::Fact).
    Fact {
        /// The words, as they are.
        text: String,
    },
    /// What products cost, before any tier or payment term: one, or all that fit.
    Prices {
        /// The products, with the price of the buyer's list.
        items: Vec<SaidItem>,
    },
    /// Whether products are there, of which the store keeps count.
    Stock {
        /// Those that are there.
        there: Vec<SaidItem>,
        /// Those that are not.
        out: Vec<SaidItem>,
        /// What serves in place of those.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        swaps: Vec<Swap>,
    },
    /// When the store is open.
    Hours {
        /// The days on which it is; never empty.
        week: Vec<Opening>,
    },
    /// When the store is open on a day.
    Day {
        /// The day.
        date: NaiveDate,
        /// When; `None` when it is closed. A delivery was perhaps wanted then, and is
        /// not noted.
        hours: Option<Opening>,
    },
    /// Which ways of paying there are, and what they add or take off.
    Payments {
        /// The terms that were asked about; never empty.
        terms: Vec<PaymentTerm>,
    },
    /// What delivery to a place costs.
    Freight {
        /// Where to.
        place: Place,
        /// The fee, or the least that it comes to.
        fee: Money,
        /// Whether heavy or bulky orders cost more.
        by_load: bool,
        /// From which sum of an order on it is free, if it ever is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        free_above: Option<Money>,
    },
    /// Delivery costs what its place decides, and that is asked with it.
    FreightByPlace,
    /// A person will answer it; nothing else waits for that.
    ByPerson,
}

impl Answer {
    /// Whether it tells what paying or delivering an order comes to.
    pub(super) fn is_about_terms(&self) -> bool {
        match self {
            Self::Payments { .. } | Self::Freight { .. } | Self::FreightByPlace => true,
            Self::Fact { .. }
            | Self::Prices { .. }
            | Self::Stock { .. }
            | Self::Hours { .. }
            | Self::Day { .. }
            | Self::ByPerson => false,
        }
    }
}
