//! From a name or alias to terms: what it can be found by.
//!
//! A word is its stem in its one spelling. A number is `#25`, with its unit
//! `#25mm`, without one `#25~`; a size is `#18x27`. What is derived and only
//! used when the words as they stand fit nothing carries a sign of its own:
//! `^9` a size's first number, `=3/4` a size in the other system. `!tinta` is a kind
//! that the name does not say.

use crate::catalog::Product;
use crate::catalog::table::Key;
use crate::quantity::Unit;
use crate::reading::fold::Folded;
use crate::reading::number::{Num, Size};
use crate::reading::token::{Kind, Token, tokens};
use crate::reading::vocabulary::{Measure, Vocabulary, Word};
use crate::reading::words::{is_little, is_skeleton, stem};

/// One name or alias: its terms, and those that make it what it is.
#[derive(Debug, Default)]
pub(crate) struct Named {
    /// Every term it can be found by.
    pub(crate) all: Vec<String>,
    /// One term for each of its words and numbers, for telling whether a
    /// message says exactly this.
    pub(crate) exact: Vec<String>,
    /// What the thing may be called by one word: its first word and, behind a
    /// brand or a size, the first that is goods (`Elgin Lâmpada LED`).
    pub(crate) heads: Vec<String>,
    has_goods: bool,
    /// It is not all in capitals, as names are that a system cuts short.
    whole_words: bool,
    /// A word of the trade was read.
    trade: bool,
    /// Words that may be cut short (`POL`): they end as no whole word does.
    pub(crate) cuts: Vec<String>,
}

/// Cuts a name or alias into terms.
pub(crate) fn terms(text: &str, product: &Product, vocabulary: &Vocabulary) -> Named {
    let folded = Folded::new(text);
    let tokens = tokens(folded.text());
    let whole_words = text.chars().any(char::is_lowercase);
    let mut named = Named { whole_words, ..Named::default() };
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += match token.kind {
            Kind::Word => word(&tokens, at, &folded, vocabulary, &mut named),
            Kind::Number(_) if let Some((poles, taken)) = poles(&tokens, at, &folded) => {
                let poles = vocabulary.canonical(&poles).to_owned();
                named.all.push(poles.clone());
                named.exact.push(poles);
                taken
            }
            Kind::Number(number)
                if number == Num::whole(3) && is_the_brand(&tokens, at, &folded) =>
            {
                named.all.push("#3m".to_owned());
                2
            }
            Kind::Number(number) => {
                let (unit, taken) = unit_behind(&tokens, at, &folded, vocabulary);
                let hidden = unit.is_some_and(|unit| is_pack(number, unit, product))
                    || is_contents(&tokens, at, unit, &folded);
                push_number(number, unit, hidden, &mut named);
                1 + taken
            }
            Kind::Size(size) => {
                let (unit, taken) = unit_behind(&tokens, at, &folded, vocabulary);
                push_size(&size, &mut named);
                push_sides(&size, inner_unit(token.text(&folded)), unit, &mut named);
                1 + taken
            }
            Kind::Break | Kind::Mark(_) => 1,
        };
    }
    named
}

/// What a thing is whose name says it nowhere (`Coral Rende Muito Branco`):
/// the one kind of goods that its category names, or what a word tells of what is
/// sold by the litre (`Rekolor Fosca 18L`).
pub(crate) fn unsaid_kind(product: &Product, vocabulary: &Vocabulary) -> Option<Word> {
    let named = terms(&product.name, product, vocabulary);
    if named.has_goods {
        return None;
    }
    let category = crate::text::plain(&product.category);
    let words = category.split(' ').map(stem);
    let mut kinds = words.filter(|word| vocabulary.is_good(word));
    if let (Some(kind), None) = (kinds.next(), kinds.next()) {
        return vocabulary.find(Key::new(&kind));
    }
    let liquid = product.pack.is_some_and(|pack| pack.unit == Unit::Liter);
    named.exact.iter().filter(|_| liquid).find_map(|word| vocabulary.kind_told_by(word))
}

