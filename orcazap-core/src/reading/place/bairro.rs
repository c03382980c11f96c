//! The neighbourhood: what follows `bairro` or `entrega no …`, or a name that begins
//! as neighbourhoods do. Its words are `[place]` of the vocabulary.

use crate::catalog::Catalog;
use crate::order::Missing;
use crate::place::{Bairro, Place};
use crate::reading::heard::{Heard, Range};
use crate::reading::numeral::numeral;
use crate::reading::roles::Role;
use crate::reading::token::Kind;
use crate::reading::verbs::verb;
use crate::reading::view::Message;
use crate::reading::vocabulary::Fact;
use crate::reading::words::is_little;

/// The neighbourhood; the last one said.
pub(super) fn bairro(message: &mut Message<'_>, catalog: &Catalog) -> Option<Heard<Bairro>> {
    let mut found: Option<Range> = None;
    let mut rank = Rank::Bare;
    let mut at = 0;
    while at < message.tokens.len() {
        if message.is_taken(at) {
            at += 1;
            continue;
        }
        let said = match message.word(at) {
            "bairro" | "bairo" | "barrio" | "bairr" => {
                let from = (at + 1..at + 4)
                    .find(|t| {
                        !matches!(
                            message.word(*t),
                            "e" | "eh" | "do" | "da" | "de" | "o" | "no" | "na" | "aqui"
                        ) && !message.is_mark(*t, &[':'])
                    })
                    .unwrap_or(at + 1);
                name(message, from, Trust::Named, catalog).map(|end| (from, end, Rank::Named))
            }
            "no" | "na" | "nos" | "nas" | "em" | "pro" | "pra" | "do" | "para" | "p" => {
                // `para o Jardim América`
                let towards = matches!(message.word(at), "para" | "pra" | "p");
                let article = matches!(message.word(at + 1), "o" | "a" | "os" | "as")
                    || message.word(at) == "p" && message.is_mark(at + 1, &['/']);
                let from = at + 1 + usize::from(towards && article);
                // `pedido do Fonseca` is of a person.
                let own = message.word(at) == "do" && !follows_delivery(message, at);
                let end = well_known(message, from, catalog)
                    .filter(|_| !own)
                    .or_else(|| name(message, from, trust(message, from - 1, catalog), catalog));
                end.map(|end| (from, end, Rank::Led))
            }
            _ if is_sent_to(message, at, catalog) || follows_street(message, at, catalog) => {
                name(message, at, Trust::Said, catalog).map(|end| (at, end, Rank::Led))
            }
            _ if begins_segment(message, at) || follows_delivery(message, at) => {
                let known = || {
                    let end = well_known(message, at, catalog);
                    end.filter(|end| ends_segment(message, *end)).map(|end| (at, end, Rank::Bare))
                };
                let looks = || {
                    // `boa noiti` greets
                    let greets = message.plays(at, Role::Greeting) && !stands_name(message, at);
                    (message.plays(at, Role::BeginsBairro) && !greets).then_some(())?;
                    let end = name(message, at, Trust::Looks, catalog)?;
                    // `jardim de metal` of taps
                    let sold = |at: usize| {
                        !is_capital(message, at)
                            && (is_little(message.word(at)) || is_sold(message, at, catalog))
                    };
                    (!(at..end).all(sold)).then_some((at, end, Rank::Led))
                };
                known().or_else(looks)
            }
            _ => None,
        };
        match said {
            Some((from, end, how)) => {
                if how >= rank {
                    (found, rank) = (Some((from, end)), how);
                }
                message.take(at, end);
                at = end;
            }
            None => at += 1,
        }
    }
    let (from, end) = found?;
    let value = message.own_words(from, end).parse().ok()?;
    Some(Heard::new(value, (from, end), if rank == Rank::Named { 99 } else { 95 }))
}

/// How a neighbourhood is said; of several, the last that is said most plainly counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// By its name alone, as cities are, too.
    Bare,
    /// Behind a word that leads to it.
    Led,
    /// The customer said `bairro`.
    Named,
}

/// Whether the store's goods are called by a word.
fn is_sold(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    catalog.index().find(message.canonical(at)).is_some()
}

/// Whether a name that nobody sells stands right behind a word of sending: `entrega
/// Capão da Imbuia`.
fn is_sent_to(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let sent = at.checked_sub(1).is_some_and(|before| message.plays(before, Role::Sending));
    sent && is_title(message, at)
        && is_name_word(message, at)
        && !message.is_noise(at)
        && !message.plays(at, Role::Street)
        && !is_sold(message, at, catalog)
}

