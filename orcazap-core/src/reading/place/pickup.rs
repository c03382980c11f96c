//! Pickup: words that say the customer collects. They are `[place]` of the vocabulary.

use crate::reading::heard::Range;
use crate::reading::roles::Role;
use crate::reading::view::Message;

/// Words that say the customer collects.
pub(super) fn pickup(message: &Message<'_>) -> Option<Range> {
    const LEADS: [Role; 4] = [Role::Collected, Role::Collecting, Role::Fetching, Role::Passing];
    message.may_play(&LEADS).then_some(())?;
    let plays = |token: usize, role: Role| message.plays(token, role);
    let mut found = None;
    for at in 0..message.tokens.len() {
        if message.is_taken(at) {
            continue;
        }
        let led = at.checked_sub(1).is_none_or(|before| message.word(before).is_empty());
        // `vou aí buscar`
        let here = at.checked_sub(1).filter(|before| is_here(message, *before, &[]));
        let before = here.unwrap_or(at).checked_sub(1);
        let wanted = before.is_some_and(|before| plays(before, Role::Collector));
        let said = plays(at, Role::Collected)
            || plays(at, Role::Collecting)
                && (wanted && !is_object(message, at + 1) || led && message.word(at) != "retira");
        // `vou pegar sábado`
        let going = matches!(message.word(at.wrapping_sub(1)), "vou" | "vo" | "vamos");
        let fetched = is_here(message, at + 1, &["hoje", "amanha", "no"])
            || here.is_some() && wanted
            || going && is_day(message.word(at + 1));
        // `o menino passa aí pra pegar`
        let sent = matches!(message.word(at), "passa" | "passam")
            && is_to_fetch(message, at + 1 + usize::from(is_here(message, at + 1, &[])));
        let length = if sent {
            2
        } else if said || plays(at, Role::Fetching) && fetched {
            1
        } else if plays(at, Role::Passing)
            && (is_here(message, at + 1, &[]) || is_to_fetch(message, at + 1))
        {
            2
        } else {
            continue;
        };
        let mut end = at + length;
        while plays(end, Role::Counter)
            && (message.word(end) != "na" || message.word(end + 1) == "loja")
            && (message.word(end) != "no"
                || matches!(message.word(end + 1), "balcao" | "local" | "deposito"))
        {
            end += 1;
        }
        found = Some((at, end));
    }
    found
}

/// `sábado`: a day of the week.
fn is_day(word: &str) -> bool {
    const DAYS: [&str; 7] = ["segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo"];
    DAYS.contains(&word)
}

/// `aí`, `na loja`, or one of these words.
fn is_here(message: &Message<'_>, at: usize, or: &[&str]) -> bool {
    let word = message.word(at);
    matches!(word, "ai" | "la" | "na" | "aki") || or.contains(&word)
}

/// `pra pegar`, `buscar`.
fn is_to_fetch(message: &Message<'_>, at: usize) -> bool {
    let fetches = |role| message.plays(at + 1, role);
    let direct = message.plays(at, Role::Collecting);
    direct
        || matches!(message.word(at), "pra" | "para")
            && (fetches(Role::Fetching) || fetches(Role::Collecting))
}

/// Behind `retira`, what makes it a removal from the order and no pickup.
fn is_object(message: &Message<'_>, at: usize) -> bool {
    matches!(message.word(at), "o" | "a" | "os" | "as" | "so" | "tambem")
}
