//! Stage 15, too, what a customer takes back in the same message: `2 metros de areia fina,
//! digo, areia média`, `20 cimento… errei, são 25`, `4 e 6, não, 6 e 4`.

use super::asks::{Amount, Ask, Corrects, Counts, Edit};
use super::number::Num;
use super::resolve::{agrees, fit, in_sale_units, said};
use super::vocabulary::Measure;
use crate::catalog::Catalog;
use crate::catalog::matcher::MOST;
use crate::quantity::Unit;

/// Gives a number alone to the last goods, which stand at a place, instead of the one that
/// they have; tells whether it was said for that. What only adds up to what was said is left
/// out.
pub(super) fn by_number(kept: &mut [Ask], at: usize, ask: &Ask, catalog: &Catalog) -> bool {
    let Some(amount) = ask.amount.as_ref() else { return false };
    let Some((earlier, rest)) = kept.split_at_mut_checked(at) else { return false };
    let Some(last) = rest.first_mut().filter(|last| last.edit == Edit::Ask) else { return false };
    let Some(old) = last.amount.as_ref() else { return false };
    let told = ask.replaces || ask.corrects != Corrects::Nothing || ask.was.is_some();
    let repeats = amount.measure.is_some() && amount.measure == old.measure;
    if repeats && amount.value == old.value && ask.counts == Counts::Plain && !ask.goes_on {
        // `3 sacos de gesso, isso, 3 sacos`
        return true;
    }
    if told && comes_to_the_same(last, ask, catalog) {
        return true;
    }
    let on_top = ask.counts == Counts::OnTop;
    let fits = ask.replaces || amount.measure.is_none() || amount.measure == old.measure;
    if !(told || on_top) || !fits || ask.each {
        return false;
    }
    let measured =
        |ask: &&Ask| ask.amount.as_ref().is_some_and(|other| other.measure == amount.measure);
    let counted = earlier.iter().rev().take_while(measured);
    let all = counted.fold(old.value, |sum, ask| sum.plus(value(ask)));
    if repeats && all == amount.value && all != old.value {
        // `3 latas de massa e 2 de selador, 5 latas ao todo`
        return true;
    }
    let alike = || earlier.iter().rev().take_while(|ask| ask.needles == last.needles);
    let sum = alike().fold(old.value, |sum, ask| sum.plus(value(ask)));
    if alike().next().is_some() && sum == amount.value {
        return true;
    }
    if last.length.is_some() && amount.measure == Some(Measure::Unit(Unit::Meter)) {
        // `1 lona de 10 metros, aliás 12 metros`
        last.length = Some(amount.value);
    } else {
        let mut amount = in_unit_of(amount, old);
        if on_top && !last.bygone {
            amount.value = amount.value.plus(old.value);
        }
        last.amount = Some(amount);
    }
    last.container = last.container.take().or_else(|| ask.container.clone());
    last.corrected |= ask.corrects != Corrects::Nothing;
    last.whole.1 = ask.whole.1.max(last.whole.1);
    true
}

/// `40 m² de piso, ou seja, 20 caixas`: whether a number with its unit is as many sale units of
/// some goods as they were asked for. Of two containers the last holds.
fn comes_to_the_same(goods: &Ask, ask: &Ask, catalog: &Catalog) -> bool {
    let measures = |ask: &Ask| {
        let measure = ask.amount.as_ref().and_then(|amount| amount.measure);
        measure.is_none_or(|measure| {
            matches!(measure, Measure::Pieces(_)) || measure.unit().is_some_and(Unit::is_measure)
        })
    };
    if !measures(goods) && !measures(ask) {
        return false;
    }
    let [only] = *fit(goods, catalog).products else { return false };
    let Some(product) = catalog.at(only) else { return false };
    let units = |ask: &Ask| said(ask, false).and_then(|said| in_sale_units(said, product));
    let again = Ask { amount: ask.amount.clone(), ..Ask::default() };
    let units = (units(goods), units(&again));
    units.0.is_some() && units.0 == units.1
}

