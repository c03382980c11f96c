//! Stage 12, leftovers: the name by which a customer introduces himself is no goods,
//! however it is spelled (`aqui é a Marcinha`, `sou o Ferro`).

use super::roles::Role;
use super::token::Kind;
use super::view::Message;
use crate::catalog::Catalog;

/// Takes the names of people.
pub(crate) fn take(message: &mut Message<'_>, catalog: &Catalog) {
    for at in 0..message.tokens.len() {
        if let Some(name) = introduced(message, at).filter(|name| is_name(message, *name, catalog))
        {
            let from = if message.plays(at, Role::Titled) { at } else { name };
            message.take(from, name + 1);
        }
    }
}

/// The token behind the words that introduce a person.
fn introduced(message: &Message<'_>, at: usize) -> Option<usize> {
    if message.plays(at, Role::Titled) && message.is_mark(at + 1, &['.']) {
        return Some(at + 2);
    }
    let is = |token: usize| matches!(message.word(token), "e" | "eh");
    let article = |token: usize| matches!(message.word(token), "o" | "a");
    if message.plays(at, Role::Introducing) {
        let behind = at + 1 + usize::from(is(at + 1));
        return Some(behind + usize::from(article(behind)));
    }
    // `aqui é a Tijuca` is as likely a place, and one only without its article.
    (message.word(at) == "aqui" && is(at + 1) && article(at + 2)).then_some(at + 3)
}

/// Whether a word may be a name: it is written like one, or the store has no such word.
fn is_name(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let word = matches!(message.kind(at), Some(Kind::Word)) && !message.is_taken(at);
    let titled = || message.own_words(at, at + 1).starts_with(char::is_uppercase);
    word && (titled() || catalog.index().find(message.canonical(at)).is_none())
}
