//! Which products fit the words of an ask.
//!
//! Each word or number is a [`Needle`]: the terms that stand for it, grouped by
//! how far they are from what was said. A product fits when it holds every
//! needle; the words as said come first, and only when they fit nothing are
//! other names, abbreviations and misspellings tried.

use tinyvec::TinyVec;

use super::Catalog;
use super::index::{Index, NameTerms, Reach};
use super::postings::Chunk;
use super::table::Key;
use super::terms::{conversions, scaled, terms};
use crate::reading::number::{Num, Size};
use crate::reading::vocabulary::{Entry, Fact, Facts, Vocabulary, Word};

/// One word or number of an ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Needle {
    /// The word, as a stem in its one spelling, in the vocabulary; `None` for a number and
    /// for what the trade does not know.
    pub(crate) word: Option<Word>,
    /// The hash of the stem, which tells it from others that stand for the same.
    spelling: u64,
    /// What the stem is in the trade.
    facts: Facts,
    /// The term under which exact names know it.
    pub(crate) name: Option<u32>,
    terms: Terms,
    /// Whether it is a number or size.
    pub(crate) numeric: bool,
    /// Whether it has letters and digits, as codes have.
    mixed: bool,
}

/// Terms that stand for a needle, those of a nearer reach first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Terms {
    all: TinyVec<[u32; 6]>,
    /// How many of them are within each reach.
    within: [usize; 4],
}

impl Terms {
    /// Those within a reach, and those of nearer ones.
    fn within(&self, reach: Reach) -> &[u32] {
        let [.., end] = self.within.get(..=reach as usize).unwrap_or_default() else { return &[] };
        self.all.get(..*end).unwrap_or_default()
    }

    /// How many a reach adds.
    fn gained_at(&self, reach: Reach) -> usize {
        let nearer = |at: usize| self.within.get(at).copied().unwrap_or(0);
        let at = reach as usize;
        nearer(at) - at.checked_sub(1).map_or(0, nearer)
    }

    /// Adds the terms that a reach has; those of nearer reaches are there already.
    fn add(&mut self, reach: Reach, terms: impl IntoIterator<Item = u32>) {
        let before = self.all.len();
        terms.into_iter().for_each(|term| self.all.push(term));
        let count = self.all.len();
        if count == before {
            return;
        }
        self.within.iter_mut().skip(reach as usize).for_each(|end| *end = count);
    }

    /// Adds one to the terms of the nearest reach.
    fn add_exact(&mut self, term: u32) {
        let [exact, ..] = self.within;
        self.all.insert(exact, term);
        self.within.iter_mut().for_each(|end| *end += 1);
    }

    /// `cano` beside `cola de cano`: where the store calls the thing itself a `tubo`, the
    /// other names that things have for their first word are meant.
    fn put_heads_first(&mut self, index: &Index) {
        let [exact, kin, ..] = self.within;
        let (own, others) = (0..exact, exact..kin);
        let is_head = |term: &u32| index.is_head(*term);
        let (Some(own), Some(others)) = (self.all.get(own), self.all.get(others)) else { return };
        if own.is_empty() || own.iter().any(is_head) || !others.iter().any(is_head) {
            return;
        }
        let (mut turned, rest): (Vec<u32>, Vec<u32>) =
            others.iter().partition(|term| is_head(term));
        let heads = turned.len();
        turned.extend(rest);
        turned.extend(own);
        self.all.splice(..kin, turned);
        let [_, farther @ ..] = self.within;
        let [kin, short, misspelt] = farther;
        self.within = [heads, kin, short, misspelt];
    }
}

impl Needle {
    /// A word as it was said, given as its stem. What it abbreviates is meant, and a brand
    /// that only looks like an abbreviation.
    pub(crate) fn said(stem: &str, index: &Index, vocabulary: &Vocabulary) -> Self {
        let canonical = vocabulary.canonical(stem);
        let mut needle = Self::word(canonical, index, vocabulary);
        if canonical != stem
            && let Some(term) = index.find(stem)
        {
            needle.terms.add_exact(term);
        }
        needle
    }