/// Takes a word, joined with the number that belongs to it (`CP II`, `AC-1`);
/// gives how many tokens it took.
fn word(
    tokens: &[Token],
    at: usize,
    folded: &Folded,
    vocabulary: &Vocabulary,
    named: &mut Named,
) -> usize {
    let Some(token) = tokens.get(at) else { return 1 };
    let text = token.text(folded);
    if text == "m" && (raised_to(tokens, at + 1, 2) || raised_to(tokens, at + 1, 3)) {
        // `AREIA MEDIA M3`: how it is sold, and no size.
        return 2;
    }
    if text == "dn" && tokens.get(at + 1).is_some_and(|next| next.number().is_some()) {
        // A nominal diameter: the number behind is one of millimetres.
        return 1;
    }
    if let Some((joined, number, taken)) = joined(tokens, at, folded) {
        named.all.push(joined.clone());
        if named.heads.is_empty() {
            named.heads.push(joined.clone());
        }
        named.exact.push(joined);
        named.all.push(vocabulary.canonical(&stem(text)).to_owned());
        if !is_grade(text) || text == "bwg" {
            // A gauge is said alone (`arame 14`). It is a number of no unit: the 12 of `H12` are no metres.
            let mut apart = String::from("#");
            number.write_key(&mut apart);
            named.all.push(apart);
        }
        return taken;
    }
    if text == "um" && at > 0 && at + 1 == tokens.len() {
        // `brita um`
        push_number(Num::whole(1), None, false, named);
        return 1;
    }
    if is_little(text) || vocabulary.canonical(text) == "com" {
        // What stands behind `p/` and `c/` is another thing.
        let other = matches!(text, "p" | "para" | "pra" | "com" | "c");
        named.has_goods |= other && !named.heads.is_empty();
        return 1;
    }
    let own = stem(text).into_owned();
    if named.heads.is_empty() && is_brand(tokens, at, &own, folded, vocabulary, named.whole_words) {
        named.heads.push(own.clone());
        named.all.push(own.clone());
        named.exact.push(own);
        return 1;
    }
    let canonical = match vocabulary.canonical(&own) {
        same if same == own && own == text => vocabulary.goods_cut(&own).unwrap_or(same),
        canonical => canonical,
    };
    let canonical = canonical.to_owned();
    let others = vocabulary.meanings(&own).skip(1).map(ToOwned::to_owned).collect::<Vec<_>>();
    if !named.has_goods {
        // Behind `de` stands what it is made of or for.
        let of = at > 0
            && tokens.get(at - 1).is_some_and(|before| {
                matches!(before.text(folded), "de" | "do" | "da" | "d" | "em" | "no" | "na")
            });
        let forms: Vec<String> =
            [canonical.clone(), own.clone()].into_iter().chain(others.clone()).collect();
        let known = |form: &String| vocabulary.is_good(form) && (form.len() > 2 || !named.trade);
        let goods = !of && forms.iter().any(known);
        named.trade |= forms.iter().any(|form| vocabulary.is_word(form));
        if goods || named.heads.is_empty() {
            // Of what an abbreviation may stand for only goods are what the thing is.
            let meant = forms.into_iter().filter(|form| !goods || vocabulary.is_good(form));
            named.heads.extend(meant);
            named.has_goods = goods;
        }
    }
    named.all.extend(others);
    if own == text && (!own.ends_with(['a', 'e', 'i', 'o', 'u']) || is_skeleton(&own)) {
        named.cuts.push(own.clone());
    }
    if own != canonical {
        named.all.push(own);
    }
    named.all.push(canonical.clone());
    named.exact.push(canonical);
    1
}

/// Whether the first word of a name only looks like goods cut short (`Sil Cabo Flexível`,
/// no silicone): in a name of whole words, with goods behind it.
fn is_brand(
    tokens: &[Token],
    at: usize,
    own: &str,
    folded: &Folded,
    vocabulary: &Vocabulary,
    whole_words: bool,
) -> bool {
    let cut = vocabulary.canonical(own) != own;
    let dotted = tokens.get(at + 1).is_some_and(|next| next.is_mark('.') || next.is_mark('/'));
    let goods = tokens.get(at + 1).filter(|next| next.kind == Kind::Word).is_some_and(|next| {
        let next = stem(next.text(folded));
        vocabulary.canonical(&next) == &*next && vocabulary.is_good(&next)
    });
    whole_words && cut && !dotted && goods
}

