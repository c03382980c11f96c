//! Stage 14, asks: lexemes become asks, each the words of one product with its
//! quantity, in one pass from left to right.
//!
//! The quantity stands before the words (`10 sacos de cimento`) or behind them
//! (`cimento 10`); a number that completes a size which the catalogue has is
//! that size. An ask ends where the next word cannot belong to it.

mod amounts;
mod around;
mod corrections;
mod counted;
mod counts;
mod edits;
mod marks;
mod numbers;
mod sizes;
mod told;
mod words;

pub(crate) use sizes::size_measure;

use super::lexeme::{Lexeme, What};
use super::number::Num;
use super::roles::Role;
use super::verbs::Verb;
use super::view::Message;
use super::vocabulary::{Fact, Measure};
use crate::catalog::Catalog;
use crate::catalog::index::{Index, Reach};
use crate::catalog::matcher::{Needle, fits};
use crate::quantity::{Quantity, Unit};

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
    /// `os 2 sacos`: all that there are.
    pub(crate) definite: bool,
}

impl Amount {
    /// A quantity as it was understood before.
    pub(crate) fn said(qty: Quantity, unit: Option<Unit>) -> Self {
        let (value, measure) = (Num::from_quantity(qty), unit.map(Measure::Unit));
        let (unit_word, article, vague, definite) = (None, false, false, false);
        Self { value, measure, unit_word, article, vague, definite }
    }

    /// So many of a unit.
    fn of(value: Num, measure: Measure, unit_word: Needle) -> Self {
        let (measure, unit_word) = (Some(measure), Some(unit_word));
        Self { value, measure, unit_word, article: false, vague: false, definite: false }
    }
}

/// What an ask does to an open order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Edit {
    /// Asked for, or a new quantity.
    #[default]
    Ask,
    /// Taken out.
    Remove,
    /// Not wanted: taken out if it stands, else no goods at all.
    Unneeded,
    /// `deixa o`: taken out, unless other goods are.
    Leave,
    /// Stays as it is.
    Keep,
}

/// How the number of an ask counts in an open order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Counts {
    /// As the message is meant: on top in an order, as it is in a change.
    #[default]
    Plain,
    /// In the place of what stands, whatever the message is: `só 5`.
    Instead,
    /// On top of what stands: `mais 5`.
    OnTop,
    /// Off what stands: `tira 5`.
    Less,
    /// So many times what stands: `dobra`.
    Times(Num),
}

/// Whether an ask puts right one that stands before it in the same message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Corrects {
    #[default]
    Nothing,
    /// `são 15 luvas`: the number of just these goods, where they were asked for.
    Same,
    /// `digo, luva de 25`: these goods, or else the last that were asked for.
    Last,
}

/// What is said of all that stands in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whole {
    /// All goes, but what the message itself wants in some number or alone.
    Cleared,
    /// All goes that the message does not name.
    Others,
    /// All has another number.
    Counted(Counts),
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
    /// That unit stands among the product's words.
    pub(crate) unit_named: bool,
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
    /// `5 de cal`: its number may be of the unit of the one before.
    pub(crate) elliptic: bool,
    /// `N de cada`.
    pub(crate) each: bool,
    /// `metade`.
    pub(crate) half: bool,
    /// How its number counts.
    pub(crate) counts: Counts,
    /// The number it takes the place of: `15 em vez de 10`.
    pub(crate) was: Option<Num>,
    /// `deixa só o cimento`: all else goes.
    pub(crate) only: bool,
    /// `em vez de 20 cal`: with its number, or itself when other goods follow.
    pub(crate) outdated: bool,
    /// A price or availability is asked.
    pub(crate) price: bool,
    /// It was completed from another ask.
    pub(crate) leans: bool,
    /// Some of its words are another name of what was said.
    pub(crate) renamed: bool,
    /// Its quantity stood alone in the message, and was given to it.
    pub(crate) given: bool,
    /// Its number takes the place of the last one said.
    pub(crate) replaces: bool,
    /// What it puts right.
    pub(crate) corrects: Corrects,
    /// `e`, `mais` stands before its number.
    pub(crate) goes_on: bool,
    /// `tenho 5 sacos`, `usei 8`: its number is of what was, and others are wanted.
    pub(crate) bygone: bool,
    /// It was put right by another.
    pub(crate) corrected: bool,
    /// Behind `troca … por`: it takes the place of what is taken out.
    pub(crate) substitutes: bool,
    /// It only said what others are.
    pub(crate) announces: bool,
    /// Nothing but what broke: `queimou o chuveiro`.
    pub(crate) broken: bool,
    /// Said of all that is asked for: `tudo ferro`.
    pub(crate) all: bool,
    /// `o bloco é 350`: how many of its words say what is spoken of; what follows says
    /// what that shall be.
    pub(crate) restates: Option<usize>,
    /// What it replaces is not said but is of its kind: `troca por tubo de 75`.
    pub(crate) implied: bool,
}