/// A number in the unit of the one whose place it takes, where it says none.
fn in_unit_of(amount: &Amount, old: &Amount) -> Amount {
    /// Nobody orders as many thousands or dozens.
    const FEW: Num = Num::whole(100);
    let pieces = matches!(old.measure, Some(Measure::Pieces(_)));
    let mut amount = amount.clone();
    if amount.measure.is_none() && !(pieces && amount.value >= FEW) {
        amount.measure = old.measure;
        amount.unit_word.clone_from(&old.unit_word);
    }
    amount
}

/// `1 xadrez vermelho e 2 xadrez amarelo, digo, 2 de cada`: gives the number to all.
pub(super) fn by_each(asks: &mut [Ask]) {
    let each = |ask: &Ask| ask.each && !ask.has_words() && ask.corrects != Corrects::Nothing;
    let Some(at) = asks.iter().position(each) else { return };
    let (before, rest) = asks.split_at_mut(at);
    let Some(by) = rest.first() else { return };
    before.iter_mut().filter(|ask| is_wanted(ask)).for_each(|ask| renumber(ask, by));
}

/// Whether an ask is of goods that are wanted.
fn is_wanted(ask: &Ask) -> bool {
    ask.edit == Edit::Ask && ask.has_words()
}

/// The number of an ask; nothing where it says none.
fn value(ask: &Ask) -> Num {
    ask.amount.as_ref().map_or(Num::whole(0), |amount| amount.value)
}

/// Settles asks that put others right, and what leans on them.
pub(super) fn settle(asks: &mut Vec<Ask>, leaning: &mut Vec<Option<usize>>, catalog: &Catalog) {
    let mut at = 1;
    while at < asks.len() {
        let corrects = asks.get(at).is_some_and(|ask| ask.corrects != Corrects::Nothing && !ask.or);
        let settled = corrects && {
            let (before, rest) = asks.split_at_mut(at);
            rest.first().is_some_and(|ask| put_right(before, ask, catalog))
        };
        if settled {
            asks.remove(at);
            forget(leaning, at);
        } else {
            at += 1;
        }
    }
    drop_totals(asks, leaning, catalog);
}

/// `8 tomadas de 10 e 4 de 20, 12 tomadas no total`: what only says how many all are.
fn drop_totals(asks: &mut Vec<Ask>, leaning: &mut Vec<Option<usize>>, catalog: &Catalog) {
    let mut at = 2;
    while at < asks.len() {
        if asks.get(..=at).is_some_and(|asks| is_total(asks, catalog)) {
            asks.remove(at);
            forget(leaning, at);
        } else {
            at += 1;
        }
    }
}

/// Whether the last of some asks is of the kind of two or more before it, and their sum.
fn is_total(asks: &[Ask], catalog: &Catalog) -> bool {
    /// As many asks are added up.
    const MOST: usize = 64;
    let Some((last, before)) = asks.split_last() else { return false };
    if !is_wanted(last) || last.needles.is_empty() || !last.is_counted() || last.leans {
        return false;
    }
    let mut sum = Num::whole(0);
    let mut parts = before.iter().rev().take(MOST).take_while(|ask| is_wanted(ask));
    let count = parts.by_ref().position(|ask| {
        sum = sum.plus(value(ask));
        sum >= value(last)
    });
    let Some(count) = count.filter(|count| *count > 0 && sum == value(last)) else { return false };
    let found = fit(last, catalog).products;
    let of_kind = |ask: &Ask| {
        let products = fit(ask, catalog).products;
        !products.is_empty() && products.iter().all(|product| found.contains(product))
    };
    found.len() > 1 && before.iter().rev().take(count + 1).all(of_kind)
}

/// Forgets an ask that was taken out, in what others lean on.
fn forget(leaning: &mut Vec<Option<usize>>, at: usize) {
    leaning.remove(at);
    for parent in leaning.iter_mut() {
        *parent = match *parent {
            Some(family) if family == at => None,
            Some(family) if family > at => Some(family - 1),
            family => family,
        };
    }
}

