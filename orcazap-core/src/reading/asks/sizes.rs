//! Sizes: which numbers complete a name that the catalogue has.

use std::collections::BTreeSet;

use super::numbers::Figure;
use super::{Ask, Course, Edit, Reader};
use crate::catalog::Pack;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, any_holds, exactly, fits, fitting, is_name};
use crate::quantity::{Quantity, Unit};
use crate::reading::complete::joined;
use crate::reading::lexeme::What;
use crate::reading::number::{Num, Size};
use crate::reading::resolve::{has_other_size, is_sold_in, sold_as};
use crate::reading::roles::Role;
use crate::reading::verbs::Verb;
use crate::reading::vocabulary::{Fact, Measure, Word};

impl Reader<'_> {
    pub(super) fn size(&mut self, at: usize) {
        let Some(What::Size(size)) = self.what(at) else { return };
        let needle = Needle::size(size, self.catalog.index());
        if self.measures_a_room(at) {
            self.open = Ask::default();
            self.passed = Some(at);
            return;
        }
        if let [was, value] = *size.parts()
            && self.clause.course == Course::Swapping
            && self.open.is_blank()
            && needle.is_foreign()
        {
            // `troca 10 por 12`
            self.by();
            self.next.was = Some(was);
            self.amount(at, value, false);
            return;
        }
        if let Some((sized, count)) = self.counted_by_a_sign(at, &needle) {
            self.push(at, sized);
            self.amount(at, count, false);
        } else if self.open.needles.is_empty() || self.fits(&needle, Reach::Kin) {
            if self.joint
                && self.open.amount.is_some()
                && !self.open.needles.is_empty()
                && !self.fits(&needle, Reach::Kin)
            {
                self.close();
            }
            self.push(at, needle);
        } else if self.family_has(&needle) {
            self.other_size(at, needle);
        } else {
            self.open.misfit = true;
            self.extend_words(at);
        }
    }

    /// `joelho 32 x 4`, `prego 17x27 x10`: the size and the number that a sign of times parts
    /// from it, where the store has no such size of them together.
    fn counted_by_a_sign(&self, at: usize, whole: &Needle) -> Option<(Needle, Num)> {
        let Some(What::Size(size)) = self.what(at) else { return None };
        let (count, sides) = size.parts().split_last()?;
        let (before, behind) = self.word(at).rsplit_once('x')?;
        let counts = before.ends_with(' ') && count.as_whole().is_some();
        let free = self.open.amount.is_none() && !self.open.needles.is_empty();
        let apart = sides.len() == 2 && !behind.starts_with(' ');
        (counts && free && (apart || !self.fits(whole, Reach::Exact))).then_some(())?;
        let sized = match *sides {
            [side] => self.size_needle(side, None),
            [first, second] => Needle::size(&Size::pair(first, second), self.catalog.index()),
            _ => return None,
        };
        self.fits(&sized, Reach::Kin).then_some((sized, *count))
    }

    pub(super) fn size_number(&mut self, at: usize, needle: Needle, with_unit: bool) -> usize {
        self.push(at, needle);
        if with_unit {
            self.extend_words(at + 1);
            return at + 2;
        }
        at + 1
    }

    pub(super) fn size_needle(&self, value: Num, unit: Option<&'static str>) -> Needle {
        Needle::number(value, unit, self.catalog.index())
    }

    /// Whether a number that could be a size is one.
    pub(super) fn is_size(&self, figure: Figure, needle: &Needle) -> bool {
        let Figure { at, value, .. } = figure;
        let counted = self.open.amount.is_some();
        // `tijolo 6 furos`, `100 m de cabo 2,5 preto`
        let described = matches!(self.what(at + 1), Some(What::Term(next))
            if !(counted && next.is_head(self.catalog.index(), Reach::Exact))
                && self.fits_both(needle, next));
        // `3 brita 0 pedrisco`: nought counts nothing.
        let nought = value == Num::whole(0);
        let by_words = || match counted {
            true => self.is_size_of_counted(figure, needle),
            false => self.is_size_of_uncounted(figure, needle),
        };
        described || nought || !self.is_length(figure, needle) && by_words()
    }

    /// Whether a number of metres is how much is wanted, or how long each piece shall be,
    /// of goods that are sold by the metre: `2 caibros de 3 m`, where it is other goods
    /// that come in pieces of 3 m.
    fn is_length(&self, figure: Figure, needle: &Needle) -> bool {
        let Figure { at, unit, .. } = figure;
        let measured = matches!(self.what(at + 1), Some(What::Measure(..)));
        if unit != Some("m") || !measured || self.is_dimension(at + 2) {
            return false;
        }
        let said_apart = self.is_behind_of(at) || self.open.amount.is_some();
        let rolls = || !said_apart && !self.is_counted_on(at + 1) && self.comes_in_rolls(needle);
        (self.sells_by_meter() || rolls()) && !(said_apart && self.fits(needle, Reach::Exact))
    }

    /// Whether a number behind counted goods is a size of theirs, and counts none of the
    /// goods behind it.
    fn is_size_of_counted(&self, figure: Figure, needle: &Needle) -> bool {
        let Figure { at, unit, .. } = figure;
        let begins = self.begins_ask(at + 1);
        // `3 cimento cp2 25 kg tocantins`
        let goes_on = || {
            matches!(self.what(at + 2), Some(What::Term(next))
                if unit.is_some() && self.fits_both(needle, next))
        };
        // `1 cimento 50 tijolos`: what stands already is a product by itself.
        let complete = || exactly(&self.open.needles, self.catalog.index()).len() == 1;
        let counts = || self.counts_next(at) || begins && complete() && !goes_on();
        (self.has_kind() || !begins) && (self.is_behind_of(at) || !counts())
    }

    /// Whether a number behind goods that nothing counts yet is a size of theirs.
    fn is_size_of_uncounted(&self, figure: Figure, needle: &Needle) -> bool {
        let Figure { at, value, .. } = figure;
        let of = self.is_behind_of(at);
        let measured = matches!(self.what(at + 1), Some(What::Measure(..)));
        // `cabo 6 preto 25 m e azul 25`
        let colors = self.open.needles.iter().all(|needle| needle.is(Fact::Color));
        let like_the_last = colors && self.done.last().is_some_and(|last| last.amount.is_some());
        // `a barra do ferro 1/2`
        let fraction = needle.name.is_some() && value.is_fraction();
        let asked = self.clause.edit == Edit::Ask && !self.clause.price;
        let unit_waits = self.open.container.is_some() && asked && !fraction;
        let another =
            matches!(self.what(at + 1 + usize::from(measured)), Some(What::Number { .. }));
        // `balde 18 kg`: with a measure of its own it does not count buckets.
        of || !like_the_last && (!unit_waits || another || measured)
    }

    /// Whether products hold what the open ask says, and two more words as they were said.
    fn fits_both(&self, one: &Needle, other: &Needle) -> bool {
        let needles = self.open.needles.iter().chain([one, other]);
        any_holds(needles, self.catalog.index(), Reach::Exact)
    }

    /// `3 interruptor paralelo 1 tomada e 2 placas`: whether a number stands before other goods
    /// that have no number behind them.
    fn counts_next(&self, at: usize) -> bool {
        let Some(What::Term(next)) = self.what(at + 1) else { return false };
        let goods = next.is_head(self.catalog.index(), Reach::Exact)
            && !next.is(Fact::Counted)
            && !self.fits(next, Reach::Exact);
        goods && !self.is_counted_on(at + 2)
    }

    /// `3/4 joelho soldável`: a fraction before goods that are made in that size and
    /// sold whole.
    pub(super) fn is_size_of(&self, at: usize, value: Num) -> bool {
        let Some(What::Term(goods)) = self.what(at) else { return false };
        let named = [goods.clone(), self.size_needle(value, None)];
        let (products, _) = fitting(&named, self.catalog.index(), Reach::Kin);
        self.is_uncountable(value, &products)
    }

    /// Whether a number behind the words is a size in which such goods are made,
    /// where the store tells its own apart by such sizes: `disjuntor 40`.
    pub(super) fn is_made_in(&self, at: usize, value: Num) -> bool {
        // `lixa 120 - 10 folhas`
        let next = at + 1 + usize::from(matches!(self.what(at + 1), Some(What::Noise)));
        let ends = match self.what(next) {
            // `cano 75 (3 varas)`
            Some(What::Open) => true,
            // `disjuntor 50 2 unidades`
            Some(What::Number { article: false, .. }) => {
                !self.begins_ask(next + 1) || self.counts_back(next)
            }
            _ => self.ends(next),
        };
        let counted = matches!(self.what(next), Some(What::Number { .. }));
        if !ends || self.open.container.is_some() {
            return false;
        }
        let (products, _) = fitting(&self.open.needles, self.catalog.index(), Reach::Kin);
        let sized = self.open.has_size();
        let several = !sized && products.len() > usize::from(!counted);
        // `chuveiro 7500w 127`, but the 45 of `joelho de 100 45` may count.
        let may_count = sized && is_an_angle(value);
        let another = || several || !may_count && self.has_other_made_size(value);
        self.is_uncountable(value, &products) || self.kind_is_made_in(value) && another()
    }

    /// `cano 60 1 barra joelho 20 6`: whether a number and its unit count the goods before them,
    /// because those behind have a number of their own.
    pub(super) fn counts_back(&self, at: usize) -> bool {
        let Some(What::Measure(measure, _)) = self.what(at + 1) else { return false };
        let (products, _) = fitting(&self.open.needles, self.catalog.index(), Reach::Kin);
        let so = |at: &u32| {
            self.catalog.at(*at).is_some_and(|product| is_sold_in(*measure, product, self.catalog))
        };
        !matches!(self.what(at + 2), Some(What::Of))
            && products.iter().any(so)
            && self.is_counted_on(at + 3)
    }

    /// Whether a number stands for another size of the open ask's goods, joined to the
    /// one said: `10 barras de ferro 10 e 8`.
    pub(super) fn is_other_size(&self, figure: Figure, needle: &Needle) -> bool {
        let Figure { at, article, unit, .. } = figure;
        // `tem arame 12 e 14?` counts nothing.
        let asked = self.clause.have || self.clause.price;
        let counts = self.open.amount.is_some() || self.open.leans || asked;
        let sized = self.open.needles.last().is_some_and(|last| last.numeric);
        counts
            && at > 0
            && self.word(at - 1) == "e"
            && sized
            && !article
            && unit.is_none()
            && self.ends(at + 1)
            && self.open.needles.last().is_some_and(|last| last.name != needle.name)
            && self.family_has(needle)
    }

    /// Whether the word behind `de` names a side that was measured: `2 m de altura`.
    pub(super) fn is_dimension(&self, of: usize) -> bool {
        let side = self.lexemes.get(of + 1).map(|lexeme| lexeme.from);
        matches!(self.what(of), Some(What::Of))
            && side.is_some_and(|side| self.message.plays(side, Role::Dimension))
    }

    /// Whether nothing follows a number and its measure by which what is asked for is not
    /// sold, but of which its names or packs say another number.
    pub(super) fn is_measured_otherwise(&self, at: usize) -> bool {
        let Some(What::Measure(measure, _)) = self.what(at + 1) else { return false };
        let Some(unit) = measure.unit().filter(|unit| unit.is_measure()) else { return false };
        let area = matches!(unit, Unit::SquareMeter | Unit::CubicMeter);
        if area || !self.ends(at + 2) {
            return false;
        }
        let (products, _) = fitting(&self.open.needles, self.catalog.index(), Reach::Kin);
        let goods = || products.iter().filter_map(|product| self.catalog.at(*product));
        let packed = goods().any(|product| product.pack.is_some_and(|pack| pack.unit == unit));
        let sold = goods().any(|product| product.unit == unit || product.unit == Unit::CubicMeter);
        !sold && (packed || has_other_size(&products, *measure, self.catalog))
    }

    /// Whether a number and the measure behind it only say how much is in what was
    /// counted, in one or in all of them.
    pub(super) fn says_the_pack(&self, at: usize, value: Num) -> bool {
        let Some(What::Measure(measure, _)) = self.what(at + 1) else { return false };
        let count = self.open.amount.as_ref().map_or(Num::whole(1), |amount| amount.value);
        let (products, _) = fitting(&self.open.needles, self.catalog.index(), Reach::Kin);
        let packs = products.iter().filter_map(|product| self.catalog.at(*product)?.pack);
        let holds = |pack: Pack| {
            let held = Num::from_quantity(pack.qty);
            Some(pack.unit) == measure.unit() && (held == value || held.times(count) == value)
        };
        self.ends(at + 2) && packs.into_iter().any(holds)
    }

    /// Whether a number behind the words is the angle of a fitting, because a size
    /// follows: `joelho 45 de 100`.
    pub(super) fn is_angle(&self, at: usize, value: Num) -> bool {
        let sized = matches!(self.what(at + 1), Some(What::Of))
            && matches!(self.what(at + 2), Some(What::Number { .. } | What::Size(_)));
        sized && is_an_angle(value) && self.kind_is_made_in(value)
    }

    /// Whether a number behind the words says how many parts each has, which the
    /// names of such goods count too: `quadro 24 disjuntores`.
    pub(super) fn sizes_by_parts(&self, at: usize, value: Num) -> bool {
        let Some(What::Term(part)) = self.what(at + 1) else { return false };
        // `cabo 2,5 azul 100 preto`: one colour more is of other goods.
        let colored = self.open.needles.last().is_some_and(|last| last.is(Fact::Color));
        !(colored && part.is(Fact::Color))
            && self.kind_is_made_in(value)
            && self.fits(part, Reach::Exact)
            && self.has_other_made_size(value)
    }

    /// Whether the kind of goods asked for is made in a size, here or elsewhere.
    pub(super) fn kind_is_made_in(&self, value: Num) -> bool {
        let (index, vocabulary) = (self.catalog.index(), self.catalog.vocabulary());
        self.open.needles.iter().any(|needle| {
            needle.is_head(index, Reach::Kin)
                && needle.word.is_some_and(|kind| vocabulary.made(kind).any(|size| size == value))
        })
    }

    /// Whether the trade tells goods of this kind apart by a number.
    pub(super) fn kind_has_sizes(&self) -> bool {
        let vocabulary = self.catalog.vocabulary();
        let made = |kind| vocabulary.made(kind).next().is_some();
        self.open.needles.iter().any(|needle| needle.word.is_some_and(made))
    }

    /// Whether what is asked for comes in another size that its kind is made in, beside
    /// those that are said.
    fn has_other_made_size(&self, value: Num) -> bool {
        let vocabulary = self.catalog.vocabulary();
        let kinds: BTreeSet<Word> =
            self.open.needles.iter().filter_map(|needle| needle.word).collect();
        let made = kinds.into_iter().flat_map(|kind| vocabulary.made(kind));
        let others: BTreeSet<Num> = made.filter(|size| *size != value).collect();
        let others = others.into_iter().map(|size| self.size_needle(size, None));
        let unsaid = others.filter(|other| !self.says_size(other));
        self.fits(&Needle::any_of(unsaid, Reach::Kin), Reach::Kin)
    }

    /// `a de 500 litros`, `o de 8 furos`, `de 6mm`, `deixa o 45 pra lá`: a size stands for its
    /// product.
    pub(super) fn is_nominal(&self, at: usize, of: bool) -> bool {
        let left = at > 0 && matches!(self.what(at - 1), Some(What::Verb(Verb::Leave)));
        if left && matches!(self.what(at + 1), Some(What::Verb(Verb::Away))) {
            return true;
        }
        let counted = matches!(self.what(at + 1), Some(What::Measure(measure, _))
            if size_measure(*measure).is_none());
        let goods = matches!(self.what(at + 1), Some(What::Term(next))
            if next.is_head(self.catalog.index(), Reach::Exact));
        // `deixa a de 95`, `quero de 80`
        let first = at <= 1
            || matches!(
                self.what(at - 2),
                Some(
                    What::Stop
                        | What::Joint
                        | What::Of
                        | What::Verb(Verb::Leave | Verb::Put | Verb::InsteadOf)
                )
            );
        let before = self.word(at.saturating_sub(2));
        let pointed_at =
            matches!(before, "o" | "a" | "os" | "as" | "aquele" | "aquela" | "esse" | "essa" | "e");
        let alone = self.open.amount.is_none() && self.open.container.is_none();
        // `de 48 m de ferro`
        let measured = matches!(self.what(at + 1), Some(What::Measure(..)))
            && matches!(self.what(at + 2), Some(What::Of))
            && matches!(self.what(at + 3), Some(What::Term(_)));
        of && alone && !counted && !measured && !goods && (first || pointed_at)
    }

    /// `3 latas 18 de manta`: the number says which can.
    pub(super) fn sizes_the_unit(&self, at: usize, of: bool) -> bool {
        let unit = self.open.amount.as_ref().is_some_and(|amount| amount.measure.is_some());
        let behind = at > 0 && matches!(self.what(at - 1), Some(What::Measure(..)));
        let skipped = match self.what(at + 1) {
            Some(What::SizeUnit(_)) => 2,
            Some(What::Measure(measure, _)) if size_measure(*measure).is_some() => 2,
            _ => 1,
        };
        unit && behind && !of && !self.joint && self.begins_ask(at + skipped)
    }

    /// `1 rolo 23`: the unit is the product, and the number its size.
    pub(super) fn sized_unit(
        &self,
        at: usize,
        value: Num,
        unit: Option<&'static str>,
        of: bool,
    ) -> Option<Needle> {
        let amount = self.open.amount.as_ref().filter(|_| !of && !self.joint)?;
        let word = amount.unit_word.as_ref().filter(|word| word.is_exact())?;
        let next_is_unit = at > 0 && matches!(self.what(at - 1), Some(What::Measure(..)));
        let needle = self.size_needle(value, unit);
        let pair = [word.clone(), needle];
        let index = self.catalog.index();
        let named = is_name(&pair, index)
            || word.is_head(index, Reach::Exact)
                && self.ends(at + 1 + usize::from(unit.is_some()))
                && any_holds(&pair, index, Reach::Exact);
        (next_is_unit && named).then(|| word.clone())
    }

    /// Whether a number and the measure behind it complete a size: `balde 18 kg`.
    pub(super) fn is_measured_size(&self, at: usize) -> bool {
        let Some(What::Number { value, article: false }) = self.what(at) else { return false };
        let unit = match self.what(at + 1) {
            Some(What::SizeUnit(unit)) => Some(*unit),
            Some(What::Measure(measure, _)) => size_measure(*measure),
            _ => None,
        };
        unit.is_some() && self.fits(&self.size_needle(*value, unit), Reach::Exact)
    }

    /// `troca o de 20 por 25`: behind `por` stands a size of what is replaced.
    pub(super) fn swaps_size(&self, value: Num, unit: Option<&'static str>) -> bool {
        self.clause.course == Course::Replacing
            && self.open.amount.is_none()
            && self.done.last().is_some_and(|last| last.edit == Edit::Remove && last.has_words())
            && self.last_comes_in(value, unit)
    }

    /// `troca pelo de 32`: a size of what was ordered, which is not said again.
    pub(super) fn swaps_unsaid(&self, at: usize) -> bool {
        self.clause.course == Course::Replacing
            && self.done.last().is_some_and(|last| last.implied)
            && self.is_behind_of(at)
    }

    /// Whether the goods named last come in this size too: `joelho 100 4 e 50 6`.
    pub(super) fn last_comes_in(&self, value: Num, unit: Option<&'static str>) -> bool {
        let size = [self.size_needle(value, unit)];
        let last = self.done.last();
        last.is_some_and(|last| joined(&last.needles, &size, self.catalog).is_some())
    }

    /// Whether the kind of thing asked for comes in this size, though not with
    /// the sizes already said.
    pub(super) fn family_has(&self, needle: &Needle) -> bool {
        let family = self.open.needles.iter().filter(|needle| !needle.numeric);
        let words = family.clone().count();
        words > 0
            && words < self.open.needles.len()
            && fits(family.chain([needle]), self.catalog.index(), Reach::Kin)
    }

    /// Whether a size is among those that are said: the second 10 of `tomada 10a 10` is
    /// none.
    pub(super) fn says_size(&self, needle: &Needle) -> bool {
        let said = |known: &Needle| known.numeric && known.name == needle.name;
        needle.name.is_some() && self.open.needles.iter().any(said)
    }

    /// Whether no such number of the products is ever sold: `ferro 4,2`.
    fn is_uncountable(&self, value: Num, products: &[u32]) -> bool {
        let whole =
            |at: &u32| self.catalog.at(*at).is_some_and(|product| product.step == Quantity::ONE);
        let decimal = value.as_whole().is_none() && !value.is_range();
        decimal && !products.is_empty() && products.iter().all(whole)
    }

    /// Whether the open ask names a kind of goods.
    pub(super) fn has_kind(&self) -> bool {
        self.open.container.is_some()
            || self
                .open
                .needles
                .iter()
                .any(|needle| needle.is_head(self.catalog.index(), Reach::Exact))
    }

    /// Whether all that is asked for comes in rolls of just so many metres: `fio 2,5 100 m`.
    fn comes_in_rolls(&self, length: &Needle) -> bool {
        let index = self.catalog.index();
        let (products, _) = fitting(&self.open.needles, index, Reach::Kin);
        let so_long = self.open.needles.iter().chain([length]);
        if fitting(so_long, index, Reach::Kin).0.len() < products.len() {
            // `arame farpado 250 m`, which comes in others of 500.
            return false;
        }
        let rolled = |at: &u32| {
            let product = self.catalog.at(*at).filter(|product| product.unit == Unit::Roll);
            product.and_then(|product| product.pack).is_some_and(|pack| pack.unit == Unit::Meter)
        };
        !products.is_empty() && products.iter().all(rolled)
    }

    /// Whether a number follows in the same clause.
    fn is_counted_on(&self, at: usize) -> bool {
        /// As many lexemes are looked at.
        const FARTHEST: usize = 12;
        let behind = self.lexemes.get(at..).unwrap_or_default().iter().take(FARTHEST);
        let mut clause =
            behind.take_while(|lexeme| !matches!(lexeme.what, What::Joint | What::Stop));
        clause.any(|lexeme| matches!(lexeme.what, What::Number { .. } | What::Size(_)))
    }

    pub(super) fn sells_by_meter(&self) -> bool {
        let index = self.catalog.index();
        let (_, reach) = fitting(&self.open.needles, index, Reach::Misspelt);
        let by_meter = sold_as(self.catalog, |product| product.unit == Unit::Meter);
        any_holds(self.open.needles.iter().chain([&by_meter]), index, reach)
    }
}

/// Whether fittings come in a number of degrees.
fn is_an_angle(value: Num) -> bool {
    [45, 90].map(Num::whole).contains(&value)
}

/// The unit of a size that a measure can be, beside being a quantity's.
pub(crate) fn size_measure(measure: Measure) -> Option<&'static str> {
    match measure {
        Measure::Size(unit) => Some(unit),
        Measure::Unit(Unit::Meter) => Some("m"),
        Measure::Unit(Unit::Kilogram) => Some("kg"),
        Measure::Unit(Unit::Liter) => Some("l"),
        Measure::Unit(Unit::SquareMeter) => Some("m2"),
        _ => None,
    }
}
