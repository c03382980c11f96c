//! A yes: a sale is closed by words that accept, and by nothing less than a plain yes.
//!
//! `fechado`, `pode mandar` accept. They do not when their sentence is put as a question
//! (`fechado?`), nor beside what `intents.txt` lists as a hedge: a no, a condition, a
//! wish for a better price, a later day. A question in another sentence leaves a yes
//! what it is (`fechado! que horas abrem?`).

use super::Intent;
use super::intent::{Force, Lines, Says};
use super::view::View;

/// How many times a message may say yes; more is no way to close a sale.
const MOST: usize = 16;

/// What words that accept come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Assent {
    /// Somewhere stands a yes, and nothing takes from it.
    pub(crate) plain: bool,
    /// So it does in words that mean nothing else.
    pub(crate) certain: bool,
    /// A yes is put as a question, or depends on something.
    pub(crate) open: bool,
    /// A yes depends on the price.
    pub(crate) haggles: bool,
}

/// What the words at some places of a message that accept come to together. One that
/// is none takes from all.
pub(super) fn assent(view: &View<'_>, yeses: &[(usize, Force)], lines: &Lines<'_>) -> Assent {
    let mut assent = Assent::default();
    if yeses.is_empty() {
        return assent;
    }
    let hedges: Vec<(usize, Force)> =
        (0..view.len()).flat_map(|at| lines.said(at, Says::Hedge).map(move |f| (at, f))).collect();
    assent.haggles = hedges.iter().any(|(_, force)| *force == Force::Strong);
    for (at, force) in yeses.iter().take(MOST) {
        let (clause, sentence) = (view.clause(*at), view.sentence(*at));
        let hedged = hedges.iter().any(|(hedge, force)| match force {
            Force::Strong => true,
            Force::Plain => sentence.contains(hedge) || view.begins_sentence(*hedge),
            Force::Weak => clause.contains(hedge),
        });
        let asks = |at| lines.said(at, Says::Intent(Intent::Question)).next().is_some();
        // `fechado, que horas abrem?` asks something else, `fechado, certo?` does not.
        let apart = sentence.clone().any(|at| !clause.contains(&at) && asks(at));
        let asked = view.is_asked(&clause)
            || view.is_asked(&sentence) && !apart
            || clause.clone().any(asks);
        if hedged || asked {
            assent.open = true;
        } else {
            assent.plain = true;
            assent.certain |= *force == Force::Plain;
        }
    }
    if assent.open || yeses.len() > MOST {
        assent.open = true;
        (assent.plain, assent.certain) = (false, false);
    }
    assent
}
