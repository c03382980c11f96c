//! Stage 15, completion: asks that lean on each other are completed (`2 de 100 e 4
//! de 50`, `3 de cada`, `metade preto`), and those that only announced others go.

use super::asks::{Amount, Ask, Counts, Edit};
use super::number::Num;
use super::resolve::{agrees, is_no_name, is_sold_in, micros, named};
use super::vocabulary::{Fact, Measure};
use super::{corrected, described};
use crate::catalog::Catalog;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, any_holds, fits, fitting};
use crate::quantity::Unit;

/// How far behind an ask what covers it is looked for.
const MOST_COVERED: usize = 3;

/// How many words of its family and its own an ask may have: each that leans on one that
/// leans itself has more, and what a row of them costs grows with the row.
const MOST_WORDS: usize = 16;

/// Completes asks from their neighbours.
///
/// Words of use say nothing, unless they may answer which of several was meant.
pub(crate) fn complete(asks: Vec<Ask>, answers: bool, catalog: &Catalog) -> Vec<Ask> {
    let mut asks = asks;
    if !answers {
        drop_uses(&mut asks, catalog);
    }
    drop_broken(&mut asks, catalog);
    share_each(&mut asks, catalog);
    let mut asks = give_loose(asks, catalog);
    carry_units(&mut asks, catalog);
    described::settle(&mut asks, catalog);
    let mut leaning = lean(&mut asks, catalog);
    split_halves(&mut asks, &mut leaning, catalog);
    corrected::settle(&mut asks, &mut leaning, catalog);
    drop_parents(&mut asks, &leaning);
    drop_covered(&mut asks);
    asks
}

/// What is named first and asked for behind: `acabou o rejunte, manda 2 rejunte cinza`; or
/// counted behind by its kind: `tem haste de aterramento? 3 hastes`.
fn drop_covered(asks: &mut Vec<Ask>) {
    let plain = |ask: &Ask| ask.edit == Edit::Ask && !ask.or && !ask.foreign && !ask.misfit;
    let counts = |ask: &Ask, other: &Ask| {
        plain(ask)
            && plain(other)
            && ask.lacks_amount()
            && other.is_counted()
            && !other.needles.is_empty()
            && other.needles.len() < ask.needles.len()
            && other.needles.iter().all(|needle| ask.needles.contains(needle))
    };
    asks.dedup_by(|other, ask| {
        let counted = counts(ask, other);
        if counted {
            ask.amount = other.amount.take();
            ask.whole.1 = other.whole.1;
        }
        counted
    });
    let covers = |ask: &Ask, other: &Ask| {
        other.edit == Edit::Ask
            && other.amount.is_some()
            && other.needles.len() > ask.needles.len()
            && ask.needles.iter().all(|needle| other.needles.contains(needle))
    };
    let covered: Vec<bool> = asks
        .iter()
        .enumerate()
        .map(|(at, ask)| {
            let bare = ask.amount.is_none() && ask.edit == Edit::Ask && !ask.price && !ask.or;
            let behind = asks.iter().skip(at + 1);
            // `tem tubo de 200? e 2 tubo 150` asks for what is not here, too.
            bare && !ask.misfit
                && !ask.needles.is_empty()
                && behind.take(MOST_COVERED).any(|other| covers(ask, other) && !other.or)
        })
        .collect();
    let mut covered = covered.into_iter();
    asks.retain(|_| !covered.next().unwrap_or(false));
}

/// `o cachorro roeu o fio, manda 2 tomadas`: what broke is not asked for, where others are.
fn drop_broken(asks: &mut Vec<Ask>, catalog: &Catalog) {
    let others = |ask: &Ask| !ask.broken && ask.edit == Edit::Ask && has_kind(ask, catalog);
    if asks.iter().any(others) {
        asks.retain(|ask| !ask.broken);
    }
}

