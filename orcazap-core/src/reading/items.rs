//! Stage 16, products: each ask becomes an item, an ambiguous or an unknown ask.

use super::asks::{Ask, Corrects, Counts, Edit, size_measure};
use super::changes::Revision;
use super::confidence::confidence;
use super::context::Answers;
use super::number::Num;
use super::resolve::{
    Fit, Said, called_by_unit, fit, in_sale_units, is_no_name, is_sold_in, rounded_to_sale_units,
    said,
};
use super::view::Message;
use super::vocabulary::{Fact, Measure};
use super::words::is_little;
use super::{AmbiguousAsk, Context, Evidence, Item, UnknownAsk, context};
use crate::catalog::index::Reach;
use crate::catalog::matcher::{MOST, Needle, held_by, only_goes_with, sort_best_first};
use crate::catalog::{Catalog, Pack, Product, Sku};
use crate::order::{Ambiguous, Draft, DraftItem, Missing, Unknown};
use crate::quantity::{Quantity, Unit};
use crate::text::visible;

/// How many products in question can all be wanted without a word that says so.
const FEW: usize = 3;

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

    /// Whether they are goods of an order in the quantities in which they stand there.
    pub(crate) fn repeat(&self, draft: &Draft) -> bool {
        let stands = |item: &Item| {
            let known = draft.items.iter().find(|known| known.sku == item.sku);
            item.qty.is_some() && known.is_some_and(|known| known.qty == item.qty)
        };
        let others = self.ambiguous.is_empty() && self.unknown.is_empty();
        !self.items.is_empty() && others && self.items.iter().all(stands)
    }

    /// Whether a number alone is said of an order that lacks nothing, and of which it can
    /// mean one product only: `12`, `manda 12`, `e se for 60 sacos?`.
    /// One that is told (`põe 20 então`) can be no house number, so that the place may lack.
    pub(crate) fn is_another_number(&self, draft: &Draft, catalog: &Catalog) -> bool {
        let [ask] = self.loose.as_slice() else { return false };
        let told = ask.corrects != Corrects::Nothing;
        let lacks = |missing: &Missing| match missing {
            Missing::Place | Missing::Payment => !told,
            Missing::Items | Missing::Quantity { .. } | Missing::Choice { .. } => true,
        };
        let alone = !ask.has_words() && ask.is_counted();
        let likely = !told || draft.items.first().is_some_and(|item| is_likely(ask, item, catalog));
        alone && likely && draft.items.len() == 1 && !draft.missing().iter().any(lacks)
    }

    /// Whether any of them is not wanted.
    pub(crate) fn takes_out(&self) -> bool {
        let items = self.items.iter().map(|item| item.qty);
        let ambiguous = self.ambiguous.iter().map(|found| found.ask.qty);
        let unknown = self.unknown.iter().map(|found| found.ask.qty);
        items.chain(ambiguous).chain(unknown).flatten().any(Quantity::is_zero)
    }
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
    let mut gone = None;
    let mut at = 0;
    while let Some(ask) = asks.get(at) {
        let group = 1 + asks.iter().skip(at + 1).take_while(|next| next.or).count();
        let alternatives = asks.get(at..at + group).unwrap_or_default();
        at += group;
        let replaced = gone.take();
        let alone = if alternatives.len() == 1 { context.draft } else { None };
        let sized = alone.filter(|_| asks.len() == 1);
        let sized = sized.and_then(|draft| context::as_size(ask, draft, catalog));
        let ask = sized.as_ref().unwrap_or(ask);
        let alternatives = sized.as_ref().map_or(alternatives, std::slice::from_ref);
        let stands = |found: &Fit| {
            context.draft.is_some_and(|draft| context::stands(ask, found, draft, message, catalog))
        };
        let wanted = |ask: &Ask, found: &Fit| ask.edit != Edit::Unneeded || stands(found);
        let narrowed = alone.map_or_else(Vec::new, |draft| {
            if ask.implied {
                context::replaced(asks.get(at), draft, catalog)
            } else {
                let answers = Answers::of(ask, asks.len(), message);
                context::narrowed(ask, &fit(ask, catalog), answers, draft, catalog)
            }
        });
        for found in narrowed.iter().filter(|found| wanted(ask, found)) {
            goods.place(ask, found, ask.words, message, catalog);
            gone = gone.or(taken_out(ask, found));
        }
        if !narrowed.is_empty() {
            continue;
        }
        let unit_alone = !ask.has_words() && ask.container.is_none() && !ask.names_unit();
        // `troca o bipolar pelo monopolar`
        let nameless = !ask.substitutes
            && is_nameless(ask, message, catalog)
            && !is_told_by_unit(ask, catalog);
        if nameless && asks.len() > 1 && ask.counts_a_kind() {
            // `3 latas de branco neve, 2 gelo`: of what is not known, but it was asked for.
            goods.place(ask, &Fit::of(Vec::new(), Reach::Misspelt), ask.words, message, catalog);
            continue;
        }
        if unit_alone || nameless {
            goods.loose.extend_from_slice(alternatives);
            continue;
        }
        let mut found = either(alternatives, catalog);
        let waits = context.draft.is_some_and(|draft| waits_for(ask, draft, catalog));
        if found.products.is_empty()
            && !(ask.has_words() || waits)
            && ask.is_counted()
            && let Some(called) = called_by_unit(ask, catalog)
        {
            found = called;
        }
        if let Some(like) =
            replaced.and_then(|gone| context::in_place_of(gone, ask, &found, catalog))
        {
            found = like;
        }
        if ask.elliptic && found.products.len() > 1 {
            goes_on(&mut found, context.draft, catalog);
        }
        gone = taken_out(ask, &found);
        let amount = alternatives.iter().find_map(|other| other.amount.clone());
        let words = alternatives.last().map_or(ask.words, |last| (ask.words.0, last.words.1));
        if wanted(ask, &found) {
            goods.place(&Ask { amount, ..ask.clone() }, &found, words, message, catalog);
        }
    }
    goods
}