/// Whether a name stands right behind a street: `Rua da Jaqueira 210, Ponte Velha, dinheiro`.
fn follows_street(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    /// As many tokens a street and its number have.
    const FARTHEST: usize = 16;
    let parted = at >= 2 && message.is_mark(at - 1, &[',', '-', '–']) && message.is_taken(at - 2);
    let numbered = at >= 1
        && message.is_taken(at - 1)
        && matches!(message.kind(at - 1), Some(Kind::Number(_)));
    let named = || {
        (at.saturating_sub(FARTHEST)..at - 1)
            .rev()
            .take_while(|token| message.is_taken(*token))
            .any(|token| message.plays(token, Role::Street))
    };
    let alone = || {
        is_title(message, at)
            && message.word(at).len() > 3
            && ends_segment(message, at + 1)
            && is_somewhere(message, at, catalog)
            && is_name_word(message, at)
    };
    (parted || numbered)
        && (stands_name(message, at) && !message.plays(at, Role::Person) || alone())
        && !message.is_noise(at)
        && named()
        && !is_sold(message, at, catalog)
}

/// Where the name of a neighbourhood that is known by name ends, the longest that starts
/// at a token: `Barra da Tijuca`. What the store sells (`cabo branco`) is none, but as a
/// name behind a word of delivery.
pub(super) fn well_known(message: &Message<'_>, at: usize, catalog: &Catalog) -> Option<usize> {
    message.entry(at).is(Fact::OpensBairro).then_some(())?;
    let mut name = String::new();
    let mut found = None;
    let mut sold = true;
    let is_word =
        |token: &usize| message.kind(*token) == Some(Kind::Word) && !message.is_taken(*token);
    for token in (at..at + LONGEST).take_while(is_word) {
        if token > at {
            name.push(' ');
        }
        name.push_str(message.word(token));
        sold &= is_little(message.word(token)) || is_sold(message, token, catalog);
        if catalog.vocabulary().entry(&name).is(Fact::Bairro) {
            found = Some((token + 1, sold));
        }
    }
    let (mut end, sold) = found?;
    // `Itoupava Norte`.
    while is_title(message, at) && is_title(message, end) && is_name_word(message, end) {
        end += 1;
    }
    (!sold || is_title(message, at) && follows_delivery(message, at)).then_some(end)
}

/// How many words the name of a neighbourhood that is known by name has at most.
const LONGEST: usize = 4;

/// How much reason there is to take words for a neighbourhood.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// The customer said `bairro`.
    Named,
    /// It follows a word of delivery.
    Said,
    /// It follows a word of delivery in small letters, and nothing else is called so.
    Strange,
    /// Only when it begins as names of neighbourhoods do.
    Looks,
}

/// How far a preposition leads to a neighbourhood.
fn trust(message: &Message<'_>, at: usize, catalog: &Catalog) -> Trust {
    let word = message.word(at);
    let said = match word {
        "no" | "na" => {
            stands_capital(message, at + 1)
                || stands_name(message, at + 1) && !is_sold(message, at + 1, catalog)
                || follows_delivery(message, at)
        }
        "nos" | "nas" => follows_delivery(message, at),
        // Cities have no field: `entregar em Betim`.
        "em" => !message.plays(at + 1, Role::City) && follows_delivery(message, at),
        "pro" | "pra" | "para" => {
            let sent = |near: usize| (near..=at).any(|token| is_sent(message, token));
            let (capital, name) = (stands_capital(message, at + 1), stands_name(message, at + 1));
            capital && sent(at)
                || name && sent(at.saturating_sub(4))
                || name && is_somewhere(message, at + 1, catalog)
        }
        _ => false,
    };
    let sent = || (at.saturating_sub(4)..=at).any(|token| is_sent(message, token));
    let leads = matches!(word, "no" | "na" | "nos" | "nas");
    match said {
        _ if leads
            && !is_capital(message, at + 1)
            && !message.plays(at + 1, Role::BeginsBairro)
            && is_strange(message, at + 1, catalog)
            && (follows_delivery(message, at) || sent()) =>
        {
            Trust::Strange
        }
        true => Trust::Said,
        false => Trust::Looks,
    }
}

/// Whether a word in small letters is nothing that is known here, as many names of
/// neighbourhoods are: `entrega no caseb`.
fn is_strange(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    message.kind(at) == Some(Kind::Word)
        && message.word(at).len() > 3
        && message.word(at).is_ascii()
        && is_name_word(message, at)
        && is_somewhere(message, at, catalog)
        && !message.is_unit(at)
        && !message.plays(at, Role::Counter)
        && message.spelled(at).is_none()
        && verb(message, at).is_none()
}

/// `10 sacos pra Brasília Teimosa`: whether a name that nothing else is called by is no person's.
fn is_somewhere(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let city = message.plays(at, Role::City) && !stands_name(message, at);
    let known = message.plays(at, Role::Person) || message.is_noise(at) || message.is_good(at);
    !(city || known || message.of_stem(at).is(Fact::Use) || is_sold(message, at, catalog))
}