    /// A word, given as its stem in its one spelling.
    pub(crate) fn word(stem: &str, index: &Index, vocabulary: &Vocabulary) -> Self {
        let key = Key::new(stem);
        let word = vocabulary.find(key);
        let entry = word.map_or(Entry::unknown(), |word| vocabulary.entry_of(word));
        let mut terms = Terms::default();
        let mut name = index.find_key(key);
        terms.add(Reach::Exact, name);
        terms.add(Reach::Exact, word.and_then(|word| index.unsaid_kind(word)));
        terms.add(Reach::Kin, kin_of(entry, index, vocabulary));
        terms.add(Reach::Kin, diminutive_of(stem, index, vocabulary));
        let heads = name.is_some_and(|term| index.is_head(term));
        if !heads {
            // What names begin with is never cut short or misspelt.
            let ordinary = name.is_some() || entry.is(Fact::Trade);
            let spelt = ordinary || entry.is(Fact::Everyday);
            let misspelt = if spelt { Vec::new() } else { misspelt(stem, index, vocabulary) };
            if !ordinary {
                terms.add(Reach::Short, index.longer(stem));
            }
            if misspelt.is_empty() {
                terms.add(Reach::Short, index.abbreviations(stem, vocabulary));
            }
            terms.add(Reach::Misspelt, misspelt);
            if entry.is(Fact::Good) {
                terms.put_heads_first(index);
            }
        }
        if name.is_none() {
            // Exact names know it under the only word that it can be.
            let farther = [Reach::Kin, Reach::Short, Reach::Misspelt];
            let gained = farther.map(|reach| terms.gained_at(reach));
            let nearest = gained.into_iter().find(|count| *count > 0);
            let start = terms.within(Reach::Exact).len();
            name = terms.all.get(start).copied().filter(|_| nearest == Some(1));
        }
        Self {
            word,
            spelling: key.hash(),
            facts: entry.facts,
            name,
            terms,
            numeric: false,
            mixed: stem.bytes().any(|byte| byte.is_ascii_digit()),
        }
    }

    /// A number with the unit of a size, or none.
    pub(crate) fn number(number: Num, unit: Option<&str>, index: &Index) -> Self {
        let mut key = NumberKey::of(number);
        let mut find = |sign: &str, unit: &str| index.find(key.with(sign, unit));
        let name = find("#", "");
        let half = number == Num::from_micros(500_000);
        let mut terms = Terms::default();
        match unit {
            Some(unit) => {
                terms.add(Reach::Exact, find("#", unit).into_iter().chain(find("#", "~")));
                for (factor, other) in conversions(unit) {
                    let mut key = NumberKey::of(scaled(number, *factor));
                    terms.add(Reach::Exact, index.find(key.with("#", other)));
                }
            }
            None => terms.add(Reach::Exact, name),
        }
        if half {
            // `cano de meia`: half an inch.
            terms.add(Reach::Exact, index.find("#1/2"));
        }
        let inches = matches!(unit, Some("pol" | "mm")) || unit.is_none() && number.is_fraction();
        if inches {
            terms.add(Reach::Kin, find("=", ""));
        }
        if matches!(unit, None | Some("cm")) {
            terms.add(Reach::Kin, find("^", ""));
        }
        if let Some(unit) = unit {
            terms.add(Reach::Kin, find("^", unit));
        }
        if half {
            terms.add(Reach::Kin, index.find("=1/2"));
        }
        if number.is_proper_fraction() || unit.is_none() {
            terms.add(Reach::Kin, find("#", "pol"));
        }
        Self { name, terms, numeric: true, ..Self::default() }
    }