/// Words of use that name no kind of goods leave only their number.
fn drop_uses(asks: &mut Vec<Ask>, catalog: &Catalog) {
    for ask in asks.iter_mut() {
        let only_use = |needle: &Needle| {
            !needle.numeric
                && needle.is(Fact::Use)
                && !needle.is_head(catalog.index(), Reach::Exact)
        };
        let counted = ask.amount.as_ref().is_some_and(|amount| amount.measure.is_none());
        // `balde de pedreiro`
        let names_unit = || {
            let unit = ask.unit_word().into_iter().chain(&ask.needles);
            ask.unit_word().is_some() && any_holds(unit, catalog.index(), Reach::Exact)
        };
        let uses = !ask.needles.is_empty() && ask.needles.iter().all(only_use) && !ask.foreign;
        if uses && !counted && !names_unit() {
            ask.needles.clear();
            ask.misfit = false;
            if ask.amount.is_none() {
                ask.container = None;
            }
        }
    }
    asks.retain(|ask| {
        let said = ask.amount.is_some() || ask.container.is_some();
        ask.has_words() || said || ask.half || ask.implied || ask.counts != Counts::Plain
    });
}

/// `rejunte branco e rejunte bege, 3 de cada`; `3 de cada: branco e bege`;
/// `cabo 2,5: 2 rolos de cada, preto e azul`.
fn share_each(asks: &mut Vec<Ask>, catalog: &Catalog) {
    corrected::by_each(asks);
    for at in 0..asks.len() {
        let Some(each) = asks.get(at).filter(|ask| ask.each) else { continue };
        let leads = at == 0 && !each.has_words();
        let Some(amount) = each.amount.clone() else { continue };
        let kinds = |ask: &&mut Ask| {
            ask.lacks_amount() && ask.has_words() && (leads || !has_kind(ask, catalog))
        };
        let behind = asks.iter_mut().skip(at + 1).take_while(kinds);
        let shared = behind.map(|ask| ask.amount = Some(amount.clone())).count() > 0;
        if let Some(each) = asks.get_mut(at).filter(|_| shared) {
            each.amount = None;
        }
    }
    let mut each = None;
    for ask in asks.iter_mut().rev() {
        match ask.each {
            true => each.clone_from(&ask.amount),
            false if ask.lacks_amount() => ask.amount.clone_from(&each),
            // `uma chave de fenda e uma phillips, 1 de cada`
            false if !ask.is_counted() => {}
            false => each = None,
        }
    }
    // Alone it is of what stands in the order.
    let named = asks.iter().any(Ask::has_words);
    asks.retain(|ask| !ask.each || ask.has_words() || !named);
}

/// A number alone belongs to the ask before it that has none, a unit alone to
/// the one before it that has no unit.
fn give_loose(asks: Vec<Ask>, catalog: &Catalog) -> Vec<Ask> {
    let mut kept: Vec<Ask> = Vec::with_capacity(asks.len());
    // Where the last of them stands that has words.
    let mut named = None;
    let mut rest = asks.into_iter().peekable();
    while let Some(ask) = rest.next() {
        let bare = !ask.has_words() && !ask.half;
        let wanting = |before: &&mut Ask| {
            before.has_words()
                && (before.lacks_amount() || puts_right(&ask, before))
                && before.edit == Edit::Ask
        };
        if bare && ask.amount.is_none() && is_unit_only(&ask, catalog) {
            if give_unit(&mut kept, &ask) {
                continue;
            }
        } else if bare && ask.amount.is_some() {
            if named.is_some_and(|last| corrected::by_number(&mut kept, last, &ask, catalog)) {
                continue;
            }
            if let Some(before) = kept.last_mut().filter(wanting) {
                before.given = true;
                before.amount = ask.amount;
                if ask.counts != Counts::Plain {
                    before.counts = ask.counts;
                }
                before.container = before.container.take().or(ask.container);
                before.whole.1 = ask.whole.1.max(before.whole.1);
                continue;
            }
            if let Some(next) = rest.peek_mut().filter(|next| is_measured_for(&ask, next)) {
                // `cobrir 35 m²: manta asfáltica 4 mm`
                next.given = true;
                next.amount = ask.amount;
                next.whole.0 = ask.whole.0;
                continue;
            }
        }
        named = if ask.has_words() { Some(kept.len()) } else { named };
        kept.push(ask);
    }
    kept
}

