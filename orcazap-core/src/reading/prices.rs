//! Stage 9, prices: money that is said without a sign of it. What another shop asks,
//! what was paid, what is haggled for (`vi por 35 na outra loja`, `faz a 35`,
//! `35 o saco`) counts no goods.

use super::dates::ends_clause;
use super::figures::has_cents;
use super::lexeme::{Lexeme, What};
use super::number::{Num, Size};
use super::numeral::numeral;
use super::roles::Role;
use super::token::Kind;
use super::view::Message;
use crate::catalog::Catalog;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, fitting};
use crate::quantity::Quantity;

/// Takes the prices of a message; tells whether there is one.
pub(crate) fn take(message: &mut Message<'_>) -> bool {
    let sentences = sentences(message);
    let mut any = false;
    let mut at = 0;
    while at < message.tokens.len() {
        let number =
            matches!(message.kind(at), Some(Kind::Number(number)) if !number.is_fraction());
        let found = numeral(message, at).filter(|_| number && !message.is_taken(at));
        let sentence = sentences.get(at).copied().unwrap_or_default();
        match found {
            Some(found) if is_price(message, at, found.end, sentence) => {
                message.take(at, found.end);
                any = true;
                at = found.end;
            }
            _ => at += 1,
        }
    }
    any
}

/// What else a sentence says that bears on its prices.
#[derive(Debug, Clone, Copy, Default)]
struct Sentence {
    /// It speaks of another shop.
    rival: bool,
    /// It edits the order: of `troca 20 por 25` neither is a price.
    edits: bool,
}

/// For each token, the sentence it is in.
fn sentences(message: &Message<'_>) -> Vec<Sentence> {
    let mut all = vec![Sentence::default(); message.tokens.len()];
    if !message.may_play(&[Role::Rival, Role::Shop, Role::Editing]) {
        return all;
    }
    let mut begin = 0;
    for end in 0..=message.tokens.len() {
        let ends = matches!(message.kind(end), None | Some(Kind::Break))
            || message.is_mark(end, &['.', '!', '?', ';']);
        if !ends {
            continue;
        }
        let other = |at: usize| matches!(message.word(at), "outro" | "outra" | "outros" | "outras");
        let rival = (begin..end).any(|at| {
            message.plays(at, Role::Rival) || other(at) && message.plays(at + 1, Role::Shop)
        });
        let edits = (begin..end).any(|at| message.plays(at, Role::Editing));
        if let Some(tokens) = all.get_mut(begin..end) {
            tokens.fill(Sentence { rival, edits });
        }
        begin = end + 1;
    }
    all
}

/// Whether a number from one token to before another is a price.
fn is_price(message: &Message<'_>, at: usize, end: usize, sentence: Sentence) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |token| message.word(token));
    // `tomada 20a 6`: the letter is a unit.
    let unit = at >= 2
        && message.tokens.get(at - 1).is_some_and(|token| token.glued)
        && matches!(message.kind(at - 2), Some(Kind::Number(_)));
    if unit {
        return false;
    }
    let each = is_for_each(message, end)
        || message.word(end) == "cada" && matches!(word(1), "a" | "por") && !sentence.edits;
    let little = matches!(
        message.word(end),
        "o" | "a" | "os" | "as" | "no" | "na" | "nos" | "nas" | "la" | "ali" | "ai" | "aqui" | "em"
    );
    if !(each || little || ends_clause(message, end)) {
        return false;
    }
    if each || sentence.rival {
        return true;
    }
    let led = matches!(word(1), "a" | "por" | "em" | "pra" | "pela" | "pelo");
    let verb = (at.saturating_sub(5)..at)
        .rev()
        .take_while(|token| !message.is_taken(*token) && !message.is_mark(*token, &[',', ';']))
        .find(|token| message.plays(*token, Role::Costs) || message.plays(*token, Role::Offers));
    let beside = |verb: usize| {
        (verb + 1..at).all(|token| {
            matches!(message.word(token), "so" | "uns" | "a" | "por" | "em" | "de" | "ate" | "mais")
        })
    };
    if let Some(verb) = verb
        && !sentence.edits
    {
        if message.plays(verb, Role::Costs) && (beside(verb) || led) {
            return true;
        }
        let asked = word(1) == "a" && ends_clause(message, end);
        let led = led && (beside(verb) || asked || word(1) == "por");
        if message.plays(verb, Role::Offers) && led {
            return true;
        }
    }
    // `cimento por 35`, and `10 cimento a 35`, where the quantity is said.
    let goods = at.checked_sub(2).filter(|goods| {
        matches!(message.kind(*goods), Some(Kind::Word | Kind::Number(_) | Kind::Size(_)))
            && !message.plays(*goods, Role::Editing)
    });
    let Some(goods) = goods.filter(|_| ends_clause(message, end) && !sentence.edits) else {
        return false;
    };
    let counted = (at.saturating_sub(10)..goods)
        .rev()
        .take_while(|token| !matches!(message.kind(*token), Some(Kind::Break)))
        .any(|token| matches!(message.kind(token), Some(Kind::Number(_))));
    word(1) == "por" || word(1) == "a" && counted
}

