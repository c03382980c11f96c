//! What a stage heard of place, payment or delivery: the value, its words, and how
//! sure it is.

use super::findings::{Confidence, Evidence};
use super::view::Message;

/// Tokens from one to before another.
pub(crate) type Range = (usize, usize);

/// A value and the tokens it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heard<T> {
    pub(crate) value: T,
    pub(crate) tokens: Range,
    pub(crate) confidence: Confidence,
}

impl<T> Heard<T> {
    /// A value read from tokens, this sure in percent.
    pub(crate) fn new(value: T, tokens: Range, percent: u8) -> Self {
        Self { value, tokens, confidence: Confidence::percent(percent) }
    }

    /// The same words and sureness for a value made of this one.
    pub(crate) fn map<U>(self, make: impl FnOnce(T) -> U) -> Heard<U> {
        Heard { value: make(self.value), tokens: self.tokens, confidence: self.confidence }
    }

    /// Where the words stand in the message.
    pub(crate) fn evidence(&self, message: &Message<'_>) -> Evidence {
        let span = message.span(self.tokens.0, self.tokens.1);
        Evidence { span, confidence: self.confidence }
    }
}

/// How many tokens may stand between words that are one finding.
const GAP: usize = 3;

/// Two stretches as one when they stand near each other, else the first: words of
/// other things between them are no evidence.
pub(crate) fn together(first: Range, second: Range) -> Range {
    let near = second.0 <= first.1 + GAP && first.0 <= second.1 + GAP;
    if near { (first.0.min(second.0), first.1.max(second.1)) } else { first }
}