/// `um galão de esmalte e um de látex`, `uma carrada de areia e uma de barro`: the unit
/// goes on, where what follows can be counted in it.
fn carry_units(asks: &mut [Ask], catalog: &Catalog) {
    let mut unit: Option<(Measure, Option<Needle>)> = None;
    for ask in asks {
        let Some(amount) = &mut ask.amount else { continue };
        match amount.measure {
            Some(measure @ Measure::Pieces(1000)) => {
                unit = Some((measure, amount.unit_word.clone()));
            }
            Some(Measure::Pieces(_) | Measure::Unit(Unit::Thousand | Unit::Piece)) => unit = None,
            Some(measure) => unit = Some((measure, amount.unit_word.clone())),
            None if ask.elliptic && ask.needles.iter().any(|needle| !needle.numeric) => {
                let Some((measure, word)) = &unit else { continue };
                let half = amount.value < Num::whole(1);
                if *measure == Measure::Pieces(1000) && !half {
                    // `1 milheiro de tijolo e 25 de telha`
                    continue;
                }
                let products = named(&ask.needles, catalog).products;
                let measured = measure.unit().is_some_and(Unit::is_measure);
                let so = |at: &u32| {
                    catalog.at(*at).is_some_and(|product| match measured {
                        // `5 kg de prego e 10 de cimento` are bags.
                        true => is_sold_in(*measure, product, catalog),
                        false => agrees(*measure, product, catalog),
                    })
                };
                if products.iter().any(so) {
                    (amount.measure, amount.unit_word) = (Some(*measure), word.clone());
                }
            }
            None => {}
        }
    }
}

/// `10 sacos é muito, deixa só 6`: whether a number takes the place of the one before.
fn puts_right(ask: &Ask, before: &Ask) -> bool {
    let article = ask.amount.as_ref().is_some_and(|amount| amount.article);
    ask.counts == Counts::Instead && before.counts == Counts::Plain && !article
}

/// Whether an ask is a unit that is no product by itself.
fn is_unit_only(ask: &Ask, catalog: &Catalog) -> bool {
    ask.container.as_ref().is_some_and(|(_, word)| is_no_name(std::slice::from_ref(word), catalog))
}

/// `areia média; 6; m3`, `gelo ou branco neve, lata`: gives a unit to the last
/// ask and its alternatives, when they have none.
fn give_unit(kept: &mut [Ask], unit: &Ask) -> bool {
    let mut given = false;
    for ask in kept.iter_mut().rev() {
        let counted = ask.amount.as_ref().is_some_and(|amount| amount.measure.is_some());
        if !ask.has_words() || ask.container.is_some() || counted || ask.edit != Edit::Ask {
            break;
        }
        match (&mut ask.amount, &unit.container) {
            // `…, o caminhão entra na rua`
            (Some(_), Some((Measure::Load, _))) => {}
            (Some(amount), Some((measure, word))) => {
                (amount.measure, amount.unit_word) = (Some(*measure), Some(word.clone()));
            }
            (None, container) => ask.container.clone_from(container),
            (Some(_), None) => {}
        }
        given = true;
        if !ask.or {
            break;
        }
    }
    given
}

/// Whether a measured quantity stands before goods that have none.
fn is_measured_for(loose: &Ask, next: &Ask) -> bool {
    let measured = loose.amount.as_ref().is_some_and(|amount| {
        matches!(
            amount.measure,
            Some(Measure::Unit(
                Unit::SquareMeter | Unit::Meter | Unit::CubicMeter | Unit::Kilogram
            ))
        )
    });
    // `pintura da sala: 1 lata selador`
    let headed = loose.words.1 > loose.words.0 && next.whole.0 <= loose.whole.1 + 1;
    (measured || headed) && next.has_words() && next.amount.is_none() && next.edit == Edit::Ask
}

