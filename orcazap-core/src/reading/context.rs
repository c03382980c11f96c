//! Stage 17, the conversation: a word or number that means little by itself
//! answers what was asked, or means a product of the open order.
//!
//! `o de 8 furos` picks one of the bricks that were in question, `a areia` is the
//! one sand of the order, `25` is the quantity that was missing.

use std::collections::BTreeSet;

use super::asks::{Amount, Ask, Counts, Edit, size_measure};
use super::choices::{self, Chosen};
use super::complete::joined;
use super::fold::Folded;
use super::heard::Heard;
use super::items::{Goods, is_likely};
use super::place;
use super::resolve::{Fit, agrees, counted_in, is_sold_in, named, said, sold_as};
use super::token::{Kind, Token, tokens};
use super::view::Message;
use super::vocabulary::{Fact, Measure};
use super::words::{is_little, stem};
use super::{AmbiguousAsk, Confidence, Context, Evidence, Intent, UnknownAsk};
use crate::catalog::index::Reach;
use crate::catalog::matcher::{MOST, Needle, held_by, holding_all, only_goes_with};
use crate::catalog::terms::unit_behind;
use crate::catalog::{Catalog, Product, Sku};
use crate::order::{Ambiguous, Draft, Missing, Unknown};
use crate::place::Place;
use crate::quantity::Quantity;