/// A short word and the number behind it as one term: `cp2` of `CP II`, `cp 2`
/// and `CP-2`. Gives the number too, and how many tokens it took.
pub(crate) fn joined(tokens: &[Token], at: usize, folded: &Folded) -> Option<(String, Num, usize)> {
    let text = tokens.get(at)?.text(folded);
    if let Some((grade, number)) = grade_in_one(text) {
        let mut joined = grade.to_owned();
        number.write_key(&mut joined);
        return Some((joined, number, 1));
    }
    let dash = usize::from(tokens.get(at + 1)?.is_mark('-'));
    let next = tokens.get(at + 1 + dash)?;
    let glued = next.glued;
    let raised = matches!(text, "m" | "mm" | "cm" | "mt" | "x") && glued;
    let joins = !raised && text.len() <= 3 && !is_little(text) && (glued || is_grade(text));
    (joins && text != "dn").then_some(())?;
    let number = match next.kind {
        Kind::Number(number) if !number.is_fraction() => number,
        Kind::Word if is_grade(text) => Num::whole(roman(next.text(folded))?),
        _ => return None,
    };
    let mut joined = text.to_owned();
    number.write_key(&mut joined);
    Some((joined, number, 2 + dash))
}

/// Words of grades and classes, whose number is part of their name even apart.
pub(crate) fn is_grade(word: &str) -> bool {
    matches!(word, "cp" | "ac" | "ca" | "ch" | "pei" | "pn" | "fck" | "tp" | "bwg" | "cat")
}

/// `ACIII`, `CPII`: a grade and its number in one word.
fn grade_in_one(text: &str) -> Option<(&str, Num)> {
    ["ac", "cp", "ch"].into_iter().find_map(|grade| {
        let number = text.strip_prefix(grade).filter(|number| number.starts_with(['i', 'v']))?;
        Some((grade, Num::whole(roman(number)?)))
    })
}

fn roman(word: &str) -> Option<i64> {
    Some(match word {
        "i" | "um" => 1,
        "ii" | "dois" => 2,
        "iii" | "tres" => 3,
        "iv" | "quatro" => 4,
        "v" | "cinco" => 5,
        _ => return None,
    })
}

/// The unit behind a number, as written in keys, and how many tokens it took.
pub(crate) fn unit_behind(
    tokens: &[Token],
    at: usize,
    folded: &Folded,
    vocabulary: &Vocabulary,
) -> (Option<&'static str>, usize) {
    let nominal = at > 0 && tokens.get(at - 1).is_some_and(|before| before.text(folded) == "dn");
    let Some(next) = tokens.get(at + 1) else { return (nominal.then_some("mm"), 0) };
    match next.kind {
        Kind::Mark('"') => (Some("pol"), 1),
        Kind::Mark('\'')
            if tokens.get(at + 2).is_some_and(|third| third.is_mark('\'') && third.glued) =>
        {
            (Some("pol"), 2)
        }
        Kind::Word => {
            let text = next.text(folded);
            if text == "m" && raised_to(tokens, at + 2, 3) {
                return (None, 2);
            }
            if matches!(text, "mm" | "m") && next.glued && raised_to(tokens, at + 2, 2) {
                return (Some(if text == "mm" { "mm" } else { "m2" }), 2);
            }
            if text == "t" && next.glued {
                // Of a switch: in a message it would be tonnes.
                return (Some("teclas"), 1);
            }
            let unit = size_unit(text, next.glued, vocabulary);
            // Behind a tile's size `POL` is how it is polished.
            let large = |size: &Size| size.parts().iter().all(|part| *part > Num::whole(12));
            let tile =
                matches!(tokens.get(at), Some(Token { kind: Kind::Size(size), .. }) if large(size));
            let unit = unit.filter(|unit| *unit != "pol" || !tile);
            (unit.or(nominal.then_some("mm")), usize::from(unit.is_some()))
        }
        Kind::Number(_) | Kind::Size(_) | Kind::Break | Kind::Mark(_) => {
            (nominal.then_some("mm"), 0)
        }
    }
}

/// `Fita Isolante 3M 20m`: whether a 3 is part of the brand, and no metres, as others say how
/// many those are.
fn is_the_brand(tokens: &[Token], at: usize, folded: &Folded) -> bool {
    let metres = |at: usize| {
        tokens.get(at).is_some_and(|token| token.number().is_some())
            && tokens.get(at + 1).is_some_and(|unit| unit.glued && unit.text(folded) == "m")
    };
    metres(at) && (0..tokens.len()).any(|other| other != at && metres(other))
}

