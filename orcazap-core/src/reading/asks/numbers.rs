//! A number is the quantity of the words before or behind it, or the size of one
//! of them: the catalogue decides.

use super::amounts::is_of_pieces;
use super::sizes::size_measure;
use super::{Ask, Corrects, Counts, Course, Edit, Reader};
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, exactly, fits, fitting};
use crate::reading::lexeme::What;
use crate::reading::number::Num;
use crate::reading::token::Kind;
use crate::reading::verbs::Verb;
use crate::reading::vocabulary::{Fact, Measure};
use crate::reading::words::stem;
use crate::text::plain;

/// A number, with what the lexeme behind it makes of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub(super) at: usize,
    pub(super) value: Num,
    /// `um`, `uma`.
    pub(super) article: bool,
    /// The unit of a size that stands behind, alone or as a measure, too.
    pub(super) unit: Option<&'static str>,
    /// That unit counts nothing: `mm`.
    pub(super) only_size: bool,
    /// A measure that is of no size stands behind: `sacos`.
    pub(super) counting: bool,
}

/// What a number is behind the words of an ask.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    /// Its quantity.
    Amount,
    /// One of its sizes.
    Size(Needle),
    /// A size that nothing of this kind has, in so many lexemes.
    Misfit(usize),
    /// Another size of the same goods: `ferro 10 e 8`.
    OtherSize(Needle),
    /// Another number for its quantity: `10 sacos ou 12`.
    Alternative,
    /// The first word of the next ask.
    Next,
    /// A second number beside its quantity.
    TooMany,
}