    /// A size of two or three numbers.
    pub(crate) fn size(size: &Size, index: &Index) -> Self {
        let mut key = NumberKey::of_size(size, size.parts().len());
        let name = index.find(key.with("#", ""));
        let mut terms = Terms::default();
        terms.add(Reach::Exact, name);
        terms.add(Reach::Kin, index.find(key.with("^", "")));
        if let [first, second, ..] = size.parts()
            && *first < Num::whole(10)
        {
            let hundredfold = |number: Num| number.times(Num::whole(100));
            let wide = Size::pair(hundredfold(*first), hundredfold(*second));
            let mut centimeters = NumberKey::of_size(&wide, 2);
            terms.add(Reach::Kin, index.find(centimeters.with("#", "")));
            terms.add(Reach::Kin, index.find(centimeters.with("^", "")));
        }
        Self { name, terms, numeric: true, ..Self::default() }
    }

    /// Whether no product of the catalogue has it, however far one looks.
    pub(crate) fn is_foreign(&self) -> bool {
        self.terms.all.is_empty()
    }

    /// Whether it is a code of letters and digits that products have, such as
    /// `ac2`, which says by itself what they are.
    pub(crate) fn is_code(&self) -> bool {
        self.mixed && self.is_exact()
    }

    /// Whether products have it as it was said.
    pub(crate) fn is_exact(&self) -> bool {
        self.terms.gained_at(Reach::Exact) > 0
    }

    /// Whether its word is this in the trade.
    pub(crate) fn is(&self, fact: Fact) -> bool {
        self.facts.has(fact)
    }

    /// Whether it is a word, given as its stem in its one spelling.
    pub(crate) fn is_of(&self, stem: &str) -> bool {
        self.spelling == Key::new(stem).hash()
    }

    /// Whether names start with it, in any of its readings within reach.
    pub(crate) fn is_head(&self, index: &Index, reach: Reach) -> bool {
        self.within(reach).iter().any(|term| index.is_head(*term))
    }

    /// Whether a term is one of its readings within reach.
    pub(crate) fn is_also(&self, term: u32, reach: Reach) -> bool {
        self.within(reach).contains(&term)
    }

    /// How far one must look for it at least.
    pub(crate) fn nearest(&self) -> Reach {
        let nearer = [Reach::Exact, Reach::Kin, Reach::Short];
        let nearest = nearer.into_iter().find(|reach| self.terms.gained_at(*reach) > 0);
        nearest.unwrap_or(Reach::Misspelt)
    }

    fn within(&self, reach: Reach) -> &[u32] {
        self.terms.within(reach.max(self.nearest()))
    }

    /// What holds one of some terms of the index.
    pub(crate) fn of_terms(terms: Vec<u32>) -> Self {
        let within = [terms.len(); 4];
        Self { terms: Terms { all: terms.into_iter().collect(), within }, ..Self::default() }
    }

    /// What holds one of some needles within a reach.
    pub(crate) fn any_of(needles: impl IntoIterator<Item = Self>, reach: Reach) -> Self {
        let needles = needles.into_iter();
        Self::of_terms(needles.flat_map(|needle| needle.within(reach).to_vec()).collect())
    }

    /// Adds the products of a chunk that hold it within reach.
    fn add_to(&self, chunk: &mut Chunk, index: &Index, reach: Reach) {
        for term in self.within(reach) {
            chunk.add(index.holders(*term));
        }
    }

    /// Whether a farther reach has words for it that a nearer one has not.
    fn gains_at(&self, reach: Reach) -> bool {
        reach > self.nearest() && self.terms.gained_at(reach) > 0
    }

    /// Whether it is what a product's name says that it is, by another name too.
    pub(crate) fn is_kind_of(&self, product: u32, index: &Index) -> bool {
        self.within(Reach::Kin).iter().any(|term| index.kinds(product).contains(term))
    }

    /// Whether some product is what it says: `carrinho`, but no `saco` of cement.
    pub(crate) fn is_a_kind(&self, index: &Index, reach: Reach) -> bool {
        let holders = holding_all([self], index, reach);
        holders.into_iter().any(|product| self.is_kind_of(product, index))
    }

