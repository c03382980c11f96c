//! Stage 15, too, what is said anew of goods that stand in the order: `o bloco é 350`
//! has another number, `o rodapé é de 7 cm` another product in its place.

use super::asks::{Ask, Counts, Edit};
use super::context::{holds, ordered, positions};
use super::resolve::fit;
use crate::catalog::Catalog;
use crate::order::Draft;

/// Reads what is said anew of one product of the order as an edit of it; tells whether
/// there is one.
pub(crate) fn settle(asks: &mut Vec<Ask>, draft: &Draft, catalog: &Catalog) -> bool {
    let mut edits = false;
    let mut settled = Vec::with_capacity(asks.len());
    for mut ask in asks.drain(..) {
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
        settled.push(ask);
    }
    *asks = settled;
    edits
}
