//! Stage 11, asks: lexemes become asks, each the words of one product with its
//! quantity, in one pass from left to right.
//!
//! The quantity stands before the words (`10 sacos de cimento`) or behind them
//! (`cimento 10`); a number that completes a size which the catalogue has is
//! that size. An ask ends where the next word cannot belong to it.

use super::items::joined;
use super::lexeme::{Lexeme, Verb, What, and_half};
use super::number::Num;
use super::view::Message;
use super::vocabulary::Measure;
use crate::catalog::Catalog;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, exactly, fitting, holding_all};
use crate::quantity::Unit;

/// A number of something.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    pub(crate) value: Num,
    pub(crate) measure: Option<Measure>,
    /// The unit word as a word of names.
    pub(crate) unit_word: Option<Needle>,
    /// `um`, `uma`: perhaps no number at all.
    pub(crate) article: bool,
    /// `8 ou 10`: there is a number, but not one.
    pub(crate) vague: bool,
}

/// What an ask does to an open order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Edit {
    /// Asked for, or a new quantity.
    #[default]
    Ask,
    /// Taken out.
    Remove,
}

/// The words of one product, with its quantity.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    pub(crate) needles: Vec<Needle>,
    pub(crate) amount: Option<Amount>,
    /// Metres of one piece: `10 caibros de 3 m`.
    pub(crate) length: Option<Num>,
    /// A unit said without a number.
    pub(crate) container: Option<(Measure, Needle)>,
    /// Tokens of the product's words.
    pub(crate) words: (usize, usize),
    /// Tokens of the whole ask.
    pub(crate) whole: (usize, usize),
    /// Something was said that no product of this kind has.
    pub(crate) misfit: bool,
    /// Named in words that the catalogue does not know at all.
    pub(crate) foreign: bool,
    pub(crate) edit: Edit,
    /// Joined to the ask before by `ou`.
    pub(crate) or: bool,
    /// `N de cada`.
    pub(crate) each: bool,
    /// `metade`.
    pub(crate) half: bool,
    /// Its number is added to what stands.
    pub(crate) more: bool,
    /// A price or availability is asked.
    pub(crate) price: bool,
    /// It was completed from another ask.
    pub(crate) leans: bool,
    /// Its number takes the place of the last one said.
    pub(crate) replaces: bool,
    /// It only said what others are.
    pub(crate) announces: bool,
    /// The number behind the words was in their size's place.
    pub(crate) doubt: bool,
}

impl Ask {
    fn is_blank(&self) -> bool {
        self.needles.is_empty()
            && self.amount.is_none()
            && self.container.is_none()
            && !self.foreign
    }

    pub(crate) fn has_words(&self) -> bool {
        !self.needles.is_empty() || self.foreign
    }
}

/// Reads the asks of a message.
pub(crate) fn asks(message: &Message<'_>, lexemes: &[Lexeme], catalog: &Catalog) -> Vec<Ask> {
    let mut reader = Reader {
        message,
        lexemes,
        catalog,
        open: Ask::default(),
        done: Vec::new(),
        joint: false,
        or: false,
        edit: Edit::Ask,
        swapping: false,
        altering: false,
        price: false,
        have: false,
        more: false,
        correct: false,
        replaces: false,
        to_amount: false,
        wants: false,
        outdated: false,
    };
    let mut at = 0;
    while at < lexemes.len() {
        at = reader.step(at).max(at + 1);
    }
    reader.close();
    reader.done
}