/// Whether a power is glued to what stands before, as in `mm2`.
fn raised_to(tokens: &[Token], at: usize, power: i64) -> bool {
    let raised = |token: &Token| token.glued && token.number() == Some(Num::whole(power));
    tokens.get(at).is_some_and(raised)
}

/// `2P`, `2P+T`: the poles of a switch or socket as one word, and how many tokens it took.
pub(crate) fn poles(tokens: &[Token], at: usize, folded: &Folded) -> Option<(String, usize)> {
    let count = tokens.get(at)?.number()?.as_whole().filter(|count| (1..=4).contains(count))?;
    let pole = tokens.get(at + 1).filter(|pole| pole.glued)?;
    (pole.text(folded) == "p").then_some(())?;
    let earth = tokens.get(at + 2).is_some_and(|plus| plus.is_mark('+') && plus.glued)
        && tokens.get(at + 3).is_some_and(|earth| earth.text(folded) == "t");
    Some(if earth { (format!("{count}pt"), 4) } else { (format!("{count}p"), 2) })
}

/// A unit that can belong to a size. `a`, `v` and `w` must touch their number.
pub(crate) fn size_unit(text: &str, glued: bool, vocabulary: &Vocabulary) -> Option<&'static str> {
    if text == "f" && glued {
        return Some("furos");
    }
    if text.len() == 1 && !glued && !matches!(text, "m" | "l" | "g") {
        return None;
    }
    match vocabulary.measure(&stem(text))? {
        Measure::Size(unit) => Some(unit),
        Measure::Unit(Unit::Meter) => Some("m"),
        Measure::Unit(Unit::SquareMeter) => Some("m2"),
        Measure::Unit(Unit::Kilogram) => Some("kg"),
        Measure::Unit(Unit::Liter) => Some("l"),
        Measure::Unit(Unit::Piece) if glued => Some("un"),
        _ => None,
    }
}

/// Whether a number only says how much the sale unit contains, so that it is no
/// size by itself: `barra 12m`, `cx 2,25m²`, `pacote 50un`.
fn is_pack(number: Num, unit: &str, product: &Product) -> bool {
    let Some(pack) = product.pack else { return false };
    let said = number.quantity() == Some(pack.qty) && unit == pack.unit.code();
    let long = number > Num::whole(12);
    match pack.unit {
        Unit::Meter => said && product.unit != Unit::Roll && !long,
        Unit::SquareMeter | Unit::Piece => said,
        _ => false,
    }
}

/// Whether a number says how many the pack holds: `PCT C/100`, `CARTELA C/ 3 UN`.
fn is_contents(tokens: &[Token], at: usize, unit: Option<&str>, folded: &Folded) -> bool {
    let marked = at >= 2
        && tokens.get(at - 1).is_some_and(|token| token.is_mark('/'))
        && tokens.get(at - 2).is_some_and(|token| token.text(folded) == "c");
    let ends = !tokens.get(at + 1).is_some_and(|token| token.kind == Kind::Word);
    marked && (unit == Some("un") || unit.is_none() && ends)
}

fn push_number(number: Num, unit: Option<&str>, hidden: bool, named: &mut Named) {
    if let Some(parts @ ("furos" | "teclas")) = unit {
        push_number(number, None, false, named);
        let parts = stem(parts);
        named.all.push(parts.clone().into_owned());
        named.exact.push(parts.into_owned());
        return;
    }
    let mut key = String::from("#");
    number.write_key(&mut key);
    named.exact.push(key.clone());
    match unit {
        Some(unit) => {
            named.all.push(format!("{key}{unit}"));
            for (factor, other) in conversions(unit) {
                let mut other_key = String::from("#");
                scaled(number, *factor).write_key(&mut other_key);
                named.all.push(format!("{other_key}{other}"));
            }
            if let Some(custom) = by_custom(number, unit) {
                named.all.push(format!("^{custom}"));
                named.all.push(format!("^{custom}{unit}"));
            }
        }
        None => named.all.push(format!("{key}~")),
    }
    if let Some((first, second)) = number.slashed().filter(|_| !key.contains('/')) {
        // A board for `12/16` breakers is asked for by either.
        named.all.extend([format!("^{first}"), format!("^{second}")]);
    }
    if !hidden {
        named.all.push(key);
    }
}