impl Ask {
    fn is_blank(&self) -> bool {
        self.needles.is_empty()
            && self.amount.is_none()
            && self.container.is_none()
            && !self.foreign
    }

    /// Whether it is nothing but a container that goods are called by: `o carrinho`.
    fn is_a_container(&self, index: &Index) -> bool {
        let names = |word: &Needle| word.is_a_kind(index, Reach::Exact);
        self.needles.is_empty()
            && self.amount.is_none()
            && self.container.as_ref().is_some_and(|(_, word)| names(word))
    }

    /// Takes its container as the name of the goods.
    fn name_by_container(&mut self) {
        self.needles.extend(self.container.take().map(|(_, word)| word));
    }

    /// Whether a number beside its words makes goods of them, whatever they are:
    /// what is counted or taken out is never passed over.
    pub(crate) fn counts_goods(&self) -> bool {
        let words = self.needles.iter().any(|needle| !needle.numeric && !needle.is(Fact::Color));
        words && (self.amount.as_ref().is_some_and(|amount| !amount.article) || self.takes_out())
    }

    /// A number beside what is taken out is off what stands, unless it is all
    /// that there is (`tira os 2 sacos`).
    fn count_off(&mut self, swaps: bool) {
        let part = self.amount.as_ref().is_some_and(|amount| !amount.definite && !amount.vague);
        match self.edit {
            Edit::Remove if part => {
                self.counts = Counts::Less;
                if !swaps {
                    self.edit = Edit::Ask;
                }
            }
            // `deixa o cimento em 15`
            Edit::Leave | Edit::Keep if self.amount.is_some() => self.edit = Edit::Ask,
            Edit::Remove | Edit::Leave | Edit::Keep | Edit::Ask | Edit::Unneeded => {}
        }
    }

    /// Whether it says that goods are not wanted.
    pub(crate) fn takes_out(&self) -> bool {
        matches!(self.edit, Edit::Remove | Edit::Leave | Edit::Unneeded)
    }

    /// Whether it names goods only to say that they are not wanted.
    fn refuses(&self) -> bool {
        self.edit == Edit::Unneeded && self.has_words()
    }

    /// Whether it multiplies what stands.
    pub(crate) fn rescales(&self) -> bool {
        matches!(self.counts, Counts::Times(_)) || self.half && self.amount.is_none()
    }

    /// Whether it is a number and nothing else.
    pub(crate) fn is_bare_number(&self) -> bool {
        !self.has_words()
            && self.counts == Counts::Plain
            && self.amount.as_ref().is_some_and(|amount| amount.measure.is_none())
    }

    /// Whether a number is said that is more than an article: `um abraço`.
    pub(crate) fn is_counted(&self) -> bool {
        let article = |amount: &Amount| amount.article && amount.measure.is_none();
        let counted = |amount| !article(amount) || self.counts != Counts::Plain;
        self.amount.as_ref().is_some_and(counted)
    }

    /// `a areia é 5 metros, não 3`: whether it says what no longer holds of its goods.
    pub(crate) fn denies_old(&self) -> bool {
        self.restates.is_some() && self.was.is_some()
    }

    /// Whether it changes what stands, whatever that is.
    pub(crate) fn edits(&self) -> bool {
        // `só um` says little.
        let article = self.amount.as_ref().is_some_and(|amount| amount.article);
        if article && !self.has_words() && self.counts == Counts::Instead {
            return false;
        }
        matches!(self.edit, Edit::Remove | Edit::Leave)
            || self.was.is_some()
            || matches!(self.counts, Counts::Instead | Counts::Less | Counts::Times(_))
    }

    /// Whether a number counts a colour, a size or another word that names no goods.
    pub(crate) fn counts_a_kind(&self) -> bool {
        !self.needles.is_empty() && self.amount.as_ref().is_some_and(|amount| !amount.article)
    }