/// What an ask means in this conversation, when that differs from what it means
/// by itself: the products, narrowed. A kind alone (`esgoto`) answers for every
/// ask in question that has it; nothing when the ask stands as it is. What `answers`
/// is of the goods in question, although others are called so: `a de pia` of valves.
pub(crate) fn narrowed(
    ask: &Ask,
    found: &Fit,
    answers: Answers,
    draft: &Draft,
    catalog: &Catalog,
) -> Vec<Fit> {
    if ask.needles.is_empty() || ask.misfit {
        return Vec::new();
    }
    let named = !found.products.is_empty() && has_kind(ask, catalog);
    let picks = answers != Answers::No;
    let many = found.products.len() > MOST;
    let fits = |at: &u32| found.products.contains(at) || many && holds(&ask.needles, *at, catalog);
    let mut picked: Vec<Fit> = Vec::new();
    for open in draft.ambiguous.iter().rev() {
        let choices = positions(&open.skus, catalog);
        let held = holding(open, &choices, &ask.needles, catalog);
        let own = choices.iter().any(fits);
        // `com caixa acoplada` is no product by itself.
        let settled = named
            && own
            && matches!(found.products.as_slice(), [only] if !only_goes_with(&ask.needles, *only, catalog));
        let of_it = own || !named || picks && held.len() < choices.len();
        if !held.is_empty() && !settled && of_it && (held.len() < choices.len() || own) {
            picked.push(found.narrowed_to(counted_in(ask, held, catalog)));
            if named || ask.amount.is_some() {
                break;
            }
        }
    }
    if !picked.is_empty() {
        return picked;
    }
    let ordered = ordered(draft, catalog);
    let mine: Vec<u32> = if named {
        ordered.iter().copied().filter(fits).collect()
    } else {
        ordered.iter().copied().filter(|at| holds(&ask.needles, *at, catalog)).collect()
    };
    let of_order = ask.takes_out() || matches!(ask.counts, Counts::Less | Counts::Instead);
    if mine.is_empty() && of_order {
        // `tira o cimento`, `são 14 cimentos` of an order whose cement the store calls
        // otherwise.
        let held = ordered.iter().copied().filter(|at| holds(&ask.needles, *at, catalog));
        let held: Vec<u32> = held.collect();
        if held.len() == 1 {
            return vec![found.narrowed_to(held)];
        }
    }
    match mine.as_slice() {
        [only] if found.products.len() != 1 || !named => vec![found.narrowed_to(vec![*only])],
        [] if !named => of_a_family(ask, &ordered, catalog).into_iter().collect(),
        [] if ask.is_counted() => the_waiting(ask, draft, catalog).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// How far the words of an ask may be no name of goods, but one that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answers {
    /// They name goods as they do anywhere.
    No,
    /// They are all that is said: `a maciça` of doors, where bricks are called so, too.
    Alone,
    /// They leave out what they are of: `a de pia`, `2 de tanque`.
    Elliptic,
}

impl Answers {
    /// How an ask of so many answers.
    pub(crate) fn of(ask: &Ask, asks: usize, message: &Message<'_>) -> Self {
        let plain = ask.edit == Edit::Ask && ask.counts == Counts::Plain;
        let alone = asks == 1 && plain && ask.amount.is_none() && !ask.price;
        match () {
            () if leaves_out(ask, message) => Self::Elliptic,
            () if alone => Self::Alone,
            () => Self::No,
        }
    }
}

/// `a de pia`, `de drywall`, `2 de tanque`: whether an ask begins with `de`, and no unit
/// before it.
fn leaves_out(ask: &Ask, message: &Message<'_>) -> bool {
    let of = |at: usize| matches!(message.word(at), "de" | "do" | "da" | "pra" | "para");
    let first = ask.words.0;
    let of = if of(first) { Some(first) } else { first.checked_sub(1).filter(|at| of(*at)) };
    let begins = |of: usize| {
        of.checked_sub(1).is_none_or(|before| {
            message.kind(before) != Some(Kind::Word)
                || matches!(message.word(before), "o" | "a" | "os" | "as" | "e" | "outro" | "outra")
                || message.spelled(before).is_some()
        })
    };
    of.is_some_and(begins)
}

/// `4 tomadas` when double ones wait for their number, although single ones are called so:
/// the one product that waits and has the words.
fn the_waiting(ask: &Ask, draft: &Draft, catalog: &Catalog) -> Option<Fit> {
    let waiting = draft.items.iter().filter(|item| item.qty.is_none());
    let waiting = waiting.filter_map(|item| catalog.position(&item.sku));
    let mut held = waiting.filter(|at| holds(&ask.needles, *at, catalog));
    let only = held.next().filter(|_| held.next().is_none())?;
    Some(Fit::of(vec![only], Reach::Exact))
}

/// The largest number that is a quantity rather than a size where it may be both.
const SMALL: i64 = 12;

/// An answer whose number is a size of some of the products in question, their quantity
/// being known, or the number no whole one: `2,5 azul` of wire.
pub(crate) fn as_size(ask: &Ask, draft: &Draft, catalog: &Catalog) -> Option<Ask> {
    let amount =
        ask.amount.as_ref().filter(|amount| amount.measure.is_none() && !amount.article)?;
    let whole = amount.value.as_whole();
    let plain = ask.edit == Edit::Ask && ask.counts == Counts::Plain && !ask.needles.is_empty();
    // `de esfera, 25`: where no small number is, as in `registro de esfera 25`.
    let behind = ask.whole.1 > ask.words.1 && whole.is_some_and(|value| value > SMALL);
    let number = Needle::number(amount.value, None, catalog.index());
    let mut needles = ask.needles.clone();
    needles.push(number);
    let sizes = |open: &Ambiguous| {
        let choices = positions(&open.skus, catalog);
        let sized = holding(open, &choices, &needles, catalog).len();
        let all = holding(open, &choices, &ask.needles, catalog).len();
        (open.qty.is_some() || whole.is_none() || behind) && sized > 0 && sized < all
    };
    let sized = plain && draft.ambiguous.iter().any(sizes);
    sized.then(|| Ask { amount: None, needles, ..ask.clone() })
}

/// What `troca por tubo de 75` replaces: the one product of the order that is of
/// the kind of what follows, or the only one there is.
pub(crate) fn replaced(by: Option<&Ask>, draft: &Draft, catalog: &Catalog) -> Vec<Fit> {
    let ordered = ordered(draft, catalog);
    let kind = by.and_then(|ask| ask.needles.first()).filter(|kind| !kind.numeric);
    let alike = kind.map_or_else(Vec::new, |kind| {
        let kind = std::slice::from_ref(kind);
        ordered.iter().copied().filter(|at| holds(kind, *at, catalog)).collect()
    });
    match (alike.as_slice(), ordered.as_slice()) {
        ([only], _) | (_, [only]) => vec![Fit::of(vec![*only], Reach::Exact)],
        _ => Vec::new(),
    }
}

/// Of several products that fit what takes the place of another (`troca o joelho
/// pelo de 45`), the one that is like it in all else.
pub(crate) fn in_place_of(gone: u32, ask: &Ask, found: &Fit, catalog: &Catalog) -> Option<Fit> {
    (found.products.len() > 1).then_some(())?;
    let wanted = joined(&needles(&catalog.at(gone)?.name, catalog), &ask.needles, catalog)?;
    let alike: Vec<u32> = named(&wanted, catalog)
        .products
        .into_iter()
        .filter(|product| *product != gone && found.products.contains(product))
        .collect();
    (alike.len() == 1).then(|| Fit::of(alike, found.reach))
}

/// Calls what is taken out as the order does: `deixa o lacre` of a `lacre de plástico`
/// that the store does not have, though it has other things called so.
fn take_out_unknown(goods: &mut Goods, draft: &Draft, message: &Message<'_>) {
    let out = |qty: Option<Quantity>| qty.is_some_and(Quantity::is_zero);
    let open = |text: &str| {
        let said = words(text);
        let holds = |open: &&Unknown| !said.is_empty() && words(&open.text).is_superset(&said);
        let mut open = draft.unknown.iter().filter(holds);
        open.next().filter(|_| open.next().is_none())
    };
    let gone = |open: &Unknown, evidence| UnknownAsk {
        ask: Unknown { text: open.text.clone(), qty: Some(Quantity::ZERO) },
        evidence,
    };
    let mut unknown = Vec::new();
    goods.loose.retain(|ask| {
        if !ask.takes_out() {
            return true;
        }
        // `sem a de 90`
        let found = open(message.own_words(ask.words.0, ask.words.1));
        unknown.extend(found.map(|open| {
            let span = message.span(ask.whole.0, ask.whole.1);
            gone(open, Evidence { span, confidence: Confidence::percent(90) })
        }));
        found.is_none()
    });
    for found in goods.unknown.iter_mut().filter(|found| out(found.ask.qty)) {
        if let Some(open) = open(&found.ask.text) {
            found.ask.text.clone_from(&open.text);
        }
    }
    let stands = |sku: &Sku| {
        draft.items.iter().any(|item| item.sku == *sku)
            || draft.ambiguous.iter().any(|open| open.skus.contains(sku))
    };
    let mut is_unknown = |qty, skus: &[Sku], evidence: Evidence| {
        let text = message.text.get(evidence.span.start..evidence.span.end).unwrap_or_default();
        let found = open(text).filter(|_| out(qty) && !skus.iter().any(stands));
        unknown.extend(found.map(|open| gone(open, evidence)));
        found.is_some()
    };
    goods
        .items
        .retain(|item| !is_unknown(item.qty, std::slice::from_ref(&item.sku), item.evidence));
    goods.ambiguous.retain(|found| !is_unknown(found.ask.qty, &found.ask.skus, found.evidence));
    goods.unknown.extend(unknown);
}

fn words(text: &str) -> BTreeSet<String> {
    let plain = crate::text::plain(text);
    let words = plain.split(' ').filter(|word| !is_little(word));
    words.map(|word| stem(word).into_owned()).collect()
}

/// The products of the order.
pub(super) fn ordered(draft: &Draft, catalog: &Catalog) -> Vec<u32> {
    draft.items.iter().filter_map(|item| catalog.position(&item.sku)).collect()
}

/// A size alone, of the kind of something ordered: `1 de 1000`; or a kind that leaves out
/// of what: `mais um de pressão`, `e um duplo`.
fn of_a_family(ask: &Ask, ordered: &[u32], catalog: &Catalog) -> Option<Fit> {
    let size = ask.needles.iter().all(|needle| needle.numeric || needle.is(Fact::Color));
    (size || ask.amount.is_some()).then_some(())?;
    ordered.iter().rev().find_map(|at| {
        let product = catalog.at(*at)?;
        let family = needles(&product.name, catalog);
        let mut own = ask.needles.clone();
        let measure = ask.amount.as_ref().and_then(|amount| amount.measure);
        if let Some(measure) = measure.filter(|measure| !agrees(*measure, product, catalog)) {
            // `e 50 metros do verde` behind a whole roll of the blue one.
            own.push(sold_as(catalog, |product| is_sold_in(measure, product, catalog)));
        }
        let wanted = joined(&family, &own, catalog)?;
        let mut found = named(&wanted, catalog);
        if found.products.len() > 1
            && measure.is_none_or(|measure| agrees(measure, product, catalog))
        {
            // `e 2 do azul` behind rolls are rolls.
            let sold_so = |at: &u32| {
                let other = catalog.at(*at);
                other.is_some_and(|other| (other.unit, other.pack) == (product.unit, product.pack))
            };
            found.products.retain(sold_so);
        }
        (found.products.len() == 1).then_some(found)
    })
}

/// The words and numbers of a product's name as a customer would say them.
fn needles(name: &str, catalog: &Catalog) -> Vec<Needle> {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let folded = Folded::new(name);
    let tokens = tokens(folded.text());
    let needle = |(at, token): (usize, &Token)| match token.kind {
        Kind::Word => {
            let text = token.text(&folded);
            let unit = vocabulary.measure(text).is_some() && at > 0;
            (!is_little(text) && !unit).then(|| Needle::said(&stem(text), index, vocabulary))
        }
        Kind::Number(number) => {
            let (unit, _) = unit_behind(&tokens, at, &folded, vocabulary);
            Some(Needle::number(number, unit, index))
        }
        Kind::Size(size) => Some(Needle::size(&size, index)),
        Kind::Break | Kind::Mark(_) => None,
    };
    tokens.iter().enumerate().filter_map(needle).filter(|needle| !needle.is_foreign()).collect()
}

fn has_kind(ask: &Ask, catalog: &Catalog) -> bool {
    ask.leans
        || ask
            .needles
            .iter()
            .any(|needle| needle.is_head(catalog.index(), Reach::Exact) && !needle.numeric)
}

pub(super) fn positions(skus: &[Sku], catalog: &Catalog) -> Vec<u32> {
    skus.iter().filter_map(|sku| catalog.position(sku)).collect()
}

/// The products in question that hold an answer's words: among those listed, or,
/// when there are more than a list has room for, among all that fit.
fn holding(open: &Ambiguous, listed: &[u32], answer: &[Needle], catalog: &Catalog) -> Vec<u32> {
    if open.more {
        let asked = needles(&open.text, catalog);
        return holding_all(asked.iter().chain(answer), catalog.index(), Reach::Kin);
    }
    listed.iter().copied().filter(|at| holds(answer, *at, catalog)).collect()
}

/// Whether a product holds all that is understood of some words.
pub(crate) fn fits_words(words: &str, product: &Sku, catalog: &Catalog) -> bool {
    let needles = needles(words, catalog);
    let holds = |product| holds(&needles, product, catalog);
    !needles.is_empty() && catalog.position(product).is_some_and(holds)
}

pub(super) fn holds(needles: &[Needle], product: u32, catalog: &Catalog) -> bool {
    needles.iter().all(|needle| held_by(needle, product, catalog.index()))
}

/// Gives what stands alone in the message to what was asked.
pub(crate) fn settle(
    goods: &mut Goods,
    context: Context<'_>,
    chosen: Option<Chosen>,
    intent: Intent,
    message: &Message<'_>,
    catalog: &Catalog,
) {
    let Some(draft) = context.draft else { return };
    take_out_unknown(goods, draft, message);
    let mut answered: BTreeSet<Sku> = goods.items.iter().map(|item| item.sku.clone()).collect();
    let numbered = || choices::numbered(message, context.asked, draft, catalog);
    if let Some(chosen) = chosen.or_else(numbered) {
        return choose(goods, &chosen, draft, message, catalog);
    }
    let mut loose = std::mem::take(&mut goods.loose);
    if let [first, second] = loose.as_mut_slice()
        && second.is_bare_number()
        && size_answer(second, &draft.ambiguous, catalog).is_none()
        && let Some(fit) = size_answer(first, &draft.ambiguous, catalog)
    {
        // `220, quero 2`
        let chosen = Ask { amount: second.amount.take(), ..first.clone() };
        goods.place(&chosen, &fit, chosen.whole, message, catalog);
        return;
    }
    let numbers = loose.iter().filter(|ask| ask.is_bare_number()).count();
    let open =
        draft.items.iter().filter(|item| item.qty.is_none() && !answered.contains(&item.sku));
    let in_question = draft.ambiguous.iter().filter(|open| open.qty.is_none());
    // `10 e 2` answers for two, in the order in which they were asked for.
    let told_apart = numbers < 2 || open.count() == numbers && in_question.count() == 0;
    for ask in loose {
        if ask.is_bare_number() && !told_apart {
            continue;
        }
        if ask.each {
            goods.place_each(&ask, draft, message, catalog);
            continue;
        }
        let size = size_answer(&ask, &draft.ambiguous, catalog)
            .or_else(|| unit_answer(&ask, &draft.ambiguous, catalog));
        if let Some(fit) = size {
            let chosen = Ask { amount: None, ..ask };
            goods.place(&chosen, &fit, chosen.whole, message, catalog);
            continue;
        }
        if ask.takes_out() || ask.amount.is_none() && !ask.rescales() {
            continue;
        }
        let edits = intent == Intent::Change || ask.counts != Counts::Plain || ask.half;
        let revised = if edits { the_one(&ask, draft, catalog) } else { None };
        let revised = revised.filter(|sku| {
            let item = draft.items.iter().find(|item| item.sku == **sku);
            ask.was.is_some()
                || ask.counts != Counts::Plain
                || ask.rescales()
                || item.is_some_and(|item| is_likely(&ask, item, catalog))
        });
        let waiting =
            draft.items.iter().filter(|item| item.qty.is_none() && !answered.contains(&item.sku));
        let waiting = waiting.map(|item| &item.sku).find(|sku| counts(&ask, sku, catalog));
        let target = match ask.counts {
            _ if ask.was.is_some() || ask.rescales() => revised,
            Counts::Plain | Counts::Instead | Counts::OnTop => waiting.or(revised),
            Counts::Less | Counts::Times(_) => revised,
        };
        if let Some(sku) = target.cloned() {
            let fit = Fit::of(positions(std::slice::from_ref(&sku), catalog), Reach::Exact);
            goods.place(&ask, &fit, ask.whole, message, catalog);
            answered.insert(sku);
        } else if let Some(open) = draft.ambiguous.iter().find(|open| open.qty.is_none())
            && ask.counts == Counts::Plain
        {
            // `2 metros` is of the sand that is sold so, not of that in bags, and of the
            // cable that is, not of that in rolls.
            let meant = counted_in(&ask, positions(&open.skus, catalog), catalog);
            goods.place(&ask, &Fit::of(meant, Reach::Exact), ask.whole, message, catalog);
        }
    }
}

/// Takes what was chosen, in the number that is said beside it: `a maior, 2`,
/// `as duas, 3 de cada`.
fn choose(
    goods: &mut Goods,
    chosen: &Chosen,
    draft: &Draft,
    message: &Message<'_>,
    catalog: &Catalog,
) {
    goods.unknown.retain(|found| found.ask.qty.is_some());
    let named = |sku: &Sku| chosen.skus.contains(sku);
    let about = |open: &Ambiguous| open.skus.iter().any(named);
    let again = |found: &mut AmbiguousAsk| about(&found.ask);
    let again: Vec<AmbiguousAsk> = goods.ambiguous.extract_if(.., again).collect();
    let waits = draft.ambiguous.iter().any(|open| open.qty.is_none() && about(open));
    let plain = |ask: &Ask| !ask.has_words() && ask.is_counted() && ask.counts == Counts::Plain;
    let counts = |ask: &&Ask| ask.each || !chosen.all && waits && plain(ask);
    let loose = std::mem::take(&mut goods.loose);
    let beside = loose.iter().find(counts).and_then(|ask| ask.amount.clone());
    // `2 da janela maior`
    let named = again.iter().find_map(|found| Some(Amount::said(found.ask.qty?, found.ask.unit)));
    let ask = Ask { words: chosen.tokens, amount: beside.or(named), ..Ask::default() };
    let found = positions(&chosen.skus, catalog);
    let each = if chosen.all { 1 } else { found.len().max(1) };
    for found in found.chunks(each) {
        goods.place(&ask, &Fit::of(found.to_vec(), Reach::Exact), ask.words, message, catalog);
    }
}

/// The name that answers where to, when that is asked for beside the payment at most:
/// what is left of the message, and no goods.
pub(crate) fn place_answer(
    goods: &mut Goods,
    asked: &[Missing],
    message: &Message<'_>,
) -> Option<Heard<Place>> {
    let only = |missing: &Missing| matches!(missing, Missing::Place | Missing::Payment);
    let expected = asked.contains(&Missing::Place) && asked.iter().all(only);
    let bare = goods.unknown.iter().all(|found| found.ask.qty.is_none())
        && goods.items.is_empty()
        && goods.ambiguous.is_empty();
    let heard = (expected && bare).then(|| place::answered(message)).flatten()?;
    goods.unknown.clear();
    Some(heard)
}

/// Whether an order holds what an ask fits, beyond doubt, in question or unknown.
pub(crate) fn stands(
    ask: &Ask,
    found: &Fit,
    draft: &Draft,
    message: &Message<'_>,
    catalog: &Catalog,
) -> bool {
    let fits = |sku: &Sku| {
        catalog.position(sku).is_some_and(|position| found.products.contains(&position))
    };
    let words = crate::text::plain(message.own_words(ask.words.0, ask.words.1));
    draft.items.iter().any(|item| fits(&item.sku))
        || draft.ambiguous.iter().any(|open| open.skus.iter().any(fits))
        || draft.unknown.iter().any(|open| crate::text::plain(&open.text) == words)
}

/// A bare number that is a size of products in question: `220`.
fn size_answer(ask: &Ask, open: &[Ambiguous], catalog: &Catalog) -> Option<Fit> {
    let amount = ask.amount.as_ref().filter(|amount| !amount.article)?;
    ask.needles.is_empty().then_some(())?;
    let unit = match amount.measure {
        Some(measure) => Some(size_measure(measure)?),
        None => None,
    };
    let needle = Needle::number(amount.value, unit, catalog.index());
    open.iter().rev().find_map(|open| {
        let choices = positions(&open.skus, catalog);
        let held = holding(open, &choices, std::slice::from_ref(&needle), catalog);
        let tells = !held.is_empty() && held.len() < choices.len();
        // With the quantity still open a small number is that.
        let small = amount.value.as_whole().is_some_and(|value| value <= SMALL);
        let quantity = open.qty.is_none() && small || unit == Some("m");
        (tells && !quantity).then(|| Fit::of(held, Reach::Exact))
    })
}

/// A unit, or what a container holds, that is of some of the products in question only:
/// `galão`, `o rolo`, `18 l`.
fn unit_answer(ask: &Ask, open: &[Ambiguous], catalog: &Catalog) -> Option<Fit> {
    ask.needles.is_empty().then_some(())?;
    let is_so = |product: &Product| match (&ask.amount, &ask.container) {
        (None, Some((measure, word))) => {
            // `com caixa` is in the name.
            is_sold_in(*measure, product, catalog)
                || catalog
                    .position(&product.sku)
                    .is_some_and(|at| held_by(word, at, catalog.index()))
        }
        (Some(amount), None) => {
            let pack = product.pack.filter(|pack| amount.measure == Some(Measure::Unit(pack.unit)));
            pack.is_some_and(|pack| amount.value.quantity() == Some(pack.qty))
        }
        _ => false,
    };
    open.iter().rev().find_map(|open| {
        let choices = positions(&open.skus, catalog);
        let held: Vec<u32> =
            choices.iter().copied().filter(|at| catalog.at(*at).is_some_and(is_so)).collect();
        (!held.is_empty() && held.len() < choices.len()).then(|| Fit::of(held, Reach::Exact))
    })
}

/// The only product of the order that a number alone can mean: the one that
/// stands at the number it takes the place of, or the only one counted so.
fn the_one<'d>(ask: &Ask, draft: &'d Draft, catalog: &Catalog) -> Option<&'d Sku> {
    let counted =
        || draft.items.iter().filter(|item| ask.rescales() || counts(ask, &item.sku, catalog));
    let stood = ask.was.and_then(|was| was.quantity());
    let at_it = counted().filter(|item| stood.is_some() && item.qty == stood);
    let only = |mut fits: Vec<&'d Sku>| if fits.len() == 1 { fits.pop() } else { None };
    only(at_it.map(|item| &item.sku).collect())
        .or_else(|| only(counted().map(|item| &item.sku).collect()))
}

fn counts(ask: &Ask, sku: &Sku, catalog: &Catalog) -> bool {
    let unit = ask.amount.as_ref().and_then(|amount| amount.measure);
    let Some(product) = catalog.get(sku) else { return false };
    said(ask, false).is_some() && unit.is_none_or(|unit| agrees(unit, product, catalog))
}