/// Puts right what an ask is about; tells whether it is about any of those before it.
fn put_right(before: &mut [Ask], ask: &Ask, catalog: &Catalog) -> bool {
    /// As many asks back what is put right is looked for.
    const FARTHEST: usize = 64;
    let from = before.len().saturating_sub(FARTHEST);
    let Some(before) = before.get_mut(from..) else { return false };
    if ask.counts == Counts::OnTop {
        // `1 cimento, aliás mais 1 cimento`
        return false;
    }
    let found = fit(ask, catalog).products;
    let same = |other: &Ask| is_same(other, ask, &found, catalog);
    let alike: Vec<usize> = (0..before.len())
        .filter(|at| before.get(*at).is_some_and(|other| is_wanted(other) && same(other)))
        .collect();
    if let Some((last, others)) = alike.split_last() {
        let number = |at: &usize| before.get(*at).map_or(Num::whole(0), value);
        let sum = alike.iter().fold(Num::whole(0), |sum, at| sum.plus(number(at)));
        let total = ask.amount.as_ref().is_some_and(|amount| amount.value == sum);
        if total && !others.is_empty() {
            return true;
        }
        if let Some(other) = before.get_mut(*last) {
            if ask.takes_out() {
                // `…, aliás a cal não precisa`
                other.edit = Edit::Unneeded;
            } else if ask.amount.is_some() && !comes_to_the_same(other, ask, catalog) {
                renumber(other, ask);
            }
        }
        return true;
    }
    let story = ask.foreign && ask.amount.is_none();
    if ask.corrects != Corrects::Last || ask.takes_out() || story {
        // `…, errei, o pedreiro contou`
        return false;
    }
    let kind = |ask: &Ask| ask.needles.iter().find(|needle| !needle.numeric).cloned();
    let own = kind(ask);
    let at = before
        .iter()
        .rposition(|other| is_wanted(other) && own.is_some() && kind(other) == own)
        .or_else(|| before.iter().rposition(is_wanted));
    let Some(other) = at.and_then(|at| before.get_mut(at)) else { return false };
    replace(other, ask, &found, catalog);
    true
}

/// Whether an ask is of just the goods that another is of, or of all that they may be.
fn is_same(other: &Ask, ask: &Ask, found: &[u32], catalog: &Catalog) -> bool {
    let unit_alone = ask.amount.is_none() && ask.container.is_some();
    if other.needles == ask.needles && !ask.needles.is_empty() && !unit_alone {
        return true;
    }
    let products = fit(other, catalog).products;
    let few = products.len() <= MOST && found.len() <= MOST;
    few && !products.is_empty() && products.iter().all(|product| found.contains(product))
}

/// Gives an ask the number of another.
fn renumber(ask: &mut Ask, by: &Ask) {
    let Some(amount) = by.amount.as_ref() else { return };
    ask.amount = Some(match ask.amount.as_ref() {
        Some(old) => in_unit_of(amount, old),
        None => amount.clone(),
    });
    ask.length = by.length.or(ask.length);
    ask.corrected = true;
}

/// Puts other goods in the place of an ask, which keeps its number when they have none.
fn replace(ask: &mut Ask, by: &Ask, found: &[u32], catalog: &Catalog) {
    let old = std::mem::take(ask);
    let amount = match (&by.amount, old.amount) {
        (Some(amount), _) => Some(amount.clone()),
        (None, Some(mut amount)) => {
            let agreed = |measure: Measure| {
                found.is_empty()
                    || found.iter().any(|at| {
                        catalog.at(*at).is_some_and(|product| agrees(measure, product, catalog))
                    })
            };
            if let Some((measure, word)) = &by.container {
                (amount.measure, amount.unit_word) = (Some(*measure), Some(word.clone()));
            } else if amount.measure.is_some_and(|measure| !agreed(measure)) {
                (amount.measure, amount.unit_word) = (None, None);
            }
            Some(amount)
        }
        (None, None) => None,
    };
    *ask = Ask {
        amount,
        length: by.length.or(old.length),
        corrected: true,
        corrects: Corrects::Nothing,
        whole: (old.whole.0, by.whole.1),
        edit: old.edit,
        or: old.or,
        price: old.price,
        ..by.clone()
    };
}
