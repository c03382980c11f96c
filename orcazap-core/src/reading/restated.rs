//! Stage 15, too, what is said anew of goods that stand in the order: `o bloco é 350`
//! has another number, `o rodapé é de 7 cm` another product in its place.

use super::asks::{Amount, Ask, Counts, Edit};
use super::context::{holds, ordered, positions};
use super::resolve::fit;
use super::roles::Role;
use super::token::Kind;
use super::view::Message;
use crate::catalog::Catalog;
use crate::order::Draft;

/// Reads what is said anew of one product of the order as an edit of it; tells whether
/// there is one.
pub(crate) fn settle(
    asks: &mut Vec<Ask>,
    draft: &Draft,
    message: &Message<'_>,
    catalog: &Catalog,
) -> bool {
    let each =
        |ask: &Ask| ask.each && !ask.has_words() && !adds(ask, message) && !is_asked(ask, message);
    // `faz 6 de cada`, where all have a number
    let mut edits = asks.iter().any(each)
        && !draft.items.is_empty()
        && draft.items.iter().all(|item| item.qty.is_some());
    let mut settled = Vec::with_capacity(asks.len());
    for mut ask in asks.drain(..) {
        if ask.each && !ask.has_words() && is_asked(&ask, message) {
            // `faz 8 cada?` is about the price.
            continue;
        }
        let subject = ask.restates.and_then(|words| {
            let words = ask.needles.get(..words)?;
            // `a porta é de madeira` answers which door.
            let asked = draft.ambiguous.iter().any(|open| {
                positions(&open.skus, catalog).into_iter().any(|at| holds(words, at, catalog))
            });
            if asked {
                return None;
            }
            let mut spoken_of =
                ordered(draft, catalog).into_iter().filter(|at| holds(words, *at, catalog));
            let only = spoken_of.next().filter(|_| spoken_of.next().is_none())?;
            Some((only, words.len()))
        });
        if let Some((subject, words)) = subject {
            let same = ask.needles.len() == words
                || fit(&ask, catalog).products.iter().all(|product| *product == subject);
            if !same {
                settled.push(Ask {
                    needles: ask.needles.iter().take(words).cloned().collect(),
                    edit: Edit::Remove,
                    words: ask.words,
                    whole: ask.whole,
                    ..Ask::default()
                });
                ask.substitutes = true;
                edits = true;
            } else if ask.amount.is_some() && ask.counts == Counts::Plain {
                ask.counts = Counts::Instead;
                edits = true;
            }
        }
        let anew = !adds(&ask, message) && counts_anew(&ask, draft, message, catalog);
        let priced = |amount: &Amount| amount.measure.is_none() && is_asked(&ask, message);
        if anew && ask.amount.as_ref().is_some_and(priced) {
            // `cimento 34?`: rather a price than how many.
            ask.amount = None;
        } else if anew {
            // `10 cimento`, and later `12 cimento`
            ask.counts = Counts::Instead;
            edits = true;
        }
        settled.push(ask);
    }
    *asks = settled;
    edits
}

/// `vão ser 12 sacos de cimento`, `12 sacos de cimento` where ten stand: whether an ask counts
/// just one product of the order, which has a number.
fn counts_anew(ask: &Ask, draft: &Draft, message: &Message<'_>, catalog: &Catalog) -> bool {
    let plain = ask.restates.is_none() && ask.edit == Edit::Ask && ask.counts == Counts::Plain;
    let counted = ask.is_counted() || is_just(ask, message);
    if !(plain && counted && ask.has_words() && !ask.foreign && !ask.misfit) {
        return false;
    }
    let found = fit(ask, catalog).products;
    let mut stands = draft.items.iter().filter(|item| {
        let product = catalog.position(&item.sku);
        product.is_some_and(|product| {
            found.contains(&product) && holds(&ask.needles, product, catalog)
        })
    });
    let only = stands.next().filter(|_| stands.next().is_none());
    only.is_some_and(|item| item.qty.is_some())
}

/// Whether an ask is said to come on top: `e mais 5`, `5 também`, `faltou 5`.
fn adds(ask: &Ask, message: &Message<'_>) -> bool {
    /// As many tokens are looked at to both sides.
    const FARTHEST: usize = 32;
    let parts = |at: &usize| {
        matches!(message.kind(*at), None | Some(Kind::Break))
            || message.is_mark(*at, &[',', '.', ';', ':', '!', '?'])
    };
    let from = (0..ask.whole.0)
        .rev()
        .take(FARTHEST)
        .take_while(|at| !parts(at))
        .last()
        .unwrap_or(ask.whole.0);
    let behind = (ask.whole.1..).take(FARTHEST).take_while(|at| !parts(at)).count();
    // `ah e 5 cal`
    let opens = |at: &usize| !matches!(message.word(*at), "ah" | "oi" | "");
    let and = (0..ask.whole.0).take(FARTHEST).find(opens).is_some_and(|first| {
        message.word(first) == "e" && message.own_words(first, first + 1).eq_ignore_ascii_case("e")
    });
    let said = |at: usize| message.plays(at, Role::OnTop) || is_for_others(message, at);
    and || (from..ask.whole.1 + behind).any(said)
}

/// `5 sacos pro muro`, `pro meu pai 5 sacos`: whether it is said what something is for.
fn is_for_others(message: &Message<'_>, at: usize) -> bool {
    let word = message.word(at + 1);
    let leads = matches!(
        message.word(at),
        "pra" | "pro" | "pras" | "pros" | "para" | "no" | "na" | "nos" | "nas"
    );
    let counted = matches!(message.kind(at + 1), Some(Kind::Number(_)));
    let little =
        matches!(word, "" | "nao" | "total" | "lugar" | "verdade" | "real" | "pedido" | "caso");
    let others = !(counted || little || word.ends_with('r'));
    leads && others && !message.is_taken(at) && !message.is_taken(at + 1)
}

/// `uma cavadeira basta`, `um carrinho só`: whether an article counts.
fn is_just(ask: &Ask, message: &Message<'_>) -> bool {
    let article = ask.amount.as_ref().is_some_and(|amount| amount.article);
    article && matches!(message.word(ask.whole.1), "so" | "basta" | "apenas" | "chega" | "ja")
}

/// Whether a question mark ends the sentence of an ask.
fn is_asked(ask: &Ask, message: &Message<'_>) -> bool {
    /// As many tokens are looked at.
    const FARTHEST: usize = 32;
    let within = |at: &usize| {
        !matches!(message.kind(*at), None | Some(Kind::Break))
            && !message.is_mark(*at, &['.', ';', '!', '?'])
    };
    let end = ask.whole.1 + (ask.whole.1..).take(FARTHEST).take_while(within).count();
    message.is_mark(end, &['?'])
}

/// `faz 35?`, `fecha 34?`: whether a number alone is rather a price that is asked for.
pub(crate) fn is_a_price(ask: &Ask, message: &Message<'_>) -> bool {
    let before = ask.whole.0.checked_sub(1).map_or("", |before| message.word(before));
    let plain = ask.amount.as_ref().is_some_and(|amount| amount.measure.is_none());
    plain
        && matches!(before, "faz" | "fazem" | "fecha" | "fecham" | "deixa" | "sai")
        && is_asked(ask, message)
}