/// Whether `2 rolos` may be of something in the order: of what has no number yet, or of
/// what is sold so.
fn waits_for(ask: &Ask, draft: &Draft, catalog: &Catalog) -> bool {
    let sold_so = |sku: &Sku| {
        let measure = ask.amount.as_ref().and_then(|amount| amount.measure);
        measure
            .zip(catalog.get(sku))
            .is_some_and(|(measure, product)| is_sold_in(measure, product, catalog))
    };
    !draft.ambiguous.is_empty()
        || draft.items.iter().any(|item| item.qty.is_none() || sold_so(&item.sku))
}

/// `6 de brita 1` behind `5 m³ de areia`: of what fits, that which is sold as the last goods
/// of the order are.
fn goes_on(found: &mut Fit, draft: Option<&Draft>, catalog: &Catalog) {
    let last = draft.and_then(|draft| draft.items.last());
    let Some(unit) = last.and_then(|item| catalog.get(&item.sku)).map(|product| product.unit)
    else {
        return;
    };
    let so = |at: &u32| catalog.at(*at).is_some_and(|product| product.unit == unit);
    if found.products.iter().any(so) {
        found.products.retain(so);
    }
}

/// `manda 350 no pix` of ten bags: a number far from the one that stands is rather a price,
/// and one in eighths a size.
pub(super) fn is_likely(ask: &Ask, item: &DraftItem, catalog: &Catalog) -> bool {
    /// A zero may have been forgotten.
    const FARTHEST: Num = Num::whole(10);
    let Some(amount) = ask.amount.as_ref() else { return false };
    let units = catalog
        .get(&item.sku)
        .zip(said(ask, false))
        .and_then(|(product, said)| in_sale_units(said, product));
    let Some((told, stands)) = units.zip(item.qty).filter(|_| amount.measure.is_none()) else {
        return true;
    };
    let (told, stands) = (Num::from_quantity(told), Num::from_quantity(stands));
    let inches = amount.value.slashed().is_some_and(|(_, parts)| matches!(parts, 8 | 16 | 32));
    !inches && told <= stands.times(FARTHEST) && stands <= told.times(FARTHEST)
}

