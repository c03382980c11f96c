//! What a store says itself to questions: when it opens, where it is, which cards
//! it takes.

use serde::{Deserialize, Serialize};

use crate::text::plain;

/// One thing the store says itself.
///
/// ```
/// use orcazap_core::conversation::Fact;
/// let hours = Fact {
///     words: vec!["que horas".into(), "aberto".into()],
///     answer: "Abrimos de segunda a sábado, das 7h às 18h.".into(),
/// };
/// assert!(hours.answers("QUE HORAS vcs fecham?"));
/// assert!(!hours.answers("vocês têm betoneira?"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Words that a question about it holds, whole and in this order; any one of
    /// them is enough. Case, accents and marks do not matter.
    pub words: Vec<String>,
    /// What the store says.
    pub answer: String,
}

impl Fact {
    /// Whether a question is about this.
    #[must_use]
    pub fn answers(&self, question: &str) -> bool {
        let question = format!(" {} ", plain(question));
        let asked = |words: &String| {
            let words = plain(words);
            !words.is_empty() && question.contains(&format!(" {words} "))
        };
        self.words.iter().any(asked)
    }
}