    /// Whether it waits for a quantity. A half has its own from the whole before it.
    pub(crate) fn lacks_amount(&self) -> bool {
        self.amount.is_none() && !self.half
    }

    /// Whether one of its words is a size.
    pub(crate) fn has_size(&self) -> bool {
        self.needles.iter().any(|needle| needle.numeric)
    }

    pub(crate) fn has_words(&self) -> bool {
        !self.needles.is_empty() || self.foreign
    }

    /// The word of the unit it is counted in.
    pub(crate) fn unit_word(&self) -> Option<&Needle> {
        let counted = self.amount.as_ref().and_then(|amount| amount.unit_word.as_ref());
        counted.or(self.container.as_ref().map(|(_, word)| word))
    }

    /// Whether the unit of its number is a word of names.
    pub(crate) fn names_unit(&self) -> bool {
        self.amount
            .as_ref()
            .is_some_and(|amount| amount.unit_word.as_ref().is_some_and(Needle::is_exact))
    }
}

/// More words than any product is asked for in: each is looked up with all
/// before it, so that their number must be bounded.
const MOST_WORDS: usize = 16;

/// The asks of a message, and what it says of the whole order.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) asks: Vec<Ask>,
    /// A number is refused, and none put in its place: `não quero mais 10`.
    pub(crate) refused: bool,
    /// It begins with how many there are: `são 10 telhas`.
    pub(crate) told: bool,
    /// With the tokens that say it.
    pub(crate) whole: Option<(Whole, (usize, usize))>,
}

impl Asked {
    /// Where nothing is ordered yet, what begins with `são 10 telhas` orders them; tells
    /// whether it does.
    pub(crate) fn order_afresh(&mut self) -> bool {
        let changes = self.asks.iter().any(|ask| ask.was.is_some() || ask.takes_out());
        let told = self.told && !changes;
        let first = self.asks.first_mut().filter(|first| told && first.has_words());
        let Some(first) = first.filter(|first| first.counts == Counts::Instead) else {
            return false;
        };
        first.counts = Counts::Plain;
        true
    }
}

/// Reads the asks of a message.
pub(crate) fn asks(message: &Message<'_>, lexemes: &[Lexeme], catalog: &Catalog) -> Asked {
    let mut reader = Reader {
        message,
        lexemes,
        catalog,
        open: Ask::default(),
        done: Vec::new(),
        whole: None,
        joint: false,
        or: false,
        clause: Clause::default(),
        next: Next::default(),
        passed: None,
        marks: marks::Marks::of(message),
        told: false,
    };
    let mut at = 0;
    while at < lexemes.len() {
        at = reader.step(at).max(at + 1);
    }
    reader.close();
    for at in 1..reader.done.len() {
        let other = reader.done.get(at).is_some_and(Ask::has_words);
        if let Some(ask) = reader.done.get_mut(at - 1).filter(|ask| ask.outdated && other) {
            ask.edit = Edit::Remove;
        }
    }
    let removes = reader.done.iter().any(|ask| ask.edit == Edit::Remove);
    // `tira a areia e deixa o cimento`
    reader.done.retain(|ask| ask.edit != Edit::Keep && !(removes && ask.edit == Edit::Leave));
    let refused = reader.next.was.is_some() || reader.done.iter().any(Ask::refuses);
    Asked { asks: reader.done, refused, told: reader.told, whole: reader.whole }
}

/// What holds until the sentence ends.
#[derive(Debug, Default)]
struct Clause {
    edit: Edit,
    /// Behind `não é`: the edit ends at `e`, too.
    denied: bool,
    course: Course,
    /// Something was exchanged: `A por B` does so again.
    exchanges: bool,
    /// Behind `aumenta`, `diminui`: how a number behind `em` counts.
    by: Counts,
    price: bool,
    have: bool,
    /// Behind `quebrou`: what follows is what broke.
    breaks: bool,
    /// Something is wanted: `quero`, `manda`.
    wants: bool,
    /// Behind `só`.
    only: bool,
    /// Behind `fechado, mas manda`: a number is how many there shall be in all.
    anew: bool,
    /// Behind `na verdade`, `muda pra`: a number alone is the new quantity.
    replaces: bool,
    /// Behind `digo`: what the next ask puts right.
    corrects: Corrects,
    /// Behind `muda … pra`: the next number is a quantity.
    to_amount: bool,
}

