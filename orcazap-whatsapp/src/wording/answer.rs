//! The answers to what a customer asked.

use orcazap_core::conversation::Answer;

use super::speaker::Speaker;
use super::text::Text;

/// An answer by itself, or before what else is said.
pub(super) fn text(speaker: Speaker<'_>, answer: &Answer) -> String {
    match answer {
        Answer::Fact { text } => text.clone(),
        Answer::ByPerson => speaker.say(Text::AnswerByPerson, &[]),
    }
}
