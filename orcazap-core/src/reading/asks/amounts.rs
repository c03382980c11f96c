//! How many an ask is of: its number with the unit, the half, the range and the second
//! spelling beside it, and pieces of a length.

use super::{Amount, Corrects, Counts, Edit, Reader};
use crate::catalog::matcher::Needle;
use crate::quantity::Unit;
use crate::reading::complete::joined;
use crate::reading::lexeme::What;
use crate::reading::number::Num;
use crate::reading::numeral::and_half;
use crate::reading::roles::Role;
use crate::reading::verbs::Verb;
use crate::reading::vocabulary::Measure;

impl Reader<'_> {
    /// A number with the half behind its unit, which stands at a lexeme, and the lexeme
    /// that follows: `2 metros e meio`.
    pub(super) fn with_half(&mut self, value: Num, unit: usize) -> (Num, usize) {
        let behind = self.lexemes.get(unit).map_or(0, |lexeme| lexeme.to);
        let mut next = unit + 1;
        let Some((half, end)) = and_half(self.message, behind) else { return (value, next) };
        while self.lexemes.get(next).is_some_and(|lexeme| lexeme.from < end) {
            self.extend_whole(next);
            next += 1;
        }
        (value.plus(half), next)
    }

    /// Whether `e meio` stands there.
    pub(super) fn is_half(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| and_half(self.message, lexeme.from).is_some())
    }

    /// `ripa de 3 m, 12 peças`: behind how long each is, how many of what is sold by the metre.
    pub(super) fn counts_lengths(&self, at: usize) -> bool {
        /// Timber is not longer, in metres; what is counts all of it.
        const LONGEST: i64 = 7;
        let long = |amount: &Amount| {
            amount.measure == Some(Measure::Unit(Unit::Meter))
                && amount.value <= Num::whole(LONGEST)
        };
        // `6 m em 2 peças`, `6 m (2 peças)` say it again.
        let again = self.word(at.wrapping_sub(1)) == "em"
            || matches!(self.what(at.wrapping_sub(1)), Some(What::Open));
        matches!(self.what(at + 1), Some(What::Measure(measure, _)) if is_of_pieces(*measure))
            && self.ends(at + 2)
            && !again
            && self.open.length.is_none()
            && self.open.whole.0 == self.open.words.0
            && self.open.amount.as_ref().is_some_and(long)
            && self.sells_by_meter()
    }

    /// `12 joelhos pra cozinha, 8 pro banheiro e 2 no tanque`: numbers behind goods, of more of
    /// them or of parts of what was counted. Gives the lexeme behind.
    pub(super) fn counts_parts_of_the_last(&mut self, at: usize) -> Option<usize> {
        /// As many parts are looked for.
        const MOST: usize = 8;
        let before = at.checked_sub(1).and_then(|before| self.what(before));
        let led = matches!(before, Some(What::Joint | What::Verb(Verb::More)))
            || matches!(self.word(at.wrapping_sub(1)), "outro" | "outros" | "outra" | "outras");
        let last = if self.open.has_words() { Some(&self.open) } else { self.done.last() };
        let last = last.filter(|last| {
            last.has_words() && last.edit == Edit::Ask && last.length.is_none() && !last.foreign
        })?;
        let counted = last.amount.as_ref().filter(|amount| !amount.vague)?;
        (led && !self.or && (self.open.has_words() || self.open.is_blank())).then_some(())?;
        let measure = counted.measure;
        // A dozen is twelve pieces, to which others are added.
        let pieces = match measure {
            Some(Measure::Pieces(pieces)) => Some(pieces),
            _ => None,
        };
        let whole = pieces.map_or(counted.value, |pieces| counted.value.times(Num::whole(pieces)));
        let mut sum = Num::whole(0);
        let mut parts = 0;
        let mut next = at;
        let joint = |at: usize| matches!(self.what(at), Some(What::Joint));
        let mut part = self.part_at(at, measure);
        while let Some((value, behind)) = part.filter(|_| parts < MOST) {
            sum = sum.plus(value);
            parts += 1;
            next = behind;
            let beside = behind + 1 + usize::from(joint(behind + 1));
            part = if joint(behind) { self.part_at(beside, measure) } else { None };
        }
        (parts > 0).then_some(())?;
        if self.open.has_words() {
            self.close();
        }
        let last = self.done.last_mut()?.amount.as_mut()?;
        if sum != whole || parts == 1 {
            last.value = whole.plus(sum);
            if pieces.is_some() {
                (last.measure, last.unit_word) = (None, None);
            }
        }
        self.passed = next.checked_sub(1);
        Some(next)
    }

    /// A number at a lexeme with what it is for and nothing more: `8 pro banheiro`; with the
    /// lexeme behind.
    fn part_at(&self, at: usize, measure: Option<Measure>) -> Option<(Num, usize)> {
        /// As many words say what it is for.
        const FARTHEST: usize = 6;
        /// As many asks back the kind of goods may be named.
        const NEAR: usize = 3;
        let Some(What::Number { value, article: false }) = self.what(at) else { return None };
        let unit = match self.what(at + 1) {
            Some(What::Measure(unit, _)) if Some(*unit) == measure => 1,
            _ => 0,
        };
        let to = at + 1 + unit;
        let leads = matches!(self.what(to), Some(What::For))
            || matches!(self.word(to), "no" | "na" | "nos" | "nas");
        leads.then_some(())?;
        // `3 fechaduras, 2 externas e 1 pra banheiro`: a kind of them.
        let kind = |word: &Needle| {
            let before = self.done.iter().rev().take(NEAR).chain([&self.open]);
            let mut families = before.map(|ask| ask.needles.as_slice());
            families.any(|family| {
                !family.is_empty()
                    && joined(family, std::slice::from_ref(word), self.catalog).is_some()
            })
        };
        let says = |at: &usize| match self.what(*at) {
            Some(What::Noise) => self.word(*at) != "caso",
            Some(What::Of | What::Foreign(_)) => true,
            Some(What::Term(word)) => !kind(word),
            // `pro quarto`
            Some(What::Measure(..)) => {
                self.lexemes.get(*at).is_some_and(|room| self.message.plays(room.from, Role::Room))
            }
            _ => false,
        };
        let words = (to + 1..to + 1 + FARTHEST).take_while(says).count();
        let behind = to + 1 + words;
        let ends = matches!(self.what(behind), None | Some(What::Stop | What::Joint));
        (words > 0 && ends).then_some((*value, behind))
    }

    /// `e 5 de cal`: a number that goes on from the one before it, be that of the message
    /// before, and has no unit in it.
    fn goes_on(&self, at: usize) -> bool {
        let number = self.lexemes.get(at).map_or(0, |lexeme| lexeme.to.saturating_sub(1));
        let leads = |at| matches!(self.what(at), Some(What::Joint | What::Verb(Verb::More)));
        at.checked_sub(1).is_none_or(leads) && !self.message.is_unit(number)
    }

    /// A number in parentheses with nothing beside it: that before them in words.
    fn said_again(&self, at: usize) -> Option<Num> {
        let closed = self
            .lexemes
            .get(at + 2)
            .is_some_and(|lexeme| self.message.is_mark(lexeme.from, &[')']));
        match (self.what(at), self.what(at + 1)) {
            (Some(What::Open), Some(What::Number { value, .. })) if closed => Some(*value),
            _ => None,
        }
    }

    /// `tomada 8 caixa 4x4 4`, `brita 1: 2 balde de obra: 3`: whether a unit word behind a number
    /// is other goods.
    pub(super) fn is_next_product(&self, at: usize) -> bool {
        self.names_by_size(at) || self.begins_product(at) && self.is_named_by(at)
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
        if let Some(said) = self.said_again(next) {
            // `10 (dez) sacos`; of `10 (doze) sacos` nobody knows which holds.
            vague |= said != value;
            next += 3;
        }
        let mut measure = None;
        let mut unit_word = None;
        if let Some(What::Measure(unit, needle)) = self.what(next)
            && !(self.open.has_words() && self.is_next_product(next))
        {
            measure = Some(*unit);
            unit_word = Some(needle.clone());
            self.extend_whole(next);
            (value, next) = self.with_half(value, next);
        }
        let before = at.checked_sub(1).and_then(|before| self.lexemes.get(before));
        self.open.bygone |= before.is_some_and(|word| self.message.plays(word.from, Role::Owned));
        self.open.goes_on = at > 0
            && (self.word(at - 1) == "e"
                || matches!(self.what(at - 1), Some(What::Verb(Verb::More))));
        self.open.elliptic = measure.is_none()
            && self.open.needles.is_empty()
            && matches!(self.what(next), Some(What::Of))
            && self.goes_on(at);
        if vague {
            self.or = false;
        }
        if measure.is_some()
            && self.open.unit_named
            && let Some((_, word)) = self.open.container.take()
        {
            // `revestimento metro branco 12 metros`: the first one is a name.
            self.open.needles.push(word);
        }
        let article = article && measure.is_none_or(|_| self.clause.price);
        let definite = self.is_definite(at);
        if self.open.amount.is_none() && self.is_told(at) {
            self.open.corrects = self.open.corrects.max(Corrects::Same);
        }
        self.open.amount = Some(Amount { value, measure, unit_word, article, vague, definite });
        self.joint = false;
        next
    }
}

/// Whether a unit counts pieces.
pub(super) fn is_of_pieces(measure: Measure) -> bool {
    matches!(measure, Measure::Unit(Unit::Piece | Unit::Part | Unit::Bar))
}
