//! Which products fit the words of an ask.
//!
//! Each word or number is a [`Needle`]: the terms that stand for it, grouped by
//! how far they are from what was said. A product fits when it holds every
//! needle; the words as said come first, and only when they fit nothing are
//! other names, abbreviations and misspellings tried.

use super::Catalog;
use super::index::{Index, Reach};
use super::postings::Chunk;
use super::terms::{conversions, kind_key, scaled, terms};
use crate::reading::number::{Num, Size};
use crate::reading::vocabulary::Vocabulary;
use crate::reading::words::stem;

/// One word or number of an ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Needle {
    /// The word as a stem in its one spelling; empty for a number.
    pub(crate) stem: String,
    /// The term under which exact names know it.
    pub(crate) name: Option<u32>,
    exact: Vec<u32>,
    kin: Vec<u32>,
    short: Vec<u32>,
    misspelt: Vec<u32>,
    /// Whether it is a number or size.
    pub(crate) numeric: bool,
    /// Whether it is a colour.
    pub(crate) color: bool,
}

impl Needle {
    /// A word as it was said. What it abbreviates is meant, and a brand that only
    /// looks like an abbreviation.
    pub(crate) fn said(word: &str, index: &Index, vocabulary: &Vocabulary) -> Self {
        let own = stem(word);
        let canonical = vocabulary.canonical(&own);
        let mut needle = Self::word(canonical, index, vocabulary);
        if canonical != own {
            needle.exact.extend(index.find(&own));
        }
        needle
    }

    /// A word, given as its stem in its one spelling.
    pub(crate) fn word(stem: &str, index: &Index, vocabulary: &Vocabulary) -> Self {
        let name = index.find(stem);
        let known = name.is_some();
        let heads = name.is_some_and(|term| index.is_head(term));
        let ordinary = known || vocabulary.is_word(stem);
        let mut short: Vec<u32> = Vec::new();
        if !ordinary {
            short.extend(index.longer(stem));
        }
        let misspelt = if ordinary { Vec::new() } else { misspelt(stem, index, vocabulary) };
        if !heads && misspelt.is_empty() {
            short.extend(index.abbreviations(stem, vocabulary));
        }
        let mut needle = Self {
            stem: stem.to_owned(),
            name,
            exact: name.into_iter().chain(index.find(&kind_key(stem))).collect(),
            kin: kin_of(stem, index, vocabulary),
            short,
            misspelt,
            numeric: false,
            color: vocabulary.is_color(stem),
        };
        if !needle.exact.iter().any(|term| index.is_head(*term)) {
            // `cano` beside `cola de cano`: the store calls the thing itself a `tubo`.
            let (heads, others): (Vec<u32>, Vec<u32>) =
                needle.kin.iter().partition(|term| index.is_head(**term));
            if !needle.exact.is_empty() && !heads.is_empty() {
                needle.kin = others;
                needle.kin.append(&mut needle.exact);
                needle.exact = heads;
            }
        }
        if needle.name.is_none() {
            // Exact names know it under the only word that it can be.
            let nearest = [&needle.kin, &needle.short, &needle.misspelt]
                .into_iter()
                .find(|terms| !terms.is_empty());
            if let Some([only]) = nearest.map(Vec::as_slice) {
                needle.name = Some(*only);
            }
        }
        needle
    }

    /// A number with the unit of a size, or none.
    pub(crate) fn number(number: Num, unit: Option<&str>, index: &Index) -> Self {
        let mut key = String::from("#");
        number.write_key(&mut key);
        let bare = key.trim_start_matches('#').to_owned();
        let with = |unit: &str| index.find(&format!("{key}{unit}"));
        let mut needle = Self { name: index.find(&key), numeric: true, ..Self::default() };
        match unit {
            Some(unit) => {
                needle.exact.extend(with(unit).into_iter().chain(with("~")));
                for (factor, other) in conversions(unit) {
                    let mut other_key = String::from("#");
                    scaled(number, *factor).write_key(&mut other_key);
                    needle.exact.extend(index.find(&format!("{other_key}{other}")));
                }
                if unit == "pol" || unit == "mm" {
                    needle.kin.extend(index.find(&format!("={bare}")));
                }
            }
            None => {
                needle.exact.extend(needle.name);
                if number.is_fraction() {
                    needle.kin.extend(index.find(&format!("={bare}")));
                }
            }
        }
        if unit.is_none() || unit == Some("cm") {
            needle.kin.extend(index.find(&format!("^{bare}")));
        }
        if let Some(unit) = unit {
            needle.kin.extend(index.find(&format!("^{bare}{unit}")));
        }
        if number == Num::from_micros(500_000) {
            // `cano de meia`: half an inch.
            needle.exact.extend(index.find("#1/2"));
            needle.kin.extend(index.find("=1/2"));
        }
        if number.is_proper_fraction() || unit.is_none() {
            needle.kin.extend(with("pol"));
        }
        needle
    }