/// `o saco`, `por metro`, `cada` behind a price.
fn is_for_each(message: &Message<'_>, at: usize) -> bool {
    matches!(message.word(at), "o" | "a" | "por" | "cada")
        && message.is_unit(at + 1)
        && !matches!(message.kind(at + 2), Some(Kind::Number(_)))
}

/// Drops the numbers that goods sold whole are never counted in, written as money
/// is: of a table's row `cimento 10 39,90 399,00` the prices. Where such goods come in
/// sizes written so, as `pia 1,20`, they are sizes.
pub(crate) fn drop_written(lexemes: &mut [Lexeme], message: &Message<'_>, catalog: &Catalog) {
    let written: Vec<(usize, What)> = (0..lexemes.len())
        .filter_map(|at| Some((at, written(lexemes, at, message, catalog)?)))
        .collect();
    for (at, what) in written {
        if let Some(lexeme) = lexemes.get_mut(at) {
            lexeme.what = what;
        }
    }
}

/// What a number written as money is, when it is no quantity.
fn written(
    lexemes: &[Lexeme],
    at: usize,
    message: &Message<'_>,
    catalog: &Catalog,
) -> Option<What> {
    let Some(Lexeme { what: What::Number { value, article: false }, from, .. }) = lexemes.get(at)
    else {
        return None;
    };
    let cents = has_cents(message.word(*from));
    let counts = matches!(
        lexemes.get(at + 1).map(|lexeme| &lexeme.what),
        Some(What::Measure(..) | What::SizeUnit(_) | What::Of)
    );
    if !cents || counts {
        return None;
    }
    let goods: Vec<Needle> = lexemes
        .get(at.saturating_sub(8)..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(|lexeme| {
            matches!(
                lexeme.what,
                What::Term(_)
                    | What::Number { .. }
                    | What::Size(_)
                    | What::SizeUnit(_)
                    | What::Measure(..)
                    | What::Of
                    | What::Noise
            )
        })
        .filter_map(|lexeme| match &lexeme.what {
            What::Term(needle) => Some(needle.clone()),
            _ => None,
        })
        .collect();
    if goods.is_empty() {
        return None;
    }
    let index = catalog.index();
    let (products, _) = fitting(&goods, index, Reach::Kin);
    let whole = products
        .iter()
        .all(|product| catalog.at(*product).is_some_and(|p| p.step == Quantity::ONE));
    let mut sized = goods;
    sized.push(Needle::number(*value, None, index));
    let is_size = !fitting(&sized, index, Reach::Kin).0.is_empty();
    let of = at > 0 && matches!(lexemes.get(at - 1).map(|before| &before.what), Some(What::Of));
    if of && whole || is_sized_like(*value, &products, catalog) {
        return Some(What::Size(Size::single(*value)));
    }
    (value.as_whole().is_some() || whole && !is_size).then_some(What::Noise)
}

/// Whether products are told apart by sizes that are written like prices, and are not
/// far from a number.
fn is_sized_like(number: Num, products: &[u32], catalog: &Catalog) -> bool {
    const TIMES: Num = Num::whole(4);
    let near = |size: Num| size <= number.times(TIMES) && number <= size.times(TIMES);
    let sizes = |name: &str| {
        name.split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))
            .filter(|number| has_cents(number))
            .filter_map(Num::parse)
            .any(near)
    };
    products
        .iter()
        .filter_map(|product| catalog.at(*product))
        .any(|product| sizes(&product.name) || product.aliases.iter().any(|alias| sizes(alias)))
}