/// The one product that an ask takes out.
fn taken_out(ask: &Ask, found: &Fit) -> Option<u32> {
    match found.products.as_slice() {
        [only] if ask.edit == Edit::Remove => Some(*only),
        _ => None,
    }
}

/// Whether an ask's words are no goods by themselves: a colour, a kind, a word that
/// products only have somewhere in their names.
fn is_nameless(ask: &Ask, message: &Message<'_>, catalog: &Catalog) -> bool {
    ask.has_words()
        && !ask.foreign
        && !ask.leans
        && !ask.counts_goods()
        && !ask.needles.iter().any(Needle::is_code)
        && !ask.needles.iter().any(|needle| needle.is_head(catalog.index(), Reach::Exact))
        && !ask.needles.iter().any(|needle| needle.is(Fact::Good))
        && ask.container.is_none()
        && !ask.names_unit()
        && is_no_name(&ask.needles, catalog)
        && !is_known_name(ask, message, catalog)
}

/// `40 barras de 5/16`: whether sizes, counted in a unit, are of one product only.
fn is_told_by_unit(ask: &Ask, catalog: &Catalog) -> bool {
    let counted = ask.amount.as_ref().is_some_and(|amount| {
        matches!(amount.measure, Some(Measure::Unit(unit)) if !unit.is_measure() && unit != Unit::Piece)
    });
    counted && {
        let found = fit(ask, catalog);
        matches!(found.products.as_slice(), [_]) && !found.unit_off
    }
}

/// `1 milheiro de tijolo maciço` of a `Tijolo Maciço Milheiro`: whether the unit said is how the
/// product is sold, beside being a word of its name.
fn counts_in_sale_units(ask: &Ask, found: &Fit, catalog: &Catalog) -> bool {
    let ([only], Some(measure)) =
        (found.products.as_slice(), ask.amount.as_ref().and_then(|amount| amount.measure))
    else {
        return false;
    };
    catalog.at(*only).is_some_and(|product| match measure {
        Measure::Pieces(pieces) => pieces == 1000 && product.unit == Unit::Thousand,
        Measure::Container | Measure::Contents => product.unit == Unit::Pack,
        measure => is_sold_in(measure, product, catalog),
    })
}

