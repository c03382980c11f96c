//! Numbers that count, although they could be sizes, and those that could count and do not.

use super::Reader;
use super::amounts::is_of_pieces;
use super::numbers::Figure;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, any_holds, fitting};
use crate::quantity::Unit;
use crate::reading::complete::joined;
use crate::reading::lexeme::What;
use crate::reading::number::Num;
use crate::reading::resolve::sold_as;
use crate::reading::token::Kind;
use crate::reading::vocabulary::{Fact, Measure};

impl Reader<'_> {
    /// `telha 3,66x1,10 seis`: whether a number in words stands behind a size in digits, and
    /// nothing more.
    pub(super) fn is_written_count(&self, at: usize) -> bool {
        let token = self.lexemes.get(at).map_or(usize::MAX, |lexeme| lexeme.from);
        let (from, to) = self.open.words;
        let digits = |token: usize| {
            matches!(self.message.kind(token), Some(Kind::Number(_) | Kind::Size(_)))
        };
        self.message.kind(token) == Some(Kind::Word)
            && self.open.amount.is_none()
            && (from..to).any(digits)
            && !self.is_behind_of(at)
            && self.ends(at + 1)
    }

    /// `rejunte bege 1`, `tomada dupla 4`: whether a number is only the weight of all that fits,
    /// or one side of a size that all have, so that it tells none of them apart.
    pub(super) fn counts_for_sure(&self, figure: Figure, needle: &Needle) -> bool {
        let Figure { at, value, unit, only_size, counting, .. } = figure;
        // `cumeeira normal seis`
        let token = self.lexemes.get(at).map_or(usize::MAX, |lexeme| lexeme.from);
        let spelled = self.message.kind(token) == Some(Kind::Word) && !value.is_fraction();
        let plain = unit.is_none()
            && !only_size
            && !counting
            && (spelled || value.as_whole().is_some_and(|value| value < 10))
            && self.open.amount.is_none()
            && !self.is_behind_of(at)
            && (self.ends(at + 1) || self.is_before_a_color(at))
            && !self.kind_is_made_in(value);
        if !plain {
            return false;
        }
        let index = self.catalog.index();
        let (products, _) = fitting(&self.open.needles, index, Reach::Kin);
        let (sized, _) = fitting(self.open.needles.iter().chain([needle]), index, Reach::Kin);
        !products.is_empty()
            && products.iter().all(|product| sized.contains(product))
            && (spelled || self.tells_nothing(value, &products))
    }

    /// Whether a number is the weight in which products come, or one side of a size of theirs.
    fn tells_nothing(&self, value: Num, products: &[u32]) -> bool {
        let sides = |name: &str| {
            name.to_ascii_lowercase().split(' ').filter_map(|word| word.split_once('x')).any(
                |(one, other)| match (Num::parse(one), Num::parse(other)) {
                    (Some(one), Some(other)) => one == value || other == value,
                    _ => false,
                },
            )
        };
        products.iter().filter_map(|at| self.catalog.at(*at)).all(|product| {
            let weighs = product.pack.is_some_and(|pack| {
                pack.unit == Unit::Kilogram && Num::from_quantity(pack.qty) == value
            });
            weighs || sides(&product.name)
        })
    }

    /// `100 m preto 100 m azul`: whether a second number of metres is of another colour.
    pub(super) fn measures_another_color(&self, at: usize) -> bool {
        let metres = Some(Measure::Unit(Unit::Meter));
        self.open.amount.as_ref().is_some_and(|amount| amount.measure == metres)
            && self.open.needles.last().is_some_and(|last| last.is(Fact::Color))
            && matches!(self.what(at + 1), Some(What::Measure(..)))
            && self.is_before_a_color(at + 1)
    }

    /// `ferro 8 20 barras 16 5 barras`: whether a number behind counted goods is another size of
    /// theirs, with its own number behind it.
    pub(super) fn goes_on_in_size(&self, figure: Figure, needle: &Needle) -> bool {
        let Figure { at, article, unit, .. } = figure;
        let counted_behind = self.open.whole.1 > self.open.words.1;
        !(article || self.joint || self.or || unit.is_some())
            && self.open.amount.is_some()
            && counted_behind
            && self.open.has_size()
            && matches!(self.what(at + 1), Some(What::Number { article: false, .. }))
            && (!self.begins_ask(at + 2) || self.counts_back(at + 1))
            && self.family_has(needle)
    }

    /// `brita um dois metros`: whether `um` is a size of the goods before, because their number
    /// follows.
    pub(super) fn is_counted_size(&self, at: usize, value: Num) -> bool {
        matches!(self.what(at + 1), Some(What::Number { article: false, .. }))
            && !self.joint
            && self.open.amount.is_none()
            && !self.open.needles.is_empty()
            && self.fits(&self.size_needle(value, None), Reach::Exact)
    }

    /// `quanto o cento do bloco?`: a number that is the unit whose price is asked for.
    pub(super) fn is_asked_unit(&self, at: usize) -> bool {
        let token = self.lexemes.get(at).map_or(usize::MAX, |lexeme| lexeme.from);
        self.clause.price
            && self.message.word(token) == "cento"
            && matches!(self.word(at.wrapping_sub(1)), "o" | "do" | "no" | "por" | "pelo")
            && (matches!(self.what(at + 1), Some(What::Of)) || self.ends(at + 1))
    }

    /// `50 buchas, metade 6 metade 10`: whether a number behind `metade` is a size of what was
    /// counted.
    pub(super) fn is_half_of_a_size(
        &self,
        at: usize,
        value: Num,
        unit: Option<&'static str>,
    ) -> bool {
        let size = [self.size_needle(value, unit)];
        let counted = self.done.iter().rev().find(|ask| !ask.half);
        at > 0
            && matches!(self.what(at - 1), Some(What::Half))
            && (self.ends(at + 1) || matches!(self.what(at + 1), Some(What::Half)))
            && counted.is_some_and(|ask| joined(&ask.needles, &size, self.catalog).is_some())
    }

    /// Whether pieces of a length are counted before goods that are sold by the metre.
    pub(super) fn cuts_goods(&self, at: usize) -> bool {
        let pieces = self.open.amount.as_ref().and_then(|amount| amount.measure);
        let Some(What::Term(goods)) = self.what(at + 3) else { return false };
        let by_meter = sold_as(self.catalog, |product| product.unit == Unit::Meter);
        pieces.is_some_and(is_of_pieces)
            && self.open.length.is_none()
            && matches!(self.what(at + 1), Some(What::Measure(..)))
            && matches!(self.what(at + 2), Some(What::Of))
            && any_holds([goods, &by_meter], self.catalog.index(), Reach::Kin)
    }
}