/// Completes asks that name no kind of goods from the nearest that does; gives
/// for each ask the one it leans on.
fn lean(asks: &mut [Ask], catalog: &Catalog) -> Vec<Option<usize>> {
    let kinds: Vec<bool> = asks.iter().map(|ask| has_kind(ask, catalog)).collect();
    let kind_behind = nearest_behind(&kinds);
    let all: Vec<bool> = asks.iter().map(|ask| ask.all).collect();
    let all_behind = nearest_behind(&all);
    let mut leaning = vec![None; asks.len()];
    let (mut last_kind, mut last_counted) = (None, None);
    for (at, slot) in leaning.iter_mut().enumerate() {
        let Some(ask) = asks.get(at) else { continue };
        let before = last_kind.or(last_counted);
        let kind = kinds.get(at).copied().unwrap_or(true);
        if kind {
            last_kind = Some(at);
        } else if ask.counts_goods() {
            last_counted = Some(at);
        }
        let all = all_behind.get(at).copied().flatten().filter(|_| is_sizes(ask));
        if (kind && all.is_none()) || !wants_family(ask, catalog) {
            continue;
        }
        let countable = ask.amount.is_some() || ask.needles.iter().all(|needle| needle.numeric);
        let behind = kind_behind.get(at).copied().flatten();
        let behind = behind.filter(|_| countable && !is_unit_alone(ask));
        *slot = all
            .into_iter()
            .chain(before)
            .chain(behind)
            .find(|family| take_family(asks, at, *family, catalog));
    }
    leaning
}

/// Whether an ask says what kind of goods it is of.
pub(super) fn has_kind(ask: &Ask, catalog: &Catalog) -> bool {
    let unit_named = ask.container.is_some() || ask.names_unit();
    let plain = ask.needles.iter().any(|needle| !needle.numeric && !needle.is(Fact::Color));
    ask.needles
        .iter()
        .any(|needle| needle.is_head(catalog.index(), Reach::Exact) && !needle.numeric)
        || (unit_named && plain)
        || kind_of_sizes(ask, catalog).is_some()
}

/// Whether an ask is nothing but sizes.
fn is_sizes(ask: &Ask) -> bool {
    !ask.needles.is_empty() && ask.needles.iter().all(|needle| needle.numeric)
}

/// Whether an ask is nothing but a unit: `2 rolos`.
fn is_unit_alone(ask: &Ask) -> bool {
    let counted = ask.amount.as_ref().and_then(|amount| amount.measure);
    let container = counted.and_then(Measure::unit).is_some_and(|unit| {
        !unit.is_measure() && !matches!(unit, Unit::Piece | Unit::Part | Unit::Thousand)
    });
    let packed = ask.container.is_some() || ask.names_unit() || container;
    ask.needles.is_empty() && !ask.foreign && packed
}

/// Whether an ask may lean on another: it says something, but is no product by itself.
fn wants_family(ask: &Ask, catalog: &Catalog) -> bool {
    let own_product =
        || ask.unit_word().is_some_and(|word| !is_no_name(std::slice::from_ref(word), catalog));
    // `óleo de motor` beside paint is none.
    let another =
        ask.misfit && ask.needles.iter().any(|needle| !needle.numeric && needle.is(Fact::Good));
    !ask.foreign && !another && (!ask.needles.is_empty() || (is_unit_alone(ask) && !own_product()))
}