/// Whether two words or more are what the trade calls something, although the
/// store's name for it begins otherwise: `veda rosca` of `FITA VEDA ROSCA`.
fn is_known_name(ask: &Ask, message: &Message<'_>, catalog: &Catalog) -> bool {
    let said = |word: &str| !word.is_empty() && !is_little(word);
    let words = (ask.words.0..ask.words.1).filter(|token| said(message.word(*token)));
    let stems: Vec<&str> = words.map(|token| message.stem(token)).collect();
    stems.len() > 1 && !catalog.vocabulary().kin(&stems.join(" ")).is_empty()
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
    if let ([only], [ask]) = (found.products.as_slice(), alternatives)
        && !ask.unit_word().is_some_and(|unit| unit.is_kind_of(*only, catalog.index()))
        && only_goes_with(&ask.needles, *only, catalog)
    {
        found.products.clear();
    }
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
        let sure = confidence(ask, found, message.is_respelt(whole.0, whole.1));
        let evidence = Evidence { span: message.span(whole.0, whole.1), confidence: sure };
        let unit_in_name = found.unit_in_name && !counts_in_sale_units(ask, found, catalog);
        let said = said(ask, unit_in_name).filter(|_| !found.unit_off);
        let words = if words.0 == words.1 { whole } else { words };
        // `3 carrinhos de mão`, although others are counted in such
        let goods =
            |token: &usize| message.is_unit(*token) && message.of_stem(*token).is(Fact::Good);
        let named = (whole.0..words.0).find(goods);
        let words = (named.unwrap_or(words.0), words.1);
        let text = || visible(message.own_words(words.0, words.1)).trim().to_owned();
        match found.products.as_slice() {
            [] if !ask.has_words() => self.loose.push(ask.clone()),
            [] => {
                let qty = match ask.takes_out() || ask.counts == Counts::Less {
                    true => Some(Quantity::ZERO),
                    // A barrow that is asked for is no load of anything.
                    false if named.is_some() && ask.is_counted() => {
                        let clear = ask
                            .amount
                            .as_ref()
                            .filter(|amount| !(amount.vague || amount.article && ask.price));
                        clear.and_then(|amount| amount.value.quantity())
                    }
                    false => said.map(|said| said.qty),
                };
                self.unknown.push(UnknownAsk { ask: Unknown { text: text(), qty }, evidence });
            }
            [only] => {
                let Some(product) = catalog.at(*only) else { return };
                if ask.counts == Counts::Less && describes(ask, *only, product, catalog) {
                    let all = Counts::Plain;
                    let gone = Ask { edit: Edit::Remove, counts: all, amount: None, ..ask.clone() };
                    return self.place(&gone, found, words, message, catalog);
                }
                let rounded = said.and_then(|said| rounded_to_sale_units(said, product));
                let said = said.and_then(|said| in_sale_units(said, product));
                let qty = if ask.takes_out() { Some(Quantity::ZERO) } else { said };
                let skus = vec![product.sku.clone()];
                if said.is_some() {
                    // `não quero mais 10, quero 15`: the last holds.
                    self.revisions.retain(|known| !known.is_of(&skus));
                }
                self.revisions.extend(Revision::of(ask, skus, said));
                self.add(Item { sku: product.sku.clone(), qty, rounded, evidence });
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

    /// `10 de cada`: of each product of the order that has no number yet, or of all; of each
    /// in question, where nothing else waits.
    pub(crate) fn place_each(
        &mut self,
        ask: &Ask,
        draft: &Draft,
        message: &Message<'_>,
        catalog: &Catalog,
    ) {
        let open = || draft.ambiguous.iter().filter(|open| open.qty.is_none());
        let waiting = draft.items.iter().any(|item| item.qty.is_none());
        let waits = waiting || open().next().is_some();
        let wanted = |qty: Option<Quantity>| !waits || qty.is_none();
        for item in draft.items.iter().filter(|item| wanted(item.qty)) {
            let product = catalog.position(&item.sku).into_iter().collect();
            self.place(ask, &Fit::of(product, Reach::Exact), ask.whole, message, catalog);
        }
        // `1 de cada` of two that alone wait are both of them.
        let all = !waiting && open().count() == 1;
        for open in open() {
            let products: Vec<u32> =
                open.skus.iter().filter_map(|sku| catalog.position(sku)).collect();
            let few = all && !open.more && products.len() <= FEW;
            for products in products.chunks(if few { 1 } else { products.len().max(1) }) {
                let fit = Fit::of(products.to_vec(), Reach::Exact);
                self.place(ask, &fit, ask.whole, message, catalog);
            }
        }
    }

    /// Adds an item; the same product twice is one item with the sum.
    fn add(&mut self, item: Item) {
        let zero = |qty: Option<Quantity>| qty.is_some_and(Quantity::is_zero);
        let edits = self.edits;
        match self.items.iter_mut().find(|known| known.sku == item.sku) {
            Some(known) if edits && item.qty.is_some() => {
                (known.qty, known.rounded) = (item.qty, item.rounded);
            }
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

/// `tira o arame farpado 250 m`, `tira a lona preta 8 m`: whether the measure behind the
/// words of an ask is what one sale unit contains or a size of the goods, and counts nothing.
fn describes(ask: &Ask, at: u32, product: &Product, catalog: &Catalog) -> bool {
    let Some(amount) = ask.amount.as_ref().filter(|_| ask.whole.0 == ask.words.0) else {
        return false;
    };
    let Some(measure) = amount.measure else { return false };
    let contains =
        |pack: Pack| amount.value.quantity() == Some(pack.qty) && measure.unit() == Some(pack.unit);
    let size = |unit| Needle::number(amount.value, Some(unit), catalog.index());
    product.pack.is_some_and(contains)
        || size_measure(measure).is_some_and(|unit| held_by(&size(unit), at, catalog.index()))
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