    /// A size of two or three numbers.
    pub(crate) fn size(size: &Size, index: &Index) -> Self {
        let mut key = String::new();
        size.write_key(size.parts().len(), &mut key);
        let name = index.find(&format!("#{key}"));
        let mut needle =
            Self { name, exact: name.into_iter().collect(), numeric: true, ..Self::default() };
        needle.kin.extend(index.find(&format!("^{key}")));
        if let [first, second, ..] = size.parts()
            && *first < Num::whole(10)
        {
            let mut centimeters = String::new();
            let hundredfold = |number: Num| number.times(Num::whole(100));
            let wide = Size::pair(hundredfold(*first), hundredfold(*second));
            wide.write_key(2, &mut centimeters);
            needle.kin.extend(index.find(&format!("#{centimeters}")));
            needle.kin.extend(index.find(&format!("^{centimeters}")));
        }
        needle
    }

    /// Whether no product of the catalogue has it, however far one looks.
    pub(crate) fn is_foreign(&self) -> bool {
        self.within(Reach::Misspelt).next().is_none()
    }

    /// Whether it is a code of letters and digits that products have, such as
    /// `ac2`, which says by itself what they are.
    pub(crate) fn is_code(&self) -> bool {
        !self.numeric && self.is_exact() && self.stem.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// Whether products have it as it was said.
    pub(crate) fn is_exact(&self) -> bool {
        !self.exact.is_empty()
    }

    /// Whether names start with it, in any of its readings within reach.
    pub(crate) fn is_head(&self, index: &Index, reach: Reach) -> bool {
        self.within(reach).any(|term| index.is_head(term))
    }

    /// How far one must look for it at least.
    pub(crate) fn nearest(&self) -> Reach {
        match () {
            () if !self.exact.is_empty() => Reach::Exact,
            () if !self.kin.is_empty() => Reach::Kin,
            () if !self.short.is_empty() => Reach::Short,
            () => Reach::Misspelt,
        }
    }

    fn within(&self, reach: Reach) -> impl Iterator<Item = u32> + '_ {
        let reach = reach.max(self.nearest());
        let kin = if reach >= Reach::Kin { self.kin.as_slice() } else { &[] };
        let short = if reach >= Reach::Short { self.short.as_slice() } else { &[] };
        let misspelt = if reach >= Reach::Misspelt { self.misspelt.as_slice() } else { &[] };
        self.exact.iter().chain(kin).chain(short).chain(misspelt).copied()
    }

    /// What holds one of some terms of the index.
    pub(crate) fn of_terms(terms: Vec<u32>) -> Self {
        Self { exact: terms, ..Self::default() }
    }

    /// The products of a chunk that hold it within reach.
    fn chunk(&self, number: u32, index: &Index, reach: Reach) -> Chunk {
        let mut chunk = Chunk::none(number);
        for term in self.within(reach) {
            chunk.add(index.holders(term));
        }
        chunk
    }

    /// Whether a farther reach has words for it that a nearer one has not.
    fn gains_at(&self, reach: Reach) -> bool {
        let words = match reach {
            Reach::Exact => &self.exact,
            Reach::Kin => &self.kin,
            Reach::Short => &self.short,
            Reach::Misspelt => &self.misspelt,
        };
        reach > self.nearest() && !words.is_empty()
    }

    /// Whether it is what a product's name says that it is, by another name too.
    fn is_kind_of(&self, product: u32, index: &Index) -> bool {
        self.within(Reach::Kin).any(|term| index.kinds(product).contains(&term))
    }