    /// How far one must look to find it in a product, which may be without it.
    fn distance_to(&self, product: u32, index: &Index) -> u32 {
        let reaches = [Reach::Exact, Reach::Kin, Reach::Short, Reach::Misspelt];
        let held = |reach: &Reach| self.is_held_by(product, index, *reach);
        reaches.iter().zip(0..).find(|(reach, _)| held(reach)).map_or(4, |(_, far)| far)
    }

    fn is_held_by(&self, product: u32, index: &Index, reach: Reach) -> bool {
        self.within(reach).iter().any(|term| index.holders(*term).contains(product))
    }
}

/// What a number is looked for by: a sign, its figures, a unit.
struct NumberKey {
    figures: String,
    text: String,
}

impl NumberKey {
    fn of(number: Num) -> Self {
        let mut figures = String::with_capacity(16);
        number.write_key(&mut figures);
        Self { figures, text: String::with_capacity(24) }
    }

    /// Of the first numbers of a size.
    fn of_size(size: &Size, count: usize) -> Self {
        let mut figures = String::with_capacity(16);
        size.write_key(count, &mut figures);
        Self { figures, text: String::with_capacity(24) }
    }

    /// The key with a sign and a unit.
    fn with(&mut self, sign: &str, unit: &str) -> &str {
        self.text.clear();
        for part in [sign, &self.figures, unit] {
            self.text.push_str(part);
        }
        &self.text
    }
}

/// The terms of other names for a word, given as its entry.
fn kin_of<'i>(
    entry: &'i Entry,
    index: &'i Index,
    vocabulary: &'i Vocabulary,
) -> impl Iterator<Item = u32> + 'i {
    vocabulary.other_words(entry).filter_map(|word| index.find(word))
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
            let kin = kin_of(vocabulary.entry(word), index, vocabulary);
            let kin = kin.chain(diminutive_of(word, index, vocabulary)).collect();
            [exact, kin, index.abbreviations(word, vocabulary).collect()]
                .into_iter()
                .find(|terms| !terms.is_empty())
                .unwrap_or_default()
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The plain word of a diminutive that the catalogue does not have itself: `areinha`,
/// `pazinha`, and `joelinho`, of a word cut short.
fn diminutive_of(stem: &str, index: &Index, vocabulary: &Vocabulary) -> Vec<u32> {
    let whole = stem
        .strip_suffix("zinh")
        .filter(|root| root.len() >= 3 || root.len() == 2 && vocabulary.entry(root).is(Fact::Good));
    let root = whole.or_else(|| stem.strip_suffix("inh").filter(|root| root.len() >= 3));
    let Some(root) = root else { return Vec::new() };
    let plain = |ending: &&str| index.find(vocabulary.canonical(&format!("{root}{ending}")));
    ["", "o", "a"].iter().filter_map(plain).collect()
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
    let words = || needles.iter().filter(|needle| !needle.numeric);
    let Some(first) = words().next() else { return false };
    if words().any(|needle| needle.is_kind_of(product, index)) {
        return false;
    }
    let sized = needles.iter().any(|needle| needle.numeric);
    let good = first.is(Fact::Good) || first.is_head(index, Reach::Exact);
    if sized && !good {
        return false;
    }
    let names = |text: &String| {
        // `tubo 75` is no `Cola de Tubo 75g`, a `tanque` no `Torneira de Tanque`.
        let own = before_company(text);
        let own = if good { own.split(" de ").next().unwrap_or(own) } else { own };
        terms(own, found, catalog.vocabulary())
            .all
            .iter()
            .filter_map(|term| index.find(term))
            .any(|term| words().any(|needle| needle.within(Reach::Misspelt).contains(&term)))
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
        chunk.products().take(MOST + 1 - found.len()).for_each(|product| found.push(product));
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
    let needles = needles.into_iter();
    let mut from = 0;
    while let Some(number) = next_chunk(needles.clone(), from, index, reach) {
        if !held_in(number, needles.clone(), index, reach).is_empty() {
            return true;
        }
        from = number + 1;
    }
    false
}

/// The products that hold every needle within reach, chunk by chunk, as far as they
/// are asked for; none without needles.
fn holding<'n>(
    needles: impl Iterator<Item = &'n Needle> + Clone,
    index: &Index,
    reach: Reach,
) -> impl Iterator<Item = Chunk> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let number = next_chunk(needles.clone(), from, index, reach)?;
        from = number + 1;
        Some(held_in(number, needles.clone(), index, reach))
    })
}

