//! Words that are mostly something else (`te`, `lã`, `bota`), or say little by
//! themselves (`descarga`): whether they name goods here.

use super::foreign::beside;
use super::token::Kind;
use super::view::Message;
use super::words::is_little;
use crate::catalog::Catalog;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, any_holds, fits, is_name, share_a_product};

/// Whether a word that is mostly a function word or a verb names a product here: the
/// catalogue knows it, and what stands beside it says so.
pub(crate) fn names_goods(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let text = message.word(at);
    let verb = message.is_verb(at);
    if !verb && !matches!(text, "te" | "tes" | "tb" | "la" | "vista") {
        return false;
    }
    if text == "vista" {
        let named = |term| is_named_further(message, at, term, catalog);
        return at > 0 && message.word(at - 1) == "a" && !message.is_taken(at - 1)
            || catalog.index().find(message.canonical(at)).is_some_and(named);
    }
    if verb && is_made_of(message, at, catalog) {
        return true;
    }
    let Some(term) = catalog.index().find(message.canonical(at)) else { return false };
    let head = catalog.index().is_head(term);
    // `5x te soldável`
    let times = at > 1 && message.word(at - 1) == "x" && is_number(message, at - 2);
    let before = at.checked_sub(1 + usize::from(times));
    let word_before = before.map_or("", |before| message.word(before));
    let counts =
        |token: usize| is_number(message, token) || message.spelled(token).is_some() && head;
    if text == "tb" {
        // `2 tb 100`, where it is no `também`.
        let sized = before.is_some_and(counts)
            && is_number(message, at + 1)
            && message.kind(at + 2) != Some(Kind::Word);
        return head && (sized || is_named_further(message, at, term, catalog));
    }
    let goods_follow = message.is_good(at + 1) && !message.is_taken(at + 1);
    if verb && goods_follow && !is_named_further(message, at, term, catalog) {
        // `em vez de joelho 25 bota joelho 32`
        return false;
    }
    // `5 un te soldável`
    let counted = before.is_some_and(|before| {
        counts(before) || head && before > 0 && message.is_unit(before) && counts(before - 1)
    });
    if counted {
        return true;
    }
    if verb {
        let articled = matches!(word_before, "a" | "as" | "o" | "os" | "do" | "da" | "de") && head;
        return articled
            || is_sized(message, at, catalog)
            || is_named_further(message, at, term, catalog)
            || head && stands_alone(message, at);
    }
    // `rolo de lã`, `rolo la`
    let of_goods = before
        .and_then(|before| catalog.index().find(message.canonical(before)))
        .is_some_and(|goods| share_a_product(goods, term, catalog.index()));
    let named = text == "la" && (matches!(word_before, "de" | "da") || of_goods);
    let articled = text != "la" && matches!(word_before, "o" | "os" | "do" | "dos") && head;
    let next = at + 1 + usize::from(message.word(at + 1) == "de");
    let sized = text != "la" && is_number(message, next);
    // `12 de te esgoto`, `quero te soldável`
    let further = text.starts_with("te") && is_named_further(message, at, term, catalog);
    named || articled || sized || further || opens_a_name(message, at, head, catalog)
}

/// `bota de borracha`: goods of the trade, and behind `de` nothing that is put in anywhere.
fn is_made_of(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let of = at + 2;
    let sold = |term| catalog.index().is_head(term);
    message.is_good(at)
        && message.word(at + 1) == "de"
        && message.kind(of) == Some(Kind::Word)
        && message.spelled(of).is_none()
        && !message.is_noise(of)
        && !message.is_good(of)
        && !message.is_unit(of)
        && !catalog.index().find(message.canonical(of)).is_some_and(sold)
}

fn is_number(message: &Message<'_>, token: usize) -> bool {
    matches!(message.kind(token), Some(Kind::Number(_) | Kind::Size(_)))
}

/// `te soldável`, `te de redução` at the beginning of a line, behind a comma, `e` or `sem`:
/// goods of that name, where a word of the trade follows.
fn opens_a_name(message: &Message<'_>, at: usize, head: bool, catalog: &Catalog) -> bool {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let next = at + 1 + usize::from(message.word(at + 1) == "de");
    let word = message.canonical(next);
    let trade = message.kind(next) == Some(Kind::Word)
        && !message.is_noise(next)
        && (vocabulary.is_word(word) || index.find(word).is_some());
    let behind = at.checked_sub(1).map_or("", |before| message.word(before));
    head && trade && (begins(message, at) || matches!(behind, "e" | "mais" | "sem"))
}