fn follows_delivery(message: &Message<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at)
        .rev()
        .take_while(|t| {
            !matches!(message.kind(*t), Some(Kind::Break)) && !message.is_mark(*t, &[';', '?'])
        })
        .any(|t| {
            message.plays(t, Role::Sending)
                || (matches!(message.word(t), "e" | "eh") && t + 1 == at)
        })
}

/// Where a name that starts at a token ends; `None` when it is none.
fn name(message: &Message<'_>, at: usize, trust: Trust, catalog: &Catalog) -> Option<usize> {
    let first = message.word(at);
    let looks = message.plays(at, Role::BeginsBairro) && !message.is_taken(at);
    let alone = matches!(first, "centro") || looks;
    let proper = is_capital(message, at);
    // `Casa Amarela` is one, although `casa` is none.
    let no_name = message.plays(at, Role::NoName) && !stands_name(message, at);
    let accepted = match trust {
        Trust::Named | Trust::Strange => true,
        Trust::Said => alone || proper,
        Trust::Looks => {
            let next = at + 1 + usize::from(is_joint(message, at + 1));
            // `são 15`, `são duas`, `são só 6` are none.
            let counts = message.word(next) == "so" || numeral(message, next).is_some();
            let named = first != "sao" || !counts;
            let goes_on = is_name_word(message, next) && named;
            looks && (alone || proper) && (first == "centro" || goes_on)
        }
    };
    if !accepted || !matches!(message.kind(at), Some(Kind::Word)) || message.is_taken(at) || no_name
    {
        return None;
    }
    let mut end = at + 1;
    let capital = is_title(message, at);
    let goes_with = |token: usize| trust != Trust::Strange || is_strange(message, token, catalog);
    while end < message.tokens.len() && end < at + 6 {
        let joins = is_joint(message, end) && is_name_word(message, end + 1) && goes_with(end + 1);
        let centre = first == "centro" && !(end == at + 1 && names_a_centre(message, end, catalog));
        let goes_on = (is_name_word(message, end) || is_last_of_name(message, at, end))
            && goes_with(end)
            && !centre
            && (!capital
                || is_capital(message, end)
                || matches!(message.kind(end), Some(Kind::Number(_))));
        if joins && (!capital || is_capital(message, end + 1)) || is_hyphened(message, end) {
            end += 2;
        } else if goes_on {
            end += 1;
        } else {
            break;
        }
    }
    Some(end)
}

/// `Centro Cívico`: whether the word behind is of the name, as one is that stands there alone.
fn names_a_centre(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    is_title(message, at - 1)
        && is_title(message, at)
        && ends_segment(message, at + 1)
        && is_somewhere(message, at, catalog)
}

/// `Vila Mutirão`: a word that begins no name stands in one where a capital letter says so
/// and nothing follows.
fn is_last_of_name(message: &Message<'_>, first: usize, at: usize) -> bool {
    at == first + 1
        && !message.is_taken(at)
        && is_title(message, first)
        && is_title(message, at)
        && !is_little(message.word(at))
        && message.plays(first, Role::BeginsBairro)
        && ends_segment(message, at + 1)
}

/// `Val-de-Cans`: whether a hyphen joins the words around it.
fn is_hyphened(message: &Message<'_>, at: usize) -> bool {
    let glued = |token: usize| message.tokens.get(token).is_some_and(|token| token.glued);
    message.is_mark(at, &['-'])
        && glued(at)
        && glued(at + 1)
        && matches!(message.kind(at + 1), Some(Kind::Word))
}

/// Whether a verb of sending stands right before: `manda pro Centro`.
fn is_sent(message: &Message<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| message.plays(before, Role::Sent))
}

/// What no stage took, without the little words before a name and without what is mere
/// courtesy (`ok.`), when it is few words that stand together.
fn left(message: &Message<'_>) -> Option<Range> {
    let free = |at: &usize| {
        !message.is_taken(*at)
            && matches!(message.kind(*at), Some(Kind::Word | Kind::Number(_) | Kind::Size(_)))
    };
    let leads = |at: &usize| {
        matches!(
            message.word(*at),
            "no" | "na" | "nos" | "nas" | "em" | "e" | "eh" | "aqui" | "pro" | "pra" | "bairro"
        )
    };
    let tokens: Vec<usize> = (0..message.tokens.len()).collect();
    let sentences = tokens.chunk_by(|one, next| free(one) && free(next));
    let courtesy = |sentence: &[usize]| sentence.iter().all(|at| message.is_noise(*at));
    let said = sentences.filter(|sentence| sentence.iter().all(free) && !courtesy(sentence));
    let rest: Vec<usize> = said.flatten().copied().skip_while(leads).collect();
    let (first, last) = (*rest.first()?, *rest.last()?);
    let compact = last + 1 - first == rest.len() && rest.len() <= 4;
    // `Bom Jesus`
    let long = message.word(first).len() > 3 || stands_name(message, first);
    (compact && long).then_some((first, last + 1))
}