struct Reader<'r> {
    message: &'r Message<'r>,
    lexemes: &'r [Lexeme],
    catalog: &'r Catalog,
    open: Ask,
    done: Vec<Ask>,
    /// A comma, `e` or the like stands since the last word of the open ask.
    joint: bool,
    or: bool,
    edit: Edit,
    /// Behind `troca`, before `por`.
    swapping: bool,
    /// Behind `muda`, before `pra`.
    altering: bool,
    price: bool,
    have: bool,
    more: bool,
    /// Behind `digo`: the next number replaces the last.
    correct: bool,
    /// Behind `na verdade`, `muda pra`: a number alone is the new quantity.
    replaces: bool,
    /// Behind `muda … pra`: the next number is a quantity.
    to_amount: bool,
    /// Something is wanted: `quero`, `manda`.
    wants: bool,
    /// Behind `em vez de`: the next ask's number is no more.
    outdated: bool,
}

impl Reader<'_> {
    fn what(&self, at: usize) -> Option<&What> {
        self.lexemes.get(at).map(|lexeme| &lexeme.what)
    }

    /// Reads the lexeme at a position; gives the next one to read.
    fn step(&mut self, at: usize) -> usize {
        let Some(lexeme) = self.lexemes.get(at) else { return at + 1 };
        match &lexeme.what {
            What::Stop => self.stop(at),
            What::Joint => self.joint = true,
            What::Open => {}
            What::Or => {
                self.or = true;
                self.joint = true;
            }
            What::For => self.purpose(at),
            What::Of | What::With | What::Noise => {}
            What::SizeUnit(_) => {}
            What::Each => {
                if self.open.needles.is_empty() && self.open.amount.is_some() {
                    self.open.each = true;
                    self.close();
                }
            }
            What::Half => {
                self.close();
                self.open.half = true;
                self.joint = false;
            }
            What::Verb(verb) => return self.verb(*verb, at),
            What::Number { value, article } => return self.number(at, *value, *article),
            What::Size(_) => self.size(at),
            What::Measure(measure, needle) => return self.measure(at, *measure, needle.clone()),
            What::Term(needle) => self.term(at, needle.clone()),
            What::Foreign(needle) => self.foreign(at, needle.clone()),
        }
        at + 1
    }

    /// `muda a tomada pra 20a`: what stands is replaced by another of its kind.
    fn purpose(&mut self, at: usize) {
        if !self.altering || self.open.needles.is_empty() {
            return;
        }
        let replaced = match self.what(at + 1) {
            Some(What::Number { value, article: false }) => {
                let unit = match self.what(at + 2) {
                    Some(What::SizeUnit(unit)) => Some(*unit),
                    _ => None,
                };
                let counted = matches!(self.what(at + 2), Some(What::Measure(..)));
                !counted && self.family_has(&Needle::number(*value, unit, self.catalog.index()))
                    || unit.is_some()
                        && self
                            .fits(&Needle::number(*value, unit, self.catalog.index()), Reach::Kin)
            }
            Some(What::Term(_) | What::Size(_)) => true,
            _ => false,
        };
        if replaced {
            self.edit = Edit::Remove;
            self.close();
            self.edit = Edit::Ask;
            self.altering = false;
        } else {
            self.to_amount = true;
        }
    }

    fn stop(&mut self, at: usize) {
        self.close();
        self.or = false;
        let full = self.lexemes.get(at).is_some_and(|lexeme| !self.message.is_taken(lexeme.from));
        if full {
            self.edit = Edit::Ask;
            self.swapping = false;
            self.altering = false;
            self.price = false;
            self.have = false;
            self.wants = false;
            self.replaces = false;
            self.to_amount = false;
        }
    }

    /// Ends the open ask.
    fn close(&mut self) {
        let mut ask = std::mem::take(&mut self.open);
        self.joint = false;
        if ask.is_blank() && !ask.half {
            return;
        }
        ask.edit = self.edit;
        ask.price = self.price;
        if self.outdated {
            ask.amount = None;
            self.outdated = false;
        }
        ask.more = self.more;
        self.more = false;
        ask.replaces = !ask.has_words() && std::mem::take(&mut self.replaces);
        self.done.push(ask);
    }

    fn verb(&mut self, verb: Verb, at: usize) -> usize {
        match verb {
            Verb::Remove => {
                self.close();
                self.edit = Edit::Remove;
            }
            Verb::Put => {
                self.close();
                self.wants = true;
                self.edit = Edit::Ask;
            }
            Verb::Replace => {
                if self.open.has_words() && matches!(self.what(at + 1), Some(What::Verb(Verb::By)))
                {
                    // `A troca por B`
                    self.edit = Edit::Remove;
                    self.close();
                    self.edit = Edit::Ask;
                    return at + 2;
                }
                self.close();
                self.edit = Edit::Remove;
                self.swapping = true;
            }
            Verb::By => {
                if self.swapping {
                    self.close();
                    self.edit = Edit::Ask;
                    self.swapping = false;
                }
            }
            Verb::Alter => {
                self.close();
                self.edit = Edit::Ask;
                self.altering = true;
                self.replaces = true;
            }
            Verb::InsteadOf => return self.instead_of(at),
            Verb::AndNot => return self.and_not(at),
            Verb::NotNeeded => {
                if self.open.has_words() {
                    self.open = Ask::default();
                } else if self.done.last().is_some_and(Ask::has_words) {
                    self.done.pop();
                }
            }
            Verb::More => {
                if self.open.has_words() {
                    self.close();
                }
                self.joint = true;
                self.more = true;
            }
            Verb::Correct => {
                if self.open.has_words() {
                    self.close();
                }
                if !matches!(self.what(at + 1), None | Some(What::Stop)) {
                    self.open.amount = None;
                }
                self.correct = true;
                self.replaces = true;
            }
            Verb::Price => self.price = true,
            Verb::Have => self.have = true,
        }
        at + 1
    }

    /// `em vez de 10`: the number is no more; `em vez de cal`: the words are.
    fn instead_of(&mut self, at: usize) -> usize {
        let bare = matches!(self.what(at + 1), Some(What::Number { .. }))
            && !self.begins_ask(at + 2)
            && (self.open.has_words() || self.done.last().is_some_and(Ask::has_words));
        if bare {
            return at + 2;
        }
        if self.open.has_words() {
            // `põe B em vez de A`
            self.close();
            self.edit = Edit::Remove;
        } else {
            self.outdated = true;
        }
        at + 1
    }

    /// `e não 20`, `e não de areia fina`.
    fn and_not(&mut self, at: usize) -> usize {
        if matches!(self.what(at + 1), Some(What::Number { .. })) && !self.begins_ask(at + 2) {
            return at + 2;
        }
        self.close();
        self.edit = Edit::Remove;
        at + 1
    }

    /// Whether goods are named from here: past a unit and `de`.
    fn begins_ask(&self, at: usize) -> bool {
        let mut at = at;
        if matches!(self.what(at), Some(What::SizeUnit(_))) {
            return false;
        }
        if let Some(What::Measure(_, needle)) = self.what(at) {
            if needle.is_head(self.catalog.index(), Reach::Exact)
                && !matches!(self.what(at + 1), Some(What::Of | What::Term(_)))
            {
                // A bucket is a product, too; but a unit behind its number counts.
                return false;
            }
            at += 1;
        }
        if matches!(self.what(at), Some(What::Of)) {
            at += 1;
            return matches!(
                self.what(at),
                Some(
                    What::Term(_)
                        | What::Foreign(_)
                        | What::Number { .. }
                        | What::Size(_)
                        | What::Measure(..)
                )
            );
        }
        match self.what(at) {
            Some(What::Term(_) | What::Foreign(_)) => true,
            Some(What::Measure(_, needle)) => needle.is_head(self.catalog.index(), Reach::Exact),
            _ => false,
        }
    }

    fn extend_words(&mut self, at: usize) {
        let Some(lexeme) = self.lexemes.get(at) else { return };
        if self.open.words == (0, 0) {
            self.open.words.0 = lexeme.from;
        }
        self.open.words.1 = lexeme.to;
        self.extend_whole(at);
    }

    fn extend_whole(&mut self, at: usize) {
        let Some(lexeme) = self.lexemes.get(at) else { return };
        if self.open.whole == (0, 0) {
            self.open.whole.0 = lexeme.from;
        }
        self.open.whole.1 = lexeme.to.max(self.open.whole.1);
    }

    fn push(&mut self, at: usize, needle: Needle) {
        if self.open.needles.is_empty() {
            self.open.or = std::mem::take(&mut self.or);
        }
        self.open.needles.push(needle);
        self.extend_words(at);
        self.joint = false;
    }

    /// Whether products hold what the open ask says and one more word.
    fn fits(&self, needle: &Needle, farthest: Reach) -> bool {
        let mut needles = self.open.needles.clone();
        needles.push(needle.clone());
        !fitting(&needles, self.catalog.index(), farthest).0.is_empty()
    }

    // Numbers.

    fn number(&mut self, at: usize, value: Num, article: bool) -> usize {
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
        if std::mem::take(&mut self.to_amount) && !self.open.needles.is_empty() && !only_size {
            return self.amount(at, value, article);
        }
        if self.open.foreign {
            return self.number_behind_foreign(at, value, article);
        }
        if self.open.needles.is_empty() {
            return self.number_before(at, value, article, unit, only_size);
        }
        let needle = self.size_needle(at, value, unit);
        let sized = self.open.needles.iter().any(|needle| needle.numeric);
        let fits = !counting
            && !article
            && self.fits(&needle, if sized { Reach::Exact } else { Reach::Kin });
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

    /// Whether a number behind the words is a size in which such goods are made,
    /// where the store tells its own apart by such sizes: `disjuntor 40`.
    fn is_made_in(&self, at: usize, value: Num) -> bool {
        let (index, vocabulary) = (self.catalog.index(), self.catalog.vocabulary());
        let ends = match self.what(at + 1) {
            None | Some(What::Stop | What::Joint) => true,
            // `disjuntor 50 2 unidades`
            Some(What::Number { article: false, .. }) => !self.begins_ask(at + 2),
            _ => false,
        };
        let counted = matches!(self.what(at + 1), Some(What::Number { .. }));
        let sized = self.open.needles.iter().any(|needle| needle.numeric);
        let made = self.open.needles.iter().any(|needle| {
            needle.is_head(index, Reach::Kin) && vocabulary.is_made_in(&needle.stem, value)
        });
        // `porta de 90`: a number behind `de` is what it is, not how many.
        let described = at > 0 && matches!(self.what(at - 1), Some(What::Of));
        ends && !sized
            && self.open.container.is_none()
            && (made || described)
            && fitting(&self.open.needles, index, Reach::Kin).0.len() > usize::from(!counted)
    }

    /// `de cada` behind a number.
    fn shares_each(&self, at: usize) -> bool {
        let of = usize::from(matches!(self.what(at), Some(What::Of)));
        matches!(self.what(at + of), Some(What::Each))
    }

    /// Whether the open ask names a kind of goods.
    fn has_kind(&self) -> bool {
        self.open.container.is_some()
            || self
                .open
                .needles
                .iter()
                .any(|needle| needle.is_head(self.catalog.index(), Reach::Exact))
    }

    fn size_needle(&self, _at: usize, value: Num, unit: Option<&'static str>) -> Needle {
        Needle::number(value, unit, self.catalog.index())
    }

    /// Whether a number that could be a size is one.
    fn is_size(
        &self,
        at: usize,
        needle: &Needle,
        unit: Option<&'static str>,
        amount_said: bool,
    ) -> bool {
        if amount_said && !self.has_kind() && self.begins_ask(at + 1) {
            return false;
        }
        let measured = matches!(self.what(at + 1), Some(What::Measure(..)));
        let of = at > 0 && matches!(self.what(at - 1), Some(What::Of));
        if unit == Some("m") && measured && !of && self.sells_by_meter() && !amount_said {
            return false;
        }
        if amount_said {
            // `1 cimento 50 tijolos`: what stands already is a product by itself.
            let complete = exactly(&self.open.needles, self.catalog.index()).len() == 1;
            return !complete || of || measured || !self.begins_ask(at + 1);
        }
        if let Some(What::Term(next)) = self.what(at + 1) {
            // `tijolo 6 furos`
            let mut needles = self.open.needles.clone();
            needles.extend([needle.clone(), next.clone()]);
            if !holding_all(&needles, self.catalog.index(), Reach::Exact).is_empty() {
                return true;
            }
        }
        let unit_waits = self.open.container.is_some() && !self.price;
        let another =
            matches!(self.what(at + 1 + usize::from(measured)), Some(What::Number { .. }));
        !unit_waits || another || of
    }

    fn sells_by_meter(&self) -> bool {
        let (products, _) = fitting(&self.open.needles, self.catalog.index(), Reach::Misspelt);
        products
            .iter()
            .any(|product| self.catalog.at(*product).is_some_and(|p| p.unit == Unit::Meter))
    }

    /// Whether the kind of thing asked for comes in this size, though not with
    /// the sizes already said.
    fn family_has(&self, needle: &Needle) -> bool {
        let mut family: Vec<Needle> =
            self.open.needles.iter().filter(|needle| !needle.numeric).cloned().collect();
        let changed = family.len() < self.open.needles.len();
        family.push(needle.clone());
        changed
            && family.len() > 1
            && !fitting(&family, self.catalog.index(), Reach::Kin).0.is_empty()
    }

    fn size_number(&mut self, at: usize, needle: Needle, with_unit: bool) -> usize {
        self.push(at, needle);
        if with_unit {
            self.extend_words(at + 1);
            return at + 2;
        }
        at + 1
    }

    fn size(&mut self, at: usize) {
        let Some(What::Size(size)) = self.what(at) else { return };
        let needle = Needle::size(size, self.catalog.index());
        if self.open.needles.is_empty() || self.fits(&needle, Reach::Kin) {
            if self.joint
                && self.open.amount.is_some()
                && !self.open.needles.is_empty()
                && !self.fits(&needle, Reach::Kin)
            {
                self.close();
            }
            self.push(at, needle);
        } else if self.family_has(&needle) {
            self.close();
            self.push(at, needle);
        } else {
            self.open.misfit = true;
            self.extend_words(at);
        }
    }

    /// A number before any words: the quantity of what follows, or a size by itself.
    fn number_before(
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
        let unit_is_product = self
            .open
            .amount
            .as_ref()
            .is_some_and(|amount| amount.unit_word.as_ref().is_some_and(Needle::is_exact));
        if self.open.amount.is_some()
            && self.joint
            && (unit_is_product || self.begins_ask(at + 1))
            && !self.correct
        {
            self.close();
        }
        self.correct = false;
        if self.sizes_the_unit(at, of) {
            let needle = self.size_needle(at, value, unit);
            if !needle.is_foreign() {
                return self.size_number(at, needle, only_size || unit.is_some());
            }
        }
        if let Some(word) = self.sized_unit(at, value, unit, of) {
            if let Some(amount) = &mut self.open.amount {
                amount.measure = None;
            }
            self.open.needles.push(word);
            let needle = self.size_needle(at, value, unit);
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
        let other_size = (value.is_fraction() || counted_behind && self.last_comes_in(at, value))
            && sized_before
            && !matches!(self.what(at + 1), Some(What::Measure(..)))
            && !self.begins_ask(at + 1);
        if only_size || counted || nominal || kind_of || other_size {
            let needle = self.size_needle(at, value, unit);
            if needle.is_foreign() && !only_size {
                return at + 1;
            }
            return self.size_number(at, needle, only_size || (unit.is_some() && !article));
        }
        self.amount(at, value, article)
    }

    /// Whether the goods named last come in this size too: `joelho 100 4 e 50 6`.
    fn last_comes_in(&self, at: usize, value: Num) -> bool {
        let needle = self.size_needle(at, value, None);
        self.done
            .last()
            .is_some_and(|last| joined(&last.needles, &[needle], self.catalog).is_some())
    }

    /// `3 latas 18 de manta`: the number says which can.
    fn sizes_the_unit(&self, at: usize, of: bool) -> bool {
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
    fn sized_unit(
        &self,
        at: usize,
        value: Num,
        unit: Option<&'static str>,
        of: bool,
    ) -> Option<Needle> {
        let amount = self.open.amount.as_ref().filter(|_| !of && !self.joint)?;
        let word = amount.unit_word.as_ref().filter(|word| word.is_exact())?;
        let next_is_unit = at > 0 && matches!(self.what(at - 1), Some(What::Measure(..)));
        let needle = self.size_needle(at, value, unit);
        let pair = [word.clone(), needle];
        (next_is_unit && !exactly(&pair, self.catalog.index()).is_empty()).then(|| word.clone())
    }

    /// `a de 500 litros`, `o de 8 furos`, `de 6mm`: a size stands for its product.
    fn is_nominal(&self, at: usize, of: bool) -> bool {
        let counted = matches!(self.what(at + 1), Some(What::Measure(measure, _)) if size_measure(*measure).is_none());
        if !of || counted || self.open.amount.is_some() || self.open.container.is_some() {
            return false;
        }
        let before = self
            .lexemes
            .get(at.saturating_sub(2))
            .map_or("", |lexeme| self.message.word(lexeme.from));
        let first = at <= 1 || matches!(self.what(at - 2), Some(What::Stop | What::Joint));
        first
            || matches!(
                before,
                "o" | "a" | "os" | "as" | "aquele" | "aquela" | "esse" | "essa" | "e"
            )
    }

    /// Takes a number, its unit and a half behind it as the open ask's quantity.
    fn amount(&mut self, at: usize, value: Num, article: bool) -> usize {
        let mut value = value;
        let mut next = at + 1;
        self.extend_whole(at);
        let mut vague = self.or && self.open.amount.is_some();
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
        let article = article && measure.is_none_or(|_| self.price);
        self.open.amount = Some(Amount { value, measure, unit_word, article, vague });
        self.joint = false;
        next
    }

    /// A number when the open ask has its quantity already and this fits no size.
    fn number_too_many(
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
        let bare = self.open.amount.as_ref().is_some_and(|amount| amount.measure.is_none());
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

    fn number_behind_foreign(&mut self, at: usize, value: Num, article: bool) -> usize {
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

    // Words.

    fn measure(&mut self, at: usize, measure: Measure, needle: Needle) -> usize {
        if self.open.foreign && self.joint {
            self.close();
        }
        if self.open.foreign {
            return at + 1;
        }
        if self.open.needles.is_empty() {
            let (unit_said, dozens) = match &self.open.amount {
                Some(Amount { measure: Some(Measure::Pieces(pieces)), .. }) => {
                    (true, Some(*pieces))
                }
                Some(amount) => (amount.measure.is_some(), None),
                None => (false, None),
            };
            if let (Some(pieces), Some(amount)) = (dozens, &mut self.open.amount) {
                // `meia dúzia de sacos`
                amount.value = amount.value.times(Num::whole(pieces));
                (amount.measure, amount.unit_word) = (Some(measure), Some(needle));
                return at + 1;
            }
            let named = self.begins_product(at) && self.is_named_by(at);
            if unit_said || named {
                // `caixa sifonada`: the unit is a word of the name.
                if needle.is_exact() {
                    self.push(at, needle);
                }
                return at + 1;
            }
            self.open.container = Some((measure, needle));
            self.extend_whole(at);
            return at + 1;
        }
        if let Some(What::Number { value, article }) = self.what(at + 1)
            && self.open.amount.is_none()
            && !self.joint
        {
            let (value, article) = (*value, *article);
            let next = self.amount(at + 1, value, article);
            if let Some(amount) = &mut self.open.amount
                && amount.measure.is_none()
            {
                amount.measure = Some(measure);
                amount.unit_word = Some(needle);
            }
            return next;
        }
        let head = needle.is_head(self.catalog.index(), Reach::Exact);
        let of = matches!(self.what(at + 1), Some(What::Of | What::Term(_)));
        if head
            && of
            && (self.joint || !self.fits(&needle, Reach::Exact))
            && self.begins_product(at)
        {
            self.close();
            return self.measure(at, measure, needle);
        }
        if !self.joint && self.fits(&needle, Reach::Exact) && self.open.container.is_none() {
            self.open.container = Some((measure, needle));
            self.extend_words(at);
        } else if self.joint && self.open.has_words() {
            self.close();
            return self.measure(at, measure, needle);
        } else if self.open.container.is_none() {
            self.open.container = Some((measure, needle));
        }
        at + 1
    }

    /// Whether a unit word starts a product's name: `caixa sifonada`.
    fn begins_product(&self, at: usize) -> bool {
        let Some(What::Measure(_, unit)) = self.what(at) else { return false };
        let next = at + 1 + usize::from(matches!(self.what(at + 1), Some(What::Of)));
        match self.what(next) {
            Some(What::Term(term)) => {
                !holding_all(&[unit.clone(), term.clone()], self.catalog.index(), Reach::Exact)
                    .is_empty()
            }
            _ => false,
        }
    }

    /// Whether the unit and the word behind it are a name, or the word is none.
    fn is_named_by(&self, at: usize) -> bool {
        let Some(What::Measure(_, unit)) = self.what(at) else { return false };
        let next = at + 1 + usize::from(matches!(self.what(at + 1), Some(What::Of)));
        let Some(What::Term(term)) = self.what(next) else { return false };
        let index = self.catalog.index();
        let whole = !exactly(&[unit.clone(), term.clone()], index).is_empty();
        let alone = !exactly(std::slice::from_ref(term), index).is_empty();
        whole && !alone || (unit.is_head(index, Reach::Exact) && !term.is_head(index, Reach::Exact))
    }

    fn term(&mut self, at: usize, needle: Needle) {
        let index = self.catalog.index();
        if self.open.foreign {
            let head = needle.is_head(index, Reach::Exact);
            let of = at > 0 && matches!(self.what(at - 1), Some(What::Of | What::For));
            let amount_behind = self.open.amount.is_some() && self.open.whole.1 > self.open.words.1;
            if head && !of && (self.joint || amount_behind) {
                self.close();
                self.push(at, needle);
            } else {
                self.extend_words(at);
            }
            return;
        }
        if self.open.needles.is_empty() {
            let known_good = self.catalog.vocabulary().is_good(&needle.stem);
            let qualified = matches!(self.what(at + 1), Some(What::Foreign(next)) if !next.is_head(index, Reach::Misspelt));
            if known_good
                && qualified
                && !needle.is_head(index, Reach::Exact)
                && self.open.container.is_none()
            {
                // Known goods, but the catalogue has the word only beside others.
                self.open.foreign = true;
                self.extend_words(at);
                return;
            }
            self.push(at, needle);
            return;
        }
        let head = needle.is_head(index, Reach::Exact);
        let amount_behind = self.open.amount.is_some() && self.open.whole.1 > self.open.words.1;
        let fits = self.fits(&needle, Reach::Short);
        let parted = self.joint || amount_behind;
        if fits && !(head && parted) {
            self.push(at, needle);
        } else if head || (parted && !self.is_use(at)) {
            self.close();
            self.push(at, needle);
        } else if !self.is_use(at) {
            self.open.misfit = true;
            self.extend_words(at);
        }
    }

    /// Whether a word only says what the goods are for.
    fn is_use(&self, at: usize) -> bool {
        let Some(lexeme) = self.lexemes.get(at) else { return false };
        let word = self.message.word(lexeme.from);
        let purpose = (1..=2).any(|back| {
            at.checked_sub(back).is_some_and(|before| matches!(self.what(before), Some(What::For)))
        });
        let place = at > 0 && {
            let before =
                self.lexemes.get(at - 1).map_or("", |lexeme| self.message.word(lexeme.from));
            matches!(before, "no" | "na" | "nos" | "nas" | "num" | "numa" | "pra" | "para" | "pro")
        };
        let direct = at > 0
            && matches!(
                self.what(at - 1),
                Some(What::Term(_) | What::Number { .. } | What::Size(_))
            );
        purpose || place || !direct && self.catalog.vocabulary().is_use(&super::words::stem(word))
    }

    fn foreign(&mut self, at: usize, needle: Needle) {
        let index = self.catalog.index();
        let word = self.lexemes.get(at).map_or("", |lexeme| self.message.word(lexeme.from));
        let stem = crate::catalog::index::canonical_stem(word, self.catalog.vocabulary());
        let good = self.catalog.vocabulary().is_good(&stem) && needle.nearest() > Reach::Kin;
        let color = self.catalog.vocabulary().is_color(&stem);
        if self.open.foreign {
            let of = at > 0 && !matches!(self.what(at - 1), Some(What::Joint));
            if of && !self.joint {
                self.extend_words(at);
                return;
            }
            self.close();
        }
        if !self.open.needles.is_empty() {
            let amount_behind = self.open.amount.is_some() && self.open.whole.1 > self.open.words.1;
            let head = needle.is_head(index, Reach::Misspelt);
            let parted = self.joint || amount_behind;
            if self.fits(&needle, Reach::Misspelt) && !(head && parted) {
                self.push(at, needle);
                return;
            }
            if self.is_use(at) && !good {
                return;
            }
            if color && !parted {
                self.open.misfit = true;
                self.extend_words(at);
                return;
            }
            if head || good {
                self.close();
            } else {
                return;
            }
        }
        let counted = self.open.amount.is_some() || self.open.container.is_some();
        let counts_on = (at + 1..at + 5)
            .map_while(|next| {
                self.what(next).filter(|what| !matches!(what, What::Joint | What::Stop))
            })
            .any(|what| matches!(what, What::Number { .. } | What::Measure(..) | What::Size(_)));
        let wanted = counted || counts_on || self.price || self.have || self.wants;
        let sure = wanted && (counted || needle.nearest() != Reach::Short)
            || needle.nearest() == Reach::Kin;
        if needle.is_head(index, Reach::Misspelt) && !good && sure {
            self.push(at, needle);
            return;
        }
        if self.is_use(at) {
            return;
        }
        let last = matches!(self.what(at + 1), None | Some(What::Stop));
        let direct = at > 0
            && (matches!(self.what(at - 1), Some(What::Of | What::Verb(Verb::Have)))
                || matches!(self.what(at - 1), Some(What::Number { .. })));
        let asked = (self.price && direct) || (self.have && direct && last);
        if counted || good || (asked && needle.is_foreign() && !color) {
            self.open.foreign = true;
            self.extend_words(at);
        }
    }
}

/// The unit of a size that a measure can be, beside being a quantity's.
fn size_measure(measure: Measure) -> Option<&'static str> {
    match measure {
        Measure::Size(unit) => Some(unit),
        Measure::Unit(Unit::Meter) => Some("m"),
        Measure::Unit(Unit::Kilogram) => Some("kg"),
        Measure::Unit(Unit::Liter) => Some("l"),
        Measure::Unit(Unit::SquareMeter) => Some("m2"),
        _ => None,
    }
}
