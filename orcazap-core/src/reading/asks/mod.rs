//! Stage 11, asks: lexemes become asks, each the words of one product with its
//! quantity, in one pass from left to right.
//!
//! The quantity stands before the words (`10 sacos de cimento`) or behind them
//! (`cimento 10`); a number that completes a size which the catalogue has is
//! that size. An ask ends where the next word cannot belong to it.

mod around;
mod edits;
mod numbers;
mod sizes;
mod words;

use super::lexeme::{Lexeme, What};
use super::number::Num;
use super::view::Message;
use super::vocabulary::Measure;
use crate::catalog::Catalog;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, fitting};

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
    /// Said of all that is asked for: `tudo ferro`.
    pub(crate) all: bool,
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

    /// Whether a number beside its words makes goods of them, whatever they are:
    /// what is counted or taken out is never passed over.
    pub(crate) fn counts_goods(&self) -> bool {
        let words = self.needles.iter().any(|needle| !needle.numeric && !needle.color);
        words
            && (self.amount.as_ref().is_some_and(|amount| !amount.article)
                || self.edit == Edit::Remove)
    }

    pub(crate) fn has_words(&self) -> bool {
        !self.needles.is_empty() || self.foreign
    }
}

/// More words than any product is asked for in: each is looked up with all
/// before it, so that their number must be bounded.
const MOST_WORDS: usize = 16;

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
        replacing: false,
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
    /// Behind `troca … por`: what follows takes the place of the last ask.
    replacing: bool,
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
                if self.open.amount.is_some() {
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

    fn stop(&mut self, at: usize) {
        self.close();
        self.or = false;
        let full = self.lexemes.get(at).is_some_and(|lexeme| !self.message.is_taken(lexeme.from));
        if full {
            self.edit = Edit::Ask;
            self.swapping = false;
            self.replacing = false;
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
        }
        self.replacing = false;
        self.joint = false;
        self.extend_words(at);
        if self.open.needles.len() < MOST_WORDS {
            self.open.needles.push(needle);
        } else {
            self.open.misfit = true;
        }
    }

    /// Whether products hold what the open ask says and one more word.
    fn fits(&self, needle: &Needle, farthest: Reach) -> bool {
        let mut needles = self.open.needles.clone();
        needles.push(needle.clone());
        !fitting(&needles, self.catalog.index(), farthest).0.is_empty()
    }
}