/// Completes an ask from its family, when something fits them together.
fn take_family(asks: &mut [Ask], at: usize, family: usize, catalog: &Catalog) -> bool {
    let (Some(ask), Some(parent)) = (asks.get(at), asks.get(family)) else { return false };
    let Some(needles) = joined(&family_words(parent, catalog), &ask.needles, catalog) else {
        return false;
    };
    let sold_so = |measure: Measure| {
        let products = named(&needles, catalog).products;
        products
            .iter()
            .any(|at| catalog.at(*at).is_some_and(|product| is_sold_in(measure, product, catalog)))
    };
    if is_unit_alone(ask)
        && ask
            .amount
            .as_ref()
            .and_then(|amount| amount.measure)
            .is_some_and(|measure| !sold_so(measure))
    {
        // `1 enxada e 2 baldes` are no spades.
        return false;
    }
    let takes_over = family > at && is_sizes(ask) && ask.amount.is_none() && !is_unit_alone(ask);
    // `troca o 3/8 por ferro 1/2` names what takes its place.
    let only_announces =
        family > at && (parent.amount.is_none() || takes_over) && parent.edit == ask.edit;
    let parents_amount = parent.amount.clone().filter(|_| takes_over);
    // `2 milheiros de tijolo de 6 e 1 de 8`, but `15 refratários`
    let few = ask.amount.as_ref().is_some_and(|amount| amount.value < Num::whole(10));
    let measure = parent.amount.as_ref().filter(|_| family < at).and_then(|amount| {
        // `meia dúzia de rejunte branco e 1 bege`: a dozen does not go on, as a milheiro does.
        let measure = amount.measure.filter(|measure| *measure != Measure::Pieces(12))?;
        (measure != Measure::Pieces(1000) || few).then_some(())?;
        let fits = |product: &u32| {
            catalog.at(*product).is_some_and(|product| agrees(measure, product, catalog))
        };
        let counted = named(&needles, catalog).products.iter().any(fits);
        counted.then(|| (measure, amount.unit_word.clone()))
    });
    if let Some(ask) = asks.get_mut(at) {
        if let (Some(amount), Some((measure, word))) = (&mut ask.amount, measure)
            && amount.measure.is_none()
        {
            (amount.measure, amount.unit_word) = (Some(measure), word);
        }
        if takes_over {
            ask.amount = parents_amount;
        }
        ask.needles = needles;
        ask.leans = true;
        ask.misfit = false;
    }
    if only_announces && let Some(parent) = asks.get_mut(family) {
        // Named only to say what the others are: `…, tudo ferro`.
        parent.announces = true;
    }
    true
}

/// The words that say what kind an ask is of. Of `30 caixa 4x2` the unit is one.
fn family_words(ask: &Ask, catalog: &Catalog) -> Vec<Needle> {
    kind_of_sizes(ask, catalog).into_iter().chain(&ask.needles).cloned().collect()
}

/// The unit that says what kind the sizes are of that an ask names.
fn kind_of_sizes<'a>(ask: &'a Ask, catalog: &Catalog) -> Option<&'a Needle> {
    let unit = ask.unit_word().filter(|unit| is_sizes(ask) && unit.is_exact())?;
    let index = catalog.index();
    // `1 rolo de 25`, where what is called a roll is of 23, is none of `MANTA ROLO 25M`.
    let products = fitting([unit].into_iter().chain(&ask.needles), index, Reach::Exact).0;
    products.iter().any(|product| unit.is_kind_of(*product, index)).then_some(unit)
}

/// A family's words with those of a leaning ask in the place of the ones that
/// contradict them; `None` when nothing fits.
pub(crate) fn joined(family: &[Needle], own: &[Needle], catalog: &Catalog) -> Option<Vec<Needle>> {
    (family.len() + own.len() <= MOST_WORDS).then_some(())?;
    let keep = |without: &[usize]| -> Vec<Needle> {
        let kept = family
            .iter()
            .enumerate()
            .filter(|(at, _)| !without.contains(at))
            .map(|(_, needle)| needle);
        kept.chain(own).cloned().collect()
    };
    let fits = |needles: &[Needle]| fits(needles, catalog.index(), Reach::Kin);
    let all = keep(&[]);
    if fits(&all) {
        return Some(all);
    }
    let alike = |needle: &Needle| {
        own.iter().any(|other| {
            other.numeric == needle.numeric && other.is(Fact::Color) == needle.is(Fact::Color)
        })
    };
    let count = family.len().min(8);
    let first = usize::from(!family.first().is_some_and(|needle| needle.numeric));
    let mut single: Vec<usize> = (first..count).rev().collect();
    single.sort_by_key(|at| !family.get(*at).is_some_and(alike));
    if let Some(found) = single.iter().map(|at| keep(&[*at])).find(|needles| fits(needles)) {
        return Some(found);
    }
    let pairs = (1..count).flat_map(|a| (a + 1..count).map(move |b| [a, b]));
    if let Some(found) = pairs.map(|pair| keep(&pair)).find(|needles| fits(needles)) {
        return Some(found);
    }
    let head: Vec<Needle> = family.iter().take(1).chain(own).cloned().collect();
    fits(&head).then_some(head)
}