    /// How far one must look to find it in a product, which may be without it.
    fn distance_to(&self, product: u32, index: &Index) -> u32 {
        let reaches = [Reach::Exact, Reach::Kin, Reach::Short, Reach::Misspelt];
        let held = |reach: &Reach| self.is_held_by(product, index, *reach);
        reaches.iter().zip(0..).find(|(reach, _)| held(reach)).map_or(4, |(_, far)| far)
    }

    fn is_held_by(&self, product: u32, index: &Index, reach: Reach) -> bool {
        self.within(reach).any(|term| index.holders(term).contains(product))
    }
}

/// The terms of other names for a word.
fn kin_of(stem: &str, index: &Index, vocabulary: &Vocabulary) -> Vec<u32> {
    let kin = vocabulary.kin(stem).iter().filter(|phrase| phrase.len() == 1);
    kin.flatten()
        .filter_map(|word| index.find(vocabulary.canonical(word)))
        .chain(diminutive_of(stem, index))
        .collect()
}

/// The terms of the words that a misspelt one may be: words of the catalogue, or
/// words of the trade that the catalogue has under another name or cut short.
fn misspelt(stem: &str, index: &Index, vocabulary: &Vocabulary) -> Vec<u32> {
    let (distance, terms) = index.misspelt(stem);
    let (trade_distance, words) = vocabulary.misspelt(stem);
    if distance <= trade_distance && !terms.is_empty() {
        return terms;
    }
    let mut found: Vec<u32> = words
        .into_iter()
        .flat_map(|word| {
            let word = vocabulary.canonical(word);
            let exact = index.find(word).into_iter().collect::<Vec<_>>();
            [exact, kin_of(word, index, vocabulary), index.abbreviations(word, vocabulary)]
                .into_iter()
                .find(|terms| !terms.is_empty())
                .unwrap_or_default()
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The plain word of a diminutive that the catalogue does not have itself.
fn diminutive_of(stem: &str, index: &Index) -> Vec<u32> {
    let root = stem.strip_suffix("zinh").or_else(|| stem.strip_suffix("inh"));
    let Some(root) = root.filter(|root| root.len() >= 3) else { return Vec::new() };
    ["", "o", "a"].iter().filter_map(|ending| index.find(&format!("{root}{ending}"))).collect()
}

/// Whether a product holds a needle, in the needle itself or another name of it.
pub(crate) fn held_by(needle: &Needle, product: u32, index: &Index) -> bool {
    needle.is_held_by(product, index, Reach::Kin)
}

/// Puts first the products that are what was asked for (`Tubo Soldável` for a `tubo`)
/// and not only called so among other things (`Manilha`, a tube of concrete), then
/// those that hold the needles as they were said before those that hold other words
/// for them; equally good ones stay as they stand.
pub(crate) fn sort_best_first(products: &mut [u32], needles: &[Needle], index: &Index) {
    products.sort_by_cached_key(|product| {
        let far = needles.iter().map(|needle| needle.distance_to(*product, index)).sum::<u32>();
        (!needles.iter().any(|needle| needle.is_kind_of(*product, index)), far)
    });
}

/// Whether a product is no more than the company of what was asked for: `Máscara sem
/// Válvula` is no valve, `Parafuso para Vaso` no toilet.
pub(crate) fn only_goes_with(needles: &[Needle], product: u32, catalog: &Catalog) -> bool {
    let index = catalog.index();
    let Some(found) = catalog.at(product) else { return false };
    let sure = |needle: &Needle| needle.numeric || needle.is_kind_of(product, index);
    if needles.is_empty() || needles.iter().any(sure) {
        return false;
    }
    let names = |text: &String| {
        terms(before_company(text), found, catalog.vocabulary())
            .all
            .iter()
            .filter_map(|term| index.find(term))
            .any(|term| {
                needles.iter().any(|needle| needle.within(Reach::Misspelt).any(|t| t == term))
            })
    };
    !std::iter::once(&found.name).chain(&found.aliases).any(names)
}

/// A name up to what the thing comes with, without, or is for.
fn before_company(name: &str) -> &str {
    const MARKS: [&str; 7] = [" com ", " c/", " sem ", " s/", " para ", " p/", " pra "];
    let plain = name.to_ascii_lowercase();
    let end = MARKS.iter().filter_map(|mark| plain.find(mark)).min();
    end.and_then(|end| name.get(..end)).unwrap_or(name)
}

/// How many products are looked at when words fit many: more than a person is
/// shown, and one more is given when there are more.
pub(crate) const MOST: usize = 100;

/// The first products that hold every needle within reach, in catalogue order;
/// [`MOST`] of them, and one more when there are more.
pub(crate) fn holding_all<'n, N>(needles: N, index: &Index, reach: Reach) -> Vec<u32>
where
    N: IntoIterator<Item = &'n Needle, IntoIter: Clone>,
{
    let mut found = Vec::new();
    for chunk in holding(needles.into_iter(), index, reach) {
        found.extend(chunk.products().take(MOST + 1 - found.len()));
        if found.len() > MOST {
            break;
        }
    }
    found
}

/// Whether one product holds two terms.
pub(crate) fn share_a_product(one: u32, other: u32, index: &Index) -> bool {
    let both = [one, other].map(|term| Needle::of_terms(vec![term]));
    any_holds(&both, index, Reach::Exact)
}

/// Whether any product holds every needle within reach.
pub(crate) fn any_holds<'n, N>(needles: N, index: &Index, reach: Reach) -> bool
where
    N: IntoIterator<Item = &'n Needle, IntoIter: Clone>,
{
    holding(needles.into_iter(), index, reach).next().is_some()
}

/// The products that hold every needle within reach, chunk by chunk, as far as they
/// are asked for; none without needles.
fn holding<'n>(
    needles: impl Iterator<Item = &'n Needle> + Clone,
    index: &Index,
    reach: Reach,
) -> impl Iterator<Item = Chunk> {
    (0..index.chunks()).filter_map(move |number| {
        let mut needles = needles.clone();
        let mut found = needles.next()?.chunk(number, index, reach);
        for needle in needles {
            if found.is_empty() {
                break;
            }
            found.keep(&needle.chunk(number, index, reach));
        }
        (!found.is_empty()).then_some(found)
    })
}

/// The first products that hold every needle, as [`holding_all`] gives them, at the
/// nearest reach that has any, up to a farthest one. Gives the reach too.
pub(crate) fn fitting<'n, N>(needles: N, index: &Index, farthest: Reach) -> (Vec<u32>, Reach)
where
    N: IntoIterator<Item = &'n Needle, IntoIter: Clone>,
{
    let needles = needles.into_iter();
    let Some(nearest) = needles.clone().map(Needle::nearest).max() else {
        return (Vec::new(), farthest);
    };
    let reach = nearest_fit(needles.clone(), index, farthest);
    let products = reach.map_or_else(Vec::new, |reach| holding_all(needles, index, reach));
    (products, reach.unwrap_or(farthest).max(nearest))
}

/// Whether any product holds every needle, up to a farthest reach.
pub(crate) fn fits<'n, N>(needles: N, index: &Index, farthest: Reach) -> bool
where
    N: IntoIterator<Item = &'n Needle, IntoIter: Clone>,
{
    nearest_fit(needles.into_iter(), index, farthest).is_some()
}

/// The nearest reach at which any product holds every needle.
fn nearest_fit<'n>(
    needles: impl Iterator<Item = &'n Needle> + Clone,
    index: &Index,
    farthest: Reach,
) -> Option<Reach> {
    let reaches = [Reach::Exact, Reach::Kin, Reach::Short, Reach::Misspelt];
    let gains = |reach: &Reach| {
        *reach == Reach::Exact || needles.clone().any(|needle| needle.gains_at(*reach))
    };
    let within = reaches.into_iter().filter(|reach| *reach <= farthest).filter(gains);
    within.into_iter().find(|reach| any_holds(needles.clone(), index, *reach))
}

/// The first products whose name or alias is exactly the needles: [`MOST`] of them,
/// and one more when there are more.
pub(crate) fn exactly(needles: &[Needle], index: &Index) -> Vec<u32> {
    let terms: Option<Vec<u32>> = needles.iter().map(|needle| needle.name).collect();
    terms.map_or_else(Vec::new, |terms| index.named(terms).take(MOST + 1).collect())
}