/// A neighbourhood that the place was asked for and that nobody sells: `Candeias`,
/// `caxangá`. It is for words that were not understood as goods.
pub(in crate::reading) fn answered(message: &Message<'_>) -> Option<Heard<Place>> {
    let (from, end) = left(message)?;
    let named = (from..end).all(|at| {
        is_little(message.word(at))
            || !(message.plays(at, Role::NoName)
                || message.plays(at, Role::Editing)
                || message.is_noise(at)
                || message.is_good(at)
                || verb(message, at).is_some())
    });
    // `muda pra` leads on to what was taken, `eram doze` counts.
    let ends = !is_little(message.word(end - 1)) && message.spelled(end - 1).is_none();
    let asks = (0..message.tokens.len()).any(|at| message.is_mark(at, &['?']));
    let lettered = message.own_words(from, end).chars().any(char::is_alphabetic);
    (named && ends && !asks && lettered).then_some(())?;
    let bairro: Bairro = message.own_words(from, end).parse().ok()?;
    Some(Heard::new(Place::from(bairro), (from, end), 75))
}

/// A neighbourhood that is all a message says, beside what other stages took:
/// `Pedra Branca, caderneta`.
pub(in crate::reading) fn standing_alone(
    message: &mut Message<'_>,
    asked: &[Missing],
) -> Option<Heard<Place>> {
    asked.contains(&Missing::Place).then_some(())?;
    let (from, end) = left(message)?;
    let capital = (from..end).all(|at| is_capital(message, at) || is_little(message.word(at)));
    let small = message.own_words(from, end).chars().any(char::is_lowercase);
    let elsewhere = message.taken.iter().any(|taken| *taken);
    let expected = elsewhere || end - from > 1;
    let noise =
        (from..end).any(|at| message.plays(at, Role::NoName) && !is_little(message.word(at)));
    (capital && small && !noise && expected).then_some(())?;
    let bairro: Bairro = message.own_words(from, end).parse().ok()?;
    message.take(from, end);
    Some(Heard::new(Place::from(bairro), (from, end), 85))
}

/// Whether a name of two capital words stands here: `Casa Amarela`, `Alto do Juá`.
pub(super) fn stands_name(message: &Message<'_>, at: usize) -> bool {
    is_title(message, at) && is_title(message, at + 1 + usize::from(is_joint(message, at + 1)))
}

/// Whether a little word stands here that joins the words of a name.
fn is_joint(message: &Message<'_>, at: usize) -> bool {
    matches!(message.word(at), "de" | "da" | "do" | "das" | "dos" | "e")
}

/// Whether a capital name of one word stands at the end of its sentence, in a
/// message that is not all in capitals.
fn stands_capital(message: &Message<'_>, at: usize) -> bool {
    let ends = !matches!(message.kind(at + 1), Some(Kind::Word | Kind::Number(_) | Kind::Size(_)));
    ends && is_title(message, at) && message.word(at).len() > 4
}

fn is_name_word(message: &Message<'_>, at: usize) -> bool {
    let roman_or_number = matches!(message.kind(at), Some(Kind::Number(number)) if number.as_whole().is_some_and(|n| n < 20))
        && !matches!(message.kind(at + 1), Some(Kind::Word));
    let word = matches!(message.kind(at), Some(Kind::Word)) && !message.plays(at, Role::NoName);
    !message.is_taken(at) && (word || (roman_or_number && at + 1 == message.tokens.len()))
}

fn is_capital(message: &Message<'_>, at: usize) -> bool {
    message.own_words(at, at + 1).chars().next().is_some_and(char::is_uppercase)
}

/// Whether a word begins with a capital letter and goes on in small ones.
pub(super) fn is_title(message: &Message<'_>, at: usize) -> bool {
    let small = message.own_words(at, at + 1).chars().skip(1).any(char::is_lowercase);
    is_capital(message, at) && small
}

/// Whether nothing that belongs to a name follows.
fn ends_segment(message: &Message<'_>, at: usize) -> bool {
    message.is_taken(at)
        || !matches!(message.kind(at), Some(Kind::Word | Kind::Number(_) | Kind::Size(_)))
}

fn begins_segment(message: &Message<'_>, at: usize) -> bool {
    match at.checked_sub(1) {
        None => true,
        Some(before) => {
            message.is_taken(before)
                || matches!(message.kind(before), Some(Kind::Break))
                || matches!(message.kind(before), Some(Kind::Mark(mark)) if mark != '-' && mark != '"')
        }
    }
}
