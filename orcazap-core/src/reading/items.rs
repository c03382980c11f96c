//! Stages 15 and 16: asks that lean on each other are completed
//! (`2 de 100 e 4 de 50`, `3 de cada`, `metade preto`), then each becomes an
//! item, an ambiguous or an unknown ask.

use super::asks::{Ask, Counts, Edit};
use super::changes::Revision;
use super::confidence::confidence;
use super::resolve::{Fit, Said, agrees, fit, in_sale_units, is_no_name, micros, named, said};
use super::view::Message;
use super::vocabulary::Measure;
use super::words::{is_little, stem};
use super::{AmbiguousAsk, Context, Evidence, Item, UnknownAsk, context};
use crate::catalog::index::Reach;
use crate::catalog::matcher::{MOST, Needle, fits, sort_best_first};
use crate::catalog::{Catalog, Sku};
use crate::order::{Ambiguous, Unknown};
use crate::quantity::{Quantity, Unit};
use crate::text::visible;

/// The goods of a message.
#[derive(Debug, Default)]
pub(crate) struct Goods {
    pub(crate) items: Vec<Item>,
    pub(crate) ambiguous: Vec<AmbiguousAsk>,
    pub(crate) unknown: Vec<UnknownAsk>,
    /// Quantities and words that belong to nothing in the message.
    pub(crate) loose: Vec<Ask>,
    /// The message edits an order: of two quantities of one product the last holds.
    pub(crate) edits: bool,
    /// What an open order makes of the quantities said: `mais 5`, `tira 5`, `só 5`.
    pub(crate) revisions: Vec<Revision>,
}

impl Goods {
    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty() && self.ambiguous.is_empty() && self.unknown.is_empty()
    }

    /// Whether any of them is not wanted.
    pub(crate) fn takes_out(&self) -> bool {
        let items = self.items.iter().map(|item| item.qty);
        let ambiguous = self.ambiguous.iter().map(|found| found.ask.qty);
        let unknown = self.unknown.iter().map(|found| found.ask.qty);
        items.chain(ambiguous).chain(unknown).flatten().any(Quantity::is_zero)
    }
}

/// Completes asks from their neighbours.
///
/// Words of use say nothing, unless they may answer which of several was meant.
pub(crate) fn complete(asks: Vec<Ask>, answers: bool, catalog: &Catalog) -> Vec<Ask> {
    let mut asks = asks;
    if !answers {
        drop_uses(&mut asks, catalog);
    }
    share_each(&mut asks);
    let mut asks = give_loose(asks, catalog);
    let leaning = lean(&mut asks, catalog);
    split_halves(&mut asks);
    drop_parents(&mut asks, &leaning);
    asks
}

