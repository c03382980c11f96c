//! Stage 15, too, what is said of several asks at once: `uma torneira de pia e uma de
//! tanque, as duas cromadas`.

use super::asks::{Ask, Counts, Edit};
use super::complete::{has_kind, joined};
use super::number::Num;
use crate::catalog::Catalog;
use crate::catalog::index::Reach;
use crate::catalog::matcher::fits;

/// Gives the words of such an ask to those that it counts, where they fit, and drops it:
/// it asks for nothing more.
pub(super) fn settle(asks: &mut Vec<Ask>, catalog: &Catalog) {
    let mut at = 1;
    while at < asks.len() {
        let counted = asks.get(at).filter(|ask| describes(ask, catalog)).and_then(|ask| {
            let number = ask.amount.as_ref()?.value;
            count_back(asks.get(..at)?, number)
        });
        let Some(counted) = counted else {
            at += 1;
            continue;
        };
        let said = asks.remove(at);
        for ask in asks.iter_mut().take(at).skip(at - counted) {
            let all = || ask.needles.iter().chain(&said.needles);
            if fits(all(), catalog.index(), Reach::Kin) {
                ask.needles = all().cloned().collect();
            } else if let Some(needles) = joined(&ask.needles, &said.needles, catalog) {
                ask.needles = needles;
            }
        }
    }
}

/// Whether an ask is a definite number with words that name no kind of goods.
fn describes(ask: &Ask, catalog: &Catalog) -> bool {
    let definite = ask
        .amount
        .as_ref()
        .is_some_and(|amount| amount.definite && !amount.article && amount.measure.is_none());
    definite
        && ask.edit == Edit::Ask
        && ask.counts == Counts::Plain
        && !ask.needles.is_empty()
        && !has_kind(ask, catalog)
}

/// How many of the last asks a number counts: it is how many they are, or what their own
/// numbers come to.
fn count_back(before: &[Ask], number: Num) -> Option<usize> {
    let mut sum = Num::whole(0);
    for (count, ask) in (1..).zip(before.iter().rev()) {
        (ask.edit == Edit::Ask && ask.has_words()).then_some(())?;
        let own = ask.amount.as_ref().map_or(Num::whole(1), |amount| amount.value);
        sum = sum.plus(own);
        let counts = count > 1 && number == Num::whole(count);
        if counts || number == sum {
            return usize::try_from(count).ok();
        }
        // Both only grow.
        (Num::whole(count) <= number || sum <= number).then_some(())?;
    }
    None
}
