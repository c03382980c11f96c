//! What short words come to beside orders: thanks, a thumbs-up, a wish to hear from
//! the store again.

use crate::reading::{Role, Vocabulary};
use crate::text::plain;

/// A thumbs-up in any skin, once or several times.
pub(super) fn is_thumbs_up(text: &str) -> bool {
    let mut thumbs = text.chars().filter(|c| !is_skin_or_space(*c)).peekable();
    thumbs.peek().is_some() && thumbs.all(|c| c == '👍')
}

fn is_skin_or_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{fe0f}' || ('\u{1f3fb}'..='\u{1f3ff}').contains(&c)
}

/// Whether a text is thanks, laughter or pictures alone.
pub(super) fn is_courtesy(text: &str, vocabulary: &Vocabulary) -> bool {
    /// Longer messages may hold more than courtesy.
    const MOST_WORDS: usize = 8;
    let laughs =
        |word: &str| word.len() > 1 && word.bytes().all(|letter| b"krsha".contains(&letter));
    let polite =
        |word: &str| word.is_empty() || vocabulary.roles(word).has(Role::Closing) || laughs(word);
    let plain = plain(text);
    plain.split(' ').count() <= MOST_WORDS && plain.split(' ').all(polite)
}

/// Whether an opted-out contact asks to hear from the store again: `voltar`, `quero
/// voltar`, `quero voltar a receber mensagens`.
pub(super) fn asks_to_return(text: &str, vocabulary: &Vocabulary) -> bool {
    let plain = plain(text);
    let words: Vec<&str> = plain.split(' ').collect();
    let plays = |word: &str, role| vocabulary.roles(word).has(role);
    let begins = |upto: usize| words.iter().take(upto).any(|word| plays(word, Role::Returning));
    let ends = |role| words.last().is_some_and(|last| plays(last, role));
    let denies = words.iter().any(|word| plays(word, Role::Denying));
    let few = |most| words.len() <= most && !denies;
    few(2) && ends(Role::Returning) || few(6) && begins(2) && ends(Role::Messages)
}

/// A text that takes something back, as what stands before its *but* and what begins with
/// that: `fechado`, `mas manda 25`.
pub(super) fn behind_but(text: &str) -> Option<(&str, &str)> {
    const BUT: [&str; 3] = ["mas ", "porem ", "so que "];
    /// Words before it; a yes is short.
    const MOST_WORDS: usize = 6;
    let spaces = text.match_indices(char::is_whitespace).take(MOST_WORDS);
    let mut parts = spaces.filter_map(|(at, space)| text.split_at_checked(at + space.len()));
    parts.find(|(_, rest)| {
        let rest = plain(rest);
        BUT.iter().any(|but| rest.starts_with(but))
    })
}

/// A text as it is remembered: FNV-1a of its plain letters, so that the same words
/// in other spelling of case, accents and marks are the same. Stored in conversations.
pub(super) fn fingerprint(text: &str) -> u32 {
    plain(text)
        .bytes()
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Whether a word of a text plays a part.
pub(in crate::conversation) fn plays(text: &str, role: Role, vocabulary: &Vocabulary) -> bool {
    plain(text).split(' ').any(|word| vocabulary.roles(word).has(role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thanks_and_laughter_need_no_answer_and_words_do() {
        for text in [
            "obrigado!",
            "Valeu 🙏",
            "kkkkk",
            "❤️",
            "ok, muito obrigada",
            "vou ver e te aviso",
            "vou ver com meu marido",
            "vou falar com o pedreiro",
        ] {
            assert!(is_courtesy(text, Vocabulary::standard()), "{text}");
        }
        for text in ["chegou quebrado", "obrigado, e o frete?", "xpto", "não entendi"] {
            assert!(!is_courtesy(text, Vocabulary::standard()), "{text}");
        }
    }

    #[test]
    fn a_thumb_of_any_skin_is_a_yes_and_nothing_else_is() {
        for text in ["👍", "👍🏽", "👍👍 ", "👍\u{fe0f}"] {
            assert!(is_thumbs_up(text), "{text}");
        }
        for text in ["", "👎", "ok 👍", "🏽"] {
            assert!(!is_thumbs_up(text), "{text}");
        }
    }
}