/// Words of use that name no kind of goods leave only their number.
fn drop_uses(asks: &mut Vec<Ask>, catalog: &Catalog) {
    for ask in asks.iter_mut() {
        let only_use = |needle: &Needle| {
            !needle.numeric
                && catalog.vocabulary().is_use(&needle.stem)
                && !needle.is_head(catalog.index(), Reach::Exact)
        };
        let counted = ask.amount.as_ref().is_some_and(|amount| amount.measure.is_none());
        if !ask.needles.is_empty() && ask.needles.iter().all(only_use) && !ask.foreign && !counted {
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

/// `rejunte branco e rejunte bege, 3 de cada`.
fn share_each(asks: &mut Vec<Ask>) {
    let mut each = None;
    for ask in asks.iter_mut().rev() {
        match ask.each {
            true => each.clone_from(&ask.amount),
            false if ask.amount.is_none() => ask.amount.clone_from(&each),
            false => each = None,
        }
    }
    asks.retain(|ask| !ask.each || ask.has_words());
}

/// A number alone belongs to the ask before it that has none, a unit alone to
/// the one before it that has no unit.
fn give_loose(asks: Vec<Ask>, catalog: &Catalog) -> Vec<Ask> {
    let mut kept: Vec<Ask> = Vec::with_capacity(asks.len());
    let mut rest = asks.into_iter().peekable();
    while let Some(ask) = rest.next() {
        let bare = !ask.has_words() && !ask.half;
        let wanting = |before: &&mut Ask| {
            before.has_words()
                && (before.amount.is_none() || ask.replaces)
                && before.edit == Edit::Ask
        };
        if bare && ask.amount.is_none() && is_unit_only(&ask, catalog) {
            if give_unit(&mut kept, &ask) {
                continue;
            }
        } else if bare && ask.amount.is_some() {
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
        kept.push(ask);
    }
    kept
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
    measured && next.has_words() && next.amount.is_none() && next.edit == Edit::Ask
}

/// Completes asks that name no kind of goods from the nearest that does; gives
/// for each ask the one it leans on.
fn lean(asks: &mut [Ask], catalog: &Catalog) -> Vec<Option<usize>> {
    let mut leaning = vec![None; asks.len()];
    let has_kind = |ask: &Ask| {
        let unit_named = ask.container.is_some() || names_unit(ask);
        let plain = ask.needles.iter().any(|needle| !needle.numeric && !needle.color);
        ask.needles
            .iter()
            .any(|needle| needle.is_head(catalog.index(), Reach::Exact) && !needle.numeric)
            || (unit_named && plain)
            || family_words(ask, catalog).len() > ask.needles.len()
    };
    let kinds: Vec<bool> = asks.iter().map(has_kind).collect();
    let behind_each = nearest_behind(&kinds);
    let all: Vec<bool> = asks.iter().map(|ask| ask.all).collect();
    let all_behind = nearest_behind(&all);
    let (mut last_kind, mut last_counted) = (None, None);
    for at in 0..asks.len() {
        let Some(ask) = asks.get(at) else { continue };
        let before = last_kind.or(last_counted);
        if kinds.get(at).copied().unwrap_or(false) {
            last_kind = Some(at);
        } else if ask.counts_goods() {
            last_counted = Some(at);
        }
        let behind = behind_each.get(at).copied().flatten();
        let numeric = !ask.needles.is_empty() && ask.needles.iter().all(|needle| needle.numeric);
        let all = all_behind.get(at).copied().flatten().filter(|_| numeric);
        let unit_only =
            ask.needles.is_empty() && !ask.foreign && (ask.container.is_some() || names_unit(ask));
        let own_product = unit_only
            && unit_words(ask).is_some_and(|word| !is_no_name(std::slice::from_ref(word), catalog));
        let incomplete = (all.is_some() || !kinds.get(at).copied().unwrap_or(true))
            && !ask.foreign
            && (!ask.needles.is_empty() || (unit_only && !own_product));
        if !incomplete {
            continue;
        }
        let countable = ask.amount.is_some() || ask.needles.iter().all(|needle| needle.numeric);
        let behind = behind.filter(|_| countable && !unit_only);
        for family in all.into_iter().chain(before).chain(behind) {
            let Some(parent) = asks.get(family) else { continue };
            if let Some(needles) = joined(&family_words(parent, catalog), &ask.needles, catalog) {
                let takes_over = family > at && numeric && ask.amount.is_none() && !unit_only;
                let bare_parent = family > at && (parent.amount.is_none() || takes_over);
                let parents_amount = parent.amount.clone().filter(|_| takes_over);
                let measure = parent
                    .amount
                    .as_ref()
                    .and_then(|amount| Some((amount.measure?, amount.unit_word.clone())));
                if let Some(ask) = asks.get_mut(at) {
                    if let (Some(amount), Some((measure, word))) = (&mut ask.amount, measure)
                        && amount.measure.is_none()
                        && family < at
                        && named(&needles, catalog)
                            .products
                            .iter()
                            .filter_map(|at| catalog.at(*at))
                            .any(|product| agrees(measure, product, catalog))
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
                if let Some(slot) = leaning.get_mut(at) {
                    *slot = Some(family);
                }
                if bare_parent && let Some(parent) = asks.get_mut(family) {
                    // Named only to say what the others are: `…, tudo ferro`.
                    parent.announces = true;
                }
                break;
            }
        }
    }
    leaning
}

/// The words that say what kind an ask is of. Of `30 caixa 4x2` the unit is one.
fn family_words(ask: &Ask, catalog: &Catalog) -> Vec<Needle> {
    let mut words = ask.needles.clone();
    let sizes_only = !words.is_empty() && words.iter().all(|needle| needle.numeric);
    if let Some(unit) = unit_words(ask).filter(|unit| sizes_only && unit.is_exact()) {
        words.insert(0, unit.clone());
        let named = unit.is_head(catalog.index(), Reach::Exact)
            && fits(&words, catalog.index(), Reach::Exact);
        if !named {
            words.remove(0);
        }
    }
    words
}

/// A family's words with those of a leaning ask in the place of the ones that
/// contradict them; `None` when nothing fits.
pub(crate) fn joined(family: &[Needle], own: &[Needle], catalog: &Catalog) -> Option<Vec<Needle>> {
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
        own.iter().any(|other| other.numeric == needle.numeric && other.color == needle.color)
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

/// `200 m de fio 1,5, metade preto metade azul`.
fn split_halves(asks: &mut [Ask]) {
    let mut whole = None;
    for ask in asks.iter_mut() {
        if ask.half && ask.has_words() && ask.amount.is_none() {
            ask.amount.clone_from(&whole);
            if let Some(amount) = &mut ask.amount {
                amount.value = amount.value.times(super::number::Num::from_micros(500_000));
                ask.half = false;
            }
        } else if ask.amount.is_some() {
            whole.clone_from(&ask.amount);
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

/// Decides what each ask is.
pub(crate) fn decide(
    asks: &[Ask],
    context: Context<'_>,
    edits: bool,
    message: &Message<'_>,
    catalog: &Catalog,
) -> Goods {
    let mut goods = Goods { edits, ..Goods::default() };
    let mut at = 0;
    while let Some(ask) = asks.get(at) {
        let mut group = 1;
        while asks.get(at + group).is_some_and(|next| next.or) {
            group += 1;
        }
        let alternatives = asks.get(at..at + group).unwrap_or_default();
        at += group;
        let nameless = ask.has_words()
            && !ask.foreign
            && !ask.leans
            && !ask.counts_goods()
            && !ask.needles.iter().any(Needle::is_code)
            && !ask.needles.iter().any(|needle| needle.is_head(catalog.index(), Reach::Exact))
            && !ask.needles.iter().any(|needle| catalog.vocabulary().is_good(&needle.stem))
            && ask.container.is_none()
            && !names_unit(ask)
            && is_no_name(&ask.needles, catalog)
            && !is_known_name(ask, message, catalog);
        let alone = if alternatives.len() == 1 { context.draft } else { None };
        let stands = |found: &Fit| {
            context.draft.is_some_and(|draft| context::stands(ask, found, draft, message, catalog))
        };
        let wanted = |ask: &Ask, found: &Fit| ask.edit != Edit::Unneeded || stands(found);
        if let Some(draft) = alone {
            let narrowed = if ask.implied {
                context::replaced(asks.get(at), draft, catalog)
            } else {
                context::narrowed(ask, &fit(ask, catalog), draft, catalog)
            };
            for found in narrowed.iter().filter(|found| wanted(ask, found)) {
                goods.place(ask, found, ask.words, message, catalog);
            }
            if !narrowed.is_empty() {
                continue;
            }
        }
        if nameless || (!ask.has_words() && ask.container.is_none() && !names_unit(ask)) {
            goods.loose.extend_from_slice(alternatives);
            continue;
        }
        let mut ask = ask.clone();
        ask.amount = alternatives.iter().find_map(|other| other.amount.clone());
        let ask = &ask;
        let found = either(alternatives, catalog);
        let words = alternatives.last().map_or(ask.words, |last| (ask.words.0, last.words.1));
        if wanted(ask, &found) {
            goods.place(ask, &found, words, message, catalog);
        }
    }
    goods
}

/// Whether two words or more are what the trade calls something, although the
/// store's name for it begins otherwise: `veda rosca` of `FITA VEDA ROSCA`.
fn is_known_name(ask: &Ask, message: &Message<'_>, catalog: &Catalog) -> bool {
    let words = (ask.words.0..ask.words.1).map(|token| message.word(token));
    let stems: Vec<String> =
        words.filter(|word| !word.is_empty() && !is_little(word)).map(stem).collect();
    stems.len() > 1 && !catalog.vocabulary().kin(&stems.join(" ")).is_empty()
}

fn unit_words(ask: &Ask) -> Option<&Needle> {
    let counted = ask.amount.as_ref().and_then(|amount| amount.unit_word.as_ref());
    counted.or(ask.container.as_ref().map(|(_, word)| word))
}

fn names_unit(ask: &Ask) -> bool {
    ask.amount
        .as_ref()
        .is_some_and(|amount| amount.unit_word.as_ref().is_some_and(Needle::is_exact))
}

/// What fits an ask or its alternatives (`ac2 ou ac3`).
fn either(alternatives: &[Ask], catalog: &Catalog) -> Fit {
    let mut found = alternatives
        .first()
        .map_or_else(|| Fit::of(Vec::new(), Reach::Misspelt), |ask| fit(ask, catalog));
    for other in alternatives.iter().skip(1) {
        found.products.extend(fit(other, catalog).products);
    }
    found.products.sort_unstable();
    found.products.dedup();
    found
}

impl Goods {
    pub(crate) fn place(
        &mut self,
        ask: &Ask,
        found: &Fit,
        words: (usize, usize),
        message: &Message<'_>,
        catalog: &Catalog,
    ) {
        let whole = match (ask.whole, words) {
            (whole, (_, 0)) => whole,
            ((_, 0), words) => words,
            (whole, words) => (whole.0.min(words.0), whole.1.max(words.1)),
        };
        let evidence =
            Evidence { span: message.span(whole.0, whole.1), confidence: confidence(ask, found) };
        let said = said(ask, found.unit_in_name).filter(|_| !found.unit_off);
        let words = if words.0 == words.1 { whole } else { words };
        let text = || visible(message.own_words(words.0, words.1)).trim().to_owned();
        match found.products.as_slice() {
            [] if !ask.has_words() => self.loose.push(ask.clone()),
            [] => {
                let qty = match ask.takes_out() || ask.counts == Counts::Less {
                    true => Some(Quantity::ZERO),
                    false => said.map(|said| said.qty),
                };
                self.unknown.push(UnknownAsk { ask: Unknown { text: text(), qty }, evidence });
            }
            [only] => {
                let Some(product) = catalog.at(*only) else { return };
                let said = said.and_then(|said| in_sale_units(said, product));
                let qty = if ask.takes_out() { Some(Quantity::ZERO) } else { said };
                let skus = vec![product.sku.clone()];
                if said.is_some() {
                    // `não quero mais 10, quero 15`: the last holds.
                    self.revisions.retain(|known| !known.is_of(&skus));
                }
                self.revisions.extend(Revision::of(ask, skus, said));
                self.add(Item { sku: product.sku.clone(), qty, evidence });
            }
            several => {
                let mut several = several.to_vec();
                sort_best_first(&mut several, &ask.needles, catalog.index());
                let more = several.len() > MOST;
                several.truncate(MOST);
                let (said, unit) = common_quantity(said, &several, catalog);
                let (qty, unit) =
                    if ask.takes_out() { (Some(Quantity::ZERO), None) } else { (said, unit) };
                let skus: Vec<Sku> = several
                    .iter()
                    .filter_map(|at| catalog.at(*at))
                    .map(|p| p.sku.clone())
                    .collect();
                self.revisions.extend(Revision::of(ask, skus.clone(), said));
                let ask = Ambiguous { text: text(), qty, unit, skus, more };
                self.ambiguous.push(AmbiguousAsk { ask, evidence });
            }
        }
    }

    /// Adds an item; the same product twice is one item with the sum.
    fn add(&mut self, item: Item) {
        let zero = |qty: Option<Quantity>| qty.is_some_and(Quantity::is_zero);
        let edits = self.edits;
        match self.items.iter_mut().find(|known| known.sku == item.sku) {
            Some(known) if edits && item.qty.is_some() => known.qty = item.qty,
            Some(known) if zero(known.qty) || zero(item.qty) => known.qty = item.qty,
            Some(known) => {
                known.qty = match (known.qty, item.qty) {
                    (Some(a), Some(b)) => a.checked_add(b),
                    (a, b) => a.or(b),
                };
            }
            None => self.items.push(item),
        }
    }
}

/// The quantity of an ambiguous ask: in sale units when that is the same for all.
pub(crate) fn common_quantity(
    said: Option<Said>,
    products: &[u32],
    catalog: &Catalog,
) -> (Option<Quantity>, Option<Unit>) {
    let Some(said) = said else { return (None, None) };
    let mut each = products
        .iter()
        .filter_map(|at| catalog.at(*at))
        .map(|product| in_sale_units(said, product));
    let first = each.next().flatten();
    if first.is_some() && each.all(|qty| qty == first) {
        return (first, None);
    }
    (Some(said.qty), Some(said.unit.unwrap_or(Unit::Piece)))
}