impl Reader<'_> {
    pub(super) fn number(&mut self, at: usize, value: Num, article: bool) -> usize {
        if let Some(next) = self.counts_lines(at) {
            return next;
        }
        if let Some(next) = self.tells_rooms(at).or_else(|| self.measures_a_plot(at)) {
            self.passed = next.checked_sub(1);
            return next;
        }
        if self.is_to_cover(at) {
            return at + 2;
        }
        if self.is_needed(at) && self.begins_ask(at + 1) {
            // `tô sem água quente preciso de 2 chuveiros`
            self.close();
        }
        let article = article && !self.is_counted_size(at, value) || self.is_asked_unit(at);
        let old = matches!(self.word(at.wrapping_sub(1)), "tava" | "estava" | "antes");
        if old && !self.begins_ask(at + 1) {
            // `muda o piso pra 46 m², tava 40`
            return at + 1 + usize::from(matches!(self.what(at + 1), Some(What::Measure(..))));
        }
        if self.is_called_by_size(at) {
            let needle = self.size_needle(value, None);
            return self.size_number(at, needle, false);
        }
        if let Some(next) = self.counts_parts_of_the_last(at) {
            return next;
        }
        let figure = self.figure(at, value, article);
        let bare =
            article && !(figure.counting || figure.unit.is_some() || self.begins_ask(at + 1));
        // `tira a fita crepe, achei uma em casa`
        let told =
            at > 0 && matches!(self.what(at - 1), Some(What::Noise | What::Verb(Verb::Have)));
        let found = bare && told && self.clause.edit == Edit::Remove && self.open.has_words();
        // `marreta de 2 kg ou uma de 1`
        let other = article && self.or && matches!(self.what(at + 1), Some(What::Of));
        if found || other || article && self.announces(at + 1) {
            return at + 1;
        }
        if self.multiplies(at) {
            return self.amount(at, value, article);
        }
        if self.alters_all(at) || self.means_all(at) {
            return at + 1;
        }
        if self.is_behind_of(at) && self.passed.is_some_and(|passed| passed + 2 == at) {
            // `uma laje de 60 metros`
            let measured = usize::from(matches!(self.what(at + 1), Some(What::Measure(..))));
            self.passed = Some(at + measured);
            return at + 1 + measured;
        }
        let to_amount = std::mem::take(&mut self.clause.to_amount);
        if to_amount && !self.open.needles.is_empty() && !figure.only_size {
            // `muda o cimento pra 20`
            self.open.counts = Counts::Instead;
            return self.amount(at, value, article);
        }
        if self.open.foreign {
            return self.number_behind_foreign(figure);
        }
        if self.next.outdated && self.open.amount.is_some() && self.is_said_to_be(at) {
            // `no lugar de 12 tomadas são 14`
            self.next.outdated = false;
            return self.amount(at, value, article);
        }
        if self.open.needles.is_empty() {
            return self.number_before(figure);
        }
        if let Some(needle) = self.lamp_base(at, value) {
            self.joint = false;
            return self.size_number(at, needle, false);
        }
        if self.counts_lengths(at) {
            self.open.length = self.open.amount.take().map(|length| length.value);
            return self.amount(at, value, article);
        }
        match self.part(figure) {
            Part::Amount => self.amount(at, value, article),
            Part::Size(needle) => self.size_number(at, needle, figure.unit.is_some()),
            Part::Misfit(lexemes) => self.misfit(at, lexemes),
            Part::OtherSize(needle) => self.other_size(at, needle),
            Part::Alternative => {
                if let Some(amount) = &mut self.open.amount {
                    amount.vague = true;
                }
                (self.or, self.joint) = (false, false);
                self.extend_whole(at);
                at + 1 + usize::from(matches!(self.what(at + 1), Some(What::Measure(..))))
            }
            Part::Next => {
                self.close();
                self.number_before(figure)
            }
            Part::TooMany => self.number_too_many(figure),
        }
    }

    fn figure(&self, at: usize, value: Num, article: bool) -> Figure {
        let (unit, only_size, counting) = match self.what(at + 1) {
            Some(What::SizeUnit(unit)) => (Some(*unit), true, false),
            Some(What::Measure(measure, _)) => {
                let unit = size_measure(*measure);
                // `cola de cano 175 g`, `175g`: of goods weighed out it would be a quantity.
                let small = matches!(measure, Measure::Size(_));
                let alone = small && self.open.needles.is_empty() && !self.begins_ask(at + 1);
                (unit, alone || self.is_dimension(at + 2), unit.is_none())
            }
            _ => (None, false, false),
        };
        Figure { at, value, article, unit, only_size, counting }
    }

    /// `bocal e27`: the size of goods that are made so, in one word with its letter.
    fn lamp_base(&self, at: usize, value: Num) -> Option<Needle> {
        let token = self.lexemes.get(at)?.from;
        let glued = self.message.tokens.get(token)?.glued && token > 0;
        (glued && self.message.word(token - 1) == "e").then_some(())?;
        let needle = self.size_needle(value, None);
        self.fits(&needle, Reach::Exact).then_some(needle)
    }

    /// `um orçamento de 10 sacos`: whether a word that names no goods stands before theirs.
    fn announces(&self, at: usize) -> bool {
        matches!(self.what(at), Some(What::Noise | What::Verb(Verb::Price)))
            && matches!(self.what(at + 1), Some(What::Of))
    }

    /// `muda os dois pra 50`: whether a number counts all that gets another one.
    fn alters_all(&mut self, at: usize) -> bool {
        let all = self.clause.course == Course::Altering
            && self.open.is_blank()
            && matches!(self.word(at.wrapping_sub(1)), "os" | "as" | "todos" | "todas")
            && matches!(self.what(at + 1), Some(What::For))
            && matches!(self.what(at + 2), Some(What::Number { .. }));
        self.next.each |= all;
        all
    }

    /// `o 40 é bipolar`: whether a number is the size by which goods are called that are told
    /// of.
    fn is_called_by_size(&self, at: usize) -> bool {
        self.open.is_blank()
            && matches!(self.word(at.wrapping_sub(1)), "o" | "a" | "os" | "as")
            && self.is_copula(at + 1)
            && matches!(self.what(at + 2), Some(What::Term(_)))
    }

    /// `…, me fala o preço dos dois`: whether a number says of what is named that all is meant.
    fn means_all(&self, at: usize) -> bool {
        let before = self.word(at.wrapping_sub(1));
        let mut named = self.done.iter().chain([&self.open]).filter(|ask| ask.has_words());
        self.clause.price
            && matches!(before, "dos" | "das" | "os" | "as")
            && matches!(self.word(at), "dois" | "duas" | "tres")
            && self.ends(at + 1)
            && named.nth(1).is_some()
    }

    /// `brita x1`
    fn multiplies(&self, at: usize) -> bool {
        let times = self.lexemes.get(at).and_then(|lexeme| lexeme.from.checked_sub(1));
        times.is_some_and(|before| self.message.word(before) == "x")
            && self.open.has_words()
            && self.open.amount.is_none()
    }

    /// What a number behind the words of the open ask is, by the first that applies.
    fn part(&self, figure: Figure) -> Part {
        let Figure { at, value, article, unit, only_size, counting } = figure;
        let needle = self.size_needle(value, unit);
        let as_said = needle.is_exact() && self.fits(&needle, Reach::Exact);
        if !article && self.counts_parts(at + 1) && !as_said {
            // `escada 7 degraus`: a kind of them that is not here, although a side of
            // theirs may be 7.
            return Part::Misfit(2);
        }
        let sized = self.joint && self.open.has_size() && self.open.amount.is_none();
        if sized && !(article || counting) && needle.is_exact() && self.is_another_one(at) {
            // `o de 220 e o de 127`
            return Part::OtherSize(needle);
        }
        if self.open.amount.is_none() && self.is_told_by_a_mark(at, unit.is_some()) {
            return Part::Amount;
        }
        if !(article || counting || only_size) && self.is_shared_behind(at) {
            // `trincha 2 e 3, 2 de cada`
            if self.family_has(&needle) {
                return Part::OtherSize(needle);
            }
            if self.completes(figure, &needle) {
                return Part::Size(needle);
            }
        }
        if self.is_written_count(at) || !article && self.counts_for_sure(figure, &needle) {
            return Part::Amount;
        }
        if !article && unit == Some("m") && !only_size && self.measures_another_color(at) {
            return Part::Next;
        }
        // `coluna 3/8 vara 6 m`: nothing is counted in eighths.
        let inches = value.slashed().is_some_and(|(_, parts)| matches!(parts, 8 | 16 | 32));
        if inches && self.completes(figure, &needle) {
            return Part::Size(needle);
        }
        let of = usize::from(matches!(self.what(at + 1), Some(What::Of)));
        let ends = matches!(self.what(at + 2 + of), None | Some(What::Stop | What::Joint));
        let each = self.shares_each(at + 1) && ends;
        if each && self.open.amount.is_none() && !only_size {
            // `cal hidratada 20 de cada`
            return Part::Amount;
        }
        if self.is_of_a_code(at) {
            // `cimento cp2`, where no cement is called so.
            return Part::Misfit(1);
        }
        let said = self.says_size(&needle);
        let bare = self.open.amount.as_ref().is_some_and(|amount| amount.measure.is_none());
        // `4 conduíte 25 rolo`
        let unit_behind = counting && bare && self.open.container.is_none() && self.ends(at + 2);
        let fits =
            (!counting || unit_behind) && !article && !said && self.completes(figure, &needle);
        if !fits && !article && !self.joint {
            if self.is_angle(at, value) {
                return Part::Misfit(1);
            }
            if self.sizes_by_parts(at, value) {
                return Part::Misfit(2);
            }
        }
        let amount_said = self.open.amount.is_some();
        let begins = self.begins_ask(at + 1);
        if self.or && amount_said && !only_size && !begins && !self.family_has(&needle) {
            return Part::Alternative;
        }
        if self.or && !amount_said && !counting && self.family_has(&needle) {
            // `tábua 15 ou 25`
            return Part::Next;
        }
        if self.names_another(at, value, &needle)
            || self.is_other_size(figure, &needle)
            || self.goes_on_in_size(figure, &needle)
        {
            return Part::OtherSize(needle);
        }
        if self.joint && !only_size && !(value.is_fraction() && fits) {
            let other_size = value.is_fraction() && self.family_has(&needle);
            let own = !amount_said && !begins && !self.shares_each(at + 1) && !other_size;
            return if own { Part::Amount } else { Part::Next };
        }
        if fits && self.is_size(figure, &needle) {
            return Part::Size(needle);
        }
        let asked = self.clause.have
            || (at + 2..at + 5).any(|next| matches!(self.what(next), Some(What::Verb(Verb::Have))));
        if asked
            && !amount_said
            && !article
            && !counting
            && unit.is_none()
            && self.is_before_a_color(at)
            && self.kind_has_sizes()
        {
            // `fio 16 preto vocês vendem?` of a store that has no such size.
            return Part::Misfit(1);
        }
        if amount_said && self.is_before_a_color(at) && !counting && unit.is_none() {
            if self.open.needles.last().is_some_and(|last| last.is(Fact::Color)) {
                // `2 rejunte preto 3 bege`
                return Part::Next;
            }
            if !article {
                // `100 m de fio 4 preto` of a store that has no such size.
                return Part::Misfit(1);
            }
        }
        if amount_said {
            // `tomada 10a 10 e 20a 5`
            let other = only_size && self.joint && self.family_has(&needle);
            return if other { Part::Next } else { Part::TooMany };
        }
        if only_size {
            return if self.family_has(&needle) { Part::Next } else { Part::Misfit(2) };
        }
        let of_size = matches!(self.what(at + 1), Some(What::Of))
            && matches!(self.what(at + 2), Some(What::Number { .. } | What::Size(_)));
        if begins && of_size {
            // `tubo 2 de 100`
            return Part::Next;
        }
        // `registro de gaveta preciso de dois`
        let needed = at > 1 && self.word(at - 2).starts_with("precis");
        let described = self.is_behind_of(at) && !needed;
        let bare = unit.is_none() && !counting && !article;
        if bare
            && (described
                || self.is_made_in(at, value)
                || self.is_counted_behind(at)
                || !self.open.has_size() && self.asks_for_a_size(at) && self.kind_has_sizes())
        {
            // `tábua de 25`: a number behind `de` is what it is, not how many.
            return Part::Misfit(1);
        }
        if described && self.is_measured_otherwise(at) {
            // `cimento de 25 kg` of a store that has bags of 50
            return Part::Misfit(2);
        }
        Part::Amount
    }

    /// `o joelho de 20 e o de 25`: whether a size that stands for its goods goes on from them.
    fn names_another(&self, at: usize, value: Num, needle: &Needle) -> bool {
        self.joint
            && at > 1
            && matches!(self.what(at - 1), Some(What::Of))
            && (matches!(self.word(at - 2), "o" | "a" | "os" | "as") || value.is_fraction())
            && self.family_has(needle)
    }

    /// `cabo 16 tem?`, `tem tubo de cobre 22?`: whether a number ends what the customer asks
    /// whether there is.
    fn asks_for_a_size(&self, at: usize) -> bool {
        let asked = matches!(self.what(at + 1), Some(What::Verb(Verb::Have)));
        // `tem prego (5)`, `tem prego quinze?`
        let token = self.lexemes.get(at).map_or(usize::MAX, |lexeme| lexeme.from);
        let counts = self.message.kind(token) == Some(Kind::Word)
            || at > 0 && matches!(self.what(at - 1), Some(What::Open));
        (self.clause.have || asked) && self.ends(at + 1) && !counts && !self.is_in_a_list(at)
    }

    /// `tem prego 4, fita 3, boia 5 e cal 2?`: whether a number is one of many in its sentence.
    fn is_in_a_list(&self, at: usize) -> bool {
        /// As many numbers are a list.
        const MANY: usize = 4;
        /// As many lexemes are looked at to both sides.
        const FARTHEST: usize = 24;
        let around = self.lexemes.iter().skip(at.saturating_sub(FARTHEST)).take(2 * FARTHEST);
        around.filter(|lexeme| matches!(lexeme.what, What::Number { .. })).nth(MANY - 1).is_some()
    }

    /// Whether all that follows up to `2 de cada` is numbers, which are sizes then.
    fn is_shared_behind(&self, at: usize) -> bool {
        /// As many numbers and commas are looked at.
        const FARTHEST: usize = 12;
        let listed =
            |next: &usize| matches!(self.what(*next), Some(What::Number { .. } | What::Joint));
        (at + 1..at + FARTHEST).take_while(listed).any(|next| {
            matches!(self.what(next), Some(What::Number { .. })) && self.shares_each(next + 1)
        })
    }

    /// Whether a colour follows that names no goods.
    pub(super) fn is_before_a_color(&self, at: usize) -> bool {
        matches!(self.what(at + 1), Some(What::Term(color))
            if color.is(Fact::Color) && !color.is_head(self.catalog.index(), Reach::Exact))
    }

    /// `fio 10 preto 20 metros`: behind a number and a colour stands the quantity.
    fn is_counted_behind(&self, at: usize) -> bool {
        self.is_before_a_color(at)
            && matches!(self.what(at + 2), Some(What::Number { article: false, .. }))
            && matches!(self.what(at + 3), Some(What::Measure(..)))
    }

    /// Whether a number is glued to a word that is no unit and no goods: `cp2`, `q92`.
    fn is_of_a_code(&self, at: usize) -> bool {
        let Some(token) = self.lexemes.get(at).map(|lexeme| lexeme.from) else { return false };
        let glued = self.message.tokens.get(token).is_some_and(|token| token.glued);
        let before = token.checked_sub(1).filter(|_| glued);
        before.is_some_and(|before| {
            self.message.kind(before) == Some(Kind::Word)
                && self.message.word(before).len() > 1
                && !self.message.is_unit(before)
                && !self.message.is_noise(before)
                && !self.message.is_good(before)
        })
    }

    /// Opens an ask for the same goods in another size.
    pub(super) fn other_size(&mut self, at: usize, needle: Needle) -> usize {
        let sizes = |needle: &&Needle| !needle.numeric;
        let family: Vec<Needle> = self.open.needles.iter().filter(sizes).cloned().collect();
        self.close();
        let at = self.size_number(at, needle, false);
        self.open.needles.splice(0..0, family);
        self.open.leans = true;
        at
    }

    /// Whether a number completes a name that the store has. Where the words are a
    /// name by themselves, a bare number is a size only of such goods: `cimento 20`
    /// counts bags, although an `argamassa` called `cimento cola` comes in 20 kg.
    fn completes(&self, figure: Figure, needle: &Needle) -> bool {
        let index = self.catalog.index();
        let sized = self.open.has_size();
        let reach = if sized && !figure.value.is_fraction() { Reach::Exact } else { Reach::Kin };
        let (products, _) = fitting(self.open.needles.iter().chain([needle]), index, reach);
        let of = self.is_behind_of(figure.at);
        let bare = !of && !figure.value.is_fraction();
        let owners = exactly(&self.open.needles, index);
        if bare && !owners.is_empty() {
            return products.iter().any(|at| owners.contains(at) || self.is_named_first(*at));
        }
        !products.is_empty()
    }

    /// Whether a word of the open ask, or another name of it, begins a product's name.
    fn is_named_first(&self, product: u32) -> bool {
        let name = self.catalog.at(product).map_or("", |product| product.name.as_str());
        let first = plain(name.split([' ', '-', '.']).next().unwrap_or_default());
        let stem = stem(&first);
        let first = self.catalog.vocabulary().canonical(&stem);
        let term = self.catalog.index().find(first);
        self.open.needles.iter().any(|needle| {
            needle.is_of(first) || term.is_some_and(|term| needle.is_also(term, Reach::Kin))
        })
    }

    /// Takes lexemes as words that nothing of the open ask's kind has.
    fn misfit(&mut self, at: usize, lexemes: usize) -> usize {
        self.open.misfit = true;
        for lexeme in at..at + lexemes {
            self.extend_words(lexeme);
        }
        at + lexemes
    }

    /// Whether `são` or the like stands right before a number.
    fn is_said_to_be(&self, at: usize) -> bool {
        let word = at.checked_sub(1).map_or("", |before| self.word(before));
        matches!(word, "sao" | "e" | "eh" | "seria" | "seriam" | "quero" | "manda")
    }

    /// A number before any words: the quantity of what follows, or a size by itself.
    fn number_before(&mut self, figure: Figure) -> usize {
        let Figure { at, value, article, unit, only_size, counting } = figure;
        // `troca o 5/16 por 1/4`
        let measured = matches!(self.what(at + 1), Some(What::Measure(..)));
        let swapped = matches!(self.clause.course, Course::Swapping | Course::Altering)
            && value.is_fraction()
            && !(measured || self.begins_ask(at + 1));
        let swaps = swapped || self.swaps_size(value, unit) || self.swaps_unsaid(at);
        // `troca o thinner por 5 aguarrás`
        let others = matches!(self.what(at + 1), Some(What::Term(next))
            if next.is_head(self.catalog.index(), Reach::Exact));
        if !(counting || article || others) && swaps && self.open.needles.is_empty() {
            let needle = self.size_needle(value, unit);
            return self.size_number(at, needle, unit.is_some());
        }
        let of = at > 0 && matches!(self.what(at - 1), Some(What::Of | What::For));
        if of && unit == Some("m") && !article && self.cuts_goods(at) {
            // `4 pedaços de 5 m de lona`
            self.extend_whole(at + 1);
            let (length, next) = self.with_half(value, at + 1);
            self.open.length = Some(length);
            return next;
        }
        // `metade de 20 metade de 32`
        let halved = self.open.half
            && self.open.amount.is_none()
            && (of || !counting && self.is_half_of_a_size(at, value, unit));
        if !article && (halved || !counting && self.is_one_of_a_size(at, only_size)) {
            let needle = self.size_needle(value, unit);
            if !needle.is_foreign() {
                return self.size_number(at, needle, unit.is_some());
            }
        }
        let announced = of
            && at > 1
            && matches!(self.what(at - 2), Some(What::Noise | What::Verb(Verb::Price)));
        if announced && self.open.amount.as_ref().is_some_and(|amount| amount.article) {
            // `faz um orçamento pra mim de 10 sacos`: one is the quote.
            self.open.amount = None;
            return self.number_before(figure);
        }
        let described = self.open.container.is_some()
            && at > 0
            && matches!(self.what(at - 1), Some(What::With));
        if described {
            return at + 1;
        }
        if of && !article && self.contains(at - 1) {
            // `lata de 18 de selador`: what the can holds.
            let needle = self.size_needle(value, unit);
            return self.size_number(at, needle, unit.is_some());
        }
        if self.open.amount.is_some() && self.joint && !self.or && !self.next.correct {
            // `uma laje de 60 m, preciso de 150 lajotas`
            self.close();
        }
        let counted = self.open.amount.is_some() && of && !self.or;
        if counted && unit == Some("m") && self.open.container.is_none() {
            // `viga 6x12: 4 de 3 m e 2 de 5 m`
            let cut = self.done.last().filter(|last| last.length.is_some() && last.has_words());
            if let Some(needles) = cut.map(|last| last.needles.clone()) {
                self.extend_whole(at + 1);
                self.open.needles = needles;
                let (length, next) = self.with_half(value, at + 1);
                self.open.length = Some(length);
                return next;
            }
        }
        if std::mem::take(&mut self.next.correct)
            && !(counting || article || self.begins_ask(at + 1))
            && let Some(needles) = self.last_in_size(value, unit)
            && let Some(last) = self.done.last_mut()
        {
            // `caixa d'água de 500, aliás 1000`
            last.needles = needles;
            last.corrected = self.clause.corrects != Corrects::Nothing;
            self.clause.corrects = self.clause.corrects.min(Corrects::Same);
            return at + 1 + usize::from(unit.is_some());
        }
        if self.sizes_the_unit(at, of) {
            let needle = self.size_needle(value, unit);
            if !needle.is_foreign() {
                return self.size_number(at, needle, unit.is_some());
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
        if only_size || counted || self.stands_for_goods(figure, of) {
            let needle = self.size_needle(value, unit);
            let unwanted = matches!(self.clause.edit, Edit::Remove | Edit::Leave | Edit::Unneeded);
            let beside = |last: &Ask| last.has_size() || last.misfit;
            let other_size = counted && self.ends(at + 1) && self.done.last().is_some_and(beside);
            if needle.is_foreign() && !only_size && !unwanted && !other_size {
                return at + 1;
            }
            return self.size_number(at, needle, only_size || (unit.is_some() && !article));
        }
        self.amount(at, value, article)
    }

    /// `um 220 e um 127`: behind an article a number that ends its clause is a size.
    fn is_one_of_a_size(&self, at: usize, sized: bool) -> bool {
        let one = self.open.amount.as_ref().is_some_and(|amount| amount.article);
        let behind =
            at > 0 && matches!(self.what(at - 1), Some(What::Number { article: true, .. }));
        let word = self.word(at.wrapping_sub(1));
        one && behind && matches!(word, "um" | "uma") && self.ends(at + 1 + usize::from(sized))
    }

    /// What was asked for last, counted and with a size, in another size instead.
    fn last_in_size(&self, value: Num, unit: Option<&'static str>) -> Option<Vec<Needle>> {
        let last = self.done.last()?;
        let (size, family) = last.needles.split_last().filter(|(size, _)| size.numeric)?;
        family.iter().any(|needle| !needle.numeric).then_some(())?;
        let needle = self.size_needle(value, unit);
        let counts = size.name == needle.name;
        let mut needles = family.to_vec();
        needles.push(needle);
        (!counts && fits(&needles, self.catalog.index(), Reach::Exact)).then_some(needles)
    }

    /// Whether a container whose size is told stands right before a lexeme.
    fn contains(&self, of: usize) -> bool {
        let container = self.open.container.as_ref().is_some_and(|(measure, _)| match measure {
            Measure::Unit(unit) => !unit.is_measure(),
            Measure::Contents | Measure::Container => true,
            Measure::Pieces(_) | Measure::Tonne | Measure::Load | Measure::Size(_) => false,
        });
        let before = of.checked_sub(1).and_then(|before| self.what(before));
        container && self.open.amount.is_none() && matches!(before, Some(What::Measure(..)))
    }

    /// Whether a number before any words is a size of goods that are not named
    /// again, or are named behind it.
    fn stands_for_goods(&self, figure: Figure, of: bool) -> bool {
        let Figure { at, value, .. } = figure;
        // `60 fio 2,5` is of wire, `6 furos` of bricks.
        let sized = matches!(self.what(at + 2), Some(What::Number { .. } | What::Size(_)));
        let index = self.catalog.index();
        let kind_of = matches!(self.what(at + 1), Some(What::Term(term))
            if term.is(Fact::Counted)
                && !(sized && term.is_head(index, Reach::Kin))
                && fits([&self.size_needle(value, None), term], index, Reach::Kin));
        let sized_before = self.done.last().is_some_and(Ask::has_size);
        let counted_behind = matches!(self.what(at + 1), Some(What::Number { article: false, .. }))
            && !figure.article
            && !self.begins_ask(at + 2)
            && self.open.amount.is_none();
        // `2 caixa d'água 500 e 1 310`: counts come first.
        let counts_first = self.done.last().is_some_and(|ask| ask.whole.0 < ask.words.0);
        let counted_behind = counted_behind && !counts_first;
        let other_size = (value.is_fraction() || counted_behind && self.last_comes_in(value, None))
            && sized_before
            && !matches!(self.what(at + 1), Some(What::Measure(..)))
            && !self.begins_ask(at + 1);
        let sizes_next = value.is_proper_fraction() && self.is_size_of(at + 1, value);
        // `tábua 15 ou 25`
        let either = self.or && !counted_behind && self.last_comes_in(value, None);
        // `a 3 cinza`, of the mortar in question.
        let article = at > 0 && matches!(self.word(at - 1), "a" | "o");
        let color = matches!(self.what(at + 1), Some(What::Term(term)) if term.is(Fact::Color)
            && !term.is_head(self.catalog.index(), Reach::Exact));
        let told = article && color && (at == 1 || matches!(self.what(at - 2), Some(What::Stop)));
        let before = self.is_nominal(at, of) || told || kind_of || self.is_counted_before(at);
        before || other_size || sizes_next || either
    }

    /// `2 caixa d'água 500 e 1 2000`: right behind a number that counts, a size of the goods
    /// before, which were counted and had a size.
    fn is_counted_before(&self, at: usize) -> bool {
        let count = at > 1
            && matches!(self.what(at - 1), Some(What::Number { .. }))
            && matches!(self.what(at - 2), Some(What::Joint));
        let alike = |ask: &Ask| ask.amount.is_some() && ask.has_size();
        count
            && self.open.amount.as_ref().is_some_and(|amount| amount.measure.is_none())
            && self.done.last().is_some_and(alike)
            && (self.ends(at + 1) || matches!(self.what(at + 1), Some(What::SizeUnit(_))))
    }

    /// A number when the open ask has its quantity already and this fits no size.
    fn number_too_many(&mut self, figure: Figure) -> usize {
        let Figure { at, value, article, unit, only_size, counting } = figure;
        let of = self.is_behind_of(at);
        let opened = at > 0 && matches!(self.what(at - 1), Some(What::Open));
        let bare = self.open.amount.as_ref().is_some_and(|amount| {
            amount.measure.is_none_or(|measure| {
                let dozens = matches!(measure, Measure::Pieces(_));
                dozens || is_of_pieces(measure)
            })
        });
        if unit == Some("m") && !only_size && bare {
            if opened {
                return self.amount(at, value, article);
            }
            if !self.begins_ask(at + 1) && self.sells_by_meter() {
                // `10 caibros de 3 m`
                self.extend_whole(at + 1);
                let (length, next) = self.with_half(value, at + 1);
                self.open.length = Some(length);
                return next;
            }
        }
        if only_size || (of && !counting) {
            return self.misfit(at, 1 + usize::from(only_size));
        }
        if !article && self.says_the_pack(at, value) {
            // `10 sacos de cimento 500 kg`
            self.extend_whole(at + 1);
            return at + 2;
        }
        if !article && !self.joint && !opened && self.is_measured_otherwise(at) {
            // `1 trena 10m` of a store that has 5 m and 8 m.
            return self.misfit(at, 2);
        }
        if counting || article || unit.is_some() || self.begins_ask(at + 1) {
            self.close();
            return self.number_before(figure);
        }
        self.misfit(at, 1)
    }

    /// A number behind words that the catalogue does not know.
    fn number_behind_foreign(&mut self, figure: Figure) -> usize {
        let Figure { at, value, article, unit, only_size, .. } = figure;
        let of = self.is_behind_of(at);
        let begins = self.begins_ask(at + 1);
        let measured = matches!(self.what(at + 1), Some(What::SizeUnit(_) | What::Measure(..)));
        if of || only_size || self.asks_for_a_size(at) {
            return self.foreign_size(at, measured);
        }
        let sized = matches!(self.what(at + 1), Some(What::Of))
            && matches!(self.what(at + 2), Some(What::Number { .. } | What::Size(_)));
        if self.open.amount.is_none() && (!begins || sized) {
            return self.amount(at, value, article);
        }
        if !begins && !self.joint && !article && self.open.whole.1 == self.open.words.1 {
            // `2 potas 70 e batente`: its size, as it has its number.
            return self.foreign_size(at, measured);
        }
        if unit.is_some() && !begins {
            return self.foreign_size(at, true);
        }
        let bare = self.open.amount.as_ref();
        let bare = bare.is_some_and(|amount| amount.measure.is_none() && !amount.article);
        if bare && !measured && self.ends(at + 1) && self.open.whole.1 > self.open.words.1 {
            // `união 32 2`: the first number was a size.
            self.open.words.1 = self.open.whole.1;
            return self.amount(at, value, article);
        }
        if bare && sized && !self.joint {
            // `4 xpto 90 de 50`: both are sizes, and count nothing behind.
            return self.foreign_size(at, false);
        }
        self.close();
        self.amount(at, value, article)
    }

    fn foreign_size(&mut self, at: usize, measured: bool) -> usize {
        self.extend_words(at);
        if measured {
            self.extend_words(at + 1);
        }
        at + 1 + usize::from(measured)
    }
}
