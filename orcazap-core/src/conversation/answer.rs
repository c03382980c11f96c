//! What is answered to a customer's question, alone or beside whatever else is said.

use serde::{Deserialize, Serialize};

/// The answer to one question. In JSON `{"answer": "fact", "text": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// What the store says itself: a [`Fact`](super::Fact).
    Fact {
        /// The words, as they are.
        text: String,
    },
    /// A person will answer it; nothing else waits for that.
    ByPerson,
}