/// `200 m de fio 1,5, metade preto metade azul`, `20 sacos de argamassa metade ac1
/// metade ac2`: halves of what was counted before them, which they stand for.
fn split_halves(asks: &mut [Ask], leaning: &mut [Option<usize>], catalog: &Catalog) {
    let mut whole = None;
    for (at, parent) in leaning.iter_mut().enumerate() {
        let Some(ask) = asks.get(at) else { continue };
        if !(ask.half && ask.has_words() && ask.amount.is_none()) {
            whole = if ask.amount.is_some() { Some(at) } else { whole };
            continue;
        }
        let Some(counted) = whole.and_then(|whole| asks.get(whole)) else { continue };
        let amount = counted.amount.clone().map(|amount| Amount {
            value: amount.value.times(Num::from_micros(500_000)),
            ..amount
        });
        let kind = joined(&counted.needles, &ask.needles, catalog);
        if parent.is_none() && kind.is_some() {
            *parent = whole;
        }
        if let Some(ask) = asks.get_mut(at) {
            ask.needles = kind.unwrap_or_else(|| std::mem::take(&mut ask.needles));
            ask.amount = amount;
            ask.half = false;
        }
    }
}

/// The nearest place behind each at which a flag is set.
fn nearest_behind(flags: &[bool]) -> Vec<Option<usize>> {
    let mut nearest = vec![None; flags.len()];
    let mut last = None;
    for (at, slot) in nearest.iter_mut().enumerate().rev() {
        *slot = last;
        if flags.get(at).copied().unwrap_or(false) {
            last = Some(at);
        }
    }
    nearest
}

/// What the asks that lean on another add up to.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    /// One of them is no part.
    beside: bool,
    count: usize,
    counted: usize,
    sum: i64,
}

/// An ask that only announced its parts is none: `quatro fechaduras, três
/// internas e uma externa`, `fio 4: 40 m preto 40 m vermelho`.
fn drop_parents(asks: &mut Vec<Ask>, leaning: &[Option<usize>]) {
    let mut parts = vec![Parts::default(); asks.len()];
    for (child, parent) in leaning.iter().enumerate() {
        let Some(parent) = parent.filter(|parent| *parent < child) else { continue };
        let said = asks.get(parent).map_or(0, |parent| parent.needles.len());
        if let (Some(parts), Some(ask)) = (parts.get_mut(parent), asks.get(child)) {
            // A part says more than what announced it; what says something else
            // in its place (`fio azul, 1 preto`) stands beside it.
            parts.beside |= ask.needles.len() <= said;
            parts.count += 1;
            parts.counted += usize::from(ask.amount.is_some());
            parts.sum += ask.amount.as_ref().map_or(0, micros);
        }
    }
    let announced = |ask: &Ask, parts: &Parts| match &ask.amount {
        _ if parts.count == 0 || parts.beside => false,
        Some(amount) => parts.sum == micros(amount) && parts.count > 1,
        None => parts.counted == parts.count && ask.edit == Edit::Ask && !ask.price,
    };
    let dropped: Vec<bool> =
        asks.iter().zip(&parts).map(|(ask, parts)| announced(ask, parts)).collect();
    let mut position = 0;
    asks.retain(|ask| {
        let drop = dropped.get(position).copied().unwrap_or(false) || ask.announces;
        position += 1;
        !drop
    });
}
