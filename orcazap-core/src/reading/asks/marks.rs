//! Lists that part the quantity from the goods by a mark: `cimento - 25`, `cimento: 25`,
//! `cimento (25)`.

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
fn lists_by_dashes(message: &Message<'_>) -> bool {
    let number = |at: usize| matches!(message.kind(at), Some(Kind::Number(_)));
    let ends = |at: usize| matches!(message.kind(at), None | Some(Kind::Break));
    let listed = |at: &usize| {
        at.checked_sub(1).is_some_and(|dash| parts(message, dash))
            && number(*at)
            && (ends(at + 1) || message.is_unit(at + 1) && ends(at + 2))
    };
    (1..message.tokens.len()).filter(listed).nth(1).is_some()
}

/// Whether goods and numbers take turns, with a colon before each number, and the last of
/// them ends the list: `cimento: 10 areia: 2 m cal: 5`.
fn lists_by_colons(message: &Message<'_>) -> bool {
    let number = |at: usize| matches!(message.kind(at), Some(Kind::Number(_)));
    let counts = |colon: &usize| message.is_mark(*colon, &[':']) && number(*colon + 1);
    let colons: Vec<usize> = (0..message.tokens.len()).filter(counts).collect();
    let word = |at: &usize| message.kind(*at) == Some(Kind::Word);
    let named = |at: usize| word(&at) && !message.is_unit(at) && !message.is_noise(at);
    let between = || colons.iter().zip(colons.iter().skip(1));
    let turns = between().all(|(colon, next)| (colon + 2..*next).any(|at| word(&at)));
    // `banheiro: 2 sifão, cozinha: 1 torneira` heads goods.
    let last = colons.last().map_or(0, |colon| colon + 2);
    let ends = !(last..message.tokens.len()).any(|at| named(at) || number(at));
    turns && ends && colons.len() > 1
}

/// Whether two numbers or more stand in parentheses by themselves: `cimento (10), cal (5)`.
fn lists_by_parentheses(message: &Message<'_>) -> bool {
    let enclosed = |at: &usize| {
        matches!(message.kind(*at), Some(Kind::Number(_))) && is_enclosed(message, *at)
    };
    (1..message.tokens.len()).filter(enclosed).nth(1).is_some()
}

/// Whether a token stands in parentheses by itself: the ten of `cimento (10)`.
fn is_enclosed(message: &Message<'_>, at: usize) -> bool {
    at > 0 && message.is_mark(at - 1, &['(']) && message.is_mark(at + 1, &[')'])
}

/// The marks that part quantities from goods in a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    dashes: bool,
    colons: bool,
    parentheses: bool,
}

impl Marks {
    /// Those of a message: `cimento: 10 areia: 5`.
    pub(super) fn of(message: &Message<'_>) -> Self {
        Self {
            dashes: lists_by_dashes(message),
            colons: lists_by_colons(message),
            parentheses: lists_by_parentheses(message),
        }
    }
}

impl Reader<'_> {
    /// Whether the number at a lexeme is a quantity by the mark before it.
    pub(super) fn is_told_by_a_mark(&self, at: usize, sized: bool) -> bool {
        let token = self.lexemes.get(at).map_or(0, |lexeme| lexeme.from);
        let colon = || token > 0 && self.message.is_mark(token - 1, &[':']);
        self.marks.dashes && !sized && self.is_behind_a_dash(at)
            || self.marks.colons && colon()
            || self.marks.parentheses && is_enclosed(self.message, token)
    }

    /// `cimento - 25`: a dash parts the quantity from what it counts, in a list of such lines.
    fn is_behind_a_dash(&self, at: usize) -> bool {
        let measured = usize::from(matches!(self.what(at + 1), Some(What::Measure(..))));
        let token = self.lexemes.get(at).and_then(|lexeme| lexeme.from.checked_sub(1));
        self.ends(at + 1 + measured) && token.is_some_and(|dash| parts(self.message, dash))
    }
}
