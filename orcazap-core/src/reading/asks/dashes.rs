//! Lists whose lines part the quantity from the goods by a dash: `cimento - 25`.

use super::Reader;
use crate::reading::lexeme::What;
use crate::reading::token::Kind;
use crate::reading::view::Message;

/// Whether a dash that parts two things stands at a token.
fn parts(message: &Message<'_>, dash: usize) -> bool {
    let apart = |token: usize| message.tokens.get(token).is_some_and(|token| !token.glued);
    message.is_mark(dash, &['-', '–', '—']) && apart(dash) && apart(dash + 1)
}

/// Whether two lines or more end in a number behind a dash: `cimento - 25`, `areia - 4 m`.
pub(super) fn lists_by_dashes(message: &Message<'_>) -> bool {
    let number = |at: usize| matches!(message.kind(at), Some(Kind::Number(_)));
    let ends = |at: usize| matches!(message.kind(at), None | Some(Kind::Break));
    let listed = |at: &usize| {
        at.checked_sub(1).is_some_and(|dash| parts(message, dash))
            && number(*at)
            && (ends(at + 1) || message.is_unit(at + 1) && ends(at + 2))
    };
    (1..message.tokens.len()).filter(listed).nth(1).is_some()
}

impl Reader<'_> {
    /// `cimento - 25`: a dash parts the quantity from what it counts, in a list of such lines.
    pub(super) fn is_behind_a_dash(&self, at: usize) -> bool {
        let measured = usize::from(matches!(self.what(at + 1), Some(What::Measure(..))));
        let token = self.lexemes.get(at).and_then(|lexeme| lexeme.from.checked_sub(1));
        self.ends(at + 1 + measured) && token.is_some_and(|dash| parts(self.message, dash))
    }
}
