//! How sure a finding is. `cargo bench -p orcazap-benches --bench confidence` holds the
//! scale against what the corpora say.
//!
//! | the words of the ask are | percent |
//! | --- | --- |
//! | the catalogue's own | 99 |
//! | other names of its words, or sizes in another system | 95 |
//! | words that it cuts short | 90 |
//! | misspelt, or any word put right before the look-up (`respelt`) | 85 |
//!
//! | and what makes it weaker | less |
//! | --- | --- |
//! | its quantity stood alone, and was given to the goods before or behind | 5 |
//! | its kind was said of other goods, and carried over | 5 |
//! | the same, and several fit: it may not be one of them at all | 30 more |
//! | nothing fits: the words may be no goods at all | 10 |
//! | the unit said goes with none that fit | 20 |

use super::Confidence;
use super::asks::Ask;
use super::resolve::Fit;
use crate::catalog::index::Reach;

/// How sure it is that an ask means what was found for it; any of its words may be misspelt.
pub(super) fn confidence(ask: &Ask, found: &Fit, misspelt: bool) -> Confidence {
    let words = match found.reach {
        _ if misspelt => 85,
        Reach::Exact if !ask.renamed => 99,
        Reach::Exact | Reach::Kin => 95,
        Reach::Short => 90,
        Reach::Misspelt => 85,
    };
    let less = |weaker: bool, by: u8| if weaker { by } else { 0 };
    let weaker = less(ask.given, 5)
        + less(ask.leans, 5)
        + less(ask.leans && found.products.len() > 1, 30)
        + less(found.products.is_empty(), 10)
        + less(found.unit_off, 20);
    Confidence::percent(words - weaker)
}