/// The part of an exchange that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Course {
    #[default]
    Plain,
    /// Behind `troca`, before `por`.
    Swapping,
    /// Behind `troca … por`: what follows takes the place of the last ask.
    Replacing,
    /// Behind `muda`, before `pra`.
    Altering,
}

/// What is said of the ask that comes next.
#[derive(Debug, Default)]
struct Next {
    counts: Counts,
    /// Behind `digo`: its number replaces the last.
    correct: bool,
    /// Behind `em vez de`: its number is no more.
    outdated: bool,
    /// The number that its own takes the place of.
    was: Option<Num>,
    /// Its number, when it says none: that of what it replaces.
    moved: Option<Amount>,
    /// Its number is that of all that stands.
    each: bool,
}

/// Reads lexemes from left to right into the open ask, and closes it where it ends.
struct Reader<'r> {
    message: &'r Message<'r>,
    lexemes: &'r [Lexeme],
    catalog: &'r Catalog,
    open: Ask,
    done: Vec<Ask>,
    whole: Option<(Whole, (usize, usize))>,
    /// A comma, `e` or the like stands since the last word of the open ask.
    joint: bool,
    /// Behind `ou`.
    or: bool,
    clause: Clause,
    next: Next,
    /// The last lexeme that only names a place, as what stands behind it does.
    passed: Option<usize>,
    /// What parts the quantities from the goods.
    marks: marks::Marks,
    /// The message begins with `são` and a number.
    told: bool,
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
            What::Joint | What::Noise if self.restates(at) => return self.restate(at),
            What::Noise
                if let Some(next) = self.denied_old(at).or_else(|| self.denied_number(at)) =>
            {
                return next;
            }
            What::Noise | What::Foreign(_) if self.message.plays(lexeme.from, Role::Broken) => {
                self.breaks(at);
            }
            What::Joint => self.join(at),
            What::Open => {}
            What::Or => {
                self.or = true;
                self.joint = true;
            }
            What::For => self.purpose(at),
            What::Of => {
                if let Some(next) = self.old_number(at) {
                    return next;
                }
            }
            What::Noise if self.tells_all(at) => {
                self.next.counts = Counts::Instead;
                self.told = at == 0 && !self.denies();
            }
            What::Noise if self.sums_up(at) => {
                if self.joint && self.open.has_words() && self.open.amount.is_some() {
                    self.close();
                }
                self.clause.corrects = self.clause.corrects.max(Corrects::Same);
            }
            What::Noise if let Some(next) = self.told_of(at) => {
                self.close();
                return next;
            }
            What::Noise if self.word(at) == "que" && self.tells_why() => self.close(),
            What::Noise => self.refusal(at),
            What::With => {}
            What::SizeUnit(_) => {
                if at > 0 && matches!(self.what(at - 1), Some(What::Size(_))) {
                    // `malha 2x3m`
                    self.extend_whole(at);
                }
            }
            What::Each => {
                if self.open.amount.is_some() {
                    self.open.each = true;
                    self.close();
                }
            }
            What::Half => self.half(at),
            What::Verb(verb) => return self.verb(*verb, at),
            What::Number { value, article } => return self.number(at, *value, *article),
            What::Size(_) => self.size(at),
            What::Measure(measure, needle) => return self.measure(at, *measure, needle.clone()),
            What::Term(needle) => self.term(at, needle.clone()),
            What::Foreign(needle) => self.foreign(at, needle.clone()),
        }
        at + 1
    }

    /// `quero 8 que a vala é comprida`: whether a number told alone is the last that was said.
    fn tells_why(&self) -> bool {
        let told = self.open.corrects != Corrects::Nothing
            || self.clause.corrects == Corrects::Last
            || self.next.was.is_some();
        told && self.open.amount.is_some() && !self.open.has_words()
    }

    /// `são 14 telhas`, `são só 6` at the beginning: how many there shall be in all.
    fn tells_all(&self, at: usize) -> bool {
        let only = usize::from(matches!(self.what(at + 1), Some(What::Verb(Verb::Only))));
        self.word(at) == "sao"
            && self.open.is_blank()
            && self.done.is_empty()
            && matches!(self.what(at + 1 + only), Some(What::Number { .. }))
    }

    fn join(&mut self, at: usize) {
        self.clause.breaks &= self.word(at) == "e";
        if self.heads_goods(at) {
            self.open = Ask::default();
            return;
        }
        let and = matches!(self.word(at), "e" | "nem");
        if self.clause.edit == Edit::Unneeded && (!and || self.clause.denied) {
            // `não quero areia, cal`, `não é areia é cal`: what follows is wanted.
            self.close();
            (self.clause.edit, self.clause.denied) = (Edit::Ask, false);
        }
        self.joint = true;
    }

    fn stop(&mut self, at: usize) {
        self.close();
        self.or = false;
        let full = self.lexemes.get(at).is_some_and(|lexeme| !self.message.is_taken(lexeme.from));
        if full {
            let (replaces, corrects) = (self.clause.replaces, self.clause.corrects);
            self.clause = Clause::default();
            if corrects == Corrects::Last {
                // `errei. São 16 sacos`
                (self.clause.replaces, self.clause.corrects) = (replaces, corrects);
            }
        }
    }

    /// Ends the open ask.
    fn close(&mut self) {
        let mut ask = std::mem::take(&mut self.open);
        self.joint = false;
        if ask.is_blank() && !ask.half {
            return;
        }
        // `tira a areia, e o cimento são 15`
        ask.edit = if ask.restates.is_some() { Edit::Ask } else { self.clause.edit };
        if (ask.takes_out() || self.clause.only) && ask.is_a_container(self.catalog.index()) {
            // `tira o carrinho`
            ask.name_by_container();
        }
        let unit_only = ask.needles.is_empty() && !ask.foreign && ask.unit_word().is_some();
        if unit_only
            && self.clause.course == Course::Swapping
            && ask.amount.as_ref().is_none_or(|amount| amount.definite)
        {
            // `troca as latas por 3 galões de selador`
            ask = Ask { edit: ask.edit, implied: true, whole: ask.whole, ..Ask::default() };
        }
        ask.price = self.clause.price;
        ask.broken &= ask.amount.is_none() && !ask.takes_out();
        ask.outdated = std::mem::take(&mut self.next.outdated);
        if ask.outdated {
            ask.amount = None;
        }
        ask.each |= std::mem::take(&mut self.next.each);
        ask.amount = ask.amount.or(self.next.moved.take());
        ask.was = ask.was.or(self.next.was.take());
        match std::mem::take(&mut self.next.counts) {
            Counts::Plain => {}
            counts => ask.counts = counts,
        }
        let numbered = ask.amount.is_some() || ask.half;
        let only = self.clause.only && ask.edit == Edit::Ask && ask.counts == Counts::Plain;
        ask.only = only && !numbered;
        let anew = self.clause.anew && ask.edit == Edit::Ask;
        if ask.counts == Counts::Plain && numbered && (only || anew || ask.was.is_some()) {
            ask.counts = Counts::Instead;
        }
        ask.count_off(self.clause.course == Course::Swapping);
        self.next.correct &= !ask.has_words();
        let strong = self.clause.corrects == Corrects::Last;
        if ask.has_words() || ask.container.is_some() || ask.each || strong {
            ask.corrects = ask.corrects.max(self.clause.corrects);
        }
        self.clause.corrects = self.clause.corrects.min(Corrects::Same);
        if ask.restates.is_some() && !self.done.is_empty() {
            ask.corrects = ask.corrects.max(Corrects::Same);
        }
        ask.replaces = !ask.has_words() && std::mem::take(&mut self.clause.replaces);
        self.done.push(ask);
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
            let before = at.checked_sub(1).and_then(|before| self.lexemes.get(before));
            let word = before.map_or("", |lexeme| self.message.word(lexeme.from));
            self.open.all = matches!(word, "tudo" | "todos" | "todas");
            self.open.broken = self.clause.breaks && self.open.amount.is_none();
        }
        if self.clause.course == Course::Replacing {
            self.clause.course = Course::Plain;
            self.open.substitutes = true;
        }
        self.joint = false;
        self.open.renamed |= self.lexemes.get(at).is_some_and(|lexeme| lexeme.renamed);
        self.extend_words(at);
        if self.open.needles.len() < MOST_WORDS {
            self.open.needles.push(needle);
        } else {
            self.open.misfit = true;
        }
    }

    /// Whether products hold what the open ask says and one more word.
    fn fits(&self, needle: &Needle, farthest: Reach) -> bool {
        fits(self.open.needles.iter().chain([needle]), self.catalog.index(), farthest)
    }
}