/// Other units of the same measure, with the thousandths that one of the first is.
pub(crate) fn conversions(unit: &str) -> &'static [(i64, &'static str)] {
    match unit {
        "m" => &[(100_000, "cm"), (1_000_000, "mm")],
        "cm" => &[(10, "m"), (10_000, "mm")],
        "l" => &[(1_000_000, "ml")],
        "ml" => &[(1, "l")],
        "kg" => &[(1_000_000, "g")],
        "g" => &[(1, "kg")],
        _ => &[],
    }
}

/// The figure by which customers know a measure: mains of 127 volts are `110` to
/// everyone, and a can of 0.9 litres is a quarter of a gallon.
fn by_custom(number: Num, unit: &str) -> Option<&'static str> {
    let micros = |value: i64| number == Num::from_micros(value);
    match unit {
        "v" if micros(127_000_000) => Some("110"),
        "v" if micros(110_000_000) => Some("127"),
        "l" if micros(900_000) => Some("1/4"),
        "ml" if micros(900_000_000) => Some("1/4"),
        _ => None,
    }
}

pub(crate) fn scaled(number: Num, thousandths: i64) -> Num {
    number.times(Num::from_micros(thousandths * 1000))
}

/// The unit written inside a size: `25MMX1/2`.
fn inner_unit(text: &str) -> Option<&'static str> {
    ["mm", "cm"].into_iter().find(|unit| text.contains(unit))
}

/// The sides of a size that mean something by themselves, since they are measured
/// apart: the 50 m of a tape of `18MMX50M`, the thread of a `25MMX1/2`.
fn push_sides(
    size: &Size,
    inner: Option<&'static str>,
    outer: Option<&'static str>,
    named: &mut Named,
) {
    let parts = size.parts();
    let inches = parts.iter().filter(|part| part.is_fraction()).count();
    let apart = inches > 0 && inches < parts.len();
    // The first side of a tape of `18X50M` is one of millimetres.
    let tape = outer == Some("m") && parts.first().is_some_and(|first| *first >= Num::whole(10));
    let measured = outer.is_some() && inner != outer && (inner.is_some() || tape);
    let side = |part: &Num, unit: &str| {
        let mut key = String::from("^");
        part.write_key(&mut key);
        key.push_str(unit);
        key
    };
    if let Some(first) = parts.first() {
        if let Some(unit) = inner {
            named.all.push(side(first, unit));
        }
        if first.as_whole().is_none() && !first.is_fraction() {
            named.all.push(side(first, "m"));
        }
    }
    for part in parts.iter().skip(1).filter(|_| apart || measured) {
        named.all.push(side(part, ""));
        if let Some(unit) = outer {
            named.all.push(side(part, unit));
        }
    }
}

fn push_size(size: &Size, named: &mut Named) {
    let mut key = String::from("#");
    size.write_key(size.parts().len(), &mut key);
    named.exact.push(key.clone());
    named.all.push(key);
    if size.parts().len() == 3 {
        let mut pair = String::from("#");
        size.write_key(2, &mut pair);
        named.all.push(pair);
    }
    if let [first, second, ..] = size.parts() {
        let mut reversed = String::from("^");
        Size::pair(*second, *first).write_key(2, &mut reversed);
        named.all.push(reversed);
        let mut leading = String::from("^");
        first.write_key(&mut leading);
        named.all.push(leading);
        if *first < Num::whole(10) && !first.is_fraction() && !second.is_fraction() {
            let mut centimeters = String::from("^");
            let hundredfold = |number: Num| number.times(Num::whole(100));
            Size::pair(hundredfold(*first), hundredfold(*second)).write_key(2, &mut centimeters);
            named.all.push(centimeters);
            if first.as_whole().is_none() && *second >= Num::whole(10) {
                // `tábua de 20` of 2,5 x 20
                let mut width = String::from("^");
                second.write_key(&mut width);
                named.all.push(width);
            }
            if first.as_whole().is_none() {
                // `porta de 80` of 0,80 x 2,10
                let mut leading = String::from("^");
                hundredfold(*first).write_key(&mut leading);
                named.all.push(leading);
            }
        }
    }
}