/// The products of a chunk that hold every needle within reach; none without needles.
fn held_in<'n>(
    number: u32,
    mut needles: impl Iterator<Item = &'n Needle>,
    index: &Index,
    reach: Reach,
) -> Chunk {
    let mut found = Chunk::none(number);
    if let Some(first) = needles.next() {
        first.add_to(&mut found, index, reach);
    }
    for needle in needles {
        if found.is_empty() {
            break;
        }
        match needle.within(reach) {
            [only] => found.keep_holders(index.holders(*only)),
            _ => {
                let mut other = Chunk::none(number);
                needle.add_to(&mut other, index, reach);
                found.keep(&other);
            }
        }
    }
    found
}

/// The first chunk from one on in which every needle may be held within reach.
fn next_chunk<'n>(
    needles: impl Iterator<Item = &'n Needle> + Clone,
    from: u32,
    index: &Index,
    reach: Reach,
) -> Option<u32> {
    let mut number = from;
    needles.clone().next()?;
    if index.chunks() == 1 {
        let held = needles.clone().all(|needle| !needle.within(reach).is_empty());
        return (from == 0 && held).then_some(0);
    }
    while number < index.chunks() {
        let next = |needle: &Needle| {
            let terms = needle.within(reach).iter();
            terms.filter_map(|term| index.holders(*term).next_chunk(number)).min()
        };
        let farthest =
            needles.clone().map(next).try_fold(number, |far, next| Some(far.max(next?)))?;
        if farthest == number {
            return Some(number);
        }
        number = farthest;
    }
    None
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
    let (products, reach) = worth_trying(needles.clone(), farthest)
        .map(|reach| (holding_all(needles.clone(), index, reach), reach))
        .find(|(products, _)| !products.is_empty())
        .unwrap_or((Vec::new(), farthest));
    (products, reach.max(nearest))
}

/// Whether any product holds every needle, up to a farthest reach.
pub(crate) fn fits<'n, N>(needles: N, index: &Index, farthest: Reach) -> bool
where
    N: IntoIterator<Item = &'n Needle, IntoIter: Clone>,
{
    let needles = needles.into_iter();
    worth_trying(needles.clone(), farthest).any(|reach| any_holds(needles.clone(), index, reach))
}

/// The reaches up to a farthest one at which needles have words, the nearest first.
fn worth_trying<'n>(
    needles: impl Iterator<Item = &'n Needle> + Clone,
    farthest: Reach,
) -> impl Iterator<Item = Reach> {
    let reaches = [Reach::Exact, Reach::Kin, Reach::Short, Reach::Misspelt];
    reaches.into_iter().filter(move |reach| {
        let mut gains = needles.clone().map(|needle| needle.gains_at(*reach));
        *reach <= farthest && (*reach == Reach::Exact || gains.any(|gains| gains))
    })
}

/// The first products with an alias that is exactly the needles: [`MOST`] of them,
/// and one more when there are more.
pub(crate) fn exactly(needles: &[Needle], index: &Index) -> Vec<u32> {
    owners(needles, index).take(MOST + 1).collect()
}

/// Whether a product has an alias that is exactly the needles.
pub(crate) fn is_name(needles: &[Needle], index: &Index) -> bool {
    owners(needles, index).next().is_some()
}

/// The products with an alias that is exactly the needles.
fn owners<'i>(needles: &[Needle], index: &'i Index) -> impl Iterator<Item = u32> + use<'i> {
    let terms: Option<NameTerms> = needles.iter().map(|needle| needle.name).collect();
    terms.into_iter().flat_map(|terms| index.named(terms))
}
