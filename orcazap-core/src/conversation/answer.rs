//! What is answered to a customer's question, alone or beside whatever else is said.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::effect::SaidItem;
use super::swapping::Swap;
use crate::pricing::Opening;

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
    /// A person will answer it; nothing else waits for that.
    ByPerson,
}