fn begins(message: &Message<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| message.kind(before));
    matches!(before, None | Some(Kind::Break | Kind::Mark(_)))
}

/// `bota` as a line of its own.
fn stands_alone(message: &Message<'_>, at: usize) -> bool {
    begins(message, at) && matches!(message.kind(at + 1), None | Some(Kind::Break | Kind::Mark(_)))
}

/// `bota pvc`, `bota de borracha`: the word behind belongs to the same product.
fn is_named_further(message: &Message<'_>, at: usize, term: u32, catalog: &Catalog) -> bool {
    let index = catalog.index();
    beside(message, at, 1)
        .and_then(|next| index.find(message.canonical(next)))
        .is_some_and(|next| share_a_product(term, next, index))
}

/// `bota 41`: the number behind is a size of such goods, and counts nothing else.
fn is_sized(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let number = at + 1 + usize::from(message.word(at + 1) == "de");
    let size = match message.kind(number) {
        Some(Kind::Number(number)) => Needle::number(number, None, index),
        Some(Kind::Size(size)) => Needle::size(&size, index),
        Some(Kind::Word | Kind::Break | Kind::Mark(_)) | None => return false,
    };
    let goods = Needle::word(message.canonical(at), index, vocabulary);
    let made = matches!(message.kind(number), Some(Kind::Number(number))
        if goods.word.is_some_and(|goods| vocabulary.made(goods).any(|made| made == number)));
    let mut needles = vec![goods, size];
    if !made && !fits(&needles, index, Reach::Kin) {
        return false;
    }
    let behind = message.word(number + 1);
    let says_more = message.kind(number + 1) == Some(Kind::Word)
        && !message.is_taken(number + 1)
        && !message.is_noise(number + 1);
    if !says_more {
        // `bota 40 de cimento` counts.
        return !matches!(behind, "de" | "do" | "da");
    }
    needles.push(Needle::word(message.canonical(number + 1), index, vocabulary));
    !is_little(behind) && fits(&needles, index, Reach::Kin)
}

/// Whether a word that says little by itself belongs to the name of a product with
/// the word beside it: `válvula de descarga`.
pub(crate) fn is_part_of_a_name(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let index = catalog.index();
    let term = |token: usize| index.find(message.canonical(token));
    let Some(own) = term(at) else { return false };
    [-1, 1]
        .into_iter()
        .filter_map(|step| beside(message, at, step).and_then(term))
        .any(|other| share_a_product(own, other, index))
}

/// Whether a word that no goods are called stands between two words of one product
/// whose name has it: `piso sobre piso`.
pub(crate) fn is_within_a_name(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let needle = |token: usize| Needle::word(message.canonical(token), index, vocabulary);
    let around = (beside(message, at, -1), beside(message, at, 1));
    let (Some(before), Some(behind)) = around else { return false };
    any_holds(&[needle(before), needle(at), needle(behind)], index, Reach::Exact)
}

/// `2 descarga`: whether a word that says little by itself is the whole name of goods here,
/// and is counted.
pub(crate) fn is_counted_name(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let counted = at.checked_sub(1).is_some_and(|before| {
        !message.is_taken(before)
            && (is_number(message, before) || message.spelled(before).is_some())
    });
    counted && is_name(&[Needle::word(message.canonical(at), index, vocabulary)], index)
}

/// `balde de obra`: whether a word that no goods are called says which container is meant,
/// where the store sells one of that name.
pub(crate) fn names_a_container(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let Some(container) = at.checked_sub(2).filter(|before| message.is_unit(*before)) else {
        return false;
    };
    let needle = |token: usize| Needle::word(message.canonical(token), index, vocabulary);
    let container = needle(container);
    message.word(at - 1) == "de"
        && container.is_head(index, Reach::Exact)
        && any_holds(&[container, needle(at)], index, Reach::Exact)
}

/// Whether such a word makes another thing of the goods before it, as the trade
/// calls it: `caixa de descarga`, `poste padrão`.
pub(crate) fn is_another_kind(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let vocabulary = catalog.vocabulary();
    beside(message, at, -1)
        .is_some_and(|before| vocabulary.has_kin(message.stem(before), message.stem(at)))
}
