//! What is told beside goods: what broke, who lost them, for which rooms they are.

use super::Reader;
use crate::catalog::index::Reach;
use crate::catalog::matcher::fitting;
use crate::quantity::Unit;
use crate::reading::lexeme::What;
use crate::reading::resolve::agrees;
use crate::reading::roles::Role;
use crate::reading::vocabulary::{Fact, Measure};

impl Reader<'_> {
    /// `3 luvas que o servente perdeu`: what is told of counted goods is no more of them; gives
    /// the lexeme where it ends.
    pub(super) fn told_of(&self, at: usize) -> Option<usize> {
        /// As many lexemes are passed over.
        const FARTHEST: usize = 8;
        const WHO: [&str; 12] =
            ["o", "a", "os", "as", "eu", "ele", "ela", "meu", "minha", "seu", "pedreiro", "mestre"];
        let told = matches!(self.word(at), "que" | "q")
            && WHO.contains(&self.word(at + 1))
            && self.open.has_words()
            && self.open.amount.is_some();
        told.then(|| {
            let tale = |next: &usize| {
                matches!(
                    self.what(*next),
                    Some(What::Noise | What::Term(_) | What::Foreign(_) | What::Of)
                )
            };
            at + 1 + (at + 1..at + FARTHEST).take_while(tale).count()
        })
    }

    /// `portão: esmalte 1 galão, lixa 5`: what stands before the colon only says what the goods
    /// behind it are for, when the store has nothing of that name.
    pub(super) fn heads_goods(&self, at: usize) -> bool {
        let number = usize::from(matches!(self.what(at + 1), Some(What::Number { .. })));
        let unit = usize::from(number > 0 && matches!(self.what(at + 2), Some(What::Measure(..))));
        let next = at + 1 + number + unit;
        let of = usize::from(number > 0 && matches!(self.what(next), Some(What::Of)));
        let begins = self.done.is_empty()
            && self.open.amount.is_none()
            && self.open.container.is_none()
            && self.open.foreign;
        begins
            && self.word(at) == ":"
            && matches!(self.what(next + of), Some(What::Term(goods))
                if goods.is_head(self.catalog.index(), Reach::Exact))
    }

    /// Whether the message says `não` anywhere.
    pub(super) fn denies(&self) -> bool {
        (0..self.message.tokens.len()).any(|at| matches!(self.message.word(at), "nao" | "n"))
    }

    /// `o chuveiro queimou`, `queimou o chuveiro`: what stands before it is what broke, else
    /// what follows.
    pub(super) fn breaks(&mut self, at: usize) {
        let subject = self.open.has_words() && self.open.amount.is_none();
        if subject && !self.joint && self.stands_before(at) {
            self.open.broken = true;
            self.close();
        } else {
            self.clause.breaks = true;
        }
    }

    /// `tô reformando 2 banheiros, preciso de torneira`: a number of rooms, of which nothing more
    /// is said; gives the lexeme behind.
    pub(super) fn tells_rooms(&self, at: usize) -> Option<usize> {
        let room = self.lexemes.get(at + 1)?.from;
        let goes_on = self.passed.is_some() && self.passed == at.checked_sub(2);
        (self.open.is_blank()
            && self.message.plays(room, Role::Room)
            && self.word(at + 1).ends_with('s')
            && self.ends(at + 2)
            && (at == 0 || goes_on || !matches!(self.what(at - 1), Some(What::Joint | What::Stop))))
        .then_some(at + 2)
    }

    /// `minha casa tem 80 m2`: how large the house or its ground is; gives the lexeme behind.
    pub(super) fn measures_a_plot(&self, at: usize) -> Option<usize> {
        let told = matches!(self.word(at.wrapping_sub(1)), "e" | "eh" | "tem" | "mede" | "de");
        let plot = self.lexemes.get(at.checked_sub(2)?)?;
        let measured = matches!(self.what(at + 1), Some(What::Measure(measure, _))
            if *measure == Measure::Unit(Unit::SquareMeter));
        (told && measured && self.open.is_blank() && self.message.plays(plot.from, Role::Plot))
            .then_some(at + 2)
    }

    /// `ac3 pra 30 m2`: whether an area says what goods are for that are not sold by it.
    pub(super) fn is_to_cover(&self, at: usize) -> bool {
        let Some(What::Measure(measure, _)) = self.what(at + 1) else { return false };
        let area = *measure == Measure::Unit(Unit::SquareMeter);
        let purpose = at > 0 && matches!(self.what(at - 1), Some(What::For));
        if !(area && purpose) || self.open.needles.is_empty() || self.open.foreign {
            return false;
        }
        let (products, _) = fitting(&self.open.needles, self.catalog.index(), Reach::Kin);
        !products
            .iter()
            .filter_map(|at| self.catalog.at(*at))
            .any(|product| agrees(*measure, product, self.catalog))
    }

    /// `o quarto é 3x4`: whether a size says how large a part of the house is.
    pub(super) fn measures_a_room(&self, at: usize) -> bool {
        let told =
            matches!(self.word(at.wrapping_sub(1)), "e" | "eh" | "tem" | "mede" | "deu" | "de");
        let room = at.checked_sub(2).and_then(|room| self.lexemes.get(room));
        told && self.open.needles.is_empty()
            && self.open.amount.is_none()
            && room.is_some_and(|room| {
                let of = self.message.plays(room.from, Role::Plot);
                of || self.word(at - 1) != "de" && self.message.of_stem(room.from).is(Fact::Use)
            })
    }
}
