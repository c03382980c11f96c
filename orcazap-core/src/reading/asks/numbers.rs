//! A number is the quantity of the words before or behind it, or the size of one
//! of them: the catalogue decides.

use super::sizes::size_measure;
use super::{Amount, Counts, Reader};
use crate::catalog::index::Reach;
use crate::quantity::Unit;
use crate::reading::lexeme::What;
use crate::reading::number::Num;
use crate::reading::numeral::and_half;
use crate::reading::vocabulary::Measure;

impl Reader<'_> {
    pub(super) fn number(&mut self, at: usize, value: Num, article: bool) -> usize {
        if let Some(next) = self.counts_lines(at) {
            return next;
        }
        let unit = match self.what(at + 1) {
            Some(What::SizeUnit(unit)) => Some(*unit),
            Some(What::Measure(measure, _)) => size_measure(*measure),
            _ => None,
        };
        let only_size = matches!(self.what(at + 1), Some(What::SizeUnit(_)));
        let counting = matches!(self.what(at + 1), Some(What::Measure(measure, _)) if size_measure(*measure).is_none());
        let times = self
            .lexemes
            .get(at)
            .is_some_and(|lexeme| lexeme.from > 0 && self.message.word(lexeme.from - 1) == "x");
        if times && self.open.has_words() && self.open.amount.is_none() {
            // `brita x1`
            return self.amount(at, value, article);
        }
        if std::mem::take(&mut self.clause.to_amount) && !self.open.needles.is_empty() && !only_size
        {
            return self.amount(at, value, article);
        }
        if self.open.foreign {
            return self.number_behind_foreign(at, value, article);
        }
        if self.open.needles.is_empty()
            && !counting
            && !article
            && (self.swaps_size(value, unit) || self.swaps_unsaid(at))
        {
            let needle = self.size_needle(value, unit);
            return self.size_number(at, needle, unit.is_some());
        }
        if self.open.needles.is_empty() {
            return self.number_before(at, value, article, unit, only_size);
        }
        let needle = self.size_needle(value, unit);
        if !article && self.counts_parts(at + 1) && !self.fits(&needle, Reach::Kin) {
            // `escada 7 degraus`: a kind of them that is not here.
            self.open.misfit = true;
            self.extend_words(at);
            self.extend_words(at + 1);
            return at + 2;
        }
        let sized = self.open.needles.iter().any(|needle| needle.numeric);
        let fits = !counting
            && !article
            && self.fits(
                &needle,
                if sized && !value.is_fraction() { Reach::Exact } else { Reach::Kin },
            );
        if !fits && !article && !self.joint {
            if self.is_angle(at, value) {
                self.open.misfit = true;
                self.extend_words(at);
                return at + 1;
            }
            if self.sizes_by_parts(at, value) {
                self.open.misfit = true;
                self.extend_words(at);
                self.extend_words(at + 1);
                return at + 2;
            }
        }
        let amount_said = self.open.amount.is_some();
        let alternative =
            self.or && !only_size && !self.begins_ask(at + 1) && !self.family_has(&needle);
        if alternative && let Some(amount) = &mut self.open.amount {
            // `10 sacos de cimento ou 12`
            amount.vague = true;
            (self.or, self.joint) = (false, false);
            self.extend_whole(at);
            return at + 1 + usize::from(matches!(self.what(at + 1), Some(What::Measure(..))));
        }
        if self.joint && !only_size && !(value.is_fraction() && fits) {
            let other_size = value.is_fraction() && self.family_has(&needle);
            if !amount_said && !self.begins_ask(at + 1) && !self.shares_each(at + 1) && !other_size
            {
                return self.amount(at, value, article);
            }
            self.close();
            return self.number_before(at, value, article, unit, only_size);
        }
        if fits && self.is_size(at, &needle, unit, amount_said) {
            return self.size_number(at, needle, only_size || unit.is_some());
        }
        if !amount_said {
            if only_size && self.family_has(&needle) {
                self.close();
                return self.number_before(at, value, article, unit, true);
            }
            if only_size {
                self.open.misfit = true;
                self.extend_words(at);
                self.extend_words(at + 1);
                return at + 2;
            }
            if self.begins_ask(at + 1)
                && matches!(self.what(at + 1), Some(What::Of))
                && matches!(self.what(at + 2), Some(What::Number { .. } | What::Size(_)))
            {
                self.close();
                return self.number_before(at, value, article, unit, false);
            }
            if unit.is_none() && !counting && !article && self.is_made_in(at, value) {
                self.open.misfit = true;
                self.extend_words(at);
                return at + 1;
            }
            return self.amount(at, value, article);
        }
        self.number_too_many(at, value, article, unit, counting)
    }

    /// A number before any words: the quantity of what follows, or a size by itself.
    pub(super) fn number_before(
        &mut self,
        at: usize,
        value: Num,
        article: bool,
        unit: Option<&'static str>,
        only_size: bool,
    ) -> usize {
        let of = at > 0 && matches!(self.what(at - 1), Some(What::Of | What::For));
        let counted = self.open.amount.is_some() && of && !self.or;
        let described = self.open.container.is_some()
            && at > 0
            && matches!(self.what(at - 1), Some(What::With));
        if described {
            return at + 1;
        }
        if self.open.amount.is_some() && self.joint && !self.or && !self.next.correct {
            self.close();
        }
        self.next.correct = false;
        if self.sizes_the_unit(at, of) {
            let needle = self.size_needle(value, unit);
            if !needle.is_foreign() {
                return self.size_number(at, needle, only_size || unit.is_some());
            }
        }
        if let Some(word) = self.sized_unit(at, value, unit, of) {
            if let Some(amount) = &mut self.open.amount {
                amount.measure = None;
            }
            self.open.needles.push(word);
            let needle = self.size_needle(value, unit);
            self.open.words.0 = self.lexemes.get(at - 1).map_or(0, |lexeme| lexeme.from);
            return self.size_number(at, needle, only_size);
        }
        let nominal = self.is_nominal(at, of);
        let kind_of = matches!(self.what(at + 1), Some(What::Term(term)) if self.catalog.vocabulary().is_counted(&term.stem));
        let sized_before =
            self.done.last().is_some_and(|ask| ask.needles.iter().any(|needle| needle.numeric));
        let counted_behind = matches!(self.what(at + 1), Some(What::Number { article: false, .. }))
            && !self.begins_ask(at + 2)
            && self.open.amount.is_none();
        let other_size = (value.is_fraction() || counted_behind && self.last_comes_in(value))
            && sized_before
            && !matches!(self.what(at + 1), Some(What::Measure(..)))
            && !self.begins_ask(at + 1);
        let sizes_next = value.is_proper_fraction() && self.is_size_of(at + 1, value);
        if only_size || counted || nominal || kind_of || other_size || sizes_next {
            let needle = self.size_needle(value, unit);
            if needle.is_foreign() && !only_size {
                return at + 1;
            }
            return self.size_number(at, needle, only_size || (unit.is_some() && !article));
        }
        self.amount(at, value, article)
    }

    /// A number when the open ask has its quantity already and this fits no size.
    pub(super) fn number_too_many(
        &mut self,
        at: usize,
        value: Num,
        article: bool,
        unit: Option<&'static str>,
        counting: bool,
    ) -> usize {
        let of = at > 0 && matches!(self.what(at - 1), Some(What::Of));
        let opened = at > 0 && matches!(self.what(at - 1), Some(What::Open));
        let only_size = matches!(self.what(at + 1), Some(What::SizeUnit(_)));
        let bare = self.open.amount.as_ref().is_some_and(|amount| {
            amount.measure.is_none_or(|measure| {
                matches!(measure, Measure::Unit(Unit::Piece | Unit::Part | Unit::Bar))
            })
        });
        if unit == Some("m") && !only_size && bare && opened {
            return self.amount(at, value, article);
        }
        if unit == Some("m")
            && !only_size
            && bare
            && !self.begins_ask(at + 1)
            && self.sells_by_meter()
        {
            self.open.length = Some(value);
            self.extend_whole(at + 1);
            return at + 2;
        }
        if only_size || (of && !counting) {
            self.open.misfit = true;
            self.extend_words(at);
            if only_size {
                self.extend_words(at + 1);
            }
            return at + 1 + usize::from(only_size);
        }
        if counting || self.begins_ask(at + 1) || article {
            self.close();
            return self.number_before(at, value, article, unit, false);
        }
        if unit.is_some() {
            self.close();
            return self.number_before(at, value, article, unit, false);
        }
        self.open.misfit = true;
        self.extend_words(at);
        at + 1
    }

    pub(super) fn number_behind_foreign(&mut self, at: usize, value: Num, article: bool) -> usize {
        let of = at > 0 && matches!(self.what(at - 1), Some(What::Of));
        if of || matches!(self.what(at + 1), Some(What::SizeUnit(_))) {
            self.extend_words(at);
            let unit = matches!(self.what(at + 1), Some(What::SizeUnit(_) | What::Measure(..)));
            if unit {
                self.extend_words(at + 1);
            }
            return at + 1 + usize::from(unit);
        }
        if self.open.amount.is_none() && !self.begins_ask(at + 1) {
            return self.amount(at, value, article);
        }
        let size = matches!(self.what(at + 1), Some(What::Measure(measure, _)) if size_measure(*measure).is_some());
        if size && !self.begins_ask(at + 1) {
            self.extend_words(at);
            self.extend_words(at + 1);
            return at + 2;
        }
        self.close();
        self.amount(at, value, article)
    }

    /// Takes a number, its unit and a half behind it as the open ask's quantity.
    pub(super) fn amount(&mut self, at: usize, value: Num, article: bool) -> usize {
        let mut value = value;
        let mut next = at + 1;
        self.extend_whole(at);
        if self.clause.by != Counts::Plain && at > 0 && self.word(at - 1) == "em" {
            // `aumenta o cimento em 5`
            self.open.counts = self.clause.by;
        }
        let mut vague = self.or && self.open.amount.is_some() || value.is_range();
        if matches!(self.what(next), Some(What::Or))
            && let Some(What::Number { .. }) = self.what(next + 1)
        {
            vague = true;
            next += 2;
        }
        let range = self
            .lexemes
            .get(next)
            .is_some_and(|l| matches!(self.message.word(l.from), "a" | "ate" | "-"))
            && matches!(self.what(next), Some(What::Noise))
            && matches!(self.what(next + 1), Some(What::Number { .. }))
            && self.lexemes.get(next).is_some_and(|l| self.message.word(l.from) != "-");
        if range {
            vague = true;
            next += 2;
        }
        let mut measure = None;
        let mut unit_word = None;
        if let Some(What::Measure(unit, needle)) = self.what(next) {
            measure = Some(*unit);
            unit_word = Some(needle.clone());
            self.extend_whole(next);
            let behind = self.lexemes.get(next).map_or(0, |lexeme| lexeme.to);
            next += 1;
            if let Some((half, end)) = and_half(self.message, behind) {
                value = value.plus(half);
                while self.lexemes.get(next).is_some_and(|lexeme| lexeme.from < end) {
                    self.extend_whole(next);
                    next += 1;
                }
            }
        }
        if vague {
            self.or = false;
        }
        let article = article && measure.is_none_or(|_| self.clause.price);
        let definite = self.is_definite(at);
        self.open.amount = Some(Amount { value, measure, unit_word, article, vague, definite });
        self.joint = false;
        next
    }
}
